"""Sheets that no register reads and that look like a register which is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.model import ColumnKind, RawSheet, Schema, sameness, sheet_names
from docgen.model.columns import APPENDICES, SHEET
from docgen.registers.books import Book, Books, Grid, grid_of
from docgen.registers.column_headers import NAME_PARTS, find_header, header_key, header_words
from docgen.suggestions import likeness_of

_FEWEST_HEADERS: Final = 3
_MOST_KNOWN: Final = 0.6
_NEAR_TITLE: Final = 0.8


def unread_registers(
    books: Books, schemas: Mapping[str, Schema], sheets: Mapping[str, RawSheet]
) -> Iterator[Problem]:
    """Yield a problem for each sheet that seems to be a register under another title.

    One that has the columns of a register is an error: the papers would be made without its rows.
    """
    absent = [
        one
        for name, one in schemas.items()
        if name not in sheets and one.is_optional and not one.is_kept
    ]
    known = {sameness(one.sheet) for one in schemas.values()} | _printed_sheets(sheets)
    for book in books.books:
        unread = {sameness(title) for title in book.unread}
        own = [
            one
            for one in absent
            if sameness(one.workbook) == sameness(book.name) and sameness(one.sheet) not in unread
        ]
        for title in book.sheets if own else ():
            if sameness(title) not in known:
                yield from _lookalike(book, title, own)


def _printed_sheets(sheets: Mapping[str, RawSheet]) -> set[str]:
    """Return the titles of the sheets that appendices print as tables."""
    rows = sheets[APPENDICES].rows if APPENDICES in sheets else ()
    typed = [row.cells[SHEET].text for row in rows if SHEET in row.cells]
    return {sameness(title) for text in typed for title in (text, *sheet_names(text))}


def _lookalike(book: Book, title: str, absent: Collection[Schema]) -> Iterator[Problem]:
    where, grid = Location(file=book.shown, sheet=title), grid_of(book, title, [])
    words = header_words(grid)
    shared = {one.name: _shared_headers(grid, one) if _may_be(one, words) else 0 for one in absent}
    alike = max(absent, key=lambda one: shared[one.name])
    near = next((one for one in absent if _is_near(title, one.sheet)), None)
    if shared[alike.name]:
        # That an empty sheet is not read is no loss.
        if any(row > find_header(grid, alike).last_row for row in grid.cells):
            message = (
                f"нет листа «{alike.sheet}»; похож лист «{title}»: на нём те же столбцы, но без "
                f"своего названия он не читается. Верните название «{alike.sheet}»; лишний лист "
                "уберите"
            )
            yield Problem("missing-sheet", where, message)
    elif near is not None:
        message = (
            f"лист не читается; если это «{near.sheet}», верните ему это название и заголовки "
            "столбцов"
        )
        yield warning("lost-sheet", where, message)


def _may_be(schema: Schema, words: Set[str]) -> bool:
    """Whether a sheet has every header that a register needs, wherever it stands."""
    return all(
        any(header_key(text) in words for text in (column.header, *column.synonyms))
        or (column.kind == ColumnKind.NAME and NAME_PARTS[0] in words)
        for column in schema.columns
        if column.is_required
    )


def _shared_headers(grid: Grid, schema: Schema) -> int:
    """Return how many headers a sheet shares with a register, 0 if it is hardly the same."""
    if schema.is_card:
        return 0
    header = find_header(grid, schema)
    found = {*header.found, *header.parts}
    required = {column.name for column in schema.columns if column.is_required}
    of_sheet = len(found) + len(header.unknown)
    is_alike = (
        required <= found
        and len(found) >= min(_FEWEST_HEADERS, len(schema.columns))
        and len(found) >= _MOST_KNOWN * of_sheet
    )
    return len(found) if is_alike else 0


def _is_near(title: str, wanted: str) -> bool:
    """Whether a title is another one with a word more, or a slip of a hand in it."""
    typed, known = sameness(title), sameness(wanted)
    return typed.startswith(f"{known} ") or likeness_of(typed, known) >= _NEAR_TITLE
