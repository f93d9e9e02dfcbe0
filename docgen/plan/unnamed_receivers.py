"""Bodies to which an order about people is sent, though no consent names them as receivers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Family, PlannedDocument, Record, Reference, Workspace, sameness
from docgen.model.columns import (
    BODIES,
    CHILDREN,
    FULL_NAME,
    MENTEE,
    MENTOR,
    ORDERS,
    PAIRS,
    PURPOSES,
    RECEIVER,
    RECIPIENTS,
)
from docgen.model.states import UNSIGNED
from docgen.plan.absent_rows import paper_of
from docgen.plan.recipients import recipients_of
from docgen.wording import text_of

_FOR_WHOM: Final = "для_кого"
_PUPILS, _WORKERS = "обучающиеся", "работники"
_BODY: Final = re.compile(
    r"управлени|департамент|министерств|комитет|администраци|инспекци|прокуратур|методическ|"
    r"\bцентр(?!ализ)|институт|совет депутатов|\b(?:МБУ|МКУ|МАУ|ГБУ|ГКУ|ГАУ|ИМЦ|НМЦ|УО|РУО|ГУО|ОУО|"
    r"ГОРОНО|РОНО)\b",
    re.IGNORECASE,
)
"""What tells another body from a place in the house: «В дело», «бухгалтерия», a name."""
_WITHIN: Final = re.compile(r"^(?:в дело|отдел кадров|бухгалтер|канцеляр|секретар|библиотек)")


def unnamed_receivers(
    documents: Iterable[PlannedDocument], workspace: Workspace
) -> Iterator[Problem]:
    """Yield a warning for each unsigned order of pairs that is sent to a body no consent names.

    People's names go there with it, and what allows that is their consent with this body as
    «Получатель» (152-ФЗ, ст. 7 и 9).
    """
    for document in documents:
        order, pairs = document.order, document.variables.get(PAIRS)
        is_order = document.kind.register == ORDERS and document.kind.family == Family.ORDER
        if order is None or not is_order or document.state not in UNSIGNED:
            continue
        if not isinstance(pairs, tuple) or not pairs:
            continue
        for name, _ in recipients_of(text_of(order.values.get(RECIPIENTS))):
            body = _body(name, workspace)
            lacking = [who for who in _audiences(pairs) if not _is_named(body, who, workspace)]
            if body and lacking:
                yield _unnamed(order, name, lacking)


def _body(name: str, workspace: Workspace) -> frozenset[str]:
    """Return the names under which a body may be known, nothing for what is none."""
    folded = sameness(name)
    for row in workspace.records.get(BODIES, ()):
        names = {sameness(row.identity), sameness(text_of(row.values.get(FULL_NAME)))}
        if folded in names:
            return frozenset(names)
    is_body = _BODY.search(name) is not None and _WITHIN.search(folded) is None
    return frozenset({folded}) if is_body else frozenset()


def _audiences(pairs: tuple[object, ...]) -> Iterator[str]:
    """Yield whose consents are asked: those of workers, those of pupils."""
    people = [
        person.register
        for pair in pairs
        if isinstance(pair, Record)
        for role in (MENTOR, MENTEE)
        if isinstance(person := pair.values.get(role), Reference)
    ]
    if any(register != CHILDREN for register in people):
        yield _WORKERS
    if CHILDREN in people:
        yield _PUPILS


def _is_named(body: frozenset[str], who: str, workspace: Workspace) -> bool:
    for row in workspace.records.get(PURPOSES, ()):
        receiver = row.values.get(RECEIVER)
        is_for_them = sameness(text_of(row.values.get(_FOR_WHOM))) == who
        if is_for_them and isinstance(receiver, Reference):
            named = workspace.by_identity.get((receiver.register, receiver.identity), ())
            names = {sameness(text_of(one.values.get(FULL_NAME))) for one in named}
            if body & {sameness(receiver.identity), sameness(receiver.text), *names}:
                return True
    return False


def _unnamed(order: Record, name: str, lacking: list[str]) -> Problem:
    whose = " и ".join({_WORKERS: "работников", _PUPILS: "обучающихся"}[one] for one in lacking)
    return warning(
        "receiver-unnamed",
        order.cells[RECIPIENTS],
        f"{paper_of(order)}: копия с именами уходит в «{name}», а ни одно согласие {whose} не "
        "называет его получателем (лист «Цели обработки», «Получатель»); возьмите такие согласия, "
        "пошлите выписку без имён или уберите адресата",
    )
