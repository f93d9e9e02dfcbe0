"""Whose data may be handed to a body: people who have consented to it, by the signatures.

What is passed to others needs the consent of the person, with this body named as who receives
(152-ФЗ, art. 7 and 9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from docgen.model import PersonName, Record, Reference
from docgen.model.columns import (
    DATE,
    DEADLINE,
    DOCUMENT_KEY,
    ENDED,
    ENDS,
    MENTEE,
    MENTOR,
    NAME,
    PAIRS,
    PURPOSES,
    RECEIVER,
    REFUSED,
    SIGNATURES,
    SIGNED,
    STAFF,
    STATE,
    VALID_UNTIL,
    WITHDRAWN,
)
from docgen.model.states import DRAFTS, VOID
from docgen.wording.pair_numbers import assigning_order
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.value_views import WordingError, text_of

_ROLES = (MENTOR, MENTEE)


def assigned_pairs(scope: Scope) -> list[RecordView]:
    """Return the pairs of workers that orders have assigned and that go on, on the paper's day."""
    found = []
    for row in scope.workspace.records.get(PAIRS, ()):
        people = [row.values.get(role) for role in _ROLES]
        are_workers = all(isinstance(one, Reference) and one.register == STAFF for one in people)
        if are_workers and not row.is_broken and _goes_on(row, scope):
            found.append(row)
    scope.note_rows(f"{PAIRS}/закреплённые", found)
    return [scope.view(row) for row in found]


def _goes_on(pair: Record, scope: Scope) -> bool:
    order = assigning_order(scope.view(pair))
    if order is None or text_of(order.record.values.get(STATE)) in VOID | DRAFTS:
        return False
    dated = _day(order.record, DATE)
    ended, ends = _day(pair, ENDED), _day(pair, ENDS)
    is_over = (ended is not None and ended <= scope.day) or (ends is not None and ends < scope.day)
    return dated is not None and dated <= scope.day and not is_over


def pairs_to_pass(scope: Scope, pairs: Iterable[object], body: object) -> list[RecordView]:
    """Return those of the pairs both of whose people let this body have their data.

    Raises:
        WordingError: for anything but rows of «Пары» and of «Организации».
    """
    known = _known(scope, body)
    return [pair for pair in _rows(pairs) if not _silent(pair, known)]


def people_not_to_pass(scope: Scope, pairs: Iterable[object], body: object) -> list[str]:
    """Return who of the pairs' people has not let this body have their data, each once.

    Raises:
        WordingError: for anything but rows of «Пары» and of «Организации».
    """
    known = _known(scope, body)
    silent = [person for pair in _rows(pairs) for person in _silent(pair, known)]
    return list(dict.fromkeys(_short(scope, one) for one in silent))


def _rows(pairs: Iterable[object]) -> list[RecordView]:
    found = list(pairs)
    if not all(isinstance(one, RecordView) and one.record.register == PAIRS for one in found):
        raise WordingError("согласия на передачу считают по списку пар")
    return [one for one in found if isinstance(one, RecordView)]


def _silent(pair: RecordView, known: frozenset[str]) -> list[Reference]:
    """Return the people of a pair without a consent among the ``known`` ones."""
    people = [pair.record.values.get(role) for role in _ROLES]
    return [one for one in people if isinstance(one, Reference) and _key(one) not in known]


def _key(person: Reference) -> str:
    register = "" if person.register == STAFF else f"{person.register}/"
    return _squeezed(f"{register}{person.identity}")


def _known(scope: Scope, body: object) -> frozenset[str]:
    """Return the people who have consented to this body as receiver, as papers' keys name them.

    Of a consent that several sign all must have signed. Nothing is noted as read: a consent that
    returns later makes a letter anew because its words change.
    """
    if not isinstance(body, RecordView):
        raise WordingError("получатель сведений – строка листа «Организации»")
    purposes = {
        _squeezed(row.identity)
        for row in scope.workspace.records.get(PURPOSES, ())
        if _is_for(row, body) and not _is_past(_day(row, DEADLINE), scope)
    }
    signed: dict[tuple[str, str], bool] = {}
    for row in scope.workspace.records.get(SIGNATURES, ()):
        kind, _, rest = _squeezed(text_of(row.values.get(DOCUMENT_KEY))).partition("|")
        # A namesake's own name holds the sign that parts the key, too.
        person, _, purpose = rest.rpartition("|")
        if person and purpose in purposes:
            paper = (kind, person)
            signed[paper] = signed.get(paper, True) and _is_in_force(row, scope)
    return frozenset(person for (_, person), is_signed in signed.items() if is_signed)


def _is_for(purpose: Record, body: RecordView) -> bool:
    receiver = purpose.values.get(RECEIVER)
    return isinstance(receiver, Reference) and receiver.identity == body.record.identity


def _is_in_force(row: Record, scope: Scope) -> bool:
    """Return whether a consent was given by the day and holds on it; one withdrawn never counts.

    Who has withdrawn it does so for what is printed anew, too.
    """
    signed, withdrawn = _day(row, SIGNED), _day(row, WITHDRAWN)
    if signed is None or signed > scope.day or row.values.get(REFUSED) is True:
        return False
    is_withdrawn = withdrawn is not None and withdrawn >= signed
    return not is_withdrawn and not _is_past(_day(row, VALID_UNTIL), scope)


def _is_past(day: dt.date | None, scope: Scope) -> bool:
    return day is not None and day < scope.day


def _day(row: Record, column: str) -> dt.date | None:
    value = row.values.get(column)
    return value if isinstance(value, dt.date) else None


def _short(scope: Scope, person: Reference) -> str:
    row = scope.workspace.version(person, scope.day)
    name = row.values.get(NAME)
    if not isinstance(name, PersonName):
        return person.text
    return str(scope.name(name, row.cells.get(NAME, row.where)).in_style("initials"))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
