"""Slips beside those that are known: later papers, posts in one cell, names with initials."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.model import OrderSubject, Table
from docgen.records import check_workspace, without_signed
from docgen.records.typed_posts import is_same_post
from docgen.russian import phrase_slips
from tests.support.builders import (
    Cell,
    Row,
    RowsByRegister,
    appendix,
    linked,
    order,
    person,
    point,
    school,
    spot,
    table,
)

VERA, ILYA = "Орлова Вера Ивановна", "Ткач Илья Сергеевич"
STAFF = [person(VERA, "заместитель директора по учебной работе"), person(ILYA, "учитель физики")]


def said(rows: RowsByRegister, tables: dict[str, Table] | None = None) -> list[tuple[str, str]]:
    made, _ = linked(rows, tables)
    return [(spot(one), one.code) for one in check_workspace(made)]


def of_order(*points: Row, more: RowsByRegister | None = None, **cells: Cell) -> RowsByRegister:
    return school({"приказы": [order(**cells)], "пункты": points, **(more or {})}, staff=STAFF)


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Провести совещание ,и отчёт",
        "Провести (педсовет) , потом отчёт",
        "Пригласить Белова П.И ., Орлову В.И.",
        "Перенести занятие в следствие болезни",
        "Перенести занятие в виду отсутствия учителя",
        "Отчитаться по приезду",
        "Работать в соответсвии с планом",
        "Издать на основание протокола",
        "Утвердить положение (программы) наставничества",
        "О порядке (алгоритма)",
        "Сдать отчёт по завершению года",
    ],
)
def test_a_slip_of_typing_is_found(words: str) -> None:
    assert len(phrase_slips(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Имея в виду сроки, провести совещание",
        "Опираться на основание здания",
        "Мероприятия по завершению учебного года",
        "План работ по окончанию ремонта",
        "Утвердить список (порядка 30 человек)",
        "Утвердить положение (программу)",
        "Согласно положению (программе)",
        "Занятия с 10 , 11 классами",
        "Привести в соответствие с законом",
    ],
)
def test_innocent_neighbours_are_left_alone(words: str) -> None:
    assert phrase_slips(words) == []


# --- people ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Назначить Ткач И.С. куратором", ["typing-slip"]),
        ("Назначить куратором Орлова В. И.", ["typing-slip"]),
        ("Возложить учёт на Орлова В.И.", ["typing-slip"]),
        ("Назначить Ткача И.С. куратором", []),
        ("Возложить учёт на Орлову В.И.", []),
        ("Назначить Ткача И.С. куратором. Орлова В.И. ведёт журнал", []),
        ("Утвердить состав: Орлова В.И., Ткач И.С.", []),
    ],
)
def test_who_is_appointed_by_initials_stands_in_the_right_case(
    words: str, codes: list[str]
) -> None:
    assert [code for _, code in said(of_order(point("1", words)))] == codes


def test_a_man_whose_accusative_is_anothers_nominative_is_well() -> None:
    rows = of_order(point("1", "Назначить Орлова В.И. куратором"))
    staff = [*rows["сотрудники"], person("Орлов Виктор Ильич", "учитель")]
    assert said({**rows, "сотрудники": staff}) == []


def test_who_stands_in_a_pair_of_the_order_is_acquainted() -> None:
    pair: Row = {
        "форма": "педагог – педагог",
        "наставник": VERA,
        "наставляемый": ILYA,
        "цель": "адаптация",
        "с": "14.09.2026",
        "по": "28.05.2027",
        "приказ": "О внедрении",
    }
    forms = OrderSubject(pair_forms=("педагог – педагог",))
    for about, typed, codes in (
        ("закрепление пар педагогов", VERA, ["not-acquainted"]),
        ("закрепление пар педагогов", f"{VERA}; {ILYA}", []),
        ("закрепление пар педагогов", "участники", []),
        ("закрепление пар педагогов", "", []),
        ("свой текст", VERA, []),
    ):
        rows = of_order(
            point("1", "Закрепить"), ознакомить=typed, о_чём=about, more={"пары": [pair]}
        )
        made, _ = linked(rows)
        known = replace(made, subjects={"закрепление пар педагогов": forms})
        found = [one.code for one in check_workspace(known)]
        assert [one for one in found if one == "not-acquainted"] == codes


def listed(head: str, *cells: str) -> list[tuple[str, str]]:
    parts = [appendix(шаблон="таблица", лист="План")]
    plan = table(["№", "ФИО", head], ["1", *cells])
    rows = school({"приказы": [order()], "приложения": parts}, staff=STAFF)
    return said(rows, {"План": plan})


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Ткач И.С., учитель химии", ["post-differs"]),
        ("Орлова В.И., учитель физики; Ткач И.С., учитель физики", ["post-differs"]),
        ("Ткач И.С., учитель физики", []),
        ("Ткач И.С., куратор", []),
        ("Ткач И.С., Орлова В.И.", []),
    ],
)
def test_a_post_after_a_name_is_held_to_the_register(words: str, codes: list[str]) -> None:
    assert [code for _, code in listed("Кто", "Отчёт", words)] == codes


@pytest.mark.parametrize(
    ("right", "typed", "is_same"),
    [
        ("заместитель директора по учебной работе", "директор", False),
        ("заместитель директора по учебной работе", "заместитель директора по УР", True),
        ("заместитель директора по учебной работе", "зам. директора по уч. работе", True),
        ("заместитель директора по учебной работе", "заместитель директора по ВР", False),
        ("заместитель директора по учебно-воспитательной работе", "зам. директора по УВР", True),
        ("старший воспитатель", "воспитатель", False),
        ("учитель русского языка и литературы", "Учитель русского языка", True),
        ("педагог-организатор, учитель физики", "учитель физики", True),
        ("учитель физики", "учитель физики МБОУ СОШ № 1", True),
        ("учитель физики", "учитель физики, председатель комиссии", True),
        ("учитель физики", "член рабочей группы", True),
        ("директор", "заместитель директора", False),
    ],
)
def test_a_post_may_be_shortened_or_longer_but_no_other(
    right: str, typed: str, is_same: bool
) -> None:
    assert is_same_post(right, typed) is is_same


# --- days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("протокол педагогического совета от 15.09.2027 № 1", ["act-not-in-force"]),
        ("заявление Ткача И.С. от 1 октября 2027 г.", ["act-not-in-force"]),
        ("протокол педагогического совета от 27.08.2026 № 1", []),
        ("протокол педагогического совета", []),
    ],
)
def test_a_ground_in_own_words_is_not_later_than_its_order(words: str, codes: list[str]) -> None:
    rows = of_order(point("1", "Сдать план"), основание=words)
    assert said(rows) == [("основание 2", code) for code in codes]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Исполнить приказ от 25.12.2027 № 5", ["act-not-in-force"]),
        ("Исполнить решение совета от 12 октября 2027 г.", ["act-not-in-force"]),
        ("Исполнить приказ от 25.12.2025 № 5", []),
        ("Согласовать отпуск от 12.10.2027 до 20.10.2027", []),
    ],
)
def test_a_paper_that_a_point_names_is_not_later_than_its_order(
    words: str, codes: list[str]
) -> None:
    assert [code for _, code in said(of_order(point("1", words)))] == codes


def test_of_an_order_of_no_possible_year_only_the_year_is_said() -> None:
    law: Row = {
        "имя": "273-ФЗ",
        "вид": "Федеральный закон",
        "дата": "29.12.2012",
        "номер": "273-ФЗ",
    }
    rows = of_order(
        point("1", "Исполнить закон № 273-ФЗ", акт="273-ФЗ"),
        дата="10.09.1926",
        more={"акты": [law]},
    )
    assert [code for _, code in said(rows)] == ["bad-date"]


@pytest.mark.parametrize(
    ("day", "number", "codes"),
    [
        ("30.08.2026", "147-од", ["act-mismatch"]),
        ("02.09.2027", "147-ОД", ["act-mismatch"]),
        ("31.08.2026", "147-од", []),
        ("30.08.2026", "12", []),
    ],
)
def test_a_mark_that_names_the_order_names_its_day(day: str, number: str, codes: list[str]) -> None:
    mark: Row = {
        "приказ": "О внедрении",
        "приложение": "1",
        "слово": "УТВЕРЖДЕНО",
        "чем": "приказ",
        "дата": day,
        "номер": number,
    }
    rows = of_order(
        point("1", "Сдать"),
        номер="147-од",
        дата="31.08.2026",
        more={"приложения": [appendix("1")], "грифы": [mark]},
    )
    assert [code for _, code in said(rows)] == codes


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "codes"),
    [
        ([point("1", "Сдать"), point("2", "")], ["missing-value"]),
        ([point("1", ""), point("2", "Сдать")], ["missing-value"]),
        ([point("1", "Сдать"), point("два", "Собрать")], ["bad-number"]),
        ([point("1", ""), point("1.1", "Сдать"), point("1.2", "Собрать")], []),
        ([point("1", "", кому=VERA), point("1.1", "Сдать")], []),
        ([point("1", ""), point("-", "Сдать"), point("-", "Собрать")], []),
        ([point("I", "Сдать"), point("II", "Собрать")], []),
        ([point("", "Сдать"), point("", "Собрать")], []),
    ],
)
def test_a_point_has_words_and_a_number_that_numbers(points: list[Row], codes: list[str]) -> None:
    assert [code for _, code in said(of_order(*points))] == codes


def test_what_is_annulled_is_not_remarked() -> None:
    for state, codes in (("на подписи", ["unpaired-mark", "day-off"]), ("аннулирован", [])):
        rows = of_order(point("1", "Сдать «план"), дата="06.09.2026", состояние=state)
        made, problems = linked(rows)
        found = without_signed([*problems, *check_workspace(made)], made)
        assert sorted(one.code for one in found) == sorted(codes)
