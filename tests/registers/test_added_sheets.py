"""Sheets added to people's books: these are there, and every other byte stays."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook

from docgen.errors import UsageError
from docgen.model import Column, ColumnKind, Schema
from docgen.registers.added_sheets import AddedSheets, SheetRequest, add_sheets
from docgen.registers.books import COPIES
from docgen.registers.examples import plain_table
from docgen.registers.own_cells import OwnCell, open_own_sheet
from docgen.registers.xlsx_reader import read_workbook
from tests.support.killed_writers import is_done_before
from tests.support.peoples_books import (
    LIST,
    SHAPES,
    SHEET,
    SHEET_PART,
    excel,
    from_1904,
    libreoffice,
    packed,
    records_of,
    streamed,
)

BOOK: Final = "Журнал.xlsx"
JOURNAL: Final = Schema(
    "журнал",
    BOOK,
    SHEET,
    "запись",
    "журнал",
    (
        Column("имя", "Имя", ColumnKind.CHOICE, choices=("О парах", "О плане", "О слёте")),
        Column("номер", "Номер"),
        Column("дата", "Дата", ColumnKind.DATE),
        Column("заметка", "Заметка", ColumnKind.REFERENCE, to=("журнал", "шаги")),
    ),
    "",
    key=("имя",),
)
STEPS: Final = Schema(
    "шаги",
    BOOK,
    "Шаги",
    "шаг",
    "шаги",
    (
        Column("шаг", "Шаг", is_required=True, comment="Что делают", example="собрать"),
        Column("запись", "Запись", ColumnKind.REFERENCE, to=("журнал",)),
        Column("день", "День", ColumnKind.DATE),
        Column("чем", "Чем", ColumnKind.CHOICE, choices=("словом", "делом")),
    ),
    "",
    key=("шаг",),
    is_optional=True,
)
SCHEMAS: Final = {"журнал": JOURNAL, "шаги": STEPS}
TABLE: Final = plain_table("План", [["№", "Дело"], ["1", "2"]])
REQUEST: Final = SheetRequest(["шаги"], [TABLE], {})
LISTED: Final = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
STYLES: Final = "xl/styles.xml"
READ: Final = {name: make for name, make in SHAPES.items() if name != "strict"}


def put(folder: Path, data: bytes) -> Path:
    path = folder / BOOK
    path.write_bytes(data)
    return path


def opened(path: Path) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl says what it would drop.
        warnings.simplefilter("ignore")
        return load_workbook(path)


def part_of(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")


@pytest.mark.parametrize("shape", READ)
def test_sheets_are_added_and_every_other_byte_stays(shape: str, tmp_path: Path) -> None:
    old = packed(READ[shape]())
    path = put(tmp_path, old)

    assert add_sheets(path, SCHEMAS, REQUEST) == AddedSheets(("Шаги", "План"))

    new = path.read_bytes()
    before, after = records_of(old), records_of(new)
    assert {name for name in before if before[name] != after[name]} == {*LISTED, STYLES}
    assert [*after][: len(before)] == [*before]
    was = {one.title: one.cells for one in read_workbook(old).sheets}
    now = {one.title: one.cells for one in read_workbook(new).sheets}
    assert [*now] == [SHEET, LIST, "Шаги", "План", "Списки_2"]
    assert {title: now[title] for title in was} == was
    assert read_workbook(new).problems == read_workbook(old).problems
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.comment.decode() == "книга школы"


@pytest.mark.parametrize("shape", READ)
def test_an_added_sheet_looks_as_that_of_a_new_workbook(shape: str, tmp_path: Path) -> None:
    path = put(tmp_path, packed(READ[shape]()))
    add_sheets(path, SCHEMAS, REQUEST)
    book = opened(path)
    sheet = book["Шаги"]
    assert [cell.value for cell in sheet[1]] == ["Шаг", "Запись", "День", "Чем"]
    assert sheet.max_row == 1, "no example stands in a book at work"
    assert sheet["A1"].font.b
    assert sheet["A1"].font.name == "Calibri", "the font of the book"
    assert sheet["A1"].fill.fgColor.rgb == "00D9E2F3"
    assert sheet["A1"].border.left.style == "thin"
    assert sheet["A1"].comment.text == "Обязательно. Что делают. Например: собрать"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:D")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["C"].number_format.lower() == "dd.mm.yyyy"
    assert sheet.column_dimensions["A"].number_format == "@"
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered["D2:D5001"] == '"словом,делом"'
    assert "OFFSET('Журнал'!$A$1" in offered["B2:B5001"]
    (rule,) = [
        one
        for area in sheet.conditional_formatting
        for one in area.rules
        if "COUNTA" in one.formula[0]
    ]
    assert rule.dxf.fill.bgColor.rgb == "00F8CBAD"
    assert book["Списки_2"].sheet_state == "hidden"
    assert [cell.value for cell in book["План"][1]] == ["№", "Дело"]
    assert not any(one.sheet_view.tabSelected for one in book.worksheets[2:]), "typed into at once"


def test_styles_of_the_book_keep_their_numbers(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    before = part_of(path, STYLES)
    add_sheets(path, SCHEMAS, REQUEST)
    after = part_of(path, STYLES)

    def listed(text: str, name: str, one: str) -> list[str]:
        whole = re.search(rf"<{name}\b.*?</{name}>", text, re.DOTALL)
        assert whole is not None
        assert re.findall(rf'<{name}\b[^>]*count="(\d+)"', whole[0]) == [
            str(len(re.findall(rf"<{one}[ />]", whole[0])))
        ]
        return re.findall(rf"<{one}\b[^>]*?(?:/>|>.*?</{one}>)", whole[0], re.DOTALL)

    for name, one in (("fonts", "font"), ("cellXfs", "xf"), ("dxfs", "dxf"), ("fills", "fill")):
        was = listed(before, name, one)
        assert listed(after, name, one)[: len(was)] == was
    numbers = [*map(int, re.findall(r'numFmtId="(\d+)" formatCode', after))]
    assert numbers == [164, 165]


@pytest.mark.parametrize("closed", ["", '<dxfs count="0"/>'])
def test_lists_of_styles_that_a_book_lacks_are_put_where_the_standard_wants_them(
    closed: str, tmp_path: Path
) -> None:
    parts = excel()
    styles = re.sub(r"<numFmts.*?</numFmts>", "", parts[STYLES])
    styles = re.sub(r"<dxfs.*?</dxfs>", closed, styles)
    parts[STYLES] = styles.replace('numFmtId="164"', 'numFmtId="14"')
    parts[SHEET_PART] = re.sub(
        r"<conditionalFormatting.*?</conditionalFormatting>", "", parts[SHEET_PART]
    )
    path = put(tmp_path, packed(parts))
    add_sheets(path, SCHEMAS, REQUEST)
    lists = re.findall(r"<(numFmts|fonts|cellXfs|cellStyles|dxfs) ", part_of(path, STYLES))
    assert lists == ["numFmts", "fonts", "cellXfs", "cellStyles", "dxfs"]
    sheet = opened(path)["Шаги"]
    assert sheet.column_dimensions["C"].number_format.lower() == "dd.mm.yyyy"
    colours = [one.dxf.fill.bgColor.rgb for a in sheet.conditional_formatting for one in a.rules]
    assert colours == ["00F8CBAD"] * 2


def test_cells_of_an_added_sheet_are_written_as_those_of_any(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    add_sheets(path, SCHEMAS, REQUEST)
    cells = [OwnCell(2, 1, "собрать"), OwnCell(2, 3, dt.date(2026, 9, 17))]
    open_own_sheet(path, "Шаги").write(cells, first_row=2)
    sheet = opened(path)["Шаги"]
    assert sheet["A2"].value == "собрать"
    assert sheet["C2"].value == dt.datetime(2026, 9, 17)  # noqa: DTZ001 - as openpyxl reads a day
    assert sheet["C2"].number_format.lower() == "dd.mm.yyyy"


def test_a_second_sheet_takes_the_styles_of_the_first(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    add_sheets(path, SCHEMAS, SheetRequest(["шаги"], [], {}))
    styles = part_of(path, STYLES)
    more = replace(STEPS, name="круги", sheet="Круги")
    added = add_sheets(path, {**SCHEMAS, "круги": more}, SheetRequest(["круги"], [], {}))
    assert added.titles == ("Круги",)
    assert part_of(path, STYLES) == styles
    assert opened(path)["Круги"]["A1"].comment.text.startswith("Обязательно")


def test_what_is_there_is_not_added_again(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    add_sheets(path, SCHEMAS, REQUEST)
    before = path.read_bytes()
    assert add_sheets(path, SCHEMAS, REQUEST) == AddedSheets()
    assert path.read_bytes() == before
    assert len([*(tmp_path / COPIES).glob("*.xlsx")]) == 1


@pytest.mark.parametrize("pack", [packed, streamed, lambda p: packed(p, method=zipfile.ZIP_STORED)])
def test_a_package_of_any_ways_takes_a_sheet(
    pack: Callable[[dict[str, str]], bytes], tmp_path: Path
) -> None:
    path = put(tmp_path, pack(from_1904()))
    add_sheets(path, SCHEMAS, REQUEST)
    assert opened(path)["Шаги"]["A1"].value == "Шаг"
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None


def test_names_of_the_book_stay_and_those_of_new_sheets_lead_to_them(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    add_sheets(path, SCHEMAS, REQUEST)
    text = part_of(path, "xl/workbook.xml")
    assert 'localSheetId="0" hidden="1">Журнал!$A$1:$D$7</definedName>' in text
    assert "localSheetId=\"2\">'Шаги'!$1:$1</definedName>" in text
    assert '<calcPr calcId="191029" fullCalcOnLoad="1"/>' in text, "new lists have no values yet"


# --- dropdowns -------------------------------------------------------------------------------

OWN: Final = "OFFSET(Списки!$A$2,0,0,MAX(1,Списки!$B$2),1)"


def with_list(formula: str) -> dict[str, str]:
    """Return Excel's book whose list on another sheet draws from a formula."""
    parts = excel()
    parts[SHEET_PART] = parts[SHEET_PART].replace(f"{LIST}!$A$1:$A$9", formula)
    return parts


