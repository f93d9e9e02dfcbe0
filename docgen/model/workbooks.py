"""Cells, rows and tables of workbooks, each with the place where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from docgen.errors import Location
from docgen.model.picture_file import PictureFile

_BETWEEN_SHEETS: Final = re.compile(r"[;\n]")

RawValue: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as read: its stored value and its text as a person sees it.

    ``text`` has number formats applied (leading zeros kept) and no edge blanks; inner ones, NBSP
    too, are as typed. A cell that ``is_unreadable`` (an Excel error, a formula without a result)
    is empty here, and its problem has been reported. One that ``is_moving`` has a formula whose
    value changes by itself, as that of TODAY() does.
    """

    value: RawValue
    text: str
    where: Location
    is_unreadable: bool = False
    is_moving: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a register, its cells by column name; columns that the sheet lacks are absent."""

    number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The rows of one register; ``where`` names file and sheet.

    ``headers`` are those of the columns found, as typed, and ``unknown`` the places of the other
    headers. Rows that a person has hidden are read all the same, and named in ``hidden``.
    """

    schema: str
    where: Location
    rows: tuple[RawRow, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, Location] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


class TextLook(NamedTuple):
    """How a piece of text looks; ``underline`` is single or double, ``shift`` super or sub."""

    is_bold: bool = False
    is_italic: bool = False
    underline: str = ""
    shift: str = ""
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a cell's text that looks alike."""

    text: str
    look: TextLook


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of an appendix table, with the number of ``columns`` and ``rows`` that it spans.

    ``runs`` are the pieces of its text when it takes more than ``is_bold`` and ``is_italic`` to
    say how it looks. A cell is ``turned`` up (read from below) or down; ``link`` is the address
    that its text leads to.
    """

    text: str
    where: Location
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    is_italic: bool = False
    align: str = ""
    runs: tuple[TextRun, ...] = ()
    turned: str = ""
    link: str = ""
    pictures: tuple[PictureFile, ...] = ()

    def __repr__(self) -> str:
        """Return what a dataclass would, at half the cost: ledgers keep it of every cell.

        What most cells lack is left out, so that they read as they did before it was known.
        """
        more = ""
        if self.runs or self.turned or self.link or self.pictures:
            more = (
                f", runs={self.runs!r}, turned={self.turned!r}, link={self.link!r}, "
                f"pictures={self.pictures!r}"
            )
        return (
            f"TableCell(text={self.text!r}, where={self.where!r}, columns={self.columns!r}, "
            f"rows={self.rows!r}, is_bold={self.is_bold!r}, is_italic={self.is_italic!r}, "
            f"align={self.align!r}{more})"
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

    ``widths`` are the columns' shares on the sheet (their sum is 1). Columns whose width a person
    set, as ``set_widths`` says, keep them; the others get the room that their texts need. The first
    ``header_rows`` rows repeat on every page (headings and the row of column numbers). A table
    whose cells have borders ``has_lines``. What is in the ``moving`` cells changes by itself.
    """

    name: str
    where: Location
    widths: tuple[float, ...]
    header_rows: int
    rows: tuple[TableRow, ...]
    is_landscape: bool = False
    has_lines: bool = True
    set_widths: tuple[bool, ...] = ()
    moving: tuple[Location, ...] = ()


def sheet_names(text: str) -> tuple[str, ...]:
    """Return the sheets that a cell names one after another, parted by «;» or line breaks."""
    return tuple(filter(None, (one.strip() for one in _BETWEEN_SHEETS.split(text))))
