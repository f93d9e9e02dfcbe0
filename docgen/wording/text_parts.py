"""A text as the parts that print it: chapters, sections, points, lists, the tables between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.model import sameness
from docgen.model.choices import TextPart
from docgen.model.columns import APPENDICES, NUMBERING, PAPERS
from docgen.wording.appendix_mentions import appendix_address, is_about_appendix
from docgen.wording.braces import fill_markers
from docgen.wording.part_numbers import PartNumbers
from docgen.wording.protocols import AppendixTextView, AppendixView, PaperView
from docgen.wording.record_views import BrokenRecordError, Scope, derived_value
from docgen.wording.table_places import place_of_table, place_of_words

_DASHES: Final = ("-", "–", "—", "•")


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of a text: what it is, its number and words; of a table its place among the tables.

    No page ends behind one ``с_продолжением``; one ``с_новой_страницы`` begins a page.
    """

    как: str
    номер: str
    текст: str
    таблица: int = -1
    с_продолжением: bool = False
    с_новой_страницы: bool = False

    @property
    def строка(self) -> str:
        """The number and the words, with one blank between."""
        return f"{self.номер} {self.текст}".strip()


@derived_value(APPENDICES, "части")
def parts_of_appendix(appendix: AppendixView) -> list[PrintedPart]:
    """Return the parts of an appendix, its tables among them."""
    return list(_with_tables(texts_by_table(appendix), appendix))


@derived_value(PAPERS, "части")
def parts_of_paper(paper: PaperView) -> list[PrintedPart]:
    """Return the parts of a paper of its own, its tables among them."""
    return list(_with_tables(_by_table(paper, paper.тексты), paper))


def texts_by_table(appendix: AppendixView) -> list[list[PrintedPart]]:
    """Return the parts before the first table of an appendix and after each."""
    order = appendix.приказ
    address = appendix_address(appendix.номер, appendix.к_приложению)
    rows = [
        row
        for row in order.тексты
        if is_about_appendix(row.приложение, address, len(order.приложения))
    ]
    return _by_table(appendix, rows)


def _by_table(
    paper: AppendixView | PaperView, rows: Sequence[AppendixTextView]
) -> list[list[PrintedPart]]:
    """Return the parts before the first table and after each, in the order of their rows.

    Rows that stand for tables part them; without any, what is said to stand after a table precedes
    what is said to stand before the next one.
    """
    sheets = paper.scope.workspace.sheets_of(paper.record)
    grouped = _parted(rows, sheets) if _has_tables(rows) else _placed(rows, sheets)
    numbers = _numbers_for(paper)
    found: list[list[PrintedPart]] = []
    for group in grouped:
        parts: list[PrintedPart] = []
        begins_page = False
        for row in group:
            if row.как == TextPart.NEW_PAGE:
                begins_page = True
                continue
            parts.append(_part(row, numbers, begins_page=begins_page))
            begins_page = False
        found.append(parts)
    return found


def _has_tables(rows: Sequence[AppendixTextView]) -> bool:
    return any(row.как == TextPart.TABLE for row in rows)


def _parted(
    rows: Sequence[AppendixTextView], sheets: Sequence[str]
) -> list[list[AppendixTextView]]:
    """Return the rows between the tables that stand among them, each named by its sheet."""
    groups: list[list[AppendixTextView]] = [[] for _ in range(len(sheets) + 1)]
    at = 0
    for row in rows:
        if row.как != TextPart.TABLE:
            groups[at].append(row)
            continue
        place = place_of_table(row.текст, sheets)
        if place is None or place < at:
            # The row that says so is an error: the paper is not made without it.
            raise BrokenRecordError([])
        at = place + 1
    return groups


def _placed(
    rows: Sequence[AppendixTextView], sheets: Sequence[str]
) -> list[list[AppendixTextView]]:
    """Return the rows by what their column «Где» says."""
    behind: list[list[AppendixTextView]] = [[] for _ in range(max(len(sheets), 1) + 1)]
    ahead: list[list[AppendixTextView]] = [[] for _ in behind]
    for row in rows:
        place = place_of_words(row.где, sheets)
        if place is None:
            # The row that says so is an error: the paper is not made without it.
            raise BrokenRecordError([])
        side = behind if row.где.casefold().startswith("после") else ahead
        side[place].append(row)
    return [one + other for one, other in zip(behind, ahead, strict=True)]


def _numbers_for(paper: AppendixView | PaperView) -> PartNumbers:
    """Return a new count, by the paper's own column «Нумерация», else as its kind says."""
    scope: Scope = paper.scope
    has_column = any(column.name == NUMBERING for column in paper.schema.columns)
    typed = str(paper.value(NUMBERING) or "") if has_column else ""
    rule = typed or scope.numbering
    marks = scope.number_marks
    return PartNumbers(sameness(rule), marks) if rule else PartNumbers(marks=marks)


def _part(row: AppendixTextView, numbers: PartNumbers, *, begins_page: bool) -> PrintedPart:
    if not row.текст:
        # The empty cell is an error: the paper is not made without it.
        raise BrokenRecordError([])
    number, text = numbers.numbered(row.как, fill_markers(row.текст, row))
    if row.как == TextPart.LIST_LINE and not text.startswith(_DASHES):
        text = f"– {text}"
    return PrintedPart(
        row.как,
        number,
        text,
        с_продолжением=text.endswith(":"),
        с_новой_страницы=begins_page,
    )


def _with_tables(
    groups: Sequence[Sequence[PrintedPart]], paper: AppendixView | PaperView
) -> Iterator[PrintedPart]:
    count = len(paper.scope.workspace.sheets_of(paper.record))
    for place, group in enumerate(groups):
        if 1 <= place <= count:
            yield PrintedPart(TextPart.TABLE, "", "", таблица=place - 1)
        yield from group
