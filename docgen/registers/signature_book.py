"""The register of signatures: new rows are added below, what people typed stays."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.errors import Problem, UsageError
from docgen.model import Schema, sameness
from docgen.model.columns import CELLS_OF_SIGNATURES, DOCUMENT_KEY, ISSUED, PROPOSED, SIGNATURE_KEY
from docgen.registers.book_writer import (
    WRAPPED,
    enlarge_comments,
    put_text,
    to_bytes,
    write_register,
)
from docgen.registers.books import grid_of
from docgen.registers.cells import raw_cell
from docgen.registers.dropdowns import Dropdowns
from docgen.registers.shared_books import is_typed, refuse_open, refuse_unreadable, unusable
from docgen.registers.sheets import header_of

_PRIVATE = 0o600
_DAY_FORMAT = "dd.mm.yyyy"
# What openpyxl reads but does not write again.
_DROPPED_PARTS = (
    "xl/charts/",
    "xl/ctrlProps/",
    "xl/drawings/drawing",
    "xl/media/",
    "xl/pivotTables/",
    "xl/slicers/",
    "xl/threadedComments/",
)

SignatureKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """An expected signature: its key, and the cells that docgen writes, by column name."""

    key: SignatureKey
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignatureUpdate:
    """How many rows were added, and how many are of documents that are no longer made."""

    added: int
    orphans: int


@dataclass(slots=True)
class _SignatureSheet:
    """The sheet being renewed: sheet columns by name, known rows, the last filled row.

    Accumulates what is written.
    """

    sheet: Worksheet
    columns: Mapping[str, int]
    known: dict[SignatureKey, tuple[int, dict[str, str]]]
    last_row: int
    is_changed: bool = False

    def put(self, row: int, name: str, value: str) -> None:
        """Write a text into a column, if the sheet has it."""
        if name in self.columns:
            put_text(self.sheet, row, self.columns[name], value).alignment = WRAPPED
            self.is_changed = True


def add_signatures(path: Path, schema: Schema, rows: Sequence[SignatureRow]) -> SignatureUpdate:
    """Add a row for each signature that has none yet; make the workbook if it is missing.

    In rows that are there only docgen's own columns are renewed, and of these only cells that
    still say what docgen wrote. With nothing to add the file is not touched.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read, kept whole or
            written.
    """
    refuse_open(path)
    is_new = not path.exists()
    workbook = _new_workbook(schema) if is_new else _load(path)
    target = _as_new(workbook, schema) if is_new else _read(path, workbook, schema)
    added = 0
    for row in rows:
        if row.key in target.known:
            _renew(target, *target.known[row.key], row)
        else:
            target.last_row += 1
            added += 1
            _put_row(target, row)
    if added:
        _extend(target.sheet, target.last_row)
    if is_new or target.is_changed:
        refuse_open(path)
        mode = _PRIVATE if is_new else path.stat().st_mode & 0o777
        files.atomic_write(path, to_bytes(workbook) if is_new else _saved(workbook), mode=mode)
    orphans = len(target.known.keys() - {row.key for row in rows})
    return SignatureUpdate(added, orphans)


def note_issued(path: Path, schema: Schema, documents: Collection[str], day: dt.date) -> int:
    """Write a day into the empty cells «Выдано» of documents, by their keys; return how many.

    Raises:
        UsageError: when Excel or LibreOffice holds the file, or it cannot be read, kept whole or
            written.
    """
    refuse_open(path)
    workbook = _load(path)
    target = _read(path, workbook, schema)
    wanted = {" ".join(one.split()) for one in documents}
    count = 0
    for (document, _), (row, cells) in target.known.items():
        if document in wanted and ISSUED in target.columns and not cells[ISSUED].strip():
            cell = target.sheet.cell(row, target.columns[ISSUED])
            cell.value, cell.number_format = day, _DAY_FORMAT
            count += 1
    if count:
        refuse_open(path)
        files.atomic_write(path, _saved(workbook), mode=path.stat().st_mode & 0o777)
    return count


def _new_workbook(schema: Schema) -> Workbook:
    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = schema.sheet
    write_register(sheet, schema, (), Dropdowns(workbook, {schema.name: schema}))
    for number, column in enumerate(schema.columns, start=1):
        is_hidden = column.name.startswith(PROPOSED) or column.name in {
            DOCUMENT_KEY,
            SIGNATURE_KEY,
        }
        sheet.column_dimensions[get_column_letter(number)].hidden = is_hidden
    return workbook


def _as_new(workbook: Workbook, schema: Schema) -> _SignatureSheet:
    columns = {column.name: number for number, column in enumerate(schema.columns, start=1)}
    return _SignatureSheet(workbook.worksheets[0], columns, {}, 1)


def _load(path: Path) -> Workbook:
    """Return the workbook with formulas and formats; refuse one that would lose a part."""
    # openpyxl has no limits of its own.
    refuse_unreadable(path)
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            lost = [name for name in package.namelist() if name.startswith(_DROPPED_PARTS)]
    except (OSError, zipfile.BadZipFile) as error:
        raise _unreadable(path) from error
    if lost:
        message = (
            f"в книге «{path.name}» есть рисунок, диаграмма или сводная таблица: при записи они "
            "пропали бы; перенесите их в другую книгу и повторите"
        )
        raise unusable(path, message)
    try:
        workbook = load_workbook(io.BytesIO(data), rich_text=True)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise _unreadable(path) from error
    enlarge_comments(workbook)
    return workbook


def _unreadable(path: Path) -> UsageError:
    return unusable(
        path, f"«{path.name}» не читается; верните её из копии или переименуйте и повторите"
    )


def _read(path: Path, workbook: Workbook, schema: Schema) -> _SignatureSheet:
    """Return the rows of the sheet; columns are found by headers, wherever a person moved them."""
    problems: list[Problem] = []
    book = refuse_unreadable(path)
    titles = [s.title for s in workbook.worksheets if sameness(s.title) == sameness(schema.sheet)]
    if not titles:
        message = f"в книге нет листа «{schema.sheet}»; верните ему это имя и повторите"
        raise unusable(path, message)
    grid = grid_of(book, titles[0], problems)
    row, columns = header_of(grid, schema)
    absent = [
        schema.column(name).header
        for name in (DOCUMENT_KEY, SIGNATURE_KEY, *CELLS_OF_SIGNATURES)
        if name not in columns
    ]
    if absent:
        message = (
            f"на листе «{schema.sheet}» нет столбца «{absent[0]}»: без него строки не узнать; "
            "верните его или переименуйте книгу — будет создана новая"
        )
        raise unusable(path, message)
    known: dict[SignatureKey, tuple[int, dict[str, str]]] = {}
    for number in sorted(grid.cells):
        if number > row:
            cells = {name: raw_cell(grid, number, at).text for name, at in columns.items()}
            if cells[DOCUMENT_KEY]:
                key = (" ".join(cells[name].split()) for name in (DOCUMENT_KEY, SIGNATURE_KEY))
                known[next(key), next(key)] = (number, cells)
    last_row = max([row, *grid.cells])
    return _SignatureSheet(workbook[titles[0]], columns, known, last_row)


def _renew(
    target: _SignatureSheet, number: int, cells: Mapping[str, str], row: SignatureRow
) -> None:
    """Renew docgen's own cells in a row, except those that a person typed over."""
    for name in CELLS_OF_SIGNATURES:
        wanted, proposed = row.cells.get(name, ""), cells.get(PROPOSED + name)
        if proposed is None or proposed == wanted or is_typed(cells[name], proposed):
            continue
        target.put(number, name, wanted)
        target.put(number, PROPOSED + name, wanted)


def _put_row(target: _SignatureSheet, row: SignatureRow) -> None:
    target.put(target.last_row, DOCUMENT_KEY, row.key[0])
    target.put(target.last_row, SIGNATURE_KEY, row.key[1])
    for name in CELLS_OF_SIGNATURES:
        target.put(target.last_row, name, row.cells.get(name, ""))
        target.put(target.last_row, PROPOSED + name, row.cells.get(name, ""))
    target.known[row.key] = (target.last_row, {})


def _extend(sheet: Worksheet, last_row: int) -> None:
    """Extend the filter and the tables to the new rows."""
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _reaching(sheet.auto_filter.ref, last_row)
    for table in sheet.tables.values():
        table.ref = _reaching(table.ref, last_row)
        if table.autoFilter is not None:
            table.autoFilter.ref = _reaching(table.autoFilter.ref, last_row)


def _reaching(reference: str, last_row: int) -> str:
    left, top, right, bottom = range_boundaries(reference)
    end = max(bottom or 0, last_row)
    return f"{get_column_letter(left or 1)}{top}:{get_column_letter(right or 1)}{end}"


def _saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
