"""Declining surnames of women: -ина, -ова of nouns, adjectives, Georgian and Tuvan -ая."""

from __future__ import annotations

from docgen.russian import exceptions, morphology
from docgen.russian.case_forms import Source
from docgen.russian.noun_endings import A_HARD, JA, WOMAN_ADJECTIVE, WOMAN_SOFT_ADJECTIVE
from docgen.russian.surname_rules import (
    ADJECTIVE_OR_NOT,
    NOUN_OR_NOT,
    OFTEN_ADJECTIVES,
    SIBILANTS,
    VOWELS,
    InflectedWord,
    engine_indeclinable,
    in_a,
    in_foreign_a,
    in_ja,
    syllables,
)


def _woman_in_na(word: str, case: str) -> InflectedWord | None:
    """Decline -ина as possessive unless it is a noun, other -на as nouns: «Замана» -> «Заманы»."""
    if not word.endswith("на"):
        return None
    is_possessive = word.endswith(("ина", "ына"))
    if is_possessive and word not in exceptions.NOUN_IN_INA:
        if morphology.common_noun_form(word, "род").endswith("ны"):
            ending = "у" if case == "вин" else "ой"
            reason = "" if case in {"вин", "твор"} else NOUN_OR_NOT
            return InflectedWord(word[:-1] + ending, "rule", reason)
        return None
    source: Source = "exception" if is_possessive else "rule"
    return InflectedWord(word[:-1] + A_HARD[case], source)


def _woman_in_ova(word: str, case: str) -> InflectedWord | None:
    """Decline -ова after one syllable («Сова») as a noun: no man is called Сов."""
    if not word.endswith(("ова", "ева", "ёва")) or word == "львова":
        return None
    if syllables(word) == 2 or word in exceptions.NOUN_IN_OVA:
        reason = "" if case in {"вин", "твор"} else NOUN_OR_NOT
        return InflectedWord(word[:-1] + A_HARD[case], "rule", reason)
    return None


_POSSESSIVE_WOMAN = "притяжательное прилагательное: Лисьей или Лисьи"


def _woman_adjective(word: str, case: str) -> InflectedWord | None:
    """Decline -ая, -яя, -ья of adjectives; Georgian and Tuvan names are nouns."""
    if not word.endswith(("ая", "яя", "ья")):
        return None
    adjective = morphology.adjective_form(word, case)
    if adjective:
        return InflectedWord(adjective, "rule", _POSSESSIVE_WOMAN if word.endswith("ья") else "")
    if word.endswith("ья"):
        return None
    if word[-3:-2] in SIBILANTS:
        return InflectedWord(word[:-2] + WOMAN_SOFT_ADJECTIVE[case])
    if word[-3:-2] in VOWELS:
        return InflectedWord(word[:-1] + JA[case])
    is_kaya = word.endswith("кая") and not word.endswith(("ская", "цкая"))
    if word.endswith("ая") and (is_kaya or word[-3:-2] not in OFTEN_ADJECTIVES):
        # «Цхакая», «Какая»: Abkhaz and Turkish nouns end so, too.
        return InflectedWord(word[:-2] + WOMAN_ADJECTIVE[case], "rule", ADJECTIVE_OR_NOT)
    return None


WOMAN_RULES = (
    in_foreign_a,
    _woman_in_ova,
    _woman_in_na,
    _woman_adjective,
    in_a,
    in_ja,
    engine_indeclinable,
)
