"""The filters of templates: cases, initials, agreement, counting, dates, letters.

A new filter is a function here and a line in ``FILTERS`` at the end, under its Russian name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast

from docgen import russian
from docgen.model.ages import full_years
from docgen.wording.blank_views import BlankRecordView
from docgen.wording.list_filters import LIST_FILTERS
from docgen.wording.number_filters import NUMBER_FILTERS
from docgen.wording.pair_groups import views_in_groups
from docgen.wording.quotation import QUOTATION_FILTERS
from docgen.wording.record_views import RecordView
from docgen.wording.value_views import (
    BlankView,
    DateView,
    Declinable,
    JoinedView,
    NameView,
    PhraseView,
    PictureView,
    WordingError,
    check_printed,
    named,
)

_CASE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "им": ("nom",),
    "род": ("рд", "gen", "genitive"),
    "дат": ("дт", "dat", "dative"),
    "вин": ("вн", "acc", "accusative"),
    "твор": ("тв", "ins", "instrumental"),
    "пред": ("пр", "prep", "prepositional"),
}


def in_case(value: object, case: str) -> Declinable | str:
    """Return the value in a case; the filled items of a list parted by commas.

    Raises:
        WordingError: for a value that cannot be declined (a date, a number, a whole record).
    """
    if isinstance(value, str):
        return PhraseView(value).in_case(case) if value else value
    if isinstance(value, _DECLINED):
        return value.in_case(case)
    if isinstance(value, list | tuple | Iterator):
        items = [in_case(item, "им") for item in value]
        filled = tuple(item for item in items if not isinstance(item, str))
        return JoinedView(filled, ", ").in_case(case)
    raise WordingError(
        f"{named(value)} не склоняется; падеж ставят именам, должностям, организациям"
    )


_DECLINED = (PhraseView, NameView, JoinedView, Declinable)
"""What can be declined; the usual classes come first, since asking a protocol is slow."""


def _name_of(value: object) -> object:
    """Return the name of a person's row, any other value as it is."""
    return getattr(value, "фио", value) if isinstance(value, RecordView) else value


def with_initials(value: object) -> NameView | BlankView | BlankRecordView:
    """Return a name, or that of a person, as «Иванова М.П.».

    Raises:
        WordingError: for anything that is no name.
    """
    return _name_in_style(value, "initials")


def with_initials_ahead(value: object) -> NameView | BlankView | BlankRecordView:
    """Return a name, or that of a person, as «М.П. Иванова».

    Raises:
        WordingError: for anything that is no name.
    """
    return _name_in_style(value, "ahead")


def _name_in_style(value: object, style: str) -> NameView | BlankView | BlankRecordView:
    name = _name_of(value)
    if isinstance(name, BlankView | BlankRecordView):
        return name
    if isinstance(name, NameView):
        return name.in_style(style)
    raise WordingError(f"{named(value)} — не имя; инициалы бывают только у людей")


def agree(
    value: object,
    masculine: str,
    feminine: str,
    neuter: str | None = None,
    plural: str | None = None,
) -> str:
    """Return the word that agrees with a person, a name, a gender or the head noun of a phrase."""
    if isinstance(value, str) and value in {"", "м", "ж", "с", "мн"}:
        return russian.agree(value, masculine, feminine, neuter, plural)
    name = _name_of(value)
    if isinstance(name, NameView):
        return russian.agree(name.gender, masculine, feminine, neuter, plural)
    if isinstance(name, BlankView | BlankRecordView):
        return russian.agree("", masculine, feminine, neuter, plural)
    return russian.agree(russian.gender_of_phrase(str(value)), masculine, feminine, neuter, plural)


def approved(value: object, word: str = "УТВЕРЖДЕН", *, yo: bool = False) -> str:
    """Return УТВЕРЖДЕН, -А, -О or -Ы by the noun of the approved document (ГОСТ Р 7.0.97-2025).

    ``word`` is the masculine form; ``yo`` prints Ё where it stands.
    """
    return russian.approved_word(russian.gender_of_phrase(str(value)), yo=yo, word=word)


def as_date(value: object, form: str = "") -> DateView | BlankView | str:
    """Return a date in a form, e.g. ``дата('3 марта 2022 г.')``; a line to write on stays one.

    Raises:
        WordingError: for anything that is no date.
    """
    if not isinstance(form, str):
        raise WordingError(f"{named(form)} — не вид даты; впишите, как выглядит 3 марта 2022 года")
    if _is_left(value):
        return cast("BlankView | str", value)
    if isinstance(value, DateView):
        return DateView(value.day, form or value.form)
    if isinstance(value, dt.date):
        return DateView(value, form or "3 марта 2022 г.")
    raise WordingError(f"{named(value)} — не дата")


