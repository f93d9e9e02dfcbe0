"""A .pdf of many documents cut apart, each with bytes that depend on its own pages alone.

The first page prints every sign in every face before any document does, so codes, fonts and their
objects are the same in every batch. What shows otherwise is told, never cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from docgen.pages.objects import (
    CATALOG,
    FIRST_FREE,
    INFORMATION,
    PAGES,
    Copier,
    dictionary,
    string,
    to_file,
)
from docgen.pages.printed import Codes, alphabets_of, codes_of, fonts_of, names_in
from docgen.pages.reading import Bookmark, BrokenPdfError, bookmarks_in, coordinate, open_pdf
from docgen.pages.writing import LANGUAGE, PRODUCER

_KEPT_OF_PAGES = ("/MediaBox", "/CropBox", "/Rotate", "/Group", "/Contents")


@dataclass(frozen=True, slots=True)
class Piece:
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
class _Face:
    """A font with all its objects, written once under numbers that every document keeps free."""

    number: int
    bodies: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch under the knife: pages with the resources that each uses, faces, the outline."""

    reader: PdfReader
    pages: Sequence[PageObject]
    used: Sequence[frozenset[str]]
    faces: Mapping[str, _Face]
    free: int
    outline: Sequence[Bookmark]
    places: Mapping[str, tuple[int, Destination]]


def cut(source: Path | bytes, pieces: Sequence[Piece]) -> Iterator[bytes]:
    """Yield the pieces as PDFs of their own; they lie between the first page and the last.

    Nothing is yielded unless every piece can be cut.

    Raises:
        BrokenPdfError: when the batch cannot be read, or does not hold the pieces in their order.
        StrangerError: when a piece prints signs that the first page does not.
    """
    reader = open_pdf(source)
    try:
        places = dict(_places(reader))
        pages = list(reader.pages)
        bounds = _bounds(pieces, places, len(pages) - 1)
        codes = [codes_of(page) for page in pages]
        used = [frozenset(names_in(page)) for page in pages]
        _refuse_strangers(codes, bounds, pages[0])
        _refuse_pictures(used, bounds)
        _refuse_wrong_pages(pieces, bounds, codes, alphabets_of(pages[0]))
        faces, free = _faces_of(pages[0])
        outline = bookmarks_in(reader, reader.outline)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BrokenPdfError):
            raise
        raise BrokenPdfError(f"unreadable batch: {type(error).__name__}") from error
    batch = _Batch(reader, pages, used, faces, free, outline, places)
    for piece, span in zip(pieces, pairwise(bounds), strict=True):
        yield _write(batch, piece, range(*span))


def _places(reader: PdfReader) -> Iterator[tuple[str, tuple[int, Destination]]]:
    for name, place in sorted(reader.named_destinations.items()):
        page = reader.get_destination_page_number(place)
        if page is not None and page >= 0:
            yield name.removeprefix("/"), (page, place)


def _bounds(
    pieces: Sequence[Piece], places: Mapping[str, tuple[int, Destination]], after: int
) -> list[int]:
    """Return on which page, from 0, each piece begins, and the page after the last."""
    if missing := [piece.start for piece in pieces if piece.start not in places]:
        raise BrokenPdfError(f"no place {missing[0]} and {len(missing) - 1} more")
    bounds = [*(places[piece.start][0] for piece in pieces), after]
    if bounds[0] != 1 or any(second <= first for first, second in pairwise(bounds)):
        raise BrokenPdfError("pieces out of order")
    return bounds


def _refuse_strangers(codes: Sequence[Codes], bounds: Sequence[int], page: PageObject) -> None:
    """See to it that fonts hold what the first page prints and no more."""
    known = {font: max(printed) for font, printed in codes[0].items()}
    strange = [
        number
        for number, span in enumerate(pairwise(bounds))
        if any(_is_strange(printed, known) for printed in codes[slice(*span)])
    ]
    fonts = {name.removeprefix("/"): font.get_object() for name, font in fonts_of(page).items()}
    is_closed = {name: font["/LastChar"] for name, font in fonts.items()} == known
    if strange or not is_closed:
        raise StrangerError(strange or range(len(bounds) - 1))


def _refuse_pictures(used: Sequence[frozenset[str]], bounds: Sequence[int]) -> None:
    """See to it that pages use fonts alone: other resources are numbered through the batch."""
    strange = [
        number
        for number, span in enumerate(pairwise(bounds))
        if any(not names <= used[0] for names in used[slice(*span)])
    ]
    if strange:
        raise StrangerError(strange)


def _is_strange(codes: Codes, known: Mapping[str, int]) -> bool:
    """Whether a page prints in other fonts than the first, or other signs."""
    return any(max(printed) > known.get(font, -1) for font, printed in codes.items())


