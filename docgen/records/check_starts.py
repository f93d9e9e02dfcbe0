"""Check that a working day is left between an order and the work for which papers are needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import ABOUT, ARRANGEMENT, BEGINS, DATE, ENDED, ORDERS, STATE
from docgen.model.states import UNSIGNED
from docgen.records.check_pairs import OWN_TEXTS
from docgen.records.order_days import day_in, paper_name
from docgen.wording import is_form_of, pairs_meant, text_of

BY_SUPPLEMENT: Final = "доп. соглашение"
"""«Как оформлено» of a mentor with whom a supplement is concluded before the work begins."""
_MOST_CELLS: Final = 3


def check_starts(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each unsigned order after which no working day is left for supplements.

    They are dated neither before the order nor after the work has begun (ТК РФ, ст. 351.8).
    """
    for order in workspace.records.get(ORDERS, ()):
        dated = day_in(order)
        if order.is_broken or dated is None or text_of(order.values.get(STATE)) not in UNSIGNED:
            continue
        first = russian.add_workdays(dated, 1)
        hurried = [
            pair
            for pair in pairs_meant(order, workspace)
            if _needs_supplement(pair)
            and (is_form_of(order, pair, workspace) or order.values.get(ABOUT) in OWN_TEXTS)
            # What begins before its order is told as such.
            if (begins := day_in(pair, BEGINS)) is not None and dated <= begins <= first
        ]
        if hurried:
            yield _hurried(order, dated, hurried)


def _needs_supplement(pair: Record) -> bool:
    is_arranged = sameness(text_of(pair.values.get(ARRANGEMENT))) == sameness(BY_SUPPLEMENT)
    return is_arranged and not pair.is_broken and not pair.values.get(ENDED)


def _hurried(order: Record, dated: dt.date, pairs: list[Record]) -> Problem:
    starts = [day for pair in pairs if (day := day_in(pair, BEGINS)) is not None]
    cells = ", ".join(pair.cells[BEGINS].cell for pair in pairs[:_MOST_CELLS])
    more = "…" if len(pairs) > _MOST_CELLS else ""
    return warning(
        "start-hurried",
        order.cells[DATE],
        f"{paper_name(order)} от {dated:%d.%m.%Y}: работа начинается {min(starts):%d.%m.%Y} (лист "
        f"«{pairs[0].cells[BEGINS].sheet}», {cells}{more}), и между ними нет рабочего дня, а до "
        "начала нужно заключить дополнительные соглашения; перенесите «С» хотя бы на "
        f"{russian.add_workdays(dated, 2):%d.%m.%Y} или дату приказа",
    )
