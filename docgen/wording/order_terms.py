"""Deadlines that an order's template sets: days counted from its date, or back from a start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from docgen import russian
from docgen.model import Record
from docgen.model.columns import BEGINS, DATE
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.value_views import WordingError

_MOST: Final = 250
_SOON: Final = 3


def deadline_after(scope: Scope, order: Record | None, count: object) -> str:
    """Return «в срок до 14 сентября 2026 г.»: so many working days after the order's date.

    An order that has no date yet counts in days itself.

    Raises:
        WordingError: for anything but a number of working days.
    """
    if isinstance(count, bool) or not isinstance(count, int) or not 0 < count <= _MOST:
        raise WordingError(f"«{count}» рабочих дней; задайте целое число, от 1 до {_MOST}")
    day = order.values.get(DATE) if order is not None else None
    if not isinstance(day, dt.date):
        days = russian.counted(count, "рабочий день", "род", "словами")
        return f"в течение {days} со дня издания настоящего приказа"
    return _until(scope, russian.add_workdays(day, count))


def deadline_before(
    scope: Scope, order: Record | None, pairs: Iterable[object], column: str = BEGINS
) -> str:
    """Return «в срок до …» with the last working day before the first of these pairs begins.

    Another ``column`` gives another day of pairs, such as that on which they end. Where no such
    day is left after the order's date, «до начала работы», of another column three working days.

    Raises:
        WordingError: for anything but rows of «Пары».
    """
    starts = []
    for pair in pairs:
        if not isinstance(pair, RecordView):
            raise WordingError("«до_начала» считают по списку пар")
        start = pair.value(column)
        if isinstance(start, dt.date):
            starts.append(start)
    last = russian.add_workdays(min(starts), -1) if starts else None
    issued = order.values.get(DATE) if order is not None else None
    if last is None or (isinstance(issued, dt.date) and last < issued):
        return "до начала работы" if column == BEGINS else deadline_after(scope, order, _SOON)
    return _until(scope, last)


def _until(scope: Scope, day: dt.date) -> str:
    return f"в срок до {scope.date(day).в_тексте}"
