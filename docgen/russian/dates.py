"""Dates and school years, written and read, and the days off of the calendar."""

from __future__ import annotations

import datetime as dt
import functools
import re

from docgen.russian.case_forms import WrongArgumentError, to_case
from docgen.russian.numbers import ordinal_words

NBSP = "\u00a0"

DATE_FORMS: dict[str, str] = {
    "03.03.2022": "{day:02}.{month:02}.{year}",
    "03.03.2022 г.": "{day:02}.{month:02}.{year}{space}г.",
    "03.03.2022г.": "{day:02}.{month:02}.{year}г.",
    "03.03.2022 года": "{day:02}.{month:02}.{year}{space}года",
    "3 марта 2022 г.": "{day}{space}{word} {year}{space}г.",
    "3 марта 2022 года": "{day}{space}{word} {year}{space}года",
    "«03» марта 2022 г.": "«{day:02}»{space}{word} {year}{space}г.",
    "« 03 » марта 2022 г.": "«{space}{day:02}{space}»{space}{word} {year}{space}г.",
}
"""The forms of a date, each named by how it writes the third of March 2022."""

SCHOOL_YEAR_MARKS = ("/", "-", "–")
"""What stands between the years of a school year; the slash is the rule, houses differ."""

_QUOTES = str.maketrans(dict.fromkeys("«»“”„\"'", '"'))
_MONTH_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH_WORD = (
    r"(?:январ[ьяе]|феврал[ьяе]|марта?е?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|августа?е?"
    r"|сентябр[ьяе]|октябр[ьяе]|ноябр[ьяе]|декабр[ьяе])"
)
_DIGITAL = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_VERBAL = re.compile(rf'"?\s*(\d{{1,2}})\s*"?\s*({_MONTH_WORD})\s+(\d{{4}})')
_TIME_OF_DAY = re.compile(r"(?:\s+|(?<=\d)t)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
_ISO_LIKE = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./,-]\s*(\d{1,2})\s*[./,-]\s*(\d{4}|\d{2})")
_SHORT_MONTH = re.compile(
    r'"?(\d{1,2})"?[ .-]*(янв|февр?|мар|апр|май|мая|июнь?|июль?|авг|сент?|окт|нояб?|дек|'
    rf"{_MONTH_WORD})[ .-]*(\d{{4}}|\d{{2}})"
)
_LAST_CENTURY = 30
_AROUND_A_DAY = re.compile(r"^от\s+|[.,;]+$")
_DAY_AND_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({_MONTH_WORD})(?:\s+(\d{{4}}))?(?!\w)", re.IGNORECASE
)
_LEAP_YEAR = 2024
_YEAR_MARK = re.compile(r"\s*(?:г\.?|года?)$")
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[/–—-]\s*(\d{4}|\d{2})")
_PICTURE = re.compile(
    r"'(?P<quoted>[^']*)'?|(?P<part>([dDMyY])\3*|[A-Za-z]+)|(?P<other>.)", re.DOTALL
)
_MONTH_IN_WORDS = "MMMM"
_PICTURED = frozenset({"d", "dd", "M", "MM", _MONTH_IN_WORDS, "yy", "yyyy"})
_RESPELLINGS = (("года", "год"), ("год", "г"), ("г.", "г"))


def month_number(word: str) -> int:
    """Return 1 to 12 for a month in any case, 0 for any other word."""
    if not re.fullmatch(_MONTH_WORD, word.lower()):
        return 0
    stem = word.lower()[:3]
    return next(n for n, start in enumerate(_MONTH_STEMS, 1) if stem.startswith(start))


def to_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or ``None`` when the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _form_key(sample: str) -> str:
    """Return the key of a date form, the same for every date that a sample may show."""
    text = sample.translate(_QUOTES).replace("\u202f", " ").replace(NBSP, " ").strip().lower()
    text = re.sub(r"\s+", " ", text)
    text = re.sub(_MONTH_WORD, "месяца", text)
    quoted = '"' in text
    if "месяца" in text:
        text = re.sub(r"\d{4}", "ГГГГ", text)
        text = re.sub(r"\d{1,2}", "Д", text)
    else:
        text = re.sub(r"\d{1,2}\.\d{1,2}\.\d{4}", "ДД.ММ.ГГГГ", text)
    if quoted:
        text = re.sub(r'" д "', '"_д_"', text, flags=re.IGNORECASE)
    return re.sub(r"г$", "г.", text.replace("_", " "))


