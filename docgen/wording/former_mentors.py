"""Whom the mentor of a pair follows, as «Вместо пары» names that person or that pair."""

from __future__ import annotations

import re
from typing import Final

from docgen import russian
from docgen.model import PersonName, Phrase, Reference
from docgen.model.columns import INSTEAD_OF, MENTEE, MENTOR, PAIRS, STAFF
from docgen.wording.people import name_on
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import NameView, text_of

_INSTEAD: Final = re.compile(r"^(?:взамен|вместо)\s+", re.IGNORECASE)


@derived_value(PAIRS, "текстом")
def short_name(pair: RecordView) -> str:
    """Return the short name of a pair, «Шапиро – Белых»."""
    people = (pair.value(role) for role in (MENTOR, MENTEE))
    return " – ".join(text_of(one).partition(" ")[0] for one in people)


@derived_value(PAIRS, "прежняя_пара")
def former_pair(pair: RecordView) -> RecordView | None:
    """Return the pair in whose place this one is; nothing where the cell has words or is empty."""
    named = pair.value(INSTEAD_OF)
    if isinstance(named, Reference) and named.register == PAIRS:
        return pair.scope.follow(named)
    return None


@derived_value(PAIRS, "вместо_кого")
def former_mentor(pair: RecordView) -> str:
    """Return the mentor whom the pair's one follows, as «Петровой А.С.», or nothing.

    The cell names the pair that was before, or that person in words. Where a pair has kept its
    mentor, there is nobody to name.
    """
    named = pair.value(INSTEAD_OF)
    former = former_pair(pair)
    if former is not None:
        named = former.value(MENTOR)
        if _are_one(named, pair.value(MENTOR)):
            return ""
    elif isinstance(named, tuple):
        named = named[0] if named else None
    if isinstance(named, Phrase):
        named = named.text
    if isinstance(named, str) and _INSTEAD.match(named):
        # Whoever is named so is in the genitive already.
        return _INSTEAD.sub("", named)
    name = _name_of(named, pair)
    return text_of(named) if name is None else str(name.in_style("initials").in_case("род"))


def _are_one(one: object, other: object) -> bool:
    return (
        isinstance(one, Reference)
        and isinstance(other, Reference)
        and (one.register, one.identity) == (other.register, other.identity)
    )


def _name_of(person: object, pair: RecordView) -> NameView | None:
    scope, where = pair.scope, pair.record.cells.get(INSTEAD_OF, pair.record.where)
    if isinstance(person, str):
        text = " ".join(person.split())
        if (STAFF, text) in scope.workspace.by_identity:
            person = Reference(STAFF, text, text)
        elif russian.looks_like_name(text):
            surname, first, patronymic = russian.split_name(text)
            gender = russian.gender_of(text)
            return scope.name(PersonName(text, surname, first, patronymic, gender), where)
    if isinstance(person, Reference):
        name = name_on(scope.workspace.version(person, scope.day), scope.day)
        return scope.name(name, where) if name is not None else None
    return None
