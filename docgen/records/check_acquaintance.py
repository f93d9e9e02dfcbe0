"""Check that whoever an order names is acquainted with it, if anybody is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import PersonName, Record, Reference, Value, Workspace, sameness
from docgen.model.choices import Acquaintance
from docgen.model.columns import (
    ACQUAINT,
    ACQUAINT_LATER,
    ACTING_HEAD,
    ADDRESSEES,
    CONTROL,
    CURATOR,
    HEAD,
    MENTEE,
    MENTOR,
    NAME,
    ORDERS,
    ORGANISATION,
    PAIRS,
    PARTICIPANTS,
    PERSON,
    POINTS,
    RESPONSIBLE,
    SIGNATORY,
    STAFF,
    STATE,
    TEXT,
    THEIR_BODY,
)
from docgen.model.states import FROZEN, VOID
from docgen.records.order_days import document_day, items_of
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import acquaintance_of, is_form_of, pairs_meant, text_of

_NAMED: Final = (ADDRESSEES, PERSON, RESPONSIBLE)
_CASES: Final = ("им", "род", "дат", "вин", "твор", "пред")
_WORD: Final = f"[{CAPITAL}][{SMALL}]+"
_SURNAME: Final = rf"{_WORD}(?:-{_WORD})?"
_NAMES: Final = re.compile(
    rf"\b(?P<a>{_SURNAME}) (?P<b>[{CAPITAL}])\. ?(?P<c>[{CAPITAL}])\."
    rf"|\b(?P<d>[{CAPITAL}])\. ?(?P<e>[{CAPITAL}])\. ?(?P<f>{_SURNAME})"
    rf"|\b(?P<g>{_SURNAME}) (?P<h>[{CAPITAL}])[{SMALL}]+ (?P<i>[{CAPITAL}])[{SMALL}]+"
)
_MOST_SHOWN: Final = 6
_BOTH: Final = 2
PersonKey: TypeAlias = tuple[str, str]
Staff: TypeAlias = Mapping[str, Sequence[tuple[PersonKey, PersonName]]]


def check_acquaintance(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each unsigned order that names people whom its sheet lacks."""
    staff = staff_by_initials(workspace)
    heads = {
        key_of(one) for row in workspace.records.get(ORGANISATION, ()) for one in heads_of(row)
    }
    for order in workspace.records.get(ORDERS, ()):
        if order.is_broken or text_of(order.values.get(STATE)) in VOID | FROZEN:
            continue
        day = document_day(order, workspace)
        if acquaintance_of(order, workspace, day) is not Acquaintance.NONE:
            yield from _check_order(order, workspace, staff, heads)


def _check_order(
    order: Record, workspace: Workspace, staff: Staff, heads: set[PersonKey]
) -> Iterator[Problem]:
    acquainted = {
        key_of(one)
        for name in (ACQUAINT, ACQUAINT_LATER)
        for one in people_of(order.values.get(name))
    }
    if not acquainted:
        return
    known = acquainted | heads | {key_of(one) for one in people_of(order.values.get(SIGNATORY))}
    if any(sameness(text_of(one)) == PARTICIPANTS for one in items_of(order.values.get(ACQUAINT))):
        known |= participants_of(workspace)
    named = named_by_order(order, workspace, staff)
    lacking = [name for key, name in named.items() if key not in known]
    if lacking:
        more = len(lacking) - _MOST_SHOWN
        yield warning(
            "not-acquainted",
            order.cells[ACQUAINT],
            "названы, а в «Ознакомить» не вписаны: "
            f"{', '.join(lacking[:_MOST_SHOWN])}{f' и ещё {more}' if more > 0 else ''}; впишите "
            "или пропустите, если знакомить не нужно",
        )


def participants_of(workspace: Workspace) -> set[PersonKey]:
    """Return the workers of all pairs: whom «участники» may mean."""
    return {
        key_of(one)
        for pair in workspace.records.get(PAIRS, ())
        for name in (MENTOR, MENTEE)
        for one in people_of(pair.values.get(name))
    }


def named_by_order(order: Record, workspace: Workspace, staff: Staff) -> dict[PersonKey, str]:
    """Return whom an order names, its points in columns or in words, its pairs, by their rows.

    A plan names many more, and its sheet is not asked about them.
    """
    found: dict[PersonKey, str] = {}
    for pair in pairs_meant(order, workspace):
        people = [one for name in (MENTOR, MENTEE) for one in people_of(pair.values.get(name))]
        # Pairs of children stand in a list of their own, pairs of another form nowhere.
        if len(people) == _BOTH and is_form_of(order, pair, workspace):
            found |= {key_of(one): one.text for one in people}
    points = workspace.children.get((ORDERS, order.identity, POINTS), ())
    for row, columns in ((order, (CONTROL, CURATOR)), *((one, _NAMED) for one in points)):
        for column in columns:
            for one in people_of(row.values.get(column)):
                found.setdefault(key_of(one), one.text)
    for point in points:
        for key, name in people_in(text_of(point.values.get(TEXT)), staff):
            found.setdefault(key, name)
    return found


def people_in(text: str, staff: Staff) -> Iterator[tuple[PersonKey, str]]:
    """Yield the people whom a text names in any case; who may be two of them is not told."""
    for people in candidates_in(text, staff):
        if len(people) == 1:
            yield people[0]


def candidates_in(text: str, staff: Staff) -> Iterator[list[tuple[PersonKey, str]]]:
    """Yield for each name in a text, in any case, whom it may mean: namesakes, or nobody."""
    for found in _NAMES.finditer(text.replace("\u00a0", " ")):
        surname = found["a"] or found["f"] or found["g"]
        initials = "".join(found[one] or "" for one in "bcdehi")
        yield [
            (key, name.text)
            for key, name in staff.get(initials, ())
            if sameness(surname) in _forms(name.surname, name.gender)
        ]


@functools.lru_cache(maxsize=4096)
def _forms(surname: str, gender: str) -> frozenset[str]:
    return frozenset(
        sameness(russian.decline_name(surname, case, gender or None, part="фамилия").text)
        for case in _CASES
    )


def staff_by_initials(workspace: Workspace) -> Staff:
    """Return the names of the organisation's own people by their initials."""
    found: dict[str, list[tuple[PersonKey, PersonName]]] = {}
    for row in workspace.records.get(STAFF, ()):
        name = row.values.get(NAME)
        if isinstance(name, PersonName) and name.first and not row.values.get(THEIR_BODY):
            initials = (name.first[:1] + name.patronymic[:1]).upper()
            found.setdefault(initials, []).append(((STAFF, row.identity), name))
    return found


def heads_of(row: Record) -> Iterator[Reference]:
    """Yield who heads the organisation, or did so for somebody, by a row of its card."""
    for name in (HEAD, ACTING_HEAD):
        yield from people_of(row.values.get(name))


def people_of(value: Value) -> Iterator[Reference]:
    """Yield the workers whom a cell names."""
    for item in items_of(value):
        if isinstance(item, Reference) and item.register == STAFF:
            yield item


def key_of(one: Reference) -> PersonKey:
    """Return what tells a person from all others."""
    return one.register, one.identity
