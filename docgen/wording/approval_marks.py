"""Approval marks («УТВЕРЖДАЮ», «ПРИНЯТО …»): who approves, by which paper, and how marks stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from docgen import russian
from docgen.model import sameness
from docgen.model.columns import APPENDICES, ORDERS
from docgen.wording.acts import case_after
from docgen.wording.appendices import rows_about
from docgen.wording.appendix_mentions import order_number
from docgen.wording.filters import approved, capitalised, uncapitalised
from docgen.wording.mark_papers import paper_of_mark
from docgen.wording.people import post_of
from docgen.wording.protocols import (
    AppendixView,
    ApprovalView,
    Empty,
    OrderView,
    RowOrPhrase,
    WorkerView,
    settings_of,
    to_body,
    to_worker,
)
from docgen.wording.record_views import derived_value
from docgen.wording.value_views import (
    BLANK_DATE,
    BLANK_NUMBER,
    NARROW_DATE,
    DateView,
    MissingView,
    PhraseView,
)

_AGREEING = re.compile("(УТВЕРЖД[ЕЁ]Н|СОГЛАСОВАН|ПРИНЯТ|РАССМОТРЕН)[АОЫ]?(?![А-ЯЁ])", re.IGNORECASE)
"""The words that agree with what is approved; of bodies that approve nothing the last one."""
_OWN_ACT = re.compile(r"(?:\w+Ю|СОГЛАСЕН|СОГЛАСНА|РАЗРЕШАЕТСЯ)$")
"""The words of an official who signs the mark: УТВЕРЖДАЮ, СОГЛАСОВЫВАЮ, РАЗРЕШАЮ."""
_ACTING = re.compile(r"(?:и\.\s?о\.|врио|зам\.)\s", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
    r"|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
    r"|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:ич|вна|чна))$"
)
"""A person's name at the end of what was typed: «Иванов И.И.», «И.И. Иванов», or in full."""
_NAMED_AFTER = re.compile(r"\b(?:имени|им\.)\s*$", re.IGNORECASE)
_PERSONS_BY_LAW = {"учредитель", "собственник"}
"""Words for a person that mean a body here."""
_PREPOSITION = re.compile(r"(?:на|по|с|со|в|во|от|через|при)\s", re.IGNORECASE)
_SIGNATURE_LINE = "_" * 14
_NAME_LINE, _SHORT_NAME_LINE = "_" * 24, "_" * 12
_PLACES = ("слева", "посередине", "справа")

CellT = TypeVar("CellT")


@derived_value(APPENDICES, "грифы")
def appendix_approvals(appendix: AppendixView) -> list[list[str]]:
    """Return the approval marks of an appendix, each as its lines."""
    rows = rows_about(appendix, appendix.приказ.грифы)
    return [_approval_lines(row, str(appendix.вид)) for row in rows]


@derived_value(ORDERS, "грифы_приказа")
def order_approvals(order: OrderView) -> list[list[str]]:
    """Return the approval marks of the order itself, each as its lines."""
    return [_approval_lines(row, str(order.вид)) for row in _rows_about_order(order)]


def _rows_about_order(order: OrderView) -> list[ApprovalView]:
    return [row for row in order.грифы if is_about_order(row.приложение, str(order.вид))]


def is_about_order(typed: str, order_kind: str) -> bool:
    """Return whether the cell of an approval mark names the order itself, not an appendix."""
    return sameness(typed) in {"приказ", sameness(order_kind)}


# --- where marks stand -----------------------------------------------------------------------


@derived_value(APPENDICES, "подписи_грифов")
def appendix_approvers(appendix: AppendixView) -> dict[str, list[WorkerView]]:
    """Return who signs the approval marks of an appendix, by the side where the mark stands."""
    return _approvers_by_side(rows_about(appendix, appendix.приказ.грифы))


@derived_value(ORDERS, "подписи_грифов")
def order_approvers(order: OrderView) -> dict[str, list[WorkerView]]:
    """Return who signs the approval marks of an order, by the side where the mark stands."""
    return _approvers_by_side(_rows_about_order(order))


def _approvers_by_side(rows: Sequence[ApprovalView]) -> dict[str, list[WorkerView]]:
    signers = [[to_worker(row.кто) or to_worker(_signer_of(row))] for row in rows]
    found: dict[str, list[WorkerView]] = {name: [] for name in _PLACES}
    for line in approval_grid(signers, [_place_of(row) for row in rows]):
        names = _PLACES if len(line) == len(_PLACES) else ("слева", "справа")
        for name, mark in zip(names, line, strict=True):
            found[name] += [worker for worker in mark if worker is not None]
    return found


