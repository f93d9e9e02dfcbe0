"""The days of papers that stand before or after others: of orders, of signatures, in cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from docgen.errors import Location
from docgen.model import (
    EarlierPaper,
    Family,
    Kind,
    PlannedDocument,
    Record,
    Reference,
    Workspace,
)
from docgen.model.columns import (
    DATE,
    MENTEE,
    MENTOR,
    ORDERS,
    PAIR,
    PAIRS,
    PARTICIPANT,
    SIGNATURES,
    SIGNED,
    STATE,
)
from docgen.model.states import UNSIGNED, VOID
from docgen.plan.absent_rows import paper_of
from docgen.plan.selection import select, values_at
from docgen.plan.signature_plan import ExpectedSignature, SigningState, expected_signatures
from docgen.wording import text_of

_Documents: TypeAlias = list[PlannedDocument]


@dataclass(frozen=True, slots=True)
class PaperDay:
    """A day of a paper, or its absence: how the paper is called, where the day stands.

    One that is ``on_paper`` was written by a hand that signed: nobody may change it. An order that
    ``is_unsigned`` is still to be signed.
    """

    paper: str
    day: dt.date | None
    where: Location
    header: str = ""
    on_paper: bool = False
    is_unsigned: bool = False

    def __str__(self) -> str:
        return f"{self.paper} – {self.written}" if self.day is not None else self.paper

    @property
    def when(self) -> dt.date:
        """The day by which it is put in order: what is unknown comes last."""
        return self.day or dt.date.max

    @property
    def written(self) -> str:
        """The day as a remark tells it."""
        day = f"{self.day:%d.%m.%Y}" if self.day is not None else ""
        return f"подпись {day}" if self.on_paper else day


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A rule asked of one document, for one of its rows if it goes through a list."""

    rule: EarlierPaper
    document: PlannedDocument
    rows: Mapping[str, object]


@dataclass(slots=True)
class KnownPapers:
    """The papers of a workspace and their signatures; fills what was looked up once."""

    kinds: Mapping[str, Kind]
    workspace: Workspace
    documents: _Documents
    about: Mapping[tuple[str, str, str], _Documents]
    signatures: Mapping[str, list[ExpectedSignature]]
    first_orders: dict[str, PaperDay | None] = field(default_factory=dict)


def known_papers(
    documents: Iterable[PlannedDocument],
    kinds: Mapping[str, Kind],
    workspace: Workspace,
    today: dt.date,
) -> KnownPapers:
    """Return what is known of planned papers; signatures, where their register has rows."""
    planned = [one for one in documents if not one.is_blank_form]
    about: dict[tuple[str, str, str], _Documents] = {}
    signatures: dict[str, list[ExpectedSignature]] = {}
    if workspace.records.get(SIGNATURES):
        for one in expected_signatures(planned, workspace, today):
            signatures.setdefault(one.document.key, []).append(one)
        for document in planned:
            for by in (PARTICIPANT, ORDERS, PAIRS) if document.key in signatures else ():
                for mark in _marks(document, by):
                    about.setdefault((document.kind.name, by, mark), []).append(document)
    return KnownPapers(kinds, workspace, planned, about, signatures)


def own_days(asked: AskedRule, papers: KnownPapers) -> Iterator[PaperDay]:
    """Yield the days of the paper itself that are known."""
    document, order = asked.document, asked.document.order
    if asked.rule.day:
        found = days_at(asked.rule.day, asked, papers, paper=called(document))
    elif document.kind.register == ORDERS and document.kind.family == Family.ORDER and order:
        found = iter([_day_in(order, DATE, papers.workspace)])
    else:
        found = _signed_days(document, papers)
    yield from (one for one in found if one.day is not None)


def other_days(asked: AskedRule, papers: KnownPapers) -> Iterator[PaperDay]:
    """Yield the days of the papers that stand before, those that are unknown too."""
    rule, document = asked.rule, asked.document
    kind = papers.kinds.get(rule.paper)
    if rule.of:
        yield from days_at(rule.of, asked, papers)
    elif kind is None or _is_consent_to_pairs(kind, document):
        return
    elif kind.register == ORDERS and kind.family == Family.ORDER:
        first = _first_order(kind, papers)
        if first is not None and first.where != _place_of_date(document):
            yield first
    else:
        for other in _about_the_same(document, kind, papers):
            yield from _signed_days(other, papers)


def _is_consent_to_pairs(kind: Kind, document: PlannedDocument) -> bool:
    """Return whether consents to what an order forms are told as ``consent-missing``, ``-late``."""
    forms_pairs = PAIRS in document.kind.uses and PAIRS not in document.kind.uses_by
    return kind.family == Family.CONSENT and forms_pairs


