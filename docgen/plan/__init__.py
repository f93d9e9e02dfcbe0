"""Kinds times records: which documents and sets there are to be, in which order. Pure."""

from __future__ import annotations

from docgen.plan.consent_gaps import LackingConsent, lacking_consents
from docgen.plan.document_plan import Plan, plan_documents
from docgen.plan.packet_plan import plan_packets
from docgen.plan.signature_plan import (
    ExpectedSignature,
    SignatureState,
    added_by_hand,
    expected_signatures,
    standing_of,
)

__all__ = [
    "ExpectedSignature",
    "LackingConsent",
    "Plan",
    "SignatureState",
    "added_by_hand",
    "expected_signatures",
    "lacking_consents",
    "plan_documents",
    "plan_packets",
    "standing_of",
]
