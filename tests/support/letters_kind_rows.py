"""What a clerk types to get letters, texts about mentoring and papers of classes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

Row = tuple[str, Mapping[str, Any]]

_PARTNER: Final[Row] = ("Организации", {"Краткое название": "МБУ «Центр»"})
_TEXT: Final[Row] = (
    "Тексты приложений",
    {"Приказ": "О сведениях", "Как": "абзац", "Текст": "Сообщаем о семинаре."},
)


def _letter(template: str) -> Row:
    return (
        "Бумаги",
        {
            "Краткое имя": "О сведениях",
            "Чем заполняется": template,
            "Что это": "письмо",
            "Дата": dt.date(2026, 10, 5),
            "Заголовок": "О наставничестве",
            "Получатели": "МБУ «Центр»",
        },
    )


def _school(template: str) -> Sequence[Row]:
    """Return the order of a school of mentors with an appendix, a class and who takes part."""
    name = "О Школе наставников"
    heading = "Программа Школы наставников"
    return [
        (
            "Приказы",
            {
                "Краткое имя": name,
                "Номер": "151-од",
                "Дата": dt.date(2026, 9, 3),
                "О чём": "свой текст",
                "Заголовок": "О Школе наставников",
                "Состояние": "на подписи",
            },
        ),
        ("Пункты", {"Приказ": name, "№": "1", "Что сделать": heading, "Приложение": "да"}),
        (
            "Приложения",
            {
                "Приказ": name,
                "Что это": "программа",
                "Заголовок": heading,
                "Чем заполняется": template,
            },
        ),
        (
            "Занятия слушателей",
            {
                "Приказ": name,
                "Тема": "Правовые основы",
                "Часы: лекция": 2,
                "Дата": dt.date(2026, 10, 8),
                "Присутствовали": "Петрова Анна Сергеевна",
            },
        ),
        (
            "Слушатели занятий",
            {"Приказ": name, "Слушатель": "Петрова Анна Сергеевна", "Сертификат": "да"},
        ),
    ]


LETTERS_KIND_ROWS: Final[Mapping[str, Sequence[Row]]] = {
    "информационное_письмо": [_PARTNER, _letter("информационное письмо"), _TEXT],
    "обращение_к_партнёру": [_PARTNER, _letter("обращение к партнёру")],
    "список_рассылки": [_PARTNER, _letter("информационное письмо"), _TEXT],
    "программа_школы_наставников": _school("программа школы наставников"),
    "сертификат_участника": _school("программа школы наставников"),
    "список_слушателей": _school("список слушателей"),
    "явочный_лист": _school("программа школы наставников"),
    "письмо_со_сведениями": [_PARTNER, _letter("письмо со сведениями")],
}
"""The rows by kind."""
