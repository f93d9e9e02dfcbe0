"""How much room a table cell leaves to its text, and what may part where it is too narrow.

Words that hold together are one piece for Word and LibreOffice: a piece wider than its cell would
be broken inside a word. So in a narrow cell a line ends where it would without typesetting.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.letter_widths import WIDEST, text_width
from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import (
    CELL,
    TABLE,
    VALUE,
    Element,
    P,
    find_first,
    parse,
    switch_of,
    whole_number,
    xml_name,
)
from docgen.ooxml.zip_parts import STYLES_PART

_WIDTH, _TYPE = xml_name("w:w"), xml_name("w:type")
_WORD_MARGIN: Final = 108
"""The margin of a cell, left and right, where its table names none."""
_BORDER: Final = 10
_PIECES: Final = re.compile("([ \n\t])")
_STYLE: Final = re.compile(r'<w:pStyle w:val="([^"]*)"/>')
_SIZE: Final = re.compile(r'<w:sz w:val="(\d+)"/>')
_BOLD: Final = re.compile(r'<w:b(?:/>| w:val="(?:1|true|on)"/>)')
_PLAIN_SIZE: Final = 20
"""The type size in half points where styles name none."""


@dataclass(frozen=True, slots=True)
class TypeFace:
    """The type size in half points, and whether it is bold."""

    half_points: int
    is_bold: bool


@dataclass(frozen=True, slots=True)
class CellRoom:
    """The width that a paragraph in a table cell has, in thousandths of its type size."""

    width: int
    is_bold: bool

    def fit(self, text: str, held: str) -> str:
        """Return a typeset text whose pieces fit the cell, as far as its words do.

        Args:
            text: The text as typed.
            held: The same, typeset: of equal length.
        """
        if len(held) * WIDEST <= self.width:
            return held
        fitted, start = [], 0
        for piece in _PIECES.split(held):
            end = start + len(piece)
            fitted.append(self._fit_piece(text[start:end], piece))
            start = end
        return "".join(fitted)

    def _fit_piece(self, text: str, held: str) -> str:
        """Return a piece as it is if it fits, else parted where both parts are shortest."""
        if text == held or self._measure(held) <= self.width:
            return held
        places = [place for place, sign in enumerate(text) if sign != held[place]]
        blanks = [place for place in places if text[place] == " "]
        _, place = min(
            (max(self._measure(held[:place]), self._measure(held[place + 1 :])), place)
            for place in blanks or places
        )
        before, after = (
            self._fit_piece(text[part], held[part])
            for part in (slice(place), slice(place + 1, None))
        )
        return f"{before}{text[place]}{after}"

    def _measure(self, text: str) -> int:
        return text_width(text, is_bold=self.is_bold)


class CellRooms:
    """Finds the room of paragraphs in cells; ``house`` gives the type sizes of styles."""

    def __init__(self, house: HouseStyle) -> None:
        self._faces = _style_faces(house)
        self.room = functools.lru_cache(maxsize=1024)(self._room)

    def _room(self, twips: int, paragraph: str) -> CellRoom:
        """Return the room of a paragraph, given as XML without its text, in a cell."""
        style = _STYLE.search(paragraph)
        face = self._faces.get(style[1] if style else "", self._faces[""])
        size = max([int(one) for one in _SIZE.findall(paragraph)], default=face.half_points)
        is_bold = face.is_bold or _BOLD.search(paragraph) is not None
        return CellRoom(max(twips, 1) * 1000 // (size * 10), is_bold)


@functools.lru_cache(maxsize=8)
def cell_rooms_of(house: HouseStyle) -> CellRooms:
    """Return the rooms under a house style, whose type sizes are read once."""
    return CellRooms(house)


def widths_around(root: Element) -> list[int]:
    """Return for each paragraph how wide the text of its cell is, in twips; 0 where unknown."""
    known: dict[Element, int] = {}
    found = []
    for paragraph in root.iter(P):
        cell = next(paragraph.iterancestors(CELL), None)
        if cell is not None and cell not in known:
            known[cell] = _text_twips(cell)
        found.append(0 if cell is None else known[cell])
    return found


def _text_twips(cell: Element) -> int:
    width = find_first(cell, "w:tcPr/w:tcW")
    table = next(cell.iterancestors(TABLE), None)
    if width is None or table is None or width.get(_TYPE, "dxa") != "dxa":
        return 0
    margins = [_WORD_MARGIN, _WORD_MARGIN]
    for index, sides in enumerate((("left", "start"), ("right", "end"))):
        for side in sides:
            margin = find_first(table, f"w:tblPr/w:tblCellMar/w:{side}")
            if margin is not None:
                margins[index] = whole_number(margin.get(_WIDTH))
    whole = whole_number(width.get(_WIDTH))
    return max(whole - sum(margins) - _BORDER, 1) if whole else 0


def _style_faces(house: HouseStyle) -> dict[str, TypeFace]:
    """Return type size and weight by the id of the paragraph style; that of "" is the default's."""
    root = parse(house.part(STYLES_PART))
    defaults = find_first(root, "w:docDefaults/w:rPrDefault/w:rPr")
    plain = _own_face(defaults, TypeFace(_PLAIN_SIZE, is_bold=False))
    sheet = StyleSheet(root)
    faces = {
        style_id: functools.reduce(_changed_face, reversed(sheet.ancestry(style_id)), plain)
        for style_id in sheet.elements
    }
    return {**faces, "": faces.get(sheet.default_id, plain)}


def _changed_face(below: TypeFace, style: Element) -> TypeFace:
    return _own_face(find_first(style, "w:rPr"), below)


def _own_face(properties: Element | None, below: TypeFace) -> TypeFace:
    if properties is None:
        return below
    size, is_bold = find_first(properties, "w:sz"), switch_of(properties, "w:b")
    return TypeFace(
        below.half_points if size is None else whole_number(size.get(VALUE)) or below.half_points,
        below.is_bold if is_bold is None else is_bold,
    )
