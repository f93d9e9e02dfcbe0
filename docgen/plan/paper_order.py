"""Which papers stand before which, by their entries: days that cross, papers that are missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from docgen import russian
from docgen.errors import Location, Problem, StageError, warning
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
from docgen.model.states import FROZEN, UNSIGNED, VOID
from docgen.plan.absent_rows import paper_of
from docgen.plan.selection import select, values_at
from docgen.plan.signature_plan import ExpectedSignature, SigningState, expected_signatures
from docgen.wording import text_of
from docgen.wording.variables import fill_entry, make_scope, make_variables

_TERM = "срок"
"""Stands for the name of what only has a day: a term ends, it is no paper."""


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
    def written(self) -> str:
        """The day as a remark tells it."""
        day = f"{self.day:%d.%m.%Y}" if self.day is not None else ""
        return f"подпись {day}" if self.on_paper else day


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule asked of one document, for one of its rows if it goes through a list."""

    rule: EarlierPaper
    document: PlannedDocument
    rows: Mapping[str, object]


@dataclass(slots=True)
class _Papers:
    """The papers of a workspace and their signatures; fills what was looked up once."""

    kinds: Mapping[str, Kind]
    workspace: Workspace
    by_kind: Mapping[str, list[PlannedDocument]]
    signatures: Mapping[str, list[ExpectedSignature]]
    first_orders: dict[str, PaperDay | None] = field(default_factory=dict)


def paper_order_problems(
    documents: Iterable[PlannedDocument],
    kinds: Mapping[str, Kind],
    workspace: Workspace,
    today: dt.date = dt.date.max,
) -> list[Problem]:
    """Return warnings about papers that should stand in another order.

    Papers of signed orders are past telling, but for the sheets that are signed after them. Days
    left for the pen are no fault. Many papers that run into one day of one other are one remark.
    Consents to pairs that an order forms are told by ``consent_gaps`` alone.
    """
    papers = _collected(documents, kinds, workspace, today)
    found: dict[tuple[str, str], Problem] = {}
    titles: dict[tuple[str, str], set[str]] = {}
    for asked in _questions(papers):
        for spoiler, problem in _meant(asked, papers):
            key = (problem.code, spoiler)
            found.setdefault(key, problem)
            titles.setdefault(key, set()).add(asked.document.title)
    return [_with_count(one, len(titles[key]) - 1) for key, one in found.items()]


def _with_count(problem: Problem, more: int) -> Problem:
    message = f"{problem.message} (и ещё бумаг: {more})"
    return replace(problem, message=message) if more else problem


def _collected(
    documents: Iterable[PlannedDocument],
    kinds: Mapping[str, Kind],
    workspace: Workspace,
    today: dt.date,
) -> _Papers:
    by_kind: dict[str, list[PlannedDocument]] = {}
    for document in documents:
        if not document.is_blank_form:
            by_kind.setdefault(document.kind.name, []).append(document)
    signatures: dict[str, list[ExpectedSignature]] = {}
    if workspace.records.get(SIGNATURES):
        planned = [one for group in by_kind.values() for one in group]
        for one in expected_signatures(planned, workspace, today):
            signatures.setdefault(one.document.key, []).append(one)
    return _Papers(kinds, workspace, by_kind, signatures)


def _questions(papers: _Papers) -> Iterator[_Asked]:
    """Yield each rule with each document, and each row, of which it is asked."""
    for document in (one for group in papers.by_kind.values() for one in group):
        order = document.order
        state = text_of(order.values.get(STATE)) if order is not None else ""
        is_past = state in FROZEN and document.kind.family != Family.SHEET
        for rule in () if is_past else document.kind.after:
            if not rule.rows:
                yield _Asked(rule, document, document.variables)
                continue
            rows = document.variables.get(rule.rows)
            for row in rows if isinstance(rows, tuple) else ():
                if isinstance(row, Record) and not row.is_broken:
                    one = papers.workspace.schemas[row.register].one
                    yield _Asked(rule, document, {**document.variables, one: row})


