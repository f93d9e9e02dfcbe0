"""Workbooks that docgen renews and people type in: whether they are open, what was typed."""

from __future__ import annotations

from pathlib import Path

from docgen import files
from docgen.errors import Location, Problem, UsageError


def refuse_open(path: Path) -> None:
    """Refuse to write a workbook that is open: what is being typed would be lost.

    Raises:
        UsageError: when Excel or LibreOffice holds the file.
    """
    if files.office_lock_of(path) is not None:
        message = f"«{path.name}» открыта в Excel или LibreOffice; закройте её и повторите"
        raise unusable(path, message)


def unusable(path: Path, message: str) -> UsageError:
    """Return the error of a workbook that cannot be renewed."""
    return UsageError([Problem("usage", Location(file=str(path)), message)])


def is_typed(now: str, proposed: str) -> bool:
    """Whether a person typed something other than docgen had proposed in a cell."""
    return bool(now) and now != proposed
