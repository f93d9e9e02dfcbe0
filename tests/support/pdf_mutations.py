"""Changes of a PDF that a reader would see: words, signs, lines and pages, each at a seeded spot.

Every kind is spelled as LibreOffice would have spelled it (``pdf_surgery``), and whatever leaves
all pages looking as before is not given out.
"""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pypdfium2

from tests.support.page_mutations import LINE_KINDS, PAGE_KINDS
from tests.support.pdf_surgery import Paper
from tests.support.word_mutations import WORD_KINDS, Mutation

_TRIES: Final = 6
_SCALE: Final = 1.0
_FAR: Final = 24
_LEAST_DOTS: Final = 3

KINDS: Final[Mapping[str, Mutation]] = {**WORD_KINDS, **LINE_KINDS, **PAGE_KINDS}
"""Every kind by its name; one that a PDF has no spot for is passed over."""


def mutations(data: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield a PDF changed in every kind that it has a spot for, with the name of the kind.

    The same seed chooses the same spots and gives the same bytes; every change can be seen.
    """
    for kind in KINDS:
        changed = mutated(data, kind, seed)
        if changed is not None:
            yield kind, changed


def mutated(data: bytes, kind: str, seed: int = 0, first: int = 0) -> bytes | None:
    """Return a PDF changed in one kind; None when that cannot be done so that it is seen.

    Pages before ``first``, from 0, stay as they are.
    """
    for number in range(_TRIES):
        paper = Paper(data, first)
        if not KINDS[kind](paper, random.Random(f"{kind} {seed} {number}")):
            return None
        changed = paper.save()
        if look_different(data, changed):
            return changed
    return None


def look_different(one: bytes, other: bytes) -> bool:
    """Return whether a reader sees that two PDFs differ: in number, size or dots of their pages."""
    with _pictured(one) as first, _pictured(other) as second:
        if len(first) != len(second):
            return True
        return any(
            _dots_differ(_dots(first, page), _dots(second, page)) for page in range(len(first))
        )


def _pictured(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(data))


def _dots(document: pypdfium2.PdfDocument, number: int) -> tuple[int, Sequence[int]]:
    page = document[number]
    bitmap = page.render(scale=_SCALE, grayscale=True)
    dots = bitmap.width, bytes(bitmap.buffer)
    bitmap.close()
    page.close()
    return dots


def _dots_differ(one: tuple[int, Sequence[int]], other: tuple[int, Sequence[int]]) -> bool:
    if one == other:
        return False
    if one[0] != other[0] or len(one[1]) != len(other[1]):
        return True
    far = (1 for a, b in zip(one[1], other[1], strict=True) if abs(a - b) > _FAR)
    return len([*itertools.islice(far, _LEAST_DOTS)]) == _LEAST_DOTS
