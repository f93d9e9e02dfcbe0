"""What is signed is not remarked again: nobody can mend it any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docgen.errors import Problem
from docgen.model import Workspace
from docgen.model.columns import (
    APPENDICES,
    APPROVALS,
    ORDERS,
    POINTS,
    PREAMBLE,
    STATE,
    TEXTS,
)
from docgen.model.states import ELSEWHERE, FROZEN

_TEXTS_OF_ORDERS: Final = (ORDERS, PREAMBLE, POINTS, APPENDICES, APPROVALS, TEXTS)


def without_signed(problems: Iterable[Problem], workspace: Workspace) -> list[Problem]:
    """Return the problems without warnings of the text of signed orders; errors stay."""
    places = set()
    sheets: dict[bool, set[str]] = {True: set(), False: set()}
    for register in _TEXTS_OF_ORDERS:
        for row in workspace.records.get(register, ()):
            order = workspace.order_of(row)
            is_signed = order is not None and order.values.get(STATE) in FROZEN | ELSEWHERE
            sheets[is_signed] |= {table.where.sheet for table in workspace.tables_of(row)}
            if is_signed:
                places |= {row.where, *row.cells.values()}
    signed_sheets = sheets[True] - sheets[False]
    return [
        one
        for one in problems
        if one.is_error or not (one.where in places or one.where.sheet in signed_sheets)
    ]
