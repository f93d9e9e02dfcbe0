"""Declining posts, bodies and titles of documents: only the head and what agrees with it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.russian import morphology
from docgen.russian.case_forms import Form, to_case
from docgen.russian.compounds import OPEN_FIRST_PART, adjective_readings, is_open_compound
from docgen.russian.exceptions import (
    ANIMATE_NOUNS,
    FROZEN_STARTS,
    GENERIC_BODIES,
    GENITIVE_STARTS,
    SETTLEMENTS,
    SKIPPED_STARTS,
)
from docgen.russian.heads import (
    CONJUNCTIONS,
    NounGroup,
    agrees,
    decline_group,
    decline_ordinals,
    find_group,
    is_abbreviation,
)
from docgen.russian.lookalikes import find_lookalikes
from docgen.russian.morphology import WordReading
from docgen.russian.name_cases import MIXED, decline_name
from docgen.russian.name_parts import is_patronymic
from docgen.russian.place_types import with_places
from docgen.russian.tokens import Token, to_parts, to_tokens, without_spaces

_TERRITORIES = (
    *("округ", "район", "сел", "посёл", "посел", "станци", "област", "образовани", "поселени"),
)
_NAMESAKE = {"имени", "им.", "памяти"}
_OBLIQUE = "похоже, введено не в именительном падеже"
_OF_A_PLACE = re.compile(r"[сц]к(?:ий|ая|ое|ие)$")
"""Adjectives made of names of places decline alike; no dictionary holds them all."""
_ALMOST_SURELY_GENITIVE = 0.87
_HARDLY_GENITIVE = 0.1
_NO_HEAD = "не найдено главное слово в именительном падеже"


@dataclass(slots=True)
class PhraseOutcome:
    """What is found in a phrase: its first group, and why to check it.

    Filled while the phrase is declined.
    """

    group: NounGroup | None = None
    is_frozen: bool = False
    reasons: list[str] = field(default_factory=list)


def _is_number(token: Token) -> bool:
    return token.kind == "ordinal" or token.text.isdigit()


def _start(words: list[Token]) -> int | None:
    """Return the place where the group may begin, or ``None`` if the part is frozen («и.о. …»)."""
    place = 0
    while place < len(words):
        low = words[place].text.lower().replace(" ", "")
        if low in GENITIVE_STARTS or low in {"врио", "ио"}:
            return None
        if low in FROZEN_STARTS or re.fullmatch(r"зам(?:ест)?[а-я]{4,}[ая]", low):
            return None if not morphology.is_nominative_noun(low) else place
        is_skipped = (
            low in SKIPPED_STARTS
            or words[place].kind == "ordinal"
            or (low in CONJUNCTIONS and place > 0 and words[place - 1].kind == "ordinal")
            # «7 «Б» класс»: the letter of a class goes with its number.
            or (words[place].kind == "quoted" and place > 0 and _is_number(words[place - 1]))
            or (words[place].kind == "word" and is_abbreviation(words[place].text))
            or words[place].kind == "other"
            or low in {"не", "его", "её", "ее", "их"}
            or morphology.part_of_speech(low) == "ADVB"
        )
        if not is_skipped:
            return place
        place += 1
    return None


def _is_clause(words: list[Token]) -> bool:
    """Whether a part is a subordinate clause: «родители, дети которых посещают кружок»."""
    return any(token.text.lower().startswith(("котор", "чьи", "чей", "чья")) for token in words)


def _decline_part(tokens: list[Token], case: str, outcome: PhraseOutcome) -> None:
    """Decline one part between commas."""
    words = without_spaces(tokens)
    if _is_full_name(words):
        _decline_full_name(tokens, case, outcome)
        return
    start = None if _is_clause(words) else _start(words)
    is_first = outcome.group is None and not outcome.is_frozen
    _decline_person(words, case, outcome)
    if start is None or words[start].kind != "word":
        if start == 0 and is_first and words[0].kind == "named":
            outcome.reasons.append(_OBLIQUE)
        outcome.is_frozen = outcome.is_frozen or is_first
        return
    group = find_group(words, start)
    if group is None and is_first:
        is_oblique = morphology.has_other_case(words[start].text)
        outcome.reasons.append(_OBLIQUE if is_oblique else _NO_HEAD)
    if group is None or not (is_first or _may_begin(words, start, group, outcome)):
        return
    if is_first:
        outcome.group = group
        outcome.reasons.extend(_doubts(words[group.head].text, group))
        if _OBLIQUE in outcome.reasons:
            return
    decline_ordinals(words[:start], group, case)
    decline_group(words, group, case)
    _PhraseTail(words, group, case, outcome).decline()


def _is_full_name(words: list[Token]) -> bool:
    """Whether a part is a person's name in full: «Иванова Мария Петровна»."""
    return (
        len(words) in {2, 3}
        and all(token.kind == "word" and token.text[0].isupper() for token in words)
        and is_patronymic(words[-1].text)
        and bool(morphology.first_name_genders(words[-2].text))
    )


