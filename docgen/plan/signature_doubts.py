"""Days of signatures that cannot be right: such a signature does not count, anywhere."""

from __future__ import annotations

import datetime as dt
from typing import Final

from docgen.model import PlannedDocument, Record, Value
from docgen.model.columns import BEGINS, ISSUED, PAIR, SIGNED

_LONGEST_BEFORE: Final = dt.timedelta(days=300)
"""In January people write the year that is over; in September, too."""


def doubt_of(row: Record, document: PlannedDocument, today: dt.date) -> str:
    """Return why a day of signature cannot be right, "" if it can."""
    day, issued = _day(row.values.get(SIGNED)), _day(row.values.get(ISSUED))
    if day is None:
        return ""
    if day > today:
        return f"подписано {day:%d.%m.%Y}? Такого дня ещё не было"
    if issued is not None and day < issued:
        return f"подписано {day:%d.%m.%Y}, а выдано {issued:%d.%m.%Y}"
    pair = document.variables.get(PAIR)
    begins = _day(pair.values.get(BEGINS)) if isinstance(pair, Record) else None
    if begins is not None and day < begins - _LONGEST_BEFORE:
        return f"подписано {day:%d.%m.%Y}, задолго до начала пары ({begins:%d.%m.%Y})"
    return ""


def _day(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
