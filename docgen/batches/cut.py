"""How a PDF of many documents is cut into PDFs that depend on their own pages alone.

The first page prints every sign in every face before any document does, so codes, fonts and their
objects are the same in every batch. A batch of which this is not true is refused, never cut.
"""

from __future__ import annotations

import io
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from docgen.pages.bookmarks import Place, bookmarks_in, by_plain_name, on_lines, places_in
from docgen.pages.font_alphabets import FontAlphabet, page_alphabets
from docgen.pages.glyphs import PageGlyphs, fonts_of, glyphs_in, last_code
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
from docgen.pages.page_writer import WrittenPdf
from docgen.pages.painted_blocks import painted_blocks
from docgen.pages.pdfa import is_archival
from docgen.pages.syntax import BrokenPdfError, dictionary, reference
from docgen.pages.viewer import Bookmark
from docgen.proof.glyph_outlines import exchanged_letter
from docgen.proof.paper_proof import PageDifference, Paper, difference


@dataclass(frozen=True, slots=True)
class BatchPiece:
    """A document of a batch: the named place where it begins, and the title of its PDF.

    Names of its own places carry ``prefix`` in the batch. ``paper`` is what its pages must paint,
    None where that is proven elsewhere.
    """

    start: str
    prefix: str
    title: str
    paper: Paper | None


