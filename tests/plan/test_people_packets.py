"""Packets of a pair, of a person, of consents: what they hold, and whose pay they never show."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest

from docgen.errors import Location
from docgen.model import Family, PlannedDocument, PlannedPacket, Record, Reference, Workspace
from docgen.plan import plan_documents, plan_packets
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
from tests.support.shipped import prepared

OLEG, ZOYA = "Шевченко Олег Игоревич", "Иванова-Белых Зоя Петровна"
ADULT, PUPIL = "Зуев Кирилл Олегович", "Гайдай Ольга Олеговна"
MAIN, PAY, PUPILS = "О парах", "О выплатах", "О парах обучающихся"
OF_PUPILS: dict[str, Cell] = {"форма": "ученик – ученик", "приказ": PUPILS, "оформление": "вне ТК"}
PAID: dict[str, Cell] = {
    "приказ": MAIN,
    "приказ_выплаты": PAY,
    "оформление": "доп. соглашение",
    "размер": 10,
    "единица": "рублей",
}
EXTRA = ("пара", "пара_обучающихся", "согласия", "согласия_обучающихся", "выписки")


def orders() -> list[Row]:
    about = {
        MAIN: "закрепление пар педагогов",
        PAY: "выплаты за наставничество",
        PUPILS: "закрепление пар обучающихся",
    }
    return [
        order(имя=name, номер=f"{number}-од", о_чём=words)
        for number, (name, words) in enumerate(about.items(), 1)
    ]


@functools.cache
def school_of(said: str) -> tuple[Workspace, tuple[PlannedDocument, ...]]:
    """Return a school with a pair, a group and a pair of pupils, and its documents."""
    rows: dict[str, list[Row]] = {
        "приказы": orders(),
        "пары": [
            pair(ANNA, DENIS, **PAID),
            pair(OLEG, ANNA, группа="молодые", **PAID),
            pair(OLEG, ZOYA, группа="молодые", **PAID),
            pair(ADULT, PUPIL, **OF_PUPILS),
        ],
        "дети": [
            {"фио": ADULT, "рождён": "01.09.2007", "класс": "11"},
            {"фио": PUPIL, "рождён": "02.09.2007", "класс": "11"},
        ],
        "цели": [
            {
                "имя": f"Учёт: {whom}",
                "для_кого": whom,
                "цель": "учёт",
                "данные": "фамилия, имя, отчество",
                "действия": "сбор, хранение",
                "срок": "31.08.2027",
            }
            for whom in ("работники", "обучающиеся")
        ],
        "настройки": [{"комплекты": said}, {"выписки_о_парах": "да"}],
    }
    staff = [person(OLEG, "учитель физики", пол="м"), person(ZOYA, "педагог-психолог", пол="ж")]
    made = workspace(school(rows, staff=staff))
    return made, tuple(plan_documents(made, shipped_kinds()).documents)


def packets(said: str, kind: str) -> list[PlannedPacket]:
    made, documents = school_of(said)
    known = prepared("school").packets
    return plan_packets(documents, {kind: known[kind]}, made)


def held(one: PlannedPacket, said: str) -> list[PlannedDocument]:
    _, documents = school_of(said)
    by_key = {document.key: document for document in documents}
    return [by_key[key] for key in one.documents]


@pytest.mark.parametrize("kind", EXTRA)
def test_nobody_gets_a_packet_that_the_settings_do_not_ask_for(kind: str) -> None:
    assert packets("", kind) == []


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("пары", {"пара", "пара_обучающихся"}),
        ("согласия; выписки", {"согласия", "согласия_обучающихся", "выписки"}),
    ],
)
def test_the_settings_may_ask_for_several(said: str, kinds: set[str]) -> None:
    assert {kind for kind in EXTRA if packets(said, kind)} == kinds


def test_a_pair_and_a_group_have_a_packet_each() -> None:
    assert [one.title for one in packets("пары", "пара")] == [
        "Пара. Петрова А.С. – Кузнецов Д.О., с 14.09.2026",
        "Пара. Шевченко О.И. – группа «молодые», с 14.09.2026",
    ]
    assert [one.title for one in packets("пары", "пара_обучающихся")] == [
        "Пара обучающихся. Зуев К.О. – Гайдай О.О., с 14.09.2026"
    ]


def test_a_packet_of_a_pair_holds_its_consents_and_nobody_elses_papers() -> None:
    first, group = packets("пары", "пара")
    consents = {one.title for one in held(first, "пары") if one.kind.family == Family.CONSENT}
    assert consents == {
        "Согласие на наставничество: Петрова А.С. (наставник)",
        "Согласие на наставничество: Кузнецов Д.О. (наставляемый)",
    }
    assert not set(first.documents) & set(group.documents)
    asked = [one for one in held(group, "пары") if one.kind.name == "согласие_на_наставничество"]
    assert len(asked) == 3


@pytest.mark.parametrize("kind", ["пара", "пара_обучающихся"])
def test_a_packet_of_a_pair_shows_nobodys_pay_and_nobodys_passport(kind: str) -> None:
    for one in packets("пары", kind):
        assert held(one, "пары")
        assert [paper.title for paper in held(one, "пары") if paper.kind.is_apart] == []
        assert [paper.title for paper in held(one, "пары") if paper.kind.personal] == []


def test_extracts_of_a_packet_are_one_persons() -> None:
    found = packets("выписки", "выписки")
    assert [one.title for one in found] == [
        f"Выписки. {name}"
        for name in ("Иванова-Белых З.П.", "Кузнецов Д.О.", "Петрова А.С.", "Шевченко О.И.")
    ]
    for one in found:
        people = [paper.variables["участник"] for paper in held(one, "выписки")]
        assert len({person.identity for person in people if isinstance(person, Reference)}) == 1
    # A mentor who is somebody's mentee, too: three extracts, two about pairs and one about pay.
    (own,) = [one for one in found if "Петрова" in one.title]
    assert sorted(one.kind.name for one in held(own, "выписки")) == [
        "выписка_о_выплате",
        "выписка_о_паре",
        "выписка_о_паре",
    ]


def test_an_extract_of_any_order_lies_with_the_others_of_its_person() -> None:
    made, documents = school_of("выписки")
    mine = next(one for one in documents if one.kind.name == "выписка_о_паре")
    person = Reference("сотрудники", OLEG, OLEG)
    row = Record("выписки", OLEG, {"лицо": person}, {}, Location())
    kind = shipped_kinds()["выписка_из_приказа"]
    variables = {"выписка": row}
    quoted = replace(mine, kind=kind, key="выписка_из_приказа|1", variables=variables, order=None)
    known = {"выписки": prepared("school").packets["выписки"]}
    (own,) = [
        one for one in plan_packets([*documents, quoted], known, made) if "Шевченко" in one.title
    ]
    assert quoted.key in own.documents
    assert len(own.documents) > 1


def test_consents_of_workers_and_of_pupils_lie_apart() -> None:
    (workers,) = packets("согласия", "согласия")
    (pupils,) = packets("согласия", "согласия_обучающихся")
    assert not set(workers.documents) & set(pupils.documents)
    _, documents = school_of("согласия")
    consents = {
        one.key for one in documents if one.kind.family == Family.CONSENT and not one.is_blank_form
    }
    assert {*workers.documents, *pupils.documents} == consents
    for paper in held(pupils, "согласия"):
        row = paper.variables["пара"]
        assert isinstance(row, Record)
        assert row.values["форма"] == "ученик – ученик"


def test_every_kind_that_a_shipped_packet_names_is_there() -> None:
    named = {kind for one in prepared("school").packets.values() for kind in one.kinds}
    assert named
    assert named <= shipped_kinds().keys()


def test_copies_of_a_year_are_as_they_were_without_the_setting() -> None:
    made, documents = school_of("")
    known = prepared("school").packets["комплект_года"]
    (copies,) = plan_packets(documents, {known.name: known}, made)
    assert not [one for one in held(copies, "") if one.kind.is_apart]
    assert plan_packets(documents, {known.name: replace(known, kinds=("нет",))}, made) == []
