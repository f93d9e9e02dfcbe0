"""The paper by which a mark of approval says a body has decided: typed in it, or named by a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.model import sameness
from docgen.model.columns import ACTS, ORDERS
from docgen.wording.protocols import (
    ActView,
    ApprovalView,
    OptionalDate,
    OptionalPhrase,
    OrderView,
    to_act,
    to_order,
)
from docgen.wording.record_views import derived_value

_LED_ON = re.compile(r"[\s,]+(?:от|№|N)\s*$", re.IGNORECASE)
"""What is typed behind «протокол» though the date and the number have columns of their own."""
_MINUTES = "протокол"


@dataclass(frozen=True, slots=True)
class MarkPaper:
    """The words for a paper, its day and number, and the body whose minutes it is, if it is."""

    words: str
    day: OptionalDate
    number: str
    body: OptionalPhrase = ""


def paper_of_mark(row: ApprovalView) -> MarkPaper:
    """Return the paper of a mark; where it names a row, that row's day and number count alone."""
    order, act = to_order(row.чем), to_act(row.чем)
    if order is not None:
        return MarkPaper(_words_of(str(order.вид)), order.дата, order.номер, order.орган_протокола)
    if act is not None:
        return MarkPaper(_words_of(str(act.вид)), act.дата, act.номер, act.орган_протокола)
    return MarkPaper(_LED_ON.sub("", str(row.чем)).strip(), row.дата, row.номер)


def _words_of(kind: str) -> str:
    """Return the kind of a paper; what minutes are those of, the mark says above."""
    return _MINUTES if _is_minutes(kind) else kind


def _is_minutes(kind: str) -> bool:
    return sameness(kind).startswith(_MINUTES)


@derived_value(ORDERS, "орган_протокола")
def body_of_order(order: OrderView) -> OptionalPhrase:
    """Return the body whose minutes these are, of the sheet of meetings, or nothing."""
    return order.заседания[0].орган if order.заседания else ""


@derived_value(ACTS, "орган_протокола")
def body_of_act(act: ActView) -> OptionalPhrase:
    """Return the body whose minutes an act is, or nothing."""
    return act.кто if _is_minutes(str(act.вид)) else ""
