"""What a build is asked for, and the plan that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import plan as planning
from docgen.errors import Location, Problem, UsageError
from docgen.model import PacketPer, PlannedDocument, PlannedPacket, sameness
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.signed_acquaintance import signed_acquaintance
from docgen.pipeline.workspace.signed_texts import signed_texts
from docgen.suggestions import suggestion_or_choices


def computers_day() -> dt.date:
    """Return the day by the computer's clock: the day of what is written into an archive."""
    return dt.datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for: a school year, one kind, blank forms of one kind, edits to drop.

    ``day`` is the day on which terms are checked; documents never see it. ``has_fields`` is
    whether papers get electronic originals, ``has_personnel`` whether each gets a PDF/A-1a.
    ``password`` locks copies for e-mail; without one none are made. ``current`` are the short names
    of signed orders that are archived as the registers stand now.
    """

    year: str = ""
    only: str = ""
    blank: str = ""
    redo: tuple[Path, ...] = ()
    day: dt.date | None = None
    has_fields: bool = False
    has_personnel: bool = False
    password: str = field(default="", repr=False)
    current: frozenset[str] = frozenset()

    def wants(self, document: PlannedDocument) -> bool:
        """Return whether this run makes the document."""
        if self.blank:
            return document.is_blank_form and document.kind.name == self.blank
        return not self.only or document.kind.name == self.only

    def wants_kind(self, name: str) -> bool:
        """Return whether this run makes documents of a kind, blank forms aside."""
        return not self.blank and self.only in ("", name)

    def takes_current(self, document: PlannedDocument) -> bool:
        """Return whether the document's order is to be archived as the registers stand now."""
        order = document.order
        return order is not None and sameness(order.identity) in self.current

    @property
    def today(self) -> dt.date:
        """The day of the run: the one that was asked for, or the computer's."""
        return self.day or computers_day()

    @property
    def is_partial(self) -> bool:
        """Whether the run leaves other documents of its school year alone."""
        return bool(self.only or self.blank)

    @property
    def is_selective(self) -> bool:
        """Whether documents that this run does not plan may still be wanted."""
        return bool(self.only or self.blank or self.year)


def make_plan(ready: Ready, wish: Wish) -> planning.Plan:
    """Return the documents that the registers ask for.

    Raises:
        UsageError: when a kind is wished for that is not there.
    """
    kinds = ready.kinds
    for name in filter(None, (wish.only, wish.blank)):
        if name not in kinds:
            message = f"нет вида документа «{name}»{suggestion_or_choices(name, kinds)}"
            raise UsageError([Problem("usage", Location(), message)])
    return planning.plan_documents(
        ready.workspace,
        kinds,
        year=wish.year,
        blank=wish.blank,
        signed=planning.SignedOrders(signed_acquaintance(ready), signed_texts(ready)),
        today=wish.today,
    )


def count_other_years(plan: planning.Plan, wish: Wish, known: Collection[str]) -> int:
    """Return how many documents of years that are not wanted lie nowhere, ``known`` keys aside."""
    lacking = (key for key in plan.other_years if key not in known)
    return sum(wish.wants_kind(key.partition("|")[0]) for key in lacking)


def without_absent(planned: PlannedPacket, ready: set[str]) -> PlannedPacket:
    """Return the packet without absent documents; one per order or signer needs them all."""
    there = tuple(key for key in planned.documents if key in ready)
    needs_all = planned.kind.per in {PacketPer.ORDER, PacketPer.SIGNER}
    if needs_all and len(there) < len(planned.documents):
        there = ()
    return replace(planned, documents=there)
