"""Check that names, posts and bodies are typed in the nominative: the program declines them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import PersonName, Phrase, Record, Value, Workspace
from docgen.model.columns import (
    APPROVALS,
    BY_DOCUMENT,
    DOCUMENT_KIND,
    FORMER_SURNAME,
    NAME,
    ORDERS,
    POST,
)
from docgen.records.order_days import items_of

_LIKE_NAME: Final = re.compile(
    r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ][а-яё-]+\s+[А-ЯЁ][а-яё]+(?:ч[ауе]|чем|вн[ыеуо]й?)"
)
"""A surname, a first name and a patronymic in an oblique case."""

_BY_DOCUMENT: Final = (APPROVALS, BY_DOCUMENT)
_OF_ONE: Final = frozenset(((ORDERS, DOCUMENT_KIND), _BY_DOCUMENT))
"""Columns that name the kind of one paper, beside those of one person's post."""


def check_cases(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each name or phrase that stands in an oblique case, and what is meant."""
    for rows in workspace.records.values():
        for row in rows:
            for column, value in row.values.items():
                own = (row.register, column)
                is_of_one = column.startswith(POST) or own in _OF_ONE
                for item in items_of(_declined_elsewhere(row, column, value)):
                    if not isinstance(item, Phrase | PersonName):
                        continue
                    meant, is_oblique = _meant_by(item, is_of_one=is_of_one)
                    # «Каким документом» asks for «приказом», and prints it.
                    is_asked = own == _BY_DOCUMENT and meant is not None and meant.case == "твор"
                    if is_oblique and not is_asked:
                        yield warning(
                            "oblique-form", row.cells[column], _sentence(item.text, meant)
                        )


def _declined_elsewhere(row: Record, column: str, value: Value) -> Value:
    """Return a text that has a case, though its column holds any text, as what it is."""
    if not isinstance(value, str) or not value:
        return value
    name = row.values.get(NAME)
    if column == FORMER_SURNAME and isinstance(name, PersonName):
        return PersonName(value, value, gender=name.gender)
    is_phrase = column.startswith(POST) or (row.register, column) == _BY_DOCUMENT
    return Phrase(value) if is_phrase else value


def _meant_by(
    item: Phrase | PersonName, *, is_of_one: bool
) -> tuple[russian.Proposal | None, bool]:
    """Return what is meant, if known, and whether the item stands in an oblique case."""
    if isinstance(item, PersonName):
        meant = russian.mistaken_case(item.text, "name", item.gender)
        return meant, meant is not None
    is_name = _LIKE_NAME.fullmatch(item.text) is not None
    meant = russian.mistaken_case(item.text, "name" if is_name else "phrase")
    if meant is None and is_of_one:
        meant = _singular_of(item.text)
    return meant, meant is not None or russian.is_oblique(item.text)


def _singular_of(text: str) -> russian.Proposal | None:
    """Return what a post means that may be a plural: «учителя математики» is typed of one."""
    if russian.gender_of_phrase(text) != "мн":
        return None
    found = russian.nominative_of(text, "phrase")
    meant = next((each for each in found if each.case == "род"), None)
    return replace(meant, reason="") if meant is not None else None


def _sentence(text: str, meant: russian.Proposal | None) -> str:
    if meant is None:
        return (
            f"«{text}» похоже на косвенный падеж; впишите в именительном (кто? что?), нужный падеж "
            "поставит программа"
        )
    offer = f"«{meant.text}» {meant.reason}".strip()
    return (
        f"«{text}» похоже на {russian.full_case(meant.case)} падеж; впишите в именительном (кто? "
        f"что?), возможно, {offer}: нужный падеж поставит программа"
    )
