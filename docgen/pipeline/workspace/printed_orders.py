"""What unsigned orders and their appendices say once they are printed, held to the registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.errors import Problem
from docgen.model import Family, PlannedDocument, Record, Workspace
from docgen.model.states import UNSIGNED
from docgen.records.printed_names import acquaintance_problems
from docgen.records.task_differences import task_differences


@dataclass(slots=True)
class PrintedOrders:
    """The paragraphs of unsigned orders and of their appendices; filled while they are rendered."""

    rows: dict[str, Record] = field(default_factory=dict)
    points: dict[str, tuple[str, ...]] = field(default_factory=dict)
    appendices: dict[str, list[str]] = field(default_factory=dict)

    def note(self, document: PlannedDocument, words: tuple[str, ...]) -> None:
        """Note the paragraphs of a paper, if an unsigned order or its appendix."""
        order = document.order
        if order is None or not words or document.state not in UNSIGNED:
            return
        # Of what is apart everybody sees the own line alone.
        if document.kind.is_apart:
            return
        self.rows[order.identity] = order
        if document.kind.family == Family.ORDER:
            self.points[order.identity] = words
        else:
            self.appendices.setdefault(order.identity, []).extend(words)

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """Yield what these papers say otherwise than the registers, or than each other."""
        for name, points in self.points.items():
            words = [*points, *self.appendices.get(name, ())]
            yield from acquaintance_problems(self.rows[name], words, workspace)
        orders = [(self.rows[name], points) for name, points in self.points.items()]
        yield from task_differences(orders, workspace)
