"""A galley read back: the lines of each wording as LibreOffice paints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from docgen.batches.cut import Batch
from docgen.pages.bookmarks import Place
from docgen.pages.text_blocks import TextBlock, blocks_in
from docgen.proof.painted_words import Reader

_NAME: Final = re.compile(rb"/w(\d+)x(\d+)x(.*)", re.DOTALL)
_ASCENT: Final = 0.9
_LEADERS: Final = dict.fromkeys(map(ord, "._-·"))

_Key: TypeAlias = "tuple[int, int]"
"""A bunch and a place in it."""
_Held: TypeAlias = "tuple[int, list[tuple[TextBlock, str]], bool]"
"""What stands after a mark: its number, the blocks and what they show, whether a mark ends it."""


class Line(NamedTuple):
    """A line as it is painted, in so many blocks, cut where its height is told."""

    pieces: tuple[bytes, ...]
    blocks: int


@dataclass(frozen=True, slots=True)
class LinesLook:
    """What decides how high a wording is: the fonts of each of its lines; its bookmarks' lines."""

    fonts: tuple[frozenset[tuple[bytes, bytes]], ...]
    marks: tuple[tuple[bytes, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """A wording as it is painted, line by line.

    ``places`` are its bookmarks: on which line, how far from the left. ``is_plain`` is whether
    nothing but its text is painted, no underline and no ground.
    """

    lines: tuple[Line, ...]
    look: LinesLook
    places: Mapping[bytes, tuple[int, float]]
    is_plain: bool = True


NO_LINES: Final = Lines((), LinesLook((), ()), {})
"""A paragraph that paints nothing."""


def read_galley(
    batch: Batch,
    number: int,
    bunches: Mapping[int, Sequence[str]],
    mark_size: bytes,
    reader: Reader,
) -> dict[tuple[int, int], Lines]:
    """Return the lines of wordings by their bunch and their place in it.

    ``bunches`` are their texts. One that is not painted as it says is left out, and so are those
    after it in the bunch.
    """
    places = _places_by_wording(batch.places[number])
    lines = {}
    for index, page in enumerate(batch.spans[number], start=1):
        stream = batch.file.contents(batch.file.pages[page])
        data = b"\n".join([batch.file.content(one) for one in stream])
        for key, blocks, is_plain in wordings_on(data, bunches, mark_size, reader):
            own = places.get(key, {})
            if all(place.page == index for place in own.values()):
                lines[key] = _lines(blocks, own, is_plain=is_plain)
    return lines


def _places_by_wording(
    places: Mapping[bytes, Place],
) -> dict[tuple[int, int], dict[bytes, Place]]:
    found: dict[tuple[int, int], dict[bytes, Place]] = {}
    for name, place in places.items():
        if told := _NAME.fullmatch(name):
            key = (int(told[1]), int(told[2]))
            found.setdefault(key, {})[b"/" + told[3]] = place
    return found


def wordings_on(
    data: bytes, bunches: Mapping[int, Sequence[str]], mark_size: bytes, reader: Reader
) -> Iterator[tuple[_Key, list[TextBlock], bool]]:
    """Yield the wordings that are painted whole on a page: their blocks, and if these are all.

    They are not where anything else is painted before, between or after them.
    """
    for bunch, held, is_ended in _bunches_on(data, mark_size, reader):
        texts = bunches.get(bunch, ())
        ends = [block.end for block, _ in held]
        starts = [block.start for block, _ in held[1:]]
        # What is drawn after each block; what follows an open bunch is not known.
        gaps = [bool(data[end:start].strip()) for end, start in zip(ends, starts, strict=False)] + [
            True
        ]
        own = held[1:-1] if is_ended else held[1:]
        for place, first, last in _parted(own, texts):
            blocks = [block for block, _ in own[first:last]]
            yield (bunch, place), blocks, not any(gaps[first : last + 1])


def _bunches_on(data: bytes, mark_size: bytes, reader: Reader) -> Iterator[_Held]:
    """Yield what stands from mark to mark, these included; a page may end without its last mark.

    What prints as small as marks do makes the rest of a page unreadable.
    """
    number = 0
    held: list[tuple[TextBlock, str]] = []
    for block in blocks_in(data):
        said = reader.shown(block)
        if block.looks[0][1] == mark_size:
            if not said.isdecimal() or (held and int(said) != number):
                return
            if held:
                yield number, [*held, (block, said)], True
                held = []
                continue
            number = int(said)
            held = [(block, said)]
        elif held:
            held.append((block, said))
    if held:
        yield number, held, False


def _parted(
    held: Sequence[tuple[TextBlock, str]], texts: Sequence[str]
) -> Iterator[tuple[int, int, int]]:
    """Yield which wordings are painted whole, each with its first block and that after its last.

    Blanks belong to what is before them: what begins with some stands in a bunch by itself.
    """
    if len(texts) == 1:
        said = "".join([one for _, one in held])
        # Leaders of tabs are not told apart from the same signs when typed.
        if said.translate(_LEADERS) == texts[0].translate(_LEADERS):
            yield 0, 0, len(held)
        return
    waiting = ((number, one) for number, one in enumerate(texts) if one)
    done: tuple[int, int, int] | None = None
    place, first, rest = -1, 0, ""
    for number, (_, said) in enumerate(held):
        if said and not rest:
            done = (place, first, number) if place >= 0 else None
            place, rest = next(waiting, (-1, ""))
            first = number
        if not rest.startswith(said):
            return
        # The one before is whole, since this one begins as it should.
        if done:
            yield done
            done = None
        rest = rest[len(said) :]
    if place >= 0 and not rest:
        yield place, first, len(held)


def _lines(blocks: Iterable[TextBlock], places: Mapping[bytes, Place], *, is_plain: bool) -> Lines:
    """Return blocks by lines, with the bookmarks on them."""
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
    return Lines(
        tuple([line_of(own) for own in lines]),
        LinesLook(tuple(fonts), tuple(sorted((name, line) for name, (line, _) in marks.items()))),
        marks,
        is_plain,
    )


def line_of(blocks: Sequence[TextBlock]) -> Line:
    """Return blocks of one height as a line."""
    pieces = [b""]
    for block in blocks:
        pieces[-1] += block.pieces[0]
        pieces += block.pieces[1:]
    return Line(tuple(pieces), len(blocks))
