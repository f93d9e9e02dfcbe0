"""Numbers with what they count, in every case: «3 рабочих дней», «5 наставниками», «21 ученика»."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from docgen.russian import morphology
from docgen.russian.agreement import agree
from docgen.russian.case_forms import WrongArgumentError, restore_letters, to_case
from docgen.russian.name_parts import NBSP
from docgen.russian.numbers import (
    counted_form,
    in_digits,
    noun_after,
    number_words,
    ordinal_words,
)
from docgen.russian.numerals import COUNTED_PLURALS
from docgen.russian.phrases import decline_phrase, gender_of_phrase, is_post, rewrite_group

STYLES = ("цифрами", "словами", "обоими")
"""How a number is written: «3», «трёх», «3 (трёх)»."""
_ENDINGS = {
    "м": {"им": "й", "род": "го", "дат": "му", "вин": "й", "твор": "м", "пред": "м"},
    "ж": {"им": "я", "род": "й", "дат": "й", "вин": "ю", "твор": "й", "пред": "й"},
    "с": {"им": "е", "род": "го", "дат": "му", "вин": "е", "твор": "м", "пред": "м"},
    "мн": {"им": "е", "род": "х", "дат": "м", "вин": "е", "твор": "ми", "пред": "х"},
}
_OLD = {
    "м": ("ий", "его", "ему", "ий", "им", "ем"),
    "ж": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "с": ("ее", "его", "ему", "ее", "им", "ем"),
    "мн": ("ие", "их", "им", "ие", "ими", "их"),
}
"""Endings of «14-летний» by gender, in the order of the cases."""
_CASES = ("им", "род", "дат", "вин", "твор", "пред")
_GENDERS = frozenset(_ENDINGS)
_COLLECTIVE = {2: "двое", 3: "трое", 4: "четверо"}
_ONLY = ("одни", "одних", "одним", "одни", "одними", "одних")
"""«Один» and small numbers with nouns that have no singular."""
_ORDINAL_CLASS = re.compile(r"\d+[-‑][оы]?й\b")
_CLASSES = re.compile(r"\d+(?:\s*(?:[-‑–—,]|и)\s*\d+)+")


def _plural(word: str, reading: Any, case: str) -> str:
    """Return the plural of one word, a noun or an adjective, with its hyphens."""
    known = COUNTED_PLURALS.get(word.lower())
    if known is not None:
        return restore_letters(word, known[case])
    parse = getattr(reading, "parse", None)
    if parse is None or "-" in word:
        return "-".join(_plural_piece(piece, case) for piece in word.split("-"))
    return _inflected(word, parse, case)


def _plural_piece(piece: str, case: str) -> str:
    readings = morphology.readings_of(piece)
    found = next((each for each in readings if each.gender != "мн"), None) or next(
        iter(readings), None
    )
    return _inflected(piece, found.parse, case) if found is not None else piece


def _inflected(word: str, parse: Any, case: str) -> str:
    form = parse.inflect({"plur", morphology.GRAMMEMES[case]})
    return restore_letters(word, str(form.word)) if form is not None else word


@functools.lru_cache(maxsize=1024)
def plural_phrase(noun: str, case: str) -> str:
    """Return a phrase in the singular as its plural in a case other than the nominative."""
    write = functools.partial(_plural, case=case)
    return rewrite_group(noun, write, write)


def _is_one(number: int) -> bool:
    return number % 10 == 1 and number % 100 != 11


def counted(number: int | Decimal, noun: str, case: str = "им", style: str = "цифрами") -> str:
    """Return a number with its noun in a case: «3 рабочих дней», «5 наставниками».

    ``style`` writes the number «цифрами», «словами» («тремя») or «обоими» («3 (тремя)»).

    Raises:
        WrongArgumentError: when the case or the style is unknown, or words are asked of a fraction.
    """
    target = to_case(case)
    if style not in STYLES:
        raise WrongArgumentError(f"число пишут {', '.join(STYLES)}, а не «{style}»")
    whole = int(number)
    if whole != number:
        if style != "цифрами":
            raise WrongArgumentError(f"дробь {number} словами не пишется; уберите «{style}»")
        return f"{in_digits(number)}{NBSP}{counted_form(noun, is_many=False)}"
    form = _noun_after(whole, noun, target)
    if style == "цифрами":
        return f"{in_digits(number)}{NBSP}{form}"
    words = _number_in(whole, noun, target)
    return f"{words} {form}" if style == "словами" else f"{in_digits(number)} ({words}) {form}"


def _noun_after(number: int, noun: str, case: str) -> str:
    if number % 1000 == 0:
        # Zero, thousands and millions are nouns, which govern the genitive plural in every case.
        return counted_form(noun, is_many=True)
    if _is_one(number):
        return decline_phrase(noun, case).text
    if case == "им" or (case == "вин" and not _is_of_people(number, noun)):
        return noun_after(number, noun)
    return plural_phrase(noun, "род" if case == "вин" else case)


def _is_of_people(number: int, noun: str) -> bool:
    """Whether the accusative is the genitive: «назначить 2 наставников», but «22 наставника»."""
    return number in {2, 3, 4} and _is_alive(noun)


def _is_alive(noun: str) -> bool:
    if is_post(noun):
        return True
    is_many = gender_of_phrase(noun) == "мн"
    return is_many and decline_phrase(noun, "вин").text == decline_phrase(noun, "род").text != noun


@functools.lru_cache(maxsize=256)
def _is_only_plural(noun: str) -> bool:
    """Whether a noun has no singular: «сутки», «каникулы»."""
    heads: list[Any] = []

    def note(word: str, reading: Any) -> str:
        heads.append(getattr(reading, "parse", None))
        return word

    rewrite_group(noun, note, lambda word, _: word)
    return any(parse is not None and "Pltm" in parse.tag for parse in heads)


def _number_in(number: int, noun: str, case: str) -> str:
    gender = gender_of_phrase(noun)
    if gender == "мн" and _is_only_plural(noun):
        if number in _COLLECTIVE and case in {"им", "вин"}:
            return _COLLECTIVE[number]
        if _is_one(number):
            *before, _ = number_words(number, case, "м").split(" ")
            return " ".join([*before, _ONLY[_CASES.index(case)]])
    if _is_one(number) and case == "вин" and gender == "м" and _is_alive(noun):
        return f"{number_words(number, case).removesuffix('один')}одного"
    if case == "вин" and _is_of_people(number, noun):
        case = "род"
    return number_words(number, case, gender if gender in {"м", "ж", "с"} else "м")


def _target_of(noun: str) -> str:
    """Return the gender that a word names or has.

    Raises:
        WrongArgumentError: when no noun is found in it.
    """
    gender = noun if noun in _GENDERS else gender_of_phrase(noun)
    if gender not in _GENDERS:
        raise WrongArgumentError(f"«{noun}»: нужен род (м, ж, с, мн) или слово в именительном")
    return gender


def _agreed_case(noun: str, gender: str, case: str) -> str:
    """Return the case of an adjective: of living beings the accusative is the genitive."""
    is_alive = case == "вин" and gender in {"м", "мн"} and noun not in _GENDERS
    return "род" if is_alive and _is_alive(noun) else case


def _with_noun(word: str, noun: str, case: str, between: str = NBSP) -> str:
    return word if noun in _GENDERS else f"{word}{between}{decline_phrase(noun, case).text}"


def ordinal(number: int, noun: str = "м", case: str = "им", style: str = "цифрами") -> str:
    """Return an ordinal: «3-й», «3-го этапа», «третьей», «второй младшей группы».

    ``noun`` is a gender or the noun that follows.

    Raises:
        WrongArgumentError: for an unknown case, gender, style or a negative number.
    """
    target, gender = to_case(case), _target_of(noun)
    if number < 0:
        raise WrongArgumentError(f"порядкового числа из {number} не бывает")
    own = _agreed_case(noun, gender, target)
    if style == "цифрами":
        return _with_noun(f"{number}-{_ENDINGS[gender][own]}", noun, target)
    if style != "словами":
        raise WrongArgumentError(f"порядковое число пишут цифрами или словами, а не «{style}»")
    if gender == "мн":
        words = ordinal_words(number, "им", "м").rsplit(maxsplit=1)
        last = _plural_adjective(words[-1], own)
        return _with_noun(" ".join([*words[:-1], last]), noun, target, " ")
    return _with_noun(ordinal_words(number, own, gender), noun, target, " ")


def _plural_adjective(word: str, case: str) -> str:
    """Return the plural of an adjective in the masculine: «вторых», «третьими», «достигшие»."""
    if word.endswith("третий"):
        return word[:-2] + "ь" + _OLD["мн"][_CASES.index(case)].replace("ие", "и")
    ending = _OLD["мн"][_CASES.index(case)]
    return word[:-2] + (ending if word.endswith("ий") else ending.replace("и", "ы", 1))


def aged(years: int, noun: str = "м", case: str = "им") -> str:
    """Return «14-летний» in a gender or before a noun, in a case: «14-летнему подростку»."""
    target, gender = to_case(case), _target_of(noun)
    ending = _OLD[gender][_CASES.index(_agreed_case(noun, gender, target))]
    return _with_noun(f"{years}-летн{ending}", noun, target)


def having_reached(years: int, gender: str, case: str = "им") -> str:
    """Return «достигший 14 лет» in a gender or, without one, of man and woman, in a case."""
    target = to_case(case)
    if gender == "мн":
        word = _plural_adjective("достигший", "род" if target == "вин" else target)
    elif gender == "с":
        word = decline_phrase("достигшее", target).text
    else:
        both = [decline_phrase(word, target).text for word in ("достигший", "достигшая")]
        word = agree(gender, *both) if gender else f"{both[0]}{_second_ending(both)}"
    return f"{word} {counted(years, 'год', 'род')}"


def _second_ending(both: Iterable[str]) -> str:
    _, woman = both
    return f"(-{woman.removeprefix('достигш')})"


def school_year_in(year: str, case: str) -> str:
    """Return «2026/2027 учебный год» in a case; the prepositional stands after «в»."""
    target = to_case(case)
    form = {"пред": "учебном году"}.get(target) or decline_phrase("учебный год", target).text
    return f"{year}{NBSP}{form}"


def school_class(text: str, case: str = "им") -> str:
    """Return «5 «А» класс» in a case, whatever the class is called; quotes stay as typed."""
    name = text.strip()
    if re.search("класс|групп", name, re.IGNORECASE):
        return decline_phrase(name, case).text
    if _ORDINAL_CLASS.match(name):
        return decline_phrase(f"{name} класс", case).text
    if _CLASSES.fullmatch(name):
        return f"{name}{NBSP}{decline_phrase('классы', case).text}"
    return f"{name}{NBSP}{decline_phrase('класс', case).text}"
