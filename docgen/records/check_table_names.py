"""Check the short names in the table of an appendix against the people of the registers."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import PersonName, Record, Table, Workspace
from docgen.model.columns import CHILDREN, STAFF
from docgen.records.order_days import document_day
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import name_on, short_name_key, short_name_keys

SURNAME: Final = f"[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)?"
SHORT_NAME: Final = re.compile(
    rf"(?:{SURNAME}\s+[{CAPITAL}]\.\s?[{CAPITAL}]\.)"
    rf"|(?:(?<![{CAPITAL}{SMALL}])[{CAPITAL}]\.\s?[{CAPITAL}]\.\s?{SURNAME})"
)
_OBLIQUE: Final = ("род", "дат", "вин", "твор", "пред")
_LIST_STARTS: Final = re.compile(r"(?:^|[;\n])\s*$")


def check_table_names(
    table: Table, order: Record, workspace: Workspace, responsible: frozenset[int]
) -> Iterator[Problem]:
    """Yield a warning for each name that nobody bears on the order's day.

    Running words decline a name («беседа с Цоем В.Д.»). In the ``responsible`` columns people
    are listed, and a form of a name is a slip there.
    """
    day = document_day(order, workspace)
    known = _known_names(workspace, day)
    for row in table.rows[table.header_rows :]:
        for index, cell in enumerate(row.cells):
            # Most cells have no initials.
            for found in SHORT_NAME.finditer(cell.text) if cell and "." in cell.text else ():
                name = found[0]
                if cell is None or short_name_key(name) in known:
                    continue
                meant = _forms_of_names(workspace, day).get(short_name_key(name))
                if meant is None:
                    yield warning(
                        "unknown-name",
                        cell.where,
                        f"«{name}» нет среди сотрудников на дату документа; проверьте фамилию",
                    )
                elif index in responsible and _LIST_STARTS.search(cell.text[: found.start()]):
                    yield warning(
                        "oblique-form",
                        cell.where,
                        f"«{name}» похоже на {russian.full_case(meant.case)} падеж; впишите в "
                        f"именительном (кто?): «{meant.text}»",
                    )


def _names(workspace: Workspace, day: dt.date) -> Iterator[PersonName]:
    for register in (STAFF, CHILDREN):
        for record in workspace.records.get(register, ()):
            if record.holds_on(day) and (name := name_on(record, day)):
                yield name


@functools.lru_cache(maxsize=64)
def _known_names(workspace: Workspace, day: dt.date) -> frozenset[str]:
    """Return the marks of everybody's short name on a day; many tables stand on one."""
    return short_name_keys(_names(workspace, day))


@functools.lru_cache(maxsize=64)
def _forms_of_names(workspace: Workspace, day: dt.date) -> dict[str, russian.Proposal]:
    """Return what the marks of short names in oblique cases mean; made when a name is unknown."""
    found: dict[str, russian.Proposal] = {}
    for name in _names(workspace, day):
        parts = (name.surname, name.first, name.patronymic)
        for short in (russian.initials(*parts), russian.initials(*parts, ahead=True)):
            for case in _OBLIQUE:
                for gender in (name.gender,) if name.gender else ("м", "ж"):
                    form = russian.decline_name(short, case, gender).text
                    found.setdefault(short_name_key(form), russian.Proposal(short, case))
    return found
