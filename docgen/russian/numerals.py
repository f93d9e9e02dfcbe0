"""Phrases that begin with a number: «два заместителя директора», «5 наставников», «все трое»."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from docgen.russian.case_forms import restore_letters
from docgen.russian.heads import NounGroup
from docgen.russian.morphology import ADJECTIVES, GRAMMEMES, inflect_kept, is_animate, parses
from docgen.russian.tokens import Token

COUNTED_PLURALS = {
    # Counted, both keep a plural of their own.
    "год": {"род": "лет", "дат": "годам", "твор": "годами", "пред": "годах"},
    "человек": {"род": "человек", "дат": "человекам", "твор": "человеками", "пред": "человеках"},
}
_MONTHS = frozenset(
    (
        *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа"),
        *("сентября", "октября", "ноября", "декабря"),
    )
)
"""«2 сентября» is a day, not two of them."""
_ORDINALS: Final = {
    "м": {"род": "го", "дат": "му", "вин": "го", "твор": "м", "пред": "м"},
    "с": {"род": "го", "дат": "му", "вин": "го", "твор": "м", "пред": "м"},
    "ж": {"род": "й", "дат": "й", "вин": "ю", "твор": "й", "пред": "й"},
    "мн": {"род": "х", "дат": "м", "вин": "х", "твор": "ми", "пред": "х"},
}
_LINKS = frozenset(("и", "или", "в", "на", "по", "с", "из", "от", "до", "для", "при"))
_FEW = frozenset(("два", "две", "три", "четыре", "оба", "обе"))
_MANY = frozenset(
    (
        *("пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать"),
        *("пятнадцать", "двадцать", "тридцать", "сорок", "сто", "несколько", "двое", "трое"),
        *("четверо", "пятеро"),
    )
)


def decline_numeral(words: list[Token]) -> bool:
    """Tell a number and what it counts how they decline; return whether the phrase is such one."""
    if len(words) < 2:
        return False
    first = words[0].text.lower()
    is_few = first in _FEW or (first.isdigit() and _is_few(first))
    if not is_few and first not in _MANY and not (first.isdigit() and _is_many(first)):
        return False
    place = _place_of_noun(words)
    if place is None:
        return False
    noun = _counted_parse(words[place].text, is_few=is_few)
    if noun is None:
        return False
    is_alive = _is_alive(noun) and (is_few or first.endswith(("ое", "ро")))
    if not first.isdigit():
        _note_inflection(words[0], _inflect_numeral, is_alive=is_alive)
    for token in words[1:place]:
        _note_inflection(token, _inflect_to_plural, is_alive=is_alive)
    _note_inflection(words[place], functools.partial(_plural, noun), is_alive=is_alive)
    return True


def _note_inflection(token: Token, inflect: Callable[[str, str], str], *, is_alive: bool) -> None:
    """Tell a word how it declines: the accusative is the genitive of the living, else it stays."""

    def in_case(case: str) -> str:
        if case == "вин":
            return inflect(token.text, "род") if is_alive else token.text
        return inflect(token.text, case)

    token.inflect = in_case


def _place_of_noun(words: list[Token]) -> int | None:
    """Return where the counted noun stands; of «трое обучающихся» the adjective stands for it."""
    place = next((n for n in range(1, len(words)) if not _is_counted_adjective(words[n])), None)
    if place is None or words[place].kind != "word" or words[place].text.lower() in _LINKS:
        place = (len(words) if place is None else place) - 1
    return place if place >= 1 and words[place].text.lower() not in _MONTHS else None


def _is_few(digits: str) -> bool:
    return digits[-1] in "234" and digits[-2:-1] != "1"


def _is_many(digits: str) -> bool:
    return digits[-1] in "056789" or digits[-2:-1] == "1"


def _is_counted_adjective(token: Token) -> bool:
    """Whether a word is an adjective between a number and its noun: «рабочих», «младшие»."""
    low = token.text.lower()
    return token.kind == "word" and low.endswith(("ых", "их", "ые", "ие", "ихся"))


def _plural(parse: Any, word: str, case: str) -> str:
    own = COUNTED_PLURALS.get(str(parse.normal_form))
    if own is not None:
        return restore_letters(word, own[case])
    return _plural_form(word, parse, case)


def _counted_parse(word: str, *, is_few: bool) -> Any:
    """Return the parse of a noun after 2 to 4, or else after 5; ``None`` for other forms."""
    for parse in parses(word):
        tag = parse.tag
        number = "sing" if is_few and tag.POS == "NOUN" else "plur"
        if tag.POS in {"NOUN", *ADJECTIVES} and tag.case == "gent" and tag.number == number:
            return parse
    return None


def _is_alive(parse: Any) -> bool:
    """Whether a parsed noun, or an adjective that stands for one, is of living beings."""
    return parse.tag.POS != "NOUN" or is_animate(str(parse.normal_form), parse)


def _plural_form(word: str, parse: Any, case: str) -> str:
    """Return the plural of a parsed word in a case."""
    form = parse.inflect({"plur", GRAMMEMES[case]})
    return restore_letters(word, str(form.word)) if form is not None else word


def _inflect_numeral(word: str, case: str) -> str:
    """Return a numeral in the nominative in another case: «двух», «обеими», «нескольким»."""
    for parse in parses(word):
        if parse.tag.POS == "NUMR" and parse.tag.case == "nomn":
            form = parse.inflect({GRAMMEMES[case]})
            if form is not None:
                # The ё of «четырёх» is no letter of «четыре».
                made = str(form.word)
                return made[:1].upper() + made[1:] if word[:1].isupper() else made
    return word


def _inflect_to_plural(word: str, case: str) -> str:
    """Return an adjective in the plural, of whatever case, in another case."""
    for parse in parses(word):
        if parse.tag.POS in ADJECTIVES and parse.tag.number == "plur":
            # «Лучших» stays of «лучший», though the dictionary leads it back to «хороший».
            return inflect_kept(word, parse, {"plur", GRAMMEMES[case]})
    return word


def decline_ordinals(words: list[Token], group: NounGroup) -> None:
    """Decline the ordinal numbers before a group: «5-е классы» -> «5-х классов»."""
    gender = group.reading.gender
    if gender not in _ORDINALS:
        return
    is_kept = gender != "ж" and (gender == "с" or not group.is_animate)
    for token in words:
        if token.kind == "ordinal":
            token.inflect = functools.partial(_ordinal, token.text, gender, is_kept)


def _ordinal(text: str, gender: str, is_kept: bool, case: str) -> str:  # noqa: FBT001
    if is_kept and case == "вин":
        return text
    return text.rstrip("йяеаыо") + _ORDINALS[gender][case]
