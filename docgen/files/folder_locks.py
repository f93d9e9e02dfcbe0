"""Locks: one build at a time in a folder, and files that an office program holds open."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from docgen.errors import Location, Problem, UsageError
from docgen.files.atomic_writes import ensure_writable
from docgen.files.disk_faults import unwritable_error

_LOCK_NAME = ".docgen.lock"
_OWNER_NAME = ".docgen.lock.owner"


@contextlib.contextmanager
def folder_lock(folder: Path, *, timeout_s: float = 5.0, doing: str = "собирает") -> Iterator[None]:
    """Lock ``folder`` for one run; the kernel unlocks it when the process dies.

    ``doing`` words what another run does with the folder meanwhile, in Russian.

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
            f"папку «{folder.name}» уже {doing} другой запуск docgen{_owner_of(owner)}; "
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
        with contextlib.suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def is_lock(path: Path | str) -> bool:
    """Return whether a file, or a name, is what ``folder_lock`` leaves in a folder."""
    name = path if isinstance(path, str) else path.name
    return name in {_LOCK_NAME, _OWNER_NAME}


def _sign(owner: Path) -> None:
    """Write into the folder who holds the lock, on which computer, since when."""
    now = dt.datetime.now().astimezone()
    said = [str(os.getpid()), _user(), platform.node(), f"{now:%H:%M}", now.date().isoformat()]
    try:
        owner.write_text("\n".join(said), "utf-8")
    except OSError as error:
        raise unwritable_error(owner, error) from error


def _user() -> str:
    # A process of the system may have no name.
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _owner_of(owner: Path) -> str:
    """Return `` (Иванова, PC-5, с 10:42)``, or nothing when the owner has not signed."""
    try:
        number, user, computer, since, day = owner.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return ""
    today = dt.datetime.now().astimezone().date().isoformat()
    began = f"с {since}" if day == today else f"с {since} {day}"
    said = [user, computer, began, f"процесс {number}"]
    return f" ({', '.join(filter(None, said))})"


def office_lock_of(path: Path) -> Path | None:
    """Return the lock file that Excel, Word or LibreOffice keeps beside an open ``path``."""
    names = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix.lower() == ".docx":
        # Word overwrites the first two letters of names that are long enough.
        names.append(f"~${path.name[2:]}")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)
