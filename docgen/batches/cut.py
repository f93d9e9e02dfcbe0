"""A .pdf of many documents cut apart, each with bytes that depend on its own pages alone.

The first page prints every sign in every face before any document does, so codes, fonts and their
objects are the same in every batch. What shows otherwise is told, never cut.
"""

from __future__ import annotations

import io
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from docgen.pages.bookmarks import Place, bookmarks_in, by_plain_name, on_lines, places_in
from docgen.pages.glyphs import (
    Alphabet,
    Print,
    alphabet_of,
    fonts_of,
    last_code,
    print_of,
    text_on,
)
from docgen.pages.objects_read import Page, PlainFile, open_plain
from docgen.pages.objects_write import (
    CONTENTS,
    FIRST_FREE,
    HEADER,
    Copier,
    ObjectBlock,
    PdfTarget,
    put_outline,
    put_places,
)
from docgen.pages.page_writer import Cut
from docgen.pages.pdfa import is_archival
from docgen.pages.syntax import BrokenPdfError, dictionary, reference
from docgen.pages.viewer import Bookmark


@dataclass(frozen=True, slots=True)
class BatchPiece:
    """A document of a batch: the name of the place where it begins, and what it is to be called.

    Names of its own places carry ``prefix`` in the batch. ``letters`` counts, without regard to
    case, what its pages must print at the least.
    """

    start: str
    prefix: str
    title: str
    letters: Mapping[str, int]


class StrangerError(BrokenPdfError):
    """Some pieces print signs that the first page does not, so none can be cut.

    ``numbers`` names the pieces, from 0.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        super().__init__("signs beyond the first page")
        self.numbers = tuple(numbers)


@dataclass(frozen=True, slots=True)
class Face:
    """A font with all its objects, written once under numbers that every document keeps free."""

    number: int
    block: ObjectBlock


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch under the knife; pages, places and bookmarks are those of each piece."""

    file: PlainFile
    prints: Sequence[Print]
    alphabets: Mapping[bytes, Alphabet]
    faces: Mapping[bytes, Face]
    free: int
    is_archival: bool
    spans: Sequence[range]
    places: Sequence[Mapping[bytes, Place]]
    marks: Sequence[Sequence[Bookmark]]

    def bare(self) -> Batch:
        """Return the batch without its pages: with what pages need to be written."""
        file = PlainFile(b"", {}, {})
        return replace(self, file=file, prints=(), spans=(), places=(), marks=())

    def is_like(self, other: Batch) -> bool:
        """Whether pages of the other are written alike with the fonts of this one."""
        own, others = (
            [(name, face.number, face.block.mark) for name, face in one.faces.items()]
            for one in (self, other)
        )
        return (own, self.free, self.is_archival) == (others, other.free, other.is_archival)


def examined(source: Path | bytes, pieces: Sequence[BatchPiece]) -> Batch:
    """Return a batch of pieces that lie between its first page and its last; all can be cut.

    Raises:
        BrokenPdfError: when it cannot be read, or does not hold the pieces in their order.
        StrangerError: when a piece prints signs that the first page does not.
    """
    try:
        return _examined(open_plain(source), pieces)
    # In a damaged stream digits are odd, codes beyond the alphabet, letters no Unicode.
    except (ValueError, LookupError) as error:
        if isinstance(error, BrokenPdfError):
            raise
        raise BrokenPdfError(f"unreadable batch: {type(error).__name__}") from error


