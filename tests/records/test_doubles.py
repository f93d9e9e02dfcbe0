"""Rows pasted twice, and facts with two values: one is printed, or both are."""

from __future__ import annotations

import pytest

from tests.support.builders import DENIS, Row, checked, order, point, school, spot

MARK: Row = {
    "приказ": "О внедрении",
    "слово": "СОГЛАСОВАНО",
    "кто": "педагогический совет",
    "приложение": "приказ",
}


def found(register: str, *rows: Row, **more: str) -> list[tuple[str, str]]:
    registers: dict[str, list[Row]] = {"приказы": [order(**more)]}
    registers["пункты"] = [point("1", "Утвердить план")]
    registers[register] = [*registers.get(register, []), *rows]
    return [(one.code, spot(one)) for one in checked(school(registers)) if one.code == "said-twice"]


@pytest.mark.parametrize(
    ("register", "row"),
    [
        ("грифы", MARK),
        ("преамбула", {"приказ": "О внедрении", "оборот": "В целях", "текст": "развития"}),
        ("пункты", point("-", "Утвердить план")),
        ("тексты", {"приказ": "О внедрении", "текст": "Цель – рост"}),
    ],
)
def test_a_row_that_stands_twice_is_told(register: str, row: Row) -> None:
    assert found(register, row, row)[0][0] == "said-twice"
    assert found(register, row) == []
    assert found(register, row, row, состояние="подписан") == []


def test_two_marks_to_write_on_are_two_places() -> None:
    blank: Row = {"приказ": "О внедрении", "слово": "СОГЛАСОВАНО", "приложение": "приказ"}
    assert found("грифы", blank, blank) == []
    assert found("грифы", MARK, {**MARK, "кто": "первичная профсоюзная организация"}) == []


@pytest.mark.parametrize(
    ("first", "second", "has_remark"),
    [
        ({}, {}, True),
        ({"с": "01.09.2024"}, {}, True),
        ({"с": "01.09.2024"}, {"с": "01.09.2024"}, True),
        ({}, {"с": "01.02.2027"}, False),
        ({"по": "31.08.2026"}, {"с": "01.09.2026"}, False),
        ({"с": "01.09.2026"}, {"по": "31.08.2026"}, False),
    ],
)
def test_a_fact_has_one_value_on_one_day(first: Row, second: Row, *, has_remark: bool) -> None:
    card = [{"куратор": "Иванова Мария Петровна", **first}, {"куратор": DENIS, **second}]
    codes = [one.code for one in checked(school(card=card)) if one.is_error]
    assert codes == (["duplicate-key"] if has_remark else [])
