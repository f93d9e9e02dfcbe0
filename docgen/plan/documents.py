"""Kinds times records to planned documents, each with its title, file name and variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen import russian
from docgen.errors import DocgenError, Problem
from docgen.model import (
    BlankRow,
    Kind,
    PlannedDocument,
    Record,
    Reference,
    Variable,
    Workspace,
)
from docgen.plan.selection import day_of, order_of, rows_for_order, select, text_of, year_of
from docgen.wording import BrokenRecordError, Scope, full_years
from docgen.wording.papers import fill_entry, make_variables

ADULTS, CHILDREN = "взрослые", "дети"
WORKERS, GROWN_PUPILS = "работники", "совершеннолетние обучающиеся"
VOID = "аннулирован"
READY = "на подписи"
UNSIGNED = frozenset({"проект", READY})
PARTICIPANTS = "участники"
_FOLDER_MARK = "\0"


@dataclass(slots=True)
class Plan:
    """Planned documents in the order of sets, problems, and how many papers were left out."""

    documents: list[PlannedDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Target:
    """One paper of a kind before it has a title."""

    key: str
    variables: Mapping[str, Variable]
    row: Record | None = None
    order: Record | None = None
    is_blank_form: bool = False


def plan_documents(
    workspace: Workspace, kinds: Mapping[str, Kind], *, year: str = "", blank: str = ""
) -> Plan:
    """Return every document that the registers ask for.

    ``year`` («2026/2027») limits papers to one school year; empty means the one that the sheet
    «Настройки» names, else all years. Unless a year is asked for, an order that is still to be
    signed is made whatever year it bears: nobody types it in to see nothing.
    Blank forms are made where their register has rows; ``blank`` names a kind whose blank form
    is made in any case.
    """
    plan = Plan()
    current = year or current_year(workspace)
    for kind in sorted(kinds.values(), key=lambda kind: (kind.sort, kind.name)):
        for target in _targets(kind, workspace, current, blank, is_asked=bool(year)):
            _add(plan, kind, target, workspace, current)
    plan.documents.sort(key=lambda document: _position(document, workspace))
    return plan


def current_year(workspace: Workspace) -> str:
    """Return the school year that «Настройки» names, as «2026/2027», or nothing."""
    for row in workspace.records.get("настройки", ()):
        told = text_of(row.values.get("учебный_год"))
        if told:
            return russian.school_year(russian.school_year_bounds(told)[0])
    return ""


def _position(document: PlannedDocument, workspace: Workspace) -> tuple[int, int, int]:
    """Return the place of a paper in sets: by order, then family and kind; consents after all."""
    orders = workspace.records.get("приказы", ())
    place = orders.index(document.order) if document.order else len(orders)
    families = ("order", "appendix", "sheet", "paper", "consent", "blank-form")
    family = families.index(document.kind.family)
    return (place, family + (10 if document.is_blank_form else 0), document.kind.sort)


def _targets(
    kind: Kind, workspace: Workspace, year: str, blank: str, *, is_asked: bool
) -> Iterator[_Target]:
    rows = [
        row
        for row in select(workspace.records.get(kind.register, ()), kind.where)
        if _is_wanted(row, workspace, year, is_asked=is_asked)
    ]
    schema = workspace.schemas[kind.register]
    if kind.per == "register":
        if rows:
            yield _Target(kind.name, {schema.many: tuple(rows)})
    elif kind.per == "group":
        for name, group in _groups(rows, kind.group_by).items():
            variables: dict[str, Variable] = {"группа": name, schema.many: tuple(group)}
            yield _Target(f"{kind.name}|{name}", variables, group[0])
    else:
        yield from _row_targets(kind, rows, workspace, year)
    if kind.name == blank or (kind.has_blank_form and workspace.records.get(kind.register)):
        yield from _blank_targets(kind, workspace)


def _is_wanted(row: Record, workspace: Workspace, year: str, *, is_asked: bool) -> bool:
    order = order_of(row, workspace)
    state = text_of(order.values.get("состояние")) if order is not None else ""
    if state == VOID:
        return False
    if state in UNSIGNED and not is_asked:
        return True
    return not year or year_of(row, order, year) == year


def _groups(rows: list[Record], column: str) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for row in rows:
        groups.setdefault(text_of(row.values.get(column)), []).append(row)
    return groups


def _row_targets(
    kind: Kind, rows: list[Record], workspace: Workspace, year: str
) -> Iterator[_Target]:
    seen: set[str] = set()
    one = workspace.schemas[kind.register].one
    for row in rows:
        order = order_of(row, workspace)
        variables: dict[str, Variable] = {one: row}
        if order is not None:
            variables["приказ"] = order
            variables |= _order_lists(kind, order, workspace, year)
        if not kind.each:
            yield from _crossed(
                kind, _Target(f"{kind.name}|{row.identity}", variables, row, order), workspace
            )
            continue
        for role in kind.each:
            person = row.values.get(role)
            if not isinstance(person, Reference) or not _is_of_age(kind, person, row, workspace):
                continue
            if kind.is_distinct and person.identity in seen:
                continue
            seen.add(person.identity)
            key = f"{kind.name}|{person.identity}" + (
                "" if kind.is_distinct else f"|{row.identity}"
            )
            named: dict[str, Variable] = variables | {"участник": person, "роль": role}
            yield from _crossed(kind, _Target(key, named, row, None), workspace)


def _order_lists(kind: Kind, order: Record, workspace: Workspace, year: str) -> dict[str, Variable]:
    """Return the rows an order is about, the people in them and the people to acquaint."""
    lists: dict[str, Variable] = {}
    own_year = year_of(order, order, year)
    for register, where in kind.uses.items():
        rows = rows_for_order(workspace, order, register, where, own_year)
        lists[workspace.schemas[register].many] = rows
        if register == "пары":
            lists[PARTICIPANTS] = _people_of(rows)
    named = order.values.get("ознакомить")
    if isinstance(named, tuple) and named:
        lists["люди"] = _people_to_acquaint(named, order, workspace, own_year)
    return lists


def _people_of(rows: tuple[Record, ...]) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for role in ("наставник", "наставляемый"):
        for row in rows:
            person = row.values.get(role)
            if isinstance(person, Reference):
                found.setdefault(f"{person.register}/{person.identity}", person)
    return tuple(found.values())


def _people_to_acquaint(
    named: tuple[object, ...], order: Record, workspace: Workspace, year: str
) -> tuple[Reference, ...]:
    people = {item.identity: item for item in named if isinstance(item, Reference)}
    if PARTICIPANTS in named:
        pairs = rows_for_order(workspace, order, "пары", {}, year)
        for person in _people_of(pairs):
            if person.register == "сотрудники":
                people.setdefault(person.identity, person)
    return tuple(people.values())


def _is_of_age(kind: Kind, person: Reference, row: Record, workspace: Workspace) -> bool:
    if not kind.only:
        return True
    day = day_of(row, None, "")
    record = workspace.version(person, day)
    born = record.values.get("рождён")
    is_child = person.register == "дети" and (
        not hasattr(born, "year") or full_years(born, day) < 18  # type: ignore[arg-type]
    )
    wanted = {
        ADULTS: not is_child,
        CHILDREN: is_child,
        WORKERS: person.register != "дети",
        GROWN_PUPILS: person.register == "дети" and not is_child,
    }
    return wanted[kind.only]


def _crossed(kind: Kind, target: _Target, workspace: Workspace) -> Iterator[_Target]:
    if not kind.cross:
        yield target
        return
    one = workspace.schemas[kind.cross].one
    for row in select(workspace.records.get(kind.cross, ()), kind.cross_where):
        yield _Target(
            f"{target.key}|{row.identity}",
            {**target.variables, one: row},
            target.row,
            target.order,
            target.is_blank_form,
        )


def _blank_targets(kind: Kind, workspace: Workspace) -> Iterator[_Target]:
    variables: dict[str, Variable] = {workspace.schemas[kind.register].one: BlankRow(kind.register)}
    if kind.each:
        column = workspace.schemas[kind.register].column(kind.each[0])
        register = column.to[-1] if kind.only in {CHILDREN, GROWN_PUPILS} else column.to[0]
        variables |= {"участник": BlankRow(register), "роль": ""}
    yield from _crossed(
        kind, _Target(f"{kind.name}|бланк", variables, is_blank_form=True), workspace
    )


def _file_name(kind: Kind, variables: Mapping[str, object]) -> str:
    """Return the path below ``documents/``: slashes of the entry part folders, of values do not."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", kind.output)
    marked = "".join(
        part if part.startswith("{") else part.replace("/", _FOLDER_MARK) for part in parts
    )
    filled = fill_entry(kind, "output", marked, variables)
    return filled.replace("/", "-").replace(_FOLDER_MARK, "/")


def _add(plan: Plan, kind: Kind, target: _Target, workspace: Workspace, current: str) -> None:
    year = year_of(target.row, target.order, current) if target.row else current
    day = day_of(target.row, target.order, year)
    scope = Scope(workspace, day, frozenset(kind.personal))
    try:
        variables = make_variables(scope, kind, target.variables, target.order, year)
        title = fill_entry(kind, "title", kind.title, variables)
        output = _file_name(kind, variables)
    except BrokenRecordError:
        plan.left_out += 1
        return
    except DocgenError as error:
        plan.problems += error.problems
        plan.left_out += 1
        return
    blank = " (бланк)" if target.is_blank_form else ""
    state = text_of(target.order.values.get("состояние")) if target.order else READY
    sheet = text_of(target.row.values.get("лист")) if target.row else ""
    plan.documents.append(
        PlannedDocument(
            kind=kind,
            key=target.key,
            title=title + blank,
            output=output + blank,
            date=day,
            variables=target.variables,
            state=state,
            order=target.order,
            table=workspace.tables.get(sheet),
            is_blank_form=target.is_blank_form,
            year=year,
        )
    )
