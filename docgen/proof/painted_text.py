"""What painted text of a PDF says, to be compared with what it should say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.pages.font_alphabets import FontAlphabet
from docgen.pages.syntax import BrokenPdfError
from docgen.pages.text_blocks import TextBlock
from docgen.proof.paragraph_words import plain_words

_LONG_ENOUGH: Final = 20


class PaintedTextReader:
    """Reads blocks of text of a batch in a form for comparison: no blanks.

    Letters that share a glyph in one of the fonts count as one.

    Raises:
        BrokenPdfError: when the first page does not print the repertoire.
    """

    def __init__(
        self, alphabets: Mapping[bytes, FontAlphabet], codes: Mapping[bytes, bytes], repertoire: str
    ) -> None:
        """Learn which letters share a glyph.

        Args:
            alphabets: What the codes of each font stand for.
            codes: What the first page of the batch prints in each font.
            repertoire: What that page should print in each font: one of these lines.
        """
        self._alphabets = alphabets
        lines = [plain_words(line) for line in repertoire.split("\n")]
        shared: dict[str, str] = {}
        for font, printed in codes.items():
            text = self._alphabets[font].read(printed)
            # A header may come before.
            found = (_pairs(line, text) for line in lines)
            pairs = next(filter(None, found), None)
            if pairs is None:
                raise BrokenPdfError("a first page that does not print what it should")
            for sign, other in pairs:
                _unite(shared, sign, other)
        self._table = {ord(sign): _root(shared, sign) for sign in shared}

    def comparable(self, text: str) -> str:
        """Return a text in the form for comparison."""
        return self._united(plain_words(text))

    def read(self, block: TextBlock) -> str:
        """Return what a block shows, in the form for comparison."""
        texts = [
            self._alphabets[font].shown_text(shown)
            for (font, _), shown in zip(block.looks, block.shown, strict=True)
        ]
        return self._united("".join(texts))

    def _united(self, text: str) -> str:
        return text.translate(self._table) if self._table else text


def _pairs(expected: str, text: str) -> list[tuple[str, str]]:
    """Return the signs of a line with those that stand for them in a text, none without it."""
    start = text.find(expected[:_LONG_ENOUGH])
    is_whole = start >= 0 and len(text) >= start + len(expected)
    return list(zip(expected, text[start:], strict=False)) if is_whole else []


def _root(shared: Mapping[str, str], sign: str) -> str:
    while sign in shared:
        sign = shared[sign]
    return sign


def _unite(shared: dict[str, str], sign: str, other: str) -> None:
    first, second = _root(shared, sign), _root(shared, other)
    if first != second:
        shared[first] = second
