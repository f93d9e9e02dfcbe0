"""Days and times as a section of a format shows them in Russian Excel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from docgen.registers.number_formats import FormatSection, FormatToken, Mark, parse_format
from docgen.registers.shown_numbers import word_of

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
_MONTHS_ALONE = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_SHORT_DAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LONG_DAY, _LONG_TIME = 'd mmmm yyyy" г."', "h:mm:ss"
"""What the formats «long date» and «long time» of a Russian Windows are."""

_SECONDS = {"h": 3600, "m": 60, "s": 1}
_LEAP_DAY_THAT_NEVER_WAS = 60
_EVE_OF_1900 = dt.date(1899, 12, 31)
_LAST_DAY = 2958465
_GENITIVE, _NOMINATIVE = 0xFC, 0xF4
"""What stands before the number of a language to ask for a case of its months."""


def is_a_day(number: Decimal) -> bool:
    """Whether Excel can show a number as a day; it shows any other as ``####``."""
    return 0 <= number < _LAST_DAY + 1


def day_text(number: Decimal, section: FormatSection) -> str:
    """Return a number of days, counted as Excel does, as a section shows it; pads are left in."""
    system = section.language.lower()
    if system in {"f800", "x-sysdate"}:
        section = parse_format(_LONG_DAY).numbers[0]
    elif system in {"f400", "x-systime"}:
        section = parse_format(_LONG_TIME).numbers[0]
    tokens = _clock_tokens(section.tokens)
    clock = _Clock.at(number, tokens, _names_of(section.language, tokens))
    return "".join(clock.text_of(token) for token in tokens)


# --- which letter is what --------------------------------------------------------------------


def _clock_tokens(tokens: Sequence[FormatToken]) -> list[FormatToken]:
    """Return the tokens with ``n`` for minutes and ``f`` for parts of seconds.

    An ``m`` is a minute after an hour or before a second, else a month.
    """
    found = _with_parts_of_seconds(tokens)
    clocks = [i for i, one in enumerate(found) if one.mark in {Mark.CLOCK, Mark.ELAPSED}]
    letters = [found[i].text[0] for i in clocks]
    for at, (before, after) in enumerate(zip(["", *letters], [*letters[1:], ""], strict=False)):
        token = found[clocks[at]]
        is_short = token.mark == Mark.CLOCK and token.text in {"m", "mm"}
        if is_short and (before == "h" or after == "s"):
            found[clocks[at]] = FormatToken(Mark.CLOCK, token.text.replace("m", "n"))
    return found


def _with_parts_of_seconds(tokens: Sequence[FormatToken]) -> list[FormatToken]:
    """Return the tokens, the zeros after a point as one; a slash is the mark between numbers."""
    found: list[FormatToken] = []
    for token in tokens:
        last = found[-1] if found else FormatToken(Mark.WORD, "")
        if token.mark == Mark.SLASH:
            # Stored so, shown as Russian parts the numbers of a date.
            found.append(FormatToken(Mark.WORD, "."))
        elif token == (Mark.DIGIT, "0") and last.mark == Mark.POINT:
            found[-1] = FormatToken(Mark.CLOCK, "f")
        elif token == (Mark.DIGIT, "0") and last.text.startswith("f") and last.mark == Mark.CLOCK:
            found[-1] = FormatToken(Mark.CLOCK, f"{last.text}f")
        else:
            found.append(token)
    return found


# --- names -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of months and days in a language, whole and short."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]


def _names_of(language: str, tokens: Sequence[FormatToken]) -> _Names:
    """Return the names that a section prints: a month beside its day stands in the genitive."""
    named, number = language.lower(), _number_of(language)
    if named.startswith("en") or number & 0xFF == 0x09:
        return _ENGLISH
    flags = number >> 8 & 0xFF
    has_day = any(token.mark == Mark.CLOCK and token.text in {"d", "dd"} for token in tokens)
    if has_day or flags == _GENITIVE or "genlower" in named:
        return replace(_RUSSIAN, months=MONTHS)
    if (number & 0xFFF == 0x419 and flags != _NOMINATIVE) or named == "ru-ru":
        # A format that asks for Russian by its number has such months in any Excel.
        return replace(_RUSSIAN, months=tuple(month.capitalize() for month in _MONTHS_ALONE))
    return _RUSSIAN


