"""Plan the documents that the registers ask for, each with title, file name and variables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.errors import Location, Problem, StageError, TemplateError
from docgen.model import Family, Kind, OrderState, PlannedDocument, Record, Table, Workspace
from docgen.model.columns import APPENDICES, APPENDIX, ORDER, ORDERS, STATE
from docgen.plan.absent_rows import absent_rows, papers_for_nobody, unfitting_rows
from docgen.plan.acquaintance_plan import (
    SignedOrders,
    acquaintance_problems,
    added_since,
    nobody_to_acquaint,
)
from docgen.plan.changed_texts import CHANGES_LIST, changed_text_problems, outdated_states
from docgen.plan.kind_remarks import kind_remarks
from docgen.plan.paper_order import paper_order_problems
from docgen.plan.selection import year_in_plan
from docgen.plan.targets import DocumentTarget, PlanRequest, find_targets, keys_of_other_years
from docgen.plan.unnamed_receivers import unnamed_receivers
from docgen.wording import (
    BrokenRecordError,
    Scope,
    day_of,
    default_year,
    text_of,
    year_in_settings,
)
from docgen.wording.excerpts import Excerpt
from docgen.wording.variables import QUOTED, fill_entry, make_variables, planned_signers

_NOTHING_SIGNED = SignedOrders()

_FAMILIES = tuple(Family)
"""The families in the order of packets."""

_FOLDER_MARK = "\0"
_MOST_FOLDERS = 10
"""With the file itself; systems take paths of a few thousand bytes only."""
"""Stands for a slash of the entry while values are filled in."""

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")


@dataclass(slots=True)
class Plan:
    """Documents in the order of packets, problems, and how many documents were left out.

    ``other_years`` are the keys of documents of school years that were not wanted. Filled while
    documents are planned.
    """

    documents: list[PlannedDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    other_years: frozenset[str] = frozenset()


def plan_documents(
    workspace: Workspace,
    kinds: Mapping[str, Kind],
    *,
    year: str = "",
    blank: str = "",
    signed: SignedOrders = _NOTHING_SIGNED,
    today: dt.date = dt.date.max,
) -> Plan:
    """Return every document that the registers ask for.

    Args:
        workspace: The checked registers.
        kinds: The document kinds by name.
        year: The school year, as «2026/2027», to which documents are limited. Empty means the
            one that the sheet «Настройки» names, else all years. Unless a year is asked for, an
            unsigned order is made in whatever year it falls: whoever types it in wants to see it.
        blank: The kind whose blank form is made even if its register has no rows; other blank
            forms are made only where there are rows.
        signed: What is known of orders that are signed.
        today: The day after which no signature counts.
    """
    plan = Plan()
    request = PlanRequest(
        workspace,
        kinds,
        year or year_in_settings(workspace),
        year or default_year(workspace),
        is_year_asked=bool(year),
        blank=blank,
        signed=signed.acquaintance,
        texts=signed.texts,
    )
    for kind in sorted(kinds.values(), key=lambda kind: (kind.sort, kind.name)):
        for target in find_targets(kind, request):
            _add(plan, kind, target, request)
    plan.problems += added_since(plan.documents, signed.acquaintance)
    planned = {one.key for one in plan.documents}
    others = {key for kind in kinds.values() for key in keys_of_other_years(kind, request)}
    plan.other_years = frozenset(others - planned) if request.year else frozenset()
    places = _places(workspace)
    plan.problems += unfitting_rows(kinds, workspace)
    plan.problems += papers_for_nobody(kinds, workspace)
    plan.problems += outdated_states(workspace)
    plan.problems += acquaintance_problems(kinds, workspace, request.default_year)
    plan.problems += nobody_to_acquaint(plan.documents, kinds, workspace, request.default_year)
    plan.problems += unnamed_receivers(plan.documents, workspace)
    plan.documents.sort(key=lambda document: packet_position(document, places))
    plan.problems += paper_order_problems(plan.documents, kinds, workspace, today)
    return plan


def _places(workspace: Workspace) -> dict[int, int]:
    """Return the place of each order and appendix on its sheet, by the ``id`` of its record."""
    return {
        id(row): place
        for register in (ORDERS, APPENDICES)
        for place, row in enumerate(workspace.records.get(register, ()))
    }


def packet_position(
    document: PlannedDocument, places: Mapping[int, int]
) -> tuple[int, int, int, int]:
    """Return the sort key of a document in packets: order, family, appendix, kind."""
    place = places[id(document.order)] if document.order else len(places)
    family = _FAMILIES.index(document.kind.family)
    appendix = document.variables.get(APPENDIX)
    own = places.get(id(appendix), 0) if isinstance(appendix, Record) else 0
    return (place, family + (10 if document.is_blank_form else 0), own, document.kind.sort)


def _state_of(kind: Kind, target: DocumentTarget, workspace: Workspace) -> str:
    """Return the state of a document: that of its order, a draft while that waits for consents.

    An extract is as its order is.
    """
    named = target.variables.get(ORDER) if kind.cites else target.order
    if isinstance(named, Record) and named.identity in workspace.drafts:
        return OrderState.DRAFT
    return text_of(target.order.values.get(STATE)) if target.order else OrderState.TO_SIGN


def _file_name(kind: Kind, variables: Mapping[str, object]) -> str:
    """Return the path below ``documents/``; only slashes of the entry itself part folders."""
    marked = "".join(
        part if part.startswith("{") else part.replace("/", _FOLDER_MARK)
        for part in _TAG.split(kind.output)
    )
    filled = fill_entry(kind, "output", marked, variables).replace("/", "-")
    folders = [part.strip() for part in filled.split(_FOLDER_MARK) if part.strip()]
    if len(folders) > _MOST_FOLDERS:
        message = f"папок одна в другой {len(folders) - 1}, а бывает не больше {_MOST_FOLDERS - 1}"
        where = Location(file=kind.source, key="output")
        raise TemplateError([Problem("bad-entry", where, f"{message}; уберите лишние «/»")])
    return "/".join(folders)


def _tables_of(
    target: DocumentTarget, variables: Mapping[str, object], workspace: Workspace
) -> tuple[Table, ...]:
    """Return the tables that a paper prints: of its sheets, or of the order that it quotes."""
    quoted = variables.get(QUOTED)
    if isinstance(quoted, Excerpt):
        return tuple(quoted.tables)
    return workspace.tables_of(target.row) if target.row else ()


def _add(plan: Plan, kind: Kind, target: DocumentTarget, request: PlanRequest) -> None:
    """Add the document of a target to the plan, or what is wrong with it."""
    workspace = request.workspace
    default = request.default_year
    year = year_in_plan(target.row, kind, workspace, default) if target.row else default
    day = day_of(target.row, target.order, workspace, default, column=kind.day)
    scope = Scope(workspace, day, frozenset(kind.personal))
    try:
        variables = make_variables(scope, kind, target.variables, target.order, year)
        title = fill_entry(kind, "title", kind.title, variables)
        output = _file_name(kind, variables)
        signers = tuple(planned_signers(kind, variables))
    except BrokenRecordError:
        plan.left_out += 1
        return
    except StageError as error:
        plan.problems += error.problems
        plan.left_out += 1
        return
    lacking = list(absent_rows(kind, target.order, target.variables, workspace))
    lacking += kind_remarks(kind, target, variables, scope)
    if CHANGES_LIST in kind.needs:
        lacking += changed_text_problems(target.order, request.texts, workspace)
    plan.problems += lacking
    if any(problem.is_error for problem in lacking):
        plan.left_out += 1
        return
    blank = " (бланк)" if target.is_blank_form else ""
    plan.documents.append(
        PlannedDocument(
            kind=kind,
            key=target.key,
            title=title + blank,
            output=output + blank,
            date=day,
            variables=target.variables,
            state=_state_of(kind, target, workspace),
            order=target.order,
            tables=_tables_of(target, variables, workspace),
            is_blank_form=target.is_blank_form,
            year=year,
            signers=signers,
        )
    )
