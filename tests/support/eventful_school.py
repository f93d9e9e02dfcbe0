"""The shipped school in a year in which much happens: pairs end, are replaced, added, prolonged."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from tests.support import group_rows
from tests.support.appeal_rows import APPEALS
from tests.support.builders import ROOT, Cell, shipped_schemas
from tests.support.forms_rows import add_form_rows
from tests.support.letters_rows import LETTERS_ROWS, write_signatures
from tests.support.monitor_rows import MONITOR_ROWS
from tests.support.signed_rows import PAIRS_2025, SIGNED_ROWS, allow_names, archive_orders
from tests.support.small_root import BOOK
from tests.support.year_orders import day, order

NAME: Final = "eventful"
_ADULTS = "педагог – педагог"
_ELSEWHERE: Final = "подписан без docgen"
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

ORDERS: Final = (
    order(
        "О Положении 2024",
        "63-од",
        "30.08.2024",
        "свой текст",
        "Об утверждении Положения о наставничестве",
        состояние=_ELSEWHERE,
    ),
    order(
        "Об изменениях 2025",
        "71-од",
        "02.09.2025",
        "внесение изменений",
        "О внесении изменений в Положение о наставничестве",
        изменяет="О Положении 2024",
        состояние=_ELSEWHERE,
    ),
    order(
        "О методической работе",
        "140-од",
        "28.08.2026",
        "свой текст",
        "О методической работе",
        состояние=_ELSEWHERE,
    ),
    order(
        "Об изменениях",
        "218-од",
        "02.12.2026",
        "внесение изменений",
        "О внесении изменений в приказ МБОУ СОШ № 5 от 28 августа 2026 г. № 140-од",
        изменяет="О методической работе",
        вступает_в_силу=day("07.12.2026"),
        ознакомить="Левченко Ирина Юрьевна; Сухих Галина Павловна",
    ),
    order(
        "О семинаре",
        "190-од",
        "20.10.2026",
        "свой текст",
        "О проведении семинара наставников",
        состояние=_ELSEWHERE,
    ),
    order(
        "Об утрате силы",
        "151-од",
        "31.08.2026",
        "признание утратившим силу",
        "О признании утратившими силу некоторых приказов",
        изменяет="О Положении 2024",
    ),
    order(
        "Об отмене семинара",
        "196-од",
        "03.11.2026",
        "отмена приказа",
        "Об отмене приказа от 20 октября 2026 г. № 190-од",
        изменяет="О семинаре",
    ),
    order(
        "О прекращении по соглашению",
        "12-од",
        "29.01.2027",
        "прекращение наставничества",
        "О прекращении наставничества",
        изменяет="О парах педагогов",
        ознакомить=_ACQUAINTED,
    ),
    order(
        "О продлении",
        "95-од",
        "20.05.2027",
        "продление наставничества",
        "О продлении наставничества",
        изменяет="О парах педагогов",
        ознакомить=_ACQUAINTED,
    ),
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
CHANGES: Final[tuple[dict[str, Cell], ...]] = tuple(
    {**dict(zip(("где", "вид", "было", "стало"), cells, strict=True)), "приказ": "Об изменениях"}
    for cells in (
        ("пункт 2", "заменить слова", "до 1 октября", "до 15 октября"),
        ("пункт 3", "изложить", None, "3. Утвердить план «Школа наставника».\nПлан прилагается."),
        ("пункт 4.1", "дополнить", None, "4.1. Провести семинар."),
        ("подпункт 5.2", "утратил силу", None, None),
        (
            "строка 7 таблицы приложения № 1",
            "изложить строку",
            None,
            "7 | Открытые уроки | апрель 2027 г. | Левченко И.Ю.",
        ),
        ("приложение № 2", "новая редакция приложения", None, None),
    )
)
REASONS: Final[tuple[dict[str, Cell], ...]] = (
    {
        "приказ": "Об отмене семинара",
        "оборот": "В связи с",
        "текст": "переносом семинара на 2027/2028 учебный год",
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
    "Цой Валентин Денисович": {
        "прекращена": day("01.02.2027"),
        "причина": "другое",
        "инициатор": "соглашение",
        "соглашение_номер": "7",
        "соглашение_дата": day("14.09.2026"),
        "прекращена_приказом": "О прекращении по соглашению",
    },
    "Толстых Андрей Николаевич": {
        "соглашение_номер": "6",
        "соглашение_дата": day("14.09.2026"),
        "продлена": day("30.06.2027"),
        "продлена_приказом": "О продлении",
    },
}
"""What is typed into the rows of pairs that end or go on, by their mentors."""


@functools.cache
def eventful_school() -> Path:
    """Return the folder of the workspace, written once for all tests of a run."""
    folder = Path(tempfile.mkdtemp()) / NAME
    shutil.copytree(ROOT / "registers" / "school", folder)
    book = load_workbook(folder / BOOK)
    written = {"сотрудники": STAFF, "приказы": ORDERS, "преамбула": REASONS, "пары": PAIRS}
    written["изменения"] = CHANGES
    added = (*LETTERS_ROWS.items(), *group_rows.ROWS.items(), *MONITOR_ROWS.items())
    for register, rows in (*written.items(), *added):
        for row in rows:
            _append(book, register, row)
    for mentor, cells in (*ENDINGS.items(), *group_rows.RESULTS.items()):
        _extend(book, mentor, cells)
    for register, signed_rows in {**SIGNED_ROWS, "обращения": APPEALS}.items():
        for signed in signed_rows:
            _append(book, register, signed)
    add_form_rows(book)
    book.save(folder / BOOK)
    write_signatures(folder)
    allow_names(folder)
    archive_orders(folder, PAIRS_2025)
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
    title = shipped_schemas()[register].sheet
    sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
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
