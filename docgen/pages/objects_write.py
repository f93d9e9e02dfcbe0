"""Write a PDF object by object: equal objects once, an identifier computed from the content."""

from __future__ import annotations

import hashlib
import io
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from docgen.pages.bookmarks import Place
from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.pdfa import (
    LEVEL_2B,
    METADATA,
    PRODUCER,
    PROFILE,
    PROFILE_FIELDS,
    clean_title,
    is_archival,
    to_intent,
    to_metadata,
)
from docgen.pages.syntax import (
    BrokenPdfError,
    Value,
    dictionary,
    reference,
    references,
    renumbered,
    string,
    write,
)
from docgen.pages.viewer import Bookmark

LANGUAGE = "ru-RU"
CONTENTS: Final = b"/Contents"
CATALOG, INFORMATION, PAGES, METADATA_NUMBER, PROFILE_NUMBER, FIRST_FREE = 1, 2, 3, 4, 5, 6
HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_KEPT_OF_PAGES: Final[tuple[bytes, ...]] = (
    *(b"/MediaBox", b"/CropBox", b"/BleedBox", b"/TrimBox", b"/ArtBox"),
    *(b"/Rotate", b"/UserUnit", b"/Group", CONTENTS),
)
_KEPT_OF_LINKS: Final[tuple[bytes, ...]] = (
    b"/Type",
    b"/Subtype",
    b"/Rect",
    b"/QuadPoints",
    b"/Border",
    b"/BS",
    b"/C",
)
_FONT_DESCRIPTOR: Final = re.compile(rb"/Type\s*/FontDescriptor\b")
_LENGTH_ELSEWHERE: Final = re.compile(rb"/Length\s+\d+\s+\d+\s+R")
_WORTH_KEEPING, _MOST_CLOSURES = 4096, 64
_FLAG_PRINT: Final = b"4"
_FREE_ENTRY: Final = b"0000000000 65535 f \n"


@dataclass(frozen=True, slots=True)
class ObjectBlock:
    """Objects spelled out already: number and offset of each, and a digest of them all."""

    data: bytes
    places: Sequence[tuple[int, int]]
    digest: bytes


@dataclass(frozen=True, slots=True)
class ObjectClosure:
    """An object with all that it refers to: places in its file, bytes, number of its copy."""

    places: tuple[tuple[int, tuple[int, int]], ...]
    data: bytes
    number: int

    def is_in(self, file: PlainFile) -> bool:
        """Whether another file has the same bytes at the same places."""
        return all(file.places.get(one) == place for one, place in self.places) and (
            file.slices(self.places) == self.data
        )


@dataclass(slots=True)
class PdfTarget:
    """A PDF that is being written: objects go out as they come, equal ones once.

    Accumulates offsets, pages and known objects. ``free`` is the lowest unused object number;
    ``is_archival``: nothing has been copied that would keep the file from being a PDF/A-2b.
    """

    stream: BinaryIO = field(default_factory=io.BytesIO)
    free: int = FIRST_FREE
    end: int = 0
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    shared: dict[bytes, int] = field(default_factory=dict)
    closures: dict[tuple[int, tuple[int, int]], ObjectClosure] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    hasher: hashlib._Hash = field(default_factory=hashlib.sha256)
    is_archival: bool = True

    def __post_init__(self) -> None:
        """Begin the file."""
        self.write(HEADER)

    def take(self, count: int = 1) -> int:
        """Reserve ``count`` object numbers and return the first."""
        self.free += count
        return self.free - count

    def write(self, data: bytes) -> None:
        """Write bytes that are no object."""
        self.stream.write(data)
        self.end += len(data)

    def put(self, number: int, body: bytes, data: bytes | None = None) -> None:
        """Write an object; ``data`` is that of a stream, whose ``body`` has its length."""
        head = b"%d 0 obj\n%s%s" % (number, body, b"\nstream\n" if data is not None else b"\n")
        self.place(number, self.end)
        self.hasher.update(head)
        self.write(head)
        if data is not None:
            self.hasher.update(data)
            self.write(data)
            self.write(b"\nendstream\n")
        self.write(b"endobj\n")

    def put_block(self, block: ObjectBlock) -> None:
        """Write spelled-out objects, whose numbers nothing else has."""
        for number, offset in block.places:
            self.place(number, self.end + offset)
        self.hasher.update(block.digest)
        self.write(block.data)

    def place(self, number: int, offset: int) -> None:
        """Note the offset of an object."""
        missing = number + 1 - len(self.offsets)
        if missing > 0:
            self.offsets.extend([0] * missing)
        self.offsets[number] = offset

    def put_shared(self, body: bytes, data: bytes | None = None) -> int:
        """Write an object unless an equal one is written, and return its number."""
        mark = hashlib.sha256(body + b"\n" + (data or b"")).digest()
        if mark not in self.shared:
            self.shared[mark] = self.take()
            self.put(self.shared[mark], body, data)
        return self.shared[mark]

    def put_page(self, fields: Mapping[bytes, bytes], number: int | None = None) -> None:
        """Write the next page."""
        number = self.take() if number is None else number
        self.put(number, dictionary({b"/Type": b"/Page", b"/Parent": reference(PAGES), **fields}))
        self.pages.append(number)

    def finish(self, title: str, root: Mapping[bytes, bytes]) -> None:
        """Write catalog, page tree, metadata and table; an empty title means none."""
        title = clean_title(title)
        titled = {b"/Title": string(title)} if title else {}
        metadata = to_metadata(title, level=LEVEL_2B if self.is_archival else "")
        self.put(METADATA_NUMBER, METADATA % len(metadata), metadata)
        self.put(PROFILE_NUMBER, PROFILE_FIELDS, PROFILE)
        self.put(INFORMATION, dictionary({**titled, b"/Producer": string(PRODUCER)}))
        kids, count = references(self.pages), len(self.pages)
        self.put(PAGES, b"<</Type /Pages /Kids %s /Count %d>>" % (kids, count))
        fixed = {
            b"/Type": b"/Catalog",
            b"/Pages": reference(PAGES),
            b"/Lang": string(LANGUAGE),
            b"/Metadata": reference(METADATA_NUMBER),
            b"/OutputIntents": b"[%s]" % to_intent(PROFILE_NUMBER),
        }
        self.put(CATALOG, dictionary({**fixed, **root}))
        self._close()

    def _close(self) -> None:
        size = len(self.offsets)
        identifier = self.hasher.hexdigest()[:32].upper().encode()
        trailer = {
            b"/Size": b"%d" % size,
            b"/Root": reference(CATALOG),
            b"/Info": reference(INFORMATION),
            b"/ID": b"[<%s> <%s>]" % (identifier, identifier),
        }
        lines = [b"%010d 00000 n \n" % one if one else _FREE_ENTRY for one in self.offsets]
        table, start = b"".join(lines), self.end
        self.write(b"xref\n0 %d\n%s" % (size, table))
        self.write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (dictionary(trailer), start))


