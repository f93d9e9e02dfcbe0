"""Signatures that the papers expect, and what the register of signatures says of each."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.model import Family, PlannedDocument, PlannedSigner, Record, Value, Workspace
from docgen.model.columns import (
    DOCUMENT,
    DOCUMENT_KEY,
    REFUSED,
    SIGNATURE_KEY,
    SIGNATURES,
    SIGNED,
    VALID_UNTIL,
    WITHDRAWN,
)
from docgen.model.states import UNSIGNED, OrderState

SignatureKey = tuple[str, str]


class SignatureState(enum.StrEnum):
    """How a signature stands."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class ExpectedSignature:
    """A signature that an original expects; ``row`` is its row of the register, if it has one."""

    document: PlannedDocument
    signer: PlannedSigner
    row: Record | None = None

    @property
    def key(self) -> SignatureKey:
        """What tells the signature from others, whatever the paper is called by now.

        Blanks are as a cell gives them back: the key of an only appendix ends with one.
        """
        return _squeezed(self.document.key), _squeezed(f"{self.signer.role}|{self.signer.person}")

    def standing(self, day: dt.date | None = None) -> SignatureState:
        """Return how the signature stands; only with a ``day`` a term can have run out."""
        return SignatureState.WAITING if self.row is None else standing_of(self.row, day)


def expected_signatures(
    documents: Iterable[PlannedDocument], workspace: Workspace
) -> list[ExpectedSignature]:
    """Return the signatures that the originals of these papers expect, in their order.

    Drafts and blank forms expect none. Of a signed order the state says so; people are still to
    be acquainted with it. Who has a line on a sheet that continues another signs the later one.
    """
    rows = _rows_by_key(workspace)
    found = [
        ExpectedSignature(document, signer)
        for document in documents
        if _is_expected(document)
        for signer in document.signers
        if signer.person
    ]
    last = {_line_of(one): one for one in found}
    found = [one for one in found if last[_line_of(one)] is one]
    return [ExpectedSignature(one.document, one.signer, rows.get(one.key)) for one in found]


def _line_of(one: ExpectedSignature) -> tuple[str, ...]:
    """Return what is signed once: the paper, for sheets beside an order the order itself."""
    order = one.document.order
    is_sheet = order is not None and one.document.kind.family == Family.SHEET
    return (order.identity, *one.key[1:]) if order is not None and is_sheet else one.key


def _is_expected(document: PlannedDocument) -> bool:
    if document.is_blank_form or document.state == OrderState.DRAFT:
        return False
    return document.state in UNSIGNED or document.kind.family == Family.SHEET


def _rows_by_key(workspace: Workspace) -> Mapping[SignatureKey, Record]:
    """Return the rows that docgen has added; of two with one key the lower one counts."""
    return {
        (_text(row, DOCUMENT_KEY), _text(row, SIGNATURE_KEY)): row
        for row in workspace.records.get(SIGNATURES, ())
        if _text(row, DOCUMENT_KEY)
    }


def added_by_hand(workspace: Workspace) -> list[Record]:
    """Return the rows that a person added for papers that docgen does not make."""
    rows = workspace.records.get(SIGNATURES, ())
    return [row for row in rows if not _text(row, DOCUMENT_KEY) and _text(row, DOCUMENT)]


def standing_of(row: Record, day: dt.date | None = None) -> SignatureState:
    """Return what a row of the register says; a later signature outweighs a withdrawal."""
    signed, withdrawn = (_day(row.values.get(name)) for name in (SIGNED, WITHDRAWN))
    ends = _day(row.values.get(VALID_UNTIL))
    if withdrawn is not None and not (signed is not None and signed > withdrawn):
        return SignatureState.WITHDRAWN
    if row.values.get(REFUSED) is True:
        return SignatureState.REFUSED
    if signed is None:
        return SignatureState.WAITING
    has_ended = day is not None and ends is not None and ends < day
    return SignatureState.LAPSED if has_ended else SignatureState.SIGNED


def _day(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _text(row: Record, name: str) -> str:
    return _squeezed(str(row.values.get(name) or ""))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
