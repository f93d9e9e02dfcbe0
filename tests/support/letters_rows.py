"""Rows for letters, for texts about mentoring and for classes: what the eventful school sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.support.builders import Cell, shipped_schemas

_CENTRE: Final = "МБУ «Информационно-методический центр»"
_WORKS: Final = "АО «Озёрский завод»"
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
        {
            "имя": "О Дне наставника",
            "шаблон": "информационное письмо",
            "вид": "письмо",
            "номер": "240",
            "дата": _day("09.11.2026"),
            "заголовок": "О Дне наставника",
            "получатели": f"{_CENTRE}; Управление образования администрации города Верхнеозёрска",
            "ответить_до": _day("01.02.2027"),
            "вложения": "на 2 л. в 1 экз.",
            "исполнитель": _SECRETARY,
        },
        {
            "имя": "Обращение к заводу",
            "шаблон": "обращение к партнёру",
            "вид": "письмо",
            "номер": "239",
            "дата": _day("02.11.2026"),
            "заголовок": "О наставничестве с участием организаций-партнёров",
            "получатели": _WORKS,
            "ответить_до": _day("20.11.2026"),
            "исполнитель": _SECRETARY,
        },
    ),
    "организации": ({"краткое": _WORKS, "полное": "Акционерное общество «Озёрский завод»"},),
    "тексты": (
        {
            "приказ": "О Дне наставника",
            "как": "абзац",
            "текст": "Сообщаем, что 2 марта 2027 г. в МБОУ СОШ № 5 пройдёт День наставника.",
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
