"""Scans and other foreign PDFs, brought onto upright A4 pages that can be stamped and joined."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pikepdf

from docgen.pages.objects_read import rewrite_plain
from docgen.pages.syntax import BrokenPdfError
from docgen.pages.viewer import page_count

_A4: Final = (595.3, 841.9)
_NAME: Final = "/Scan"
_ALMOST: Final = 0.005
"""How far from true size a page may be and is not scaled: scanners round to dots."""


def scanned_pages(source: Path) -> int:
    """Return how many pages a PDF of any program has.

    Raises:
        LockedPdfError: when it opens with a password only.
        BrokenPdfError: when it is damaged beyond mending, or no PDF.
    """
    try:
        return page_count(source)
    except BrokenPdfError:
        try:
            return page_count(rewrite_plain(source.read_bytes()))
        except OSError as error:
            raise BrokenPdfError("unreadable PDF") from error


def write_as_sheets(source: Path, target: Path) -> int:
    """Write a PDF with each page as a sheet of A4, turned as it is read; return how many.

    A scanner's page has any size, may be turned and begins anywhere; a mark in the margin needs a
    page that is like the others. The same file gives the same bytes.

    Raises:
        LockedPdfError: when it opens with a password only.
        BrokenPdfError: when it is damaged beyond mending, or no PDF.
    """
    stream = io.BytesIO(rewrite_plain(source.read_bytes()))
    try:
        with pikepdf.open(stream) as scan, pikepdf.new() as made:
            for page in scan.pages:
                _add_sheet(made, page)
            count = len(made.pages)
            made.save(
                target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable
            )
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
    if not count:
        raise BrokenPdfError("PDF without pages")
    return count


def _add_sheet(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = made.copy_foreign(page.as_form_xobject())
    left, bottom, right, top = map(float, page.trimbox)
    width, height = abs(right - left), abs(top - bottom)
    if int(page.obj.get("/Rotate", 0)) % 180:
        width, height = height, width
    size = _A4 if width <= height else _A4[::-1]
    rectangle = pikepdf.Rectangle(*_middle(size, width, height))
    made.add_blank_page(page_size=size)
    sheet = made.pages[-1]
    sheet.obj["/Resources"] = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary({_NAME: made.make_indirect(form)})
    )
    drawing = sheet.calc_form_xobject_placement(
        form,
        pikepdf.Name(_NAME),
        rectangle,
        allow_shrink=True,
        allow_expand=True,
    )
    sheet.obj["/Contents"] = made.make_stream(drawing)


def _middle(
    size: tuple[float, float], width: float, height: float
) -> tuple[float, float, float, float]:
    """Return where a page stands in the middle of a sheet, as large as the sheet allows."""
    if not (width and height):
        raise BrokenPdfError("a page without a size")
    scale = min(size[0] / width, size[1] / height)
    if abs(scale - 1) < _ALMOST and width <= size[0] and height <= size[1]:
        scale = 1.0
    left, bottom = (size[0] - width * scale) / 2, (size[1] - height * scale) / 2
    return left, bottom, left + width * scale, bottom + height * scale
