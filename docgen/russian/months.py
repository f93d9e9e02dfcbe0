"""The months as dates have them: a library to look them up takes 60 ms to load."""

from __future__ import annotations

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
