"""One task, one day and one person: points of printed orders held to the rows of plans."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Record, Table, TableCell, Workspace
from docgen.model.columns import APPENDICES, STATE
from docgen.model.states import UNSIGNED
from docgen.records.check_tables import columns_named, short_names_in
from docgen.records.order_days import paper_name
from docgen.wording import default_year, year_of

_TASKS: Final = (
    re.compile(r"\bразме[щс]\w*\b.*\bсайт"),
    re.compile(r"\b(?:заключ|оформ|подготов|подпис)\w*\b.*\bдополнительн\w+ соглашени"),
    re.compile(r"\b(?:получ|собр|сбор|оформ)\w*\b.*\bсогласи\w*\b.*\bобработк"),
    re.compile(r"\b(?:утвержд|подготов|состав|разработ)\w*\b.*\bпрограмм\w* наставничества"),
)
"""Tasks of mentoring that orders and plans both give, by their words."""
_POINT: Final = re.compile(r"^(?P<number>\d+(?:\.\d+)*)\.\s+(?P<text>.+)$", re.DOTALL)
_EXACT: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+[а-я]{3,8}\s+\d{4}")
_Order: TypeAlias = tuple[Record, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Duty:
    """A task that a point gives: by what day, to whom (their short names), where it stands."""

    number: str
    order: Record
    task: int
    day: dt.date | None
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class _PlanRow:
    """A row of a plan: its task, the cells of its day and of those responsible."""

    task: int
    when: TableCell | None
    who: TableCell | None


def task_differences(orders: Sequence[_Order], workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each row of a plan whose day or people no order of the year gives."""
    duties = [duty for order, words in orders for duty in _duties(order, words)]
    seen: set[str] = set()
    for appendix in workspace.records.get(APPENDICES, ()):
        order = workspace.order_of(appendix)
        if appendix.is_broken or order is None or order.values.get(STATE) not in UNSIGNED:
            continue
        year = _year(order, workspace)
        of_year = [one for one in duties if _year(one.order, workspace) == year]
        for table in workspace.tables_of(appendix):
            if table.name not in seen:
                seen.add(table.name)
                yield from _differences(table, of_year)


def _year(order: Record, workspace: Workspace) -> str:
    return year_of(order, workspace, default_year(workspace))


def _differences(table: Table, duties: Sequence[_Duty]) -> Iterator[Problem]:
    rows = list(_rows(table))
    for row in rows:
        if sum(one.task == row.task for one in rows) > 1:
            # What comes back several times a year has a day each time.
            continue
        same = [duty for duty in duties if duty.task == row.task]
        day = _exact_day(row.when.text) if row.when is not None else None
        days = [duty for duty in same if duty.day is not None]
        if row.when is not None and day and days and all(duty.day != day for duty in days):
            yield warning(
                "task-differs",
                row.when.where,
                f"срок «{row.when.text}», а {_said(days[0])} – до {days[0].day:%d.%m.%Y}; у одного "
                "дела один срок, исправьте там или здесь",
            )
        people = short_names_in(row.who.text) if row.who is not None else frozenset()
        named = [duty for duty in same if duty.people]
        is_other = people and named and not any(duty.people & people for duty in named)
        if row.who is not None and is_other:
            yield warning(
                "task-differs",
                row.who.where,
                f"ответственный «{row.who.text}», а {_said(named[0])} поручает это другому; у "
                "одного дела одно лицо, исправьте там или здесь",
            )


def _said(duty: _Duty) -> str:
    return f"{paper_name(duty.order)}, пункт {duty.number},"


def _duties(order: Record, words: Sequence[str]) -> Iterator[_Duty]:
    """Yield the tasks of an order's points; a subpoint has the addressee and day of its point."""
    heads: dict[str, str] = {}
    for paragraph in words:
        found = _POINT.match(_plain(paragraph))
        if found is None:
            continue
        number, text = found["number"], found["text"]
        if text.endswith(":"):
            heads[number] = text
        whole = f"{heads.get(number.rpartition('.')[0], '')} {text}".strip()
        task = _task_of(text)
        if task is not None:
            day = _exact_day(text) or _exact_day(whole)
            yield _Duty(number, order, task, day, short_names_in(whole))


def _rows(table: Table) -> Iterator[_PlanRow]:
    what = columns_named(table, "мероприят", "содержание", "наименование", "дело")[:1]
    when = columns_named(table, "срок", "дата")[:1]
    who = columns_named(table, "ответствен", "исполнител")[:1]
    for row in table.rows[table.header_rows :] if what else ():
        cell = _cell(row.cells, what)
        task = _task_of(_plain(cell.text)) if cell is not None else None
        if task is not None:
            yield _PlanRow(task, _cell(row.cells, when), _cell(row.cells, who))


def _cell(cells: Sequence[TableCell | None], columns: Sequence[int]) -> TableCell | None:
    return cells[columns[0]] if columns and columns[0] < len(cells) else None


def _task_of(text: str) -> int | None:
    folded = text.casefold()
    return next((place for place, task in enumerate(_TASKS) if task.search(folded)), None)


def _exact_day(text: str) -> dt.date | None:
    """Return the last day that a text names by number; a month or a season is none."""
    plain = _plain(text)
    return russian.last_deadline(plain) if _EXACT.search(plain.casefold()) else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u2011", "-").split())
