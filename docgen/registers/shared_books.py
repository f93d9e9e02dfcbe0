"""Workbooks that docgen and a person keep together: who holds them, what was typed there."""

from __future__ import annotations

from pathlib import Path

from docgen import files
from docgen.errors import Location, Problem, UsageError


def refuse_open(path: Path) -> None:
    """Refuse to write a workbook that is open: what is typed there now would be lost.

    Raises:
        UsageError: when Excel or LibreOffice holds the file.
    """
    if files.office_lock_of(path) is not None:
        message = f"«{path.name}» открыта в Excel или LibreOffice; закройте её и повторите"
        raise unusable(path, message)


def unusable(path: Path, message: str) -> UsageError:
    """Return the error that a kept workbook cannot be renewed."""
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def is_typed(now: str, proposed: str) -> bool:
    """Return whether a cell says something else than docgen had written there."""
    return bool(now) and now != proposed
