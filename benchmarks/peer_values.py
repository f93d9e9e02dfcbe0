"""The values that peers print, read from the registers as a script does: openpyxl, cell by cell."""

from __future__ import annotations

import contextlib
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
class PeerDocument:
    """A document to make: the name of its file, its template, the values of its tags."""

    name: str
    template: str
    values: Values


def read_consents(book: Path) -> Iterator[PeerDocument]:
    """Yield a consent for each person but the head."""
    with _open_read_sheet(book) as read_sheet:
        for person in read_sheet(PEOPLE_SHEET):
            if person["Фамилия Имя Отчество"] != HEAD.name:
                yield _consent(person)


def read_orders(book: Path) -> Iterator[PeerDocument]:
    """Yield each order and its roadmap."""
    with _open_read_sheet(book) as read_sheet:
        points: dict[str, list[str]] = {}
        for row in read_sheet(POINTS_SHEET):
            points.setdefault(row["Приказ"], []).append(row["Что сделать"])
        preambles = {row["Приказ"]: row["Текст"] for row in read_sheet(PREAMBLE_SHEET)}
        roadmaps = {row["Приказ"]: row for row in read_sheet(APPENDICES_SHEET)}
        for order in read_sheet(ORDERS_SHEET):
            key = order["Краткое имя"]
            common = {"number": order["Номер"], "date": _day(order["Дата"])}
            heading = {"title": order["Заголовок"], "preamble": preambles[key]}
            texts = {f"point{place}": text for place, text in enumerate(points[key], 1)}
            name = f"{key} - Приказ № {common['number']} от {common['date']}"
            yield PeerDocument(name, ORDER, common | heading | texts)
            roadmap = roadmaps[key]
            rows = [
                dict(zip(FIELDS, row.values(), strict=True))
                for row in read_sheet(roadmap["Лист с таблицей"])
            ]
            values = common | {"heading": roadmap["Заголовок"], "rows": rows}
            yield PeerDocument(f"{key} - Приложение № {roadmap['№']}", ROADMAP, values)


READERS: Mapping[str, Callable[[Path], Iterator[PeerDocument]]] = {
    "consents": read_consents,
    "orders": read_orders,
}


def read_peer_documents(sort: str, book: Path, count: int) -> list[PeerDocument]:
    """Return the first documents of a workbook."""
    return list(islice(READERS[sort](book), count))


@contextlib.contextmanager
def _open_read_sheet(book: Path) -> Iterator[Callable[[str], Sheet]]:
    """Yield a function that reads a sheet as rows by header."""
    workbook = openpyxl.load_workbook(book, read_only=True, data_only=True)

    def read_sheet(name: str) -> Sheet:
        header, *rows = workbook[name].iter_rows(values_only=True)
        names = [str(value) for value in header]
        return [dict(zip(names, row, strict=True)) for row in rows]

    with contextlib.closing(workbook):
        yield read_sheet


def _consent(person: Mapping[str, Any]) -> PeerDocument:
    surname, first, father = person["Фамилия Имя Отчество"].split()
    values = {
        "name": person["Фамилия Имя Отчество"],
        "initials": f"{first[0]}.{father[0]}. {surname}",
        "post": person["Должность"],
        "passport": person["Паспорт"],
        "address": person["Адрес"],
    }
    return PeerDocument(f"Согласия - {person['Таб. №']}", CONSENT, values)


def _day(value: dt.datetime) -> str:
    return f"{value:%d.%m.%Y}"
