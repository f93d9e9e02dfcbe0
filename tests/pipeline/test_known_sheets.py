"""A sheet that was there at the last build and is gone is told until the next whole build."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.errors import Location, Problem, Severity
from docgen.pipeline.output.ledger import read_known_sheets, read_ledger
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.readiness import MOST_ALIKE, ProblemLog
from tests.support.small_root import BOOK, SCHOOL, Sheets, make_root, make_school, put, run


def with_marks(sheets: Sheets) -> None:
    sheets["Грифы"] = [
        ["Приказ", "№ приложения", "Гриф"],
        ["О внедрении", None, "УТВЕРЖДЕНО"],
    ]
    sheets["Преамбула"] = [["Приказ", "Текст"]]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    school = make_school(make_root(tmp_path), with_marks)
    assert run("build", school, "--no-pdf") == 0
    return school


def output_of(school: Path) -> Path:
    return school.parent.parent / "output" / school.name


def remove(school: Path, *titles: str) -> None:
    book = load_workbook(school / BOOK)
    for title in titles:
        del book[title]
    book.save(school / BOOK)


def said(capsys: pytest.CaptureFixture[str], *command: object) -> list[str]:
    """Return the lines of a command about lost sheets."""
    capsys.readouterr()
    assert run(*command) == 0
    printed = capsys.readouterr()
    return [line for line in (printed.out + printed.err).splitlines() if "[lost-sheet]" in line]


def test_a_sheet_that_is_gone_is_told_by_every_command_until_the_next_build(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "check", school) == []
    remove(school, "Грифы")
    for command in (("check", school), ("plan", school), ("build", school, "--no-pdf")):
        (line,) = said(capsys, *command)
        assert "больше нет листа «Грифы», при прошлой сборке он был" in line
        assert BOOK in line
    for command in (("check", school), ("plan", school), ("build", school, "--no-pdf")):
        assert said(capsys, *command) == []


def test_a_renamed_sheet_is_told_as_gone(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(school / BOOK)
    book["Грифы"].title = "Грифы старые"
    book.save(school / BOOK)
    capsys.readouterr()
    assert run("check", school) == 3
    assert "нет листа «Грифы»; похож лист «Грифы старые»" in capsys.readouterr().out


def test_an_empty_sheet_and_an_emptied_one_are_not_spoken_of(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove(school, "Преамбула")
    assert said(capsys, "check", school) == []
    for cell in ("A2", "C2"):
        put(school, "Грифы", cell, None)
    assert said(capsys, "check", school) == []


def test_a_build_of_one_kind_does_not_forget_the_sheet(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove(school, "Грифы")
    assert said(capsys, "build", school, "--no-pdf", "--only", "приказ")
    assert said(capsys, "check", school)


def test_the_ledger_has_titles_alone_and_one_without_them_says_nothing(school: Path) -> None:
    known = read_known_sheets(output_of(school))
    assert known["грифы"] == "Грифы"
    assert "преамбула" not in known
    assert known == read_ledger(output_of(school)).sheets
    assert known["грифы/слово"] == "Гриф"
    assert "грифы/приложение" not in known
    titles = {title for name, title in known.items() if "/" not in name}
    assert titles <= {"Грифы", "Настройки", "Организация", "Пары", "Приказы"} | {
        "Пункты",
        "Приложения",
        "Сотрудники",
    }
    headers = {header for rows in SCHOOL.values() for header in rows[0]}
    assert set(known.values()) <= titles | headers | {"№ приложения", "Гриф"}
    path = output_of(school) / "ledger.sqlite"
    base = sqlite3.connect(path)
    with base:
        base.execute("DELETE FROM rows WHERE part = 'sheets'")
    base.close()
    assert read_known_sheets(output_of(school)) == {}
    path.write_bytes(b"no ledger")
    assert read_known_sheets(output_of(school)) == {}
    assert read_known_sheets(school) == {}


# --- very many problems ----------------------------------------------------------------------


def log_of(problems: list[Problem]) -> list[Problem]:
    log = ProblemLog(Folders(Path("/корень"), Path("/корень/registers/дом")))
    log.report(problems[:50])
    log.report(problems)
    return log.problems


def bad(number: int, code: str = "bad-date", severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, Location("Книга.xlsx", "Люди", f"A{number}"), "не дата", severity)


def test_of_very_many_problems_of_one_code_a_hundred_are_told_and_the_rest_counted() -> None:
    kept = log_of([bad(number) for number in range(1, 1001)])
    assert len(kept) == MOST_ALIKE + 1
    assert "и ещё 900 таких же замечаний" in kept[-1].message
    assert (kept[-1].where.sheet, kept[-1].where.cell, kept[-1].is_error) == ("Люди", "", True)


def test_many_warnings_do_not_hide_an_error_of_the_sheet() -> None:
    many = [bad(number, severity=Severity.WARNING) for number in range(1, 300)]
    kept = log_of([*many, bad(1), bad(2, "bad-number")])
    assert [one.code for one in kept if one.is_error] == ["bad-date", "bad-number"]


def test_problems_without_a_sheet_are_all_told() -> None:
    many = [Problem("packet-broken", Location(f"{n}.pdf"), "не собран") for n in range(300)]
    assert len(log_of(many)) == 300
