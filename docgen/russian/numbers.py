"""Numbers, ordinals and sums in words, and nouns after numbers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from docgen.russian import morphology
from docgen.russian.case_forms import WrongArgumentError, restore_letters, to_case
from docgen.russian.name_parts import NBSP
from docgen.russian.phrases import rewrite_group
from docgen.russian.word_readings import WordReading

_NUM2WORDS_CASE = {"им": "n", "род": "g", "дат": "d", "вин": "a", "твор": "i", "пред": "p"}
_NUM2WORDS_GENDER = {"м": "m", "ж": "f", "с": "n", "m": "m", "f": "f", "n": "n"}

_LONG = 10_000
"""A number of four digits is read at once, so its thousands are not parted in running text."""

COUNT_FORMS: dict[str, tuple[str, str, str]] = {
    "год": ("год", "года", "лет"),  # suppletive plural of counting
    "человек": ("человек", "человека", "человек"),  # counted, it keeps its own old plural
    "рабочий": ("рабочий", "рабочих", "рабочих"),  # a noun that declines as an adjective
}
"""Nouns whose counted forms the dictionary lacks: after 1, after 2 to 4, after 5."""


def number_words(value: int, case: str = "им", gender: str = "м") -> str:
    """Return a whole number in words.

    The accusative is that of things («двадцать одну пару»), never of living beings.

    Raises:
        WrongArgumentError: when the case or the gender is unknown.
    """
    return _words(value, to_case(case), gender, "cardinal")


def ordinal_words(value: int, case: str = "им", gender: str = "м") -> str:
    """Return an ordinal in words: «две тысячи двадцать шестого».

    Raises:
        WrongArgumentError: when the case or the gender is unknown.
    """
    return _words(value, to_case(case), gender, "ordinal")


def _words(value: int, case: str, gender: str, to: str) -> str:
    # Loads late: it takes 30 ms, and few documents have numbers in words.
    from num2words import num2words

    if gender not in _NUM2WORDS_GENDER:
        raise WrongArgumentError(f"нет такого рода: «{gender}»; есть м, ж, с")
    # Its default animacy gives «двух тысячи двадцать шесть» in the accusative.
    words = num2words(
        value,
        to=to,
        lang="ru",
        case=_NUM2WORDS_CASE[case],
        gender=_NUM2WORDS_GENDER[gender],
        animate=False,
    )
    return str(words)


def grouped(number: int | Decimal) -> str:
    """Return a number in digits: thousands parted by U+00A0, a comma before the fraction."""
    return f"{number:,}".replace(",", NBSP).replace(".", ",")


def format_sum(value: Decimal) -> str:
    """Return a sum of money in digits: «3 500,50», and «21 000» without kopecks."""
    rounded = _in_kopecks(value)
    return grouped(int(rounded) if rounded == rounded.to_integral_value() else rounded)


def sum_words(value: Decimal, case: str = "им", *, has_kopeck_words: bool = False) -> str:
    """Return a sum of money as contracts write it: words for rubles, digits for kopecks.

    «12345.60» gives «двенадцать тысяч триста сорок пять рублей 60 копеек», as accounting papers
    have it (kopecks in two digits, «00 копеек» too); with ``has_kopeck_words`` «шестьдесят копеек».

    Raises:
        WrongArgumentError: when the case is unknown.
    """
    minus, rubles, kopecks = _parts_of_sum(value)
    words = number_words(rubles, case)
    small = _small(kopecks, case, is_in_words=has_kopeck_words)
    return f"{minus}{words} {_rubles(rubles, case)} {small}"


def sum_with_words(value: Decimal, case: str = "им", *, has_kopeck_words: bool = False) -> str:
    """Return a sum in digits and words: «1 000 (одна тысяча) рублей 00 копеек».

    With ``has_kopeck_words`` the kopecks are said so, too: «50 (пятьдесят) копеек».

    Raises:
        WrongArgumentError: when the case is unknown.
    """
    minus, rubles, kopecks = _parts_of_sum(value)
    sign = "-" if minus else ""
    words = f"{sign}{grouped(rubles)} ({minus}{number_words(rubles, case)})"
    small = _small(kopecks, case)
    if has_kopeck_words:
        digits, noun = small.split()
        small = f"{digits} ({number_words(kopecks, case, 'ж')}) {noun}"
    return f"{words} {_rubles(rubles, case)} {small}"


def _in_kopecks(value: Decimal) -> Decimal:
    # The default context would refuse more than 28 digits.
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP, context=Context(prec=400))


def _parts_of_sum(value: Decimal) -> tuple[str, int, int]:
    """Return «минус » when the sum is below zero, its rubles and its kopecks."""
    rounded = _in_kopecks(abs(value))
    rubles = int(rounded)
    return "минус " if value < 0 and rounded else "", rubles, int((rounded - rubles) * 100)


def _rubles(number: int, case: str) -> str:
    return _unit(number, case, _RUBLE)


def _small(kopecks: int, case: str, *, is_in_words: bool = False) -> str:
    number = number_words(kopecks, case, "ж") if is_in_words else f"{kopecks:02}"
    return f"{number} {_unit(kopecks, case, _KOPECK)}"


def _unit(number: int, case: str, forms: Mapping[str, tuple[str, str, str]]) -> str:
    """Return the unit after a number in a case: «к двум рублям», but «к тысяче рублей».

    Thousands and millions are nouns, which govern the genitive plural in every case; so is zero.
    """
    if number % 1000 == 0:
        return forms["род"][2]
    return _pick(number, forms[to_case(case)])


_RUBLE = {
    "им": ("рубль", "рубля", "рублей"),
    "род": ("рубля", "рублей", "рублей"),
    "дат": ("рублю", "рублям", "рублям"),
    "вин": ("рубль", "рубля", "рублей"),
    "твор": ("рублём", "рублями", "рублями"),
    "пред": ("рубле", "рублях", "рублях"),
}
_KOPECK = {
    "им": ("копейка", "копейки", "копеек"),
    "род": ("копейки", "копеек", "копеек"),
    "дат": ("копейке", "копейкам", "копейкам"),
    "вин": ("копейку", "копейки", "копеек"),
    "твор": ("копейкой", "копейками", "копейками"),
    "пред": ("копейке", "копейках", "копейках"),
}
"""After 1, after 2 to 4, after 5, by case."""


def _pick(number: int, forms: tuple[str, str, str]) -> str:
    last_two = abs(number) % 100
    last = last_two % 10
    if last == 1 and last_two != 11:
        return forms[0]
    if last in {2, 3, 4} and not 12 <= last_two <= 14:
        return forms[1]
    return forms[2]


def _head_form(word: str, reading: WordReading, *, is_many: bool) -> str:
    known = COUNT_FORMS.get(word.lower())
    if known is not None:
        return restore_letters(word, known[2 if is_many else 1])
    if not reading.is_noun:
        return morphology.counted_adjective(word, reading, is_many=is_many)
    return "-".join(
        morphology.counted_noun(piece, reading, is_many=is_many) for piece in word.split("-")
    )


@functools.lru_cache(maxsize=1024)
def counted_form(noun: str, *, is_many: bool) -> str:
    """Return a noun with its adjectives as it stands after 2 to 4, or with ``is_many`` after 5."""
    return rewrite_group(
        noun,
        functools.partial(_head_form, is_many=is_many),
        functools.partial(morphology.counted_adjective, is_many=is_many),
    )


def noun_after(number: int, noun: str) -> str:
    """Return a noun as it stands after a whole number in the nominative."""
    forms = (noun, counted_form(noun, is_many=False), counted_form(noun, is_many=True))
    return _pick(number, forms)


def in_digits(number: int | Decimal) -> str:
    """Return a number as running text has it: thousands are parted from five digits on."""
    if isinstance(number, Decimal):
        return format_sum(number)
    return grouped(number) if number >= _LONG else str(number)


def count_noun(number: int | Decimal, noun: str) -> str:
    """Return a number with its noun: «1 пара», «3 пары», «5 педагогов», «3 500,50 рубля».

    The noun is given in the nominative singular and may have adjectives before it and words
    after it; number and noun are held together by U+00A0.
    """
    is_whole = number == int(number)
    form = noun_after(int(number), noun) if is_whole else counted_form(noun, is_many=False)
    return f"{in_digits(number)}{NBSP}{form}"
