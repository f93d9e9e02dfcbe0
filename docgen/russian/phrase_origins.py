"""From a post, a body or a title in an oblique case back to its nominative."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from docgen.russian import morphology
from docgen.russian.group_origins import GroupReader
from docgen.russian.name_origins import OBLIQUE_CASES, name_origins
from docgen.russian.numeral_origins import numeral_origins
from docgen.russian.origin_paths import PathFinder
from docgen.russian.path_weights import PathWeights
from docgen.russian.phrases import decline_phrase, gender_of_phrase, is_oblique
from docgen.russian.place_origins import place_origins
from docgen.russian.place_types import with_places
from docgen.russian.tokens import Token, to_tokens, without_spaces

_ITSELF: Final = -1.0
_FAR: Final = 0.7
"""A nominative so much less likely than the best is not worth a word."""
_NAME: Final = 0.3
_OF_A_CASE, _AT_ALL = 3, 6
"""How many nominatives are offered."""
_ORDINAL_ENDINGS: Final = frozenset(
    ("го", "му", "м", "х", "ми", "ю", "ого", "ому", "ым", "им", "ом", "ой", "ую", "ых", "их")
)
_PATRONYMIC: Final = re.compile("[А-ЯЁ][а-яё]+(?:ич|вн|ичн|мичн)(?:а|у|ем|ом|е|ы|ой|ою)")


@functools.lru_cache(maxsize=1024)
def phrase_origins(text: str) -> tuple[tuple[str, str], ...]:
    """Return the nominatives from which a phrase may come, each with the case; itself first.

    Itself it is when its head may stand in the nominative. Every other declines back to the text.
    """
    found: list[tuple[float, str, str]] = []
    if not is_surely_oblique(text) and _may_be_nominative(text):
        found.append((_ITSELF, text, "им"))
    tokens = _joined(to_tokens(text))
    words = without_spaces(tokens)
    readers = {case: GroupReader(words, case) for case in OBLIQUE_CASES}
    for case in OBLIQUE_CASES if words else ():
        sources = _sources(tokens, words, readers, case)
        found.extend((odd, source, case) for source, odd in _checked(text, sources, case))
    found.sort(key=lambda each: each[0])
    best = min((odd for odd, _, case in found if case != "им"), default=0.0)
    near = [(source, case) for odd, source, case in found if odd <= best + _FAR]
    return tuple(near[:_AT_ALL])


def _checked(
    text: str, sources: Iterable[tuple[str, float]], case: str
) -> Iterable[tuple[str, float]]:
    """Return the likeliest of the sources that decline to a text in a case."""
    kept: dict[str, float] = {}
    for source, odd in sources:
        is_far = bool(kept) and odd > min(kept.values()) + _FAR
        if source in kept or source == text or is_far or len(kept) == _OF_A_CASE:
            continue
        if decline_phrase(source, case).text == text and not is_oblique(source):
            kept[source] = odd
    return kept.items()


def is_surely_oblique(text: str) -> bool:
    """Return whether a phrase cannot stand in the nominative; one without a head tells nothing."""
    return is_oblique(text) or _is_half_oblique(text)


def _may_be_nominative(text: str) -> bool:
    """Whether a head is found, or what leads never changes: «МОУ СОШ села Новое», «Луга»."""
    if gender_of_phrase(text):
        return True
    tokens = with_places(to_tokens(text), "род")
    return tokens[:1] != [] and (tokens[0].kind == "place" or _is_passed(tokens[0]))


def _is_passed(token: Token) -> bool:
    """Whether a word before the head stays in all cases: «ст.», «МБОУ», «временно»."""
    if token.kind != "word":
        return token.kind not in {"name", "quoted"}
    is_abbreviation = re.fullmatch("[А-ЯЁ]{2,6}", token.text) and not morphology.is_known(
        token.text
    )
    return bool(is_abbreviation) or morphology.part_of_speech(token.text.lower()) == "ADVB"


def _is_half_oblique(text: str) -> bool:
    """Whether the last part of a compound head cannot be a nominative: «учителя-логопеда»."""
    first = next(iter(text.split()), "")
    last = first.rpartition("-")[2]
    if "-" not in first or not morphology.is_known(last):
        return False
    if linked := re.match("([А-ЯЁ][а-яё]+)[-‑](?:на|под|в)[-‑]", first):
        # «Комсомольска-на-Амуре» is oblique, «Ростов-на-Дону» is not.
        own = morphology.readings_of(linked[1])
        return morphology.is_known(linked[1]) and all("Surn" in each.parse.tag for each in own)
    return not morphology.readings_of(last) and bool(morphology.is_noun_form(last))


def _joined(tokens: list[Token]) -> list[Token]:
    """Return the tokens with ordinals and full names in oblique cases in one piece."""
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        three = tokens[place : place + 3]
        texts = [token.text for token in three]
        if (
            len(three) == 3
            and texts[0].isdigit()
            and texts[1] in "-‑"
            and texts[2] in _ORDINAL_ENDINGS
        ):
            result.append(Token("ordinal", "".join(texts)))
            place += 3
        elif _is_full_name(tokens[place : place + 5]):
            result.append(Token("name", "".join(t.text for t in tokens[place : place + 5])))
            place += 5
        else:
            result.append(tokens[place])
            place += 1
    return result


def _is_full_name(tokens: list[Token]) -> bool:
    """Whether five tokens are a name in full in an oblique case: «Орлова Николая Ильича»."""
    if [token.kind for token in tokens] != ["word", "space", "word", "space", "word"]:
        return False
    words = [token.text for token in tokens[::2]]
    is_name = all(word[:1].isupper() for word in words) and _PATRONYMIC.fullmatch(words[2])
    return bool(is_name) and bool(name_origins(" ".join(words)))


def _sources(
    tokens: list[Token], words: list[Token], readers: dict[str, GroupReader], case: str
) -> Iterator[tuple[str, float]]:
    """Yield the nominatives that a phrase in a case may come from, likeliest first; unchecked."""
    places = [place for place, token in enumerate(tokens) if token.kind != "space"]
    yield from _bare_places(tokens, case)
    found = [(forms, 0.0) for forms in numeral_origins(words, case)]
    if not found:
        others = tuple(reader for other, reader in readers.items() if other != case)
        own = readers[case]
        weights = PathWeights(words, own)
        found = PathFinder(words, case, own, weights, others).paths()
    for forms, odd in found:
        by_token = {places[place]: form for place, form in forms.items()}
        made = "".join(by_token.get(place, token.text) for place, token in enumerate(tokens))
        yield made, odd


def _bare_places(tokens: list[Token], case: str) -> Iterator[tuple[str, float]]:
    """Yield the nominatives of the name of a place alone: «Комсомольска-на-Амуре»."""
    words = tokens[::2]
    is_name = len(words) <= 3 and all(
        token.kind == "word" and token.text[:1].isupper() for token in words
    )
    if is_name:
        text = "".join(token.text for token in tokens)
        for source, odd in place_origins(text, case):
            if with_places(to_tokens(source))[0].kind == "place":
                # What is a town's name alone is rather that than a word.
                yield source, odd - _NAME
