"""Whose names a page of the site may show: those who have said «да» there, and nobody else.

152-ФЗ, art. 10.1: what is not allowed is not disseminated; silence is no consent.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from docgen.model import Record, Reference
from docgen.model.columns import (
    ALLOWED,
    DOCUMENT_KEY,
    REFUSED,
    SIGNATURES,
    SIGNED,
    STAFF,
    VALID_UNTIL,
    WITHDRAWN,
)
from docgen.wording.named_people import PersonKey
from docgen.wording.record_views import Scope
from docgen.wording.value_views import text_of

_KIND: Final = "согласие_на_распространение"
_NAME: Final = re.compile(r"фамили|\bфио\b|ф\.\s?и\.\s?о|\bимя\b", re.IGNORECASE)
_NO: Final = re.compile(r"\bнет\b|\bне\s|запре", re.IGNORECASE)
_ALL: Final = frozenset({"да", "всё", "все"})


def people_to_show(scope: Scope, resource: Reference) -> frozenset[PersonKey]:
    """Return the workers whose names may stand on the pages of a row of «Ресурсы» on a day.

    The consent is signed by then, not withdrawn, not past, and «Что разрешено» has the name.
    Children are never among them: what is told of pairs of pupils needs no names.
    """
    found = set()
    for row in scope.workspace.records.get(SIGNATURES, ()):
        kind, _, rest = _squeezed(text_of(row.values.get(DOCUMENT_KEY))).partition("|")
        # A namesake's own name holds the sign that parts the key, too.
        person, _, place = rest.rpartition("|")
        is_here = kind == _KIND and place == _squeezed(resource.identity)
        if is_here and _is_in_force(row, scope.day) and _has_name(text_of(row.values.get(ALLOWED))):
            found.add((STAFF, person))
    return frozenset(found)


def _has_name(allowed: str) -> bool:
    """Return whether the name is among what was ticked: «фамилия, имя, отчество; должность»."""
    if _squeezed(allowed).strip(" .").lower() in _ALL:
        return True
    items = re.split(r"[;\n]", allowed)
    return any(_NAME.search(one) and not _NO.search(one) for one in items)


def _is_in_force(row: Record, day: dt.date) -> bool:
    """Return whether a consent was given by the day and holds on it; one withdrawn never does."""
    signed, withdrawn = row.values.get(SIGNED), row.values.get(WITHDRAWN)
    until = row.values.get(VALID_UNTIL)
    if not isinstance(signed, dt.date) or signed > day or row.values.get(REFUSED) is True:
        return False
    is_withdrawn = isinstance(withdrawn, dt.date) and withdrawn >= signed
    return not is_withdrawn and not (isinstance(until, dt.date) and until < day)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
