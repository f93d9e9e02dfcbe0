"""Rows of a register in a person's workbook, found by headers wherever people moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.model import Schema
from docgen.registers.cells import raw_cell
from docgen.registers.column_headers import header_of
from docgen.registers.own_cells import OwnCell, OwnSheet, open_own_sheet
from docgen.registers.shared_books import unusable


@dataclass(frozen=True, slots=True)
class OwnRows:
    """A register's sheet, its columns by name, its filled rows: texts of cells by column name."""

    sheet: OwnSheet
    columns: Mapping[str, int]
    rows: Mapping[int, Mapping[str, str]]
    header_row: int

    def day(self, row: int, name: str) -> dt.date | None:
        """Return the day that a cell holds, however it is shown."""
        value = raw_cell(self.sheet.grid, row, self.columns[name]).value
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else None

    def write(self, cells: Sequence[OwnCell]) -> None:
        """Write cells, all or none; new rows look like those above them.

        Raises:
            UsageError: as ``OwnSheet.write``.
        """
        self.sheet.write(cells, first_row=self.header_row + 1)


def read_own_rows(path: Path, schema: Schema, needed: Sequence[str], remedy: str) -> OwnRows:
    """Return the rows of a register's sheet; ``remedy`` says what to do without a needed column.

    Raises:
        UsageError: as ``open_own_sheet``, or when one of the ``needed`` columns is not there.
    """
    sheet = open_own_sheet(path, schema.sheet)
    row, columns = header_of(sheet.grid, schema)
    absent = [schema.column(name).header for name in needed if name not in columns]
    if absent:
        message = f"на листе «{schema.sheet}» нет столбца «{absent[0]}»: {remedy}"
        raise unusable(path, message)
    rows = {
        number: {name: raw_cell(sheet.grid, number, at).text for name, at in columns.items()}
        for number in sorted(sheet.grid.cells)
        if number > row
    }
    return OwnRows(sheet, columns, rows, row)
