"""What the report of a round says of programmes and of how pairs are arranged.

A pair is arranged in full when both have consented, the agreement has its date where one is
needed, and the pay is named where the work is paid (ТК РФ, ст. 351.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.model import Record, sameness
from docgen.model.columns import (
    AGREEMENT_DATE,
    ARRANGEMENT,
    CHILDREN,
    FINDINGS,
    MENTOR,
    PAY,
    PAY_SIZE,
    STAFF,
    SURVEYS,
    TEXT,
)
from docgen.wording.own_papers import consents_of, signed_on
from docgen.wording.protocols import RowView
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.survey_counts import counts_of, teachers_pairs
from docgen.wording.survey_indicators import Indicator, indicators_of, printed_number
from docgen.wording.value_views import text_of

_BY_AGREEMENT, _BY_CLAUSE = "доп. соглашение", "пункт договора"
_ENDS: Final = ("Программ выполнено", "Программ выполнено частично", "Программ не выполнено")
_UNDER_WAY: Final = "Программы выполняются"
_SHORTEST: Final = 5
"""A shorter surname may be any word."""
_WHOLE: Final = 1000
"""Shares are spread in tenths of a per cent."""


@dataclass(frozen=True, slots=True)
class PairArrangement:
    """A pair of the round and what its papers lack, in words; nothing where it is whole."""

    пара: RecordView
    не_хватает: list[str]

    @property
    def полностью(self) -> bool:
        """Whether nothing is missing."""
        return not self.не_хватает


@derived_value(SURVEYS, "оформление")
def arrangements_of(survey: RowView) -> list[PairArrangement]:
    """Return the teachers' pairs of a round with what their papers lack."""
    scope = survey.scope
    views = [scope.view(row) for row in teachers_pairs(survey)]
    return [PairArrangement(view, list(_missing(view))) for view in views]


def _missing(pair: RecordView) -> Iterator[str]:
    how = sameness(text_of(pair.value(ARRANGEMENT)))
    if not consents_of(pair.scope, "согласие_на_наставничество", [pair]):
        yield "согласия"
    if how == _BY_AGREEMENT and not _has_agreement(pair.record, pair):
        yield "дополнительное соглашение"
    if how in {_BY_AGREEMENT, _BY_CLAUSE} and not (
        text_of(pair.value(PAY)) or pair.value(PAY_SIZE)
    ):
        yield "выплата"
    if not how:
        yield "способ оформления"


def _has_agreement(row: Record, pair: RecordView) -> bool:
    if row.values.get(AGREEMENT_DATE) is not None:
        return True
    mentor = getattr(pair, MENTOR)
    return bool(signed_on(pair.scope, "дополнительное_соглашение", mentor, pair))


@derived_value(SURVEYS, "итоги_программ")
def programme_results(survey: RowView) -> list[Indicator]:
    """Return how many of the approved programmes have come to which end, with shares of 100.

    ``примечание`` is the share in per cent. Nothing where no end is typed; those without an end are
    under way.
    """
    lines = {line.название: line for line in indicators_of(survey)}
    typed = [lines[name] for name in _ENDS if lines[name].число is not None]
    total = counts_of(survey).программ_утверждено
    known = sum(int(line.число or 0) for line in typed)
    if not typed or known > total:
        return []
    rest = Indicator(_UNDER_WAY, typed[0].единица, str(total - known), Decimal(total - known))
    found = [*typed, *([rest] if total > known else [])]
    shares = spread([int(line.число or 0) for line in found])
    return [
        Indicator(one.название, one.единица, one.факт, one.число, примечание=printed_number(share))
        for one, share in zip(found, shares, strict=True)
    ]


def spread(numbers: list[int]) -> list[Decimal]:
    """Return the shares of numbers in per cent with one digit; their sum is 100 to the tenth."""
    whole = sum(numbers)
    if not whole:
        return [Decimal(0) for _ in numbers]
    tenths = [_WHOLE * one // whole for one in numbers]
    by_rest = sorted(range(len(numbers)), key=lambda place: -(_WHOLE * numbers[place] % whole))
    for place in by_rest[: _WHOLE - sum(tenths)]:
        tenths[place] += 1
    return [Decimal(one) / 10 for one in tenths]


@derived_value(FINDINGS, "фамилии")
def surnames_in(finding: RowView) -> list[str]:
    """Return the surnames of the registers that the words of a report seem to hold."""
    text = text_of(finding.value(TEXT))
    found = []
    for register in (STAFF, CHILDREN):
        for row in finding.scope.workspace.records.get(register, ()):
            surname = row.identity.split()[0] if row.identity else ""
            is_long = len(surname) >= _SHORTEST
            if is_long and re.search(rf"\b{re.escape(surname[:-1])}", text):
                found.append(surname)
    return list(dict.fromkeys(found))
