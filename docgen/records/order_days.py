"""To which order a row belongs, and on which day its paper stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from docgen.model import Record, Value, Workspace
from docgen.wording import days


def day_in(record: Record, column: str = "дата") -> dt.date | None:
    """Return the day in a column, if there is one."""
    value = record.values.get(column)
    return value if isinstance(value, dt.date) else None


def document_day(order: Record, workspace: Workspace) -> dt.date:
    """Return the day on which an order takes its facts."""
    return days.day_of(None, order, days.default_year(workspace))


def items_of(value: Value) -> Iterator[Value]:
    """Yield the value, or every one of a cell that lists several."""
    several: Iterable[Value] = value if isinstance(value, tuple) else (value,)
    yield from several
