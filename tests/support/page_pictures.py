"""Pages as small grey pictures that can be kept, looked at and compared."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

DPI = 40
"""A line of text is some 8 dots high: too small to read, enough to see each line and its place."""
LEVELS = 16
FAR = 4
"""Dots that differ by more levels are not the same: pdfium rounds otherwise now and then."""
MOST_STRANGE = 0.0001
"""The share of such dots that is still the same page: fifteen; a line of text has hundreds."""

_MAGIC = b"\x89PNG\r\n\x1a\n"
_HEADER = ">IIBBBBB"


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of dots, each from 0 (black) to 15 (white)."""

    width: int
    rows: tuple[bytes, ...]


def draw(pdf: Path | bytes) -> list[Picture]:
    """Return a picture of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_drawn(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage) -> Picture:
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    dots, step = bytes(bitmap.buffer), bitmap.stride
    rows = tuple(
        bytes(dot * LEVELS // 256 for dot in dots[start : start + bitmap.width])
        for start in range(0, step * bitmap.height, step)
    )
    picture = Picture(bitmap.width, rows)
    bitmap.close()
    page.close()
    return picture


def strangeness(one: Picture, other: Picture) -> float:
    """Return the share of dots that differ; 1 when the pages are not even of one size."""
    if (one.width, len(one.rows)) != (other.width, len(other.rows)):
        return 1.0
    pairs = zip(b"".join(one.rows), b"".join(other.rows), strict=True)
    return sum(abs(a - b) > FAR for a, b in pairs) / (one.width * len(one.rows))


def to_png(pages: Sequence[Picture]) -> bytes:
    """Return the pages below each other as a PNG of 16 greys."""
    width = max(page.width for page in pages)
    rows = [row.ljust(width, b"\x0f") for page in pages for row in page.rows]
    even = [row + b"\x0f" * (width % 2) for row in rows]
    packed = b"".join(
        b"\x00" + bytes(a << 4 | b for a, b in zip(row[::2], row[1::2], strict=True))
        for row in even
    )
    header = struct.pack(_HEADER, width, len(rows), 4, 0, 0, 0, 0)
    sizes = b"".join(struct.pack(">II", page.width, len(page.rows)) for page in pages)
    chunks = [(b"IHDR", header), (b"paGe", sizes), (b"IDAT", zlib.compress(packed, 9))]
    return _MAGIC + b"".join(_chunk(name, data) for name, data in [*chunks, (b"IEND", b"")])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def from_png(png: bytes) -> list[Picture]:
    """Return the pages of a picture that ``to_png`` made."""
    chunks: dict[bytes, bytes] = {}
    place = len(_MAGIC)
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        chunks[png[place + 4 : place + 8]] = png[place + 8 : place + 8 + length]
        place += length + 12
    width = struct.unpack_from(">I", chunks[b"IHDR"])[0]
    step = 1 + (width + 1) // 2
    packed = zlib.decompress(chunks[b"IDAT"])
    rows = [
        bytes(dot for pair in packed[start + 1 : start + step] for dot in (pair >> 4, pair & 15))
        for start in range(0, len(packed), step)
    ]
    pages: list[Picture] = []
    for page_width, height in struct.iter_unpack(">II", chunks[b"paGe"]):
        own, rows = rows[:height], rows[height:]
        pages.append(Picture(page_width, tuple(row[:page_width] for row in own)))
    return pages
