"""Find the rows and people for which each kind of document is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from docgen.model.ages import ADULT_AGE, full_years
from docgen.model.choices import Acquaintance
from docgen.model.columns import (
    ACQUAINT,
    ACQUAINT_LATER,
    BORN,
    CHILDREN,
    ENDORSE,
    MENTEE,
    MENTOR,
    ORDER,
    ORDERS,
    PAIRS,
    PARTICIPANT,
    PARTICIPANTS,
    ROLE,
    STAFF,
    STATE,
)
from docgen.model.states import ELSEWHERE, FROZEN, UNSIGNED, VOID
from docgen.plan.acquaintance_plan import (
    EVERYBODY,
    LINES,
    LINES_ELSEWHERE,
    SignedAcquaintance,
    has_lines,
    how_acquainted,
    is_sheet_of_acquaintance,
    needs_sheet,
)
from docgen.plan.selection import (
    is_kind_wanted,
    is_of_year,
    order_for,
    rows_for_order,
    rows_of,
    select,
    values_at,
)
from docgen.wording import day_of, text_of, year_of
from docgen.wording.pair_groups import in_groups

AWAY = "отсутствовали"
_SHEETS = {ACQUAINT_LATER: AWAY, ENDORSE: "согласующие"}
"""The variables of sheets that continue an order, by the column that names their people."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Which documents are asked of a workspace.

    ``year`` limits them to a school year, ``default_year`` dates those that nothing else dates.
    ``is_year_asked`` is true when a person named it; ``blank`` is a kind whose form is made in any
    case. ``signed`` is how people were acquainted with signed orders, ``texts`` what these say.
    """

    workspace: Workspace
    kinds: Mapping[str, Kind]
    year: str
    default_year: str
    is_year_asked: bool = False
    blank: str = ""
    signed: Mapping[str, SignedAcquaintance] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """What one document is made for, before it has a title."""

    key: str
    variables: Mapping[str, Variable]
    row: Record | None = None
    order: Record | None = None
    is_blank_form: bool = False


def find_targets(kind: Kind, request: PlanRequest) -> Iterator[DocumentTarget]:
    """Yield what each document of a kind is made for."""
    workspace = request.workspace
    if not is_kind_wanted(kind, workspace):
        return
    found = _rows_with_papers(kind, request)
    yield from _targets_of(kind, [row for row in found if _is_wanted(row, kind, request)], request)
    if kind.name == request.blank or (kind.has_blank_form and _has_use_of_blanks(kind, workspace)):
        yield from _cross(kind, _blank_target(kind, workspace), request)


def _has_use_of_blanks(kind: Kind, workspace: Workspace) -> bool:
    """Return whether any row, of whatever year, is one that the kind is made for."""
    return bool(select(workspace.records.get(kind.register, ()), kind.where, workspace))


def keys_of_other_years(kind: Kind, request: PlanRequest) -> Iterator[str]:
    """Yield the keys of a kind's documents that are of another school year than the one wanted."""
    rows = _rows_with_papers(kind, request)
    others = [row for row in rows if not _is_wanted(row, kind, request)]
    if kind.per != DocumentPer.REGISTER or len(others) == len(rows):
        yield from (target.key for target in _targets_of(kind, others, request))


def _rows_with_papers(kind: Kind, request: PlanRequest) -> list[Record]:
    """Return the rows that a kind wants; those of orders signed elsewhere are in lists alone."""
    workspace = request.workspace
    gone = VOID if kind.per == DocumentPer.REGISTER else VOID | ELSEWHERE
    rows = select(rows_of(kind, workspace), kind.where, workspace)
    found = [row for row in rows if _state_of(kind, row, workspace) not in gone]
    is_sheet = is_sheet_of_acquaintance(kind)
    return [r for r in found if not is_sheet or needs_sheet(kind, _how_acquainted(r, request))]


def _how_acquainted(order: Record, request: PlanRequest) -> Acquaintance:
    if order.identity in request.signed and text_of(order.values.get(STATE)) in FROZEN:
        return request.signed[order.identity].how
    return how_acquainted(order, request.kinds, request.workspace, request.default_year)


def _targets_of(kind: Kind, rows: list[Record], request: PlanRequest) -> Iterator[DocumentTarget]:
    if kind.per == DocumentPer.REGISTER:
        many = request.workspace.schemas[kind.register].many
        # A list says its year; what another year has still to sign stands in the list of that one.
        if listed := [one for one in rows if _is_of_year(one, kind, request)]:
            yield from _cross(kind, DocumentTarget(kind.name, {many: tuple(listed)}), request)
    elif kind.per == DocumentPer.GROUP:
        yield from _group_targets(kind, rows, request)
    else:
        for target in _row_targets(kind, rows, request):
            yield from _cross(kind, target, request)


def _state_of(kind: Kind, row: Record, workspace: Workspace) -> str:
    order = order_for(kind, row, workspace)
    return text_of(order.values.get(STATE)) if order is not None else ""


