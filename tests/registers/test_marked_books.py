"""Copies of books with remarks: colours, comments, the list in front, and what stays."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from docgen.errors import Location, Problem, warning
from docgen.registers import UnmarkableBookError, marked_book
from tests.support.builders import Touch, write_book

BOOK = "registers/дом/Книга.xlsx"
RED, YELLOW = "00FFC7CE", "00FFEB9C"
ROWS: list[list[Any]] = [["ФИО", "Должность"], ["Орлов", "=1+1"], ["Белов", None]]


def error(sheet: str, cell: str, message: str, code: str = "bad-date") -> Problem:
    return Problem(code, Location(BOOK, sheet, cell), message)


def remark(sheet: str, cell: str, message: str, code: str = "overdue") -> Problem:
    return warning(code, Location(BOOK, sheet, cell), message)


def marked(
    folder: Path, *problems: Problem, touch: Touch | None = None, title: str = "Люди"
) -> Workbook:
    path = write_book(folder / "Книга.xlsx", {title: ROWS, "Пары": ROWS}, touch)
    return load_workbook(io.BytesIO(marked_book(path.read_bytes(), problems, BOOK)), rich_text=True)


def fill(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""


def listed(book: Workbook) -> list[tuple[object, ...]]:
    return [tuple(row) for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)]


def links(book: Workbook) -> list[str | None]:
    rows = book.worksheets[0].iter_rows(min_row=4, min_col=3, max_col=3)
    return [cell.hyperlink.location if cell.hyperlink else None for (cell,) in rows]


def test_an_error_is_red_a_warning_yellow_and_nothing_else_is_coloured(tmp_path: Path) -> None:
    book = marked(
        tmp_path, error("Люди", "A2", "дата не понята"), remark("Люди", "B3", "срок вышел")
    )
    sheet = book["Люди"]
    assert {cell.coordinate: fill(cell) for row in sheet for cell in row if fill(cell)} == {
        "A2": RED,
        "B3": YELLOW,
    }
    assert not any(fill(cell) for row in book["Пары"] for cell in row)


def test_all_that_is_said_of_a_cell_stands_in_one_comment_errors_first(tmp_path: Path) -> None:
    cell = marked(
        tmp_path,
        remark("Люди", "A2", "срок вышел"),
        error("Люди", "A2", "дата не понята"),
    )["Люди"]["A2"]
    assert cell.comment.text == "Мешает печатать: дата не понята\n\nПосмотрите: срок вышел"
    assert cell.comment.author == "docgen"
    assert fill(cell) == RED


def test_a_comment_has_room_for_its_text(tmp_path: Path) -> None:
    short, long = (
        marked_book(
            write_book(tmp_path / "Книга.xlsx", {"Люди": ROWS}).read_bytes(),
            [error("Люди", "A2", message)],
            BOOK,
        )
        for message in ("коротко", "очень длинное объяснение " * 30)
    )
    heights = [height_of_box(data) for data in (short, long)]
    assert heights[0] >= 40
    assert heights[1] >= 20 * (25 * 30 // 36)


def height_of_box(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        (vml,) = [name for name in package.namelist() if name.endswith(".vml")]
        (height,) = re.findall(r"height:(\d+)", package.read(vml).decode())
    return int(height)


def test_a_comment_of_a_person_stays_above_a_line(tmp_path: Path) -> None:
    def note(book: Workbook) -> None:
        book["Люди"]["A2"].comment = Comment("проверить у кадров", "Иванова")
        book["Люди"]["B2"].comment = Comment("как в приказе", "Иванова")

    sheet = marked(tmp_path, error("Люди", "A2", "дата не понята"), touch=note)["Люди"]
    above, line, below = sheet["A2"].comment.text.split("\n")
    assert above == "проверить у кадров"
    assert set(line) == {"—"}
    assert below == "Мешает печатать: дата не понята"
    assert sheet["A2"].comment.author == "Иванова"
    assert sheet["B2"].comment.text == "как в приказе"


def test_the_list_stands_first_and_says_that_this_is_a_copy(tmp_path: Path) -> None:
    book = marked(tmp_path, error("Люди", "A2", "дата не понята"))
    assert book.sheetnames == ["Замечания", "Люди", "Пары"]
    assert book.active is book["Замечания"]
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]
    said = book["Замечания"]["A1"].value
    assert said == f"Это копия с пометками: исправляйте в самой книге {BOOK}"
    headers = [cell.value for cell in book["Замечания"][3]]
    assert headers == ["Что с ним", "Лист", "Ячейка", "Замечание", "Код"]


def test_each_remark_is_listed_with_a_link_to_its_cell(tmp_path: Path) -> None:
    book = marked(
        tmp_path,
        remark("Пары", "B3", "срок вышел"),
        remark("Пары", "", "лист не печатается", "not-printed"),
        remark("", "", "книга, похоже, открыта", "office-lock"),
        error("Нет такого", "", "нет листа", "missing-sheet"),
        error("Люди", "A2", "=дата не понята"),
    )
    assert listed(book) == [
        ("мешает печатать", "Нет такого", "весь лист", "нет листа", "missing-sheet"),
        ("мешает печатать", "Люди", "A2", "=дата не понята", "bad-date"),
        ("посмотрите", "Пары", "весь лист", "лист не печатается", "not-printed"),
        ("посмотрите", None, None, "книга, похоже, открыта", "office-lock"),
        ("посмотрите", "Пары", "B3", "срок вышел", "overdue"),
    ]
    assert links(book) == [None, "'Люди'!A2", "'Пары'!A1", None, "'Пары'!B3"]
    assert book["Пары"]["A1"].comment is None
    assert book["Замечания"]["D5"].data_type == "s"


def test_a_row_of_the_list_is_as_high_as_its_sentence(tmp_path: Path) -> None:
    book = marked(
        tmp_path,
        error("Люди", "A2", "коротко"),
        error("Люди", "A3", "длинное объяснение " * 12),
        error("Люди", "B3", "я" * 40_000),
    )
    one, three, most = (book.worksheets[0].row_dimensions[row].height for row in (4, 5, 6))
    assert 15 <= one < 20
    assert three >= 3 * 15
    assert most == 409


@pytest.mark.parametrize("title", ["Мой лист", "1 «А»", "Д'Артаньян", "Люди!"])
def test_a_link_leads_to_a_sheet_whatever_its_name(tmp_path: Path, title: str) -> None:
    book = marked(tmp_path, error(title, "A2", "так нельзя"), title=title)
    quoted = title.replace("'", "''")
    assert links(book) == [f"'{quoted}'!A2"]
    assert fill(book[title]["A2"]) == RED


def test_a_sheet_of_that_name_gives_the_list_another_title(tmp_path: Path) -> None:
    book = marked(tmp_path, error("замечания", "A2", "так нельзя"), title="замечания")
    assert book.sheetnames == ["Замечания (2)", "замечания", "Пары"]
    assert fill(book["замечания"]["A2"]) == RED


def test_a_cell_inside_of_a_merge_is_marked_at_the_first_one(tmp_path: Path) -> None:
    def merge(book: Workbook) -> None:
        book["Люди"].merge_cells("A2:B3")

    book = marked(tmp_path, error("Люди", "B3", "так нельзя"), touch=merge)
    assert fill(book["Люди"]["A2"]) == RED
    assert links(book) == ["'Люди'!A2"]


@pytest.mark.parametrize("cell", ["строка 5", "ZZZZ1", "A0", "A1048577", "1", "XFE1"])
def test_a_place_that_is_no_cell_leads_to_the_sheet(tmp_path: Path, cell: str) -> None:
    book = marked(tmp_path, error("Люди", cell, "так нельзя"))
    assert links(book) == ["'Люди'!A1"]
    assert listed(book)[0][2] == cell
    assert not any(fill(one) for row in book["Люди"] for one in row)


def test_what_is_hidden_is_shown_where_a_remark_leads(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        sheet = book["Люди"]
        sheet.sheet_state = "hidden"
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions.group("A", "C", hidden=True)

    sheet = marked(tmp_path, error("Люди", "B2", "так нельзя"), touch=hide)["Люди"]
    assert sheet.sheet_state == "visible"
    assert not sheet.row_dimensions[2].hidden
    assert sheet.row_dimensions[3].hidden
    assert not any(one.hidden for one in sheet.column_dimensions.values())


def test_words_can_be_read_on_the_new_colour_and_keep_their_look(tmp_path: Path) -> None:
    def dark(book: Workbook) -> None:
        cell = book["Люди"]["A2"]
        cell.font = Font(bold=True, color="FFFFFFFF", size=14)
        cell.fill = PatternFill("solid", fgColor="00203040")
        cell.number_format = "0.00"

    cell = marked(tmp_path, error("Люди", "A2", "так нельзя"), touch=dark)["Люди"]["A2"]
    assert (fill(cell), cell.font.color.rgb) == (RED, "FF000000")
    assert (cell.font.bold, cell.font.size, cell.number_format) == (True, 14, "0.00")


def test_values_formulas_and_looks_inside_of_cells_stay(tmp_path: Path) -> None:
    crossed = CellRichText("было ", TextBlock(InlineFont(strike=True), "зачёркнуто"))

    def write(book: Workbook) -> None:
        book["Люди"]["A3"] = crossed

    sheet = marked(tmp_path, error("Люди", "B2", "так нельзя"), touch=write)["Люди"]
    assert [cell.value for cell in sheet[1]] == ROWS[0]
    assert sheet["B2"].value == "=1+1"
    assert sheet["A3"].value == crossed


def test_signs_that_no_book_holds_do_not_stop_the_copy(tmp_path: Path) -> None:
    book = marked(tmp_path, error("Люди", "A2", "стоит «\x0b\ud800»; уберите" + "я" * 40_000))
    assert str(listed(book)[0][3]).startswith("стоит «?»; уберите")
    assert len(book["Люди"]["A2"].comment.text) < 32_767


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04 cut"])
def test_what_cannot_be_opened_is_said(data: bytes) -> None:
    with pytest.raises(UnmarkableBookError, match="сохраните её в Excel заново"):
        marked_book(data, [error("Люди", "A2", "так нельзя")], BOOK)


def test_the_same_remarks_give_the_same_bytes(tmp_path: Path) -> None:
    data = write_book(tmp_path / "Книга.xlsx", {"Люди": ROWS}).read_bytes()
    problems = [error("Люди", "A2", "так нельзя")]
    assert marked_book(data, problems, BOOK) == marked_book(data, problems, BOOK)
