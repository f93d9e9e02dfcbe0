"""Find the signatures that documents need, and what the register of signatures says of each."""

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
from docgen.model.states import DRAFTS, UNSIGNED
from docgen.plan.signature_doubts import doubt_of

SignatureKey = tuple[str, str]


class SigningState(enum.StrEnum):
    """How far a signature has come, by the register of signatures."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class ExpectedSignature:
    """A signature that an original needs, with its row of the register, if it has one.

    One ``is_doubtful`` when its day cannot be right: the signature does not count then.
    """

    document: PlannedDocument
    signer: PlannedSigner
    row: Record | None = None
    is_doubtful: bool = False

    @property
    def key(self) -> SignatureKey:
        """The keys of document and signer, which stay the same when the document is renamed.

        Blanks are as a cell gives them back: the key of an order's only appendix ends with one.
        """
        return _squeezed(self.document.key), _squeezed(f"{self.signer.role}|{self.signer.person}")

    def state_on(self, day: dt.date | None = None) -> SigningState:
        """Return how the signature stands on a day; without a day, no term runs out."""
        if self.row is None:
            return SigningState.WAITING
        state = state_of_signature(self.row, day)
        is_signed = state in {SigningState.SIGNED, SigningState.LAPSED}
        return SigningState.WAITING if is_signed and self.is_doubtful else state


def expected_signatures(
    documents: Iterable[PlannedDocument], workspace: Workspace, today: dt.date = dt.date.max
) -> list[ExpectedSignature]:
    """Return the signatures that the originals of these documents need, in their order.

    A signature of a day after ``today`` does not count.


    Drafts and blank forms need none. A signed order needs none either, but people must still be
    acquainted with it. Whoever has a line on two sheets, one of which continues the other, signs
    the later one.
    """
    rows = _rows_by_key(workspace)
    found = [
        ExpectedSignature(document, signer)
        for document in documents
        for signer in document.signers
        if signer.person and _is_expected(document, signer)
    ]
    last = {_signed_once(one): one for one in found}
    found = [one for one in found if last[_signed_once(one)] is one]
    return [_with_row(one, rows.get(one.key), today) for one in found]


def _with_row(one: ExpectedSignature, row: Record | None, today: dt.date) -> ExpectedSignature:
    is_doubtful = row is not None and bool(doubt_of(row, one.document, today))
    return ExpectedSignature(one.document, one.signer, row, is_doubtful)


def _signed_once(one: ExpectedSignature) -> tuple[str, ...]:
    """Return the key of what a person signs once: the document, or the order of a sheet.

    Lines in an order are such a sheet.
    """
    order = one.document.order
    is_sheet = one.document.kind.family == Family.SHEET or one.signer.is_of_sheet
    return (order.identity, *one.key[1:]) if order is not None and is_sheet else one.key


def _is_expected(document: PlannedDocument, signer: PlannedSigner) -> bool:
    """Return whether the original of a document needs a signature."""
    if document.is_blank_form or document.state in DRAFTS:
        return False
    is_sheet = document.kind.family == Family.SHEET or signer.is_of_sheet
    return document.state in UNSIGNED or is_sheet


def _rows_by_key(workspace: Workspace) -> Mapping[SignatureKey, Record]:
    """Return the rows that docgen added; of two rows with one key the lower one counts."""
    return {
        (_text(row, DOCUMENT_KEY), _text(row, SIGNATURE_KEY)): row
        for row in workspace.records.get(SIGNATURES, ())
        if _text(row, DOCUMENT_KEY)
    }


def rows_added_by_hand(workspace: Workspace) -> list[Record]:
    """Return the rows that a person added for documents that docgen does not make."""
    rows = workspace.records.get(SIGNATURES, ())
    return [row for row in rows if not _text(row, DOCUMENT_KEY) and _text(row, DOCUMENT)]


def state_of_signature(
    row: Record, day: dt.date | None = None, today: dt.date | None = None
) -> SigningState:
    """Return how a signature stands by its row; a later signature outweighs a withdrawal.

    Without a ``day`` no term runs out; a signature of a day after ``today`` does not count.
    """
    signed, withdrawn = (_day(row.values.get(name)) for name in (SIGNED, WITHDRAWN))
    if signed is not None and today is not None and signed > today:
        signed = None
    ends = _day(row.values.get(VALID_UNTIL))
    if withdrawn is not None and not (signed is not None and signed > withdrawn):
        return SigningState.WITHDRAWN
    if row.values.get(REFUSED) is True:
        return SigningState.REFUSED
    if signed is None:
        return SigningState.WAITING
    has_ended = day is not None and ends is not None and ends < day
    return SigningState.LAPSED if has_ended else SigningState.SIGNED


def _day(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _text(row: Record, name: str) -> str:
    return _squeezed(str(row.values.get(name) or ""))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
