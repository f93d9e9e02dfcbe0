"""Pages made up of lines: a document set anew from one of the same shape and the same line breaks.

Where every paragraph has as many lines of the same fonts as in a document that LibreOffice has laid
out, every line stands where it stands there. So only what lines say is changed, and the pages are,
byte for byte, those that LibreOffice would make.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from docgen.pages.cutting import Batch, Drawn, drawn, write_pages
from docgen.pages.galleys import Line, Lines, Reader, blocks_in
from docgen.pages.marks import Place, on_lines_of
from docgen.pages.reading import Bookmark
from docgen.pages.writing import Cut

_LENGTH: Final = re.compile(rb"(?<=/Length )\d+")
_FONT: Final = re.compile(rb"/F\d+")
_POINT: Final = re.compile(rb"-?[\d.]+ (-?[\d.]+) (?:m|l|-?[\d.]+ -?[\d.]+ re)\b")
_BELOW, _ABOVE = 0.2, 0.8
"""How far from a line, in sizes of type, what is drawn belongs to its text, as underlines do."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a paragraph is painted on a page, and at which heights: those from line ``first``."""

    place: int
    start: int
    end: int
    first: int
    heights: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    drawn: Drawn
    data: bytes
    slots: tuple[_Slot, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A document that was laid out, by its paragraphs; ``fixed`` may say nothing else."""

    pages: tuple[_Page, ...]
    fixed: frozenset[int]
    places: Mapping[bytes, Place]
    marks: Sequence[Bookmark]


def read_sheet(
    batch: Batch, number: int, lines: Sequence[Lines], texts: Sequence[str], reader: Reader
) -> Sheet | None:
    """Return a piece of a batch by its paragraphs; None when it does not paint these lines.

    ``texts`` are what the paragraphs say.

    Raises:
        BrokenPdfError: when its pages cannot be read.
    """
    pages = []
    expected = [
        (place, number, line)
        for place, one in enumerate(lines)
        for number, line in enumerate(one.lines)
    ]
    at = 0
    fixed: set[int] = set()
    for page in batch.spans[number]:
        one = drawn(batch, page)
        data = zlib.decompress(one.packed)
        # Another zlib would pack pages in other bytes than LibreOffice does.
        if zlib.compress(data) != one.packed:
            return None
        found, at = _found(data, expected, at, reader)
        slots = tuple(_slots(found))
        fixed |= set(_adorned(data, slots, lines))
        pages.append(_Page(one, data, slots))
    if at < len(expected):
        return None
    titles = [" ".join(title.split()) for title in _titles(batch.marks[number])]
    plain = [" ".join(text.split()) for text in texts]
    if not set(titles) <= set(plain):
        return None
    fixed |= {place for place, text in enumerate(plain) if text in titles}
    places = batch.places[number]
    known = [(name, x) for one in lines for name, (_, x) in one.places.items()]
    if any(name not in places or places[name].x != x for name, x in known):
        return None
    marks = batch.marks[number]
    return Sheet(tuple(pages), frozenset(fixed), places, marks)


def _titles(marks: Sequence[Bookmark]) -> Iterator[str]:
    for mark in marks:
        yield mark.title
        yield from _titles(mark.children)


def _found(
    data: bytes,
    expected: Sequence[tuple[int, int, Line]],
    at: int,
    reader: Reader,
) -> tuple[list[tuple[int, int, int, int, bytes]], int]:
    """Return where a page paints the lines that are expected next, and how many are found by then.

    Headers, footers and repeated rows of tables come before all of them or after.
    """
    blocks = list(blocks_in(data))
    found: list[tuple[int, int, int, int, bytes]] = []
    index = 0
    while index < len(blocks) and at < len(expected):
        place, number, line = expected[at]
        block = blocks[index]
        last = blocks[min(index + line.blocks, len(blocks)) - 1]
        if data[block.start : last.end] == block.height.join(line.pieces):
            found.append((place, number, block.start, last.end, block.height))
            index += line.blocks
            at += 1
        elif found and reader.shown(block):
            break
        else:
            index += 1
    return found, at


def _slots(found: Sequence[tuple[int, int, int, int, bytes]]) -> Iterator[_Slot]:
    """Yield the paragraphs of a page."""
    held: list[tuple[int, int, int, int, bytes]] = []
    for one in [*found, None]:
        if held and (one is None or one[0] != held[0][0]):
            heights = tuple([two[4] for two in held])
            yield _Slot(held[0][0], held[0][2], held[-1][3], held[0][1], heights)
            held = []
        if one is not None:
            held.append(one)


def _adorned(data: bytes, slots: Sequence[_Slot], lines: Sequence[Lines]) -> Iterator[int]:
    """Yield the paragraphs that draw more than their text: underlines, a ground, a frame."""
    ends = [0, *(slot.end for slot in slots)]
    starts = [*(slot.start for slot in slots), len(data)]
    for slot, before, after in zip(slots, ends, starts[1:], strict=False):
        own = lines[slot.place]
        painted = sum(
            len(height.join(line.pieces))
            for height, line in zip(slot.heights, own.lines[slot.first :], strict=False)
        )
        if painted != slot.end - slot.start:
            yield slot.place
            continue
        around = data[before : slot.start] + b"\n" + data[slot.end : after]
        heights = [float(told[1]) for told in _POINT.finditer(around)]
        size = max(own.sizes, default=0.0)
        own_heights = [float(height) for height in slot.heights]
        low, high = min(own_heights) - _BELOW * size, max(own_heights) + _ABOVE * size
        if any(low < one < high for one in heights):
            yield slot.place


def set_anew(
    sheet: Sheet, batch: Batch, lines: Sequence[Lines], changed: Set[int], title: str
) -> Cut:
    """Return a document of the shape of a sheet whose ``changed`` paragraphs say these lines.

    None of them may be fixed; ``batch`` is one with the fonts of the sheet's.
    """
    places = dict(sheet.places)
    for place in changed:
        for name, (_, x) in lines[place].places.items():
            places[name] = replace(places[name], x=x)
    pages, lined = [], {}
    for number, page in enumerate(sheet.pages, start=1):
        own = {name: place for name, place in places.items() if place.page == number}
        one, data = _set_page(page, changed, lines)
        pages.append(one)
        lined.update(on_lines_of(data, own) if own else {})
    told = {name: lined[name] for name in places}
    return write_pages(batch, pages, told, sheet.marks, title)


def _set_page(page: _Page, changed: Set[int], lines: Sequence[Lines]) -> tuple[Drawn, bytes]:
    pieces: list[bytes] = []
    done = 0
    for slot in page.slots:
        if slot.place in changed:
            pieces.append(page.data[done : slot.start])
            own = lines[slot.place].lines[slot.first :]
            pieces += [
                height.join(line.pieces) for height, line in zip(slot.heights, own, strict=False)
            ]
            done = slot.end
    if not done:
        return page.drawn, page.data
    data = b"".join([*pieces, page.data[done:]])
    packed = zlib.compress(data)
    body = _LENGTH.sub(b"%d" % len(packed), page.drawn.body, count=1)
    return Drawn(page.drawn.fields, body, packed, frozenset(_FONT.findall(data))), data
