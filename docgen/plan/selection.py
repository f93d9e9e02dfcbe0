"""Which rows a kind is made for: conditions, school years, pairs of an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from docgen import russian
from docgen.model import PersonName, Phrase, Record, Reference, Value, Workspace, sameness

Where = Mapping[str, tuple[str, ...]]
ANY = "*"


def text_of(value: Value) -> str:
    """Return a value's text as the register has it."""
    if isinstance(value, tuple):
        return "; ".join(text_of(item) for item in value)
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value.text if isinstance(value, PersonName | Phrase | Reference) else str(value or "")


def select(rows: tuple[Record, ...], where: Where) -> tuple[Record, ...]:
    """Return the rows that meet every condition.

    A broken row whose tested cell is empty is kept: the paper that meets it is left out, rather
    than made without it.
    """
    return tuple(row for row in rows if all(_meets(row, *item) for item in where.items()))


def _meets(row: Record, column: str, wanted: tuple[str, ...]) -> bool:
    text = text_of(row.values.get(column))
    if not text and row.is_broken:
        return True
    if ANY in wanted:
        return bool(text)
    return sameness(text) in {sameness(item) for item in wanted}


def order_of(row: Record, workspace: Workspace) -> Record | None:
    """Return the order a row is or belongs to."""
    if row.register == "приказы":
        return row
    reference = row.values.get("приказ")
    if not isinstance(reference, Reference):
        return None
    return workspace.by_identity[reference.register, reference.identity][0]


def day_of(row: Record | None, order: Record | None, year: str) -> dt.date:
    """Return the day on which a paper takes its facts (never the day of building).

    That is the date of its order, else the «С» of its row, else 1 September of its school year.
    """
    own = order.values.get("дата") if order else None
    if isinstance(own, dt.date):
        return own
    begins = row.values.get("с") if row else None
    if isinstance(begins, dt.date):
        return begins
    if order is not None and isinstance(order.values.get("год"), str):
        year = str(order.values["год"])
    return russian.school_year_bounds(year)[0] if year else dt.date(1, 1, 1)


def year_of(row: Record, order: Record | None, current: str) -> str:
    """Return the school year of a row as «2026/2027»."""
    told = text_of(order.values.get("год")) if order else ""
    if told:
        return russian.school_year(russian.school_year_bounds(told)[0])
    for value in (order.values.get("дата") if order else None, row.values.get("с")):
        if isinstance(value, dt.date):
            return russian.school_year(value)
    return current


def rows_for_order(
    workspace: Workspace, order: Record, register: str, where: Where, year: str
) -> tuple[Record, ...]:
    """Return the rows of a register that an order is about.

    Rows that name an order belong to it; the others to the first order of that sort in the year.
    Rows that had ended by the order's date are left out.
    """
    day = day_of(None, order, year)
    is_first = order is _first_order_of_sort(workspace, order, year)
    found = []
    for row in select(workspace.records.get(register, ()), where):
        named = row.values.get("приказ")
        is_own = isinstance(named, Reference) and named.identity == order.identity
        is_free = not named and is_first and year_of(row, None, year) == year
        ended = row.values.get("прекращена")
        if (is_own or is_free) and not (isinstance(ended, dt.date) and ended <= day):
            found.append(row)
    return tuple(found)


def _first_order_of_sort(workspace: Workspace, order: Record, year: str) -> Record:
    about = text_of(order.values.get("о_чём"))
    rivals = [
        rival
        for rival in workspace.records.get("приказы", ())
        if text_of(rival.values.get("о_чём")) == about
        and text_of(rival.values.get("состояние")) != "аннулирован"
        and year_of(rival, rival, year) == year
    ]
    return min(rivals, key=lambda rival: day_of(None, rival, year), default=order)
