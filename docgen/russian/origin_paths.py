"""Ways to read a phrase in an oblique case: what goes back to the nominative, what depends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from docgen.russian import morphology
from docgen.russian.case_readings import is_active_transitive
from docgen.russian.exceptions import FROZEN_STARTS, GENERIC_BODIES, GENITIVE_STARTS, PEOPLE_STEMS
from docgen.russian.form_origins import PLURAL
from docgen.russian.group_marks import is_oblique_noun, is_substantive
from docgen.russian.group_origins import GroupOrigin, GroupReader
from docgen.russian.heads import CONJUNCTIONS, depends
from docgen.russian.name_origins import name_origins
from docgen.russian.path_weights import (
    BAD,
    HALF,
    ODD,
    SLIGHT,
    OriginPath,
    PathWeights,
    governs,
)
from docgen.russian.place_origins import place_origins
from docgen.russian.place_types import is_settlement, is_short_type, is_type_kind, type_policy
from docgen.russian.tokens import Token
from docgen.russian.word_origins import is_noun_form, may_be_genitive, noun_origins

_BEAM: Final = 8
_DONE: Final = 8
_PEOPLE_TOO: Final = ("несовершеннолетн", "малолетн", "взросл", "больн")
_BODIES: Final = ("учреждени", "организаци")
_GENDERS: Final = {"м": "masc", "ж": "femn"}
_ORDINALS: Final = {"masc": "й", "femn": "я", "neut": "е", "": "е"}


@dataclass(frozen=True, slots=True)
class PathFinder:
    """Reads the words of a phrase in one case from its head on."""

    words: list[Token]
    case: str
    reader: GroupReader
    weights: PathWeights
    others: tuple[GroupReader, ...] = ()
    """Readers of the other cases: what goes together in one of them is not torn in this one."""

    def paths(self) -> list[tuple[dict[int, str], float]]:
        """Return the nominatives by place with how unlikely each reading is, likeliest first."""
        going = list(self._beginnings())
        done: list[OriginPath] = []
        while going:
            done.extend(path for path in going if path.place >= len(self.words))
            going = [path for path in going if path.place < len(self.words)]
            going.sort(key=lambda path: path.odd)
            going = [each for path in going[:_BEAM] for each in self._steps(path)]
        done.sort(key=lambda path: path.odd)
        return [(path.forms, path.odd) for path in done[:_DONE]]

    def _beginnings(self) -> Iterator[OriginPath]:
        first = self.words[0]
        if first.text.lower() in FROZEN_STARTS | GENITIVE_STARTS:
            return
        if first.kind == "name":
            yield from self._of_name_first(first.text)
            return
        for place in range(1, min(3, len(self.words))):
            yield from self._after_short_type(place)
        starts = {self.reader.passed(0): 0.0}
        if min(starts) == 1 and is_noun_form(first.text):
            # «Хором» is an adverb, too.
            starts = {1: ODD, 0: 0.0}
        for start, odd in starts.items():
            if start < len(self.words) and self.words[start].kind == "word":
                yield from (path.moved(path.place, odd) for path in self._of_groups(start))

    def _of_groups(self, start: int) -> Iterator[OriginPath]:
        near, apart = self.reader.near(start), self.reader.apart(start)
        # «Занятого в проекте учителя» has a noun.
        is_less = _is_likely(apart) or (
            not near and any(_is_likely(each.apart(start)) for each in self.others)
        )
        less = HALF if self.words[start].text.lower().startswith(PEOPLE_STEMS) else ODD
        alone = [replace(each, odd=each.odd + less * is_less) for each in self.reader.alone(start)]
        if near and not any(self._has_agent(near[0], each) for each in self._behind(start, apart)):
            apart = [replace(each, odd=each.odd + ODD) for each in apart]
        elif near:
            near = [replace(each, odd=each.odd + ODD) for each in near]
        for group in (*near, *alone, *apart):
            path = OriginPath(group.head + 1, group.forms, group.odd, group)
            yield from self._behind_head(self._with_ordinals(path, start), group)

    def _behind(self, start: int, apart: list[GroupOrigin]) -> Iterator[GroupOrigin]:
        """Yield the likeliest groups with a noun farther on, in this case and in the others."""
        yield from apart[:1]
        if self.case == "твор" and morphology.is_participle(self.words[start].text):
            for other in self.others:
                yield from filter(lambda each: each.odd < ODD, other.apart(start)[:1])

    def _has_agent(self, near: GroupOrigin, apart: GroupOrigin) -> bool:
        """Whether the noun after a participle is who did it, or its object.

        «Утверждённым приказом планом», «замещающего директора работника».
        """
        first = self.words[min(near.forms)].text
        if not apart.head > near.head > min(near.forms):
            return False
        if is_active_transitive(first):
            return near.head == min(near.forms) + 1
        return self.case in {"твор", "дат"} and governs(first)

    def _of_name_first(self, name: str) -> Iterator[OriginPath]:
        """Yield the ways of «Ивановой М.П., учителя математики»."""
        for origin in name_origins(name):
            if origin.case == self.case:
                kind = ("sing", _GENDERS[origin.gender])
                group = GroupOrigin({0: origin.text}, 0, kind, is_noun=True, is_animate=True)
                yield OriginPath(1, group.forms, 0.0, group)

    def _after_short_type(self, start: int) -> Iterator[OriginPath]:
        """Yield the ways of «г. Твери», where nothing but the name declines."""
        if self.words[0].kind != "abbreviation" or not is_short_type(self.words[start - 1].text):
            return
        for forms, end, odd in self._names_of_places(start, self.words[start - 1].text):
            if forms:
                head = min(forms)
                group = GroupOrigin(forms, head, ("sing", "masc"), is_noun=True, is_animate=False)
                yield OriginPath(end, forms, odd, group)

    def _with_ordinals(self, path: OriginPath, end: int) -> OriginPath:
        """Return the path with the numbers before its head: «5-го «А» класса»."""
        forms = {
            place: _ordinal(token, path)
            for place, token in enumerate(self.words[:end])
            if token.kind == "ordinal"
        }
        return path.with_forms(forms, path.place, 0.0) if forms else path

    def _steps(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield how a path goes on at its place."""
        token = self.words[path.place]
        low = token.text.lower()
        after = path.place + 1
        if token.kind == "break":
            fresh = replace(path, is_object=False, is_governed=path.is_governed)
            yield from self._part(fresh.moved(after))
        elif token.kind == "word" and low in CONJUNCTIONS and after < len(self.words):
            yield from self._joined(path.moved(after))
        elif token.kind == "open":
            yield from self._bracket(path)
        elif token.kind == "name":
            yield from self._named(path)
        elif token.kind == "quoted" or (token.kind == "word" and morphology.is_preposition(low)):
            yield replace(path, place=after, is_governed=True)
        elif token.kind == "word" and not path.is_governed and not path.is_object:
            yield from self._apposition(path)
        else:
            yield path.moved(after)

    def _behind_head(self, path: OriginPath, group: GroupOrigin) -> Iterator[OriginPath]:
        """Yield the ways of what stands right behind a noun: adjectives, the name of a place."""
        if not group.is_noun:
            yield path
            return
        head = group.forms[group.head]
        if is_settlement(head) or is_short_type(head):
            start = group.head + 1
            texts = [token.text.lower() for token in self.words[start : start + 2]]
            if len(texts) == 2 and is_type_kind(*texts):
                start += 2
            names = list(self._names_of_places(start, head))
            for forms, end, odd in names:
                yield path.with_forms(forms, end, odd)
            if names:
                return
        yield from self._postposed(path, group)

    def _names_of_places(
        self, start: int, type_word: str
    ) -> Iterator[tuple[dict[int, str], int, float]]:
        """Yield what a name of up to three words may come from, and where it ends."""
        end = start
        while (
            end < min(start + 3, len(self.words))
            and _is_capitalised(self.words[end])
            and type_policy(self.words[end].text) is None
        ):
            end += 1
        for stop in range(end, start, -1):
            name = " ".join(token.text for token in self.words[start:stop])
            for source, odd in place_origins(name, self.case, type_word):
                parts = source.split(" ")
                changed = {
                    place: part
                    for place, part in enumerate(parts, start)
                    if part != self.words[place].text
                }
                # The longest name is the likeliest.
                yield changed, stop, odd + SLIGHT * (end - stop)

    def _postposed(self, path: OriginPath, group: GroupOrigin) -> Iterator[OriginPath]:
        """Yield the ways of adjectives after their noun: «врача-стоматолога детского»."""
        run = self.reader.adjectives(path.place)
        forms: dict[int, str] = {}
        for place, origins in run.items():
            own = next((each for each in origins if group.kind in each.kinds), None)
            if own is None:
                break
            forms[place] = own.text
        if not forms:
            yield path
            return
        is_led = depends(self.words, path.place) or any(
            each.is_noun and each.head > path.place for each in self.reader.near(path.place)
        )
        if is_led:
            changed, kept = BAD + SLIGHT, 0.0
        elif self._is_of_somebody(path.place, is_animate=group.is_animate):
            changed, kept = SLIGHT, 0.0
        else:
            is_noun_too = is_substantive(self.words[path.place].text)
            changed, kept = 0.0, SLIGHT if is_noun_too else ODD
        yield path.with_forms(forms, max(forms) + 1, changed)
        yield path.moved(path.place, kept)

    def _is_of_somebody(self, place: int, *, is_animate: bool) -> bool:
        """Whether a word is a person rather than an adjective: «дневника наставляемого»."""
        low = self.words[place].text.lower()
        if low.startswith((*PEOPLE_STEMS, *_PEOPLE_TOO)):
            return True
        return not is_animate and is_oblique_noun(low)

    def _part(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield the ways of what begins after a comma or a dash."""
        start = self.reader.passed(path.place)
        if start >= len(self.words):
            yield path.moved(start)
            return
        if self.words[start].kind == "name":
            yield from self._named(path.moved(start))
            return
        kept = 0.0
        attribute = self.weights.attribute(path, start)
        groups = self.reader.near(start) if self.words[start].kind == "word" else []
        if attribute is not None:
            is_participle = governs(self.words[start].text)
            has_own = any(len(each.forms) > 1 for each in groups)
            is_person = (
                self.case != "твор"
                and path.head.is_animate
                and any(each.is_animate and len(each.forms) > 1 for each in groups)
            )
            is_less = has_own and (not is_participle or is_person)
            yield replace(attribute, odd=attribute.odd + (ODD if is_less else 0.0))
            kept = BAD + SLIGHT if is_participle else ODD
            less = SLIGHT * (self.case == "твор") if path.head.is_animate else BAD
            groups = [
                replace(each, odd=each.odd + (less if each.is_animate else BAD) * is_participle)
                for each in groups
            ]
        for forms, end, odd in self._after_short(start):
            yield path.with_forms(forms, end, odd)
            kept = max(kept, ODD)
        for joined, odd_kept in self._with_groups(path, groups):
            yield joined
            kept = max(kept, odd_kept) if attribute is None else kept
        if attribute is None and self.weights.is_of_dependant(path, start):
            kept = 0.0
        kept += BAD * self.weights.is_lost(path, start)
        yield replace(path.moved(path.place + 1, kept), was_joined=False)

    def _after_short(self, start: int) -> Iterator[tuple[dict[int, str], int, float]]:
        if is_short_type(self.words[start - 1].text):
            yield from self._names_of_places(start, self.words[start - 1].text)

    def _joined(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield the ways of what «и» joins: to the head, to a dependant, to a participle."""
        start = self.reader.passed(path.place)
        if start >= len(self.words) or self.words[start].kind != "word":
            yield path
            return
        attribute = self.weights.attribute(path, start)
        if path.is_object or not path.head.is_noun:
            is_participle = morphology.is_participle(self.words[start].text)
            if attribute is not None and (is_participle or path.is_object):
                yield attribute
                yield path.moved(start, BAD if is_participle else SLIGHT)
                return
        if path.is_object:
            yield path.moved(start)
            return
        kept = 0.0
        for joined, odd_kept in self._with_groups(path, self.reader.near(start)):
            yield joined
            kept = max(kept, odd_kept)
        if path.head.is_animate and (start - 2 in path.forms or path.head.kind == PLURAL):
            for group in self.reader.alone(start):
                odd_joined, odd_kept = self.weights.coordination(path, start, group)
                yield self._added(path, group, odd_joined)
                kept = max(kept, odd_kept)
        kept += BAD * self.weights.is_lost(path, start)
        yield replace(path.moved(start, kept), was_joined=False)

    def _with_groups(
        self, path: OriginPath, groups: list[GroupOrigin]
    ) -> Iterator[tuple[OriginPath, float]]:
        """Yield the path with each group joined to its head, and what it costs not to join it."""
        for group in groups[:4]:
            odd, kept = self.weights.coordination(path, min(group.forms), group)
            for behind in self._behind_head(self._added(path, group, odd), group):
                yield behind, kept

    def _added(self, path: OriginPath, group: GroupOrigin, odd: float) -> OriginPath:
        found = path.with_forms(group.forms, group.head + 1, group.odd + odd)
        return replace(found, was_joined=True, is_governed=False)

    def _bracket(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield the ways of a bracket: a synonym of the head, or one of a dependant."""
        end = path.place
        while end < len(self.words) and self.words[end].kind != "close":
            end += 1
        groups = self.reader.near(path.place + 1)
        alone = self.reader.alone(path.place + 1) if not groups else []
        is_near = path.place - 1 in path.forms
        before = noun_origins(self.words[path.place - 1].text, self.case)
        kept = 0.0
        for group in (*groups[:3], *(each for each in alone if each.kind == path.head.kind)):
            if group.head >= end:
                continue
            is_alike = group.is_animate == path.head.is_animate or not group.is_noun
            is_of_other = any(group.kind in each.kinds for each in before) and not is_near
            odd = 0.0 if is_alike and not is_of_other else SLIGHT if is_alike else BAD
            if is_alike and (is_near or not is_of_other):
                kept = max(kept, ODD if is_near else SLIGHT)
            own = group.odd if group.is_noun else 0.0
            yield path.with_forms(group.forms, end + 1, odd + own)
        yield path.moved(end + 1, kept)

    def _named(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield the ways of a person's name: an apposition of a person, or a dependant."""
        place = path.place
        is_apposed = path.head.is_animate and not path.is_object
        is_near = place - 1 in path.forms or self.words[place - 1].kind == "break"
        if is_apposed:
            origins = [
                each for each in name_origins(self.words[place].text) if each.case == self.case
            ]
            for count, origin in enumerate(origins[:3]):
                yield path.with_forms({place: origin.text}, place + 1, 0.2 * count)
        yield path.moved(place + 1, (ODD if is_near else SLIGHT) if is_apposed else 0.0)

    def _apposition(self, path: OriginPath) -> Iterator[OriginPath]:
        """Yield the ways of a noun behind a noun: «учреждения детского сада»."""
        place = path.place
        kept = 0.0
        is_near = place - 1 in path.forms
        for group in self.reader.near(place)[:3] if is_near or self._is_body(path) else []:
            if not group.is_noun or group.kind == PLURAL or path.head.governs:
                continue
            if group.is_animate != path.head.is_animate or path.head.kind == PLURAL:
                continue
            if self._is_body(path) and group.forms[group.head].lower() in GENERIC_BODIES:
                odd, kept = 0.0, ODD
            elif may_be_genitive(self.words[group.head].text):
                odd = ODD
            elif self.case == "твор":
                odd, kept = SLIGHT, 0.0
            else:
                odd, kept = 0.0, max(kept, ODD)
            yield path.with_forms(group.forms, group.head + 1, group.odd + odd)
        yield path.moved(place + 1, kept)

    @staticmethod
    def _is_body(path: OriginPath) -> bool:
        return path.head.is_noun and path.head.forms[path.head.head].lower().startswith(_BODIES)


def _ordinal(token: Token, path: OriginPath) -> str:
    stem = re.match(r"\d+[-‑]", token.text)
    return (stem[0] if stem else token.text) + _ORDINALS[path.head.kind[1]]


def _is_likely(groups: list[GroupOrigin]) -> bool:
    return bool(groups) and groups[0].odd < ODD


def _is_capitalised(token: Token) -> bool:
    return token.kind == "word" and re.fullmatch("[А-ЯЁ][А-ЯЁа-яё‑-]*", token.text) is not None
