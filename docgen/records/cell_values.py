"""Turn the text of a cell into a typed value, or into a problem that quotes it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

from docgen import russian
from docgen.errors import Problem
from docgen.model import Column, ColumnKind, PersonName, Phrase, RawCell, Value, sameness
from docgen.model.columns import BORN
from docgen.records.check_letters import letter_hint
from docgen.suggestions import suggestion

_YES = frozenset({"да", "+", "x", "х", "v", "1", "true", "истина", *"✓✔☑☒"})
_NO = frozenset({"нет", "-", "0", "false", "ложь", "☐"})
_MEN = frozenset({"м", "м.", "муж", "муж.", "мужской", "m"})
_WOMEN = frozenset({"ж", "ж.", "жен", "жен.", "женский", "f"})

_OF_WORDS = frozenset(
    {
        ColumnKind.TEXT,
        ColumnKind.PHRASE,
        ColumnKind.FILE,
        ColumnKind.REFERENCE,
        ColumnKind.CHOICE,
    }
)
"""Columns in which a date may be a word such as «1-2» that Excel has taken for one."""

_OF_OWN_WORDS = frozenset({ColumnKind.TEXT, ColumnKind.PHRASE})
"""Columns that take a date as it is shown when a person chose how to show it."""

_MADE_BY_EXCEL = re.compile(
    r"\d{2}\.\d{2}\.\d{4}( \d{1,2}:\d{2})?|\d{2}\.[а-я]{3}(\.\d{2})?|[а-я]{3}\.\d{2}"
    r"|\d{4}-\d{2}-\d{2}( \d{1,2}:\d{2}:\d{2})?"
)
"""How a date shows that nobody has given a format: «01.02.2026», «01.фев», «фев.26»."""

_DAY_SHOWN = re.compile(
    r"(?:до\s+)?(?P<day>\d{1,2})[\s./-]+(?:(?P<month>\d{1,2})|[а-я]+)(?:[\s./-]+\d{2,4})?"
    r"(?:\s*(?:г\.?|года))?",
    re.IGNORECASE,
)
"""A date that names its day, with no words but those that docgen puts around a deadline itself."""

_FIRST_DAY = dt.date(1899, 12, 30)
_NUMBERS_OF_DAYS = range(36526, 73051)
"""The numbers that Excel keeps of the days from 2000 to 2099."""

_CLOCK = re.compile(r"\d:\d\d")
_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?$")
_SIGNS: Final = {
    "запятая": ",",
    "точка с запятой": ";",
    "дробь": "/",
    "косая черта": "/",
    "дефис": "-",
    "тире": "–",
}
"""Signs that settings offer, by their names."""
_NONE: Final = frozenset({"", "-", "–", "—", "не печатать", "не надо", "не нужно"})
_AND: Final = re.compile(r"\s*[;,+]\s*|\s+и\s+")
_STEM: Final = 5
_DASH = re.compile(r"\s*-\s*")
_KOPECK = Decimal("0.01")
_TOO_MUCH, _ENDLESS = 10**15, 10**309

_LOOKS_LIKE_DATE = re.compile(r"^\d{1,4}([./-])\d{1,2}\1\d{1,4}\s*(?:г\.?|года)?$")

_WIDE_GAP = re.compile(r"(?<=\S\S) {2,}(?=\S)|(?<=\S) {2,}(?=\S\S)")
"""Several blanks between words, as pasted; those between the words of «П Р И К А З» stay."""

ValueOrProblem: TypeAlias = "Value | Problem"


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of a cell that holds several, parted by semicolons or line breaks."""
    return tuple(item.strip() for item in re.split(r"[;\n]", text) if item.strip())


def to_value(cell: RawCell, column: Column) -> ValueOrProblem:
    """Return the typed value of a filled cell, or its problem; references stay text here."""
    if column.kind in _OF_WORDS and isinstance(cell.value, dt.date) and not _is_own(cell, column):
        return Problem(
            "bad-number",
            cell.where,
            f"в столбце «{column.header}» ожидается текст, а Excel превратил запись в дату "
            f"«{cell.text}»; задайте ячейке формат «Текстовый» и впишите значение заново",
        )
    converters = {
        ColumnKind.DATE: _to_date,
        ColumnKind.DEADLINE: _to_deadline,
        ColumnKind.INTEGER: _to_integer,
        ColumnKind.MONEY: _to_money,
        ColumnKind.GENDER: _to_gender,
        ColumnKind.CHOICE: _to_choice,
        ColumnKind.FLAG: _to_flag,
    }
    if column.is_listed and column.kind == ColumnKind.CHOICE:
        return _to_choices(cell, column)
    if column.is_listed and column.kind != ColumnKind.REFERENCE:
        return split_list(cell.text)
    if column.kind in converters:
        return converters[column.kind](cell, column)
    text = _WIDE_GAP.sub(" ", cell.text)
    if column.kind == ColumnKind.PHRASE:
        return Phrase(_as_noun(text, column) if column.choices else text)
    return text


