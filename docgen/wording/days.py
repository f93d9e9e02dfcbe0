"""On which day a document takes its facts.

The day is that of its order, else the «С» of its row, else 1 September of its school year; the day
on which documents are made never chooses a fact.
"""

from __future__ import annotations

import datetime as dt

from docgen import russian
from docgen.model import Record, Workspace
from docgen.model.columns import BEGINS, DATE
from docgen.wording.school_years import order_year

UNKNOWN_DAY = dt.date.max
"""The day of a document that nothing dates: it takes the facts that hold without an end."""


def day_of(
    row: Record | None, order: Record | None, workspace: Workspace, year: str, *, column: str = ""
) -> dt.date:
    """Return the day on which a document takes its facts.

    ``year`` is the school year of documents that nothing else dates; ``column`` is the one of the
    row that dates it. A row that holds for years (a worker since 2015) gives its «С» only when
    that lies within or after the year.
    """
    typed = row.values.get(column) if row and column else None
    if isinstance(typed, dt.date):
        return typed
    own = order.values.get(DATE) if order else None
    if isinstance(own, dt.date):
        return own
    named = order_year(order, workspace).year if order else ""
    first = russian.school_year_bounds(named or year)[0] if named or year else None
    begins = row.values.get(BEGINS) if row and row is not order else None
    if isinstance(begins, dt.date):
        lasts = row is not None and row.begins is not None
        return max(begins, first) if lasts and first else begins
    return first or UNKNOWN_DAY
