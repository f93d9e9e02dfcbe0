"""Registers as secretaries keep them: what is read, what is reported."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter, FilterColumn
from openpyxl.worksheet.table import Table

from docgen import registers
from docgen.errors import Problem
from docgen.model import Column, RawSheet, Schema
from docgen.registers.shown_text import clean
from tests.support.builders import Rows, Touch, shipped_schemas, write_book
from tests.support.small_schemas import BOOK, CARD, PEOPLE

SCHEMAS = {"люди": PEOPLE, "карточка": CARD}


def read(
    folder: Path, sheets: Mapping[str, Rows], touch: Touch | None = None
) -> tuple[dict[str, RawSheet], list[Problem]]:
    write_book(folder / BOOK, sheets, touch)
    return registers.read_sheets(registers.open_books(folder, shown="registers/дом"), SCHEMAS)


def read_people(
    folder: Path, rows: Rows, touch: Touch | None = None
) -> tuple[list[dict[str, str]], list[Problem]]:
    sheets, problems = read(folder, {"Люди": rows}, touch)
    if "люди" not in sheets:
        return [], problems
    return [
        {name: cell.text for name, cell in row.cells.items() if cell.text}
        for row in sheets["люди"].rows
    ], problems


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body) if name == part else body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- headers ---------------------------------------------------------------------------------


def test_cells_know_their_place(tmp_path: Path) -> None:
    sheets, problems = read(tmp_path, {"Люди": [["ФИО", "Роль"], ["Иванов И.И.", "куратор"]]})
    assert not problems
    (row,) = sheets["люди"].rows
    assert str(row.cells["роль"].where) == "registers/дом/Книга.xlsx, лист «Люди», ячейка B2"
    assert row.number == 2


@pytest.mark.parametrize(
    "header",
    ["ФИО", " фио ", "Ф.И.О.", "Фамилия,\u00a0имя, отчество", "ФАМИЛИЯ  ИМЯ\nОТЧЕСТВО", "Ф. И. О."],
)
def test_a_header_is_known_in_any_spelling(tmp_path: Path, header: str) -> None:
    rows, problems = read_people(tmp_path, [[header], ["Орлов Олег"]])
    assert rows == [{"фио": "Орлов Олег"}]
    assert not problems


def test_yo_and_full_stops_do_not_matter_in_headers(tmp_path: Path) -> None:
    rows, _ = read_people(
        tmp_path, [["ФИО", "Дата приема", "Таб №"], ["Орлов Олег", "1.09.2026", "7"]]
    )
    assert rows == [{"фио": "Орлов Олег", "приём": "1.09.2026", "таб": "7"}]


def test_the_header_is_found_under_title_lines(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["Люди"].merge_cells("A1:C1")

    rows, problems = read_people(
        tmp_path,
        [["Сотрудники школы"], ["на 1 сентября, ФИО полностью"], [], ["№ п/п", "ФИО", "Роль"],
         [1, "Орлов Олег", "куратор"]],
        merge,
    )  # fmt: skip
    assert rows == [{"фио": "Орлов Олег", "роль": "куратор"}]
    assert not problems


def test_merged_headers_of_two_storeys_are_read(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        for spot in ("A1:A2", "B1:C1"):
            workbook["Люди"].merge_cells(spot)

    rows, problems = read_people(
        tmp_path,
        [["ФИО", "Трудовой договор", None], [None, "№", "дата"], ["Орлов Олег", "15-тд", "-"]],
        merge,
    )
    assert rows == [{"фио": "Орлов Олег", "договор": "15-тд"}]
    assert not problems


def test_a_name_may_stand_in_three_columns(tmp_path: Path) -> None:
    sheets, problems = read(
        tmp_path,
        {
            "Люди": [
                ["Отчество", "Фамилия", "Имя"],
                ["Ильич", " Орлов ", "Олег"],
                [None, "Ли", "Ян"],
            ]
        },
    )
    assert not problems
    first, second = (row.cells["фио"] for row in sheets["люди"].rows)
    assert (first.text, first.where.cell) == ("Орлов Олег Ильич", "B2")
    assert second.text == "Ли Ян"


def test_a_missing_required_column_names_the_header_row_and_the_near_one(tmp_path: Path) -> None:
    rows, (problem,) = read_people(tmp_path, [["Роль", "Фамиля Имя Отчество"], ["", "Орлов"]])
    assert rows == []
    assert problem.code == "missing-column"
    assert problem.where.cell == "B1"
    assert "возможно, вы имели в виду столбец «Фамиля Имя Отчество»" in problem.message


def test_a_sheet_without_any_header_is_told(tmp_path: Path) -> None:
    _, problems = read_people(tmp_path, [])
    assert codes(problems) == ["missing-column"]
    _, problems = read_people(tmp_path, [["Всякое"]])
    assert codes(problems) == ["missing-column"]


def test_a_nearly_known_header_is_a_warning(tmp_path: Path) -> None:
    rows, (problem,) = read_people(tmp_path, [["ФИО", "Рольь", "Заметки"], ["Орлов", "?", "!"]])
    assert rows == [{"фио": "Орлов"}]
    assert (problem.code, problem.where.cell, problem.is_error) == ("unknown-column", "B1", False)
    assert "«Роль»" in problem.message


def test_a_repeated_header_is_a_warning_and_the_first_is_read(tmp_path: Path) -> None:
    rows, (problem,) = read_people(tmp_path, [["ФИО", "ФИО "], ["Орлов", "Котов"]])
    assert rows == [{"фио": "Орлов"}]
    assert (problem.code, problem.where.cell) == ("unknown-column", "B1")


def test_a_missing_sheet_names_the_one_that_may_be_meant(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, {"Люд": [["ФИО"]]})
    assert problem.code == "missing-sheet"
    assert "нет листа «Люди»; возможно, вы имели в виду «Люд»" in problem.message


def test_a_missing_workbook_names_the_one_that_may_be_meant(tmp_path: Path) -> None:
    write_book(tmp_path / "Книга (1).xlsx", {"Люди": [["ФИО"]]})
    books = registers.open_books(tmp_path, shown="registers/дом")
    _, (problem,) = registers.read_sheets(books, SCHEMAS)
    assert problem.code == "missing-sheet"
    assert "возможно, вы имели в виду «Книга (1).xlsx»" in problem.message


def test_an_optional_sheet_may_be_absent(tmp_path: Path) -> None:
    sheets, problems = read(tmp_path, {"Люди": [["ФИО"]]})
    assert "карточка" not in sheets
    assert not problems


def test_an_optional_sheet_under_another_title_is_told_by_its_headers(tmp_path: Path) -> None:
    schema = replace(SCHEMAS["люди"], is_optional=True)
    headers = [column.header for column in schema.columns]
    write_book(tmp_path / BOOK, {"Кадры": [headers, ["Орлов"]]})
    books = registers.open_books(tmp_path, shown="registers/дом")
    _, problems = registers.read_sheets(books, {"люди": schema})
    assert [(one.code, one.where.sheet, one.is_error) for one in problems] == [
        ("missing-sheet", "Кадры", True)
    ]
    write_book(tmp_path / BOOK, {"Кадры": [["ФИО", "Кабинет"], ["Орлов", "7"]]})
    books = registers.open_books(tmp_path, shown="registers/дом")
    assert registers.read_sheets(books, {"люди": schema})[1] == []


# --- rows and cells --------------------------------------------------------------------------


HIDDEN = (2, 3, 5, 9)
FOUR = [["ФИО"], ["Орлов"], ["Котов"], ["Зайцев"], ["Волков"]]


def hide(workbook: Workbook) -> None:
    for row in HIDDEN:
        workbook["Люди"].row_dimensions[row].hidden = True


def filter_sheet(workbook: Workbook) -> None:
    hide(workbook)
    sheet = workbook["Люди"]
    sheet.auto_filter.ref = "A1:A5"
    sheet.auto_filter.add_filter_column(0, ["Зайцев"])


def filter_table(workbook: Workbook) -> None:
    hide(workbook)
    table = Table(displayName="Люди", ref="A1:A5")
    table.autoFilter = AutoFilter(ref="A1:A5")
    table.autoFilter.add_filter_column(0, ["Зайцев"])
    workbook["Люди"].add_table(table)


def filter_by_criteria(workbook: Workbook) -> None:
    """An advanced filter leaves no arrows, only a name in the book."""
    hide(workbook)
    name = DefinedName("_xlnm._FilterDatabase", attr_text="'Люди'!$A$1:$A$5", hidden=True)
    workbook["Люди"].defined_names.add(name)


def put_arrows(workbook: Workbook) -> None:
    """Arrows without conditions hide nothing: a person did."""
    hide(workbook)
    workbook["Люди"].auto_filter.ref = "A1:A5"


def hide_buttons(workbook: Workbook) -> None:
    """A column without its arrow has no condition either."""
    hide(workbook)
    sheet = workbook["Люди"]
    sheet.auto_filter.ref = "A1:A5"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=0, hiddenButton=True))


def group(workbook: Workbook) -> None:
    workbook["Люди"].row_dimensions.group(2, 3, outline_level=1, hidden=True)


def filter_above(workbook: Workbook) -> None:
    """The filter ends above the rows that were typed below it and then hidden."""
    hide(workbook)
    sheet = workbook["Люди"]
    sheet.auto_filter.ref = "A1:A3"
    sheet.auto_filter.add_filter_column(0, ["нет таких"])


@pytest.mark.parametrize(
    ("touch", "filtered", "hidden"),
    [
        (filter_sheet, "2-3, 5", set()),
        (filter_table, "2-3, 5", set()),
        (filter_by_criteria, "2-3, 5", set()),
        (filter_above, "2-3", {5}),
        (put_arrows, "", {2, 3, 5}),
        (hide_buttons, "", {2, 3, 5}),
        (hide, "", {2, 3, 5}),
        (group, "", {2, 3}),
    ],
)
def test_rows_that_a_filter_or_a_person_hides_are_read(
    tmp_path: Path, touch: Touch, filtered: str, hidden: set[int]
) -> None:
    sheets, problems = read(tmp_path, {"Люди": FOUR}, touch)
    assert [row.cells["фио"].text for row in sheets["люди"].rows] == [one[0] for one in FOUR[1:]]
    assert sheets["люди"].hidden == hidden
    assert codes(problems) == (["filtered-rows"] if filtered else [])
    assert all(f"строки {filtered};" in problem.message for problem in problems)


@pytest.mark.parametrize("touch", [filter_sheet, filter_table, hide])
@pytest.mark.parametrize(("word", "count"), [("пропускать", 1), ("Пропускать ", 1), ("читать", 4)])
def test_hidden_rows_are_left_out_where_the_settings_say_so(
    tmp_path: Path, touch: Touch, word: str, count: int
) -> None:
    settings = [["Что", "Значение"], ["Скрытые строки", word]]
    write_book(tmp_path / BOOK, {"Люди": FOUR, "Настройки": settings}, touch)
    books = registers.open_books(tmp_path, shown="registers/дом")
    schemas = {"люди": PEOPLE, "настройки": replace(shipped_schemas()["настройки"], workbook=BOOK)}
    sheets, problems = registers.read_sheets(books, schemas)
    assert len(sheets["люди"].rows) == count
    assert ("hidden-rows" in codes(problems)) == (count == 1)
    if count == 1:
        assert "2-3, 5;" in problems[0].message


def test_filters_of_saved_views_hide_nothing_now(tmp_path: Path) -> None:
    write_book(tmp_path / BOOK, {"Люди": FOUR}, hide)
    view = (
        b'<customSheetViews><customSheetView guid="{A}"><autoFilter ref="A1:A5"><filterColumn '
        b'colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>'
        b"</customSheetView></customSheetViews><pageMargins"
    )
    data = repacked(
        (tmp_path / BOOK).read_bytes(),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<pageMargins", view),
    )
    (tmp_path / BOOK).write_bytes(data)
    books = registers.open_books(tmp_path, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, SCHEMAS)
    assert sheets["люди"].hidden == {2, 3, 5}
    assert not problems


def test_empty_rows_and_an_empty_tail_are_no_rows(tmp_path: Path) -> None:
    def format_tail(workbook: Workbook) -> None:
        for row in range(5, 400):
            workbook["Люди"].cell(row, 1).number_format = "@"

    rows, problems = read_people(
        tmp_path,
        [["ФИО", "Роль", "Заметки"], [], ["Орлов"], [" ", "\u00a0"], [None, None, "итого"]],
        format_tail,
    )
    assert rows == [{"фио": "Орлов"}]
    assert not problems


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (7, "0000", "0007"),
        (1234567890, "00000000000", "01234567890"),
        (12345678900, "000-000-000 00", "123-456-789 00"),
        (12345678900, r"000\-000\-000\ 00", "123-456-789 00"),
        (1.1, "0.00", "1.10"),
        (3.1, "General", "3.1"),
        (5.0, "General", "5"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012, "General", "123456789012"),
        (147, '0"-од"', "147-од"),
        (147, '"№ "0', "№ 147"),
        (0, "000", "000"),
        (0, "#,##0", "0"),
        (1234567.5, "#,##0.00", "1\u00a0234\u00a0567.50"),
        (1.5, "0.0#", "1.5"),
        (0.25, "0%", "25%"),
        (-5, "0.0", "-5.0"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"нет"', "нет"),
        (12, "[Red]000", "012"),
        (0.5, "# ?/?", "1/2"),
        (12, "@", "12"),
        (True, "General", "ИСТИНА"),
        (dt.date(2026, 9, 1), "DD.MM.YYYY", "01.09.2026"),
        (dt.date(2026, 9, 1), "mm-dd-yy", "01.09.2026"),
        (dt.date(2026, 9, 1), '[$-419]d mmmm yyyy "г.";@', "1 сентября 2026 г."),
        (
            dt.datetime.combine(dt.date(2026, 9, 1), dt.time(9, 30)),
            "DD.MM.YYYY HH:MM",
            "01.09.2026 09:30",
        ),
        (dt.time(9, 5), "HH:MM", "09:05"),
        (dt.timedelta(hours=26, minutes=3), "[h]:mm", "26:03"),
    ],
)
def test_a_number_is_read_as_it_is_shown(
    tmp_path: Path, value: object, number_format: str, shown: str
) -> None:
    def set_format(workbook: Workbook) -> None:
        workbook["Люди"]["B2"].number_format = number_format

    rows, problems = read_people(tmp_path, [["ФИО", "Таб. №"], ["Орлов", value]], set_format)
    assert rows[0]["таб"] == shown
    assert not problems


def test_fractions_have_commas_but_numbers_of_rows_points(tmp_path: Path) -> None:
    rows, _ = read_people(
        tmp_path, [["ФИО", "Роль", "Таб. №"], ["Орлов", 0.5, 1.1], ["Котов", 12000.25, 2]]
    )
    assert [(row["роль"], row["таб"]) for row in rows] == [("0,5", "1.1"), ("12000,25", "2")]


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        ("5 «А»", '"класс "@', "класс 5 «А»"),
        ("тайна", ";;;", "тайна"),
        ("слово", "0;-0;;@", "слово"),
    ],
)
def test_a_text_is_read_with_the_words_of_its_format_and_never_hidden(
    tmp_path: Path, value: str, number_format: str, read: str
) -> None:
    def set_format(workbook: Workbook) -> None:
        workbook["Люди"]["B2"].number_format = number_format

    rows, problems = read_people(tmp_path, [["ФИО", "Роль"], ["Орлов", value]], set_format)
    assert rows[0]["роль"] == read
    assert not problems


def test_a_format_that_does_not_say_how_a_number_shows_is_told(tmp_path: Path) -> None:
    def set_format(workbook: Workbook) -> None:
        workbook["Люди"]["B2"].number_format = 'q" кв."'

    rows, (problem,) = read_people(tmp_path, [["ФИО", "Роль"], ["Орлов", 46266]], set_format)
    assert rows[0]["роль"] == "46266"
    assert (problem.code, problem.is_error, problem.where.cell) == ("unknown-format", False, "B2")


def test_a_date_keeps_its_value_and_shows_its_day(tmp_path: Path) -> None:
    sheets, _ = read(tmp_path, {"Люди": [["ФИО", "Работает с"], ["Орлов", dt.date(2026, 9, 1)]]})
    cell = sheets["люди"].rows[0].cells["с"]
    assert (cell.value, cell.text) == (dt.date(2026, 9, 1), "2026-09-01")


def test_dates_of_an_apple_workbook_are_the_same_days(tmp_path: Path) -> None:
    def count_from_1904(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904

    rows, _ = read_people(
        tmp_path, [["ФИО", "Работает с"], ["Орлов", dt.date(2026, 9, 1)]], count_from_1904
    )
    assert rows[0]["с"] == "2026-09-01"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("  Орлов\u00a0", "Орлов"),
        ("Орлов\u200b Олег\ufeff", "Орлов Олег"),
        ('А & Б <b> «в» "г"', 'А & Б <b> «в» "г"'),
        ("1)\u00a0раз\n2)\u00a0два\n", "1)\u00a0раз\n2)\u00a0два"),
        ("раз_x000D_\nдва", "раз\nдва"),
        ("и\u0306", "й"),
        ("\u202eворла", "ворла"),
    ],
)
def test_text_is_kept_as_typed_but_for_what_nobody_sees(
    tmp_path: Path, typed: str, read_as: str
) -> None:
    rows, _ = read_people(tmp_path, [["ФИО"], [typed]])
    assert rows == [{"фио": read_as}]


@given(st.text(max_size=40))
@example("_x005F_x000D_")
@example("\r\n\r")
@example("_x0000_")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text.replace("_", ""))
    assert clean(once) == once
    assert "\r" not in once
    assert once == once.strip()


def test_rich_text_is_read_whole(tmp_path: Path) -> None:
    rich = CellRichText("Орлов ", TextBlock(InlineFont(b=True), "Олег"))
    rows, _ = read_people(tmp_path, [["ФИО"], [rich]])
    assert rows == [{"фио": "Орлов Олег"}]


def test_a_formula_without_a_result_is_an_error_at_its_cell(tmp_path: Path) -> None:
    sheets, (problem,) = read(tmp_path, {"Люди": [["ФИО", "Таб. №"], ["Орлов", "=1+1"]]})
    assert (problem.code, problem.where.cell) == ("uncalculated", "B2")
    assert "откройте и сохраните книгу в Excel" in problem.message
    cell = sheets["люди"].rows[0].cells["таб"]
    assert cell.text == ""
    assert cell.is_unreadable


def test_a_formula_with_a_stored_result_is_read(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / BOOK, {"Люди": [["ФИО", "Таб. №", "Роль"], ["Орлов", "=1+1", '=""']]}
    )

    def store(part: bytes) -> bytes:
        part = part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
        part = part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
        return part.replace(b'<c r="C2">', b'<c r="C2" t="str">')

    path.write_bytes(repacked(path.read_bytes(), "xl/worksheets/sheet1.xml", store))
    books = registers.open_books(tmp_path, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, SCHEMAS)
    assert not problems
    assert sheets["люди"].rows[0].cells["таб"].text == "2"
    assert sheets["люди"].rows[0].cells["роль"].text == ""


def test_an_excel_error_is_an_error_at_its_cell(tmp_path: Path) -> None:
    _, (problem,) = read_people(tmp_path, [["ФИО", "Роль"], ["Орлов", "#N/A"]])
    assert (problem.code, problem.where.cell) == ("cell-error", "B2")
    assert "«#N/A»" in problem.message


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    _, problems = read_people(
        tmp_path, [["ФИО", "Роль"], ["Орлов", "#REF!"], ["=A1", "=B1"], ["Котов", "#N/A"]]
    )
    assert sorted(problem.where.cell for problem in problems) == ["A3", "B2", "B3", "B4"]


def test_a_cell_merged_over_rows_speaks_for_all_of_them(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook["Люди"].merge_cells("B2:B3")

    rows, _ = read_people(tmp_path, [["ФИО", "Роль"], ["Орлов", "куратор"], ["Котов"]], merge)
    assert [row["роль"] for row in rows] == ["куратор", "куратор"]


# --- cards -----------------------------------------------------------------------------------


def test_a_card_is_a_row_for_each_fact_that_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Карточка организации"],
        ["Что", "Значение", "Действует с", "по", "Пояснение"],
        ["полное название:", "Школа"],
        ["Директор", "Орлов Олег", dt.date(2020, 1, 1), None, "раньше был другой"],
        ["Строка бланка", "Город"],
        ["строка бланка 2", "Школа"],
        ["Руководитель", None],
    ]
    sheets, problems = read(tmp_path, {"Люди": [["ФИО"]], "Карточка": rows})
    assert not problems
    found = [
        {name: (cell.text, cell.where.cell) for name, cell in row.cells.items()}
        for row in sheets["карточка"].rows
    ]
    assert found[1] == {
        "руководитель": ("Орлов Олег", "B4"),
        "begins": ("2020-01-01", "C4"),
        "ends": ("", "D4"),
    }
    assert [next(iter(row)) for row in found] == ["полное", "руководитель", "бланк", "бланк"]


def test_an_unknown_fact_is_a_warning_with_what_may_be_meant(tmp_path: Path) -> None:
    rows: Rows = [["Что", "Значение"], ["Дирректор", "Орлов"], [None, "Котов"]]
    _, problems = read(tmp_path, {"Люди": [["ФИО"]], "Карточка": rows})
    assert codes(problems) == ["unknown-column", "unknown-column"]
    assert "возможно, вы имели в виду «директор»" in problems[0].message
    assert problems[0].where.cell == "A2"


def test_a_card_without_headers_is_labels_and_values(tmp_path: Path) -> None:
    sheets, problems = read(
        tmp_path, {"Люди": [["ФИО"]], "Карточка": [["Полное название", "Школа"]]}
    )
    assert not problems
    assert sheets["карточка"].rows[0].cells["полное"].text == "Школа"


# --- shared registers ------------------------------------------------------------------------


def test_shared_rows_stand_before_the_workspaces_own(tmp_path: Path) -> None:
    acts = Schema(
        name="акты",
        workbook=BOOK,
        sheet="Акты",
        one="акт",
        many="акты",
        source="",
        columns=(Column("имя", "Имя", is_required=True),),
        is_shared=True,
        is_optional=True,
    )
    write_book(tmp_path / "schema" / "Акты.xlsx", {"Акты": [["Имя"], ["273-ФЗ"]]})
    write_book(tmp_path / "дом" / BOOK, {"Акты": [["Имя"], ["Протокол"]]})
    books = registers.open_books(tmp_path / "дом", shown="registers/дом")
    folders = [tmp_path / "schema", tmp_path / "absent"]
    sheets, problems = registers.read_sheets(books, {"акты": acts}, shared_folders=folders)
    assert not problems
    assert [row.cells["имя"].text for row in sheets["акты"].rows] == ["273-ФЗ", "Протокол"]
    assert sheets["акты"].where.file == "registers/дом/Книга.xlsx"


@pytest.mark.parametrize(
    ("pieces", "text", "sentence"),
    [
        (["зал 20 м", (InlineFont(vertAlign="superscript"), "2")], "зал 20 м²", ""),
        (["м", (InlineFont(vertAlign="superscript"), "3"), " воды"], "м³ воды", ""),
        (["H", (InlineFont(vertAlign="subscript"), "2"), "O"], "H2O", "«2»"),
        (["10", (InlineFont(vertAlign="superscript"), "15")], "1015", "«15»"),
        (["5 ", (InlineFont(strike=True), "завхоз"), "учитель"], "5 завхозучитель", "«завхоз»"),
        (["слово ", (InlineFont(b=True), "жирно")], "слово жирно", ""),
    ],
)
def test_looks_that_templates_cannot_show_become_signs_or_are_told(
    tmp_path: Path, pieces: list[Any], text: str, sentence: str
) -> None:
    rich = CellRichText(*[TextBlock(*one) if isinstance(one, tuple) else one for one in pieces])
    rows, problems = read_people(tmp_path, [["ФИО", "Трудовой договор №"], ["Орлов", rich]])
    assert rows[0]["договор"] == text
    assert codes(problems) == (["not-printed"] if sentence else [])
    assert not sentence or (sentence in problems[0].message and problems[0].where.cell == "B2")


def test_struck_out_rows_of_a_register_are_read_and_told_once(tmp_path: Path) -> None:
    def strike(workbook: Workbook) -> None:
        for spot in ("A2", "B2", "A4", "C4"):
            workbook["Люди"][spot].font = Font(strike=True)

    rows, (problem,) = read_people(
        tmp_path,
        [
            ["ФИО", "Трудовой договор №", "Своё"],
            ["Орлов", "завуч"],
            ["Котов"],
            ["Зайцев", None, "не читается"],
        ],
        strike,
    )
    assert [row["фио"] for row in rows] == ["Орлов", "Котов", "Зайцев"]
    assert (problem.code, problem.is_error, problem.where.cell) == ("not-printed", False, "A2")
    assert "«Орлов» (и в B2, A4)" in problem.message


def test_a_struck_out_fact_of_a_card_is_told(tmp_path: Path) -> None:
    def strike(workbook: Workbook) -> None:
        workbook["Карточка"]["B2"].font = Font(strike=True)

    _, problems = read(
        tmp_path,
        {
            "Люди": [["ФИО"], ["Орлов"]],
            "Карточка": [["Что", "Значение"], ["Полное название", "Школа № 1"]],
        },
        strike,
    )
    assert codes(problems) == ["not-printed"]
