"""Which rows of a finished document's tables may split, and which headings cannot be repeated.

LibreOffice cuts off the last lines of a row that is kept whole and does not fit under a repeated
heading. So a row that is higher than a third of the page may split, and a heading higher than a
third is printed once; what is left of the page always holds what is kept whole. A table that floats
beside the text never goes on on the next page: one that is high stands in the text. The heights
are estimates, rather too high than too low.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from docgen.ooxml.cell_lines import CELL_SLACK, measured
from docgen.ooxml.style_types import TypeLook
from docgen.ooxml.word_xml import (
    CELL,
    ROW,
    TABLE,
    VALUE,
    Element,
    P,
    R,
    find_all,
    find_first,
    remove,
    switch_of,
    whole_number,
    xml_name,
)

SHARE_OF_PAGE: Final = 1 / 3
_WIDEST_LETTER: Final = 1.05
_ROW_EDGES: Final = 10
_SWITCHES: Final = ("w:cantSplit", "w:tblHeader")
_FLOATING: Final = "w:tblpPr"


class SizedParagraph(Protocol):
    """What of a finished paragraph decides its height: its text as printed, and its type."""

    @property
    def printed(self) -> str:
        """The text, typeset."""
        ...

    @property
    def look(self) -> TypeLook:
        """The type."""
        ...


@dataclass(frozen=True, slots=True)
class _Cell:
    """The paragraphs of a cell, each with its room, and down to which row the cell reaches."""

    paragraphs: tuple[tuple[int, int], ...]
    last_row: int
    is_turned: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row; ``number`` is its place among all rows of the document."""

    number: int
    cells: tuple[_Cell, ...]
    is_kept: bool
    is_heading: bool
    least: int


@dataclass(frozen=True, slots=True)
class _TableRows:
    """The rows of a table; ``number`` is its place among all tables of the document."""

    number: int
    rows: tuple[_Row, ...]
    floats: bool


@dataclass(frozen=True, slots=True)
class TallRows:
    """What is too high: rows that must not be kept whole or repeated, tables that must not float.

    Both are known by their place in the document.
    """

    rows: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TableRows:
    """The tables of a layout: rows with their cells, whose paragraphs are known by number."""

    tables: tuple[_TableRows, ...]

    def tall(self, paragraphs: Sequence[SizedParagraph], page_height: int) -> TallRows:
        """Return what is too high for its page.

        Args:
            paragraphs: All paragraphs of the document, finished.
            page_height: The height of a page's text in twips.
        """
        limit = page_height * SHARE_OF_PAGE
        found: set[int] = set()
        floating: set[int] = set()
        for table in self.tables:
            rows = table.rows
            heights = _heights(rows, paragraphs, limit)
            if table.floats and sum(heights) > limit:
                floating.add(table.number)
            found |= {
                row.number
                for row, height in zip(rows, heights, strict=True)
                if row.is_kept and height > limit
            }
            heading = [one for one in zip(rows, heights, strict=True) if one[0].is_heading]
            if sum(height for _, height in heading) > limit:
                found |= {row.number for row, _ in heading}
        return TallRows(frozenset(found), frozenset(floating))


def read_rows(root: Element, text_width: int) -> TableRows:
    """Return the tables of a document that float, or in which rows are kept whole or repeated.

    Args:
        root: The document; its paragraphs count from 0 in reading order.
        text_width: The width between the margins in twips, for tables that do not say theirs.
    """
    if next(root.iter(*map(xml_name, (*_SWITCHES, _FLOATING))), None) is None:
        return TableRows(())
    paragraphs = {one: number for number, one in enumerate(root.iter(P))}
    numbers = {one: number for number, one in enumerate(root.iter(ROW))}
    rooms = {cell: room for table in root.iter(TABLE) for cell, room in _rooms(table, text_width)}
    tables = [
        _TableRows(
            number,
            _table_rows(table, paragraphs, numbers, rooms),
            find_first(table, f"w:tblPr/{_FLOATING}") is not None,
        )
        for number, table in enumerate(root.iter(TABLE))
    ]
    return TableRows(
        tuple(
            table
            for table in tables
            if table.floats or any(one.is_kept or one.is_heading for one in table.rows)
        )
    )


def loosen_rows(root: Element, tall: TallRows) -> None:
    """Let these rows split and repeat on no page, and these tables stand in the text."""
    for number, row in enumerate(root.iter(ROW)) if tall.rows else ():
        for path in _SWITCHES if number in tall.rows else ():
            for element in find_all(row, f"w:trPr/{path}"):
                remove(element)
    for number, table in enumerate(root.iter(TABLE)) if tall.tables else ():
        for element in find_all(table, f"w:tblPr/{_FLOATING}") if number in tall.tables else ():
            remove(element)


def free_heights(root: Element) -> None:
    """Let rows that are exactly so high grow with their text, which would be cut off."""
    for height in root.iter(xml_name("w:trHeight")):
        row = next(height.iterancestors(ROW), None)
        is_exact = height.get(xml_name("w:hRule")) == "exact"
        if is_exact and row is not None and next(row.iter(R), None) is not None:
            height.set(xml_name("w:hRule"), "atLeast")


