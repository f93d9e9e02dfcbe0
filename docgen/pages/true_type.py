"""The outlines of a TrueType font, glyph by glyph, in a form that tells whether two look alike.

Programs that embed a part of a font number its glyphs anew but copy their outlines, so an outline
can be recognised (OpenType 1.9, tables ``glyf``, ``loca`` and ``cmap``).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from docgen.pages.syntax import BrokenPdfError

_DIRECTORY, _RECORD = 12, 16
_LONG_OFFSETS_AT: Final = 50
"""Where table ``head`` says whether offsets have four bytes."""
_HEADER_OF_GLYPH: Final = 10
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_MOST_DEPTH: Final = 6
_FORMAT_BYTES, _FORMAT_TRIMMED = 0, 6


@dataclass(frozen=True, slots=True)
class TrueTypeFont:
    """A font file; ``tables`` are the places of its tables, ``offsets`` those of its outlines.

    ``known`` is filled with outlines that have been put together.
    """

    data: bytes
    tables: Mapping[str, tuple[int, int]]
    offsets: tuple[int, ...]
    known: dict[int, bytes] = field(default_factory=dict)

    def outline(self, glyph: int, depth: int = 0) -> bytes:
        """Return what a glyph looks like, empty for one that paints nothing.

        Raises:
            BrokenPdfError: when the font has no such glyph, or it is broken.
        """
        if glyph not in self.known:
            try:
                self.known[glyph] = self._put_together(glyph, depth)
            except struct.error as error:
                raise BrokenPdfError("a font with a broken glyph") from error
        return self.known[glyph]

    def glyphs_by_code(self) -> dict[int, int]:
        """Return the glyphs of one-byte codes, as fonts inside PDFs number them.

        Nothing where their table is of another form.

        Raises:
            BrokenPdfError: when the table is broken, or there is none.
        """
        if "cmap" not in self.tables:
            raise BrokenPdfError("a font without a table of codes")
        start = self.tables["cmap"][0]
        try:
            (count,) = struct.unpack_from(">H", self.data, start + 2)
            for number in range(count):
                (offset,) = struct.unpack_from(">I", self.data, start + 4 + 8 * number + 4)
                found = self._codes_at(start + offset)
                if found:
                    return found
        except struct.error as error:
            raise BrokenPdfError("a font with a broken table of codes") from error
        return {}

    def _codes_at(self, start: int) -> dict[int, int]:
        (form,) = struct.unpack_from(">H", self.data, start)
        if form == _FORMAT_BYTES:
            return dict(enumerate(self.data[start + 6 : start + 6 + 256]))
        if form == _FORMAT_TRIMMED:
            first, count = struct.unpack_from(">HH", self.data, start + 6)
            glyphs = struct.unpack_from(f">{count}H", self.data, start + 10)
            return {first + number: glyph for number, glyph in enumerate(glyphs)}
        return {}

    def _put_together(self, glyph: int, depth: int) -> bytes:
        if depth > _MOST_DEPTH or not 0 <= glyph < len(self.offsets) - 1:
            raise BrokenPdfError("a font without one of its glyphs")
        start = self.tables["glyf"][0]
        raw = self.data[start + self.offsets[glyph] : start + self.offsets[glyph + 1]]
        if len(raw) < _HEADER_OF_GLYPH:
            return b""
        (contours,) = struct.unpack_from(">h", raw)
        return raw.rstrip(b"\0") if contours >= 0 else self._of_parts(raw, depth)

    def _of_parts(self, raw: bytes, depth: int) -> bytes:
        """Return an outline made of others, with these in place of their numbers."""
        made, at, flags = b"", _HEADER_OF_GLYPH, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", raw, at)
            length = 4 if flags & _WORDS else 2
            if flags & (_SCALE | _TWO_SCALES | _MATRIX):
                length += 8 if flags & _MATRIX else 4 if flags & _TWO_SCALES else 2
            made += raw[at : at + 2] + raw[at + 4 : at + 4 + length] + self.outline(part, depth + 1)
            at += 4 + length
        return made


def read_true_type(data: bytes) -> TrueTypeFont:
    """Return a font read from a file with outlines in quadratic curves.

    Raises:
        BrokenPdfError: when it is another sort of font, or broken.
    """
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        tables = {}
        for number in range(count):
            at = _DIRECTORY + _RECORD * number
            name = data[at : at + 4].decode("latin-1")
            tables[name] = struct.unpack_from(">II", data, at + 8)
        (is_long,) = struct.unpack_from(">h", data, tables["head"][0] + _LONG_OFFSETS_AT)
        place, length = tables["loca"]
        form, size = ("I", 4) if is_long else ("H", 2)
        offsets = struct.unpack_from(f">{length // size}{form}", data, place)
        if "glyf" not in tables:
            raise BrokenPdfError("a font without outlines")
        return TrueTypeFont(data, tables, offsets if is_long else tuple(2 * one for one in offsets))
    except (struct.error, KeyError, IndexError) as error:
        raise BrokenPdfError(f"unreadable font: {type(error).__name__}") from error
