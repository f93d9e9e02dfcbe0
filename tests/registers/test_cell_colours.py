"""Colours of new workbooks: what docgen would refuse is seen in Excel while it is typed."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.builders import shipped_schemas
from tests.support.full_example import write_full_example

BOOK = "Наставничество.xlsx"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(write_full_example(tmp_path_factory.mktemp("новая") / "школа"))


def rules(sheet: Worksheet) -> dict[str, list[str]]:
    """Return the formulas of a sheet by the header of the column that they colour."""
    headers = {str(cell.column_letter): str(cell.value) for cell in sheet[1] if cell.value}
    found: dict[str, list[str]] = {}
    for area in sheet.conditional_formatting:
        letters = "".join(sign for sign in str(area.sqref).split(":")[0] if sign.isalpha())
        for rule in area.rules:
            found.setdefault(headers[letters], []).extend(map(str, rule.formula))
    return found


def test_a_required_cell_left_empty_in_a_filled_row_is_coloured(book: Workbook) -> None:
    for schema in shipped_schemas().values():
        if schema.is_card or schema.is_kept or schema.workbook != BOOK:
            continue
        found = rules(book[schema.sheet])
        for column in schema.columns:
            has_rule = any("COUNTA" in one for one in found.get(column.header, ()))
            assert has_rule is column.is_required, (schema.sheet, column.header)


def test_a_term_that_ends_before_it_begins_is_coloured_at_its_end(book: Workbook) -> None:
    assert any("<$F2" in one for one in rules(book["Пары"])["По"])


def test_a_mentor_who_is_the_mentee_is_coloured(book: Workbook) -> None:
    assert 'AND($B2<>"",$B2=$C2)' in rules(book["Пары"])["Наставляемый"]


def test_a_form_that_there_is_none_of_is_coloured_whatever_its_dash_and_blanks(
    book: Workbook,
) -> None:
    (formula,) = [one for one in rules(book["Пары"])["Форма"] if "SEARCH" in one]
    assert "|педагог-педагог|" in formula
    assert "|социальныйпартнер-педагог|" in formula
    known = formula.rpartition(',"')[2]
    assert len(known) < 255


def test_a_signed_order_without_number_or_day_is_coloured(book: Workbook) -> None:
    found = rules(book["Приказы"])
    assert 'AND(TRIM($W2)="подписан",TRIM(D2)="")' in found["Номер"]
    assert 'AND(TRIM($W2)="подписан",TRIM(E2)="")' in found["Дата"]


def test_days_before_this_century_are_coloured_where_papers_bear_them(book: Workbook) -> None:
    assert any("<DATE(2000,1,1)" in one for one in rules(book["Пары"])["С"])
    assert any("<DATE(1930,1,1)" in one for one in rules(book["Сотрудники"])["Дата рождения"])


def test_an_acting_head_without_a_first_day_is_coloured_on_the_card(book: Workbook) -> None:
    found = rules(book["Организация"])
    said = 'AND(TRIM($A2)="И.о. руководителя",TRIM($B2)<>"",TRIM($C2)="")'
    assert said in found["Действует с"]
    assert "AND(ISNUMBER($C2),ISNUMBER($D2),$D2<$C2)" in found["по"]
    assert 'AND(TRIM($A2)="Полное название",TRIM($B2)="")' in found["Значение"]


def test_days_of_another_age_are_coloured(book: Workbook) -> None:
    assert any("DATE(2100,12,31)" in one for one in rules(book["Приказы"])["Дата"])


def test_the_example_of_a_new_workbook_has_nothing_to_colour(book: Workbook) -> None:
    for schema in shipped_schemas().values():
        if schema.is_card or schema.is_kept or schema.workbook != BOOK:
            continue
        for row in book[schema.sheet].iter_rows(min_row=2, values_only=True):
            if any(value is not None for value in row):
                missing = [
                    column.header
                    for column, value in zip(schema.columns, row, strict=False)
                    if column.is_required and value is None
                ]
                assert missing == [], schema.sheet
