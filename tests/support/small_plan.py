"""Entries of kinds and plans of a small school, built in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen.model import Audience, DocumentPer, Family, Kind, PlannedDocument
from docgen.plan import Plan, plan_documents
from tests.support.builders import (
    ANNA,
    DENIS,
    Row,
    RowsByRegister,
    linked,
    pair,
    school,
)

HEAD = "Иванова Мария Петровна"
ADULT, MINOR = "Зуев Кирилл Олегович", "Гайдай Мария Олеговна"
CHILDREN: list[Row] = [
    {"фио": ADULT, "рождён": "01.09.2008", "класс": "11", "представитель": ""},
    {"фио": MINOR, "рождён": "02.09.2012", "класс": "9", "представитель": "Гайдай Олег Ильич"},
]


PAIRS: list[Row] = [
    pair(ANNA, DENIS),
    pair(ANNA, HEAD, форма="руководитель – педагог"),
    pair(ADULT, MINOR, форма="ученик – ученик"),
]
EACH = ("наставник", "наставляемый")


def kind(name: str = "бумага", register: str = "приказы", **more: Any) -> Kind:
    """Return an entry; its title shows nothing unless asked for."""
    entry: dict[str, Any] = {"title": name, "output": f"{name}/{{{{ loop is defined }}}}", **more}
    for name_of, choice in (("family", Family), ("per", DocumentPer), ("only", Audience)):
        if name_of in entry:
            entry[name_of] = choice(entry[name_of])
    return Kind(name, entry.pop("title"), Path(f"{name}.docx"), f"{name}.toml", register, **entry)


def planned(registers: RowsByRegister, *kinds: Kind, year: str = "", blank: str = "") -> Plan:
    """Return what a small school with these registers is to make."""
    made, _ = linked(school(registers))
    return plan_documents(made, {one.name: one for one in kinds}, year=year, blank=blank)


def keys(registers: RowsByRegister, *kinds: Kind, **more: str) -> list[str]:
    return [one.key for one in planned(registers, *kinds, **more).documents]


def only(plan: Plan) -> PlannedDocument:
    (document,) = plan.documents
    return document


def names(document: PlannedDocument, variable: str) -> list[str]:
    """Return the people or rows of a list that the document's template gets."""
    value = document.variables[variable]
    assert isinstance(value, tuple)
    return [item.identity for item in value]
