"""Appendix marks and approval marks («Приложение № 1 к …», УТВЕРЖДЕН), the texts beside a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from docgen.model import sameness
from docgen.model.columns import APPENDICES, NUMBER, ORDERS
from docgen.wording.appendix_mentions import is_about_appendix, plain_number
from docgen.wording.braces import fill_markers
from docgen.wording.filters import approved, capitalised
from docgen.wording.protocols import (
    AppendixTextView,
    AppendixView,
    ApprovalView,
    OrderView,
    WorkerView,
    settings_of,
    to_worker,
)
from docgen.wording.record_views import derived_value
from docgen.wording.value_views import BLANK_DATE, BLANK_NUMBER, PhraseView

_MASCULINE = {"УТВЕРЖДЕНО": "УТВЕРЖДЕН", "СОГЛАСОВАНО": "СОГЛАСОВАН", "ПРИНЯТО": "ПРИНЯТ"}
"""The words of approval marks that agree with the document's noun, with their masculine forms."""

_DASHES = ("-", "–", "—", "•")
_SIGNATURE_LINE = "_" * 14
_NAME_LINE = "_" * 24

AboutAppendixT = TypeVar("AboutAppendixT", AppendixTextView, ApprovalView)
CellT = TypeVar("CellT")


@dataclass(frozen=True, slots=True)
class AppendixText:
    """A paragraph before or after an appendix table; ``как`` is абзац, подзаголовок or перечень."""

    как: str
    текст: str


@derived_value(APPENDICES, "номер")
def appendix_plain_number(appendix: AppendixView) -> str:
    """Return the appendix's number alone, whether «№ 1» or «1.» was typed."""
    return plain_number(str(appendix.value(NUMBER) or ""))


@derived_value(APPENDICES, "номер_с_знаком")
def appendix_number(appendix: AppendixView) -> str:
    """Return «№ 1» or «1», as the settings say; nothing when there is no number."""
    if not appendix.номер:
        return ""
    has_sign = settings_of(appendix.scope).номер_приложения == "№ 1"
    return f"№ {appendix.номер}" if has_sign else appendix.номер


@derived_value(APPENDICES, "упоминание")
def appendix_mention(appendix: AppendixView) -> str:
    """Return e.g. «приложение № 1», as a list of appendices names it."""
    return f"приложение {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "обозначение")
def appendix_title(appendix: AppendixView) -> str:
    """Return «Приложение № 1», or «Приложение» when it has no number."""
    return f"Приложение {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "отметка_строки")
