"""Doubtful forms are reported, signed off once on a sheet, and typed ones always win."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from docgen import pipeline
from docgen.errors import UsageError
from docgen.ooxml.docx_text import text_of
from docgen.pipeline.answers.forms_sheet import used_forms
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.builders import write_book
from tests.support.shipped import ready_at

ROOT = Path(__file__).parents[2]
SHEET = "склонения.xlsx"
PEOPLE = ["Фамилия Имя Отчество", "Пол", "Должность", "Не склонять", "Особые формы"]
ORDERS = ["Краткое имя", "Номер", "Дата", "О чём", "Заголовок", "Контроль", "Состояние"]


def make_workspace(
    folder: Path,
    controller: str = "Заяц Виктор Степанович",
    *,
    own: Mapping[str, str] | None = None,
    forms: list[list[str]] | None = None,
) -> Path:
    """Write registers with one order whose control is laid on one person."""
    extra = own or {}
    person = [controller, "", "методист", extra.get("fixed", ""), extra.get("forms", "")]
    sheets: dict[str, Any] = {
        "Организация": [
            ["Что", "Значение"],
            ["Полное название", "Школа № 1"],
            ["Руководитель", "Иванова Мария Петровна"],
        ],
        "Сотрудники": [PEOPLE, ["Иванова Мария Петровна", "", "директор", "", ""], person],
        "Приказы": [
            ORDERS,
            ["О парах", "5", "01.09.2026", "свой текст", "О парах", controller, "на подписи"],
        ],
        "Пункты": [["Приказ", "№", "Что сделать"], ["О парах", "1", "Создать пары."]],
    }
    if forms:
        sheets["Склонения"] = [["Именительный", "Пол", "Винительный"], *forms]
    write_book(folder / "Наставничество.xlsx", sheets)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "школа").mkdir()
    return tmp_path / "школа"


def site(folder: Path) -> pipeline.Site:
    return pipeline.Site(folder, ROOT)


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in pipeline.check_workspace(site(folder)).problems]


def order_text(folder: Path) -> str:
    prepared = ready_at(folder)
    (plan,) = make_plan(prepared, Wish()).documents
    outcome = render(plan, prepared)
    assert isinstance(outcome, Rendered), outcome
    return "\n".join(text_of(outcome.docx)).replace("\u00a0", " ")


def edit(path: Path, text: str, **cells: str) -> None:
    """Type into the row of a text, by headers."""
    book = load_workbook(path)
    sheet = book["Склонения"]
    headers = {
        cell.value: get_column_letter(number) for number, cell in enumerate(sheet[1], start=1)
    }
    for row in sheet.iter_rows(min_row=2):
        if row[2].value == text:
            for header, value in cells.items():
                sheet[f"{headers[header]}{row[0].row}"] = value
    book.save(path)


def cell_of(path: Path, text: str, header: str) -> object:
    sheet = load_workbook(path)["Склонения"]
    headers = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        if row[2] == text:
            return row[headers.index(header)]
    return None


NAME = "Заяц Виктор Степанович"


def test_a_doubtful_form_is_told_with_its_cell(folder: Path) -> None:
    make_workspace(folder)

    (doubt,) = [
        problem
        for problem in pipeline.check_workspace(site(folder)).problems
        if problem.code == "doubtful-form"
    ]

    assert (doubt.where.sheet, doubt.where.cell) == ("Сотрудники", "A3")
    assert "Зайца Виктора Степановича (вин.)" in doubt.message


def test_of_a_name_in_an_oblique_case_only_the_nominative_is_asked_for(folder: Path) -> None:
    make_workspace(folder, "Зайцу Виктору Степановичу")
    found = codes(folder)
    assert "oblique-form" in found
    assert "doubtful-form" not in found


def test_a_form_nobody_prints_is_not_asked_for(folder: Path) -> None:
    make_workspace(folder)

    cases = {form.case for form in used_forms(ready_at(folder)) if form.text == NAME}

    assert cases == {"вин"}


def test_the_sheet_lists_doubtful_forms_first(folder: Path) -> None:
    make_workspace(folder)

    path, _ = pipeline.write_forms_sheet(site(folder))

    assert path == folder / SHEET
    rows = list(load_workbook(folder / SHEET)["Склонения"].iter_rows(values_only=True))
    assert rows[1][2] == NAME
    assert "беглая" in str(rows[1][8])


def test_an_accepted_form_is_not_asked_for_again(folder: Path) -> None:
    make_workspace(folder)
    pipeline.write_forms_sheet(site(folder))

    edit(folder / SHEET, NAME, Принято="да")

    assert "doubtful-form" not in codes(folder)


def test_a_corrected_form_is_printed_and_survives_a_second_run(folder: Path) -> None:
    make_workspace(folder)
    pipeline.write_forms_sheet(site(folder))
    edit(folder / SHEET, NAME, Винительный="Заяца Виктора Степановича")

    pipeline.write_forms_sheet(site(folder))
    pipeline.write_forms_sheet(site(folder))

    assert cell_of(folder / SHEET, NAME, "Винительный") == "Заяца Виктора Степановича"
    assert "возложить на методиста Заяца В.С." in order_text(folder)
    assert "doubtful-form" not in codes(folder)


def test_a_column_of_ones_own_is_kept(folder: Path) -> None:
    make_workspace(folder)
    pipeline.write_forms_sheet(site(folder))
    book = load_workbook(folder / SHEET)
    book["Склонения"]["P1"] = "Кто смотрел"
    book["Склонения"]["P2"] = "Петрова"
    book.save(folder / SHEET)

    pipeline.write_forms_sheet(site(folder))

    assert cell_of(folder / SHEET, NAME, "Кто смотрел") == "Петрова"


def test_a_form_for_a_name_that_is_gone_is_stale(folder: Path) -> None:
    make_workspace(folder)
    pipeline.write_forms_sheet(site(folder))
    edit(folder / SHEET, NAME, Принято="да")

    make_workspace(folder, "Соловей Виктор Степанович")

    assert "stale-form" in codes(folder)
    pipeline.write_forms_sheet(site(folder))
    assert cell_of(folder / SHEET, NAME, "Принято") == "да"


def test_an_open_sheet_is_not_touched(folder: Path) -> None:
    make_workspace(folder)
    pipeline.write_forms_sheet(site(folder))
    before = (folder / SHEET).read_bytes()
    (folder / f"~${SHEET}").write_text("Секретарь")

    with pytest.raises(UsageError, match="закройте"):
        pipeline.write_forms_sheet(site(folder))

    assert (folder / SHEET).read_bytes() == before


def test_forms_typed_beside_a_person_win_over_flag_and_sheet(folder: Path) -> None:
    make_workspace(
        folder,
        own={"forms": "вин Заеца", "fixed": "да"},
        forms=[["Заяц", "", "Зайчика"], [NAME, "", "Зайку Виктора Степановича"]],
    )

    assert "методиста Заеца В.С." in order_text(folder)


def test_a_surname_flagged_fixed_wins_over_the_sheet(folder: Path) -> None:
    make_workspace(folder, own={"fixed": "да"}, forms=[["Заяц", "", "Зайчика"]])

    assert "методиста Заяц В.С." in order_text(folder)


def test_a_form_for_women_is_not_put_on_a_man(folder: Path) -> None:
    make_workspace(folder, forms=[["Заяц", "ж", "Заяц"], ["Заяц", "м", "Заяца"]])

    assert "методиста Заяца В.С." in order_text(folder)


def test_a_form_that_is_not_understood_is_an_error_at_its_cell(folder: Path) -> None:
    make_workspace(folder, own={"forms": "Зайца"})

    problems = pipeline.check_workspace(site(folder)).problems

    (fault,) = [problem for problem in problems if "особая форма" in problem.message]
    assert fault.where.cell == "E3"


def test_a_form_left_from_a_former_surname_is_told_at_its_cell(folder: Path) -> None:
    make_workspace(folder, "Соловей Виктор Степанович", own={"forms": "вин Зайца"})

    (stale,) = [
        problem
        for problem in pipeline.check_workspace(site(folder)).problems
        if problem.code == "stale-form"
    ]

    assert (stale.where.sheet, stale.where.cell) == ("Сотрудники", "E3")


def test_the_school_has_no_form_left_to_look_at(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "registers" / "school", tmp_path / "school")

    assert codes(tmp_path / "school") == []
