"""Sheets that docgen writes anew and people type in: their rows, and columns of people's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
from docgen.registers.book_writer import put_text, write_headers
from docgen.registers.shared_books import refuse_unreadable, unusable

_OPEN_FILL: Final = PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of such a sheet: its cells by column name, and those of foreign columns by header."""

    cells: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)


def read_typed_rows(path: Path, schema: Schema) -> tuple[list[TypedRow], list[str]]:
    """Return the rows of a sheet as it lies, none without a file; and the foreign headers.

    Raises:
        UsageError: when the workbook cannot be read.
    """
    if not path.is_file():
        return [], []
    refuse_unreadable(path)
    try:
        sheet = load_workbook(path)[schema.sheet]
    except (OSError, KeyError, ValueError) as error:
        message = f"«{path.name}» не читается; переименуйте её и повторите — будет создана новая"
        raise unusable(path, message) from error
    names = {column.header: column.name for column in schema.columns}
    headers = [str(cell.value or "") for cell in sheet[1]]
    rows = []
    for values in sheet.iter_rows(min_row=2, values_only=True):
        row = TypedRow()
        for header, value in zip(headers, values, strict=True):
            if header in names:
                row.cells[names[header]] = "" if value is None else str(value).strip()
            elif header and value is not None:
                row.foreign[header] = value
        rows.append(row)
    return rows, [header for header in headers if header and header not in names]


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
