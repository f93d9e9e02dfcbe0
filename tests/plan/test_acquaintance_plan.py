"""Where people sign that they know an order: on a sheet, in the order itself, or nowhere."""

from __future__ import annotations

import pytest

from docgen.catalogue import read_packets
from docgen.errors import Problem
from docgen.model import SignatureRule
from docgen.model.choices import Acquaintance
from docgen.plan import (
    Plan,
    SignedOrders,
    expected_signatures,
    plan_documents,
    plan_packets,
)
from docgen.plan.acquaintance_plan import SignedAcquaintance
from tests.support.builders import (
    ANNA,
    DENIS,
    ROOT,
    Row,
    checked,
    order,
    point,
    school,
    shipped_kinds,
    spot,
    workspace,
)
from tests.support.small_plan import HEAD, kind

NAMES = ("приказ", "лист_ознакомления", "лист_ознакомления_позже")
SHIPPED = [shipped_kinds()[name] for name in NAMES]
LINED, SHEET, LATER = SHIPPED


def plan_of(
    *, own: str = "", usual: str = "", signed: str = "", settings: tuple[Row, ...] = (), **more: str
) -> tuple[Plan, list[tuple[str, str]]]:
    """Return the plan of one order with two people to acquaint, and who signs which paper."""
    row = {"ознакомить": f"{ANNA}; {DENIS}", **more}
    made = workspace(
        school(
            {
                "приказы": [order(ознакомление=own, **row)],
                "пункты": [point("1", "Начать")],
                "настройки": [*settings, {"ознакомление": usual}] if usual else list(settings),
            }
        )
    )
    lines = SignedAcquaintance(Acquaintance(signed or "лист"), frozenset({ANNA, DENIS}))
    how = {"О внедрении": lines} if signed else {}
    plan = plan_documents(made, {one.name: one for one in SHIPPED}, signed=SignedOrders(how))
    found = expected_signatures(plan.documents, made)
    return plan, [(one.document.kind.name, one.signer.name) for one in found]


ON_SHEET = [(LINED.name, HEAD), (SHEET.name, ANNA), (SHEET.name, DENIS)]
IN_ORDER = [(LINED.name, HEAD), (LINED.name, ANNA), (LINED.name, DENIS)]
NOWHERE = [(LINED.name, HEAD)]


@pytest.mark.parametrize(
    ("usual", "own", "found"),
    [
        ("", "", ON_SHEET),
        ("лист", "", ON_SHEET),
        ("в приказе", "", IN_ORDER),
        ("нет", "", NOWHERE),
        ("", "в приказе", IN_ORDER),
        ("лист", "В приказе", IN_ORDER),
        ("в приказе", "лист", ON_SHEET),
        ("в приказе", "нет", NOWHERE),
        ("нет", "лист", ON_SHEET),
    ],
)
def test_the_word_of_an_order_wins_over_that_of_the_settings(
    usual: str, own: str, found: list[tuple[str, str]]
) -> None:
    plan, signatures = plan_of(own=own, usual=usual)
    assert signatures == found
    assert plan.problems == []


def test_settings_hold_on_the_days_that_they_name() -> None:
    later: Row = {"ознакомление": "в приказе", "с": "01.10.2026"}
    assert plan_of(settings=(later,))[1] == ON_SHEET
    sooner: Row = {"ознакомление": "в приказе", "с": "01.08.2026"}
    assert plan_of(settings=(sooner,))[1] == IN_ORDER


def test_a_signed_order_keeps_the_form_in_which_it_was_signed() -> None:
    state = "подписан"
    people_on_sheet, people_in_order = ON_SHEET[1:], IN_ORDER[1:]
    assert plan_of(usual="в приказе", signed="лист", состояние=state)[1] == people_on_sheet
    assert plan_of(signed="в приказе", состояние=state)[1] == people_in_order
    assert plan_of(usual="в приказе", signed="лист")[1] == IN_ORDER


def test_those_who_were_away_have_a_sheet_beside_the_lines_and_sign_there() -> None:
    plan, signatures = plan_of(own="в приказе", ознакомить=ANNA, ознакомить_позже=DENIS)
    assert signatures == [(LINED.name, HEAD), (LINED.name, ANNA), (LATER.name, DENIS)]
    titles = [one.title for one in plan.documents if one.kind.name == LATER.name]
    assert titles == ["Лист ознакомления отсутствовавших. Приказ № 1-од от 01.09.2026"]
    plan, _ = plan_of(ознакомить=ANNA, ознакомить_позже=DENIS)
    titles = [one.title for one in plan.documents if one.kind.name == LATER.name]
    assert titles == ["Продолжение листа ознакомления. Приказ № 1-од от 01.09.2026"]
    assert plan_of(own="нет", ознакомить_позже=DENIS)[1] == NOWHERE


