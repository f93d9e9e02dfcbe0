"""Sheets laid out as the table that a paper prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from docgen import registers
from docgen.errors import Location, Problem
from docgen.model import Table
from tests.support.builders import Rows, Touch, write_book

BOOK = "Книга.xlsx"


def read_table(folder: Path, rows: Rows, touch: Touch | None = None) -> tuple[Table, list[Problem]]:
    write_book(folder / BOOK, {"План": rows}, touch)
    books = registers.open_books(folder, shown="registers/дом")
    tables, problems = registers.read_tables(books, {"План": Location()})
    return tables["План"], problems


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row.cells] for row in table.rows]


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# --- tables ----------------------------------------------------------------------------------


def test_a_table_is_read_as_laid_out(tmp_path: Path) -> None:
    def lay_out(workbook: Workbook) -> None:
        sheet = workbook["План"]
        sheet.merge_cells("A3:C3")
        sheet.merge_cells("C4:C5")
        sheet["A3"].font = Font(bold=True)
        sheet["A3"].alignment = Alignment(horizontal="center")
        sheet["B4"].font = Font(italic=True)
        sheet.column_dimensions["A"].width = 10
        sheet.column_dimensions["B"].width = 60
        sheet.column_dimensions["C"].width = 30
        sheet.page_setup.orientation = "landscape"

    table, problems = read_table(
        tmp_path,
        [
            ["№", "Мероприятие", "Сроки/\nОтветственный"],
            [1, 2, 3],
            ["Раздел 1"],
            [1.1, "1) раз\n2) два", "май"],
            [1.2, "сбор"],
        ],
        lay_out,
    )
    assert not problems
    assert table.header_rows == 2
    assert table.is_landscape
    assert table.widths == pytest.approx((0.1, 0.6, 0.3))
    assert texts(table) == [
        ["№", "Мероприятие", "Сроки/\nОтветственный"],
        ["1", "2", "3"],
        ["Раздел 1"],
        ["1.1", "1) раз\n2) два", "май"],
        ["1.2", "сбор", None],
    ]
    section, deadline = table.rows[2].cells[0], table.rows[3].cells[2]
    assert section is not None
    assert deadline is not None
    assert (section.columns, section.is_bold, section.align) == (3, True, "center")
    assert (deadline.rows, deadline.where.cell) == (2, "C4")
    assert [cell.is_italic for cell in table.rows[3].cells if cell] == [False, True, False]


def test_a_heading_of_two_storeys_repeats_whole(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        for spot in ("A1:A2", "B1:C1"):
            workbook["План"].merge_cells(spot)

    table, _ = read_table(
        tmp_path, [["№", "Срок"], [None, "с", "по"], [1, 2, 3], [1, "май", "июнь"]], merge
    )
    assert table.header_rows == 3
    assert texts(table)[:2] == [["№", "Срок"], [None, "с", "по"]]


def test_a_second_storey_needs_no_vertical_merge(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["План"].merge_cells("B1:C1")

    table, _ = read_table(tmp_path, [["№", "Срок"], [None, "с", "по"], [1, "май", ""]], merge)
    assert table.header_rows == 2


def test_a_title_over_the_headings_is_part_of_them(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["План"].merge_cells("A2:B2")

    table, _ = read_table(tmp_path, [[], ["План"], ["№", "Дело"], [1, "сбор"]], merge)
    assert table.header_rows == 2
    assert texts(table) == [["План"], ["№", "Дело"], ["1", "сбор"]]


def test_the_column_of_ticks_is_not_printed(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["План"].merge_cells("A3:C3")

    table, _ = read_table(
        tmp_path,
        [["№", "Выполнено ", "Дело"], [1, None, 2], ["Раздел"], [1, dt.date(2026, 9, 1), "сбор"]],
        merge,
    )
    assert texts(table) == [["№", "Дело"], ["1", "2"], ["Раздел"], ["1", "сбор"]]
    assert table.header_rows == 2
    assert [cell.columns for cell in table.rows[2].cells if cell] == [2]
    assert sum(table.widths) == pytest.approx(1)


def test_hidden_rows_and_columns_are_not_printed_and_told(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        workbook["План"].row_dimensions[2].hidden = True
        workbook["План"].column_dimensions["B"].hidden = True

    table, problems = read_table(
        tmp_path, [["№", "Тайное", "Дело"], [1, "а", "б"], [2, "в", "г"]], hide
    )
    assert texts(table) == [["№", "Дело"], ["2", "г"]]
    assert codes(problems) == ["hidden-rows", "hidden-rows"]
    assert "B" in problems[1].message


def test_fractions_have_commas_but_row_numbers_points(tmp_path: Path) -> None:
    table, _ = read_table(tmp_path, [["№ п/п", "Ставка"], [1.5, 1.5]])
    assert texts(table)[1] == ["1.5", "1,5"]


def test_bold_counts_when_every_run_is_bold(tmp_path: Path) -> None:
    bold = CellRichText(TextBlock(InlineFont(b=True), "Раздел"), " ")
    mixed = CellRichText(TextBlock(InlineFont(b=True), "Раздел"), " первый")
    table, _ = read_table(tmp_path, [["№", "Дело"], [bold, mixed]])
    assert [cell.is_bold for cell in table.rows[1].cells if cell] == [True, False]


def test_a_form_keeps_its_empty_rows_but_not_its_tail(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["План"].merge_cells("B1:C1")

    table, _ = read_table(tmp_path, [["№", "Дело"], [1], [], [3], [None], [" "]], merge)
    assert texts(table) == [["№", "Дело"], ["1", "", ""], ["", "", ""], ["3", "", ""]]


def test_a_table_cell_with_an_error_is_named(tmp_path: Path) -> None:
    _, problems = read_table(tmp_path, [["№", "Дело"], ["=A1", "#N/A"]])
    assert sorted(codes(problems)) == ["cell-error", "uncalculated"]


def test_an_absent_or_empty_table_sheet_is_told_where_it_is_named(tmp_path: Path) -> None:
    write_book(tmp_path / BOOK, {"Дорожная карта": [["№"]], "Пусто": []})
    books = registers.open_books(tmp_path, shown="registers/дом")
    named = {"Дорожная карт": Location(file="x", cell="F2"), "пусто": Location()}
    tables, problems = registers.read_tables(books, named)
    assert tables == {}
    assert codes(problems) == ["missing-sheet", "missing-sheet"]
    assert problems[0].where.cell == "F2"
    assert "возможно, вы имели в виду «Дорожная карта»" in problems[0].message
