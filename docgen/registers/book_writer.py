"""Write new workbooks: registers with headers, hints and dropdowns; appendix tables."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.errors import Location, Problem, UsageError
from docgen.model import Column, ColumnKind, Schema, Table
from docgen.registers.cards import LABEL_HEADER, VALUE_HEADER
from docgen.registers.cell_colours import colour_card_errors, colour_errors
from docgen.registers.dropdowns import ROWS_FOR_ENTRY, ROWS_WITH_LISTS, Dropdowns
from docgen.registers.unread_sheets import GUIDE_SHEET, LISTS_SHEET

CellValue: TypeAlias = str | int | float | dt.date
Rows: TypeAlias = Sequence[Mapping[str, CellValue]]

_NOTE_HEADER = "Пояснение"
_AUTHOR = "Подсказка"
_DATE_FORMAT = "DD.MM.YYYY"
_FORMATS = {
    ColumnKind.DATE: _DATE_FORMAT,
    ColumnKind.DEADLINE: "General",
    ColumnKind.INTEGER: "0",
    ColumnKind.MONEY: "#,##0.00",
}
_SHOWN_OTHERWISE = (ColumnKind.DATE, ColumnKind.DEADLINE)
"""Kinds of columns whose examples are days as schemas spell them, not as people do."""
_HEADER_FILL = PatternFill("solid", fgColor="D9E2F3")
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIRST_STEPS = (
    "Как начать",
    "1. Заполните лист «Организация»: названия, строки бланка, руководитель.",
    "2. Впишите людей на лист «Сотрудники»: фамилия, имя, отчество и должность в именительном "
    "падеже. Падежи программа поставит сама.",
    "3. Внесите пары и приказы. Строки-примеры замените своими.",
    "4. Проверьте: docgen check. Соберите документы: docgen build.",
    "5. Нужна другая бумага: docgen add покажет, какие есть, и добавит в эту книгу их листы.",
    "Строки не удаляют: им ставят дату «по». Наведите мышь на заголовок столбца — там подсказка.",
    "Листы книги",
)
_LATER = "Листы, которые добавит docgen add, когда понадобятся"
_FORMS = "Готовые бумаги: какая когда делается; листы каждой добавит docgen add"


@dataclass(frozen=True, slots=True)
class BookGuide:
    """What the guide of a new workbook names beside its own sheets.

    ``later`` are the sheets that may be added, ``forms`` the ready forms with when each is made.
    """

    later: Sequence[Schema] = ()
    forms: Sequence[tuple[str, str]] = ()


NO_GUIDE: Final = BookGuide()


def write_workspace(
    folder: Path,
    schemas: Mapping[str, Schema],
    rows: Mapping[str, Rows],
    tables: Sequence[Table],
    guide: BookGuide = NO_GUIDE,
) -> list[Path]:
    """Write the workbooks of a new workspace; return their paths.

    ``rows`` are cells by column name, by register; in a card a row holds one fact and perhaps
    ``begins`` and ``ends``. Optional registers without rows get their sheet too. ``tables`` go
    into the first workbook. The ``guide`` says what its first sheet names beside the sheets.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    ordered = _in_order(schemas.values())
    names = list(dict.fromkeys(schema.workbook for schema in ordered))
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        message = f"книга «{taken[0]}» уже есть, она не изменена; укажите другую папку"
        where = Location(file=str(folder / taken[0]))
        raise UsageError([Problem("usage", where, message)])
    written = []
    for name in names:
        own = {schema.name: schema for schema in ordered if schema.workbook == name}
        workbook = _workbook(own, rows, tables if name == names[0] else (), guide)
        files.atomic_write(folder / name, to_bytes(workbook))
        written.append(folder / name)
    return written


def _in_order(schemas: Iterable[Schema]) -> list[Schema]:
    made = [schema for schema in schemas if not schema.is_kept]
    return sorted(made, key=lambda schema: (schema.position, schema.name))


def _workbook(
    schemas: Mapping[str, Schema],
    rows: Mapping[str, Rows],
    tables: Sequence[Table],
    guide: BookGuide,
) -> Workbook:
    """Return one workbook: guide, registers, tables, and the lists that dropdowns draw from."""
    workbook = Workbook()
    first: Worksheet = workbook.worksheets[0]
    first.title = GUIDE_SHEET
    _write_guide(first, list(schemas.values()), guide)
    sheets = {name: workbook.create_sheet(schema.sheet) for name, schema in schemas.items()}
    dropdowns = Dropdowns(workbook, schemas)
    for name, schema in schemas.items():
        write_sheet(sheets[name], schema, rows.get(name, ()), dropdowns)
    for table in tables:
        write_table(workbook.create_sheet(table.name), table)
    if LISTS_SHEET in workbook.sheetnames:
        workbook.move_sheet(LISTS_SHEET, len(workbook.sheetnames))
    workbook.active = 1
    return workbook


