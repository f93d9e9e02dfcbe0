"""Changes of a school's book, in words: values typed, rows added and repeated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeAlias

from tests.support.builders import Cell
from tests.support.typed_books import TypedBook
from tests.support.year_school import day

Change: TypeAlias = Callable[[TypedBook], object]
CARD: Final = "Организация"
ACTS: Final = "Акты"


def put(sheet: str, *cells: tuple[str, int, Cell]) -> Change:
    """Type values into cells, each by header and row."""

    def change(book: TypedBook) -> None:
        for header, row, value in cells:
            book.put(sheet, header, row, value)

    return change


def both(first: Change, second: Change) -> Change:
    """Make two changes."""

    def change(book: TypedBook) -> None:
        first(book)
        second(book)

    return change


def at(sheet: str, cell: str, value: str) -> Change:
    """Type a value into a cell by its address."""

    def change(book: TypedBook) -> None:
        book[sheet][cell] = value

    return change


def fact(*values: Cell) -> Change:
    """Add a row to the card."""
    return lambda book: book[CARD].append(list(values))


def of_last_fact(**cells: dt.date | None) -> Change:
    """Change the last row of the card by columns."""

    def change(book: TypedBook) -> None:
        for column, value in cells.items():
            book[CARD][f"{column}{book[CARD].max_row}"] = value

    return change


def row(sheet: str, **cells: Cell) -> Change:
    """Add a row."""
    return lambda book: book.add(sheet, **cells)


def act(name: str, kind: str, issuer: str, dated: str, number: str, title: str = "") -> Change:
    """Add an act of one's own."""
    return lambda book: book.add(
        ACTS,
        Краткое_имя=name,
        Вид=kind,
        Кто_издал=issuer,
        Дата=day(dated),
        Номер=number,
        Название=title,
    )


def again(sheet: str, number: int) -> Change:
    """Repeat a row below the last one."""

    def change(book: TypedBook) -> None:
        book[sheet].append([cell.value for cell in book[sheet][number]])

    return change
