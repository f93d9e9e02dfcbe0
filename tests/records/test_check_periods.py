"""Periods that end before they begin, and who acts for the head from when until when."""

from __future__ import annotations

import re

import pytest

from docgen.errors import Severity
from tests.support.builders import ANNA, Row, checked, order, person, school


def said(card: Row | None = None, **worker: str) -> list[tuple[str, bool, str]]:
    rows = school(
        {"приказы": [order()]},
        card=[card] if card else [],
        staff=[person("Шапиро Олег Игоревич", "учитель", **worker)],
    )
    return [
        (one.code, one.severity is Severity.ERROR, one.message)
        for one in checked(rows)
        if one.code in ("acting-head", "bad-period")
    ]


def test_an_acting_head_without_a_first_day_is_an_error() -> None:
    ((code, is_error, words),) = said({"исполняющий": ANNA, "по": "15.11.2026"})
    assert (code, is_error) == ("acting-head", True)
    assert words.startswith(f"и.о. руководителя {ANNA}: не сказано, с какого дня;")


def test_an_acting_head_without_a_last_day_is_a_warning_that_names_the_first() -> None:
    assert said({"исполняющий": ANNA, "с": "02.11.2026"}) == [
        (
            "acting-head",
            False,
            f"и.о. руководителя {ANNA} подписывает с 02.11.2026, срок не назван; впишите «по», "
            "когда он известен",
        )
    ]


@pytest.mark.parametrize(
    "card",
    [
        None,
        {"исполняющий": ANNA, "с": "02.11.2026", "по": "15.11.2026"},
        {"исполняющий": ANNA, "с": "02.11.2026", "по": "02.11.2026"},
        {"исполняющий": None},
        {"должность_исполняющего": "И.о. директора"},
        {"куратор": ANNA},
    ],
)
def test_other_facts_need_no_days(card: Row | None) -> None:
    assert said(card) == []


@pytest.mark.parametrize("fact", ["исполняющий", "руководитель", "куратор"])
def test_a_fact_that_ends_before_it_begins_is_an_error(fact: str) -> None:
    found = said({fact: ANNA, "с": "16.11.2026", "по": "15.11.2026"})
    assert [one[:2] for one in found if one[0] == "bad-period"] == [("bad-period", True)]
    (message,) = [one[2] for one in found if one[0] == "bad-period"]
    assert re.match("«(И.о. руководителя|Руководитель|Куратор)»: период кончается", message)
    assert "с 16.11.2026 по 15.11.2026" in message


@pytest.mark.parametrize(("until", "is_said"), [("31.08.2026", True), ("01.09.2026", False)])
def test_a_row_that_ends_before_it_begins_is_remarked(until: str, *, is_said: bool) -> None:
    found = said(с="01.09.2026", по=until)
    assert [one[:2] for one in found] == [("bad-period", False)] * is_said
