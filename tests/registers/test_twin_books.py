"""What lies beside the books of a workspace: copies are named and not read, tables are not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from docgen import registers
from docgen.errors import Location, Problem
from docgen.model import Column, Schema
from tests.support.builders import shipped_schemas, write_book

BOOK = "Наставничество.xlsx"
HOUR = 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_book(
        tmp_path / BOOK,
        {
            "Сотрудники": [["ФИО"], ["Орлова Анна Петровна"]],
            "Приказы": [["Краткое имя"], ["О парах"]],
            "Карта": [["№", "Дело"], ["1", "новое"]],
        },
    )
    return tmp_path


def schema_of(workbook: str, sheet: str) -> Schema:
    """Return a register of one column in a book of its own."""
    columns = (Column("имя", "Имя"),)
    return Schema("кружки", workbook, sheet, "кружок", "кружки", columns, "кружки.toml")


def beside(folder: Path) -> list[Problem]:
    books = registers.open_books(folder, shown="registers/дом")
    return registers.without_copies(books, shipped_schemas())[1]


def age(path: Path, book: Path, seconds: int) -> None:
    """Make a file younger than the book by some seconds, or older."""
    saved = book.stat().st_mtime + seconds
    os.utime(path, (saved, saved))


@pytest.mark.parametrize(
    "name",
    [
        "Наставничество (2).xlsx",
        "Наставничество — копия.xlsx",
        "Наставничество 2026-09-01.xlsx",
        "Копия Наставничество.xlsx",
        "наставничество_старое.xlsx",
        "Школа.xlsx",
        "Наставничество.xlsm",
        "Наставничество.ods",
        "Наставничество (2).csv",
        "Наставничество.XLS",
        "Сотрудники.csv",
    ],
)
@pytest.mark.parametrize(("seconds", "code"), [(-HOUR, "copy-beside"), (HOUR, "unread-book")])
def test_a_copy_beside_a_book_is_named_and_the_newer_one_is_a_warning(
    folder: Path, name: str, seconds: int, code: str
) -> None:
    shutil.copy(folder / BOOK, folder / name)
    age(folder / name, folder / BOOK, seconds)
    (problem,) = beside(folder)
    assert problem.code == code
    assert problem.where.file == f"registers/дом/{name}"
    assert f"«{BOOK}»" in problem.message
    assert not problem.is_error


@pytest.mark.parametrize(
    ("name", "sheets"),
    [
        ("Таблицы.xlsx", {"План": [["№", "Дело"]]}),
        ("Наставничество таблицы.xlsx", {"План": [["№", "Дело"]]}),
        ("Согласия и подписи.xlsx", {"Согласия и подписи": [["Бумага"]]}),
        ("замечания.xlsx", {"Замечания": [["Код"]]}),
        ("склонения.xlsx", {"Формы": [["Где"]]}),
        ("питание.ods", {"Меню": [["каша"]]}),
        ("выгрузка.csv", {"Лист1": [["что угодно"]]}),
    ],
)
def test_other_books_are_no_copies(
    folder: Path, name: str, sheets: dict[str, list[list[str]]]
) -> None:
    write_book(folder / name, sheets)
    age(folder / name, folder / BOOK, HOUR)
    assert beside(folder) == []


def test_a_table_is_never_read_from_a_copy(folder: Path) -> None:
    write_book(
        folder / "Наставничество (2).xlsx",
        {"Сотрудники": [["ФИО"]], "Карта": [["№", "Дело"], ["1", "старое"]]},
    )
    books, _ = registers.without_copies(
        registers.open_books(folder, shown="registers/дом"), shipped_schemas()
    )
    tables, problems = registers.read_tables(books, {"Карта": Location()})
    assert not problems
    assert [cell.text for cell in tables["Карта"].rows[1].cells if cell] == ["1", "новое"]


def test_a_table_of_two_books_is_read_from_the_book_of_registers(folder: Path) -> None:
    write_book(folder / "Архив.xlsx", {"Карта": [["№", "Дело"], ["1", "старое"]]})
    books, problems = registers.without_copies(
        registers.open_books(folder, shown="registers/дом"), shipped_schemas()
    )
    tables, _ = registers.read_tables(books, {"Карта": Location()})
    assert not problems
    assert [cell.text for cell in tables["Карта"].rows[1].cells if cell] == ["1", "новое"]


@pytest.mark.parametrize("name", ["Пары.xlsm", "Пары.xlsx", "Пары.csv"])
def test_a_register_that_lies_in_another_file_alone_is_told(folder: Path, name: str) -> None:
    write_book(folder / name, {"Пары": [["Форма"], ["педагог – педагог"]]})
    age(folder / name, folder / BOOK, -HOUR)
    (problem,) = beside(folder)
    assert problem.code == "unread-book"
    assert "лист «Пары» есть только в нём" in problem.message


def test_a_book_of_ones_own_schema_is_no_copy(folder: Path) -> None:
    own = shipped_schemas() | {
        "кружки": schema_of("Наставничество кружки.xlsx", "Кружки"),
    }
    write_book(folder / "Наставничество кружки.xlsx", {"Кружки": [["Имя"]], "Пары": [["Форма"]]})
    books = registers.open_books(folder, shown="registers/дом")
    kept, problems = registers.without_copies(books, own)
    assert not problems
    assert len(kept.books) == 2
