"""Check what rows cite: acts that are in force on the order's date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Column, ColumnKind, Phrase, Record, Reference, Value, Workspace, sameness
from docgen.model.columns import (
    ACTS,
    AMENDED,
    DATE,
    ENDS,
    NUMBER,
    ORDERS,
    POINTS,
    REPLACED_BY,
    STATE,
)
from docgen.model.states import DRAFTS, UNSIGNED, VOID
from docgen.records.order_days import (
    day_in,
    document_day,
    has_wild_year,
    items_of,
    paper_name,
)
from docgen.records.own_acts import last_year
from docgen.suggestions import nearest, question
from docgen.wording import is_in_force, order_number, text_of
from docgen.wording.acts import first_day
from docgen.wording.days import UNKNOWN_DAY

_GROUNDS: Final = frozenset({ACTS, ORDERS})
_ALIKE: Final = 0.85


def check_citations(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each cited act out of force, and for acts that are told twice."""
    yield from _check_twins(workspace)
    for name, rows in workspace.records.items():
        schema = workspace.schemas[name]
        columns = [one for one in schema.columns if one.kind == ColumnKind.REFERENCE]
        for row in rows:
            for column in columns:
                for item in items_of(row.values.get(column.name)):
                    yield from _check_item(item, row, column, workspace)


def _check_item(
    item: Value, row: Record, column: Column, workspace: Workspace
) -> Iterator[Problem]:
    is_ground = set(column.to) == _GROUNDS
    if isinstance(item, Phrase):
        if is_ground:
            yield from _check_slip(item.text, row, column, workspace)
    elif isinstance(item, Reference) and column.name == AMENDED:
        yield from _check_amended(item, row)
    elif isinstance(item, Reference) and item.register == ACTS:
        yield from _check_act(item, row, column, workspace)
    elif isinstance(item, Reference) and is_ground:
        yield from _check_order(item, row, column, workspace)


def _check_twins(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for an own order that «Акты» describes with another number or date."""
    own = {sameness(order.identity): order for order in workspace.records.get(ORDERS, ())}
    for act in workspace.records.get(ACTS, ()):
        order = own.get(sameness(act.identity))
        if order is None or act.is_broken or order.is_broken:
            continue
        for column in (NUMBER, DATE):
            if _plain(act, column) and _plain(act, column) != _plain(order, column):
                yield warning(
                    "act-mismatch",
                    act.cells[column],
                    f"«{act.identity}» есть и на листе «Приказы», и там «{column.capitalize()}» "
                    "другая запись; удалите эту строку: приказ, названный основанием, программа "
                    "берёт с листа «Приказы»",
                )
                break


def _plain(row: Record, column: str) -> str:
    return sameness(order_number(text_of(row.values.get(column))))


def _check_act(
    cited: Reference, row: Record, column: Column, workspace: Workspace
) -> Iterator[Problem]:
    order = workspace.order_of(row)
    # Where the day itself is wrong, every act would seem to be out of force.
    if order is None or order.is_broken or text_of(order.values.get(STATE)) in VOID:
        return
    if has_wild_year(order):
        return
    day = document_day(order, workspace)
    act = workspace.by_identity[ACTS, cited.identity][0]
    if day != UNKNOWN_DAY and not act.is_broken:
        why = why_not_in_force(act, day)
        if why:
            yield warning(
                "act-not-in-force",
                row.cells[column.name],
                f"«{cited.text}» на дату документа {day:%d.%m.%Y} {why}; сошлитесь на акт, "
                "который действует",
            )


def _check_slip(text: str, row: Record, column: Column, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for own words that are nearly the short name of an act or an order."""
    known = [one.identity for name in _GROUNDS for one in workspace.records.get(name, ())]
    meant = nearest(text, known, fold=sameness, likeness=_ALIKE)
    if meant is not None and row.values.get(STATE) in UNSIGNED:
        yield warning(
            "unknown-ref",
            row.cells[column.name],
            f"«{text}» напечатается как вписано, без даты и номера; {question(meant)}",
        )


def _check_amended(cited: Reference, row: Record) -> Iterator[Problem]:
    if cited.identity == row.identity and row.values.get(STATE) in UNSIGNED:
        yield Problem(
            "own-ground",
            row.cells[AMENDED],
            f"{paper_name(row)} изменяет сам себя; назовите тот, который он изменяет",
        )


def _check_order(
    cited: Reference, row: Record, column: Column, workspace: Workspace
) -> Iterator[Problem]:
    """Yield what speaks against an own order as the ground of another."""
    order = workspace.order_of(row)
    # A point may be about any order: it changes or ends others.
    if order is None or order.is_broken or row.register == POINTS:
        return
    if text_of(order.values.get(STATE)) in VOID:
        return
    ground = workspace.by_identity[ORDERS, cited.identity][0]
    where = row.cells[column.name]
    if ground.identity == order.identity:
        message = f"{paper_name(order)} назван своим же основанием; назовите другой документ"
        yield Problem("own-ground", where, message)
        return
    day, of_ground = day_in(order), day_in(ground)
    state = text_of(ground.values.get(STATE))
    if state in VOID:
        why = f"в реестре «{state}»"
    elif day and of_ground and of_ground > day:
        why = f"позже: он от {of_ground:%d.%m.%Y}"
    elif _waits_for_number(ground) and text_of(order.values.get(STATE)) not in DRAFTS:
        yield warning(
            "own-ground",
            where,
            f"{paper_name(order)} основан на документе «{ground.identity}», а у того нет "
            "ни номера, ни даты: на бумаге останутся линии; впишите их на листе «Приказы»",
        )
        return
    else:
        return
    yield warning(
        "own-ground",
        where,
        f"{paper_name(order)} основан на документе «{ground.identity}», а тот {why}; "
        "назовите тот, который действовал в его день",
    )


def _waits_for_number(ground: Record) -> bool:
    return not ground.is_broken and not any(ground.values.get(one) for one in (NUMBER, DATE))


def why_not_in_force(act: Record, day: dt.date) -> str:
    """Return why an act is not in force on a day, in Russian; "" when it is."""
    begins = first_day(act)
    ends = day_in(act, ENDS)
    if begins and begins > day:
        return f"ещё не действует (действует с {begins:%d.%m.%Y})"
    if ends is None and (year := last_year(act.values)) and day.year > year:
        until = f"рассчитан на период до {year} года"
    elif is_in_force(act, day) or ends is None:
        return ""
    else:
        until = f"действует по {ends:%d.%m.%Y}"
    instead = text_of(act.values.get(REPLACED_BY))
    hint = f", заменён: {instead}" if instead else ""
    return f"уже не действует ({until}{hint})"