def put_text(
    sheet: Worksheet, row: int, column: int, value: CellValue, number_format: str = "@"
) -> Cell:
    """Write a value and return its cell; text such as «=1» or «#N/A» stays text."""
    # Cells are merged only after they are filled, so no MergedCell can stand here.
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = value
    cell.number_format = _DATE_FORMAT if isinstance(value, dt.date) else number_format
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def write_headers(sheet: Worksheet, headers: Sequence[str]) -> None:
    """Write the headers as a frozen, bold first row with wrapped text."""
    for number, header in enumerate(headers, start=1):
        cell = put_text(sheet, 1, number, header)
        cell.font = Font(bold=True)
        cell.fill = _HEADER_FILL
        cell.border = _GRID
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def write_sheet(
    sheet: Worksheet,
    schema: Schema,
    rows: Rows,
    dropdowns: Dropdowns,
    *,
    shows_examples: bool = False,
) -> None:
    """Write the sheet of a register or a card.

    Hints of headers say an example where no row ``shows_examples``.
    """
    if schema.is_card:
        _write_card(sheet, schema, rows, dropdowns)
        return
    write_register(sheet, schema, rows, dropdowns)
    for number, column in enumerate(schema.columns if shows_examples else (), start=1):
        example = next((row[column.name] for row in schema.example_rows if column.name in row), "")
        example = column.example or example
        if example and column.kind not in _SHOWN_OTHERWISE and not column.choices:
            note = _note_of(column)
            hint = f"{note}. Например: {example}" if note else f"Например: {example}"
            sheet.cell(1, number).comment = _comment(hint)


def write_register(sheet: Worksheet, schema: Schema, rows: Rows, dropdowns: Dropdowns) -> None:
    """Write a register: a row for each record, columns in the order of the schema."""
    write_headers(sheet, [column.header for column in schema.columns])
    for number, column in enumerate(schema.columns, start=1):
        letter = get_column_letter(number)
        number_format = _FORMATS.get(column.kind, "@")
        # A column's style serves its empty cells: thousands of styled ones would slow reading.
        dimension = sheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.number_format = number_format
        dimension.alignment = WRAPPED
        note = _note_of(column)
        if note:
            sheet.cell(1, number).comment = _comment(note)
        for row, values in enumerate(rows, start=2):
            if column.name in values:
                cell = put_text(sheet, row, number, values[column.name], number_format)
                cell.alignment = WRAPPED
        dropdowns.add(sheet, column, f"{letter}2:{letter}{ROWS_WITH_LISTS + 1}")
    colour_errors(sheet, schema, ROWS_WITH_LISTS + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(schema.columns))}{ROWS_FOR_ENTRY + 1}"


