"""Withdrawn consents and demands about personal data in the eventful school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from tests.support.builders import Cell


def _day(day: int) -> dt.datetime:
    return dt.datetime(2026, 11, day)  # noqa: DTZ001 - a day of a cell has no zone


APPEALS: Final[tuple[Mapping[str, Cell], ...]] = (
    {
        "номер": "15",
        "поступило": _day(2),
        "вид": "отзыв согласия",
        "заявитель": "Коваль Денис Олегович",
        "цель": "Муниципальный банк",
        "согласие_от": dt.datetime(2026, 9, 8),  # noqa: DTZ001 - a day of a cell has no zone
        "места": "список участников в папке куратора",
        "прекращено": _day(12),
        "акт": "акт от 12 ноября 2026 г. № 2",
        "получателю": _day(3),
        "ответ": _day(13),
    },
    {
        "номер": "16",
        "поступило": _day(2),
        "вид": "требование прекратить обработку",
        "заявитель": "Фёдорова Анна Ильинична",
        "цель": "Муниципальный банк",
        "продлено": "Данные переданы в банк, подтверждение получателя ещё не пришло",
    },
    {
        "номер": "17",
        "поступило": _day(2),
        "вид": "требование прекратить распространение",
        "заявитель": "Мицкевич Алина Руслановна",
        "ресурс": "Страница наставничества",
        "данные": "фотография с мероприятия; должность",
        "прекращено": _day(5),
        "ответ": _day(5),
    },
)
