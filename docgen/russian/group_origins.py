"""From a head with its adjectives in an oblique case back: which of the next words are a group."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.russian import morphology
from docgen.russian.exceptions import GOVERNING_STEMS, PEOPLE_STEMS
from docgen.russian.form_origins import PLURAL, Kind, WordOrigin
from docgen.russian.group_marks import genders_of, is_passed, is_substantive, leads_noun
from docgen.russian.heads import CONJUNCTIONS, is_abbreviation
from docgen.russian.tokens import Token
from docgen.russian.word_origins import adjective_origins, may_be_genitive, noun_origins

_LIKELIHOOD: Final[tuple[tuple[Kind, float], ...]] = (
    (("sing", "masc"), 0.0),
    (("sing", "femn"), 0.0),
    (PLURAL, 0.15),
    (("sing", "neut"), 0.5),
)
"""What an adjective without a noun stands for: a man, a woman, people, hardly a thing."""
_MANY_STEMS: Final = tuple(
    stem for stem in PEOPLE_STEMS if not stem.startswith(("ответств", "дежур", "уполном"))
)
"""Of these participles many people are meant rather than one, and they have dependants."""
_TITLES: Final = ("управляющ",)
_RARELY: Final = 0.3
_ALONE: Final = 1.5
_PARTICIPLE: Final = 0.8
_SHORTER: Final = 1.5
_NO_OBJECT: Final = 3.0
_APART: Final = 0.4
_REACH: Final = 8
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class GroupOrigin:
    """The nominatives of a head and its adjectives by their places, and how unlikely they are.

    ``governs`` says that what follows is the object of an adjective: «заведующий складом».
    """

    forms: dict[int, str]
    head: int
    kind: Kind
    is_noun: bool = False
    is_animate: bool = True
    odd: float = 0.0
    governs: bool = False


@dataclass(slots=True)
class _Run:
    """Adjectives in a row, filled in while they are read."""

    origins: dict[int, tuple[WordOrigin, ...]] = field(default_factory=dict)
    is_joined: bool = False

    def fitted(
        self, kind: Kind, genders: frozenset[str] = frozenset()
    ) -> Iterator[tuple[dict[int, str], float]]:
        """Yield the adjectives in a number and gender; of «и» each may be of one thing."""
        choices: list[list[WordOrigin]] = []
        ones = {("sing", gender) for gender in genders}
        for origins in self.origins.values():
            own = [each for each in origins if kind in each.kinds]
            if not own and self.is_joined and kind == PLURAL:
                own = [each for each in origins if each.kinds & ones]
            if not own:
                return
            choices.append(own[:2])
        for chosen in itertools.islice(itertools.product(*choices), 4):
            forms = dict(zip(self.origins, (each.text for each in chosen), strict=True))
            yield forms, sum(each.odd for each in chosen)


@dataclass(frozen=True, slots=True)
class GroupReader:
    """Finds the groups that begin at a word of a phrase in a case."""

    words: list[Token]
    case: str
    _near: dict[int, list[GroupOrigin]] = field(default_factory=dict)
    _apart: dict[int, list[GroupOrigin]] = field(default_factory=dict)

    def near(self, start: int) -> list[GroupOrigin]:
        """Return the groups of adjectives and the noun right after them, likeliest first."""
        if start not in self._near:
            self._near[start] = self._read_near(start)
        return self._near[start]

    def _read_near(self, start: int) -> list[GroupOrigin]:
        run = _Run()
        place = start
        found: list[GroupOrigin] = []
        while place < len(self.words):
            place = self._into_bracket(run, place)
            token = self.words[place] if place < len(self.words) else None
            if token is None or token.kind != "word" or is_abbreviation(token.text):
                break
            found.extend(self._with_noun(run, place))
            own = adjective_origins(token.text, self.case)
            if not own:
                break
            run.origins[place] = own
            place += 1
            if self._joins_adjective(place):
                run.is_joined = True
                place += 1
        longest = max((each.head for each in found), default=0)
        return sorted((self._weighed(each, longest) for each in found), key=lambda each: each.odd)

    def alone(self, start: int) -> list[GroupOrigin]:
        """Return the adjectives that begin at a word and stand for a noun: «заведующий»."""
        run = self.adjectives(start)
        if not run:
            return []
        found = []
        for count in range(len(run), 0, -1):
            part = _Run(dict(itertools.islice(run.items(), count)))
            for kind, odd in self._likelihood(start):
                for forms, own in part.fitted(kind):
                    head = max(forms)
                    governs = self.words[head].text.lower().startswith(GOVERNING_STEMS)
                    oddness = odd + own + self._odd_alone(head) + self._odd_left(head, kind)
                    found.append(GroupOrigin(forms, head, kind, odd=oddness, governs=governs))
        return found

    def _likelihood(self, start: int) -> tuple[tuple[Kind, float], ...]:
        if not self.words[start].text.lower().startswith((*_MANY_STEMS, "все")):
            return _LIKELIHOOD
        return tuple((kind, odd if kind == PLURAL else odd + _RARELY) for kind, odd in _LIKELIHOOD)

    def _odd_left(self, place: int, kind: Kind) -> float:
        """Return how odd it is to leave what agrees with an adjective behind it."""
        low = self.words[place].text.lower()
        if low.startswith((*GOVERNING_STEMS, *_MANY_STEMS)) and not low.startswith(_TITLES):
            has_person = any(each.is_animate and each.head > place for each in self.near(place))
            return _SHORTER * has_person
        if self.leads(place):
            return _NO_OBJECT
        following = self.adjectives(place + 1) if place + 1 < len(self.words) else {}
        own = following.get(place + 1, ())
        return _SHORTER * any(kind in each.kinds for each in own)

    def leads(self, place: int) -> bool:
        """Whether a word is an adjective of the noun that follows, in whatever case."""
        texts: list[str] = []
        for token in self.words[place : place + _REACH]:
            if token.kind in {"open", "close"} or token.text.lower() in CONJUNCTIONS:
                continue
            if token.kind != "word":
                break
            texts.append(token.text)
        return bool(texts) and leads_noun(tuple(texts[:5]))

    def adjectives(self, start: int) -> dict[int, tuple[WordOrigin, ...]]:
        """Return the adjectives in a row that begin at a word, without «и» between them."""
        found: dict[int, tuple[WordOrigin, ...]] = {}
        for place in range(start, len(self.words)):
            token = self.words[place]
            own = adjective_origins(token.text, self.case) if token.kind == "word" else ()
            if not own:
                break
            found[place] = own
            if token.text.lower().startswith((*GOVERNING_STEMS, *_MANY_STEMS)):
                # What follows depends: «заведующий детским садом», «обучающиеся старших классов».
                break
        return found

    def apart(self, start: int) -> list[GroupOrigin]:
        """Return the groups whose noun stands behind what depends on an adjective.

        «Ближайшей к дому школе», «утверждённого приказом порядка».
        """
        if start not in self._apart:
            self._apart[start] = self._read_apart(start)
        return self._apart[start]

    def _read_apart(self, start: int) -> list[GroupOrigin]:
        run = self.adjectives(start)
        found: list[GroupOrigin] = []
        for count in range(len(run), 0, -1):
            # «Имеющему большой стаж»: what agrees in form may be of the object.
            found.extend(self._apart_from(dict(itertools.islice(run.items(), count))))
        return sorted(found, key=lambda each: each.odd)[:_MOST]

    def _apart_from(self, run: dict[int, tuple[WordOrigin, ...]]) -> list[GroupOrigin]:
        found: list[GroupOrigin] = []
        place = max(run) + 1
        parts = dict(run)
        after_preposition = False
        while place < len(self.words):
            token = self.words[place]
            if token.kind in {"break", "open"}:
                break
            joined = self._joined_participle(place, run)
            if joined:
                parts.update(joined)
                place = max(joined) + 1
                continue
            is_preposition = token.kind == "word" and morphology.is_preposition(token.text.lower())
            is_begun = place - 1 > max(parts) and any(
                each.head == place and len(each.forms) > 1 for each in self.near(place - 1)
            )
            groups = [] if is_preposition or is_begun else self._of_parts(parts, place)
            found.extend(
                self._with_distance(each, len(found), is_object=after_preposition)
                for each in groups
                if place > max(run) + 1 or not each.is_noun
            )
            after_preposition = is_preposition or (after_preposition and self.leads(place))
            place += 1
        return found

    def passed(self, start: int) -> int:
        """Return the place behind words that never change: «не», «вновь», «их»."""
        place = start
        while place < len(self.words) and (
            is_passed(self.words[place]) or self._is_letter_of_class(place)
        ):
            place += 1
        return place

    def _is_letter_of_class(self, place: int) -> bool:
        """Whether a quoted text goes with the number before it: «5-го «А» класса»."""
        if place == 0 or self.words[place].kind != "quoted":
            return False
        before = self.words[place - 1]
        return before.kind == "ordinal" or before.text.isdigit()

    def _into_bracket(self, run: _Run, place: int) -> int:
        """Take in adjectives in brackets amid others, «вечерней (сменной) школы»."""
        if not run.origins or place >= len(self.words) or self.words[place].kind != "open":
            return place
        inner = self.adjectives(place + 1)
        end = max(inner) + 1 if inner else place
        is_closed = inner and end + 1 < len(self.words) and self.words[end].kind == "close"
        if not is_closed or self.words[end + 1].kind != "word":
            return place
        run.origins.update(inner)
        return end + 1

    def _joins_adjective(self, place: int) -> bool:
        if place + 1 >= len(self.words) or self.words[place].text.lower() not in CONJUNCTIONS:
            return False
        return bool(adjective_origins(self.words[place + 1].text, self.case))

    def _joined_participle(
        self, place: int, run: dict[int, tuple[WordOrigin, ...]]
    ) -> dict[int, tuple[WordOrigin, ...]]:
        """Return a participle after «и» that goes with those before: «и одобренного»."""
        if self.words[place].text.lower() not in CONJUNCTIONS or place + 1 >= len(self.words):
            return {}
        word = self.words[place + 1].text
        kinds = frozenset(kind for each in run[min(run)] for kind in each.kinds)
        own = adjective_origins(word, self.case) if morphology.is_participle(word) else ()
        return {place + 1: own} if any(each.kinds & kinds for each in own) else {}

    def _of_parts(
        self, parts: dict[int, tuple[WordOrigin, ...]], place: int
    ) -> Iterator[GroupOrigin]:
        own = _Run(parts)
        for group in self.near(place):
            for forms, odd in own.fitted(group.kind):
                if self._is_of_one_life({**forms, **group.forms}, group.kind):
                    yield replace(group, forms={**forms, **group.forms}, odd=group.odd + odd)
        word = self.words[place].text
        if self.words[place].kind == "word" and morphology.is_participle(word):
            # «Прибывший в школу обучающийся».
            for group in self.alone(place):
                for forms, odd in own.fitted(group.kind):
                    if group.head == place:
                        yield replace(group, forms={**forms, **group.forms}, odd=group.odd + odd)

    def _with_distance(self, group: GroupOrigin, count: int, *, is_object: bool) -> GroupOrigin:
        first = self.words[min(group.forms)].text.lower()
        odd = group.odd + _APART + 0.2 * count + _SHORTER * is_object
        if first.startswith(("исполняющ", *GOVERNING_STEMS)):
            odd += _NO_OBJECT
        elif first.startswith(PEOPLE_STEMS):
            is_either = self.case in {"род", "вин"}
            odd += _RARELY * is_either if group.is_animate else _SHORTER
        after = group.head + 1
        if self.case in {"род", "вин"} and after < len(self.words):
            # «Без попечения родителей детей»: of two the last is no dependant.
            is_first = any(each.kind == group.kind for each in self.near(after) if each.is_noun)
            odd += 0.25 * is_first
        return replace(group, odd=odd)

    def _with_noun(self, run: _Run, place: int) -> Iterator[GroupOrigin]:
        word = self.words[place].text
        for noun in noun_origins(word, self.case):
            if noun.text == word and self.case != "вин" and not run.origins:
                continue
            for kind in sorted(noun.kinds):
                for forms, odd in run.fitted(kind, genders_of(noun.text)):
                    if not self._is_of_one_life({**forms, place: noun.text}, kind):
                        continue
                    yield GroupOrigin(
                        {**forms, place: noun.text},
                        place,
                        kind,
                        is_noun=True,
                        is_animate=noun.is_animate,
                        odd=odd + noun.odd,
                    )

    def _is_of_one_life(self, forms: dict[int, str], kind: Kind) -> bool:
        """Whether an accusative is of a living being, or of a thing, in all its words."""
        if self.case != "вин" or kind == ("sing", "femn"):
            return True
        return len({form == self.words[place].text for place, form in forms.items()}) == 1

    def _weighed(self, group: GroupOrigin, longest: int) -> GroupOrigin:
        """Return a group with how unlikely it is amid others that begin there."""
        odd = group.odd + _SHORTER * (group.head < longest)
        for low in (self.words[place].text.lower() for place in group.forms if place != group.head):
            is_people = low.startswith(PEOPLE_STEMS)
            if low.startswith(_TITLES):
                # «Управляющий совет» is a body.
                odd += _PARTICIPLE if self.case == "твор" else 0.0
            elif low.startswith(GOVERNING_STEMS):
                odd += _NO_OBJECT
            elif (
                is_people and not group.is_animate and may_be_genitive(self.words[group.head].text)
            ):
                odd += _SHORTER
        if self.words[min(group.forms)].text.lower() == "всем" and group.kind != PLURAL:
            odd += _RARELY
        if self.leads(group.head) and not self.words[group.head].text.lower().startswith(
            _MANY_STEMS
        ):
            odd += _NO_OBJECT
        elif adjective_origins(self.words[group.head].text, self.case):
            odd += self._odd_left(group.head, group.kind)
        return replace(group, odd=odd)

    def _odd_alone(self, place: int) -> float:
        low = self.words[place].text.lower()
        if low.startswith((*PEOPLE_STEMS, *GOVERNING_STEMS)) or is_substantive(low):
            return 0.0
        return _PARTICIPLE if morphology.is_participle(low) else _ALONE
