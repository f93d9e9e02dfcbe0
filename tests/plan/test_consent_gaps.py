"""Which pairs of unsigned orders lack consents: whose, for how long, by which order."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.model import Kind, SignatureRule
from docgen.plan import ConsentGap, SigningState, find_consent_gaps, plan_documents
from tests.support.builders import ANNA, DENIS, Row, RowsByRegister, linked, order, pair, school
from tests.support.small_plan import CHILDREN, EACH, HEAD, MINOR, kind

ORDER = kind("приказ", family="order", uses={"пары": {}})


def consent(**more: Any) -> Kind:
    """Return the entry of a consent that mentors and mentees sign, one for each person."""
    signs = (SignatureRule("субъект", "участник"),)
    entry = {"is_distinct": True, "signs": signs, **more}
    return kind("согласие", "пары", family="consent", each=EACH, **entry)


def returned(key: str, person: str = "", **more: Any) -> Row:
    """Return the row of a consent that came back, by what follows the kind in its key."""
    return {
        "бумага": "Согласие",
        "ключ_бумаги": f"согласие|{key}",
        "ключ_подписи": f"субъект|сотрудники/{person or key}",
        **({"подписано": "01.09.2026"} | more),
    }


def gaps(
    pairs: list[Row], signatures: list[Row], *kinds: Kind, orders: list[Row] | None = None
) -> list[ConsentGap]:
    """Return what the pairs of a small school lack."""
    registers = {
        "приказы": orders or [order()],
        "пары": pairs,
        "дети": CHILDREN,
        "подписи": signatures,
    }
    made, problems = linked(school(registers))
    assert problems == []
    plan = plan_documents(made, {one.name: one for one in kinds or (ORDER, consent())})
    return [*find_consent_gaps(plan.documents, made)]


def states(gap: ConsentGap) -> dict[str, SigningState]:
    """Return how the lacking consents stand, by what follows the kind in their keys."""
    return {one.document.key.removeprefix("согласие|"): state for one, state in gap.consents}


def test_a_pair_lacks_the_consents_that_nobody_signed() -> None:
    (gap,) = gaps([pair(ANNA, DENIS)], [])
    assert states(gap) == {ANNA: SigningState.WAITING, DENIS: SigningState.WAITING}
    assert (gap.role, gap.order.identity) == ("наставник", "О внедрении")


def test_a_pair_whose_people_have_consented_lacks_nothing() -> None:
    assert gaps([pair(ANNA, DENIS)], [returned(ANNA), returned(DENIS)]) == []


def test_the_first_person_concerned_is_the_one_who_has_not_consented() -> None:
    (gap,) = gaps([pair(ANNA, DENIS)], [returned(ANNA)])
    assert (gap.role, states(gap)) == ("наставляемый", {DENIS: SigningState.WAITING})


@pytest.mark.parametrize(
    ("entered", "state"),
    [
        ({"подписано": "", "отказ": "да"}, SigningState.REFUSED),
        ({"отозвано": "02.09.2026"}, SigningState.WITHDRAWN),
        ({"до": "13.09.2026"}, SigningState.LAPSED),
    ],
)
def test_a_consent_that_does_not_hold_when_the_pair_begins_is_none(
    entered: dict[str, str], state: SigningState
) -> None:
    (gap,) = gaps([pair(ANNA, DENIS)], [returned(ANNA, **entered), returned(DENIS)])
    assert states(gap) == {ANNA: state}


def test_a_consent_that_ends_on_the_day_when_the_pair_begins_serves() -> None:
    signatures = [returned(ANNA, до="14.09.2026"), returned(DENIS)]
    assert gaps([pair(ANNA, DENIS)], signatures) == []


def test_no_term_runs_out_for_a_pair_without_a_day() -> None:
    signatures = [returned(ANNA, до="13.09.2026"), returned(DENIS)]
    made, _ = linked(
        school({"приказы": [order()], "пары": [pair(ANNA, DENIS, с=None)], "подписи": signatures})
    )
    plan = plan_documents(made, {"приказ": ORDER, "согласие": consent()})
    assert [*find_consent_gaps(plan.documents, made)] == []


def test_one_consent_of_a_person_serves_every_pair() -> None:
    signatures = [returned(ANNA), returned(DENIS)]
    (gap,) = gaps([pair(ANNA, DENIS), pair(ANNA, HEAD)], signatures)
    assert states(gap) == {HEAD: SigningState.WAITING}


def test_a_consent_for_one_pair_does_not_serve_another() -> None:
    for_each_pair = consent(is_distinct=False)
    first, second = pair(ANNA, DENIS), pair(ANNA, HEAD)
    found = gaps([first, second], [], ORDER, for_each_pair)
    assert [[*states(gap)] for gap in found] == [
        [f"{ANNA}|{ANNA} | {DENIS} | 2026-09-14", f"{DENIS}|{ANNA} | {DENIS} | 2026-09-14"],
        [f"{ANNA}|{ANNA} | {HEAD} | 2026-09-14", f"{HEAD}|{ANNA} | {HEAD} | 2026-09-14"],
    ]


def test_a_pair_that_an_order_and_its_list_print_lacks_its_consents_once() -> None:
    lists = kind("список", family="appendix", uses={"пары": {}})
    assert len(gaps([pair(ANNA, DENIS)], [], ORDER, lists, consent())) == 1


@pytest.mark.parametrize("state", ["подписан", "изменён", "утратил силу", "аннулирован"])
def test_pairs_of_orders_that_were_signed_or_void_are_left_alone(state: str) -> None:
    assert gaps([pair(ANNA, DENIS)], [], orders=[order(состояние=state)]) == []


def test_nobody_needs_a_consent_of_which_there_is_no_kind() -> None:
    assert gaps([pair(ANNA, DENIS)], [], ORDER) == []
    only_children = consent(only="дети")
    assert gaps([pair(ANNA, DENIS)], [], ORDER, only_children) == []


def test_a_blank_consent_belongs_to_nobody() -> None:
    only_children = consent(only="дети", has_blank_form=True)
    (gap,) = gaps([pair(ANNA, MINOR, форма="педагог – ученик")], [], ORDER, only_children)
    assert [*states(gap)] == [f"дети/{MINOR}"]


PURPOSES: list[Row] = [
    {"имя": "Сайт", "получатель": "", "для_кого": "работники"},
    {"имя": "Банк", "получатель": "МКУ «Центр»", "для_кого": "работники"},
]


@pytest.mark.parametrize(
    ("purposes", "keys"), [(PURPOSES, {f"{ANNA}|Сайт", f"{DENIS}|Сайт"}), (PURPOSES[1:], set())]
)
def test_nobody_lacks_a_consent_to_hand_data_to_another_body(
    purposes: list[Row], keys: set[str]
) -> None:
    rest = {"цель": "учёта", "данные": "имя", "действия": "сбор", "способы": "смешанная"}
    registers: RowsByRegister = {
        "приказы": [order()],
        "пары": [pair(ANNA, DENIS)],
        "организации": [{"краткое": "МКУ «Центр»", "полное": "Учреждение «Центр»"}],
        "цели": [{**one, **rest, "срок": "31.08.2027"} for one in purposes],
    }
    made, problems = linked(school(registers))
    assert problems == []
    plan = plan_documents(made, {"приказ": ORDER, "согласие": consent(cross="цели")})
    found = [*find_consent_gaps(plan.documents, made)]
    assert {key for gap in found for key in states(gap)} == keys
