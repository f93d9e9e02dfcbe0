"""Books in the strict edition of the standard: read like any other."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.registers.strict_names import pieces_with_usual_names, with_usual_names
from docgen.registers.xlsx_reader import read_workbook
from tests.support.builders import ROOT, write_book

USUAL = b"http://schemas.openxmlformats.org/"
STRICT = b"http://purl.oclc.org/ooxml/"
NAMES = (
    (b"spreadsheetml/2006/main", b"spreadsheetml/main"),
    (b"officeDocument/2006/", b"officeDocument/"),
    (b"drawingml/2006/", b"drawingml/"),
)


def strict(data: bytes, *, with_days: bool = False) -> bytes:
    """Return a workbook as Excel writes a strict one; days may be texts of ISO 8601."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            for usual, other in NAMES:
                body = body.replace(USUAL + usual, STRICT + other)
            if name == "xl/workbook.xml":
                body = body.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
            if with_days and name.startswith("xl/worksheets/"):
                body = re.sub(rb't="n"><v>46266</v>', b't="d"><v>2026-09-01T00:00:00.000</v>', body)
            target.writestr(name, body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@pytest.mark.parametrize("workspace", ["school", "pervouralsk"])
def test_a_strict_book_is_read_like_the_usual_one(workspace: str) -> None:
    data = (ROOT / "registers" / workspace / "Наставничество.xlsx").read_bytes()
    usual, other = read_workbook(data), read_workbook(strict(data))
    assert other.sheets == usual.sheets
    assert other.problems == usual.problems == []


def test_days_tables_links_and_drawings_of_a_strict_book_are_read(tmp_path: Path) -> None:
    def touch(book: Workbook) -> None:
        sheet = book["Лист"]
        sheet["B1"].hyperlink = "https://example.org/"
        sheet.row_dimensions[2].hidden = True
        sheet.auto_filter.ref = "A1:B2"
        sheet.auto_filter.add_filter_column(0, ["нет"])

    rows: list[list[object]] = [["Дата", "Ссылка"], [dt.date(2026, 9, 1), "текст"]]
    data = write_book(tmp_path / "Книга.xlsx", {"Лист": rows}, touch).read_bytes()
    usual, other = read_workbook(data), read_workbook(strict(data, with_days=True))
    assert other.sheets[0].links == usual.sheets[0].links != []
    assert other.sheets[0].filters == [(1, 1, 2, 2)]
    cell = other.sheets[0].cells[2][1]
    assert cell.value == dt.datetime(2026, 9, 1)  # noqa: DTZ001 - as a book holds it
    assert not other.problems


@pytest.mark.parametrize("size", [1, 7, 40, 1000])
def test_no_name_is_missed_between_two_pieces(size: int) -> None:
    part = b'<a xmlns="' + STRICT + b'spreadsheetml/main"><b>text</b>' * 20

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(part), size):
            yield part[start : start + size]

    assert b"".join(pieces_with_usual_names(pieces())) == with_usual_names(part)
    assert STRICT not in with_usual_names(part)
