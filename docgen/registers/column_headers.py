"""Headers of a register's sheet: found, matched with its columns, what is missing or odd told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import Column, ColumnKind, Schema, sameness
from docgen.model.entries import ALWAYS, MOSTLY
from docgen.registers.books import Grid
from docgen.registers.cells import raw_cell
from docgen.suggestions import nearest_key, question

_HEADER_SEARCH_ROWS = 30
_FEWEST_LETTERS = 4
_NEARLY_A_HEADER = 0.75
"""More than for other names: a sheet may well have a column that no register knows."""

NAME_PARTS = ("фамилия", "имя", "отчество")
_MOST = 0.5
_K = TypeVar("_K")
_WORDS = re.compile(r"\w+")
_MARKS = re.compile(r"[.,:;*!?()\[\]№#]+")


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """The headers of a sheet: which sheet column has which column of the register.

    ``parts`` are names of people in two or three cells: sheet column by part, by column.
    """

    row: int
    last_row: int
    found: Mapping[str, int]
    parts: Mapping[str, Mapping[str, int]]
    unknown: Mapping[int, str]
    repeated: Mapping[int, str]


def header_of(grid: Grid, schema: Schema) -> tuple[int, Mapping[str, int]]:
    """Return the last row of the headers and the sheet column of each column found."""
    header = find_header(grid, schema)
    return header.last_row, header.found


def header_key(text: str) -> str:
    """Return a header without case, blanks, ё and punctuation, which spellings differ in."""
    folded = sameness(_MARKS.sub(lambda m: " № " if "№" in m[0] or "#" in m[0] else " ", text))
    return folded.replace("-", "").replace(" ", "")


def _known_headers(schema: Schema) -> dict[str, str]:
    """Return the column by header; its own header wins over another's synonym."""
    known: dict[str, str] = {}
    for column in schema.columns:
        known.setdefault(header_key(column.header), column.name)
    for column in schema.columns:
        for synonym in column.synonyms:
            known.setdefault(header_key(synonym), column.name)
    return known


def header_words(grid: Grid) -> frozenset[str]:
    """Return the keys of all texts of a sheet among which its headers may be."""
    return frozenset(
        header_key(cell.value)
        for row, cells in grid.cells.items()
        if row <= _HEADER_SEARCH_ROWS
        for cell in cells.values()
        if isinstance(cell.value, str)
    )


def find_header(grid: Grid, schema: Schema) -> SheetHeader:
    """Return the headers: the first row, of those with most known headers."""
    known = _known_headers(schema)
    candidates = [row for row in sorted(grid.cells) if row <= _HEADER_SEARCH_ROWS]
    best = SheetHeader(0, 0, {}, {}, {}, {})
    for row in candidates:
        header = _header_at(grid, row, schema, known)
        if _score(header) > _score(best):
            best = header
    if not best.row and candidates:
        best = _header_at(grid, candidates[0], schema, known)
    return best


def _score(header: SheetHeader) -> int:
    return len(header.found) + len(header.parts)


def _header_at(grid: Grid, row: int, schema: Schema, known: Mapping[str, str]) -> SheetHeader:
    """Return the cells of a row read as headers."""
    found: dict[str, int] = {}
    parts: dict[str, dict[str, int]] = {}
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    last_row = row
    for column, (text, group, bottom) in _header_texts(grid, row).items():
        last_row = max(last_row, bottom)
        name = known.get(header_key(f"{group} {text}") if group else "") or known.get(
            header_key(text)
        )
        owner = _part_owner(text, group, schema, known) if name is None else None
        if owner is not None and header_key(text) not in parts.get(owner, {}):
            parts.setdefault(owner, {})[header_key(text)] = column
        elif name is None:
            unknown[column] = text
        elif name in found:
            repeated[column] = name
        else:
            found[name] = column
    whole = {
        owner: spots
        for owner, spots in parts.items()
        if NAME_PARTS[0] in spots and owner not in found
    }
    return SheetHeader(row, last_row, found, whole, unknown, repeated)


def _header_texts(grid: Grid, row: int) -> dict[int, tuple[str, str, int]]:
    """Return header, group heading above it and last row of the header, by sheet column."""
    texts: dict[int, tuple[str, str, int]] = {}
    columns = set(grid.cells[row]) | {c for r, c in grid.covered if r == row}
    for column in sorted(columns):
        left, top, _, bottom = grid.covered.get((row, column), (column, row, column, row))
        if left != column:
            continue
        text = raw_cell(grid, top, left).text
        if text:
            texts[column] = (text, _group_above(grid, top, column), bottom)
    return texts


def _group_above(grid: Grid, row: int, column: int) -> str:
    """Return the heading right above a header that spans several columns, else an empty text."""
    left, top, right, _ = grid.covered.get((row - 1, column), (column, row - 1, column, 0))
    return raw_cell(grid, top, left).text if right > left else ""


def _part_owner(text: str, group: str, schema: Schema, known: Mapping[str, str]) -> str | None:
    """Return the name column that a header «Фамилия», «Имя», «Отчество» is a part of."""
    if header_key(text) not in NAME_PARTS:
        return None
    names = [column.name for column in schema.columns if column.kind == ColumnKind.NAME]
    named = known.get(header_key(group)) if group else None
    return named if named in names else next(iter(names), None)


