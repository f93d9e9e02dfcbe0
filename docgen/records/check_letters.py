"""Check the cells of registers and tables for letters of the wrong alphabet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import ColumnKind, RawSheet, Schema, Table
from docgen.russian.lookalikes import Lookalike

_MOST_SHOWN = 3


def check_letters(
    schemas: Mapping[str, Schema],
    sheets: Mapping[str, RawSheet],
    tables: Mapping[str, Table],
    found: Iterable[Problem],
) -> Iterator[Problem]:
    """Yield a warning for each cell in which a letter only looks like the one that is meant.

    What docgen writes itself repeats the cells that it was made from. Of what has been ``found``
    in rows, a name that leads nowhere for its letter has said so itself.
    """
    cells = {one.where for one in found if one.code == "unknown-ref"}
    yield from (one for one in _letters(schemas, sheets, tables) if one.where not in cells)


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
    found = russian.lookalikes(text)
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
