"""Pairs without consents: printed with a warning, left out of orders, or the order is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from docgen.model import PlannedDocument, Record, Workspace
from docgen.plan import (
    Plan,
    expected_signatures,
    find_consent_gaps,
    heed_consents,
    plan_documents,
    plan_packets,
    unheeded_setting,
)
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
from tests.support.shipped import prepared

OLEG, ZOYA = "Шевченко Олег Игоревич", "Иванова-Белых Зоя Петровна"
ADULT, PUPIL = "Зуев Кирилл Олегович", "Гайдай Ольга Олеговна"
MAIN, EXTRA, PUPILS = "О парах", "О дополнительных парах", "О парах обучающихся"
LEFT_OUT, DRAFT, USUAL = "не печатать пару", "ПРОЕКТ", "предупредить"
ABOUT = {
    MAIN: "закрепление пар педагогов",
    EXTRA: "дополнительные пары педагогов",
    PUPILS: "закрепление пар обучающихся",
}


def issued(name: str, **more: Cell) -> Row:
    row: Row = {
        "имя": name,
        "номер": f"{len(name)}-од",
        "о_чём": ABOUT[name],
        "ознакомить": "участники",
    }
    return order(**{**row, **more})


def school_of(
    said: str,
    *pairs: Row,
    orders: tuple[Row, ...] = (),
    consented: tuple[str, ...] = (),
    extracts: bool = False,
) -> Workspace:
    """Return a school whose people named have signed every consent that is asked of them."""
    rows: dict[str, list[Row]] = {
        "приказы": list(orders or (issued(MAIN),)),
        "пары": list(pairs),
        "дети": [
            {"фио": ADULT, "рождён": "01.09.2007", "класс": "11"},
            {"фио": PUPIL, "рождён": "02.09.2007", "класс": "11"},
        ],
        "настройки": [{"без_согласий": said}, {"выписки_о_парах": "да" if extracts else ""}],
    }
    staff = [person(OLEG, "учитель физики", пол="м"), person(ZOYA, "педагог-психолог", пол="ж")]
    unsigned = workspace(school(rows, staff=staff))
    documents = plan_documents(unsigned, shipped_kinds()).documents
    signed: list[Row] = [
        {
            "бумага": one.document.title,
            "подписано": "31.08.2026",
            "ключ_бумаги": one.key[0],
            "ключ_подписи": one.key[1],
        }
        for one in expected_signatures(documents, unsigned)
        if one.document.kind.family == "consent" and one.signer.name in consented
    ]
    made = workspace(school({**rows, "подписи": signed}, staff=staff))
    return heed_consents(made, shipped_kinds())


def plan_of(made: Workspace) -> Plan:
    return plan_documents(made, shipped_kinds())


def papers(plan: Plan, kind: str) -> list[PlannedDocument]:
    return [one for one in plan.documents if one.kind.name == kind and not one.is_blank_form]


def mentees(document: PlannedDocument) -> list[str]:
    """Return the surnames of the mentees of the pairs that an order prints."""
    rows = document.variables["пары"]
    assert isinstance(rows, tuple)
    return [one.identity.split("|")[1].split()[0] for one in rows if isinstance(one, Record)]


def numbers(made: Workspace, document: PlannedDocument) -> list[object]:
    scope = Scope(made, document.date)
    rows = document.variables["пары"]
    assert isinstance(rows, tuple)
    return [scope.view(one).номер_строки for one in rows if isinstance(one, Record)]


CONSENTED = (ANNA, DENIS, ZOYA)
"""All but Oleg, whom no consent has come back from."""
THREE = tuple(pair(*people, приказ=MAIN) for people in ((ANNA, OLEG), (ANNA, DENIS), (DENIS, ZOYA)))


@pytest.mark.parametrize("said", ["", USUAL])
def test_by_default_a_pair_without_consents_is_printed_and_told(said: str) -> None:
    made = school_of(said, *THREE, consented=CONSENTED)
    plan = plan_of(made)
    (paper,) = papers(plan, "приказ_о_парах")
    assert mentees(paper) == ["Шевченко", "Кузнецов", "Иванова-Белых"]
    (gap,) = find_consent_gaps(plan.documents, made)
    assert (gap.is_withheld, gap.is_draft, paper.state) == (False, False, "на подписи")


def test_a_pair_that_is_left_out_has_no_row_no_number_and_no_extract() -> None:
    made = school_of(LEFT_OUT, *THREE, consented=CONSENTED, extracts=True)
    plan = plan_of(made)
    (paper,) = papers(plan, "приказ_о_парах")
    assert mentees(paper) == ["Кузнецов", "Иванова-Белых"]
    assert numbers(made, paper) == [1, 2]
    extracts = [one.title for one in papers(plan, "выписка_о_паре")]
    assert len(extracts) == 4
    assert not [one for one in extracts if "Шевченко" in one]


def test_who_is_left_out_is_not_acquainted_but_asked_for_consent() -> None:
    plan = plan_of(school_of(LEFT_OUT, *THREE, consented=CONSENTED))
    (sheet,) = papers(plan, "лист_ознакомления")
    assert OLEG not in [one.name for one in sheet.signers]
    assert DENIS in [one.name for one in sheet.signers]
    asked = [one.title for one in papers(plan, "согласие_на_наставничество")]
    assert len(asked) == 6
    assert [one for one in asked if "Шевченко" in one]


def test_a_left_out_pair_is_told_with_its_order() -> None:
    made = school_of(LEFT_OUT, *THREE, consented=CONSENTED)
    (gap,) = find_consent_gaps(plan_of(made).documents, made)
    assert gap.is_withheld
    assert (gap.pair.identity.split("|")[1].strip(), gap.order.identity) == (OLEG, MAIN)


@pytest.mark.parametrize("said", [LEFT_OUT, DRAFT])
def test_pairs_whose_people_have_consented_stay_as_they_are(said: str) -> None:
    made = school_of(said, *THREE, consented=(*CONSENTED, OLEG))
    (paper,) = papers(plan_of(made), "приказ_о_парах")
    assert mentees(paper) == ["Шевченко", "Кузнецов", "Иванова-Белых"]
    assert paper.state == "на подписи"
    assert made.withheld == ()
    assert made.drafts == frozenset()


def test_of_a_group_only_the_mentee_without_consent_is_left_out() -> None:
    group = [pair(ANNA, one, группа="молодые") for one in (OLEG, DENIS, ZOYA)]
    made = school_of(LEFT_OUT, *group, consented=CONSENTED)
    plan = plan_of(made)
    (paper,) = papers(plan, "приказ_о_парах")
    assert mentees(paper) == ["Кузнецов", "Иванова-Белых"]
    assert numbers(made, paper) == [1, 1]
    (own,) = [one for one in papers(plan, "согласие_на_наставничество") if "Петрова" in one.title]
    # The mentor has signed for the whole group: her sheet says what it said.
    assert mentees(own) == ["Шевченко", "Кузнецов", "Иванова-Белых"]


def test_extra_pairs_go_on_from_the_rows_that_are_printed() -> None:
    orders = (issued(MAIN), issued(EXTRA, изменяет=MAIN, дата="21.09.2026"))
    first = pair(ANNA, OLEG, приказ=MAIN), pair(ANNA, DENIS, приказ=MAIN)
    more = pair(DENIS, ZOYA, приказ=EXTRA), pair(ZOYA, OLEG, приказ=EXTRA)
    made = school_of(LEFT_OUT, *first, *more, orders=orders, consented=CONSENTED)
    (paper,) = papers(plan_of(made), "приказ_о_дополнительных_парах")
    assert mentees(paper) == ["Иванова-Белых"]
    assert numbers(made, paper) == [2]


def test_an_order_of_pupils_waits_as_well() -> None:
    pupils = {"форма": "ученик – ученик", "оформление": "вне ТК"}
    rows = pair(ADULT, PUPIL, **pupils), pair(PUPIL, ADULT, **pupils)
    made = school_of(DRAFT, *rows, orders=(issued(PUPILS),))
    (paper,) = papers(plan_of(made), "приказ_о_парах_обучающихся")
    assert paper.state == "проект"


@pytest.mark.parametrize("state", ["подписан", "изменён", "утратил силу", "подписан без docgen"])
@pytest.mark.parametrize("said", [LEFT_OUT, DRAFT])
def test_a_signed_order_stays_what_it_was(said: str, state: str) -> None:
    made = school_of(said, *THREE, orders=(issued(MAIN, состояние=state),), consented=CONSENTED)
    assert made.withheld == ()
    assert made.drafts == frozenset()


def test_a_draft_goes_to_nobody_for_signature_and_says_so_on_every_paper_of_it() -> None:
    made = school_of(DRAFT, *THREE, consented=CONSENTED, extracts=True)
    plan = plan_of(made)
    states = {one.kind.name: one.state for one in plan.documents if not one.is_blank_form}
    drafts = {"приказ_о_парах", "лист_ознакомления", "выписка_о_паре"}
    assert {name for name, state in states.items() if state == "проект"} == drafts
    (gap,) = find_consent_gaps(plan.documents, made)
    assert gap.is_draft
    packets = plan_packets(plan.documents, prepared("school").packets, made)
    handed = {key for one in packets if one.kind.purpose == "originals" for key in one.documents}
    assert not [key for key in handed if key.split("|")[0] in drafts]
    assert [key for key in handed if key.startswith("согласие_на_наставничество|")]


def test_a_replacement_is_no_order_that_waits() -> None:
    assert {one.name for one in shipped_kinds().values() if one.waits_for_consents} == {
        "приказ_о_парах",
        "приказ_о_парах_обучающихся",
        "приказ_о_дополнительных_парах",
    }


def test_an_order_all_of_whose_pairs_wait_is_not_made_and_says_why() -> None:
    plan = plan_of(school_of(LEFT_OUT, *THREE))
    assert papers(plan, "приказ_о_парах") == []
    (found,) = [one for one in plan.problems if one.code == "order-empty"]
    assert "нет всех согласий" in found.message
    assert "соберите" in found.message


@pytest.mark.parametrize(("said", "count"), [(LEFT_OUT, 1), (DRAFT, 1), (USUAL, 0), ("", 0)])
def test_without_the_register_of_signatures_the_setting_waits_for_nothing(
    said: str, count: int
) -> None:
    rows: Mapping[str, list[Row]] = {
        "приказы": [issued(MAIN)],
        "пары": [pair(ANNA, DENIS)],
        "настройки": [{"без_согласий": said}],
    }
    made = replace(workspace(school(rows)), absent=frozenset({"подписи"}))
    assert heed_consents(made, shipped_kinds()) is made
    assert len(unheeded_setting(made)) == count