def _number_of(language: str) -> int:
    """Return the number of a language, 0 for one that is named."""
    number = language.rpartition(",")[2]
    return int(number, 16) if re.fullmatch("[0-9A-Fa-f]{2,8}", number) else 0


_RUSSIAN = _Names(_MONTHS_ALONE, tuple(month[:3] for month in _MONTHS_ALONE), _DAYS, _SHORT_DAYS)
_ENGLISH = _Names(
    _ENGLISH_MONTHS,
    tuple(month[:3] for month in _ENGLISH_MONTHS),
    _ENGLISH_DAYS,
    tuple(day[:3] for day in _ENGLISH_DAYS),
)


# --- a moment --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clock:
    """A moment as a section shows it: year, month and day, day of the week, seconds of the day.

    ``days`` and ``seconds`` are whole, ``parts`` the digits of what is left of a second.
    """

    days: int
    seconds: int
    parts: str
    names: _Names
    is_halved: bool

    @classmethod
    def at(cls, number: Decimal, tokens: Sequence[FormatToken], names: _Names) -> _Clock:
        """Return the moment of a number of days, rounded to what the tokens show of a second."""
        places = max(
            (len(t.text) for t in tokens if t.text[:1] == "f" and t.mark == Mark.CLOCK), default=0
        )
        unit = 10**places
        ticks = int((number * 86_400 * unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        days, ticks = divmod(ticks, 86_400 * unit)
        seconds, parts = divmod(ticks, unit)
        is_halved = any(token.mark == Mark.NOON for token in tokens)
        return cls(days, seconds, f"{parts:0{places}}" if places else "", names, is_halved)

    def text_of(self, token: FormatToken) -> str:
        """Return what a token prints."""
        if token.mark == Mark.NOON:
            halves = token.text.split("/")
            return halves[self.seconds >= 43_200]
        if token.mark == Mark.ELAPSED:
            total = self.days * 86_400 + self.seconds
            return f"{total // _SECONDS[token.text[0]]:0{len(token.text)}}"
        if token.mark != Mark.CLOCK:
            return word_of(token)
        letter = token.text[0]
        return self._part_of_day(token) if letter in "hnsf" else self._part_of_year(token)

    def _part_of_day(self, token: FormatToken) -> str:
        letter, width = token.text[0], min(len(token.text), 2)
        if letter == "f":
            return f",{self.parts[: len(token.text)]}"
        hour = self.seconds // 3600
        hour = (hour % 12 or 12) if self.is_halved else hour
        part = {"h": hour, "n": self.seconds // 60 % 60, "s": self.seconds % 60}[letter]
        return f"{part:0{width}}"

    def _part_of_year(self, token: FormatToken) -> str:
        letter, width = token.text[0], len(token.text)
        year, month, day = self._date()
        if letter == "y":
            return f"{year:04}" if width > 2 else f"{year % 100:02}"
        if letter == "m" and width > 2:
            name = self.names.months[month - 1]
            short = self.names.short_months[month - 1]
            return {3: short, 5: name[0]}.get(width, name)
        if letter == "d" and width > 2:
            # The first of January 1900 is a Sunday to Excel, as before the day that never was.
            weekday = (self.days + 5) % 7
            return (self.names.short_days if width == 3 else self.names.days)[weekday]
        return f"{month if letter == 'm' else day:0{width}}"

    def _date(self) -> tuple[int, int, int]:
        """Return year, month and day; Excel knows a zeroth of January and a leap day too many."""
        if self.days == 0:
            return 1900, 1, 0
        if self.days == _LEAP_DAY_THAT_NEVER_WAS:
            return 1900, 2, 29
        past = self.days - (self.days > _LEAP_DAY_THAT_NEVER_WAS)
        found = _EVE_OF_1900 + dt.timedelta(days=past)
        return found.year, found.month, found.day
