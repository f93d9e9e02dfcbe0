"""Periods and years: written for papers, and read from deadlines and headings."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator

from docgen.russian.case_forms import WrongArgumentError
from docgen.russian.dates import (
    NBSP,
    format_date,
    month_number,
    to_day,
)

_MONTH = r"[а-я]{3,8}"
_YEAR = r"(20\d\d)"
_DASH = r"\s*[-–—/]\s*"
_SCHOOL = r"\s*(?:-?й|-?м|-?го)?\s*(?:уч\.?(?![а-я])|учебн|у\.\s?г)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_DAY_MONTH_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(20\d\d|\d\d)(?!\d)")
_ISO = re.compile(rf"(?<!\d){_YEAR}-(\d\d)-(\d\d)(?!\d)")
_DAY_WORD_YEAR = re.compile(rf"(?<!\d)(\d{{1,2}})[»\"]?\s+({_MONTH})[\s,]+{_YEAR}(?!\d)")
_WORD_YEAR = re.compile(rf"({_MONTH})[\s,]+{_YEAR}(?!\d)")
_MONTH_DOT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(20\d\d)(?!\d)")
_SCHOOL_YEAR = re.compile(rf"(?<!\d){_YEAR}{_DASH}(20\d\d|\d\d)(?!\d){_SCHOOL}")
_QUARTER = re.compile(
    rf"(?<![\wа-я])([1-4]|i{{1,3}}|iv)\s*-?(?:й|м|го|ый)?\s*кв[а-я.]*[\s,]+{_YEAR}"
)
_HALF = re.compile(rf"(перв|втор|1|2|ii|i)[а-я-]*\s*полугоди[а-я]*[\s,]+{_YEAR}")
_ANY_YEAR = re.compile(rf"(?<![\d.№])(?<!№ )(?<!\d-){_YEAR}(?!\d)")
_RANGE = re.compile(rf"(?<!\d){_YEAR}{_DASH}(20\d\d|\d\d)(?![\d.])")
_FOUR_DIGITS = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SCHOOL_WORD = re.compile(r"(?<![а-яё])(?:учебн|уч\.|у\.\s?г)", re.IGNORECASE)
_SUMS_UP = re.compile(
    r"(?:об?\s+)?(?:(?:подведении|утверждении|рассмотрении)\s+)?(?:итог|результат|отч[её]т)",
    re.IGNORECASE,
)
_WINDS_UP = re.compile(
    r"(?:об?\s+)?(?:досрочн[а-я]+\s+)?(?:завершени|окончани|прекращени|поощрени|награждени|премирован"
    r"|объявлении\s+благодарност)|.*(?<![а-яё])по\s+(?:итогам|результатам)(?![а-яё])",
    re.IGNORECASE | re.DOTALL,
)
_CENTURY = "20"
"""The century that every year begins with, except in dates such as «01.09.26»."""
_DASHES = str.maketrans(dict.fromkeys("‑‒−", "-"))
_CYRILLIC_ROMAN = str.maketrans({"і": "i", "ⅰ": "i", "ⅳ": "iv"})


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _cut(text: str, match: re.Match[str]) -> str:
    """Return the text with a match blanked out, so that it is not read twice."""
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]


def _exact_days(text: str) -> Iterator[tuple[re.Match[str], dt.date | None]]:
    for match in _DAY_MONTH_YEAR.finditer(text):
        yield match, to_day(2000 + int(match[3]) % 100, int(match[2]), int(match[1]))
    for match in _ISO.finditer(text):
        yield match, to_day(int(match[1]), int(match[2]), int(match[3]))
    for match in _DAY_WORD_YEAR.finditer(text):
        if month := month_number(match[2]):
            yield match, to_day(int(match[3]), month, int(match[1]))


def _long_periods(text: str) -> Iterator[tuple[re.Match[str], dt.date | None]]:
    for match in _SCHOOL_YEAR.finditer(text):
        last = int(match[1][: 4 - len(match[2])] + match[2])
        yield match, dt.date(last, 8, 31)
    for match in _QUARTER.finditer(text):
        quarter = _ROMAN.get(match[1]) or int(match[1])
        yield match, _month_end(int(match[2]), 3 * quarter)
    for match in _HALF.finditer(text):
        month = 12 if match[1] in {"втор", "2", "ii"} else 6
        yield match, _month_end(int(match[2]), month)


def _months(text: str) -> Iterator[tuple[re.Match[str], dt.date | None]]:
    for match in _WORD_YEAR.finditer(text):
        if month := month_number(match[1]):
            yield match, _month_end(int(match[2]), month)
    for match in _MONTH_DOT_YEAR.finditer(text):
        month = int(match[1])
        yield match, _month_end(int(match[2]), month) if 1 <= month <= 12 else None


def _years(text: str) -> Iterator[tuple[re.Match[str], dt.date | None]]:
    for match in _RANGE.finditer(text):
        last = int(match[1][: 4 - len(match[2])] + match[2])
        # Only school years are written with a slash.
        yield match, dt.date(last, 8, 31) if "/" in match[0] else dt.date(last, 12, 31)
    for match in _ANY_YEAR.finditer(text):
        yield match, dt.date(int(match[1]), 12, 31)


@functools.lru_cache(maxsize=4096)
def last_deadline(text: str) -> dt.date | None:
    """Return the latest day that a deadline with a year in it reaches; ``None`` without a year.

    «Март-апрель 2023» reaches 30.04.2023, «IV квартал 2022 г.» 31.12.2022, «2022-2023 уч. год»
    31.08.2023. A month without a year of its own («далее ежегодно сентябрь») says nothing.
    """
    rest = text.lower().replace("\u00a0", " ").translate(_CYRILLIC_ROMAN)
    found: list[dt.date] = []
    for read in (_exact_days, _long_periods, _months, _years):
        if read is not _exact_days and _CENTURY not in rest:
            break
        for match, day in list(read(rest)):
            if rest[match.start() : match.end()].strip() == "":
                continue
            rest = _cut(rest, match)
            if day is not None:
                found.append(day)
    return max(found, default=None)


def format_period(first: dt.date, last: dt.date, form: str = "3 марта 2022 г.") -> str:
    """Return e.g. «с 1 сентября 2026 г. по 31 мая 2027 г.»; the last day is in the period.

    A month or a year that both days share is said once when the month is a word: «с 1 по 15
    сентября 2026 г.»; a period of one day is that day.

    Raises:
        WrongArgumentError: when the last day is before the first or no form looks like the sample.
    """
    if last < first:
        raise WrongArgumentError(
            f"период кончается раньше, чем начинается: {first:%d.%m.%Y}–{last:%d.%m.%Y}"
        )
    begins, ends = format_date(first, form), format_date(last, form)
    if first == last:
        return ends
    words = begins.split()
    if len(words) == 4 and first.year == last.year:
        begins = words[0] if first.month == last.month else NBSP.join(words[:2])
    # «Со второго»; with a day in digits («02.09») the month does not tell how it is read.
    since = "со" if words[0] == "2" and len(words) == 4 else "с"
    return f"{since}{NBSP}{begins} по{NBSP}{ends}"


def format_years(first: int, last: int) -> str:
    """Return e.g. «2023–2026 годы», with an en dash without spaces, or «2026 год».

    Raises:
        WrongArgumentError: when the last year is before the first.
    """
    if last < first:
        raise WrongArgumentError(f"период кончается раньше, чем начинается: {first}–{last}")
    return f"{first}{NBSP}год" if first == last else f"{first}–{last}{NBSP}годы"


def years_in(text: str) -> frozenset[int]:
    """Return the years that a heading names; of a range («на 2023-2026 годы») both ends."""
    plain = text.replace("\u00a0", " ")
    years = {int(match[1]) for match in _FOUR_DIGITS.finditer(plain)}
    for match in _RANGE.finditer(plain):
        if len(match[2]) == 2:
            years.add(int(match[1][:2] + match[2]))
    return frozenset(years)


def school_years_in(text: str) -> frozenset[str]:
    """Return the school years that a heading names, as «2026/2027».

    «2026-2027» is one only in words on a school year; «на 2026-2027 годы» names two years of the
    calendar, and «2023/2026» is no school year at all.
    """
    is_school = _SCHOOL_WORD.search(text) is not None
    found = set()
    for match in _RANGE.finditer(text.replace("\u00a0", " ").translate(_DASHES)):
        last = int(match[1][: 4 - len(match[2])] + match[2])
        if last == int(match[1]) + 1 and (is_school or "/" in match[0]):
            found.add(f"{match[1]}/{last}")
    return frozenset(found)


def sums_up(heading: str) -> bool:
    """Return whether a heading promises the results of what is over: «Об итогах …»."""
    return _SUMS_UP.match(heading.strip()) is not None


def winds_up(heading: str) -> bool:
    """Return whether a heading speaks of an end, or of thanks for what was done."""
    return _WINDS_UP.match(heading.strip()) is not None
