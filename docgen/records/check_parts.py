"""Check texts that are made of parts: that there are any, and that tables stand where rows say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from docgen.errors import Problem, command
from docgen.model import Record, Workspace, sameness
from docgen.model.choices import TextPart
from docgen.model.columns import (
    APPENDICES,
    APPENDIX,
    HEADING,
    HOW,
    PAPERS,
    SHEET,
    TEMPLATE,
    TEXT,
    TEXTS,
)
from docgen.records.check_marks import address_of
from docgen.wording import is_about_appendix, place_of_table, text_of

_OF_TEXT: Final = "текст"
"""«Чем заполняется» of an appendix that has nothing but its text."""
_TABLE_FORM: Final = "таблица"
_OWN_FORMS: Final = frozenset({_OF_TEXT, _TABLE_FORM})
_PAPERS_OF_TEXT: Final = frozenset({"", _OF_TEXT, "письмо", "информационное письмо"})
"""«Чем заполняется» of papers that say nothing without rows of text; others have ready words."""


def check_parts(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the texts of appendices and of papers without an order."""
    for row in workspace.records.get(TEXTS, ()):
        if not row.is_broken and not row.values.get(TEXT) and not _needs_none(row):
            header = workspace.schemas[TEXTS].column(TEXT).header
            message = f"пустая ячейка в обязательном столбце «{header}»; впишите значение"
            yield Problem("missing-value", row.cells.get(TEXT, row.where), message)
    for paper in workspace.records.get(PAPERS, ()):
        if not paper.is_broken:
            rows = workspace.children.get((PAPERS, paper.identity, TEXTS), ())
            yield from _check_text(paper, rows, workspace)
    for appendix in workspace.records.get(APPENDICES, ()):
        order = workspace.order_of(appendix)
        if order is not None and not appendix.is_broken:
            parts = workspace.children.get((order.register, order.identity, APPENDICES), ())
            own = [
                row
                for row in workspace.children.get((order.register, order.identity, TEXTS), ())
                if is_about_appendix(
                    text_of(row.values.get(APPENDIX)), address_of(appendix), len(parts)
                )
            ]
            yield from _check_text(appendix, own, workspace)


def _needs_none(row: Record) -> bool:
    return text_of(row.values.get(HOW)) in {TextPart.NEW_PAGE, TextPart.TABLE}


def _check_text(paper: Record, rows: Sequence[Record], workspace: Workspace) -> Iterator[Problem]:
    form = sameness(text_of(paper.values.get(TEMPLATE)))
    is_text = form in _PAPERS_OF_TEXT if paper.register == PAPERS else form == _OF_TEXT
    if is_text and not rows:
        yield Problem(
            "order-empty",
            paper.cells.get(TEMPLATE, paper.where),
            f"«{text_of(paper.values.get(HEADING))}»: {_why_empty(paper, workspace)}",
        )
    if is_text or form in _OWN_FORMS:
        yield from _check_tables(rows, paper, workspace)


def _why_empty(paper: Record, workspace: Workspace) -> str:
    """Return why a text has no words, and what to do."""
    sheet = workspace.schemas[TEXTS].sheet
    if TEXTS not in workspace.absent:
        return f"на листе «{sheet}» нет ни одной строки этого текста, печатать нечего; впишите их"
    folder = PurePosixPath(paper.where.file).parent.as_posix()
    return f"листа «{sheet}» в книге нет; добавьте его: {command('add', sheet, folder)}"


def _check_tables(rows: Sequence[Record], paper: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield an error for each table among the words that the paper does not have, or has before."""
    sheets, at = workspace.sheets_of(paper), 0
    for row in rows:
        if row.is_broken or text_of(row.values.get(HOW)) != TextPart.TABLE:
            continue
        typed = text_of(row.values.get(TEXT))
        place = place_of_table(typed, sheets)
        if place is not None and place >= at:
            at = place + 1
            continue
        header = workspace.schemas[paper.register].column(SHEET).header
        named = ", ".join(f"«{one}»" for one in sheets) or "ни одного"
        why = (
            "стоит раньше, чем в тексте; расположите листы в том же порядке"
            if place is not None
            else "не назван; впишите его туда"
        )
        yield Problem(
            "bad-choice",
            row.cells.get(TEXT, row.where),
            f"таблица «{typed}» между частями текста: в столбце «{header}» (там: {named}) "
            f"этот лист {why}",
        )
