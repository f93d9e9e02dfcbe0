"""What a mentor is paid for a pair and with whom it is taught, in words."""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal

from docgen.model import Record, Reference, Workspace
from docgen.model.columns import BEGINS, ENDS, MENTEE, PAIRS, PAY, PAY_SIZE, PAY_UNIT
from docgen.wording.filters import sum_in_full
from docgen.wording.money_views import MoneyView
from docgen.wording.pair_groups import GroupKey, group_key
from docgen.wording.protocols import RowView
from docgen.wording.record_views import RecordView, derived_value
from docgen.wording.value_views import text_of


@derived_value(PAIRS, "размер_выплаты")
def size_of_pay(pair: RowView) -> str:
    """Return «10 % должностного оклада» or a sum in digits and words; else the typed «Выплата»."""
    size, unit = pair.value(PAY_SIZE), text_of(pair.value(PAY_UNIT))
    if not isinstance(size, Decimal):
        return text_of(pair.value(PAY))
    if unit.startswith("%"):
        return f"{MoneyView(size)!s}\u00a0{unit}"
    return str(sum_in_full(MoneyView(size)))


@derived_value(PAIRS, "наставляемые")
def mentees_of_group(pair: RowView) -> list[RecordView]:
    """Return the mentees of a pair and of the pairs that are one group with it."""
    found = [view.value(MENTEE) for view in rows_of_group(pair)]
    return [pair.scope.follow(one) for one in found if isinstance(one, Reference)]


@derived_value(PAIRS, "вместе")
def rows_of_group(pair: RowView) -> list[RecordView]:
    """Return a pair with the pairs that are one group with it, as their sheet stands."""
    scope = pair.scope
    key = group_key(pair.record)
    rows = _groups(scope.workspace)[key] if key else [pair.record]
    scope.note_rows(f"{PAIRS}/{pair.record.identity}/вместе", rows)
    return [scope.view(row) for row in rows]


@functools.lru_cache(maxsize=4)
def _groups(workspace: Workspace) -> dict[GroupKey, list[Record]]:
    """Return the pairs of each group of a workspace."""
    found: dict[GroupKey, list[Record]] = {}
    for row in workspace.records.get(PAIRS, ()):
        if key := group_key(row):
            found.setdefault(key, []).append(row)
    return found


@derived_value(PAIRS, "месяцев")
def months_of_term(pair: RowView) -> int | str:
    """Return the full months of a pair's term, its last day counted; nothing without a term."""
    begins, ends = pair.value(BEGINS), pair.value(ENDS)
    if not isinstance(begins, dt.date) or not isinstance(ends, dt.date):
        return ""
    after = ends + dt.timedelta(days=1)
    whole = (after.year - begins.year) * 12 + after.month - begins.month
    # From the 31st a month is full on the last day of a shorter one.
    is_last = (after + dt.timedelta(days=1)).month != after.month
    return whole if after.day >= begins.day or is_last else whole - 1
