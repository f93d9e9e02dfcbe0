"""Sheets that docgen writes anew and people type in: their rows, and columns of people's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import ColumnKind, Schema
from docgen.model.columns import ACCEPTED
from docgen.registers.absent_sheets import title_in
from docgen.registers.book_package import BROKEN
from docgen.registers.book_writer import put_text, write_headers
from docgen.registers.books import Grid, grid_of
from docgen.registers.cells import raw_cell
from docgen.registers.column_headers import header_of
from docgen.registers.shared_books import refuse_unreadable, unusable
from docgen.registers.sheets import merged_spot

_OPEN_FILL: Final = PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of such a sheet: its cells by column name, and those of foreign columns by header."""

    cells: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)


def read_typed_rows(path: Path, schema: Schema) -> tuple[list[TypedRow], list[str]]:
    """Return the rows of a sheet as it lies, none without a file; and the foreign headers.

    Headers and cells are found as checks find them: what a check takes for accepted is kept.

    Raises:
        UsageError: when the workbook cannot be read.
    """
    if not path.is_file():
        return [], []
    book = refuse_unreadable(path)
    title = title_in(book.sheets, schema.sheet) or next(iter(book.sheets), "")
    grid = grid_of(book, title, []) if title else None
    if grid is None or not grid.cells:
        return [], []
    last, found = header_of(grid, schema)
    sheet = _opened(path, title) if found else None
    if sheet is None:
        message = f"«{path.name}» не читается; переименуйте её и повторите — будет создана новая"
        raise unusable(path, message)
    names = {spot: name for name, spot in found.items()}
    foreign = _foreign_headers(grid, last, names)
    rows = []
    for number in sorted(row for row in grid.cells if row > last):
        row = TypedRow()
        for spot, name in names.items():
            value = sheet.cell(*merged_spot(grid, number, spot)).value
            row.cells[name] = "" if value is None else str(value).strip()
        for spot, header in foreign.items():
            value = sheet.cell(number, spot).value
            if value is not None:
                row.foreign[header] = value
        rows.append(row)
    return rows, list(foreign.values())


def _opened(path: Path, title: str) -> Worksheet | None:
    """Return a sheet with all that people typed, formulas as well; None for a damaged book."""
    try:
        sheet: Worksheet = load_workbook(path)[title]
    except BROKEN:
        return None
    return sheet


def _foreign_headers(grid: Grid, row: int, known: Mapping[int, str]) -> dict[int, str]:
    """Return the headers of people's own columns by column; of two that are alike each its own."""
    headers: dict[int, str] = {}
    for spot in sorted(grid.cells.get(row, {})):
        text = raw_cell(grid, row, spot).text
        if text and spot not in known:
            same = sum(one.partition(" (")[0] == text for one in headers.values())
            headers[spot] = f"{text} ({same + 1})" if same else text
    return headers


def to_renewed_workbook(
    schema: Schema,
    rows: Sequence[TypedRow],
    foreign: Sequence[str],
    *,
    hidden: Collection[str],
    is_open: Callable[[TypedRow], bool],
) -> Workbook:
    """Return the sheet as a workbook: rows that are still ``is_open`` are coloured.

    ``hidden`` are columns by name; «Принято» offers «да».
    """
    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = schema.sheet
    names = [column.name for column in schema.columns]
    write_headers(sheet, [*(column.header for column in schema.columns), *foreign])
    for number, column in enumerate(schema.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.name in hidden
    for number, row in enumerate(rows, start=2):
        is_coloured = is_open(row)
        for position, name in enumerate(names, start=1):
            cell = put_text(sheet, number, position, row.cells.get(name, ""))
            if is_coloured and name not in hidden:
                cell.fill = _OPEN_FILL
        for position, header in enumerate(foreign, start=len(names) + 1):
            sheet.cell(number, position, row.foreign.get(header))
    letter = get_column_letter(names.index(ACCEPTED) + 1)
    yes = DataValidation(type="list", formula1='"да"', allow_blank=True)
    if schema.column(ACCEPTED).kind is not ColumnKind.FLAG:
        # A reason may stand there as well.
        yes.showErrorMessage = False
    yes.add(f"{letter}2:{letter}{max(len(rows) + 1, 2)}")
    sheet.add_data_validation(yes)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    return workbook
