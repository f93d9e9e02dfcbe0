"""The text that a cell shows: number formats applied, invisible characters removed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.cell.rich_text import CellRichText

from docgen.model import RawValue
from docgen.registers.cells_read import Cell

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_ODD = re.compile(f"_x|{_INVISIBLE.pattern}|{_LINE_ENDS.pattern}")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[[^\]]*\]')
_DIGIT_MARKS = "0#?"
_PLACEHOLDER = "\ue000"
"""Stands for a literal while a number format is taken apart (a private-use character)."""


def clean(text: str) -> str:
    r"""Return typed text in NFC, without invisible characters and blanks around it.

    Inner blanks (NBSP too) and line breaks stay as typed; every kind of line end becomes ``\n``.
    """
    if _ODD.search(text) is None:
        return unicodedata.normalize("NFC", text).strip()
    text = _ESCAPED.sub(_unescaped, text)
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


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


def text_of(cell: Cell, *, point: str = ".") -> str:
    """Return the text that a cell shows; ``point`` is the decimal point of numbers.

    Dates come as ``01.09.2026`` whatever their format, unless it spells the month.
    """
    value = cell.value
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return _number_text(value, cell.style.number_format or "General", point)
    if isinstance(value, dt.date):
        return _date_text(value, cell.style.number_format or "")
    if isinstance(value, dt.time | dt.timedelta):
        return _time_text(value)
    return "" if value is None else clean(str(value))


def _time_text(value: dt.time | dt.timedelta) -> str:
    """Return e.g. ``09:30``, or ``26:00`` for a span of hours."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def _date_text(value: dt.date, number_format: str) -> str:
    """Return a date as ``01.09.2026``, or with the month as a word when the format has it so."""
    bare = _LITERAL.sub("", number_format).lower()
    if "mmmm" in bare and "y" in bare:
        tail = " г." if "г" in number_format else ""
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}{tail}"
    text = f"{value:%d.%m.}{value.year:04}"
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{text} {value:%H:%M}"
    return text


def _number_text(value: float, number_format: str, point: str) -> str:
    """Return a number under an Excel format: ``7`` under ``0000`` is ``0007``."""
    sections = _sections(number_format)
    pattern, is_signed = sections[0], True
    if value < 0 and len(sections) > 1:
        pattern, value, is_signed = sections[1], -value, False
    elif value == 0 and len(sections) > 2:
        pattern = sections[2]
    literals: list[str] = []

    def hide(match: re.Match[str]) -> str:
        text = match[1] if match[1] is not None else match[2]
        if text is None:
            return ""
        literals.append(text)
        return _PLACEHOLDER

    bare = _LITERAL.sub(hide, pattern)
    if not any(mark in bare for mark in _DIGIT_MARKS) or re.search("[E/]|General|@", bare):
        return _general(value, point)
    text = _filled(Decimal(repr(value)), bare, point)
    for literal in literals:
        text = text.replace(_PLACEHOLDER, literal, 1)
    return f"-{text}" if value < 0 and is_signed else text


def _sections(number_format: str) -> list[str]:
    """Return the sections of a number format: for positive, negative and zero."""
    return re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', number_format)[:-1] or [number_format]


def _general(value: float, point: str) -> str:
    """Return a number as Excel's general format shows it, never as ``1e+16`` or ``5.0``."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{Decimal(f'{value:.11g}'):f}".replace(".", point)


def _filled(value: Decimal, bare: str, point: str) -> str:
    """Return the digits of ``value`` put into the marks of a format without literals."""
    whole_marks, dot, rest = bare.partition(".")
    if "%" in bare:
        value *= 100
    is_grouped = "," in whole_marks
    whole_marks = whole_marks.replace(",", "")
    places = sum(mark in _DIGIT_MARKS for mark in rest)
    rounded = abs(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    whole = _whole_text(digits, whole_marks)
    if is_grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+(?!\d))", "\u00a0", whole)
    return whole + (_fraction_text(fraction, rest, point) if dot else "")


def _whole_text(digits: str, marks: str) -> str:
    """Return the whole part of a number under its marks, e.g. ``123-45`` under ``000-00``."""
    left = list(digits if digits != "0" else "")
    text: list[str] = []
    first = next((i for i, mark in enumerate(marks) if mark in _DIGIT_MARKS), len(marks))
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark not in _DIGIT_MARKS:
            text.append(mark)
        elif left:
            text.append(left.pop())
        elif mark == "0":
            text.append("0")
        if index == first:
            text.extend(reversed(left))
            left.clear()
    return "".join(reversed(text))


def _fraction_text(fraction: str, marks: str, point: str) -> str:
    """Return the fraction with its point; zeros under ``#`` are dropped."""
    needed = 0
    digit_marks = [mark for mark in marks if mark in _DIGIT_MARKS]
    for index, mark in enumerate(digit_marks):
        if mark == "0" or fraction[index:].strip("0"):
            needed = index + 1
    others = "".join(mark for mark in marks if mark not in _DIGIT_MARKS)
    return (point + fraction[:needed] if needed else "") + others
