"""Decide from kinds and records which documents and packets are made, and in which order.

``targets`` finds what each kind is made for, ``document_plan`` makes documents of that,
``packet_plan`` puts them into packets, ``signature_plan`` says who must sign them,
``signed_sheets`` which consents are signed.
"""

from __future__ import annotations

from docgen.plan.acquaintance_plan import SignedOrders
from docgen.plan.consent_gaps import ConsentGap, find_consent_gaps, late_consents
from docgen.plan.document_plan import Plan, plan_documents
from docgen.plan.packet_plan import plan_packets
from docgen.plan.signature_plan import (
    ExpectedSignature,
    SigningState,
    expected_signatures,
    rows_added_by_hand,
    state_of_signature,
)
from docgen.plan.signed_sheets import SignedSheets, read_signed_sheets
from docgen.plan.unconsented_pairs import heed_consents, unheeded_setting

__all__ = [
    "ConsentGap",
    "ExpectedSignature",
    "Plan",
    "SignedOrders",
    "SignedSheets",
    "SigningState",
    "expected_signatures",
    "find_consent_gaps",
    "heed_consents",
    "late_consents",
    "plan_documents",
    "plan_packets",
    "read_signed_sheets",
    "rows_added_by_hand",
    "state_of_signature",
    "unheeded_setting",
]
