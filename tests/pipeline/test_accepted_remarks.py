"""Remarks that a person has accepted: silent until the value changes, never errors."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import Location, warning
from docgen.pipeline.workspace.accepted_remarks import is_acceptable
from tests.support.small_root import BOOK, Sheets, make_root, make_school, put, run

SHEET = "замечания.xlsx"
SUNDAY, NEXT_SUNDAY = dt.date(2026, 9, 6), dt.date(2026, 9, 13)


def on_sunday(sheets: Sheets) -> None:
    sheets["Приказы"][1][2] = SUNDAY


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return make_school(make_root(tmp_path), on_sunday)


def rows_of(school: Path) -> list[dict[str, str]]:
    headers, *rows = load_workbook(school / SHEET)["Замечания"].iter_rows(values_only=True)
    return [
        {str(header): str(value or "") for header, value in zip(headers, row, strict=True)}
        for row in rows
    ]


def accept(school: Path, code: str, typed: str = "да") -> None:
    """Type into «Принято» of a code, as a clerk would."""
    book = load_workbook(school / SHEET)
    sheet = book["Замечания"]
    headers = {str(cell.value): number for number, cell in enumerate(sheet[1])}
    found = [row for row in sheet.iter_rows(min_row=2) if row[headers["Код"]].value == code]
    assert found
    for row in found:
        row[headers["Принято"]].value = typed
    book.save(school / SHEET)


def codes(school: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    run("check", school, "--json")
    return [one["code"] for one in json.loads(capsys.readouterr().out)]


def accepted(school: Path, code: str = "day-off", typed: str = "да") -> Path:
    assert run("check", school, "--note") in {0, 3}
    accept(school, code, typed)
    return school


# --- silence ---------------------------------------------------------------------------------


def test_the_sheet_of_remarks_names_row_column_and_sentence(school: Path) -> None:
    assert run("check", school, "--note") == 0
    row = next(one for one in rows_of(school) if one["Код"] == "day-off")
    assert (row["Лист"], row["Строка"], row["Столбец"]) == ("Приказы", "О внедрении", "Дата")
    assert row["Текст"].startswith("приказ № 147-од «О внедрении»: дата документа 06.09.2026")
    assert row["Принято"] == ""
    assert (school / SHEET).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("typed", ["да", "так решил директор", "Да "])
def test_what_is_accepted_is_not_said_again(
    school: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "day-off" in codes(school, capsys)
    accepted(school, typed=typed)
    assert "day-off" not in codes(school, capsys)
    assert run("check", school) == 0
    assert "принято раньше: 1" in capsys.readouterr().out
    assert run("build", school, "--no-pdf") == 0
    assert "day-off" not in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["", "нет", "–"])
def test_what_is_not_accepted_is_said(
    school: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "day-off" in codes(accepted(school, typed=typed), capsys)


def test_a_value_that_has_changed_is_said_again(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(school)
    put(school, "Приказы", "C2", NEXT_SUNDAY)
    assert "day-off" in codes(school, capsys)


def test_a_row_that_has_moved_stays_accepted(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(school)
    book = load_workbook(school / BOOK)
    sheet = book["Приказы"]
    sheet.move_range("A2:G3", rows=4)
    book.save(school / BOOK)
    assert "day-off" not in codes(school, capsys)


def test_another_row_with_the_same_value_is_said(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(school)
    put(school, "Приказы", "C3", SUNDAY)
    assert codes(school, capsys).count("day-off") == 1


def test_a_line_put_before_does_not_take_an_accepted_one_back(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(school, "Карта", "B2", "Издание «приказа")
    put(school, "Пункты", "C2", "Утвердить «карту")
    accepted(school, "unpaired-mark")
    assert "unpaired-mark" not in codes(school, capsys)
    book = load_workbook(school / BOOK)
    book["Карта"].insert_rows(2)
    for column, words in enumerate(("0", "Собрание", "октябрь 2026", "Иванова М.П."), start=1):
        book["Карта"].cell(2, column).value = words
    book["Пункты"].insert_rows(2)
    book.save(school / BOOK)
    assert "unpaired-mark" not in codes(school, capsys)
    put(school, "Карта", "B3", "Издание «приказа и плана")
    assert codes(school, capsys).count("unpaired-mark") == 1


def test_remarks_of_one_paper_are_told_apart_without_the_columns_of_docgen(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(school, "Пункты", "C2", "Утвердить «карту")
    put(school, "Пункты", "C3", "Сдать «план")
    accepted(school, "unpaired-mark")
    book = load_workbook(school / SHEET)
    sheet = book["Замечания"]
    headers = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for name in ("Отпечаток значения", "Код"):
        sheet.delete_cols(headers[name])
    book.save(school / SHEET)
    assert codes(school, capsys).count("unpaired-mark") == 2
    assert run("check", school, "--note") == 0
    assert "unpaired-mark" not in codes(school, capsys)


def test_a_cell_of_an_appendix_can_be_accepted(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(school, "Карта", "C2", "октябрь 2025")
    accepted(school, "deadline-before-order")
    assert "deadline-before-order" not in codes(school, capsys)
    put(school, "Карта", "C2", "сентябрь 2025")
    assert "deadline-before-order" in codes(school, capsys)


# --- what nobody can accept ------------------------------------------------------------------


def test_an_error_stays_an_error(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(school, "Приказы", "C3", "31 сентября 2026")
    accepted(school, "bad-date")
    assert "bad-date" in codes(school, capsys)
    assert run("check", school, "--note") == 3
    assert [one["Принято"] for one in rows_of(school) if one["Код"] == "bad-date"] == ["нельзя"]


# --- the sheet made anew ---------------------------------------------------------------------


def test_reasons_and_columns_of_people_stay_when_the_sheet_is_made_anew(school: Path) -> None:
    accepted(school, typed="так решил директор")
    book = load_workbook(school / SHEET)
    sheet = book["Замечания"]
    sheet.cell(1, sheet.max_column + 1, "Кто смотрел")
    sheet.cell(2, sheet.max_column, "Петрова")
    book.save(school / SHEET)
    assert run("check", school, "--note") == 0
    row = next(one for one in rows_of(school) if one["Код"] == "day-off")
    assert row["Принято"] == "так решил директор"
    assert "Петрова" in {one["Кто смотрел"] for one in rows_of(school)}


def test_what_was_accepted_and_is_gone_stays_at_the_end(school: Path) -> None:
    accepted(school, typed="так решил директор")
    put(school, "Приказы", "C2", dt.date(2026, 9, 7))
    assert run("check", school, "--note") == 0
    last = rows_of(school)[-1]
    assert (last["Код"], last["Принято"]) == ("day-off", "так решил директор")
    assert "больше нет" in last["Текст"]


def test_what_was_not_accepted_and_is_gone_goes(school: Path) -> None:
    assert run("check", school, "--note") == 0
    put(school, "Приказы", "C2", dt.date(2026, 9, 7))
    assert run("check", school, "--note") == 0
    assert "day-off" not in {one["Код"] for one in rows_of(school)}


def test_the_sheet_is_not_written_while_excel_holds_it(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", school, "--note") == 0
    before = (school / SHEET).read_bytes()
    (school / f"~${SHEET}").write_bytes(b"\0")
    assert run("check", school, "--note") == 2
    assert "закройте её и повторите" in capsys.readouterr().out
    assert (school / SHEET).read_bytes() == before


def test_json_stays_json_beside_the_sheet(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", school, "--note", "--json") == 0
    said = capsys.readouterr()
    assert isinstance(json.loads(said.out), list)
    assert f"записан {school / SHEET}" in said.err


def test_of_registers_that_cannot_be_read_no_sheet_is_written(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(school / BOOK)
    del book["Организация"]
    book.save(school / BOOK)
    assert run("check", school, "--note") == 3
    assert "замечания не записаны" in capsys.readouterr().out
    assert not (school / SHEET).exists()


def test_a_withdrawn_consent_cannot_be_accepted_away() -> None:
    assert not is_acceptable(warning("consent-withdrawn", Location(), "отозвано"))
    assert is_acceptable(warning("day-off", Location(), "воскресенье"))


def _shifted(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)


def _sorted(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for spot, value in enumerate(row, start=1):
            sheet.cell(number, spot).value = value


def _capital_header(sheet: Worksheet) -> None:
    sheet["A1"].value = "ПРИНЯТО "


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells(start_row=2, end_row=sheet.max_row, start_column=1, end_column=1)


def _renamed(sheet: Worksheet) -> None:
    sheet.title = "Лист1"


def _without_marks(sheet: Worksheet) -> None:
    headers = [cell.value for cell in sheet[1]]
    sheet.delete_cols(headers.index("Отпечаток значения") + 1)


def _without_codes(sheet: Worksheet) -> None:
    sheet.delete_cols([cell.value for cell in sheet[1]].index("Код") + 1)


EDITS = [_shifted, _sorted, _capital_header, _merged, _renamed, _without_marks, _without_codes]


@pytest.mark.parametrize("edit", EDITS)
def test_what_was_accepted_outlives_what_people_do_to_the_sheet(
    school: Path, capsys: pytest.CaptureFixture[str], edit: Callable[[Worksheet], None]
) -> None:
    accepted(school)
    book = load_workbook(school / SHEET)
    for row in book["Замечания"].iter_rows(min_row=2, max_col=1):
        row[0].value = "да"
    edit(book.worksheets[0])
    book.save(school / SHEET)
    run("check", school, "--note")
    assert "day-off" not in codes(school, capsys)
    assert all(row["Принято"] for row in rows_of(school) if row["Код"] != "lost-sheet")
    assert not any("больше нет" in row["Текст"] for row in rows_of(school))


def test_an_empty_sheet_of_remarks_stops_nothing(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(school)
    book = load_workbook(school / SHEET)
    book.worksheets[0].delete_rows(1, 99)
    book.save(school / SHEET)
    assert "missing-column" not in codes(school, capsys)
    run("check", school, "--note")
    assert rows_of(school)


@pytest.mark.parametrize("damage", [b"", b"<html></html>", b"PK\x03\x04", None])
def test_a_damaged_sheet_of_remarks_stops_no_paper(
    school: Path, capsys: pytest.CaptureFixture[str], damage: bytes | None
) -> None:
    path = accepted(school) / SHEET
    if damage is None:
        book = load_workbook(path)
        book.worksheets[0]["A2"] = "=1"
        book.save(path)
    else:
        path.write_bytes(damage)
    capsys.readouterr()
    assert run("check", school) == 0
    assert "docgen check --note" in capsys.readouterr().out
    path.unlink()
    assert run("check", school, "--note") == 0
    assert rows_of(school)