def spots_of(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(spot(one), one.code) for one in problems]


def test_lines_that_cannot_be_printed_become_a_sheet_and_that_is_told() -> None:
    bare = kind("приказ", family="order", signs=(SignatureRule("директор", "подписант"),))
    rows = school({"приказы": [order(ознакомить=ANNA, ознакомление="в приказе")]})
    plan = plan_documents(workspace(rows), {"приказ": bare, SHEET.name: SHEET})
    assert [one.kind.name for one in plan.documents] == ["приказ", SHEET.name]
    assert spots_of(plan.problems) == [("ознакомление 2", "not-acquainted")]
    settings: Row = {"ознакомление": "в приказе"}
    usual = school({"приказы": [order(ознакомить=ANNA)], "настройки": [settings]})
    plan = plan_documents(workspace(usual), {"приказ": bare, SHEET.name: SHEET})
    assert [one.kind.name for one in plan.documents] == ["приказ", SHEET.name]
    assert plan.problems == []


def test_lines_without_anybody_are_told() -> None:
    plan, signatures = plan_of(own="в приказе", ознакомить="")
    assert signatures == NOWHERE
    assert spots_of(plan.problems) == [("ознакомление 2", "not-acquainted")]
    assert plan_of(usual="в приказе", ознакомить="")[0].problems == []


@pytest.mark.parametrize("how", ["лист", "в приказе"])
def test_participants_of_an_order_without_pairs_are_nobody_and_that_is_told(how: str) -> None:
    plan, _ = plan_of(own=how, ознакомить="участники")
    assert spots_of(plan.problems) == [("ознакомить 2", "not-acquainted")]
    assert plan_of(own="нет", ознакомить="участники")[0].problems == []
    assert plan_of(own=how, ознакомить=f"{ANNA}; участники")[0].problems == []


@pytest.mark.parametrize(("how", "is_wrong"), [("лист", True), ("в приказе", True), ("нет", False)])
def test_who_is_named_is_held_against_who_is_acquainted_wherever_they_sign(
    how: str, *, is_wrong: bool
) -> None:
    rows = school(
        {
            "приказы": [order(ознакомить=ANNA, ознакомление=how)],
            "пункты": [point("1", "провести совещание", кому=DENIS)],
        }
    )
    assert spots_of(checked(rows)) == ([("ознакомить 2", "not-acquainted")] if is_wrong else [])


def test_nobody_but_the_signatory_has_an_order_in_the_folder_to_sign() -> None:
    folder = read_packets([ROOT / "templates_docx" / "packets"])["на_подпись_лицо"]
    orders = [
        order(имя=name, номер=number, ознакомить=ANNA, ознакомление="в приказе")
        for name, number in (("О внедрении", "1-од"), ("Об итогах", "2-од"))
    ]
    points = [point("1", "Начать"), point("1", "Подвести", приказ="Об итогах")]
    made = workspace(school({"приказы": orders, "пункты": points}))
    plan = plan_documents(made, {LINED.name: LINED})
    packets = plan_packets(plan.documents, {folder.name: folder}, made)
    assert [one.signer for one in packets] == [HEAD]


@pytest.mark.parametrize("signed", ["лист", "в приказе"])
def test_who_is_added_to_a_signed_order_is_told_to_need_another_sheet(signed: str) -> None:
    def problems(people: str, later: str = "") -> list[tuple[str, str]]:
        plan, _ = plan_of(
            signed=signed, состояние="подписан", ознакомить=people, ознакомить_позже=later
        )
        return spots_of(plan.problems)

    wrong = [("ознакомить 2", "not-acquainted")]
    assert problems(f"{ANNA}; {DENIS}") == []
    assert problems(f"{ANNA}; {DENIS}; {HEAD}") == wrong
    assert problems(f"{ANNA}; {DENIS}; {HEAD}", HEAD) == []
    # One for another is a name that was corrected.
    assert problems(f"{ANNA}; {HEAD}") == []
    assert problems(ANNA) == []
