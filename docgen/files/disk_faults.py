"""Why a file cannot be read or written, in Russian: the system says it in its own language."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path

from docgen.errors import Location, Problem, UsageError
from docgen.files.leftover_files import LEFTOVER_PREFIX

_WRITING_REASONS = {
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
    errno.EIO: "ошибка диска",
    errno.EFBIG: "файл больше, чем позволяет диск",
    errno.EBUSY: "файл занят другой программой",
    errno.ETXTBSY: "файл занят другой программой",
    errno.EINVAL: "диск не принимает такое имя",
    errno.EMLINK: "в папке слишком много файлов",
    errno.EMFILE: "открыто слишком много файлов",
    errno.ENFILE: "открыто слишком много файлов",
    errno.ENODEV: "диск отключён",
    errno.ENXIO: "диск отключён",
    errno.ESTALE: "сетевая папка отключена",
    errno.ETIMEDOUT: "сетевая папка не отвечает",
    errno.ENOTCONN: "сетевая папка отключена",
}

_SPOKEN_REASONS = {
    "No space left on device": "на диске нет места",
    "database or disk is full": "на диске нет места",
    "disk I/O error": "ошибка диска",
    "readonly database": "нет прав на запись",
    "database is locked": "файл занят другой программой",
}
"""What SQLite and qpdf say, which give no number."""
_RIGHTS = frozenset({errno.EACCES, errno.EPERM})
_DISK_FAULTS = _RIGHTS | {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}

_READING_REASONS = {
    errno.ENOENT: "нет такого файла",
    errno.EISDIR: "это папка, а не файл",
    errno.EACCES: "нет прав на чтение",
    errno.EPERM: "нет прав на чтение",
    errno.EIO: "ошибка диска",
    errno.ENOTDIR: "часть пути — файл, а не папка",
    errno.ENAMETOOLONG: "слишком длинное имя",
    errno.ELOOP: "ссылки на файл ходят по кругу",
    errno.EMFILE: "открыто слишком много файлов",
    errno.ENFILE: "открыто слишком много файлов",
    errno.EBUSY: "файл занят другой программой",
    errno.ENODEV: "диск отключён",
    errno.ENXIO: "диск отключён",
    errno.ESTALE: "сетевая папка отключена",
    errno.ETIMEDOUT: "сетевая папка не отвечает",
    errno.ENOTCONN: "сетевая папка отключена",
}


def reading_reason(error: OSError) -> str:
    """Return why a file cannot be read, e.g. ``нет прав на чтение``."""
    return _READING_REASONS.get(error.errno or 0, f"система отказала (код {error.errno})")


def writing_reason(error: BaseException) -> str:
    """Return why a file cannot be written, e.g. ``на диске нет места``."""
    if isinstance(error, OSError) and error.errno in _WRITING_REASONS:
        return _WRITING_REASONS[error.errno]
    text = str(error)
    known = next((reason for sign, reason in _SPOKEN_REASONS.items() if sign in text), "")
    if known:
        return known
    code = getattr(error, "errno", None)
    return (
        f"система отказала (код {code})" if code else f"система отказала ({type(error).__name__})"
    )


def unwritable_error(path: Path, error: Exception) -> UsageError:
    """Return the error that says why ``path`` cannot be written.

    Of a draft people know only the folder in which it lies.
    """
    drafts = [one for one in path.parents if one.name.startswith(LEFTOVER_PREFIX)]
    shown = drafts[-1].parent if drafts else path
    remedy = "освободите место, закройте файл или укажите другую папку (--out)"
    in_the_way = [one for one in path.parents if one.is_file()]
    reason = writing_reason(error)
    if in_the_way:
        shown, reason = in_the_way[-1], "на месте папки лежит файл"
    if in_the_way or getattr(error, "errno", None) == errno.EISDIR:
        remedy = "уберите или переименуйте то, что там лежит"
    message = f"не удаётся записать «{shown.name or shown}»: {reason}; {remedy}"
    return UsageError([Problem("output-unwritable", Location(file=str(shown)), message)])


def disk_error(error: BaseException, output: Path) -> UsageError | None:
    """Return what to say of a disk that refused where nobody expected it, or nothing.

    ``output`` is the folder that is being filled; LibreOffice and half-made files need room in the
    folder for temporary files, too.
    """
    seen: BaseException | None = error
    while seen is not None:
        if _is_of_disk(seen):
            reason = writing_reason(seen)
            place = _named(seen) or _fuller(output, Path(tempfile.gettempdir()))
            is_closed = isinstance(seen, OSError) and seen.errno in _RIGHTS
            remedy = "откройте эту папку для записи" if is_closed else "освободите место на диске"
            message = (
                f"не удаётся записать: {reason}; {remedy} и повторите – готовое осталось, сборка "
                "продолжится"
            )
            return UsageError([Problem("output-unwritable", Location(file=str(place)), message)])
        seen = seen.__cause__ or seen.__context__
    return None


def _is_of_disk(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _DISK_FAULTS:
        return True
    return any(sign in str(error) for sign in _SPOKEN_REASONS)


def _named(error: BaseException) -> Path | None:
    """Return the folder of the file that an error names, as people know it."""
    name = getattr(error, "filename", None)
    if not isinstance(name, str):
        return None
    for one in Path(name).parents:
        if one.name.startswith(LEFTOVER_PREFIX):
            return one.parent
    return Path(name).parent


def _fuller(*folders: Path) -> Path:
    """Return the folder on the disk with the least room."""

    def room(folder: Path) -> int:
        near = next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))
        return shutil.disk_usage(near).free

    return min(folders, key=room)
