"""Who is to be acquainted with an order, and whether on a sheet, in the order itself or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docgen.errors import Problem, warning
from docgen.model import Family, Kind, PlannedDocument, Record, Reference, Workspace
from docgen.model.choices import Acquaintance
from docgen.model.columns import ACQUAINT, ACQUAINT_LATER, ACQUAINTANCE, ORDERS, STATE
from docgen.model.states import FROZEN, UNSIGNED
from docgen.plan.absent_rows import paper_of
from docgen.plan.selection import select
from docgen.wording import acquaintance_of, day_of, own_acquaintance, text_of

EVERYBODY = "люди"
"""The variable that holds all who are to be acquainted with an order."""
LINES = "ознакомляемые"
"""The variable that holds the people whose lines stand in the order itself, while it is made."""
LINES_ELSEWHERE = "ознакомляемые_в_приказе"
"""The variable of every other paper of an order that holds the people whose lines it has."""


@dataclass(frozen=True, slots=True)
class SignedAcquaintance:
    """How people were acquainted with a signed order, and the names of those who have a line."""

    how: Acquaintance
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SignedOrders:
    """What is known of signed orders, by their names.

    ``acquaintance`` is how people were acquainted with them, ``texts`` what they say, for those
    that change them.
    """

    acquaintance: Mapping[str, SignedAcquaintance] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def how_acquainted(
    order: Record, kinds: Mapping[str, Kind], workspace: Workspace, default_year: str
) -> Acquaintance:
    """Return how people are acquainted with an order.

    Where docgen does not print the order, or its template has no lines, a sheet is made all the
    same: nobody may be lost.
    """
    day = day_of(None, order, workspace, default_year)
    found = acquaintance_of(order, workspace, day)
    if found is Acquaintance.IN_ORDER and not any(
        has_lines(kind) and select((order,), kind.where, workspace) for kind in kinds.values()
    ):
        return Acquaintance.ON_SHEET
    return found


def has_lines(kind: Kind) -> bool:
    """Return whether a kind prints orders with room for the lines in them."""
    is_order = kind.register == ORDERS and kind.family == Family.ORDER
    return is_order and any(rule.is_of_sheet for rule in kind.signs)


def is_sheet_of_acquaintance(kind: Kind) -> bool:
    """Return whether a kind is a sheet on which people sign that they know an order."""
    is_sheet = kind.register == ORDERS and kind.family == Family.SHEET
    return is_sheet and bool({ACQUAINT, ACQUAINT_LATER} & kind.where.keys())


def needs_sheet(kind: Kind, how: Acquaintance) -> bool:
    """Return whether such a sheet is made; those who were away have one in any case but «нет»."""
    return how is Acquaintance.ON_SHEET or (
        how is Acquaintance.IN_ORDER and ACQUAINT not in kind.where
    )


def acquaintance_problems(
    kinds: Mapping[str, Kind], workspace: Workspace, default_year: str
) -> Iterator[Problem]:
    """Yield a warning for each unsigned order that asks for lines in it and cannot have them."""
    for order in workspace.records.get(ORDERS, ()):
        is_open = not order.is_broken and text_of(order.values.get(STATE)) in UNSIGNED
        if not is_open or own_acquaintance(order) is not Acquaintance.IN_ORDER:
            continue
        where = order.cells.get(ACQUAINTANCE, order.where)
        if not order.values.get(ACQUAINT):
            yield warning(
                "not-acquainted",
                where,
                f"{paper_of(order)}: «Ознакомление» – «в приказе», а знакомить некого; впишите "
                "людей в «Ознакомить»",
            )
        elif how_acquainted(order, kinds, workspace, default_year) is Acquaintance.ON_SHEET:
            yield warning(
                "not-acquainted",
                where,
                f"{paper_of(order)}: строк ознакомления в нём не будет, такой бланк docgen не "
                "печатает; сделан лист ознакомления, выберите «лист»",
            )


def nobody_to_acquaint(
    documents: Iterable[PlannedDocument],
    kinds: Mapping[str, Kind],
    workspace: Workspace,
    default_year: str,
) -> Iterator[Problem]:
    """Yield a warning for each unsigned order whose «участники» are nobody: it has no pairs.

    An order about pairs that has none is told elsewhere, and is not made.
    """
    seen: set[str] = set()
    for document in documents:
        order = document.order
        if order is None or order.identity in seen or document.state not in UNSIGNED:
            continue
        how = how_acquainted(order, kinds, workspace, default_year)
        is_asked = order.values.get(ACQUAINT) and how is not Acquaintance.NONE
        if is_asked and document.variables.get(EVERYBODY) == ():
            seen.add(order.identity)
            yield warning(
                "not-acquainted",
                order.cells[ACQUAINT],
                f"{paper_of(order)}: в «Ознакомить» стоит «участники», а пар у него нет, и "
                "знакомить некого; впишите людей",
            )


def added_since(
    documents: Iterable[PlannedDocument], signed: Mapping[str, SignedAcquaintance]
) -> Iterator[Problem]:
    """Yield a warning for each signed order to which somebody was added who has no line in it.

    A name that was corrected since is nobody new.
    """
    for document in documents:
        order, kind = document.order, document.kind
        lines = signed.get(order.identity) if order is not None else None
        is_own = has_lines(kind) or (is_sheet_of_acquaintance(kind) and ACQUAINT in kind.where)
        if order is None or lines is None or not is_own or document.state not in FROZEN:
            continue
        named, later = (_people(order.values.get(one)) for one in (ACQUAINT, ACQUAINT_LATER))
        is_sheet = kind.family == Family.SHEET
        signers = [one for one in document.signers if is_sheet or one.is_of_sheet]
        fresh = [
            one.name
            for one in signers
            if one.person in named - later and one.name not in lines.names
        ]
        if len(fresh) > len(lines.names - {one.name for one in signers}):
            where = "на подписанном листе ознакомления" if is_sheet else "в нём, подписанном,"
            yield warning(
                "not-acquainted",
                order.cells[ACQUAINT],
                f"{paper_of(order)}: {where} нет строк для тех, кого вписали позже: "
                f"{', '.join(fresh)}; перенесите их в «Ознакомить позже», будет отдельный лист",
            )


def _people(value: object) -> frozenset[str]:
    items = value if isinstance(value, tuple) else ()
    return frozenset(
        f"{one.register}/{one.identity}" for one in items if isinstance(one, Reference)
    )
