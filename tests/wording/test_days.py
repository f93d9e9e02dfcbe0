"""On which day a paper takes its facts, and to which school year it belongs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model import Phrase, Record, Workspace
from docgen.wording import (
    day_of,
    default_year,
    holds_in_year,
    text_of,
    to_school_year,
    year_in_settings,
    year_of,
)
from docgen.wording.days import UNKNOWN_DAY
from tests.support.builders import (
    ANNA,
    DENIS,
    SEPTEMBER,
    RowsByRegister,
    order,
    pair,
    person,
    school,
    workspace,
)

# --- days and years --------------------------------------------------------------------------


def rows_of(registers: RowsByRegister) -> Workspace:
    return workspace(school(registers))


def only(made: Workspace, register: str) -> Record:
    return made.records[register][-1]


def test_a_paper_takes_the_date_of_its_order() -> None:
    made = rows_of({"приказы": [order()], "пары": [pair(ANNA, DENIS)]})
    assert day_of(only(made, "пары"), only(made, "приказы"), made, "2020/2021") == SEPTEMBER


def test_a_paper_without_an_order_takes_the_beginning_of_its_row() -> None:
    made = rows_of({"пары": [pair(ANNA, DENIS)]})
    assert day_of(only(made, "пары"), None, made, "2020/2021") == dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("named", "asked", "day"),
    [
        ("2025/2026", "2026/2027", dt.date(2025, 9, 1)),
        ("", "2026/2027", dt.date(2026, 9, 1)),
        ("", "", UNKNOWN_DAY),
        ("всегда", "2026/2027", dt.date(2026, 9, 1)),
    ],
)
def test_an_order_without_a_date_stands_on_the_first_day_of_its_school_year(
    named: str, asked: str, day: dt.date
) -> None:
    made = rows_of({"приказы": [order(дата=None, год=named)]})
    record = only(made, "приказы")
    assert day_of(record, record, made, asked) == day


@pytest.mark.parametrize(
    ("begins", "day"), [("01.09.2015", SEPTEMBER), ("11.01.2027", dt.date(2027, 1, 11))]
)
def test_a_worker_of_long_standing_is_seen_in_the_year_asked_for(begins: str, day: dt.date) -> None:
    made = workspace(school(staff=[person("Белова Инна Львовна", с=begins)]))
    assert day_of(only(made, "сотрудники"), None, made, "2026/2027") == day
    assert year_of(only(made, "сотрудники"), made, "2026/2027") == "2026/2027"


def test_rows_belong_to_the_year_of_their_order_else_of_their_beginning() -> None:
    undated = order(имя="О парах", дата=None)
    made = rows_of(
        {
            "приказы": [order(), undated],
            "пары": [
                pair(ANNA, DENIS, приказ="О внедрении", с=dt.date(2026, 9, 15)),
                pair(ANNA, DENIS),
            ],
        }
    )
    named, free = made.records["пары"]
    assert year_of(named, made, "") == "2026/2027"
    assert year_of(free, made, "") == "2026/2027"
    assert year_of(made.records["приказы"][1], made, "2020/2021") == "2020/2021"


def test_a_row_with_a_period_is_of_every_year_that_it_meets() -> None:
    row = person("Белова Инна Львовна", с="01.09.2020", по="15.10.2026")
    record = only(workspace(school(staff=[row])), "сотрудники")
    held = [
        f"{year}/{year + 1}"
        for year in range(2018, 2030)
        if holds_in_year(record, f"{year}/{year + 1}")
    ]
    assert held == [f"{year}/{year + 1}" for year in range(2020, 2027)]


def test_the_usual_year_is_named_by_the_house_else_the_latest_that_is_known() -> None:
    pairs = {"приказы": [order()], "пары": [pair(ANNA, DENIS, с=dt.date(2027, 9, 20))]}
    assert default_year(rows_of(pairs)) == "2027/2028"
    assert (
        default_year(rows_of({**pairs, "настройки": [{"учебный_год": "2026-2027"}]})) == "2026/2027"
    )
    assert default_year(rows_of({"настройки": [{"учебный_год": "скоро"}]})) == ""
    assert year_in_settings(rows_of({})) == ""


@given(st.text(st.characters(codec="cp1251")))
def test_any_text_is_a_school_year_or_none(text: str) -> None:
    assert to_school_year(text) == "" or len(to_school_year(text)) == 9


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "да"), (False, "нет"), (7, "7"), (("а", Phrase("б")), "а; б")],
)
def test_a_value_is_told_as_the_register_has_it(value: Any, text: str) -> None:
    assert text_of(value) == text
