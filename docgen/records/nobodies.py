"""Rows among people that name nobody: totals, bare numbers, vacancies, dashes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Column, ColumnKind, RawCell, RawRow, RawSheet, Schema

_FULL_NAME: Final = 3
_CELLS_OF_A_TOTAL: Final = 2
_LETTER: Final = re.compile(r"[^\W\d_]")
_BEGINS: Final = re.compile(
    r"\W*(?:итого\b|всего|подытог\w*|в\s+том\s+числе|в\s*т\.?\s*ч\b|из\s+них|из\s+числа|"
    r"количеств\w*|кол-во|численност\w*|списочн\w*|среднесписочн\w*|вакан(?:си|т)\w*|свободн\w*\s+став\w*|"
    r"не\s+назначен\w*|нет\b|отсутствует\b)",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\b\d+\s*(?:[«\"]?[а-яё]?[»\"]?\s*класс|чел|работник|сотрудник|педагог|учител|учащ|обучающ|дет|реб[её]н|ед\b|став)",
    re.IGNORECASE,
)

_NO_NAME: Final = re.compile(r"\d|_{2,}")
_NAMESAKE: Final = re.compile(r"\(\s*таб\.?[^)]*\)")
"""What tells namesakes apart."""


def names_nobody(text: str) -> bool:
    """Whether what stands in a cell for a person's name is a total, a number, a vacancy."""
    if len(text.split()) >= _FULL_NAME and russian.gender_of(text):
        return False
    return bool(
        _LETTER.search(text) is None
        or _BEGINS.match(text) is not None
        or _COUNTED.search(text)
        or _NO_NAME.search(_NAMESAKE.sub("", text))
    )


def _is_subheading(cell: RawCell, row: RawRow) -> bool:
    """Whether a row holds nothing but a heading of those below: «Администрация»."""
    if any(one.text for one in row.cells.values() if one is not cell):
        return False
    first, *others = cell.text.split()
    is_common = russian.is_common_noun(first.strip(".,:"))
    return is_common and all(word[:1].islower() for word in others)


def without_nobodies(sheet: RawSheet, schema: Schema) -> tuple[RawSheet, list[Problem]]:
    """Return the sheet of a register of people without rows that name nobody, and these told."""
    names = (one for one in schema.columns if one.kind == ColumnKind.NAME)
    people = [one for one in names if one.name in schema.key]
    if not people:
        return _without_totals(sheet, schema)
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        cell = row.cells.get(people[0].name)
        if cell and cell.text and (names_nobody(cell.text) or _is_subheading(cell, row)):
            problems.append(_row_warning(cell, people[0]))
        else:
            rows.append(row)
    return replace(sheet, rows=tuple(rows)), problems


def _without_totals(sheet: RawSheet, schema: Schema) -> tuple[RawSheet, list[Problem]]:
    """Return the sheet of another register without rows that are totals, and these told."""
    required = [one.name for one in schema.columns if one.is_required]
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        filled = [one for one in row.cells.values() if one.text]
        lacking = sum(not (name in row.cells and row.cells[name].text) for name in required)
        is_total = len(filled) <= _CELLS_OF_A_TOTAL and lacking >= _CELLS_OF_A_TOTAL
        if is_total and filled and not schema.is_card and _BEGINS.match(filled[0].text):
            message = (
                f"«{filled[0].text}» — итог, строка не прочитана; если она не нужна, удалите её"
            )
            problems.append(warning("not-a-person", filled[0].where, message))
        else:
            rows.append(row)
    return (replace(sheet, rows=tuple(rows)) if problems else sheet), problems


def _row_warning(cell: RawCell, column: Column) -> Problem:
    return warning(
        "not-a-person",
        cell.where,
        f"«{cell.text}» в столбце «{column.header}» — не человек, строка не прочитана; если она не "
        "нужна, удалите её, если это человек — впишите ФИО",
    )
