"""Sheets laid out as the table that a paper prints."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils.cell import coordinate_to_tuple

from docgen import registers
from docgen.errors import Location, Problem
from docgen.model import Table, TableCell
from tests.support.builders import Rows, Touch, write_book
from tests.support.pictures import picture

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


def set_widths(folder: Path, *widths: float | None, rows: Rows = ()) -> tuple[bool, ...]:
    """Return of which columns a person set the width, after setting some as Excel does."""

    def touch(workbook: Workbook) -> None:
        for letter, width in zip("ABCDE", widths, strict=False):
            if width is not None:
                workbook["План"].column_dimensions[letter].width = width

    table, _ = read_table(folder, rows or [["№", "Дело", "Срок"], [1, "сбор", "май"]], touch)
    return table.set_widths


@pytest.mark.parametrize(
    ("widths", "found"),
    [
        ((None, None, None), (False, False, False)),
        ((20, 20, 20), (False, False, False)),
        ((5, 60, 20), (True, True, True)),
        ((10, 80, 30), (True, True, True)),
        ((None, 60, None), (False, True, False)),
        ((7.2, 82.8, 30), (False, False, False)),
        ((7.21, 82.85, 29.98), (False, False, False)),
        ((7.2, 60.8, 30), (True, True, True)),
    ],
    ids=[
        "untouched",
        "equal",
        "drawn",
        "whole numbers",
        "one alone",
        "docgen's",
        "saved",
        "changed",
    ],
)
def test_widths_are_a_persons_unless_equal_untouched_or_docgens(
    tmp_path: Path, widths: tuple[float | None, ...], found: tuple[bool, ...]
) -> None:
    assert set_widths(tmp_path, *widths) == found


def test_a_best_fit_of_excel_is_no_width_that_a_person_set(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        for letter, width in zip("AB", (5, 60), strict=True):
            workbook["План"].column_dimensions[letter].width = width
        workbook["План"].column_dimensions["B"].bestFit = True

    table, _ = read_table(tmp_path, [["№", "Дело"], [1, "сбор"]], touch)
    assert table.set_widths == (True, False)


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


# --- looks -----------------------------------------------------------------------------------


def looks(cell: TableCell) -> list[tuple[str, str]]:
    """Return the pieces of a cell, each with the names of its looks."""
    return [
        (
            run.text,
            "".join(
                (
                    "b" * run.look.is_bold,
                    "i" * run.look.is_italic,
                    run.look.underline[:1],
                    {"super": "^", "sub": "_", "": ""}[run.look.shift],
                    "x" * run.look.is_struck,
                )
            ),
        )
        for run in cell.runs
    ]


def second(table: Table) -> TableCell:
    cell = table.rows[1].cells[1]
    assert cell is not None
    return cell


@pytest.mark.parametrize(
    ("font", "shown"),
    [
        (Font(), []),
        (Font(b=True, i=True), []),
        (Font(u="single"), [("слово", "s")]),
        (Font(u="singleAccounting"), [("слово", "s")]),
        (Font(u="double"), [("слово", "d")]),
        (Font(u="doubleAccounting", b=True), [("слово", "bd")]),
        (Font(strike=True), [("слово", "x")]),
        (Font(vertAlign="superscript"), [("слово", "^")]),
        (Font(vertAlign="subscript", i=True), [("слово", "i_")]),
        (Font(vertAlign="baseline"), []),
    ],
)
def test_a_whole_cell_keeps_its_look(tmp_path: Path, font: Font, shown: list[Any]) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"]["B2"].font = font

    table, problems = read_table(tmp_path, [["№", "Дело"], [1, "слово"]], touch)
    assert looks(second(table)) == shown
    assert not problems


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (
            ["площадь 20 м", (InlineFont(vertAlign="superscript"), "2")],
            [("площадь 20 м", ""), ("2", "^")],
        ),
        (["H", (InlineFont(vertAlign="subscript"), "2"), "O"], [("H", ""), ("2", "_"), ("O", "")]),
        (
            ["срок ", (InlineFont(strike=True), "старый"), " новый"],
            [("срок ", ""), ("старый", "x"), (" новый", "")],
        ),
        ([(InlineFont(b=True), "жирное"), " прямое"], [("жирное", "b"), (" прямое", "")]),
        ([(InlineFont(u="single"), "а"), (InlineFont(u="double"), "б")], [("а", "s"), ("б", "d")]),
        ([(InlineFont(b=True), " а"), (InlineFont(b=True), "б ")], []),
        ([(InlineFont(i=True), "  "), "слово", (InlineFont(strike=True), " ")], []),
        (
            ["строка\n", (InlineFont(b=True), "вторая\u00ad\n"), "третья "],
            [("строка\n", ""), ("вторая\n", "b"), ("третья", "")],
        ),
        (["за", (InlineFont(b=True), "\u0301мок")], [("за\u0301", ""), ("мок", "b")]),
        ([(InlineFont(i=True), "и"), (InlineFont(b=True), "\u0306")], []),
    ],
)
def test_pieces_of_a_text_keep_their_looks(
    tmp_path: Path, pieces: list[Any], shown: list[Any]
) -> None:
    rich = CellRichText(*[TextBlock(*one) if isinstance(one, tuple) else one for one in pieces])
    table, _ = read_table(tmp_path, [["№", "Дело"], [1, rich]])
    cell = second(table)
    assert looks(cell) == shown
    assert not cell.runs or "".join(run.text for run in cell.runs) == cell.text


@pytest.mark.parametrize(
    ("number_format", "text", "shown"),
    [
        ('@"."', "Класс 5.", [("Класс", "b"), (" 5.", "")]),
        ('"в "@', "в Класс 5", [("в ", ""), ("Класс", "b"), (" 5", "")]),
        ('0;0;0;"нет"', "нет", []),
    ],
)
def test_words_of_a_format_leave_pieces_their_looks(
    tmp_path: Path, number_format: str, text: str, shown: list[Any]
) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"]["B2"].number_format = number_format

    rich = CellRichText(TextBlock(InlineFont(b=True), "Класс"), " 5")
    table, _ = read_table(tmp_path, [["№", "Дело"], [1, rich]], touch)
    cell = second(table)
    assert (cell.text, looks(cell)) == (text, shown)


def test_a_piece_without_a_font_looks_as_its_cell(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"]["B2"].font = Font(strike=True)

    rich = CellRichText("весь ", TextBlock(InlineFont(b=True), "кроме"))
    table, _ = read_table(tmp_path, [["№", "Дело"], [1, rich]], touch)
    assert looks(second(table)) == [("весь ", "x"), ("кроме", "b")]


@pytest.mark.parametrize(
    ("rotation", "turned"),
    [
        (0, ""),
        (15, ""),
        (45, "up"),
        (90, "up"),
        (100, ""),
        (135, "down"),
        (180, "down"),
        (255, "up"),
    ],
)
def test_a_turned_cell_stays_turned(tmp_path: Path, rotation: int, turned: str) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"]["B1"].alignment = Alignment(textRotation=rotation)

    table, _ = read_table(tmp_path, [["№", "Дело"], [1, "слово"]], touch)
    assert [cell.turned for cell in table.rows[0].cells if cell] == ["", turned]


@pytest.mark.parametrize(
    ("font", "fill", "is_warned"),
    [
        (Font(color="FFFFFFFF"), None, True),
        (Font(color="FFFFFFFF"), "FF0000FF", False),
        (Font(color="FF0000FF"), "FF0000FF", True),
        (Font(color="FFFF0000"), None, False),
        (Font(color=Color(theme=0)), None, True),
        (Font(color=Color(theme=1)), None, False),
        (Font(color=Color(indexed=9)), None, True),
        (Font(), "FF000000", False),
    ],
)
def test_words_that_nobody_sees_are_told(
    tmp_path: Path, font: Font, fill: str | None, is_warned: bool
) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"]["B2"].font = font
        if fill:
            workbook["План"]["B2"].fill = PatternFill("solid", fgColor=fill)

    _, problems = read_table(tmp_path, [["№", "Дело"], [1, "тайное слово"]], touch)
    assert codes(problems) == ["not-printed"] * is_warned
    if is_warned:
        assert "«тайное слово»" in problems[0].message
        assert problems[0].where.cell == "B2"


def test_words_that_a_format_hides_are_told(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        for spot in ("A2", "B2"):
            workbook["План"][spot].number_format = ";;;"

    _, problems = read_table(tmp_path, [["№", "Дело"], [1, "тайное"]], touch)
    assert ["«тайное»" in one.message for one in problems] == [True]


def test_a_crossed_out_cell_is_told_even_when_it_is_empty(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        border = Border(diagonal=Side("thin"), diagonalUp=True)
        for spot in ("B2", "C2", "E9"):
            workbook["План"][spot].border = border

    _, problems = read_table(tmp_path, [["№", "Дело", "Срок"], [1, None, "май"]], touch)
    assert codes(problems) == ["not-printed"]
    assert "B2, C2" in problems[0].message


def test_links_to_the_web_are_live_and_others_are_not(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        sheet = workbook["План"]
        for row, target in enumerate(
            ("https://a.ru/b", "mailto:a@b.ru", "file:///c", "#План!A1"), 2
        ):
            sheet.cell(row, 2).hyperlink = target

    table, problems = read_table(
        tmp_path, [["№", "Дело"], *[[n, f"слово {n}"] for n in range(1, 5)]], touch
    )
    assert [row.cells[1].link for row in table.rows[1:] if row.cells[1]] == [
        "https://a.ru/b",
        "mailto:a@b.ru",
        "",
        "",
    ]
    assert not problems


# --- what lies over a sheet ------------------------------------------------------------------


def draw(spot: str, end: str = "", **looks: Any) -> Touch:
    """Return a touch that puts a picture at a cell, or over several."""

    def touch(workbook: Workbook) -> None:
        image = Image(io.BytesIO(picture()))
        sheet = workbook["План"]
        image.width, image.height = 120, 60
        if end:
            start, stop = (coordinate_to_tuple(one) for one in (spot, end))
            image.anchor = TwoCellAnchor(
                _from=AnchorMarker(start[1] - 1, 0, start[0] - 1, 0),
                to=AnchorMarker(stop[1] - 1, 500_000, stop[0] - 1, 500_000),
            )
        else:
            image.anchor = spot
        sheet.add_image(image)

    return touch


def test_a_picture_is_printed_in_its_cell(tmp_path: Path) -> None:
    table, problems = read_table(tmp_path, [["№", "Подпись"], [1, None]], draw("B2"))
    assert not problems
    (printed,) = second(table).pictures
    assert printed.data == picture()
    assert printed.size_mm == pytest.approx((31.75, 15.875))


def test_a_row_that_holds_a_picture_alone_is_printed(tmp_path: Path) -> None:
    table, _ = read_table(tmp_path, [["№", "Подпись"], [1, "а"]], draw("B3"))
    assert [len(cell.pictures) for cell in table.rows[2].cells if cell] == [0, 1]


def test_a_picture_inside_a_merged_cell_is_of_its_first(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        workbook["План"].merge_cells("B2:C3")
        draw("C2", "C3")(workbook)

    table, problems = read_table(tmp_path, [["№", "а", "б"], [1], [2]], touch)
    assert not problems
    assert second(table).pictures


@pytest.mark.parametrize(
    ("spot", "end", "sentence"), [("B2", "C4", "нескольких"), ("F9", "", "вне таблицы")]
)
def test_a_picture_elsewhere_is_told(tmp_path: Path, spot: str, end: str, sentence: str) -> None:
    table, problems = read_table(tmp_path, [["№", "а", "б"], [1, "а", "б"]], draw(spot, end))
    assert codes(problems) == ["not-printed"]
    assert sentence in problems[0].message
    assert problems[0].where.cell == spot
    assert not any(cell.pictures for row in table.rows for cell in row.cells if cell)


def test_a_picture_that_lies_over_many_columns_is_told_though_its_end_is_not_stored(
    tmp_path: Path,
) -> None:
    def touch(workbook: Workbook) -> None:
        draw("A2")(workbook)
        workbook["План"].column_dimensions["A"].width = 4

    table, problems = read_table(tmp_path, [["№", "а", "б"], [1, "а", "б"]], touch)
    assert codes(problems) == ["not-printed"]
    assert "нескольких" in problems[0].message
    assert not any(cell.pictures for row in table.rows for cell in row.cells if cell)


def test_a_chart_is_told(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        workbook.worksheets[0].add_chart(BarChart(), "B4")

    _, problems = read_table(tmp_path, [["№", "Дело"], [1, "а"]], touch)
    assert ["диаграмма" in one.message for one in problems] == [True]


ANCHOR = (
    "<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>"
    '<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="360000" cy="360000"/>{}<xdr:clientData/>'
    "</xdr:oneCellAnchor>"
)
SHAPE = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="а"{}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:txBody>'
    "<a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
OTHER = '<xdr:{0}><xdr:nv><xdr:cNvPr id="2" name="а"/></xdr:nv></xdr:{0}>'


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (SHAPE.format("", "Срок <b/>".replace("<b/>", "продлён")), "надпись «Срок продлён»"),
        (SHAPE.format("", ""), "фигура"),
        (SHAPE.format(' hidden="1"', "тайное"), ""),
        (OTHER.format("cxnSp"), "линия"),
        (OTHER.format("grpSp"), "группа фигур"),
        (
            '<mc:AlternateContent><mc:Choice Requires="a14">'
            + SHAPE.format("", "флажок")
            + "</mc:Choice><mc:Fallback/></mc:AlternateContent>",
            "надпись «флажок»",
        ),
    ],
)
def test_shapes_over_a_sheet_are_told(tmp_path: Path, thing: str, sentence: str) -> None:
    write_book(tmp_path / BOOK, {"План": [["№", "Дело"], [1, "а"]]}, draw("B2"))
    xml = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{ANCHOR.format(thing)}</xdr:wsDr>"
    )
    path = tmp_path / BOOK
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.namelist():
            is_drawing = item == "xl/drawings/drawing1.xml"
            new.writestr(item, xml if is_drawing else old.read(item))
    books = registers.open_books(tmp_path, shown="registers/дом")
    _, problems = registers.read_tables(books, {"План": Location()})
    assert [one.message.partition(" поверх")[0] for one in problems] == (
        [sentence] if sentence else []
    )


def test_many_things_over_a_sheet_are_told_in_few_lines(tmp_path: Path) -> None:
    def touch(workbook: Workbook) -> None:
        for number in range(8):
            draw(f"F{number + 9}")(workbook)

    _, problems = read_table(tmp_path, [["№", "Дело"], [1, "а"]], touch)
    assert len(problems) == 6
    assert "ещё 3" in problems[-1].message
