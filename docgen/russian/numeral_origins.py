"""From phrases that begin with a number in an oblique case back: «двух наставников» → «два»."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, Final

from docgen.russian import morphology
from docgen.russian.case_forms import restore_letters
from docgen.russian.numerals import COUNTED_PLURALS
from docgen.russian.tokens import Token

_LIMIT: Final = 8
_FEW: Final = frozenset(("два", "две", "три", "четыре", "оба", "обе"))
_FEW_DIGITS: Final = "234"


def numeral_origins(words: list[Token], case: str) -> Iterator[dict[int, str]]:
    """Yield the nominatives of a number and of what it counts, by their places; unchecked."""
    if len(words) < 2:
        return
    for number in _numbers(words[0].text, case):
        is_few = number.lower() in _FEW or _is_few(number)
        place = 1
        adjectives: dict[int, list[str]] = {}
        while place < len(words) and words[place].kind == "word":
            for noun in _counted(words[place].text, case, is_few=is_few, of_nouns=True):
                for chosen in _products(adjectives):
                    yield {0: number, **chosen, place: noun}
            own = list(_counted(words[place].text, case, is_few=is_few, of_nouns=False))
            if not own:
                break
            # «Трое обучающихся»: an adjective stands for the noun.
            adjectives[place] = own
            for chosen in _products(adjectives):
                yield {0: number, **chosen}
            place += 1


def _is_few(digits: str) -> bool:
    return digits.isdigit() and digits[-1] in _FEW_DIGITS and digits[-2:-1] != "1"


def _products(adjectives: dict[int, list[str]]) -> Iterator[dict[int, str]]:
    for chosen in itertools.islice(itertools.product(*adjectives.values()), _LIMIT):
        yield dict(zip(adjectives, chosen, strict=True))


def _numbers(word: str, case: str) -> list[str]:
    """Return the nominatives of a numeral; digits stay."""
    if word.isdigit():
        return [word]
    return list(
        dict.fromkeys(
            restore_letters(word, str(form.word))
            for parse in morphology.parses(word)
            if parse.tag.POS == "NUMR" and parse.tag.case == morphology.GRAMMEMES[case]
            for form in parse.lexeme
            if form.tag.case == "nomn" and form.tag.POS == "NUMR"
        )
    )


def _counted(word: str, case: str, *, is_few: bool, of_nouns: bool) -> Iterator[str]:
    """Yield what stands after a number in the nominative where this plural stands in a case."""
    found: dict[str, None] = {}
    for parse in morphology.parses(word):
        tag = parse.tag
        is_kind = (tag.POS == "NOUN") == of_nouns and tag.POS in {"NOUN", *morphology.ADJECTIVES}
        is_case = tag.case == morphology.GRAMMEMES[case] or str(tag.case) == "gen2"
        if not is_kind or tag.number != "plur" or not is_case:
            continue
        for grammemes in _after_number(is_few=is_few, of_nouns=of_nouns):
            found.setdefault(_form(word, parse, grammemes), None)
    yield from filter(None, found)


def _after_number(*, is_few: bool, of_nouns: bool) -> list[set[str]]:
    if of_nouns:
        return [{"sing", "gent"}] if is_few else [{"plur", "gent"}]
    return [{"plur", "gent"}, {"plur", "nomn"}] if is_few else [{"plur", "gent"}]


def _form(word: str, parse: Any, grammemes: set[str]) -> str:
    own = COUNTED_PLURALS.get(str(parse.normal_form))
    if own is not None and grammemes == {"plur", "gent"}:
        return restore_letters(word, own["род"])
    form = parse.inflect(grammemes)
    return restore_letters(word, str(form.word)) if form is not None else ""
