"""Sheets are read as openpyxl would read them: every cell of every shipped book, and odd ones."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHARED_STRINGS

from docgen.registers.cells_read import ERROR, UNCALCULATED, SheetCells
from docgen.registers.xlsx_reader import read_workbook

BOOKS = sorted((Path(__file__).parents[2] / "registers").rglob("*.xlsx"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Styles of ``book``: 0 plain, 1 a day, 2 a span of hours, 3 zeros, 4 bold in the middle.
FORMATS = ("DD.MM.YYYY", "[h]:mm", "0000")


def book(rows: str, *, after: str = "", before: str = "", epoch: Any = None) -> bytes:
    """Return a workbook whose one sheet has the XML given for its rows, and what is around them."""
    workbook = Workbook()
    if epoch is not None:
        workbook.epoch = epoch
    sheet = workbook.worksheets[0]
    for row, number_format in enumerate(FORMATS, start=1):
        sheet.cell(row, 1, 1).number_format = number_format
    bold = sheet.cell(9, 1, 1)
    bold.font, bold.alignment = Font(b=True, i=True), Alignment(horizontal="center")
    sheet.cell(1, 2, "x").hyperlink = "https://example.org/a"
    saved = io.BytesIO()
    workbook.save(saved)
    xml = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )
    return with_part(saved.getvalue(), "xl/worksheets/sheet1.xml", xml.encode())


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a package with one part replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return made.getvalue()


def as_read(sheet: SheetCells) -> dict[str, Any]:
    """Return everything that docgen reads of a sheet; formulas without a result apart."""
    cells = {
        (row, column): (
            cell.coordinate,
            cell.value,
            cell.data_type,
            cell.style.number_format,
            cell.style.is_bold,
            cell.style.is_italic,
            cell.style.align,
        )
        for row, filled in sheet.cells.items()
        for column, cell in filled.items()
        if cell.data_type != UNCALCULATED
    }
    return {
        "title": sheet.title,
        "cells": cells,
        "merges": set(sheet.merges),
        "hidden rows": sheet.hidden_rows,
        "columns": [column[:4] for column in sheet.columns.values()],
        "width": sheet.default_width,
        "is landscape": sheet.is_landscape,
    }


def as_openpyxl_reads(data: bytes) -> list[dict[str, Any]]:
    """Return the same of every sheet by openpyxl's own reader."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
    return [_facts_of(sheet) for sheet in workbook.worksheets]


def _facts_of(sheet: Any) -> dict[str, Any]:
    cells = {
        spot: (
            cell.coordinate,
            cell.value,
            cell.data_type,
            cell.number_format,
            bool(cell.font.b),
            bool(cell.font.i),
            cell.alignment.horizontal or "",
        )
        for spot, cell in sheet._cells.items()
        if isinstance(cell, Cell) and cell.value is not None
    }
    rows, columns = sheet.row_dimensions, sheet.column_dimensions
    return {
        "title": sheet.title,
        "cells": cells,
        "merges": {(m.min_col, m.min_row, m.max_col, m.max_row) for m in sheet.merged_cells.ranges},
        "hidden rows": {number for number, row in rows.items() if row.hidden or row.height == 0},
        "columns": [
            (one.min, one.max, one.width if one.customWidth else None, one.hidden)
            for one in columns.values()
        ],
        "width": sheet.sheet_format.defaultColWidth,
        "is landscape": sheet.page_setup.orientation == "landscape",
    }


def check_alike(data: bytes) -> list[dict[str, Any]]:
    """Hold both readings together, and return them."""
    read = [as_read(sheet) for sheet in read_workbook(data).sheets]
    assert read == as_openpyxl_reads(data)
    return read


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: "-".join(path.parts[-2:]))
def test_every_cell_of_a_shipped_book_is_read_as_openpyxl_reads_it(path: Path) -> None:
    assert any(sheet["cells"] for sheet in check_alike(path.read_bytes()))


