"""Formulas whose value moves by itself, as that of TODAY() does, and the cells that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
_LINES = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([\w.]+))!)?"
    r"(?:\$?\b([A-Z]{1,3}):\$?([A-Z]{1,3})\b|\$?\b(\d{1,7}):\$?(\d{1,7})\b)"
)
_UNSAID = re.compile(
    r"\[|(?<![\w.])(?:INDIRECT|OFFSET|ДВССЫЛ|СМЕЩ)\s*\(|[\w']:[\w']+!", re.IGNORECASE
)
"""Columns of tables, references put together by a formula, the same cell of several sheets."""
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
    found = {sheet.title: dict(written_out(sheet.formulas)) for sheet in sheets}
    moving_names = {name.casefold() for name, text in names.items() if _moves(text, frozenset())}
    if any(_MOVES.search(text) for texts in found.values() for text in texts.values()) or (
        moving_names
    ):
        _mark(sheets, found, frozenset(moving_names))
    for sheet in sheets:
        sheet.formulas.clear()


def following(
    texts: Mapping[str, Mapping[str, str]],
    written: Mapping[str, set[tuple[int, int]]],
    names: Mapping[str, str],
) -> dict[str, set[tuple[int, int]]]:
    """Return the cells of a book whose formulas follow written ones, by the title of their sheet.

    ``texts`` are the formulas of each sheet by place. Of a formula that does not say which cells
    it reads, or of very many, the answer is yes.
    """
    moved = {title.casefold(): set(spots) for title, spots in written.items()}
    titles = {title.casefold(): title for title in texts}
    waiting = [(title, place, text) for title, one in texts.items() for place, text in one.items()]
    found: dict[str, set[tuple[int, int]]] = {}
    is_certain = len(waiting) <= _MOST_FOLLOWED
    known = {name.casefold(): text for name, text in names.items()}
    before = -1
    while len(waiting) != before:
        before, still = len(waiting), []
        for title, place, text in waiting:
            if is_certain and not _may_follow(text, title, moved, known):
                still.append((title, place, text))
                continue
            spot = spot_of(place)
            moved.setdefault(title.casefold(), set()).add(spot)
            found.setdefault(titles[title.casefold()], set()).add(spot)
        waiting = still
    return found


def _may_follow(
    text: str, title: str, moved: Mapping[str, set[tuple[int, int]]], names: Mapping[str, str]
) -> bool:
    if _UNSAID.search(text) or _follows(text, title, moved) or _follows_lines(text, title, moved):
        return True
    used = {word.casefold() for word in _WORD.findall(text)} & names.keys()
    return any(
        _may_follow(names[name], title, moved, {one: names[one] for one in names if one != name})
        for name in used
    )


def _follows_lines(text: str, title: str, moved: Mapping[str, set[tuple[int, int]]]) -> bool:
    """Return whether a formula refers to whole columns or rows in which a cell has changed."""
    for match in _LINES.finditer(text):
        spots = moved.get((match[1] or match[2] or title).replace("''", "'").casefold(), set())
        if match[3]:
            left, right = sorted(map(column_index_from_string, (match[3], match[4])))
            found = any(left <= column <= right for _, column in spots)
        else:
            top, bottom = sorted(map(int, (match[5], match[6])))
            found = any(top <= row <= bottom for row, _ in spots)
        if found:
            return True
    return False


def written_out(formulas: Mapping[str, Formula]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each formula, without the texts in quotes."""
    first = {
        one.group: (place, one.text) for place, one in formulas.items() if one.group and one.text
    }
    for place, one in formulas.items():
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
                moving[title.casefold()].add(spot_of(place))
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
                moving[title.casefold()].add(spot_of(place))
            else:
                still.append((title, place, text))
        waiting = still


def _follows(text: str, title: str, moving: Mapping[str, set[tuple[int, int]]]) -> bool:
    """Return whether a formula refers to a cell that moves."""
    for match in _REFERENCE.finditer(text):
        sheet = (match[1] or match[2] or title).replace("''", "'").casefold()
        spots = moving.get(sheet)
        if not spots:
            continue
        top, left = spot_of(match[3] + match[4])
        bottom, right = spot_of(match[5] + match[6]) if match[5] else (top, left)
        if (top, left) == (bottom, right):
            if (top, left) in spots:
                return True
        elif any(top <= row <= bottom and left <= column <= right for row, column in spots):
            return True
    return False


def spot_of(place: str) -> tuple[int, int]:
    """Return row and column of e.g. ``B7``."""
    match = _PLACE.fullmatch(place)
    return (int(match[2]), column_index_from_string(match[1])) if match else (0, 0)
