"""Formulas whose value moves by itself, as that of TODAY() does, and the cells that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils import column_index_from_string

from docgen.registers.cells_read import Formula, SheetCells

_MOST_FOLLOWED: Final = 20_000
"""How many formulas a book may have for those that refer to a moving one to be looked for."""
_TEXTS = re.compile(r'"[^"]*"')
_MOVES = re.compile(
    r"(?<![\w.])(?:_xlfn\.)?(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|СЕГОДНЯ|ТДАТА|СЛЧИС|СЛУЧМЕЖДУ)\s*\(",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([\w.]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})"
    r"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(])"
)
_WORD = re.compile(r"[^\W\d][\w.]*")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def note_formula(
    sheet: SheetCells, cell: Mapping[str, str], attributes: Mapping[str, str], text: str
) -> None:
    """Note the formula of a cell that is being read."""
    if place := cell.get("r", ""):
        sheet.formulas[place] = Formula(text, attributes.get("si", ""))


def mark_moving(sheets: Sequence[SheetCells], names: Mapping[str, str]) -> None:
    """Note on each sheet which cells move by themselves, and forget the formulas.

    ``names`` are what the book calls a formula or a cell.
    """
    found = {sheet.title: dict(_texts(sheet)) for sheet in sheets}
    moving_names = {name.casefold() for name, text in names.items() if _moves(text, frozenset())}
    if any(_MOVES.search(text) for texts in found.values() for text in texts.values()) or (
        moving_names
    ):
        _mark(sheets, found, frozenset(moving_names))
    for sheet in sheets:
        sheet.formulas.clear()


def _texts(sheet: SheetCells) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each formula, without the texts in quotes."""
    first = {
        one.group: (place, one.text)
        for place, one in sheet.formulas.items()
        if one.group and one.text
    }
    for place, one in sheet.formulas.items():
        text = one.text
        if not text and one.group in first:
            text = _translated(*first[one.group], place)
        yield place, _TEXTS.sub('""', text)


def _translated(origin: str, text: str, place: str) -> str:
    try:
        return str(Translator(f"={text}", origin=origin).translate_formula(place))
    except (TranslatorError, ValueError):
        return text


def _moves(text: str, names: frozenset[str]) -> bool:
    if _MOVES.search(text):
        return True
    return bool(names) and any(word.casefold() in names for word in _WORD.findall(text))


def _mark(
    sheets: Sequence[SheetCells], found: Mapping[str, Mapping[str, str]], names: frozenset[str]
) -> None:
    moving = {sheet.title.casefold(): sheet.moving for sheet in sheets}
    waiting: list[tuple[str, str, str]] = []
    for title, texts in found.items():
        for place, text in texts.items():
            if _moves(text, names):
                moving[title.casefold()].add(_spot(place))
            else:
                waiting.append((title, place, text))
    if len(waiting) > _MOST_FOLLOWED:
        return
    before = -1
    while len(waiting) != before:
        before = len(waiting)
        still = []
        for title, place, text in waiting:
            if _follows(text, title, moving):
                moving[title.casefold()].add(_spot(place))
            else:
                still.append((title, place, text))
        waiting = still


def _follows(text: str, title: str, moving: Mapping[str, set[tuple[int, int]]]) -> bool:
    """Return whether a formula refers to a cell that moves."""
    for match in _REFERENCE.finditer(text):
        sheet = (match[1] or match[2] or title).replace("''", "'").casefold()
        spots: Iterable[tuple[int, int]] = moving.get(sheet, ())
        top, left = _spot(match[3] + match[4])
        bottom, right = _spot(match[5] + match[6]) if match[5] else (top, left)
        if any(top <= row <= bottom and left <= column <= right for row, column in spots):
            return True
    return False


def _spot(place: str) -> tuple[int, int]:
    """Return row and column of e.g. ``B7``."""
    match = _PLACE.fullmatch(place)
    return (int(match[2]), column_index_from_string(match[1])) if match else (0, 0)
