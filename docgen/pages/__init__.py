"""The inside of a .pdf: cut down, join, stamp, find places, read back. Home of pypdf and pdfium.

Whatever this module writes is the same, byte for byte, for the same pages: no dates, no file
identifiers, no paths, no authors. Pages count from 1; lengths are PDF points (1/72 inch) from the
lower left corner.
"""

from __future__ import annotations

from docgen.pages.cutting import Piece, StrangerError, cut
from docgen.pages.reading import (
    Bookmark,
    BrokenPdfError,
    PageSize,
    Place,
    bookmarks_of,
    named_places,
    outline_of,
    page_count,
    page_sizes,
    text_of,
)
from docgen.pages.writing import PRODUCER, Part, join, normalise, overlay, pick

__all__ = [
    "PRODUCER",
    "Bookmark",
    "BrokenPdfError",
    "PageSize",
    "Part",
    "Piece",
    "Place",
    "StrangerError",
    "bookmarks_of",
    "cut",
    "join",
    "named_places",
    "normalise",
    "outline_of",
    "overlay",
    "page_count",
    "page_sizes",
    "pick",
    "text_of",
]
