"""Check mentoring pairs: their form, their people, their term."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Final

from docgen.errors import Problem, warning
from docgen.model import Record, Reference, Workspace, sameness
from docgen.model.columns import (
    ABOUT,
    BEGINS,
    CHILDREN,
    DATE,
    ENDED,
    ENDS,
    MENTEE,
    MENTOR,
    ORDER,
    ORDERS,
    PAIR_FORM,
    PAIRS,
    PAY,
    PAY_SOURCE,
    REASON,
    STAFF,
    STATE,
)
from docgen.model.states import ELSEWHERE, FROZEN, VOID
from docgen.records.check_letters import letter_hint
from docgen.records.check_years import has_date_of_another_year
from docgen.records.order_days import YEARS, day_in, paper_name
from docgen.suggestions import NEAREST_OF_ALL, nearest, question
from docgen.wording import default_year, order_year, text_of, year_of

_MOST_YEARS: Final = 3
_FEW_EARLY: Final = 2
_MOST_CELLS: Final = 3
OWN_TEXTS: Final = frozenset({"свой текст", "без текста"})

_SIDES: Final = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|(?<=\w)-(?=\w)|\s*/\s*")
_STEMS: Final = (
    (CHILDREN, re.compile(r"\b(?:ученик|ученич|учащ|обучающ|школьник|воспитанни|реб[её]н)")),
    (
        STAFF,
        re.compile(
            r"\b(?:педагог|учител|руководител|работодател|партн[её]р|преподавател|методист)"
        ),
    ),
)
"""Who stands on a side of a form, by its word; others, such as a student, may stand anywhere."""
_SYNONYMS: Final = (
    (
        "педагог",
        re.compile(r"\b(?:учител|преподавател|воспитател|коллег|педагог)\w*(?: работник\w*)?"),
    ),
    ("ученик", re.compile(r"\b(?:учащ|обучающ|школьник|воспитанник|ученик|ученич)\w*")),
    ("студент", re.compile(r"\bстуден\w*")),
    ("руководитель", re.compile(r"\b(?:директор|администраци|руководит|заместител)\w*")),
    ("работодатель", re.compile(r"\b(?:работодат|предприяти)\w*")),
)


def check_pairs(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with pairs, and what to look at before their orders are signed."""
    early: list[tuple[Record, Record]] = []
    for pair in workspace.records.get(PAIRS, ()):
        order = workspace.order_of(pair)
        state = text_of(order.values.get(STATE)) if order is not None else ""
        if pair.is_broken or state in VOID | ELSEWHERE:
            continue
        faults = [*_check_form(pair, workspace)] or [*_check_people(pair)]
        faults += _check_term(pair)
        yield from faults
        if faults:
            continue
        yield from _check_employment(pair, workspace)
        if state not in FROZEN:
            printing = order or _order_printing(pair, workspace)
            early += _check_order(pair, printing, workspace)
            yield from _check_distance(pair, order, workspace)
            yield from _check_printed(pair, order, workspace)
            yield from _check_end(pair)
            yield from _check_pay(pair)
    yield from _of_early_pairs(early)
    yield from _check_doubles(workspace)


def pair_name(pair: Record) -> str:
    """Return how a remark calls a pair: «пара Шапиро – Белых»."""
    people = (pair.values.get(role) for role in (MENTOR, MENTEE))
    return f"пара {' – '.join(one.text.split()[0] for one in people if isinstance(one, Reference))}"


# --- errors ----------------------------------------------------------------------------------


def _check_form(pair: Record, workspace: Workspace) -> Iterator[Problem]:
    form = text_of(pair.values.get(PAIR_FORM))
    known = _known_forms(workspace)
    if not form or not known or sameness(form) in map(sameness, known):
        return
    meant = " – ".join(map(_usual_word, _SIDES.split(form.casefold())))
    near = nearest(meant, known, fold=sameness, likeness=NEAREST_OF_ALL)
    remedy = letter_hint(form) or f"; {question(near or known[0])}; выберите из списка"
    message = f"формы «{form}» нет, и ни в один приказ пара не попадёт{remedy}"
    yield Problem("bad-choice", pair.cells[PAIR_FORM], f"{pair_name(pair)}: {message}")


