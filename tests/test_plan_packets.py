"""Which documents go into which set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.model import Kind, PacketKind, PlannedDocument, Record, Workspace
from docgen.plan import plan_packets
from docgen.plan.recipients import recipients_of
from tests.builders import SEPTEMBER, order, school, workspace

FAMILIES = ("order", "appendix", "sheet", "paper", "consent")
DOCUMENTS = (
    ("приказ", "order", "О внедрении"),
    ("приложение", "appendix", "О внедрении"),
    ("приказ", "order", "О парах"),
    ("согласие", "consent", ""),
    ("памятка", "paper", ""),
)


def packet(purpose: str, per: str, **more: Any) -> PacketKind:
    entry = {"title": "Комплект", "families": FAMILIES, **more}
    return PacketKind("комплект", source="комплект.toml", purpose=purpose, per=per, **entry)


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


def sets(one: PacketKind, **more: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Return title and documents of each set."""
    made = workspace(school({"приказы": [order(), order(имя="О парах", номер="2")]}))
    planned = plan_packets(documents(made, **more), {"комплект": one}, made)
    assert all(item.name == item.title for item in planned)
    return [(item.title, item.documents) for item in planned]


def test_originals_are_one_set_for_each_order() -> None:
    title = "На подпись. № {{ приказ.номер }},  {{ организация.краткое }}"
    assert sets(packet("originals", "order", title=title)) == [
        (
            "На подпись. № 1-од, МБОУ «Школа № 1»",
            ("приказ|О внедрении", "приложение|О внедрении"),
        ),
        ("На подпись. № 2, МБОУ «Школа № 1»", ("приказ|О парах",)),
    ]


def test_a_draft_is_in_no_set_of_originals_but_in_others() -> None:
    drafts = {"draft": "О парах"}
    assert len(sets(packet("originals", "order"), **drafts)) == 1
    assert len(sets(packet("copies", "order"), **drafts)) == 2


def test_originals_of_consents_are_one_set_for_each_kind() -> None:
    one = packet("originals", "kind", families=("consent", "paper"), title="{{ вид }}")
    assert sets(one) == [("памятка", ("памятка",)), ("согласие", ("согласие",))]


def test_copies_never_hold_consents() -> None:
    (_, keys), *_ = sets(packet("copies", "year"))
    assert "согласие" not in keys
    (_, keys), *_ = sets(packet("print", "year"))
    assert "согласие" in keys


def test_a_year_is_one_set_in_the_order_of_the_plan() -> None:
    years = {"years": {"О парах": "2025/2026"}}
    assert sets(packet("copies", "year", title="{{ год }}"), **years) == [
        ("2025/2026", ("приказ|О парах",)),
        ("2026/2027", ("приказ|О внедрении", "приложение|О внедрении", "памятка")),
    ]


@pytest.mark.parametrize(("families", "count"), [(("consent",), 0), (("blank-form",), 1)])
def test_a_blank_form_is_only_in_sets_of_blank_forms(families: tuple[str, ...], count: int) -> None:
    made = workspace(school())
    kind = Kind("согласие", "", Path(), "", "пары", "", family="consent")
    blank = PlannedDocument(kind, "бланк", "", "", SEPTEMBER, {}, "", is_blank_form=True, year="г")
    one = packet("print", "year", families=families)
    assert len(plan_packets(iter([blank]), {"комплект": one}, made)) == count


def test_a_family_that_a_set_does_not_name_is_not_in_it() -> None:
    assert sets(packet("print", "year", families=("sheet",))) == []


def test_a_wrong_tag_in_the_title_of_a_set_is_told_by_its_entry() -> None:
    with pytest.raises(TemplateError) as error:
        sets(packet("print", "year", title="{{ приказ.номр }}"))
    assert str(error.value.problems[0].where) == "комплект.toml, ключ «title»"


@pytest.mark.parametrize(
    ("told", "found"),
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
    told: str, found: tuple[tuple[str, int], ...]
) -> None:
    assert recipients_of(told) == found