def _examined(file: PlainFile, pieces: Sequence[BatchPiece]) -> Batch:
    """Return a batch of which every piece can be cut."""
    places = places_in(file)
    bounds = _bounds(pieces, places, len(file.pages) - 1)
    prints = [print_of(file, page) for page in file.pages]
    fonts = fonts_of(file, file.pages[0])
    lasts = {name: last_code(file, font) for name, font in fonts.items()}
    _refuse_strangers(prints, bounds, lasts)
    alphabets = {name: alphabet_of(file, font) for name, font in fonts.items()}
    _refuse_wrong_pages(pieces, bounds, prints, alphabets)
    faces, free, is_whole = _faces_of(file)
    return Batch(
        file=file,
        prints=prints,
        alphabets=alphabets,
        faces=faces,
        free=free,
        is_archival=is_whole and is_archival(file),
        spans=[range(*span) for span in pairwise(bounds)],
        places=_own_places(on_lines(file, _inner(places, pieces)), pieces, bounds),
        marks=_own_bookmarks(bookmarks_in(file), bounds),
    )


def _bounds(pieces: Sequence[BatchPiece], places: Mapping[bytes, Place], after: int) -> list[int]:
    """Return on which page, from 0, each piece begins, and the page after the last."""
    starts = [b"/" + piece.start.encode() for piece in pieces]
    if missing := [start for start in starts if start not in places]:
        raise BrokenPdfError(f"no place {missing[0]!r} and {len(missing) - 1} more")
    bounds = [*(places[start].page - 1 for start in starts), after]
    if bounds[0] != 1 or any(second <= first for first, second in pairwise(bounds)):
        raise BrokenPdfError("pieces out of order")
    return bounds


def _refuse_strangers(
    prints: Sequence[Print], bounds: Sequence[int], lasts: Mapping[bytes, int]
) -> None:
    """See to it that fonts hold what the first page prints and no more.

    Nor may pages use anything but fonts: other resources are numbered through the batch.
    """
    known = {font: bytes(range(max(codes) + 1)) for font, codes in prints[0].codes.items()}
    strange = [
        number
        for number, span in enumerate(pairwise(bounds))
        if any(_is_strange(one, known, prints[0].names) for one in prints[slice(*span)])
    ]
    is_closed = {font: len(codes) - 1 for font, codes in known.items()} == lasts
    if strange or not is_closed:
        raise StrangerError(strange or range(len(bounds) - 1))


def _is_strange(page: Print, known: Mapping[bytes, bytes], names: frozenset[bytes]) -> bool:
    """Whether a page prints in other fonts than the first, or other signs, or draws more."""
    return not page.names <= names or any(
        codes.translate(None, known.get(font, b"")) for font, codes in page.codes.items()
    )


def _refuse_wrong_pages(
    pieces: Sequence[BatchPiece],
    bounds: Sequence[int],
    prints: Sequence[Print],
    alphabets: Mapping[bytes, Alphabet],
) -> None:
    """See to it that no page of a piece has gone to its neighbour."""
    for piece, span in zip(pieces, pairwise(bounds), strict=True):
        text = text_on(prints[slice(*span)], alphabets)
        if any(text.count(letter) < count for letter, count in piece.letters.items()):
            raise BrokenPdfError("letters of a piece are not on its pages")


# --- what belongs to a piece -----------------------------------------------------------------


def _inner(places: Mapping[bytes, Place], pieces: Sequence[BatchPiece]) -> dict[bytes, Place]:
    """Return the places without those where pieces begin."""
    starts = {b"/" + piece.start.encode() for piece in pieces}
    return {name: place for name, place in places.items() if name not in starts}


def _own_places(
    places: Mapping[bytes, Place], pieces: Sequence[BatchPiece], bounds: Sequence[int]
) -> list[dict[bytes, Place]]:
    """Return the places of each piece under the names that they had before it was composed."""
    prefixes = [b"/" + piece.prefix.encode() for piece in pieces]
    own: list[dict[bytes, Place]] = [{} for _ in pieces]
    for name, place in places.items():
        number = _piece_at(bounds, place.page - 1)
        if number is not None and name.startswith(prefixes[number]):
            plain = b"/" + name.removeprefix(prefixes[number])
            own[number][plain] = replace(place, page=place.page - bounds[number])
    return own


def _piece_at(bounds: Sequence[int], page: int) -> int | None:
    """Return which piece a page, from 0, belongs to."""
    number = bisect(bounds, page) - 1
    return number if 0 <= number < len(bounds) - 1 else None


