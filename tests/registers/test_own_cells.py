"""Cells written into people's books: these alone, and every other byte stays."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import UsageError
from docgen.registers import book_copies
from docgen.registers.books import COPIES
from docgen.registers.own_cells import OwnCell, open_own_sheet, write_cells
from docgen.registers.xlsx_reader import read_workbook
from tests.support.killed_writers import is_done_before
from tests.support.peoples_books import (
    DROPDOWN,
    LIST,
    SHAPES,
    SHEET,
    SHEET_PART,
    excel,
    libreoffice,
    myoffice,
    packed,
    records_of,
    streamed,
)

DAY: Final = dt.date(2026, 9, 17)
NAME, NUMBER, DATE, NOTE = 1, 2, 3, 4
BOOK: Final = "Журнал.xlsx"


def put(folder: Path, data: bytes) -> Path:
    path = folder / BOOK
    path.write_bytes(data)
    return path


def shown(data: bytes, title: str = SHEET) -> dict[str, object]:
    """Return the filled cells of a sheet as docgen reads them."""
    (sheet,) = [one for one in read_workbook(data).sheets if one.title == title]
    return {
        cell.coordinate: cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
        for filled in sheet.cells.values()
        for cell in filled.values()
    }


def openpyxls(path: Path) -> Worksheet:
    """Return the sheet as openpyxl reads it."""
    with warnings.catch_warnings():
        # It says what it would drop.
        warnings.simplefilter("ignore")
        return load_workbook(path)[SHEET]


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def around_rows(data: bytes) -> tuple[str, str]:
    """Return what stands before and behind the rows of a sheet, its extent and filter aside."""
    text = re.sub(r"""(?<=ref=)["']A1:\w+["']""", "", part_of(data, SHEET_PART))
    head, rest = re.split(r"<(?:x:)?sheetData", text, maxsplit=1)
    return head, re.split(r"</(?:x:)?sheetData>", rest)[-1]


WRITTEN: Final[dict[str, tuple[Sequence[OwnCell], dict[str, object]]]] = {
    "an empty cell that is there": ([OwnCell(3, NUMBER, "148-од")], {"B3": "148-од"}),
    "a cell that is not there": ([OwnCell(4, NUMBER, "149-од")], {"B4": "149-од"}),
    "a row without cells": (
        [OwnCell(5, NOTE, "да"), OwnCell(5, NAME, "О")],
        {"A5": "О", "D5": "да"},
    ),
    "a row that is not there": ([OwnCell(6, NUMBER, "150")], {"B6": "150"}),
    "a day": ([OwnCell(3, DATE, DAY), OwnCell(4, DATE, DAY)], {"C3": DAY, "C4": DAY}),
    "a number": ([OwnCell(3, NUMBER, 7), OwnCell(4, NUMBER, 2.5)], {"B3": 7, "B4": 2.5}),
    "its own words": ([OwnCell(2, NUMBER, "151-од", "147-од")], {"B2": "151-од"}),
    "a cell far to the right": (
        [OwnCell(2, 30, "x"), OwnCell(3, 28, "y")],
        {"AD2": "x", "AB3": "y"},
    ),
    "rows below": (
        [OwnCell(8, NAME, "О смене"), OwnCell(8, DATE, DAY), OwnCell(9, NAME, "О конце")],
        {"A8": "О смене", "C8": DAY, "A9": "О конце"},
    ),
    "signs that XML escapes": (
        [OwnCell(3, NUMBER, "<b> & «=1+1» ]]> \"'"), OwnCell(4, NUMBER, "  две\nстроки  ")],
        {"B3": "<b> & «=1+1» ]]> \"'", "B4": "  две\nстроки  "},
    ),
    "what Excel would take for a letter": ([OwnCell(3, NUMBER, "_x0041_")], {"B3": "_x0041_"}),
    "signs that no XML has": ([OwnCell(3, NUMBER, "a\x0bb\ud800c\r\nd")], {"B3": "abc\nd"}),
}


@pytest.mark.parametrize("what", WRITTEN)
@pytest.mark.parametrize("shape", SHAPES)
def test_cells_are_written_and_every_other_byte_stays(
    shape: str, what: str, tmp_path: Path
) -> None:
    old = packed(SHAPES[shape]())
    path = put(tmp_path, old)
    cells, expected = WRITTEN[what]

    write_cells(path, SHEET, cells)

    new = path.read_bytes()
    assert shown(new) == {**shown(old), **expected}
    assert shown(new, LIST) == shown(old, LIST)
    changed = {SHEET_PART}
    changed |= {"xl/tables/table1.xml"} if what == "rows below" else set()
    changed |= {"xl/styles.xml"} if what == "a day" else set()
    before, after = records_of(old), records_of(new)
    assert [*after] == [*before]
    assert {name for name in before if before[name] != after[name]} <= changed
    assert around_rows(new) == around_rows(old)
    if shape == "strict":
        # openpyxl finds nothing in such a book.
        return
    sheet = openpyxls(path)
    for place, value in expected.items():
        read = sheet[place].value
        if value != "_x0041_":  # openpyxl takes it for a letter, as it takes Excel's own
            assert (read.date() if isinstance(read, dt.datetime) else read) == value
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.comment.decode() == "книга школы"


@pytest.mark.parametrize("pack", [packed, streamed, lambda p: packed(p, method=zipfile.ZIP_STORED)])
def test_a_package_keeps_its_ways(pack: Callable[[dict[str, str]], bytes], tmp_path: Path) -> None:
    old = pack(excel())
    path = put(tmp_path, old)
    write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    new = path.read_bytes()
    before, after = records_of(old), records_of(new)
    assert {name for name in before if before[name] != after[name]} == {SHEET_PART}
    with zipfile.ZipFile(io.BytesIO(old)) as was, zipfile.ZipFile(path) as now:
        assert now.testzip() is None
        for one, other in zip(was.infolist(), now.infolist(), strict=True):
            kept = ("filename", "date_time", "external_attr", "compress_type")
            assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
    assert shown(new)["B4"] == "149-од"


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "utf-8-sig"])
def test_a_sheet_keeps_its_encoding(encoding: str, tmp_path: Path) -> None:
    shape = myoffice()
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>{shape[SHEET_PART]}'
    path = put(tmp_path, packed({**shape, SHEET_PART: text.encode(encoding)}))
    write_cells(path, SHEET, [OwnCell(4, NUMBER, "149 ≈ №"), OwnCell(8, NAME, "Ещё")])
    new = path.read_bytes()
    assert shown(new)["B4"] == "149 ≈ №"
    with zipfile.ZipFile(path) as package:
        assert package.read(SHEET_PART).startswith(text.encode(encoding)[:40])