def missing_columns(grid: Grid, schema: Schema, header: SheetHeader) -> list[Problem]:
    """Return the problems of required columns that no header names."""
    wanted = _headers_of(schema)
    if not header.row and not wanted:
        # Nothing is missed: what docgen keeps there it writes anew.
        return []
    if not header.row:
        message = f"лист пуст: впишите строку заголовков ({wanted})"
        return [Problem("missing-column", grid.where, message)]
    where = grid.spot(header.row, min(_header_texts(grid, header.row), default=1))
    problems = []
    for column in schema.columns:
        if not column.is_required or column.name in header.found or column.name in header.parts:
            continue
        near = _nearest_unknown(column, header)
        place = grid.spot(header.row, near) if near else where
        hint = (
            f"; {near_header_hint(header.unknown[near], column)}: исправьте заголовок"
            if near
            else "; добавьте его в строку заголовков"
        )
        message = f"нет обязательного столбца «{column.header}»{hint}"
        problems.append(Problem("missing-column", place, message))
    return problems


def _headers_of(schema: Schema) -> str:
    return ", ".join(f"«{column.header}»" for column in schema.columns if column.is_required)


def _nearest_unknown(column: Column, header: SheetHeader) -> int | None:
    """Return the sheet column whose unknown header is nearly that of ``column``."""
    return nearest_header(column, header.unknown)


def nearest_header(column: Column, unknown: Mapping[_K, str]) -> _K | None:
    """Return the key of the unknown header that is most like that of a column.

    «Должность по штату» is like «Должность»: it begins with all of its words.
    """
    names = (column.header, *column.synonyms)
    spellings = [header_key(text) for text in names]
    for spot, text in unknown.items():
        if is_lookalike(text, column):
            return spot
    keys = {spot: header_key(text) for spot, text in unknown.items()}
    near = nearest_key(keys, spellings, likeness=_NEARLY_A_HEADER)
    if near is not None:
        return near
    for spot, text in unknown.items():
        if any(_begins_with(text, name) for name in names):
            return spot
    return None


def is_lookalike(header: str, column: Column) -> bool:
    """Whether a header is that of a column but for Latin letters: «C» for «С»."""
    if russian.in_russian_letters(header) == header:
        return False
    meant = header_key(russian.in_russian_letters(header))
    return meant in {header_key(text) for text in (column.header, *column.synonyms)}


def near_header_hint(header: str, column: Column) -> str:
    """Return the question whether a header is meant for a column, or what is wrong with it."""
    if is_lookalike(header, column):
        return f"похож столбец «{header}», но в нём латинская буква"
    return question(header, "столбец")


def _begins_with(text: str, name: str) -> bool:
    """Whether a header begins with the words of another one, which is no mere preposition."""
    words = [header_key(word) for word in _WORDS.findall(name)]
    typed = [header_key(word) for word in _WORDS.findall(text)]
    return len("".join(words)) >= _FEWEST_LETTERS and typed[: len(words)] == words


def odd_columns(grid: Grid, schema: Schema, header: SheetHeader) -> list[Problem]:
    """Return warnings about headers that are nearly known or stand twice."""
    problems = []
    for spot, name in header.repeated.items():
        read = grid.spot(header.row, header.found[name]).cell
        text = raw_cell(grid, *_anchor(grid, header.row, spot)).text
        message = (
            f"столбец «{text}» повторяет столбец {read}; читается только {read}: уберите лишний"
        )
        problems.append(warning("unknown-column", grid.spot(header.row, spot), message))
    absent = [c for c in schema.columns if c.name not in header.found | header.parts.keys()]
    for column in absent:
        near = _nearest_unknown(column, header)
        if near is not None:
            typed = header.unknown[near]
            hint = question(column.header)
            if is_lookalike(typed, column):
                hint = f"в нём латинская буква, наберите «{column.header}» по-русски"
            message = f"столбец «{typed}» не читается; {hint}"
            problems.append(warning("unknown-column", grid.spot(header.row, near), message))
        elif _is_missed(column, schema, header):
            message = (
                f"нет столбца «{column.header}»; если он не нужен, ничего не делайте, если нужен — "
                "добавьте его в строку заголовков"
            )
            problems.append(warning("absent-column", grid.where, message))
    return problems


def _is_missed(column: Column, schema: Schema, header: SheetHeader) -> bool:
    """Whether the absence of a column is to be told."""
    has_most = _score(header) >= _MOST * len(schema.columns)
    return column.expected == ALWAYS or (column.expected == MOSTLY and has_most)


def _anchor(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return the first cell of the merge at a row and column, else these."""
    left, top, _, _ = grid.covered.get((row, column), (column, row, column, row))
    return top, left


def typed_headers(grid: Grid, header: SheetHeader) -> dict[str, str]:
    """Return the headers of the columns found, as they are typed; of a name in parts the first."""
    spots = dict(header.found)
    spots |= {name: parts[NAME_PARTS[0]] for name, parts in header.parts.items()}
    return {
        name: raw_cell(grid, *_anchor(grid, header.row, spot)).text for name, spot in spots.items()
    }


def unknown_headers(grid: Grid, header: SheetHeader) -> dict[str, Location]:
    """Return the places of the headers that no column of the register has."""
    return {text: grid.spot(header.row, spot) for spot, text in header.unknown.items()}
