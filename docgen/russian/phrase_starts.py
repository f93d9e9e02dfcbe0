"""Where the head of a phrase may begin: behind numbers, abbreviations, adverbs."""

from __future__ import annotations

import re

from docgen.russian import morphology
from docgen.russian.exceptions import FROZEN_STARTS, GENITIVE_STARTS, SKIPPED_STARTS
from docgen.russian.heads import CONJUNCTIONS, is_abbreviation
from docgen.russian.tokens import Token

_SHORT_DEPUTY = re.compile(r"зам(?!естител)[а-я]{4,}[ая]")
"""«Замдиректора» ends in a genitive; «заместителя» is typed in one."""
_SHORT_HEAD = re.compile(r"зав[а-я]{4,}(?:ем|ом|ой|ей|ью)")
"""«Завотделением», «завкафедрой» end in an instrumental."""
ROMAN = re.compile(r"[IVXLC]+")
"""Roman numerals, which are passed over: «I квартал»."""


def _is_number(token: Token) -> bool:
    return token.kind == "ordinal" or token.text.isdigit()


def is_spelt(token: Token) -> bool:
    """Whether a token is an abbreviation of capitals: «МЧС», «ТИК»."""
    if token.kind == "abbreviation":
        return token.text.isalpha() and token.text.isupper()
    return token.kind == "word" and is_abbreviation(token.text)


def _after_second_job(words: list[Token]) -> int:
    """Return the place behind «по совместительству», 0 where a part does not begin so."""
    if words[0].text.lower() != "по":
        return 0
    places = (n for n, token in enumerate(words[:3]) if token.text.startswith("совместительств"))
    return next(places, -1) + 1


def _is_short_adjective(words: list[Token], place: int) -> bool:
    """Whether a noun in the nominative follows an abbreviation: «инд. план», «уч. план»."""
    if words[place].kind != "abbreviation" or place + 1 >= len(words):
        return False
    word = words[place + 1].text
    is_lower = words[place + 1].kind == "word" and word.islower()
    return is_lower and morphology.is_nominative_noun(word) and not morphology.may_depend(word)


def start_of_group(words: list[Token]) -> int | None:
    """Return the place where the group may begin, or ``None`` if the part is frozen («и.о. …»)."""
    place = _after_second_job(words)
    while place < len(words):
        low = words[place].text.lower().replace(" ", "")
        if low in GENITIVE_STARTS or low in {"врио", "ио"}:
            return None
        if _is_short_adjective(words, place):
            place += 1
            continue
        if _SHORT_HEAD.fullmatch(low) and not morphology.is_known(low):
            return None
        if low in FROZEN_STARTS or _SHORT_DEPUTY.fullmatch(low):
            return None if not morphology.is_nominative_noun(low) else place
        is_skipped = (
            low in SKIPPED_STARTS
            or words[place].kind == "ordinal"
            or (low in CONJUNCTIONS and place > 0 and words[place - 1].kind == "ordinal")
            # «7 «Б» класс»: the letter of a class goes with its number.
            or (words[place].kind == "quoted" and place > 0 and _is_number(words[place - 1]))
            or is_spelt(words[place])
            or ROMAN.fullmatch(words[place].text)
            or words[place].kind == "other"
            or low in {"не", "его", "её", "ее", "их"}
            or morphology.part_of_speech(low) == "ADVB"
        )
        if not is_skipped:
            return place
        place += 1
    return None


def is_clause(words: list[Token]) -> bool:
    """Whether a part is a subordinate clause: «родители, дети которых посещают кружок»."""
    return any(token.text.lower().startswith(("котор", "чьи", "чей", "чья")) for token in words)