def _is_wanted(row: Record, kind: Kind, request: PlanRequest) -> bool:
    """Return whether a row is of the year that is asked for, or still to be signed in any year."""
    is_open = _state_of(kind, row, request.workspace) in UNSIGNED and not request.is_year_asked
    return not request.year or is_open or _is_of_year(row, kind, request)


def _is_of_year(row: Record, kind: Kind, request: PlanRequest) -> bool:
    return is_of_year(row, kind, request.workspace, request.default_year)


def _group_targets(
    kind: Kind, rows: list[Record], request: PlanRequest
) -> Iterator[DocumentTarget]:
    """Yield a target for each value of ``group_by``; a group of one order knows that order."""
    workspace = request.workspace
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
        orders = [order_for(kind, row, workspace) for row in group]
        order = orders[0] if all(one is orders[0] for one in orders) else None
        if order is not None:
            variables[ORDER] = order
        target = DocumentTarget(f"{kind.name}|{name}", variables, group[0], order)
        yield from _cross(kind, target, request)


def _row_targets(kind: Kind, rows: list[Record], request: PlanRequest) -> Iterator[DocumentTarget]:
    """Yield a target for each row, or for each person whom ``each`` names in it."""
    seen: set[tuple[str, str]] = set()
    one = request.workspace.schemas[kind.register].one
    grouped = in_groups(rows) if kind.joins_groups and kind.register == PAIRS else []
    groups = {id(row): group for group in grouped for row in group}
    for row in rows:
        order = order_for(kind, row, request.workspace)
        variables: dict[str, Variable] = {one: row}
        if order is not None:
            variables[ORDER] = order
            variables |= _order_lists(kind, order, request)
        if _is_of_nobody(kind, variables):
            continue
        if not kind.each:
            yield DocumentTarget(f"{kind.name}|{row.identity}", variables, row, order)
            continue
        group = groups.get(id(row), [row])
        for role, person in _audience_of(kind, row, request):
            who = (person.register, person.identity)
            is_of_group = role == MENTOR and len(group) > 1
            if (kind.is_distinct and who in seen) or (is_of_group and row is not group[0]):
                continue
            seen.add(who)
            named: dict[str, Variable] = {PAIRS: tuple(group)} if is_of_group else {}
            named |= {**variables, PARTICIPANT: person, ROLE: role}
            yield DocumentTarget(_key_of(kind, row, person), named, row)


def _is_of_nobody(kind: Kind, variables: Mapping[str, Variable]) -> bool:
    """Return whether a sheet for those who were away would list nobody."""
    return ACQUAINT_LATER in kind.where and not variables.get(AWAY)


def _audience_of(kind: Kind, row: Record, request: PlanRequest) -> Iterator[tuple[str, Reference]]:
    """Yield the people of a row for whom a document is made, each with the role there."""
    for path in kind.each:
        if not select((row,), kind.each_where.get(path, {}), request.workspace):
            continue
        for _, person in values_at(row, path, request.workspace):
            if isinstance(person, Reference) and _is_of_age(kind, person, row, request):
                yield path.rsplit(".", 1)[-1], person


def _key_of(kind: Kind, row: Record, person: Reference) -> str:
    # A pupil may have a teacher's name: without the register they would share one document.
    register = "" if person.register == STAFF else f"{person.register}/"
    key = f"{kind.name}|{register}{person.identity}"
    return key if kind.is_distinct else f"{key}|{row.identity}"


def _is_of_age(kind: Kind, person: Reference, row: Record, request: PlanRequest) -> bool:
    if kind.only is None:
        return True
    day = day_of(row, None, request.workspace, request.default_year, column=kind.day)
    born = request.workspace.version(person, day).values.get(BORN)
    is_pupil = person.register == CHILDREN
    is_adult = not is_pupil or (isinstance(born, dt.date) and full_years(born, day) >= ADULT_AGE)
    return {
        Audience.ADULTS: is_adult,
        Audience.CHILDREN: not is_adult,
        Audience.WORKERS: not is_pupil,
        Audience.PUPILS: is_pupil,
        Audience.ADULT_PUPILS: is_pupil and is_adult,
    }[kind.only]


def _cross(kind: Kind, target: DocumentTarget, request: PlanRequest) -> Iterator[DocumentTarget]:
    """Yield the target once, or once for each row of the register in ``cross``."""
    if not kind.cross:
        yield target
        return
    workspace = request.workspace
    one = workspace.schemas[kind.cross].one
    for row in select(workspace.records.get(kind.cross, ()), kind.cross_where, workspace):
        variables = {**target.variables, one: row}
        yield replace(target, key=f"{target.key}|{row.identity}", variables=variables)


