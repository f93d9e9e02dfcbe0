"""What depends on the words before, what goes with the head: how likely each reading is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from docgen.russian import morphology
from docgen.russian.form_origins import PLURAL
from docgen.russian.group_marks import is_animate_form
from docgen.russian.group_origins import GroupOrigin, GroupReader
from docgen.russian.heads import CONJUNCTIONS
from docgen.russian.place_types import is_settlement
from docgen.russian.tokens import Token
from docgen.russian.word_origins import (
    agree_in_case,
    is_adjective_form,
    is_noun_form,
    may_be_genitive,
)

BAD, ODD, HALF, SLIGHT = 2.0, 1.0, 0.5, 0.4
"""How much is held against a reading that the grammar hardly has, seldom has, may have."""
_DASHES: Final = frozenset("–—-")
_GOVERNING: Final = ("подведомствен", "подотчётн", "подотчетн", "подконтрольн", "необходим")
"""Adjectives that have an object, as participles do."""


@dataclass(frozen=True, slots=True)
class OriginPath:
    """A phrase read up to a place: the nominatives found so far, and how unlikely they are.

    ``is_object`` is true behind a participle that was said of the head, whose objects stay;
    ``is_governed`` behind a preposition; ``was_joined`` tells whether the last member of a list
    went back with the head.
    """

    place: int
    forms: dict[int, str]
    odd: float
    head: GroupOrigin
    is_object: bool = False
    is_governed: bool = False
    was_joined: bool | None = None

    def moved(self, place: int, odd: float = 0.0) -> OriginPath:
        """Return the path with the words up to a place left as they are."""
        return replace(self, place=place, odd=self.odd + odd)

    def with_forms(self, forms: dict[int, str], place: int, odd: float) -> OriginPath:
        """Return the path with more words in the nominative."""
        return replace(self, place=place, forms={**self.forms, **forms}, odd=self.odd + odd)


@dataclass(frozen=True, slots=True)
class PathWeights:
    """Tells of a path how its next words may depend on those before."""

    words: list[Token]
    reader: GroupReader

    def is_of_dependant(self, path: OriginPath, start: int) -> bool:
        """Whether a participle is said of a dependant: «куратора программы, принятой школой»."""
        word, nearest = self.words[start].text, self._nearest_noun(path, start - 1)
        if nearest is None or nearest in path.forms or not governs(word):
            return False
        return agree_in_case(word, self.words[nearest].text)

    def is_lost(self, path: OriginPath, start: int) -> bool:
        """Whether what stays can neither depend on anything nor go with the head in this case."""
        first = self.words[start]
        if path.is_governed or first.kind != "word" or self._hangs(path, start - 2):
            return False
        nearest = self._nearest_noun(path, start - 1)
        if governs(first.text) and is_adjective_form(first.text):
            is_own = nearest in path.forms
            return nearest is not None and (
                is_own or not agree_in_case(first.text, self.words[nearest].text)
            )
        noun = self._noun_behind(start)
        if not noun or morphology.is_nominative_noun(noun):
            return False
        return nearest in path.forms or not may_be_genitive(noun)

    def _noun_behind(self, start: int) -> str:
        """Return the noun that begins here or behind adjectives, if any."""
        for token in self.words[start:]:
            if token.kind != "word":
                return ""
            if is_noun_form(token.text):
                return token.text
            if not is_adjective_form(token.text):
                return ""
        return ""

    def attribute(self, path: OriginPath, start: int) -> OriginPath | None:
        """Return the path with adjectives that are said of the head: «плана, утверждённого»."""
        forms: dict[int, str] = {}
        for place, origins in self.reader.adjectives(start).items():
            own = next((each for each in origins if path.head.kind in each.kinds), None)
            if own is None:
                break
            forms[place] = own.text
            if morphology.is_participle(self.words[place].text):
                break
        if not forms:
            return None
        found = path.with_forms(forms, max(forms) + 1, 0.0)
        return replace(found, is_object=True, is_governed=False)

    def coordination(self, path: OriginPath, start: int, group: GroupOrigin) -> tuple[float, float]:
        """Return what it costs to join a group to the head, and to leave it to a dependant.

        «Отдела опеки и попечительства» is of two things, «начальника отдела и бухгалтера» of two
        persons: what is joined is of a kind.
        """
        joined, kept = self._likeness(path, start, group)
        if path.was_joined is not None and self.words[start - 1].text.lower() in CONJUNCTIONS:
            # All of a list go one way.
            joined, kept = joined + ODD * (not path.was_joined), kept + ODD * path.was_joined
        if not path.is_governed and not may_be_genitive(self.words[group.head].text):
            kept += BAD
        return joined, kept

    def _likeness(self, path: OriginPath, start: int, group: GroupOrigin) -> tuple[float, float]:
        if is_type(path.head) and is_type(group):
            # «Пермского края, города Перми».
            return 0.0, BAD
        if self._hangs(path, start - 2):
            # «Центра медицинской и социальной помощи».
            return BAD, 0.0
        nearest = self._nearest_noun(path, start - 1)
        if nearest in path.forms and not path.is_governed:
            return 0.0, BAD
        if self.words[start - 1].text.strip() in _DASHES and not _is_big(self.words[group.head]):
            # «Центра округа — посёлка Белоярский».
            return 0.0, SLIGHT
        if group.is_animate != path.head.is_animate:
            return BAD, 0.0
        if not group.is_animate:
            return ODD, 0.0
        is_many = group.kind == PLURAL
        is_own = nearest is None or nearest in path.forms
        is_of_people = not is_own and is_animate_form(self.words[nearest or 0].text)
        if is_many != (path.head.kind == PLURAL) or (is_many and is_of_people):
            return ODD, 0.0
        return 0.0, SLIGHT

    def _hangs(self, path: OriginPath, place: int) -> bool:
        """Whether an adjective of a dependant ends before a comma or «и»."""
        if place < 0 or place in path.forms or self.words[place].kind != "word":
            return False
        word = self.words[place].text
        is_plain = is_adjective_form(word) and not morphology.is_noun_form(word)
        return is_plain or self.reader.leads(place)

    def _nearest_noun(self, path: OriginPath, place: int) -> int | None:
        while place >= 0:
            token = self.words[place]
            is_word = token.kind == "word" and len(token.text) > 2 and not token.text.isupper()
            if (
                place in path.forms
                or token.kind == "name"
                or (is_word and (morphology.is_noun_form(token.text) or _is_big(token)))
            ):
                return place
            place -= 1
        return None


def governs(word: str) -> bool:
    """Whether an adjective behind its noun has an object: «подписанного», «подведомственного»."""
    return morphology.is_participle(word) or word.lower().startswith(_GOVERNING)


def is_type(group: GroupOrigin) -> bool:
    """Whether a group is a type of territory: «район», «область»."""
    head = group.forms[group.head].lower()
    return group.is_noun and (is_settlement(head) or head in {"область", "край"})


def _is_big(token: Token) -> bool:
    return token.text[:1].isupper()
