"""Words of a .docx with their blanks, found by what is left of them in a comparison."""

from __future__ import annotations

from typing import Final

from docgen.errors import StageError
from docgen.ooxml.docx_text import text_of
from docgen.proof.paragraph_words import plain_words, without_placeholders

_LEAST: Final = 3
_ENOUGH: Final = 40


def readable(docx: bytes, words: str) -> str:
    """Return words as they stand in a document, at most some 40 signs; as given if not found."""
    wanted = without_placeholders(words)[:_ENOUGH]
    try:
        paragraphs = text_of(docx) if len(wanted) >= _LEAST else []
    except StageError:
        paragraphs = []
    for paragraph in paragraphs:
        found = plain_words(paragraph).find(wanted)
        if found >= 0:
            return _stretch(paragraph, found, found + len(wanted))
    return wanted


def _stretch(paragraph: str, start: int, end: int) -> str:
    """Return what of a paragraph gives the words from ``start`` to ``end``, blanks in between."""
    ends = [0]
    for sign in paragraph:
        ends.append(ends[-1] + len(plain_words(sign)))
    first = max(place for place, length in enumerate(ends) if length <= start)
    last = next((place for place, length in enumerate(ends) if length >= end), len(paragraph))
    return " ".join(paragraph[first:last].split())
