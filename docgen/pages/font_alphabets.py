"""What the codes of a PDF's fonts stand for, and how wide they are."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.syntax import BrokenPdfError, Value, to_number

_SINGLE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SINGLES: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CODES: Final = 256
_GAPS: Final = re.compile(rb">(-?[\d.]+)")
_SHOWN: Final = re.compile(rb"<([0-9A-F]+)>")
_MOST_KNOWN: Final = 20_000
_FIRST_PLACEHOLDER: Final = 0xE000
_MOST_IN_RANGE: Final = 0x10000
UNKNOWN: Final = "\ufffd"
"""Stands for a code of which the font does not say what it means."""
BLANKS: Final = dict.fromkeys(
    map(ord, " \u00a0\t\n\r\u2002\u2003\u2009\u200a\u200b\u202f\u2060\ufeff\u00ad")
)
"""Signs that paint nothing, for ``str.translate``; with the soft hyphen, which is one in a text."""
ALIKE: Final = {
    0x2010: "-",
    0x2011: "-",
    0x03BC: "µ",
    0x2219: "·",
    0x037E: ";",
    0x2206: "Δ",
    0x2126: "Ω",
    0x2044: "∕",
}
"""Signs that are drawn with one glyph, each with the one that stands for them all.

A font has one meaning for a glyph, whichever of them was typed.
"""
_COMPARABLE: Final[Mapping[int, str | None]] = {**BLANKS, **ALIKE}


def comparable(text: str) -> str:
    """Return a text without blanks, signs that share a glyph being one."""
    return text.translate(_COMPARABLE)


_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class FontAlphabet:
    """The meanings and widths of a font's codes, in the form of ``comparable``.

    ``signs`` has a character for each one-byte code; ``longer`` replaces the characters that stand
    for several. ``blanks`` are the codes that paint nothing. ``wide`` has what two-byte codes mean,
    None where codes have one byte. ``widths`` are in thousandths of the type size, and so is the
    ``other_width`` of codes that are not among them. ``texts`` and ``shown_widths`` are filled with
    what has been read.
    """

    signs: str
    longer: Mapping[str, str]
    blanks: bytes
    wide: Mapping[int, str] | None
    widths: Mapping[int, float]
    other_width: float = 0.0
    texts: dict[bytes, str] = field(default_factory=dict, compare=False)
    shown_widths: dict[bytes, float] = field(default_factory=dict, compare=False)

    def read(self, codes: bytes) -> str:
        """Return what some codes paint, without blanks."""
        if self.wide is not None:
            pairs = zip(codes[::2], codes[1::2], strict=False)
            return "".join([self.wide.get(high << 8 | low, UNKNOWN) for high, low in pairs])
        text = codecs.charmap_decode(codes.translate(None, self.blanks), "strict", self.signs)[0]
        for sign, letters in self.longer.items():
            if unicodedata.combining(letters[-1]):
                # 25.2 gives the meaning of both glyphs to that of the letter.
                text = text.replace(sign + UNKNOWN, letters)
            text = text.replace(sign, letters)
        return text

    def width(self, codes: bytes) -> float:
        """Return how wide codes are, in thousandths of the type size."""
        if self.wide is not None:
            pairs = zip(codes[::2], codes[1::2], strict=False)
            return sum([self.widths.get(high << 8 | low, self.other_width) for high, low in pairs])
        return sum([self.widths.get(code, self.other_width) for code in codes])

    def shown_text(self, shown: bytes) -> str:
        """Return what the operand of a command that shows text paints, in hexadecimal digits.

        It is kept: pages of a batch repeat most of their words.
        """
        known = self.texts.get(shown)
        if known is None:
            known = self.read(_codes_in(shown))
            _keep(self.texts, shown, known)
        return known

    def shown_width(self, shown: bytes) -> float:
        """Return how wide the operand of a command is, see ``shown_text``.

        That is its signs less the numbers between them, which move them nearer: LibreOffice 25.2
        presses the blanks of a justified line together.
        """
        known = self.shown_widths.get(shown)
        if known is None:
            known = self.width(_codes_in(shown)) - sum(map(float, _GAPS.findall(shown)))
            _keep(self.shown_widths, shown, known)
        return known


def _codes_in(shown: bytes) -> bytes:
    return bytes.fromhex(b"".join(_SHOWN.findall(shown)).decode())


def _keep(known: dict[bytes, _Kept], shown: bytes, value: _Kept) -> None:
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[shown] = value


def alphabets_of(file: PlainFile, resources: Value | None) -> dict[bytes, FontAlphabet]:
    """Return the alphabets of the fonts among some resources, by their names.

    Raises:
        BrokenPdfError: when a font does not say what its codes mean.
    """
    fonts = file.fields(file.fields(resources).get(b"/Font"))
    return {name: _alphabet_of(file, font) for name, font in fonts.items()}


def page_alphabets(file: PlainFile, page: Page) -> dict[bytes, FontAlphabet]:
    """Return the alphabets of a page's fonts by their names, see ``alphabets_of``."""
    return alphabets_of(file, page.fields.get(b"/Resources"))


