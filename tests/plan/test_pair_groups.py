"""Groups of one mentor: one row of the order, one consent with all mentees."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from docgen.plan import plan_documents
from docgen.plan.consent_gaps import find_consent_gaps
from docgen.wording import Scope
from docgen.wording.pair_groups import views_in_groups
from docgen.wording.value_views import WordingError
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
from tests.support.small_root import Sheets, made, make_root, make_school, run, text_of

OLEG, YANA = "Шапиро Олег Игоревич", "Белых Яна Олеговна"
HEAD = "Иванова Мария Петровна"
STAFF = [person(OLEG, "учитель"), person(YANA, "учитель")]
NAME = "Молодые специалисты"


def three(**more: Cell) -> list[Row]:
    """Return three rows of one mentor and group; ``more`` changes the last."""
    same = {"группа": NAME, "приказ": "О парах", "выплата": "15 % оклада"}
    rows = [pair(ANNA, one, **same) for one in (DENIS, OLEG, YANA)]
    return [*rows[:2], {**rows[2], **more}]


def consents(pairs: list[Row]) -> list[tuple[str, int]]:
    """Return who gives which consent, with the number of pairs that the mentor's is about."""
    orders = [order(имя="О парах", о_чём="закрепление пар педагогов")]
    rows = school({"пары": pairs, "приказы": orders}, staff=STAFF)
    documents = plan_documents(workspace(rows), shipped_kinds()).documents
    found = [
        (document.key.split("|")[1], document.variables.get("пары"))
        for document in documents
        if document.kind.name == "согласие_на_наставничество" and not document.is_blank_form
    ]
    return [(who, len(rows) if isinstance(rows, tuple) else 1) for who, rows in found]


def test_a_group_has_one_consent_of_its_mentor() -> None:
    assert sorted(consents(three())) == sorted([(ANNA, 3), (DENIS, 1), (OLEG, 1), (YANA, 1)])


@pytest.mark.parametrize(
    "more",
    [
        {"по": dt.date(2026, 12, 25)},
        {"с": dt.date(2026, 10, 1)},
        {"группа": "Вторая"},
        {"группа": None},
        {"выплата": "10 % оклада"},
        {"форма": "руководитель – педагог"},
    ],
)
def test_a_row_of_another_term_or_group_stands_alone(more: dict[str, Cell]) -> None:
    found = [one for one in consents(three(**more)) if one[0] == ANNA]
    assert sorted(found) == [(ANNA, 1), (ANNA, 2)]


def test_rows_without_a_group_stay_as_they_are() -> None:
    rows: list[Row] = [{**row, "группа": None} for row in three()]
    assert sorted(consents(rows)).count((ANNA, 1)) == 3


def test_two_mentors_of_one_group_are_two_rows() -> None:
    rows = [*three()[:2], pair(HEAD, YANA, группа=NAME, приказ="О парах")]
    assert {(HEAD, 1), (ANNA, 2)} <= {*consents(rows)}


def test_the_consent_of_a_group_is_needed_by_each_of_its_pairs() -> None:
    orders = [order(имя="О парах", о_чём="закрепление пар педагогов")]
    made_rows = workspace(school({"пары": three(), "приказы": orders}, staff=STAFF))
    plan = plan_documents(made_rows, shipped_kinds())
    gaps = [*find_consent_gaps(plan.documents, made_rows)]
    assert [len(gap.consents) for gap in gaps] == [2, 2, 2]


def test_only_pairs_come_in_groups() -> None:
    with pytest.raises(WordingError, match="по_группам"):
        views_in_groups(["слово"])


# --- on paper --------------------------------------------------------------------------------


def school_with(folder: Path, *changes: dict[str, object]) -> Path:
    def fill(sheets: Sheets) -> None:
        rows = sheets["Пары"]
        rows[0] += ["Группа", "Выплата", "Источник выплаты", "Вместо пары"]
        first = [*rows[1], NAME, "15 % оклада", "фонд оплаты труда", None]
        second = [*first]
        second[2] = "Сидоров Иван Петрович"
        rows[1:] = [first, second]
        for row, change in zip(rows[1:], changes, strict=False):
            for header, value in change.items():
                row[rows[0].index(header)] = value

    return make_school(make_root(folder), fill)


def papers(school: Path) -> dict[str, str]:
    assert run("build", school, "--no-pdf") == 0
    files = made(school.parents[1] / "output" / school.name)
    return {one.stem: text_of(one).replace("\u00a0", " ") for one in files}


def test_the_order_prints_a_group_as_one_row_with_its_name(tmp_path: Path) -> None:
    found = papers(school_with(tmp_path))
    (text,) = [one for name, one in found.items() if name.startswith("Приказ № 163")]
    assert "следующую наставническую группу педагогических" in text
    assert text.count("Петрова Анна Сергеевна, учитель русского языка") == 1
    assert "Кузнецов Денис Олегович, учитель математики;\nСидоров Иван Петрович" in text
    assert f"педагог – педагог; группа «{NAME}»; адаптация" in text
    assert "3. Наставнику выполнять" in text
    assert "наставника и наставляемых" in text
    (consent,) = [one for name, one in found.items() if f"группа «{NAME}»" in name]
    assert "Наставляемые\nКузнецов Денис Олегович, учитель математики; Сидоров Иван" in consent
    assert f"педагог – педагог, группа «{NAME}»" in consent
    assert "15 % оклада (источник: фонд оплаты труда)" in consent
    assert sum("– наставник (" in name for name in found) == 1


def test_rows_of_two_terms_are_two_rows_and_two_consents(tmp_path: Path) -> None:
    found = papers(school_with(tmp_path, {}, {"По": dt.date(2026, 12, 25)}))
    (text,) = [one for name, one in found.items() if name.startswith("Приказ № 163")]
    assert text.count("Петрова Анна Сергеевна, учитель русского языка") == 2
    assert text.count(f"группа «{NAME}»;") == 2
    assert "следующие наставнические пары педагогических" in text
    assert sum("– наставник (" in name for name in found) == 2


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Иванова Мария Петровна", " (вместо Ивановой М.П.)"),
        ("Ткач Илья Сергеевич", " (вместо Ткача И.С.)"),
        (None, ""),
    ],
)
def test_the_order_names_whom_a_mentor_follows(
    tmp_path: Path, typed: str | None, printed: str
) -> None:
    found = papers(school_with(tmp_path, {"Вместо пары": typed}, {"Вместо пары": typed}))
    (text,) = [one for name, one in found.items() if name.startswith("Приказ № 163")]
    assert f"учитель русского языка{printed}\n" in text


def test_an_order_of_a_ready_form_names_the_order_that_it_changes() -> None:
    orders = [
        order(),
        order(
            имя="О парах", номер="2-од", о_чём="закрепление пар педагогов", изменяет="О внедрении"
        ),
    ]
    made_rows = workspace(school({"приказы": orders}))
    first, second = (
        Scope(made_rows, dt.date(2026, 9, 1)).view(one) for one in made_rows.records["приказы"]
    )
    assert (first.в_изменение, second.в_изменение) == ("", "приказа от 01.09.2026 № 1-од")
