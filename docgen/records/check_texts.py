"""Check the words that people type: marks in pairs, room left for words, slips of the keyboard.

Points, preambles, headings, texts and cells of tables are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Location, Problem, warning
from docgen.model import Phrase, Value, Workspace
from docgen.model.columns import (
    ABOUT,
    APPENDICES,
    DECLENSIONS,
    FORMS,
    HEADING,
    ORDERS,
    ORGANISATION,
    POINTS,
    PREAMBLE,
    REMARKS,
    SETTINGS,
    SIGNATURES,
    TEXT,
    TEXTS,
)
from docgen.problem_codes import SLIP_CODES
from docgen.russian import Slip
from docgen.wording import text_of

_TEXTS: Final = (
    (ORDERS, HEADING),
    (ORDERS, ABOUT),
    (PREAMBLE, TEXT),
    (POINTS, TEXT),
    (APPENDICES, HEADING),
    (TEXTS, TEXT),
)
_UNREAD: Final = frozenset({DECLENSIONS, FORMS, REMARKS, SETTINGS, SIGNATURES})
"""Registers of forms and of docgen's own sentences; how words look is typed into settings."""
_WITHOUT_LINES: Final = frozenset(_TEXTS) - {(TEXTS, TEXT)}
"""Words in which nobody writes by hand, as in the forms of an appendix."""
_HEADING_STOP: Final = re.compile(r"(?:[а-яё]{4}|[»)])\.\s*$")
"""After a shortened word, «г.», the stop is right."""
_LINE: Final = re.compile(r"_{2,}|\b_\d|\d_\b|«_|_»")
_AROUND: Final = 24


def check_texts(workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for each slip in what the papers of a workspace will say."""
    read: set[Location] = set()
    for register, column in _TEXTS:
        for row in workspace.records.get(register, ()):
            where = row.cells.get(column)
            if where is not None and not row.is_broken:
                read.add(where)
                yield from _check_words(text_of(row.values.get(column)), register, column, where)
    for table in _tables(workspace):
        for cells in table:
            for text, where in cells:
                yield from _said(russian.phrase_slips(text), where)
                yield from _check_brace(text, where)
    yield from _check_pairs(workspace, read)


def _check_words(text: str, register: str, column: str, where: Location) -> Iterator[Problem]:
    yield from _said(russian.phrase_slips(text), where)
    if (register, column) in _WITHOUT_LINES:
        yield from _check_lines(text, where)
    if column == HEADING and _HEADING_STOP.search(text):
        yield warning("typing-slip", where, f"в конце заголовка «{text}» точка; уберите")


def _tables(workspace: Workspace) -> Iterator[Iterator[list[tuple[str, Location]]]]:
    appendices = workspace.records.get(APPENDICES, ())
    named = {sheet for row in appendices for sheet in workspace.sheets_of(row)}
    for title in sorted(named & workspace.tables.keys()):
        rows = workspace.tables[title].rows
        yield ([(cell.text, cell.where) for cell in row.cells if cell] for row in rows)


def _check_lines(text: str, where: Location) -> Iterator[Problem]:
    if found := _LINE.search(text):
        begin, end = max(0, found.start() - _AROUND), found.end() + _AROUND
        shown = " ".join(text[begin:end].split())
        yield warning("placeholder", where, f"«{shown}»: осталась линия для слов; впишите их")


def _check_pairs(workspace: Workspace, read: set[Location]) -> Iterator[Problem]:
    """Yield a warning for each slip in the names and posts of other registers."""
    for register, rows in workspace.records.items():
        if register in _UNREAD:
            continue
        for row in rows:
            for column, where in row.cells.items():
                if where in read or where.file == "":
                    continue
                for text in _words_of(row.values.get(column)):
                    slips = russian.name_slips(text)
                    # «[вид документа]» in the card is a sign for docgen.
                    is_card = register == ORGANISATION
                    said = [one for one in slips if not (is_card and one.found[0] == "[")]
                    yield from _said(said, where)
                    yield from _check_brace(text, where)


def _check_brace(text: str, where: Location) -> Iterator[Problem]:
    """Yield a warning for a brace without its other half, where braces mean nothing."""
    if text.count("{") != text.count("}"):
        sign = "{" if text.count("{") > text.count("}") else "}"
        fault = "не закрыта" if sign == "{" else "без открывающей"
        yield warning(
            "unpaired-mark",
            where,
            f"скобка «{sign}» {fault} и напечатается; поставьте пару или уберите",
        )


def _words_of(value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _words_of(one)
    elif isinstance(value, Phrase):
        yield value.text
    elif isinstance(value, str):
        yield value


def _said(slips: list[Slip], where: Location) -> Iterator[Problem]:
    for one in slips:
        yield warning(SLIP_CODES[one.kind], where, f"«{one.found}»: {one.advice}")