def _known_forms(workspace: Workspace) -> tuple[str, ...]:
    columns = {one.name: one for one in workspace.schemas[PAIRS].columns}
    return columns[PAIR_FORM].choices if PAIR_FORM in columns else ()


def _usual_word(side: str) -> str:
    for word, spellings in _SYNONYMS:
        side = spellings.sub(word, side)
    return side.strip()


def _check_people(pair: Record) -> Iterator[Problem]:
    mentor, mentee = pair.values.get(MENTOR), pair.values.get(MENTEE)
    if not isinstance(mentor, Reference) or not isinstance(mentee, Reference):
        return
    if (mentor.register, mentor.identity) == (mentee.register, mentee.identity):
        yield Problem(
            "pair-people",
            pair.cells[MENTEE],
            f"{pair_name(pair)}: наставник и наставляемый – один человек; впишите второго",
        )
        return
    form = text_of(pair.values.get(PAIR_FORM))
    sides = _SIDES.split(form.casefold())
    if len(sides) != 2:
        return
    for role, side, person in ((MENTOR, sides[0], mentor), (MENTEE, sides[1], mentee)):
        wanted = next((register for register, stem in _STEMS if stem.search(side)), "")
        if wanted and wanted != person.register:
            is_worker = person.register == STAFF
            found = "с листа «Сотрудники»" if is_worker else "с листа «Дети и родители»"
            yield Problem(
                "pair-people",
                pair.cells[role],
                f"{pair_name(pair)}: форма «{form}», а {role} {person.text} – {found}; выберите "
                "другую форму или другого человека",
            )


def _check_term(pair: Record) -> Iterator[Problem]:
    for column in (BEGINS, ENDS, ENDED):
        day = day_in(pair, column)
        if day is not None and day.year not in YEARS:
            yield Problem(
                "bad-date",
                pair.cells[column],
                f"{pair_name(pair)}: {day:%d.%m.%Y}? Исправьте год",
            )
    begins, ends = day_in(pair, BEGINS), day_in(pair, ENDS)
    if begins and ends and ends < begins:
        yield Problem(
            "bad-period",
            pair.cells[ENDS],
            f"{pair_name(pair)}: «По» {ends:%d.%m.%Y} раньше, чем «С» {begins:%d.%m.%Y}; исправьте "
            "одну из дат",
        )


# --- warnings --------------------------------------------------------------------------------


