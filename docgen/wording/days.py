"""On which day a document takes its facts, and to which school year it belongs.

The day is that of its order, else the «С» of its row, else 1 September of its school year; the day
on which documents are made never chooses a fact.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator

from docgen import russian
from docgen.model import Record, Value, Workspace
from docgen.model.columns import BEGINS, DATE, ORDERS, PAIRS, SCHOOL_YEAR, SETTINGS, YEAR
from docgen.wording.value_views import text_of

UNKNOWN_DAY = dt.date.max
"""The day of a document that nothing dates: it takes the facts that hold without an end."""


def to_school_year(text: str) -> str:
    """Return a typed school year as «2026/2027», or nothing when the text is none."""
    try:
        return russian.school_year(russian.school_year_bounds(text)[0])
    except ValueError:
        return ""


def year_in_settings(workspace: Workspace) -> str:
    """Return the school year that the settings name, as «2026/2027», or nothing."""
    for row in workspace.records.get(SETTINGS, ()):
        year = to_school_year(text_of(row.values.get(SCHOOL_YEAR)))
        if year:
            return year
    return ""


@functools.lru_cache(maxsize=4)
def default_year(workspace: Workspace) -> str:
    """Return the school year of undated documents: that of the settings, else the latest known."""
    latest = max(_known_days(workspace), default=None)
    return year_in_settings(workspace) or (russian.school_year(latest) if latest else "")


def _known_days(workspace: Workspace) -> Iterator[dt.date]:
    for register, column in ((ORDERS, DATE), (PAIRS, BEGINS)):
        for row in workspace.records.get(register, ()):
            day = row.values.get(column)
            if isinstance(day, dt.date):
                yield day


def day_of(row: Record | None, order: Record | None, year: str) -> dt.date:
    """Return the day on which a document takes its facts.

    ``year`` is the school year of documents that nothing else dates. A row that holds for years
    (a worker since 2015) gives its «С» only when that lies within or after the year.
    """
    own = order.values.get(DATE) if order else None
    if isinstance(own, dt.date):
        return own
    named = to_school_year(text_of(order.values.get(YEAR))) if order else ""
    first = russian.school_year_bounds(named or year)[0] if named or year else None
    begins = row.values.get(BEGINS) if row and row is not order else None
    if isinstance(begins, dt.date):
        lasts = row is not None and row.begins is not None
        return max(begins, first) if lasts and first else begins
    return first or UNKNOWN_DAY


def year_of(row: Record, order: Record | None, current: str) -> str:
    """Return the school year of a row as «2026/2027»; ``current`` when nothing dates it."""
    named = to_school_year(text_of(order.values.get(YEAR))) if order else ""
    if named:
        return named
    days: list[Value] = [order.values.get(DATE)] if order else []
    if row.begins is None:
        days.append(row.values.get(BEGINS))
    for value in days:
        if isinstance(value, dt.date):
            return russian.school_year(value)
    return current


def holds_in_year(row: Record, year: str) -> bool:
    """Return whether a row's period overlaps the school year."""
    first, last = russian.school_year_bounds(year)
    return (row.begins or dt.date.min) <= last and (row.ends or dt.date.max) >= first
