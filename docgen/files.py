"""Files as docgen leaves them: written whole or not at all, named for every file system, locked.

Only this module knows which file names are safe, how a half-written file is avoided and how two
builds keep out of each other's way.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from docgen.errors import Location, Problem, UsageError

NAME_LIMIT = 180
"""The most bytes of UTF-8 in one file name: LibreOffice and Windows add marks of their own."""

PUBLIC_FILE, PRIVATE_FILE, PRIVATE_FOLDER = 0o644, 0o600, 0o700
"""Rights of what everybody may read, and of what holds personal data."""

LEFTOVER_PREFIX, LEFTOVER_SUFFIX = ".docgen-", ".tmp"
"""Around the names of what a run takes away in the end; ``remove_leftovers`` knows them."""

_NAMELESS = "без имени"
_DASHED = str.maketrans(dict.fromkeys("/\\|:", "-"))
_DROPPED = str.maketrans(dict.fromkeys('<>"?*'))
_FORMAT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$", re.IGNORECASE)
_DIGEST_LETTERS = 6
_LOCK_NAME = ".docgen.lock"
_WORKING_PREFIX = "docgen-"
_OWNER_NAME = ".docgen.lock.owner"
_CHUNK_BYTES = 1 << 20

_REASONS = {
    errno.ENOSPC: "на диске нет места",
    errno.EDQUOT: "исчерпана квота диска",
    errno.EACCES: "нет прав на запись",
    errno.EPERM: "нет прав на запись",
    errno.EROFS: "диск доступен только для чтения",
    errno.ENOTDIR: "часть пути — файл, а не папка",
    errno.EEXIST: "на этом месте лежит файл",
    errno.EISDIR: "на этом месте лежит папка",
    errno.ENAMETOOLONG: "слишком длинное имя",
    errno.ENOENT: "нет такой папки",
}


_READING_REASONS = {
    errno.ENOENT: "нет такого файла",
    errno.EISDIR: "это папка, а не файл",
    errno.EACCES: "нет прав на чтение",
    errno.EPERM: "нет прав на чтение",
    errno.EIO: "ошибка диска",
}


def reading_reason(error: OSError) -> str:
    """Return in Russian why a file cannot be read; the system says it in its own language."""
    return _READING_REASONS.get(error.errno or 0, f"ошибка {type(error).__name__}")


def file_mode(*, is_private: bool) -> int:
    """Return the rights of a file that docgen leaves."""
    return PRIVATE_FILE if is_private else PUBLIC_FILE


def narrow(path: Path) -> None:
    """Let nobody but its owner at a file or folder; what is not there is passed over.

    Network shares and memory sticks know no rights, and a colleague's file is not ours to close:
    the build is no worse for it.
    """
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            path.chmod(stat.S_IMODE(mode) & (PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE))


def set_mode(path: Path, mode: int) -> None:
    """Give a file its rights where rights are known."""
    with contextlib.suppress(OSError):
        path.chmod(mode)


def atomic_write(path: Path, data: bytes, *, mode: int = PUBLIC_FILE) -> None:
    """Leave ``data`` at ``path`` whole, or what was there before.

    Missing parent folders are made. A kill leaves at most a temporary file beside it, which
    ``remove_leftovers`` takes away.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(LEFTOVER_SUFFIX, LEFTOVER_PREFIX, path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
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
        raise unwritable(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def write_draft(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> Path:
    """Write a file that ``put_all`` moves to its place later; return its path.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        set_mode(path, mode)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def put_all(drafts: Mapping[Path, Path]) -> None:
    """Move drafts of the same disk to their places, whole, whatever happens.

    The disk is flushed once for all of them: for each alone it takes longer than making it does.

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
            raise unwritable(path, error) from error


def put_in_place(source: Path, path: Path, *, mode: int = PUBLIC_FILE) -> None:
    """Move a finished file of the same disk to ``path``, whole, as ``atomic_write`` does.

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
        raise unwritable(path, error) from error


def find_leftovers(folder: Path) -> list[Path]:
    """Return what killed runs left below ``folder``, or living ones are at work on."""
    return sorted(folder.rglob(f"{LEFTOVER_PREFIX}*{LEFTOVER_SUFFIX}"))


def remove_leftovers(folder: Path) -> int:
    """Remove what killed runs left below ``folder``; return how many.

    Call it under ``folder_lock``: a living run's temporary files look the same.
    """
    leftovers = find_leftovers(folder)
    for leftover in leftovers:
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
    return len(leftovers)


@contextlib.contextmanager
def working_folder() -> Iterator[Path]:
    """Hold a folder for papers under way that only their owner can enter; it goes in the end.

    A lock inside tells the folder of a run that is alive from one that a kill has left.
    """
    folder = Path(tempfile.mkdtemp(prefix=_WORKING_PREFIX))
    # Whoever takes it need not be the thread that lets it go.
    lock = FileLock(folder / _LOCK_NAME, thread_local=False)
    try:
        with lock:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_abandoned() -> list[Path]:
    """Return the working folders that killed runs of this person left on this machine."""
    return [
        folder
        for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_WORKING_PREFIX}*"))
        if _is_abandoned(folder)
    ]


def _is_abandoned(folder: Path) -> bool:
    lock = folder / _LOCK_NAME
    try:
        is_ours = folder.is_dir() and not folder.is_symlink() and _is_own(folder)
        if not (is_ours and lock.is_file()):
            return False
        with FileLock(lock, timeout=0):
            return True
    except (OSError, Timeout):
        return False


def _is_own(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


@contextlib.contextmanager
def tidied(*folders: Path) -> Iterator[None]:
    """Take away what killed runs left below ``folders``, and what this one leaves if it fails.

    Enter it under ``folder_lock``, as ``remove_leftovers``.
    """
    for folder in folders:
        remove_leftovers(folder)
    try:
        yield
    except BaseException:
        for folder in folders:
            remove_leftovers(folder)
        raise


def unwritable(path: Path, error: Exception) -> UsageError:
    """Return the error that tells why ``path`` cannot be written."""
    told = error if isinstance(error, OSError) else OSError()
    reason = _REASONS.get(told.errno or 0, told.strerror or type(error).__name__)
    message = (
        f"не удаётся записать «{path.name}»: {reason}; "
        "освободите место, закройте файл или укажите другую папку (--out)"
    )
    return UsageError([Problem("output-unwritable", Location(file=str(path)), message)])


def writable(folder: Path) -> Path:
    """Make ``folder`` if need be, prove that files can be left in it, return it.

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
        raise unwritable(folder, error) from error
    return folder


def safe_name(text: str, suffix: str = "") -> str:
    """Return ``text`` as one file name, e.g. ``Приказ № 31/2`` as ``Приказ № 31-2``.

    The result is NFC, without signs that Windows forbids, control, bidi and other invisible
    characters, reserved names, edge dots, blanks and hyphens; with ``suffix`` it has at most
    ``NAME_LIMIT`` bytes. A name that had to be cut ends in letters of its digest, so that long
    names that differ stay apart.
    """
    text = unicodedata.normalize("NFC", text).translate(_DASHED).translate(_DROPPED)
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _FORMAT_CATEGORIES)
    name = _trim(unicodedata.normalize("NFC", " ".join(visible.split()))) or _NAMELESS
    stem, dot, rest = name.partition(".")
    if _RESERVED.match(stem.rstrip()):
        name = f"{stem.rstrip()}_{dot}{rest}"
    return _cut(name, NAME_LIMIT - len(suffix.encode())) + suffix


def _trim(name: str) -> str:
    """Drop what must not stand at either edge of a name."""
    return name.lstrip(" .-~$").rstrip(" .")


def _cut(name: str, limit: int) -> str:
    """Return ``name`` within ``limit`` bytes, its digest in place of what was cut."""
    encoded = name.encode()
    if len(encoded) <= limit:
        return name
    mark = f"~{hashlib.sha256(encoded).hexdigest()[:_DIGEST_LETTERS]}"
    return _trim(encoded[: limit - len(mark)].decode(errors="ignore")) + mark


def unique_names(names: Iterable[str], suffix: str = "") -> list[str]:
    """Return the names in order, later ones that differ at most in case numbered « (2)».

    Names have no suffix yet and come out without it; ``suffix`` only counts for the length. A
    name may be a path with ``/``: then its last part is numbered.
    """
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        folder, slash, last = name.rpartition("/")
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            mark = f" ({number})"
            room = NAME_LIMIT - len(mark.encode()) - len(suffix.encode())
            candidate = f"{folder}{slash}{_cut(last, room)}{mark}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result


def office_lock_of(path: Path) -> Path | None:
    """Return the lock file that Excel, Word or LibreOffice keeps beside an open ``path``."""
    names = [f"~${path.name}", f".~lock.{path.name}#"]
    if path.suffix.lower() == ".docx":
        # Word overwrites the first two letters of names that are long enough.
        names.append(f"~${path.name[2:]}")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)


@contextlib.contextmanager
def folder_lock(folder: Path, *, timeout_s: float = 5.0) -> Iterator[None]:
    """Hold ``folder`` for one build; the kernel lets go when the process dies.

    Raises:
        UsageError: when another build holds it longer than ``timeout_s``, or it is unwritable.
    """
    writable(folder)
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
        raise unwritable(folder, error) from error
    try:
        # The lock file itself is emptied by whoever tries to take it, so the owner stands apart. It
        # is written at once: nobody has to read it, and an interrupt must leave nothing beside it.
        _sign(owner)
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _sign(owner: Path) -> None:
    """Tell whose the lock is."""
    try:
        owner.write_text(str(os.getpid()))
    except OSError as error:
        raise unwritable(owner, error) from error


def _owner_of(owner: Path) -> str:
    """Return `` (процесс 4711)``, or nothing when the owner has not signed."""
    try:
        return f" (процесс {int(owner.read_text())})"
    except (OSError, ValueError):
        return ""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    sha256 = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            sha256.update(chunk)
    return sha256.hexdigest()
