"""A .pdf of many documents cut apart, each with bytes that depend on its own pages alone.

The first page prints every sign in every face before any document does, so codes, fonts and their
objects are the same in every batch. What shows otherwise is told, never cut.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    Destination,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from docgen.pages.reading import Bookmark, BrokenPdfError, bookmarks_in, coordinate, open_pdf
from docgen.pages.writing import LANGUAGE, PRODUCER

_CATALOG, _INFORMATION, _PAGES, _FIRST_FREE = 1, 2, 3, 4
_KEPT_OF_PAGES = ("/MediaBox", "/CropBox", "/Rotate", "/Group", "/Contents")
_RESOURCE = re.compile(rb"/([A-Za-z]+\d+)\b")
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>(?!>)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of a batch: the name of the place where it begins, and what it is to be called.

    Names of its own places carry ``prefix`` in the batch.
    """

    start: str
    prefix: str
    title: str


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


def cut(source: Path | bytes, pieces: Sequence[Piece], end: str) -> Iterator[bytes]:
    """Yield the pieces as PDFs of their own; ``end`` is the place after the last.

    Nothing is yielded unless every piece can be cut.

    Raises:
        BrokenPdfError: when the batch cannot be read, or does not hold the pieces in their order.
        StrangerError: when a piece prints signs that the first page does not.
    """
    reader = open_pdf(source)
    try:
        places = dict(_places(reader))
        bounds = _bounds([*(piece.start for piece in pieces), end], places)
        pages = list(reader.pages)
        _refuse_strangers(pages, bounds)
        faces, free = _faces_of(pages[0])
        used = [frozenset(_names_in(page)) for page in pages]
        outline = bookmarks_in(reader, reader.outline)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BrokenPdfError):
            raise
        raise BrokenPdfError(f"unreadable batch: {type(error).__name__}") from error
    batch = _Batch(reader, pages, used, faces, free, outline, places)
    for piece, (first, after) in zip(pieces, pairwise(bounds), strict=True):
        yield _write(batch, piece, range(first, after))


def _places(reader: PdfReader) -> Iterator[tuple[str, tuple[int, Destination]]]:
    for name, place in sorted(reader.named_destinations.items()):
        page = reader.get_destination_page_number(place)
        if page is not None and page >= 0:
            yield name.removeprefix("/"), (page, place)


def _bounds(starts: Sequence[str], places: Mapping[str, tuple[int, Destination]]) -> list[int]:
    """Return on which page, from 0, each piece begins; each has one, and one goes before all."""
    if missing := [start for start in starts if start not in places]:
        raise BrokenPdfError(f"no place {missing[0]} and {len(missing) - 1} more")
    bounds = [places[start][0] for start in starts]
    if any(after <= before for before, after in pairwise([0, *bounds])):
        raise BrokenPdfError("pieces out of order")
    return bounds


# --- what pages print ------------------------------------------------------------------------


def _data_of(page: PageObject) -> bytes:
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data()


def _names_in(page: PageObject) -> set[str]:
    """Return the names of the resources that a page uses; its words are written as digits."""
    return {found.decode() for found in _RESOURCE.findall(_data_of(page))}


def _last_codes(page: PageObject) -> dict[str, int]:
    """Return the highest code that a page prints in each of its fonts."""
    last: dict[str, int] = {}
    font = ""
    for name, shown in _SHOWN.findall(_data_of(page)):
        if name:
            font = name.decode()
        else:
            last[font] = max(last.get(font, 0), *bytes.fromhex(shown.decode()))
    return last


def _fonts_of(page: PageObject) -> DictionaryObject:
    resources = page["/Resources"].get_object()
    fonts = resources["/Font"].get_object() if isinstance(resources, DictionaryObject) else None
    if not isinstance(fonts, DictionaryObject):
        raise BrokenPdfError("page without fonts")
    return fonts


def _refuse_strangers(pages: Sequence[PageObject], bounds: Sequence[int]) -> None:
    """See to it that fonts hold what the first page prints and no more."""
    known = _last_codes(pages[0])
    strange = [
        number
        for number, (first, after) in enumerate(pairwise(bounds))
        if any(_is_strange(page, known) for page in pages[first:after])
    ]
    fonts = {
        name.removeprefix("/"): font.get_object() for name, font in _fonts_of(pages[0]).items()
    }
    is_closed = {name: font["/LastChar"] for name, font in fonts.items()} == known
    if strange or not is_closed:
        raise StrangerError(strange or range(len(bounds) - 1))


def _is_strange(page: PageObject, known: Mapping[str, int]) -> bool:
    """Whether a page uses more than the fonts of the first: pictures, other signs."""
    codes = _last_codes(page)
    return not _names_in(page) <= set(known) or any(
        code > known.get(font, -1) for font, code in codes.items()
    )


