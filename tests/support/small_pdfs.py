"""Small PDFs written by hand: each page bears one line of Latin text in a standard font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

A4 = (595.3, 841.9)
A4_LANDSCAPE = (841.9, 595.3)


def small_pdf(lines: Sequence[str], size: tuple[float, float] = A4, height: int = 700) -> bytes:
    """Return a PDF with one page for each line; ``height`` is where the line stands."""
    writer = PdfWriter()
    for line in lines:
        page = writer.add_blank_page(*size)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 50 {min(height, size[1] - 50)} Td ({line}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def write_small_pdf(
    path: Path, lines: Sequence[str], size: tuple[float, float] = A4, height: int = 700
) -> Path:
    """Leave a small PDF at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small_pdf(lines, size, height))
    return path


def blank_pdf() -> bytes:
    """Return a PDF of one page with nothing on it."""
    writer = PdfWriter()
    writer.add_blank_page(*A4)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
