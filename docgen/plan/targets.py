"""For which rows, people and purposes a kind is made: one target for each paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.model import (
    Audience,
    BlankRow,
    DocumentPer,
    Kind,
    Record,
    Reference,
    Variable,
    Workspace,
)
from docgen.model.ages import ADULT_AGE
from docgen.model.columns import (
    ACQUAINT,
    ACQUAINT_LATER,
    BORN,
    CHILDREN,
    ENDORSE,
    MENTEE,
    MENTOR,
    ORDERS,
    PAIRS,
    STAFF,
    STATE,
)
from docgen.model.states import UNSIGNED, VOID
from docgen.plan.selection import (
    is_of_year,
    rows_for_order,
    select,
    values_at,
)
from docgen.wording import day_of, full_years, text_of, year_of

_SHEETS = {ACQUAINT_LATER: "отсутствовали", ENDORSE: "согласующие"}
PARTICIPANTS = "участники"
_FORM_ROLE = ""


@dataclass(frozen=True, slots=True)
class Season:
    """What papers are asked of which workspace: ``year`` limits them, ``usual`` dates the rest.

    ``is_asked`` tells a year asked for by name from the one that the registers name; ``blank``
    names a kind whose blank form is made in any case.
    """

    workspace: Workspace
    kinds: Mapping[str, Kind]
    year: str
    usual: str
    is_asked: bool = False
    blank: str = ""


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """One paper of a kind before it has a title."""

    key: str
    variables: Mapping[str, Variable]
    row: Record | None = None
    order: Record | None = None
    is_blank_form: bool = False


def targets(kind: Kind, season: Season) -> Iterator[DocumentTarget]:
    """Yield every paper of a kind that the registers ask for."""
    workspace = season.workspace
    schema = workspace.schemas[kind.register]
    every = workspace.records.get(kind.register, ())
    rows = [row for row in select(every, kind.where, workspace) if _is_wanted(row, season)]
    if kind.per == DocumentPer.REGISTER:
        if rows:
            yield from _crossed(kind, DocumentTarget(kind.name, {schema.many: tuple(rows)}), season)
    elif kind.per == DocumentPer.GROUP:
        yield from _group_targets(kind, rows, season)
    else:
        for target in _row_targets(kind, rows, season):
            yield from _crossed(kind, target, season)
    if kind.name == season.blank or (kind.has_blank_form and every):
        yield from _crossed(kind, _blank_target(kind, workspace), season)


def _is_wanted(row: Record, season: Season) -> bool:
    order = season.workspace.order_of(row)
    state = text_of(order.values.get(STATE)) if order is not None else ""
    if state in VOID:
        return False
    if not season.year or (state in UNSIGNED and not season.is_asked):
        return True
    return is_of_year(row, season.workspace, season.year)


def _group_targets(kind: Kind, rows: list[Record], season: Season) -> Iterator[DocumentTarget]:
    """Yield a paper for each value of ``group_by``; rows of one order know that order."""
    workspace = season.workspace
    groups: dict[str, list[Record]] = {}
    for row in rows:
        found = values_at(row, kind.group_by, workspace)
        for text in dict.fromkeys(text_of(value) for _, value in found) or {"": None}:
            groups.setdefault(text, []).append(row)
    for name, group in groups.items():
        variables: dict[str, Variable] = {
            "группа": name,
            workspace.schemas[kind.register].many: tuple(group),
        }
        orders = [workspace.order_of(row) for row in group]
        order = orders[0] if all(one is orders[0] for one in orders) else None
        if order is not None:
            variables["приказ"] = order
        target = DocumentTarget(f"{kind.name}|{name}", variables, group[0], order)
        yield from _crossed(kind, target, season)


def _row_targets(kind: Kind, rows: list[Record], season: Season) -> Iterator[DocumentTarget]:
    seen: set[tuple[str, str]] = set()
    one = season.workspace.schemas[kind.register].one
    for row in rows:
        order = season.workspace.order_of(row)
        variables: dict[str, Variable] = {one: row}
        if order is not None:
            variables["приказ"] = order
            variables |= _order_lists(kind, order, season)
        if not kind.each:
            yield DocumentTarget(f"{kind.name}|{row.identity}", variables, row, order)
            continue
        for role, person in _people_in(kind, row, season):
            who = (person.register, person.identity)
            if kind.is_distinct and who in seen:
                continue
            seen.add(who)
            named: dict[str, Variable] = {**variables, "участник": person, "роль": role}
            yield DocumentTarget(_key_of(kind, row, person), named, row)


def _people_in(kind: Kind, row: Record, season: Season) -> Iterator[tuple[str, Reference]]:
    """Yield the people of a row who get a paper of their own, each with the role there."""
    for path in kind.each:
        for _, person in values_at(row, path, season.workspace):
            if isinstance(person, Reference) and _is_of_age(kind, person, row, season):
                yield path.rsplit(".", 1)[-1], person


def _key_of(kind: Kind, row: Record, person: Reference) -> str:
    # A pupil may have a teacher's name: without the register they would be one paper.
    register = "" if person.register == STAFF else f"{person.register}/"
    key = f"{kind.name}|{register}{person.identity}"
    return key if kind.is_distinct else f"{key}|{row.identity}"


def _is_of_age(kind: Kind, person: Reference, row: Record, season: Season) -> bool:
    if kind.only is None:
        return True
    day = day_of(row, None, season.usual)
    born = season.workspace.version(person, day).values.get(BORN)
    is_pupil = person.register == CHILDREN
    is_adult = not is_pupil or (isinstance(born, dt.date) and full_years(born, day) >= ADULT_AGE)
    wanted = {
        Audience.ADULTS: is_adult,
        Audience.CHILDREN: not is_adult,
        Audience.WORKERS: not is_pupil,
        Audience.ADULT_PUPILS: is_pupil and is_adult,
    }
    return wanted[kind.only]


def _crossed(kind: Kind, target: DocumentTarget, season: Season) -> Iterator[DocumentTarget]:
    """Yield the target once, or once for each row of the register that it is crossed with."""
    if not kind.cross:
        yield target
        return
    workspace = season.workspace
    one = workspace.schemas[kind.cross].one
    for row in select(workspace.records.get(kind.cross, ()), kind.cross_where, workspace):
        variables = {**target.variables, one: row}
        yield replace(target, key=f"{target.key}|{row.identity}", variables=variables)


def _blank_target(kind: Kind, workspace: Workspace) -> DocumentTarget:
    schema = workspace.schemas[kind.register]
    variables: dict[str, Variable] = {schema.one: BlankRow(kind.register)}
    if kind.each:
        of_pupil = kind.only in {Audience.CHILDREN, Audience.ADULT_PUPILS}
        registers = _registers_at(kind.each[0].split("."), kind.register, workspace)
        named = registers[-1] if of_pupil else registers[0]
        variables |= {"участник": BlankRow(named), "роль": _FORM_ROLE}
    return DocumentTarget(f"{kind.name}|бланк", variables, is_blank_form=True)


def _registers_at(steps: list[str], register: str, workspace: Workspace) -> tuple[str, ...]:
    """Return the registers that a path of references leads to."""
    for column in workspace.schemas[register].columns:
        if column.name == steps[0]:
            return (
                _registers_at(steps[1:], column.to[0], workspace) if len(steps) > 1 else column.to
            )
    (below,) = [
        schema.name
        for schema in workspace.schemas.values()
        if any(one.reverse == steps[0] and register in one.to for one in schema.columns)
    ][:1]
    return _registers_at(steps[1:], below, workspace)


# --- what an order is about ------------------------------------------------------------------


def _order_lists(kind: Kind, order: Record, season: Season) -> dict[str, Variable]:
    """Return the rows an order is about, the people in them and the people to acquaint."""
    workspace = season.workspace
    lists: dict[str, Variable] = {}
    year = year_of(order, order, season.usual)
    for register, where in kind.uses.items():
        rows = rows_for_order(workspace, order, register, where, year)
        lists[workspace.schemas[register].many] = rows
        if register == PAIRS:
            lists[PARTICIPANTS] = _people_of(rows)
    named = order.values.get(ACQUAINT)
    if isinstance(named, tuple) and named:
        lists |= _people_to_acquaint(named, order, year, season)
    for column, variable in _SHEETS.items():
        people = order.values.get(column)
        if isinstance(people, tuple):
            found = {one.identity: one for one in people if isinstance(one, Reference)}
            lists[variable] = tuple(found.values())
    return lists


def _people_of(
    rows: tuple[Record, ...], roles: Sequence[str] = (MENTOR, MENTEE)
) -> tuple[Reference, ...]:
    found: dict[tuple[str, str], Reference] = {}
    for role in roles:
        for row in rows:
            person = row.values.get(role)
            if isinstance(person, Reference):
                found.setdefault((person.register, person.identity), person)
    return tuple(found.values())


def _people_to_acquaint(
    named: tuple[object, ...], order: Record, year: str, season: Season
) -> dict[str, Variable]:
    """Return everybody to acquaint, each once: those named, then mentors, then mentees.

    ``люди`` are all of them in this order, the other lists its parts.
    """
    people = {item.identity: item for item in named if isinstance(item, Reference)}
    parts: dict[str, Variable] = {"названные": tuple(people.values())}
    pairs = _pairs_of(order, year, season) if PARTICIPANTS in named else ()
    for part, role in (("наставники", MENTOR), ("наставляемые", MENTEE)):
        fresh = {
            person.identity: person
            for person in _people_of(pairs, (role,))
            if person.register == STAFF and person.identity not in people
        }
        parts[part] = tuple(fresh.values())
        people |= fresh
    return {"люди": tuple(people.values()), **parts}


def _pairs_of(order: Record, year: str, season: Season) -> tuple[Record, ...]:
    """Return the pairs that the order prints: those that its own kind uses, else all."""
    workspace = season.workspace
    uses = [
        kind.uses[PAIRS]
        for _, kind in sorted(season.kinds.items())
        if kind.register == ORDERS
        and PAIRS in kind.uses
        and select((order,), kind.where, workspace)
    ]
    pairs: dict[int, Record] = {}
    for where in uses or [{}]:
        for row in rows_for_order(workspace, order, "пары", where, year):
            pairs.setdefault(id(row), row)
    return tuple(pairs.values())
