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


LETTERS_KIND_ROWS: Final[Mapping[str, Sequence[Row]]] = {
    "информационное_письмо": [_PARTNER, _letter("информационное письмо"), _TEXT],
    "обращение_к_партнёру": [_PARTNER, _letter("обращение к партнёру")],
    "список_рассылки": [_PARTNER, _letter("информационное письмо"), _TEXT],
    "письмо_со_сведениями": [_PARTNER, _letter("письмо со сведениями")],
}
"""The rows by kind."""
