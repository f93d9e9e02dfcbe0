"""The Russian filters of templates: cases, initials, agreement, counting, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from docgen import russian
from docgen.wording.record_views import BlankRecordView, RecordView
from docgen.wording.value_views import (
    BlankView,
    DateView,
    Declinable,
    JoinedView,
    NameView,
    PhraseView,
)

_CASE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "им": ("nom",),
    "род": ("рд", "gen", "genitive"),
    "дат": ("дт", "dat", "dative"),
    "вин": ("вн", "acc", "accusative"),
    "твор": ("тв", "ins", "instrumental"),
    "пред": ("пр", "prep", "prepositional"),
}


def in_case(value: object, case: str) -> Any:
    """Return the value in a case.

    Raises:
        ValueError: for a value that cannot be declined (a date, a number, a whole record).
    """
    if isinstance(value, str):
        return PhraseView(value).in_case(case) if value else value
    if isinstance(value, _DECLINED):
        return value.in_case(case)
    if isinstance(value, list | tuple):
        return JoinedView(tuple(in_case(item, "им") for item in value), ", ").in_case(case)
    raise ValueError(f"«{value}» не склоняется; падеж ставят именам, должностям, организациям")


_DECLINED = (PhraseView, NameView, JoinedView, Declinable)
"""What can be declined; the classes that papers mostly hold are asked before the protocol."""


def _name_of(value: object) -> Any:
    return getattr(value, "фио", value) if isinstance(value, RecordView) else value


def with_initials(value: object) -> Any:
    """Return «Иванова М.П.» for a name or a person.

    Raises:
        ValueError: for anything that is no name.
    """
    return _styled(value, "initials")


def with_initials_ahead(value: object) -> Any:
    """Return «М.П. Иванова» for a name or a person.

    Raises:
        ValueError: for anything that is no name.
    """
    return _styled(value, "ahead")


def _styled(value: object, style: str) -> Any:
    name = _name_of(value)
    if isinstance(name, BlankView | BlankRecordView):
        return name
    if isinstance(name, NameView):
        return name.in_style(style)
    raise ValueError(f"«{value}» — не имя; инициалы бывают только у людей")


def agree(
    value: object,
    masculine: str,
    feminine: str,
    neuter: str | None = None,
    plural: str | None = None,
) -> str:
    """Return the word that agrees with a person, a name, a gender or a phrase's head noun."""
    if isinstance(value, str) and value in {"", "м", "ж", "с", "мн"}:
        return russian.agree(value, masculine, feminine, neuter, plural)
    name = _name_of(value)
    if isinstance(name, NameView):
        return russian.agree(name.gender, masculine, feminine, neuter, plural)
    if isinstance(name, BlankView | BlankRecordView):
        return russian.agree("", masculine, feminine, neuter, plural)
    return russian.agree(russian.gender_of_phrase(str(value)), masculine, feminine, neuter, plural)


def approved(value: object, word: str = "УТВЕРЖДЕН", *, yo: bool = False) -> str:
    """Return УТВЕРЖДЕН/-А/-О/-Ы by the approved document's noun (ГОСТ Р 7.0.97, гриф)."""
    return russian.approved_word(russian.gender_of_phrase(str(value)), yo=yo, word=word)


def as_date(value: object, form: str = "") -> Any:
    """Return a date in a named form, e.g. ``дата('3 марта 2022 г.')``; a line stays a line.

    Raises:
        ValueError: for anything that is no date.
    """
    if isinstance(value, BlankView):
        return value
    if isinstance(value, DateView):
        return DateView(value.day, form or value.form)
    if isinstance(value, dt.date):
        return DateView(value, form or "3 марта 2022 г.")
    raise ValueError(f"«{value}» — не дата")


def _day(value: object) -> dt.date:
    if isinstance(value, DateView):
        return value.day
    if isinstance(value, dt.date):
        return value
    raise ValueError(f"«{value}» — не дата")


def in_words(value: object, case: str = "им", kopecks: str = "цифрами") -> str:
    """Return a number, a sum or a date in words; a sum stands in the nominative.

    Raises:
        ValueError: for anything else, or when kopecks are neither «цифрами» nor «словами».
    """
    if kopecks not in {"цифрами", "словами"}:
        raise ValueError(f"копейки пишут «цифрами» или «словами», а не «{kopecks}»")
    if isinstance(value, Decimal):
        return russian.sum_words(value, has_kopeck_words=kopecks == "словами")
    if isinstance(value, int) and not isinstance(value, bool):
        return russian.number_words(value, russian.to_case(case))
    return russian.date_words(_day(value), russian.to_case(case))


def date_in_words(value: object, case: str = "род") -> str:
    """Return «третьего марта две тысячи двадцать второго года»."""
    return russian.date_words(_day(value), russian.to_case(case))


def count(value: int, noun: str) -> str:
    """Return «5 педагогов»."""
    return russian.count_noun(value, noun)


def school_year(value: object, mark: str = "/") -> str:
    """Return «2026/2027» for a day, or with another mark «2026-2027»."""
    return russian.school_year(_day(value), mark)


def period(first: object, last: object, form: str = "") -> Any:
    """Return «с 1 сентября 2026 г. по 31 мая 2027 г.» of two days, «2023–2026 годы» of two years.

    Raises:
        ValueError: for anything else, or when the period ends before it begins.
    """
    if _is_year(first) and _is_year(last):
        return russian.format_years(int(str(first)), int(str(last)))
    for end in (first, last):
        if isinstance(end, BlankView):
            return f"с {first} по {last}"
    return russian.format_period(_day(first), _day(last), form or "3 марта 2022 г.")


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999


def after_preposition(value: object, preposition: str) -> str:
    """Return the printed value after «с», «в», «к», «о», long where Russian asks: «со статьёй»."""
    return russian.with_preposition(preposition, str(value))


def capitalised(value: object) -> str:
    """Return the text with its first letter large, the rest untouched."""
    text = str(value)
    return text[:1].upper() + text[1:]


def uncapitalised(value: object) -> str:
    """Return the text with its first letter small unless its first word is an abbreviation.

    Capitals after the first letter (МБУ, УрФУ, А.С.) make an abbreviation; «В», «О» alone do not.
    """
    text = str(value)
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def spaced_out(value: object) -> str:
    """Return «П Р И К А З»: letters parted by blanks, words by three."""
    return "   ".join(" ".join(word) for word in str(value).split())


def listed(value: object, between: str = ", ") -> str:
    """Return the items joined."""
    return (
        between.join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)
    )


def _case_filter(case: str) -> Callable[[object], Any]:
    def decline(value: object) -> Any:
        return in_case(value, case)

    decline.__doc__ = f"Return the value in the case «{case}»."
    return decline


FILTERS: dict[str, Callable[..., Any]] = {
    name: _case_filter(case) for case, aliases in _CASE_ALIASES.items() for name in (case, *aliases)
} | {
    "инициалы": with_initials,
    "инициалы_впереди": with_initials_ahead,
    "согл": agree,
    "утверждён": approved,
    "кол": count,
    "прописью": in_words,
    "дата": as_date,
    "дата_словами": date_in_words,
    "учебный_год": school_year,
    "период": period,
    "с_предлогом": after_preposition,
    "с_заглавной": capitalised,
    "со_строчной": uncapitalised,
    "прописными": lambda value: str(value).upper(),
    "разрядкой": spaced_out,
    "перечень": listed,
}
"""Every filter that docgen adds to a template's own."""
