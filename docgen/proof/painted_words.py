"""What painted text says, sign by sign, to be compared with what it should say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docgen.pages.glyphs import Alphabet
from docgen.pages.syntax import BrokenPdfError
from docgen.pages.text_blocks import TextBlock

_CODES: Final = re.compile(rb"<([0-9A-F]+)>(?!>)")
_ENOUGH: Final = 20
_BLANKS: Final = dict.fromkeys(map(ord, " \u00a0\t\n"))


class Reader:
    """Tells what blocks of a batch say, as it is compared: small letters, no blanks.

    ``codes`` are what the first page of the batch prints in each font, ``repertoire`` is what it
    should print. Letters that share a glyph in one of the fonts are taken for one.
    """

    def __init__(
        self, alphabets: Mapping[bytes, Alphabet], codes: Mapping[bytes, bytes], repertoire: str
    ) -> None:
        self._alphabets = alphabets
        expected = repertoire.casefold().translate(_BLANKS)
        same: dict[str, str] = {}
        for font, printed in codes.items():
            told = self._alphabets[font].read(printed).translate(_BLANKS)
            # A header may come before.
            start = told.find(expected[:_ENOUGH])
            if start < 0 or len(told) < start + len(expected):
                raise BrokenPdfError("a first page that does not print what it should")
            for sign, other in zip(expected, told[start:], strict=False):
                _unite(same, sign, other)
        table: dict[int, str | None] = {ord(sign): _root(same, sign) for sign in same}
        self._table = {**table, **_BLANKS}

    def words(self, text: str) -> str:
        """Return a text as it is compared."""
        return text.casefold().translate(self._table)

    def shown(self, block: TextBlock) -> str:
        """Return what a block shows, as it is compared."""
        told = []
        for (font, _), shown in zip(block.looks, block.shown, strict=True):
            codes = bytes.fromhex(b"".join(_CODES.findall(shown)).decode())
            told.append(self._alphabets[font].read(codes))
        return "".join(told).translate(self._table)


def _root(same: Mapping[str, str], sign: str) -> str:
    while sign in same:
        sign = same[sign]
    return sign


def _unite(same: dict[str, str], sign: str, other: str) -> None:
    first, second = _root(same, sign), _root(same, other)
    if first != second:
        same[first] = second