# --- looks -----------------------------------------------------------------------------------


def style_of(path: Path, place: str) -> str:
    found = re.search(rf'<(?:x:)?c\s+r="{place}"([^>]*)>', part_of(path.read_bytes(), SHEET_PART))
    assert found is not None
    style = re.search(r's="(\d+)"', found[1])
    return style[1] if style else "0"


def test_a_new_row_looks_like_the_row_above_and_a_cell_stays_as_it_is_drawn(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    cells = [OwnCell(8, NAME, "О смене"), OwnCell(3, NUMBER, "148-од"), OwnCell(5, DATE, DAY)]
    open_own_sheet(path, SHEET).write(cells, first_row=2)
    looks = {place: style_of(path, place) for place in ("A8", "C8", "D8", "B3", "C5")}
    assert looks == {"A8": "2", "C8": "3", "D8": "4", "B3": "4", "C5": "3"}


def test_a_new_row_never_looks_like_the_headers(tmp_path: Path) -> None:
    parts = excel()
    parts[SHEET_PART] = re.sub(r'<row r="[2-7]".*(?=</sheetData>)', "", parts[SHEET_PART])
    path = put(tmp_path, packed(parts))
    cells = [OwnCell(2, NAME, "О смене"), OwnCell(2, DATE, DAY)]
    open_own_sheet(path, SHEET).write(cells, first_row=2)
    assert (style_of(path, "A2"), style_of(path, "C2")) == ("0", "3")


def test_a_new_row_is_not_struck_out_because_the_last_one_is(tmp_path: Path) -> None:
    parts = excel()
    struck = '<font><b/><strike/><sz val="11"/><name val="Calibri"/></font></fonts>'
    parts["xl/styles.xml"] = re.sub(r"<font><b/>.*?</fonts>", struck, parts["xl/styles.xml"])
    parts[SHEET_PART] = parts[SHEET_PART].replace('<c r="A7" s="2"', '<c r="A7" s="1"')
    path = put(tmp_path, packed(parts))
    open_own_sheet(path, SHEET).write([OwnCell(8, NAME, "О смене")], first_row=2)
    assert style_of(path, "A8") == "2"


def test_a_day_in_a_coloured_cell_keeps_the_colour(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    write_cells(path, SHEET, [OwnCell(3, DATE, DAY), OwnCell(3, NUMBER, DAY)])
    sheet = openpyxls(path)
    for place in ("B3", "C3"):
        assert sheet[place].fill.fgColor.rgb == "FFFFFF00"
        assert sheet[place].is_date
    styles = part_of(path.read_bytes(), "xl/styles.xml")
    assert styles.count('numFmtId="14"') == 1
    assert '<cellXfs count="7">' in styles


def test_a_number_in_a_cell_of_days_stays_a_number(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    write_cells(path, SHEET, [OwnCell(4, DATE, 7)])
    assert shown(path.read_bytes())["C4"] == 7


def test_a_table_and_a_filter_reach_to_the_new_rows(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    write_cells(path, SHEET, [OwnCell(8, NAME, "О смене"), OwnCell(9, NAME, "О конце")])
    data = path.read_bytes()
    assert part_of(data, "xl/tables/table1.xml").count('ref="A1:D9"') == 2
    sheet = part_of(data, SHEET_PART)
    assert '<autoFilter ref="A1:D9"/>' in sheet
    assert '<dimension ref="A1:D9"/>' in sheet
    assert 'sqref="B2:B7"' in sheet
    assert DROPDOWN in sheet


def test_a_table_beside_stays_as_long_as_it_is(tmp_path: Path) -> None:
    parts = excel()
    parts["xl/tables/table1.xml"] = parts["xl/tables/table1.xml"].replace("A1:D7", "H1:K7")
    path = put(tmp_path, packed(parts))
    write_cells(path, SHEET, [OwnCell(8, NAME, "О смене")])
    assert part_of(path.read_bytes(), "xl/tables/table1.xml") == parts["xl/tables/table1.xml"]


# --- what is refused -------------------------------------------------------------------------

MERGED, FORMULA, TYPED = (
    OwnCell(7, NUMBER, "1"),
    OwnCell(3, NOTE, "1", "10"),
    OwnCell(2, NUMBER, "1"),
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (MERGED, "объединена с A7"),
        (FORMULA, "в ячейке формула"),
        (TYPED, "уже стоит «147-од», вписано не программой"),
        (OwnCell(2, NUMBER, "1", "146-од"), "уже стоит «147-од»"),
        (OwnCell(3, NUMBER, "ж" * 32_768), "длиннее 32767 знаков"),
    ],
)
def test_what_people_made_is_refused_and_nothing_is_written(
    shape: str, cell: OwnCell, sentence: str, tmp_path: Path
) -> None:
    path = put(tmp_path, packed(SHAPES[shape]()))
    before = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од"), cell])
    (problem,) = refused.value.problems
    assert sentence in problem.message
    assert problem.where.cell
    assert path.read_bytes() == before
    assert not (tmp_path / COPIES).exists()


def test_a_protected_sheet_takes_only_what_it_lets_people_type(tmp_path: Path) -> None:
    parts = excel()
    parts[SHEET_PART] = (
        parts[SHEET_PART]
        .replace("</sheetData>", '</sheetData><sheetProtection sheet="1"/>')
        .replace('<c r="B3" s="4"/>', '<c r="B3" s="5"/>')
    )
    path = put(tmp_path, packed(parts))
    with pytest.raises(UsageError, match="лист защищён"):
        write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    write_cells(path, SHEET, [OwnCell(3, NUMBER, "148-од")])
    assert shown(path.read_bytes())["B3"] == "148-од"


def test_results_of_an_array_formula_are_refused(tmp_path: Path) -> None:
    parts = excel()
    parts[SHEET_PART] = parts[SHEET_PART].replace(
        "<f>LEN(A3)</f>", '<f t="array" ref="D3:D5">LEN(A3:A5)</f>'
    )
    path = put(tmp_path, packed(parts))
    with pytest.raises(UsageError, match="формула другой ячейки"):
        write_cells(path, SHEET, [OwnCell(5, NOTE, "149-од")])


def test_a_row_of_totals_is_not_taken_into_the_table(tmp_path: Path) -> None:
    parts = excel()
    parts["xl/tables/table1.xml"] = parts["xl/tables/table1.xml"].replace(
        'totalsRowShown="0"', 'totalsRowCount="1"'
    )
    path = put(tmp_path, packed(parts))
    with pytest.raises(UsageError, match="строка итогов"):
        write_cells(path, SHEET, [OwnCell(8, NAME, "О смене")])
    write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])


def test_a_book_with_an_electronic_signature_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, packed({**excel(), "_xmlsignatures/sig1.xml": "<Signature/>"}))
    with pytest.raises(UsageError, match="электронной подписью"):
        write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])


