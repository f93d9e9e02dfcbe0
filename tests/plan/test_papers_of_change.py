"""Papers that end, replace, prolong and add pairs: whose they are, and what may not be of them."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.model import Record
from docgen.plan import Plan, plan_documents
from docgen.wording import Scope
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    order,
    pair,
    person,
    school,
    shipped_kinds,
    workspace,
)

OLEG, ZOYA = "Шевченко Олег Игоревич", "Иванова-Белых Зоя Петровна"
PAIRS_ORDER, ENDING, REPLACING = "О парах", "О прекращении", "О замене"
NOVEMBER = dt.date(2026, 11, 20)


def orders(*more: Row, state: str = "на подписи") -> list[Row]:
    main = order(имя=PAIRS_ORDER, номер="5-од", о_чём="закрепление пар педагогов", состояние=state)
    return [main, *more]


def ending(**more: Cell) -> Row:
    return order(
        имя=ENDING,
        номер="9-од",
        дата=NOVEMBER,
        о_чём="прекращение наставничества",
        изменяет=PAIRS_ORDER,
        **more,
    )


def replacing(**more: Cell) -> Row:
    row: Row = {
        "имя": REPLACING,
        "номер": "8-од",
        "дата": NOVEMBER,
        "о_чём": "замена наставника",
        "изменяет": PAIRS_ORDER,
    }
    return order(**{**row, **more})


def plan_of(orders: list[Row], *pairs: Row) -> Plan:
    staff = [person(OLEG, "учитель физики", пол="м"), person(ZOYA, "педагог-психолог", пол="ж")]
    made = workspace(school({"приказы": orders, "пары": pairs}, staff=staff))
    return plan_documents(made, shipped_kinds())


def keys(plan: Plan, kind: str) -> list[str]:
    return [one.key for one in plan.documents if one.kind.name == kind and not one.is_blank_form]


def mentors_in(plan: Plan, kind: str) -> list[str]:
    """Return the surnames of the mentors whose pairs the only paper of a kind is about."""
    (document,) = [one for one in plan.documents if one.kind.name == kind]
    pairs = document.variables["пары"]
    assert isinstance(pairs, tuple)
    return [one.identity.split()[0] for one in pairs if isinstance(one, Record)]


def remarks(plan: Plan, code: str = "paper-doubtful") -> list[str]:
    return [f"{one.where.cell}: {one.message}" for one in plan.problems if one.code == code]


ENDED: dict[str, Cell] = {
    "прекращена": dt.date(2026, 12, 1),
    "причина": "отмена",
    "инициатор": "работодатель",
    "прекращена_приказом": ENDING,
}


@pytest.mark.parametrize(
    ("handed", "ends", "earliest"),
    [
        # The day of handing is not counted; three working days are full ones.
        ("11.11.2026", "17.11.2026", ""),
        ("11.11.2026", "16.11.2026", "17.11.2026"),
        # Friday: Saturday and Sunday are no working days.
        ("13.11.2026", "18.11.2026", "19.11.2026"),
        ("13.11.2026", "19.11.2026", ""),
        # Before the holidays of the new year.
        ("30.12.2026", "13.01.2027", "14.01.2027"),
        ("30.12.2026", "14.01.2027", ""),
        # Handed on a day off.
        ("14.11.2026", "19.11.2026", ""),
        ("14.11.2026", "18.11.2026", "19.11.2026"),
    ],
)
def test_an_employer_gives_three_full_working_days(handed: str, ends: str, earliest: str) -> None:
    day = dt.datetime.strptime
    row = ENDED | {
        "уведомлён": day(handed, "%d.%m.%Y").date(),
        "прекращена": day(ends, "%d.%m.%Y").date(),
    }
    found = remarks(plan_of(orders(ending()), pair(ANNA, DENIS, приказ=PAIRS_ORDER, **row)))

    findings = [one for one in found if "три рабочих дня" in one]
    assert bool(findings) is bool(earliest)
    assert all(f"не ранее {earliest}" in one for one in findings)


def test_a_worker_who_refuses_has_no_term() -> None:
    row = ENDED | {"инициатор": "работник", "уведомлён": dt.date(2026, 11, 30)}
    found = plan_of(orders(ending()), pair(ANNA, DENIS, приказ=PAIRS_ORDER, **row))

    assert remarks(found) == []
    assert len(keys(found, "заявление_об_отказе")) == 1
    assert keys(found, "уведомление_об_отмене") == []


@pytest.mark.parametrize("form", ["обязанность", "внешний", "вне ТК"])
def test_who_is_no_mentor_by_article_351_8_gets_no_notice(form: str) -> None:
    row = ENDED | {"оформление": form}
    found = plan_of(orders(ending()), pair(ANNA, DENIS, приказ=PAIRS_ORDER, **row))

    assert keys(found, "уведомление_об_отмене") == []
    assert len(keys(found, "приказ_о_прекращении")) == 1


def test_a_notice_is_no_paper_of_the_order_that_has_formed_the_pair() -> None:
    row = ENDED | {"уведомлён": dt.date(2026, 11, 11), "прекращена_приказом": None}
    found = plan_of(
        orders(state="подписан без docgen"), pair(ANNA, DENIS, приказ=PAIRS_ORDER, **row)
    )
    notices = [one for one in found.documents if one.kind.name == "уведомление_об_отмене"]
    (notice,) = [one for one in notices if not one.is_blank_form]

    assert notice.order is None
    assert notice.state == "на подписи"
    assert notice.date == dt.date(2026, 11, 11)


def test_an_order_of_end_leaves_replaced_pairs_to_the_order_of_replacement() -> None:
    old = ENDED | {"прекращена_приказом": None, "уведомлён": dt.date(2026, 11, 11)}
    found = plan_of(
        orders(ending(), replacing()),
        pair(ANNA, DENIS, приказ=PAIRS_ORDER, **old),
        pair(OLEG, ZOYA, приказ=PAIRS_ORDER, **old),
        pair(ZOYA, DENIS, приказ=REPLACING, вместо="Петрова – Кузнецов", с=dt.date(2026, 12, 1)),
    )

    assert mentors_in(found, "приказ_о_прекращении") == ["Шевченко"]
    assert mentors_in(found, "приказ_о_замене") == ["Иванова-Белых"]


def test_the_former_mentor_is_acquainted_with_the_replacement() -> None:
    found = plan_of(
        orders(replacing(ознакомить="участники")),
        pair(ANNA, DENIS, приказ=PAIRS_ORDER, **ENDED | {"прекращена_приказом": None}),
        pair(OLEG, DENIS, приказ=REPLACING, вместо="Петрова – Кузнецов", с=dt.date(2026, 12, 1)),
    )
    (sheet,) = [one for one in found.documents if one.kind.name == "лист_ознакомления"]

    assert {one.name for one in sheet.signers} == {ANNA, DENIS, OLEG}


@pytest.mark.parametrize(
    ("former", "instead", "words"),
    [
        ({}, "Петрова – Кузнецов", "не сказано, с какого дня прекращена"),
        (ENDED, "Петровой А.С.", "выберите её в «Вместо пары»"),
    ],
)
def test_a_replacement_of_nobody_is_not_printed(former: Row, instead: str, words: str) -> None:
    found = plan_of(
        orders(replacing()),
        pair(ANNA, DENIS, приказ=PAIRS_ORDER, **{**former, "прекращена_приказом": None}),
        pair(OLEG, DENIS, приказ=REPLACING, вместо=instead, с=dt.date(2026, 12, 1)),
    )

    assert any(words in one for one in remarks(found))
    assert keys(found, "приказ_о_замене") == []


def test_a_draft_is_printed_with_its_faults() -> None:
    found = plan_of(
        orders(replacing(состояние="проект")),
        pair(ANNA, DENIS, приказ=PAIRS_ORDER),
        pair(OLEG, DENIS, приказ=REPLACING, вместо="Петрова – Кузнецов", с=dt.date(2026, 12, 1)),
    )

    assert len(keys(found, "приказ_о_замене")) == 1
    assert not any(one.is_error for one in found.problems if one.code == "paper-doubtful")


def test_rows_of_more_pairs_go_on_from_the_first_order() -> None:
    more: Row = {"о_чём": "дополнительные пары педагогов", "изменяет": PAIRS_ORDER}
    rows = orders(
        order(имя="О новых", номер="6-од", дата=dt.date(2026, 10, 1), **more),
        order(имя="О других", номер="7-од", дата=dt.date(2026, 11, 2), **more),
    )
    staff = [person(OLEG, "учитель физики"), person(ZOYA, "педагог-психолог")]
    pairs = [
        pair(ANNA, DENIS),
        pair(ANNA, ZOYA, группа="Весна"),
        pair(ANNA, OLEG, группа="Весна"),
        pair(OLEG, ZOYA, приказ="О новых"),
        pair(OLEG, DENIS, приказ="О других"),
    ]
    made = workspace(school({"приказы": rows, "пары": pairs}, staff=staff))
    scope = Scope(made, NOVEMBER)

    numbers = [scope.view(one).номер_строки for one in made.records["пары"]]
    assert numbers == [1, 2, 2, 3, 4]
    assert [scope.view(one).строк_до for one in made.records["приказы"]] == [0, 2, 3]


@pytest.mark.parametrize(
    ("prolonged", "words"),
    [
        (dt.date(2027, 5, 28), "впишите новый последний день"),
        (dt.date(2028, 1, 10), "не больше чем на год"),
        (dt.date(2027, 6, 30), ""),
    ],
)
def test_a_pair_is_prolonged_within_a_year_of_its_begin(prolonged: dt.date, words: str) -> None:
    rows = orders(
        order(
            имя="О продлении",
            номер="9-од",
            дата=dt.date(2027, 5, 20),
            о_чём="продление наставничества",
        )
    )
    row: Row = {
        "с": dt.date(2026, 9, 14),
        "по": dt.date(2027, 5, 28),
        "продлена": prolonged,
        "продлена_приказом": "О продлении",
    }
    found = remarks(plan_of(rows, pair(ANNA, DENIS, приказ=PAIRS_ORDER, **row)))

    assert [words in one for one in found] == ([True] if words else [])


def test_an_order_of_pay_knows_nothing_of_pairs_that_a_later_order_forms() -> None:
    pay = order(имя="О выплатах", номер="6-л", дата=dt.date(2026, 9, 14))
    pay["о_чём"] = "выплаты за наставничество"
    agreed: Row = {"оформление": "доп. соглашение", "размер": 10, "единица": "% ставки"}
    first = pair(ANNA, DENIS, приказ=PAIRS_ORDER, **agreed)
    later = pair(OLEG, ZOYA, приказ=REPLACING, **agreed)
    listed = mentors_in(plan_of(orders(pay, replacing()), first, later), "приказ_о_выплатах")
    assert listed == [ANNA.split()[0]]
    named = mentors_in(
        plan_of(orders(pay, replacing()), first, later | {"приказ_выплаты": "О выплатах"}),
        "приказ_о_выплатах",
    )
    assert named == [ANNA.split()[0], OLEG.split(maxsplit=1)[0]]