def _as_noun(text: str, column: Column) -> str:
    """Return a noun like those of a list as running text has it: «ПРИКАЗ», «Приказ» are small."""
    found = _match_choice(text, column)
    return found or (text.lower() if text.isupper() else text[:1].lower() + text[1:])


def _is_own(cell: RawCell, column: Column) -> bool:
    """Whether a date stands in a column of words as a person wanted it shown."""
    return column.kind in _OF_OWN_WORDS and _MADE_BY_EXCEL.fullmatch(cell.text) is None


def to_name(cell: RawCell, gender: str, *, is_fixed: bool) -> PersonName:
    """Return the name by parts, in capitals as names are written, however a list has them.

    Without a gender, the patronymic decides.
    """
    text = russian.usual_capitals(" ".join(cell.text.split()))
    surname, first, patronymic = russian.split_name(text)
    return PersonName(text, surname, first, patronymic, gender or russian.gender_of(text), is_fixed)


def _to_date(cell: RawCell, column: Column) -> ValueOrProblem:
    if isinstance(cell.value, dt.datetime):
        return cell.value.date()
    if isinstance(cell.value, dt.date):
        return cell.value
    day = (
        russian.parse_date(cell.text)
        or russian.read_date(cell.text, is_of_birth=column.name == BORN)
        or _day_of_number(cell.text)
    )
    if day is None:
        return Problem(
            "bad-date",
            cell.where,
            f"в столбце «{column.header}» не дата: «{cell.text}»; впишите день, который есть "
            "в календаре, например 01.09.2026",
        )
    return day


def _day_of_number(text: str) -> dt.date | None:
    """Return the day that Excel keeps as this number, shown where the cell has lost its format."""
    if re.fullmatch(r"\d{5}", text) and int(text) in _NUMBERS_OF_DAYS:
        return _FIRST_DAY + dt.timedelta(days=int(text))
    return None


def is_read_loosely(cell: RawCell, value: Value) -> bool:
    """Whether a cell's text was taken for a date though it is not written as one here."""
    is_read = isinstance(value, dt.date) and not isinstance(cell.value, dt.date)
    return is_read and russian.parse_date(cell.text) is None


def _to_deadline(cell: RawCell, column: Column) -> ValueOrProblem:
    if isinstance(cell.value, dt.date) and not _names_day(cell.text, cell.value):
        return cell.text
    if _CLOCK.search(_MIDNIGHT.sub("", cell.text)):
        # The hour of a meeting is a part of its deadline.
        return cell.text
    if re.fullmatch(r"\d+", cell.text):
        return cell.text
    outcome = _to_date(cell, column)
    if isinstance(outcome, Problem) and not _LOOKS_LIKE_DATE.match(cell.text):
        absent = russian.absent_day(cell.text)
        return cell.text if not absent else _no_such_day(absent, cell, column)
    return outcome


def _no_such_day(absent: str, cell: RawCell, column: Column) -> Problem:
    return Problem(
        "bad-date",
        cell.where,
        f"в столбце «{column.header}» названо «{absent}», а такого дня в календаре нет; исправьте",
    )


def _names_day(text: str, day: dt.date) -> bool:
    """Whether a date shows as a day: one that shows as «сентябрь 2026» means the whole month."""
    bare = _MIDNIGHT.sub("", text)
    if russian.parse_date(bare) is not None:
        return True
    found = _DAY_SHOWN.fullmatch(bare)
    return (
        found is not None
        and int(found["day"]) == day.day
        and int(found["month"] or day.month) == day.month
    )


def _to_integer(cell: RawCell, column: Column) -> ValueOrProblem:
    number = _number_in(cell)
    if number is not None and number == number.to_integral_value():
        return int(number)
    digits = re.sub(r"\s", "", cell.text)
    if re.fullmatch(r"-?\d+", digits):
        return int(digits)
    return Problem(
        "bad-number",
        cell.where,
        f"в столбце «{column.header}» не целое число: «{cell.text}»; впишите число цифрами",
    )