def _blank_target(kind: Kind, workspace: Workspace) -> DocumentTarget:
    """Return the target of a kind's blank form: a row and a person with nothing filled in."""
    schema = workspace.schemas[kind.register]
    variables: dict[str, Variable] = {schema.one: BlankRow(kind.register)}
    if kind.each:
        of_pupil = kind.only in {Audience.CHILDREN, Audience.PUPILS, Audience.ADULT_PUPILS}
        registers = _registers_at(kind.each[0].split("."), kind.register, workspace)
        named = registers[-1] if of_pupil else registers[0]
        variables |= {PARTICIPANT: BlankRow(named), ROLE: ""}
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


def _order_lists(kind: Kind, order: Record, request: PlanRequest) -> dict[str, Variable]:
    """Return the rows that an order is about, the people in them and the people to acquaint."""
    workspace = request.workspace
    lists: dict[str, Variable] = {}
    year = year_of(order, workspace, request.default_year)
    for register, where in kind.uses.items():
        link = kind.uses_by.get(register, "")
        rows = rows_for_order(workspace, order, register, where, year, link=link)
        lists[workspace.schemas[register].many] = rows
        if register == PAIRS:
            lists[PARTICIPANTS] = _people_of(rows, workspace)
    named = order.values.get(ACQUAINT)
    lists |= {LINES: (), LINES_ELSEWHERE: ()}
    if isinstance(named, tuple) and named:
        lists |= _people_to_acquaint(named, order, year, request)
        if _how_acquainted(order, request) is Acquaintance.IN_ORDER:
            lists[LINES if has_lines(kind) else LINES_ELSEWHERE] = lists[EVERYBODY]
    for column, variable in _SHEETS.items():
        people = order.values.get(column)
        if isinstance(people, tuple):
            found = {one.identity: one for one in people if isinstance(one, Reference)}
            lists[variable] = tuple(found.values())
    if lists.get(AWAY):
        lists[AWAY] = _without_doubles(lists[AWAY], lists.get(EVERYBODY, ()), order, request)
    return lists


def _without_doubles(
    away: Variable, everybody: Variable, order: Record, request: PlanRequest
) -> tuple[Reference, ...]:
    """Return who was away but for those who have a line already: nobody stands in both sheets.

    On a sheet that was signed stands who stood there then.
    """
    signed = request.signed.get(order.identity)
    is_signed = signed is not None and text_of(order.values.get(STATE)) in FROZEN
    found = []
    for one in away if isinstance(away, tuple) else ():
        if not isinstance(one, Reference):
            continue
        has_line = isinstance(everybody, tuple) and one in everybody
        if is_signed and signed is not None:
            has_line = one.text in signed.names
        if not has_line:
            found.append(one)
    return tuple(found)


def _people_of(
    rows: tuple[Record, ...], workspace: Workspace, roles: Sequence[str] = (MENTOR, MENTEE)
) -> tuple[Reference, ...]:
    """Return the people of rows, each once; a role is a column, or a path of columns."""
    found: dict[tuple[str, str], Reference] = {}
    for role in roles:
        for row in rows:
            for _, person in values_at(row, role, workspace):
                if isinstance(person, Reference):
                    found.setdefault((person.register, person.identity), person)
    return tuple(found.values())


def _people_to_acquaint(
    named: tuple[object, ...], order: Record, year: str, request: PlanRequest
) -> dict[str, Variable]:
    """Return everybody to acquaint, each once: those named, then mentors, then mentees.

    ``люди`` holds all of them in this order, the other lists are its parts.
    """
    people = {item.identity: item for item in named if isinstance(item, Reference)}
    parts: dict[str, Variable] = {"названные": tuple(people.values())}
    pairs = _pairs_of(order, year, request) if PARTICIPANTS in named else ()
    others = tuple(path for kind in _kinds_with_pairs(order, request) for path in kind.acquaints)
    roles = {"наставники": (MENTOR,), "наставляемые": (MENTEE,), "другие": others}
    for part, paths in roles.items():
        fresh = {
            person.identity: person
            for person in _people_of(pairs, request.workspace, paths)
            if person.register == STAFF and person.identity not in people
        }
        parts[part] = tuple(fresh.values())
        people |= fresh
    return {EVERYBODY: tuple(people.values()), **parts}


def _pairs_of(order: Record, year: str, request: PlanRequest) -> tuple[Record, ...]:
    """Return the pairs that an order prints: those that its own kind uses, else all."""
    workspace = request.workspace
    kinds = _kinds_with_pairs(order, request)
    uses = [(kind.uses[PAIRS], kind.uses_by.get(PAIRS, "")) for kind in kinds]
    pairs: dict[int, Record] = {}
    for where, link in uses or [({}, "")]:
        for row in rows_for_order(workspace, order, PAIRS, where, year, link=link):
            pairs.setdefault(id(row), row)
    return tuple(pairs.values())


def _kinds_with_pairs(order: Record, request: PlanRequest) -> list[Kind]:
    """Return the kinds that an order is made of and that are about pairs."""
    kinds = [kind for _, kind in sorted(request.kinds.items()) if kind.register == ORDERS]
    return [
        kind
        for kind in kinds
        if PAIRS in kind.uses and select((order,), kind.where, request.workspace)
    ]
