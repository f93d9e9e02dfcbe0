"""What is said of mentoring pairs, and what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    checked,
    order,
    pair,
    person,
    school,
    spot,
)

PUPIL, FRIEND = "Смирнов Илья Андреевич", "Белых Яна Олеговна"
OLEG = "Шапиро Олег Игоревич"
OF_TEACHERS, OF_PUPILS = "закрепление пар педагогов", "закрепление пар обучающихся"
CODES = ("bad-choice", "bad-date", "bad-period", "pair-doubtful", "pair-people")


def child(name: str, **more: Cell) -> Row:
    return {
        "фио": name,
        "рождён": "15.04.2012",
        "класс": "9 «А»",
        "представитель": "Смирнова Ольга Николаевна",
        "кем_приходится": "мать",
        **more,
    }


def said(
    *pairs: Row, orders: Sequence[Row] = (), setting: str = "2026/2027", **until: str
) -> list[str]:
    """Return code and cell of each remark on pairs, with its words."""
    rows = {
        "приказы": orders,
        "пары": pairs,
        "дети": [child(PUPIL), child(FRIEND)],
        "настройки": [{"учебный_год": setting}] if setting else [],
    }
    problems = checked(school(rows, staff=[person(OLEG, "учитель", **until)]))
    return [
        f"{one.code} {spot(one)}: {one.message}"
        for one in problems
        if one.code in CODES and one.where.sheet == "Пары"
    ]


def starts(found: list[str]) -> list[str]:
    return [one.partition(":")[0] for one in found]


def test_a_usual_pair_is_not_remarked() -> None:
    pupils = pair(PUPIL, FRIEND, форма="ученик – ученик")
    orders = [order(о_чём=OF_TEACHERS), order(имя="О детях", номер="2", о_чём=OF_PUPILS)]
    assert said(pair(OLEG, DENIS), pupils, orders=orders) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("учитель-учитель", "педагог – педагог"),
        ("учитель – ученик", "педагог – ученик"),
        ("ученик - учащийся", "ученик – ученик"),
        ("Преподаватель/преподаватель", "педагог – педагог"),
        ("директор – педагог", "руководитель – педагог"),
        ("педагог – педогог", "педагог – педагог"),
        ("студент – школьник", "студент – ученик"),
        ("предприятие – обучающийся", "работодатель – ученик"),
    ],
)
def test_an_unknown_form_is_an_error_that_offers_the_nearest(typed: str, meant: str) -> None:
    (only,) = said(pair(OLEG, DENIS, форма=typed))
    assert only == (
        f"bad-choice форма 2: пара Шапиро – Кузнецов: формы «{typed}» нет, и ни в один приказ пара "
        f"не попадёт; возможно, вы имели в виду «{meant}»; выберите из списка"
    )


@pytest.mark.parametrize(
    "typed", ["педагог-педагог", "Педагог — педагог", "педагог – педагог", "педагог -педагог"]
)
def test_a_form_is_known_however_its_dash_is_typed(typed: str) -> None:
    assert said(pair(OLEG, DENIS, форма=typed)) == []


def test_nobody_is_a_mentor_of_himself() -> None:
    assert starts(said(pair(OLEG, OLEG))) == ["pair-people наставляемый 2"]


@pytest.mark.parametrize(
    ("form", "mentor", "mentee", "found"),
    [
        ("педагог – педагог", PUPIL, DENIS, ["pair-people наставник 2"]),
        ("ученик – ученик", OLEG, FRIEND, ["pair-people наставник 2"]),
        ("ученик – ученик", PUPIL, DENIS, ["pair-people наставляемый 2"]),
        (
            "ученик – ученик",
            OLEG,
            DENIS,
            ["pair-people наставник 2", "pair-people наставляемый 2"],
        ),
        ("педагог – ученик", OLEG, FRIEND, []),
        ("педагог – ученик", PUPIL, FRIEND, ["pair-people наставник 2"]),
        ("руководитель – педагог", OLEG, DENIS, []),
        ("студент – ученик", PUPIL, FRIEND, []),
        ("студент – ученик", OLEG, FRIEND, []),
        ("работодатель – ученик", OLEG, FRIEND, []),
        ("социальный партнёр – педагог", FRIEND, DENIS, ["pair-people наставник 2"]),
    ],
)
def test_a_form_says_from_which_sheet_its_people_are(
    form: str, mentor: str, mentee: str, found: list[str]
) -> None:
    assert starts(said(pair(mentor, mentee, форма=form))) == found


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        (dt.date(2027, 9, 14), dt.date(2027, 5, 28), ["bad-period по 2"]),
        (dt.date(2026, 9, 14), dt.date(2026, 9, 14), []),
        (dt.date(1926, 9, 14), dt.date(2027, 5, 28), ["bad-date с 2"]),
        (dt.date(2026, 9, 14), dt.date(2207, 5, 28), ["bad-date по 2"]),
        (dt.date(2026, 9, 14), dt.date(2062, 5, 28), ["pair-doubtful по 2"]),
        (dt.date(2062, 9, 14), dt.date(2063, 5, 28), ["pair-doubtful с 2"]),
        (dt.date(2026, 9, 14), dt.date(2029, 9, 14), []),
        (dt.date(2026, 9, 14), dt.date(2029, 9, 15), ["pair-doubtful по 2"]),
        # Saturday and Sunday are no fault of a term.
        (dt.date(2026, 9, 12), dt.date(2027, 5, 30), []),
        (dt.date(2016, 9, 14), dt.date(2027, 5, 28), ["pair-doubtful по 2"]),
        (dt.date(2019, 9, 16), dt.date(2020, 5, 28), []),
    ],
)
def test_a_term_must_make_sense(begins: dt.date, ends: dt.date, found: list[str]) -> None:
    assert starts(said(pair(OLEG, DENIS, с=begins, по=ends))) == found


@pytest.mark.parametrize(
    ("dated", "named", "state", "is_said"),
    [
        (dt.date(2026, 9, 15), "О внедрении", "на подписи", True),
        (dt.date(2026, 9, 15), None, "на подписи", True),
        (dt.date(2026, 9, 14), "О внедрении", "на подписи", False),
        (None, "О внедрении", "на подписи", False),
        (dt.date(2026, 9, 15), "О внедрении", "подписан", False),
        (dt.date(2026, 9, 15), "О внедрении", "проект", True),
        (dt.date(2026, 9, 15), "О внедрении", "аннулирован", False),
    ],
)
def test_a_pair_that_begins_before_its_order_is_remarked_until_that_is_signed(
    dated: dt.date | None, named: str | None, state: str, *, is_said: bool
) -> None:
    orders = [order(о_чём=OF_TEACHERS, дата=dated, состояние=state)]
    found = said(pair(OLEG, DENIS, приказ=named), orders=orders)
    assert starts(found) == ["pair-doubtful с 2"] * is_said
    assert not is_said or found[0].endswith(
        "пара Шапиро – Кузнецов: начинается 14.09.2026, раньше, чем приказ № 1-од «О внедрении» от "
        "15.09.2026 (E2); сверьте даты"
    )


@pytest.mark.parametrize(
    ("about", "form", "is_said"),
    [
        (OF_TEACHERS, "педагог – педагог", False),
        (OF_PUPILS, "педагог – педагог", False),
        ("назначение куратора", "педагог – педагог", True),
        ("свой текст", "педагог – педагог", False),
    ],
)
def test_a_pair_whose_order_does_not_print_it_is_remarked(
    about: str, form: str, *, is_said: bool
) -> None:
    found = said(pair(OLEG, DENIS, форма=form, приказ="О внедрении"), orders=[order(о_чём=about)])
    assert starts(found) == ["pair-doubtful приказ 2"] * is_said


@pytest.mark.parametrize(
    ("until", "more", "is_said"),
    [
        ("27.05.2027", {}, True),
        ("28.05.2027", {}, False),
        ("01.02.2026", {}, True),
        ("31.12.2026", {"прекращена": "01.01.2027"}, False),
        ("31.12.2026", {"прекращена": "31.12.2026"}, False),
        ("31.12.2026", {"прекращена": "11.01.2027"}, True),
    ],
)
def test_who_leaves_before_the_pair_ends_is_said(
    until: str, more: dict[str, Cell], *, is_said: bool
) -> None:
    for mentor, mentee, role in ((OLEG, DENIS, "наставник"), (ANNA, OLEG, "наставляемый")):
        found = said(pair(mentor, mentee, **more), по=until)
        assert starts(found) == [f"pair-doubtful {role} 2"] * is_said


def test_who_leaves_is_said_of_signed_orders_too() -> None:
    orders = [order(о_чём=OF_TEACHERS, состояние="подписан")]
    found = said(pair(OLEG, DENIS, приказ="О внедрении"), orders=orders, по="31.12.2026")
    assert found == [
        "pair-doubtful наставник 2: пара Шапиро – Кузнецов: наставник Шапиро Олег Игоревич "
        "работает по 31.12.2026, а пара – до 28.05.2027; впишите «Прекращена с» или исправьте дату"
    ]


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"прекращена": dt.date(2026, 9, 1), "причина": "отмена"}, "прекращена"),
        ({"причина": "отмена"}, "прекращена"),
    ],
)
def test_the_end_of_a_pair_makes_sense(more: Row, column: str) -> None:
    assert starts(said(pair(ANNA, DENIS, **more))) == [f"pair-doubtful {column} 2"]


def test_who_begins_after_the_pair_does_is_said() -> None:
    late = person("Новый Иван Петрович", "учитель", с=dt.date(2026, 10, 1))
    rows = school({"пары": [pair(ANNA, "Новый Иван Петрович")]}, staff=[late])
    assert [spot(one) for one in checked(rows)] == ["наставляемый 2"]


@pytest.mark.parametrize(
    ("first", "second", "has_remark"),
    [
        ({}, {"с": dt.date(2026, 10, 1)}, True),
        ({"прекращена": dt.date(2026, 10, 1)}, {"с": dt.date(2026, 10, 1)}, False),
        ({"по": dt.date(2027, 1, 29)}, {"с": dt.date(2027, 2, 1)}, False),
        ({}, {"наставник": "Иванова Мария Петровна"}, False),
    ],
)
def test_one_pair_stands_once_at_one_time(first: Row, second: Row, *, has_remark: bool) -> None:
    rows = [pair(ANNA, DENIS, **first), pair(ANNA, DENIS, **second)]
    remarks = [one for one in checked(school({"пары": rows})) if one.code == "pair-doubtful"]
    assert [spot(one) for one in remarks] == (["с 3"] if has_remark else [])


def test_many_pairs_before_their_order_are_one_slip_of_its_date() -> None:
    mentees = [person(f"Ученик Иван {name}", "учитель") for name in ("Ильич", "Лукич", "Фомич")]
    pairs = [pair(ANNA, str(one["фио"]), приказ="О парах") for one in mentees]
    late = order(имя="О парах", о_чём="закрепление пар педагогов", дата=dt.date(2026, 11, 2))
    rows = school(
        {"приказы": [late], "пары": [*pairs, pair(ANNA, DENIS, приказ="О парах")]}, staff=mentees
    )
    remarks = [one for one in checked(rows) if one.code == "pair-doubtful"]
    assert [spot(one) for one in remarks] == ["дата 2"]


@pytest.mark.parametrize(
    ("pay", "source", "found"),
    [
        ("", "фонд оплаты труда", ["pair-doubtful выплата 2"]),
        ("10 % оклада", "фонд оплаты труда", []),
        ("10 % оклада", "", []),
        ("", "", []),
    ],
)
def test_a_source_beside_no_pay_is_remarked(pay: str, source: str, found: list[str]) -> None:
    assert starts(said(pair(ANNA, DENIS, выплата=pay, источник=source))) == found
