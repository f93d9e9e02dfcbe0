"""An order of change is held to the signed words that the archive keeps, appendices too."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.signed_school import Answer, SignedSchool, ask, copy_of, make_signed
from tests.support.small_root import BOOK, SHIPPED

KIND = "приказ_о_внесении_изменений"
_POINT = ("пункт 2", "заменить слова", "Назначить куратором", "Назначить координатором")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SignedSchool:
    """Return a school whose orders are signed, with the kind of orders that change others."""
    made = make_signed(tmp_path_factory.mktemp("подписано"), "--no-pdf")
    for suffix in (".docx", ".toml"):
        shutil.copy(SHIPPED / "templates_docx" / f"{KIND}{suffix}", made.root / "templates_docx")
    return made


def change(school: SignedSchool, *rows: tuple[str, str, str, str]) -> None:
    """Type an order of change into the book, with its changes."""
    book = load_workbook(school.school / BOOK)
    orders: Any = book["Приказы"]
    orders.cell(1, 8, "Изменяет / отменяет")
    about = ("внесение изменений", "О внесении изменений в приказ", "за собой", "на подписи")
    orders.append(["Об изменениях", "201-од", "01.12.2026", *about, "О внедрении"])
    sheet: Any = book.create_sheet("Изменения")
    sheet.append(["Приказ", "Где", "Вид изменения", "Было", "Стало"])
    for row in rows:
        sheet.append(["Об изменениях", *row])
    book.save(school.school / BOOK)


def answer(
    school: SignedSchool, capsys: pytest.CaptureFixture[str], command: str = "check"
) -> Answer:
    options = school.options if command == "build" else ()
    return ask(capsys, command, school.school, *options)


def test_words_of_the_signed_order_and_its_appendix_are_found(
    base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = copy_of(base, tmp_path)
    change(school, _POINT, ("приложение", "заменить слова", "Сбор согласий", "Получение согласий"))

    assert "change-not-found" not in answer(school, capsys).codes
    assert answer(school, capsys, "build").code == 0
    assert school.built("201-од").is_file()


def test_a_change_of_other_words_is_not_made(
    base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = copy_of(base, tmp_path)
    change(school, ("пункт 2", "заменить слова", "Назначить ответственным", "Назначить"))

    assert "change-not-found" in answer(school, capsys).codes
    assert answer(school, capsys, "build").code != 0
    assert not [*school.output.rglob("*201-од*.docx")]
    assert dict(school.hashes()) == base.frozen


def test_what_the_register_says_since_is_not_what_was_signed(
    base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = copy_of(base, tmp_path)
    change(school, ("пункт 1", "заменить слова", "Утвердить план", "Утвердить карту"))
    book = load_workbook(school.school / BOOK)
    book["Пункты"]["C2"] = "Утвердить план"
    book.save(school.school / BOOK)

    assert "change-not-found" in answer(school, capsys).codes