def _place_of(row: ApprovalView) -> str:
    return row.место if _has_column(row, "место") else ""


def _has_column(row: ApprovalView, name: str) -> bool:
    """Return whether the sheet has a column: a workspace may describe the sheet by itself."""
    return any(column.name == name for column in row.schema.columns)


def approval_grid(
    marks: Sequence[list[CellT]], places: Sequence[str] = ()
) -> list[list[list[CellT]]]:
    """Return approval marks in rows of two, an odd last one at the right, as above a title.

    ``places`` are the sides that were asked for, mark by mark; a mark in the middle makes all
    rows rows of three, and a mark that does not fit behind the one before begins a row.
    """
    if not any(places):
        rows = [list(marks[index : index + 2]) for index in range(0, len(marks), 2)]
        return [row if len(row) == 2 else [[], row[0]] for row in rows]
    sides = _PLACES if "посередине" in places else (_PLACES[0], _PLACES[-1])
    grid: list[list[list[CellT]]] = []
    last = len(sides) - 1
    for mark, place in zip(marks, places, strict=True):
        side = sides.index(place) if place in sides else (last + 1) % len(sides)
        if not grid or side <= last:
            grid.append([[] for _ in sides])
        grid[-1][side] = mark
        last = side
    return grid


@derived_value(APPENDICES, "грифы_сетка")
def appendix_approval_grid(appendix: AppendixView) -> list[list[list[str]]]:
    """Return the approval marks of an appendix two in a row, nothing where three are."""
    return _in_rows_of(2, appendix.грифы, rows_about(appendix, appendix.приказ.грифы))


@derived_value(APPENDICES, "грифы_тройки")
def appendix_approval_triples(appendix: AppendixView) -> list[list[list[str]]]:
    """Return the approval marks of an appendix three in a row, nothing where two are."""
    return _in_rows_of(3, appendix.грифы, rows_about(appendix, appendix.приказ.грифы))


@derived_value(ORDERS, "грифы_сетка")
def order_approval_grid(order: OrderView) -> list[list[list[str]]]:
    """Return the approval marks of an order two in a row, nothing where three are."""
    return _in_rows_of(2, order.грифы_приказа, _rows_about_order(order))


@derived_value(ORDERS, "грифы_тройки")
def order_approval_triples(order: OrderView) -> list[list[list[str]]]:
    """Return the approval marks of an order three in a row, nothing where two are."""
    return _in_rows_of(3, order.грифы_приказа, _rows_about_order(order))


def _in_rows_of(
    count: int, marks: Sequence[list[str]], rows: Sequence[ApprovalView]
) -> list[list[list[str]]]:
    grid = approval_grid(marks, [_place_of(row) for row in rows])
    if not grid or len(grid[0]) != count:
        return []
    return grid if count == 2 else [[[*map(_narrowed, mark)] for mark in line] for line in grid]


def _narrowed(line: str) -> str:
    """Return a line of a mark with its lines to write on as long as a third of a page allows."""
    return line.replace(BLANK_DATE, NARROW_DATE).replace(_SIGNATURE_LINE + " ", "_" * 8 + " ")


# --- what a mark says ------------------------------------------------------------------------


def _approval_lines(row: ApprovalView, noun: str) -> list[str]:
    """Return the lines of an approval mark; ``noun`` is what it approves, for the agreement."""
    first = _first_line(row, noun)
    word = first.upper().replace("Ё", "Е")
    signature = _signature_of(row.кто, row) if _is_signed(row, word) else []
    if signature:
        return [first, *signature, *_paper_lines(row)]
    decision = list(_decision_lines(row, word))
    signer = _signature_of(_signer_of(row), row)
    paper = paper_of_mark(row)
    if signer and not paper.words and not paper.number:
        # Who signs for a body writes the day behind the signature.
        return [first, *decision[:-1], *signer, decision[-1]]
    return [first, *decision, *signer]


def _first_line(row: ApprovalView, noun: str) -> str:
    """Return the words of the mark in capitals, small ones behind capitals as they were typed."""
    typed = " ".join(row.слово.split())
    first, _, rest = typed.partition(" ")
    text = f"{first} {rest}".strip() if first.isupper() and rest.islower() else typed.upper()
    found = _AGREEING.match(text)
    if found is None:
        return text
    masculine = found[1].upper().replace("Ё", "Е")
    yo = settings_of(row.scope).ё_в_грифах is True
    return approved(noun, masculine, yo=yo) + text[found.end() :]


