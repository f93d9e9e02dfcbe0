"""Words that a declined phrase leaves in the nominative although nothing governs them there."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from docgen.russian.morphology import ADJECTIVES, is_known, is_preposition, parses
from docgen.russian.tokens import Token

_STRAY: Final = "«{}» осталось в именительном падеже"
_CLAUSES: Final = ("котор", "чей", "чья", "чьи")
_NEUTRAL: Final = frozenset(
    ("ADVB", "PREP", "CONJ", "PRCL", "INFN", "VERB", "COMP", "PRED", "GRND", "NPRO")
)


def find_stray(words: Sequence[Token]) -> str:
    """Return why to check a phrase whose head declines, else an empty text.

    A word that can be nothing but a nominative depends on nothing: «учителя, тьюторы». Brackets
    hold labels, a colon leads a title, a clause has its own subject, and
    «кандидаты в наставники» is an old accusative.
    """
    depth = 0
    for place, token in enumerate(words):
        if token.text == ":":
            return ""
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or token.kind != "word":
            continue
        if token.text.lower().startswith(_CLAUSES) or _leads_clause(words[place + 1 :]):
            return ""
        before = words[place - 1].text if place else ""
        is_governed = before.isdigit() or is_preposition(before.lower())
        if token.inflect is None and not is_governed and _is_mere_nominative(token.text):
            return _STRAY.format(token.text)
    return ""


def _leads_clause(after: Sequence[Token]) -> bool:
    """Whether «которых» follows at once: «дети которых учатся»."""
    return bool(after) and after[0].text.lower().startswith(_CLAUSES)


@functools.lru_cache(maxsize=16_384)
def _is_mere_nominative(word: str) -> bool:
    """Whether a word of the dictionary is a nominative and can stand in no other case."""
    if not word.islower() or not is_known(word):
        return False
    found = parses(word)
    cases = {str(parse.tag.case) for parse in found} - {"None", "voct"}
    kinds = {str(parse.tag.POS) for parse in found}
    return cases == {"nomn"} and not kinds & _NEUTRAL and bool(kinds & {"NOUN", *ADJECTIVES})
