"""Sheets that appendices print: named twice, words and looks that no table has."""

from __future__ import annotations

import pytest

from docgen.model import Table
from docgen.records import table_names
from tests.support.builders import (
    Row,
    RowsByRegister,
    appendix,
    checked,
    linked,
    order,
    school,
    spot,
    table,
)

PLAN: dict[str, Table] = {
    name: table(["№", "Мероприятие"], ["1", "Приказ"], name=name)
    for name in ("Карта", "Показатели")
}


def rows(
    *parts: Row, texts: list[Row] | None = None, orders: list[Row] | None = None
) -> RowsByRegister:
    return school(
        {
            "приказы": orders or [order()],
            "приложения": [{"шаблон": "таблица", **part} for part in parts],
            "тексты": [{"приказ": "О внедрении", **text} for text in texts or []],
        }
    )


def said(registers: RowsByRegister) -> list[tuple[str, str]]:
    return [(spot(one), one.code) for one in checked(registers, PLAN)]


def part(number: str, sheet: str, **more: str) -> Row:
    return {**appendix(number), "шаблон": "таблица", "лист": sheet, **more}


@pytest.mark.parametrize(
    ("parts", "spots"),
    [
        ([part("1", "Карта; Показатели")], []),
        ([part("1", "Карта\nПоказатели")], []),
        ([part("1", "Карта; карта")], ["лист 2"]),
        ([part("1", "Карта"), part("2", "Карта")], ["лист 3"]),
        ([part("1", "Карта"), part("2", "Показатели; Карта")], ["лист 3"]),
        ([part("1", "Карта"), part("2", "Показатели")], []),
    ],
)
def test_a_sheet_that_one_order_prints_twice_is_wrong(parts: list[Row], spots: list[str]) -> None:
    assert said(rows(*parts)) == [(one, "said-twice") for one in spots]


def test_a_sheet_of_another_order_or_of_a_void_one_is_nothing_to_tell() -> None:
    other = order(имя="Об итогах", номер="2-од")
    later = part("1", "Карта", приказ="Об итогах")
    assert said(rows(part("1", "Карта"), later, orders=[order(), other])) == []
    void = order(состояние="аннулирован")
    assert said(rows(part("1", "Карта"), part("2", "Карта"), orders=[void])) == []


@pytest.mark.parametrize(
    ("sheet", "place", "is_wrong"),
    [
        ("Карта", "после таблицы", False),
        ("Карта; Показатели", "перед таблицей 2", False),
        ("Карта; Показатели", "перед таблицей Показатели", False),
        ("Карта; Показатели", "после таблицы 3", True),
        ("Карта", "перед таблицей 2", True),
        ("Карта", "в конце", True),
    ],
)
def test_words_beside_a_table_that_is_not_there_are_an_error(
    sheet: str, place: str, *, is_wrong: bool
) -> None:
    found = said(rows(part("1", sheet), texts=[{"текст": "Цель", "где": place}]))
    assert found == ([("где 2", "bad-choice")] if is_wrong else [])


@pytest.mark.parametrize(
    ("sheet", "look", "is_wrong"),
    [
        ("Карта; Показатели", "без шапки; с шапкой", False),
        ("Карта; Показатели", "без шапки", False),
        ("Карта", "без шапки; с шапкой", True),
        ("Карта", "без рамок", True),
    ],
)
def test_a_look_that_no_table_has_is_an_error(sheet: str, look: str, *, is_wrong: bool) -> None:
    found = said(rows(part("1", sheet, вид_таблицы=look)))
    assert found == ([("вид_таблицы 2", "bad-choice")] if is_wrong else [])


def test_each_table_of_an_appendix_is_held_to_its_order() -> None:
    late = table(
        ["№", "Мероприятие", "Срок"], ["1", "Приказ", "01.08.2026"], ["3", "Итоги", "май 2027"]
    )
    tables = {**PLAN, "Показатели": late}
    found = checked(rows(part("1", "Карта; Показатели")), tables)
    assert [(spot(one), one.code) for one in found] == [
        ("C2", "deadline-before-order"),
        ("A3", "skipped-number"),
    ]


def test_every_sheet_of_a_cell_is_read_and_a_title_may_hold_a_semicolon() -> None:
    made, _ = linked(rows(part("1", "Карта; Показатели")))
    records = dict(made.records)
    assert list(table_names(records)) == ["Карта", "Показатели"]
    assert list(table_names(records, {"карта; показатели"})) == ["Карта; Показатели"]
