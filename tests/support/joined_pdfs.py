"""PDFs joined and stamped in memory, and the text that a box on a page covers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from docgen.pages import PdfPart, join_into
from docgen.pages.bookmarks import bookmarks_in
from docgen.pages.objects_read import open_plain
from docgen.pages.signature_fields import Box
from docgen.pages.viewer import opened


def join(parts: Sequence[PdfPart], *, title: str, **options: Any) -> bytes:
    """Return the parts as one PDF."""
    stream = io.BytesIO()
    join_into(stream, parts, title=title, **options)
    return stream.getvalue()


def overlay(base: bytes, stamps: bytes) -> bytes:
    """Return a PDF with page i of ``stamps`` drawn over its page i; title and bookmarks stay."""
    with pikepdf.open(io.BytesIO(base)) as pdf:
        title = str(pdf.docinfo.get("/Title", ""))
    return join(
        [PdfPart(base)], title=title, bookmarks=bookmarks_in(open_plain(base)), stamps=[stamps]
    )


def text_in(source: Path | bytes, page_number: int, box: Box) -> str:
    """Return the text that a box on a page covers."""
    with opened(source) as document:
        page = document[page_number - 1]
        text = page.get_textpage()
        found = str(text.get_text_bounded(*box))
        text.close()
        page.close()
    return found
