"""The example workspace that a newcomer checks, builds and then overwrites."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.errors import Location
from docgen.model import Column, ColumnKind, Schema, Table, TableCell, TableRow
from docgen.registers.book_writer import NO_GUIDE, BookGuide, CellValue, write_workspace

_BASE_YEAR = 2026
"""The year in which the schemas' examples play."""

_SCHOOL_YEAR = re.compile(r"(\d{4})/(\d{4})")
_YEAR = re.compile(r"\b20\d\d\b")
_NARROWEST = 6
_WIDEST = 45


def write_example(
    folder: Path, schemas: Mapping[str, Schema], *, year: str, guide: BookGuide = NO_GUIDE
) -> list[Path]:
    """Write the example workspace, its dates moved to the school year ``year`` (``2026/2027``).

    The ``guide`` says what the first sheet of the workbook names beside its sheets.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    shift = int(year[:4]) - _BASE_YEAR
    rows = {name: _example_rows(schema, shift) for name, schema in schemas.items()}
    tables = [
        plain_table(sheet, texts)
        for schema in schemas.values()
        for sheet, texts in schema.example_tables.items()
    ]
    return write_workspace(folder, schemas, rows, tables, guide)


def _example_rows(schema: Schema, shift: int) -> list[dict[str, CellValue]]:
    """Return the example rows of a register, else one row of its columns' examples."""
    columns = {column.name: column for column in schema.columns}
    examples = {name: column.example for name, column in columns.items() if column.example}
    if schema.is_card:
        return [{name: _moved(text, columns[name], shift)} for name, text in examples.items()]
    rows: Sequence[Mapping[str, str]] = schema.example_rows
    if not rows and all(c.name in examples or not c.is_required for c in schema.columns):
        rows = [examples] if examples else []
    return [
        {name: _moved(text, columns[name], shift) for name, text in row.items()} for row in rows
    ]


def _moved(text: str, column: Column, shift: int) -> CellValue:
    """Return an example as the value of a cell, its date or school year moved by whole years."""
    if column.kind in {ColumnKind.DATE, ColumnKind.DEADLINE}:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return _YEAR.sub(lambda m: str(int(m[0]) + shift), text)
        return day.replace(year=day.year + shift)
    return _SCHOOL_YEAR.sub(lambda m: f"{int(m[1]) + shift}/{int(m[2]) + shift}", text)


def blank_tables(schema: Schema) -> list[Table]:
    """Return the tables of a register's example, their headings alone, as wide as the examples."""
    tables = (plain_table(sheet, rows) for sheet, rows in schema.example_tables.items())
    return [replace(one, rows=one.rows[: one.header_rows]) for one in tables]


def plain_table(name: str, rows: Sequence[Sequence[str]]) -> Table:
    """Return a table of texts: the first row is the heading, a row of one text a section."""
    width = max(len(row) for row in rows)
    numbers = [str(number) for number in range(1, width + 1)]
    header_rows = 2 if len(rows) > 1 and [*rows[1]] == numbers else 1
    longest = [max(len(row[i]) for row in rows if len(row) == width) for i in range(width)]
    shares = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    return Table(
        name=name,
        where=Location(sheet=name),
        widths=tuple(share / sum(shares) for share in shares),
        header_rows=header_rows,
        rows=tuple(
            TableRow(number, _plain_cells(row, width, is_heading=number <= header_rows))
            for number, row in enumerate(rows, start=1)
        ),
    )


def _plain_cells(row: Sequence[str], width: int, *, is_heading: bool) -> tuple[TableCell, ...]:
    """Return the cells of a row; a single text spans the table, bold and centred."""
    if len(row) == 1 and width > 1:
        return (TableCell(row[0], Location(), width, is_bold=True, align="center"),)
    texts = [*row, *("" for _ in range(width - len(row)))]
    align = "center" if is_heading else ""
    return tuple(TableCell(t, Location(), is_bold=is_heading, align=align) for t in texts)
