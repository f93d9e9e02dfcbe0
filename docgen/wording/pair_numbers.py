"""Which order has assigned a pair, and in which row of its table."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Final

from docgen.model import OrderSubject, Record, Reference, Workspace, sameness
from docgen.model.columns import (
    ABOUT,
    AMENDED,
    DATE,
    ENDED,
    ORDER,
    ORDERS,
    PAIR_FORM,
    PAIRS,
    STATE,
)
from docgen.model.states import VOID
from docgen.wording.pair_groups import in_groups
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.school_years import order_year, year_of
from docgen.wording.value_views import text_of

_CONTINUED: Final = "continued"


@derived_value(PAIRS, "закрепивший_приказ")
def assigning_order(pair: RecordView) -> RecordView | None:
    """Return the order that has assigned a pair: the one that it names, else that of its form."""
    pair.value(ORDER)
    found = _order_of(pair.record, pair.scope.workspace)
    return pair.scope.view(found) if found is not None else None


@derived_value(PAIRS, "номер_строки")
def row_number(pair: RecordView) -> int | str:
    """Return the number of a pair's row in the table of its order, or nothing where it has none."""
    workspace = pair.scope.workspace
    order = _order_of(pair.record, workspace)
    if order is None or not subject_of(order, workspace).numbered:
        return ""
    for number, group in enumerate(_tables(workspace).get(order.identity, ()), start=1):
        if any(one is pair.record for one in group):
            return number + _rows_before(order, workspace)
    return ""


@derived_value(ORDERS, "строк_до")
def rows_before(order: RecordView) -> int:
    """Return how many rows the tables have that the table of an order goes on from."""
    order.value(AMENDED)
    return _rows_before(order.record, order.scope.workspace)


def references(order: Record) -> set[str]:
    """Return the orders that an order amends or ends, by their short names."""
    named = order.values.get(AMENDED)
    return {
        one.identity
        for one in (named if isinstance(named, tuple) else (named,))
        if isinstance(one, Reference) and one.register == ORDERS
    }


def subject_of(order: Record, workspace: Workspace) -> OrderSubject:
    """Return what the kinds of an order's «О чём» tell of it."""
    about = sameness(text_of(order.values.get(ABOUT)))
    return workspace.subjects.get(about, OrderSubject())


def _order_of(pair: Record, workspace: Workspace) -> Record | None:
    own = workspace.order_of(pair)
    if own is not None:
        return own
    form = sameness(text_of(pair.values.get(PAIR_FORM)))
    return _first_orders(workspace).get((form, year_of(pair, workspace, "")))


@functools.lru_cache(maxsize=4)
def _first_orders(workspace: Workspace) -> Mapping[tuple[str, str], Record]:
    """Return the first order of each form of pairs and school year."""
    found: dict[tuple[str, str], Record] = {}
    orders = workspace.records.get(ORDERS, ())
    for order in sorted(orders, key=_date_of):
        if text_of(order.values.get(STATE)) not in VOID:
            for form in subject_of(order, workspace).pair_forms:
                found.setdefault((sameness(form), order_year(order, workspace).year), order)
    return found


def _date_of(order: Record) -> dt.date:
    day = order.values.get(DATE)
    return day if isinstance(day, dt.date) else dt.date.max


@functools.lru_cache(maxsize=4)
def _tables(workspace: Workspace) -> Mapping[str, list[list[Record]]]:
    """Return the rows of the tables of orders: pairs by group, as the orders print them."""
    pairs: dict[str, list[Record]] = {}
    for pair in workspace.records.get(PAIRS, ()):
        order = _order_of(pair, workspace)
        if order is None:
            continue
        forms = map(sameness, subject_of(order, workspace).pair_forms)
        day, ended = order.values.get(DATE), pair.values.get(ENDED)
        is_over = isinstance(day, dt.date) and isinstance(ended, dt.date) and ended <= day
        if sameness(text_of(pair.values.get(PAIR_FORM))) in forms and not is_over:
            pairs.setdefault(order.identity, []).append(pair)
    return {name: in_groups(rows) for name, rows in pairs.items()}


def _rows_before(order: Record, workspace: Workspace) -> int:
    """Return the rows of the orders that a continued table goes on from, earlier ones too."""
    if subject_of(order, workspace).numbered != _CONTINUED:
        return 0
    named = references(order)
    earlier = {
        one.identity
        for one in workspace.records.get(ORDERS, ())
        if one is not order
        and text_of(one.values.get(STATE)) not in VOID
        and subject_of(one, workspace).numbered == _CONTINUED
        and references(one) & named
        and _date_of(one) < _date_of(order)
    }
    return sum(len(_tables(workspace).get(name, ())) for name in named | earlier)
