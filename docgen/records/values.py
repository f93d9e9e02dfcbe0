"""One cell's text to one typed value, or a problem that quotes it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from docgen import russian
from docgen.errors import Problem
from docgen.model import Column, PersonName, Phrase, RawCell, Value, sameness

_YES = frozenset({"да", "+", "x", "х", "v", "1", "true", "истина"})
_NO = frozenset({"нет", "-", "0", "false", "ложь"})
_MEN = frozenset({"м", "м.", "муж", "муж.", "мужской", "m"})
_WOMEN = frozenset({"ж", "ж.", "жен", "жен.", "женский", "f"})

Outcome: TypeAlias = "Value | Problem"


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of a cell that lists several, parted by semicolons or line breaks."""
    return tuple(item.strip() for item in re.split(r"[;\n]", text) if item.strip())


def closest(text: str, known: tuple[str, ...]) -> str:
    """Return a hint such as ``; возможно, вы имели в виду «Орлова …»`` or nothing."""
    by_sameness = {sameness(name): name for name in known}
    found = difflib.get_close_matches(sameness(text), list(by_sameness), n=1, cutoff=0.6)
    return f"; возможно, вы имели в виду «{by_sameness[found[0]]}»" if found else ""


def to_value(cell: RawCell, column: Column) -> Outcome:
    """Return the typed value of a filled cell; references stay text until they are linked."""
    if column.kind_of in {"text", "phrase", "file", "reference", "choice"} and isinstance(
        cell.value, dt.date | dt.datetime
    ):
        return Problem(
            "bad-number",
            cell.where,
            f"в столбце «{column.header}» ожидается текст, а Excel превратил запись в дату "
            f"«{cell.text}»; задайте ячейке формат «Текстовый» и впишите значение заново",
        )
    converters = {
        "date": _to_date,
        "deadline": _to_deadline,
        "integer": _to_integer,
        "money": _to_money,
        "gender": _to_gender,
        "choice": _to_choice,
        "flag": _to_flag,
    }
    if column.is_listed and column.kind_of != "reference":
        return tuple(_listed(cell, column))
    if column.kind_of in converters:
        return converters[column.kind_of](cell, column)
    return Phrase(cell.text) if column.kind_of == "phrase" else cell.text


def to_name(cell: RawCell, gender: str, *, is_fixed: bool) -> PersonName:
    """Return the name by parts; the gender comes from its column, else from the patronymic."""
    text = " ".join(cell.text.split())
    surname, first, patronymic = russian.split_name(text)
    return PersonName(text, surname, first, patronymic, gender or russian.gender_of(text), is_fixed)


def _listed(cell: RawCell, column: Column) -> list[Value]:
    if column.kind_of == "choice":
        found = [_match_choice(item, column) for item in split_list(cell.text)]
        return [item or text for item, text in zip(found, split_list(cell.text), strict=True)]
    return list(split_list(cell.text))


def _to_date(cell: RawCell, column: Column) -> Outcome:
    if isinstance(cell.value, dt.datetime):
        return cell.value.date()
    if isinstance(cell.value, dt.date):
        return cell.value
    day = russian.parse_date(cell.text)
    if day is None:
        return Problem(
            "bad-date",
            cell.where,
            f"в столбце «{column.header}» не дата: «{cell.text}»; впишите день, который есть "
            "в календаре, например 01.09.2026",
        )
    return day


def _to_deadline(cell: RawCell, column: Column) -> Outcome:
    outcome = _to_date(cell, column)
    return cell.text if isinstance(outcome, Problem) else outcome


def _to_integer(cell: RawCell, column: Column) -> Outcome:
    digits = cell.text.replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"-?\d+", digits):
        return int(digits)
    return Problem(
        "bad-number",
        cell.where,
        f"в столбце «{column.header}» не целое число: «{cell.text}»; впишите число цифрами",
    )


def _to_money(cell: RawCell, column: Column) -> Outcome:
    digits = re.sub(r"[\s\u00a0]|руб(лей|ля|ль)?\.?|₽", "", cell.text).replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return Problem(
            "bad-number",
            cell.where,
            f"в столбце «{column.header}» не сумма: «{cell.text}»; впишите рубли и копейки, "
            "например 5000,00",
        )


def _to_gender(cell: RawCell, column: Column) -> Outcome:
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
    for choice in column.choices:
        if sameness(choice) == sameness(text):
            return choice
    return ""


def _to_choice(cell: RawCell, column: Column) -> Outcome:
    found = _match_choice(cell.text, column)
    if found or column.is_open:
        return found or cell.text
    offered = ", ".join(f"«{choice}»" for choice in column.choices)
    return Problem(
        "bad-choice",
        cell.where,
        f"в столбце «{column.header}» стоит «{cell.text}»{closest(cell.text, column.choices)}; "
        f"выберите из списка: {offered}",
    )


def _to_flag(cell: RawCell, column: Column) -> Outcome:
    word = cell.text.casefold()
    if word in _YES | _NO:
        return word in _YES
    return Problem(
        "bad-choice",
        cell.where,
        f"в столбце «{column.header}» стоит «{cell.text}»; впишите да или оставьте пустым",
    )
