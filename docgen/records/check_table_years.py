"""Check that the headings and deadlines of a table speak of the year that its order is about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Record, Table, TableCell, Workspace, sameness
from docgen.model.columns import HEADING
from docgen.records.order_days import day_in
from docgen.wording import order_year, text_of

_AHEAD: Final = re.compile(
    r"\bна (?:период )?(?:с |до |по )?(20\d\d)(?: ?[-–—] ?(20\d\d))?(?![\d/])"
)
_BARE: Final = re.compile(
    r"(?:(?:(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"
    r"|[iv1-4]+ (?:квартал|полугодие)),?\s+)?(20\d\d)(?:\s?г\.?|\s?год\w*)?",
    re.IGNORECASE,
)
"""All of a heading: «2025», «сентябрь 2025 г.», «I квартал 2025»."""
_OTHERS: Final = re.compile(
    r"приказ|постановлен|распоряжен|закон|указ|протокол|утвержд|итог|результат|отч[её]т|анализ"
    r"|мониторинг|прошл|предыдущ|истекш",
    re.IGNORECASE,
)
"""What tells of another paper, or of what is over."""
_FEWEST: Final = 2


def check_table_years(
    table: Table, appendix: Record, order: Record, workspace: Workspace, deadlines: list[TableCell]
) -> Iterator[Problem]:
    """Yield one warning for a plan of another year than its order: in its headings, or deadlines.

    ``deadlines`` are the cells that say when something is to be done.
    """
    heading = text_of(appendix.values.get(HEADING))
    found = order_year(order, workspace)
    if not found.year or _OTHERS.search(heading):
        return
    titles = text_of(order.values.get(HEADING)), heading
    school = {found.year, *found.named, *russian.school_years_in(heading)}
    first, last = _bounds(school, *titles, day=day_in(order))
    about = f"документ – о {found.year}"
    wrong = list(_headings_of_others(table, school, first, last))
    if wrong:
        cell, year = wrong[0]
        yield warning(
            "period-mismatch",
            cell.where,
            f"таблица «{table.name}»: в заголовке «{cell.text}» стоит {year}, а {about}; сверьте "
            "сроки",
        )
        return
    days = [(day, cell) for cell in deadlines if (day := russian.last_deadline(cell.text))]
    if len(days) >= _FEWEST and all(day > dt.date(last, 8, 31) for day, _ in days):
        day, cell = min(days, key=lambda one: one[0])
        yield warning(
            "period-mismatch",
            cell.where,
            f"таблица «{table.name}»: сроки начинаются с «{cell.text}», а {about}; сверьте сроки",
        )


def _bounds(school: set[str], *headings: str, day: dt.date | None) -> tuple[int, int]:
    """Return the first and the last year of the calendar of which an order may speak."""
    years = {int(part) for year in school for part in year.split("/")}
    years |= {year for heading in headings for year in russian.years_in(heading)}
    years |= {day.year} if day is not None else set()
    return min(years), max(years)


def _headings_of_others(
    table: Table, school: set[str], first: int, last: int
) -> Iterator[tuple[TableCell, str]]:
    """Yield headings that name another year; none if any of them names the right one."""
    wrong = []
    for cell in _headings(table):
        if _OTHERS.search(cell.text):
            continue
        named = russian.school_years_in(cell.text)
        years = [] if named else _years(cell.text)
        if named & school or any(first <= year <= last for year in years):
            return
        if named or years:
            wrong.append((cell, " и ".join(sorted(named) or map(str, years))))
    yield from wrong


def _years(text: str) -> list[int]:
    plain = sameness(text)
    found = [int(year) for match in _AHEAD.finditer(plain) for year in match.groups() if year]
    bare = _BARE.fullmatch(plain)
    return found or ([int(bare[1])] if bare else [])


def _headings(table: Table) -> Iterator[TableCell]:
    """Yield what stands over the rows: of columns, and rows that are one text."""
    for number, row in enumerate(table.rows):
        filled = [cell for cell in row.cells if cell is not None and cell.text]
        if number < table.header_rows or len(filled) == 1:
            yield from filled