def _alphabet_of(file: PlainFile, font: Value) -> FontAlphabet:
    fields = file.fields(font)
    table = fields.get(b"/ToUnicode")
    if not isinstance(table, int):
        raise BrokenPdfError("a font without a ToUnicode table")
    meanings = {code: comparable(text) for code, text in _meanings(file.content(table))}
    if fields.get(b"/Subtype") == b"/Type0":
        return FontAlphabet("", {}, b"", meanings, *_wide_widths(file, fields))
    signs = [UNKNOWN] * _CODES
    longer: dict[str, str] = {}
    blanks = bytearray()
    for code, text in meanings.items():
        if code >= _CODES:
            continue
        if not text:
            blanks.append(code)
        elif len(text) > 1:
            signs[code] = chr(_FIRST_PLACEHOLDER + len(longer))
            longer[signs[code]] = text
        else:
            signs[code] = text
    return FontAlphabet("".join(signs), longer, bytes(blanks), None, _plain_widths(file, fields))


def _meanings(table: bytes) -> Iterator[tuple[int, str]]:
    """Yield each code of a ToUnicode table with the text that it stands for."""
    for part in _SINGLES.findall(table):
        for code, digits in _SINGLE.findall(part):
            yield int(code, 16), _to_text(digits)
    for part in _RANGES.findall(table):
        for low, high, digits in _RANGE.findall(part):
            start, count = int(low, 16), int(high, 16) - int(low, 16) + 1
            first = _to_text(digits)
            for step in range(min(count, _MOST_IN_RANGE)):
                yield start + step, first[:-1] + chr(ord(first[-1]) + step)


def _to_text(digits: bytes) -> str:
    text = bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
    return text or UNKNOWN


def _plain_widths(file: PlainFile, fields: Mapping[bytes, Value]) -> dict[int, float]:
    first = int(to_number(file.get(fields.get(b"/FirstChar", b"0"))))
    widths = file.items(fields.get(b"/Widths"))
    return {first + number: to_number(file.get(one)) for number, one in enumerate(widths)}


def _wide_widths(file: PlainFile, fields: Mapping[bytes, Value]) -> tuple[dict[int, float], float]:
    """Return the widths of a composite font, and the one of all other codes.

    They are spelled ``first [w …]`` or ``first last w``, by turns.
    """
    (one, *_) = file.items(fields.get(b"/DescendantFonts")) or [b"null"]
    descendant = file.fields(one)
    rest = iter([file.get(width) for width in file.items(descendant.get(b"/W"))])
    found: dict[int, float] = {}
    for first in rest:
        after = next(rest, b"0")
        start = int(to_number(first))
        if isinstance(after, list):
            found.update({start + step: to_number(file.get(one)) for step, one in enumerate(after)})
        else:
            width = to_number(next(rest, b"0"))
            last = min(int(to_number(after)), start + _MOST_IN_RANGE)
            found.update(dict.fromkeys(range(start, last + 1), width))
    return found, to_number(file.get(descendant.get(b"/DW", b"1000")))
