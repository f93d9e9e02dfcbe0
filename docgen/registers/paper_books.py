"""Tables of a paper as a workbook that others calculate with: days and numbers, no formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.registers.book_writer import put_text, to_bytes

_DAY: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
_NUMBER: Final = re.compile(r"[-\u2212]?(?:0|[1-9]\d{0,8})(?:,\d{1,6})?")
"""What is a number; longer ones are those of telephones and papers."""
_SHARE: Final = re.compile(r"(\d{1,3}(?:,\d+)?)[ \u00a0]%")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_TITLE: Final = 31
_LONGEST_HEADER: Final = 200
_TWIPS_IN_A_SIGN: Final = 105
_WIDEST: Final = 80.0
_PLAIN, _NUMERIC, _PERCENT = "@", "General", "0.0%"


@dataclass(frozen=True, slots=True)
class BookTable:
    """A table for a sheet: its rows of cells, each with the columns that it spans.

    A cell without text (None) goes on from the one above it. ``widths`` are in twips.
    """

    title: str
    rows: tuple[tuple[tuple[str | None, int], ...], ...]
    headings: int
    widths: tuple[int, ...]


def paper_book(title: str, tables: Sequence[BookTable]) -> bytes:
    """Return the workbook of a paper, a sheet for each table; the same tables, the same bytes."""
    workbook = Workbook()
    sheets = [workbook.worksheets[0], *(workbook.create_sheet() for _ in tables[1:])]
    for sheet, name, table in zip(sheets, _titles(tables), tables, strict=True):
        sheet.title = name
        _fill(sheet, table)
        _lay_out(sheet, table, title)
    return to_bytes(workbook)


def _titles(tables: Sequence[BookTable]) -> Iterator[str]:
    """Yield titles of sheets: the words above each table, if they make one and no other has it."""
    taken: set[str] = set()
    for number, table in enumerate(tables, start=1):
        words = " ".join(_NOT_IN_TITLES.sub(" ", table.title).split())
        is_short = 0 < len(words) <= _LONGEST_TITLE
        name = words if len(tables) > 1 and is_short else f"Таблица {number}"
        while name.casefold() in taken:
            name = f"{name[: _LONGEST_TITLE - 3]} {number}"
        taken.add(name.casefold())
        yield name


def _fill(sheet: Worksheet, table: BookTable) -> None:
    begun: dict[int, int] = {}
    for number, row in enumerate(table.rows, start=1):
        column = 1
        for text, span in row:
            if text is None:
                _go_on(sheet, begun.get(column, number), number, column, span)
            else:
                begun[column] = number
                _put(sheet, number, column, text, is_heading=number <= table.headings)
                if span > 1:
                    sheet.merge_cells(
                        start_row=number,
                        end_row=number,
                        start_column=column,
                        end_column=column + span - 1,
                    )
            column += span


def _go_on(sheet: Worksheet, first: int, last: int, column: int, span: int) -> None:
    """Merge cells of a column down to a row."""
    for held in list(sheet.merged_cells.ranges):
        if held.min_row == first and held.min_col == column:
            sheet.unmerge_cells(held.coord)
    sheet.merge_cells(
        start_row=first, end_row=last, start_column=column, end_column=column + span - 1
    )


def _put(sheet: Worksheet, row: int, column: int, text: str, *, is_heading: bool) -> None:
    value, look = (text, _PLAIN) if is_heading else _typed(text)
    cell = put_text(sheet, row, column, value, look)
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="center" if is_heading else "top",
        horizontal="center" if is_heading else None,
    )
    cell.font = Font(bold=is_heading)


def _typed(text: str) -> tuple[str | float | dt.date, str]:
    """Return a day, a number or a share as what it is; all else stays text, «=1» too."""
    plain = text.replace("\u2011", "-").replace("\u00a0", " ")
    if day := _DAY.fullmatch(plain):
        try:
            return dt.date(int(day[3]), int(day[2]), int(day[1])), _PLAIN
        except ValueError:
            return plain, _PLAIN
    if _NUMBER.fullmatch(plain):
        number = plain.replace("\u2212", "-").replace(",", ".")
        return (float(number) if "." in number else int(number)), _NUMERIC
    if share := _SHARE.fullmatch(plain):
        return round(float(share[1].replace(",", ".")) / 100, 6), _PERCENT
    return plain, _PLAIN


def _lay_out(sheet: Worksheet, table: BookTable, title: str) -> None:
    for number, width in enumerate(table.widths, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(max(width / _TWIPS_IN_A_SIGN, 4.0), _WIDEST)
    sheet.freeze_panes = f"A{table.headings + 1}"
    sheet.print_title_rows = f"1:{table.headings}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    # In headers of sheets «&» begins a code.
    if (header := sheet.oddHeader) is not None:
        header.center.text = title[:_LONGEST_HEADER].replace("&", "&&")
