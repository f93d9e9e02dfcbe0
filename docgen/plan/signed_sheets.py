"""Which sheets that people sign one by one are signed, by «Подписано» of the register.

A date that cannot be right does not count: the sheet is still to be signed, and that is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.errors import Problem, warning
from docgen.model import PlannedDocument, Record, Value, Workspace
from docgen.model.columns import DOCUMENT_KEY, REFUSED, SIGNATURES, SIGNED
from docgen.plan.signature_doubts import doubt_of


@dataclass(frozen=True, slots=True)
class SignedSheets:
    """The sheets that are signed, by the keys of documents, with the first day of a signature.

    ``cleared`` are the keys of sheets that have rows and no signature.
    """

    days: Mapping[str, dt.date] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def read_signed_sheets(
    documents: Iterable[PlannedDocument], workspace: Workspace, today: dt.date
) -> SignedSheets:
    """Return which of the documents without order are signed."""
    rows: dict[str, list[Record]] = {}
    for row in workspace.records.get(SIGNATURES, ()):
        rows.setdefault(str(row.values.get(DOCUMENT_KEY) or ""), []).append(row)
    days: dict[str, dt.date] = {}
    cleared: set[str] = set()
    problems: list[Problem] = []
    for document in documents:
        own = rows.get(document.key, ())
        if document.order is not None or document.is_blank_form or not own:
            continue
        problems += _doubts(own, document, today)
        signed = [day for row in own if (day := _signed_on(row, document, today)) is not None]
        if signed:
            days[document.key] = min(signed)
        else:
            cleared.add(document.key)
    return SignedSheets(days, frozenset(cleared), tuple(problems))


def _signed_on(row: Record, document: PlannedDocument, today: dt.date) -> dt.date | None:
    day = _day(row.values.get(SIGNED))
    if day is None or row.values.get(REFUSED) is True or doubt_of(row, document, today):
        return None
    return day


def _doubts(rows: Sequence[Record], document: PlannedDocument, today: dt.date) -> Iterator[Problem]:
    for row in rows:
        if said := doubt_of(row, document, today):
            where = row.cells.get(SIGNED, row.where)
            yield warning(
                "doubtful-date",
                where,
                f"«{document.title}»: {said}; считается неподписанным, исправьте дату здесь",
            )


def _day(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
