"""The school's registers with people and pairs that papers find hard: signers, cases."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from docgen.ooxml.docx_text import text_of
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan
from docgen.plan import Plan
from tests.support.builders import ROOT, Cell, shipped_schemas
from tests.support.shipped import ready_at
from tests.support.small_root import BOOK
from tests.support.year_orders import day

_UNTIED: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "-"})
_ADULTS, _PUPILS = "педагог – педагог", "ученик – ученик"
_GROUP: Final = (
    "Ткаченко Яна Олеговна",
    "Гурджи Ислам Магомедович",
    "Шейх Лина Маратовна",
    "Дубровин-Седых Пётр Ильич",
    "Мышь Анна Львовна",
)
_PAID: Final[Mapping[str, Cell]] = {
    "оформление": "доп. соглашение",
    "выплата": "10 % оклада",
    "источник": "фонд оплаты труда, стимулирующая часть",
    "пункт_оплаты": "4.6",
    "размер": 10,
    "единица": "% должностного оклада",
}


def _worker(name: str, post: str, number: str, **more: Cell) -> dict[str, Cell]:
    hired = day("24.08.2020")
    row: dict[str, Cell] = {"фио": name, "должность": post, "таб": number, "с": hired}
    return row | {"договор_номер": f"{number}/20", "договор_дата": hired} | more


def _child(name: str, born: str, form: str, guardian: str, relation: str) -> dict[str, Cell]:
    row: dict[str, Cell] = {"фио": name, "рождён": day(born), "класс": form, "с": day("01.09.2018")}
    row |= {"представитель": guardian or None, "кем_приходится": relation or None}
    if relation == "опекун":
        row["полномочия"] = "распоряжение от 12.02.2021 № 84-р"
    return row


def _adults(mentor: str, mentee: str, **more: Cell) -> dict[str, Cell]:
    row: dict[str, Cell] = {"форма": _ADULTS, "наставник": mentor, "наставляемый": mentee}
    row |= {"цель": "адаптация молодого специалиста", "приказ": "О парах педагогов"}
    return row | {"с": day("15.09.2026"), "по": day("28.05.2027")} | more


def _pupils(mentor: str, mentee: str, **more: Cell) -> dict[str, Cell]:
    row: dict[str, Cell] = {"форма": _PUPILS, "наставник": mentor, "наставляемый": mentee}
    row |= {"цель": "подготовка проекта", "приказ": "О парах обучающихся", "оформление": "вне ТК"}
    return row | {"с": day("21.09.2026"), "по": day("28.05.2027")} | more


_OUTSIDER: Final = "Ожегова-Крафт Жанна Эдуардовна"
ROWS: Final[Mapping[str, tuple[dict[str, Cell], ...]]] = {
    "организации": ({"краткое": "ООО «Прибор»", "полное": "ООО «Прибор»"},),
    "сотрудники": (
        _worker("Мамин-Сибиряк Дмитрий Наркисович", "учитель физики", "301"),
        _worker("Мартинес Вега Ольга Ивановна", "учитель испанского языка", "302"),
        _worker("Соколова (Бездетко) Инна Петровна", "учитель музыки", "303"),
        _worker("Неживых Вера Ивановна", "методист", "304"),
        *(_worker(name, "тьютор", f"31{at}") for at, name in enumerate(_GROUP)),
        {"фио": _OUTSIDER, "должность": "ведущий инженер", "организация": "ООО «Прибор»"},
    ),
    "дети": (
        _child(
            "Младшева Мила Юрьевна", "01.10.2012", "7 «А»", "Бабушкина Роза Ильинична", "опекун"
        ),
        _child("Ровнин Олег Юрьевич", "18.09.2012", "7 «А»", "Дедушкин Иван Ильич", "опекун"),
        _child("Семнадцатых Рита Львовна", "15.01.2009", "11 «А»", "Седых Лев Ильич", "отец"),
        _child("Взрослов Илья Олегович", "01.03.2008", "11 «А»", "", ""),
    ),
    "пары": (
        _adults("Мамин-Сибиряк Дмитрий Наркисович", "Мартинес Вега Ольга Ивановна", **_PAID),
        *(
            _adults("Соколова (Бездетко) Инна Петровна", one, группа="Ступени", **_PAID)
            for one in _GROUP
        ),
        _adults("Неживых Вера Ивановна", "Сидорова Дарья Максимовна", оформление="обязанность"),
        _adults(
            _OUTSIDER,
            "Ткач Илья Сергеевич",
            форма="социальный партнёр – педагог",
            оформление="внешний",
        ),
        _adults(
            "Мельник Анна Петровна",
            "Орлова Полина Сергеевна",
            **{**_PAID, "форма": "руководитель – педагог"},
        ),
        _pupils("Взрослов Илья Олегович", "Младшева Мила Юрьевна"),
        _pupils("Семнадцатых Рита Львовна", "Ровнин Олег Юрьевич"),
        *(
            _pupils(
                "Римская-Корсакова Елена Дмитриевна",
                one,
                форма="педагог – ученик",
                группа="Роботы",
            )
            for one in ("Младшева Мила Юрьевна", "Ровнин Олег Юрьевич")
        ),
        _pupils(
            _OUTSIDER,
            "Взрослов Илья Олегович",
            форма="работодатель – ученик",
            оформление="внешний",
        ),
    ),
}
ACTING: Final = (day("17.09.2026"), day("30.09.2026"))
"""When the head is away: the acting head signs papers of pupils, not those of adults."""


@functools.cache
def hard_school() -> tuple[Ready, Plan]:
    """Return the workspace and what is made of it, read once for all tests of a run."""
    folder = Path(tempfile.mkdtemp()) / "hard"
    shutil.copytree(ROOT / "registers" / "school", folder)
    book = load_workbook(folder / BOOK)
    for register, rows in ROWS.items():
        for row in rows:
            _append(book, register, row)
    _send_head_away(book["Организация"])
    book.save(folder / BOOK)
    ready = ready_at(folder)
    return ready, make_plan(ready, Wish())


def papers(kind: str, *titled: str) -> list[str]:
    """Return the words of filled papers of a kind whose titles hold all these words."""
    ready, plan = hard_school()
    found = []
    for one in plan.documents:
        if one.kind.name == kind and not one.is_blank_form and all(t in one.title for t in titled):
            made = render(one, ready)
            assert isinstance(made, Rendered), made
            found.append(" ".join(" ".join(text_of(made.docx)).translate(_UNTIED).split()))
    return found


def _append(book: Any, register: str, row: Mapping[str, Cell]) -> None:
    schema = shipped_schemas()[register]
    sheet = book[schema.sheet]
    places = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    number = 1 + max(cell.row for cell in sheet["A"] if cell.value)
    for column in schema.columns:
        if column.name in row:
            place = places.setdefault(column.header, len(places) + 1)
            sheet.cell(1, place, column.header)
            sheet.cell(number, place, row[column.name])


def _send_head_away(sheet: Any) -> None:
    (row,) = [
        cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == "И.о. руководителя"
    ]
    row[2].value, row[3].value = ACTING
