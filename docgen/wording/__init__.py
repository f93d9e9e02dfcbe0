"""How records are worded: what templates and titles see, in which case, in whose house style."""

from __future__ import annotations

from docgen.wording import acts, orders, people, points
from docgen.wording.environment import fill, make_environment
from docgen.wording.filters import FILTERS
from docgen.wording.people import full_years, is_known_person, signatory_of
from docgen.wording.points import unknown_markers
from docgen.wording.values import BlankView, DateView, NameView, PhraseView
from docgen.wording.views import (
    BlankRecordView,
    BrokenRecordError,
    CardView,
    RecordView,
    Scope,
    reverse_names,
)

__all__ = [
    "FILTERS",
    "BlankRecordView",
    "BlankView",
    "BrokenRecordError",
    "CardView",
    "DateView",
    "NameView",
    "PhraseView",
    "RecordView",
    "Scope",
    "acts",
    "fill",
    "full_years",
    "is_known_person",
    "make_environment",
    "orders",
    "people",
    "points",
    "reverse_names",
    "signatory_of",
    "unknown_markers",
]
