"""Check that an order is dated in the year of its neighbours in the journal of orders."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import DATE, NUMBER, ORDERS, SERIES, STATE
from docgen.model.states import UNSIGNED
from docgen.records.order_days import day_in, has_wild_year, paper_name
from docgen.wording import order_number, order_year, text_of

_NEAR: Final = 3
"""How many numbers further an order may be that shows the year of another."""
_LONG: Final = dt.timedelta(days=180)
_DIGITS: Final = re.compile(r"\d+")


def check_journal(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for an unsigned order that is the only one of its year, behind later ones.

    Numbers begin anew each year: whoever has the number after the last one and a day of last year
    has mistyped the year. What a heading or pairs tell of the year is said with them.
    """
    series: dict[str, list[tuple[int, dt.date, Record]]] = defaultdict(list)
    for order in workspace.records.get(ORDERS, ()):
        digits = _DIGITS.match(order_number(text_of(order.values.get(NUMBER))))
        day = day_in(order)
        if digits and day and not order.is_broken:
            name = sameness(text_of(order.values.get(SERIES)))
            series[name].append((int(digits[0]), day, order))
    for orders in series.values():
        for number, day, order in orders:
            found = order_year(order, workspace)
            is_alone = all(one is order or other.year != day.year for _, other, one in orders)
            if order.values.get(STATE) not in UNSIGNED or not is_alone or found.year != found.dated:
                continue
            if has_wild_year(order):
                continue
            before = [
                (other, one)
                for near, other, one in orders
                if 0 < number - near <= _NEAR and other - day > _LONG
            ]
            if before:
                later, neighbour = before[-1]
                yield warning(
                    "year-differs",
                    order.cells[DATE],
                    f"{paper_name(order)} от {day:%d.%m.%Y}, а {paper_name(neighbour)} раньше него "
                    f"по номеру и от {later:%d.%m.%Y} ({neighbour.cells[DATE].cell}); сверьте год",
                )
