"""Sheets that no register reads and that look like a register which is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.model import ColumnKind, RawSheet, Schema, sameness, sheet_names
from docgen.model.columns import APPENDICES, PAPERS, SHEET
from docgen.registers.books import Book, Books, Grid, grid_of
from docgen.registers.cards import named_facts
from docgen.registers.column_headers import NAME_PARTS, find_header, header_key, header_words
from docgen.suggestions import likeness_of

GUIDE_SHEET: Final = "Справка"
LISTS_SHEET: Final = "Списки"
"""Sheets of new workbooks that no register reads: how to begin, and what dropdowns draw from."""
_FEWEST_HEADERS: Final = 3
_FEWEST_FACTS: Final = 2
_MOST_KNOWN: Final = 0.6
_NEAR_TITLE: Final = 0.8


def unread_registers(
    books: Books, schemas: Mapping[str, Schema], sheets: Mapping[str, RawSheet]
) -> tuple[set[str], list[Problem]]:
    """Return the registers that seem to stand under other titles, and the problems of these sheets.

    A sheet that has the columns of a register that is not there is an error: papers would be made
    without its rows. Of two such sheets nobody can tell which one is meant.
    """
    known = {sameness(one.sheet) for one in schemas.values()} | _printed_sheets(sheets)
    alike: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for book in books.books:
        absent = [one for one in schemas.values() if not one.is_kept and _lacks(book, one)]
        for title in book.sheets if absent else ():
            if sameness(title) in known:
                continue
            meant = _meant_by(book, title, absent)
            if meant is not None:
                alike.setdefault(meant.name, []).append(title)
            else:
                problems += _near_title(book, title, absent)
        problems += [_renamed(book, one, alike[one.name]) for one in absent if one.name in alike]
    return set(alike), problems


def _lacks(book: Book, schema: Schema) -> bool:
    """Whether a book has no sheet of a register that belongs into it, read or not."""
    titles = {sameness(title) for title in (*book.sheets, *book.unread, *book.others)}
    return sameness(schema.workbook) == sameness(book.name) and sameness(schema.sheet) not in titles


def _printed_sheets(sheets: Mapping[str, RawSheet]) -> set[str]:
    """Return the titles of the sheets that appendices and papers print as tables."""
    rows = [row for name in (APPENDICES, PAPERS) if name in sheets for row in sheets[name].rows]
    typed = [row.cells[SHEET].text for row in rows if SHEET in row.cells]
    return {sameness(title) for text in typed for title in (text, *sheet_names(text))}


def _meant_by(book: Book, title: str, absent: Collection[Schema]) -> Schema | None:
    """Return the register whose columns a sheet has, and rows below them."""
    grid = grid_of(book, title, [])
    words = header_words(grid)
    shared = {one.name: _shared_headers(grid, one) if _may_be(one, words) else 0 for one in absent}
    alike = max(absent, key=lambda one: shared[one.name])
    if not shared[alike.name]:
        return None
    if alike.is_card:
        return alike
    # That an empty sheet is not read is no loss.
    return alike if any(row > find_header(grid, alike).last_row for row in grid.cells) else None


def _renamed(book: Book, schema: Schema, titles: Sequence[str]) -> Problem:
    what = "строки" if schema.is_card else "столбцы"
    if len(titles) == 1:
        message = (
            f"нет листа «{schema.sheet}»; похож лист «{titles[0]}»: на нём те же {what}, но без "
            f"своего названия он не читается. Верните ему название «{schema.sheet}»"
        )
    else:
        named = ", ".join(f"«{title}»" for title in titles)
        message = (
            f"нет листа «{schema.sheet}»; похожи листы {named}: на них те же {what}, но без своего "
            f"названия не читается ни один. Назовите нужный «{schema.sheet}»"
        )
    return Problem("missing-sheet", Location(file=book.shown, sheet=titles[0]), message)


def _near_title(book: Book, title: str, absent: Collection[Schema]) -> list[Problem]:
    """Return the warning about a sheet without the columns of the register that it is called."""
    near = next((one for one in absent if one.is_optional and _is_near(title, one.sheet)), None)
    grid = grid_of(book, title, [])
    if near is None or (_may_be(near, header_words(grid)) and _shared_headers(grid, near)):
        return []
    message = (
        f"лист не читается; если это «{near.sheet}», верните ему это название и заголовки столбцов"
    )
    return [warning("lost-sheet", Location(file=book.shown, sheet=title), message)]


def sheet_in_place_of(book: Book, schema: Schema, known: Collection[str]) -> str | None:
    """Return a sheet that has the columns of a register and rows under another title.

    The ``known`` titles are of other registers.
    """
    for title in book.sheets:
        grid = grid_of(book, title, [])
        if title in known or not _may_be(schema, header_words(grid)):
            continue
        last = find_header(grid, schema).last_row
        if _shared_headers(grid, schema) and any(row > last for row in grid.cells):
            return title
    return None


def _may_be(schema: Schema, words: Set[str]) -> bool:
    """Whether a sheet has every header that a register needs, wherever it stands."""
    return schema.is_card or all(
        any(header_key(text) in words for text in (column.header, *column.synonyms))
        or (column.kind == ColumnKind.NAME and NAME_PARTS[0] in words)
        for column in schema.columns
        if column.is_required
    )


def _shared_headers(grid: Grid, schema: Schema) -> int:
    """Return how many headers a sheet shares with a register, 0 if it is hardly the same."""
    if schema.is_card:
        known, others = named_facts(grid, schema)
        return known if known >= _FEWEST_FACTS and known >= _MOST_KNOWN * (known + others) else 0
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
