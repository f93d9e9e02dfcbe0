"""Select the rows of a register by conditions, by school year and by order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from docgen.model import Family, Kind, Record, Reference, Value, Workspace, sameness
from docgen.model.columns import ABOUT, DATE, ENDED, ORDER, ORDERS, PAIRS, SETTINGS, STATE
from docgen.model.states import VOID
from docgen.wording import day_of, holds_in_year, text_of, year_of, year_of_day

Conditions: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values wanted by path of columns; see ``values_at``."""

ANY: Final = "*"
"""The wanted value that every filled cell meets."""


def values_at(row: Record, path: str, workspace: Workspace) -> list[tuple[Record, Value]]:
    """Return the values at a path such as ``наставник.должность``, each with its row.

    A step is a column or the list under which a row sees those that refer to it. A path that
    ends early gives the row where it ended, and no value.
    """
    return list(_walk(row, path.split("."), workspace))


def _walk(row: Record, steps: list[str], workspace: Workspace) -> Iterator[tuple[Record, Value]]:
    first, rest = steps[0], steps[1:]
    if first not in row.values:
        for child in workspace.children.get((row.register, row.identity, first), ()):
            yield from _walk(child, rest, workspace) if rest else ((child, child.identity),)
        return
    value = row.values[first]
    for item in (value or (None,)) if isinstance(value, tuple) else (value,):
        if not rest:
            yield row, item
        elif isinstance(item, Reference):
            there = workspace.version(item, day_of(row, workspace.order_of(row), workspace, ""))
            yield from _walk(there, rest, workspace)
        else:
            yield row, None


def rows_of(kind: Kind, workspace: Workspace) -> tuple[Record, ...]:
    """Return the rows of a kind's register; consents are made for pairs that wait for them, too."""
    if kind.is_only_blank:
        return ()
    if kind.register == PAIRS and kind.family == Family.CONSENT and workspace.all_pairs:
        return workspace.all_pairs
    return workspace.records.get(kind.register, ())


def select(rows: tuple[Record, ...], where: Conditions, workspace: Workspace) -> tuple[Record, ...]:
    """Return the rows that meet every condition.

    A broken row whose tested cell is empty is kept: the document that needs it is then left out,
    rather than made without the row.
    """
    return tuple(row for row in rows if all(_meets(row, *one, workspace) for one in where.items()))


def _meets(row: Record, path: str, wanted: tuple[str, ...], workspace: Workspace) -> bool:
    found = values_at(row, path, workspace)
    texts = {sameness(text) for _, value in found if (text := text_of(value))}
    if not texts and (row.is_broken or any(reached.is_broken for reached, _ in found)):
        return True
    if ANY in wanted:
        return bool(texts)
    # «» among the wanted values means an empty cell.
    return bool((texts or {""}) & {sameness(item) for item in wanted})


def is_kind_wanted(kind: Kind, workspace: Workspace) -> bool:
    """Return whether a workspace has the rows and the settings without which a kind is not made."""
    if kind.with_rows and not any(workspace.records.get(name) for name in kind.with_rows):
        return False
    return do_settings_say(kind.where_settings, workspace)


def do_settings_say(where: Conditions, workspace: Workspace) -> bool:
    """Return whether the settings have one of the values wanted of each; «» means an empty one."""
    said: dict[str, Value] = {}
    for row in workspace.records.get(SETTINGS, ()):
        said |= {name: row.values[name] for name in where if name in row.values}
    for name, wanted in where.items():
        value = said.get(name)
        items = (value or ("",)) if isinstance(value, tuple) else (value,)
        if not {sameness(text_of(one)) for one in items} & set(map(sameness, wanted)):
            return False
    return True


def order_for(kind: Kind, row: Record, workspace: Workspace) -> Record | None:
    """Return the order to which a kind's paper of a row belongs, if it belongs to one.

    What quotes a signed order is made after it, and is no part of what was signed.
    """
    if kind.quotes:
        return None
    if not kind.order_column or row.register == ORDERS:
        return workspace.order_of(row)
    named = row.values.get(kind.order_column)
    if isinstance(named, Reference) and named.register == ORDERS:
        return workspace.by_identity[named.register, named.identity][0]
    return None


def is_of_year(row: Record, kind: Kind, workspace: Workspace, year: str) -> bool:
    """Return whether a row's paper is of a school year: by its day, its order, its «С», its period.

    What nothing dates is of every year.
    """
    order = order_for(kind, row, workspace)
    is_lasting = order is None and workspace.schemas[row.register].begins
    if is_lasting and not isinstance(row.values.get(kind.day), dt.date):
        return holds_in_year(row, year)
    return year_in_plan(row, kind, workspace, year) == year


def year_in_plan(row: Record, kind: Kind, workspace: Workspace, current: str) -> str:
    """Return the school year of a kind's paper; ``current`` when nothing dates it."""
    day = row.values.get(kind.day) if kind.day else None
    if isinstance(day, dt.date):
        return year_of_day(day, closes_year=kind.closes_year)
    return year_of(row, workspace, current)


def rows_for_order(
    workspace: Workspace,
    order: Record,
    register: str,
    where: Conditions,
    year: str,
    *,
    link: str = "",
) -> tuple[Record, ...]:
    """Return the rows of a register that an order is about.

    Rows that name an order belong to it; the others belong to the first order of the year that
    is about the same («О чём»). ``link`` is the column that names the order, if it is not
    «Закреплена приказом»: else rows that had ended by the order's date are left out. Of pairs that
    a later order forms an order knows nothing, unless they name it.
    """
    day = day_of(None, order, workspace, year)
    is_first = order is _first_order_about_the_same(workspace, order, year)
    found = []
    for row in select(workspace.records.get(register, ()), where, workspace):
        named = row.values.get(link or ORDER)
        is_own = isinstance(named, Reference) and named.identity == order.identity
        is_free = not named and is_first and year_of(row, workspace, year) == year
        is_free = is_free and not (link and is_formed_later(row, order, workspace))
        ended = row.values.get(ENDED)
        is_over = not link and isinstance(ended, dt.date) and ended <= day
        if (is_own or is_free) and not is_over:
            found.append(row)
    return tuple(found)


def is_formed_later(row: Record, order: Record, workspace: Workspace) -> bool:
    """Return whether a pair is formed by an order that is later than this one."""
    forming = workspace.order_of(row)
    formed = forming.values.get(DATE) if forming is not None else None
    dated = order.values.get(DATE)
    return isinstance(formed, dt.date) and isinstance(dated, dt.date) and formed > dated


def _first_order_about_the_same(workspace: Workspace, order: Record, year: str) -> Record:
    about = text_of(order.values.get(ABOUT))
    rivals = [
        rival
        for rival in workspace.records.get(ORDERS, ())
        if text_of(rival.values.get(ABOUT)) == about
        and text_of(rival.values.get(STATE)) not in VOID
        and year_of(rival, workspace, year) == year
    ]
    return min(rivals, key=lambda rival: day_of(None, rival, workspace, year), default=order)
