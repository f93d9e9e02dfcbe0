"""Pages, sizes, text and bookmarks of a PDF as pdfium, a viewer, shows them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from docgen.pages.syntax import BrokenPdfError


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline with the lines below it; ``page`` counts from 1."""

    title: str
    page: int
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points, rotation applied."""

    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


def page_count(source: Path | bytes) -> int:
    """Return how many pages a PDF has.

    Raises:
        BrokenPdfError: when it cannot be read or has none.
    """
    with opened(source) as document:
        return len(document)


def page_sizes(source: Path | bytes) -> list[PageSize]:
    """Return the size of every page, rotation applied.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    with opened(source) as document:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    return [PageSize(round(width, 2), round(height, 2)) for width, height in sizes]


def text_of(source: Path | bytes, pages: Sequence[int] | None = None) -> list[str]:
    """Return the text of every page, or of the given ones, as a viewer finds it.

    Read through pdfium: poppler reports characters that no font could draw.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    texts = []
    with opened(source) as document:
        for number in pages or range(1, len(document) + 1):
            page = document[number - 1]
            text_page = page.get_textpage()
            # pdfium has U+FFFE where a line was broken at a hyphen.
            texts.append(text_page.get_text_bounded().replace("\ufffe", "-").replace("\r\n", "\n"))
            text_page.close()
            page.close()
    return texts


@contextlib.contextmanager
def opened(source: Path | bytes) -> Iterator[Any]:
    """Open a PDF in pdfium for the length of a ``with`` block.

    Raises:
        BrokenPdfError: when pdfium cannot read it or one of its pages, or it has none.
    """
    try:
        # pdfium reads only what it needs of a file: thousands of pages are never in memory.
        document = pypdfium2.PdfDocument(source)
        try:
            if not len(document):
                raise BrokenPdfError("PDF without pages")
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise BrokenPdfError("unreadable PDF") from error


def outline_of(source: Path | bytes) -> list[tuple[str, int]]:
    """Return title and page of the top-level bookmarks, in order."""
    return [(mark.title, mark.page) for mark in bookmarks_of(source)]


def bookmarks_of(source: Path | bytes) -> list[Bookmark]:
    """Return the outline with its nesting; bookmarks that point nowhere are left out.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    with opened(source) as document:
        # Only of pages that it has loaded does pdfium know the number without walking the tree.
        for index in range(len(document)):
            document.get_page_size(index)
        return nested(_lines(document))


def _lines(document: Any) -> Iterator[tuple[int, str, int | None]]:
    """Yield depth, title and page of each bookmark."""
    for mark in document.get_toc():
        target = mark.get_dest()
        index = target.get_index() if target is not None else None
        yield mark.level, mark.get_title(), None if index is None else index + 1


def nested(lines: Iterator[tuple[int, str, int | None]]) -> list[Bookmark]:
    """Return nested bookmarks from depth, title and page of each line of an outline."""
    levels: list[list[Bookmark]] = [[]]
    for depth, title, page in lines:
        _fold(levels, depth)
        levels.append([])
        if page is not None:
            levels[depth].append(Bookmark(title, page))
    _fold(levels, 0)
    return levels[0]


def _fold(levels: list[list[Bookmark]], depth: int) -> None:
    """Move the levels below ``depth`` into the bookmarks above; drop those without one."""
    while len(levels) > depth + 1:
        children = levels.pop()
        if children and levels[-1]:
            above = levels[-1][-1]
            levels[-1][-1] = Bookmark(above.title, above.page, (*above.children, *children))
