"""What a round of monitoring counts in «Пары» and «Сотрудники»: numbers alone, no names.

A young specialist is a teacher of the house with less than three years of experience on the day;
whose beginning is not known is not counted as one. Pairs count that have worked in the period.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from docgen.model import Record, Reference, sameness
from docgen.model.ages import full_years
from docgen.model.columns import (
    ARRANGEMENT,
    BEGINS,
    CATEGORY,
    CHILDREN,
    DATE,
    ENDED,
    ENDS,
    EXPERIENCED_SINCE,
    MENTEE,
    MENTOR,
    PAIR_FORM,
    PAIRS,
    PAY,
    PAY_SIZE,
    PERIOD_BEGINS,
    PERIOD_ENDS,
    PROGRAMME_ORDER,
    PROLONGED,
    REASON,
    STAFF,
    STATE,
    SURVEYED_ON,
    SURVEYS,
)
from docgen.model.states import VOID
from docgen.wording.own_papers import find_own_order
from docgen.wording.protocols import RowView
from docgen.wording.record_views import RecordView, Scope, derived_value
from docgen.wording.school_years import year_of
from docgen.wording.teachers import is_own_teacher, teachers_of
from docgen.wording.value_views import text_of

YOUNG_YEARS: Final = 3
CATEGORIES: Final = ("высшая", "первая", "педагог-наставник", "педагог-методист")
NO_CATEGORY: Final = "без категории"
_PROGRAMMES: Final = "утверждение программ"
IN_TIME: Final = "завершена"


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """The numbers of a round: of people, of pairs by form, of ends by reason.

    ``пар`` counts rows of teachers' pairs, ``пар_обучающихся`` those with a pupil. A mentor of
    several pairs is one mentor.
    """

    педагогов: int
    молодых: int
    без_стажа: int
    охвачено: int
    молодых_с_наставником: int
    пар: int
    пар_обучающихся: int
    формы: Mapping[str, int]
    формы_обучающихся: Mapping[str, int]
    программ_утверждено: int
    прекращено: Mapping[str, int]
    наставников: int
    категории: Mapping[str, int]
    с_соглашением: int
    с_пунктом: int
    с_выплатой: int
    молодых_уволилось: int


@derived_value(SURVEYS, "подсчёт")
def counts_of(survey: RowView) -> SurveyCounts:
    """Return what a round counts on its day, of its period."""
    scope = survey.scope
    begins, ends = _period(survey)
    worked = _pairs_of_round(survey)
    adults = [row for row in worked if _has_mentee_of(row, STAFF)]
    pupils = [row for row in worked if _has_mentee_of(row, CHILDREN)]
    teachers = [view.record for view in teachers_of(scope)]
    young = [row for row in teachers if _is_young(row, ends)]
    mentors = _people(adults, MENTOR, scope)
    mentees = {row.identity for row in _people(adults, MENTEE, scope)}
    taking_part = mentees | {row.identity for row in mentors}
    return SurveyCounts(
        педагогов=len(teachers),
        молодых=len(young),
        без_стажа=sum(row.values.get(EXPERIENCED_SINCE) is None for row in teachers),
        охвачено=sum(row.identity in taking_part for row in teachers),
        молодых_с_наставником=sum(row.identity in mentees for row in young),
        пар=len(adults),
        пар_обучающихся=len(pupils),
        формы=_by(adults, PAIR_FORM),
        формы_обучающихся=_by(pupils, PAIR_FORM),
        программ_утверждено=_with_programmes(adults, ends, scope),
        прекращено=_by(_ended_early(adults, ends), REASON),
        наставников=len(mentors),
        категории=_by_category(mentors),
        с_соглашением=_mentors_with(adults, scope, lambda row: _arranged(row, "доп. соглашение")),
        с_пунктом=_mentors_with(adults, scope, lambda row: _arranged(row, "пункт договора")),
        с_выплатой=_mentors_with(adults, scope, _is_paid),
        молодых_уволилось=_young_who_left(scope, begins, ends),
    )


def teachers_pairs(survey: RowView) -> list[Record]:
    """Return the pairs of a round whose mentee is a worker."""
    return [row for row in _pairs_of_round(survey) if _has_mentee_of(row, STAFF)]


def _pairs_of_round(survey: RowView) -> list[Record]:
    scope = survey.scope
    begins, ends = _period(survey)
    rows = [row for row in scope.workspace.records.get(PAIRS, ()) if not row.is_broken]
    worked = [row for row in rows if _has_worked(row, begins, ends, scope)]
    scope.note_rows(f"{SURVEYS}/{survey.record.identity}/{PAIRS}", worked)
    return worked


def _period(survey: RowView) -> tuple[dt.date, dt.date]:
    """Return the period of a round, as far as it has passed on the day of its numbers."""
    begins, ends = survey.value(PERIOD_BEGINS), survey.value(PERIOD_ENDS)
    day = survey.value(SURVEYED_ON)
    first = begins if isinstance(begins, dt.date) else dt.date.min
    days = [one for one in (ends, day) if isinstance(one, dt.date)]
    return first, min(days, default=survey.scope.day)


def _has_mentee_of(row: Record, register: str) -> bool:
    mentee = row.values.get(MENTEE)
    return isinstance(mentee, Reference) and mentee.register == register


def _has_worked(row: Record, begins: dt.date, ends: dt.date, scope: Scope) -> bool:
    """Return whether a pair has worked on any day of a period, by an order that is in force."""
    first, last = row.values.get(BEGINS), _last_day(row)
    order = scope.workspace.order_of(row)
    if order is not None and text_of(order.values.get(STATE)) in VOID:
        return False
    return isinstance(first, dt.date) and first <= ends and (last is None or last >= begins)


def _last_day(row: Record) -> dt.date | None:
    for name in (ENDED, PROLONGED, ENDS):
        if isinstance(day := row.values.get(name), dt.date):
            return day
    return None


def _is_young(row: Record, day: dt.date) -> bool:
    since = row.values.get(EXPERIENCED_SINCE)
    return isinstance(since, dt.date) and full_years(since, day) < YOUNG_YEARS


def _people(rows: Iterable[Record], role: str, scope: Scope) -> list[Record]:
    """Return the workers whom rows name in a role, each once."""
    found: dict[str, Record] = {}
    for row in rows:
        person = row.values.get(role)
        if isinstance(person, Reference) and person.register == STAFF:
            found.setdefault(person.identity, scope.workspace.version(person, scope.day))
    return list(found.values())


def _by(rows: Iterable[Record], column: str) -> dict[str, int]:
    return dict(Counter(text_of(row.values.get(column)) or "другое" for row in rows))


def _with_programmes(rows: Iterable[Record], day: dt.date, scope: Scope) -> int:
    """Count the pairs whose programmes an order has approved by a day."""
    return sum(_is_approved(row, day, scope) for row in rows)


def _is_approved(row: Record, day: dt.date, scope: Scope) -> bool:
    named = row.values.get(PROGRAMME_ORDER)
    year = year_of(row, scope.workspace, "")
    order = (
        scope.follow(named)
        if isinstance(named, Reference)
        else find_own_order(scope, year, _PROGRAMMES)
    )
    if not isinstance(order, RecordView) or text_of(order.record.values.get(STATE)) in VOID:
        return False
    dated = order.record.values.get(DATE)
    forming = None if isinstance(named, Reference) else scope.workspace.order_of(row)
    formed = forming.values.get(DATE) if forming is not None else None
    is_later = isinstance(formed, dt.date) and isinstance(dated, dt.date) and formed > dated
    return isinstance(dated, dt.date) and dated <= day and not is_later


def _ended_early(rows: Iterable[Record], day: dt.date) -> list[Record]:
    """Return the pairs that have ended before their term, for another reason than its end."""
    found = []
    for row in rows:
        ended = row.values.get(ENDED)
        if isinstance(ended, dt.date) and ended <= day:
            found.append(row)
    return [row for row in found if sameness(text_of(row.values.get(REASON))) != IN_TIME]


def _by_category(mentors: Iterable[Record]) -> dict[str, int]:
    """Count mentors by category; one may have two, such as «высшая; педагог-наставник»."""
    found = dict.fromkeys((*CATEGORIES, NO_CATEGORY), 0)
    for row in mentors:
        typed = sameness(text_of(row.values.get(CATEGORY)))
        named = [one for one in CATEGORIES if one in typed]
        for one in named or [NO_CATEGORY]:
            found[one] += 1
    return found


def _mentors_with(rows: Iterable[Record], scope: Scope, has: Callable[[Record], bool]) -> int:
    return len(_people([row for row in rows if has(row)], MENTOR, scope))


def _arranged(row: Record, how: str) -> bool:
    return sameness(text_of(row.values.get(ARRANGEMENT))) == how


def _is_paid(row: Record) -> bool:
    return bool(text_of(row.values.get(PAY)) or row.values.get(PAY_SIZE))


def _young_who_left(scope: Scope, begins: dt.date, ends: dt.date) -> int:
    """Count the house's own teachers who have left in a period as young specialists."""
    found = set()
    for row in scope.workspace.records.get(STAFF, ()):
        left = row.values.get(ENDS)
        if row.is_broken or not isinstance(left, dt.date) or not begins <= left <= ends:
            continue
        if is_own_teacher(row) and _is_young(row, left):
            found.add(row.identity)
    return len(found)
