"""What stands in brackets after a head: synonyms and attributes decline, labels stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from docgen.russian import morphology
from docgen.russian.exceptions import BODIES
from docgen.russian.heads import CONJUNCTIONS, NounGroup, decline_group, find_group
from docgen.russian.tokens import Token

_DESIGNATIONS: Final = frozenset(
    (
        *("форма", "вариант", "образец", "приложение", "бланк", "редакция", "корпус", "группа"),
        *("класс", "курс", "смена", "этап", "часть", "блок", "уровень", "модуль", "полугодие"),
        *("четверть", "анкета"),
    )
)
"""What a paper is called by in brackets, «акт (форма Н-2)»: it stays."""
_TERRITORIES: Final = (
    *("округ", "район", "край", "област", "республик", "город", "посёл", "посел", "сел"),
)
_OF_A_LANGUAGE: Final = ("ский", "цкий")
_OPEN: Final = "«{}» в скобках: склонять?"


def bracket_end(words: list[Token], place: int) -> int:
    """Return the place of the bracket that closes the one at a place, or the end."""
    closing = (n for n in range(place, len(words)) if words[n].kind == "close")
    return next(closing, len(words))


def decline_people(words: list[Token]) -> None:
    """Decline people in the brackets of a part that stays: «зав. складом (кладовщик)»."""
    for place, token in enumerate(words):
        if token.kind == "open":
            inner = words[place + 1 : bracket_end(words, place)]
            group = find_group(inner, 0) if inner and not _is_led(inner) else None
            if group is not None and group.reading.is_noun and group.is_animate:
                decline_group(inner, group)


def decline_later(words: list[Token], group: NounGroup, head: str) -> Iterator[str]:
    """Tell brackets of a part that only depends how they decline; yield why to check them."""
    for place, token in enumerate(words):
        if token.kind == "open":
            inner = words[place + 1 : bracket_end(words, place)]
            yield from Bracket(inner, group, head, is_near=False).decline()


@dataclass(frozen=True, slots=True)
class Bracket:
    """The words in brackets after a head, which is a group and a word."""

    words: list[Token]
    group: NounGroup
    head: str
    is_near: bool

    def decline(self) -> Iterator[str]:
        """Tell the words how they decline; yield why to check them."""
        if _is_led(self.words):
            return
        pieces = self._pieces()
        for inner in pieces:
            group = find_group(inner, 0)
            if group is not None:
                doubts = list(self._decline_piece(inner, group))
                # «Комплект документов (заявление, анкета)» tells what there is.
                yield from doubts if len(pieces) == 1 else ()

    def _pieces(self) -> list[list[Token]]:
        """Return the words cut at commas and «и»; a quote that is no name as its words."""
        pieces: list[list[Token]] = [[]]
        first = [token.text.lower() for token in self.words[:3]]
        for token in self.words[3 if first == ["в", "том", "числе"] else 0 :]:
            if token.kind == "break" or token.text.lower() in CONJUNCTIONS:
                pieces.append([])
            elif pieces[-1] or not _is_passed(token):
                pieces[-1].append(token)
        return [piece for piece in pieces if piece]

    def _decline_piece(self, inner: list[Token], group: NounGroup) -> Iterator[str]:
        head = inner[group.head].text
        if self._is_label(inner, head):
            return
        if self._is_synonym(group, head) or self._is_attribute(inner, group):
            decline_group(inner, replace(group, is_person=self.group.is_animate))
        elif not group.reading.is_proper and self._may_be_synonym(group, head):
            yield _OPEN.format(head)

    def _is_label(self, inner: list[Token], head: str) -> bool:
        """Whether a bracket says where or which: «лицей (Мамадышский район)», «акт (форма Н-2)»."""
        low = head.lower()
        if low == "редакция" or (
            low in _DESIGNATIONS and (not self.is_near or _is_designated(inner))
        ):
            return True
        if low in BODIES and self.head.lower() not in BODIES:
            # «Акт списания учебников (библиотека)».
            return not self.is_near
        return low.startswith(_TERRITORIES) and inner[0].text[:1].isupper()

    def _is_attribute(self, inner: list[Token], group: NounGroup) -> bool:
        """Whether an adjective in brackets is of the head: «анкета учителя (входная)».

        «Учитель иностранного языка (английский)» has the language in brackets.
        """
        if group.reading.is_noun or (group.modifiers and not self.group.is_animate):
            return False
        is_language = inner[group.head].text.endswith(_OF_A_LANGUAGE)
        is_fit = group.reading.gender == self.group.reading.gender
        return is_fit and not (self.group.is_animate and is_language)

    def _may_be_synonym(self, group: NounGroup, head: str) -> bool:
        """Whether a bracket far from the head may be a synonym: «отзыв учителя (справка)»."""
        reading, own = group.reading, self.group.reading
        if not reading.is_noun:
            return reading.gender == own.gender
        is_one = "мн" not in {reading.gender, own.gender}
        is_body = head.lower() in BODIES
        return is_one and not is_body and not group.is_animate and not self.group.is_animate

    def _is_synonym(self, group: NounGroup, head: str) -> bool:
        if not group.reading.is_noun:
            is_fit = group.reading.gender == self.group.reading.gender
            # «Объяснение (объяснительная)»: of a thing an adjective of another gender is a noun.
            return self.is_near and is_fit == self.group.is_animate
        is_many = [each.reading.gender == "мн" for each in (group, self.group)]
        if group.is_animate != self.group.is_animate or is_many[0] != is_many[1]:
            return False
        are_bodies = {head.lower(), self.head.lower()} <= BODIES or self._is_short_name(head)
        return self.is_near or group.is_animate or bool(group.modifiers) or are_bodies

    def _is_short_name(self, head: str) -> bool:
        """Whether a body has its short name in brackets: «Комитет образования (Облкомобр)»."""
        is_new = head.istitle() and not morphology.is_known(head)
        return is_new and len(self.words) == 1 and self.head.lower() in BODIES


def _is_led(words: list[Token]) -> bool:
    """Whether brackets hold a remark: «(учредитель – район)», «(далее – Комиссия)»."""
    has_dash = any(token.kind == "break" and token.text.strip() in "–—-" for token in words)
    return has_dash or (bool(words) and words[0].text.lower() == "далее")


def _is_passed(token: Token) -> bool:
    """Whether a word before the head is an adverb: «(постоянно действующая)»."""
    return token.kind == "word" and morphology.part_of_speech(token.text.lower()) == "ADVB"


def _is_designated(inner: list[Token]) -> bool:
    """Whether a number, a letter or a name follows: «(вариант 7.2)», «(форма Н-2)»."""
    return len(inner) > 1 and not (inner[1].kind == "word" and inner[1].text.islower())