@pytest.mark.parametrize("lock", [f"~${BOOK}", f".~lock.{BOOK}#"])
def test_a_book_that_is_opened_meanwhile_is_left_alone(lock: str, tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    before = path.read_bytes()
    sheet = open_own_sheet(path, SHEET)
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(UsageError, match="открыта в Excel или LibreOffice"):
        sheet.write([OwnCell(4, NUMBER, "149-од")])
    assert path.read_bytes() == before


def test_a_book_that_is_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    sheet = open_own_sheet(path, SHEET)
    saved = packed(libreoffice())
    path.write_bytes(saved)
    with pytest.raises(UsageError, match="изменили, пока docgen её читал"):
        sheet.write([OwnCell(4, NUMBER, "149-од")])
    assert path.read_bytes() == saved


def test_a_book_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    path.chmod(0o444)
    with pytest.raises(UsageError, match="только для чтения"):
        write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    assert not (tmp_path / COPIES).exists()


# --- copies ----------------------------------------------------------------------------------


def test_a_copy_is_kept_first_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    old = packed(excel())
    path = put(tmp_path, old)
    path.chmod(0o640)
    write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    (copy,) = (tmp_path / COPIES).glob("*.xlsx")
    assert re.fullmatch(r"Журнал \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.xlsx", copy.name)
    assert copy.read_bytes() == old
    assert copy.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / COPIES).stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == [BOOK, COPIES]