def test_a_list_of_rows_offers_those_of_the_new_sheet_too(tmp_path: Path) -> None:
    old = packed(with_list(OWN))
    path = put(tmp_path, old)
    add_sheets(path, SCHEMAS, REQUEST)
    before, after = records_of(old), records_of(path.read_bytes())
    assert {n for n in before if before[n] != after[n]} == {*LISTED, STYLES, SHEET_PART}
    was = excel()[SHEET_PART].split(f"{LIST}!$A$1:$A$9")
    now = part_of(path, SHEET_PART)
    assert now.startswith(was[0])
    assert now.endswith(was[1])
    formula = now.removeprefix(was[0]).removesuffix(was[1])
    assert re.fullmatch(r"OFFSET\(Списки_2!\$\w\$2,0,0,MAX\(1,Списки_2!\$\w\$2\),1\)", formula)


def test_a_list_that_a_person_has_made_stays(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    add_sheets(path, SCHEMAS, REQUEST)
    assert part_of(path, SHEET_PART) == excel()[SHEET_PART]


@pytest.mark.parametrize(
    ("values", "formula", "lists"),
    [
        (["О слёте"], '"О парах,О плане,О слёте"', ((SHEET, "Имя"),)),
        (["о Парах"], '"О парах,О плане"', ()),
        ([], '"О парах,О плане"', ()),
    ],
)
def test_a_list_of_values_gets_those_of_the_kind_and_no_others(
    values: list[str], formula: str, lists: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    path = put(tmp_path, packed(excel()))
    added = add_sheets(path, SCHEMAS, SheetRequest([], [], {("журнал", "имя"): values}))
    assert added == AddedSheets((), lists)
    assert f"<formula1>{formula}</formula1>" in part_of(path, SHEET_PART)
    assert bool([*tmp_path.glob(f"{COPIES}/*.xlsx")]) is bool(lists)


def test_a_list_of_values_on_another_sheet_gets_longer_on_a_new_one(tmp_path: Path) -> None:
    parts = excel()
    parts[SHEET_PART] = parts[SHEET_PART].replace('"О парах,О плане"', f"{LIST}!$A$1:$A$1")
    path = put(tmp_path, packed(parts))
    long = ["Очень длинное название " * 9 + str(number) for number in range(2)]
    added = add_sheets(path, SCHEMAS, SheetRequest([], [], {("журнал", "имя"): long}))
    assert added.lists == ((SHEET, "Имя"),)
    assert "<formula1>Списки_2!$A$2:$A$4</formula1>" in part_of(path, SHEET_PART)
    book = opened(path)
    assert [book["Списки_2"].cell(row, 1).value for row in (2, 3, 4)] == ["О парах", *long]


# --- refusals --------------------------------------------------------------------------------


def test_a_book_with_an_electronic_signature_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, packed({**excel(), "_xmlsignatures/sig1.xml": "<Signature/>"}))
    refused(path, "электронной подписью")


def test_a_book_closed_to_new_sheets_is_left_alone(tmp_path: Path) -> None:
    parts = libreoffice()
    lock = '<workbookProtection lockStructure="1"/><sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", lock)
    refused(put(tmp_path, packed(parts)), "закрыта от новых листов; снимите защиту")


@pytest.mark.parametrize("lock", [f"~${BOOK}", f".~lock.{BOOK}#"])
def test_a_book_that_is_open_is_left_alone(lock: str, tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    (tmp_path / lock).write_bytes(b"")
    refused(path, "открыта в Excel или LibreOffice; закройте её и повторите")


def test_a_book_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    path.chmod(0o444)
    refused(path, "только для чтения")


def test_a_strict_book_is_left_alone(tmp_path: Path) -> None:
    refused(put(tmp_path, packed(SHAPES["strict"]())), "откройте её в Excel, сохраните и повторите")


def test_a_book_without_styles_is_left_alone(tmp_path: Path) -> None:
    parts = libreoffice()
    parts[STYLES] = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    parts[SHEET_PART] = re.sub(r' s="\d"', "", parts[SHEET_PART])
    refused(put(tmp_path, packed(parts)), "откройте её в Excel, сохраните и повторите")


def test_the_same_sheet_under_another_name_is_named(tmp_path: Path) -> None:
    schemas = {"дела": replace(JOURNAL, name="дела", sheet="Дела")}
    path = put(tmp_path, packed(excel()))
    with pytest.raises(UsageError, match="«Журнал» те же столбцы; если это он, верните ему"):
        add_sheets(path, schemas, SheetRequest(["дела"], [], {}))


def refused(path: Path, why: str) -> None:
    before = path.read_bytes()
    with pytest.raises(UsageError, match=why):
        add_sheets(path, SCHEMAS, REQUEST)
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", range(1, 12))
def test_a_kill_at_any_moment_leaves_the_old_book_or_the_new(step: int, tmp_path: Path) -> None:
    old = packed(excel())
    path = put(tmp_path, old)
    is_done = is_done_before(step, lambda: add_sheets(path, SCHEMAS, REQUEST))
    titles = [one.title for one in read_workbook(path.read_bytes()).sheets]
    assert "Шаги" in titles or (path.read_bytes() == old and not is_done)
    add_sheets(path, SCHEMAS, REQUEST)
    assert "Шаги" in [one.title for one in read_workbook(path.read_bytes()).sheets]
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        assert package.testzip() is None
