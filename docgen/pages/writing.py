"""A .pdf written anew: normalised, joined, stamped, with bytes that depend on its pages alone."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from docgen.pages.reading import (
    Bookmark,
    BrokenPdfError,
    PageSize,
    bookmarks_in,
    coordinate,
    open_pdf,
)

PRODUCER = "docgen"
LANGUAGE = "ru-RU"

_DROPPED_FROM_PAGES = ("/StructParents", "/Tabs", "/Metadata", "/PieceInfo", "/B", "/AA", "/Thumb")
_STAMP_NAME = "/DocgenStamp"


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF to be joined; blank pages of its first page's size go before it."""

    pdf: Path | bytes
    blank_pages_before: int = 0


def normalise(source: Path | bytes, title: str) -> bytes:
    """Return the PDF with its pages, fonts, bookmarks and named destinations, and nothing else.

    What LibreOffice adds anew on every run (dates, XMP, file identifier) is left behind, so equal
    documents are equal bytes.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    reader = open_pdf(source)
    writer = PdfWriter()
    pages = _add_pages(writer, reader)
    _add_bookmarks(writer, bookmarks_in(reader, reader.outline), pages)
    _add_named_places(writer, reader, pages)
    return _to_bytes(writer, title)


def join(
    parts: Sequence[Part],
    *,
    title: str,
    bookmarks: Sequence[Bookmark] = (),
    is_duplex: bool | None = None,
) -> bytes:
    """Return the parts as one PDF; their own bookmarks and named destinations are dropped.

    Readers show the title in place of the file name, print at true size and, when ``is_duplex``
    is told, on one side or on both.

    Raises:
        BrokenPdfError: when a part cannot be read, or a bookmark points beyond the last page.
    """
    writer = PdfWriter()
    pages: list[PageObject] = []
    # pypdf knows what it has copied by id(reader): a reader that is freed lends its id to the next.
    readers = [open_pdf(part.pdf) for part in parts]
    fonts: dict[bytes, IndirectObject] = {}
    for part, reader in zip(parts, readers, strict=True):
        for page in reader.pages:
            _share_fonts(page, writer, fonts)
        for _ in range(part.blank_pages_before):
            box = reader.pages[0].mediabox
            pages.append(writer.add_blank_page(float(box.width), float(box.height)))
        pages += _add_pages(writer, reader)
    _add_bookmarks(writer, bookmarks, pages)
    _set_viewer_preferences(writer, is_duplex=is_duplex)
    return _to_bytes(writer, title)


def pick(sources: Sequence[Path | bytes], order: Sequence[tuple[int, int] | PageSize]) -> bytes:
    """Return pages chosen from several PDFs: pairs of source (from 0) and page (from 1).

    A size stands for a blank page.

    Raises:
        BrokenPdfError: when a source cannot be read or lacks a page.
    """
    writer = PdfWriter()
    readers = [open_pdf(source) for source in sources]
    for wanted in order:
        if isinstance(wanted, PageSize):
            writer.add_blank_page(wanted.width, wanted.height)
            continue
        source, page = wanted
        if page > len(readers[source].pages):
            raise BrokenPdfError(f"no page {page} in source {source}")
        writer.add_page(readers[source].pages[page - 1])
    return _to_bytes(writer, "")


def overlay(base: Path | bytes, stamps: Path | bytes) -> bytes:
    """Return ``base`` with page i of ``stamps`` drawn over its page i; bookmarks stay.

    Raises:
        BrokenPdfError: when either cannot be read, or their pages differ in number.
    """
    reader, stamp_reader = open_pdf(base), open_pdf(stamps)
    if len(reader.pages) != len(stamp_reader.pages):
        raise BrokenPdfError(f"{len(stamp_reader.pages)} stamps for {len(reader.pages)} pages")
    writer = PdfWriter()
    pages = _add_pages(writer, reader)
    _stamp(writer, pages, stamp_reader)
    _add_bookmarks(writer, bookmarks_in(reader, reader.outline), pages)
    preferences = reader.root_object.get("/ViewerPreferences")
    if preferences is not None:
        writer.root_object[NameObject("/ViewerPreferences")] = preferences.get_object().clone(
            writer
        )
    title = reader.metadata.title if reader.metadata else None
    return _to_bytes(writer, title or "")


def _add_pages(writer: PdfWriter, reader: PdfReader) -> list[PageObject]:
    """Copy the pages with what they draw; links between pages stay behind, links out are kept."""
    pages = []
    for page in reader.pages:
        for key in _DROPPED_FROM_PAGES:
            page.pop(key, None)
        _keep_outer_links(page)
        pages.append(writer.add_page(page))
    return pages


def _share_fonts(page: PageObject, writer: PdfWriter, known: dict[bytes, IndirectObject]) -> None:
    """Let a page use the fonts that came with earlier pages, where they are the same."""
    fonts = _dictionary(_dictionary(page, "/Resources"), "/Font")
    for name, font in list(fonts.items()):
        if isinstance(font, IndirectObject) and font.pdf is writer:
            continue
        whole = font.get_object()
        if not isinstance(whole, DictionaryObject):
            continue
        mark = _mark_of(whole)
        if mark not in known:
            reference = whole.clone(writer).indirect_reference
            if reference is None:
                continue
            known[mark] = reference
        fonts[NameObject(name)] = known[mark]


def _mark_of(item: PdfObject) -> bytes:
    """Return a hash of an object with everything that it refers to."""
    found = item.get_object()
    sha256 = hashlib.sha256(type(found).__name__.encode())
    if isinstance(found, DictionaryObject):
        for key in sorted(found):
            if key != "/Length":
                sha256.update(key.encode() + _mark_of(found.raw_get(key)))
        if isinstance(found, StreamObject):
            sha256.update(found.get_data())
    elif isinstance(found, ArrayObject):
        for one in found:
            sha256.update(_mark_of(one))
    else:
        sha256.update(repr(found).encode())
    return sha256.digest()


def _keep_outer_links(page: PageObject) -> None:
    """Drop annotations but links to the web: others drag pages, dates and names of people in."""
    annotations = page.pop("/Annots", None)
    if annotations is None:
        return
    kept = ArrayObject()
    for annotation in annotations.get_object():
        fields = annotation.get_object()
        action = fields.get("/A")
        if action is not None and action.get_object().get("/S") == "/URI":
            for key in ("/P", "/StructParent", "/M", "/NM"):
                fields.pop(key, None)
            kept.append(annotation)
    if kept:
        page[NameObject("/Annots")] = kept


def _add_bookmarks(
    writer: PdfWriter, bookmarks: Iterable[Bookmark], pages: Sequence[PageObject]
) -> None:
    """Write the outline; every bookmark opens the top of its page at the reader's zoom."""

    def add(marks: Iterable[Bookmark], parent: IndirectObject | None) -> None:
        for mark in marks:
            if not 0 < mark.page <= len(pages):
                raise BrokenPdfError(f"bookmark to page {mark.page} of {len(pages)}")
            item = writer.add_outline_item(
                title=mark.title, page_number=pages[mark.page - 1], parent=parent
            )
            add(mark.children, item)

    add(bookmarks, None)


