"""Small pictures for tests, made by Pillow."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(
    size: tuple[int, int] = (60, 30), *, mode: str = "RGB", kind: str = "PNG", **more: Any
) -> bytes:
    """Return a picture of one colour as a file; ``more`` is for Pillow."""
    stream = io.BytesIO()
    Image.new(mode, size, "red" if mode in {"RGB", "RGBA", "P"} else 0).save(stream, kind, **more)
    return stream.getvalue()


def turned_photo() -> bytes:
    """Return a JPEG of 60 × 30 points that a camera held on its side took, with its place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "МЕСТО СЪЁМКИ".encode().decode("latin-1")
    return picture(kind="JPEG", exif=exif)
