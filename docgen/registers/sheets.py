"""Reading register sheets: headers are found, rows read by column, what is missing reported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.errors import Location, Problem, warning
from docgen.model import RawCell, RawRow, RawSheet, Schema, sameness
from docgen.model.columns import HIDDEN_ROWS, SETTINGS
from docgen.registers.absent_sheets import absent_sheets, title_in
from docgen.registers.books import Book, Books, Grid, grid_of, open_book, without_garbage_collection
from docgen.registers.cards import read_card
from docgen.registers.cells import is_filled, looks_warnings, raw_cell
from docgen.registers.column_headers import (
    NAME_PARTS,
    SheetHeader,
    find_header,
    missing_columns,
    odd_columns,
    typed_headers,
    unknown_headers,
)
from docgen.registers.hidden_rows import PASSED_OVER, HiddenRows
from docgen.registers.unread_sheets import unread_registers

_NUMBER_HEADER = re.compile(r"№|\bномер", re.IGNORECASE)


def read_sheets(
    books: Books, schemas: Mapping[str, Schema], *, shared_folders: Sequence[Path] = ()
) -> tuple[dict[str, RawSheet], list[Problem]]:
    """Return the registers of a workspace by schema name, and all their problems.

    Rows of a shared register stand before the workspace's own; they come from the workbook named
    as the sheet in each of ``shared_folders``. A register that has errors in its headers is left
    out; an optional one that is absent is left out in silence.
    """
    problems = list(books.problems)
    sheets: dict[str, RawSheet] = {}
    with without_garbage_collection():
        passes_hidden = _passes_hidden(books, schemas)
        for name, schema in schemas.items():
            grids = _shared_grids(schema, shared_folders, problems) if schema.is_shared else []
            own = _own_grid(books, schema, problems)
            read = [
                sheet
                for grid in [*grids, *([own] if own else [])]
                if (sheet := _read_grid(grid, schema, problems, passes_hidden=passes_hidden))
                is not None
            ]
            if read:
                rows = tuple(row for sheet in read for row in sheet.rows)
                sheets[name] = replace(read[-1], rows=rows)
        renamed, unread = unread_registers(books, schemas, sheets)
        problems += absent_sheets(books, schemas, renamed)
        problems += unread
    return sheets, problems


def _passes_hidden(books: Books, schemas: Mapping[str, Schema]) -> bool:
    """Return whether the settings ask to leave out rows that are hidden."""
    schema = schemas.get(SETTINGS)
    grid = _own_grid(books, schema, []) if schema is not None and schema.is_card else None
    if grid is None or schema is None:
        return False
    facts = (row.cells.get(HIDDEN_ROWS) for row in read_card(grid, schema, []).rows)
    return any(one is not None and sameness(one.text) == PASSED_OVER for one in facts)


def _shared_grids(schema: Schema, folders: Sequence[Path], problems: list[Problem]) -> list[Grid]:
    """Return the sheets of a shared register that lie beside its schemas."""
    grids = []
    for folder in folders:
        path = folder / f"{schema.sheet}.xlsx"
        if not path.is_file():
            continue
        # Enough of the path to find the file by, not the whole machine above it.
        book = open_book(path, shown="/".join(path.parts[-3:]), problems=problems)
        if book is not None:
            title = title_in(book.sheets, schema.sheet)
            if title is None and not book.unread:
                title = next(iter(book.sheets), None)
            if title is not None:
                grids.append(grid_of(book, title, problems))
    return grids


def _own_grid(books: Books, schema: Schema, problems: list[Problem]) -> Grid | None:
    """Return the workspace's sheet of a register, if it is there."""
    book = next((b for b in books.books if sameness(b.name) == sameness(schema.workbook)), None)
    if book is not None:
        title = title_in(book.sheets, schema.sheet)
        if title is not None:
            problems += _buried_warning(book, title)
            return grid_of(book, title, problems)
        other = title_in(book.others, schema.sheet)
        if other is not None:
            where = Location(file=book.shown, sheet=other)
            message = f"на листе не таблица, а {book.others[other]}; верните лист из копии книги"
            problems.append(Problem("damaged-book", where, message))
    return None


def _buried_warning(book: Book, title: str) -> list[Problem]:
    """Return the warning about a register that its book hides for good."""
    if not book.sheets[title].is_buried:
        return []
    message = (
        "лист скрыт так, что Excel не предложит его показать, а docgen его читает; если он нужен, "
        "откройте его в LibreOffice или верните из копии, если нет — удалите"
    )
    return [warning("not-printed", Location(file=book.shown, sheet=title), message)]


def _read_grid(
    grid: Grid, schema: Schema, problems: list[Problem], *, passes_hidden: bool
) -> RawSheet | None:
    """Return the rows of one sheet, or ``None`` when a required header is missing."""
    if schema.is_card:
        is_passed = passes_hidden and schema.name != SETTINGS
        return read_card(grid, schema, problems, passes_hidden=is_passed)
    header = find_header(grid, schema)
    missing = missing_columns(grid, schema, header)
    if missing:
        problems += missing
        return None
    problems += odd_columns(grid, schema, header)
    numbers = frozenset(c.name for c in schema.columns if _NUMBER_HEADER.search(c.header))
    rows: list[RawRow] = []
    hidden: list[int] = []
    for number in sorted(grid.cells):
        if number <= header.last_row or not _has_text(grid, number, header):
            continue
        # A filter on a sheet that docgen renews is a view of it, nothing to speak of.
        if number in grid.hidden_rows and not schema.is_kept:
            hidden.append(number)
            if passes_hidden:
                continue
        rows.append(RawRow(number, _cells(grid, number, header, numbers, problems)))
    unseen = HiddenRows(grid, tuple(hidden), passes_hidden)
    problems += unseen.problems()
    spots = [*header.found.values(), *(s for p in header.parts.values() for s in p.values())]
    problems += looks_warnings(grid, ((row.number, spot) for row in rows for spot in spots))
    return RawSheet(
        schema.name,
        grid.where,
        tuple(rows),
        typed_headers(grid, header),
        unknown_headers(grid, header),
        unseen.hidden_by_hand,
    )


# --- rows ------------------------------------------------------------------------------------


def _has_text(grid: Grid, row: int, header: SheetHeader) -> bool:
    """Whether a row is filled in any column that is read."""
    spots = [*header.found.values(), *(s for p in header.parts.values() for s in p.values())]
    return any(is_filled(grid, row, spot) for spot in spots)


def _cells(
    grid: Grid, row: int, header: SheetHeader, numbers: frozenset[str], problems: list[Problem]
) -> dict[str, RawCell]:
    """Return the cells of a row by column name; the parts of a person's name are joined.

    ``numbers`` are the columns of numbers: «1.1» there is no fraction and keeps its point.
    """
    cells = {
        name: raw_cell(
            grid, *merged_spot(grid, row, spot), problems, point="." if name in numbers else ","
        )
        for name, spot in header.found.items()
    }
    for name, spots in header.parts.items():
        texts = [raw_cell(grid, row, spots[p], problems).text for p in NAME_PARTS if p in spots]
        joined = " ".join(" ".join(texts).split())
        cells[name] = RawCell(joined or None, joined, grid.spot(row, spots[NAME_PARTS[0]]))
    return cells


def merged_spot(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return the row and column, or the top of a merge down this column alone.

    One cell «О внедрении» merged over five rows says so for all five.
    """
    left, top, right, _ = grid.covered.get((row, column), (column, row, column, row))
    return (top, left) if left == right == column else (row, column)
