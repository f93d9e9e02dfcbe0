"""The sign-off sheet: declined forms in use, doubtful ones first; what people typed stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.model import Schema
from docgen.model.columns import ACCEPTED, OBLIQUE_CASES, PLACE, PROPOSED, REASON, TEXT, WHAT
from docgen.registers.book_writer import put_text, to_bytes, write_headers
from docgen.registers.shared_books import is_typed, refuse_open, refuse_unreadable, unusable

STALE = "этого текста больше нет в реестре; строку можно удалить"
_DOUBTFUL_FILL = PatternFill("solid", fgColor="FFF2CC")


@dataclass(frozen=True, slots=True)
class FormsRow:
    """The forms proposed for a name or phrase by case, why to check them, where it stands.

    ``typed`` are forms that the registers give in place of what docgen proposes.
    """

    what: str
    text: str
    forms: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class _KeptRow:
    """A row of the existing sheet: its cells by column name, and those of foreign columns."""

    cells: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)


def write_signoff(path: Path, schema: Schema, rows: Sequence[FormsRow]) -> Path:
    """Write or renew the sign-off sheet, keeping what people typed; return its path.

    A cell that still says what docgen proposed gets the new proposal; any other cell, any column
    that docgen does not know, and rows of texts that are gone stay as they are.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read or written.
    """
    refuse_open(path)
    kept, foreign = _read(path, schema)
    merged = [_merged(row, kept.pop((row.what, row.text), _KeptRow())) for row in rows]
    for stale in kept.values():
        stale.cells[REASON] = STALE
        merged.append(stale)
    merged.sort(key=_sort_key)
    files.atomic_write(path, to_bytes(_workbook(schema, merged, foreign)), mode=0o600)
    return path


def _read(path: Path, schema: Schema) -> tuple[dict[tuple[str, str], _KeptRow], list[str]]:
    if not path.is_file():
        return {}, []
    refuse_unreadable(path)
    try:
        sheet = load_workbook(path)[schema.sheet]
    except (OSError, KeyError, ValueError) as error:
        message = f"«{path.name}» не читается; переименуйте её и повторите — будет создана новая"
        raise unusable(path, message) from error
    names = {column.header: column.name for column in schema.columns}
    headers = [str(cell.value or "") for cell in sheet[1]]
    kept: dict[tuple[str, str], _KeptRow] = {}
    for values in sheet.iter_rows(min_row=2, values_only=True):
        row = _KeptRow()
        for header, value in zip(headers, values, strict=True):
            if header in names:
                row.cells[names[header]] = "" if value is None else str(value).strip()
            elif header and value is not None:
                row.foreign[header] = value
        if row.cells.get(TEXT):
            kept[row.cells.get(WHAT, ""), row.cells[TEXT]] = row
    return kept, [header for header in headers if header and header not in names]


def _merged(row: FormsRow, kept: _KeptRow) -> _KeptRow:
    cells = {**kept.cells, WHAT: row.what, TEXT: row.text}
    cells |= {REASON: row.reason, PLACE: row.place}
    for case in OBLIQUE_CASES:
        proposed, now = kept.cells.get(PROPOSED + case, ""), kept.cells.get(case, "")
        wanted = row.forms.get(case, "")
        is_accepted = bool(kept.cells.get(ACCEPTED)) and bool(now)
        if not is_typed(now, proposed) and not is_accepted:
            cells[case] = row.typed.get(case) or wanted
        cells[PROPOSED + case] = wanted
    return _KeptRow(cells, kept.foreign)


def _sort_key(row: _KeptRow) -> tuple[int, str, str]:
    """Return the sort key of a row: doubtful and not accepted first, stale last."""
    reason = row.cells.get(REASON, "")
    rank = 2 if reason == STALE else (0 if reason and not row.cells.get(ACCEPTED) else 1)
    return rank, row.cells.get(WHAT, ""), row.cells.get(TEXT, "")


def _workbook(schema: Schema, rows: Sequence[_KeptRow], foreign: Sequence[str]) -> Workbook:
    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = schema.sheet
    names = [column.name for column in schema.columns]
    write_headers(sheet, [*(column.header for column in schema.columns), *foreign])
    for number, column in enumerate(schema.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.name.startswith(PROPOSED)
    for number, row in enumerate(rows, start=2):
        is_doubtful = _sort_key(row)[0] == 0
        for position, name in enumerate(names, start=1):
            cell = put_text(sheet, number, position, row.cells.get(name, ""))
            if is_doubtful and not name.startswith(PROPOSED):
                cell.fill = _DOUBTFUL_FILL
        for position, header in enumerate(foreign, start=len(names) + 1):
            sheet.cell(number, position, row.foreign.get(header))
    yes = DataValidation(type="list", formula1='"да"', allow_blank=True)
    yes.add(f"A2:A{max(len(rows) + 1, 2)}")
    sheet.add_data_validation(yes)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    return workbook
