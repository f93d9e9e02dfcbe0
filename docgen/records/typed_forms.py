"""Read the case forms that people typed: beside a person, on «Склонения» and on «Формы»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen import russian
from docgen.errors import Problem
from docgen.model import Override, RawCell, Record, sameness
from docgen.model.columns import ACCEPTED, DECLENSIONS, FORMS, GENDER, OBLIQUE_CASES, PROPOSED, TEXT

_FORM = re.compile(r"^(?P<case>[а-яё]+)\.?\s*[:–—-]?\s+(?P<form>\S.*)$", re.IGNORECASE)


def to_forms(cell: RawCell) -> tuple[tuple[str, str], ...] | Problem:
    """Return the forms in a cell such as ``род Зайца; дат Зайцу``, by case, or its problem."""
    found = []
    for item in re.split(r"[;\n]", cell.text):
        match = _FORM.match(item.strip())
        case = _case(match["case"]) if match else ""
        if not match or not case:
            return Problem(
                "bad-choice",
                cell.where,
                f"особая форма не понята: «{item.strip()}»; впишите падеж и форму, например: "
                "род Зайца; дат Зайцу",
            )
        found.append((case, match["form"].strip()))
    return tuple(found)


def _case(word: str) -> str:
    try:
        return russian.to_case(word)
    except ValueError:
        return ""


def overrides_by_text(records: Mapping[str, tuple[Record, ...]]) -> dict[str, Override]:
    """Return the forms typed for texts, by ``text|gender``; «Склонения» wins over «Формы»."""
    found: dict[str, Override] = {}
    for record in records.get(FORMS, ()):
        _add(found, record, _accepted(record))
    for record in records.get(DECLENSIONS, ()):
        _add(found, record, _typed(record))
    return found


def _add(found: dict[str, Override], record: Record, forms: Mapping[str, str]) -> None:
    text = str(record.values.get(TEXT) or "")
    if text and forms:
        key = f"{sameness(text)}|{record.values.get(GENDER) or ''}"
        before = found[key].forms if key in found else {}
        found[key] = Override(text, {**before, **forms})


def _typed(record: Record) -> dict[str, str]:
    return {case: str(record.values[case]) for case in OBLIQUE_CASES if record.values.get(case)}


def _accepted(record: Record) -> dict[str, str]:
    """Return all forms of a row that a person accepted, else those that a person changed."""
    typed = _typed(record)
    if record.values.get(ACCEPTED) is True:
        return typed
    return {
        case: form
        for case, form in typed.items()
        if form != str(record.values.get(PROPOSED + case) or "")
    }