VALUES = {
    "a whole number": '<c r="B2"><v>17</v></c>',
    "a fraction": '<c r="B2"><v>1.5E-3</v></c>',
    "a number under zeros": '<c r="B2" s="3"><v>7</v></c>',
    "a day": '<c r="B2" s="1"><v>46266</v></c>',
    "a day with a time": '<c r="B2" s="1"><v>46266.5</v></c>',
    "a time": '<c r="B2" s="1"><v>0.25</v></c>',
    "a span of hours": '<c r="B2" s="2"><v>1.25</v></c>',
    "a day as Excel's strict files write it": '<c r="B2" t="d"><v>2026-09-01T08:30:00</v></c>',
    "yes": '<c r="B2" t="b"><v>1</v></c>',
    "an error": '<c r="B2" t="e"><v>#DIV/0!</v></c>',
    "a text in place": '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> а </t></is></c>',
    "an empty text": '<c r="B2" t="inlineStr"><is><t></t></is></c>',
    "no text": '<c r="B2" t="inlineStr"/>',
    "an escape": '<c r="B2" t="inlineStr"><is><t>_x005F_x000D_ &amp; _x000D_</t></is></c>',
    "runs": '<c r="B2" t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr><t>а</t></r>'
    "<r><t>б</t></r></is></c>",
    "a run without a look": '<c r="B2" t="inlineStr"><is><r><t>а</t></r></is></c>',
    "a reading aid": '<c r="B2" t="inlineStr"><is><t>а</t><rPh sb="0" eb="1"><t>б</t></rPh></is>'
    "</c>",
    "a result": '<c r="B2" t="str"><f>A1</f><v>да</v></c>',
    "a number as result": '<c r="B2"><f>A1</f><v>0</v></c>',
    "a look": '<c r="B2" s="4" t="inlineStr"><is><t>а</t></is></c>',
    "no places": "<c><v>1</v></c><c><v>2</v></c>",
    "a place, then none": '<c r="C2"><v>1</v></c><c><v>2</v></c>',
    "a cell twice": '<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>',
    "a cell and an empty one": '<c r="B2"><v>1</v></c><c r="B2"/>',
    "columns out of order": '<c r="D2"><v>1</v></c><c r="B2"><v>2</v></c>',
}
MISWRITTEN_CELLS = {
    "a day that no calendar has": '<c r="B2" s="1"><v>99999999</v></c>',
    "a day before all": '<c r="B2" s="1"><v>-1e300</v></c>',
    "an unknown kind": '<c r="B2" t="vt"><v>а</v></c>',
    "letters for a number": '<c r="B2"><v>x</v></c>',
    "a comma": '<c r="B2"><v>1,5</v></c>',
    "no number": '<c r="B2"><v>NaN</v></c>',
    "an endless number": '<c r="B2"><v>1e400</v></c>',
    "an endless number below zero": '<c r="B2"><v>-1E999</v></c>',
    "400 digits": f'<c r="B2"><v>{"9" * 400}</v></c>',
    "5,000 digits": f'<c r="B2" s="1"><v>{"9" * 5000}</v></c>',
    "a number of Python's": '<c r="B2"><v>1_000</v></c>',
    "a number in other digits": '<c r="B2"><v>٣</v></c>',
    "blanks": '<c r="B2"><v> </v></c>',
    "neither yes nor no": '<c r="B2" t="b"><v>5</v></c>',
    "a day of month 13": '<c r="B2" t="d"><v>2026-13-45</v></c>',
    "a day in words": '<c r="B2" t="d"><v>вчера</v></c>',
}
"""What no program writes, and Python could partly read: an error of the cell alone."""
MISPLACED_VALUES = {
    "two values": '<c r="B2"><v>1</v><v>2</v></c>',
    "two texts": '<c r="B2" t="inlineStr"><is><t>а</t></is><is><t>б</t></is></c>',
    "a text and a value": '<c r="B2" t="inlineStr"><is><t>а</t></is><v>1</v></c>',
    "a value for a text": '<c r="B2" t="inlineStr"><v>а</v></c>',
    "a text for a result": '<c r="B2" t="str"><is><t>а</t></is></c>',
    "a text for a number": '<c r="B2"><is><t>а</t></is></c>',
    "letters outside": '<c r="B2">а</c>',
}
"""What would be lost if one of two values, or one in another's place, were passed over."""