# --- writing ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Copier:
    """Writes objects of one file into another, under numbers from ``free`` on."""

    free: int
    numbers: dict[int, int] = field(default_factory=dict)
    waiting: list[IndirectObject] = field(default_factory=list)

    def take(self) -> int:
        """Return a number that nothing has."""
        self.free += 1
        return self.free - 1

    def encode(self, value: PdfObject) -> bytes:
        """Return an object as it is written, its references renumbered."""
        if isinstance(value, IndirectObject):
            if value.idnum not in self.numbers:
                self.numbers[value.idnum] = self.take()
                self.waiting.append(value)
            return b"%d 0 R" % self.numbers[value.idnum]
        if isinstance(value, ArrayObject):
            return b"[%s]" % b" ".join([self.encode(one) for one in value])
        if isinstance(value, DictionaryObject) and not isinstance(value, StreamObject):
            return _dictionary({key: self.encode(value.raw_get(key)) for key in value})
        return _written(value)

    def drain(self) -> dict[int, bytes]:
        """Return what was referred to, and what that refers to, by its new numbers."""
        bodies = {}
        while self.waiting:
            reference = self.waiting.pop()
            found = reference.get_object()
            if found is None:
                raise BrokenPdfError("reference to nothing")
            bodies[self.numbers[reference.idnum]] = self.encode(found)
        return bodies


def _written(value: PdfObject) -> bytes:
    stream = io.BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


def _dictionary(fields: Mapping[str, bytes]) -> bytes:
    return b"<<%s>>" % b" ".join([b"%s %s" % (key.encode(), it) for key, it in fields.items()])


def _string(text: str) -> bytes:
    return _written(TextStringObject(text))


def _faces_of(page: PageObject) -> tuple[dict[str, _Face], int]:
    """Return the fonts of the first page as written, and the first number after theirs."""
    faces = {}
    free = _FIRST_FREE
    fonts = _fonts_of(page)
    for name in sorted(fonts, key=lambda one: (len(one), one)):
        copier = _Copier(free)
        number = int(copier.encode(fonts.raw_get(name)).split()[0])
        faces[name.removeprefix("/")] = _Face(number, copier.drain())
        free = copier.free
    return faces, free


def _write(batch: _Batch, piece: Piece, span: range) -> bytes:
    """Return one piece as a file."""
    copier = _Copier(batch.free)
    numbers = {page: copier.take() for page in span}
    bodies = {_INFORMATION: _information(piece.title)}
    for page, number in numbers.items():
        bodies[number] = _page(batch, page, copier)
        for name in batch.used[page]:
            bodies |= batch.faces[name].bodies
    bodies |= copier.drain()
    kids = b" ".join([b"%d 0 R" % number for number in numbers.values()])
    bodies[_PAGES] = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, len(numbers))
    catalog = {"/Type": b"/Catalog", "/Pages": b"%d 0 R" % _PAGES, "/Lang": _string(LANGUAGE)}
    if places := _own_places(batch, piece, numbers):
        catalog["/Dests"] = _dictionary(places)
    if marks := _own_bookmarks(batch.outline, span):
        root = copier.take()
        _add_outline(marks, root, numbers, copier, bodies)
        catalog["/Outlines"] = b"%d 0 R" % root
    bodies[_CATALOG] = _dictionary(catalog)
    return _file(bodies)


def _information(title: str) -> bytes:
    return _dictionary({"/Title": _string(title), "/Producer": _string(PRODUCER)})


def _page(batch: _Batch, index: int, copier: _Copier) -> bytes:
    page = batch.pages[index]
    fonts = {f"/{name}": b"%d 0 R" % batch.faces[name].number for name in sorted(batch.used[index])}
    fields = {
        "/Type": b"/Page",
        "/Parent": b"%d 0 R" % _PAGES,
        "/Resources": _dictionary({"/Font": _dictionary(fonts)}),
    }
    fields |= {key: copier.encode(page.raw_get(key)) for key in _KEPT_OF_PAGES if key in page}
    return _dictionary(fields)


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
    copier: _Copier,
    bodies: dict[int, bytes],
) -> None:
    """Write the items of an outline, all of them open, and the one above them."""
    numbers = [copier.take() for _ in marks]
    for place, (mark, number) in enumerate(zip(marks, numbers, strict=True)):
        fields = {
            "/Title": _string(mark.title),
            "/Parent": b"%d 0 R" % parent,
            "/Dest": b"[%d 0 R /Fit]" % pages[mark.page - 1],
        }
        if place:
            fields["/Prev"] = b"%d 0 R" % numbers[place - 1]
        if place + 1 < len(numbers):
            fields["/Next"] = b"%d 0 R" % numbers[place + 1]
        bodies[number] = _dictionary(fields)
        if mark.children:
            _add_outline(mark.children, number, pages, copier, bodies)
    above = bodies.get(parent, b"<</Type /Outlines>>").removesuffix(b">>")
    ends = (above, numbers[0], numbers[-1], _count(marks))
    bodies[parent] = b"%s /First %d 0 R /Last %d 0 R /Count %d>>" % ends


def _count(marks: Sequence[Bookmark]) -> int:
    return sum(1 + _count(mark.children) for mark in marks)


def _file(bodies: Mapping[int, bytes]) -> bytes:
    """Return the file; numbers that nothing has are listed as free."""
    pieces = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    offset = len(pieces[0])
    size = max(bodies) + 1
    lines = [b"0000000000 65535 f \n"] * size
    for number in sorted(bodies):
        body = b"%d 0 obj\n%s\nendobj\n" % (number, bodies[number])
        lines[number] = b"%010d 00000 n \n" % offset
        pieces.append(body)
        offset += len(body)
    trailer = _dictionary(
        {
            "/Size": b"%d" % size,
            "/Root": b"%d 0 R" % _CATALOG,
            "/Info": b"%d 0 R" % _INFORMATION,
        }
    )
    table = b"xref\n0 %d\n%s" % (size, b"".join(lines))
    return b"".join([*pieces, table, b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, offset)])
