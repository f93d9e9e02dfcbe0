"""To which school year a row belongs: the one rule that papers, sets, plans and checks follow.

The year of an order is that of its cell «Учебный год», else the one that its heading names, else
that in which its pairs begin, else that of its date. From 15 June on a date looks to the coming
year, unless the order closes one. What nothing dates is of the year that the settings name. What
names no order goes by its own «С».
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen import russian
from docgen.errors import Location
from docgen.model import OrderSubject, Record, Reference, Workspace, sameness
from docgen.model.columns import (
    ABOUT,
    AMENDED,
    BEGINS,
    DATE,
    ENDS,
    HEADING,
    ORDER,
    ORDERS,
    PAIR_FORM,
    PAIRS,
    SCHOOL_YEAR,
    SETTINGS,
    YEAR,
)
from docgen.wording.value_views import text_of

_TURN: Final = (6, 15)
"""The month and day from which on what is dated looks to the coming school year."""
_FIRST_MONTH: Final = 9
_NEAR: Final = dt.timedelta(days=120)
"""How far from its order a pair may begin that names none and is yet taken to be meant by it."""


@dataclass(frozen=True, slots=True)
class OrderYear:
    """The school year of an order, and what says so.

    ``own``, ``named`` and ``paired`` are the years of its cell, its heading and its ``pairs``,
    ``dated`` that of its date; of several the first counts most.
    """

    own: str
    named: tuple[str, ...]
    paired: tuple[str, ...]
    pairs: tuple[Record, ...]
    dated: str

    @property
    def year(self) -> str:
        """The year that counts, "" if nothing names one."""
        return self.own or next(iter((*self.named, *self.paired)), "") or self.dated

    @property
    def is_of_pairs(self) -> bool:
        """Whether the pairs decide."""
        return not self.own and not self.named and bool(self.paired)


def to_school_year(text: str) -> str:
    """Return a typed school year as «2026/2027», or nothing when the text is none.

    Words such as «учебный год» may stand around it.
    """
    try:
        return russian.school_year(russian.school_year_bounds(text)[0])
    except ValueError:
        named = russian.school_years_in(text)
        return next(iter(named)) if len(named) == 1 else ""


def year_in_settings(workspace: Workspace) -> str:
    """Return the school year that the settings name, as «2026/2027», or nothing."""
    for row in workspace.records.get(SETTINGS, ()):
        year = to_school_year(text_of(row.values.get(SCHOOL_YEAR)))
        if year:
            return year
    return ""


@functools.lru_cache(maxsize=4)
def default_year(workspace: Workspace) -> str:
    """Return the school year of undated documents: that of the settings, else the latest known."""
    latest = max(_known_days(workspace), default=None)
    return year_in_settings(workspace) or (year_of_day(latest) if latest else "")


def _known_days(workspace: Workspace) -> Iterator[dt.date]:
    for register, column in ((ORDERS, DATE), (PAIRS, BEGINS)):
        for row in workspace.records.get(register, ()):
            if (day := _day(row, column)) and day.year < dt.MAXYEAR:
                yield day


def year_of(row: Record, workspace: Workspace, current: str) -> str:
    """Return the school year of a row as «2026/2027»; ``current`` when nothing dates it."""
    order = workspace.order_of(row)
    if order is not None and (year := order_year(order, workspace).year):
        return year
    return _own_year(row) or current


def year_of_day(day: dt.date, ends: dt.date | None = None, *, closes_year: bool = False) -> str:
    """Return the school year to which something of a day belongs.

    Args:
        day: Its date, or its first day.
        ends: Its last day: what ends before September looks to no coming year.
        closes_year: Whether it looks back, on the year that ends or, in September, has ended.
    """
    is_over = ends is not None and ends < dt.date(day.year, _FIRST_MONTH, 1)
    first = int(russian.school_year(day)[:4])
    if closes_year:
        first -= day.month == _FIRST_MONTH
    elif (day.month, day.day) >= _TURN and day.month < _FIRST_MONTH and not is_over:
        first += 1
    return russian.school_year(dt.date(first, _FIRST_MONTH, 1))


def holds_in_year(row: Record, year: str) -> bool:
    """Return whether a row's period overlaps the school year."""
    first, last = russian.school_year_bounds(year)
    return (row.begins or dt.date.min) <= last and (row.ends or dt.date.max) >= first


def order_year(order: Record, workspace: Workspace) -> OrderYear:
    """Return the school year of an order, with all that speaks of it."""
    years = _order_years(workspace)
    found = years.get(id(order))
    if found is None:
        found = years[id(order)] = _order_year(order, workspace)
    return found


