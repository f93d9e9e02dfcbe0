"""Check the days that papers print: that they stay as they are, and are of this century."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from docgen.errors import Location, Problem
from docgen.model import Record, Workspace
from docgen.model.columns import APPENDICES, DATE, ORDERS, STATE
from docgen.model.states import DRAFTS, UNSIGNED, VOID
from docgen.records.order_days import day_in, has_wild_year, paper_name


def check_dates(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the days of rows and of tables.

    A day that a formula moves is one only in a draft: whoever signs a paper signs a day.
    """
    for rows in workspace.records.values():
        for row in rows:
            if row.moving and not _is_open(row, workspace):
                yield from _check_moving(row, workspace)
    yield from _check_tables(workspace)
    for order in workspace.records.get(ORDERS, ()):
        day = day_in(order)
        if has_wild_year(order) and order.values.get(STATE) in UNSIGNED:
            yield Problem(
                "bad-date",
                order.cells[DATE],
                f"{paper_name(order)}: {day:%d.%m.%Y}? Исправьте год",
            )


def _check_tables(workspace: Workspace) -> Iterator[Problem]:
    for appendix in workspace.records.get(APPENDICES, ()):
        moving = [where for table in workspace.tables_of(appendix) for where in table.moving]
        if not moving or _is_open(appendix, workspace):
            continue
        order = workspace.order_of(appendix)
        for where in moving:
            yield _moving("", where, paper_name(order) if order is not None else "")


def _is_open(row: Record, workspace: Workspace) -> bool:
    """Return whether a row belongs to an order that nobody is to sign."""
    order = workspace.order_of(row)
    return order is not None and order.values.get(STATE) in DRAFTS | VOID


def _check_moving(row: Record, workspace: Workspace) -> Iterator[Problem]:
    order = workspace.order_of(row)
    paper = paper_name(order) if order is not None else ""
    for column in sorted(row.moving):
        day = row.values.get(column)
        now = f" (сейчас {day:%d.%m.%Y})" if isinstance(day, dt.date) else ""
        yield _moving(now, row.cells.get(column, row.where), paper)


def _moving(now: str, where: Location, paper: str) -> Problem:
    named = f"{paper}: в" if paper else "в"
    return Problem(
        "moving-date",
        where,
        f"{named} ячейке формула, значение которой меняется каждый день{now}; впишите его сами: "
        "выделите ячейку, скопируйте и вставьте как значение",
    )
