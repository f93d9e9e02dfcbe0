"""Check that all that speaks of the school year of an order speaks of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import AMENDED, APPENDICES, DATE, HEADING, ORDERS, STATE, YEAR
from docgen.model.states import ELSEWHERE, VOID
from docgen.records.order_days import day_in, has_wild_year, paper_name
from docgen.wording import cells_of_pairs, order_year, text_of
from docgen.wording.school_years import OrderYear

_MOST_CELLS: Final = 3
_MOST_YEARS: Final = 3


def check_years(workspace: Workspace) -> Iterator[Problem]:
    """Yield one warning for each order whose parts name different school years."""
    appendices: dict[int, list[Record]] = {}
    for appendix in workspace.records.get(APPENDICES, ()):
        owner = workspace.order_of(appendix)
        if owner is not None:
            appendices.setdefault(id(owner), []).append(appendix)
    for order in workspace.records.get(ORDERS, ()):
        if order.is_broken or has_wild_year(order):
            continue
        if order.values.get(STATE) not in VOID | ELSEWHERE:
            yield from _check_order(order, workspace, appendices.get(id(order), []))


def _check_order(
    order: Record, workspace: Workspace, appendices: list[Record]
) -> Iterator[Problem]:
    found = order_year(order, workspace)
    if not found.year:
        return
    spoken = _spoken(order, found, appendices)
    others = [words for years, words in spoken if found.year not in years]
    if not others:
        return
    differing = "; ".join(others)
    yield warning(
        "year-differs",
        order.cells[YEAR],
        f"{paper_name(order)}: год {found.year} – {_ground(order, found)}, а {differing}; "
        "оставьте один учебный год",
    )


def _ground(order: Record, found: OrderYear) -> str:
    """Return in words what the year of an order comes from."""
    if found.own:
        return f"из столбца «Учебный год» ({order.cells[YEAR].cell})"
    if found.named:
        return f"из заголовка ({order.cells[HEADING].cell})"
    return "по началу пар" if found.paired else "по дате"


def _spoken(
    order: Record, found: OrderYear, appendices: list[Record]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the years that each part of an order names, with what to say of it and its cell."""
    if found.named:
        cell = order.cells[HEADING].cell
        yield found.named, f"заголовок говорит о {_listed(found.named)} ({cell})"
    for year in found.paired:
        if int(year[:4]) - int(found.year[:4]) > _MOST_YEARS:
            continue
        cells = [where for own, where in cells_of_pairs(found.pairs) if own == year]
        yield (year,), f"пары начинаются в {year} ({_cells(cells)})"
    yield from _spoken_by_date(order, found)
    for appendix in appendices:
        heading = text_of(appendix.values.get(HEADING))
        named = tuple(sorted(russian.school_years_in(heading)))
        is_report = russian.sums_up(heading) or sameness(heading).startswith("анализ")
        # An order may bring the report of another year along, or plans of all years it names.
        if named and not is_report and not set(named) & set(found.named):
            where = appendix.cells[HEADING]
            place = f"лист «{where.sheet}», {where.cell}"
            yield named, f"приложение – о {_listed(named)} ({place})"


def _spoken_by_date(order: Record, found: OrderYear) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the year of the order's date when it cannot be of the year that the order is about.

    A year is prepared from the January before it; later orders look back only in so many words.
    """
    day = day_in(order)
    if day is not None and _is_of_another_year(order, day, found):
        yield (found.dated,), f"дата {day:%d.%m.%Y} ({order.cells[DATE].cell}) – {found.dated}"


def has_date_of_another_year(order: Record, workspace: Workspace) -> bool:
    """Whether an order is dated in a year that it cannot be about, which is remarked."""
    day, found = day_in(order), order_year(order, workspace)
    return day is not None and bool(found.year) and _is_of_another_year(order, day, found)


def _is_of_another_year(order: Record, day: dt.date, found: OrderYear) -> bool:
    if not found.dated or int(found.dated[:4]) - int(found.year[:4]) > _MOST_YEARS:
        # Years to come are remarked as such.
        return False
    heading = text_of(order.values.get(HEADING))
    is_early = day < dt.date(int(found.year[:4]), 1, 1)
    looks_back = russian.sums_up(heading) or russian.winds_up(heading)
    changes = order.values.get(AMENDED) or "измен" in heading.casefold()
    return is_early or (found.year < found.dated and not looks_back and not changes)


def _listed(years: tuple[str, ...]) -> str:
    return " и ".join(sorted(years))


def _cells(cells: list[Location]) -> str:
    names = ", ".join(where.cell for where in cells[:_MOST_CELLS])
    more = f" и ещё {len(cells) - _MOST_CELLS}" if len(cells) > _MOST_CELLS else ""
    return f"лист «{cells[0].sheet}», {names}{more}"