def _refuse_wrong_pages(
    pieces: Sequence[Piece],
    bounds: Sequence[int],
    codes: Sequence[Codes],
    alphabets: Mapping[str, Mapping[int, str]],
) -> None:
    """See to it that no page of a piece has gone to its neighbour."""
    for piece, span in zip(pieces, pairwise(bounds), strict=True):
        letters: Counter[str] = Counter()
        for page in codes[slice(*span)]:
            for font, printed in page.items():
                for code, count in printed.items():
                    for letter in alphabets[font].get(code, ""):
                        letters[letter] += count
        if any(letters[letter] < count for letter, count in piece.letters.items()):
            raise BrokenPdfError("letters of a piece are not on its pages")


# --- writing ---------------------------------------------------------------------------------


def _faces_of(page: PageObject) -> tuple[dict[str, _Face], int]:
    """Return the fonts of the first page as written, and the first number after theirs."""
    faces = {}
    free = FIRST_FREE
    fonts = fonts_of(page)
    for name in sorted(fonts, key=lambda one: (len(one), one)):
        copier = Copier(free)
        number = int(copier.encode(fonts.raw_get(name)).split()[0])
        faces[name.removeprefix("/")] = _Face(number, copier.drain())
        free = copier.free
    return faces, free


def _write(batch: _Batch, piece: Piece, span: range) -> bytes:
    """Return one piece as a file."""
    copier = Copier(batch.free)
    numbers = {page: copier.take() for page in span}
    bodies = {INFORMATION: _information(piece.title)}
    for page, number in numbers.items():
        bodies[number] = _page(batch, page, copier)
        for name in batch.used[page]:
            bodies |= batch.faces[name].bodies
    bodies |= copier.drain()
    kids = b" ".join([b"%d 0 R" % number for number in numbers.values()])
    bodies[PAGES] = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(numbers))
    catalog = {"/Type": b"/Catalog", "/Pages": b"%d 0 R" % PAGES, "/Lang": string(LANGUAGE)}
    if places := _own_places(batch, piece, numbers):
        catalog["/Dests"] = dictionary(places)
    if marks := _own_bookmarks(batch.outline, span):
        root = copier.take()
        _add_outline(marks, root, numbers, copier, bodies)
        catalog["/Outlines"] = b"%d 0 R" % root
    bodies[CATALOG] = dictionary(catalog)
    return to_file(bodies)


def _information(title: str) -> bytes:
    return dictionary({"/Title": string(title), "/Producer": string(PRODUCER)})


def _page(batch: _Batch, index: int, copier: Copier) -> bytes:
    page = batch.pages[index]
    fonts = {f"/{name}": b"%d 0 R" % batch.faces[name].number for name in sorted(batch.used[index])}
    fields = {
        "/Type": b"/Page",
        "/Parent": b"%d 0 R" % PAGES,
        "/Resources": dictionary({"/Font": dictionary(fonts)}),
    }
    fields |= {key: copier.encode(page.raw_get(key)) for key in _KEPT_OF_PAGES if key in page}
    return dictionary(fields)


def _own_places(batch: _Batch, piece: Piece, numbers: Mapping[int, int]) -> dict[str, bytes]:
    """Return the places of the piece under the names that they had before it was composed."""
    return {
        "/" + name.removeprefix(piece.prefix): b"[%d 0 R /XYZ %r %r null]"
        % (numbers[page], coordinate(place.left), coordinate(place.top))
        for name, (page, place) in batch.places.items()
        if name.startswith(piece.prefix) and page in numbers
    }


def _own_bookmarks(marks: Iterable[Bookmark], span: range) -> list[Bookmark]:
    """Return the bookmarks of some pages; one under a bookmark of others comes to the top."""
    own = []
    for mark in marks:
        children = _own_bookmarks(mark.children, span)
        if mark.page - 1 in span:
            own.append(Bookmark(mark.title, mark.page, tuple(children)))
        else:
            own += children
    return own


def _add_outline(
    marks: Sequence[Bookmark],
    parent: int,
    pages: Mapping[int, int],
    copier: Copier,
    bodies: dict[int, bytes],
) -> None:
    """Write the items of an outline, all of them open, and the one above them."""
    numbers = [copier.take() for _ in marks]
    for place, (mark, number) in enumerate(zip(marks, numbers, strict=True)):
        fields = {
            "/Title": string(mark.title),
            "/Parent": b"%d 0 R" % parent,
            "/Dest": b"[%d 0 R /Fit]" % pages[mark.page - 1],
        }
        if place:
            fields["/Prev"] = b"%d 0 R" % numbers[place - 1]
        if place + 1 < len(numbers):
            fields["/Next"] = b"%d 0 R" % numbers[place + 1]
        bodies[number] = dictionary(fields)
        if mark.children:
            _add_outline(mark.children, number, pages, copier, bodies)
    above = bodies.get(parent, b"<</Type /Outlines>>").removesuffix(b">>")
    ends = (above, numbers[0], numbers[-1], _count(marks))
    bodies[parent] = b"%s /First %d 0 R /Last %d 0 R /Count %d>>" % ends


def _count(marks: Sequence[Bookmark]) -> int:
    return sum(1 + _count(mark.children) for mark in marks)
