"""Pages made up of lines: a document set anew from one of the same shape and the same line breaks.

Where every paragraph has as many lines of the same fonts as in a document that LibreOffice has laid
out, every line stands where it stands there. So only what lines say is changed, and the pages are,
byte for byte, those that LibreOffice would make.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from docgen.batches.cut import Batch, Drawn, drawn, write_pages
from docgen.batches.sample_lines import Line, Lines, line_of
from docgen.pages.bookmarks import Place, on_lines_of
from docgen.pages.page_writer import Cut
from docgen.pages.text_blocks import TextBlock, blocks_in
from docgen.pages.viewer import Bookmark

_LENGTH: Final = re.compile(rb"(?<=/Length )\d+")
_FONT: Final = re.compile(rb"/F\d+")
_MOST_MEMORY: Final = 9
"""zlib's own default finds other repetitions on some pages."""
_NO_LINE: Final = Line((), 0)


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
class ReferenceSheet:
    """A document that was laid out, by its paragraphs; ``fixed`` may say nothing else."""

    pages: tuple[_Page, ...]
    fixed: frozenset[int]
    places: Mapping[bytes, Place]
    marks: Sequence[Bookmark]


def read_sheet(
    batch: Batch, number: int, lines: Sequence[Lines], texts: Sequence[str]
) -> ReferenceSheet | None:
    """Return a piece of a batch by its paragraphs; None when it does not paint these lines.

    ``texts`` are what the paragraphs say.

    Raises:
        BrokenPdfError: when its pages cannot be read.
    """
    search = _Search(lines)
    pages = []
    for page in batch.spans[number]:
        one = drawn(batch, page)
        data = zlib.decompress(one.packed)
        # Another zlib would pack pages in other bytes than LibreOffice does.
        if _packed(data) != one.packed:
            return None
        pages.append(_Page(one, data, tuple(search.slots_on(data))))
    marks = batch.marks[number]
    titled = _titled(marks, texts)
    if search.left or titled is None or not _are_told(batch.places[number], lines):
        return None
    fixed = titled | search.doubtful()
    return ReferenceSheet(tuple(pages), fixed, batch.places[number], marks)


def _packed(data: bytes) -> bytes:
    """Return what draws a page as LibreOffice packs it: with as much memory as zlib takes."""
    packer = zlib.compressobj(memLevel=_MOST_MEMORY)
    return packer.compress(data) + packer.flush()


def _titled(marks: Sequence[Bookmark], texts: Sequence[str]) -> frozenset[int] | None:
    """Return the paragraphs that bookmarks repeat, None when one repeats none of them."""
    titles = {" ".join(title.split()) for title in _titles(marks)}
    plain = [" ".join(text.split()) for text in texts]
    if not titles <= set(plain):
        return None
    return frozenset(place for place, text in enumerate(plain) if text in titles)


def _titles(marks: Sequence[Bookmark]) -> Iterator[str]:
    for mark in marks:
        yield mark.title
        yield from _titles(mark.children)


def _are_told(places: Mapping[bytes, Place], lines: Sequence[Lines]) -> bool:
    """Whether a document has the places of its lines, as far from the left as a galley has them."""
    known = [(name, x) for one in lines for name, (_, x) in one.places.items()]
    return all(name in places and places[name].x == x for name, x in known)


class _Search:
    """Finds lines of paragraphs on page after page; ``left`` are those not found, the next last.

    Headers, footers and repeated rows of tables stand among them, and where a row goes on on the
    next page, so do its paragraphs.
    """

    def __init__(self, lines: Sequence[Lines]) -> None:
        self._lines = lines
        self.left = {
            place: list(reversed(one.lines)) for place, one in enumerate(lines) if one.lines
        }
        self._lengths = {line.blocks for one in lines for line in one.lines}
        self._painted: Counter[Line] = Counter()
        self._interrupted: set[int] = set()
        self._pages = 0
        self._spots: defaultdict[Line, list[tuple[int, tuple[int, float]]]] = defaultdict(list)

    def slots_on(self, data: bytes) -> Iterator[_Slot]:
        """Yield the paragraphs of a page."""
        blocks = list(blocks_in(data))
        self._pages += 1
        for length in self._lengths:
            starts = range(len(blocks) - length + 1)
            self._painted.update([line_of(blocks[one : one + length]) for one in starts])
        for place, own in groupby(self._found(data, blocks), key=itemgetter(0)):
            spans = [(start, end, height) for _, start, end, height in own]
            start, end = spans[0][0], spans[-1][1]
            if sum(after - before for before, after, _ in spans) != end - start:
                self._interrupted.add(place)
            first = len(self._lines[place].lines) - len(self.left.get(place, ())) - len(spans)
            yield _Slot(place, start, end, first, tuple([height for _, _, height in spans]))

    def doubtful(self) -> frozenset[int]:
        """Return the paragraphs of which it is not certain that they alone are where they are.

        They draw something between their lines, or a line of theirs is painted oftener than all
        paragraphs say it, as a page number may be, or not downwards from one to the next.
        """
        found = set(self._interrupted)
        for line, spots in self._spots.items():
            downwards = [spot for _, spot in sorted(spots, key=itemgetter(0))]
            if self._painted[line] != len(spots) or downwards != sorted(downwards):
                found.update([place for place, _ in spots])
        return frozenset(found)

    def _found(
        self, data: bytes, blocks: Sequence[TextBlock]
    ) -> Iterator[tuple[int, int, int, bytes]]:
        """Yield paragraphs with where a page paints a line of theirs: start, end, height."""
        index, latest = 0, -1
        while index < len(blocks):
            start, height = blocks[index].start, blocks[index].height
            for place in (latest, *self.left):
                line = self.left[place][-1] if place in self.left else _NO_LINE
                told = height.join(line.pieces)
                if told and data.startswith(told, start):
                    break
            else:
                index += 1
                continue
            self._spots[line].append((place, (self._pages, -float(height))))
            self._take(place)
            yield place, start, start + len(told), height
            index, latest = index + line.blocks, place

    def _take(self, place: int) -> None:
        self.left[place].pop()
        if not self.left[place]:
            del self.left[place]


def set_anew(
    sheet: ReferenceSheet, batch: Batch, lines: Sequence[Lines], changed: Set[int], title: str
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
    packed = _packed(data)
    body = _LENGTH.sub(b"%d" % len(packed), page.drawn.body, count=1)
    return Drawn(page.drawn.fields, body, packed, frozenset(_FONT.findall(data))), data
