"""Every state of an order is one thing or the other, and the registers offer it."""

from __future__ import annotations

from docgen.model.columns import ORDERS, STATE
from docgen.model.states import ELSEWHERE, FROZEN, UNREMARKED, UNSIGNED, VOID, OrderState
from tests.support.builders import shipped_schemas


def test_an_order_is_unsigned_or_frozen_or_void() -> None:
    assert sorted([*UNSIGNED, *FROZEN, *ELSEWHERE, *VOID]) == sorted(OrderState)
    assert not UNREMARKED & FROZEN


def test_the_register_of_orders_offers_every_state() -> None:
    assert shipped_schemas()[ORDERS].column(STATE).choices == tuple(OrderState)


def test_a_state_is_spelled_as_in_its_cell() -> None:
    assert f"{OrderState.DRAFT}" == "проект"
    assert "утратил силу" in FROZEN
