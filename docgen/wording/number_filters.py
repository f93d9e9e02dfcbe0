"""Filters of numbers beside words, of classes and school years, of places, of «в лице …»."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from docgen import russian
from docgen.wording.blank_views import BlankRecordView
from docgen.wording.spelling import present_speller
from docgen.wording.value_views import (
    BlankView,
    DateView,
    Declinable,
    NameView,
    PhraseView,
    WordingError,
    named,
)

_SCHOOL_YEAR = re.compile(r"20\d\d[-–/](?:20)?\d\d")


def _is_blank(value: object) -> bool:
    return value == "" or isinstance(value, BlankView | BlankRecordView)


def _whole(value: object) -> int:
    """Return a whole number, also when it is typed as text.

    Raises:
        WordingError: for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,9}", text):
        raise WordingError(f"{named(value)} — не целое число")
    return int(text)


def count(value: object, noun: str, падеж: str = "им", вид: str = "цифрами") -> str:
    """Return a number with its noun in a case, e.g. «5 педагогов», «3 (трёх) рабочих дней».

    A line to write on stands before the noun as after many.

    Raises:
        WordingError: for anything that is no number.
    """
    if value == "":
        return ""
    if _is_blank(value):
        return f"{value} {russian.counted_form(noun, is_many=True)}".strip()
    number = value if isinstance(value, Decimal) else _whole(value)
    return russian.counted(number, noun, падеж, вид)


def ordinal(value: object, noun: str = "м", падеж: str = "им", вид: str = "цифрами") -> str:
    """Return an ordinal in a gender or with its noun, in a case: «3-го этапа», «третьей».

    Raises:
        WordingError: for anything that is no whole number.
    """
    return str(value) if _is_blank(value) else russian.ordinal(_whole(value), noun, падеж, вид)


def aged(value: object, noun: str = "м", падеж: str = "им") -> str:
    """Return «14-летний» of a number of years, in a gender or with its noun, in a case.

    Raises:
        WordingError: for anything that is no whole number.
    """
    return str(value) if _is_blank(value) else russian.aged(_whole(value), noun, падеж)


def _gender_of(value: object) -> str:
    name = getattr(value, "фио", value)
    if isinstance(name, NameView):
        return name.gender
    if isinstance(name, str) and name in {"м", "ж", "с", "мн"}:
        return name
    if _is_blank(name):
        return ""
    return russian.gender_of_phrase(str(name))


def having_reached(value: object, лет: object, падеж: str = "им") -> str:
    """Return «достигший 14 лет» in the gender of a person, in a case.

    Raises:
        WordingError: when the years are no whole number.
    """
    return russian.having_reached(_whole(лет), _gender_of(value), падеж)


def school_class(value: object, падеж: str = "им") -> str:
    """Return a class such as «5 «А»» with its word, in a case: «5 «А» класса»."""
    if _is_blank(value):
        return f"{value} {russian.decline_phrase('класс', падеж).text}".strip()
    return russian.school_class(str(value), падеж)


def school_year(value: object, mark: str = "/", падеж: str = "") -> str:
    """Return the school year of a day as «2026/2027», in a case «2026/2027 учебном году».

    Of what is a school year already only the case is asked.

    Raises:
        WordingError: for anything else.
    """
    if _is_blank(value):
        return str(value)
    text = str(value)
    day = value.day if isinstance(value, DateView) else value
    if isinstance(day, dt.date):
        year = russian.school_year(day, mark)
    elif _SCHOOL_YEAR.fullmatch(text):
        year = re.sub(r"[-–/]", mark, text)
    else:
        raise WordingError(f"{named(value)} — не дата")
    return russian.school_year_in(year, падеж) if падеж else year


def mean(values: Iterable[object], digits: int = 1) -> str:
    """Return the mean of whole numbers as «3,8», of no numbers nothing; half is rounded up.

    Raises:
        WordingError: when one of them is no whole number.
    """
    numbers = [_whole(value) for value in values if value != ""]
    if not numbers:
        return ""
    exact = Decimal(sum(numbers)) / len(numbers)
    return str(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)).replace(".", ",")


def place(value: object, падеж: str = "им", согласование: str = "") -> str:
    """Return the name of a place in a case, agreeing with its type as asked.

    Without a word it agrees as the house has it on «Настройки». Lines to write on stay.
    """
    if _is_blank(value):
        return str(value)
    if not согласование:
        speller = value.speller if isinstance(value, PhraseView) else present_speller()
        согласование = speller.agreement()
    return russian.decline_place(str(value), падеж, согласование).text


def represented_by(value: object, основание: object = "", вид: str = "") -> str:
    """Return «в лице директора Ивановой Марии Петровны, действующей на основании Устава».

    ``основание`` is in the nominative, or already in the genitive; ``вид`` «инициалы» makes the
    name short.

    Raises:
        WordingError: for anything but a person with a post.
    """
    if isinstance(value, BlankRecordView | BlankView):
        person = str(value)
    else:
        person = _post_and_name(value, is_short=вид == "инициалы")
    if not основание:
        return f"в лице {person}"
    acting = russian.agree(_gender_of(value), "действующего", "действующей")
    acting = acting.replace("действующего/действующей", "действующего(-ей)")
    return f"в лице {person}, {acting} на основании {_genitive(основание)}"


def _post_and_name(value: object, *, is_short: bool) -> str:
    name, post = getattr(value, "фио", None), getattr(value, "должность", None)
    if not isinstance(name, NameView | BlankView) or post is None:
        raise WordingError(
            f"{named(value)} — не человек с должностью; «в_лице» ставят строке «Сотрудники» или "
            "подписанту"
        )
    if isinstance(post, PhraseView):
        text = russian.acting_in_full(russian.within_sentence(post.text))
        post = post.with_text(text).in_case("род")
    shown = name.in_style("initials") if is_short and isinstance(name, NameView) else name
    words = (post, shown.in_case("род"))
    return " ".join(text for text in map(str, words) if text)


def _genitive(basis: object) -> str:
    if isinstance(basis, str):
        # «Устава», «доверенности от 01.09.2026» are typed in the genitive already.
        return basis if russian.is_oblique(basis) else str(PhraseView(basis).in_case("род"))
    return str(basis.in_case("род")) if isinstance(basis, Declinable) else str(basis)


NUMBER_FILTERS: dict[str, Callable[..., object]] = {
    "кол": count,
    "порядковое": ordinal,
    "летний": aged,
    "достигший": having_reached,
    "класс": school_class,
    "среднее": mean,
    "учебный_год": school_year,
    "место": place,
    "в_лице": represented_by,
}
"""The filters of this module by their names in templates."""
