"""PDFs normalised, joined, stamped or picked from, with bytes that depend on the pages alone."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from docgen.pages.bookmarks import Place, bookmarks_in, by_plain_name, on_lines, places_in
from docgen.pages.objects_read import Page, PlainFile, open_plain
from docgen.pages.objects_write import Copier, PdfTarget, copier_of, put_outline, put_places
from docgen.pages.syntax import (
    BrokenPdfError,
    dictionary,
    parse,
    reference,
    references,
    to_number,
)
from docgen.pages.viewer import Bookmark, PageSize

STAMP_NAME: Final = b"/DocgenStamp"
_COPIES_THAT_READERS_TAKE: Final = range(2, 6)
"""ISO 32000-1, table 150: readers pay no attention to other numbers."""
BEFORE_STAMPED: Final = b"q\n"
AFTER_STAMPED: Final = b"\nQ q %s Do Q\n" % STAMP_NAME


@dataclass(frozen=True, slots=True)
class WrittenPdf:
    """A PDF in memory with its number of pages and its named places.

    ``fonts``, of a document cut from a batch, are the offset where its fonts end, which come first
    in it, and the first object number after theirs.
    """

    data: bytes
    pages: int
    places: Mapping[str, Place]
    fonts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PdfPart:
    """A PDF to be joined, with blank pages of its first page's size before it."""

    pdf: Path | bytes
    blank_pages_before: int = 0


