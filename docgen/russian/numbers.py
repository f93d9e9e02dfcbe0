"""Numbers, ordinals and sums in words, and nouns after numbers."""

from __future__ import annotations

import functools
from decimal import ROUND_HALF_UP, Decimal

from docgen.russian import morphology
from docgen.russian.case_forms import WrongArgumentError, restore_letters, to_case
from docgen.russian.morphology import WordReading
from docgen.russian.phrases import rewrite_group

_NUM2WORDS_CASE = {"им": "n", "род": "g", "дат": "d", "вин": "a", "твор": "i", "пред": "p"}
_NUM2WORDS_GENDER = {"м": "m", "ж": "f", "с": "n", "m": "m", "f": "f", "n": "n"}

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


def sum_words(value: Decimal, *, has_kopeck_words: bool = False) -> str:
    """Return a sum of money as contracts write it: words for rubles, digits for kopecks.

    «12345.60» gives «двенадцать тысяч триста сорок пять рублей 60 копеек», as accounting papers
    have it (kopecks in two digits, «00 копеек» too); with ``has_kopeck_words`` «шестьдесят копеек».
    """
    rounded = abs(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    rubles = int(rounded)
    kopecks = int((rounded - rubles) * 100)
    minus = "минус " if value < 0 and rounded else ""
    ruble = _pick(rubles, ("рубль", "рубля", "рублей"))
    kopeck = _pick(kopecks, ("копейка", "копейки", "копеек"))
    small = number_words(kopecks, gender="ж") if has_kopeck_words else f"{kopecks:02}"
    return f"{minus}{number_words(rubles)} {ruble} {small} {kopeck}"


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
def _counted(noun: str, *, is_many: bool) -> str:
    return rewrite_group(
        noun,
        functools.partial(_head_form, is_many=is_many),
        functools.partial(morphology.counted_adjective, is_many=is_many),
    )


def count_noun(number: int, noun: str) -> str:
    """Return a number with its noun: «1 пара», «3 пары», «5 педагогов», «5 лет».

    The noun is given in the nominative singular and may have adjectives before it and words
    after it; number and noun are held together by U+00A0.
    """
    few = _counted(noun, is_many=False)
    many = _counted(noun, is_many=True)
    return f"{number}\u00a0{_pick(number, (noun, few, many))}"
