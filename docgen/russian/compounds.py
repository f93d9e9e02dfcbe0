"""Words with a hyphen: which of their parts decline, «учителя-логопеда» but «бизнес-тренера»."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Any

from docgen.russian import case_readings, morphology
from docgen.russian.exceptions import APPOSED_FIRST_PARTS, FIXED_HYPHEN_PARTS, GENERIC_BODIES
from docgen.russian.word_readings import WordReading

_VOWEL = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)
_HARD_ENDINGS = "бвгдзклмнпрстфх"
_REGULAR = {"род": "а", "дат": "у", "вин": "а", "твор": "ом", "пред": "е"}
OPEN_FIRST_PART = "в слове «{}» первая часть склоняется или стоит как определение?"


@dataclass(frozen=True, slots=True)
class _LedParse:
    """A parse of the last part of a compound adjective, led by the parts that never change."""

    lead: str
    parse: Any

    @property
    def word(self) -> str:
        return self.lead + str(self.parse.word)

    @property
    def tag(self) -> Any:
        return self.parse.tag

    @property
    def normal_form(self) -> str:
        return self.lead + str(self.parse.normal_form)

    @property
    def lexeme(self) -> list[_LedParse]:
        return [_LedParse(self.lead, form) for form in self.parse.lexeme]

    def inflect(self, grammemes: set[str]) -> _LedParse | None:
        form = self.parse.inflect(grammemes)
        return None if form is None else _LedParse(self.lead, form)


@functools.lru_cache(maxsize=16_384)
def adjective_readings(word: str) -> tuple[WordReading, ...]:
    """Return the readings of a word as an adjective or participle in the nominative.

    Of an adjective with a hyphen only the last part declines, whatever the others are by
    themselves: «Сергиево-Посадского», «Петропавловск-Камчатского».
    """
    lead, hyphen, last = word.rpartition("-")
    found = [reading for reading in morphology.readings_of(last) if not reading.is_noun]
    if not hyphen:
        return tuple(found)
    led = f"{lead.lower()}-"
    return tuple(replace(reading, parse=_LedParse(led, reading.parse)) for reading in found)


def noun_readings(word: str) -> list[WordReading]:
    """Return the noun readings of a word; of a compound those of its first part that declines."""
    if "-" not in word or morphology.is_known(word):
        return [reading for reading in morphology.readings_of(word) if reading.is_noun]
    pieces = word.split("-")
    first, last = pieces[0], pieces[-1]
    is_compound = bool(adjective_readings(word)) and not morphology.is_nominative_noun(last)
    if is_compound and not any(each.is_known or each.is_animate for each in _nouns(first)):
        return []
    if not morphology.readings_of(last) and _share_case(first, last):
        # «Учителя-логопеда» is typed in the genitive.
        return []
    for piece in pieces[:-1]:
        if not _is_attribute(piece, last):
            # «Обучающиеся-инофоны»: of a participle and a noun these are people, too.
            return _nouns(piece) or [replace(each, is_animate=True) for each in _nouns(last)]
    return _nouns(last)


def decline_compound(word: str, reading: WordReading, case: str) -> str:
    """Return a word with hyphens in a case."""
    if morphology.is_known(word):
        return morphology.inflect_noun(word, reading, case)
    *leading, last = word.split("-")
    forms = [
        piece if _is_attribute(piece, last) else _decline_piece(piece, reading, case)
        for piece in leading
    ]
    return "-".join([*forms, _decline_piece(last, reading, case)])


def is_open_compound(word: str) -> bool:
    """Whether only usage tells if the first part declines: two names of things, «форум-театр».

    One syllable is an attribute for sure: «чат-бот», «джаз-клуб», «плащ-палатка».
    """
    if "-" not in word or morphology.is_known(word):
        return False
    *leading, last = word.split("-")
    others = _nouns(last)
    if not others:
        is_title = any(each.is_animate for each in _nouns(leading[0]))
        return not is_title and not adjective_readings(last)
    return any(
        each.gender == "м" and each.is_known and not (each.is_animate or others[0].is_animate)
        for piece in leading
        if len(_VOWEL.findall(piece)) > 1 and not _is_borrowed(piece)
        if _is_attribute(piece, last)
        for each in _nouns(piece)[:1]
    )


def _nouns(word: str) -> list[WordReading]:
    return [reading for reading in morphology.readings_of(word) if reading.is_noun]


def _share_case(first: str, last: str) -> bool:
    """Whether two nouns may stand in one oblique case."""
    forms = [case_readings.oblique_forms(word, of_nouns=True) for word in (first, last)]
    return bool(forms[0] & forms[1])


def _names_a_kind(piece: str) -> bool:
    """Whether a word names a kind of body, event or paper that another noun may specify."""
    low = piece.lower()
    return low in APPOSED_FIRST_PARTS or low in GENERIC_BODIES


def _is_borrowed(piece: str) -> bool:
    """Whether a word only ever stands before a hyphen, or is Latin or in -инг."""
    low = piece.lower()
    is_fixed = low in FIXED_HYPHEN_PARTS or piece.isascii()
    return is_fixed or (low.endswith("инг") and not _names_a_kind(piece))


def _is_attribute(piece: str, last: str) -> bool:
    """Whether a first part is an attribute that never declines.

    Borrowed attributes end in a consonant and say what kind of person or thing the last part is:
    «контент-менеджер», «джаз-клуб». Two titles of people decline both, and so do bodies, events
    and papers with what they are: «школа-партнёр», «урок-игра», «план-график».
    """
    low = piece.lower()
    is_spelt = len(piece) > 1 and piece.isupper() and not last.isupper()
    if is_spelt or _is_borrowed(piece):
        return True
    own, others = _nouns(piece), _nouns(last)
    if not others:
        return False
    if not own:
        return not any(each.is_known for each in adjective_readings(piece))
    first, other = own[0], others[0]
    if first.gender == "мн" or _names_a_kind(piece):
        return False
    if first.gender != "м" or low.endswith(("а", "я")):
        return not first.is_known
    if not first.is_known and low.endswith("нт"):
        return True
    # «Коуч-сессия», «лидер-клуб»: a person before a thing.
    is_thing = not other.is_animate and (other.gender in {"ж", "с"} or _names_a_kind(last))
    return not first.is_animate or is_thing


def _decline_piece(piece: str, reading: WordReading, case: str) -> str:
    """Return the form of one part of a word such as «педагог-психолог»."""
    if piece.isascii():
        return piece
    own = _nouns(piece)
    if own:
        same = [each for each in own if each.gender == reading.gender]
        found = (same or own)[0]
        # A part of a person's title is a person too: «токаря-универсала».
        return morphology.inflect_noun(
            piece, replace(found, is_animate=found.is_animate or reading.is_animate), case
        )
    for adjective in adjective_readings(piece):
        if adjective.gender == reading.gender:
            return morphology.inflect_adjective(piece, adjective, case, is_animate=True)
    if reading.gender == "м" and reading.is_animate and piece[-1] in _HARD_ENDINGS:
        return piece + _REGULAR[case]
    return piece
