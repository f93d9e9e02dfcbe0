"""Which documents go into which packet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.model import (
    ChildrensPapers,
    Family,
    Kind,
    PacketKind,
    PacketPer,
    PlannedDocument,
    PlannedSigner,
    Purpose,
    Record,
    Workspace,
)
from docgen.plan import plan_packets
from docgen.plan.recipients import recipients_of
from tests.support.builders import SEPTEMBER, Row, order, pair, school, workspace

FAMILIES = tuple(family for family in Family if family != Family.BLANK_FORM)
DOCUMENTS = (
    ("приказ", Family.ORDER, "О внедрении"),
    ("приложение", Family.APPENDIX, "О внедрении"),
    ("приказ", Family.ORDER, "О парах"),
    ("согласие", Family.CONSENT, ""),
    ("памятка", Family.PAPER, ""),
)


def packet(purpose: str, per: str, **more: Any) -> PacketKind:
    entry = {"title": "Комплект", "families": FAMILIES, **more}
    return PacketKind(
        "комплект",
        source="комплект.toml",
        purpose=Purpose(purpose),
        per=PacketPer(per),
        **entry,
    )


def documents(made: Workspace, **more: Any) -> list[PlannedDocument]:
    """Return two orders, an appendix, a consent and a paper, in the order of a plan."""
    by_name: dict[str, Record] = {row.identity: row for row in made.records["приказы"]}
    found = []
    for name, family, named in DOCUMENTS:
        kind = Kind(name, "", Path(), f"{name}.toml", "приказы", "", family=family)
        key = f"{name}|{named}" if named else name
        state = "проект" if named == more.get("draft") else "на подписи"
        found.append(
            PlannedDocument(
                kind,
                key,
                name,
                name,
                SEPTEMBER,
                {},
                state,
                order=by_name.get(named),
                year=more.get("years", {}).get(named, "2026/2027"),
            )
        )
    return found


def packets_of(one: PacketKind, **more: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Return title and documents of each packet."""
    made = workspace(school({"приказы": [order(), order(имя="О парах", номер="2")]}))
    planned = plan_packets(documents(made, **more), {"комплект": one}, made)
    assert all(item.name == item.title for item in planned)
    return [(item.title, item.documents) for item in planned]


def test_originals_are_one_set_for_each_order() -> None:
    title = "На подпись. № {{ приказ.номер }},  {{ организация.краткое }}"
    assert packets_of(packet("originals", "order", title=title)) == [
        (
            "На подпись. № 1-од, МБОУ «Школа № 1»",
            ("приказ|О внедрении", "приложение|О внедрении"),
        ),
        ("На подпись. № 2, МБОУ «Школа № 1»", ("приказ|О парах",)),
    ]


def test_a_draft_is_in_no_set_of_originals_but_in_others() -> None:
    drafts = {"draft": "О парах"}
    assert len(packets_of(packet("originals", "order"), **drafts)) == 1
    assert len(packets_of(packet("copies", "order"), **drafts)) == 2


def test_originals_of_consents_are_one_set_for_each_kind() -> None:
    one = packet("originals", "kind", families=("consent", "paper"), title="{{ вид }}")
    assert packets_of(one) == [("памятка", ("памятка",)), ("согласие", ("согласие",))]


def test_copies_never_hold_consents() -> None:
    (_, keys), *_ = packets_of(packet("copies", "year"))
    assert "согласие" not in keys
    (_, keys), *_ = packets_of(packet("print", "year"))
    assert "согласие" in keys


def test_a_year_is_one_set_in_the_order_of_the_plan() -> None:
    years = {"years": {"О парах": "2025/2026"}}
    assert packets_of(packet("copies", "year", title="{{ год }}"), **years) == [
        ("2025/2026", ("приказ|О парах",)),
        ("2026/2027", ("приказ|О внедрении", "приложение|О внедрении", "памятка")),
    ]


