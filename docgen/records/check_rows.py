"""Check rows against each other: numbers, dates, signatories, school years, children."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from typing import Final

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import Phrase, Record, Workspace, sameness
from docgen.model.columns import (
    ABOUT,
    ACQUAINT,
    ACTIONS,
    APPENDICES,
    DATE,
    DATE_FORM,
    LETTERHEAD_DATE_FORM,
    NUMBER,
    ORDERS,
    PURPOSES,
    SCHOOL_YEAR,
    SERIES,
    SETTINGS,
    SHEET,
    SIGNATORY,
    STATE,
    TEMPLATE,
    TEXT_DATE_FORM,
    YEAR,
)
from docgen.model.states import FROZEN, UNREMARKED
from docgen.records.check_acquaintance import check_acquaintance
from docgen.records.check_advice import check_advice
from docgen.records.check_approvals import check_approvals
from docgen.records.check_cases import check_cases
from docgen.records.check_children import check_children
from docgen.records.check_citations import check_citations
from docgen.records.check_dates import check_dates
from docgen.records.check_doubles import check_doubles
from docgen.records.check_former_pairs import check_former_pairs
from docgen.records.check_journal import check_journal
from docgen.records.check_leavers import check_leavers
from docgen.records.check_marks import check_marks
from docgen.records.check_mentions import check_mentions
from docgen.records.check_order_slips import check_order_slips
from docgen.records.check_pairs import check_pairs
from docgen.records.check_parts import check_parts
from docgen.records.check_periods import check_periods
from docgen.records.check_points import check_points
from docgen.records.check_sheets import check_sheets
from docgen.records.check_starts import check_starts
from docgen.records.check_tables import check_tables
from docgen.records.check_texts import check_texts
from docgen.records.check_years import check_years
from docgen.records.order_days import day_in, document_day, has_wild_year
from docgen.wording import (
    BrokenRecordError,
    Scope,
    order_number,
    signatory_of,
    text_of,
    to_school_year,
    year_of_day,
)
from docgen.wording.orders import NO_TEXT

_DATE_FORMS = (DATE_FORM, LETTERHEAD_DATE_FORM, TEXT_DATE_FORM)


def check_workspace(workspace: Workspace) -> list[Problem]:
    """Return what is wrong with rows together, and what to look at before signing."""
    problems: list[Problem] = []
    for order in workspace.records.get(ORDERS, ()):
        if not order.is_broken:
            problems += _check_order(order, workspace)
    problems += _check_numbers(workspace)
    years = list(check_years(workspace))
    problems += _appendix_problems(workspace, {one.where for one in years})
    problems += check_sheets(workspace)
    problems += check_parts(workspace)
    for check in (check_points, check_marks, check_citations, check_advice, check_cases):
        problems += check(workspace)
    problems += years
    problems += check_journal(workspace)
    problems += check_pairs(workspace)
    problems += check_starts(workspace)
    problems += check_former_pairs(workspace)
    problems += check_periods(workspace)
    problems += check_leavers(workspace)
    problems += check_doubles(workspace)
    problems += check_dates(workspace)
    problems += check_children(workspace)
    problems += _check_settings(workspace)
    problems += _check_purposes(workspace)
    problems += check_texts(workspace)
    problems += check_mentions(workspace)
    problems += check_order_slips(workspace)
    problems += check_acquaintance(workspace)
    problems += check_approvals(workspace)
    return problems


def _appendix_problems(workspace: Workspace, doubtful: Set[Location]) -> Iterator[Problem]:
    """Yield what is wrong with appendices; their years wait until those of the order agree."""
    for appendix in workspace.records.get(APPENDICES, ()):
        order = workspace.order_of(appendix)
        is_doubtful = order is not None and (
            has_wild_year(order) or order.cells.get(YEAR, order.where) in doubtful
        )
        for problem in _check_appendix(appendix, workspace) if not appendix.is_broken else ():
            if not (is_doubtful and problem.code == "period-mismatch"):
                yield problem


def _check_order(order: Record, workspace: Workspace) -> Iterator[Problem]:
    state = text_of(order.values.get(STATE))
    number, day = order_number(text_of(order.values.get(NUMBER))), day_in(order)
    if state in FROZEN:
        for name, value in ((NUMBER, number), (DATE, day)):
            if not value:
                yield Problem(
                    "missing-value",
                    order.cells[name],
                    f"у подписанного документа пустой столбец «{name.capitalize()}»; впишите",
                )
    elif state not in UNREMARKED:
        yield from _check_blanks(order, number, day)
    reason = russian.day_off(day) if day else ""
    if day and reason:
        yield warning(
            "day-off",
            order.cells[DATE],
            f"дата документа {day:%d.%m.%Y} — {reason}; проверьте её",
        )
    if text_of(order.values.get(ABOUT)) != NO_TEXT and state not in UNREMARKED:
        yield from _check_signatory(order, workspace)
    yield from _check_year(order, YEAR)
    yield from _check_acquainted(order)


def _check_blanks(order: Record, number: str, day: dt.date | None) -> Iterator[Problem]:
    """Yield where to write the number and the day that an order lacks."""
    if not number and not day:
        cells = " и ".join(filter(None, (order.cells[NUMBER].cell, order.cells[DATE].cell)))
        message = (
            f"куда вписать: нет ни номера, ни даты ({cells}); впишите их, а пока на бумаге "
            "останется место"
        )
    elif not number:
        message = "нет номера; впишите его, а пока на бумаге останется место"
    elif not day:
        message = "нет даты; впишите её, а пока на бумаге останется место"
    else:
        return
    yield warning("no-number", order.cells[DATE if number else NUMBER], message)


def _check_signatory(order: Record, workspace: Workspace) -> Iterator[Problem]:
    scope = Scope(workspace, document_day(order, workspace))
    try:
        name = signatory_of(scope, order).имя
    except BrokenRecordError:
        return
    if not name:
        yield warning(
            "no-signatory",
            order.cells[SIGNATORY],
            "некому подписать: на дату документа в карточке «Организация» нет руководителя с "
            "именем; впишите его, а пока на бумаге останется линия для подписи",
        )


def _check_acquainted(order: Record) -> Iterator[Problem]:
    named = order.values.get(ACQUAINT)
    for item in named if isinstance(named, tuple) else ():
        if isinstance(item, Phrase):
            yield Problem(
                "unknown-ref",
                order.cells[ACQUAINT],
                f"в столбце «Ознакомить» стоит «{item.text}», а знакомят людей поимённо; впишите "
                "ФИО с листа «Сотрудники» или слово «участники»",
            )


def _check_year(row: Record, column: str) -> Iterator[Problem]:
    year = text_of(row.values.get(column))
    if year and not to_school_year(year):
        yield Problem(
            "bad-date",
            row.cells[column],
            f"не учебный год: «{year}»; впишите как 2026/2027",
        )


_MINUTES: Final = "протокол"
"""Begins the series of minutes."""


def _check_numbers(workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for each number that is taken: minutes are counted by school years."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for order in workspace.records.get(ORDERS, ()):
        number, day = order_number(text_of(order.values.get(NUMBER))), day_in(order)
        if number and day:
            series = sameness(text_of(order.values.get(SERIES)))
            is_of_school_year = series.startswith(_MINUTES)
            year = year_of_day(day) if is_of_school_year else str(day.year)
            groups[series, year, sameness(number)].append(order)
    for group in groups.values():
        # A row that stands twice is told as such.
        for later in (one for one in group[1:] if one.identity != group[0].identity):
            yield Problem(
                "duplicate-number",
                later.cells[NUMBER],
                f"номер «{text_of(later.values[NUMBER])}» в этой серии и в этом году уже занят: "
                f"{group[0].cells[NUMBER]}; дайте другой номер",
            )


def _check_appendix(appendix: Record, workspace: Workspace) -> Iterator[Problem]:
    order = workspace.order_of(appendix)
    is_table = text_of(appendix.values.get(TEMPLATE)) == "таблица"
    if is_table and not workspace.sheets_of(appendix):
        yield Problem(
            "missing-value",
            appendix.cells[SHEET],
            "не назван лист с таблицей приложения; впишите имя листа этой книги",
        )
    tables = workspace.tables_of(appendix) if is_table else ()
    if order is not None and tables:
        yield from check_tables(tables, appendix, order, workspace)


_DISSEMINATES: Final = re.compile(
    r"(?<!без )(?<!кроме )(?<!исключением )(?<!без права )распростран|опубликов|публикаци"
    r"|неограниченн\w+ круг|неопредел[её]нн\w+ круг"
    r"|размещени\w+ (?:на|в) (?:сайт|официальн|сет|интернет|открыт|соцс|социальн)",
    re.IGNORECASE,
)


def _check_purposes(workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for a consent to processing that allows dissemination (152-ФЗ, art. 10.1)."""
    for row in workspace.records.get(PURPOSES, ()):
        if _DISSEMINATES.search(text_of(row.values.get(ACTIONS))):
            yield Problem(
                "dissemination",
                row.cells[ACTIONS],
                "среди действий стоит распространение: на него берут отдельное согласие (152-ФЗ, "
                "ст. 10.1); уберите его отсюда",
            )


def _check_settings(workspace: Workspace) -> Iterator[Problem]:
    for row in workspace.records.get(SETTINGS, ()):
        yield from _check_year(row, SCHOOL_YEAR)
        for fact in _DATE_FORMS:
            form = text_of(row.values.get(fact))
            try:
                if form:
                    russian.format_date(dt.date(2022, 3, 3), form)
            except ValueError as error:
                yield Problem("bad-choice", row.cells[fact], str(error))
