"""What single words tell of their group: which lead a noun, which are people, which stay."""

from __future__ import annotations

import functools
import re

from docgen.russian import case_readings, morphology
from docgen.russian.exceptions import PEOPLE_STEMS
from docgen.russian.form_origins import PLURAL, UNLIKELY
from docgen.russian.name_origins import OBLIQUE_CASES
from docgen.russian.tokens import Token
from docgen.russian.word_origins import adjective_origins, noun_origins


@functools.lru_cache(maxsize=4096)
def leads_noun(words: tuple[str, ...]) -> bool:
    """Whether the first of some words is an adjective that agrees with a noun among the next."""
    for case in OBLIQUE_CASES:
        own = [each for each in adjective_origins(words[0], case) if each.odd < UNLIKELY / 2]
        kinds = frozenset(kind for each in own for kind in each.kinds)
        if case == "вин":
            # «Всех» is of living beings, «формы» are things.
            kinds -= {PLURAL}
        for word in words[1:]:
            if not kinds:
                break
            if any(each.kinds & kinds for each in noun_origins(word, case)):
                return True
            following = adjective_origins(word, case)
            kinds &= frozenset(kind for each in following for kind in each.kinds)
    return False


@functools.lru_cache(maxsize=1024)
def is_substantive(word: str) -> bool:
    """Whether an adjective is a noun of the dictionary, too: «рабочего», «дежурного»."""
    return any(
        (parse.tag.POS == "NOUN" and "Surn" not in parse.tag) or "Subx" in parse.tag
        for parse in morphology.parses(word)
    )


@functools.lru_cache(maxsize=1024)
def is_oblique_noun(word: str) -> bool:
    """Whether a word is a form of a noun that is an adjective in form: «управляющего»."""
    return any(
        parse.tag.POS == "NOUN" and "Surn" not in parse.tag and parse.tag.case != "nomn"
        for parse in morphology.parses(word)
    )


def is_passed(token: Token) -> bool:
    """Whether a word never changes: «не», «вновь», «МБОУ», a sign."""
    if token.kind != "word":
        return token.kind not in {"name", "quoted", "break", "open"}
    low = token.text.lower()
    if low in {"не", "его", "её", "ее", "их"} or re.fullmatch("[IVXLC]+", token.text):
        return True
    is_spelt = re.fullmatch("[А-ЯЁ]{2,6}", token.text) and not morphology.is_known(token.text)
    return bool(is_spelt) or morphology.part_of_speech(low) == "ADVB"


def genders_of(noun: str) -> frozenset[str]:
    """Return the genders that a noun has in the singular: «округа» is of «округ»."""
    return frozenset(
        str(parse.tag.gender) for parse in morphology.parses(noun) if parse.tag.case == "nomn"
    )


def is_animate_form(word: str) -> bool:
    """Whether a word may be a person in an oblique case: «директора», «наставляемому»."""
    return case_readings.is_oblique_person(word) or word.lower().startswith(PEOPLE_STEMS)
