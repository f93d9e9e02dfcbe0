"""Check whom orders name against who still works here on their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.model import Record, Reference, Workspace
from docgen.model.columns import (
    ABOUT,
    ACQUAINT,
    ACTING_HEAD,
    ADDRESSEES,
    CONTROL,
    CURATOR,
    ENDORSE,
    HEAD,
    ORDERS,
    ORGANISATION,
    POINTS,
    RESPONSIBLE,
    SIGNATORY,
    STAFF,
    STATE,
)
from docgen.model.states import OrderState
from docgen.records.order_days import day_in, items_of, paper_name
from docgen.wording import text_of
from docgen.wording.orders import NO_TEXT

_EXECUTOR: Final = "исполнитель"
_ROLES: Final = (
    (SIGNATORY, "подписывает"),
    (CONTROL, "контролирует"),
    (CURATOR, "назван куратором"),
    (_EXECUTOR, "назван исполнителем"),
    (ACQUAINT, "назван среди тех, кого знакомят"),
    (ENDORSE, "назван среди тех, кто согласует"),
)
_ROLES_OF_POINTS: Final = (
    (ADDRESSEES, "назван тем, кому поручено"),
    (RESPONSIBLE, "назван ответственным"),
)


def check_leavers(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each person who has a task in an order of a day after the last one."""
    for order in workspace.records.get(ORDERS, ()):
        day = day_in(order)
        if order.is_broken or day is None or order.values.get(STATE) != OrderState.TO_SIGN:
            continue
        if not order.values.get(SIGNATORY) and text_of(order.values.get(ABOUT)) != NO_TEXT:
            yield from _check_head(order, day, workspace)
        for column, role in _ROLES:
            yield from _check_cell(order, column, role, order, day, workspace)
        for point in workspace.children.get((ORDERS, order.identity, POINTS), ()):
            for column, role in _ROLES_OF_POINTS:
                yield from _check_cell(point, column, role, order, day, workspace)


def _check_head(order: Record, day: dt.date, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning when the head who signs has left, and nobody acts in the head's place."""
    rows = [one for one in workspace.records.get(ORGANISATION, ()) if one.holds_on(day)]
    if any(one.values.get(ACTING_HEAD) for one in rows):
        return
    heads = [one for one in rows if one.values.get(HEAD) and not one.is_broken]
    if heads:
        where = heads[-1].cells[HEAD]
        yield from _left(heads[-1].values[HEAD], "подписывает", where, order, day, workspace)


def _check_cell(
    row: Record, column: str, role: str, order: Record, day: dt.date, workspace: Workspace
) -> Iterator[Problem]:
    for person in items_of(row.values.get(column)):
        yield from _left(person, role, row.cells.get(column, row.where), order, day, workspace)


def _left(
    person: object, role: str, where: Location, order: Record, day: dt.date, workspace: Workspace
) -> Iterator[Problem]:
    if not isinstance(person, Reference) or person.register != STAFF:
        return
    rows = workspace.by_identity[person.register, person.identity]
    last = max((row.ends or dt.date.max for row in rows), default=dt.date.max)
    if last < day:
        message = (
            f"{paper_name(order)} от {day:%d.%m.%Y}: {person.text} {role}, а работает по "
            f"{last:%d.%m.%Y}; назовите другого или исправьте «Работает по»"
        )
        yield warning("person-left", where, message)
