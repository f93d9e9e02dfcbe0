"""Kinds times records: which documents and sets there are to be, in which order. Pure."""

from __future__ import annotations

from docgen.plan.documents import Plan, plan_documents
from docgen.plan.packets import plan_packets

__all__ = ["Plan", "plan_documents", "plan_packets"]