@functools.cache
def _pattern_by_key() -> dict[str, str]:
    return {_form_key(sample): pattern for sample, pattern in DATE_FORMS.items()}


@functools.lru_cache(maxsize=12)
def month_genitive(number: int) -> str:
    """Return the name of a month as in dates, e.g. «марта» (CLDR: ``format``, ``wide``)."""
    # Loads late: it takes 30 ms, and many commands write no month.
    from babel.dates import get_month_names

    return str(get_month_names("wide", context="format", locale="ru")[number])


def format_date(day: dt.date, form: str) -> str:
    """Return a date in the form of a sample such as «3 марта 2022 г.».

    Straight quotes stand for «», and the sample may show any date. The day and the month, the
    year and «г.» are held together by U+00A0.

    Raises:
        WrongArgumentError: when no form looks like the sample.
    """
    pattern = _pattern_by_key().get(_form_key(form))
    if pattern is None:
        known = ", ".join(f"«{sample}»" for sample in DATE_FORMS)
        raise WrongArgumentError(f"нет такого вида даты: «{form}»; есть {known}")
    return pattern.format(
        day=day.day,
        month=day.month,
        word=month_genitive(day.month),
        year=f"{day.year:04}",
        space=NBSP,
    )


def date_by_picture(day: dt.date, picture: str) -> str:
    """Return a date by a picture of Word: d, dd, M, MM, MMMM, yy, yyyy; other signs as they are.

    Raises:
        WrongArgumentError: when the picture asks for anything else.
    """
    if not is_date_picture(picture):
        raise WrongArgumentError(
            f"нет такого вида даты: «{picture}»; есть d, dd, M, MM, yy, yyyy и MMMM вместе с днём"
        )
    shown = {
        "d": f"{day.day}",
        "dd": f"{day.day:02}",
        "M": f"{day.month}",
        "MM": f"{day.month:02}",
        _MONTH_IN_WORDS: month_genitive(day.month) if _MONTH_IN_WORDS in picture else "",
        "yy": f"{day.year % 100:02}",
        "yyyy": f"{day.year:04}",
    }
    return "".join(
        shown[_with_small_letters(one["part"])] if one["part"] else one["quoted"] or one["other"]
        for one in _PICTURE.finditer(picture)
        if one[0] != "''"
    )


def is_date_picture(picture: str) -> bool:
    """Return whether a picture of Word shows a date, a month in words only beside its day.

    Alone such a month stands in another case.
    """
    parts = {_with_small_letters(one["part"]) for one in _PICTURE.finditer(picture) if one["part"]}
    return parts <= _PICTURED and (_MONTH_IN_WORDS not in parts or bool(parts & {"d", "dd"}))


def _with_small_letters(part: str) -> str:
    return part.replace("D", "d").replace("Y", "y")


def date_words(day: dt.date, case: str = "род") -> str:
    """Return a date in words; only the number of the day takes the case.

    The day is a neuter («двадцать первое ноября»), month and year stand in the genitive.

    Raises:
        WrongArgumentError: when the case is unknown.
    """
    number = ordinal_words(day.day, case=to_case(case), gender="с")
    year = ordinal_words(day.year, case="род", gender="м")
    return f"{number} {month_genitive(day.month)} {year} года"


def parse_date(text: str) -> dt.date | None:
    """Return a typed date, or ``None`` when the text is no date, or no such day exists.

    Slashes are refused: «01/09/2026» is January in one country and September in another.
    """
    plain = text.translate(_QUOTES).replace("\u202f", " ").replace(NBSP, " ").strip().lower()
    plain = _YEAR_MARK.sub("", plain)
    if match := _ISO.fullmatch(plain):
        year, month, day = map(int, match.groups())
        return to_day(year, month, day)
    if match := _DIGITAL.fullmatch(plain):
        day, month, year = map(int, match.groups())
        return to_day(year, month, day)
    if match := _VERBAL.fullmatch(plain):
        return to_day(int(match[3]), month_number(match[2]), int(match[1]))
    return None