def _meant(asked: _Asked, papers: _Papers) -> list[tuple[str, Problem]]:
    """Return what is to be told of a rule: its condition is asked once there is anything."""
    rule, document = asked.rule, asked.document
    remarks = [*_remarks(asked, papers)]
    if not remarks or not rule.when:
        return remarks
    scope = make_scope(document, papers.workspace)
    variables = make_variables(
        scope, document.kind, document.variables, document.order, document.year
    )
    rows = {name: row for name, row in asked.rows.items() if isinstance(row, Record)}
    variables |= {name: scope.view(row) for name, row in rows.items()}
    condition = f"{{% if {rule.when} %}}1{{% endif %}}"
    try:
        is_meant = bool(fill_entry(document.kind, "after.when", condition, variables))
    except StageError as error:
        return [(str(one.where), one) for one in error.problems]
    return remarks if is_meant else []


# --- what is told ----------------------------------------------------------------------------


def _remarks(asked: _Asked, papers: _Papers) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with a paper, each with the place of the day that speaks against it."""
    rule = asked.rule
    own = sorted(_own_days(asked, papers), key=_day_of)
    others = [*_other_days(asked, papers)]
    missing = [one for one in others if one.day is None]
    if rule.is_needed and missing:
        yield str(missing[0].where), _missing(asked, missing[0])
    there = sorted((one for one in others if one.day is not None), key=_day_of)
    if own and there:
        yield from _crossing(rule, own, there[-1])
    for last in _days_at(rule.last, asked, papers, paper=_TERM):
        if own and last.day is not None and _day_of(own[-1]) > last.day:
            bound = f"«{last.header}» – {last.day:%d.%m.%Y}"
            # One order may be about many pairs: the cell tells which.
            where = last.where if asked.document.kind.register == ORDERS else own[-1].where
            yield str(last.where), _late(rule, own[-1], bound, where)


def _crossing(
    rule: EarlierPaper, own: list[PaperDay], other: PaperDay
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with the days of a paper and of the last one that stands before it."""
    place = str(other.where)
    if _day_of(other) > _day_of(own[0]):
        yield place, _early(rule, own[0], other)
    elif other.is_unsigned and rule.is_signed_first and own[0].on_paper:
        message = f"{own[0]}, а {other.paper} от {other.written} ещё не подписан: {rule.why}"
        message = f"{message}; {_advice(own[0])}"
        yield place, warning("paper-early", other.where, message)
    elif rule.within:
        latest = russian.add_workdays(_day_of(other), rule.within)
        if _day_of(own[-1]) > latest:
            bound = f"надо: {other}, последний день – {latest:%d.%m.%Y}"
            yield place, _late(rule, own[-1], bound, own[-1].where)


def _day_of(one: PaperDay) -> dt.date:
    return one.day or dt.date.max


def _missing(asked: _Asked, other: PaperDay) -> Problem:
    lacks, remedy = (
        ("без подписи", "соберите её и впишите день в «Подписано»")
        if other.on_paper
        else ("без даты", f"впишите её в «{other.header}»")
    )
    message = f"{_called(asked.document)}: {other} {lacks}; {asked.rule.why}; {remedy}"
    return warning("paper-missing", other.where, message)


def _early(rule: EarlierPaper, own: PaperDay, other: PaperDay) -> Problem:
    message = f"{own}, а {other.paper} – позже, {other.written}: {rule.why}; {_advice(own, other)}"
    return warning("paper-early", other.where, message)


def _late(rule: EarlierPaper, own: PaperDay, bound: str, where: Location) -> Problem:
    message = f"{own}, позже, чем {bound}: {rule.why}; {_advice(own)}"
    return warning("paper-late", where, message)


def _called(document: PlannedDocument) -> str:
    """Return a paper as a remark calls it: an order by its number and name."""
    is_order = document.kind.register == ORDERS and document.kind.family == Family.ORDER
    return paper_of(document.order) if is_order and document.order else f"«{document.title}»"


def _advice(*days: PaperDay) -> str:
    """Return what to do: a day that a hand has written is a fact."""
    if any(one.on_paper for one in days):
        return "дату на бумаге не меняйте, решите с директором, как быть"
    return "сверьте даты"