def as_picture(value: object, picture: str) -> str | BlankView:
    r"""Return a date as Word's field switch ``\@`` shows it, e.g. by «dd.MM.yyyy».

    A line to write on stays one, and what is empty stays empty.

    Raises:
        WordingError: for anything that is no date.
    """
    if isinstance(value, BlankView):
        return value
    return russian.date_by_picture(_day_of(value), picture) if str(value) else ""


def _is_left(value: object) -> bool:
    """Return whether a value is a line to write on or an empty cell: filters leave them so."""
    return isinstance(value, BlankView) or value == ""


def _day_of(value: object) -> dt.date:
    if isinstance(value, DateView):
        return value.day
    if isinstance(value, dt.date):
        return value
    raise WordingError(f"{named(value)} — не дата")


def in_words(value: object, case: str = "им", kopecks: str = "цифрами") -> str:
    """Return a number, a sum of money or a date in words, in a case; what is empty stays empty.

    Raises:
        WordingError: for anything else, or when kopecks are neither «цифрами» nor «словами».
    """
    has_kopeck_words = _are_in_words(kopecks)
    if value == "" or isinstance(value, BlankView):
        return str(value)
    if isinstance(value, Decimal):
        return russian.sum_words(value, russian.to_case(case), has_kopeck_words=has_kopeck_words)
    if isinstance(value, int) and not isinstance(value, bool):
        return russian.number_words(value, russian.to_case(case))
    return russian.date_words(_day_of(value), russian.to_case(case))


def sum_in_full(value: object, case: str = "им", kopecks: str = "цифрами") -> str:
    """Return a sum of money, or whole rubles, as «1 000 (одна тысяча) рублей 00 копеек».

    A line to write on stays one, and what is empty stays empty.

    Raises:
        WordingError: for anything else, or when kopecks are neither «цифрами» nor «словами».
    """
    has_kopeck_words = _are_in_words(kopecks)
    if value == "" or isinstance(value, BlankView):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise WordingError(f"{named(value)} — не сумма; задайте столбцу вид «деньги» (money)")
    return russian.sum_with_words(
        Decimal(value), russian.to_case(case), has_kopeck_words=has_kopeck_words
    )


def _are_in_words(kopecks: str) -> bool:
    if kopecks not in {"цифрами", "словами"}:
        raise WordingError(f"копейки пишут «цифрами» или «словами», а не «{kopecks}»")
    return kopecks == "словами"


def date_in_words(value: object, case: str = "род") -> str:
    """Return a date as «третьего марта две тысячи двадцать второго года»."""
    if _is_left(value):
        return str(value)
    return russian.date_words(_day_of(value), russian.to_case(case))


def after_workdays(value: object, count: object) -> object:
    """Return the day that lies so many working days after a date, in the date's own form.

    Raises:
        WordingError: for anything that is no date, or no whole number from -250 to 250.
    """
    if _is_left(value):
        return value
    if isinstance(count, bool) or not isinstance(count, int) or abs(count) > _MOST_WORKDAYS:
        raise WordingError(
            f"«{count}» рабочих дней; задайте целое число, не больше {_MOST_WORKDAYS}"
        )
    day = russian.add_workdays(_day_of(value), count)
    return replace(value, day=day) if isinstance(value, DateView) else day


_MOST_WORKDAYS = 250


def after_days(value: object, count: object) -> object:
    """Return the day so many calendar days after a date, in the date's own form.

    Raises:
        WordingError: for anything that is no date, or no whole number from -3660 to 3660.
    """
    if _is_left(value):
        return value
    if isinstance(count, bool) or not isinstance(count, int) or abs(count) > _MOST_DAYS:
        raise WordingError(f"«{count}» дней; задайте целое число, не больше {_MOST_DAYS}")
    day = _day_of(value) + dt.timedelta(days=count)
    return replace(value, day=day) if isinstance(value, DateView) else day


_MOST_DAYS = 3660


def years_on(value: object, day: object) -> object:
    """Return the age in full years of who was born on a date, on a day."""
    for one in (value, day):
        if _is_left(one):
            return one
    return full_years(_day_of(value), _day_of(day))


def year_of_date(value: object) -> object:
    """Return the year of a date as a number; a line to write on stays one."""
    return value if _is_left(value) else _day_of(value).year