def read_date(text: str, *, is_of_birth: bool = False) -> dt.date | None:
    """Return a date typed in any other way than the usual, or ``None``.

    Programs write «01.09.2026 0:00:00», people 01/09/2026 and 01.09.26: here the day is first.
    Years of two digits are of this century, but of the last one from 30 on where somebody was born.
    """
    plain = text.translate(_QUOTES).replace("\u202f", " ").replace(NBSP, " ").strip().lower()
    if is_of_birth:
        plain = plain.removesuffix("г.р.").rstrip()
    plain = _TIME_OF_DAY.sub("", _YEAR_MARK.sub("", _AROUND_A_DAY.sub("", plain)))
    if match := _ISO_LIKE.fullmatch(plain):
        return to_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(plain):
        day, month = int(match[1]), int(match[2])
    elif match := _SHORT_MONTH.fullmatch(plain):
        day, month = int(match[1]), _month_of_stem(match[2])
    else:
        return parse_date(plain)
    year = int(match[3])
    if len(match[3]) == 2:
        year += 1900 if is_of_birth and year >= _LAST_CENTURY else 2000
    return to_day(year, month, day)


def absent_day(text: str) -> str:
    """Return the first day in a text that no calendar has, as «31 ноября», else an empty text."""
    for match in _DAY_AND_MONTH.finditer(text):
        year = int(match[3] or _LEAP_YEAR)
        if to_day(year, month_number(match[2]), int(match[1])) is None:
            return match[0]
    return ""


def _month_of_stem(word: str) -> int:
    return next(n for n, start in enumerate(_MONTH_STEMS, 1) if word.startswith(start))


def school_year(day: dt.date, mark: str = "/") -> str:
    """Return the school year of a day, as «2026/2027»; it begins on the first of September.

    Raises:
        WrongArgumentError: when the mark between the years is no slash, hyphen or en dash.
    """
    if mark not in SCHOOL_YEAR_MARKS:
        known = " ".join(SCHOOL_YEAR_MARKS)
        raise WrongArgumentError(f"нет такого знака между годами: «{mark}»; есть {known}")
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first:04}{mark}{first + 1:04}"


def school_year_bounds(text: str) -> tuple[dt.date, dt.date]:
    """Return the first of September and the 31st of August of «2026/2027».

    A hyphen or a dash may stand for the slash.

    Raises:
        WrongArgumentError: when the text is no school year or its years do not follow each other.
    """
    match = _SCHOOL_YEAR.fullmatch(text.strip())
    if match is not None:
        first = int(match[1])
        last = int(match[1][: 4 - len(match[2])] + match[2])
        if 1 <= first < dt.MAXYEAR and last == first + 1:
            return dt.date(first, 9, 1), dt.date(last, 8, 31)
    raise WrongArgumentError(f"не учебный год: «{text}»; пишется как 2026/2027")


_WEEKEND = {5: "суббота", 6: "воскресенье"}


@functools.lru_cache(maxsize=64)
def _calendar(year: int) -> tuple[dict[dt.date, str], frozenset[dt.date]]:
    """Return the days off of a year with their names, and the weekend days that are worked."""
    # Loads late: it takes 70 ms, and only dates of orders ask for days off.
    import holidays

    found = holidays.country_holidays("RU", years=year, language="ru")
    workdays = frozenset(getattr(found, "weekend_workdays", ()))
    return {day: str(name) for day, name in found.items()}, workdays


def day_off(day: dt.date) -> str:
    """Return why a day is off («воскресенье», «праздничный день …»), else an empty text.

    Moved days and working Saturdays are known for the years whose decree the library holds; for
    other years the days of the Labour Code and the weekends count.
    """
    named, workdays = _calendar(day.year)
    if day in workdays:
        return ""
    name = named.get(day, "")
    if name.startswith("Выходной"):
        return "выходной день (перенос)"
    if name:
        return f"праздничный день ({name})"
    return _WEEKEND.get(day.weekday(), "")


def add_workdays(day: dt.date, count: int) -> dt.date:
    """Return the day that lies so many working days after another, before it when negative.

    The day itself does not count (ТК РФ, art. 14: terms begin on the next day).
    """
    step = dt.timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day_off(day):
            day += step
    return day
