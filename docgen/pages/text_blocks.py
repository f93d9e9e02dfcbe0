"""The blocks of text that LibreOffice's pages paint.

LibreOffice paints every stretch of text as a separate block that sets colour, font and position
itself, so blocks may be moved from page to page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ITEM: Final = (
    rb"(?:/Span<</ActualText<[0-9A-F]+>>>\nBDC\n)?"
    rb"(?:-?[\d.]+ (-?[\d.]+) Td |1 0 0 1 -?[\d.]+ (-?[\d.]+) Tm\n)"
    rb"(/F\d+) ([\d.]+) Tf([^\n]*)\n(?:EMC\n)?"
)
_ITEMS: Final = re.compile(_ITEM)
_BLOCK: Final = re.compile(
    rb"q (?:-?[\d.]+ ){3}rg\nBT\n(?:%s)+ET\nQ\n" % re.sub(rb"(?<!\\)\((?!\?)", b"(?:", _ITEM)
)


class TextBlock(NamedTuple):
    """A stretch of text on a page: its place in the content stream, height, fonts and sizes.

    ``pieces`` are the bytes before, between and after the numbers that set the height.
    """

    start: int
    end: int
    height: bytes
    pieces: list[bytes]
    looks: list[tuple[bytes, bytes]]
    shown: list[bytes]


def blocks_in(data: bytes) -> Iterator[TextBlock]:
    """Yield the blocks of text in a content stream, leaving out those on several heights."""
    for found in _BLOCK.finditer(data):
        start, end = found.span()
        heights, pieces, looks, shown = set(), [], [], []
        done = start
        for item in _ITEMS.finditer(data, start, end):
            group = 1 if item[1] is not None else 2
            first, last = item.span(group)
            heights.add(item[group])
            pieces.append(data[done:first])
            done = last
            looks.append((item[3], item[4]))
            shown.append(item[5])
        if len(heights) == 1:
            pieces.append(data[done:end])
            yield TextBlock(start, end, heights.pop(), pieces, looks, shown)
