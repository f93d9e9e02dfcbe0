"""What is signed or annulled is not remarked again: nobody can mend it, or needs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from docgen.errors import Problem
from docgen.model import Record, Workspace
from docgen.model.columns import (
    APPENDICES,
    APPROVALS,
    ORDERS,
    POINTS,
    PREAMBLE,
    STATE,
    TEXTS,
)
from docgen.model.states import ELSEWHERE, FROZEN, VOID

_TEXTS_OF_ORDERS: Final = (ORDERS, PREAMBLE, POINTS, APPENDICES, APPROVALS, TEXTS)


def without_signed(problems: Iterable[Problem], workspace: Workspace) -> list[Problem]:
    """Return the problems without warnings of signed and annulled orders; errors stay."""
    is_vain = text_warnings(
        workspace, lambda order: order.values.get(STATE) in FROZEN | ELSEWHERE | VOID
    )
    return [one for one in problems if not is_vain(one)]


def text_warnings(
    workspace: Workspace, is_meant: Callable[[Record], bool]
) -> Callable[[Problem], bool]:
    """Return what tells whether a problem is a warning about the text of one of these orders."""
    places: set[tuple[str, str]] = set()
    sheets: dict[bool, set[str]] = {True: set(), False: set()}
    for register in _TEXTS_OF_ORDERS:
        for row in workspace.records.get(register, ()):
            order = workspace.order_of(row)
            is_of_these = order is not None and is_meant(order)
            sheets[is_of_these] |= {table.where.sheet for table in workspace.tables_of(row)}
            if is_of_these:
                places |= {(one.sheet, one.cell) for one in (row.where, *row.cells.values())}
    own_sheets = sheets[True] - sheets[False]

    def is_vain(problem: Problem) -> bool:
        where = problem.where
        is_there = (where.sheet, where.cell) in places or where.sheet in own_sheets
        return is_there and not problem.is_error

    return is_vain
