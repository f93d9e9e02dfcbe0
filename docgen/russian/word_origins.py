"""From one word of a phrase in an oblique case back to its nominatives."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from docgen.russian import morphology
from docgen.russian.case_forms import restore_letters
from docgen.russian.compounds import decline_compound, noun_readings
from docgen.russian.exceptions import (
    APPOSED_FIRST_PARTS,
    CONTRACTIONS,
    FIXED_HYPHEN_PARTS,
    GENERIC_BODIES,
)
from docgen.russian.form_origins import (
    GUESSED,
    PLURAL,
    RARE,
    UNLIKELY,
    UNSOUND,
    Kind,
    WordOrigin,
    dictionary_origins,
)
from docgen.russian.name_origins import OBLIQUE_CASES, form_sources
from docgen.russian.place_types import is_settlement
from docgen.russian.word_readings import WordReading

_OTHERS: Final = {("sing", "femn"), ("sing", "neut")}
_NO_WORDS: Final = frozenset(("PREP", "CONJ", "PRCL"))
_OF_A_PLACE: Final = re.compile("([А-ЯЁ][а-яё-]*[сц]к)(ого|ому|им|ом|ой|ую|их|ими)")
_MODEL: Final = "сельск"
"""Adjectives of places decline alike; the dictionary has many as surnames alone."""
_GENDERS: Final = {"м": "masc", "ж": "femn", "с": "neut"}


@functools.lru_cache(maxsize=8192)
def noun_origins(word: str, case: str) -> tuple[WordOrigin, ...]:
    """Return the nouns in the nominative of which a word may be a form in a case, likeliest first.

    Unknown nouns are guessed by their endings too: «квиза» is of «квиз».
    """
    if _is_no_noun(word):
        return ()
    if contracted := [*_contractions(word, case)]:
        return tuple(contracted)
    if "-" in word and not morphology.is_known(word):
        found = list(_compound_nouns(word, case))
    else:
        found = list(dictionary_origins(word).get((case, True), ()))
        if not morphology.is_known(word):
            found.extend(_by_ending(word, case))
    return _best(_weighed(found, word, case))


def _weighed(found: list[WordOrigin], word: str, case: str) -> Iterator[WordOrigin]:
    """Yield origins with how unlikely they are amid the others.

    «Графике» is of «график», «селе» of «село», «лагере» of «лагерь»: rarer words make odd
    proposals.
    """
    others = noun_origins(word, "пред") if case == "дат" and "-" not in word else found
    texts = {each.text for each in (*found, *others)}
    has_type = any(map(is_settlement, texts))
    known = morphology.is_known(word)
    has_thing = any(
        ("sing", "masc") in each.kinds and not (each.is_animate and known) and len(each.text) > 3
        for each in others
        if each.odd < RARE or not known
    )
    for each in found:
        is_other = has_type and not is_settlement(each.text)
        is_less = (
            has_thing
            and not each.is_animate
            and bool(each.kinds & _OTHERS)
            and not is_settlement(each.text)
            and (known or not _is_of_known(each.text))
        )
        is_short = known and any(
            other.text == f"{each.text}ь" and other.is_animate == each.is_animate for other in found
        )
        odd = RARE * (is_less + is_other + is_short)
        yield replace(each, odd=each.odd + odd) if odd else each


def _is_of_known(word: str) -> bool:
    """Whether an unknown noun ends in one of the dictionary: «кибершкола», or in -ка."""
    ends = (word[place:] for place in range(2, len(word) - 3))
    return word.endswith("ка") or any(
        morphology.is_known(end) and morphology.is_nominative_noun(end) for end in ends
    )


@functools.lru_cache(maxsize=8192)
def adjective_origins(word: str, case: str) -> tuple[WordOrigin, ...]:
    """Return the adjectives in the nominative of which a word may be a form in a case."""
    lead, hyphen, last = word.rpartition("-")
    if hyphen:
        # Of an adjective with a hyphen the last part alone declines.
        return tuple(
            WordOrigin(f"{lead}-{each.text}", each.kinds, odd=each.odd)
            for each in adjective_origins(last, case)
        )
    found = list(dictionary_origins(word).get((case, False), ()))
    if match := _OF_A_PLACE.fullmatch(word):
        is_other = morphology.is_known(word) and any(
            parse.tag.POS == "NOUN" and not any(mark in parse.tag for mark in morphology.PROPER)
            for parse in morphology.parses(word)
        )
        odd = UNLIKELY if is_other else RARE * bool(found)
        found.extend(_of_a_place(match[1], match[2], case, odd))
    return _best(found)


def _of_a_place(stem: str, ending: str, case: str, odd: float) -> Iterator[WordOrigin]:
    """Yield the adjectives of a place: «Вороновский», also «Каневской»."""
    for each in adjective_origins(_MODEL + ending, case):
        made = stem + each.text.removeprefix(_MODEL)
        yield WordOrigin(made, each.kinds, odd=odd)
        if made.endswith("ий"):
            yield WordOrigin(f"{made[:-2]}ой", each.kinds, odd=max(odd, 2 * RARE))


@functools.lru_cache(maxsize=4096)
def may_be_genitive(word: str) -> bool:
    """Whether a noun may stand in the genitive, as what depends on a noun does."""
    return any(
        parse.tag.POS == "NOUN" and parse.tag.case == "gent"
        for parse in morphology.parses(word.rsplit("-", maxsplit=1)[-1])
    )


@functools.lru_cache(maxsize=4096)
def is_noun_form(word: str) -> bool:
    """Whether a word may be a noun in any oblique case."""
    return any(noun_origins(word, case) for case in OBLIQUE_CASES)


@functools.lru_cache(maxsize=4096)
def agree_in_case(adjective: str, noun: str) -> bool:
    """Whether an adjective and a noun may stand in one oblique case, number and gender."""
    return any(
        first.kinds & second.kinds
        for case in OBLIQUE_CASES
        for first in adjective_origins(adjective, case)
        for second in noun_origins(noun, case)
    )


@functools.lru_cache(maxsize=4096)
def is_adjective_form(word: str) -> bool:
    """Whether a word may be an adjective in any oblique case."""
    return any(adjective_origins(word, case) for case in OBLIQUE_CASES)


def _contractions(word: str, case: str) -> Iterator[WordOrigin]:
    """Yield the nominative of a word without its middle: «ст-цы», «р-ном»."""
    lead, hyphen, _ = word.lower().partition("-")
    for short in CONTRACTIONS if hyphen else ():
        if short.startswith(f"{lead}-") and short != word.lower():
            for reading in noun_readings(short):
                if morphology.inflect_noun(short, reading, case) == word.lower():
                    yield WordOrigin(restore_letters(word, short), _kinds_of(reading))


def _is_no_noun(word: str) -> bool:
    low = word.lower()
    if morphology.part_of_speech(low) in _NO_WORDS:
        return True
    return len(word) <= 2 and not word.isupper()


def _best(found: Iterable[WordOrigin]) -> tuple[WordOrigin, ...]:
    """Return the origins, likeliest first, each spelling with all its kinds once."""
    merged: dict[str, WordOrigin] = {}
    for each in found:
        known = merged.get(each.text)
        if known is None:
            merged[each.text] = each
            continue
        merged[each.text] = WordOrigin(
            each.text,
            known.kinds | each.kinds,
            known.is_animate,
            min(known.odd, each.odd),
        )
    return tuple(sorted(merged.values(), key=lambda each: each.odd))


def _by_ending(word: str, case: str) -> Iterator[WordOrigin]:
    """Yield the nominatives of a noun that no dictionary holds, by its ending."""
    for source in dict.fromkeys(form_sources(word, case)):
        if source == word or UNSOUND.search(source) or source.endswith(("ый", "ой", "ая", "яя")):
            continue
        for reading in noun_readings(source):
            kind = PLURAL if reading.gender == "мн" else ("sing", _GENDERS.get(reading.gender, ""))
            if morphology.inflect_noun(source, reading, case) == word:
                is_plain = source[-1] not in "аеёиоуыэюяь"
                odd = GUESSED - 1.5 * RARE * is_plain
                yield WordOrigin(source, frozenset((kind,)), reading.is_animate, odd)


def _compound_nouns(word: str, case: str) -> Iterator[WordOrigin]:
    """Yield the nominatives of a word with hyphens: of all its parts, or of some.

    Which parts decline the way there tells.
    """
    *first, last = word.split("-")
    lasts = [*noun_origins(last, case), *adjective_origins(last, case)]
    left = UNLIKELY if not lasts else 2 * UNLIKELY
    ends = [*lasts[:4], WordOrigin(last, frozenset(), odd=left)]
    leads = [_first_parts(each, case) for each in first]
    for end in ends:
        for chosen in itertools.islice(itertools.product(*leads), 16):
            made = "-".join([*(each.text for each in chosen), end.text])
            if made == word:
                continue
            odd = end.odd + sum(each.odd + RARE / 2 * _differs(each, end) for each in chosen)
            for reading in noun_readings(made):
                if decline_compound(made, reading, case) == word:
                    yield WordOrigin(made, _kinds_of(reading), reading.is_animate, odd)


def _differs(first: WordOrigin, last: WordOrigin) -> bool:
    """Whether two parts are of other genders: «техника-программист»."""
    return bool(first.kinds and last.kinds) and not first.kinds & last.kinds


def _kinds_of(reading: WordReading) -> frozenset[Kind]:
    if reading.gender == "мн":
        return frozenset((PLURAL,))
    if "ms-f" in reading.parse.tag:
        return frozenset((("sing", "masc"), ("sing", "femn")))
    return frozenset((("sing", _GENDERS.get(reading.gender, "")),))


def _first_parts(word: str, case: str) -> list[WordOrigin]:
    """Return what a part before a hyphen may come from: it stays, or declines as well."""
    low = word.lower()
    if low in FIXED_HYPHEN_PARTS or word.isascii():
        return [WordOrigin(word, frozenset())]
    known = morphology.is_known(word)
    readings = [each for each in morphology.readings_of(word) if each.is_noun]
    is_kind = low in APPOSED_FIRST_PARTS or low in GENERIC_BODIES
    kinds = frozenset(kind for each in readings for kind in _kinds_of(each))
    own = [
        replace(each, odd=each.odd + (0.0 if known else GUESSED))
        for each in (*noun_origins(word, case), *adjective_origins(word, case))
    ]
    is_form = known and not readings
    stays = 2 * UNLIKELY if is_form else UNLIKELY * is_kind if known else RARE
    found = [WordOrigin(word, kinds, odd=stays), *own]
    return sorted(found, key=lambda each: each.odd)[:4]
