"""What goes to a bank of mentors: what the consent names, of those who have given it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from docgen.ooxml.docx_text import text_of
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from tests.support.builders import ROOT
from tests.support.shipped import ready_at
from tests.support.small_root import BOOK

KIND, BANK = "сведения_для_банка", "Муниципальный банк"
SIGNATURES = "Согласия и подписи"
DAY = dt.datetime(2026, 9, 8)  # noqa: DTZ001 - a day of a cell has no zone
HEADERS = ("Бумага", "Подписано", "Отказ", "Действует до", "Отозвано", "Ключ бумаги")
MENTOR, NAMESAKE = "Черных Наталья Викторовна", "Кузнецова Ольга Николаевна"
GIVEN = f"согласие_на_обработку_данных|{MENTOR}|{BANK}"


def school_with(folder: Path, *rows: tuple[object, ...], named: str = "") -> Path:
    """Return the shipped school with rows of signatures; ``named`` are the data of its consent."""
    school = folder / "school"
    shutil.copytree(ROOT / "registers" / "school", school)
    signatures = Workbook()
    sheet = signatures.active
    assert sheet is not None
    sheet.title = SIGNATURES
    for row in (HEADERS, *rows):
        sheet.append(list(row))
    signatures.save(school / f"{SIGNATURES}.xlsx")
    if named:
        book = load_workbook(school / BOOK)
        book["Цели обработки"]["F2"] = named
        book.save(school / BOOK)
    return school


def words_of(school: Path, kind: str = KIND) -> list[str]:
    ready = ready_at(school)
    (plan,) = [one for one in make_plan(ready, Wish()).documents if one.kind.name == kind]
    made = render(plan, ready)
    assert isinstance(made, Rendered), made
    return [" ".join(line.split()) for line in text_of(made.docx)]


def test_only_who_consents_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    words = words_of(school_with(tmp_path, ("Согласие", DAY, None, None, None, GIVEN)))

    assert MENTOR in words
    assert "Шевченко Олег Игоревич" not in words
    assert "08.09.2026" in words
    assert any("передаются сведения о 1; согласия нет или оно отозвано: 23" in one for one in words)


@pytest.mark.parametrize(
    "row",
    [
        ("Согласие", None, None, None, None, GIVEN),
        ("Согласие", DAY, "да", None, None, GIVEN),
        ("Согласие", DAY, None, None, DAY + dt.timedelta(days=30), GIVEN),
        ("Согласие", DAY, None, DAY - dt.timedelta(days=30), None, GIVEN),
        ("Согласие", DAY, None, None, None, GIVEN.replace(BANK, "Другая цель")),
        ("Согласие", DAY, None, None, None, GIVEN.replace("обработку", "продление")),
    ],
    ids=["not signed", "refused", "withdrawn", "run out", "another purpose", "another paper"],
)
def test_without_a_consent_that_holds_nobody_is_named(
    tmp_path: Path, row: tuple[object, ...]
) -> None:
    assert MENTOR not in words_of(school_with(tmp_path, row))


def test_the_consent_of_a_namesake_counts_for_nobody_else(tmp_path: Path) -> None:
    key = f"согласие_на_обработку_данных|{NAMESAKE}|таб. 247|{BANK}"
    words = words_of(school_with(tmp_path, ("Согласие", DAY, None, None, None, key)))

    assert words.count(NAMESAKE) == 1
    assert "наставляемый" in words
    assert "наставник" not in words


def test_columns_that_the_consent_does_not_name_are_not_printed(tmp_path: Path) -> None:
    row = ("Согласие", DAY, None, None, None, GIVEN)
    words = words_of(school_with(tmp_path, row, named="фамилия, имя, отчество; должность"))

    assert "Должность" in words
    assert not {"Категория", "Стаж, лет", "Предмет", "Форма", "Начало", "высшая"} & set(words)


def test_the_bank_of_the_school_prints_the_day_of_consent(tmp_path: Path) -> None:
    school = school_with(tmp_path, ("Согласие", DAY, None, None, None, GIVEN))

    assert words_of(school, "банк_наставников").count("08.09.2026") == 1
