"""Workbooks that docgen renews and people type in: whether they are open, what was typed."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Final

from docgen import files
from docgen.errors import Location, Problem, UsageError
from docgen.registers.book_package import BROKEN
from docgen.registers.books import Book, open_book

_PROPERTIES: Final = "docProps/core.xml"
_MOST_BYTES: Final = 1 << 16
_SAVED: Final = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\d)")


def saved_on(path: Path) -> dt.date | None:
    """Return the day on which a program last saved a workbook, as the workbook itself says."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(_PROPERTIES).file_size > _MOST_BYTES:
                return None
            found = _SAVED.search(package.read(_PROPERTIES))
        return dt.date.fromisoformat(found[1].decode()) if found else None
    except BROKEN:
        return None


def refuse_open(path: Path) -> None:
    """Refuse to write a workbook that is open: what is being typed would be lost.

    Raises:
        UsageError: when Excel or LibreOffice holds the file.
    """
    if files.office_lock_of(path) is not None:
        message = f"«{path.name}» открыта в Excel или LibreOffice; закройте её и повторите"
        raise unusable(path, message)


def refuse_unreadable(path: Path) -> Book:
    """Return a workbook as it is read; refuse one of which a sheet is damaged or too large.

    Raises:
        UsageError: with the problems of reading it.
    """
    problems: list[Problem] = []
    book = open_book(path, shown=str(path), problems=problems)
    errors = [one for one in problems if one.is_error]
    if book is None or errors:
        raise UsageError(errors)
    return book


def unusable(path: Path, message: str) -> UsageError:
    """Return the error of a workbook that cannot be renewed."""
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def is_typed(now: str, proposed: str) -> bool:
    """Whether a person typed something other than docgen had proposed in a cell."""
    return bool(now) and now != proposed
