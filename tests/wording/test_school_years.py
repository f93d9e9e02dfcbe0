"""One rule tells to which school year an order, a pair and a paper belong."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from docgen.catalogue import read_packets
from docgen.model import Record, Workspace
from docgen.plan import plan_documents, plan_packets
from docgen.records import check_workspace, without_signed
from docgen.wording import Scope, to_school_year, year_of
from docgen.wording.school_years import year_of_day
from tests.support.builders import (
    ANNA,
    DENIS,
    ROOT,
    Cell,
    Row,
    appendix,
    checked,
    linked,
    order,
    pair,
    point,
    school,
    shipped_kinds,
    workspace,
)

THIS, NEXT = "2025/2026", "2026/2027"
DAYS = {
    dt.date(2026, 6, 1): THIS,
    dt.date(2026, 6, 14): THIS,
    dt.date(2026, 6, 15): NEXT,
    dt.date(2026, 6, 30): NEXT,
    dt.date(2026, 8, 25): NEXT,
    dt.date(2026, 8, 31): NEXT,
    dt.date(2026, 9, 1): NEXT,
    dt.date(2026, 12, 31): NEXT,
}
FORMS = {
    "внедрение наставничества": "",
    "назначение куратора": "",
    "закрепление пар педагогов": "педагог – педагог",
    "закрепление пар обучающихся": "педагог – ученик",
}
OF_TEACHERS = "закрепление пар педагогов"
SETTINGS = {"filled": NEXT, "empty": "", "contradicting": "2024/2025", "to come": "2027/2028"}
BEGINNINGS = {THIS: dt.date(2025, 9, 15), NEXT: dt.date(2026, 9, 14)}
PUPIL = "Смирнов Илья Андреевич"


def pair_of(form: str, year: str, **more: Cell) -> Row:
    begins = BEGINNINGS[year]
    mentee = PUPIL if form.endswith("ученик") else DENIS
    ends = dt.date(begins.year + 1, 5, 28)
    return pair(ANNA, mentee, **{"форма": form, "с": begins, "по": ends, **more})


def rows_with(
    about: str, pairs: list[Row], setting: str = "", **more: Cell
) -> dict[str, list[Row]]:
    child = {
        "фио": PUPIL,
        "рождён": "15.04.2012",
        "класс": "9 «А»",
        "представитель": "Смирнова Ольга Николаевна",
        "кем_приходится": "мать",
    }
    return {
        "приказы": [order(о_чём=about, **more)],
        "дети": [child],
        "пары": pairs,
        "пункты": [point("1", "Исполнить", кому=ANNA)] if about == "свой текст" else [],
        "настройки": [{"учебный_год": setting}] if setting else [],
    }


def made_with(about: str, pairs: list[Row], setting: str = "", **more: Cell) -> Workspace:
    return workspace(school(rows_with(about, pairs, setting, **more)))


def printed_year(made: Workspace) -> str:
    """Return the year that the order prints, which its papers and its row must share."""
    (record,) = made.records["приказы"]
    plan = plan_documents(made, shipped_kinds())
    (document,) = [one for one in plan.documents if one.order is record]
    year = str(Scope(made, document.date).view(record).год_строкой)
    assert document.year == year == year_of(record, made, "?")
    return year


@pytest.mark.parametrize(
    ("about", "day", "setting", "whose"), [*product(FORMS, DAYS, SETTINGS, [THIS, NEXT])]
)
def test_an_order_prints_the_year_of_its_pairs_else_of_its_date(
    about: str, day: dt.date, setting: str, whose: str
) -> None:
    form = FORMS[about]
    # Pairs that an order is not about decide nothing of it.
    pairs = [pair_of(form or "педагог – педагог", whose, приказ="О внедрении" if form else None)]
    made = made_with(about, pairs, SETTINGS[setting], дата=day)
    assert printed_year(made) == (whose if form else DAYS[day])


@pytest.mark.parametrize(
    ("about", "day", "setting", "named"), [*product(FORMS, DAYS, SETTINGS, [THIS, NEXT])]
)
def test_the_heading_outweighs_pairs_and_date_and_the_own_cell_all(
    about: str, day: dt.date, setting: str, named: str
) -> None:
    form = FORMS[about]
    other = THIS if named == NEXT else NEXT
    pairs = [pair_of(form, other, приказ="О внедрении")] if form else []
    heading = f"О наставничестве на {named.replace('/', '-')} учебный год"
    typed: dict[str, Cell] = {"дата": day, "заголовок": heading}
    assert printed_year(made_with(about, pairs, setting=SETTINGS[setting], **typed)) == named
    assert (
        printed_year(made_with(about, pairs, setting=SETTINGS[setting], **typed, год=other))
        == other
    )


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2026/2027", NEXT),
        ("2026–2027", NEXT),
        ("2026/27", NEXT),
        ("2026-2027 уч. год", NEXT),
        ("2026/2027 учебный год", NEXT),
        ("на 2026/2027 уч.г.", NEXT),
        ("2026", ""),
        ("2026/2028", ""),
        ("2025/2026 и 2026/2027 учебные годы", ""),
    ],
)
def test_a_school_year_is_known_with_its_words_around_it(typed: str, year: str) -> None:
    assert to_school_year(typed) == year


@pytest.mark.parametrize("day", DAYS)
def test_an_order_that_no_pair_names_goes_by_those_that_begin_soon(day: dt.date) -> None:
    old, new = (pair_of("педагог – педагог", year) for year in (THIS, NEXT))
    for pairs in ([new], [old, new], [new, old]):
        made = made_with(OF_TEACHERS, pairs, дата=day)
        assert printed_year(made) == NEXT
        (document,) = [one for one in plan_documents(made, shipped_kinds()).documents if one.order]
        printed = document.variables["пары"]
        assert isinstance(printed, tuple)
        begins = [one.values["с"] for one in printed if isinstance(one, Record)]
        assert begins == [BEGINNINGS[NEXT]]


@pytest.mark.parametrize(
    ("setting", "pairs", "year"),
    [
        (NEXT, [], NEXT),
        ("", [], "20___/20___"),
        ("2024/2025", [pair_of("педагог – педагог", NEXT)], NEXT),
    ],
)
def test_an_order_without_a_date_is_of_the_year_of_its_pairs_else_of_the_settings(
    setting: str, pairs: list[Row], year: str
) -> None:
    about = OF_TEACHERS if pairs else "назначение куратора"
    made = made_with(about, pairs, setting, дата=None)
    (document,) = [one for one in plan_documents(made, shipped_kinds()).documents if one.order]
    assert str(Scope(made, document.date).view(made.records["приказы"][0]).год_строкой) == year


@pytest.mark.parametrize(
    ("day", "heading", "year"),
    [
        (dt.date(2026, 6, 25), "Об итогах наставничества", THIS),
        (dt.date(2026, 8, 28), "О результатах мониторинга наставничества", THIS),
        (dt.date(2026, 9, 10), "Об утверждении отчёта о наставничестве", THIS),
        (dt.date(2026, 10, 5), "Об итогах первого месяца", NEXT),
        (dt.date(2026, 6, 25), "О прекращении наставничества", THIS),
        (dt.date(2026, 9, 10), "О прекращении наставничества", NEXT),
        (dt.date(2026, 6, 25), "О поощрении наставников", THIS),
        (dt.date(2026, 6, 25), "О премировании по итогам года", THIS),
        (dt.date(2026, 8, 28), "Об организации мониторинга", NEXT),
        (dt.date(2026, 8, 28), "Об итогах 2025/2026 учебного года и задачах на 2026/2027", THIS),
        (dt.date(2026, 9, 1), "О плане на 2026-2027 годы", NEXT),
        (dt.date(2027, 2, 1), "О дорожной карте на 2023-2026 годы", NEXT),
    ],
)
def test_what_sums_up_a_year_looks_back(day: dt.date, heading: str, year: str) -> None:
    assert printed_year(made_with("свой текст", [], NEXT, дата=day, заголовок=heading)) == year


@pytest.mark.parametrize(
    ("begins", "ends", "year"),
    [
        (dt.date(2026, 8, 25), dt.date(2027, 5, 28), NEXT),
        (dt.date(2026, 6, 20), dt.date(2026, 8, 20), THIS),
        (dt.date(2026, 1, 12), dt.date(2026, 12, 31), THIS),
        (dt.date(2026, 9, 1), None, NEXT),
    ],
)
def test_a_pair_is_of_the_year_that_it_begins_for(
    begins: dt.date, ends: dt.date | None, year: str
) -> None:
    assert year_of_day(begins, ends) == year


def test_sets_of_a_year_hold_the_orders_that_its_august_prepares() -> None:
    pairs = [pair_of("педагог – педагог", NEXT, приказ="О внедрении")]
    made = made_with(OF_TEACHERS, pairs, THIS, дата=dt.date(2026, 8, 28))
    documents = plan_documents(made, shipped_kinds()).documents
    packets = read_packets([ROOT / "templates_docx" / "packets"])
    titles = {one.title for one in plan_packets(documents, packets, made)}
    assert "Копии. Наставничество, 2026/2027 учебный год" in titles
    assert not [title for title in titles if THIS in title]


# --- what is said of years that differ -------------------------------------------------------


def remarks_of(rows: dict[str, list[Row]]) -> list[str]:
    return [one.message for one in checked(school(rows)) if one.code == "year-differs"]


def test_an_order_of_august_with_its_pairs_and_appendices_of_one_year_is_not_remarked() -> None:
    rows = rows_with(
        OF_TEACHERS,
        [pair_of("педагог – педагог", NEXT, приказ="О внедрении")],
        THIS,
        дата=dt.date(2026, 8, 28),
        заголовок="О закреплении пар на 2026/2027 учебный год",
    )
    rows["приложения"] = [
        appendix("1", заголовок="План на 2026-2027 уч. г."),
        appendix("2", "отчёт", заголовок="Отчёт за 2025/2026 учебный год"),
        appendix("3", заголовок="Дорожная карта на 2026-2029 годы"),
    ]
    assert remarks_of(rows) == []


def test_all_that_speaks_of_another_year_stands_in_one_remark_with_its_cells() -> None:
    rows = rows_with(
        OF_TEACHERS,
        [pair_of("педагог – педагог", NEXT, приказ="О внедрении")],
        год=THIS,
        заголовок="О закреплении пар на 2026/2027 учебный год",
    )
    rows["приложения"] = [appendix("1", заголовок="План на 2027/2028 учебный год")]
    assert remarks_of(rows) == [
        "приказ № 1-од «О внедрении»: год 2025/2026 – из столбца «Учебный год» (H2), а заголовок "
        "говорит о 2026/2027 (G2); пары начинаются в 2026/2027 (лист «Пары», F2); дата "
        "01.09.2026 (E2) – 2026/2027; приложение – о 2027/2028 (лист «Приложения», D2); оставьте "
        "один учебный год"
    ]


@pytest.mark.parametrize("state", ["подписан", "изменён", "аннулирован", "подписан без docgen"])
def test_years_of_what_is_signed_or_void_are_not_remarked(state: str) -> None:
    rows = rows_with(
        OF_TEACHERS,
        [pair_of("педагог – педагог", NEXT, приказ="О внедрении")],
        год=THIS,
        состояние=state,
    )
    made, problems = linked(school(rows))
    found = without_signed([*problems, *check_workspace(made)], made)
    assert [one.message for one in found if one.code == "year-differs"] == []


@pytest.mark.parametrize(
    ("day", "more", "is_said"),
    [
        (dt.date(2025, 9, 10), {"год": NEXT}, True),
        (dt.date(2026, 1, 12), {"год": NEXT}, False),
        (dt.date(2026, 9, 10), {"год": THIS}, True),
        (dt.date(2026, 8, 28), {"год": THIS}, True),
        (dt.date(2026, 6, 10), {"год": THIS}, False),
        (dt.date(2026, 9, 10), {"год": THIS, "заголовок": "Об итогах наставничества"}, False),
        (dt.date(2026, 9, 10), {"год": THIS, "заголовок": "О внесении изменений в план"}, False),
        (dt.date(2026, 9, 10), {"заголовок": "О плане на 2025/2026 учебный год"}, True),
        (dt.date(2026, 9, 10), {"заголовок": "О плане на 2026/2027 учебный год"}, False),
    ],
)
def test_a_date_that_cannot_be_of_the_year_is_remarked(
    day: dt.date, more: dict[str, Cell], *, is_said: bool
) -> None:
    found = remarks_of(rows_with("свой текст", [], "", дата=day, **more))
    assert ["(E2)" in one for one in found] == [True] * is_said
