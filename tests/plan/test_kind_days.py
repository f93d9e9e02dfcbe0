"""Papers that a column of their own row dates: their day, their head, their school year."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.support.builders import write_book, write_text
from tests.support.small_docx import write_docx
from tests.support.small_root import Sheets, made, make_root, make_school, run, text_of

SCHEMA = """
workbook = "Справки.xlsx"
sheet = "Справки"
one = "справка"
many = "справки"
key = ["номер"]
optional = true
[[columns]]
name = "номер"
header = "Номер"
required = true
[[columns]]
name = "выдана"
header = "Выдана"
type = "date"
"""
KIND = """
title = "Справка № {{ справка.номер }}"
register = "справки"
output = "Справки/Справка № {{ справка.номер }}"
family = "paper"
"""


def two_heads(sheets: Sheets) -> None:
    card = sheets["Организация"]
    card[:] = [row for row in card if row[0] != "Руководитель"]
    card.append(["Руководитель", "Сидоров Иван Петрович", None, dt.date(2027, 1, 10)])
    card.append(["Руководитель", "Иванова Мария Петровна", dt.date(2027, 1, 11), None])


def school_with(folder: Path, day: dt.date | str | None, entry: str) -> Path:
    """Return a school with one certificate of its own kind, given out on a day."""
    root = make_root(folder)
    school = make_school(root, two_heads)
    write_text(root / "registers" / "schema" / "справки.toml", SCHEMA)
    write_text(root / "templates_docx" / "справка.toml", KIND + entry)
    lines = ["Справка. {{ учебный_год }}", "{{ дата }} {{ подписант.фио|инициалы }}"]
    write_docx(root / "templates_docx" / "справка.docx", *lines)
    write_book(school / "Справки.xlsx", {"Справки": [["Номер", "Выдана"], ["7", day]]})
    return school


def printed(school: Path, *options: object) -> list[str]:
    assert run("build", school, "--no-pdf", "--only", "справка", *options) == 0
    output = school.parents[1] / "output" / school.name
    papers = [text_of(one) for one in made(output) if "Справка №" in one.name]
    # The number of the page comes first, from the header of the house style.
    return [one.partition("\n")[2].replace("\u00a0", " ") for one in papers]


@pytest.mark.parametrize(
    ("day", "entry", "said"),
    [
        (dt.date(2027, 3, 15), 'day = "выдана"', "15.03.2027 Иванова М.П."),
        (dt.date(2026, 12, 1), 'day = "выдана"', "01.12.2026 Сидоров И.П."),
        (dt.date(2027, 3, 15), "", "01.09.2026 Сидоров И.П."),
        (None, 'day = "выдана"', "01.09.2026 Сидоров И.П."),
    ],
)
def test_a_paper_takes_the_facts_of_the_day_that_its_row_names(
    tmp_path: Path, day: dt.date | None, entry: str, said: str
) -> None:
    assert printed(school_with(tmp_path, day, entry)) == [f"Справка. 2026/2027\n{said}"]


@pytest.mark.parametrize(
    ("day", "entry", "year"),
    [
        (dt.date(2027, 6, 20), "", "2027/2028"),
        (dt.date(2027, 6, 20), "closes_year = true", "2026/2027"),
        (dt.date(2027, 9, 20), "closes_year = true", "2026/2027"),
        (dt.date(2027, 10, 1), "closes_year = true", "2027/2028"),
    ],
)
def test_a_kind_that_closes_a_year_looks_back_from_its_day(
    tmp_path: Path, day: dt.date, entry: str, year: str
) -> None:
    school = school_with(tmp_path, day, f'day = "выдана"\n{entry}\n')
    assert printed(school, "--year", year)[0].startswith(f"Справка. {year}")


def test_a_plan_counts_papers_of_other_school_years_as_a_build_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = school_with(tmp_path, dt.date(2028, 3, 15), 'day = "выдана"')
    line = "другого учебного года: 1; покажет ключ --year"
    assert run("plan", school) == 0
    assert line in capsys.readouterr().out.splitlines()
    assert run("plan", school, "--json") == 0
    assert json.loads(capsys.readouterr().out)["other_years"] == 1
    within = school_with(tmp_path / "в году", dt.date(2027, 3, 15), 'day = "выдана"')
    assert run("plan", within) == 0
    assert "другого учебного года" not in capsys.readouterr().out


def test_a_paper_of_another_school_year_is_counted_and_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = school_with(tmp_path, dt.date(2028, 3, 15), 'day = "выдана"')
    assert printed(school) == []
    assert "собрано 0, без изменений 0, другого учебного года: 1" in capsys.readouterr().out
    assert len(printed(school, "--year", "2027/2028")) == 1
    assert "другого учебного года" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "said"),
    [("выдано", "возможно, вы имели в виду «выдана»"), ("номер", "даты здесь: «выдана»")],
)
def test_a_column_that_holds_no_date_dates_nothing(
    tmp_path: Path, column: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    school = school_with(tmp_path, None, f'day = "{column}"')
    assert run("check", school) == 4
    assert said in capsys.readouterr().out