@pytest.mark.parametrize(
    ("children", "kept"),
    [
        ("with", {"приказ|О внедрении", "приложение|О внедрении", "приказ|О парах", "памятка"}),
        ("without", {"приказ|О внедрении", "приложение|О внедрении"}),
        ("only", {"приказ|О парах", "памятка"}),
    ],
)
def test_papers_about_children_are_with_the_others_or_apart(children: str, kept: set[str]) -> None:
    rows: dict[str, list[Row]] = {
        "приказы": [order(), order(имя="О парах", номер="2")],
        "дети": [{"фио": "Зуев Кирилл Олегович", "рождён": dt.date(2009, 1, 1), "класс": "9"}],
        "пары": [pair("Петрова Анна Сергеевна", "Зуев Кирилл Олегович", приказ="О парах")],
    }
    made = workspace(school(rows))
    planned = documents(made)
    (child,) = made.records["дети"]
    planned[-1] = replace(planned[-1], variables={"ребёнок": child})
    one = packet("copies", "year", children=ChildrensPapers(children))
    found = plan_packets(planned, {"комплект": one}, made)
    assert {key for item in found for key in item.documents} == kept


@pytest.mark.parametrize(
    ("mentor", "mentee"),
    [("Зуев Кирилл Олегович", "Ким Софья Ильинична"), ("Петрова Анна Сергеевна",) * 2],
)
def test_an_order_is_about_children_when_one_of_its_pairs_is(mentor: str, mentee: str) -> None:
    rows: dict[str, list[Row]] = {
        "приказы": [order(), order(имя="О парах", номер="2")],
        "дети": [
            {"фио": "Зуев Кирилл Олегович", "рождён": dt.date(2009, 1, 1), "класс": "9"},
            {"фио": "Ким Софья Ильинична", "рождён": dt.date(2009, 1, 1), "класс": "9"},
        ],
        "пары": [pair(mentor, mentee, приказ="О парах")],
    }
    made = workspace(school(rows))
    one = packet("copies", "year", children=ChildrensPapers.ONLY)
    found = plan_packets(documents(made), {"комплект": one}, made)
    assert bool(found) == (mentor != mentee)


@pytest.mark.parametrize(("families", "count"), [(("consent",), 0), (("blank-form",), 1)])
def test_a_blank_form_is_only_in_sets_of_blank_forms(families: tuple[str, ...], count: int) -> None:
    made = workspace(school())
    kind = Kind("согласие", "", Path(), "", "пары", "", family=Family.CONSENT)
    blank = PlannedDocument(kind, "бланк", "", "", SEPTEMBER, {}, "", is_blank_form=True, year="г")
    one = packet("print", "year", families=families)
    assert len(plan_packets(iter([blank]), {"комплект": one}, made)) == count


def test_a_family_that_a_set_does_not_name_is_not_in_it() -> None:
    assert packets_of(packet("print", "year", families=("sheet",))) == []


def test_a_wrong_tag_in_the_title_of_a_set_is_told_by_its_entry() -> None:
    with pytest.raises(TemplateError) as error:
        packets_of(packet("print", "year", title="{{ приказ.номр }}"))
    assert str(error.value.problems[0].where) == "комплект.toml, ключ «title»"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", ()),
        ("в дело", (("в дело", 1),)),
        ("В дело; Управление образования – 2", (("В дело", 1), ("Управление образования", 2))),
        ("Школа № 5\nШкола № 7 - 3 экз.", (("Школа № 5", 1), ("Школа № 7", 3))),
        ("бухгалтерия (2 экз.); бухгалтерия: 1", (("бухгалтерия", 3),)),
        ("Петрова А.С., 2 экз.;", (("Петрова А.С.", 2),)),
        ("архив – 0", ()),
    ],
)
def test_addressees_get_one_copy_unless_a_number_is_told(
    cell: str, found: tuple[tuple[str, int], ...]
) -> None:
    assert recipients_of(cell) == found


