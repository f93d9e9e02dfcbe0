"""Read the registers as a script does: openpyxl, values as they stand, one paper after another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks.workloads import (
    APPENDICES_SHEET,
    HEAD,
    ORDERS_SHEET,
    PEOPLE_SHEET,
    POINTS_SHEET,
    PREAMBLE_SHEET,
)

Values = dict[str, Any]
Sheet = list[dict[str, Any]]

CONSENT, ORDER, ROADMAP = "consent", "order", "roadmap"
FIELDS = ("number", "work", "term", "who", "result")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to make: the name of its file, its template, what its tags read."""

    name: str
    template: str
    values: Values


def read_consents(book: Path) -> Iterator[Paper]:
    """Yield a consent for each person but the head."""
    with _opened(book) as sheets:
        for person in sheets(PEOPLE_SHEET):
            if person["Фамилия Имя Отчество"] != HEAD.name:
                yield _consent(person)


def read_orders(book: Path) -> Iterator[Paper]:
    """Yield each order and its roadmap."""
    with _opened(book) as sheets:
        points: dict[str, list[str]] = {}
        for row in sheets(POINTS_SHEET):
            points.setdefault(row["Приказ"], []).append(row["Что сделать"])
        preambles = {row["Приказ"]: row["Текст"] for row in sheets(PREAMBLE_SHEET)}
        roadmaps = {row["Приказ"]: row for row in sheets(APPENDICES_SHEET)}
        for order in sheets(ORDERS_SHEET):
            key = order["Краткое имя"]
            common = {"number": order["Номер"], "date": _day(order["Дата"])}
            told = {"title": order["Заголовок"], "preamble": preambles[key]}
            texts = {f"point{place}": text for place, text in enumerate(points[key], 1)}
            name = f"{key} - Приказ № {common['number']} от {common['date']}"
            yield Paper(name, ORDER, common | told | texts)
            roadmap = roadmaps[key]
            rows = [
                dict(zip(FIELDS, row.values(), strict=True))
                for row in sheets(roadmap["Лист с таблицей"])
            ]
            values = common | {"heading": roadmap["Заголовок"], "rows": rows}
            yield Paper(f"{key} - Приложение № {roadmap['№']}", ROADMAP, values)


READERS: Mapping[str, Callable[[Path], Iterator[Paper]]] = {
    "consents": read_consents,
    "orders": read_orders,
}


def read_papers(sort: str, book: Path, count: int) -> list[Paper]:
    """Return the first papers of a workbook."""
    return list(islice(READERS[sort](book), count))


class _opened:  # noqa: N801 - used as a function
    """A workbook that gives its sheets as lists of rows by header."""

    def __init__(self, book: Path) -> None:
        self.book = openpyxl.load_workbook(book, read_only=True, data_only=True)

    def __enter__(self) -> Callable[[str], Sheet]:
        return self._sheet

    def __exit__(self, *_: object) -> None:
        self.book.close()

    def _sheet(self, name: str) -> Sheet:
        header, *rows = self.book[name].iter_rows(values_only=True)
        names = [str(value) for value in header]
        return [dict(zip(names, row, strict=True)) for row in rows]


def _consent(person: Mapping[str, Any]) -> Paper:
    surname, first, father = person["Фамилия Имя Отчество"].split()
    values = {
        "name": person["Фамилия Имя Отчество"],
        "initials": f"{first[0]}.{father[0]}. {surname}",
        "post": person["Должность"],
        "passport": person["Паспорт"],
        "address": person["Адрес"],
    }
    return Paper(f"Согласия - {person['Таб. №']}", CONSENT, values)


def _day(value: dt.datetime) -> str:
    return f"{value:%d.%m.%Y}"
