"""Check the acts and appendices that running texts name in their own words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import Phrase, Record, Workspace
from docgen.model.columns import (
    APPENDICES,
    APPENDIX,
    GROUND,
    HEADING,
    NUMBER,
    ORDERS,
    POINTS,
    PREAMBLE,
    STATE,
    TEXT,
    TEXTS,
)
from docgen.model.states import VOID
from docgen.records.act_mentions import KnownActs, act_faults, known_acts, mentioned_acts
from docgen.records.check_citations import why_not_in_force
from docgen.records.order_days import day_in, has_wild_year, items_of
from docgen.wording import plain_number, text_of

_TEXTS: Final = (
    (ORDERS, HEADING),
    (PREAMBLE, TEXT),
    (POINTS, TEXT),
    (APPENDICES, HEADING),
    (TEXTS, TEXT),
)
_DAY_WORDS: Final = r"[«\"]?\d{1,2}[»\"]?[ \u00a0](?:[яфмаисонд][а-я]{2,7})[ \u00a0]\d{4}"
_DATED: Final = re.compile(
    r"\b(?:протокол|решени|приказ|распоряжени|постановлени|пис[ье]м|заявлени|ходатайств|представлени"
    r"|справк|докладн|служебн)[а-яё]*"
    r"(?:[ \u00a0](?:[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.|[^\s.;:()«»]+)){0,6}?[ \u00a0]от[ \u00a0]"
    rf"(\d{{1,2}}\.\d{{2}}\.\d{{4}}|{_DAY_WORDS})(?![ \u00a0г.]*(?:до|по)\b)",
    re.IGNORECASE,
)
"""A paper with its day, in any case."""
_NUMBERS: Final = r"(?:№[ \u00a0]?)?\d{1,2}(?![\w.-])"
_LIST: Final = rf"{_NUMBERS}(?:(?:,| и|;|[ \u00a0]?[–—])[ \u00a0]?{_NUMBERS})*"
_RANGE: Final = re.compile(r"(\d+)[ \u00a0]?[–—][ \u00a0№]*(\d+)")
_APPENDIX: Final = re.compile(
    rf"\b(?:приложени[а-я]{{1,3}}|прил\.)[ \u00a0]?({_LIST})[ \u00a0]?\)?"
    r"|(?:\(|согласно[ \u00a0])приложени[еюя]()[ \u00a0]?(?:\)|(?![ \u00a0]?[\w№]))",
    re.IGNORECASE,
)
_OF_ANOTHER: Final = re.compile(
    r"[ \u00a0]?(?:к[ \u00a0](?!(?:настоящ|данн|эт)"
    r"|(?:приказу|распоряжению|постановлению)[ \u00a0]*(?:[.,;:)]|$))"
    r"|(?:приказа|письма|распоряжения|постановления|положения|порядка|договора|соглашения)\b)",
    re.IGNORECASE,
)
"""«Приложение 2 к приказу …» is of another paper, unless it says «к настоящему», or no more."""
_OF_THIS: Final = re.compile(
    r"[ \u00a0]?к[ \u00a0](?:настоящ|данн|эт)\w+[ \u00a0](?:приказ|распоряжен|постановл)",
    re.IGNORECASE,
)
"""In an appendix others are its own, unless it says so."""
_CHANGES: Final = re.compile(
    r"изложить|изменени[яей]|дополнить|исключить|заменить|утративш|отменить", re.IGNORECASE
)
"""Words about an order that is changed: its appendices are meant."""
_WHOLE: Final = frozenset({ORDERS, PREAMBLE, POINTS})


def check_mentions(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each act or appendix that a text names otherwise than the registers."""
    known = known_acts(workspace)
    for order, row, text, where in _texts(workspace):
        for fault in act_faults(text, known):
            yield warning(
                "act-mismatch",
                where,
                f"в тексте {fault.fault} (акт «{fault.act.identity}»); сверьте с ним",
            )
        yield from _out_of_force(text, order, known, where)
        yield from _check_appendices(text, row, order, workspace, where)
    for order in workspace.records.get(ORDERS, ()):
        if text_of(order.values.get(STATE)) not in VOID:
            for item in items_of(order.values.get(GROUND)):
                if isinstance(item, Phrase):
                    yield from _out_of_force(item.text, order, known, order.cells[GROUND])


