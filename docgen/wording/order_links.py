"""Orders that an order amends or ends, how texts cite them, and who still rests on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from docgen.model import Record, Reference, Value
from docgen.model.columns import AMENDED, DATE, ORDER, ORDERS, PAIRS, STATE
from docgen.model.states import ELSEWHERE, FROZEN, UNSIGNED, OrderState
from docgen.wording.acts import OrderCitation
from docgen.wording.pair_numbers import references, subject_of
from docgen.wording.protocols import OrderView
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import text_of


@derived_value(ORDERS, "ссылкой")
def citation(order: OrderView) -> OrderCitation:
    """Return an order as a text cites it, with its heading; declines."""
    return OrderCitation(order)


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
        is_change = subject_of(other, workspace).leaves == OrderState.CHANGED
        in_force = state in FROZEN | ELSEWHERE and state != OrderState.REPEALED
        if is_change and in_force and references(other) & found.keys():
            found.setdefault(other.identity, other)
    days = {name: one.values.get(DATE) for name, one in found.items()}
    ordered = sorted(
        found.values(),
        key=lambda one: day if isinstance(day := days[one.identity], dt.date) else dt.date.max,
    )
    return [cast("OrderView", order.scope.view(one)) for one in ordered]


@derived_value(ORDERS, "ссылающиеся")
def resting_orders(order: RecordView) -> list[OrderView]:
    """Return the orders that rest on what this one ends, and are in force or to be signed.

    Those that it ends as well do not count, nor do lists of pairs: these say what has been.
    """
    workspace = order.scope.workspace
    ended = {one.record.identity for one in ended_orders(order)}
    found: dict[str, Record] = {}
    for name, rows in workspace.records.items():
        if name == PAIRS:
            continue
        columns = [one.name for one in workspace.schemas[name].columns if ORDERS in one.to]
        for row in rows:
            other = workspace.order_of(row)
            if other is None or other is order.record or other.identity in ended:
                continue
            state = text_of(other.values.get(STATE))
            in_force = state in FROZEN | ELSEWHERE | UNSIGNED and state != OrderState.REPEALED
            named = {one for column in columns if column != ORDER for one in _named(row, column)}
            if in_force and named & ended:
                found.setdefault(other.identity, other)
    return [cast("OrderView", order.scope.view(one)) for one in found.values()]


def _named(row: Record, column: str) -> Iterator[str]:
    value: Value = row.values.get(column)
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Reference) and one.register == ORDERS:
            yield one.identity


def _amended(order: Record, view: RecordView) -> Iterator[Record]:
    named = order.values.get(AMENDED)
    for one in named if isinstance(named, tuple) else (named,):
        if isinstance(one, Reference) and one.register == ORDERS:
            yield view.scope.workspace.version(one, view.scope.day)
