"""Whether the glyphs of a PDF's fonts look as their letters do in the font that is installed.

A table in the PDF says which letter a code means; that the glyph is that letter, the outline shows.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from docgen.fonts import InstalledFace, find_face
from docgen.pages.font_alphabets import ALIKE, UNKNOWN, FontAlphabet
from docgen.pages.objects_read import PlainFile
from docgen.pages.syntax import BrokenPdfError, Value
from docgen.pages.true_type import TrueTypeFont, read_true_type

_MOST_FONTS: Final = 64
_NOT_COMPARED: Final = frozenset({UNKNOWN, *ALIKE.values()})
"""Codes that paint nothing, and signs that stand for others, which a font may draw otherwise."""
_checked: Final[dict[tuple[bytes, bytes], str]] = {}


def exchanged_letter(
    file: PlainFile, resources: Value | None, alphabets: Mapping[bytes, FontAlphabet]
) -> str:
    """Return a letter whose glyph looks like another one or like nothing, empty if there is none.

    Fonts that are not installed here, or have outlines of another sort, are not looked into; nor is
    a glyph that looks like no letter of its font, which may be another form of it.
    """
    fonts = file.fields(file.fields(resources).get(b"/Font"))
    for name, font in fonts.items():
        fields = file.fields(font)
        program = file.fields(fields.get(b"/FontDescriptor")).get(b"/FontFile2")
        if not isinstance(program, int) or name not in alphabets:
            continue
        base = fields.get(b"/BaseFont")
        data = file.content(program)
        key = (hashlib.sha256(data).digest(), alphabets[name].signs.encode())
        if key not in _checked:
            if len(_checked) >= _MOST_FONTS:
                _checked.clear()
            spelled = base.decode("latin-1") if isinstance(base, bytes) else ""
            _checked[key] = _exchanged_in(data, spelled.rpartition("+")[2], alphabets[name].signs)
        if _checked[key]:
            return _checked[key]
    return ""


def _exchanged_in(data: bytes, name: str, signs: str) -> str:
    typeface = find_face(name.lstrip("/"))
    if typeface is None:
        return ""
    try:
        installed, own = _installed(typeface), read_true_type(data)
        glyphs = own.glyphs_by_code()
        return next(_exchanged(own, glyphs, installed, typeface, signs), "")
    except (BrokenPdfError, struct.error, OSError, KeyError):
        return ""


def _exchanged(
    own: TrueTypeFont,
    glyphs: Mapping[int, int],
    installed: TrueTypeFont,
    typeface: InstalledFace,
    signs: str,
) -> Iterator[str]:
    others: dict[bytes, str] | None = None
    for code, sign in enumerate(signs):
        wanted = typeface.glyphs.get(ord(sign)) if sign not in _NOT_COMPARED else None
        if code not in glyphs or wanted is None:
            continue
        outline, right = own.outline(glyphs[code]), installed.outline(wanted)
        if outline == right or not right:
            continue
        if others is None:
            others = {installed.outline(one): chr(point) for point, one in typeface.glyphs.items()}
        if not outline or outline in others:
            yield sign


@functools.lru_cache(maxsize=32)
def _installed(typeface: InstalledFace) -> TrueTypeFont:
    return read_true_type(typeface.file.read_bytes())
