"""Kinds times records to planned documents, each with its title, file name and variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.errors import Problem, StageError
from docgen.model import Family, Kind, OrderState, PlannedDocument, Record, Workspace
from docgen.model.columns import APPENDICES, ORDERS, SHEET, STATE
from docgen.plan.targets import DocumentTarget, Season, targets
from docgen.wording import (
    BrokenRecordError,
    Scope,
    day_of,
    default_year,
    text_of,
    year_in_settings,
    year_of,
)
from docgen.wording.variables import fill_entry, make_variables, planned_signers

_FAMILIES = tuple(Family)
_FOLDER_MARK = "\0"
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")


@dataclass(slots=True)
class Plan:
    """Planned documents in the order of sets, problems, and how many papers were left out."""

    documents: list[PlannedDocument] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0


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
    season = Season(
        workspace,
        kinds,
        year or year_in_settings(workspace),
        year or default_year(workspace),
        is_asked=bool(year),
        blank=blank,
    )
    for kind in sorted(kinds.values(), key=lambda kind: (kind.sort, kind.name)):
        for target in targets(kind, season):
            _add(plan, kind, target, season)
    places = _places(workspace)
    plan.documents.sort(key=lambda document: _position(document, places))
    return plan


def _places(workspace: Workspace) -> dict[int, int]:
    """Return the place of each order and appendix on its sheet, by the identity of its record."""
    return {
        id(row): place
        for register in (ORDERS, APPENDICES)
        for place, row in enumerate(workspace.records.get(register, ()))
    }


def _position(document: PlannedDocument, places: Mapping[int, int]) -> tuple[int, int, int, int]:
    """Return the place of a paper in sets: by order, family, appendix; consents after all."""
    place = places[id(document.order)] if document.order else len(places)
    family = _FAMILIES.index(document.kind.family)
    appendix = document.variables.get("приложение")
    own = places.get(id(appendix), 0) if isinstance(appendix, Record) else 0
    return (place, family + (10 if document.is_blank_form else 0), own, document.kind.sort)


def _file_name(kind: Kind, variables: Mapping[str, object]) -> str:
    """Return the path below ``documents/``: slashes of the entry part folders, of values do not."""
    marked = "".join(
        part if part.startswith("{") else part.replace("/", _FOLDER_MARK)
        for part in _TAG.split(kind.output)
    )
    filled = fill_entry(kind, "output", marked, variables).replace("/", "-")
    return "/".join(part.strip() for part in filled.split(_FOLDER_MARK) if part.strip())


def _add(plan: Plan, kind: Kind, target: DocumentTarget, season: Season) -> None:
    workspace = season.workspace
    year = year_of(target.row, target.order, season.usual) if target.row else season.usual
    day = day_of(target.row, target.order, season.usual)
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
    blank = " (бланк)" if target.is_blank_form else ""
    state = text_of(target.order.values.get(STATE)) if target.order else OrderState.TO_SIGN
    sheet = text_of(target.row.values.get(SHEET)) if target.row else ""
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
            signers=signers,
        )
    )
