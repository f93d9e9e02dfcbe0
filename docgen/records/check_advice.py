"""Check that letters and recommendations are taken into account, not followed: they bind nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Workspace, sameness
from docgen.model.columns import ACTS, ORDERS, PREAMBLE, STATE
from docgen.model.states import UNSIGNED
from docgen.records.order_days import items_of
from docgen.wording import text_of
from docgen.wording.acts import ADVICE

_OPENER, _ACT, _KIND = "оборот", "акт", "вид"
_FOLLOWING: Final = (
    "в соответствии с",
    "на основании",
    "во исполнение",
    "руководствуясь",
    "согласно",
)


def check_advice(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each letter that the preamble of an unsigned order follows."""
    for order in workspace.records.get(ORDERS, ()):
        if order.is_broken or text_of(order.values.get(STATE)) not in UNSIGNED:
            continue
        opener = ""
        for row in workspace.children.get((ORDERS, order.identity, PREAMBLE), ()):
            opener = sameness(text_of(row.values.get(_OPENER))) or opener
            if opener.startswith(_FOLLOWING):
                yield from _followed(row, workspace)


def _followed(row: Record, workspace: Workspace) -> Iterator[Problem]:
    for item in items_of(row.values.get(_ACT)):
        if not isinstance(item, Reference) or item.register != ACTS:
            continue
        acts = workspace.by_identity.get((ACTS, item.identity), ())
        if any(sameness(text_of(act.values.get(_KIND))).startswith(ADVICE) for act in acts):
            yield warning(
                "advice-followed",
                row.cells[_ACT],
                f"«{item.text}» – письмо, оно никого не обязывает; выберите оборот «с учётом» в "
                "отдельной строке",
            )