class ForeignGlyphsError(BrokenPdfError):
    """Some pieces print signs that the first page does not, so none can be cut.

    ``numbers`` are those of the pieces, from 0.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        """Keep the numbers of the pieces."""
        super().__init__("signs beyond the first page")
        self.numbers = tuple(numbers)


class DifferentPagesError(BrokenPdfError):
    """Some pieces paint other words than their documents hold, so none is cut.

    ``found`` are the differences by the numbers of the pieces, from 0.
    """

    def __init__(self, found: Mapping[int, PageDifference]) -> None:
        """Keep what was found."""
        super().__init__("pages that differ from their documents")
        self.found = dict(found)


@dataclass(frozen=True, slots=True)
class BatchFont:
    """A font with all its objects, copied once under numbers that every document keeps free."""

    number: int
    block: ObjectBlock


@dataclass(frozen=True, slots=True)
class ConvertedBatch:
    """A batch as LibreOffice made it, read and ready to be cut.

    ``prints`` are of all pages, ``alphabets`` and ``fonts`` by the names of fonts; ``spans`` are
    the page indexes of each piece, ``places`` and ``marks`` its named places and bookmarks.
    ``free`` is the first object number after those of the fonts.
    """

    file: PlainFile
    prints: Sequence[PageGlyphs]
    alphabets: Mapping[bytes, FontAlphabet]
    fonts: Mapping[bytes, BatchFont]
    free: int
    is_archival: bool
    spans: Sequence[range]
    places: Sequence[Mapping[bytes, Place]]
    marks: Sequence[Sequence[Bookmark]]

    def without_pages(self) -> ConvertedBatch:
        """Return the batch with nothing but what is needed to write pages with its fonts."""
        file = PlainFile(b"", {}, {})
        return replace(self, file=file, prints=(), spans=(), places=(), marks=())

    def has_same_fonts(self, other: ConvertedBatch) -> bool:
        """Whether pages of the other batch may be written with the fonts of this one."""
        own, others = (
            [(name, font.number, font.block.digest) for name, font in one.fonts.items()]
            for one in (self, other)
        )
        return (own, self.free, self.is_archival) == (others, other.free, other.is_archival)


def read_batch(source: Path | bytes, pieces: Sequence[BatchPiece]) -> ConvertedBatch:
    """Return a batch ready to be cut; its pieces lie between its first page and its last.

    Raises:
        BrokenPdfError: when it cannot be read, or does not hold the pieces in their order.
        ForeignGlyphsError: when a piece prints signs that the first page does not.
        DifferentPagesError: when a piece does not paint its words.
    """
    try:
        return _read_batch(open_plain(source), pieces)
    # In a damaged stream digits are odd, codes beyond the alphabet, letters no Unicode.
    except (ValueError, LookupError) as error:
        raise BrokenPdfError(f"unreadable batch: {type(error).__name__}") from error


def _read_batch(file: PlainFile, pieces: Sequence[BatchPiece]) -> ConvertedBatch:
    places = places_in(file)
    bounds = _bounds(pieces, places, len(file.pages) - 1)
    drawings = [file.drawing(page) for page in file.pages]
    prints = [glyphs_in(data) for data in drawings]
    fonts = fonts_of(file, file.pages[0])
    lasts = {name: last_code(file, font) for name, font in fonts.items()}
    _refuse_strangers(prints, bounds, lasts)
    alphabets = page_alphabets(file, file.pages[0])
    if letter := exchanged_letter(file, file.pages[0].fields.get(b"/Resources"), alphabets):
        raise DifferentPagesError(
            dict.fromkeys(range(len(pieces)), PageDifference(1, letter=letter))
        )
    _refuse_wrong_pages(file, pieces, bounds, drawings, alphabets)
    batch_fonts, free, are_embedded = _copy_fonts(file)
    return ConvertedBatch(
        file=file,
        prints=prints,
        alphabets=alphabets,
        fonts=batch_fonts,
        free=free,
        is_archival=are_embedded and is_archival(file),
        spans=[range(*span) for span in pairwise(bounds)],
        places=_own_places(on_lines(file, _places_inside(places, pieces)), pieces, bounds),
        marks=_own_bookmarks(bookmarks_in(file), bounds),
    )


def _bounds(pieces: Sequence[BatchPiece], places: Mapping[bytes, Place], after: int) -> list[int]:
    """Return the index of the page where each piece begins, and that after the last piece."""
    starts = [b"/" + piece.start.encode() for piece in pieces]
    if missing := [start for start in starts if start not in places]:
        raise BrokenPdfError(f"no place {missing[0]!r} and {len(missing) - 1} more")
    bounds = [*(places[start].page - 1 for start in starts), after]
    if bounds[0] != 1 or any(second <= first for first, second in pairwise(bounds)):
        raise BrokenPdfError("pieces out of order")
    return bounds


def _refuse_strangers(
    prints: Sequence[PageGlyphs], bounds: Sequence[int], lasts: Mapping[bytes, int]
) -> None:
    """Refuse a batch whose fonts hold more than the first page prints.

    Nor may pages use anything but fonts: other resources are numbered through the batch.
    """
    known = {font: bytes(range(max(codes) + 1)) for font, codes in prints[0].codes.items()}
    foreign = [
        number
        for number, span in enumerate(pairwise(bounds))
        if any(_is_foreign(one, known, prints[0].names) for one in prints[slice(*span)])
    ]
    is_closed = {font: len(codes) - 1 for font, codes in known.items()} == lasts
    if foreign or not is_closed:
        raise ForeignGlyphsError(foreign or range(len(bounds) - 1))


def _is_foreign(page: PageGlyphs, known: Mapping[bytes, bytes], names: frozenset[bytes]) -> bool:
    """Whether a page prints in other fonts than the first, or other signs, or draws more."""
    return not page.names <= names or any(
        codes.translate(None, known.get(font, b"")) for font, codes in page.codes.items()
    )


def _refuse_wrong_pages(
    file: PlainFile,
    pieces: Sequence[BatchPiece],
    bounds: Sequence[int],
    drawings: Sequence[bytes],
    alphabets: Mapping[bytes, FontAlphabet],
) -> None:
    """Refuse a batch in which a piece does not paint its words."""
    found: dict[int, PageDifference] = {}
    for number, (piece, (start, end)) in enumerate(zip(pieces, pairwise(bounds), strict=True)):
        if piece.paper is None:
            continue
        pages = [
            painted_blocks(file, file.pages[index], alphabets, drawings[index])
            for index in range(start, end)
        ]
        different = difference(piece.paper, pages)
        if different is not None:
            found[number] = different
    if found:
        raise DifferentPagesError(found)


# --- what belongs to a piece -----------------------------------------------------------------


def _places_inside(
    places: Mapping[bytes, Place], pieces: Sequence[BatchPiece]
) -> dict[bytes, Place]:
    """Return the places without those where pieces begin."""
    starts = {b"/" + piece.start.encode() for piece in pieces}
    return {name: place for name, place in places.items() if name not in starts}


def _own_places(
    places: Mapping[bytes, Place], pieces: Sequence[BatchPiece], bounds: Sequence[int]
) -> list[dict[bytes, Place]]:
    """Return the named places of each piece, under the names that its document gives them."""
    prefixes = [b"/" + piece.prefix.encode() for piece in pieces]
    own: list[dict[bytes, Place]] = [{} for _ in pieces]
    for name, place in places.items():
        number = _piece_at(bounds, place.page - 1)
        if number is not None and name.startswith(prefixes[number]):
            plain = b"/" + name.removeprefix(prefixes[number])
            own[number][plain] = replace(place, page=place.page - bounds[number])
    return own


def _piece_at(bounds: Sequence[int], page: int) -> int | None:
    """Return the number of the piece that a page belongs to, by the page's index."""
    number = bisect(bounds, page) - 1
    return number if 0 <= number < len(bounds) - 1 else None


