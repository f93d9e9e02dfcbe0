"""Ages are those of the day of a paper: who needs a representative, and what that one is called."""

from __future__ import annotations

import datetime as dt

import pytest

from docgen.pipeline.workspace.terms import age_warnings
from docgen.plan import plan_documents
from docgen.wording import Scope
from tests.support.builders import (
    Cell,
    Row,
    checked,
    linked,
    order,
    pair,
    school,
    shipped_kinds,
    spot,
    workspace,
)

PUPIL, FRIEND = "Смирнов Илья Андреевич", "Белых Яна Олеговна"
OF_PUPILS = "закрепление пар обучающихся"


def child(name: str = PUPIL, **more: Cell) -> Row:
    return {"фио": name, "рождён": "01.02.2008", "класс": "11 «А»", **more}


def with_mother(name: str = FRIEND, **more: Cell) -> Row:
    mother: Row = {"представитель": "Белых Ольга Николаевна", "кем_приходится": "мать"}
    return {**child(name, рождён="15.04.2012"), **mother, **more}


def rows(pupil: Row, *days: str, setting: str = "2026/2027") -> dict[str, list[Row]]:
    people: list[Row] = [pupil, with_mother()]
    ends = {"01.10.2026": "28.05.2027", "01.10.2025": "29.05.2026"}
    pairs: list[Row] = [
        pair(PUPIL, FRIEND, форма="ученик – ученик", с=day, по=ends[day]) for day in days
    ]
    return {
        "дети": people,
        "пары": pairs,
        "настройки": [{"учебный_год": setting}],
        "цели": [
            {
                "имя": "Учёт",
                "для_кого": "обучающиеся",
                "цель": "учёта",
                "данные": "имя",
                "действия": "сбор",
                "срок": "31.08.2027",
            }
        ],
    }


def said(registers: dict[str, list[Row]], code: str) -> list[str]:
    return [spot(one) for one in checked(school(registers)) if one.code == code]


@pytest.mark.parametrize(
    ("born", "enrolled", "is_said"),
    [
        ("01.02.2008", "01.09.2015", False),
        ("01.10.2008", "01.09.2015", False),
        ("02.10.2008", "01.09.2015", True),
        ("02.10.2008", None, True),
        ("01.02.2008", None, False),
    ],
)
def test_a_pupil_is_as_old_as_on_the_day_of_the_paper(
    born: str, enrolled: str | None, *, is_said: bool
) -> None:
    registers = rows(child(рождён=born, с=enrolled), "01.10.2026")
    assert said(registers, "missing-value") == ["представитель 2"] * is_said
    made, _ = linked(school(registers))
    found = plan_documents(made, shipped_kinds()).documents
    kinds = {one.kind.name for one in found if PUPIL in one.key and not one.is_blank_form}
    own = "согласие_представителя" if is_said else "согласие_обучающегося"
    assert kinds & {"согласие_представителя", "согласие_обучающегося"} == {own}


def test_the_papers_of_a_year_that_is_over_ask_for_nobody() -> None:
    assert said(rows(child(), "01.10.2025", "01.10.2026"), "missing-value") == []
    assert said(rows(child(), "01.10.2025", setting="2025/2026"), "missing-value") == [
        "представитель 2"
    ]


def test_a_pair_whose_order_is_annulled_asks_for_nobody() -> None:
    registers = rows(child(рождён="02.10.2010"), "01.10.2026")
    registers["приказы"] = [order(о_чём=OF_PUPILS, состояние="аннулирован")]
    registers["пары"] = [{**registers["пары"][0], "приказ": "О внедрении"}]
    assert said(registers, "missing-value") == []


# --- what the representative is, and until when -----------------------------------------------


@pytest.mark.parametrize(
    ("born", "typed", "printed", "is_said"),
    [
        ("01.10.2012", "опекун", "попечитель", True),
        ("02.10.2012", "опекун", "опекун", False),
        ("01.10.2012", "попечитель", "попечитель", False),
        ("01.10.2012", "мать", "мать", False),
        ("01.10.2012", "приёмный родитель", "приёмный родитель", False),
    ],
)
def test_a_guardian_is_a_trustee_from_fourteen_on(
    born: str, typed: str, printed: str, *, is_said: bool
) -> None:
    pupil = with_mother(PUPIL, рождён=born, кем_приходится=typed)
    registers = rows(pupil, "01.10.2026")
    made = workspace(school(registers))
    view = Scope(made, dt.date(2026, 10, 1)).view(made.records["дети"][0])
    assert view.кем_приходится == printed
    assert said(registers, "guardian-age") == ["кем_приходится 2"] * is_said


@pytest.mark.parametrize(
    ("born", "last"),
    [("05.06.2009", "04.06.2027"), ("01.01.2010", "31.12.2027"), ("29.02.2008", "28.02.2026")],
)
def test_a_representative_consents_until_the_eve_of_the_eighteenth_birthday(
    born: str, last: str
) -> None:
    made = workspace(school(rows(with_mother(PUPIL, рождён=born), "01.10.2026")))
    scope = Scope(made, dt.date(2026, 10, 1), frozenset({"дети.рождён"}))
    assert str(scope.view(made.records["дети"][0]).до_18_лет) == last


@pytest.mark.parametrize(
    ("born", "today", "is_said"),
    [
        ("15.01.2009", "2026-12-15", False),
        ("15.01.2009", "2026-12-16", True),
        ("15.01.2009", "2027-05-28", True),
        ("15.01.2009", "2027-05-29", False),
        ("29.05.2009", "2027-05-20", False),
        ("30.09.2008", "2026-10-15", False),
        ("15.01.2010", "2026-12-20", False),
    ],
)
def test_who_comes_of_age_within_a_pair_is_said_in_time(
    born: str, today: str, *, is_said: bool
) -> None:
    made = workspace(school(rows(with_mother(PUPIL, рождён=born), "01.10.2026")))
    found = [*age_warnings(made, dt.date.fromisoformat(today))]
    assert [one.where.cell for one in found] == ["B2"] * is_said
