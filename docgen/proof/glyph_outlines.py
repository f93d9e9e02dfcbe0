"""Whether the glyphs of a PDF's fonts look as their letters do in the font that is installed.

A table in the PDF says which letter a code means; that the glyph is that letter, the outline shows.
"""

from __future__ import annotations

import functools
import hashlib
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
_checked: Final[dict[tuple[bytes, str, str], str]] = {}


def exchanged_letter(
    file: PlainFile, resources: Value | None, alphabets: Mapping[bytes, FontAlphabet]
) -> str:
    """Return a letter whose glyph looks like another one or like nothing, empty if there is none.

    Fonts that are not installed here, or whose installed file has outlines of another sort, are not
    looked into; nor is a glyph that looks like no letter of its font, which may be another form of
    it.

    Raises:
        BrokenPdfError: when the PDF holds a font that cannot be read.
    """
    fonts = file.fields(file.fields(resources).get(b"/Font"))
    for name, font in fonts.items():
        fields = file.fields(font)
        program = file.fields(fields.get(b"/FontDescriptor")).get(b"/FontFile2")
        if not isinstance(program, int) or name not in alphabets:
            continue
        letter = _checked_once(
            file.content(program), _plain_name(fields.get(b"/BaseFont")), alphabets[name].signs
        )
        if letter:
            return letter
    return ""


def _plain_name(base: Value | None) -> str:
    """Return the PostScript name of a font without the mark of a part that is embedded."""
    spelled = base.decode("latin-1") if isinstance(base, bytes) else ""
    return spelled.rpartition("+")[2].lstrip("/")


def _checked_once(data: bytes, name: str, signs: str) -> str:
    """Return what ``_exchanged_in`` does; it is kept, batches repeat their fonts."""
    key = (hashlib.sha256(data).digest(), name, signs)
    letter = _checked.get(key)
    if letter is None:
        letter = _exchanged_in(data, name, signs)
        if len(_checked) >= _MOST_FONTS:
            _checked.clear()
        _checked[key] = letter
    return letter


def _exchanged_in(data: bytes, name: str, signs: str) -> str:
    typeface = find_face(name)
    installed = None if typeface is None else _installed(typeface)
    if typeface is None or installed is None:
        return ""
    own = read_true_type(data)
    return next(_exchanged(own, own.glyphs_by_code(), installed, typeface, signs), "")


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
        outline, right = own.outline(glyphs[code]), _outline_in(installed, wanted)
        if outline == right or not right:
            continue
        if others is None:
            others = {
                _outline_in(installed, one): chr(point) for point, one in typeface.glyphs.items()
            }
        if not outline or outline in others:
            yield sign


@functools.lru_cache(maxsize=32)
def _installed(typeface: InstalledFace) -> TrueTypeFont | None:
    """Return an installed font, None for one with outlines of another sort."""
    try:
        return read_true_type(typeface.file.read_bytes())
    except (BrokenPdfError, OSError):
        return None


def _outline_in(installed: TrueTypeFont, glyph: int) -> bytes:
    """Return an outline of an installed font, empty where it cannot be read."""
    try:
        return installed.outline(glyph)
    except BrokenPdfError:
        return b""
