"""Sheets, columns and files as people leave them, put one by one into the year of a school."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table

from tests.support.book_changes import Change
from tests.support.book_surgery import packed, parts_of
from tests.support.small_root import BOOK
from tests.support.typed_books import TypedBook, set_age
from tests.support.year_months import MONTHS
from tests.support.year_school import Clerk
from tests.year.conftest import PutIn, restored

Fault: TypeAlias = tuple[str, Change, Sequence[str]]

ROWS, PEOPLE, ORDERS, POINTS, CHILDREN = (
    "Пары",
    "Сотрудники",
    "Приказы",
    "Пункты",
    "Дети и родители",
)


def rename(sheet: str, title: str) -> Change:
    return lambda book: book.rename(sheet, title)


def drop(sheet: str) -> Change:
    return lambda book: book.drop(sheet)


def retitle(sheet: str, header: str, other: str | None) -> Change:
    """Give a column another header; ``None`` deletes it."""
    return lambda book: book.retitle(sheet, header, other)


def with_two_copies(book: TypedBook) -> None:
    book.book.copy_worksheet(book[ROWS]).title = "Пары (1)"
    book.rename(ROWS, "Пары (2)")


def with_copy(sheet: str) -> Change:
    """Leave a copy of a sheet beside it, as Excel does."""
    return lambda book: book.book.copy_worksheet(book[sheet])


SHEETS: Mapping[str, Fault] = {
    **{
        f"{sheet} called {title}": (
            month,
            rename(sheet, title),
            [f"ошибка missing-sheet {title}"],
        )
        for month, sheet, title in (
            ("согласия", ROWS, "Пары 2026"),
            ("согласия", ROWS, "Пары (2)"),
            ("согласия", ROWS, "Пары_2026"),
            ("согласия", ROWS, "Пapы"),
            ("согласия", ROWS, "Лист4"),
            ("октябрь", CHILDREN, "Обучающиеся"),
            ("август", "Приложения", "Приложения 1"),
            ("август", "Грифы", "Гриф"),
            ("октябрь", "Цели обработки", "Цели"),
            ("декабрь", POINTS, "Пункты приказов"),
            ("декабрь", "Преамбула", "Преамбулы"),
            ("август", "Акты", "НПА"),
            ("август", ORDERS, "Журнал"),
            ("август", PEOPLE, "Кадры"),
            ("август", "Организация", "Наша школа"),
            ("август", "Настройки", "Параметры"),
        )
    },
    "two copies and no original": (
        "согласия",
        with_two_copies,
        ["ошибка missing-sheet Пары (2)"],
    ),
    "a blank behind the title": ("согласия", rename(ROWS, "Пары "), []),
    "a copy beside": ("согласия", with_copy(ROWS), []),
    "a copy of the card beside": ("август", with_copy("Организация"), []),
    "no pairs left": (
        "согласия",
        lambda book: book[ROWS].delete_rows(2, 20),
        ["ошибка order-empty Приказы: О чём 4"],
    ),
    "the sheet of pairs deleted": (
        "согласия",
        drop(ROWS),
        ["ошибка order-empty Приказы: О чём 4", f"предупреждение lost-sheet {BOOK}"],
    ),
    "pairs of another form": (
        "октябрь",
        lambda book: book.put(ORDERS, "О чём", 5, "закрепление пар педагогов"),
        [
            "ошибка order-empty Приказы: О чём 5",
            *(f"ошибка order-empty Пары: Форма {row}" for row in (8, 9, 10)),
        ],
    ),
    "the table of an appendix renamed": (
        "август",
        rename("Дорожная карта", "Карта"),
        ["ошибка missing-sheet Приложения: Лист с таблицей 3"],
    ),
    "the sheet of marks deleted": (
        "август",
        drop("Грифы"),
        [f"предупреждение lost-sheet {BOOK}"],
    ),
}


# --- hidden rows -----------------------------------------------------------------------------


def hide(book: TypedBook) -> None:
    for row in (3, 4):
        book[ROWS].row_dimensions[row].hidden = True


def filter_sheet(book: TypedBook) -> None:
    hide(book)
    book[ROWS].auto_filter.ref = "A1:O7"
    book[ROWS].auto_filter.add_filter_column(0, ["ученик – ученик"])


def filter_table(book: TypedBook) -> None:
    hide(book)
    sheet = book[ROWS]
    # A table has a header of its own over each column.
    sheet["A1"].parent.delete_cols(20)
    table = Table(displayName="Пары", ref="A1:L7")
    table.autoFilter = AutoFilter(ref="A1:L7")
    table.autoFilter.add_filter_column(0, ["ученик – ученик"])
    sheet.add_table(table)


def filter_by_criteria(book: TypedBook) -> None:
    hide(book)
    name = DefinedName("_xlnm._FilterDatabase", attr_text="'Пары'!$A$1:$O$7", hidden=True)
    book[ROWS].defined_names.add(name)


def pass_over(book: TypedBook) -> None:
    hide(book)
    book["Настройки"].append(["Скрытые строки", "пропускать"])


HIDDEN: Mapping[str, Fault] = {
    **{
        name: ("согласия", change, ["напоминание filtered-rows Пары"])
        for name, change in {
            "filter of the sheet": filter_sheet,
            "filter of a table": filter_table,
            "advanced filter": filter_by_criteria,
        }.items()
    },
    "rows hidden by hand": ("согласия", hide, ["предупреждение hidden-rows Пары"]),
    "rows of a folded group": (
        "согласия",
        lambda book: book[ROWS].row_dimensions.group(3, 4, outline_level=1, hidden=True),
        ["предупреждение hidden-rows Пары"],
    ),
    "hidden rows passed over": ("согласия", pass_over, ["предупреждение hidden-rows Пары"]),
    "a folded sheet of rows that nobody prints": (
        "август",
        lambda book: book[ROWS].row_dimensions.group(3, 4, outline_level=1, hidden=True),
        [],
    ),
}


# --- columns ---------------------------------------------------------------------------------


def headed_lower(sheet: str) -> Change:
    """Put two lines above the headers."""

    def change(book: TypedBook) -> None:
        book[sheet].insert_rows(1, 2)
        book[sheet]["A1"] = "Список на 2026/2027 учебный год"

    return change


def merged_title(book: TypedBook) -> None:
    book[PEOPLE].insert_rows(1)
    book[PEOPLE]["A1"] = "Сотрудники школы"
    book[PEOPLE].merge_cells("A1:E1")


def numbered(book: TypedBook) -> None:
    """Paste the list with a column of numbers first."""
    sheet = book[PEOPLE]
    sheet.insert_cols(1)
    sheet["A1"] = "№ п/п"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = row - 1


def with_empty_rows(book: TypedBook) -> None:
    book[ROWS].insert_rows(4, 2)
    book[ORDERS].insert_rows(3)


COLUMNS: Mapping[str, Fault] = {
    "posts as staff lists head them": (
        "согласия",
        retitle(PEOPLE, "Должность", "Должность по штатному расписанию"),
        [],
    ),
    **{
        f"{header} of {sheet} is now {other}": (
            month,
            retitle(sheet, header, other),
            [f"ошибка lost-column {sheet}{place}"],
        )
        for month, sheet, header, other, place in (
            ("согласия", PEOPLE, "Должность", None, ""),
            ("согласия", PEOPLE, "Должность", "Кем работает", ""),
            ("согласия", PEOPLE, "Должность", "Должнасть", " C1"),
            ("согласия", PEOPLE, "Должность", "Должнoсть", " C1"),
            ("август", ORDERS, "Контроль", None, ""),
            ("август", ORDERS, "Контроль", "Контроль (кто)", " J1"),
            ("декабрь", POINTS, "Кому", None, ""),
            ("декабрь", POINTS, "Кому", "Исполнителю", ""),
            ("согласия", ROWS, "Закреплена приказом", None, ""),
            ("согласия", ROWS, "Выплата", None, ""),
        )
    },
    "a required column deleted": (
        "согласия",
        retitle(ROWS, "Цель (направление)", None),
        ["ошибка missing-column Пары A1"],
    ),
    "a Latin letter for a header": (
        "согласия",
        retitle(ROWS, "С", "C"),
        ["ошибка missing-column Пары F1"],
    ),
    "headers two lines lower": ("согласия", headed_lower(ROWS), []),
    "people two lines lower": ("согласия", headed_lower(PEOPLE), []),
    "a merged title above": ("согласия", merged_title, []),
    "a column moved to the end": (
        "согласия",
        lambda book: book[ROWS].move_range("E1:E20", cols=20),
        [],
    ),
    "people with numbers first": ("согласия", numbered, []),
    "empty rows between": ("согласия", with_empty_rows, []),
}
FAULTS: Final = {**SHEETS, **HIDDEN, **COLUMNS}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_sheet_is_said_in_one_line(put_in: PutIn, name: str) -> None:
    month, change, remarks = FAULTS[name]
    assert put_in(month, change) == sorted(remarks)


# --- books -----------------------------------------------------------------------------------

FilesIn: TypeAlias = Callable[[Path], object]
HOUR = 3600


def copied(name: str, age: int) -> FilesIn:
    """Leave a copy of the book beside it, saved so many seconds after it."""

    def change(folder: Path) -> None:
        set_age(Path(shutil.copy(folder / BOOK, folder / name)), folder / BOOK, age)

    return change


def left(name: str, age: int) -> FilesIn:
    """Leave some file beside the book."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(b"x")
        set_age(folder / name, folder / BOOK, age)

    return change