def _own_bookmarks(marks: Iterable[Bookmark], bounds: Sequence[int]) -> list[list[Bookmark]]:
    """Return the bookmarks of each piece; one below another piece's bookmark comes to the top."""
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


def _copy_fonts(file: PlainFile) -> tuple[dict[bytes, BatchFont], int, bool]:
    """Return the fonts of the first page as they are written into every PDF.

    Second comes the first object number after theirs, third whether all of them are embedded.
    """
    copied = {}
    free, are_embedded = FIRST_FREE, True
    fonts = fonts_of(file, file.pages[0])
    for name in sorted(fonts, key=lambda one: (len(one), one)):
        stream = io.BytesIO()
        target = PdfTarget(stream, free=free)
        spelled = Copier(file, target).spell(fonts[name])
        places = [(number, at - len(HEADER)) for number, at in enumerate(target.offsets) if at]
        data = stream.getvalue()[len(HEADER) :]
        block = ObjectBlock(data, places, target.hasher.digest())
        copied[name] = BatchFont(int(spelled.split()[0]), block)
        free = target.free
        are_embedded = are_embedded and target.is_archival
    return copied, free, are_embedded


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page to be written into a separate PDF.

    ``fields`` are its entries but for its contents; these are a stream, its dictionary as written
    in ``contents`` and its compressed data in ``packed``. ``fonts`` are the names of those used.
    """

    fields: Mapping[bytes, bytes]
    contents: bytes
    packed: bytes
    fonts: frozenset[bytes]


def cut_piece(batch: ConvertedBatch, number: int, title: str) -> WrittenPdf:
    """Return one piece as a separate PDF."""
    pages = [read_page(batch, page_index) for page_index in batch.spans[number]]
    return pages_to_pdf(batch, pages, batch.places[number], batch.marks[number], title)


def read_page(batch: ConvertedBatch, page_index: int) -> CutPage:
    """Return a page of the batch, ready to be written apart from it.

    Raises:
        BrokenPdfError: when it is not drawn by one stream, as LibreOffice does it.
    """
    found = batch.file.pages[page_index]
    streams = batch.file.contents(found)
    contents, packed = batch.file.raw(streams[0]) if len(streams) == 1 else (b"", None)
    target = PdfTarget()
    fields = Copier(batch.file, target).bare_page(
        Page(found.number, {key: found.fields[key] for key in found.fields if key != CONTENTS})
    )
    if packed is None or target.free != FIRST_FREE:
        raise BrokenPdfError("a page that is not drawn by one stream alone")
    return CutPage(fields, contents, packed, batch.prints[page_index].names)


def pages_to_pdf(
    batch: ConvertedBatch,
    pages: Sequence[CutPage],
    places: Mapping[bytes, Place],
    marks: Sequence[Bookmark],
    title: str,
) -> WrittenPdf:
    """Return pages as a PDF with the fonts of the batch that they use."""
    stream = io.BytesIO()
    target = PdfTarget(stream, free=batch.free, is_archival=batch.is_archival)
    used = frozenset[bytes]().union(*[page.fonts for page in pages])
    for name, font in batch.fonts.items():
        if name in used:
            target.put_block(font.block)
    end = target.end
    for page in pages:
        fonts = {name: reference(batch.fonts[name].number) for name in sorted(page.fonts)}
        contents = target.put_shared(page.contents, page.packed)
        resources = dictionary({b"/Font": dictionary(fonts)})
        target.put_page({**page.fields, CONTENTS: reference(contents), b"/Resources": resources})
    outline = put_outline(target, marks)
    target.finish(title, {**put_places(target, places), **outline})
    return WrittenPdf(stream.getvalue(), len(pages), by_plain_name(places), (end, batch.free))
