"""Which consents the pairs of unsigned orders still lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.model import Family, PlannedDocument, Record, Reference, Workspace
from docgen.model.columns import BEGINS, MENTEE, MENTOR
from docgen.model.states import UNSIGNED
from docgen.plan.signature_plan import ExpectedSignature, SignatureState, expected_signatures

ROLES = (MENTOR, MENTEE)
_NOBODY = ("", "")


@dataclass(frozen=True, slots=True)
class LackingConsent:
    """What a pair lacks; ``role`` is the column that names the first person concerned."""

    pair: Record
    role: str
    order: Record
    consents: tuple[tuple[ExpectedSignature, SignatureState], ...]


def lacking_consents(
    documents: Sequence[PlannedDocument], workspace: Workspace
) -> Iterator[LackingConsent]:
    """Yield each pair of an order still to be signed whose people have not all consented.

    A pair needs the consents that are made for its people; one consent of a person may serve
    several pairs. One that ends before the pair begins is none.
    """
    consents = _consents_by_person(documents, workspace)
    for pair, order in _unsigned_pairs(documents):
        begins = pair.values.get(BEGINS)
        day = begins if isinstance(begins, dt.date) else None
        lacking = [
            (role, one, standing)
            for role in ROLES
            for one in consents.get(_person(pair.values.get(role)), ())
            if one.document.kind.is_distinct or one.document.variables.get("пара") is pair
            if (standing := one.standing(day)) is not SignatureState.SIGNED
        ]
        if lacking:
            told = tuple((one, standing) for _, one, standing in lacking)
            yield LackingConsent(pair, lacking[0][0], order, told)


def _consents_by_person(
    documents: Sequence[PlannedDocument], workspace: Workspace
) -> dict[tuple[str, str], list[ExpectedSignature]]:
    """Return the signatures of consents by the person whom the consent is about."""
    found: dict[tuple[str, str], list[ExpectedSignature]] = {}
    for one in expected_signatures(documents, workspace):
        if one.document.kind.family == Family.CONSENT:
            person = _person(one.document.variables.get("участник"))
            found.setdefault(person, []).append(one)
    found.pop(_NOBODY, None)
    return found


def _person(value: object) -> tuple[str, str]:
    return (value.register, value.identity) if isinstance(value, Reference) else _NOBODY


def _unsigned_pairs(documents: Iterable[PlannedDocument]) -> Iterator[tuple[Record, Record]]:
    """Yield each pair that an unsigned order or its list prints, once, with the order."""
    seen: set[int] = set()
    for document in documents:
        rows = document.variables.get("пары")
        if document.order is None or document.state not in UNSIGNED or not isinstance(rows, tuple):
            continue
        for row in rows:
            if isinstance(row, Record) and id(row) not in seen:
                seen.add(id(row))
                yield row, document.order
