"""Papers of the house that others rest on: its own rules, and the consents that have come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from docgen import russian
from docgen.model import PersonName, Record, Reference, sameness
from docgen.model.columns import (
    ABOUT,
    APPENDICES,
    ARRANGEMENT,
    DATE,
    DOCUMENT_KEY,
    MENTEE,
    MENTOR,
    NAME,
    ORDERS,
    REFUSED,
    SIGNATURES,
    SIGNED,
    STAFF,
    STATE,
    TEMPLATE,
    VALID_UNTIL,
    WITHDRAWN,
)
from docgen.model.states import VOID, OrderState
from docgen.wording.acts import OrderCitation
from docgen.wording.days import day_of
from docgen.wording.pair_groups import group_key
from docgen.wording.protocols import AppendixView
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.school_years import year_of
from docgen.wording.value_views import (
    DateView,
    Declinable,
    PhraseView,
    PrintableText,
    WordingError,
    text_of,
)

OF_DUTY: Final = "обязанность"
"""«Как оформлено» of a mentor whose post includes mentoring: no consent is asked of him."""
_NUMBER: Final = "|таб. "
_APPROVED: Mapping[str, Mapping[str, str]] = {
    "м": {"им": "ый", "род": "ого", "дат": "ому", "вин": "ый", "твор": "ым", "пред": "ом"},
    "ж": {"им": "ая", "род": "ой", "дат": "ой", "вин": "ую", "твор": "ой", "пред": "ой"},
    "с": {"им": "ое", "род": "ого", "дат": "ому", "вин": "ое", "твор": "ым", "пред": "ом"},
    "мн": {"им": "ые", "род": "ых", "дат": "ым", "вин": "ые", "твор": "ыми", "пред": "ых"},
}
"""The endings of «утверждённый» by gender and case."""


@dataclass(frozen=True, slots=True)
class OwnPaper(PrintableText):
    """An appendix as a text cites it, with the order that approves it; declines as a whole."""

    title: PhraseView
    kind: str
    order: OrderCitation
    case: str = "им"

    def in_case(self, case: str) -> OwnPaper:
        """Return the citation in another case."""
        return replace(self, case=case)

    def __str__(self) -> str:
        """Return e.g. «Положения о …, утверждённого приказом от 31 августа 2026 г. № 147-од»."""
        ending = _APPROVED[russian.gender_of_phrase(self.kind) or "с"][self.case]
        title, order = self.title.in_case(self.case), self.order.in_case("твор")
        return f"{title}, утверждённ{ending} {order}"


def find_own_paper(scope: Scope, order: Record | None, name: str) -> Declinable | str:
    """Return the newest paper that is filled by a template and approved by the day, or nothing.

    An order does not rest on what it approves itself.
    """
    found: tuple[dt.date, Record] | None = None
    for row in scope.workspace.records.get(APPENDICES, ()):
        if row.is_broken or sameness(text_of(row.values.get(TEMPLATE))) != sameness(name):
            continue
        day = _approved_on(row, order, scope)
        if day is not None and (found is None or day > found[0]):
            found = day, row
    if found is None:
        return ""
    return own_paper_of(scope.view(found[1]))


def own_paper_of(appendix: AppendixView) -> OwnPaper:
    """Return an appendix as others cite it: its heading, with the order that approves it."""
    title = PhraseView(" ".join(appendix.заголовок.split()), appendix.scope.speller)
    return OwnPaper(title, str(appendix.вид), OrderCitation(appendix.приказ, has_title=False))


def find_own_order(scope: Scope, year: str, about: str) -> RecordView | str:
    """Return the first order of a school year that is about something («О чём»), or nothing."""
    found = [
        (day_of(None, row, scope.workspace, year), number, row)
        for number, row in enumerate(scope.workspace.records.get(ORDERS, ()))
        if not row.is_broken
        and sameness(text_of(row.values.get(ABOUT))) == sameness(about)
        and text_of(row.values.get(STATE)) not in VOID
        and year_of(row, scope.workspace, year) == year
    ]
    return scope.view(min(found)[2]) if found else ""


def _approved_on(row: Record, order: Record | None, scope: Scope) -> dt.date | None:
    """Return the day of the order that approves an appendix, if an order may rest on it."""
    approving = scope.workspace.order_of(row)
    if approving is None or approving.is_broken or approving is order:
        return None
    day = approving.values.get(DATE)
    is_gone = text_of(approving.values.get(STATE)) in VOID | {OrderState.REPEALED}
    return day if isinstance(day, dt.date) and day <= scope.day and not is_gone else None


def consents_of(scope: Scope, kind: str, pairs: Iterable[object], *, names: bool = True) -> str:
    """Return the days on which the people of pairs have consented, or nothing if one has not.

    The days come from the register of signatures; ``kind`` is the file name of the consent. Nothing
    is noted as read: a consent that returns after its order is signed asks for no other order.

    Raises:
        WordingError: for anything but rows of «Пары».
    """
    rows = _rows_of_kind(scope, kind)
    by_day: dict[dt.date, list[str]] = {}
    for pair in pairs:
        if not isinstance(pair, RecordView):
            raise WordingError("«согласия» считают по списку пар")
        for role in (MENTOR, MENTEE):
            person = pair.record.values.get(role)
            if not isinstance(person, Reference) or _needs_none(pair.record, role):
                continue
            day = _consented(rows, person, pair.record, scope)
            if day is None:
                return ""
            by_day.setdefault(day, []).append(_short(scope, person))
    return ", ".join(
        f"от {scope.date(day).в_тексте}{_in_brackets(people) if names else ''}"
        for day, people in sorted(by_day.items())
    )


def signed_on(scope: Scope, kind: str, person: object, about: object = "") -> DateView | str:
    """Return when a person's paper has been signed by all who sign it and holds on the day, or "".

    The days come from the register of signatures; ``kind`` is the file name of the paper, ``about``
    the row for which it is made once more («Цели обработки» of a consent). Nothing is noted.

    Raises:
        WordingError: for anything but a person of the registers.
    """
    if not isinstance(person, RecordView):
        raise WordingError("«подписано» спрашивают о человеке: пара.наставник, участник")
    own = person.record
    first = own.identity if own.register == STAFF else f"{own.register}/{own.identity}"
    last = f"|{about.record.identity}" if isinstance(about, RecordView) else ""
    days: list[dt.date | None] = []
    for key, papers in _rows_of_kind(scope, kind).items():
        if _is_of(key.removeprefix(f"{kind}|"), _squeezed(first), _squeezed(last)):
            days += [_signed(row) if _holds(row, scope.day) else None for row in papers]
    known = [day for day in days if day is not None]
    return scope.date(max(known)) if known and len(known) == len(days) else ""


def _is_of(rest: str, person: str, about: str) -> bool:
    """Return whether the rest of a paper's key names a person first, and last what it is about."""
    if not rest.startswith(person):
        return False
    between = rest[len(person) :]
    # A namesake is told apart by a number that follows the same name.
    return between.endswith(about) and between[:1] in {"", "|"} and not between.startswith(_NUMBER)