# --- a folder for each signer ----------------------------------------------------------------

DIRECTOR = PlannedSigner("руководитель", "Ким А.И.", "сотрудники/Ким", "Ким А.И.", "директор")
TEACHER = PlannedSigner("наставник", "Ли В.А.", "сотрудники/Ли", "Ли В.А.", "учитель", "7")
NAMESAKE = PlannedSigner("наставник", "Ли В.А.", "сотрудники/Ли|8", "Ли В.А.", "учитель", "8")
FOLDER_TITLE = (
    "{% if 'руководитель' in роли %}{{ должность|с_заглавной }}{% else %}{{ роли[0] }}{% endif %} "
    "{{ имя_кратко }}{% if таб %}, таб. {{ таб }}{% endif %}"
)


def folders(
    signers: Mapping[str, tuple[PlannedSigner, ...]],
    rows: list[Row] | None = None,
    states: dict[str, str] | None = None,
    **more: Any,
) -> dict[str, tuple[str, ...]]:
    """Return the documents of each signer's folder, by its title."""
    made = workspace(
        school({"приказы": [order(), order(имя="О парах", номер="2")], "подписи": rows or []})
    )
    papers = [
        replace(
            one,
            signers=signers.get(one.key, ()),
            state=(states or {}).get(one.key, one.state),
        )
        for one in documents(made)
    ]
    one = packet("originals", "signer", **{"title": FOLDER_TITLE, **more})
    return {item.title: item.documents for item in plan_packets(papers, {"к": one}, made)}


def signed(key: str, signer: PlannedSigner, **more: Any) -> Row:
    cells = {"ключ_бумаги": key, "ключ_подписи": f"{signer.role}|{signer.person}"}
    return {"бумага": key, **cells, "подписано": "01.10.2026", **more}


BOTH = {"приказ|О внедрении": (DIRECTOR,), "приказ|О парах": (DIRECTOR,)}


def test_a_folder_holds_what_a_person_signs_and_the_appendices_of_those_orders() -> None:
    wanted = {**BOTH, "согласие": (TEACHER,), "памятка": (TEACHER, DIRECTOR)}
    assert folders(wanted) == {
        "Директор Ким А.И.": (
            "приказ|О внедрении",
            "приложение|О внедрении",
            "приказ|О парах",
            "памятка",
        ),
        "наставник Ли В.А.": ("согласие", "памятка"),
    }


def test_who_signs_fewer_papers_than_the_entry_wants_gets_no_folder() -> None:
    wanted = {**BOTH, "согласие": (TEACHER,)}
    assert [*folders(wanted, least=2)] == ["Директор Ким А.И."]


@pytest.mark.parametrize("state", ["проект", "подписан", "изменён", "утратил силу"])
def test_drafts_and_signed_papers_are_in_no_folder(state: str) -> None:
    found = folders(BOTH, states={"приказ|О внедрении": state})
    assert found == {"Директор Ким А.И.": ("приказ|О парах",)}


@pytest.mark.parametrize("entered", [{}, {"подписано": "", "отказ": "да"}])
def test_what_came_back_signed_or_refused_is_in_no_folder(entered: dict[str, str]) -> None:
    rows = [signed("приказ|О парах", DIRECTOR, **entered)]
    found = folders(BOTH, rows)
    assert found == {"Директор Ким А.И.": ("приказ|О внедрении", "приложение|О внедрении")}


def test_only_namesakes_bear_their_numbers() -> None:
    wanted = {"согласие": (TEACHER,), "памятка": (NAMESAKE,)}
    assert [*folders(wanted)] == ["наставник Ли В.А., таб. 7", "наставник Ли В.А., таб. 8"]


def test_a_line_for_a_name_is_nobodys_folder() -> None:
    assert folders({"памятка": (PlannedSigner("свидетель", ""),)}) == {}
