"""The days that checks read from rows and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from docgen.model import Record, Value, Workspace
from docgen.model.columns import DATE
from docgen.wording import days


def day_in(record: Record, column: str = DATE) -> dt.date | None:
    """Return the date in a column, if there is one."""
    value = record.values.get(column)
    return value if isinstance(value, dt.date) else None


def document_day(order: Record, workspace: Workspace) -> dt.date:
    """Return the day on which the documents of an order take their facts."""
    return days.day_of(None, order, days.default_year(workspace))


def items_of(value: Value) -> Iterator[Value]:
    """Yield the value of a cell, or each of several."""
    several: Iterable[Value] = value if isinstance(value, tuple) else (value,)
    yield from several
