"""Appendices: their marks («Приложение № 1 к …», УТВЕРЖДЕН …), the texts beside a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from docgen.model import sameness
from docgen.model.columns import APPENDICES, NUMBER
from docgen.wording.appendix_mentions import is_about_appendix, plain_number
from docgen.wording.braces import fill_markers
from docgen.wording.filters import approved
from docgen.wording.protocols import (
    AppendixTextView,
    AppendixView,
    ApprovalView,
    settings_of,
)
from docgen.wording.record_views import BrokenRecordError, derived_value
from docgen.wording.table_places import place_of_words

_DASHES = ("-", "–", "—", "•")

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
    """Return «Приложение № 1», or «Приложение» when it has no number."""
    return f"Приложение {appendix_number(appendix)}".strip()


@derived_value(APPENDICES, "заголовок_в_бланке")
def appendix_heading(appendix: AppendixView) -> str:
    """Return the heading, the kind of a local act above it in a line of its own.

    «Положение о наставничестве» is the kind ПОЛОЖЕНИЕ and what it is about (ГОСТ Р 7.0.97-2025).
    """
    heading = " ".join(appendix.заголовок.split())
    kind, _, rest = heading.partition(" ")
    is_act = sameness(kind) in _LOCAL_ACTS and sameness(str(appendix.вид)) == sameness(kind)
    return f"{kind.upper()}\n{rest}" if is_act and rest[:1].islower() else appendix.заголовок


_LOCAL_ACTS = frozenset({"положение", "порядок", "правила", "регламент", "инструкция"})


@derived_value(APPENDICES, "отметка_строки")
def appendix_mark_lines(appendix: AppendixView) -> list[str]:
    """Return the lines of the appendix mark on the first sheet (ГОСТ Р 7.0.97-2025)."""
    mark = appendix.отметка
    if mark == "нет":
        return []
    if mark == "гриф":
        return _order_approval_lines(appendix)
    if mark == "приложение и гриф":
        return [appendix.обозначение, *_order_approval_lines(appendix)]
    if mark != "приложение":
        return _own_mark_lines(appendix)
    order = appendix.приказ
    return [
        appendix.обозначение,
        f"к {order.вид.in_case('дат')} {order.издатель.in_case('род')}",
        order.от_даты,
    ]


def _own_mark_lines(appendix: AppendixView) -> list[str]:
    """Return a mark in own words, such as «к Положению о наставничестве», behind its number."""
    lines = [line.strip() for line in appendix.отметка.split("\n") if line.strip()]
    is_continued = bool(lines) and lines[0][:1].islower()
    return [appendix.обозначение, *lines] if is_continued else lines


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
    """Return the paragraphs before the first table and after each, in the order of their rows.

    What is said to stand after a table precedes what is said to stand before the next one.
    """
    sheets = appendix.scope.workspace.sheets_of(appendix.record)
    behind: list[list[AppendixText]] = [[] for _ in range(max(len(sheets), 1) + 1)]
    ahead: list[list[AppendixText]] = [[] for _ in behind]
    for row in rows_about(appendix, appendix.приказ.тексты):
        place = place_of_words(row.где, sheets)
        if place is None:
            # The row that says so is an error: the paper is not made without it.
            raise BrokenRecordError([])
        text = fill_markers(row.текст, row)
        needs_dash = row.как == "перечень" and not text.startswith(_DASHES)
        side = behind if row.где.casefold().startswith("после") else ahead
        side[place].append(AppendixText(row.как, f"– {text}" if needs_dash else text))
    return [one + other for one, other in zip(behind, ahead, strict=True)]


def rows_about(appendix: AppendixView, rows: Iterable[AboutAppendixT]) -> list[AboutAppendixT]:
    """Return those of an order's rows that are about one of its appendices."""
    count = len(appendix.приказ.приложения)
    return [row for row in rows if is_about_appendix(row.приложение, appendix.номер, count)]
