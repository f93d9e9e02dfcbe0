"""What decides the bytes of a PDF that is made of one .docx: one hash, kept beside each PDF.

Where any of it changes, documents are laid out again; where nothing does, their PDFs are kept. A
test follows the imports of the code that lays out and finds every module of it here.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import zlib
from collections.abc import Iterable
from typing import Final

from docgen.fonts import fonts_fingerprint
from docgen.ooxml.font_names import SIGN_FACES
from docgen.sources import sources_hash

DECIDING: Final = (
    "batches",
    "data",
    "fonts.py",
    "ooxml/docx_package.py",
    "ooxml/docx_text.py",
    "ooxml/fillable_forms.py",
    "ooxml/font_names.py",
    "ooxml/house_style.py",
    "ooxml/pictures.py",
    "ooxml/property_order.py",
    "ooxml/roman_numbers.py",
    "ooxml/style_sheets.py",
    "ooxml/symbol_fonts.py",
    "ooxml/word_xml.py",
    "ooxml/zip_parts.py",
    "pages/bookmarks.py",
    "pages/font_alphabets.py",
    "pages/glyphs.py",
    "pages/objects_read.py",
    "pages/objects_write.py",
    "pages/page_commands.py",
    "pages/page_prints.py",
    "pages/page_writer.py",
    "pages/painted_blocks.py",
    "pages/pdfa.py",
    "pages/pdfa_1a.py",
    "pages/plane.py",
    "pages/syntax.py",
    "pages/text_blocks.py",
    "pages/true_type.py",
    "pages/viewer.py",
    "pdf",
    "proof",
    "sources.py",
)
"""Files and folders of docgen whose change may change a PDF."""

_LIBRARIES: Final = ("lxml", "pikepdf", "pillow")
_LENGTH: Final = 24


def recipe(office_version: str, families: Iterable[str]) -> str:
    """Return a hash of all that turns a .docx into a PDF: code, LibreOffice, fonts, libraries.

    Args:
        office_version: As LibreOffice names itself, e.g. ``LibreOffice 7.4.7.2``; empty without.
        families: The font families that documents are set in, besides those of signs.
    """
    parts = (
        office_version,
        fonts_fingerprint([*families, *(one.family for one in SIGN_FACES)]),
        sources_hash(*DECIDING),
        zlib.ZLIB_RUNTIME_VERSION,
        *(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES),
    )
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:_LENGTH]
