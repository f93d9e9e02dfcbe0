"""Read and write PDFs: the home of qpdf (pikepdf), pdfium and pypdf.

Whatever this package writes is the same, byte for byte, for the same pages: no dates, no paths, no
authors, an identifier computed from the content; and PDF/A-2b if LibreOffice made the pages. Only a
copy with a password differs each time. Pages count from 1; lengths are PDF points (1/72 inch) from
the lower left corner. Which library reads and writes which PDF: docs/pdf-files.md.
"""

from __future__ import annotations

from docgen.pages.bookmarks import Place, named_places
from docgen.pages.encrypt import write_locked_copy
from docgen.pages.foreign import ForeignPdf, read_foreign
from docgen.pages.page_prints import PagePrint, page_prints
from docgen.pages.page_writer import PdfPart, join_into, normalise, pick
from docgen.pages.pdfa import is_made_by_docgen
from docgen.pages.scans import scanned_pages, write_as_sheets
from docgen.pages.signature_fields import (
    SignatureField,
    add_signature_fields,
    free_boxes,
    signature_field_boxes,
)
from docgen.pages.stamp_marks import StampMark, draw_marks
from docgen.pages.syntax import BrokenPdfError, LockedPdfError
from docgen.pages.typefaces import typefaces_of
from docgen.pages.viewer import (
    Bookmark,
    PageSize,
    outline_of,
    page_count,
    page_sizes,
    text_of,
)

__all__ = [
    "Bookmark",
    "BrokenPdfError",
    "ForeignPdf",
    "LockedPdfError",
    "PagePrint",
    "PageSize",
    "PdfPart",
    "Place",
    "SignatureField",
    "StampMark",
    "add_signature_fields",
    "draw_marks",
    "free_boxes",
    "is_made_by_docgen",
    "join_into",
    "named_places",
    "normalise",
    "outline_of",
    "page_count",
    "page_prints",
    "page_sizes",
    "pick",
    "read_foreign",
    "scanned_pages",
    "signature_field_boxes",
    "text_of",
    "typefaces_of",
    "write_as_sheets",
    "write_locked_copy",
]
