"""Names, posts and bodies that are typed in an oblique case are told, with what is meant."""

from __future__ import annotations

import pytest

from docgen import russian
from docgen.errors import Problem
from docgen.records import check_workspace
from tests.support.builders import Row, RowsByRegister, linked, order, person, school

_MARK: Row = {"приказ": "О внедрении", "слово": "ПРИНЯТО", "кто": "педагогический совет"}


def staff(row: Row) -> RowsByRegister:
    rows = school({})
    return {**rows, "сотрудники": [*rows["сотрудники"], row]}


def mistakes_in(rows: RowsByRegister) -> list[Problem]:
    made, problems = linked(rows)
    assert problems == []
    return [one for one in check_workspace(made) if one.code == "oblique-form"]


@pytest.mark.parametrize(
    ("name", "gender", "meant"),
    [
        ("Гладилову О.А.", "ж", "Гладилова О.А."),
        ("Гладилову О.А.", "м", "Гладилов О.А."),
        ("Ивановой Марии Петровне", "ж", "Иванова Мария Петровна"),
        ("Зайцу Петру Ильичу", "м", "Заяц Петр Ильич"),
    ],
)
def test_a_name_typed_in_an_oblique_case_is_told_with_its_nominative(
    name: str, gender: str, meant: str
) -> None:
    rows = staff({**person(name, "учитель"), "пол": gender})
    mistakes = mistakes_in(rows)
    assert [f"возможно, «{meant}»" in one.message for one in mistakes] == [True]


@pytest.mark.parametrize(
    "post",
    [
        "заместителю директора",
        "учителя-логопеда",
        "главным бухгалтером",
        # Of one person no plural is meant.
        "учителя математики",
        "мастера производственного обучения",
        "сторожа",
    ],
)
def test_a_post_typed_in_an_oblique_case_is_told_with_its_nominative(post: str) -> None:
    rows = staff(person("Орлова Мария Петровна", post))
    (mistake,) = mistakes_in(rows)
    meant = next(each for each in russian.nominative_of(post) if each.case != "им")
    assert f"возможно, «{meant.text}»:" in mistake.message


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Шевченко Ольга Ивановна", "ж"),
        ("Садовой И.П.", "м"),
        ("Ким Н.О.", "ж"),
        ("Нгуен Тхи Лан", "ж"),
        ("Мунтяну Ион", "м"),
        ("Черных М.С.", "ж"),
        ("Сова А.А.", "м"),
        ("Мамедов Эльчин Али оглы", "м"),
    ],
)
def test_a_name_that_may_be_in_the_nominative_is_not_told(name: str, gender: str) -> None:
    rows = staff({**person(name, "учитель"), "пол": gender})
    assert mistakes_in(rows) == []


@pytest.mark.parametrize(
    ("name", "former", "is_oblique"),
    [
        ("Орлова Мария Петровна", "Ивановой", True),
        ("Орлова Мария Петровна", "Береговой", True),
        ("Орлова Мария Петровна", "Иванова", False),
        ("Орлова Мария Петровна", "Мельник", False),
        ("Орлов Иван Петрович", "Береговой", False),
        ("Орлов Иван Петрович", "Сухих", False),
    ],
)
def test_a_former_surname_typed_in_an_oblique_case_is_told(
    name: str, former: str, *, is_oblique: bool
) -> None:
    rows = staff(person(name, "учитель", прежняя_фамилия=former, прежняя_по="31.12.2026"))
    assert len(mistakes_in(rows)) == is_oblique


@pytest.mark.parametrize(
    ("post", "is_oblique"),
    [
        ("исполняющего обязанности директора", True),
        ("Заместителя директора", True),
        ("Исполняющий обязанности\nдиректора", False),
        ("И.о. директора", False),
        ("и.о. директора,\nзаместитель директора", False),
    ],
)
def test_the_post_of_an_acting_head_is_typed_in_the_nominative(
    post: str, *, is_oblique: bool
) -> None:
    rows = school({}, card=[{"должность_исполняющего": post}])
    assert len(mistakes_in(rows)) == is_oblique


@pytest.mark.parametrize(
    ("document", "is_oblique"),
    [
        ("приказа", True),
        ("решения", True),
        ("приказ", False),
        ("протокол", False),
        ("выписка из протокола", False),
        # As the column asks: it is printed so.
        ("приказом", False),
    ],
)
def test_by_which_document_is_typed_in_the_nominative_or_as_asked(
    document: str, *, is_oblique: bool
) -> None:
    mark: Row = {**_MARK, "чем": document}
    rows = school({"приказы": [order()], "грифы": [mark]})
    assert len(mistakes_in(rows)) == is_oblique


def test_the_kind_of_one_order_is_no_plural() -> None:
    (mistake,) = mistakes_in(school({"приказы": [order(вид="распоряжения")]}))
    assert "«распоряжение»" in mistake.message


@pytest.mark.parametrize("typed", ["Зайцу П.И.", "Зайца Петра Ильича", "П.И. Зайцем"])
def test_a_person_named_in_an_oblique_case_is_found_in_the_register(typed: str) -> None:
    rows = staff({**person("Заяц Петр Ильич", "учитель"), "пол": "м"})
    pair: Row = {"наставник": typed, "наставляемый": "Орлов Денис"}
    _, problems = linked({**rows, "пары": [pair]})
    messages = [one.message for one in problems if typed in one.message]
    assert ["«Заяц" in message and "падеж" in message for message in messages] == [True]
