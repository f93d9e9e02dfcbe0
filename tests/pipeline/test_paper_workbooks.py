"""The .xlsx beside a paper: made with it, kept when edited, checked, cleaned away."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.small_root import SHIPPED, make_root, make_school, put, run

KIND, NO_PDF = "банк_наставников", "--no-pdf"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return a school with the bank of mentors beside the usual kinds."""
    root = make_root(tmp_path)
    for suffix in (".docx", ".toml"):
        shutil.copy(SHIPPED / "templates_docx" / f"{KIND}{suffix}", root / "templates_docx")
    school = make_school(root)
    assert run("build", school, NO_PDF) == 0
    return school


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def book_of(school: Path) -> Path:
    return output_of(school) / "таблицы" / "Банки" / "Банк наставников.xlsx"


def entry_of(school: Path) -> dict[str, Any]:
    manifest = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))
    (entry,) = [one for one in manifest["documents"] if one["kind"] == KIND]
    assert isinstance(entry, dict)
    return entry


def test_a_paper_has_its_table_as_a_workbook_with_days_that_are_days(school: Path) -> None:
    sheet = load_workbook(book_of(school)).worksheets[0]
    rows = [row[:2] + row[8:] for row in sheet.iter_rows(values_only=True)]

    assert rows[0][1:] == ("Фамилия, имя, отчество", "Начало", "Конец")
    starts, ends = dt.datetime(2026, 9, 14), dt.datetime(2027, 5, 28)  # noqa: DTZ001 - of cells
    assert rows[1] == (1, "Петрова Анна Сергеевна", starts, ends)


def test_its_rights_are_those_of_the_paper_and_other_papers_have_none(school: Path) -> None:
    assert book_of(school).stat().st_mode & 0o777 == 0o600
    assert entry_of(school)["workbook"]["xlsx"] == "таблицы/Банки/Банк наставников.xlsx"
    assert [one.name for one in (output_of(school) / "таблицы").rglob("*.xlsx")] == [
        book_of(school).name
    ]


def test_it_follows_the_registers_and_stays_when_they_do(school: Path) -> None:
    before = book_of(school).stat().st_mtime_ns
    assert run("build", school, NO_PDF) == 0
    assert book_of(school).stat().st_mtime_ns == before
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    assert run("build", school, NO_PDF) == 0
    (ends,) = load_workbook(book_of(school)).worksheets[0]["J2":"J2"][0]
    assert ends.value == dt.datetime(2027, 5, 31)  # noqa: DTZ001 - as openpyxl reads a day


def test_what_a_person_has_changed_stays_until_it_is_asked_for(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book_of(school).write_bytes(b"own")
    assert run("verify", school) != 0
    assert "Банк наставников.xlsx" in capsys.readouterr().out
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    capsys.readouterr()
    assert run("build", school, NO_PDF) == 0
    assert "[edited-output]" in capsys.readouterr().err
    assert book_of(school).read_bytes() == b"own"
    name = "таблицы/Банки/Банк наставников.xlsx"
    assert run("build", school, NO_PDF, "--redo", name) == 0
    assert book_of(school).read_bytes() != b"own"


def test_a_build_of_other_papers_leaves_it(school: Path) -> None:
    assert run("build", school, NO_PDF, "--only", "приказ_о_парах") == 0
    assert book_of(school).is_file()
    assert entry_of(school)["workbook"]


def test_it_goes_with_its_paper(school: Path) -> None:
    for suffix in (".docx", ".toml"):
        (school.parents[1] / "templates_docx" / f"{KIND}{suffix}").unlink()
    assert run("build", school, NO_PDF) == 0
    assert not book_of(school).exists()
