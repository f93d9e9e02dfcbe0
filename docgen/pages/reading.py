"""What a .pdf holds: pages, sizes, text, bookmarks, named places."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

_LENGTH_DIGITS = 2
_ESCAPED_IN_NAMES = re.compile(r"(?:25[0-9A-F]{2})+|5F")


class BrokenPdfError(ValueError):
    """The bytes are no PDF with at least one page; the message is for logs."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline; ``page`` is in the joined file."""

    title: str
    page: int
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page as it is seen, rotation applied."""

    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on a page: points from its lower left corner."""

    page: int
    x: float
    y: float


def open_pdf(source: Path | bytes) -> PdfReader:
    """Return a reader that is proved to have pages.

    Raises:
        BrokenPdfError: when it is no PDF, is protected, or is empty.
    """
    stream = io.BytesIO(source if isinstance(source, bytes) else source.read_bytes())
    try:
        reader = PdfReader(stream)
        count = len(reader.pages)
    # On garbage pypdf lets errors of its own parts through.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
    if not count:
        raise BrokenPdfError("PDF without pages")
    return reader


def page_count(source: Path | bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        BrokenPdfError: when it cannot be read or has none.
    """
    with _pdfium(source) as document:
        return len(document)


def page_sizes(source: Path | bytes) -> list[PageSize]:
    """Return the size of every page as seen.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    with _pdfium(source) as document:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    return [PageSize(round(width, 2), round(height, 2)) for width, height in sizes]


def text_of(source: Path | bytes, pages: Sequence[int] | None = None) -> list[str]:
    """Return the text of every page, or of the given ones, as a reader program finds it.

    It is read through pdfium: poppler reports characters that no font could draw.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    texts = []
    with _pdfium(source) as document:
        for number in pages or range(1, len(document) + 1):
            page = document[number - 1]
            text_page = page.get_textpage()
            # pdfium says U+FFFE where a line was broken at a hyphen.
            texts.append(text_page.get_text_bounded().replace("\ufffe", "-").replace("\r\n", "\n"))
            text_page.close()
            page.close()
    return texts


def _pdfium(source: Path | bytes) -> Any:
    """Return the opened document as a context manager.

    Raises:
        BrokenPdfError: when pdfium cannot read it or it has no pages.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise BrokenPdfError("unreadable PDF") from error
    if not len(document):
        document.close()
        raise BrokenPdfError("PDF without pages")
    return document


def outline_of(source: Path | bytes) -> list[tuple[str, int]]:
    """Return title and page of the top-level bookmarks, in order."""
    return [(mark.title, mark.page) for mark in bookmarks_of(source)]


def bookmarks_of(source: Path | bytes) -> list[Bookmark]:
    """Return the outline with its nesting; bookmarks that point nowhere are left out."""
    reader = open_pdf(source)
    return bookmarks_in(reader, reader.outline)


def bookmarks_in(reader: PdfReader, items: Iterable[object]) -> list[Bookmark]:
    """Turn pypdf's outline, where a list holds the children of what stands before it."""
    marks: list[Bookmark] = []
    for item in items:
        if isinstance(item, list):
            children = tuple(bookmarks_in(reader, item))
            if marks:
                marks[-1] = Bookmark(marks[-1].title, marks[-1].page, children)
        elif isinstance(item, Destination):
            page = reader.get_destination_page_number(item)
            if page is not None and page >= 0:
                marks.append(Bookmark(str(item.title), page + 1))
    return marks


def named_places(source: Path | bytes) -> dict[str, Place]:
    """Return the named destinations: what Writer bookmarks become in LibreOffice's export.

    LibreOffice writes ``_`` of a bookmark's name as ``5F`` and a byte of a Cyrillic letter as
    ``25D0``; here they are letters again, so a name that holds such signs itself comes out wrong.
    """
    reader = open_pdf(source)
    places = {}
    for name, destination in sorted(reader.named_destinations.items()):
        page = reader.get_destination_page_number(destination)
        if page is None or page < 0:
            continue
        plain = _ESCAPED_IN_NAMES.sub(_unescape, name.removeprefix("/"))
        places[plain] = Place(page + 1, coordinate(destination.left), coordinate(destination.top))
    return places


def _unescape(escaped: re.Match[str]) -> str:
    """Return what LibreOffice wrote as hexadecimal digits, ``25`` being its percent sign."""
    if escaped[0] == "5F":
        return "_"
    digits = "".join(escaped[0][start + 2 : start + 4] for start in range(0, len(escaped[0]), 4))
    return bytes.fromhex(digits).decode(errors="replace")


def coordinate(value: object) -> float:
    """Return a coordinate of a destination, 0 where it is left open."""
    return round(float(value), _LENGTH_DIGITS) if isinstance(value, int | float) else 0.0
