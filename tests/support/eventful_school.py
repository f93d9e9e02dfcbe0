"""The shipped school in a year in which much happens: pairs end, are replaced, added, prolonged."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from tests.support.builders import ROOT, Cell, shipped_schemas
from tests.support.small_root import BOOK

NAME: Final = "eventful"
_ADULTS, _READY = "педагог – педагог", "на подписи"
_ACQUAINTED: Final = (
    "участники; Левченко Ирина Юрьевна; Дорохина Вера Степановна; Сухих Галина Павловна"
)
_PAY: Final[Mapping[str, Cell]] = {
    "оформление": "доп. соглашение",
    "выплата": "10 % оклада",
    "источник": "фонд оплаты труда, стимулирующая часть",
    "период_выплаты": "ежемесячно, пропорционально отработанному времени",
    "пункт_оплаты": "4.6",
}


def day(text: str) -> dt.datetime:
    """Return a day written as 01.09.2026."""
    return dt.datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - a day of a cell has no zone


def order(name: str, number: str, dated: str, about: str, heading: str, **more: Cell) -> dict[str, Cell]:
    """Return a row of «Приказы»."""
    row: dict[str, Cell] = {
        "имя": name,
        "вид": "приказ",
        "серия": "основная деятельность",
        "номер": number,
        "дата": day(dated),
        "о_чём": about,
        "заголовок": heading,
        "контроль": "за собой",
        "исполнитель": "Сухих Галина Павловна",
        "состояние": _READY,
    }
    return row | more


ORDERS: Final = (
    order(
        "О дополнительных парах",
        "180-од",
        "12.10.2026",
        "дополнительные пары педагогов",
        "О закреплении дополнительных наставнических пар",
        изменяет="О парах педагогов",
        ознакомить=_ACQUAINTED,
    ),
    order(
        "О прекращении",
        "215-од",
        "27.11.2026",
        "прекращение наставничества",
        "О прекращении наставничества",
        изменяет="О парах педагогов",
        ознакомить=_ACQUAINTED,
    ),
    order(
        "О замене",
        "214-од",
        "27.11.2026",
        "замена наставника",
        "О замене наставника",
        изменяет="О парах педагогов",
        ознакомить=_ACQUAINTED,
    ),
)
PAIRS: Final[tuple[dict[str, Cell], ...]] = (
    {
        "форма": _ADULTS,
        "наставник": "Савицкая Татьяна Львовна",
        "наставляемый": "Иванова-Белых Зоя Петровна",
        "цель": "адаптация молодого специалиста",
        "с": day("15.10.2026"),
        "по": day("28.05.2027"),
        "приказ": "О дополнительных парах",
        **_PAY,
    },
    {
        "форма": _ADULTS,
        "наставник": "Черных Наталья Викторовна",
        "наставляемый": "Коваль Денис Олегович",
        "цель": "адаптация молодого специалиста",
        "с": day("01.12.2026"),
        "по": day("28.05.2027"),
        "приказ": "О замене",
        "вместо": "Шевченко – Коваль",
        **_PAY,
    },
)
STAFF: Final[tuple[dict[str, Cell], ...]] = (
    {
        "фио": "Иванова-Белых Зоя Петровна",
        "должность": "педагог-организатор",
        "таб": "258",
        "договор_номер": "40/26",
        "договор_дата": day("05.10.2026"),
        "с": day("05.10.2026"),
    },
)
ENDINGS: Final[Mapping[str, dict[str, Cell]]] = {
    "Шевченко Олег Игоревич": {
        "прекращена": day("01.12.2026"),
        "причина": "отказ наставника",
        "инициатор": "работник",
        "уведомлён": day("23.11.2026"),
    },
    "Заяц Виктор Степанович": {
        "прекращена": day("01.12.2026"),
        "причина": "отмена",
        "инициатор": "работодатель",
        "уведомлён": day("25.11.2026"),
        "прекращена_приказом": "О прекращении",
    },
}
"""What is typed into the rows of pairs that end, by their mentors."""


@functools.cache
def eventful_school() -> Path:
    """Return the folder of the workspace, written once for all tests of a run."""
    folder = Path(tempfile.mkdtemp()) / NAME
    shutil.copytree(ROOT / "registers" / "school", folder)
    book = load_workbook(folder / BOOK)
    for register, rows in (("сотрудники", STAFF), ("приказы", ORDERS), ("пары", PAIRS)):
        for row in rows:
            _append(book, register, row)
    for mentor, cells in ENDINGS.items():
        _extend(book, mentor, cells)
    book.save(folder / BOOK)
    return folder


def _columns(sheet: Any, register: str) -> dict[str, int]:
    """Return the places of columns by their names; headers that are absent are added."""
    places = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    for column in shipped_schemas()[register].columns:
        if column.header not in places:
            places[column.header] = len(places) + 1
            sheet.cell(1, places[column.header], column.header)
    return {one.name: places[one.header] for one in shipped_schemas()[register].columns}


def _append(book: Any, register: str, row: Mapping[str, Cell]) -> None:
    sheet = book[shipped_schemas()[register].sheet]
    places = _columns(sheet, register)
    number = 1 + max(cell.row for cell in sheet["A"] if cell.value)
    for name, value in row.items():
        sheet.cell(number, places[name], value)


def _extend(book: Any, mentor: str, cells: Mapping[str, Cell]) -> None:
    sheet = book[shipped_schemas()["пары"].sheet]
    places = _columns(sheet, "пары")
    (row,) = [
        number
        for number in range(2, sheet.max_row + 1)
        if sheet.cell(number, places["наставник"]).value == mentor
    ][:1]
    for name, value in cells.items():
        sheet.cell(row, places[name], value)