@dataclass(slots=True)
class Copier:
    """Copies objects of one file into another with all that they refer to, equal ones once.

    ``numbers`` is filled while it copies: numbers in the target by those in the source.
    """

    source: PlainFile
    target: PdfTarget
    numbers: dict[int, int] = field(default_factory=dict)

    def copy(self, number: int) -> bytes:
        """Copy an object and return a reference; pages and their tree are ``null``."""
        if number in self.source.frame:
            return b"null"
        if number not in self.numbers:
            self.numbers[number] = self._copied(number)
        return reference(self.numbers[number])

    def spell(self, value: Value) -> bytes:
        """Copy all that a value refers to and return its spelling."""
        return write(value, self.copy)

    def _copied(self, number: int) -> int:
        """Copy an object with all that it refers to, unless there already; return its number.

        Objects are numbered from 0 in the order of being met, so equal ones are equal bytes
        wherever they stood in their files. The fonts of papers stand at the same places, so mostly
        their bytes need only be compared.
        """
        place = (number, self.source.places.get(number, (0, 0)))
        known = self.target.closures.get(place)
        if known is not None and known.is_in(self.source):
            return known.number
        met, found, is_closed = self._reachable(number)
        sums = hashlib.sha256()
        for body, data in found:
            sums.update(b"%d %d\n" % (len(body), -1 if data is None else len(data)))
            sums.update(body)
            sums.update(data or b"")
        mark = sums.digest()
        if mark not in self.target.shared:
            first = self.target.take(len(found))
            self.target.shared[mark] = first
            for offset, (body, data) in enumerate(found):
                self.target.put(first + offset, _shifted(body, first), data)
        if is_closed:
            self._keep_closure(place, met, self.target.shared[mark])
        return self.target.shared[mark]

    def _reachable(self, number: int) -> tuple[list[int], list[tuple[bytes, bytes | None]], bool]:
        """Return what an object refers to: numbers, spelled objects, whether that is everything.

        It is not when some object refers to a page, which is never copied.
        """
        order, waiting = {number: 0}, [number]
        found: list[tuple[bytes, bytes | None]] = []
        is_closed = True

        def meet(one: int) -> bytes:
            nonlocal is_closed
            if one in self.source.frame:
                is_closed = False
                return b"null"
            if one not in order:
                order[one] = len(waiting)
                waiting.append(one)
            return reference(order[one])

        for one in waiting:
            body, data = self.source.raw(one)
            body = renumbered(body, meet)
            if _FONT_DESCRIPTOR.search(body) and b"/FontFile" not in body:
                self.target.is_archival = False
            found.append((body, data))
        return waiting, found, is_closed

    def _keep_closure(self, place: tuple[int, tuple[int, int]], met: list[int], copy: int) -> None:
        """Keep a large closed copy, to be compared with the same places of other files."""
        places = tuple([(one, self.source.places.get(one, (0, 0))) for one in met])
        data = self.source.slices(places)
        if len(data) < _WORTH_KEEPING or len(self.target.closures) >= _MOST_CLOSURES:
            return
        if not _LENGTH_ELSEWHERE.search(data):
            self.target.closures[place] = ObjectClosure(places, data, copy)

    def page(self, page: Page) -> dict[bytes, bytes]:
        """Copy what a page draws with and return the fields to keep."""
        fields = self.bare_page(page)
        fields[b"/Resources"] = dictionary(self.resources(page))
        if links := self._outer_links(page):
            fields[b"/Annots"] = references(links)
        return fields

    def bare_page(self, page: Page) -> dict[bytes, bytes]:
        """Copy the contents of a page and return its fields without resources."""
        return {key: self.spell(page.fields[key]) for key in _KEPT_OF_PAGES if key in page.fields}

    def resources(self, page: Page) -> dict[bytes, bytes]:
        """Copy the resources of a page and return them by kind."""
        kinds = self.source.fields(page.fields.get(b"/Resources"))
        return {key: self.spell(self._followed(value)) for key, value in kinds.items()}

    def _followed(self, kind: Value) -> Value:
        """Follow the reference to a kind of resources, to share each resource separately."""
        found = self.source.get(kind)
        return found if isinstance(found, dict) else kind

    def _outer_links(self, page: Page) -> list[int]:
        """Copy links to the web; other annotations would bring pages, dates and people's names."""
        links = []
        for note in self.source.items(page.fields.get(b"/Annots")):
            fields = self.source.fields(note)
            action = self.source.fields(fields.get(b"/A"))
            if action.get(b"/S") != b"/URI":
                continue
            kept = {key: self.spell(fields[key]) for key in _KEPT_OF_LINKS if key in fields}
            kept |= {b"/F": _FLAG_PRINT, b"/A": self.spell(action)}
            links.append(self.target.put_shared(dictionary(kept)))
        return links