def _decline_full_name(tokens: list[Token], case: str, outcome: PhraseOutcome) -> None:
    text = "".join(token.text for token in tokens)
    form = decline_name(text, case)
    tokens[0].form = form.text
    for token in tokens[1:]:
        token.form = ""
    if form.check:
        outcome.reasons.append(form.reason)


def _may_begin(words: list[Token], start: int, group: NounGroup, outcome: PhraseOutcome) -> bool:
    """Whether a later part begins with a head rather than with words that depend on the first."""
    word = words[start].text
    if not morphology.has_other_case(word):
        return True
    first = outcome.group
    if first is None:
        return False
    if not group.reading.is_noun:
        return group.reading.gender == first.reading.gender
    return group.is_animate and first.is_animate and group.reading.gender != "мн"


def _decline_person(words: list[Token], case: str, outcome: PhraseOutcome) -> None:
    """Decline a name with initials at an end of a part, unless a school is named after it."""
    before: set[str] = set()
    for place, token in enumerate(words):
        is_edge = place in {0, len(words) - 1}
        if token.kind == "name" and is_edge and not before & _NAMESAKE:
            form = decline_name(token.text, case)
            token.form = form.text
            if form.check:
                outcome.reasons.append(form.reason)
        before.add(token.text.lower())


def _genitive_share(head: str, group: NounGroup) -> float:
    """Return how likely a plural head is a singular typed in the genitive, 0 to 1."""
    is_plural = group.reading.gender == "мн" and group.reading.is_noun and not group.modifiers
    return morphology.genitive_share(head) if is_plural else 0.0


def _doubts(head: str, group: NounGroup) -> list[str]:
    """Return the reasons to check a phrase with this head."""
    share = _genitive_share(head, group)
    if share > _ALMOST_SURELY_GENITIVE:
        return [_OBLIQUE]
    if share > _HARDLY_GENITIVE:
        return [f"«{head}» — множественное число или родительный падеж?"]
    is_sure = group.reading.is_known or "-" in head or _OF_A_PLACE.search(head)
    if not is_sure and head.lower() not in ANIMATE_NOUNS:
        return [f"слова «{head}» нет в словаре"]
    return [OPEN_FIRST_PART.format(head)] if is_open_compound(head) else []


@dataclass(frozen=True, slots=True)
class _PhraseTail:
    """The words after a head, of which some decline with it; their forms are filled in."""

    words: list[Token]
    group: NounGroup
    case: str
    outcome: PhraseOutcome

    def decline(self) -> None:
        """Decline what agrees with the head, up to the end of the part."""
        place = self._postposed(self.group.head + 1)
        has_preposition = False
        while place < len(self.words):
            token = self.words[place]
            low = token.text.lower()
            if token.kind == "open":
                place = self._bracket(place)
                continue
            if token.kind == "quoted":
                has_preposition = True
            elif low in CONJUNCTIONS and not has_preposition:
                place = self._second(place + 1)
                continue
            elif token.kind == "named" or morphology.is_preposition(low):
                has_preposition = True
            elif token.kind == "word" and not has_preposition:
                place = self._apposition(place)
                continue
            place += 1

    def _postposed(self, place: int) -> int:
        """Decline an adjective after its noun, «врач-стоматолог детский»; return the next place."""
        if (
            place >= len(self.words)
            or self.words[place].kind != "word"
            or not self.group.reading.is_noun
        ):
            return place
        word = self.words[place].text
        fitting = [each for each in adjective_readings(word) if agrees(each, self.group.reading)]
        other = find_group(self.words, place)
        if not fitting or other is None or other.reading.is_noun or is_abbreviation(word):
            return place
        self.words[place].form = morphology.inflect_adjective(
            word, fitting[0], self.case, is_animate=self.group.is_animate
        )
        return place + 1

    def _bracket(self, place: int) -> int:
        """Decline a synonym in brackets, «план (дорожная карта)»; return the next place."""
        end = next(
            (n for n in range(place, len(self.words)) if self.words[n].kind == "close"),
            len(self.words),
        )
        inner = self.words[place + 1 : end]
        group = find_group(inner, 0) if inner else None
        if group is not None and self._is_synonym(group, is_near=place == self.group.head + 1):
            decline_group(inner, group, self.case)
        elif group is not None and self._may_be_synonym(group):
            self.outcome.reasons.append(f"«{inner[group.head].text}» в скобках: склонять?")
        return end + 1

    def _may_be_synonym(self, group: NounGroup) -> bool:
        """Whether a bracket far from the head may be a synonym: «поликлиника № 2 (филиал)»."""
        reading, head = group.reading, self.group.reading
        if not reading.is_noun:
            return reading.gender == head.gender
        is_one = "мн" not in {reading.gender, head.gender}
        return is_one and not group.is_animate and not self.group.is_animate

    def _is_synonym(self, group: NounGroup, *, is_near: bool) -> bool:
        if not group.reading.is_noun:
            is_fit = group.reading.gender == self.group.reading.gender
            return is_near and is_fit and self.group.is_animate
        is_many = [each.reading.gender == "мн" for each in (group, self.group)]
        if group.is_animate != self.group.is_animate or is_many[0] != is_many[1]:
            return False
        return is_near or group.is_animate or bool(group.modifiers)

    def _second(self, place: int) -> int:
        """Decline a second head such as «бухгалтер и кассир»; return the next place."""
        if place < len(self.words) and self.words[place].text.lower() in {"их", "его", "её", "ее"}:
            place += 1
        group = find_group(self.words, place)
        if group is None or not self._is_peer(place, group):
            return place + 1 if place < len(self.words) else place
        decline_group(self.words, group, self.case)
        return group.head + 1

    def _is_peer(self, place: int, group: NounGroup) -> bool:
        word = self.words[place].text
        near = place == self.group.head + 2
        is_free = not morphology.may_depend(word)
        if is_free and (group.is_animate == self.group.is_animate or self._is_person(group)):
            return True
        if near and group.reading.is_noun and group.is_animate == self.group.is_animate:
            self.outcome.reasons.append(f"«{word}» — второе главное слово?")
            return True
        return False

    @staticmethod
    def _is_person(group: NounGroup) -> bool:
        return group.reading.is_noun and group.is_animate

    def _apposition(self, place: int) -> int:
        """Decline a generic name, «учреждение детский сад № 18»; return the next place."""
        group = find_group(self.words, place)
        if group is None or not group.reading.is_noun or not self._is_apposition(place, group):
            return place + 1
        decline_group(self.words, group, self.case)
        return group.head + 1

    def _is_apposition(self, place: int, group: NounGroup) -> bool:
        first = self.words[place].text
        reading = group.reading
        return (
            reading.is_known
            and not reading.is_proper
            and not is_abbreviation(first)
            and reading.gender != "мн"
            and not morphology.has_other_case(first)
            and reading.is_animate == self.group.is_animate
            and not self._is_place_name(place)
        )

    def _is_place_name(self, place: int) -> bool:
        """Whether a word is a bare name that stays: «городского округа Первоуральск»."""
        before, word = self.words[place - 1].text.lower(), self.words[place].text
        if word.lower() in SETTLEMENTS:
            return before.startswith(_TERRITORIES)
        is_name = word[:1].isupper() and word.lower() not in GENERIC_BODIES
        return is_name and before.startswith(_TERRITORIES)


