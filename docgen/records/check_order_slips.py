"""Check slips in an order: days against its day, control said twice, who is not acquainted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import PersonName, Record, Workspace, sameness
from docgen.model.columns import (
    ADDRESSEES,
    CHILDREN,
    CONTROL,
    DEADLINE,
    EFFECTIVE,
    NAME,
    NUMBER,
    ORDERS,
    PERSON,
    POINTS,
    RESPONSIBLE,
    STAFF,
    STATE,
    TEXT,
)
from docgen.model.states import FROZEN, VOID
from docgen.records.order_days import day_in
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import text_of

_OF_ORDER: Final = (
    r"(?: (?:за )?(?:исполнени|выполнени|реализаци)\w+)?(?: настоящ\w+| данн\w+| этого)?"
    r"(?: (?:приказ|распоряжени|постановлени)\w+)?"
)
_CONTROL: Final = re.compile(
    rf"\bконтроль{_OF_ORDER} (?:возл[оа]|остав|беру)|\bвозложить контроль{_OF_ORDER} на ",
    re.IGNORECASE,
)
"""Control of the order itself; that of plans and of attendance is another."""
_APPOINTS: Final = re.compile(
    r"\b(?:назначить|закрепить|освободить|поручить|возложить|обязать|уполномочить|включить"
    r"|направить|наградить|премировать|утвердить)\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(rf"[:;\n(«–—]| - |(?<![{CAPITAL}])\.")
"""After such a sign a list may follow, whose names stand in the nominative."""
_WORD: Final = f"[{CAPITAL}][{SMALL}]+"
_FULL: Final = re.compile(
    rf"\b{_WORD}(?:-{_WORD})? (?:{_WORD} {_WORD}\b|[{CAPITAL}]\. ?[{CAPITAL}]\.)"
)
_OBLIQUE: Final = ("род", "дат", "вин", "твор")
_NAMED: Final = (ADDRESSEES, PERSON, RESPONSIBLE)
_TERM: Final = re.compile(
    r"(?:\bсрок(?:ом)?(?! действ| обучен| полномоч| испыт| служб)(?: –| -|:)?(?: до| не позднее)?"
    r"|\bне позднее) ([^;:()]{4,40})|(?<!\w)(?:\w+ ){0,6}до (\d{1,2}[. ][^;:()«»]{4,30})$",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"стаж|период|принят|заключ|действ|возник|родивш|состояни|работавш|опыт", re.IGNORECASE
)
"""What is told of the past until a day, which is no deadline then."""
_DONE: Final = re.compile(r"(?:^|\s)\w+(?:нн|т|вш)(?:ых|ого|ому|ыми|ые|ый|ую|их|его|ие)\s*$")
"""A participle right before it: «принятых не позднее 10.09.2025»."""


def check_order_slips(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each slip in orders that are not signed yet."""
    people = _people_of(workspace)
    for order in workspace.records.get(ORDERS, ()):
        if order.is_broken or text_of(order.values.get(STATE)) in VOID | FROZEN:
            continue
        points = workspace.children.get((ORDERS, order.identity, POINTS), ())
        yield from _check_days(order, points)
        yield from _check_control(order, points)
        yield from _check_objects(points, people)


def _check_days(order: Record, points: Iterable[Record]) -> Iterator[Problem]:
    day = day_in(order)
    if day is None:
        return
    for point in points:
        for deadline, column in _deadlines(point):
            if deadline is not None and deadline < day:
                yield warning(
                    "deadline-before-order",
                    point.cells[column],
                    f"срок пункта {text_of(point.values.get(NUMBER))} ({deadline:%d.%m.%Y}) раньше "
                    f"даты документа {day:%d.%m.%Y}; сверьте",
                )
    effective = day_in(order, EFFECTIVE)
    if effective is not None and effective < day:
        yield warning(
            "deadline-before-order",
            order.cells[EFFECTIVE],
            f"документ от {day:%d.%m.%Y} вступает в силу {effective:%d.%m.%Y}, раньше, чем "
            "подписан; сверьте",
        )


def _deadlines(point: Record) -> Iterator[tuple[dt.date | None, str]]:
    """Yield the days until which a point is to be done, and the columns that say so."""
    said = point.values.get(DEADLINE)
    yield (
        russian.last_deadline(said) if isinstance(said, str) else day_in(point, DEADLINE),
        DEADLINE,
    )
    text = text_of(point.values.get(TEXT)).replace("\u00a0", " ")
    for found in _TERM.finditer(text):
        words = found[0] if found[2] else text[: found.start()].rpartition(",")[2]
        if not (_PAST if found[2] else _DONE).search(words):
            yield russian.last_deadline(found[1] or found[2]), TEXT


def _check_control(order: Record, points: Iterable[Record]) -> Iterator[Problem]:
    said = [one for one in points if _CONTROL.search(text_of(one.values.get(TEXT)))]
    if said and (order.values.get(CONTROL) or len(said) > 1):
        where = said[-1].cells[TEXT]
        other = "в столбце «Контроль»" if order.values.get(CONTROL) else "в другом пункте"
        yield warning(
            "said-twice",
            where,
            f"контроль за исполнением назван и здесь, и {other}: будет два пункта о контроле; "
            "оставьте один",
        )


# --- who is appointed ------------------------------------------------------------------------


def _people_of(workspace: Workspace) -> tuple[PersonName, ...]:
    rows = (row for name in (STAFF, CHILDREN) for row in workspace.records.get(name, ()))
    names = (row.values.get(NAME) for row in rows if not row.is_broken)
    return tuple(name for name in names if isinstance(name, PersonName))


def _is_nominative(typed: str, people: Sequence[PersonName]) -> bool:
    """Return whether words can only be somebody's name in the nominative.

    «Назначить Сидорова Е.В.» is right where a Сидоров Е.В. is, whoever else is there.
    """
    if "." not in typed:
        return sameness(typed) in {sameness(one.text) for one in people}
    surname, initials = typed.split(" ", 1)
    alike = [one for one in people if initials.replace(" ", "") == _initials_of(one)]
    forms = {form for one in alike for form in _oblique_forms(one.surname, one.gender)}
    surnames = {sameness(one.surname) for one in alike}
    return sameness(surname) in surnames - forms


def _initials_of(name: PersonName) -> str:
    return "".join(f"{part[0]}." for part in (name.first, name.patronymic) if part)


def _oblique_forms(surname: str, gender: str) -> Iterator[str]:
    for case in _OBLIQUE:
        form = russian.decline_name(surname, case, gender or None, part="фамилия").text
        yield sameness(form)


def _check_objects(points: Iterable[Record], people: Sequence[PersonName]) -> Iterator[Problem]:
    """Yield a warning where somebody who is appointed is named in the nominative."""
    for point in points:
        text = text_of(point.values.get(TEXT))
        for verb in _APPOINTS.finditer(text):
            rest = _STOP.split(text[verb.end() :], maxsplit=1)[0]
            for found in _FULL.finditer(rest):
                if _is_nominative(found[0], people):
                    yield warning(
                        "typing-slip",
                        point.cells[TEXT],
                        f"«{found[0]}»: после «{verb[0].casefold()}» имя стоит в именительном; "
                        "вместо имени впишите {кого} (кому – {кому}) и назовите человека в столбце "
                        "«Лицо»",
                    )
