"""Papers for people, purposes, groups and registers; what an order is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from docgen.model import BlankRow, Record, Reference
from docgen.plan import plan_documents
from docgen.plan.selection import rows_for_order
from tests.support.builders import (
    ANNA,
    DENIS,
    Cell,
    Row,
    appendix,
    linked,
    order,
    pair,
    person,
    point,
    school,
    workspace,
)
from tests.support.small_plan import (
    ADULT,
    CHILDREN,
    EACH,
    HEAD,
    MINOR,
    PAIRS,
    keys,
    kind,
    names,
    only,
    planned,
)

# --- one for each person, purpose, group, register -------------------------------------------


def pairs_of(**more: Any) -> list[str]:
    registers: dict[str, Sequence[Row]] = {"пары": PAIRS, "дети": CHILDREN}
    return [
        key.removeprefix("согласие|")
        for key in keys(registers, kind("согласие", "пары", each=EACH, **more))
    ]


def test_each_person_of_a_row_gets_a_paper_with_the_role() -> None:
    plan = planned({"пары": PAIRS[:1]}, kind("согласие", "пары", each=EACH))
    assert [one.variables["роль"] for one in plan.documents] == ["наставник", "наставляемый"]
    people = [one.variables["участник"] for one in plan.documents]
    assert [one.identity for one in people if isinstance(one, Reference)] == [ANNA, DENIS]
    assert [one.order for one in plan.documents] == [None, None]


def test_a_person_of_many_rows_gets_one_paper_when_one_is_enough() -> None:
    assert len(pairs_of()) == 6
    assert pairs_of(is_distinct=True) == [ANNA, DENIS, HEAD, f"дети/{ADULT}", f"дети/{MINOR}"]


@pytest.mark.parametrize(
    ("who", "people"),
    [
        ("взрослые", [ANNA, DENIS, HEAD, f"дети/{ADULT}"]),
        ("дети", [f"дети/{MINOR}"]),
        ("работники", [ANNA, DENIS, HEAD]),
        ("совершеннолетние обучающиеся", [f"дети/{ADULT}"]),
    ],
)
def test_ages_are_those_of_the_day_on_which_the_pair_begins(who: str, people: list[str]) -> None:
    assert pairs_of(is_distinct=True, only=who) == people


def test_a_pupil_never_takes_the_place_of_a_teacher_of_the_same_name() -> None:
    child: Row = {"фио": ANNA, "рождён": "02.09.2012", "класс": "9", "представитель": "Мать"}
    teacher = person(ANNA, "учитель", таб="7")
    rows: dict[str, Sequence[Row]] = {
        **school({"пары": [pair(f"{ANNA} (таб. 7)", f"{ANNA} (02.09.2012)")], "дети": [child]}),
        "сотрудники": [person(HEAD, "директор"), teacher],
    }
    one = kind("согласие", "пары", each=EACH, is_distinct=True)
    found = plan_documents(workspace(rows), {"согласие": one}).documents
    assert [document.key for document in found] == [f"согласие|{ANNA}", f"согласие|дети/{ANNA}"]


def test_people_may_be_named_by_a_path() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order()],
        "пары": [pair(ANNA, DENIS, приказ="О внедрении")],
    }
    by_order = kind("памятка", "пары", each=("приказ.ознакомить",))
    registers["приказы"] = [order(ознакомить=f"{HEAD}; {DENIS}")]
    plan = planned(registers, by_order)
    assert [one.variables["роль"] for one in plan.documents] == ["ознакомить", "ознакомить"]


PURPOSES: list[Row] = [
    {
        "имя": name,
        "для_кого": who,
        "цель": "учёта",
        "данные": "имя",
        "действия": "сбор",
        "срок": "год",
    }
    for name, who in (("Банк", "работники"), ("Сайт", "работники"), ("Учёт", "обучающиеся"))
]


def test_a_paper_is_made_for_each_purpose_that_it_is_crossed_with() -> None:
    crossed = kind(
        "согласие",
        "пары",
        each=("наставник",),
        cross="цели",
        cross_where={"для_кого": ("работники",)},
    )
    registers: dict[str, Sequence[Row]] = {"пары": PAIRS[:1], "цели": PURPOSES}
    identity = f"{ANNA} | {DENIS} | 2026-09-14"
    assert keys(registers, crossed) == [
        f"согласие|{ANNA}|{identity}|Банк",
        f"согласие|{ANNA}|{identity}|Сайт",
    ]
    purposes = [one.variables["цель"] for one in planned(registers, crossed).documents]
    assert [row.values["имя"] for row in purposes if isinstance(row, Record)] == ["Банк", "Сайт"]


def test_a_register_may_get_one_paper() -> None:
    listed = kind("перечень", "пары", per="register", title="{{ пары|length }}")
    assert only(planned({"пары": PAIRS[:2]}, listed)).title == "2"
    assert planned({"пары": []}, listed).documents == []


def test_a_group_gets_one_paper() -> None:
    rows = [
        pair(ANNA, DENIS, группа="А"),
        pair(ANNA, HEAD, группа="Б"),
        pair(DENIS, HEAD, группа="А"),
    ]
    grouped = kind(
        "группа", "пары", per="group", group_by="группа", title="{{ группа }}: {{ пары|length }}"
    )
    assert [one.title for one in planned({"пары": rows}, grouped).documents] == ["А: 2", "Б: 1"]


def test_rows_may_be_grouped_by_a_path_and_share_an_order() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order(), order(имя="О парах", номер="2", состояние="проект")],
        "пункты": [point("1"), point("2"), point("1", приказ="О парах")],
    }
    grouped = kind(
        "выписка",
        "пункты",
        per="group",
        group_by="приказ.номер",
        title="{{ приказ.имя }} {{ группа }}",
    )
    plan = planned(registers, grouped)
    assert [one.title for one in plan.documents] == ["О внедрении 1-од", "О парах 2"]
    assert [one.state for one in plan.documents] == ["на подписи", "проект"]


def test_a_group_over_orders_belongs_to_none() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order(), order(имя="О парах", номер="2")],
        "пункты": [point("1"), point("1", приказ="О парах")],
    }
    grouped = kind("свод", "пункты", per="group", group_by="номер")
    assert only(planned(registers, grouped)).order is None


def test_a_blank_form_is_made_where_its_register_is_kept() -> None:
    form = kind("согласие", "пары", each=EACH, has_blank_form=True, family="consent")
    plan = planned({"пары": PAIRS[:1]}, form)
    blank = plan.documents[-1]
    assert (blank.key, blank.title, blank.is_blank_form) == (
        "согласие|бланк",
        "согласие (бланк)",
        True,
    )
    assert blank.output.endswith(" (бланк)")
    assert blank.variables["участник"] == BlankRow("сотрудники")
    assert planned({"пары": []}, form).documents == []


def test_a_blank_form_that_is_asked_for_is_made_in_any_case() -> None:
    form = kind("согласие", "пары", each=("наставник",), only="дети", cross="цели")
    plan = planned({"пары": [], "цели": PURPOSES[:1]}, form, blank="согласие")
    assert [one.key for one in plan.documents] == ["согласие|бланк|Банк"]
    assert plan.documents[0].variables["участник"] == BlankRow("дети")


def test_a_blank_form_of_people_named_by_a_path_knows_their_register() -> None:
    by_order = kind("памятка", "пары", each=("приказ.куратор",))
    by_list = kind("памятка", "сотрудники", each=("пары_наставника.наставляемый",))
    for one in (by_order, by_list):
        plan = planned({}, one, blank="памятка")
        assert plan.documents[-1].variables["участник"] == BlankRow("сотрудники")


# --- what an order is about ------------------------------------------------------------------


FORMS = {"пары": {"форма": ("педагог – педагог",)}}
TEACHERS = kind("приказ_о_парах", where={"о_чём": ("пары",)}, uses=FORMS)


def pair_order(**more: Cell) -> Row:
    return order(**{"имя": "О парах", "о_чём": "без текста", **more})


def about(*rows: Row, orders: Sequence[Row] = ()) -> list[list[str]]:
    """Return the pairs of each order that is about pairs."""
    registers: dict[str, Sequence[Row]] = {"приказы": orders or [pair_order()], "пары": rows}
    uses = kind("о_парах", where={"о_чём": ("без текста",)}, uses=FORMS)
    return [
        [identity.split(" | ")[1].split()[0] for identity in names(one, "пары")]
        for one in planned(registers, uses).documents
    ]


def test_an_order_lists_the_pairs_of_its_form_and_year() -> None:
    rows = [
        pair(ANNA, DENIS),
        pair(ANNA, HEAD, форма="работодатель – педагог"),
        pair(DENIS, HEAD, с=dt.date(2025, 9, 10)),
    ]
    assert about(*rows) == [["Кузнецов"]]


def test_pairs_that_name_an_order_are_in_that_one_the_rest_in_the_first() -> None:
    orders = [
        pair_order(имя="Второй", номер="2", дата=dt.date(2026, 11, 2)),
        pair_order(имя="Первый", номер="1"),
        pair_order(имя="Ничей", номер="3", дата=dt.date(2026, 8, 31), состояние="аннулирован"),
    ]
    rows = [pair(ANNA, DENIS), pair(DENIS, HEAD, приказ="Второй")]
    assert about(*rows, orders=orders) == [["Иванова"], ["Кузнецов"]]


@pytest.mark.parametrize(("ended", "is_there"), [("01.09.2026", False), ("02.09.2026", True)])
def test_a_pair_that_had_ended_by_the_order_is_not_in_it(ended: str, *, is_there: bool) -> None:
    # An order without any pair is not made at all.
    assert about(pair(ANNA, DENIS, прекращена=ended)) == ([["Кузнецов"]] if is_there else [])


def test_the_people_of_pairs_are_told_once_mentors_first() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [pair_order()],
        "пары": [pair(ANNA, DENIS), pair(DENIS, HEAD), pair(ANNA, HEAD)],
    }
    uses = kind("о_парах", uses={"пары": {}})
    assert names(only(planned(registers, uses)), "участники") == [ANNA, DENIS, HEAD]


def test_other_registers_are_listed_by_their_own_name() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order()],
        "приложения": [appendix("1"), appendix("2")],
    }
    uses = kind(uses={"приложения": {"номер": ("2",)}})
    assert names(only(planned(registers, uses)), "приложения") == ["О внедрении | 2"]


def test_people_are_acquainted_by_name_and_as_participants_of_the_order_s_own_pairs() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [pair_order(ознакомить=f"{HEAD}; участники; {HEAD}")],
        "пары": [
            pair(ANNA, DENIS),
            pair(DENIS, MINOR, форма="педагог – ученик"),
            pair("Белова Инна Львовна", MINOR, форма="педагог – ученик"),
        ],
        "дети": CHILDREN,
    }
    made, _ = linked(school(registers, staff=[person("Белова Инна Львовна")]))
    sheet = kind("лист", where={"ознакомить": ("*",)})
    teachers = kind("о_парах", where={"о_чём": ("без текста",)}, uses=FORMS)
    kinds = {one.name: one for one in (sheet, teachers)}
    found = [one for one in plan_documents(made, kinds).documents if one.kind.name == "лист"]
    assert names(found[0], "люди") == [HEAD, ANNA, DENIS]
    alone = plan_documents(made, {"лист": sheet})
    assert names(only(alone), "люди") == [HEAD, ANNA, DENIS, "Белова Инна Львовна"]


def test_an_order_without_pairs_has_an_empty_list() -> None:
    made = workspace(school({"приказы": [order()]}))
    record = made.records["приказы"][0]
    assert rows_for_order(made, record, "пары", {}, "2026/2027") == ()
