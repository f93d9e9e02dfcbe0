"""Every command that acts on the registers says what they have lost since the last build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.archive import read_archive
from docgen.pipeline.answers.sheet_issue import hand_out_sheets
from docgen.pipeline.output.places import Site
from tests.support.signed_school import SignedSchool, ask, copy_of, make_signed
from tests.support.small_root import BOOK, put

FILE = "скан.pdf"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SignedSchool:
    """Return a school with a signed order, and with the book of its signatures."""
    made = make_signed(tmp_path_factory.mktemp("подписано"), "--no-pdf")
    put(made.school, "Приказы", "G2", "на подписи")
    assert made.build() == 0
    assert made.build() == 0
    return made


@pytest.fixture
def school(base: SignedSchool, tmp_path: Path) -> SignedSchool:
    return copy_of(base, tmp_path)


def drop_header(path: Path, sheet: str, header: str) -> None:
    book = load_workbook(path)
    (cell,) = [one for one in book[sheet][1] if one.value == header]
    cell.value = None
    book.save(path)


def acts(school: SignedSchool) -> dict[str, tuple[object, ...]]:
    folder = school.school
    why = ("--reason", "отмечен по ошибке")
    return {
        "sign": ("sign", "О парах", folder, "--no-pdf"),
        "sign --current": ("sign", "О парах", folder, "--current", "--no-pdf"),
        "unsign": ("unsign", "О парах", folder, *why),
        "adopt": ("archive", "adopt", "О парах", folder / FILE, folder),
        "restore": ("archive", "restore", folder),
        "destroy": ("archive", "destroy", folder, "--act", "акт № 1"),
        "signatures": ("signatures", folder),
        "unsigned": ("unsigned", folder),
        "decline": ("decline", "--sheet", folder),
    }


ACTS = [
    "sign",
    "sign --current",
    "unsign",
    "adopt",
    "restore",
    "destroy",
    "signatures",
    "unsigned",
    "decline",
]


@pytest.mark.parametrize("act", ACTS)
def test_no_act_goes_on_without_a_column_that_was_filled(
    school: SignedSchool, capsys: pytest.CaptureFixture[str], act: str
) -> None:
    drop_header(school.school / BOOK, "Пункты", "Лицо")
    before = {paper.record.id for paper in read_archive(school.school).papers}
    answer = ask(capsys, *acts(school)[act])
    assert answer.code != 0
    assert "столбца «Лицо» больше нет" in answer.text
    assert "а при прошлой сборке он был заполнен" in answer.text
    assert {paper.record.id for paper in read_archive(school.school).papers} == before


@pytest.mark.parametrize("act", [*ACTS, "to-book"])
def test_a_whole_book_is_not_remarked(
    school: SignedSchool, capsys: pytest.CaptureFixture[str], act: str
) -> None:
    to_book = ("archive", "to-book", school.school)
    answer = ask(capsys, *(acts(school) | {"to-book": to_book})[act])
    assert "прошлой сборке" not in answer.text
    assert not answer.codes & {"lost-column", "lost-sheet"}


@pytest.mark.parametrize("header", ["Состояние", "Номер", "Дата"])
def test_rows_are_not_written_back_without_their_columns(
    school: SignedSchool, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    drop_header(school.school / BOOK, "Приказы", header)
    answer = ask(capsys, "archive", "to-book", school.school, "--yes")
    assert answer.code == 2
    assert f"больше нет заполненного при прошлой сборке: «{header}»" in answer.text


@pytest.mark.parametrize("act", ["unsign", "restore", "unsigned", "signatures"])
def test_a_sheet_that_is_gone_is_told_by_acts(
    school: SignedSchool, capsys: pytest.CaptureFixture[str], act: str
) -> None:
    book = load_workbook(school.school / BOOK)
    del book["Настройки"]
    book.save(school.school / BOOK)
    answer = ask(capsys, *acts(school)[act])
    assert answer.text.count("больше нет листа «Настройки», при прошлой сборке он был") == 1


@pytest.mark.parametrize("header", ["Лицо", ""])
def test_sheets_are_handed_out_and_the_loss_is_told(school: SignedSchool, header: str) -> None:
    if header:
        drop_header(school.school / BOOK, "Пункты", header)
    site = Site(school.school, school.root)
    count, problems = hand_out_sheets(site, dt.date(2026, 9, 10))
    assert count
    assert [one.code for one in problems] == (["lost-column"] if header else [])


def test_an_explanation_knows_no_state_without_a_column(
    school: SignedSchool, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = school.built("147-од")
    assert "Состояние неизвестно" not in ask(capsys, "explain", paper).text
    drop_header(school.school / BOOK, "Пункты", "Лицо")
    assert "Состояние неизвестно" in ask(capsys, "explain", paper).text
