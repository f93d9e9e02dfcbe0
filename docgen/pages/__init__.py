"""The inside of a .pdf: cut down, join, stamp, find places, read back. Home of qpdf and pdfium.

Whatever this module writes is the same, byte for byte, for the same pages: no dates, no paths, no
authors, an identifier from what is in it; and PDF/A-2b if LibreOffice made the pages. Pages count
from 1; lengths are PDF points (1/72 inch) from the lower left corner.
"""

from __future__ import annotations

from docgen.pages.bookmarks import Place, named_places
from docgen.pages.encrypt import write_locked_copy
from docgen.pages.foreign import ForeignPdf, read_foreign
from docgen.pages.page_prints import PagePrint, page_prints
from docgen.pages.page_writer import PdfPart, WrittenPdf, join, join_into, normalise, overlay, pick
from docgen.pages.pdfa import PRODUCER
from docgen.pages.pdfa_1a import normalise_tagged
from docgen.pages.signature_fields import (
    Box,
    SignatureField,
    add_signature_fields,
    free_boxes,
    signature_field_boxes,
    text_in,
)
from docgen.pages.stamp_marks import StampMark, draw_marks
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
    "ForeignPdf",
    "LockedPdfError",
    "PagePrint",
    "PageSize",
    "PdfPart",
    "Place",
    "SignatureField",
    "StampMark",
    "Typeface",
    "WrittenPdf",
    "add_signature_fields",
    "bookmarks_of",
    "draw_marks",
    "free_boxes",
    "join",
    "join_into",
    "named_places",
    "normalise",
    "normalise_tagged",
    "outline_of",
    "overlay",
    "page_count",
    "page_prints",
    "page_sizes",
    "pick",
    "read_foreign",
    "signature_field_boxes",
    "text_in",
    "text_of",
    "typefaces_of",
    "write_locked_copy",
]
