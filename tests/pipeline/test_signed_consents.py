"""Consents are history from the day on which they are handed out, whatever registers say later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.archive import read_archive
from docgen.archive.journal import Event, write_event
from tests.support.small_root import files_below, make_root, make_school, put, run

BOOK, SHEET = "Согласия и подписи.xlsx", "Согласия и подписи"
MENTOR = "Петрова Анна Сергеевна"
NO_PDF = "--no-pdf"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Return a school whose consents are built and listed."""
    school = make_school(make_root(tmp_path))
    assert run("build", school, NO_PDF) == 0
    assert run("signatures", school) == 0
    return school


def consent(school: Path) -> bytes:
    (path,) = (school.parents[1] / "output" / school.name).rglob("*Петрова*наставник*.docx")
    return path.read_bytes()


def enter(school: Path, header: str, value: dt.date | None, who: str = MENTOR) -> None:
    """Type a value into the row of a person's consent."""
    book = load_workbook(school / BOOK)
    sheet = book[SHEET]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == who and "Согласие" in str(row[0].value):
            row[names.index(header)].value = value
    book.save(school / BOOK)


def issued(school: Path) -> set[object]:
    sheet = load_workbook(school / BOOK)[SHEET]
    column = [cell.value for cell in sheet[1]].index("Выдано")
    return {row[column] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}


def test_a_signed_consent_stays_and_the_person_who_holds_it_is_named(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = consent(school)
    enter(school, "Подписано", dt.date(2026, 9, 10))
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    said = capsys.readouterr().err
    assert "[sheet-outdated]" in said
    assert "у Петровой Анны Сергеевны на руках прежний лист" in said
    assert "было «28», стало «31»" in said
    assert consent(school) == before
    assert run("build", school, NO_PDF, "--date", "2026-09-21") == 0
    assert consent(school) == before


def test_clearing_the_date_is_free_and_the_consent_follows_registers_again(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = consent(school)
    enter(school, "Подписано", dt.date(2026, 9, 10))
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    enter(school, "Подписано", None)
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    assert "sheet-outdated" not in capsys.readouterr().err
    assert consent(school) != before
    assert list((school / "архив" / "снято").iterdir())


def test_changing_the_date_of_a_signature_is_no_remark(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(school, "Подписано", dt.date(2026, 9, 10))
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    enter(school, "Подписано", dt.date(2026, 9, 11))
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    said = capsys.readouterr().err
    assert not [code for code in ("sheet-outdated", "doubtful", "frozen") if code in said]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2062, 9, 10), "Такого дня ещё не было"),
        (dt.date(2025, 9, 10), "задолго до начала пары"),
    ],
)
def test_an_absurd_date_does_not_count_as_signed(
    school: Path, capsys: pytest.CaptureFixture[str], day: dt.date, said: str
) -> None:
    before = consent(school)
    enter(school, "Подписано", day)
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    said_now = capsys.readouterr().err
    assert said in said_now
    assert "[doubtful-date]" in said_now
    assert consent(school) != before


def test_a_date_before_the_day_of_handing_out_does_not_count(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(school, "Выдано", dt.date(2026, 9, 12))
    enter(school, "Подписано", dt.date(2026, 9, 10))
    capsys.readouterr()
    assert run("build", school, NO_PDF, "--date", "2026-09-20") == 0
    assert "подписано 10.09.2026, а выдано 12.09.2026" in capsys.readouterr().err


@pytest.mark.office
def test_what_was_handed_out_is_kept_and_is_what_was_signed(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", school) == 0
    first = consent(school)
    assert run("printed", school) == 0
    assert "выдано на подпись, листов:" in capsys.readouterr().out
    assert None not in issued(school)
    put(school, "Пары", "F2", dt.date(2027, 5, 31))
    capsys.readouterr()
    assert run("build", school) == 0
    assert "на руках прежний лист" in capsys.readouterr().err
    assert consent(school) != first, "the sheet follows registers until it is signed"
    today = dt.datetime.now().astimezone().date()
    enter(school, "Подписано", today)
    assert run("build", school) == 0
    assert consent(school) == first, "what was handed out is what was signed"
    assert run("verify", school.parents[1] / "output" / school.name) == 0
    frozen = files_below(school / "архив")
    assert run("printed", school) == 0
    assert run("build", school) == 0
    assert {name: frozen[name] for name in frozen if "/бумага" in name}.items() <= files_below(
        school / "архив"
    ).items()


@pytest.mark.office
def test_no_sheet_is_handed_out_into_the_archive_of_a_newer_docgen(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(school, "Подписано", dt.date(2026, 9, 10))
    assert run("build", school) == 0
    archive = read_archive(school)
    record, heads = archive.papers[0].record, archive.journal.heads
    number = archive.journal.next_number()
    event = Event(number, "2026-11-30", "stitched", record.id, record.hash, heads)
    write_event(school / "архив", event, archive.copies)
    before = files_below(school / "архив")
    capsys.readouterr()
    run("printed", school)
    assert "[archive-newer]" in capsys.readouterr().err
    assert files_below(school / "архив") == before
