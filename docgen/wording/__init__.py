"""How records become words: what templates and titles see, in which case, in which form."""

from __future__ import annotations

from docgen.wording import (
    acts,
    appendices,
    approval_marks,
    days,
    former_mentors,
    meetings,
    order_links,
    orders,
    pair_numbers,
    pair_terms,
    people,
    points,
    programmes,
    survey_arrangements,
    survey_counts,
    survey_indicators,
)
from docgen.wording.acquaintance import acquaintance_of, own_acquaintance
from docgen.wording.acts import is_in_force
from docgen.wording.appendix_mentions import (
    appendix_address,
    appendix_numbers_in,
    is_about_appendix,
    is_nested,
    names_every_appendix,
    order_number,
    plain_number,
)
from docgen.wording.approval_marks import is_about_order
from docgen.wording.blank_views import BlankRecordView
from docgen.wording.braces import marker_columns, unknown_markers
from docgen.wording.days import day_of
from docgen.wording.environment import fill_line, make_environment
from docgen.wording.filters import FILTERS
from docgen.wording.people import name_on, short_name_key, short_name_keys, signatory_of
from docgen.wording.protocols import organisation_of, settings_of
from docgen.wording.record_views import (
    BrokenRecordError,
    CardView,
    RecordView,
    Scope,
)
from docgen.wording.school_years import (
    cells_of_pairs,
    default_year,
    holds_in_year,
    is_form_of,
    order_year,
    pairs_meant,
    to_school_year,
    year_in_settings,
    year_of,
    year_of_day,
)
from docgen.wording.table_places import looks_of_tables, place_of_table, place_of_words
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
    "acquaintance_of",
    "acts",
    "appendices",
    "appendix_address",
    "appendix_numbers_in",
    "approval_marks",
    "cells_of_pairs",
    "day_of",
    "days",
    "default_year",
    "fill_line",
    "former_mentors",
    "holds_in_year",
    "is_about_appendix",
    "is_about_order",
    "is_form_of",
    "is_in_force",
    "is_nested",
    "looks_of_tables",
    "make_environment",
    "marker_columns",
    "meetings",
    "name_on",
    "names_every_appendix",
    "order_links",
    "order_number",
    "order_year",
    "orders",
    "organisation_of",
    "own_acquaintance",
    "pair_numbers",
    "pair_terms",
    "pairs_meant",
    "people",
    "place_of_table",
    "place_of_words",
    "plain_number",
    "points",
    "programmes",
    "settings_of",
    "short_name_key",
    "short_name_keys",
    "signatory_of",
    "survey_arrangements",
    "survey_counts",
    "survey_indicators",
    "text_of",
    "to_school_year",
    "unknown_markers",
    "year_in_settings",
    "year_of",
    "year_of_day",
]