def _texts(workspace: Workspace) -> Iterator[tuple[Record, Record, str, Location]]:
    """Yield the words of orders that are not void: order, row, text, place."""
    for register, column in _TEXTS:
        for row in workspace.records.get(register, ()):
            order = workspace.order_of(row)
            if order is None or row.is_broken or text_of(order.values.get(STATE)) in VOID:
                continue
            text = text_of(row.values.get(column))
            if text:
                yield order, row, text, row.cells.get(column, row.where)
            if register == APPENDICES:
                for text, where in _table_texts(row, workspace):
                    yield order, row, text, where


def _table_texts(appendix: Record, workspace: Workspace) -> Iterator[tuple[str, Location]]:
    for table in workspace.tables_of(appendix):
        for line in table.rows:
            yield from ((cell.text, cell.where) for cell in line.cells if cell and cell.text)


def _out_of_force(text: str, order: Record, known: KnownActs, where: Location) -> Iterator[Problem]:
    day = day_in(order)
    if day is None or order.is_broken or has_wild_year(order):
        return
    said = dict(mentioned_acts(text, known))
    for found, act in said.items():
        why = "" if act.is_broken else why_not_in_force(act, day)
        if why:
            yield warning(
                "act-not-in-force",
                where,
                f"«{found}» на дату документа {day:%d.%m.%Y} {why}; сошлитесь на акт, который "
                "действует",
            )
    if not said:
        yield from _check_later(text, day, where)


def _check_later(text: str, day: dt.date, where: Location) -> Iterator[Problem]:
    """Yield a warning for each paper that a text dates after the order that names it."""
    for found in _DATED.finditer(text):
        dated = russian.last_deadline(found[1])
        if dated is not None and dated > day:
            yield warning(
                "act-not-in-force",
                where,
                f"«{' '.join(found[0].split())}» позже этого документа ({day:%d.%m.%Y}); сверьте "
                "дату",
            )


def _numbers(listed: str) -> list[str]:
    """Return the numbers of a list such as «1, 3–5»."""
    found = re.findall(r"\d+", listed)
    for first, last in _RANGE.findall(listed):
        found += map(str, range(int(first) + 1, int(last)))
    return sorted(dict.fromkeys(found), key=int)


def _is_said_again(one: re.Match[str], mentions: Sequence[re.Match[str]]) -> bool:
    """Return whether an appendix in brackets is named by «согласно приложению» too."""
    before = one.string[: one.start()]
    return before.endswith("(") and any(
        other[1] == one[1] and re.search(r"согласно[ \u00a0]$", one.string[: other.start()])
        for other in mentions
        if other is not one
    )


def _check_appendices(
    text: str, point: Record, order: Record, workspace: Workspace, where: Location
) -> Iterator[Problem]:
    rows = workspace.children.get((order.register, order.identity, APPENDICES), ())
    numbers = {plain_number(text_of(row.values.get(NUMBER))) for row in rows}
    mentions = [
        found
        for found in _APPENDIX.finditer(text)
        if not (_OF_ANOTHER.match(text, found.end()) or _CHANGES.search(text))
        and (point.register in _WHOLE or _OF_THIS.match(text, found.end()))
    ]
    for found in mentions:
        absent = [
            number
            for number in _numbers(found[1] or "")
            if number not in numbers and not (number == "1" and len(rows) == 1)
        ]
        if absent:
            what = (
                f"названы приложения {', '.join(absent)}, а на листе «Приложения» их нет; добавьте "
                "их или исправьте номера"
                if absent[1:]
                else f"названо приложение {absent[0]}, а на листе «Приложения» его нет; добавьте "
                "его или исправьте номер"
            )
            yield warning("appendix-absent", where, f"в тексте {what}")
        if not found[1] and not rows:
            yield warning(
                "appendix-absent",
                where,
                "в тексте названо приложение, а приложений нет; добавьте его на лист «Приложения» "
                "или уберите слова",
            )
    if point.register != POINTS:
        return
    twice = [one for one in mentions if one[1] and _is_said_again(one, mentions)]
    if twice:
        yield warning(
            "said-twice",
            where,
            f"приложение {twice[0][1]} названо в тексте дважды: «согласно приложению» и в скобках; "
            "оставьте одно",
        )
        return
    if mentions and point.values.get(APPENDIX) and "{приложение" not in text.casefold():
        yield warning(
            "said-twice",
            where,
            f"приложение названо и в тексте («{mentions[0][0].strip()}»), и в столбце "
            "«Приложение»: напечатается дважды; оставьте одно",
        )
