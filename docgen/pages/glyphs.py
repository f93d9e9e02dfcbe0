"""Which resources and character codes the pages of LibreOffice's PDFs print, font by font."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.syntax import BrokenPdfError, Value, to_number

_RESOURCE: Final = re.compile(rb"/([A-Za-z]+\d+)\b")
_MEANING: Final = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_FONT: Final = re.compile(rb"/(F\d+) [\d.]+ Tf")
_SHOWN: Final = re.compile(rb"<([0-9A-F]+)>(?!>)")
_NOTHING: Final = "\0"
_FIRST_PLACEHOLDER: Final = 0xE000
_CODES: Final = range(256)


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What a page prints: names of the resources that it uses, character codes by font name."""

    names: frozenset[bytes]
    codes: Mapping[bytes, bytes]


def glyphs_of(file: PlainFile, page: Page) -> PageGlyphs:
    """Return the resources and character codes that a page prints; codes are hexadecimal there."""
    data = b"\n".join([file.content(number) for number in file.contents(page)])
    shown: defaultdict[bytes, list[bytes]] = defaultdict(list)
    font = b""
    for number, part in enumerate(_FONT.split(data)):
        if number % 2:
            font = b"/" + part
        else:
            shown[font] += _SHOWN.findall(part)
    names = frozenset(b"/" + name for name in _RESOURCE.findall(data))
    return PageGlyphs(
        names,
        {
            name: bytes.fromhex(b"".join(digits).decode())
            for name, digits in shown.items()
            if digits
        },
    )


@dataclass(frozen=True, slots=True)
class FontLetters:
    """The letters of a font by their codes.

    ``signs`` has one character for each code; for a ligature that is a placeholder, and
    ``ligatures`` has its letters.
    """

    signs: str
    ligatures: Mapping[str, str]

    def read(self, codes: bytes) -> str:
        """Return the letters that some codes print, in lower case."""
        text = codecs.charmap_decode(codes, "strict", self.signs)[0]
        for sign, letters in self.ligatures.items():
            text = text.replace(sign, letters)
        return text


def font_letters_of(file: PlainFile, font: Value) -> FontLetters:
    """Return the letters of a font, read from its ToUnicode table.

    Raises:
        BrokenPdfError: when the font has no such table.
    """
    table = file.fields(font).get(b"/ToUnicode")
    if not isinstance(table, int):
        raise BrokenPdfError("a font without a ToUnicode table")
    signs = [_NOTHING] * len(_CODES)
    ligatures: dict[str, str] = {}
    for code, digits in _MEANING.findall(file.content(table)):
        letters = bytes.fromhex(digits.decode()).decode("utf-16-be").casefold()
        if len(letters) > 1:
            sign = chr(_FIRST_PLACEHOLDER + len(ligatures))
            ligatures[sign], letters = letters, sign
        signs[int(code, 16)] = letters
    return FontLetters("".join(signs), ligatures)


def text_on(prints: Iterable[PageGlyphs], alphabets: Mapping[bytes, FontLetters]) -> str:
    """Return the text that pages print, in lower case, font by font."""
    return "".join(_words(prints, alphabets))


def _words(prints: Iterable[PageGlyphs], alphabets: Mapping[bytes, FontLetters]) -> Iterator[str]:
    for one in prints:
        for font, codes in one.codes.items():
            yield alphabets[font].read(codes)


def last_code(file: PlainFile, font: Value) -> int:
    """Return the highest code that a font has a character for."""
    return int(to_number(file.fields(font).get(b"/LastChar")))


def fonts_of(file: PlainFile, page: Page) -> dict[bytes, Value]:
    """Return the fonts that a page may use, by their resource names.

    Raises:
        BrokenPdfError: when there are none.
    """
    resources = file.fields(page.fields.get(b"/Resources"))
    fonts = file.fields(resources.get(b"/Font"))
    if not fonts:
        raise BrokenPdfError("page without fonts")
    return fonts
