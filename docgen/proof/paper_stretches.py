"""What a body paints, put together from its paragraphs and the markup between them as text.

The markup between paragraphs says where tables, rows and cells begin and end. It is the same in
many documents and read once; parsing a body takes twenty times as long.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.ooxml.word_xml import OFF
from docgen.proof.paper_words import CellWords, FlowItem, TableWords, make_table

_MARKUP: Final = re.compile(
    r"<(/?)w:(tbl|tr|tc)(?=[\s/>])|<w:(tblHeader|vMerge|gridSpan|gridBefore)\b([^>]*)>"
)
_VALUE: Final = re.compile(r'w:val="([^"]*)"')
_MOST_KEPT: Final = 4096


@functools.lru_cache(maxsize=_MOST_KEPT)
def _marks_in(markup: str) -> tuple[tuple[str, str], ...]:
    """Return what begins and ends in a stretch of markup, and what it says of rows and cells."""
    found = []
    for end, part, mark, attributes in _MARKUP.findall(markup):
        value = _VALUE.search(attributes) if mark else None
        found.append((f"{end}{part}" if part else mark, value[1] if value else ""))
    return tuple(found)


@dataclass(slots=True)
class _OpenTable:
    """A table under way, filled mark by mark; ``items`` are those of the cell under way."""

    rows: list[tuple[list[CellWords], bool]] = field(default_factory=list)
    cells: list[CellWords] = field(default_factory=list)
    items: list[FlowItem] = field(default_factory=list)
    is_heading: bool = False
    column: int = 0
    span: int = 1
    goes_on: bool = False

    def apply(self, mark: str, value: str) -> None:
        """Take a mark within the table."""
        if mark in ("tr", "tc"):
            self._begin(mark)
        elif mark in ("/tr", "/tc"):
            self._end(mark)
        elif mark == "tblHeader":
            self.is_heading = value not in OFF
        elif mark == "vMerge":
            self.goes_on = value in ("", "continue")
        elif mark == "gridSpan":
            self.span = int(value)
        else:
            self.column = int(value)

    def _begin(self, part: str) -> None:
        if part == "tr":
            self.cells, self.is_heading, self.column = [], False, 0
        else:
            self.items, self.span, self.goes_on = [], 1, False

    def _end(self, part: str) -> None:
        if part == "/tr":
            self.rows.append((self.cells, self.is_heading))
        else:
            cell = CellWords(tuple(self.items), self.column, self.goes_on, spans_down=False)
            self.cells.append(cell)
            self.column += self.span

    def close(self) -> TableWords:
        """Return the finished table."""
        return make_table(self.rows)


def flow_of(between: Sequence[str], words: Sequence[str]) -> tuple[FlowItem, ...]:
    """Return what a stretch of a body paints.

    Args:
        between: The markup before each of its paragraphs, perhaps one more after the last.
        words: What each of these paragraphs paints.
    """
    items: list[FlowItem] = []
    tables: list[_OpenTable] = []
    for number, markup in enumerate(between):
        for mark, value in _marks_in(markup):
            if mark == "tbl":
                tables.append(_OpenTable())
            elif mark == "/tbl":
                table = tables.pop().close()
                (tables[-1].items if tables else items).append(table)
            elif tables:
                tables[-1].apply(mark, value)
        if number < len(words) and words[number]:
            (tables[-1].items if tables else items).append(words[number])
    return tuple(items)
