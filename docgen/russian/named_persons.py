"""Persons named within a phrase: «директор Орлов Н.Н.» declines, «отчёт Орлова Н.Н.» stays."""

from __future__ import annotations

import functools
from typing import Final

from docgen.russian import case_readings, morphology
from docgen.russian.heads import NounGroup
from docgen.russian.name_cases import decline_name
from docgen.russian.name_parts import split_name
from docgen.russian.oblique_names import is_oblique_surname
from docgen.russian.tails import PhraseOutcome
from docgen.russian.tokens import Token

_NAMESAKE: Final = frozenset(("имени", "им.", "памяти"))
_EITHER: Final = "«{}» — именительный падеж женщины или родительный мужчины?"


def decline_person(words: list[Token], group: NounGroup | None, outcome: PhraseOutcome) -> None:
    """Decline a name with initials at an end of a part, if it stands in the nominative.

    A name agrees with the noun before it: after a person as the head it is an apposition, after a
    thing, a preposition or a dependant it depends on them and stays. A school's namesake stays.
    """
    before: set[str] = set()
    for place, token in enumerate(words):
        is_edge = place in {0, len(words) - 1}
        if token.kind == "name" and is_edge and not before & _NAMESAKE:
            surname = split_name(token.text)[0]
            if place == 0 or _is_apposition(words, group, surname, outcome):
                token.inflect = functools.partial(_name_in_case, token.text)
                outcome.names.append(token.text)
        before.add(token.text.lower())


def _name_in_case(name: str, case: str) -> str:
    return decline_name(name, case).text


def _is_apposition(
    words: list[Token], group: NounGroup | None, surname: str, outcome: PhraseOutcome
) -> bool:
    """Whether the name that ends a part is in the nominative like the head."""
    if group is None:
        return outcome.is_frozen
    if not group.is_animate or is_oblique_surname(surname):
        return False
    between = words[group.head + 1 : -1]
    if any(morphology.is_preposition(token.text) for token in between):
        return _is_nominative_alone(surname)
    is_led = any(
        token.kind == "word" and case_readings.is_oblique_person(token.text) for token in between
    )
    if is_led and not _is_nominative_alone(surname):
        # «Заместитель директора Орлова Н.Н.» is a woman, or the deputy of a man.
        outcome.reasons.append(_EITHER.format(surname))
    return True


def _is_nominative_alone(surname: str) -> bool:
    """Whether a surname cannot be a man's genitive: «Орлов», «Мельник», «Черных»."""
    return not surname.lower().endswith(("а", "я"))
