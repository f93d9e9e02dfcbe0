"""The inside of a .pdf: cut down, join, stamp, find places, read back. Home of qpdf and pdfium.

Whatever this module writes is the same, byte for byte, for the same pages: no dates, no paths, no
authors, an identifier from what is in it; and PDF/A-2b if LibreOffice made the pages. Pages count
from 1; lengths are PDF points (1/72 inch) from the lower left corner.
"""

from __future__ import annotations

from docgen.pages.bookmarks import Place, named_places
from docgen.pages.encrypt import lock
from docgen.pages.foreign import ForeignPdf, read_foreign
from docgen.pages.page_prints import PagePrint, page_prints
from docgen.pages.page_writer import Cut, PageRun, join, join_into, normalise, overlay, pick
from docgen.pages.pdfa import PRODUCER
from docgen.pages.pdfa_1a import settle_tagged
from docgen.pages.signature_fields import Box, Field, add_fields, free_boxes, text_in
from docgen.pages.stamp_marks import Mark, draw_marks, field_boxes
from docgen.pages.syntax import BrokenPdfError, LockedPdfError
from docgen.pages.typefaces import Typeface, typefaces_of
from docgen.pages.viewer import (
    Bookmark,
    PageSize,
    bookmarks_of,
    outline_of,
    page_count,
    page_sizes,
    text_of,
)

__all__ = [
    "PRODUCER",
    "Bookmark",
    "Box",
    "BrokenPdfError",
    "Cut",
    "Field",
    "ForeignPdf",
    "LockedPdfError",
    "Mark",
    "PagePrint",
    "PageRun",
    "PageSize",
    "Place",
    "Typeface",
    "add_fields",
    "bookmarks_of",
    "draw_marks",
    "field_boxes",
    "free_boxes",
    "join",
    "join_into",
    "lock",
    "named_places",
    "normalise",
    "outline_of",
    "overlay",
    "page_count",
    "page_prints",
    "page_sizes",
    "pick",
    "read_foreign",
    "settle_tagged",
    "text_in",
    "text_of",
    "typefaces_of",
]