def _first_order(kind: Kind, papers: KnownPapers) -> PaperDay | None:
    """Return the day of the first order of a kind, of whatever year."""
    if kind.name not in papers.first_orders:
        orders = select(papers.workspace.records.get(ORDERS, ()), kind.where, papers.workspace)
        days = [
            _day_in(one, DATE, papers.workspace)
            for one in orders
            if not one.is_broken and text_of(one.values.get(STATE)) not in VOID
        ]
        # One whose date is left for the pen may be the first.
        is_open = any(one.day is None for one in days)
        papers.first_orders[kind.name] = (
            min(days, key=lambda one: one.when) if days and not is_open else None
        )
    return papers.first_orders[kind.name]


def _place_of_date(document: PlannedDocument) -> Location | None:
    order = document.order
    return order.cells.get(DATE, order.where) if order is not None else None


def _about_the_same(document: PlannedDocument, kind: Kind, papers: KnownPapers) -> _Documents:
    """Return the papers of a kind about the same pair, order or person as a document.

    Where both are about single people, these are the same.
    """
    by = PAIRS
    if kind.is_distinct or document.kind.is_distinct:
        by = PARTICIPANT
    elif ORDERS == kind.register == document.kind.register:
        by = ORDERS
    found: dict[int, PlannedDocument] = {}
    own = document.variables.get(PARTICIPANT)
    for one in (
        paper
        for mark in _marks(document, by)
        for paper in papers.about.get((kind.name, by, mark), ())
    ):
        named = one.variables.get(PARTICIPANT)
        if not (isinstance(named, Reference) and isinstance(own, Reference) and named != own):
            found.setdefault(id(one), one)
    return list(found.values())


def _marks(document: PlannedDocument, by: str) -> list[str]:
    """Return what tells the people, the order or the pairs that a paper is about."""
    if by == PARTICIPANT:
        return sorted(f"{register}/{identity}" for register, identity in _people(document))
    if by == ORDERS:
        return [document.order.identity] if document.order is not None else []
    return [str(id(row)) for row in _pairs(document)]


def _pairs(document: PlannedDocument) -> tuple[Record, ...]:
    named = document.variables.get(PAIRS, document.variables.get(PAIR))
    rows: tuple[object, ...] = named if isinstance(named, tuple) else (named,)
    return tuple(row for row in rows if isinstance(row, Record))


def _people(document: PlannedDocument) -> set[tuple[str, str]]:
    named = document.variables.get(PARTICIPANT)
    found = (
        [named]
        if isinstance(named, Reference)
        else [row.values.get(role) for row in _pairs(document) for role in (MENTOR, MENTEE)]
    )
    return {(one.register, one.identity) for one in found if isinstance(one, Reference)}


def _signed_days(document: PlannedDocument, papers: KnownPapers) -> Iterator[PaperDay]:
    """Yield the days on which a paper was signed; one without a day for whoever has not yet."""
    for one in papers.signatures.get(document.key, ()):
        if one.row is None or one.state_on() is SigningState.WITHDRAWN:
            continue
        signed = one.row.values.get(SIGNED)
        is_signed = isinstance(signed, dt.date) and one.state_on() is SigningState.SIGNED
        where = one.row.cells.get(SIGNED, one.row.where)
        day = signed if is_signed and isinstance(signed, dt.date) else None
        yield PaperDay(called(document), day, where, on_paper=True)


def days_at(
    path: str, asked: AskedRule, papers: KnownPapers, *, paper: str = ""
) -> Iterator[PaperDay]:
    """Yield the days at a path of variables and columns; a path that ends early gives none."""
    first, _, rest = path.partition(".")
    row = asked.rows.get(first)
    if not rest or not isinstance(row, Record) or row.is_broken:
        return
    column = rest.rpartition(".")[2]
    for owner, _ in values_at(row, rest, papers.workspace):
        if column in owner.values and not owner.is_broken:
            yield _day_in(owner, column, papers.workspace, paper or _name_of(owner, asked, papers))


def _day_in(row: Record, column: str, workspace: Workspace, paper: str = "") -> PaperDay:
    value = row.values.get(column)
    header = workspace.schemas[row.register].column(column).header
    day = value if isinstance(value, dt.date) else None
    is_unsigned = row.register == ORDERS and text_of(row.values.get(STATE)) in UNSIGNED
    where = row.cells.get(column, row.where)
    return PaperDay(paper or paper_of(row), day, where, header, is_unsigned=is_unsigned)


def _name_of(row: Record, asked: AskedRule, papers: KnownPapers) -> str:
    """Return how the paper is called whose day stands in a row: an order, or that of a pair."""
    if row.register == ORDERS:
        return paper_of(row)
    kind = papers.kinds.get(asked.rule.paper)
    people = [row.values.get(role) for role in (MENTOR, MENTEE)] if row.register == PAIRS else []
    names = " – ".join(one.text.split()[0] for one in people if isinstance(one, Reference))
    name = kind.spoken if kind is not None else asked.rule.paper
    return f"{name} ({names})" if names else name


def called(document: PlannedDocument) -> str:
    """Return a paper as a remark calls it: an order by its number and name."""
    is_order = document.kind.register == ORDERS and document.kind.family == Family.ORDER
    return paper_of(document.order) if is_order and document.order else f"«{document.title}»"
