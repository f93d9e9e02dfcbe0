"""Make the transparent pictures of a .docx opaque, since PDF/A-1 allows no transparency.

LibreOffice 7.4 leaves out the tags of a page with an alpha channel on it, even an opaque one, and
calls the file PDF/A-1a all the same. Home of Pillow.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from PIL import Image

from docgen.ooxml.zip_parts import to_entry, to_zip

_PICTURES: Final = "word/media/"
_MOST_PIXELS: Final = 50_000_000
"""A larger picture is left alone, to save memory; an A4 at 600 dpi has 35 million."""


def without_transparency(docx: bytes) -> bytes:
    """Return the document with its pictures on white, or the same bytes when all are opaque."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    opaque = {
        name: flat
        for name, data in parts.items()
        if name.startswith(_PICTURES) and (flat := _laid_on_white(data))
    }
    if not opaque:
        return docx
    return to_zip([to_entry(name, data) for name, data in (parts | opaque).items()])


def _laid_on_white(data: bytes) -> bytes:
    """Return the picture on white as PNG; nothing if it is opaque, or Pillow cannot read it."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if not picture.has_transparency_data or width * height > _MOST_PIXELS:
                return b""
            colours = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    background = Image.new("RGBA", colours.size, "white")
    stream = io.BytesIO()
    # PNG whatever the part's suffix says: LibreOffice goes by a picture's first bytes.
    Image.alpha_composite(background, colours).convert("RGB").save(stream, "PNG")
    return stream.getvalue()
