"""Which fonts a PDF draws with, and whether they are embedded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pikepdf

from docgen.pages.syntax import BrokenPdfError

_FONT_FILE_KEYS: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET_MARK: Final = "+"


@dataclass(frozen=True, slots=True, order=True)
class Typeface:
    """A font by its PostScript name, e.g. ``LiberationSerif-Bold``, without the subset prefix."""

    name: str
    is_embedded: bool


def typefaces_of(source: Path | bytes) -> list[Typeface]:
    """Return every font of the file once, sorted by name.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
            return sorted(set(_typefaces(pdf)))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error


def _typefaces(pdf: pikepdf.Pdf) -> Iterator[Typeface]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        # A composite font names its one descendant, which is listed as a font of its own.
        if "/DescendantFonts" in item or "/BaseFont" not in item:
            continue
        name = str(item.BaseFont).removeprefix("/")
        if name[6:7] == _SUBSET_MARK:
            name = name[7:]
        yield Typeface(name, _is_embedded(item))


def _is_embedded(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in _FONT_FILE_KEYS)
