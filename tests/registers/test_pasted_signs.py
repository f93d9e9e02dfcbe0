"""Signs that were pasted from Word into cells are read as the signs that were meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from docgen import registers
from docgen.pipeline.workspace.prepare import prepare
from docgen.registers.shown_text import clean, has_unseen_inside, text_of
from tests.support.builders import write_book
from tests.support.small_root import Sheets, make_root, make_school

BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0a8": "☐",
    "\uf06f": "☐",
    "\uf0fe": "☑",
    "\uf0fd": "☒",
    "\uf076": "❖",
    "\uf02d": "−",
    "\uf0e0": "→",
    "\uf0b0": "°",
    "\uf06e": "■",
}


@pytest.mark.parametrize("code", BULLETS)
def test_a_bullet_from_word_is_the_sign_that_was_meant(code: str) -> None:
    sign = BULLETS[code]
    assert clean(f"{code} первое\n{code}\tвторое") == f"{sign} первое\n{sign}\tвторое"


def test_a_code_that_may_mean_anything_stays_to_be_named() -> None:
    assert clean("план \uf0e8\uf041") == "план →\uf041"
    assert clean("\ue123") == "\ue123"


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        ("Wingdings", "ü", "✓"),
        ("Wingdings", "þ да", "☑ да"),
        ("Wingdings 2", "P", "✓"),
        ("Symbol", "a", "α"),
        ("Calibri", "ü", "ü"),
        ("Symbol", "Приказ", "Приказ"),
        ("Wingdings", "\uf0fe", "☑"),
    ],
)
def test_a_cell_set_in_a_font_of_signs_says_what_it_shows(
    tmp_path: Path, font: str, typed: str, shown: str
) -> None:
    def touch(book: Workbook) -> None:
        book["Люди"]["A2"].font = Font(name=font)

    write_book(tmp_path / "Книга.xlsx", {"Люди": [["Отметка"], [typed]]}, touch)
    assert shown_in(tmp_path) == shown


def shown_in(folder: Path) -> str:
    (book,) = registers.open_books(folder, shown="registers/дом").books
    cell = book.sheets["Люди"].cells[2][1]
    return text_of(cell)


def test_a_run_set_in_a_font_of_signs_says_what_it_shows(tmp_path: Path) -> None:
    runs = CellRichText(TextBlock(InlineFont(rFont="Wingdings"), "ü"), " согласен")
    write_book(tmp_path / "Книга.xlsx", {"Люди": [["Отметка"], [runs]]})
    assert shown_in(tmp_path) == "✓ согласен"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ива\u200bнов", True),
        ("учитель\u2060физики", True),
        ("5\ufeff6", True),
        ("слева\u202eнаправо", True),
        ("\ufeffИванов", False),
        ("Иванов\u200b", False),
        ("Иванов \u200bИван", False),
        ("настав\u00adник", False),
        ("Иванов", False),
    ],
)
def test_signs_that_nobody_sees_are_told_where_they_part_letters(text: str, wanted: bool) -> None:
    assert has_unseen_inside(text) is wanted


def test_one_warning_of_a_sheet_names_the_cells_with_signs_that_nobody_sees(tmp_path: Path) -> None:
    root = make_root(tmp_path)

    def paste(sheets: Sheets) -> None:
        for row in sheets["Сотрудники"][2:5]:
            row[2] = f"учи\u200bтель {row[2]}\ufeff"

    made = prepare(make_school(root, paste), root)
    said = [one for one in made.problems if "невидимые" in one.message]
    assert [(one.where.cell, one.is_error) for one in said] == [("C3", False)]
    assert "и в C4, C5" in said[0].message
