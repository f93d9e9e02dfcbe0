"""Whom the mentor of a pair follows, as «Вместо пары» names that person or that pair."""

from __future__ import annotations

from docgen import russian
from docgen.model import PersonName, Reference
from docgen.model.columns import INSTEAD_OF, MENTOR, PAIRS, STAFF
from docgen.wording.people import name_on
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import NameView, text_of


@derived_value(PAIRS, "вместо_кого")
def former_mentor(pair: RecordView) -> str:
    """Return the mentor whom the pair's one follows, as «Петровой А.С.», or nothing.

    The cell names that person, or the pair that has ended.
    """
    typed = pair.value(INSTEAD_OF)
    if isinstance(typed, tuple):
        typed = typed[0] if typed else None
    if isinstance(typed, Reference) and typed.register == PAIRS:
        before = pair.scope.workspace.version(typed, pair.scope.day)
        typed = before.values.get(MENTOR)
    name = _name_of(typed, pair)
    return text_of(typed) if name is None else str(name.in_style("initials").in_case("род"))


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
