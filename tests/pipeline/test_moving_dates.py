"""Dates that move by themselves, lie far ahead or have not come: what is said, what counts."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.small_root import BOOK, Sheets, make_root, make_school, put, run

SIGNATURES = "Согласия и подписи.xlsx"
TODAY = "2026-11-30"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return make_school(make_root(tmp_path))


def put_formula(school: Path, sheet: str, cell: str, formula: str) -> None:
    """Type a formula into a cell, with a result as Excel keeps it."""
    put(school, sheet, cell, formula)
    path = school / BOOK
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/worksheets/"):
            text = re.sub(r"(</f>)<v\s*/>|(</f>)<v></v>", "</f><v>46357</v>", data.decode())
            parts[name] = text.encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def said(school: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[tuple[str, str]]:
    capsys.readouterr()
    run("check", school, "--json", *(more or ("--date", TODAY)))
    found = json.loads(capsys.readouterr().out)
    codes = ("moving-date", "far-date", "doubtful-date")
    return [
        (f"{one['severity']} {one['code']}", f"{one['sheet']} {one['cell']}")
        for one in found
        if one["code"] in codes
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "formula"),
    [
        ("Приказы", "C2", "=TODAY()"),
        ("Приказы", "C2", "=Пары!J9+1"),
        ("Пары", "E2", "=TODAY()"),
        ("Карта", "C2", "=TODAY()"),
    ],
)
def test_a_moving_day_is_an_error_of_a_paper_to_be_signed(
    school: Path, capsys: pytest.CaptureFixture[str], sheet: str, cell: str, formula: str
) -> None:
    if "Пары!" in formula:
        put_formula(school, "Пары", "J9", "=TODAY()")
    put_formula(school, sheet, cell, formula)
    assert said(school, capsys) == [("error moving-date", f"{sheet} {cell}")]


@pytest.mark.parametrize("state", ["проект", "аннулирован"])
def test_a_draft_may_have_a_moving_day(
    school: Path, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    put_formula(school, "Приказы", "C2", "=TODAY()")
    put_formula(school, "Карта", "C2", "=TODAY()")
    put(school, "Приказы", "G2", state)
    # Saving by openpyxl has dropped the results of the formulas.
    put_formula(school, "Приказы", "C2", "=TODAY()")
    assert said(school, capsys) == []


def test_a_day_that_a_formula_works_out_is_a_day(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_formula(school, "Приказы", "C2", "=DATE(2026,12,1)")
    assert said(school, capsys) == []


@pytest.mark.parametrize(
    ("day", "state", "is_said"),
    [
        (dt.date(2027, 1, 29), "на подписи", False),
        (dt.date(2027, 1, 30), "на подписи", True),
        (dt.date(2062, 9, 11), "проект", True),
        (dt.date(2062, 9, 11), "аннулирован", False),
        (dt.date(2020, 9, 11), "на подписи", False),
    ],
)
def test_an_order_dated_further_ahead_than_orders_are_prepared_is_remarked(
    school: Path, capsys: pytest.CaptureFixture[str], day: dt.date, state: str, *, is_said: bool
) -> None:
    put(school, "Приказы", "C2", day)
    put(school, "Приказы", "G2", state)
    assert said(school, capsys) == [("warning far-date", "Приказы C2")] * is_said
    assert said(school, capsys, "--date", "2062-09-01") == []


@pytest.mark.parametrize(("day", "is_said"), [("2026-11-30", False), ("2026-12-01", True)])
def test_a_signature_of_a_day_to_come_is_said_and_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, *, is_said: bool
) -> None:
    def acquaint(sheets: Sheets) -> None:
        sheets["Приказы"][0].append("Ознакомить")
        sheets["Приказы"][1].append("Петрова Анна Сергеевна")

    root = make_root(tmp_path)
    for suffix in (".docx", ".toml"):
        name = f"лист_ознакомления{suffix}"
        source = Path(__file__).resolve().parents[2] / "templates_docx" / name
        (root / "templates_docx" / name).write_bytes(source.read_bytes())
    school = make_school(root, acquaint)
    assert run("signatures", school) == 0
    book = load_workbook(school / SIGNATURES)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = [row for row in sheet.iter_rows(min_row=2) if row[0].value]
    for row in rows:
        row[heads.index("Подписано")].value = dt.date.fromisoformat(day)
    book.save(school / SIGNATURES)
    found = said(school, capsys)
    assert len(found) == len(rows) * is_said > -1
    assert {code for code, _ in found} == ({"warning doubtful-date"} if is_said else set())
    assert run("unsigned", school, "--json", "--date", TODAY) == 0
    people = json.loads(capsys.readouterr().out)
    assert sum(len(one["papers"]) for one in people) == len(rows) * is_said
