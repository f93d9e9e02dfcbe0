"""How records are worded: what templates and titles see, in which case, in whose house style."""

from __future__ import annotations

from docgen.wording import acts, appendices, days, orders, people, points
from docgen.wording.acts import is_in_force
from docgen.wording.appendices import is_about_order
from docgen.wording.appendix_mentions import (
    is_about,
    names_every,
    numbers_in,
    order_number,
    plain_number,
)
from docgen.wording.braces import marked_columns, unknown_markers
from docgen.wording.days import current_year, day_of, holds_in_year, named_year, usual_year, year_of
from docgen.wording.environment import fill, make_environment
from docgen.wording.filters import FILTERS
from docgen.wording.people import full_years, name_on, short_name_mark, short_names, signatory_of
from docgen.wording.record_views import (
    BlankRecordView,
    BrokenRecordError,
    CardView,
    RecordView,
    Scope,
)
from docgen.wording.value_views import BlankView, DateView, NameView, PhraseView, text_of

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
    "appendices",
    "current_year",
    "day_of",
    "days",
    "fill",
    "full_years",
    "holds_in_year",
    "is_about",
    "is_about_order",
    "is_in_force",
    "make_environment",
    "marked_columns",
    "name_on",
    "named_year",
    "names_every",
    "numbers_in",
    "order_number",
    "orders",
    "people",
    "plain_number",
    "points",
    "short_name_mark",
    "short_names",
    "signatory_of",
    "text_of",
    "unknown_markers",
    "usual_year",
    "year_of",
]