def _write_card(sheet: Worksheet, schema: Schema, rows: Rows, dropdowns: Dropdowns) -> None:
    """Write a card: a row for each fact with its label, its value from ``rows``, and a hint."""
    periods = [header for header in (schema.begins, schema.ends) if header]
    headers = [LABEL_HEADER, VALUE_HEADER, *periods, _NOTE_HEADER]
    write_headers(sheet, headers)
    for number, width in enumerate([34, 60, *(14 for _ in periods), 70], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    row = 1
    for fact in schema.columns:
        for values in [v for v in rows if fact.name in v] or [{}]:
            row += 1
            value_format = _FORMATS.get(fact.kind, "@")
            put_text(sheet, row, 1, fact.header)
            put_text(sheet, row, 2, values.get(fact.name, ""), value_format)
            period = [values.get(key, "") for key in ("begins", "ends")][: len(periods)]
            for number, day in enumerate(period, start=3):
                put_text(sheet, row, number, day, _DATE_FORMAT)
            put_text(sheet, row, len(headers), _note_of(fact))
            dropdowns.add(sheet, fact, f"B{row}")
            for number in range(1, len(headers) + 1):
                sheet.cell(row, number).alignment = WRAPPED
    colour_card_errors(sheet, schema, ROWS_WITH_LISTS + 1)


def _note_of(column: Column) -> str:
    """Return the hint that explains a column to the person who fills it."""
    parts = [column.comment.rstrip(".")]
    if column.is_required:
        parts.insert(0, "Обязательно")
    if column.is_by_hand:
        parts.append("Пустое место впишут в документе от руки")
    if column.is_listed:
        parts.append("Можно несколько через точку с запятой")
    if column.choices and column.kind != ColumnKind.CHOICE:
        parts.append("Например: " + ", ".join(column.choices))
    return ". ".join(part for part in parts if part)


def _comment(note: str) -> Comment:
    """Return a comment box that is large enough for its text."""
    width, height = _comment_size(note)
    return Comment(note, _AUTHOR, height=height, width=width)


def _comment_size(note: str) -> tuple[int, int]:
    """Return the width and height, in pixels, of a comment box that shows the whole text."""
    return 260, 20 * (1 + sum(len(line) // 36 + 1 for line in note.split("\n")))


def enlarge_comments(workbook: Workbook) -> None:
    """Let every comment of a workbook that was read show its whole text."""
    for sheet in workbook.worksheets:
        for cell in _stored_cells(sheet):
            if cell.comment is not None:
                # openpyxl forgets how big a comment was: hints would be cut off.
                cell.comment.width, cell.comment.height = _comment_size(cell.comment.text)


def _stored_cells(sheet: Worksheet) -> Iterator[Cell]:
    """Return the cells of a sheet that are in the file."""
    # The public iterators create every empty cell up to the last one, perhaps XFD1048576.
    return (cell for cell in sheet._cells.values() if isinstance(cell, Cell))  # noqa: SLF001


def _write_guide(sheet: Worksheet, schemas: Sequence[Schema], guide: BookGuide) -> None:
    """Write the first steps, the purpose of each sheet, the ready forms and when each is made."""
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 100
    for row, step in enumerate(_FIRST_STEPS, start=1):
        _write_line(sheet, row, step, is_bold=row in {1, len(_FIRST_STEPS)})
    row = _write_purposes(sheet, len(_FIRST_STEPS) + 1, schemas)
    if guide.later:
        _write_line(sheet, row, _LATER, is_bold=True)
        row = _write_purposes(sheet, row + 1, _in_order(guide.later))
    if guide.forms:
        _write_line(sheet, row, _FORMS, is_bold=True)
        for at, (name, when) in enumerate(guide.forms, start=row + 1):
            put_text(sheet, at, 1, name).alignment = WRAPPED
            put_text(sheet, at, 2, when).alignment = WRAPPED


def _write_line(sheet: Worksheet, row: int, text: str, *, is_bold: bool) -> None:
    cell = put_text(sheet, row, 1, text)
    cell.font = Font(bold=is_bold)
    cell.alignment = WRAPPED
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)


def _write_purposes(sheet: Worksheet, row: int, schemas: Sequence[Schema]) -> int:
    """Write what sheets are for from a row on; return the row below them."""
    for at, schema in enumerate(schemas, start=row):
        put_text(sheet, at, 1, schema.sheet)
        put_text(sheet, at, 2, schema.about).alignment = WRAPPED
    return row + len(schemas)


def write_table(sheet: Worksheet, table: Table) -> None:
    """Write an appendix table as it is printed: merges, bold, widths, orientation."""
    for number, share in enumerate(table.widths, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = round(share * 120, 2)
        # Said of widths that no person set: the paper gives such columns the room that they need.
        dimension.bestFit = True
    for row, content in enumerate(table.rows, start=1):
        column = 1
        for item in content.cells:
            if item is None:
                column += 1
                continue
            cell = put_text(sheet, row, column, item.text)
            cell.font = Font(bold=item.is_bold, italic=item.is_italic)
            cell.alignment = Alignment(
                horizontal=item.align or None, vertical="top", wrap_text=True
            )
            cell.border = _GRID
            last_row, last_column = row + item.rows - 1, column + item.columns - 1
            if item.rows > 1 or item.columns > 1:
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=last_row, end_column=last_column
                )
            column += item.columns
    if table.is_landscape:
        sheet.page_setup.orientation = "landscape"
    sheet.freeze_panes = f"A{table.header_rows + 1}"
    sheet.print_title_rows = f"1:{table.header_rows}"


def to_bytes(workbook: Workbook) -> bytes:
    """Return the .xlsx without author and time, so that the same content gives the same bytes."""
    workbook.properties.creator = "docgen"
    stream = io.BytesIO()
    workbook.save(stream)
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return packed.getvalue()
