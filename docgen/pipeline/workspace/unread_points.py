"""Orders of a ready form that have points of their own in the registers, which no paper prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.errors import Problem, warning
from docgen.model import Family, PlannedDocument, ReadCell, Record, Workspace
from docgen.model.columns import ABOUT, ORDERS, POINTS
from docgen.model.states import UNSIGNED
from docgen.wording import text_of


@dataclass(slots=True)
class UnreadPoints:
    """Which orders print the points that refer to them; filled while documents are rendered."""

    orders: dict[str, tuple[Record, tuple[Record, ...]]] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)

    def note(
        self, document: PlannedDocument, reads: Mapping[str, ReadCell], workspace: Workspace
    ) -> None:
        """Note whether a paper that is an order reads the order's points."""
        order = document.order
        if order is None or document.state not in UNSIGNED:
            return
        if f"{ORDERS}/{order.identity}/{POINTS}#" in reads:
            self.printed.add(order.identity)
        elif document.kind.family == Family.ORDER:
            points = workspace.children.get((ORDERS, order.identity, POINTS), ())
            if points:
                self.orders[order.identity] = (order, points)

    def problems(self) -> Iterator[Problem]:
        """Yield a warning for each order whose points no paper prints."""
        for name, (order, points) in self.orders.items():
            if name not in self.printed:
                yield warning(
                    "not-printed",
                    points[0].where,
                    f"приказ «{name}»: форма готовая, «{text_of(order.values.get(ABOUT))}», и "
                    f"его пункты с листа ({len(points)}) в неё не попадут; выберите «свой текст» "
                    "или удалите их",
                )
