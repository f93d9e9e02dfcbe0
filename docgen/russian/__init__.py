"""How Russian is written in official papers: cases, numbers, dates, agreement, spaces.

Pure: no disk, no clock. Each outside library has its home in one module and is loaded at first
use: pytrovich in ``name_cases``, pymorphy3 in ``morphology``, num2words in ``numbers``, babel and
holidays in ``dates``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docgen.russian.agreement import agree, approved_word, fit_to_gender
    from docgen.russian.case_forms import CASES, Form, WrongArgumentError, to_case, to_gender
    from docgen.russian.dates import (
        DATE_FORMS,
        absent_day,
        add_workdays,
        date_by_picture,
        date_words,
        day_off,
        format_date,
        is_date_picture,
        parse_date,
        read_date,
        school_year,
        school_year_bounds,
    )
    from docgen.russian.form_cache import hold_forms
    from docgen.russian.lookalikes import every_lookalike, find_lookalikes, in_russian_letters
    from docgen.russian.morphology import is_common_noun
    from docgen.russian.name_cases import WrongEngineError, decline_name, self_test
    from docgen.russian.name_parts import (
        gender_of,
        initials,
        looks_like_name,
        split_name,
        usual_capitals,
    )
    from docgen.russian.nominatives import Proposal, full_case, mistaken_case, nominative_of
    from docgen.russian.numbers import (
        count_noun,
        counted_form,
        format_sum,
        number_words,
        sum_with_words,
        sum_words,
    )
    from docgen.russian.periods import (
        format_period,
        format_years,
        last_deadline,
        school_years_in,
        sums_up,
        winds_up,
        years_in,
    )
    from docgen.russian.phrases import decline_phrase, gender_of_phrase, is_oblique, is_post
    from docgen.russian.place_phrases import AGREEMENTS, decline_place
    from docgen.russian.posts import acting_in_full, within_sentence
    from docgen.russian.prepositions import with_preposition
    from docgen.russian.quantities import (
        aged,
        counted,
        having_reached,
        ordinal,
        school_class,
        school_year_in,
    )
    from docgen.russian.text_slips import Slip, SlipKind, name_slips, phrase_slips
    from docgen.russian.typography import surplus_stops, typeset, typeset_closely

__all__ = [
    "AGREEMENTS",
    "CASES",
    "DATE_FORMS",
    "Form",
    "Proposal",
    "Slip",
    "SlipKind",
    "WrongArgumentError",
    "WrongEngineError",
    "absent_day",
    "acting_in_full",
    "add_workdays",
    "aged",
    "agree",
    "approved_word",
    "count_noun",
    "counted",
    "counted_form",
    "date_by_picture",
    "date_words",
    "day_off",
    "decline_name",
    "decline_phrase",
    "decline_place",
    "every_lookalike",
    "find_lookalikes",
    "fit_to_gender",
    "format_date",
    "format_period",
    "format_sum",
    "format_years",
    "full_case",
    "gender_of",
    "gender_of_phrase",
    "having_reached",
    "hold_forms",
    "in_russian_letters",
    "initials",
    "is_common_noun",
    "is_date_picture",
    "is_oblique",
    "is_post",
    "last_deadline",
    "looks_like_name",
    "mistaken_case",
    "name_slips",
    "nominative_of",
    "number_words",
    "ordinal",
    "parse_date",
    "phrase_slips",
    "read_date",
    "school_class",
    "school_year",
    "school_year_bounds",
    "school_year_in",
    "school_years_in",
    "self_test",
    "split_name",
    "sum_with_words",
    "sum_words",
    "sums_up",
    "surplus_stops",
    "to_case",
    "to_gender",
    "typeset",
    "typeset_closely",
    "usual_capitals",
    "winds_up",
    "with_preposition",
    "within_sentence",
    "years_in",
]

_HOMES: Final = {
    "agreement": (
        "agree",
        "approved_word",
        "fit_to_gender",
    ),
    "case_forms": (
        "CASES",
        "Form",
        "WrongArgumentError",
        "to_case",
        "to_gender",
    ),
    "dates": (
        "DATE_FORMS",
        "absent_day",
        "add_workdays",
        "date_by_picture",
        "date_words",
        "day_off",
        "format_date",
        "is_date_picture",
        "parse_date",
        "read_date",
        "school_year",
        "school_year_bounds",
    ),
    "form_cache": ("hold_forms",),
    "lookalikes": (
        "every_lookalike",
        "find_lookalikes",
        "in_russian_letters",
    ),
    "morphology": ("is_common_noun",),
    "name_cases": (
        "WrongEngineError",
        "decline_name",
        "self_test",
    ),
    "name_parts": (
        "gender_of",
        "initials",
        "looks_like_name",
        "split_name",
        "usual_capitals",
    ),
    "nominatives": (
        "Proposal",
        "full_case",
        "mistaken_case",
        "nominative_of",
    ),
    "numbers": (
        "count_noun",
        "counted_form",
        "format_sum",
        "number_words",
        "sum_with_words",
        "sum_words",
    ),
    "periods": (
        "format_period",
        "format_years",
        "last_deadline",
        "school_years_in",
        "sums_up",
        "winds_up",
        "years_in",
    ),
    "phrases": (
        "decline_phrase",
        "gender_of_phrase",
        "is_oblique",
        "is_post",
    ),
    "place_phrases": (
        "AGREEMENTS",
        "decline_place",
    ),
    "posts": ("acting_in_full", "within_sentence"),
    "prepositions": ("with_preposition",),
    "quantities": (
        "aged",
        "counted",
        "having_reached",
        "ordinal",
        "school_class",
        "school_year_in",
    ),
    "text_slips": (
        "Slip",
        "SlipKind",
        "name_slips",
        "phrase_slips",
    ),
    "typography": (
        "surplus_stops",
        "typeset",
        "typeset_closely",
    ),
}
"""The modules and the names of each; they load at first use: their patterns take long to make."""

_MODULES: Final = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return a name of a module, which loads now.

    Raises:
        AttributeError: when there is no such name.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
