"""Why a file cannot be read or written, in Russian: the system says it in its own language."""

from __future__ import annotations

import errno
from pathlib import Path

from docgen.errors import Location, Problem, UsageError

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
}

_READING_REASONS = {
    errno.ENOENT: "нет такого файла",
    errno.EISDIR: "это папка, а не файл",
    errno.EACCES: "нет прав на чтение",
    errno.EPERM: "нет прав на чтение",
    errno.EIO: "ошибка диска",
}


def reading_reason(error: OSError) -> str:
    """Return why a file cannot be read, e.g. ``нет прав на чтение``."""
    return _READING_REASONS.get(error.errno or 0, f"ошибка {type(error).__name__}")


def unwritable_error(path: Path, error: Exception) -> UsageError:
    """Return the error that says why ``path`` cannot be written."""
    fault = error if isinstance(error, OSError) else OSError()
    reason = _WRITING_REASONS.get(fault.errno or 0, fault.strerror or type(error).__name__)
    message = (
        f"не удаётся записать «{path.name}»: {reason}; "
        "освободите место, закройте файл или укажите другую папку (--out)"
    )
    return UsageError([Problem("output-unwritable", Location(file=str(path)), message)])
