"""Workbooks that docgen renews and people type in: whether they are open, what was typed."""

from __future__ import annotations

from pathlib import Path

from docgen import files
from docgen.errors import Location, Problem, UsageError
from docgen.registers.books import Book, open_book


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
