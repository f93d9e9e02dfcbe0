"""A small school of which a test types the registers in as a clerk would, and reads the papers."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen import records, registers
from docgen.catalogue import read_schemas
from docgen.model import Schema
from docgen.ooxml.docx_text import text_of
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.wording import Scope
from tests.support.builders import Rows, write_book
from tests.support.shipped import ready_at

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "registers" / "schema"
ORDER = "Наш приказ"
DAY = dt.date(2026, 9, 1)

Point = dict[str, object]
_UNTIED = str.maketrans("\u00a0\u2011", " -")


class House:
    """A school of three people whose registers a test adds to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.card: list[Sequence[object]] = [
            ("Полное название", "Муниципальное бюджетное учреждение «Школа № 1»"),
            ("Краткое название", "МБОУ «Школа № 1»"),
            ("Строка бланка", "МБОУ «ШКОЛА № 1»"),
            ("Руководитель", "Иванова Мария Петровна"),
            ("Должность руководителя", "Директор"),
        ]
        self.settings: dict[str, object] = {}
        self.sheets: dict[str, list[Point]] = {
            "Сотрудники": [
                {"Фамилия Имя Отчество": "Иванова Мария Петровна", "Должность": "директор"},
                {"Фамилия Имя Отчество": "Дзюба Павел Олегович", "Должность": "воспитатель"},
                {"Фамилия Имя Отчество": "Черных Ольга Сергеевна", "Должность": "учитель химии"},
            ]
        }
        self.order: Point = {
            "Краткое имя": ORDER,
            "Номер": "7",
            "Дата": DAY,
            "О чём": "свой текст",
            "Заголовок": "О наставничестве",
            "Состояние": "на подписи",
        }
        self.others: list[Point] = []
        self.tables: dict[str, Rows] = {}

    def add(self, sheet: str, *rows: Mapping[str, object]) -> None:
        """Add rows of the order to a sheet."""
        whose: Point = {} if sheet in {"Акты", "Организации", "Сотрудники"} else {"Приказ": ORDER}
        self.sheets.setdefault(sheet, []).extend({**whose, **row} for row in rows)

    def stand_by(self, *rows: Mapping[str, object]) -> None:
        """Add other orders and protocols of the house, signed without docgen."""
        usual = {"О чём": "свой текст", "Состояние": "подписан без docgen"}
        self.others += [{**usual, **row} for row in rows]

    def points(self, *points: tuple[object, str] | tuple[object, str, Point]) -> None:
        """Add points: number, words, other cells."""
        for number, text, *more in points:
            self.add("Пункты", {"№": number, "Что сделать": text, **(more[0] if more else {})})

    def write(self) -> Path:
        """Write the workbook and return its folder."""
        sheets: dict[str, Rows] = {
            "Организация": [("Что", "Значение", "Действует с", "по"), *self.card],
            "Настройки": [("Что", "Значение"), *self.settings.items()],
            **{name: _grid(rows) for name, rows in self.sheets.items()},
            "Приказы": _grid([self.order, *self.others]),
            **self.tables,
        }
        write_book(self.folder / "Наставничество.xlsx", sheets)
        return self.folder

    def papers(self) -> dict[str, list[str]]:
        """Return the lines of every paper by its title; no problem may be an error."""
        prepared = ready_at(self.write())
        assert [str(one) for one in prepared.problems if one.is_error] == []
        found = {}
        for plan in make_plan(prepared, Wish()).documents:
            outcome = render(plan, prepared)
            assert isinstance(outcome, Rendered), outcome
            text = "\n".join(text_of(outcome.docx)).translate(_UNTIED)
            found[plan.title] = [line for line in text.split("\n") if line]
        return found

    def paper(self) -> list[str]:
        """Return the lines of the order as printed."""
        return next(lines for title, lines in self.papers().items() if title.startswith("Приказ"))

    def text(self) -> list[str]:
        """Return the sentences of the order, before a template lays them out."""
        books = registers.open_books(self.write(), shown="школа")
        sheets, problems = registers.read_sheets(books, schemas(), shared_folders=[SCHEMAS])
        linked, tainted, faults = records.link_records(schemas(), sheets)
        assert [str(one) for one in (*problems, *faults) if one.is_error] == []
        workspace = records.make_workspace(self.folder, schemas(), linked, tainted, {})
        order: Any = Scope(workspace, DAY).view(linked["приказы"][0])
        preamble = f"{order.преамбула_текст} {order.слово_в_преамбуле}".strip()
        points = [point.строка for point in order.абзацы]
        lines = [order.заголовок_в_бланке, preamble, order.слово_отдельно, *points]
        return [str(line).replace("\u00a0", " ") for line in lines]


@functools.cache
def schemas() -> dict[str, Schema]:
    return dict(read_schemas([SCHEMAS]))


def _grid(rows: Sequence[Point]) -> Rows:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return [headers, *([row.get(header) for header in headers] for row in rows)]
