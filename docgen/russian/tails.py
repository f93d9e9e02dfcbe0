"""The words after the head of a phrase: which of them decline with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from docgen.russian import case_readings, morphology
from docgen.russian.brackets import Bracket, bracket_end
from docgen.russian.compounds import adjective_readings
from docgen.russian.exceptions import GENERIC_BODIES, SETTLEMENTS
from docgen.russian.heads import (
    CONJUNCTIONS,
    NounGroup,
    agrees,
    decline_adjective,
    decline_group,
    find_group,
    is_abbreviation,
)
from docgen.russian.numerals import decline_numeral
from docgen.russian.tokens import Token

ONE_OR_MANY = "«{}» — множественное число или родительный падеж?"
_SECOND = "«{}» — второе главное слово?"
_RATHER_GENITIVE = 0.7
_TERRITORIES = (
    *("округ", "район", "сел", "посёл", "посел", "станци", "област", "образовани", "поселени"),
)


@dataclass(slots=True)
class PhraseOutcome:
    """What is found in a phrase: its first group, and why to check it.

    ``words`` are all its words, ``names`` the persons that decline, ``head`` is the word that leads
    the first group, ``is_bare`` says that nothing stands after it in its part, ``is_titled`` that a
    title follows a colon; the rest is filled while the phrase is read.
    """

    words: list[Token]
    names: list[str] = field(default_factory=list)
    group: NounGroup | None = None
    is_frozen: bool = False
    head: str = ""
    is_bare: bool = False
    is_titled: bool = False
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PhraseTail:
    """The words after a head, of which some decline with it; these are told how."""

    words: list[Token]
    group: NounGroup
    outcome: PhraseOutcome

    def decline(self) -> None:
        """Decline what agrees with the head, up to the end of the part."""
        place = self._postposed(self.group.head + 1)
        has_preposition = False
        while place < len(self.words):
            token = self.words[place]
            low = token.text.lower()
            if token.text == ":":
                place = self._after_colon(place + 1)
                continue
            if token.kind == "open":
                place = self._bracket(place)
                continue
            if token.kind == "quoted":
                has_preposition = True
            elif low in CONJUNCTIONS and (
                not has_preposition
                or self._joins_participle(place + 1)
                or self._joins_people(place + 1)
            ):
                place = self._second(place + 1, has_preposition=has_preposition)
                continue
            elif token.kind == "named" or morphology.is_preposition(low):
                has_preposition = True
            elif token.kind == "word" and not has_preposition:
                place = self._apposition(place)
                continue
            place += 1

    def _postposed(self, place: int) -> int:
        """Decline adjectives after their noun, «врач-стоматолог детский»; return the next place."""
        while place < len(self.words) and self.group.reading.is_noun:
            token = self.words[place]
            other = find_group(self.words, place) if token.kind == "word" else None
            if other is None or other.reading.is_noun or is_abbreviation(token.text):
                return place
            own = adjective_readings(token.text)
            fitting = [each for each in own if agrees(each, self.group.reading)]
            if not fitting:
                return place
            decline_adjective(token, fitting[0], is_animate=self.group.is_animate)
            place += 1
        return place

    @property
    def _is_attribute(self) -> bool:
        """Whether the head is a participle of the thing said before: what follows is its object."""
        return not self.group.reading.is_noun and not self.group.is_person

    def _joins_participle(self, place: int) -> bool:
        """Whether a participle follows that agrees with the head, itself one."""
        if self.group.reading.is_noun or place >= len(self.words):
            return False
        word = self.words[place].text
        return morphology.is_participle(word) and any(
            agrees(each, self.group.reading) for each in adjective_readings(word)
        )

    def _after_colon(self, place: int) -> int:
        """Decline a list of the people before: «специалисты: психологи»; return the next place.

        «Чек-лист куратора: первая неделя» has a title after its colon, which stays.
        """
        group = find_group(self.words, place)
        is_list = (
            group is not None
            and self._is_person(group)
            and self.group.is_animate
            and group.reading.gender == self.group.reading.gender == "мн"
        )
        if group is None or not is_list:
            self.outcome.is_titled = True
            return len(self.words)
        self.outcome.is_bare = True
        decline_group(self.words, group)
        return group.head + 1

    def _joins_people(self, place: int) -> bool:
        """Whether people in the nominative follow: «директор центра «Рост» и учитель».

        Their accusative is the genitive, so that no preposition governs them.
        """
        group = find_group(self.words, place, is_parted=False)
        return (
            group is not None
            and self.group.is_animate
            and self._is_person(group)
            and not morphology.may_depend(self.words[group.head].text)
        )

    def _bracket(self, place: int) -> int:
        """Decline a synonym in brackets, «план (дорожная карта)»; return the next place."""
        end = bracket_end(self.words, place)
        is_near = place == self.group.head + 1
        head = self.words[self.group.head].text
        bracket = Bracket(self.words[place + 1 : end], self.group, head, is_near=is_near)
        self.outcome.reasons.extend(bracket.decline())
        return end + 1

    def _second(self, place: int, *, has_preposition: bool) -> int:
        """Decline a second head such as «бухгалтер и кассир»; return the next place."""
        if place < len(self.words) and self.words[place].text.lower() in {"их", "его", "её", "ее"}:
            place += 1
        if decline_numeral(self.words[place:]):
            return len(self.words)
        group = self._group_after_link(place)
        if group is not None and not group.reading.is_noun:
            # «Журнал, прошитый и пронумерованный».
            group = replace(group, is_person=self.group.is_animate)
        is_object = group is not None and self._is_attribute and group.reading.is_noun
        if (
            group is None
            or is_object
            or not self._is_peer(place, group, has_preposition=has_preposition)
        ):
            return place + 1 if place < len(self.words) else place
        decline_group(self.words, group)
        return group.head + 1

    def _group_after_link(self, place: int) -> NounGroup | None:
        """Return the group after «и»: with words of its own «приравненные к ним местности»."""
        near = find_group(self.words, place, is_parted=False)
        if near is None or near.reading.is_noun or not self.group.reading.is_noun:
            return near
        parted = find_group(self.words, place, is_of_thing=not self.group.is_animate)
        if parted is None or not parted.reading.is_noun:
            self.outcome.reasons.extend([parted.doubt] if parted and parted.doubt else [])
            return near
        return near if parted.doubt and self.group.is_animate else parted

    def _is_peer(self, place: int, group: NounGroup, *, has_preposition: bool) -> bool:
        word = self.words[place].text
        if word.islower() and group.reading.is_noun and group.reading.is_proper:
            return False
        near = place == self.group.head + 2
        is_free = not morphology.may_depend(word)
        if is_free and not (has_preposition and self.group.is_animate > group.is_animate):
            # Without a preposition nothing but the head's own case is left for it.
            return True
        if group.is_animate and self.group.is_animate and group.reading.is_noun and not near:
            are_many = group.reading.gender == self.group.reading.gender == "мн"
            self.outcome.reasons.extend([_SECOND.format(word)] if are_many else [])
        if near and group.reading.is_noun:
            if group.reading.gender == self.group.reading.gender == "мн":
                # «Права и обязанности»; «организации и сопровождения» are rather two genitives.
                heads = (self.words[self.group.head].text, word)
                is_rather = min(map(case_readings.genitive_share, heads)) > _RATHER_GENITIVE
                if is_rather and not group.is_animate and not self.group.modifiers:
                    self.outcome.reasons.append(ONE_OR_MANY.format(heads[0]))
            # What «и» joins to the head stands in the nominative, as the head does.
            return True
        return False

    @staticmethod
    def _is_person(group: NounGroup) -> bool:
        return group.reading.is_noun and group.is_animate

    def _apposition(self, place: int) -> int:
        """Decline a generic name, «учреждение детский сад № 18»; return the next place."""
        group = find_group(self.words, place)
        if group is None or self._is_attribute or not self._may_appose(place, group):
            return place + 1
        decline_group(self.words, group)
        return group.head + 1

    def _may_appose(self, place: int, group: NounGroup) -> bool:
        if not group.reading.is_noun:
            return False
        first = self.words[place].text
        reading = group.reading
        return (
            reading.is_known
            and not reading.is_proper
            and not is_abbreviation(first)
            and reading.gender != "мн"
            and not case_readings.has_other_case(first)
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