def _add_named_places(writer: PdfWriter, reader: PdfReader, pages: Sequence[PageObject]) -> None:
    """Write the named destinations as they were, under their written names."""
    dests = DictionaryObject()
    for name, destination in sorted(reader.named_destinations.items()):
        page = reader.get_destination_page_number(destination)
        if page is None or page < 0:
            continue
        reference = pages[page].indirect_reference
        if reference is None:
            continue
        point = [
            FloatObject(coordinate(destination.left)),
            FloatObject(coordinate(destination.top)),
        ]
        dests[NameObject("/" + name.removeprefix("/"))] = ArrayObject(
            [reference, NameObject("/XYZ"), *point, NullObject()]
        )
    if dests:
        writer.root_object[NameObject("/Dests")] = dests


def _stamp(writer: PdfWriter, pages: Sequence[PageObject], stamp_reader: PdfReader) -> None:
    """Draw each stamp page as a form over its page, which costs no parsing of either."""
    for page, stamp_page in zip(pages, stamp_reader.pages, strict=True):
        contents = stamp_page.get_contents()
        data = contents.get_data().strip() if contents is not None else b""
        if data:
            form = _stream(data).flate_encode()
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            form[NameObject("/BBox")] = ArrayObject(map(FloatObject, stamp_page.mediabox))
            form[NameObject("/Resources")] = _dictionary(stamp_page, "/Resources").clone(writer)
            _draw(writer, page, _add(writer, form))


def _draw(writer: PdfWriter, page: PageObject, form: IndirectObject) -> None:
    """Draw a form after what the page draws, whose graphics state is closed off first."""
    # LibreOffice's pages share one dictionary of resources, so each stamped page gets its own.
    resources = DictionaryObject(_dictionary(page, "/Resources"))
    forms = DictionaryObject(_dictionary(resources, "/XObject"))
    forms[NameObject(_STAMP_NAME)] = form
    resources[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = resources
    own = page.get("/Contents")
    streams = own.get_object() if own is not None else ArrayObject()
    middle = list(streams) if isinstance(streams, ArrayObject) else [page.raw_get("/Contents")]
    before = _add(writer, _stream(b"q\n"))
    after = _add(writer, _stream(b"\nQ q %s Do Q\n" % _STAMP_NAME.encode()))
    page[NameObject("/Contents")] = ArrayObject([before, *middle, after])


def _dictionary(owner: DictionaryObject, key: str) -> DictionaryObject:
    """Return the dictionary under ``key``, an empty one where there is none."""
    found = owner.get(key, DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _stream(data: bytes) -> DecodedStreamObject:
    """Return a stream that holds ``data``."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _add(writer: PdfWriter, item: PdfObject) -> IndirectObject:
    """Make an object part of the file."""
    return writer._add_object(item)  # noqa: SLF001 - the way that pypdf's manual shows


def _set_viewer_preferences(writer: PdfWriter, *, is_duplex: bool | None) -> None:
    """Ask readers to show the title and to print without scaling."""
    preferences = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),  # noqa: FBT003
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
    if is_duplex is not None:
        sides = "/DuplexFlipLongEdge" if is_duplex else "/Simplex"
        preferences[NameObject("/Duplex")] = NameObject(sides)
    writer.root_object[NameObject("/ViewerPreferences")] = preferences


def _to_bytes(writer: PdfWriter, title: str) -> bytes:
    """Return the file; its information holds title and producer alone."""
    writer.metadata = {"/Title": title, "/Producer": PRODUCER}
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
