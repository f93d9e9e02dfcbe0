"""Who may read a file: everybody, or its owner alone if it holds personal data."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

PUBLIC_FILE, PRIVATE_FILE, PRIVATE_FOLDER = 0o644, 0o600, 0o700
"""Rights of files that everybody may read, and of files and folders with personal data."""


def file_mode(*, is_private: bool) -> int:
    """Return the rights of a file, as ``chmod`` takes them."""
    return PRIVATE_FILE if is_private else PUBLIC_FILE


def restrict_to_owner(path: Path) -> None:
    """Close a file or folder to everybody but its owner; a missing one is passed over.

    Network shares and memory sticks know no rights, and a colleague's file is not ours to close:
    the build is no worse for it.
    """
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            path.chmod(stat.S_IMODE(mode) & (PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE))


def set_rights(path: Path, mode: int) -> None:
    """Give a file its rights, where the file system knows rights."""
    with contextlib.suppress(OSError):
        path.chmod(mode)
