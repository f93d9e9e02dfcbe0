"""The text that a cell shows: number formats applied, invisible characters removed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils.datetime import to_excel

from docgen.model import RawValue
from docgen.registers.cells_read import Cell, CellValue
from docgen.registers.number_formats import FormatSection, Mark, parse_format
from docgen.registers.pasted_signs import MEANT
from docgen.registers.shown_days import day_text, is_a_day
from docgen.registers.shown_numbers import (
    decimal_of,
    general_text,
    number_text,
    without_pads,
    word_of,
)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+(?=[^\\W_])")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_ODD = re.compile(f"_x|{_PRIVATE.pattern}|{_INVISIBLE.pattern}|{_LINE_ENDS.pattern}")
_ENDLESS = 10**309
_PLAIN_FORMATS = ("General", "@")
_to_excel: Callable[[dt.date | dt.time | dt.timedelta], float] = to_excel


def clean(text: str) -> str:
    r"""Return typed text in NFC, without invisible characters and blanks around it.

    Bullets and ticks that were pasted from Word become those of Unicode.
    Inner blanks (NBSP too) and line breaks stay as typed; every kind of line end becomes ``\n``.
    """
    if _ODD.search(text) is None:
        return unicodedata.normalize("NFC", text).strip()
    text = _ESCAPED.sub(_unescaped, text)
    text = _LINE_ENDS.sub("\n", text).translate(MEANT)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def has_unseen_inside(text: str) -> bool:
    """Whether letters or digits are parted by signs that nobody sees, and that ``clean`` removes.

    A soft hyphen only says where a word may be divided; at an end such signs part nothing.
    """
    return any(text[: one.start()][-1:].isalnum() for one in _UNSEEN.finditer(text))


def _unescaped(match: re.Match[str]) -> str:
    """Return the character of an escape such as ``_x000D_``; XML holds no control characters."""
    code = int(match[1], 16)
    if chr(code) in "\n\r\t_":
        return chr(code)
    return "" if code < 0x20 else match[0]


def value_of(cell: Cell) -> RawValue:
    """Return the stored value; text is cleaned, a date without a time is a ``date``."""
    value = cell.value
    if isinstance(value, str | CellRichText):
        return clean(str(value)) or None
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if value is None or isinstance(value, bool | int | float | dt.date | dt.time):
        return value
    return clean(text_of(cell))


def text_of(cell: Cell, *, point: str = ",") -> str:
    """Return the text that a cell shows in Russian Excel; ``point`` is the decimal point."""
    value = cell.value
    if isinstance(value, str | CellRichText):
        return _words_text(clean(str(value)), cell.style.number_format)
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    number = number_of(value)
    if number is None:
        return "" if value is None else clean(str(value))
    return shown_number(number, cell.style.number_format, point=point)


def number_of(value: CellValue) -> Decimal | None:
    """Return the number that Excel stores for a value, if it does: of a day the days since 1900."""
    if isinstance(value, int | float):
        # A number beyond all that Excel counts with is read as endless.
        is_counted = not isinstance(value, bool) and abs(value) < _ENDLESS
        return decimal_of(value) if is_counted else None
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return decimal_of(_to_excel(value))
    return None


def shown_number(number: Decimal, number_format: str, *, point: str = ",") -> str:
    """Return a number under a format; one that no section is for shows without a format."""
    found = parse_format(number_format).section_for(number)
    if found is None or not found[0].is_understood:
        return general_text(number, point)
    section, is_signed = found
    if section.is_day:
        return _moment_text(number, section, point)
    return without_pads(number_text(number, section, is_signed=is_signed, point=point))


def _moment_text(number: Decimal, section: FormatSection, point: str) -> str:
    """Return a day or a span; a span below zero is known to books that count from 1904."""
    if is_a_day(number):
        return without_pads(day_text(number, section))
    if is_a_day(-number) and section.has(Mark.ELAPSED):
        return f"-{without_pads(day_text(-number, section))}"
    return general_text(number, point)


def is_understood(cell: Cell) -> bool:
    """Whether a cell's format says how to show its number."""
    number = number_of(cell.value)
    if number is None:
        return True
    found = parse_format(cell.style.number_format).section_for(number)
    return found is not None and found[0].is_understood


def _words_text(text: str, number_format: str) -> str:
    """Return a text with the words that its format puts around it; one that it hides is kept."""
    if number_format in _PLAIN_FORMATS:
        return text
    section = parse_format(number_format).text
    if section is None:
        return text
    words = [text if token.mark == Mark.TEXT else word_of(token) for token in section.tokens]
    return without_pads("".join(words)) or text
