"""How many lines a cell's text takes at a width, measured letter by letter as LibreOffice breaks.

LibreOffice breaks a line at blanks and after the marks of ``_BREAKS``; a piece that is wider than
its column is broken at any letter. Widths are those of Times New Roman, without kerning, so that
lines are rather too many than too few.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.letter_widths import text_width

PLAIN_SIZE: Final = 240
"""The type size of «Текст таблицы» in twips (1/1440 inch): 12 points."""
LINE: Final = 1.15
"""The height of a line of Times New Roman as a share of its type size."""
CELL_SLACK: Final = 124
"""What of a cell's width its text cannot use: both margins and the border, in twips."""

_BREAKS: Final = re.compile(r"(?<=[-–—?…|!])(?=\S)|(?<=[/\\])(?=\D)|(?<=\D[/\\])(?=\S)")
_WORD_BREAKS: Final = re.compile(r"(?<=\w\w\w[-–—?…|!/\\])(?=\w\w\w)")
"""Breaks that no reader minds: no «п/» ends a line, no «Р-»."""
_DIGITS: Final = re.compile(r"[1-9]")
_BLANKS: Final = re.compile(r"[ \t]+")
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\n]")
_SPLITTABLE: Final = re.compile(r"(?<=[-/?&=.,;:_@+#%~\xa0])")
_ADDRESS: Final = re.compile(r"://|www\.|\S@\S|_{3}")
_LONGEST_WORD: Final = 30
"""So many letters the longest words have; what is longer is an address, a code, a line to fill."""
_ANYWHERE: Final = 12
"""A run of letters that is no word is broken anywhere, but not into less than so many letters."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell, measured in twips.

    Of each paragraph it keeps where the pieces begin and end that hold together. ``longest`` is the
    longest piece; ``least`` the longest that must not be broken (an address may be); ``area`` the
    length of the whole, its lines put side by side. ``overhang`` is what a line needs beside its
    letters.
    """

    paragraphs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    longest: int
    least: int
    area: int
    overhang: int = 0

    def lines(self, room: int) -> int:
        """Return how many lines the text takes in a column with so much room for it."""
        count = 0
        room -= self.overhang
        for starts, ends in self.paragraphs:
            if not ends or ends[-1] <= room:
                count += 1
                continue
            index = 0
            while index < len(ends):
                following = bisect_right(ends, starts[index] + room, index)
                if following == index:
                    count += -(-(ends[index] - starts[index]) // max(room, 1))
                    following += 1
                else:
                    count += 1
                index = following
        return count


@dataclass(frozen=True, slots=True)
class Face:
    """What of a text decides how wide it is: weight, slant and the type size in twips."""

    is_bold: bool = False
    is_italic: bool = False
    size: int = PLAIN_SIZE

    @property
    def overhang(self) -> int:
        """What LibreOffice leaves free after slanted letters."""
        return self.size // 12 + 1 if self.is_italic else 0

    def width(self, text: str) -> int:
        """Return the width of letters in twips."""
        thousandths = text_width(text, is_bold=self.is_bold, is_italic=self.is_italic)
        return -(-thousandths * self.size // 1000)


PLAIN: Final = Face()


def measured(text: str, face: Face = PLAIN) -> CellText:
    """Return a cell's text, typeset, as measured in a face."""
    # All digits are equally wide: tables that differ in numbers alone are laid out alike.
    return _measured(_DIGITS.sub("0", text), face)


@functools.lru_cache(maxsize=16384)
def _measured(text: str, face: Face) -> CellText:
    blank = face.width(" ")
    paragraphs = []
    longest = least = area = 0
    for line in _LINE_ENDS.split(text):
        starts: list[int] = []
        ends: list[int] = []
        end = 0
        for word in _BLANKS.split(line):
            start = end
            for piece in _BREAKS.split(word):
                starts.append(end)
                end += face.width(piece)
                ends.append(end)
            # Hardly any word is longer than those before it.
            for piece in _WORD_BREAKS.split(word) if end - start > least else ():
                width = face.width(piece) + face.overhang
                longest = max(longest, width)
                least = max(least, _least_width(piece, width, face))
            end += blank
        paragraphs.append((tuple(starts), tuple(ends)))
        area += ends[-1]
    return CellText(tuple(paragraphs), longest, least, area, face.overhang)


def _least_width(piece: str, width: int, face: Face) -> int:
    """Return the room without which a piece would be broken where no reader expects it."""
    if len(piece) <= _LONGEST_WORD and not _ADDRESS.search(piece):
        return width
    chunks = [
        one if len(one) <= _LONGEST_WORD else one[:_ANYWHERE] for one in _SPLITTABLE.split(piece)
    ]
    return max(map(face.width, chunks)) + face.overhang


def pieces(text: str) -> list[str]:
    """Return the pieces of a text that hold together on a line."""
    words = itertools.chain.from_iterable(map(_BLANKS.split, _LINE_ENDS.split(text)))
    return [piece for word in words for piece in _WORD_BREAKS.split(word)]
