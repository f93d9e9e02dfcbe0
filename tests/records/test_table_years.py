"""A plan of one year in an order of another is said once; other days in tables are innocent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docgen.records import check_workspace
from tests.support.builders import appendix, linked, order, school, spot, table

HEAD = ("№", "Мероприятие", "Срок", "Ответственный")
NO_YEAR = ("1", "Сбор согласий", "сентябрь", "куратор")


def said(*rows: Sequence[str], heading: str = "Дорожная карта", **cells: str) -> list[str]:
    """Return what is said of a table in an order of 01.09.2026, with the place."""
    plan = appendix(шаблон="таблица", лист="План", заголовок=heading)
    registers = school({"приказы": [order(**cells)], "приложения": [plan]})
    made, problems = linked(registers, {"План": table(*rows)})
    assert problems == []
    codes = {"period-mismatch", "deadline-before-order", "year-differs"}
    return [
        f"{spot(one)} {one.code}: {one.message}"
        for one in check_workspace(made)
        if one.code in codes
    ]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([("№", "План на 2025/2026 учебный год", "Срок", "Кто"), NO_YEAR], "B1"),
        ([HEAD, ("2025/2026 учебный год",), NO_YEAR], "A2"),
        ([HEAD, ("План на 2024-2025 учебный год",), NO_YEAR], "A2"),
        ([HEAD, ("Сентябрь 2025",), NO_YEAR, ("Октябрь 2025 г.",), NO_YEAR], "A2"),
        ([HEAD, ("I квартал 2025 года",), NO_YEAR], "A2"),
        ([("№", "Мероприятие", "2024", "2025"), ("1", "Сбор", "да", "да")], "C1"),
        ([HEAD, ("Мероприятия на 2025 год",), NO_YEAR], "A2"),
        ([HEAD, ("План на 2028 год",), NO_YEAR], "A2"),
        ([HEAD, ("2027/2028 учебный год",), NO_YEAR], "A2"),
    ],
)
def test_a_heading_of_another_year_is_said_once(rows: list[Sequence[str]], place: str) -> None:
    (line,) = said(*rows)
    assert line.startswith(f"{place} period-mismatch: таблица «План»: в заголовке «")
    assert "а документ – о 2026/2027; сверьте сроки" in line


def test_deadlines_of_years_to_come_are_said_once() -> None:
    rows = [("1", "Сбор", f"{month}.2028", "Иванова") for month in ("09", "10", "12")]
    (line,) = said(HEAD, *rows)
    assert line.startswith("C2 period-mismatch: таблица «План»: сроки начинаются с «09.2028»")


@pytest.mark.parametrize("heading", ["Срок", "Период проведения", "Когда", "Месяц", "Дата"])
def test_days_before_the_order_are_said_in_each_column_of_deadlines(heading: str) -> None:
    rows = [("1", "Сбор", "сентябрь 2025", "куратор"), ("2", "Учёба", "15.10.2025", "куратор")]
    lines = said(("№", "Мероприятие", heading, "Кто"), *rows)
    assert [line.split(":")[0] for line in lines] == [
        "C2 deadline-before-order",
        "C3 deadline-before-order",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, NO_YEAR],
        [HEAD, ("2026/2027 учебный год",), NO_YEAR],
        [HEAD, ("2025/2026 учебный год",), NO_YEAR, ("2026/2027 учебный год",), NO_YEAR],
        [HEAD, ("Сентябрь 2026",), NO_YEAR, ("Май 2027",), NO_YEAR],
        [HEAD, ("В соответствии с приказом 2024 года",), NO_YEAR],
        [HEAD, ("Утверждён приказом от 30.08.2025 № 12",), NO_YEAR],
        [HEAD, ("Итоги 2025/2026 учебного года",), NO_YEAR],
        [HEAD, ("1", "Анализ работы за 2025/2026 учебный год", "октябрь 2026", "куратор")],
        [HEAD, ("1", "Изучение распоряжения от 25.12.2019 № Р-145", "май 2027", "куратор")],
        [HEAD, ("1", "Сбор", "сентябрь 2026", "к"), ("2", "Учёба", "октябрь 2028", "к")],
        [HEAD, ("Группа 2025",), NO_YEAR],
        [("№", "ФИО", "Дата рождения", "Класс"), ("1", "Иванов Пётр", "12.05.2010", "9")],
        [("№", "ФИО", "Дата приёма на работу", "Стаж"), ("1", "Петрова Анна", "01.09.2019", "7")],
        [("№", "Акт", "Дата документа", "Номер"), ("1", "Приказ", "25.12.2019", "Р-145")],
        [("№", "ФИО", "Срок действия категории", "К"), ("1", "Петрова Анна", "01.03.2025", "1")],
    ],
)
def test_a_plan_of_the_orders_year_and_other_days_say_nothing(rows: list[Sequence[str]]) -> None:
    assert said(*rows) == []


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("Отчёт о работе", [HEAD, ("2025/2026 учебный год",), NO_YEAR]),
        ("Анализ наставничества", [HEAD, ("Сентябрь 2025",), NO_YEAR]),
        ("Дорожная карта на 2025–2028 годы", [HEAD, ("2025 год",), NO_YEAR, ("2028",), NO_YEAR]),
    ],
)
def test_a_report_and_a_plan_of_several_years_say_nothing(
    heading: str, rows: list[Sequence[str]]
) -> None:
    assert said(*rows, heading=heading) == []


def test_the_year_of_an_order_is_the_one_that_it_names() -> None:
    rows = [HEAD, ("2025/2026 учебный год",), NO_YEAR]
    assert said(*rows, год="2025/2026", заголовок="Об итогах 2025/2026 учебного года") == []
