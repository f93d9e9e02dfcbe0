"""Check marks of approval against the order: its number, days, and each other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import (
    APPENDICES,
    APPENDIX,
    APPROVAL_WORD,
    APPROVALS,
    BY_DOCUMENT,
    DATE,
    DOCUMENT_KIND,
    MARK,
    NUMBER,
    ORDERS,
    STATE,
)
from docgen.model.states import FROZEN, VOID
from docgen.records.act_mentions import kind_in
from docgen.records.check_marks import address_of
from docgen.records.order_days import day_in
from docgen.wording import is_about_order, order_number, plain_number, text_of

_APPROVED: Final = ("УТВЕРЖДАЮ", "УТВЕРЖДЕНО")
_ORDER_KINDS: Final = frozenset({"приказ", "распоряжение", "постановление"})


def check_approvals(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each slip in the marks of orders that are not signed yet."""
    for order in workspace.records.get(ORDERS, ()):
        if order.is_broken or text_of(order.values.get(STATE)) in VOID | FROZEN:
            continue
        rows = [
            row
            for row in workspace.children.get((ORDERS, order.identity, APPROVALS), ())
            if not row.is_broken
        ]
        for row in rows:
            yield from _check_number(row, order)
        papers: dict[str, list[Record]] = {}
        for row in rows:
            papers.setdefault(plain_number(text_of(row.values.get(APPENDIX))), []).append(row)
        for on_paper in papers.values():
            yield from _check_days(on_paper, order)
            yield from _both_approve(on_paper, order, workspace)


def _check_number(row: Record, order: Record) -> Iterator[Problem]:
    number = order_number(text_of(order.values.get(NUMBER)))
    typed = order_number(text_of(row.values.get(NUMBER)))
    own, day = day_in(row), day_in(order)
    if own and day and own != day and _has_number_of(row, order):
        yield warning(
            "act-mismatch",
            row.cells[DATE],
            f"в грифе {own:%d.%m.%Y}, а документ № {number} от {day:%d.%m.%Y}; сверьте",
        )
    if number and _squeezed(typed) != _squeezed(number) and _is_own_order(row, order):
        yield warning(
            "act-mismatch",
            row.cells[NUMBER],
            f"в грифе номер {typed}, а у документа {number}; сверьте",
        )


def _has_number_of(row: Record, order: Record) -> bool:
    """Return whether a гриф names an order of this number, whatever its day."""
    typed, number = (_squeezed(order_number(text_of(x.values.get(NUMBER)))) for x in (row, order))
    is_order = kind_in(text_of(row.values.get(BY_DOCUMENT))) in _ORDER_KINDS
    return is_order and bool(number) and typed == number


def _squeezed(number: str) -> str:
    return "".join(sameness(number).split())


def _is_own_order(row: Record, order: Record) -> bool:
    """Return whether a гриф names the order itself: the same day, or the digits of its number."""
    if kind_in(text_of(row.values.get(BY_DOCUMENT))) not in _ORDER_KINDS:
        return False
    typed, number = (order_number(text_of(one.values.get(NUMBER))) for one in (row, order))
    digits = [re.sub(r"\D", "", one) for one in (typed, number)]
    return bool(digits[0]) and digits[0] == digits[1] and day_in(row) in {None, day_in(order)}


def _check_days(rows: Sequence[Record], order: Record) -> Iterator[Problem]:
    """Yield a warning for each mark that is later than what approves the same paper."""
    day = day_in(order)
    approved = {one: day_in(row) for row in rows if (one := _word_of(row)) in _APPROVED}
    first: dt.date | None = min(filter(None, [day, *approved.values()]), default=None)
    for row in rows:
        own = day_in(row)
        if own is None or first is None or own <= first or _is_own_order(row, order):
            continue
        if _has_number_of(row, order):
            continue
        what = (
            f"документ, который это утверждает, раньше: {day:%d.%m.%Y}"
            if day == first
            else f"гриф об утверждении раньше: {first:%d.%m.%Y}"
        )
        # Approved after others have agreed, on the order's day or before, is the usual way.
        if _word_of(row) not in _APPROVED or day == first:
            yield warning(
                "approval-late",
                row.cells[DATE],
                f"гриф {text_of(row.values.get(APPROVAL_WORD))} {own:%d.%m.%Y}, а {what}; сверьте "
                "даты",
            )


def _word_of(row: Record) -> str:
    """Return the word of a mark; УТВЕРЖДЕН, УТВЕРЖДЁННАЯ and the like are one word."""
    words = text_of(row.values.get(APPROVAL_WORD)).upper().replace("Ё", "Е")
    return "УТВЕРЖДЕНО" if words.startswith("УТВЕРЖДЕН") else words


def _both_approve(rows: Iterable[Record], order: Record, workspace: Workspace) -> Iterator[Problem]:
    found = [row for row in rows if _word_of(row) in _APPROVED]
    for row in found:
        if len({_word_of(one) for one in found}) > 1:
            if row is found[-1]:
                message = "на одной бумаге и «УТВЕРЖДАЮ», и «УТВЕРЖДЕНО»; оставьте один гриф"
                yield warning("said-twice", row.cells[APPROVAL_WORD], message)
        elif _has_own_mark(row, order, workspace):
            yield warning(
                "said-twice",
                row.cells[APPROVAL_WORD],
                f"на бумаге и «{_word_of(row)}», и гриф «УТВЕРЖДЕНО приказом» из столбца "
                "«Отметка» листа «Приложения»; оставьте один",
            )


def _has_own_mark(row: Record, order: Record, workspace: Workspace) -> bool:
    """Return whether the appendix of a mark has one of the order's by its column «Отметка»."""
    typed = text_of(row.values.get(APPENDIX))
    parts = workspace.children.get((ORDERS, order.identity, APPENDICES), ())
    if is_about_order(typed, text_of(order.values.get(DOCUMENT_KIND))):
        return False
    return any(
        "гриф" in text_of(one.values.get(MARK))
        and (not typed or plain_number(typed) == address_of(one))
        for one in parts
    )
