"""The register of signatures as it is first written; later people type in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.model import Schema
from docgen.model.columns import DOCUMENT_KEY, PROPOSED, SIGNATURE_KEY
from docgen.registers.book_writer import WRAPPED, put_text, to_bytes, write_register
from docgen.registers.dropdowns import Dropdowns


def write_first_signatures(path: Path, schema: Schema, rows: Sequence[Mapping[str, str]]) -> None:
    """Write the workbook with its rows, their texts by column name; its keys are hidden.

    Raises:
        UsageError: when it cannot be written.
    """
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
        for row, texts in enumerate(rows, start=2):
            if column.name in texts:
                put_text(sheet, row, number, texts[column.name]).alignment = WRAPPED
    files.atomic_write(path, to_bytes(workbook), mode=files.PRIVATE_FILE)
