"""Who was present at a meeting, whether it may decide, and how others cite its minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from docgen.records import check_workspace
from docgen.wording.acts import OrderCitation
from docgen.wording.list_filters import by_alphabet
from docgen.wording.record_views import BrokenRecordError, Scope
from docgen.wording.register_rows import rows_of
from docgen.wording.value_views import WordingError
from tests.support.builders import (
    ANNA,
    DENIS,
    Row,
    RowsByRegister,
    appendix,
    first,
    linked,
    order,
    plain,
    school,
    scope_of,
    workspace,
)

DAY = dt.date(2026, 8, 27)
GROUP = "рабочая группа"
MINUTES: Row = order(
    имя="Протокол совета",
    вид="протокол",
    серия="протоколы",
    номер="3",
    дата="27.08.2026",
    о_чём="протокол заседания",
    заголовок="заседания педагогического совета",
)


def member(person: str, body: str = GROUP, **more: Any) -> Row:
    return {"орган": body, "сотрудник": person, **more}


def meeting(members: Sequence[Row] = (), **more: Any) -> Any:
    row: Row = {
        "приказ": "Протокол совета",
        "орган": GROUP,
        "председатель": ANNA,
        "секретарь": DENIS,
        **more,
    }
    rows: RowsByRegister = {"приказы": [MINUTES], "заседания": [row], "составы": members}
    return first(scope_of(rows, day=DAY), "заседания")


def names(people: Sequence[Any]) -> list[str]:
    return [plain(str(one.фио.in_style("initials"))) for one in people]


def test_those_who_were_present_are_named_by_the_alphabet() -> None:
    assert names(meeting(присутствовали=f"{ANNA}; {DENIS}").присутствующие) == [
        "Кузнецов Д.О.",
        "Петрова А.С.",
    ]


def test_all_are_the_members_of_that_body_on_that_day() -> None:
    members = [
        member(ANNA),
        member(DENIS, с="01.09.2026"),
        member("Иванова Мария Петровна", "педагогический совет"),
    ]

    held = meeting(members, присутствовали="все")

    assert names(held.присутствующие) == ["Петрова А.С."]
    assert (held.присутствует, held.всего_членов) == (1, 1)


@pytest.mark.parametrize(
    ("cells", "needed"),
    [({"членов": 30}, 15), ({"членов": 7}, 4), ({"членов": 30, "кворум": 20}, 20)],
)
def test_half_of_the_members_decide_unless_a_number_is_typed(
    cells: dict[str, int], needed: int
) -> None:
    held = meeting((), сколько=24, **cells)

    assert held.нужно == needed
    assert held.присутствует == 24


@pytest.mark.parametrize(
    ("case", "words"),
    [("род", "протокола"), ("твор", "протоколом")],
)
def test_minutes_are_cited_by_their_body(case: str, words: str) -> None:
    view = first(scope_of({"приказы": [MINUTES]}, day=DAY), "приказы")

    cited = OrderCitation(view).in_case(case)

    assert str(cited).replace("\u00a0", " ") == (
        f"{words} заседания педагогического совета от 27 августа 2026 г. № 3"
    )


def mark(**cells: Any) -> list[str]:
    rows: RowsByRegister = {
        "приказы": [order(), MINUTES],
        "приложения": [appendix()],
        "заседания": [
            {
                "приказ": "Протокол совета",
                "орган": "педагогический совет",
                "председатель": ANNA,
                "секретарь": DENIS,
            }
        ],
        "грифы": [{"приказ": order()["имя"], "слово": "ПРИНЯТО", **cells}],
    }
    (lines,) = first(scope_of(rows), "приложения").грифы
    return [line.replace("\u00a0", " ") for line in lines]


def test_a_mark_that_names_minutes_takes_body_day_and_number_from_them() -> None:
    assert mark(чем="Протокол совета")[1:] == [
        "педагогическим советом",
        "(протокол от 27.08.2026 № 3)",
    ]


def test_a_mark_may_name_the_body_itself() -> None:
    assert mark(чем="Протокол совета", кто="управляющий совет")[1] == "управляющим советом"


def test_an_order_rests_on_no_minutes_of_a_later_day() -> None:
    later = {**MINUTES, "дата": "15.09.2026"}
    marked = {"приказ": order()["имя"], "слово": "ПРИНЯТО", "чем": "Протокол совета"}
    made, _ = linked(
        school({"приказы": [order(), later], "приложения": [appendix()], "грифы": [marked]})
    )

    assert [one.code for one in check_workspace(made)].count("own-ground") == 1


@pytest.mark.parametrize(("day", "is_taken"), [("12.01.2027", True), ("29.09.2025", False)])
def test_minutes_are_numbered_by_school_years(day: str, *, is_taken: bool) -> None:
    other = {**MINUTES, "имя": "Другой протокол", "дата": day}
    made, _ = linked(school({"приказы": [order(), MINUTES, other]}))

    assert ("duplicate-number" in {one.code for one in check_workspace(made)}) == is_taken


def test_rows_of_a_register_are_those_of_the_day() -> None:
    made = workspace(school({"составы": [member(ANNA, по="31.08.2026"), member(DENIS)]}))

    assert len(rows_of(Scope(made, DAY), "составы")) == 2
    assert len(rows_of(Scope(made, dt.date(2026, 9, 1)), "составы")) == 1


def test_a_list_is_not_made_without_a_row_that_did_not_pass_the_checks() -> None:
    made, _ = linked(school({"составы": [member("Никто Такой Нет"), member(DENIS)]}))

    with pytest.raises(BrokenRecordError):
        rows_of(Scope(made, DAY), "составы")


def test_only_lists_have_an_order() -> None:
    with pytest.raises(WordingError, match="не список"):
        by_alphabet("Петрова")
    with pytest.raises(WordingError, match="такого столбца"):
        by_alphabet([1], "сотрудник")
