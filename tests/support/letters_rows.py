"""Rows for letters, for texts about mentoring and for classes: what the eventful school sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.support.builders import Cell, shipped_schemas

_CENTRE: Final = "МБУ «Информационно-методический центр»"
_CURATOR, _SECRETARY = "Левченко Ирина Юрьевна", "Сухих Галина Павловна"


def _day(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - a day of a cell has no zone


LETTERS_ROWS: Final[Mapping[str, tuple[dict[str, Cell], ...]]] = {
    "бумаги": (
        {
            "имя": "Сведения о парах",
            "шаблон": "письмо со сведениями",
            "вид": "письмо",
            "номер": "231",
            "дата": _day("20.10.2026"),
            "заголовок": "О направлении сведений о наставничестве",
            "получатели": _CENTRE,
            "основание": "пункт 4.1 приказа управления образования от 3 сентября 2026 г. № 543",
            "исполнитель": _SECRETARY,
        },
    ),
}
"""The rows by register."""

_AGREED: Final = (
    "Шевченко Олег Игоревич",
    "Коваль Денис Олегович",
    "Черных Наталья Викторовна",
    "Кузнецова Ольга Николаевна|таб. 247",
    "Заяц Виктор Степанович",
)
"""Who has consented to the bank of the centre; the last one's mentee has not."""


def write_signatures(folder: Path) -> None:
    """Write the register of signatures: the consents that have come back."""
    schema = shipped_schemas()["подписи"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = schema.sheet
    names = [column.name for column in schema.columns]
    sheet.append([column.header for column in schema.columns])
    for person in _AGREED:
        row: dict[str, Cell] = {
            "бумага": "Согласие на обработку персональных данных",
            "подписывает": person,
            "подписано": _day("09.09.2026"),
            "ключ_бумаги": f"согласие_на_обработку_данных|{person}|Муниципальный банк",
            "ключ_подписи": f"субъект персональных данных|сотрудники/{person}",
        }
        sheet.append([row.get(name) for name in names])
    book.save(folder / schema.workbook)
