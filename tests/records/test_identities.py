"""Who is who: references, namesakes, rows of one person over time."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import Problem
from docgen.model import Phrase, Reference, Value
from docgen.records.identities import offered_name
from docgen.records.rows import read_drafts
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    linked,
    order,
    pair,
    person,
    point,
    raw_sheets,
    school,
    shipped_schemas,
    spot,
    workspace,
)

OLGA = "Кузнецова Ольга Николаевна"
NAMESAKES = (
    person(OLGA, "учитель", таб="112", рождён=dt.date(1980, 2, 1)),
    person(OLGA, "методист", таб="247", рождён=dt.date(1999, 5, 7)),
)
BY_BIRTH = (
    person(OLGA, "учитель", рождён=dt.date(1980, 2, 1)),
    person(OLGA, "методист", рождён=dt.date(1999, 5, 7)),
)


def signed_by(text: str, *staff: Row) -> tuple[Value, list[Problem]]:
    """Return what «Подписывает» points to when a cell says so."""
    rows = school({"приказы": [order(подписывает=text)]}, staff=staff)
    made, problems = linked(rows)
    return made.records["приказы"][0].values["подписывает"], problems


def identity(text: str, *staff: Row) -> str:
    value, problems = signed_by(text, *staff)
    assert problems == []
    assert isinstance(value, Reference)
    return value.identity


def fault(text: str, *staff: Row) -> str:
    value, (problem,) = signed_by(text, *staff)
    assert value is None
    assert problem.code == "unknown-ref"
    assert spot(problem) == "подписывает 2"
    return problem.message


def addressees(text: str, *, bodies: tuple[Row, ...] = ()) -> tuple[Value, list[Problem]]:
    """Return what «Кому» of a point holds when a cell says so."""
    rows = school({"приказы": [order()], "пункты": [point("1", кому=text)], "организации": bodies})
    made, problems = linked(rows)
    return made.records["пункты"][0].values["кому"], problems


# --- one bearer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Петрова Анна Сергеевна", "петрова  анна\u00a0сергеевна", "ПЕТРОВА АННА СЕРГЕЕВНА"]
)
def test_a_full_name_is_found_whatever_its_letters_and_blanks(text: str) -> None:
    assert identity(text) == "Петрова Анна Сергеевна"


def test_a_reference_to_nobody_is_told_with_the_closest_name() -> None:
    message = fault("Петрова Анна Сергевна")
    assert "нет такой записи на листе «Сотрудники»: «Петрова Анна Сергевна»" in message
    assert "возможно, вы имели в виду «Петрова Анна Сергеевна»" in message


def test_a_latin_letter_in_a_reference_is_named() -> None:
    message = fault("Пeтрова Анна Сергеевна")
    assert "здесь в слове «Пeтрова» буква «e» латинская, наберите его по-русски" in message


def test_a_name_that_nothing_resembles_gets_no_hint() -> None:
    assert "возможно" not in fault("Ъ")


def test_a_person_is_found_by_the_former_surname_too() -> None:
    married = person("Белова Инна Львовна", прежняя_фамилия="Серова", прежняя_по="31.08.2026")
    assert identity("Серова Инна Львовна", married) == "Белова Инна Львовна"


def test_a_body_is_found_by_its_short_and_its_full_name() -> None:
    body = {"краткое": "МБУ «Центр»", "полное": "Муниципальное бюджетное учреждение «Центр»"}
    for text in body.values():
        value, problems = addressees(text, bodies=(body,))
        assert problems == []
        assert value == (Reference("организации", "МБУ «Центр»", text),)


def test_an_order_is_found_by_its_number_but_a_name_of_its_own_wins() -> None:
    orders = [order(имя="О парах", номер="№ 2"), order(имя="2", номер="3")]
    for text, name in {"№ 2": "О парах", "3": "2", "2": "2"}.items():
        made = workspace(school({"приказы": orders, "пункты": [point("1", приказ=text)]}))
        value = made.records["пункты"][0].values["приказ"]
        assert isinstance(value, Reference)
        assert value.identity == name


def test_a_number_that_two_orders_bear_is_told_with_both() -> None:
    orders = [order(), order(имя="О парах", дата=dt.date(2027, 9, 1))]
    _, (problem,) = linked(school({"приказы": orders, "пункты": [point("1", приказ="1-од")]}))
    assert "может означать несколько записей: «О внедрении», «О парах»" in problem.message
    assert "впишите краткое имя" in problem.message


# --- namesakes -------------------------------------------------------------------------------


def test_a_bare_name_with_two_bearers_tells_both_as_the_dropdown_offers_them() -> None:
    message = fault(OLGA, *NAMESAKES)
    assert f"«{OLGA}» — так зовут двоих: «{OLGA} (таб. 112)» и «{OLGA} (таб. 247)»" in message
    assert "выберите из списка запись с отметкой в скобках" in message


def test_namesakes_without_numbers_are_told_by_their_birth_dates() -> None:
    message = fault(OLGA, *BY_BIRTH)
    assert f"«{OLGA} (01.02.1980)» и «{OLGA} (07.05.1999)»" in message


def test_three_bearers_are_all_told() -> None:
    message = fault(OLGA, *NAMESAKES, person(OLGA, таб="300"))
    assert "так зовут нескольких" in message
    assert "(таб. 300)" in message


def test_of_thousands_of_namesakes_five_are_named_and_none_takes_minutes() -> None:
    began = time.process_time()
    message = fault(OLGA, *(person(OLGA, таб=str(number)) for number in range(1, 6001)))
    assert "(таб. 5)» и ещё 5995;" in message
    assert time.process_time() - began < 30


def test_thousands_of_rows_of_one_person_are_each_called_a_twin() -> None:
    staff = [person(OLGA, "учитель") for _ in range(3000)]
    began = time.process_time()
    _, problems = linked(school(staff=staff))
    assert [one.code for one in problems] == ["duplicate-key"] * 2999
    assert time.process_time() - began < 30


def test_thousands_of_mistyped_names_are_not_all_compared() -> None:
    staff = [person(f"Белова Анна Номер{'абвгдежзик'[n % 10] * (n // 10 + 1)}") for n in range(400)]
    orders = [
        order(имя=f"О деле {n}", номер=f"{n}", подписывает=f"Зотов Пётр Номер{n}")
        for n in range(900)
    ]
    began = time.process_time()
    _, problems = linked(school({"приказы": orders}, staff=staff))
    assert sum(one.code == "unknown-ref" for one in problems) == 900
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "mark", ["таб. 247", "таб.247", "Таб. № 247", "№ 247", "табельный № 247", "07.05.1999"]
)
def test_a_namesake_is_chosen_by_the_mark_in_brackets(mark: str) -> None:
    assert identity(f"{OLGA} ({mark})", *NAMESAKES) == f"{OLGA}|таб. 247"


@pytest.mark.parametrize(
    "mark", ["07.05.1999", "7 мая 1999 г.", "07.05.1999 г.р.", "р. 07.05.1999"]
)
def test_a_namesake_is_chosen_by_the_birth_date_in_brackets(mark: str) -> None:
    chosen = identity(f"{OLGA} ({mark})", *BY_BIRTH)
    assert chosen == identity(f"{OLGA} (07.05.1999)", *BY_BIRTH)
    assert chosen != identity(f"{OLGA} (01.02.1980)", *BY_BIRTH)


def test_a_birth_date_stays_out_of_what_tells_a_person() -> None:
    assert "1999" not in identity(f"{OLGA} (07.05.1999)", *BY_BIRTH)


def test_what_tells_a_person_does_not_change_with_the_order_of_rows() -> None:
    text = f"{OLGA} (07.05.1999)"
    assert identity(text, *BY_BIRTH) == identity(text, *reversed(BY_BIRTH))


def test_a_mark_that_nobody_bears_is_told_with_the_closest_offer() -> None:
    assert f"возможно, вы имели в виду «{OLGA} (таб. 112)»" in fault(
        f"{OLGA} (таб. 11)", *NAMESAKES
    )


def test_a_mark_is_accepted_where_there_is_no_namesake() -> None:
    assert identity(f"{OLGA} (таб. 112)", NAMESAKES[0]) == OLGA


def test_of_two_bearers_one_without_a_mark_is_told_by_the_row() -> None:
    message = fault(OLGA, NAMESAKES[0], person(OLGA))
    assert f"«{OLGA} (таб. 112)» и «{OLGA}» (строка 6)" in message
    assert "впишите каждому табельный номер или дату рождения" in message


def test_dropdowns_and_messages_offer_a_namesake_alike() -> None:
    schema = shipped_schemas()["сотрудники"]
    drafts = read_drafts(raw_sheets({"сотрудники": list(NAMESAKES)})["сотрудники"], schema)
    drafts[0].mark = "таб. 112"
    assert offered_name(drafts[0]) == f"{OLGA} (таб. 112)"
    assert offered_name(drafts[1]) == OLGA


def test_a_pupil_and_a_teacher_of_one_name_are_told_apart_in_brackets() -> None:
    child = {"фио": OLGA, "рождён": "02.09.2012", "класс": "9", "представитель": "Мать"}
    for text, register in {
        OLGA: "",
        f"{OLGA} (02.09.2012)": "дети",
        f"{OLGA} (таб. 112)": "сотрудники",
    }.items():
        rows = school({"дети": [child], "пары": [pair(text, ANNA)]}, staff=NAMESAKES[:1])
        made, problems = linked(rows)
        mentor = made.records["пары"][0].values["наставник"]
        assert (mentor.register if isinstance(mentor, Reference) else "") == register
        assert all("«Сотрудники» и «Дети и родители»" in one.message for one in problems)


# --- rows of one person over time ------------------------------------------------------------


def row_of(post: str, begins: str, ends: str, **more: Cell) -> Row:
    return person(OLGA, post, с=begins, по=ends, **more)


@pytest.mark.parametrize("number", ["112", ""])
def test_a_new_post_is_a_new_row_of_one_person(number: str) -> None:
    rows = (
        row_of("учитель", "01.09.2020", "31.08.2026", таб="112"),
        row_of("завуч", "01.09.2026", "", таб=number),
    )
    made = workspace(school({"приказы": [order(подписывает=OLGA)]}, staff=rows))
    assert len(made.by_identity["сотрудники", OLGA]) == 2


def test_rows_that_share_any_mark_are_one_person() -> None:
    rows = (
        row_of("учитель", "", "31.08.2024", рождён="01.02.1980"),
        row_of("методист", "01.09.2024", "31.08.2025", таб="112"),
        row_of("завуч", "01.09.2025", "", таб="112", рождён="01.02.1980"),
    )
    made = workspace(school(staff=rows))
    assert len(made.by_identity["сотрудники", OLGA]) == 3


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        (("01.09.2020", "31.08.2025"), ("01.09.2025", ""), []),
        (("01.09.2020", "01.09.2025"), ("01.09.2025", ""), ["duplicate-key"]),
        (("", ""), ("", ""), ["duplicate-key"]),
    ],
)
def test_rows_of_one_person_must_not_hold_at_once(
    first: tuple[str, str], second: tuple[str, str], codes: list[str]
) -> None:
    rows = (row_of("учитель", *first), row_of("завуч", *second))
    assert [problem.code for problem in linked(school(staff=rows))[1]] == codes


def test_a_twin_is_told_by_its_row_with_what_to_do() -> None:
    _, (problem,) = linked(school(staff=[person(OLGA), person(OLGA)]))
    assert problem.where.cell == "A6"
    assert f"«{OLGA}» уже есть в строке 5; однофамильцам впишите табельный номер" in problem.message


def test_overlaps_are_found_between_rows_that_do_not_follow_each_other() -> None:
    rows = (
        row_of("учитель", "01.09.2020", ""),
        row_of("методист", "01.09.2018", "31.08.2019"),
        row_of("завуч", "01.09.2025", ""),
    )
    (problem,) = linked(school(staff=rows))[1]
    assert problem.where.cell == "A7"
    assert "в строке 5" in problem.message


def test_two_rows_of_one_key_are_one_too_many() -> None:
    rows = school({"приказы": [order(), order(номер="2-од")]})
    (problem,) = linked(rows)[1]
    assert problem.code == "duplicate-key"
    assert "оставьте одну из них" in problem.message


def test_a_pair_that_is_there_twice_is_not_told_by_its_mentor_alone() -> None:
    (problem,) = linked(school({"пары": [pair(ANNA, DENIS), pair(ANNA, DENIS)]}))[1]
    assert problem.code == "duplicate-key"
    assert problem.message == ("то же самое уже есть в строке 2; оставьте одну из них")


def test_one_pair_may_begin_twice() -> None:
    names = ("Петрова Анна Сергеевна", "Кузнецов Денис Олегович")
    pairs = [pair(*names), pair(*names, с=dt.date(2027, 9, 1), по=dt.date(2028, 5, 1))]
    assert len(workspace(school({"пары": pairs})).records["пары"]) == 2
    assert len(linked(school({"пары": [pair(*names), pair(*names)]}))[1]) == 1


# --- free words and choices ------------------------------------------------------------------


def test_words_that_no_register_holds_stay_words_where_they_may() -> None:
    value, problems = addressees("Руководители школ; специалисты отдела, методисты")
    assert problems == []
    assert value == (Phrase("Руководители школ"), Phrase("специалисты отдела, методисты"))


@pytest.mark.parametrize("name", ["Орлова Мария Ивановна", "Орлова М.И.", "Алиев Вагиф Расим оглы"])
def test_a_name_of_a_person_is_never_free_words(name: str) -> None:
    _, (problem,) = addressees(name)
    assert problem.code == "unknown-ref"
    assert "«Сотрудники» или «Организации»" in problem.message


def test_people_may_be_parted_by_commas_when_each_is_found() -> None:
    value, problems = addressees("Петрова Анна Сергеевна, Кузнецов Денис Олегович")
    assert problems == []
    assert isinstance(value, tuple)
    assert [item.identity for item in value if isinstance(item, Reference)] == [
        "Петрова Анна Сергеевна",
        "Кузнецов Денис Олегович",
    ]


def test_a_body_with_a_comma_in_its_name_is_one_body() -> None:
    bodies: tuple[Row, ...] = ({"краткое": "Школа, сад"}, {"краткое": "Школа"}, {"краткое": "сад"})
    value, problems = addressees("Школа, сад", bodies=bodies)
    assert problems == []
    assert value == (Reference("организации", "Школа, сад", "Школа, сад"),)


def test_a_choice_of_a_reference_column_stays_a_word() -> None:
    made = workspace(school({"приказы": [order(контроль="За собой", ознакомить="участники")]}))
    values = made.records["приказы"][0].values
    assert (values["контроль"], values["ознакомить"]) == ("за собой", ("участники",))


@given(st.text(st.characters(codec="cp1251", categories=["L", "P", "Zs", "N"]), min_size=1))
def test_any_words_are_linked_or_told(text: str) -> None:
    value, problems = addressees(text)
    assert problems or value is None or isinstance(value, tuple)
