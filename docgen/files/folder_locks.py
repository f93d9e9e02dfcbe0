"""Locks: one build at a time in a folder, and files that an office program holds open."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from docgen.errors import Location, Problem, UsageError
from docgen.files.atomic_writes import ensure_writable
from docgen.files.disk_faults import unwritable_error

_LOCK_NAME = ".docgen.lock"
_OWNER_NAME = ".docgen.lock.owner"


@contextlib.contextmanager
def folder_lock(folder: Path, *, timeout_s: float = 5.0) -> Iterator[None]:
    """Lock ``folder`` for one build; the kernel unlocks it when the process dies.

    Raises:
        UsageError: when another build holds it longer than ``timeout_s``, or it is unwritable.
    """
    ensure_writable(folder)
    lock = FileLock(folder / _LOCK_NAME, timeout=timeout_s)
    owner = folder / _OWNER_NAME
    try:
        lock.acquire()
    except Timeout as error:
        message = (
            f"папку «{folder.name}» уже собирает другой запуск docgen{_owner_of(owner)}; "
            "дождитесь его конца и повторите"
        )
        raise UsageError([Problem("usage", Location(file=str(folder)), message)]) from error
    except OSError as error:
        raise unwritable_error(folder, error) from error
    try:
        # The lock file itself is emptied by whoever tries to take it, so the owner stands apart. It
        # is written at once: nobody has to read it, and an interrupt must leave nothing beside it.
        _sign(owner)
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def is_lock(path: Path) -> bool:
    """Return whether a file is what ``folder_lock`` leaves in a folder."""
    return path.name in {_LOCK_NAME, _OWNER_NAME}


def _sign(owner: Path) -> None:
    """Write into the folder which process holds the lock."""
    try:
        owner.write_text(str(os.getpid()))
    except OSError as error:
        raise unwritable_error(owner, error) from error


def _owner_of(owner: Path) -> str:
    """Return `` (процесс 4711)``, or nothing when the owner has not signed."""
    try:
        return f" (процесс {int(owner.read_text())})"
    except (OSError, ValueError):
        return ""


def office_lock_of(path: Path) -> Path | None:
    """Return the lock file that Excel, Word or LibreOffice keeps beside an open ``path``."""
    names = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix.lower() == ".docx":
        # Word overwrites the first two letters of names that are long enough.
        names.append(f"~${path.name[2:]}")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)
