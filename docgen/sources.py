"""Docgen's own files: where they lie, and hashes of those that decide the output.

The only module whose answers hang on where a file of docgen lies. What it does not see would change
without any paper being made anew, so tests count the modules that it sees.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from docgen.errors import SignalError

_PACKAGE = Path(__file__).resolve().parent


class NoSuchSourceError(SignalError, FileNotFoundError):
    """Docgen has no file or folder of a name; the message is its path."""


@functools.cache
def source_files() -> tuple[Path, ...]:
    """Return every module of docgen, in a stable order."""
    return tuple(sorted(_PACKAGE.rglob("*.py")))


def import_folder() -> Path:
    """Return the folder from which another Python imports this very docgen."""
    return _PACKAGE.parent


def shipped_roots() -> tuple[Path, Path]:
    """Return where an installation keeps templates and schemas: in a checkout, in a wheel."""
    return _PACKAGE.parent, _PACKAGE / "_shipped"


@functools.cache
def sources_hash(*names: str) -> str:
    """Return the SHA-256 of files and folders of docgen; of all modules without names.

    Args:
        names: Paths below the package: ``fonts.py``, ``pages``.

    Raises:
        NoSuchSourceError: when a name is not there: its changes would not be seen.
    """
    files = [path for name in names for path in _files_at(name)] if names else source_files()
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files_at(name: str) -> list[Path]:
    path = _PACKAGE / name
    if path.is_file():
        return [path]
    found = [one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts]
    if not found:
        raise NoSuchSourceError(path)
    return found
