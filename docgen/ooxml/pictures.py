"""Pictures of a .docx that shine through, laid on white: PDF/A-1 knows no transparency.

Of a page with an alpha channel on it, be it opaque everywhere, LibreOffice 7.4 leaves out the tags
and calls the file PDF/A-1a all the same. Home of Pillow.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from PIL import Image

from docgen.ooxml.zip_parts import to_entry, to_zip

_PICTURES: Final = "word/media/"
_MOST_PIXELS: Final = 50_000_000
"""Of a picture beyond this nobody wants the pixels in memory; an A4 at 600 dpi has 35 million."""


def without_transparency(docx: bytes) -> bytes:
    """Return the document with opaque pictures; the very bytes when they are all opaque."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    laid = {
        name: flat
        for name, data in parts.items()
        if name.startswith(_PICTURES) and (flat := _laid_on_white(data))
    }
    if not laid:
        return docx
    return to_zip([to_entry(name, data) for name, data in (parts | laid).items()])


def _laid_on_white(data: bytes) -> bytes:
    """Return the picture as an opaque one; nothing when it is, or Pillow cannot read it."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            if not picture.has_transparency_data or width * height > _MOST_PIXELS:
                return b""
            colours = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    paper = Image.new("RGBA", colours.size, "white")
    stream = io.BytesIO()
    # Whatever its name says: LibreOffice knows pictures by how they begin.
    Image.alpha_composite(paper, colours).convert("RGB").save(stream, "PNG")
    return stream.getvalue()
