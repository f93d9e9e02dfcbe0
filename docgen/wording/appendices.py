"""Appendices: their marks («Приложение № 1 к …», УТВЕРЖДЕН …), the texts beside a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from docgen.model import sameness
from docgen.model.columns import APPENDICES, NUMBER, OF_APPENDIX, ORDERS
from docgen.wording.appendix_mentions import appendix_address, is_about_appendix, plain_number
from docgen.wording.filters import approved
from docgen.wording.own_papers import own_paper_of
from docgen.wording.protocols import (
    AppendixTextView,
    AppendixView,
    ApprovalView,
    OrderView,
    settings_of,
)
from docgen.wording.record_views import BrokenRecordError, derived_value
from docgen.wording.text_parts import texts_by_table

_APPENDIX, _TO_APPENDIX = "Приложение", "приложению"

AboutAppendixT = TypeVar("AboutAppendixT", AppendixTextView, ApprovalView)


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
    """Return «Приложение № 1», or «Приложение» when it has no number.

    One that belongs to another is «Приложение № 1 к приложению № 2».
    """
    above = _appendix_above(appendix)
    if above is None:
        return _own_title(appendix)
    return f"{_own_title(appendix)} к {_TO_APPENDIX}{above.обозначение.removeprefix(_APPENDIX)}"


def _own_title(appendix: AppendixView) -> str:
    return f"{_APPENDIX} {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "заголовок_в_бланке")
def appendix_heading(appendix: AppendixView) -> str:
    """Return the heading, the kind of a local act above it in a line of its own.

    «Положение о наставничестве» is the kind ПОЛОЖЕНИЕ and what it is about (ГОСТ Р 7.0.97-2025).
    """
    heading = " ".join(appendix.заголовок.split())
    kind, _, rest = heading.partition(" ")
    is_act = sameness(kind) in _LOCAL_ACTS and sameness(str(appendix.вид)) == sameness(kind)
    return f"{kind.upper()}\n{rest}" if is_act and rest[:1].islower() else appendix.заголовок


_LOCAL_ACTS = frozenset({"положение", "порядок", "правила", "программа", "регламент", "инструкция"})


@derived_value(APPENDICES, "отметка_строки")
def appendix_mark_lines(appendix: AppendixView) -> list[str]:
    """Return the lines of the appendix mark on the first sheet (ГОСТ Р 7.0.97-2025)."""
    mark = appendix.отметка
    if mark == "нет":
        return []
    if mark == "гриф":
        return _order_approval_lines(appendix)
    if mark == "приложение и гриф":
        return [_own_title(appendix), *_order_approval_lines(appendix)]
    if mark != "приложение":
        return _own_mark_lines(appendix)
    above = _appendix_above(appendix)
    if above is not None:
        return [_own_title(appendix), f"к {own_paper_of(above).in_case('дат')}"]
    order = appendix.приказ
    return [
        _own_title(appendix),
        f"к {order.вид.in_case('дат')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


def _own_mark_lines(appendix: AppendixView) -> list[str]:
    """Return a mark in own words, such as «к Положению о наставничестве», behind its number."""
    lines = [line.strip() for line in appendix.отметка.split("\n") if line.strip()]
    is_continued = bool(lines) and lines[0][:1].islower()
    return [_own_title(appendix), *lines] if is_continued else lines


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
    """Return the paragraphs before the table, or before the first one."""
    return _texts(appendix)[0]


@derived_value(APPENDICES, "тексты_после")
def texts_after(appendix: AppendixView) -> list[AppendixText]:
    """Return the paragraphs after the table, or after the last one."""
    return _texts(appendix)[-1]


@derived_value(APPENDICES, "тексты_после_таблиц")
def texts_after_each(appendix: AppendixView) -> list[list[AppendixText]]:
    """Return for each of several tables the paragraphs between it and the next one, or the end."""
    return _texts(appendix)[1:]


def _texts(appendix: AppendixView) -> list[list[AppendixText]]:
    """Return the paragraphs before the first table and after each, numbers in front of them."""
    groups = texts_by_table(appendix)
    return [[AppendixText(part.как, part.строка) for part in group] for group in groups]


# --- whose appendix --------------------------------------------------------------------------


@derived_value(ORDERS, "приложения")
def own_appendices(order: OrderView) -> list[AppendixView]:
    """Return the appendices of an order itself, without those that belong to one of them."""
    rows: list[AppendixView] = [*order.scope.children(order.record, "приложения")]
    return [row for row in rows if not row.record.values.get(OF_APPENDIX)]


def _appendix_above(appendix: AppendixView) -> AppendixView | None:
    """Return the appendix to which this one belongs, if it does."""
    if not appendix.к_приложению.strip():
        return None
    typed = plain_number(appendix.к_приложению)
    order = appendix.приказ
    rows: list[AppendixView] = [*order.scope.children(order.record, "приложения")]
    for row in rows:
        if appendix_address(row.номер, row.к_приложению) == typed:
            return row
    # The row that names it is an error: the paper is not made without it.
    raise BrokenRecordError([])


def rows_about(appendix: AppendixView, rows: Iterable[AboutAppendixT]) -> list[AboutAppendixT]:
    """Return those of an order's rows that are about one of its appendices."""
    count = len(appendix.приказ.приложения)
    address = appendix_address(appendix.номер, appendix.к_приложению)
    return [row for row in rows if is_about_appendix(row.приложение, address, count)]
