"""Files written whole or not at all: beside their place first, then moved there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from docgen.files.disk_faults import unwritable_error
from docgen.files.leftover_files import LEFTOVER_PREFIX, LEFTOVER_SUFFIX
from docgen.files.rights import PRIVATE_FILE, PUBLIC_FILE, set_rights


def atomic_write(path: Path, data: bytes, *, mode: int = PUBLIC_FILE) -> None:
    """Write ``data`` to ``path`` whole, or keep what was there before.

    Missing parent folders are made. A kill leaves at most a temporary file beside it, which
    ``remove_leftovers`` takes away.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(LEFTOVER_SUFFIX, LEFTOVER_PREFIX, path.parent)
    except OSError as error:
        raise unwritable_error(path, error) from error
    beside = Path(name)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - an open descriptor, not a path
            stream.write(data)
            stream.flush()
            # Network shares and memory sticks know no rights; the file is no worse for it.
            with contextlib.suppress(OSError):
                os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise unwritable_error(path, error) from error
    finally:
        # Nothing is there any more if all went well; what stays, the next build removes.
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def write_draft(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> Path:
    """Write a file that ``move_drafts`` moves to its place later; return its path.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        set_rights(path, mode)
    except OSError as error:
        raise unwritable_error(path, error) from error
    return path


def move_drafts(drafts: Mapping[Path, Path]) -> None:
    """Move drafts to their places on the same disk, each whole.

    The disk is flushed once for all: flushing each takes longer than making it.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    if drafts:
        os.sync()
    for draft, path in drafts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(path)
        except OSError as error:
            raise unwritable_error(path, error) from error


def put_in_place(source: Path, path: Path, *, mode: int = PUBLIC_FILE) -> None:
    """Move a finished file to ``path`` on the same disk, as safely as ``atomic_write``.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream:
            with contextlib.suppress(OSError):
                os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        source.replace(path)
    except OSError as error:
        raise unwritable_error(path, error) from error


def ensure_writable(folder: Path) -> Path:
    """Return ``folder``, made if it was missing, after a proof that files can be written in it.

    Raises:
        UsageError: ``output-unwritable``.
    """
    # Its name is known before it is made, so that an interrupt at any moment leaves nothing.
    probe = folder / f"{LEFTOVER_PREFIX}{os.getpid()}{LEFTOVER_SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A real file is the only proof: permission bits mean nothing to root or a full disk.
        try:
            probe.write_bytes(b"docgen")
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable_error(folder, error) from error
    return folder
