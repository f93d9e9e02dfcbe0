"""Tables of a paper as a workbook: what is a day or a number there, and what stays text."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.registers.paper_books import BookTable, paper_book


def table_of(*rows: tuple[str | None, ...], title: str = "", headings: int = 1) -> BookTable:
    laid: Any = tuple(tuple((text, 1) for text in row) for row in rows)
    return BookTable(title, laid, headings, (1000,) * len(rows[0]))


def sheets_of(*tables: BookTable, title: str = "Сведения") -> list[Worksheet]:
    return list(load_workbook(io.BytesIO(paper_book(title, tables))).worksheets)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15.09.2026", dt.datetime(2026, 9, 15)),  # noqa: DTZ001 - a day of a cell has no zone
        ("25", 25),
        ("-3", -3),
        ("45,8", 45.8),
        ("50\u00a0%", 0.5),
        ("", None),
        ("31.02.2026", "31.02.2026"),
        ("007", "007"),
        ("0000000508", "0000000508"),
        ("89000000505", "89000000505"),
        ("=1+1", "=1+1"),
        ("+7 900", "+7 900"),
        ("-учитель", "-учитель"),
        ("@cmd", "@cmd"),
        ("163-од", "163-од"),
        ("с 15.09.2026", "с 15.09.2026"),
    ],
)
def test_a_cell_is_what_its_words_are(text: str, value: object) -> None:
    (sheet,) = sheets_of(table_of(("Графа",), (text,)))

    assert sheet["A2"].value == value
    assert sheet["A2"].data_type != "f"


def test_headings_are_frozen_and_repeat_on_a_page_that_lies() -> None:
    (sheet,) = sheets_of(table_of(("№", "ФИО"), ("1", "Петрова"), headings=1))

    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["A1"].value == "№"


def test_tables_get_a_sheet_each_with_the_words_above() -> None:
    first, second = table_of(("А",), title="1. Наставники"), table_of(("Б",), title="2: а/б")

    assert [one.title for one in sheets_of(first, second)] == ["1. Наставники", "2 а б"]
    assert [one.title for one in sheets_of(first, first)] == ["1. Наставники", "1. Наставники 2"]
    assert [one.title for one in sheets_of(first)] == ["Таблица 1"]


def test_cells_that_go_on_from_above_or_span_columns_are_merged() -> None:
    rows = ((("Срок", 2),), (("с", 1), ("по", 1)), (("1", 1), ("2", 1)), ((None, 1), ("3", 1)))
    (sheet,) = sheets_of(BookTable("", rows, 2, (1000, 1000)))

    assert {one.coord for one in sheet.merged_cells.ranges} == {"A1:B1", "A3:A4"}
    assert (sheet["A3"].value, sheet["B4"].value) == (1, 3)


def test_the_same_tables_make_the_same_bytes_without_author_and_time() -> None:
    tables = [table_of(("А",), ("1",))]

    assert paper_book("Отчёт & форма", tables) == paper_book("Отчёт & форма", tables)
