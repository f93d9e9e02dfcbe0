"""Documents laid out whole, from which others of the same shape and line breaks are made.

Where every paragraph has as many lines of the same fonts as in a document that LibreOffice has laid
out, every line stands where it stands there. So only what the lines say is changed, and the pages
are, byte for byte, those that LibreOffice would make.
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

from docgen.batches.cut import ConvertedBatch, CutPage, pages_to_pdf, read_page
from docgen.batches.sample_lines import PaintedLine, ParagraphLines, to_line
from docgen.pages.bookmarks import Place, on_lines_of
from docgen.pages.page_writer import WrittenPdf
from docgen.pages.text_blocks import TextBlock, blocks_in
from docgen.pages.viewer import Bookmark

_LENGTH: Final = re.compile(rb"(?<=/Length )\d+")
_FONT: Final = re.compile(rb"/F\d+")
_MOST_MEMORY: Final = 9
"""zlib's own default finds other repetitions on some pages."""
_NO_LINE: Final = PaintedLine((), 0)


@dataclass(frozen=True, slots=True)
class _PaintedParagraph:
    """A paragraph on a page: its bytes from ``start`` to ``end``, its lines from ``first_line``.

    ``index`` is its number in the document, ``heights`` those of its lines on the page.
    """

    index: int
    start: int
    end: int
    first_line: int
    heights: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _ReferencePage:
    """A page of a reference: as it is written, what draws it, its paragraphs from the top."""

    original: CutPage
    data: bytes
    paragraphs: tuple[_PaintedParagraph, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceDocument:
    """A document that was laid out whole, by its paragraphs.

    Those at the indexes ``fixed`` may say nothing else.
    """

    pages: tuple[_ReferencePage, ...]
    fixed: frozenset[int]
    places: Mapping[bytes, Place]
    marks: Sequence[Bookmark]


def read_reference(
    batch: ConvertedBatch, number: int, lines: Sequence[ParagraphLines], texts: Sequence[str]
) -> ReferenceDocument | None:
    """Return a piece of a batch as a reference; None when it does not paint these lines.

    ``lines`` and ``texts`` are those of its paragraphs.

    Raises:
        BrokenPdfError: when its pages cannot be read.
    """
    finder = _LineFinder(lines)
    pages = []
    for page_index in batch.spans[number]:
        page = read_page(batch, page_index)
        data = zlib.decompress(page.packed)
        # Another zlib would pack pages in other bytes than LibreOffice does.
        if _pack(data) != page.packed:
            return None
        pages.append(_ReferencePage(page, data, tuple(finder.paragraphs_on(data))))
    marks = batch.marks[number]
    repeated = _repeated_by_bookmarks(marks, texts)
    if finder.left or repeated is None or not _are_places_alike(batch.places[number], lines):
        return None
    fixed = repeated | finder.doubtful()
    return ReferenceDocument(tuple(pages), fixed, batch.places[number], marks)


def _pack(data: bytes) -> bytes:
    """Return the drawing of a page compressed as LibreOffice does it: with zlib's most memory."""
    packer = zlib.compressobj(memLevel=_MOST_MEMORY)
    return packer.compress(data) + packer.flush()


def _repeated_by_bookmarks(
    marks: Sequence[Bookmark], texts: Sequence[str]
) -> frozenset[int] | None:
    """Return the indexes of paragraphs that bookmarks repeat; None if a bookmark repeats none."""
    titles = {" ".join(title.split()) for title in _titles(marks)}
    plain = [" ".join(text.split()) for text in texts]
    if not titles <= set(plain):
        return None
    return frozenset(index for index, text in enumerate(plain) if text in titles)


def _titles(marks: Sequence[Bookmark]) -> Iterator[str]:
    for mark in marks:
        yield mark.title
        yield from _titles(mark.children)


def _are_places_alike(places: Mapping[bytes, Place], lines: Sequence[ParagraphLines]) -> bool:
    """Whether named places are as far from the left as in the samples of their paragraphs."""
    known = [(name, x) for one in lines for name, (_, x) in one.places.items()]
    return all(name in places and places[name].x == x for name, x in known)


class _LineFinder:
    """Finds the lines of paragraphs on page after page; filled while they are read.

    ``left`` are the lines not found yet of each paragraph, the next one last. Headers, footers and
    repeated rows of tables stand among them. Where a row goes on on the next page, the lines of
    several paragraphs take turns.
    """

    def __init__(self, lines: Sequence[ParagraphLines]) -> None:
        self._lines = lines
        self.left = {
            index: list(reversed(one.lines)) for index, one in enumerate(lines) if one.lines
        }
        self._lengths = {line.blocks for one in lines for line in one.lines}
        self._painted: Counter[PaintedLine] = Counter()
        self._interrupted: set[int] = set()
        self._pages = 0
        self._spots: defaultdict[PaintedLine, list[tuple[int, tuple[int, float]]]] = defaultdict(
            list
        )

    def paragraphs_on(self, data: bytes) -> Iterator[_PaintedParagraph]:
        """Yield the paragraphs of the next page, given what draws it."""
        blocks = list(blocks_in(data))
        self._pages += 1
        for length in self._lengths:
            starts = range(len(blocks) - length + 1)
            self._painted.update([to_line(blocks[one : one + length]) for one in starts])
        for index, own in groupby(self._find_lines(data, blocks), key=itemgetter(0)):
            spans = [(start, end, height) for _, start, end, height in own]
            start, end = spans[0][0], spans[-1][1]
            if sum(after - before for before, after, _ in spans) != end - start:
                self._interrupted.add(index)
            first = len(self._lines[index].lines) - len(self.left.get(index, ())) - len(spans)
            heights = tuple([height for _, _, height in spans])
            yield _PaintedParagraph(index, start, end, first, heights)

    def doubtful(self) -> frozenset[int]:
        """Return the indexes of paragraphs whose lines may belong to something else.

        Something is drawn between their lines; or a line of theirs is painted more often than all
        paragraphs have it, as a page number may be; or equal lines do not follow each other
        downwards from paragraph to paragraph.
        """
        found = set(self._interrupted)
        for line, spots in self._spots.items():
            downwards = [spot for _, spot in sorted(spots, key=itemgetter(0))]
            if self._painted[line] != len(spots) or downwards != sorted(downwards):
                found.update([index for index, _ in spots])
        return frozenset(found)

    def _find_lines(
        self, data: bytes, blocks: Sequence[TextBlock]
    ) -> Iterator[tuple[int, int, int, bytes]]:
        """Yield each line of a paragraph on a page: paragraph, start, end, height."""
        block, latest = 0, -1
        while block < len(blocks):
            start, height = blocks[block].start, blocks[block].height
            for index in (latest, *self.left):
                line = self.left[index][-1] if index in self.left else _NO_LINE
                painted = height.join(line.pieces)
                if painted and data.startswith(painted, start):
                    break
            else:
                block += 1
                continue
            self._spots[line].append((index, (self._pages, -float(height))))
            self._take_line(index)
            yield index, start, start + len(painted), height
            block, latest = block + line.blocks, index

    def _take_line(self, index: int) -> None:
        self.left[index].pop()
        if not self.left[index]:
            del self.left[index]


def make_from_reference(
    reference: ReferenceDocument,
    batch: ConvertedBatch,
    lines: Sequence[ParagraphLines],
    changed: Set[int],
    title: str,
) -> WrittenPdf:
    """Return the reference with the lines of the paragraphs at the indexes ``changed`` replaced.

    None of these may be fixed; ``lines`` are those of all paragraphs of the new document, ``batch``
    is any with the fonts of the reference.
    """
    places = dict(reference.places)
    for index in changed:
        for name, (_, x) in lines[index].places.items():
            places[name] = replace(places[name], x=x)
    pages, on_lines = [], {}
    for number, page in enumerate(reference.pages, start=1):
        own = {name: place for name, place in places.items() if place.page == number}
        new_page, data = _replace_lines(page, changed, lines)
        pages.append(new_page)
        on_lines.update(on_lines_of(data, own) if own else {})
    in_order = {name: on_lines[name] for name in places}
    return pages_to_pdf(batch, pages, in_order, reference.marks, title)


def _replace_lines(
    page: _ReferencePage, changed: Set[int], lines: Sequence[ParagraphLines]
) -> tuple[CutPage, bytes]:
    """Return a page with the lines of its changed paragraphs replaced, and what draws it."""
    pieces: list[bytes] = []
    done = 0
    for one in page.paragraphs:
        if one.index in changed:
            pieces.append(page.data[done : one.start])
            own = lines[one.index].lines[one.first_line :]
            pieces += [
                height.join(line.pieces) for height, line in zip(one.heights, own, strict=False)
            ]
            done = one.end
    if not done:
        return page.original, page.data
    data = b"".join([*pieces, page.data[done:]])
    packed = _pack(data)
    contents = _LENGTH.sub(b"%d" % len(packed), page.original.contents, count=1)
    fonts = frozenset(_FONT.findall(data))
    return CutPage(page.original.fields, contents, packed, fonts), data