@functools.lru_cache(maxsize=8)
def _order_years(workspace: Workspace) -> dict[int, OrderYear]:
    """Return what is known of the orders of a workspace, to be filled: many rows ask of one."""
    del workspace
    return {}


def _order_year(order: Record, workspace: Workspace) -> OrderYear:
    subject = _subject_of(order, workspace)
    pairs = pairs_meant(order, workspace)
    counted = Counter(year for pair in pairs if (year := _own_year(pair)))
    day = _day(order, DATE)
    dated = _year_of_date(order, day, subject, workspace) if day else ""
    named = russian.school_years_in(text_of(order.values.get(HEADING)))
    return OrderYear(
        own=to_school_year(text_of(order.values.get(YEAR))),
        # «Об итогах 2025/2026 и задачах на 2026/2027»: of several the date tells which is meant.
        named=tuple(sorted(sorted(named, reverse=True), key=lambda year: year != dated)),
        paired=tuple(sorted(sorted(counted), key=lambda year: (-counted[year], year != dated))),
        pairs=pairs,
        dated=dated,
    )


def _year_of_date(order: Record, day: dt.date, subject: OrderSubject, workspace: Workspace) -> str:
    heading = text_of(order.values.get(HEADING))
    is_report = russian.sums_up(heading)
    closes = subject.closes_year or is_report or russian.winds_up(heading)
    is_late = day.month == _FIRST_MONTH
    # In September a report is on the year that is over; what ends this year's order is not.
    if is_late and closes and not (subject.closes_year or is_report):
        closes = False
    if is_late and closes and _ends_fresh_order(order, day, workspace):
        closes = False
    return year_of_day(day, closes_year=closes)


def _ends_fresh_order(order: Record, day: dt.date, workspace: Workspace) -> bool:
    """Return whether an order of September ends or changes one of the same school year."""
    changed = order.values.get(AMENDED)
    for one in changed if isinstance(changed, tuple) else (changed,):
        if isinstance(one, Reference) and one.register == ORDERS:
            dated = _day(workspace.by_identity[ORDERS, one.identity][0], DATE)
            if dated is not None and year_of_day(dated) == year_of_day(day):
                return True
    return False


def _subject_of(order: Record, workspace: Workspace) -> OrderSubject:
    about = sameness(text_of(order.values.get(ABOUT)))
    return workspace.subjects.get(about, OrderSubject())


def pairs_meant(order: Record, workspace: Workspace) -> tuple[Record, ...]:
    """Return the pairs that name an order, else those without order that it seems to be about."""
    subject = _subject_of(order, workspace)
    rows = workspace.records.get(PAIRS, ())
    own = tuple(row for row in rows if _names(row, order))
    if own or not subject.pair_forms:
        return own
    forms = {sameness(form) for form in subject.pair_forms}
    free = [
        row
        for row in rows
        if not row.values.get(ORDER)
        and _day(row, BEGINS)
        and sameness(text_of(row.values.get(PAIR_FORM))) in forms
    ]
    day = _day(order, DATE)
    if day is None:
        return tuple(free) if len({_own_year(row) for row in free}) == 1 else ()
    near = {id(row): abs(begins - day) for row in free if (begins := _day(row, BEGINS))}
    nearest = min(free, key=lambda row: near[id(row)], default=None)
    if nearest is None or near[id(nearest)] > _NEAR:
        return ()
    return tuple(row for row in free if _own_year(row) == _own_year(nearest))


def is_form_of(order: Record, pair: Record, workspace: Workspace) -> bool:
    """Return whether an order prints pairs of the form that a pair has."""
    forms = _subject_of(order, workspace).pair_forms
    return sameness(text_of(pair.values.get(PAIR_FORM))) in map(sameness, forms)


def _names(row: Record, order: Record) -> bool:
    named = row.values.get(ORDER)
    return isinstance(named, Reference) and named.identity == order.identity


def _own_year(row: Record) -> str:
    """Return the year in which a row begins by itself; a worker since 2015 is of no one year."""
    begins = _day(row, BEGINS)
    return year_of_day(begins, _day(row, ENDS)) if begins and row.begins is None else ""


def _day(row: Record, column: str) -> dt.date | None:
    value = row.values.get(column)
    return value if isinstance(value, dt.date) else None


def cells_of_pairs(pairs: tuple[Record, ...]) -> Iterator[tuple[str, Location]]:
    """Yield the year in which each pair begins, with the cell that says so."""
    for pair in pairs:
        if year := _own_year(pair):
            yield year, pair.cells.get(BEGINS, pair.where)
