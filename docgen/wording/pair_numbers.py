"""Which order has assigned a pair, in which row of its table, and which orders an order ends."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from typing import Final, cast

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
from docgen.model.states import ELSEWHERE, FROZEN, VOID, OrderState
from docgen.wording.pair_groups import in_groups
from docgen.wording.protocols import OrderView
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
    if order is None or not _subject_of(order, workspace).numbered:
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


@derived_value(ORDERS, "изменяемые")
def amended_orders(order: RecordView) -> list[OrderView]:
    """Return the orders that «Изменяет / отменяет» names."""
    order.value(AMENDED)
    return [cast("OrderView", order.scope.view(one)) for one in _amended(order.record, order)]


@derived_value(ORDERS, "отменяемые")
def ended_orders(order: RecordView) -> list[OrderView]:
    """Return the orders that an order ends, with all that have changed them, by their dates.

    Changes that have lost their force already are not ended twice.
    """
    order.value(AMENDED)
    workspace = order.scope.workspace
    found = {one.identity: one for one in _amended(order.record, order)}
    for other in workspace.records.get(ORDERS, ()):
        state = text_of(other.values.get(STATE))
        is_change = _subject_of(other, workspace).leaves == OrderState.CHANGED
        in_force = state in FROZEN | ELSEWHERE and state != OrderState.REPEALED
        if is_change and in_force and _references(other) & found.keys():
            found.setdefault(other.identity, other)
    days = {name: one.values.get(DATE) for name, one in found.items()}
    ordered = sorted(
        found.values(),
        key=lambda one: day if isinstance(day := days[one.identity], dt.date) else dt.date.max,
    )
    return [cast("OrderView", order.scope.view(one)) for one in ordered]


def _references(order: Record) -> set[str]:
    named = order.values.get(AMENDED)
    return {
        one.identity
        for one in (named if isinstance(named, tuple) else (named,))
        if isinstance(one, Reference) and one.register == ORDERS
    }


def _amended(order: Record, view: RecordView) -> Iterator[Record]:
    named = order.values.get(AMENDED)
    for one in named if isinstance(named, tuple) else (named,):
        if isinstance(one, Reference) and one.register == ORDERS:
            yield view.scope.workspace.version(one, view.scope.day)


def _subject_of(order: Record, workspace: Workspace) -> OrderSubject:
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
            for form in _subject_of(order, workspace).pair_forms:
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
        forms = map(sameness, _subject_of(order, workspace).pair_forms)
        day, ended = order.values.get(DATE), pair.values.get(ENDED)
        is_over = isinstance(day, dt.date) and isinstance(ended, dt.date) and ended <= day
        if sameness(text_of(pair.values.get(PAIR_FORM))) in forms and not is_over:
            pairs.setdefault(order.identity, []).append(pair)
    return {name: in_groups(rows) for name, rows in pairs.items()}


def _rows_before(order: Record, workspace: Workspace) -> int:
    """Return the rows of the orders that a continued table goes on from, earlier ones too."""
    if _subject_of(order, workspace).numbered != _CONTINUED:
        return 0
    named = _references(order)
    earlier = {
        one.identity
        for one in workspace.records.get(ORDERS, ())
        if one is not order
        and text_of(one.values.get(STATE)) not in VOID
        and _subject_of(one, workspace).numbered == _CONTINUED
        and _references(one) & named
        and _date_of(one) < _date_of(order)
    }
    return sum(len(_tables(workspace).get(name, ())) for name in named | earlier)