def test_the_newest_thirty_copies_of_a_book_stay(tmp_path: Path) -> None:
    path = put(tmp_path, packed(libreoffice()))
    folder = tmp_path / COPIES
    folder.mkdir()
    for number in range(35):
        (folder / f"Журнал 2026-01-{number % 28 + 1:02} 10-00-{number:02}.xlsx").touch()
    foreign = ["Журнал старый.xlsx", "Другая 2026-01-01 10-00-00.xlsx"]
    for name in foreign:
        (folder / name).touch()
    write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    own = {one.name for one in folder.glob("*.xlsx")} - {*foreign}
    assert len(own) == book_copies.MOST_COPIES
    assert max(own) > "Журнал 2026-11"
    assert all((folder / name).exists() for name in foreign)


def test_nothing_is_written_when_no_copy_can_be_kept(tmp_path: Path) -> None:
    path = put(tmp_path, packed(excel()))
    before = path.read_bytes()
    (tmp_path / COPIES).write_text("файл", "utf-8")
    with pytest.raises(UsageError):
        write_cells(path, SHEET, [OwnCell(4, NUMBER, "149-од")])
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", range(1, 12))
def test_a_kill_at_any_moment_leaves_the_old_book_or_the_new(step: int, tmp_path: Path) -> None:
    old = packed(excel())
    path = put(tmp_path, old)
    sheet = open_own_sheet(path, SHEET)
    is_done = is_done_before(step, lambda: sheet.write([OwnCell(4, NUMBER, "149-од")]))
    assert shown(path.read_bytes()).get("B4") in ({"149-од"} if is_done else {None, "149-од"})
    copies = [*(tmp_path / COPIES).glob("Журнал*.xlsx")] if (tmp_path / COPIES).exists() else []
    assert all(one.read_bytes() == old for one in copies)
    # The next time goes as if nothing had been.
    write_cells(path, SHEET, [OwnCell(3, NUMBER, "148-од")])
    assert not [*(tmp_path / COPIES).glob(".docgen-*")]