def _is_signed(row: ApprovalView, word: str) -> bool:
    """Return whether an official approves by a signature, not a body by a decision."""
    typed = row.кто
    if to_worker(typed) is not None:
        return True
    if isinstance(typed, MissingView) or not str(typed):
        return False
    if _OWN_ACT.match(word.split(" ", maxsplit=1)[0]):
        return True
    if not isinstance(typed, PhraseView) or " " in word:
        return False
    is_bare_post = _is_post(str(typed)) and not paper_of_mark(row).words
    return _name_in(str(typed)) is not None or is_bare_post


def _is_post(text: str) -> bool:
    is_post = bool(_ACTING.match(text)) or russian.is_post(text)
    return is_post and sameness(text).split(" ", maxsplit=1)[0] not in _PERSONS_BY_LAW


def _name_in(text: str) -> re.Match[str] | None:
    found = _NAME.search(text)
    return found if found and not _NAMED_AFTER.search(text[: found.start()]) else None


def _signer_of(row: ApprovalView) -> object:
    return row.подписывает if _has_column(row, "подписывает") else ""


def _signature_of(who: object, row: ApprovalView) -> list[str]:
    """Return the post and the line to sign on with the name, if there is anybody."""
    worker = to_worker(who)
    if worker is not None:
        day = row.дата.day if isinstance(row.дата, DateView) else None
        return [
            *_post_lines(post_of(worker, day)),
            f"{_SIGNATURE_LINE} {worker.фио.in_style('ahead')}",
        ]
    if isinstance(who, MissingView) or not str(who):
        return []
    body = to_body(who)
    if body is not None and to_worker(body.руководитель) is not None:
        return _signature_of(body.руководитель, row)
    found = _name_in(str(who)) if body is None else None
    if found is None:
        return [*_post_lines(capitalised(who)), f"{_SIGNATURE_LINE} {_SHORT_NAME_LINE}"]
    post = str(who)[: found.start()].rstrip(" ,–—-")
    surname, first, patronymic = russian.split_name(found[0])
    is_spaced = settings_of(row.scope).инициалы_с_пробелом is True
    name = russian.initials(surname, first, patronymic, ahead=True, spaced=is_spaced)
    return [*_post_lines(capitalised(post)), f"{_SIGNATURE_LINE} {name}"]


def _post_lines(post: str) -> list[str]:
    return [line.strip() for line in post.split("\n") if line.strip()]


def _paper_of(row: ApprovalView) -> str:
    """Return the paper as running text has it, without the «от» or «№» of its day and number."""
    document = paper_of_mark(row).words
    return document.lower() if document.isupper() else uncapitalised(document)


def _paper_lines(row: ApprovalView) -> list[str]:
    """Return the paper by which an official approves, else the day of the signature."""
    document = _paper_of(row)
    if not document and not row.номер:
        return [str(row.дата or BLANK_DATE)]
    day_and_number = _day_and_number(row)
    if sameness(document) == "протокол":
        return [f"(протокол {day_and_number})"]
    return [f"{document} {day_and_number}".strip()]


def _day_and_number(row: ApprovalView) -> str:
    paper = paper_of_mark(row)
    return f"от {paper.day or BLANK_DATE} № {order_number(paper.number) or BLANK_NUMBER}"


def _decision_lines(row: ApprovalView, word: str) -> Iterator[str]:
    """Yield which body decided, by which document."""
    document = _paper_of(row)
    is_plain = sameness(document) in {"", "протокол"}
    case = _case_of_body(word) if is_plain else "род"
    body = row.кто if str(row.кто) else paper_of_mark(row).body
    who = _body_in_case(body, case) or _NAME_LINE
    if is_plain:
        yield who
        if document:
            yield f"(протокол {_day_and_number(row)})"
        else:
            yield _day_and_number(row) if row.номер else str(row.дата or BLANK_DATE)
        return
    yield f"{PhraseView(document).in_case('твор')} {who}"
    yield _day_and_number(row)


def _case_of_body(word: str) -> str:
    """Return the case in which the words of a mark want the body that decided."""
    return case_after(word) if " " in word else "твор"


def _body_in_case(who: RowOrPhrase | MissingView | Empty, case: str) -> str:
    """Return the body; words that go on in another case («на заседании …») stay as typed."""
    text = str(who)
    if isinstance(who, str):
        return text
    if isinstance(who, PhraseView) and (_PREPOSITION.match(text) or russian.is_oblique(text)):
        return text
    bodies = [one.strip() for one in text.split(";") if one.strip()]
    if isinstance(who, PhraseView) and len(bodies) > 1:
        return ", ".join(str(PhraseView(one).in_case(case)) for one in bodies)
    return str(who.in_case(case))
