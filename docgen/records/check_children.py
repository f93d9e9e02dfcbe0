"""Check who stands for the children of pairs: on the days of their papers, not of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Workspace
from docgen.model.ages import ADULT_AGE, SIGNING_AGE, day_of_age, full_years
from docgen.model.columns import (
    BORN,
    CHILDREN,
    GUARDIAN,
    MENTEE,
    MENTOR,
    PAIRS,
    RELATION,
    STATE,
)
from docgen.model.states import ELSEWHERE, VOID
from docgen.records.order_days import day_in
from docgen.wording import day_of, default_year, text_of, year_of
from docgen.wording.days import UNKNOWN_DAY
from docgen.wording.people import GUARDIAN_BY_LAW, TRUSTEE

_AGES: Final = range(5, 31)
"""How old pupils are, of colleges too: another age is a slip in the year of birth."""


def check_children(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the representatives of children who need one."""
    days = _days_of_papers(workspace)
    usual = day_of(None, None, workspace, default_year(workspace))
    for child in workspace.records.get(CHILDREN, ()):
        born = day_in(child, BORN)
        if child.is_broken or born is None:
            continue
        papers = days.get(child.identity, [_usual_day(child, born, usual)])
        ages = [age for day in papers if (age := full_years(born, day)) < ADULT_AGE]
        odd = next((day for day in papers if full_years(born, day) not in _AGES), None)
        if odd is not None:
            yield _doubt_birth(child, born, odd)
            continue
        if ages and not child.values.get(GUARDIAN):
            yield Problem(
                "missing-value",
                child.cells[GUARDIAN],
                f"у несовершеннолетнего «{child.identity}» не назван представитель; впишите ФИО",
            )
        typed = text_of(child.values.get(RELATION))
        if typed == GUARDIAN_BY_LAW and any(age >= SIGNING_AGE for age in ages):
            yield _note_trustee(child)
        elif typed == TRUSTEE and any(age < SIGNING_AGE for age in ages):
            yield _note_guardian(child)


def _usual_day(child: Record, born: dt.date, usual: dt.date) -> dt.date:
    """Return the day of the papers of a child who is in no pair yet."""
    if usual != UNKNOWN_DAY:
        return max(usual, child.begins or usual)
    return child.begins or day_of_age(born, ADULT_AGE - 1)


def _days_of_papers(workspace: Workspace) -> dict[str, list[dt.date]]:
    """Return the days of the papers of each child in a pair of this school year or a later one."""
    found: dict[str, list[dt.date]] = {}
    current = default_year(workspace)
    for pair in workspace.records.get(PAIRS, ()):
        order = workspace.order_of(pair)
        is_void = order is not None and order.values.get(STATE) in VOID | ELSEWHERE
        is_done = is_void or year_of(pair, workspace, current) < current
        day = day_of(pair, None, workspace, current)
        for role in (MENTOR, MENTEE):
            person = pair.values.get(role)
            if isinstance(person, Reference) and person.register == CHILDREN:
                days = found.setdefault(person.identity, [])
                days += [] if is_done or day == UNKNOWN_DAY else [day]
    return found


def _doubt_birth(child: Record, born: dt.date, day: dt.date) -> Problem:
    return warning(
        "doubtful-date",
        child.cells[BORN],
        f"«{child.identity}»: дата рождения {born:%d.%m.%Y}, а бумаги от {day:%d.%m.%Y}; по ней "
        "решается, кто даёт согласие: исправьте год",
    )


def _note_guardian(child: Record) -> Problem:
    return warning(
        "guardian-age",
        child.cells[RELATION],
        f"«{child.identity}» – нет 14 лет: до этого возраста назначают опекуна (ГК РФ, ст. 32), и "
        f"в согласии напечатано «{GUARDIAN_BY_LAW}»; впишите так и сюда",
    )


def _note_trustee(child: Record) -> Problem:
    return warning(
        "guardian-age",
        child.cells[RELATION],
        f"«{child.identity}» – 14 лет или больше: опекун стал попечителем (ГК РФ, ст. 40), и в "
        f"согласии напечатано «{TRUSTEE}»; впишите так и сюда",
    )