def _holds(row: Record, day: dt.date) -> bool:
    until = row.values.get(VALID_UNTIL)
    return not isinstance(until, dt.date) or until >= day


def _needs_none(pair: Record, role: str) -> bool:
    return role == MENTOR and sameness(text_of(pair.values.get(ARRANGEMENT))) == OF_DUTY


def _in_brackets(people: list[str]) -> str:
    return f" ({', '.join(dict.fromkeys(people))})"


def _short(scope: Scope, person: Reference) -> str:
    row = scope.workspace.version(person, scope.day)
    name = row.values.get(NAME)
    if not isinstance(name, PersonName):
        return person.text
    return str(scope.name(name, row.cells.get(NAME, row.where)).in_style("initials"))


def _rows_of_kind(scope: Scope, kind: str) -> dict[str, list[Record]]:
    """Return the rows of the register of signatures that belong to a kind, by their papers."""
    found: dict[str, list[Record]] = {}
    for row in scope.workspace.records.get(SIGNATURES, ()):
        key = _squeezed(text_of(row.values.get(DOCUMENT_KEY)))
        if key.startswith(f"{kind}|"):
            found.setdefault(key, []).append(row)
    return found


def _consented(
    rows: Mapping[str, list[Record]], person: Reference, pair: Record, scope: Scope
) -> dt.date | None:
    """Return the day on which the last of those who sign a person's consent has signed it."""
    register = "" if person.register == STAFF else f"{person.register}/"
    for one in _alike(pair, scope):
        for key, papers in rows.items():
            if key.endswith(_squeezed(f"|{register}{person.identity}|{one.identity}")):
                days = [_signed(row) for row in papers]
                known = [day for day in days if day is not None]
                return max(known) if known and len(known) == len(days) else None
    return None


def _alike(pair: Record, scope: Scope) -> Iterator[Record]:
    """Yield a pair and the rows of its group: one consent of the mentor serves them all."""
    yield pair
    key = group_key(pair)
    if key:
        rows = scope.workspace.records.get(pair.register, ())
        yield from (one for one in rows if one is not pair and group_key(one) == key)


def _signed(row: Record) -> dt.date | None:
    day, withdrawn = row.values.get(SIGNED), row.values.get(WITHDRAWN)
    is_void = row.values.get(REFUSED) is True or (
        isinstance(withdrawn, dt.date) and isinstance(day, dt.date) and withdrawn >= day
    )
    return day if isinstance(day, dt.date) and not is_void else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
