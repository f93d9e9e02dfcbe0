"""Pairs that are one group of one mentor: which rows are printed together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from docgen.model import Record, Reference, sameness
from docgen.model.columns import (
    AGREEMENT_DATE,
    AGREEMENT_NUMBER,
    ARRANGEMENT,
    BEGINS,
    ENDS,
    GROUP,
    HOURS,
    MENTOR,
    ORDER,
    PAIR_FORM,
    PAIRS,
    PAY,
    PAY_CLAUSE,
    PAY_PERIOD,
    PAY_SIZE,
    PAY_SOURCE,
    PAY_TYPE,
    PAY_UNIT,
)
from docgen.wording.record_views import RecordView
from docgen.wording.value_views import WordingError, text_of

_TERMS = (
    ARRANGEMENT,
    PAY,
    PAY_SIZE,
    PAY_UNIT,
    PAY_TYPE,
    PAY_PERIOD,
    PAY_CLAUSE,
    PAY_SOURCE,
    HOURS,
    AGREEMENT_NUMBER,
    AGREEMENT_DATE,
)
_ALIKE = (GROUP, PAIR_FORM, BEGINS, ENDS, *_TERMS, ORDER)
"""What the rows of one group share, beside its mentor; rows of another term stand alone."""

GroupKey: TypeAlias = tuple[str, ...]


def group_key(pair: Record) -> GroupKey:
    """Return what the rows of a group share; an empty key stands for a pair of no group."""
    mentor = pair.values.get(MENTOR)
    if not text_of(pair.values.get(GROUP)) or not isinstance(mentor, Reference):
        return ()
    alike = (sameness(text_of(pair.values.get(name))) for name in _ALIKE)
    return (mentor.register, mentor.identity, *alike)


def in_groups(pairs: Sequence[Record]) -> list[list[Record]]:
    """Return pairs by group, each group where its first row stands."""
    groups: dict[object, list[Record]] = {}
    for pair in pairs:
        groups.setdefault(group_key(pair) or id(pair), []).append(pair)
    return list(groups.values())


def views_in_groups(pairs: Iterable[object]) -> list[list[RecordView]]:
    """Return views of pairs by group, to be printed as one row.

    Raises:
        WordingError: for anything but rows of «Пары».
    """
    views: dict[int, RecordView] = {}
    for one in pairs:
        if not isinstance(one, RecordView) or one.record.register != PAIRS:
            raise WordingError("фильтр «по_группам» ставят списку пар")
        views[id(one.record)] = one
        if text_of(one.record.values.get(GROUP)):
            one.value(GROUP)
    grouped = in_groups([one.record for one in views.values()])
    return [[views[id(pair)] for pair in group] for group in grouped]
