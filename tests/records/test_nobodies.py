"""Totals and numbers among people: said, and no people."""

from __future__ import annotations

import pytest

from docgen.records.nobodies import names_nobody
from tests.support.builders import linked, spot


@pytest.mark.parametrize(
    "text",
    [
        "Итого: 40 чел.",
        "ИТОГО",
        "Всего работников 40",
        "В том числе совместителей",
        "из них мужчин",
        "Количество педагогов",
        "40",
        "1",
        "№",
        "—",
        "вакансия",
        "Вакансия учителя",
        "40 человек",
        "5 «А» класс",
        "нет",
        "Педагогов – 15",
        "По состоянию на 01.09.2026",
        "Директор школы ________ Г.Ю. Лаптева",
    ],
)
def test_what_names_nobody_is_told_and_is_no_person(text: str) -> None:
    assert names_nobody(text)
    made, (problem,) = linked({"сотрудники": [{"фио": "Орлова Анна Петровна"}, {"фио": text}]})
    assert [record.identity for record in made.records["сотрудники"]] == ["Орлова Анна Петровна"]
    assert (problem.code, spot(problem), problem.is_error) == ("not-a-person", "фио 3", False)


@pytest.mark.parametrize(
    "name",
    [
        "Всеволожский Иван Петрович",
        "Нетесова Анна Петровна",
        "Итогов Иван Петрович",
        "Вакарин Пётр",
        "Иванова И.И.",
        "Орлова",
        "1. Иванова Мария Петровна",
        "Нечисленко Олег",
    ],
)
def test_people_with_odd_names_are_people(name: str) -> None:
    assert not names_nobody(name)


def test_a_total_among_children_is_told() -> None:
    made, problems = linked(
        {"дети": [{"фио": "Всего: 12", "класс": "9", "рождён": "01.02.2012"}], "сотрудники": []}
    )
    assert made.records["дети"] == ()
    assert [one.code for one in problems] == ["not-a-person"]


@pytest.mark.parametrize(
    ("row", "has_remark"),
    [
        ({"фио": "Администрация"}, True),
        ({"фио": "Начальные классы"}, True),
        ({"фио": "Орлова"}, False),
        ({"фио": "Заяц Анна"}, False),
        ({"фио": "Ворона", "должность": "учитель"}, False),
    ],
)
def test_a_heading_among_people_is_told(row: dict[str, str], *, has_remark: bool) -> None:
    _, problems = linked({"сотрудники": [{"фио": "Орлова Анна Петровна"}, row]})
    assert [one.code for one in problems] == (["not-a-person"] if has_remark else [])
