"""An extract quotes what was signed, whatever registers say since, and changes nothing signed."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.ooxml.docx_text import text_of
from tests.support.signed_school import SignedSchool, ask, copy_of, make_signed
from tests.support.small_root import BOOK, SHIPPED

KIND = "выписка_из_приказа"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SignedSchool:
    """Return a school whose orders are signed, with the kind of extracts."""
    made = make_signed(tmp_path_factory.mktemp("подписано"), "--no-pdf")
    for suffix in (".docx", ".toml"):
        shutil.copy(SHIPPED / "templates_docx" / f"{KIND}{suffix}", made.root / "templates_docx")
    return made


def ask_for(school: SignedSchool, person: str) -> None:
    """Type a row of «Выписки», and change the point of the signed order."""
    book = load_workbook(school.school / BOOK)
    sheet = book.create_sheet("Выписки")
    sheet.append(["Приказ", "О ком", "Дата"])
    sheet.append(["О внедрении", person, dt.date(2026, 9, 15)])
    book["Пункты"]["C3"] = "Назначить ответственным {кого}"
    book.save(school.school / BOOK)


def test_an_extract_has_the_signed_words(
    base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = copy_of(base, tmp_path)
    ask_for(school, "Петрова Анна Сергеевна")

    ask(capsys, "build", school.school, *school.options)

    (made,) = school.output.rglob("Выписки из подписанного/*.docx")
    text = "\n".join(text_of(made.read_bytes()))
    assert "2. Назначить куратором" in text
    assert "Утвердить дорожную карту" not in text
    assert base.frozen.items() <= dict(school.hashes()).items()


def test_who_is_not_named_is_said_at_his_cell(
    base: SignedSchool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = copy_of(base, tmp_path)
    ask_for(school, "Сидоров Иван Петрович")

    found = ask(capsys, "check", school.school)

    assert "excerpt-refused" in found.codes
    assert "лист «Выписки», ячейка B2" in found.text