def appendix_mark_lines(appendix: AppendixView) -> list[str]:
    """Return the lines of the appendix mark on the first sheet (ГОСТ Р 7.0.97-2025)."""
    if appendix.отметка == "гриф":
        return _order_approval_lines(appendix)
    if appendix.отметка == "приложение и гриф":
        return [appendix.обозначение, *_order_approval_lines(appendix)]
    order = appendix.приказ
    return [
        appendix.обозначение,
        f"к {order.вид.in_case('дат')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


def _order_approval_lines(appendix: AppendixView) -> list[str]:
    """Return the lines of the mark that says which order approves the appendix."""
    order = appendix.приказ
    yo = settings_of(order.scope).ё_в_грифах is True
    return [
        approved(appendix.вид, yo=yo),
        f"{order.вид.in_case('твор')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


# --- the texts beside a table ----------------------------------------------------------------


@derived_value(APPENDICES, "тексты_до")
def texts_before(appendix: AppendixView) -> list[AppendixText]:
    """Return the paragraphs before the table."""
    return list(_texts(appendix, "перед таблицей"))


@derived_value(APPENDICES, "тексты_после")
def texts_after(appendix: AppendixView) -> list[AppendixText]:
    """Return the paragraphs after the table."""
    return list(_texts(appendix, "после таблицы"))


def _texts(appendix: AppendixView, place: str) -> Iterator[AppendixText]:
    for row in _rows_about(appendix, appendix.приказ.тексты):
        if row.где == place:
            text = fill_markers(row.текст, row)
            needs_dash = row.как == "перечень" and not text.startswith(_DASHES)
            yield AppendixText(row.как, f"– {text}" if needs_dash else text)


def _rows_about(appendix: AppendixView, rows: Iterable[AboutAppendixT]) -> list[AboutAppendixT]:
    count = len(appendix.приказ.приложения)
    return [row for row in rows if is_about_appendix(row.приложение, appendix.номер, count)]


# --- approval marks --------------------------------------------------------------------------


@derived_value(APPENDICES, "грифы")
def appendix_approvals(appendix: AppendixView) -> list[list[str]]:
    """Return the approval marks of an appendix, each as its lines."""
    rows = _rows_about(appendix, appendix.приказ.грифы)
    return [_approval_lines(row, str(appendix.вид)) for row in rows]


@derived_value(ORDERS, "грифы_приказа")
def order_approvals(order: OrderView) -> list[list[str]]:
    """Return the approval marks of the order itself, each as its lines."""
    return [_approval_lines(row, str(order.вид)) for row in _rows_about_order(order)]


def _rows_about_order(order: OrderView) -> list[ApprovalView]:
    return [row for row in order.грифы if is_about_order(row.приложение, str(order.вид))]


@derived_value(APPENDICES, "подписи_грифов")
def appendix_approvers(appendix: AppendixView) -> dict[str, list[WorkerView]]:
    """Return who signs the approval marks of an appendix, by the side where the mark stands."""
    return _approvers_by_side(_rows_about(appendix, appendix.приказ.грифы))


@derived_value(ORDERS, "подписи_грифов")
def order_approvers(order: OrderView) -> dict[str, list[WorkerView]]:
    """Return who signs the approval marks of an order, by the side where the mark stands."""
    return _approvers_by_side(_rows_about_order(order))


def _approvers_by_side(rows: Iterable[ApprovalView]) -> dict[str, list[WorkerView]]:
    approvers = approval_grid([[to_worker(row.кто)] for row in rows])
    sides = zip(*approvers, strict=True) if approvers else ((), ())
    named_sides = zip(("слева", "справа"), sides, strict=True)
    return {
        name: [worker for mark in side for worker in mark if worker is not None]
        for name, side in named_sides
    }


def is_about_order(typed: str, order_kind: str) -> bool:
    """Return whether the cell of an approval mark names the order itself, not an appendix."""
    return sameness(typed) in {"приказ", sameness(order_kind)}


def _approval_lines(row: ApprovalView, noun: str) -> list[str]:
    """Return the lines of an approval mark; ``noun`` is what it approves, for the agreement."""
    word = row.слово.upper()
    masculine = _MASCULINE.get(word.replace("Ё", "Е"))
    yo = settings_of(row.scope).ё_в_грифах is True
    first = approved(noun, masculine, yo=yo) if masculine else word
    worker = to_worker(row.кто)
    if worker is not None:
        return [
            first,
            capitalised(worker.должность),
            f"{_SIGNATURE_LINE} {worker.фио.in_style('ahead')}",
            str(row.дата or BLANK_DATE),
        ]
    return [first, *_decision_lines(row, word)]


def _decision_lines(row: ApprovalView, word: str) -> Iterator[str]:
    """Yield which body decided, by which document; that is signed elsewhere."""
    day_and_number = f"от {row.дата or BLANK_DATE} № {row.номер or BLANK_NUMBER}"
    document = row.чем
    in_genitive = word.startswith("С ") or document not in {"", "протокол"}
    who = str(row.кто.in_case("род" if in_genitive else "твор")) or _NAME_LINE
    if document in {"", "протокол"}:
        yield who
        yield f"({document} {day_and_number})" if document else str(row.дата or BLANK_DATE)
        return
    yield f"{PhraseView(document).in_case('твор')} {who}"
    yield day_and_number


def approval_grid(marks: Sequence[list[CellT]]) -> list[list[list[CellT]]]:
    """Return approval marks two in a row, an odd last one at the right, as above a title."""
    rows = [list(marks[index : index + 2]) for index in range(0, len(marks), 2)]
    return [row if len(row) == 2 else [[], row[0]] for row in rows]


@derived_value(APPENDICES, "грифы_сетка")
def appendix_approval_grid(appendix: AppendixView) -> list[list[list[str]]]:
    """Return the approval marks of an appendix two in a row."""
    return approval_grid(appendix.грифы)


@derived_value(ORDERS, "грифы_сетка")
def order_approval_grid(order: OrderView) -> list[list[list[str]]]:
    """Return the approval marks of an order two in a row."""
    return approval_grid(order.грифы_приказа)