def _own_bookmarks(marks: Iterable[Bookmark], bounds: Sequence[int]) -> list[list[Bookmark]]:
    """Return the bookmarks of each piece; one under a bookmark of others comes to the top."""
    own: list[list[Bookmark]] = [[] for _ in bounds[1:]]
    for mark in marks:
        number = _piece_at(bounds, mark.page - 1)
        below = _own_bookmarks(mark.children, bounds) if mark.children else []
        children = below[number] if number is not None and below else []
        for place, rest in enumerate(below):
            if rest is not children:
                own[place] += rest
        if number is not None:
            own[number].append(Bookmark(mark.title, mark.page - bounds[number], tuple(children)))
    return own


# --- writing ---------------------------------------------------------------------------------


def _faces_of(file: PlainFile) -> tuple[dict[bytes, Face], int, bool]:
    """Return the fonts of the first page as written, and the first number after theirs.

    Third comes whether all of them are embedded.
    """
    faces = {}
    free, is_whole = FIRST_FREE, True
    fonts = fonts_of(file, file.pages[0])
    for name in sorted(fonts, key=lambda one: (len(one), one)):
        stream = io.BytesIO()
        target = PdfTarget(stream, free=free)
        told = Copier(file, target).spell(fonts[name])
        places = [(number, at - len(HEADER)) for number, at in enumerate(target.offsets) if at]
        data = stream.getvalue()[len(HEADER) :]
        faces[name] = Face(int(told.split()[0]), ObjectBlock(data, places, target.sums.digest()))
        free = target.free
        is_whole = is_whole and target.is_archival
    return faces, free, is_whole


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page to be written: its fields but for contents, these as they are packed, its fonts."""

    fields: Mapping[bytes, bytes]
    body: bytes
    packed: bytes
    names: frozenset[bytes]


def write_piece(batch: Batch, number: int, title: str) -> Cut:
    """Return one piece as a file."""
    pages = [drawn(batch, page) for page in batch.spans[number]]
    return write_pages(batch, pages, batch.places[number], batch.marks[number], title)


def drawn(batch: Batch, page: int) -> Drawn:
    """Return a page of the batch, from 0, to be written apart.

    Raises:
        BrokenPdfError: when it is not drawn by one stream, as LibreOffice does it.
    """
    found = batch.file.pages[page]
    contents = batch.file.contents(found)
    body, packed = batch.file.raw(contents[0]) if len(contents) == 1 else (b"", None)
    target = PdfTarget()
    fields = Copier(batch.file, target).bare_page(
        Page(found.number, {key: found.fields[key] for key in found.fields if key != CONTENTS})
    )
    if packed is None or target.free != FIRST_FREE:
        raise BrokenPdfError("a page that is not drawn by one stream alone")
    return Drawn(fields, body, packed, batch.prints[page].names)


def write_pages(
    batch: Batch,
    pages: Sequence[Drawn],
    places: Mapping[bytes, Place],
    marks: Sequence[Bookmark],
    title: str,
) -> Cut:
    """Return pages as a file with the fonts of the batch that they use."""
    stream = io.BytesIO()
    target = PdfTarget(stream, free=batch.free, is_archival=batch.is_archival)
    used = frozenset[bytes]().union(*[page.names for page in pages])
    for name, face in batch.faces.items():
        if name in used:
            target.put_block(face.block)
    end = target.end
    for page in pages:
        fonts = {name: reference(batch.faces[name].number) for name in sorted(page.names)}
        contents = target.put_shared(page.body, page.packed)
        resources = dictionary({b"/Font": dictionary(fonts)})
        target.put_page({**page.fields, CONTENTS: reference(contents), b"/Resources": resources})
    outline = put_outline(target, marks)
    target.finish(title, {**put_places(target, places), **outline})
    return Cut(stream.getvalue(), len(pages), by_plain_name(places), (end, batch.free))
