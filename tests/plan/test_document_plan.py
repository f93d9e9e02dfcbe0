"""Kinds times records: which papers are asked for, of which day and year, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from docgen.plan import plan_documents
from docgen.plan.selection import select, values_at
from tests.support.builders import (
    ANNA,
    DENIS,
    SEPTEMBER,
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
    CHILDREN,
    EACH,
    PAIRS,
    keys,
    kind,
    only,
    planned,
)

# --- one for each row ------------------------------------------------------------------------


def test_each_row_gets_a_paper() -> None:
    orders = {"приказы": [order(), order(имя="О парах", номер="2")]}
    assert keys(orders, kind()) == ["бумага|О внедрении", "бумага|О парах"]


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"номер": ("1-ОД",)}, ["1"]),
        ({"номер": ("1-од", "2")}, ["1", "2"]),
        ({"контроль": ("*",)}, ["2"]),
        ({"контроль": ("",)}, ["1"]),
        ({"номер": ("1-од",), "контроль": ("*",)}, []),
        ({"ознакомить": (ANNA,)}, ["2"]),
        ({"ознакомить": ("участники",)}, ["2"]),
        ({"пункты.номер": ("3.1",)}, ["2"]),
        ({"куратор.должность": ("учитель математики",)}, ["1"]),
        ({"куратор.организация.краткое": ("РЦ",)}, ["2"]),
        ({"заголовок.номер": ("*",)}, []),
    ],
)
def test_only_rows_that_meet_every_condition_get_one(
    where: Mapping[str, tuple[str, ...]], wanted: list[str]
) -> None:
    rows = school(
        {
            "приказы": [
                order(имя="1", куратор=DENIS),
                order(
                    имя="2",
                    номер="2",
                    контроль="за собой",
                    ознакомить=f"{ANNA}; участники",
                    куратор="Белова Инна Львовна",
                ),
            ],
            "пункты": [point("3.1", приказ="2"), point("1", приказ="1")],
            "организации": [{"краткое": "РЦ"}],
        },
        staff=[person("Белова Инна Львовна", "методист", организация="РЦ")],
    )
    made = workspace(rows)
    found = select(made.records["приказы"], where, made)
    assert [row.identity for row in found] == wanted


def test_a_path_over_references_takes_the_row_of_the_paper_s_day() -> None:
    staff = [
        person("Белова Инна Львовна", "учитель", по="31.08.2026"),
        person("Белова Инна Львовна", "завуч", с="01.09.2026"),
    ]
    orders = [
        order(имя=day, дата=day, номер=day, куратор="Белова Инна Львовна")
        for day in ("31.08.2026", "01.09.2026")
    ]
    made = workspace(school({"приказы": orders}, staff=staff))
    posts = [values_at(row, "куратор.должность", made)[0][1] for row in made.records["приказы"]]
    assert [str(getattr(post, "text", "")) for post in posts] == ["учитель", "завуч"]


def test_a_list_of_rows_is_told_by_their_names() -> None:
    made = workspace(school({"приказы": [order()], "приложения": [appendix("1")]}))
    found = values_at(made.records["приказы"][0], "приложения", made)
    assert [value for _, value in found] == ["О внедрении | 1"]


def test_a_broken_row_is_left_out_rather_than_taken_for_another_kind() -> None:
    registers: dict[str, Sequence[Row]] = {"приказы": [order(о_чём="ни о чём")]}
    plan = planned(registers, kind(title="{{ приказ.номер }}", where={"о_чём": ("свой текст",)}))
    assert plan.documents == []
    assert plan.left_out == 1


def test_a_row_whose_path_leads_to_a_broken_row_is_left_out_too() -> None:
    staff = [person("Белова Инна Львовна", "", пол="?", категория="")]
    made, _ = linked(school({"приказы": [order(куратор="Белова Инна Львовна")]}, staff=staff))
    assert len(select(made.records["приказы"], {"куратор.категория": ("высшая",)}, made)) == 1


def test_a_void_order_and_what_belongs_to_it_get_no_paper() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order(состояние="аннулирован"), order(имя="О парах", номер="2")],
        "приложения": [appendix("1"), appendix("1", приказ="О парах")],
    }
    assert keys(registers, kind(), kind("лист", "приложения")) == [
        "бумага|О парах",
        "лист|О парах | 1",
    ]


def test_a_paper_of_an_order_knows_it_with_its_state_and_table() -> None:
    made, _ = linked(
        school({"приказы": [order(состояние="проект")], "приложения": [appendix("1")]})
    )
    document = only(plan_documents(made, {"лист": kind("лист", "приложения", family="appendix")}))
    assert document.order is made.records["приказы"][0]
    assert document.variables["приказ"] is document.order
    assert (document.state, document.date, document.year) == ("проект", SEPTEMBER, "2026/2027")
    assert document.tables == ()


# --- years and days --------------------------------------------------------------------------


ORDERS: list[Row] = [
    order(имя="прошлый", номер="1", дата=dt.date(2025, 9, 1), состояние="подписан"),
    order(имя="нынешний", номер="1", состояние="подписан"),
    order(имя="старый", номер="2", дата=dt.date(2020, 9, 1)),
]


@pytest.mark.parametrize(
    ("settings", "year", "names_"),
    [
        ("", "", ["прошлый", "нынешний", "старый"]),
        ("2026/2027", "", ["нынешний", "старый"]),
        ("2026/2027", "2025/2026", ["прошлый"]),
        ("", "2020/2021", ["старый"]),
    ],
)
def test_papers_are_of_the_school_year_and_of_orders_still_to_be_signed(
    settings: str, year: str, names_: list[str]
) -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": ORDERS,
        "настройки": [{"учебный_год": settings}] if settings else [],
    }
    assert keys(registers, kind(), year=year) == [f"бумага|{name}" for name in names_]


def test_a_worker_is_of_every_year_of_work_and_of_its_first_day() -> None:
    staff = [
        person("Давно Иван Ильич", с="01.09.2015"),
        person("Ушёл Иван Ильич", с="01.09.2015", по="31.08.2026"),
        person("Позже Иван Ильич", с="11.01.2027"),
    ]
    rows: dict[str, Sequence[Row]] = {
        "сотрудники": staff,
        "настройки": [{"учебный_год": "2026/2027"}],
        "организация": [{"полное": "Ш"}],
    }
    made = workspace(rows)
    plan = plan_documents(made, {"памятка": kind("памятка", "сотрудники")})
    assert [(one.key.split("|")[1].split()[0], one.date) for one in plan.documents] == [
        ("Давно", SEPTEMBER),
        ("Позже", dt.date(2027, 1, 11)),
    ]


def test_an_undated_order_stands_on_the_first_day_of_its_school_year() -> None:
    undated = order(дата=None)
    plan = planned({"приказы": [undated], "пары": [pair(ANNA, DENIS)]}, kind())
    assert (only(plan).date, only(plan).year) == (SEPTEMBER, "2026/2027")
    plan = planned({"приказы": [order(дата=None, год="2024/2025")]}, kind())
    assert (only(plan).date, only(plan).year) == (dt.date(2024, 9, 1), "2024/2025")


def test_the_facts_of_an_undated_order_of_no_known_year_are_the_latest() -> None:
    plan = planned({"приказы": [order(дата=None)]}, kind(title="{{ подписант.имя }}"))
    assert only(plan).title == "М.П. Иванова"
    assert only(plan).year == ""


# --- names and order -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "path"),
    [
        ("{{ приказ.имя }}/Приказ № {{ приказ.номер }}", "О внедрении 1-2/Приказ № 31-2"),
        ("Папка / {{ приказ.номер }} ", "Папка/31-2"),
        ("{% if true %}а/б{% endif %}", "а/б"),
        ("/{{ '' }}/имя/", "имя"),
    ],
)
def test_slashes_of_an_entry_part_folders_those_of_values_do_not(output: str, path: str) -> None:
    one = order(имя="О внедрении 1/2", номер="31/2")
    assert only(planned({"приказы": [one]}, kind(output=output))).output == path


def test_blanks_of_titles_are_closed_up() -> None:
    one = order(заголовок="О  внедрении\n системы")
    assert only(planned({"приказы": [one]}, kind(title="{{ приказ.заголовок }} "))).title == (
        "О внедрении системы"
    )


def test_a_wrong_tag_of_an_entry_is_told_and_its_papers_left_out() -> None:
    plan = planned({"приказы": [order()]}, kind(title="{{ нет }}"), kind("другая"))
    assert [one.key for one in plan.documents] == ["другая|О внедрении"]
    assert plan.left_out == 1
    assert [(one.code, one.where.key) for one in plan.problems] == [("bad-entry", "title")]


@pytest.mark.parametrize(
    ("entry", "key"),
    [({"output": "а/" * 1000 + "б"}, "output"), ({"title": "{{ 'а' * 9000 }}"}, "title")],
)
def test_a_name_that_no_disk_or_paper_takes_is_told(entry: dict[str, str], key: str) -> None:
    plan = planned({"приказы": [order()]}, kind(**entry), kind("другая"))
    assert [one.key for one in plan.documents] == ["другая|О внедрении"]
    assert [(one.code, one.where.key) for one in plan.problems] == [("bad-entry", key)]


def test_a_paper_that_needs_a_broken_row_is_left_out_alone() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order(), order(имя="О парах", дата="31.02.2026", номер="2")]
    }
    plan = planned(registers, kind(title="{{ приказ.номер }}"))
    assert [one.key for one in plan.documents] == ["бумага|О внедрении"]
    assert (plan.left_out, plan.problems) == (1, [])


def test_papers_go_by_order_then_family_then_appendix_and_consents_last() -> None:
    registers: dict[str, Sequence[Row]] = {
        "приказы": [order(), order(имя="О парах", номер="2")],
        "приложения": [
            appendix("1", шаблон="таблица", лист="План"),
            appendix("2"),
            appendix("1", приказ="О парах"),
        ],
        "пары": PAIRS[:1],
    }
    kinds = [
        kind(
            "а_положение",
            "приложения",
            family="appendix",
            where={"шаблон": ("положение о наставничестве",)},
        ),
        kind("б_таблица", "приложения", family="appendix", where={"шаблон": ("таблица",)}),
        kind("в_лист", family="sheet"),
        kind("г_приказ", family="order"),
        kind("д_согласие", "пары", family="consent", has_blank_form=True, sort=1),
    ]
    assert keys(registers, *kinds) == [
        "г_приказ|О внедрении",
        "б_таблица|О внедрении | 1",
        "а_положение|О внедрении | 2",
        "в_лист|О внедрении",
        "г_приказ|О парах",
        "а_положение|О парах | 1",
        "в_лист|О парах",
        f"д_согласие|{ANNA} | {DENIS} | 2026-09-14",
        "д_согласие|бланк",
    ]


def test_the_same_registers_give_the_same_plan() -> None:
    registers: dict[str, Sequence[Row]] = {"приказы": ORDERS, "пары": PAIRS, "дети": CHILDREN}
    kinds = [kind("согласие", "пары", each=EACH), kind()]
    assert keys(registers, *kinds) == keys(registers, *reversed(kinds))
