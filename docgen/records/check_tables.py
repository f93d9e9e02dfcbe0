"""Check the table of an appendix against its order: periods, deadlines, numbers, names."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Record, Table, TableCell, Workspace
from docgen.model.columns import CHILDREN, HEADING, STAFF
from docgen.records.order_days import day_in, document_day
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import name_on, short_name_key, short_name_keys, text_of

_SURNAME = f"[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)?"
_SHORT_NAME = re.compile(
    rf"(?:{_SURNAME}\s+[{CAPITAL}]\.\s?[{CAPITAL}]\.)"
    rf"|(?:(?<![{CAPITAL}{SMALL}])[{CAPITAL}]\.\s?[{CAPITAL}]\.\s?{_SURNAME})"
)
_LEADING_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s+\S")
_NUMBER_CELL = re.compile(r"^\s*(\d+(?:\.\d+)*)\.?\s*$")


def check_table(
    table: Table, appendix: Record, order: Record, workspace: Workspace
) -> Iterator[Problem]:
    """Yield a warning for everything in a table that disagrees with its order."""
    yield from _check_periods(order, appendix)
    yield from _check_deadlines(table, order)
    yield from _check_repeated_numbers(table)
    yield from _check_names(table, order, workspace)


def _check_periods(order: Record, appendix: Record) -> Iterator[Problem]:
    heading = russian.years_in(text_of(order.values.get(HEADING)))
    plan = russian.years_in(text_of(appendix.values.get(HEADING)))
    school_years = [
        russian.school_years_in(text_of(row.values.get(HEADING))) for row in (order, appendix)
    ]
    if all(school_years):
        # Said once of the whole order: ``check_years``.
        return
    if heading and plan and heading != plan:
        yield warning(
            "period-mismatch",
            appendix.cells[HEADING],
            f"заголовок документа говорит о {_years(heading)}, а приложение — о {_years(plan)}; "
            "сверьте сроки",
        )


def _years(years: frozenset[int]) -> str:
    return "–".join(str(year) for year in sorted(years))


def columns_named(table: Table, *stems: str) -> list[int]:
    """Return the grid columns whose heading contains one of the word stems."""
    found: list[int] = []
    for row in table.rows[: table.header_rows]:
        for index, cell in enumerate(row.cells):
            heading = cell.text.casefold() if cell else ""
            if any(stem in heading for stem in stems) and index not in found:
                found.append(index)
    return found


def _body(table: Table) -> Iterator[tuple[TableCell | None, ...]]:
    return (row.cells for row in table.rows[table.header_rows :])


def _check_deadlines(table: Table, order: Record) -> Iterator[Problem]:
    day = day_in(order)
    columns = columns_named(table, "срок", "дата")
    for cells in _body(table) if day else ():
        for index in columns:
            cell = cells[index] if index < len(cells) else None
            deadline = russian.last_deadline(cell.text) if cell and cell.text else None
            if cell and deadline and day and deadline < day:
                yield warning(
                    "deadline-before-order",
                    cell.where,
                    f"срок «{cell.text}» раньше даты документа {day:%d.%m.%Y}; сверьте",
                )


def _check_repeated_numbers(table: Table) -> Iterator[Problem]:
    for cells in _body(table):
        filled = (cell for cell in cells if cell and cell.text)
        for number, name in islice(pairwise(filled), 1):
            own, repeated = _NUMBER_CELL.match(number.text), _LEADING_NUMBER.match(name.text)
            if own and repeated and own[1] == repeated[1]:
                yield warning(
                    "repeated-number",
                    name.where,
                    f"номер «{number.text}» повторён в названии «{name.text}»; напечатано как есть",
                )


def _check_names(table: Table, order: Record, workspace: Workspace) -> Iterator[Problem]:
    known = _known_names(workspace, document_day(order, workspace))
    for cells in _body(table):
        for cell in filter(None, cells):
            # Most cells have no initials.
            for found in _SHORT_NAME.findall(cell.text) if "." in cell.text else ():
                if short_name_key(found) not in known:
                    yield warning(
                        "unknown-name",
                        cell.where,
                        f"«{found}» нет среди сотрудников на дату документа; проверьте фамилию",
                    )


@functools.lru_cache(maxsize=64)
def _known_names(workspace: Workspace, day: dt.date) -> frozenset[str]:
    """Return the marks of everybody's short name on a day; many tables stand on one."""
    return short_name_keys(
        name
        for register in (STAFF, CHILDREN)
        for record in workspace.records.get(register, ())
        if record.holds_on(day) and (name := name_on(record, day))
    )
