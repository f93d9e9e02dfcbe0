"""Which consents the pairs of unsigned orders still lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.model import Family, PlannedDocument, Record, Reference, Workspace
from docgen.model.columns import (
    BEGINS,
    DATE,
    MENTEE,
    MENTOR,
    PAIR,
    PAIRS,
    PARTICIPANT,
    PURPOSE,
    RECEIVER,
    SIGNED,
)
from docgen.model.states import UNSIGNED
from docgen.plan.signature_plan import ExpectedSignature, SigningState, expected_signatures

_ROLES = (MENTOR, MENTEE)
_NOBODY = ("", "")


@dataclass(frozen=True, slots=True)
class LateConsent:
    """A consent that was signed after its order, or after what it allows had begun."""

    consent: ExpectedSignature
    signed: dt.date
    order: Record
    ordered: dt.date | None
    begins: dt.date | None


@dataclass(frozen=True, slots=True)
class ConsentGap:
    """The consents that a pair lacks, each with its state.

    ``role`` is the column of the pair that names the first person whose consent is missing. One
    that ``is_withheld`` is not printed meanwhile; of one that ``is_draft`` the order is a draft.
    """

    pair: Record
    role: str
    order: Record
    consents: tuple[tuple[ExpectedSignature, SigningState], ...]
    is_withheld: bool = False
    is_draft: bool = False


def find_consent_gaps(
    documents: Sequence[PlannedDocument], workspace: Workspace, today: dt.date = dt.date.max
) -> Iterator[ConsentGap]:
    """Yield each pair of an unsigned order whose people have not all consented.

    A pair needs the consents that are made for its people; one consent of a person may serve
    several pairs. A consent that ends before the pair begins does not count, nor one signed after
    ``today``. Nobody has to consent to what is handed to somebody else, as to a municipal bank
    (152-ФЗ, art. 9: freely).
    """
    by_person = _consents_by_person(documents, workspace, today)
    printed = dict.fromkeys(_unsigned_pairs(documents), False)
    for (pair, order), is_withheld in (printed | dict.fromkeys(workspace.withheld, True)).items():
        begins = pair.values.get(BEGINS)
        day = begins if isinstance(begins, dt.date) else None
        lacking = [
            (role, one, state)
            for role in _ROLES
            for one in by_person.get(_person(pair.values.get(role)), ())
            if not _is_voluntary(one.document)
            if one.document.kind.is_distinct or _is_about(one.document, pair)
            if (state := one.state_on(day)) is not SigningState.SIGNED
        ]
        if lacking:
            consents = tuple((one, state) for _, one, state in lacking)
            is_draft = order.identity in workspace.drafts
            yield ConsentGap(pair, lacking[0][0], order, consents, is_withheld, is_draft)


def _is_about(document: PlannedDocument, pair: Record) -> bool:
    """Return whether a consent is about a pair, or about a group with it."""
    group = document.variables.get(PAIRS)
    is_in_group = isinstance(group, tuple) and any(one is pair for one in group)
    return document.variables.get(PAIR) is pair or is_in_group


def _consents_by_person(
    documents: Sequence[PlannedDocument], workspace: Workspace, today: dt.date
) -> dict[tuple[str, str], list[ExpectedSignature]]:
    """Return the expected signatures of consents by the person whom the consent is about."""
    found: dict[tuple[str, str], list[ExpectedSignature]] = {}
    for one in expected_signatures(documents, workspace, today):
        if one.document.kind.family == Family.CONSENT:
            person = _person(one.document.variables.get(PARTICIPANT))
            found.setdefault(person, []).append(one)
    found.pop(_NOBODY, None)
    return found


def _is_voluntary(document: PlannedDocument) -> bool:
    if document.kind.is_voluntary:
        return True
    purpose = document.variables.get(PURPOSE)
    return isinstance(purpose, Record) and bool(purpose.values.get(RECEIVER))


def late_consents(
    documents: Sequence[PlannedDocument], workspace: Workspace, today: dt.date
) -> Iterator[LateConsent]:
    """Yield each consent signed after the order of its pair, or after the pair had begun."""
    by_person = _consents_by_person(documents, workspace, today)
    seen: set[int] = set()
    for pair, order in _pairs(documents):
        ordered, begins = (_day(one) for one in (order.values.get(DATE), pair.values.get(BEGINS)))
        for role in _ROLES:
            for one in by_person.get(_person(pair.values.get(role)), ()):
                signed = _day(one.row.values.get(SIGNED)) if one.row is not None else None
                is_own = _is_about(one.document, pair) and not one.is_doubtful
                is_own = is_own and not one.document.kind.is_voluntary
                if not is_own or signed is None or id(one.row) in seen:
                    continue
                late = [day for day in (ordered, begins) if day is not None and signed > day]
                if late:
                    seen.add(id(one.row))
                    yield LateConsent(one, signed, order, ordered, begins)


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _person(value: object) -> tuple[str, str]:
    return (value.register, value.identity) if isinstance(value, Reference) else _NOBODY


def _unsigned_pairs(documents: Iterable[PlannedDocument]) -> Iterator[tuple[Record, Record]]:
    """Yield each pair that an unsigned order or its list prints, once, with that order."""
    unsigned = [one for one in documents if one.state in UNSIGNED]
    yield from _pairs(unsigned)


def _pairs(documents: Iterable[PlannedDocument]) -> Iterator[tuple[Record, Record]]:
    """Yield each pair that an order or its list prints, once, with the first such order."""
    seen: set[int] = set()
    for document in documents:
        rows = document.variables.get(PAIRS)
        # An order that ends or pays pairs asks for no consents to what another one has assigned.
        if PAIRS in document.kind.uses_by or document.order is None or not isinstance(rows, tuple):
            continue
        for row in rows:
            if isinstance(row, Record) and id(row) not in seen:
                seen.add(id(row))
                yield row, document.order
