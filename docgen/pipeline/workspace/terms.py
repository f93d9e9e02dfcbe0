"""Terms that have run out by a given day (``--date``) and were not settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Value, Workspace
from docgen.model.ages import ADULT_AGE, day_of_age
from docgen.model.columns import (
    BEGINS,
    BORN,
    CHILDREN,
    DATE,
    ENDED,
    ENDS,
    MENTEE,
    MENTOR,
    ORDERS,
    PAIRS,
    STATE,
)
from docgen.model.states import UNSIGNED, VOID, OrderState
from docgen.wording import order_year, text_of, year_in_settings, year_of

_FIRST_YEAR: Final = "2000/2001"
_SHOWN: Final = 3
FAR: Final = dt.timedelta(days=60)
"""How far ahead orders are prepared."""
_SOON: Final = dt.timedelta(days=30)


def overdue_warnings(workspace: Workspace, day: dt.date) -> Iterator[Problem]:
    """Yield a warning for each order still unsigned and each pair still open after its day."""
    for order in workspace.records.get(ORDERS, ()):
        dated = _day(order.values.get(DATE))
        if dated and dated < day and order.values.get(STATE) in UNSIGNED:
            yield _passed(
                order,
                DATE,
                "дата документа прошла, а он не подписан; подпишите его и впишите состояние "
                "«подписан» или перенесите дату",
                day,
            )
    for pair in workspace.records.get(PAIRS, ()):
        ends = _day(pair.values.get(ENDS))
        if ends and ends < day and not pair.values.get(ENDED):
            yield _passed(
                pair,
                ENDS,
                "срок пары закончился; впишите «Прекращена с» и причину или продлите срок",
                day,
            )


def far_date_warnings(workspace: Workspace, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each order that is dated further ahead than orders are prepared."""
    for order in workspace.records.get(ORDERS, ()):
        dated = _day(order.values.get(DATE))
        if dated and dated > today + FAR and order.values.get(STATE) not in VOID:
            where = order.cells.get(DATE, order.where)
            message = (
                f"дата документа {dated:%d.%m.%Y} – больше чем через {FAR.days} дней; "
                "сверьте месяц и год"
            )
            yield warning("far-date", where, message)


def age_warnings(workspace: Workspace, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each pupil who comes of age soon, or has, while a pair goes on."""
    for pair in workspace.records.get(PAIRS, ()):
        begins = _day(pair.values.get(BEGINS))
        last = [day for name in (ENDS, ENDED) if (day := _day(pair.values.get(name)))]
        if begins is None or not last or today > min(last):
            continue
        for role in (MENTOR, MENTEE):
            reached = _comes_of_age(pair.values.get(role), workspace, today)
            if reached and begins < reached <= min(last) and reached - _SOON <= today:
                message = (
                    f"{text_of(pair.values.get(role))}: 18 лет – {reached:%d.%m.%Y}, до конца "
                    "пары; согласие представителя тогда кончается: возьмите собственное, бланк в "
                    "«Согласиях обучающихся»"
                )
                yield warning("age-reached", pair.cells.get(role, pair.where), message)


def _comes_of_age(person: Value, workspace: Workspace, today: dt.date) -> dt.date | None:
    if not isinstance(person, Reference) or person.register != CHILDREN:
        return None
    born = _day(workspace.version(person, today).values.get(BORN))
    return day_of_age(born, ADULT_AGE) if born else None


def open_year_warnings(workspace: Workspace) -> Iterator[Problem]:
    """Yield one warning for the unsigned orders of a school year that is over by the settings.

    One that is dated this year was not left over: that it names another year is a slip of its own,
    and so is a day of another century.
    """
    year = year_in_settings(workspace)
    left = [
        order
        for order in workspace.records.get(ORDERS, ())
        if year and order.values.get(STATE) == OrderState.TO_SIGN
        if year_of(order, workspace, year) < year
        if _FIRST_YEAR <= (order_year(order, workspace).dated or _FIRST_YEAR) < year
    ]
    if left:
        names = ", ".join(f"«{order.identity}»" for order in left[:_SHOWN])
        more = f" и ещё {len(left) - _SHOWN}" if len(left) > _SHOWN else ""
        message = (
            f"приказы прошлого учебного года ещё на подписи: {names}{more}; они собираются вместе "
            "с нынешними. Подписаны – отметьте, не нужны – «аннулирован»"
        )
        yield warning("year-open", left[0].cells.get(STATE, left[0].where), message)


def _day(value: Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _passed(row: Record, column: str, message: str, day: dt.date) -> Problem:
    where = row.cells.get(column, row.where)
    return warning("overdue", where, f"на {day:%d.%m.%Y}: {message}")