def _number_in(cell: RawCell) -> Decimal | None:
    """Return the number that a cell holds, however it is shown; a typed text is none."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    if abs(cell.value) >= _ENDLESS:
        return None
    # Excel keeps fifteen digits; what a formula leaves behind them is no part of the number.
    return Decimal(cell.value) if isinstance(cell.value, int) else Decimal(f"{cell.value:.15g}")


def _to_money(cell: RawCell, column: Column) -> ValueOrProblem:
    number = _number_in(cell)
    digits = re.sub(r"\s|руб(лей|ля|ль)?\.?|₽", "", cell.text).replace(",", ".")
    if number is None and re.fullmatch(r"\d+(\.\d{1,2})?", digits):
        number = Decimal(digits)
    if number is not None and 0 <= number < _TOO_MUCH:
        return number.quantize(_KOPECK, rounding=ROUND_HALF_UP)
    is_below = (number is not None and number < 0) or re.fullmatch(r"[-−–]\d[\d.]*", digits)
    fault = "сумма меньше нуля" if is_below else "не сумма"
    return Problem(
        "bad-number",
        cell.where,
        f"в столбце «{column.header}» {fault}: «{cell.text}»; впишите рубли и копейки, "
        "например 5000,00",
    )


def _to_gender(cell: RawCell, column: Column) -> ValueOrProblem:
    word = cell.text.casefold()
    if word in _MEN:
        return "м"
    if word in _WOMEN:
        return "ж"
    return Problem(
        "bad-choice",
        cell.where,
        f"в столбце «{column.header}» стоит «{cell.text}»; впишите м или ж",
    )


def _match_choice(text: str, column: Column) -> str:
    """Return the choice that the text spells, or nothing."""
    # A workspace may choose between a hyphen and a dash, which are the same elsewhere.
    if text in column.choices:
        return text
    plain = text.rstrip(" .")
    sign = _SIGNS.get(sameness(plain), "")
    if sign in column.choices:
        return sign
    folded, parts = _spaced_alike(plain), _parts_of(plain)
    for choice in column.choices:
        if _spaced_alike(choice) == folded or (len(parts) > 1 and _parts_of(choice) == parts):
            return choice
    return "нет" if "нет" in column.choices and _says_none(plain, column) else ""


def _parts_of(text: str) -> frozenset[str]:
    """Return the parts of a choice like «приложение и гриф», in whatever order and spelling."""
    return frozenset(_AND.split(sameness(text)))


def _says_none(text: str, column: Column) -> bool:
    """Return whether «-», «не печатать», «без отметки» mean the choice «нет» of a column."""
    word = sameness(text)
    without = f"без {sameness(column.header)[:_STEM]}"
    return word in _NONE or (word.startswith(without) and " " not in word[len(without) :])


def _spaced_alike(text: str) -> str:
    """Return what spellings of a choice share: «педагог-педагог» is «педагог – педагог»."""
    return _DASH.sub("-", sameness(text))


def _to_choice(cell: RawCell, column: Column) -> ValueOrProblem:
    found = _match_choice(cell.text, column)
    if found or column.is_open:
        return found or cell.text
    return _bad_choice(cell.text, cell, column)


def _to_choices(cell: RawCell, column: Column) -> ValueOrProblem:
    """Return several choices; commas part them too, since no choice has a comma in it."""
    items = [part.strip() for item in split_list(cell.text) for part in item.split(",")]
    found: list[Value] = []
    for item in filter(None, items):
        choice = _match_choice(item, column)
        if not choice and not column.is_open:
            return _bad_choice(item, cell, column)
        found.append(choice or item)
    return tuple(found)


def _bad_choice(text: str, cell: RawCell, column: Column) -> Problem:
    offered = ", ".join(f"«{choice}»" for choice in column.choices)
    hint = suggestion(text, column.choices, fold=sameness)
    remedy = letter_hint(text) or f"{hint}; выберите из списка: {offered}"
    message = f"в столбце «{column.header}» стоит «{text}»{remedy}"
    return Problem("bad-choice", cell.where, message)


def _to_flag(cell: RawCell, column: Column) -> ValueOrProblem:
    word = cell.text.casefold()
    if word in _YES | _NO:
        return word in _YES
    return Problem(
        "bad-choice",
        cell.where,
        f"в столбце «{column.header}» стоит «{cell.text}»; впишите да или оставьте пустым",
    )