# --- days of papers --------------------------------------------------------------------------


def _own_days(asked: _Asked, papers: _Papers) -> Iterator[PaperDay]:
    """Yield the days of the paper itself that are known."""
    document, order = asked.document, asked.document.order
    if asked.rule.day:
        found = _days_at(asked.rule.day, asked, papers, paper=_called(document))
    elif document.kind.register == ORDERS and document.kind.family == Family.ORDER and order:
        found = iter([_day_in(order, DATE, papers.workspace)])
    else:
        found = _signed_days(document, papers)
    yield from (one for one in found if one.day is not None)


def _other_days(asked: _Asked, papers: _Papers) -> Iterator[PaperDay]:
    """Yield the days of the papers that stand before, those that are unknown too."""
    rule, document = asked.rule, asked.document
    kind = papers.kinds.get(rule.paper)
    if rule.of:
        yield from _days_at(rule.of, asked, papers)
    elif kind is None or _is_consent_to_pairs(kind, document):
        return
    elif kind.register == ORDERS and kind.family == Family.ORDER:
        first = _first_order(kind, papers)
        if first is not None and first.where != _place_of_date(document):
            yield first
    else:
        for other in papers.by_kind.get(kind.name, ()):
            if _is_about_the_same(other, document):
                yield from _signed_days(other, papers)


def _is_consent_to_pairs(kind: Kind, document: PlannedDocument) -> bool:
    """Return whether consents to what an order forms are told as ``consent-missing``, ``-late``."""
    forms_pairs = PAIRS in document.kind.uses and PAIRS not in document.kind.uses_by
    return kind.family == Family.CONSENT and forms_pairs


def _first_order(kind: Kind, papers: _Papers) -> PaperDay | None:
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
        papers.first_orders[kind.name] = min(days, key=_day_of) if days and not is_open else None
    return papers.first_orders[kind.name]


def _place_of_date(document: PlannedDocument) -> Location | None:
    order = document.order
    return order.cells.get(DATE, order.where) if order is not None else None


def _is_about_the_same(other: PlannedDocument, document: PlannedDocument) -> bool:
    """Return whether two papers are about one pair, or one person where one names a single one."""
    if other.kind.register == ORDERS and document.kind.register == ORDERS:
        return other.order is not None and other.order is document.order
    named, own = (one.variables.get(PARTICIPANT) for one in (other, document))
    if isinstance(named, Reference) and isinstance(own, Reference) and named != own:
        return False
    if other.kind.is_distinct or document.kind.is_distinct:
        return bool(_people(other) & _people(document))
    pairs = {id(row) for row in _pairs(other)}
    return any(id(row) in pairs for row in _pairs(document))


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


def _signed_days(document: PlannedDocument, papers: _Papers) -> Iterator[PaperDay]:
    """Yield the days on which a paper was signed; none of a hand that has not signed yet."""
    for one in papers.signatures.get(document.key, ()):
        if one.row is None or one.state_on() is SigningState.WITHDRAWN:
            continue
        signed = one.row.values.get(SIGNED)
        is_signed = isinstance(signed, dt.date) and one.state_on() is SigningState.SIGNED
        where = one.row.cells.get(SIGNED, one.row.where)
        day = signed if is_signed and isinstance(signed, dt.date) else None
        yield PaperDay(_called(document), day, where, on_paper=True)


def _days_at(path: str, asked: _Asked, papers: _Papers, *, paper: str = "") -> Iterator[PaperDay]:
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


def _name_of(row: Record, asked: _Asked, papers: _Papers) -> str:
    """Return how the paper is called whose day stands in a row: an order, or that of a pair."""
    if row.register == ORDERS:
        return paper_of(row)
    kind = papers.kinds.get(asked.rule.paper)
    people = [row.values.get(role) for role in (MENTOR, MENTEE)] if row.register == PAIRS else []
    names = " – ".join(one.text.split()[0] for one in people if isinstance(one, Reference))
    name = kind.spoken if kind is not None else asked.rule.paper
    return f"{name} ({names})" if names else name
