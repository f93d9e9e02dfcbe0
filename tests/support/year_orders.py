"""Rows of «Приказы» and days of cells for schools of tests."""

from __future__ import annotations

import datetime as dt

from tests.support.builders import Cell


def day(text: str) -> dt.datetime:
    """Return a day written as 01.09.2026."""
    return dt.datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - a day of a cell has no zone


def order(
    name: str, number: str, dated: str, about: str, heading: str, **more: Cell
) -> dict[str, Cell]:
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
        "состояние": "на подписи",
    }
    return row | more