def period(first: object, last: object, form: str = "") -> str:
    """Return «с 1 сентября 2026 г. по 31 мая 2027 г.» for two days, «2023–2026 годы» for two years.

    Raises:
        ValueError: for anything else, or when the period ends before it begins.
    """
    if _is_year(first) and _is_year(last):
        return russian.format_years(int(str(first)), int(str(last)))
    for end in (first, last):
        if isinstance(end, BlankView):
            return f"с {first} по {last}"
    return russian.format_period(_day_of(first), _day_of(last), form or "3 марта 2022 г.")


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999


def after_preposition(value: object, preposition: str) -> str:
    """Return the value after its preposition, in the form that sounds right: «со статьёй»."""
    return russian.with_preposition(preposition, str(value))


def capitalised(value: object) -> str:
    """Return the text with its first letter upper case, the rest untouched."""
    text = str(value)
    return text[:1].upper() + text[1:]


def uncapitalised(value: object) -> str:
    """Return the text with its first letter lower case, unless its first word is an abbreviation.

    Capitals after the first letter (МБУ, УрФУ, А.С.) make an abbreviation; «В», «О» alone do not.
    """
    text = str(value)
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def spaced_out(value: object) -> str:
    """Return the text letter by letter, as «П Р И К А З»; words are parted by three blanks."""
    return "   ".join(" ".join(word) for word in str(value).split())


def listed(value: object, between: str = ", ") -> str:
    """Return the items of anything that can be gone through, joined; any other value as text.

    Raises:
        WordingError: when the value, or an item, prints nothing by itself.
    """
    if not isinstance(between, str):
        raise WordingError(f"{named(between)} — не слова; впишите в скобках, чем разделять: ', '")
    is_single = isinstance(value, str | BlankRecordView) or not isinstance(value, Iterable)
    items: list[object] = [value] if is_single else list(cast("Iterable[object]", value))
    for item in items:
        check_printed(item)
    return between.join(map(str, items))


def ticked(value: object) -> str:
    """Return a box to tick, ticked for yes and for what is filled in, empty for no and nothing."""
    return "☑" if value and str(value).casefold() not in _NOT_TICKED else "☐"


_NOT_TICKED = frozenset({"нет", "не требуется", "-", "–", "—", "☐"})


def _case_filter(case: str) -> Callable[[object], Declinable | str]:
    def decline(value: object) -> Declinable | str:
        return in_case(value, case)

    decline.__doc__ = f"Return the value in the case «{case}»."
    return decline


def sized(value: object, ширина: object = 0, высота: object = 0) -> object:
    """Return a picture in a size in mm; with both it fits into them, and keeps its shape.

    Raises:
        WordingError: for anything but a picture, or a size that no paper has.
    """
    if not isinstance(value, PictureView):
        if not value:
            return value
        raise WordingError(
            f"{named(value)} – не картинка; фильтр «картинка» ставят столбцу типа file, в котором "
            "назван файл PNG или JPEG"
        )
    sizes = []
    for size in (ширина, высота):
        if isinstance(size, bool) or not isinstance(size, int | float) or not 0 <= size <= _MOST_MM:
            raise WordingError(f"размер картинки «{size}»; задайте миллиметры, от 1 до {_MOST_MM}")
        sizes.append(float(size))
    return value.in_size(*sizes)


_MOST_MM = 400
FILTERS: dict[str, Callable[..., object]] = {
    name: _case_filter(case) for case, aliases in _CASE_ALIASES.items() for name in (case, *aliases)
} | {
    "инициалы": with_initials,
    "инициалы_впереди": with_initials_ahead,
    "согл": agree,
    "утверждён": approved,
    "прописью": in_words,
    "сумма": sum_in_full,
    "дата": as_date,
    "дата_по_образцу": as_picture,
    "дата_словами": date_in_words,
    "период": period,
    "плюс_рабочих_дней": after_workdays,
    "плюс_дней": after_days,
    "полных_лет": years_on,
    "год": year_of_date,
    "с_предлогом": after_preposition,
    "с_заглавной": capitalised,
    "со_строчной": uncapitalised,
    "прописными": lambda value: str(value).upper(),
    "разрядкой": spaced_out,
    "перечень": listed,
    "картинка": sized,
    "флажок": ticked,
    "по_группам": views_in_groups,
    **LIST_FILTERS,
    **NUMBER_FILTERS,
    **QUOTATION_FILTERS,
}
"""Every filter that docgen adds to those of Jinja, by its name in templates."""

OF_LISTS = frozenset(
    {"перечень", "флажок", "инициалы", "инициалы_впереди", "по_группам", "среднее", *_CASE_ALIASES}
).union(LIST_FILTERS, (alias for aliases in _CASE_ALIASES.values() for alias in aliases))
"""The filters that take a list, or say themselves what they cannot take."""
