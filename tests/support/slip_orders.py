"""Acts and people of an order with slips, and what is said of it."""

from __future__ import annotations

from docgen.model import Table
from docgen.records import check_workspace
from tests.support.builders import Row, RowsByRegister, linked, person, spot

LAW: Row = {"имя": "273-ФЗ", "вид": "Федеральный закон", "дата": "29.12.2012", "номер": "273-ФЗ"}
ADVICE: Row = {
    "имя": "Р-145",
    "вид": "распоряжение",
    "кто": "Министерство просвещения Российской Федерации",
    "дата": "25.12.2019",
    "номер": "Р-145",
    "название": "Об утверждении методологии «Наставник»",
}
DECREE: Row = {
    "имя": "Указ 204",
    "вид": "Указ",
    "дата": "07.05.2018",
    "номер": "204",
    "название": "О национальных целях до 2024 года",
    "по": "31.12.2024",
}
CODE: Row = {
    "имя": "ТК 351.8",
    "вид": "статья 351.8 Трудового кодекса Российской Федерации",
    "с": "01.03.2025",
}
ACTS = (LAW, ADVICE, DECREE, CODE)
ANNA, DENIS = "Орлова Вера Ивановна", "Ткач Илья Сергеевич"
STAFF = [person(ANNA, "методист"), person(DENIS, "учитель математики")]


def said(rows: RowsByRegister, tables: dict[str, Table] | None = None) -> list[tuple[str, str]]:
    """Return place and code of what rows that are each well say together."""
    made, problems = linked(rows, tables)
    assert problems == []
    return [(spot(one), one.code) for one in check_workspace(made)]