@pytest.mark.parametrize("cell", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_a_value_is_read_as_openpyxl_reads_it(cell: str, epoch: Any) -> None:
    check_alike(book(f'<row r="2">{cell}</row>', epoch=epoch))


ROWS = {
    "hidden": '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>',
    "of no height": '<row r="2" ht="0" customHeight="1"><c r="A2"><v>1</v></c></row>',
    "shown": '<row r="2" hidden="false" ht="15"><c r="A2"><v>1</v></c></row>',
    "hidden, then shown": '<row r="2" hidden="1"/><row r="2" ht="15"/><row r="2" spans="1:2"/>',
    "without numbers": "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>",
    "with a fraction": '<row r="3.0"><c><v>1</v></c></row>',
    "out of order": '<row r="5"><c r="A5"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>2</v></c></row>',
    "none": "",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_rows_are_read_as_openpyxl_reads_them(rows: str) -> None:
    check_alike(book(rows))


FILLED = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 3
AROUND = {
    "merges": '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:D1"/></mergeCells>',
    "a link where there is text": '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
    "a link in an empty cell": '<hyperlinks><hyperlink ref="C1" r:id="rId1"/></hyperlinks>',
    "a link inside": '<hyperlinks><hyperlink ref="C1" location="Sheet!A1"/></hyperlinks>',
    "a link over cells": '<hyperlinks><hyperlink ref="B3:C4" location="Sheet!A1"/></hyperlinks>',
    "a link outwards over cells": '<hyperlinks><hyperlink ref="B3:C4" r:id="rId1"/></hyperlinks>',
    "a link under a merge": '<mergeCells><mergeCell ref="C1:D2"/></mergeCells><hyperlinks>'
    '<hyperlink ref="D2" location="Sheet!A1"/></hyperlinks>',
    "a link over a merge": '<mergeCells><mergeCell ref="C1:D2"/></mergeCells><hyperlinks>'
    '<hyperlink ref="C1:D3" location="Sheet!A1"/></hyperlinks>',
    "a page on its side": '<pageSetup orientation="landscape"/>',
}


@pytest.mark.parametrize("after", AROUND.values(), ids=AROUND)
def test_what_is_around_rows_is_read_as_openpyxl_reads_it(after: str) -> None:
    columns = (
        '<sheetFormatPr defaultColWidth="9.5" defaultRowHeight="15"/><cols>'
        '<col min="1" max="1" width="20" customWidth="1"/><col min="2" max="4" hidden="1"/>'
        '<col min="5" max="5" width="0" hidden="0"/></cols>'
    )
    check_alike(book(FILLED, before=columns, after=after))


def test_shared_strings_are_read_as_openpyxl_reads_them() -> None:
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>а</t></si><si><r><t>б</t></r></si><si/><si><t/></si>'
        '<si><r><rPr><i/></rPr><t xml:space="preserve">в </t></r><r><t>г</t></r></si></sst>'
    )
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(5))
    data = book(f"<row>{cells}</row>")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></Types>'
    data = with_part(data, "[Content_Types].xml", types.replace("</Types>", named).encode())
    data = with_part(data, "xl/sharedStrings.xml", shared.encode())
    (sheet,) = check_alike(data)
    assert len(sheet["cells"]) == 5


def test_a_formula_without_a_result_is_told() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v/></c>'
        '<c r="C1" t="str"><f>D1</f><v></v></c><c r="D1"><f>E1</f><v>1</v></c></row>'
    )
    (sheet,) = read_workbook(book(rows)).sheets
    uncalculated = [c.coordinate for c in sheet.cells[1].values() if c.data_type == UNCALCULATED]
    assert uncalculated == ["A1", "B1"]


@pytest.mark.parametrize(
    ("rows", "error", "cell"),
    [
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', IndexError, "A1"),
        ('<row r="1"><c r="A1" s="99"><v>1</v></c></row>', IndexError, "A1"),
        ('<row r="1"><c r="A1"></row>', ParseError, "A1"),
        ('<row r="1.5"/>', ValueError, ""),
    ],
)
def test_what_openpyxl_cannot_read_is_told_with_its_place(
    rows: str, error: type[Exception], cell: str
) -> None:
    read = read_workbook(book(rows))
    (problem,) = read.problems
    assert (problem.code, problem.where.sheet) == ("damaged-book", "Sheet")
    assert problem.where.cell == cell
    assert (read.sheets, read.unread) == ([], ["Sheet"])
    with pytest.raises(error):
        as_openpyxl_reads(book(rows))


@pytest.mark.parametrize("cell", MISWRITTEN_CELLS.values(), ids=MISWRITTEN_CELLS)
def test_a_value_that_no_program_writes_is_an_error_of_its_cell_alone(cell: str) -> None:
    read = read_workbook(book(f'<row r="2"><c r="A2"><v>1</v></c>{cell}</row>'))
    (sheet,) = read.sheets
    assert read.problems == []
    assert [one.data_type for one in sheet.cells[2].values()] == ["n", ERROR]


@pytest.mark.parametrize("cell", MISPLACED_VALUES.values(), ids=MISPLACED_VALUES)
def test_a_value_that_would_be_passed_over_is_told_with_its_cell(cell: str) -> None:
    read = read_workbook(book(f'<row r="2">{cell}</row>'))
    (problem,) = read.problems
    assert (problem.code, problem.where.cell) == ("damaged-book", "B2")


def test_an_empty_cell_may_stand_on_lines_of_its_own() -> None:
    read = read_workbook(book('<row r="2"><c r="B2" s="1">\n  </c><c r="C2"><v>1</v></c>\n</row>'))
    assert (read.problems, list(read.sheets[0].cells[2])) == ([], [3])


def test_entities_are_refused_in_any_encoding() -> None:
    xml = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}"/>'
    for encoding in ("utf-8", "utf-16"):
        read = read_workbook(with_part(book(""), "xl/worksheets/sheet1.xml", xml.encode(encoding)))
        assert [problem.code for problem in read.problems] == ["damaged-book"]
        assert "DOCTYPE" in read.problems[0].message
