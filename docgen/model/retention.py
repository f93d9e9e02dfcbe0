"""How long papers are kept: orders by the series of their numbers, all others as their kind says.

The terms are those of the перечень (приказ Росархива от 20.12.2019 № 236).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.model.choices import Family
from docgen.model.columns import ORDERS, SERIES
from docgen.model.entries import Kind
from docgen.model.record import Phrase, Record, sameness

BY_SERIES: Final[Mapping[str, str]] = {
    "основная деятельность": "постоянно, ст. 19",
    "личный состав": "50 лет ЭПК, ст. 434",
    "административно-хозяйственные": "5 лет, ст. 19",
    "протоколы": "постоянно",
}
"""The term of an order by its series; a series of a house's own says nothing."""


def retention_of(kind: Kind, order: Record | None) -> str:
    """Return how long a paper is kept: an order's series says it, for all else its kind.

    An order that approves pairs is of the main activity, one that sets their pay of personnel,
    whatever else the two have in common.
    """
    if order is None or kind.family != Family.ORDER or kind.register != ORDERS:
        return kind.retention
    series = order.values.get(SERIES)
    text = series.text if isinstance(series, Phrase) else str(series or "")
    return BY_SERIES.get(sameness(text), kind.retention)
