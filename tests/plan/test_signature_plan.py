"""Which signatures documents need, and how each stands by the register of signatures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from docgen.model import Kind, Record, SignatureRule, Workspace
from docgen.plan import (
    SigningState,
    expected_signatures,
    plan_documents,
    rows_added_by_hand,
    state_of_signature,
)
from tests.support.builders import ANNA, DENIS, Row, linked, order, school, workspace
from tests.support.small_plan import HEAD, kind

ORDER = kind(
    "приказ",
    family="order",
    sort=1,
    has_blank_form=True,
    signs=(SignatureRule("директор", "подписант"),),
)
SHEET = kind("лист", family="sheet", sort=2, signs=(SignatureRule("ознакомлен(а)", "люди"),))
LATER = kind(
    "продолжение", family="sheet", sort=3, signs=(SignatureRule("ознакомлен(а)", "отсутствовали"),)
)


def expected(made: Workspace, *kinds: Kind) -> list[tuple[str, str]]:
    """Return document and signer of every signature that a small school expects."""
    plan = plan_documents(made, {one.name: one for one in kinds})
    assert plan.problems == []
    found = expected_signatures(plan.documents, made)
    return [(one.document.title, one.signer.name) for one in found]


def with_orders(*orders: Row, signatures: list[Row] | None = None) -> Workspace:
    return workspace(school({"приказы": orders, "подписи": signatures or []}))


def test_an_order_to_be_signed_expects_its_signatory_and_its_sheet_everybody() -> None:
    made = with_orders(order(ознакомить=f"{ANNA}; {DENIS}"))
    assert expected(made, ORDER, SHEET) == [("приказ", HEAD), ("лист", ANNA), ("лист", DENIS)]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("проект", []),
        ("подписан", [("лист", ANNA)]),
        ("изменён", [("лист", ANNA)]),
        ("утратил силу", [("лист", ANNA)]),
        ("аннулирован", []),
    ],
)
def test_a_draft_expects_nobody_and_a_signed_order_only_those_to_acquaint(
    state: str, found: list[tuple[str, str]]
) -> None:
    assert expected(with_orders(order(состояние=state, ознакомить=ANNA)), ORDER, SHEET) == found


def test_who_was_away_signs_the_later_sheet_and_nobody_stands_in_both() -> None:
    made = with_orders(order(ознакомить=DENIS, ознакомить_позже=f"{ANNA}; {DENIS}"))
    assert expected(made, SHEET, LATER) == [("лист", DENIS), ("продолжение", ANNA)]
    made = with_orders(order(ознакомить=f"{ANNA}; {DENIS}", ознакомить_позже=ANNA))
    assert expected(made, SHEET, LATER) == [("лист", ANNA), ("лист", DENIS)]


def test_a_line_without_a_name_expects_nobody() -> None:
    line = kind("протокол", family="order", signs=(SignatureRule("секретарь", "нет_такой"),))
    assert expected(with_orders(order()), line) == []


def register(*rows: dict[str, Any]) -> tuple[Record, ...]:
    """Return rows of the register of signatures as they are linked."""
    made, problems = linked(school({"подписи": rows}))
    assert problems == []
    return made.records["подписи"]


SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("entered", "state"),
    [
        ({}, SigningState.WAITING),
        ({"подписано": "01.09.2026"}, SigningState.SIGNED),
        ({"отказ": "да"}, SigningState.REFUSED),
        ({"отказ": "нет", "подписано": "01.09.2026"}, SigningState.SIGNED),
        ({"отозвано": "02.09.2026"}, SigningState.WITHDRAWN),
        ({"подписано": "01.09.2026", "отозвано": "02.09.2026"}, SigningState.WITHDRAWN),
        ({"подписано": "03.09.2026", "отозвано": "02.09.2026"}, SigningState.SIGNED),
        ({"подписано": "02.09.2026", "отозвано": "02.09.2026"}, SigningState.WITHDRAWN),
        ({"отказ": "да", "отозвано": "02.09.2026"}, SigningState.WITHDRAWN),
        ({"подписано": "01.09.2026", "до": "30.09.2026"}, SigningState.LAPSED),
        ({"подписано": "01.09.2026", "до": "01.10.2026"}, SigningState.SIGNED),
        ({"до": "30.09.2026"}, SigningState.WAITING),
    ],
)
def test_a_row_says_how_its_signature_stands(entered: dict[str, str], state: SigningState) -> None:
    (row,) = register({"бумага": "Согласие", **entered})
    assert state_of_signature(row, OCTOBER) is state


def test_no_term_runs_out_unless_a_day_is_asked_for() -> None:
    (row,) = register({"бумага": "Согласие", "подписано": "01.09.2026", "до": "02.09.2026"})
    assert state_of_signature(row) is SigningState.SIGNED


def test_of_two_rows_with_one_key_the_lower_one_counts() -> None:
    key = {"ключ_бумаги": "приказ|О внедрении", "ключ_подписи": f"директор|сотрудники/{HEAD}"}
    rows: list[Row] = [
        {"бумага": "Приказ", **key, "подписано": "01.09.2026"},
        {"бумага": "Приказ", **key, "отказ": "да"},
    ]
    made = with_orders(order(), signatures=rows)
    plan = plan_documents(made, {"приказ": ORDER})
    (one,) = expected_signatures(plan.documents, made)
    assert one.state_on(OCTOBER) is SigningState.REFUSED


def test_a_signature_without_a_row_waits() -> None:
    made = with_orders(order())
    (one,) = expected_signatures(plan_documents(made, {"приказ": ORDER}).documents, made)
    assert (one.row, one.state_on(SEPTEMBER)) == (None, SigningState.WAITING)


def test_rows_without_keys_were_added_by_a_person() -> None:
    rows = (
        {"бумага": "Заявление", "подписывает": ANNA},
        {"бумага": "Приказ", "ключ_бумаги": "приказ|О внедрении"},
        {"подписывает": DENIS},
    )
    made = workspace(school({"подписи": rows}))
    assert [row.values["бумага"] for row in rows_added_by_hand(made)] == ["Заявление"]


@pytest.mark.parametrize(
    ("entered", "state"),
    [
        ({"подписано": "10.09.2062"}, SigningState.WAITING),
        ({"подписано": "01.09.2026"}, SigningState.SIGNED),
        ({"выдано": "02.09.2026", "подписано": "01.09.2026"}, SigningState.WAITING),
        ({"подписано": "10.09.2062", "отказ": "да"}, SigningState.REFUSED),
    ],
)
def test_a_signature_of_a_day_that_cannot_be_right_is_still_awaited(
    entered: dict[str, str], state: SigningState
) -> None:
    key = {"ключ_бумаги": "приказ|О внедрении", "ключ_подписи": f"директор|сотрудники/{HEAD}"}
    made = with_orders(order(), signatures=[{"бумага": "Приказ", **key, **entered}])
    plan = plan_documents(made, {"приказ": ORDER})
    (one,) = expected_signatures(plan.documents, made, OCTOBER)
    assert one.state_on() is state