def normalise(source: Path | bytes, title: str) -> WrittenPdf:
    """Return the PDF with its pages, fonts, bookmarks and named destinations, and nothing else.

    What LibreOffice adds on every run (dates, XMP, file identifier) is left behind, so equal
    documents are equal bytes.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    file, target, stream = open_plain(source), *_new_target()
    _copy_pages(target, file)
    places = places_in(file)
    marks = put_outline(target, bookmarks_in(file))
    target.finish(title, {**put_places(target, places), **marks})
    return WrittenPdf(stream.getvalue(), len(file.pages), by_plain_name(on_lines(file, places)))


def join_into(  # noqa: PLR0913 - a packet is asked for in one call
    stream: BinaryIO,
    parts: Sequence[PdfPart],
    *,
    title: str,
    bookmarks: Sequence[Bookmark] = (),
    is_duplex: bool | None = None,
    copies: int = 1,
    stamps: Sequence[Path | bytes] = (),
) -> None:
    """Write the parts as one PDF; their own bookmarks and named destinations are dropped.

    Page i of the ``stamps``, one file after another, is drawn over page i of the result, counting
    blank pages.

    Parts are read one after another, and what they have in common is written once. Readers show
    the title in place of the file name and print at true size; ``is_duplex`` asks them for one side
    or both, ``copies`` for as many copies, as far as readers can be asked.

    Raises:
        BrokenPdfError: when a part cannot be read, a bookmark points beyond the last page, or
            stamps and pages differ in number.
    """
    target = PdfTarget(stream)
    over = _StampQueue(_pages_one_by_one(stamps, target), is_absent=not stamps)
    for part in parts:
        file = open_plain(part.pdf)
        copier = copier_of(file, target)
        for _ in range(part.blank_pages_before):
            over.take()
            target.put_page(blank_page(page_size(file, file.pages[0])))
        for page in file.pages:
            fields = copier.page(page)
            form = over.take()
            target.put_page(fields if form is None else _with_stamp(copier, page, fields, form))
    over.refuse_more()
    marks = put_outline(target, bookmarks)
    preferences = {b"/DisplayDocTitle": b"true", b"/PrintScaling": b"/None"}
    if is_duplex is not None:
        preferences[b"/Duplex"] = b"/DuplexFlipLongEdge" if is_duplex else b"/Simplex"
    if copies in _COPIES_THAT_READERS_TAKE:
        preferences[b"/NumCopies"] = b"%d" % copies
    target.finish(title, {**marks, b"/ViewerPreferences": dictionary(preferences)})


def pick(sources: Sequence[Path | bytes], order: Sequence[tuple[int, int] | PageSize]) -> bytes:
    """Return pages chosen from several PDFs: pairs of source (from 0) and page (from 1).

    A size stands for a blank page.

    Raises:
        BrokenPdfError: when a source cannot be read or lacks a page.
    """
    target, stream = _new_target()
    copiers = [copier_of(open_plain(source), target) for source in sources]
    for wanted in order:
        if isinstance(wanted, PageSize):
            target.put_page(blank_page(wanted))
            continue
        source, page = wanted
        copier = copiers[source]
        if page > len(copier.source.pages):
            raise BrokenPdfError(f"no page {page} in source {source}")
        target.put_page(copier.page(copier.source.pages[page - 1]))
    target.finish("", {})
    return stream.getvalue()


def _pages_one_by_one(
    sources: Sequence[Path | bytes], target: PdfTarget
) -> Iterator[tuple[Copier, Page]]:
    """Yield the pages of several files, of which one is open at a time."""
    for source in sources:
        file = open_plain(source)
        copier = copier_of(file, target)
        for page in file.pages:
            yield copier, page


@dataclass(frozen=True, slots=True)
class _StampQueue:
    """Stamps for the pages of a packet, one after another; they must be as many as its pages."""

    pages: Iterator[tuple[Copier, Page]]
    is_absent: bool

    def take(self) -> int | None:
        """Write the next stamp as a form and return its number; None for an empty one."""
        if self.is_absent:
            return None
        stamp = next(self.pages, None)
        if stamp is None:
            raise BrokenPdfError("fewer stamps than pages")
        return put_form(*stamp)

    def refuse_more(self) -> None:
        """Raise when there are more stamps than pages."""
        if next(self.pages, None) is not None:
            raise BrokenPdfError("more stamps than pages")


def _new_target() -> tuple[PdfTarget, io.BytesIO]:
    stream = io.BytesIO()
    return PdfTarget(stream), stream


def _copy_pages(target: PdfTarget, file: PlainFile) -> None:
    """Copy the pages; links to the web are kept, links between pages dropped."""
    copier = copier_of(file, target)
    for page in file.pages:
        target.put_page(copier.page(page))


def page_size(file: PlainFile, page: Page) -> PageSize:
    """Return the size of a page before rotation."""
    box = [to_number(file.get(one)) for one in file.items(page.fields.get(b"/MediaBox"))]
    if len(box) != 4:
        raise BrokenPdfError("a page without a size")
    return PageSize(abs(box[2] - box[0]), abs(box[3] - box[1]))


def blank_page(size: PageSize) -> dict[bytes, bytes]:
    """Return the fields of an empty page."""
    box = b"[0 0 %s %s]" % (_number(size.width), _number(size.height))
    return {b"/MediaBox": box, b"/Resources": b"<<>>"}


def _number(value: float) -> bytes:
    return f"{value:.6f}".rstrip("0").rstrip(".").encode()


def put_form(copier: Copier, stamp: Page) -> int | None:
    """Write a stamp page as a form, unparsed, and return its number; None when it is empty."""
    file = copier.source
    numbers = file.contents(stamp)
    contents = [file.content(number) for number in numbers]
    if not any(content.strip() for content in contents):
        return None
    fields = {
        b"/Type": b"/XObject",
        b"/Subtype": b"/Form",
        b"/BBox": copier.spell(file.get(stamp.fields.get(b"/MediaBox"))),
        b"/Resources": dictionary(copier.resources(stamp)),
    }
    # Packed as it was: another version of zlib gives other bytes.
    head, data = file.raw(numbers[0])
    packed = file.fields(parse(head)).get(b"/Filter", b"[]")
    if data is None or len(numbers) > 1:
        data, packed = zlib.compress(b"\n".join(contents)), b"/FlateDecode"
    head_fields = {**fields, b"/Length": b"%d" % len(data), b"/Filter": copier.spell(packed)}
    return copier.target.put_shared(dictionary(head_fields), data)


def _with_stamp(
    copier: Copier, page: Page, fields: dict[bytes, bytes], form: int
) -> dict[bytes, bytes]:
    """Return the fields of a page that draws a form over its own contents.

    The graphics state of the contents is saved before and restored after them.
    """
    target = copier.target
    resources = copier.resources(page)
    forms = copier.source.fields(
        copier.source.fields(page.fields.get(b"/Resources")).get(b"/XObject")
    )
    own_forms = {name: copier.spell(value) for name, value in forms.items()}
    resources[b"/XObject"] = dictionary({**own_forms, STAMP_NAME: reference(form)})
    before, after = (
        target.put_shared(b"<</Length %d>>" % len(data), data)
        for data in (BEFORE_STAMPED, AFTER_STAMPED)
    )
    middle = [int(copier.copy(one).split()[0]) for one in copier.source.contents(page)]
    own = {b"/Resources": dictionary(resources), b"/Contents": references([before, *middle, after])}
    return {**fields, **own}
