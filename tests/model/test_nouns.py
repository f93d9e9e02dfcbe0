"""The nouns that stages pass to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import Location
from docgen.model import (
    Column,
    Family,
    Kind,
    MissingColumnError,
    MissingRecordError,
    OrderState,
    PlannedDocument,
    Record,
    Reference,
    Schema,
    TableCell,
    TextLook,
    TextRun,
    Workspace,
    sameness,
)
from tests.support.builders import ANNA, DENIS, SEPTEMBER, order, pair, point, school, workspace

IVANOVA = Reference("сотрудники", "Иванова", "Иванова")


def row(post: str, begins: str = "", ends: str = "") -> Record:
    return Record(
        "сотрудники",
        "Иванова",
        {"должность": post},
        {},
        Location(),
        dt.date.fromisoformat(begins) if begins else None,
        dt.date.fromisoformat(ends) if ends else None,
    )


def over_time(*rows: Record) -> Workspace:
    by_identity = {("сотрудники", "Иванова"): rows}
    return Workspace("школа", Path(), {}, {}, {}, by_identity)


def post_on(workspace: Workspace, day: str) -> object:
    return workspace.version(IVANOVA, dt.date.fromisoformat(day)).values["должность"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МБУ «Центр»", "мбу  центр"),
        ("Фёдоров Артём", "федоров артем"),
        ("педагог – педагог", "педагог - педагог"),
        ("Школа\u00a0№ 1", "школа № 1"),
        ("„Сказка“", "“сказка”"),
    ],
)
def test_two_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert sameness(one) == sameness(other)


@given(st.text(st.characters(codec="cp1251")))
def test_what_two_spellings_share_is_found_once_and_for_all(text: str) -> None:
    assert sameness(sameness(text)) == sameness(text)


def test_a_period_is_inclusive_and_open_where_it_is_empty() -> None:
    term = row("учитель", "2026-09-01", "2027-05-31")
    assert [
        term.holds_on(dt.date.fromisoformat(day))
        for day in ("2026-08-31", "2026-09-01", "2027-05-31", "2027-06-01")
    ] == [False, True, True, False]
    assert row("учитель").holds_on(dt.date.min)
    assert row("учитель").holds_on(dt.date.max)


def test_a_paper_takes_the_row_that_holds_on_its_day() -> None:
    workspace = over_time(row("учитель", ends="2025-08-31"), row("завуч", "2025-09-01"))
    assert post_on(workspace, "2025-08-31") == "учитель"
    assert post_on(workspace, "2025-09-01") == "завуч"


def test_of_two_rows_that_hold_the_later_one_is_taken() -> None:
    assert post_on(over_time(row("учитель"), row("завуч", "2025-09-01")), "2026-01-01") == "завуч"


def test_in_a_gap_the_last_row_that_ended_is_taken_whatever_the_order_of_rows() -> None:
    rows = [row("завуч", "2024-09-01", "2025-08-31"), row("учитель", "2020-09-01", "2024-08-31")]
    assert post_on(over_time(*rows), "2026-01-01") == "завуч"
    assert post_on(over_time(*reversed(rows)), "2026-01-01") == "завуч"


def test_before_everything_the_first_row_is_taken() -> None:
    rows = [row("завуч", "2025-09-01"), row("учитель", "2020-09-01", "2025-08-31")]
    assert post_on(over_time(*rows), "2019-01-01") == "учитель"


def test_a_reference_to_nobody_is_an_error() -> None:
    with pytest.raises(MissingRecordError, match="сотрудники/Петров"):
        over_time().version(Reference("сотрудники", "Петров", ""), dt.date(2026, 9, 1))


def test_a_schema_finds_its_columns_by_name() -> None:
    column = Column("фио", "ФИО")
    schema = Schema(
        "сотрудники", "Книга.xlsx", "Сотрудники", "сотрудник", "сотрудники", (column,), ""
    )
    assert schema.column("фио") is column
    with pytest.raises(MissingColumnError, match="пол"):
        schema.column("пол")


def test_what_ledgers_keep_of_cells_names_every_field() -> None:
    place = Location("дом/Книга.xlsx", "План", "B7", paragraph=3)
    run = TextRun("Иванова", TextLook(shift="super"))
    for value in (place, TableCell("Иванова «М.»", place, 2, is_bold=True, runs=(run,))):
        shown = [f"{field.name}={getattr(value, field.name)!r}" for field in fields(value)]
        assert repr(value) == f"{type(value).__name__}({', '.join(shown)})"


def test_a_cell_without_looks_is_kept_as_it_was_before_they_were_known() -> None:
    assert repr(TableCell("а", Location())).endswith("align='')")


def test_a_row_belongs_to_the_order_that_it_is_or_names() -> None:
    rows = {
        "приказы": [order()],
        "пункты": [point("1", "Утвердить.")],
        "пары": [pair(ANNA, DENIS), pair(ANNA, DENIS, с="15.09.2026", приказ="О внедрении")],
    }
    made = workspace(school(rows))
    (only,) = made.records["приказы"]
    (named,) = made.records["пункты"]
    free, own = made.records["пары"]
    assert [made.order_of(row) for row in (only, named, own)] == [only, only, only]
    assert made.order_of(free) is None


def test_a_document_is_private_by_its_kind_but_a_blank_form_never_is() -> None:
    kind = Kind("согласие", "", Path(), "", "пары", "", family=Family.CONSENT)
    filled = PlannedDocument(kind, "к", "", "", SEPTEMBER, {}, OrderState.TO_SIGN)
    assert filled.is_private
    assert not replace(filled, is_blank_form=True).is_private
