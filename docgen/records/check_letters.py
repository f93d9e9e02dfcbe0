"""Check the cells of registers and tables for letters of the wrong alphabet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import ColumnKind, RawSheet, Schema, Table
from docgen.russian.lookalikes import Lookalike

_MOST_SHOWN = 3
_NAMING = ("unknown-ref", "bad-choice")
"""What a name or a choice is that is none, perhaps for a letter."""
_REMEDY = "латинская, наберите его по-русски"


def check_letters(
    schemas: Mapping[str, Schema],
    sheets: Mapping[str, RawSheet],
    tables: Mapping[str, Table],
    found: Iterable[Problem],
) -> Iterator[Problem]:
    """Yield a warning for each cell in which a letter only looks like the one that is meant.

    What docgen writes itself repeats the cells that it was made from. Of what has been ``found``
    in rows, a name or a choice that is none for its letter has said so itself.
    """
    cells = {one.where for one in found if one.code in _NAMING and _REMEDY in one.message}
    yield from (one for one in _letters(schemas, sheets, tables) if one.where not in cells)


def letter_hint(text: str, place: str = "здесь") -> str:
    """Return ``; здесь в слове «…» буква «…» латинская, …`` of a name that is none, or nothing."""
    word = russian.find_lookalikes(text)
    if not word:
        return ""
    letter = next(one for one in word if one.isascii())
    return f"; {place} в слове «{word}» буква «{letter}» {_REMEDY}"


def _letters(
    schemas: Mapping[str, Schema], sheets: Mapping[str, RawSheet], tables: Mapping[str, Table]
) -> Iterator[Problem]:
    for name, sheet in sheets.items():
        if not schemas[name].is_kept:
            yield from _check_sheet(sheet, schemas[name])
    for table in tables.values():
        for row in table.rows:
            for cell in filter(None, row.cells):
                yield from _check_text(cell.text, cell.where)


def _check_sheet(sheet: RawSheet, schema: Schema) -> Iterator[Problem]:
    files = {column.name for column in schema.columns if column.kind == ColumnKind.FILE}
    for row in sheet.rows:
        for name, cell in row.cells.items():
            if name not in files and cell.where.file == sheet.where.file:
                yield from _check_text(cell.text, cell.where)


def _check_text(text: str, where: Location) -> Iterator[Problem]:
    if not text or text.isascii():
        return
    found = russian.every_lookalike(text)
    if not found:
        return
    named = "; ".join(map(_said, found[:_MOST_SHOWN]))
    way = "в русской раскладке" if all(one.is_latin for one in found) else "в одной раскладке"
    more = " и ещё есть такие" if len(found) > _MOST_SHOWN else ""
    yield warning("lookalike", where, f"{named}{more}; наберите заново {way}")


def _said(one: Lookalike) -> str:
    kind = "латинская" if one.is_latin else "русская"
    if len(one.word) == 1:
        return f"буква «{one.letter}», которая стоит отдельно, {kind}"
    return f"в «{one.word}» буква «{one.letter}» ({one.place}-я) {kind}"
