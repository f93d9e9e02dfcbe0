"""Pictures that cells of registers name: files inside the workspace, or a problem for each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from docgen.errors import Location, Problem
from docgen.files import reading_reason
from docgen.model import Column, ColumnKind, PictureFile, Record, Schema, Value, sameness
from docgen.ooxml import UnusablePictureError, read_picture
from docgen.ooxml.picture_reader import MOST_BYTES
from docgen.suggestions import suggestion

_PICTURES: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"}
)
"""Suffixes of files that people take for pictures; a scan in .pdf is named, not printed."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads pictures of a workspace, each once; ``known`` is filled meanwhile."""

    folder: Path
    known: dict[str, PictureFile | str] = field(default_factory=dict)

    def picture(self, text: str) -> PictureFile | str:
        """Return the picture that a cell names, or the sentence that says why there is none."""
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._read(text)
        return found

    def _read(self, text: str) -> PictureFile | str:
        path = path_inside(self.folder, text)
        if path is None:
            return (
                f"файл «{text}» лежит вне рабочей папки; положите его в папку с книгой и впишите "
                "имя без пути или путь от этой папки"
            )
        if not is_file_there(path):
            return self._absent(text, path)
        try:
            if path.stat().st_size > MOST_BYTES:
                return f"файл «{text}» больше 10 МБ; уменьшите картинку"
            return read_picture(path.read_bytes(), text)
        except OSError as error:
            return f"файл «{text}» не читается: {reading_reason(error)}"
        except UnusablePictureError as error:
            return f"картинка «{text}» не годится: {error}"

    def _absent(self, text: str, path: Path) -> str:
        beside = path.parent if path.parent.is_dir() else self.folder
        names = sorted(one.name for one in beside.iterdir() if one.suffix.lower() in _PICTURES)
        hint = suggestion(path.name, names, fold=sameness)
        return (
            f"нет файла «{text}»{hint}; положите его в рабочую папку, рядом с книгой, "
            "или исправьте имя"
        )


def path_inside(base: Path, text: str) -> Path | None:
    """Return the file that a text names; None when it is not inside the folder.

    ``base`` is the folder with its links resolved.
    """
    name = PurePosixPath(text.replace("\\", "/"))
    if not name.parts or name.is_absolute() or ":" in name.parts[0]:
        return None
    spellings = dict.fromkeys(unicodedata.normalize(form, str(name)) for form in ("NFC", "NFD"))
    paths = [(base / one).resolve() for one in spellings]
    inside = [path for path in paths if path.is_relative_to(base)]
    return next((path for path in inside if is_file_there(path)), next(iter(inside), None))


def is_file_there(path: Path) -> bool:
    """Return whether there is such a file; a name too long for the disk names none."""
    try:
        return path.is_file()
    except OSError:
        return False


def with_pictures(
    records: Mapping[str, tuple[Record, ...]], schemas: Mapping[str, Schema], folder: Path
) -> tuple[dict[str, tuple[Record, ...]], list[Problem]]:
    """Return the records with pictures in place of their names, and the problems at their cells.

    Only columns of type ``file`` name files; other files than pictures stay names.
    """
    reader, problems = _Reader(folder.resolve()), list[Problem]()
    found = dict(records)
    for name, rows in records.items():
        columns = [one for one in schemas[name].columns if one.kind == ColumnKind.FILE]
        if columns:
            found[name] = tuple(_with_pictures(row, columns, reader, problems) for row in rows)
    return found, problems


def _with_pictures(
    record: Record, columns: Iterable[Column], reader: _Reader, problems: list[Problem]
) -> Record:
    read: dict[str, Value] = {}
    for column in columns:
        value = record.values.get(column.name)
        where = record.cells.get(column.name, record.where)
        made = _read_value(value, column, where, reader, problems)
        if made is not value:
            read[column.name] = made
    return replace(record, values={**record.values, **read}) if read else record


def _read_value(
    value: Value, column: Column, where: Location, reader: _Reader, problems: list[Problem]
) -> Value:
    if isinstance(value, tuple):
        return tuple(_read_value(one, column, where, reader, problems) for one in value)
    if not isinstance(value, str) or PurePosixPath(value).suffix.lower() not in _PICTURES:
        return value
    picture = reader.picture(value)
    if isinstance(picture, str):
        problems.append(Problem("bad-picture", where, picture))
        return value
    return replace(picture, width_mm=column.width_mm, height_mm=column.height_mm)


def picture_paths(
    records: Mapping[str, tuple[Record, ...]], schemas: Mapping[str, Schema], folder: Path
) -> Iterator[Path]:
    """Yield the files of the pictures that records hold, as often as they are named."""
    base = folder.resolve()
    for name, rows in records.items():
        for column in schemas[name].columns if name in schemas else ():
            if column.kind == ColumnKind.FILE:
                for row in rows:
                    value = row.values.get(column.name)
                    for one in value if isinstance(value, tuple) else (value,):
                        path = path_inside(base, str(one)) if _is_picture(one) else None
                        if path is not None:
                            yield path


def _is_picture(value: Value) -> bool:
    return isinstance(value, PictureFile)