def copier_of(source: PlainFile, target: PdfTarget) -> Copier:
    """Return a copier between two files; the target stays PDF/A only if the source may be one."""
    target.is_archival &= is_archival(source)
    return Copier(source, target)


def _shifted(body: bytes, first: int) -> bytes:
    """Return an object with its references counted from ``first`` instead of 0."""
    return renumbered(body, lambda one: reference(first + one))


def put_outline(target: PdfTarget, marks: Sequence[Bookmark]) -> dict[bytes, bytes]:
    """Write the outline and return the catalog's entry for it.

    Every bookmark opens its page as a whole.

    Raises:
        BrokenPdfError: when a bookmark points beyond the last page.
    """
    if not marks:
        return {}
    _refuse_beyond(marks, len(target.pages))
    root = target.take()
    target.put(root, dictionary({b"/Type": b"/Outlines", **_put_marks(target, marks, root)}))
    return {b"/Outlines": reference(root)}


def _refuse_beyond(marks: Iterable[Bookmark], pages: int) -> None:
    for mark in marks:
        if not 0 < mark.page <= pages:
            raise BrokenPdfError(f"bookmark to page {mark.page} of {pages}")
        _refuse_beyond(mark.children, pages)


def _put_marks(target: PdfTarget, marks: Sequence[Bookmark], parent: int) -> dict[bytes, bytes]:
    """Write bookmarks, all of them open, and return the fields of their parent."""
    first = target.take(len(marks))
    for number, mark in enumerate(marks, start=first):
        fields = {
            b"/Title": string(mark.title),
            b"/Parent": reference(parent),
            b"/Dest": b"[%d 0 R /Fit]" % target.pages[mark.page - 1],
        }
        if number > first:
            fields[b"/Prev"] = reference(number - 1)
        if number + 1 < first + len(marks):
            fields[b"/Next"] = reference(number + 1)
        if mark.children:
            fields |= _put_marks(target, mark.children, number)
        target.put(number, dictionary(fields))
    return {
        b"/First": reference(first),
        b"/Last": reference(first + len(marks) - 1),
        b"/Count": b"%d" % _count(marks),
    }


def _count(marks: Sequence[Bookmark]) -> int:
    return sum(1 + _count(mark.children) for mark in marks)


def put_places(target: PdfTarget, places: Mapping[bytes, Place]) -> dict[bytes, bytes]:
    """Return the catalog's entry for places, by their names as spelled in the file."""
    destinations = {
        name: b"[%d 0 R /XYZ %r %r null]" % (target.pages[place.page - 1], place.x, place.y)
        for name, place in sorted(places.items())
    }
    return {b"/Dests": dictionary(destinations)} if destinations else {}
