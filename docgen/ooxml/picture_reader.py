"""Reading pictures: PNG and JPEG of a size that paper can hold, upright, without a camera's notes.

A photo tells where and when it was taken; that goes out with the papers unless it is taken out.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageOps

from docgen.errors import SignalError
from docgen.model import PictureFile

MOST_BYTES: Final = 10 << 20
MOST_PIXELS: Final = 50_000_000
"""An A4 at 600 dpi has 35 million."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_OTHERS: Final = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "WEBP"),
    (b"%PDF", "PDF"),
    (b"PK", "документ Office или архив"),
    (b"<", "SVG или веб-страница"),
)
_RASTERS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_DRAWN: Final = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")
_EMF_PLACE, _EMF_MARK = slice(40, 44), b" EMF"
_ORIENTATION: Final = 0x0112
_SCREEN_DPI: Final = 96
_SENSIBLE_DPI: Final = (30, 2400)
_NOTES: Final = frozenset({0xE1, 0xED, 0xFE})
"""Markers of a JPEG with EXIF and XMP, with notes of Photoshop, with comments."""
_SCAN: Final = 0xDA
_PNG_NOTES: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_PLAIN_MODES: Final = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "I", "I;16"})
_EIGHTH: Final = 8
_QUALITY: Final = 95


class UnusablePictureError(SignalError, ValueError):
    """A file cannot be printed as a picture; the message is a Russian sentence."""


def read_picture(data: bytes, name: str) -> PictureFile:
    """Return a picture ready to be printed.

    Raises:
        UnusablePictureError: when it is of another kind, damaged, or too large.
    """
    if len(data) > MOST_BYTES:
        raise UnusablePictureError("файл больше 10 МБ; уменьшите картинку")
    if not data.startswith((_PNG, _JPEG)):
        raise UnusablePictureError(_what_it_is(data))
    try:
        with warnings.catch_warnings():
            # Its size is judged here.
            warnings.simplefilter("ignore")
            return _read(data, name)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        if isinstance(error, UnusablePictureError):
            raise
        raise UnusablePictureError("картинка повреждена; сохраните её заново") from error


def picture_fault(data: bytes) -> str:
    """Return in Russian why a picture of a template would print nothing or a part of itself.

    Word's own drawings (EMF, WMF) are for LibreOffice to judge.
    """
    if data.startswith(_DRAWN) or data[_EMF_PLACE] == _EMF_MARK:
        return ""
    try:
        with warnings.catch_warnings():
            # Its size is judged here.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_RASTERS) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    return _too_many(width, height)
                picture.draft(picture.mode, (width // _EIGHTH or 1, height // _EIGHTH or 1))
                picture.load()
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return "картинка повреждена и напечатается не вся; сохраните её заново и вставьте"
    return ""


def _too_many(width: int, height: int) -> str:
    return f"в картинке {width} × {height} точек, это больше 50 миллионов; уменьшите её"


def _what_it_is(data: bytes) -> str:
    kinds = [kind for start, kind in _OTHERS if data.startswith(start)]
    what = f"это {kinds[0]}" if kinds else "это не картинка"
    return f"{what}, а печатаются PNG и JPEG; сохраните её так"


def _read(data: bytes, name: str) -> PictureFile:
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise UnusablePictureError(_too_many(width, height))
        suffix = "png" if picture.format == "PNG" else "jpeg"
        dpi = _dpi(picture)
        if picture.getexif().get(_ORIENTATION, 1) in (0, 1) and picture.mode in _PLAIN_MODES:
            # A truncated file would print half of itself; an eighth of a JPEG tells as well.
            picture.draft(picture.mode, (width // _EIGHTH or 1, height // _EIGHTH or 1))
            picture.load()
            settled = _without_notes(data)
        else:
            upright = ImageOps.exif_transpose(picture)
            width, height = upright.size
            settled = _saved(upright, suffix)
    digest = hashlib.sha256(settled).hexdigest()[:24]
    return PictureFile(name, suffix, settled, digest, width, height, dpi)


def _dpi(picture: Image.Image) -> float:
    found = picture.info.get("dpi", (_SCREEN_DPI,))
    dpi = float(found[0])
    least, most = _SENSIBLE_DPI
    return dpi if least <= dpi <= most else _SCREEN_DPI


def _saved(picture: Image.Image, suffix: str) -> bytes:
    stream = io.BytesIO()
    if picture.mode not in _PLAIN_MODES:
        picture = picture.convert("RGB")
    if suffix == "png":
        picture.save(stream, "PNG")
    else:
        picture.convert("RGB").save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _without_notes(data: bytes) -> bytes:
    """Return a picture without what it says beside its points; these stay as they are."""
    if data.startswith(_PNG):
        chunks = [chunk for kind, chunk in _chunks(data) if kind not in _PNG_NOTES]
        return b"".join([_PNG, *chunks])
    return b"".join(_segments(data))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG with their names."""
    place = len(_PNG)
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place : place + 12 + length]
        place += 12 + length


def _segments(data: bytes) -> Iterator[bytes]:
    """Yield the segments of a JPEG but for notes; from the first scan on all that is left."""
    yield data[:2]
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != _SCAN:
        (length,) = struct.unpack_from(">H", data, place + 2)
        if data[place + 1] not in _NOTES:
            yield data[place : place + 2 + length]
        place += 2 + length
    yield data[place:]