def _rooms(table: Element, text_width: int) -> list[tuple[Element, int]]:
    """Return the cells of a table, each with the room for its text in twips."""
    columns = find_all(table, "w:tblGrid/w:gridCol")
    grid = [whole_number(one.get(xml_name("w:w"))) for one in columns]
    found = []
    for row in find_all(table, "w:tr"):
        spans = _spans(row)
        for start, count, cell in spans:
            width = _cell_width(cell) or sum(grid[start : start + count])
            found.append((cell, max((width or text_width // len(spans)) - CELL_SLACK, 1)))
    return found


def _table_rows(
    table: Element,
    paragraphs: dict[Element, int],
    numbers: dict[Element, int],
    rooms: dict[Element, int],
) -> tuple[_Row, ...]:
    elements = find_all(table, "w:tr")
    spans = [_spans(row) for row in elements]
    rows = []
    for index, row in enumerate(elements):
        cells = []
        for start, _, cell in spans[index]:
            if _merge(cell) == "continue":
                continue
            last = index
            if _merge(cell) == "restart":
                while last + 1 < len(spans) and _continues(spans[last + 1], start):
                    last += 1
            placed = tuple((paragraphs[one], _room_of(one, rooms)) for one in cell.iter(P))
            turned = find_first(cell, "w:tcPr/w:textDirection")
            cells.append(_Cell(placed, last, turned is not None))
        is_kept, is_heading = (bool(switch_of(row, f"w:trPr/{path}")) for path in _SWITCHES)
        rows.append(_Row(numbers[row], tuple(cells), is_kept, is_heading, _least_height(row)))
    return tuple(rows)


def _room_of(paragraph: Element, rooms: dict[Element, int]) -> int:
    """Return the room of a paragraph, in a table inside the cell perhaps."""
    return rooms.get(next(paragraph.iterancestors(CELL)), 1)


def _continues(spans: Sequence[tuple[int, int, Element]], column: int) -> bool:
    """Return whether a row goes on with the merged cell above that begins in a column."""
    return any(start == column and _merge(cell) == "continue" for start, _, cell in spans)


def _heights(
    rows: Sequence[_Row], paragraphs: Sequence[SizedParagraph], limit: float
) -> list[float]:
    """Return the heights of rows; what a merged cell has too much the last of its rows takes."""
    heights = [float(row.least) for row in rows]
    merged = []
    for index, row in enumerate(rows):
        for cell in row.cells:
            height = _cell_height(cell, paragraphs, limit)
            if cell.last_row > index:
                merged.append((index, cell.last_row, height))
            elif height + _ROW_EDGES > heights[index]:
                heights[index] = height + _ROW_EDGES
    for first, last, height in merged:
        heights[last] += max(height - sum(heights[first : last + 1]), 0)
    return heights


def _cell_height(cell: _Cell, paragraphs: Sequence[SizedParagraph], limit: float) -> float:
    """Return the height of a cell's text; letters are measured only where it may be too high."""
    most = 0.0
    for number, room in cell.paragraphs:
        one = paragraphs[number]
        look = one.look
        lines = 1 + len(one.printed) * look.size * _WIDEST_LETTER // max(room - look.indent, 1)
        most += lines * look.line_height + look.space
    if cell.is_turned:
        return max(
            (
                measured(paragraphs[n].printed, paragraphs[n].look.face).area
                for n, _ in cell.paragraphs
            ),
            default=0,
        )
    if most <= limit:
        return most
    return sum(_paragraph_height(paragraphs[number], room) for number, room in cell.paragraphs)


def _paragraph_height(paragraph: SizedParagraph, room: int) -> float:
    look = paragraph.look
    lines = measured(paragraph.printed, look.face).lines(max(room - look.indent, 1))
    return lines * look.line_height + look.space


def _spans(row: Element) -> list[tuple[int, int, Element]]:
    """Return the cells of a row, each with its first column and how many it spans."""
    before = find_first(row, "w:trPr/w:gridBefore")
    column = 0 if before is None else whole_number(before.get(VALUE))
    found = []
    for cell in row.iterchildren(CELL):
        span = find_first(cell, "w:tcPr/w:gridSpan")
        columns = 1 if span is None else max(whole_number(span.get(VALUE)), 1)
        found.append((column, columns, cell))
        column += columns
    return found


def _merge(cell: Element) -> str:
    merge = find_first(cell, "w:tcPr/w:vMerge")
    return "" if merge is None else merge.get(VALUE, "continue")


def _cell_width(cell: Element) -> int:
    width = find_first(cell, "w:tcPr/w:tcW")
    if width is None or width.get(xml_name("w:type"), "dxa") != "dxa":
        return 0
    return whole_number(width.get(xml_name("w:w")))


def _least_height(row: Element) -> int:
    height = find_first(row, "w:trPr/w:trHeight")
    return 0 if height is None else whole_number(height.get(VALUE))
