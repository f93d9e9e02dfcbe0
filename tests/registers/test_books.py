"""Files that are no workbooks, or would hang: each called by its name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen import registers
from docgen.errors import Problem, UsageError
from docgen.model import Column, Schema
from tests.support.builders import Touch, write_book

BOOK = "Книга.xlsx"


SCHEMAS = {"люди": Schema("люди", BOOK, "Люди", "человек", "люди", (Column("фио", "ФИО"),), "")}


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def read_names(folder: Path, touch: Touch | None = None) -> tuple[list[str], list[Problem]]:
    write_book(folder / BOOK, {"Люди": [["ФИО"], ["Орлов"]]}, touch)
    books = registers.open_books(folder, shown="registers/дом")
    sheets, problems = registers.read_sheets(books, SCHEMAS)
    return [row.cells["фио"].text for row in sheets["люди"].rows], problems


def refused(folder: Path, data: bytes, code: str = "not-a-workbook") -> str:
    """Return the one sentence about a file of which nothing is read."""
    (folder / BOOK).write_bytes(data)
    books = registers.open_books(folder, shown="registers/дом")
    (problem,) = books.problems
    assert problem.code == code
    assert problem.where.file == f"registers/дом/{BOOK}"
    assert not any(book.sheets for book in books.books)
    return str(problem)


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, change(body) if name == part else body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- what is no workbook ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "файл пуст"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "старая книга"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "старая книга .xls или книга под паролем"),
        (b"\xef\xbb\xbf\n<HTML><body><table>", "веб-страница"),
        (b"<?xml version='1.0'?><Workbook/>", "таблица XML"),
        ("ФИО;Роль\nОрлов;куратор".encode(), "обычный текст"),
        (b"\x00\x01\x02", "не книга Excel"),
        (b"PK\x03\x04 cut", "обрезан или повреждён"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in refused(tmp_path, data)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("word/document.xml", "документ Word"),
        ("mimetype", "OpenDocument"),
        ("xl/workbook.bin", "xlsb"),
        ("a.txt", "архив"),
    ],
)
def test_another_package_is_called_by_its_name(tmp_path: Path, part: str, said: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr(part, "x")
    assert said in refused(tmp_path, packed.getvalue())


def test_a_broken_part_is_told_without_a_traceback(tmp_path: Path) -> None:
    data = write_book(tmp_path / BOOK, {"Люди": [["ФИО"]]}).read_bytes()
    broken = repacked(data, "xl/worksheets/sheet1.xml", lambda part: part[: len(part) // 2])
    assert "лист «Люди»" in refused(tmp_path, broken, "damaged-book")


def test_a_workbook_with_a_doctype_is_refused(tmp_path: Path) -> None:
    data = write_book(tmp_path / BOOK, {"Люди": [["ФИО"]]}).read_bytes()
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    hostile = repacked(data, "xl/workbook.xml", lambda part: bomb + part)
    assert "DOCTYPE" in refused(tmp_path, hostile, "damaged-book")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = write_book(tmp_path / BOOK, {"Люди": [["ФИО"]]}).read_bytes()
    zeros = b"\x00" * (129 << 20)
    bomb = repacked(data, "xl/worksheets/sheet1.xml", lambda _: zeros)
    assert "слишком много данных" in refused(tmp_path, bomb, "too-large")


def test_a_merge_over_the_whole_sheet_is_refused(tmp_path: Path) -> None:
    data = write_book(tmp_path / BOOK, {"Люди": [["ФИО"]]}).read_bytes()
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    huge = repacked(
        data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", merge)
    )
    assert "лист «Люди», ячейка A1:XFD1048576" in refused(tmp_path, huge, "too-large")


def test_a_far_cell_is_told_and_does_not_hang(tmp_path: Path) -> None:
    def put_far(workbook: Workbook) -> None:
        workbook["Люди"]["XFD1048576"] = "случайно"

    rows, (problem,) = read_names(tmp_path, put_far)
    assert rows == ["Орлов"]
    assert (problem.code, problem.where.cell) == ("not-a-workbook", "XFD1048576")


def test_an_office_lock_file_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / f"~${BOOK}").write_bytes(b"")
    rows, (problem,) = read_names(tmp_path)
    assert rows == ["Орлов"]
    assert (problem.code, problem.is_error) == ("office-lock", False)
    assert "возможно, не сохранено" in problem.message


def test_a_folder_without_workbooks_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="нет папки"):
        registers.open_books(tmp_path / "нет", shown="registers/нет")
    with pytest.raises(UsageError, match="ни одной книги"):
        registers.open_books(tmp_path, shown="registers/дом")
    (tmp_path / "Книга.xls").write_bytes(b"")
    with pytest.raises(UsageError, match=r"«Книга\.xls»; откройте"):
        registers.open_books(tmp_path, shown="registers/дом")


def test_a_bad_workbook_is_told_once(tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(b"PK")
    books = registers.open_books(tmp_path, shown="registers/дом")
    _, problems = registers.read_sheets(books, SCHEMAS)
    assert codes(problems) == ["not-a-workbook"]