def rewrite_group(
    text: str,
    write_head: Callable[[str, WordReading], str],
    write_modifier: Callable[[str, WordReading], str],
) -> str:
    """Return the phrase with its head and the adjectives before it rewritten."""
    tokens = to_tokens(text)
    words = without_spaces(tokens)
    group = find_group(words, 0) if words else None
    if group is None:
        return text
    words[group.head].form = write_head(words[group.head].text, group.reading)
    for index, reading in group.modifiers:
        words[index].form = write_modifier(words[index].text, reading)
    return "".join(token.form for token in tokens)


def _walk(text: str, case: str, agreement: str = "по норме") -> tuple[str, PhraseOutcome]:
    tokens = with_places(to_tokens(text), case, agreement)
    outcome = PhraseOutcome()
    for part in to_parts(tokens):
        if without_spaces(part):
            _decline_part(part, case, outcome)
    return "".join(token.form for token in tokens), outcome


@functools.lru_cache(maxsize=8192)
def decline_phrase(text: str, case: str, agreement: str = "по норме") -> Form:
    """Return a post, a body or the title of a document in a case.

    The head, the adjectives that agree with it, synonyms in brackets and later heads after commas
    decline; quoted names, abbreviations, «и.о.», «врио», «зам.» and all dependants stay. A phrase
    without a head in the nominative comes back unchanged and marked for checking.

    Raises:
        WrongArgumentError: when the case is unknown.
    """
    target = to_case(case)
    if not any(letter.isalpha() for letter in text):
        return Form(text, "unchanged")
    if mixed := find_lookalikes(text):
        return Form(text, "unchanged", check=True, reason=MIXED.format(mixed))
    form, outcome = _walk(text, "род" if target == "им" else target, agreement)
    reason = "; ".join(dict.fromkeys(outcome.reasons))
    if target == "им" or form == text:
        return Form(text, "unchanged", bool(reason), reason)
    return Form(form, "rule", bool(reason), reason)


@functools.lru_cache(maxsize=2048)
def is_oblique(text: str) -> bool:
    """Whether a phrase was most likely typed in another case than the nominative."""
    return _OBLIQUE in _walk(text, "дат")[1].reasons


@functools.lru_cache(maxsize=2048)
def is_post(text: str) -> bool:
    """Whether a phrase names one official, such as «директор», rather than a body."""
    group = _walk(text, "род")[1].group
    return group is not None and group.is_animate and group.reading.gender != "мн"


@functools.lru_cache(maxsize=2048)
def gender_of_phrase(text: str) -> str:
    """Return «м», «ж», «с» or «мн» for the head of a phrase, empty when there is none."""
    _, outcome = _walk(text, "род")
    return outcome.group.reading.gender if outcome.group is not None else ""
