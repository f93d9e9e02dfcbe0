"""What checks read of orders and rows: their days, and how a remark calls them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from docgen.model import Record, Value, Workspace
from docgen.model.columns import DATE, DOCUMENT_KIND, NUMBER
from docgen.wording import day_of, default_year, order_number, text_of


def day_in(record: Record, column: str = DATE) -> dt.date | None:
    """Return the date in a column, if there is one."""
    value = record.values.get(column)
    return value if isinstance(value, dt.date) else None


def document_day(order: Record, workspace: Workspace) -> dt.date:
    """Return the day on which the documents of an order take their facts."""
    return day_of(None, order, workspace, default_year(workspace))


YEARS: Final = range(2000, 2101)
"""The years in which papers of docgen may be dated."""


def has_wild_year(order: Record) -> bool:
    """Return whether no paper can be of an order's day: nothing is held against such a one."""
    day = day_in(order)
    return day is not None and day.year not in YEARS


def items_of(value: Value) -> Iterator[Value]:
    """Yield the value of a cell, or each of several."""
    several: Iterable[Value] = value if isinstance(value, tuple) else (value,)
    yield from several


def paper_name(order: Record) -> str:
    """Return how a remark calls an order: «приказ № 163-од «О парах педагогов»»."""
    kind = text_of(order.values.get(DOCUMENT_KIND)) or "приказ"
    number = order_number(text_of(order.values.get(NUMBER)))
    return f"{kind} № {number} «{order.identity}»" if number else f"{kind} «{order.identity}»"