def _check_employment(pair: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each person of a pair who leaves before it ends."""
    ends = min(filter(None, (day_in(pair, ENDS), day_in(pair, ENDED))), default=None)
    for role in (MENTOR, MENTEE):
        person = pair.values.get(role)
        if ends is None or not isinstance(person, Reference):
            continue
        rows = workspace.by_identity[person.register, person.identity]
        first = min((row.begins or dt.date.min for row in rows), default=dt.date.min)
        begins = day_in(pair, BEGINS)
        if begins is not None and first > begins and first <= ends:
            verb = "работает" if person.register == STAFF else "учится"
            yield _doubt(
                pair,
                role,
                f"{role} {person.text} {verb} с {first:%d.%m.%Y}, а пара – с {begins:%d.%m.%Y}; "
                "сверьте даты",
            )
        last = max((row.ends or dt.date.max for row in rows), default=dt.date.max)
        # Whoever leaves on the last day before «Прекращена с» has stayed to the end.
        if last < ends - dt.timedelta(days=1 if day_in(pair, ENDED) == ends else 0):
            verb = "работает" if person.register == STAFF else "учится"
            yield _doubt(
                pair,
                role,
                f"{role} {person.text} {verb} по {last:%d.%m.%Y}, а пара – до {ends:%d.%m.%Y}; "
                "впишите «Прекращена с» или исправьте дату",
            )


def _order_printing(pair: Record, workspace: Workspace) -> Record | None:
    """Return the order that prints a pair that names none: the first of its year and form."""
    form = sameness(text_of(pair.values.get(PAIR_FORM)))
    return _first_orders(workspace).get((form, year_of(pair, workspace, "")))


@functools.lru_cache(maxsize=4)
def _first_orders(workspace: Workspace) -> dict[tuple[str, str], Record]:
    """Return the first order of each form of pairs and school year."""
    found: dict[tuple[str, str], Record] = {}
    orders = workspace.records.get(ORDERS, ())
    for order in sorted(orders, key=lambda one: day_in(one) or dt.date.max):
        if order.values.get(STATE) not in VOID | ELSEWHERE:
            for form in _forms_of(order, workspace):
                found.setdefault((sameness(form), order_year(order, workspace).year), order)
    return found


def prints_no_pairs(order: Record, workspace: Workspace) -> bool:
    """Return whether a ready form of an order has no place for pairs; an own text may name them."""
    about = text_of(order.values.get(ABOUT))
    is_ready = sameness(about) in workspace.subjects and about not in OWN_TEXTS
    return is_ready and not _forms_of(order, workspace)


def _forms_of(order: Record, workspace: Workspace) -> tuple[str, ...]:
    subject = workspace.subjects.get(sameness(text_of(order.values.get(ABOUT))))
    return subject.pair_forms if subject is not None else ()


def _check_order(
    pair: Record, order: Record | None, workspace: Workspace
) -> Iterator[tuple[Record, Record]]:
    """Yield a pair that begins before its order, with that order.

    One dated in another school year than it is about, or in years to come, is remarked itself.
    """
    begins, dated = day_in(pair, BEGINS), day_in(order) if order is not None else None
    if order is None or not begins or not dated or begins >= dated or _is_far(dated, begins):
        return
    if has_date_of_another_year(order, workspace):
        return
    yield pair, order


def _of_early_pairs(early: list[tuple[Record, Record]]) -> Iterator[Problem]:
    """Yield a warning for each pair that begins before its order; of many one at the order."""
    by_order: dict[str, list[Record]] = {}
    orders = {order.identity: order for _, order in early}
    for pair, order in early:
        by_order.setdefault(order.identity, []).append(pair)
    for name, pairs in by_order.items():
        order = orders[name]
        dated, cell = day_in(order), order.cells[DATE]
        if len(pairs) > _FEW_EARLY:
            places = ", ".join(one.cells[BEGINS].cell for one in pairs[:_MOST_CELLS])
            places += "…" if len(pairs) > _MOST_CELLS else ""
            message = (
                f"{paper_name(order)} от {dated:%d.%m.%Y}: раньше него начинаются {len(pairs)} из "
                f"его пар (лист «{pairs[0].cells[BEGINS].sheet}», {places}); сверьте дату приказа"
            )
            yield warning("pair-doubtful", cell, message)
            continue
        for pair in pairs:
            yield _doubt(
                pair,
                BEGINS,
                f"начинается {day_in(pair, BEGINS):%d.%m.%Y}, раньше, чем {paper_name(order)} от "
                f"{dated:%d.%m.%Y} ({cell.cell}); сверьте даты",
            )


def _check_end(pair: Record) -> Iterator[Problem]:
    """Yield a warning for a pair that ends before it begins, or whose end has a reason alone."""
    begins, ended = day_in(pair, BEGINS), day_in(pair, ENDED)
    if begins and ended and ended < begins:
        yield _doubt(
            pair,
            ENDED,
            f"прекращена с {ended:%d.%m.%Y}, раньше, чем началась ({begins:%d.%m.%Y}); сверьте год",
        )
    elif ended is None and pair.values.get(REASON):
        yield _doubt(
            pair,
            ENDED,
            f"причина «{text_of(pair.values.get(REASON))}» названа ({pair.cells[REASON].cell}), а "
            "«Прекращена с» пусто, и пара печатается; впишите день или уберите причину",
        )


def _check_doubles(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each row that has the people of an earlier one in the same time."""
    known: dict[tuple[str, str], list[Record]] = {}
    for pair in workspace.records.get(PAIRS, ()):
        order = workspace.order_of(pair)
        is_void = order is not None and order.values.get(STATE) in VOID | ELSEWHERE
        people = [pair.values.get(role) for role in (MENTOR, MENTEE)]
        names = [one.identity for one in people if isinstance(one, Reference)]
        if pair.is_broken or is_void or len(names) != len(people):
            continue
        earlier = known.setdefault((names[0], names[1]), [])
        again = next((one for one in earlier if _overlap(one, pair)), None)
        earlier.append(pair)
        if again is not None and (order is None or order.values.get(STATE) not in FROZEN):
            yield _doubt(
                pair,
                BEGINS,
                f"та же пара уже есть ({again.cells[MENTOR].cell}), и сроки пересекаются; оставьте "
                "одну строку или впишите прежней «Прекращена с»",
            )


def _overlap(earlier: Record, later: Record) -> bool:
    """Whether two pairs of the same people go on at one time."""
    first = [day_in(one, BEGINS) or dt.date.min for one in (earlier, later)]
    last = [
        min(filter(None, (day_in(one, ENDS), _last_day(one))), default=dt.date.max)
        for one in (earlier, later)
    ]
    return first[0] <= last[1] and first[1] <= last[0]


def _last_day(pair: Record) -> dt.date | None:
    ended = day_in(pair, ENDED)
    return ended - dt.timedelta(days=1) if ended is not None and ended > dt.date.min else None


def _check_distance(pair: Record, order: Record | None, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for the first date of a pair that is years away: a slip of the keyboard."""
    begins, ends = day_in(pair, BEGINS), day_in(pair, ENDS)
    if begins and ends and _is_far(ends, begins):
        yield _doubt(pair, ENDS, f"длится с {begins:%d.%m.%Y} по {ends:%d.%m.%Y}; сверьте годы")
        return
    usual = default_year(workspace)
    known = [day_in(order) if order is not None else None]
    known += [dt.date(int(usual[:4]), 9, 1)] if usual else []
    anchor = max(filter(None, known), default=None)
    if begins and anchor and _is_far(begins, anchor):
        yield _doubt(pair, BEGINS, f"начинается {begins:%d.%m.%Y}, через годы; сверьте год")


def _is_far(later: dt.date, earlier: dt.date) -> bool:
    return (later.year - _MOST_YEARS, later.month, later.day) > (
        earlier.year,
        earlier.month,
        earlier.day,
    )


def _check_printed(pair: Record, order: Record | None, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for a pair whose own order prints no pairs."""
    # Of an order about other pairs the plan tells.
    if order is not None and prints_no_pairs(order, workspace):
        about = text_of(order.values.get(ABOUT))
        form = text_of(pair.values.get(PAIR_FORM))
        yield _doubt(
            pair,
            ORDER,
            f"{paper_name(order)} («{about}») не печатает пар формы «{form}»; впишите другой "
            "приказ или другую форму",
        )


def _check_pay(pair: Record) -> Iterator[Problem]:
    """Yield a warning about a source beside no pay: it is printed next to the pay alone."""
    # A column that is gone is said once, for all pairs.
    is_there = pair.cells.get(PAY, pair.where) != pair.where
    is_empty = is_there and not text_of(pair.values.get(PAY))
    if text_of(pair.values.get(PAY_SOURCE)) and is_empty:
        yield _doubt(
            pair,
            PAY,
            f"источник выплаты назван ({pair.cells[PAY_SOURCE].cell}), а «Выплата» пуста, и он не "
            "печатается; впишите выплату или уберите источник",
        )


def _doubt(pair: Record, column: str, words: str) -> Problem:
    return warning("pair-doubtful", pair.cells[column], f"{pair_name(pair)}: {words}")
