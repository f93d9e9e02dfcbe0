"""What is read of a sheet, as values: filled cells, their styles, merges, what is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, TypeAlias

from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter, range_boundaries

from docgen.errors import SignalError
from docgen.model import TextLook

CellValue: TypeAlias = (
    str | bool | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | CellRichText | None
)
Bounds: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom of a range of cells."""

ERROR, UNCALCULATED = "e", "f"
BEYOND_CALENDAR = "####"
"""The value of a day or a time below zero or after 9999, which Excel cannot show."""
MISWRITTEN = "#MISWRITTEN"
"""The value of a cell in which the file has something that no program writes there."""
TOO_LONG = "#TOO-LONG"
"""The value of a text that has more signs than are read of a cell."""


class NotAWorkbookError(SignalError):
    """A file is no workbook that can be read; the message says in Russian why."""

    code: ClassVar[str] = "not-a-workbook"


class TooLargeError(NotAWorkbookError):
    """A book or a sheet has more of something than is read; the message says of what."""

    code: ClassVar[str] = "too-large"


class DamagedBookError(NotAWorkbookError):
    """A part of a book is lost or is not what it should be; the message says which."""

    code: ClassVar[str] = "damaged-book"


class CellStyle(NamedTuple):
    """The style of a cell: number format, typeface, alignment.

    ``is_day`` and ``is_span`` say that its numbers are dates, or spans of time. ``turned`` is up or
    down; the cell ``is_crossed`` out by a line from corner to corner. ``ink`` and ``paper`` are the
    colours of letters and of what is behind them, as six digits, empty when unknown.
    ``symbol_font`` is the font where it draws signs in place of letters.
    """

    number_format: str
    is_bold: bool
    is_italic: bool
    align: str
    is_day: bool
    is_span: bool
    look: TextLook = TextLook()
    turned: str = ""
    is_crossed: bool = False
    ink: str = ""
    paper: str = ""
    symbol_font: str = ""


class Cell(NamedTuple):
    """A filled cell; ``data_type`` is openpyxl's, and ``f`` for a formula without result."""

    row: int
    column: int
    value: CellValue
    data_type: str
    style: CellStyle

    @property
    def coordinate(self) -> str:
        """Return e.g. ``B7``."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class SheetDrawing:
    """Something that lies over a sheet: ``what`` it is in Russian, the cells from and to which.

    Of a picture that may be printed in a cell there is ``picture``, and its size in mm, 0 if
    unknown; ``text`` are the words of a text box.
    """

    what: str
    bounds: Bounds
    text: str = ""
    picture: bytes = b""
    width_mm: float = 0
    height_mm: float = 0


class Formula(NamedTuple):
    """A formula as it is stored: one of a group has its text in the first cell of the group."""

    text: str
    group: str = ""


@dataclass(slots=True)
class SheetCells:
    """A sheet as it is read: filled cells by row and column, merges, what is hidden.

    It is filled while the sheet is parsed. ``columns`` has an entry for each run of columns, by its
    first: first and last column, width, whether they are hidden, whether a person set the width.
    ``links`` are addresses outside of the book with the cells that lead there; ``crossed`` are
    cells that a line crosses out; ``unseen`` ones had a value below a merge, which shows another.
    One that ``is_buried`` is hidden so that Excel does not even offer to show it. ``filters`` are
    the ranges in which a filter hides rows. ``formulas`` are kept by place while the book is read;
    ``moving`` are cells whose value changes by itself.
    """

    title: str
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Bounds] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    columns: dict[int, tuple[int, int, float | None, bool, bool]] = field(default_factory=dict)
    default_width: float | None = None
    is_landscape: bool = False
    links: list[tuple[Bounds, str]] = field(default_factory=list)
    drawings: tuple[SheetDrawing, ...] = ()
    crossed: list[tuple[int, int]] = field(default_factory=list)
    is_buried: bool = False
    filters: list[Bounds] = field(default_factory=list)
    formulas: dict[str, Formula] = field(default_factory=dict)
    moving: set[tuple[int, int]] = field(default_factory=set)
    unseen: list[tuple[int, int]] = field(default_factory=list)


def bounds_of(reference: str) -> Bounds:
    """Return left, top, right, bottom of a range of cells."""
    left, top, right, bottom = (one or 1 for one in range_boundaries(reference))
    return left, top, right, bottom


def area_of(bounds: Bounds) -> int:
    """Return how many cells a range has."""
    left, top, right, bottom = bounds
    return max(0, right - left + 1) * max(0, bottom - top + 1)
