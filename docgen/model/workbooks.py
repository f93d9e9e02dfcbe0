"""Cells, rows and tables of workbooks, each with the place where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from docgen.errors import Location

RawValue: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as read: its stored value and its text as a person sees it.

    ``text`` has number formats applied (leading zeros kept) and no edge blanks; inner ones, NBSP
    too, are as typed. A cell that ``is_unreadable`` (an Excel error, a formula without a result)
    is empty here, and its problem has been reported.
    """

    value: RawValue
    text: str
    where: Location
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a register, its cells by column name; columns that the sheet lacks are absent."""

    number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The rows of one register; ``where`` names file and sheet."""

    schema: str
    where: Location
    rows: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of an appendix table, with the number of ``columns`` and ``rows`` that it spans."""

    text: str
    where: Location
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    is_italic: bool = False
    align: str = ""

    def __repr__(self) -> str:
        """Return what a dataclass would, at half the cost: ledgers keep it of every cell."""
        return (
            f"TableCell(text={self.text!r}, where={self.where!r}, columns={self.columns!r}, "
            f"rows={self.rows!r}, is_bold={self.is_bold!r}, is_italic={self.is_italic!r}, "
            f"align={self.align!r})"
        )


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of an appendix table; cells hidden under a vertical merge are ``None``.

    ``cells`` has one entry per grid column that starts a cell; a cell covered from above is
    ``None`` once for each column that it covers.
    """

    number: int
    cells: tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet laid out as the table that a document prints.

    ``widths`` are shares of the text width (their sum is 1); the first ``header_rows`` rows repeat
    on every page (headings and the row of column numbers). A table whose cells have borders
    ``has_lines``.
    """

    name: str
    where: Location
    widths: tuple[float, ...]
    header_rows: int
    rows: tuple[TableRow, ...]
    is_landscape: bool = False
    has_lines: bool = True
