"""The lines of each distinct paragraph, read from the PDF of a sample."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from docgen.batches.cut import ConvertedBatch
from docgen.pages.bookmarks import Place
from docgen.pages.text_blocks import TextBlock, blocks_in
from docgen.proof.painted_text import PaintedTextReader
from docgen.proof.sample_texts import painted_whole

_NAME: Final = re.compile(rb"/w(\d+)x(\d+)x(.*)", re.DOTALL)
_ASCENT: Final = 0.9

_ParagraphPlace: TypeAlias = "tuple[int, int]"
"""The number of the mark before a group of paragraphs, and the index of one in the group."""
_BlocksOfGroup: TypeAlias = "tuple[int, list[tuple[TextBlock, str]], bool]"
"""A mark's number; it and the blocks after it with their texts; whether a mark ends them."""


class PaintedLine(NamedTuple):
    """A line as it is painted: the bytes around each place where its height stands.

    ``blocks`` is how many blocks of text it consists of.
    """

    pieces: tuple[bytes, ...]
    blocks: int


@dataclass(frozen=True, slots=True)
class LineProfile:
    """What decides how much room a paragraph takes: the fonts and sizes of each of its lines.

    ``marks`` are the names of its bookmarks with the numbers of their lines.
    """

    fonts: tuple[frozenset[tuple[bytes, bytes]], ...]
    marks: tuple[tuple[bytes, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphLines:
    """A paragraph as it is painted, line by line.

    ``places`` are its bookmarks: on which line, how far from the left. ``is_plain`` is whether
    nothing but its text is painted, no underline and no background.
    """

    lines: tuple[PaintedLine, ...]
    profile: LineProfile
    places: Mapping[bytes, tuple[int, float]]
    is_plain: bool = True


NO_LINES: Final = ParagraphLines((), LineProfile((), ()), {})
"""The lines of a paragraph that paints nothing."""


def read_sample_lines(
    batch: ConvertedBatch,
    number: int,
    texts_by_mark: Mapping[int, Sequence[str]],
    mark_size: bytes,
    reader: PaintedTextReader,
) -> dict[tuple[int, int], ParagraphLines]:
    """Return the lines of paragraphs by the number of their mark and their index after it.

    ``texts_by_mark`` are what the paragraphs say, as ``reader`` compares it. A paragraph that is
    not painted as it says is left out, and so are those after it in its group.
    """
    places = _places_by_paragraph(batch.places[number])
    lines = {}
    for page_number, page in enumerate(batch.spans[number], start=1):
        stream = batch.file.contents(batch.file.pages[page])
        data = b"\n".join([batch.file.content(one) for one in stream])
        for key, blocks, is_plain in _paragraphs_on(data, texts_by_mark, mark_size, reader):
            own = places.get(key, {})
            if all(place.page == page_number for place in own.values()):
                lines[key] = _to_lines(blocks, own, is_plain=is_plain)
    return lines


def _places_by_paragraph(
    places: Mapping[bytes, Place],
) -> dict[_ParagraphPlace, dict[bytes, Place]]:
    found: dict[tuple[int, int], dict[bytes, Place]] = {}
    for name, place in places.items():
        if match := _NAME.fullmatch(name):
            key = (int(match[1]), int(match[2]))
            found.setdefault(key, {})[b"/" + match[3]] = place
    return found


def _paragraphs_on(
    data: bytes,
    texts_by_mark: Mapping[int, Sequence[str]],
    mark_size: bytes,
    reader: PaintedTextReader,
) -> Iterator[tuple[_ParagraphPlace, list[TextBlock], bool]]:
    """Yield the paragraphs that are painted whole on a page: their blocks, and if these are all.

    They are not where anything else is painted before, between or after them.
    """
    for mark, blocks, is_ended in _groups_on(data, mark_size, reader):
        texts = texts_by_mark.get(mark, ())
        ends = [block.end for block, _ in blocks]
        starts = [block.start for block, _ in blocks[1:]]
        # Whether something is drawn after each block; after the last of an open group it may be.
        gaps = [bool(data[end:start].strip()) for end, start in zip(ends, starts, strict=False)] + [
            True
        ]
        inside = blocks[1:-1] if is_ended else blocks[1:]
        for index, first, last in painted_whole([text for _, text in inside], texts):
            own = [block for block, _ in inside[first:last]]
            yield (mark, index), own, not any(gaps[first : last + 1])


def _groups_on(
    data: bytes, mark_size: bytes, reader: PaintedTextReader
) -> Iterator[_BlocksOfGroup]:
    """Yield the blocks from mark to mark, these included; a page may end without its last mark.

    Text as small as marks makes the rest of a page unreadable.
    """
    number = 0
    blocks: list[tuple[TextBlock, str]] = []
    for block in blocks_in(data):
        text = reader.read(block)
        if block.looks[0][1] == mark_size:
            if not text.isdecimal() or (blocks and int(text) != number):
                return
            if blocks:
                yield number, [*blocks, (block, text)], True
                blocks = []
                continue
            number = int(text)
            blocks = [(block, text)]
        elif blocks:
            blocks.append((block, text))
    if blocks:
        yield number, blocks, False


def _to_lines(
    blocks: Iterable[TextBlock], places: Mapping[bytes, Place], *, is_plain: bool
) -> ParagraphLines:
    """Return the blocks of a paragraph by lines, with the bookmarks on these."""
    lines = [list(own) for _, own in groupby(blocks, key=attrgetter("height"))]
    fonts = [frozenset(look for block in own for look in block.looks) for own in lines]
    sizes = [max(float(size) for _, size in own) for own in fonts]
    marks: dict[bytes, tuple[int, float]] = {}
    for name, place in places.items():
        gaps = [
            (abs(place.y - float(own[0].height) - _ASCENT * size), number)
            for number, (own, size) in enumerate(zip(lines, sizes, strict=True))
        ]
        marks[name] = min(gaps, default=(0.0, 0))[1], place.x
    return ParagraphLines(
        tuple([to_line(own) for own in lines]),
        LineProfile(tuple(fonts), tuple(sorted((name, line) for name, (line, _) in marks.items()))),
        marks,
        is_plain,
    )


def to_line(blocks: Sequence[TextBlock]) -> PaintedLine:
    """Return blocks of one height as a line."""
    pieces = [b""]
    for block in blocks:
        pieces[-1] += block.pieces[0]
        pieces += block.pieces[1:]
    return PaintedLine(tuple(pieces), len(blocks))
