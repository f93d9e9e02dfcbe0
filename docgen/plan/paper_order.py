"""Which papers stand before which, by their entries: days that cross, papers that are missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from docgen import russian
from docgen.errors import Location, Problem, StageError, warning
from docgen.model import EarlierPaper, Family, Kind, PlannedDocument, Record, Workspace
from docgen.model.columns import APPENDICES, ORDERS, STATE
from docgen.model.states import FROZEN
from docgen.plan.paper_days import (
    AskedRule,
    KnownPapers,
    PaperDay,
    called,
    days_at,
    known_papers,
    other_days,
    own_days,
)
from docgen.wording import text_of
from docgen.wording.variables import fill_entry, make_scope, make_variables

_TERM = "срок"
"""Stands for the name of what only has a day: a term ends, it is no paper."""


def paper_order_problems(
    documents: Iterable[PlannedDocument],
    kinds: Mapping[str, Kind],
    workspace: Workspace,
    today: dt.date = dt.date.max,
) -> list[Problem]:
    """Return warnings about papers that should stand in another order.

    Papers of signed orders are past telling, but for what is made or signed after them. Days
    left for the pen are no fault. Many papers that run into one day of one other are one remark.
    Consents to pairs that an order forms are told by ``consent_gaps`` alone.
    """
    papers = known_papers(documents, kinds, workspace, today)
    found: dict[tuple[str, str], Problem] = {}
    titles: dict[tuple[str, str], set[str]] = {}
    for asked in _questions(papers):
        for spoiler, problem in _meant(asked, papers):
            key = (problem.code, spoiler)
            found.setdefault(key, problem)
            titles.setdefault(key, set()).add(asked.document.title)
    return [_with_count(one, len(titles[key]) - 1) for key, one in found.items()]


def _with_count(problem: Problem, more: int) -> Problem:
    message = f"{problem.message} (и ещё бумаг: {more})"
    return replace(problem, message=message) if more else problem


def _questions(papers: KnownPapers) -> Iterator[AskedRule]:
    """Yield each rule with each document, and each row, of which it is asked."""
    for document in papers.documents:
        order = document.order
        state = text_of(order.values.get(STATE)) if order is not None else ""
        # What is made of an order once it is signed, as an extract is, has rows of its own.
        is_of_order = document.kind.register in (ORDERS, APPENDICES)
        is_past = state in FROZEN and is_of_order and document.kind.family != Family.SHEET
        for rule in () if is_past else document.kind.after:
            if not rule.rows:
                yield AskedRule(rule, document, document.variables)
                continue
            rows = document.variables.get(rule.rows)
            for row in rows if isinstance(rows, tuple) else ():
                if isinstance(row, Record) and not row.is_broken:
                    one = papers.workspace.schemas[row.register].one
                    yield AskedRule(rule, document, {**document.variables, one: row})


def _meant(asked: AskedRule, papers: KnownPapers) -> list[tuple[str, Problem]]:
    """Return what is to be told of a rule: its condition is asked once there is anything."""
    rule, document = asked.rule, asked.document
    remarks = [*_remarks(asked, papers)]
    if not remarks or not rule.when:
        return remarks
    scope = make_scope(document, papers.workspace)
    variables = make_variables(
        scope, document.kind, document.variables, document.order, document.year
    )
    rows = {name: row for name, row in asked.rows.items() if isinstance(row, Record)}
    variables |= {name: scope.view(row) for name, row in rows.items()}
    condition = f"{{% if {rule.when} %}}1{{% endif %}}"
    try:
        is_meant = bool(fill_entry(document.kind, "after.when", condition, variables))
    except StageError as error:
        return [(str(one.where), one) for one in error.problems]
    return remarks if is_meant else []


# --- what is told ----------------------------------------------------------------------------


def _remarks(asked: AskedRule, papers: KnownPapers) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with a paper, each with the place of the day that speaks against it."""
    rule = asked.rule
    own = sorted(own_days(asked, papers), key=lambda one: one.when)
    if not own and not rule.is_needed:
        return
    others = [*other_days(asked, papers)]
    missing = [one for one in others if one.day is None]
    if rule.is_needed and missing:
        yield str(missing[0].where), _missing(asked, missing[0])
    there = sorted((one for one in others if one.day is not None), key=lambda one: one.when)
    if own and there:
        yield from _crossing(rule, own, there[-1])
    for last in days_at(rule.last, asked, papers, paper=_TERM):
        if own and last.day is not None and own[-1].when > last.day:
            bound = f"«{last.header}» – {last.day:%d.%m.%Y}"
            # One order may be about many pairs: the cell tells which.
            where = last.where if asked.document.kind.register == ORDERS else own[-1].where
            yield str(last.where), _late(rule, own[-1], bound, where)


def _crossing(
    rule: EarlierPaper, own: list[PaperDay], other: PaperDay
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with the days of a paper and of the last one that stands before it."""
    place = str(other.where)
    if other.when > own[0].when:
        yield place, _early(rule, own[0], other)
    elif other.is_unsigned and rule.is_signed_first and own[0].on_paper:
        message = f"{own[0]}, а {other.paper} от {other.written} ещё не подписан: {rule.why}"
        message = f"{message}; {_advice(own[0])}"
        yield place, warning("paper-early", other.where, message)
    elif rule.within:
        latest = russian.add_workdays(other.when, rule.within)
        if own[-1].when > latest:
            bound = f"надо: {other}, последний день – {latest:%d.%m.%Y}"
            yield place, _late(rule, own[-1], bound, own[-1].where)


def _missing(asked: AskedRule, other: PaperDay) -> Problem:
    lacks, remedy = (
        ("без подписи", "соберите её и впишите день в «Подписано»")
        if other.on_paper
        else ("без даты", f"впишите её в «{other.header}»")
    )
    message = f"{called(asked.document)}: {other} {lacks}; {asked.rule.why}; {remedy}"
    return warning("paper-missing", other.where, message)


def _early(rule: EarlierPaper, own: PaperDay, other: PaperDay) -> Problem:
    message = f"{own}, а {other.paper} – позже, {other.written}: {rule.why}; {_advice(own, other)}"
    return warning("paper-early", other.where, message)


def _late(rule: EarlierPaper, own: PaperDay, bound: str, where: Location) -> Problem:
    message = f"{own}, позже, чем {bound}: {rule.why}; {_advice(own)}"
    return warning("paper-late", where, message)


def _advice(*days: PaperDay) -> str:
    """Return what to do: a day that a hand has written is a fact."""
    if any(one.on_paper for one in days):
        return "дату на бумаге не меняйте, решите с директором, как быть"
    return "сверьте даты"