def strict(folder: Path) -> None:
    """Save the book as strict Open XML."""
    renamed = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"spreadsheetml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"officeDocument/relationships",
        ),
    )
    parts = parts_of((folder / BOOK).read_bytes())
    for usual, own in renamed:
        place = b"http://purl.oclc.org/ooxml/" + own
        parts = {name: part.replace(usual, place) for name, part in parts.items()}
    (folder / BOOK).write_bytes(packed(parts))


BOOKS: Mapping[str, tuple[FilesIn, Sequence[str]]] = {
    **{
        f"{name} {'newer' if age > 0 else 'older'}": (
            (copied if name.endswith(("x", "xlsm")) else left)(name, age),
            [f"{'предупреждение unread-book' if age > 0 else 'напоминание copy-beside'} {name}"],
        )
        for name in (
            "Наставничество (2).xlsx",
            "Копия Наставничество.xlsx",
            "Наставничество новое.xlsx",
            "Наставничество.xlsm",
            "Наставничество.ods",
            "Наставничество.csv",
            "Пары.csv",
        )
        for age in (HOUR, -HOUR)
    },
    "a PDF of the same name": (left("Наставничество.pdf", HOUR), []),
    "a strict book": (strict, []),
    "the book renamed": (
        lambda folder: (folder / BOOK).rename(folder / "Наставничество (2).xlsx"),
        [f"ошибка missing-sheet {BOOK}"],
    ),
    "the book saved with macros": (
        lambda folder: (folder / BOOK).rename(folder / "Наставничество.xlsm"),
        [f"ошибка missing-sheet {BOOK}"],
    ),
    "the book in capitals": (
        lambda folder: (folder / BOOK).rename(folder / "НАСТАВНИЧЕСТВО.XLSX"),
        [],
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_files_beside_the_book_are_named(year: dict[str, Path], name: str) -> None:
    change, remarks = BOOKS[name]
    clerk = Clerk(year["согласия"])
    book = TypedBook(clerk.workspace)
    with restored(clerk.workspace):
        change(clerk.workspace)
        found = clerk.check(MONTHS["согласия"].on).problems
    assert [book.remark(one) for one in found] == list(remarks)


@pytest.mark.parametrize(("now", "then"), [("март", "октябрь"), ("июнь", "ноябрь")])
def test_a_book_of_an_earlier_month_is_one_line(year: dict[str, Path], now: str, then: str) -> None:
    clerk = Clerk(year[now])
    with restored(clerk.workspace):
        shutil.copy(year[then] / "школа" / BOOK, clerk.workspace / BOOK)
        book = TypedBook(clerk.workspace)
        found = clerk.check(MONTHS[now].on).problems
    assert [book.remark(one) for one in found] == ["предупреждение book-older Приказы"]
