"""An appendix table of the registers as the XML of a Word table."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from typing import Final

from docgen.errors import Problem, RegisterError
from docgen.model import Table, TableCell, TableRow
from docgen.ooxml.cell_runs import (
    cell_paragraphs,
    direction_xml,
    has_bold,
    is_turned,
    row_heights,
    turned_size,
)
from docgen.ooxml.letter_widths import WIDEST, text_width
from docgen.ooxml.word_xml import ILLEGAL, escaped

_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES
)
_TEXT_TWIPS: Final = 240
"""The type size of «Текст таблицы» in twips: 12 points."""
_WIDEST_TWIPS: Final = WIDEST * _TEXT_TWIPS // 1000 + 1
_CELL_SLACK: Final = 124
"""What of a cell's width its text cannot use: both margins and the border, in twips."""
_PAGE_LINES: Final = {False: 52, True: 32}
"""How many lines of «Текст таблицы» a page holds, by whether it is landscape."""
_HYPHENS: Final = re.compile(r"(?<=-)(?=\S)")
_CELL_MARGINS: Final = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'


def table_xml(
    table: Table,
    *,
    width: int,
    header_style: str,
    text_style: str,
    typeset: Callable[[str], str] = str,
) -> str:
    """Return ``<w:tbl>`` over the full width.

    Args:
        table: The rows and the cells that they merge.
        width: The width of the text in twips (1/1440 inch), see ``HouseStyle.text_width``.
        header_style: The id of the paragraph style of heading rows.
        text_style: The id of the paragraph style of all other rows.
        typeset: Puts non-breaking spaces into a cell's text, as in the finished document.

    Raises:
        RegisterError: ``missing-glyph`` when cells hold characters that XML cannot.
    """
    _refuse_illegal(table)
    widths = fit_widths(share_width(table.widths, width), minimum_widths(table, typeset))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    merges: dict[int, tuple[TableCell, int]] = {}
    rows = []
    heights = row_heights(table.rows, table.header_rows)
    for number, row in enumerate(table.rows):
        is_header = number < table.header_rows
        paragraph_properties = (
            f'<w:pStyle w:val="{escaped(header_style if is_header else text_style)}"/>'
        )
        if 0 < number < len(table.rows) - 1 and _is_subheading(row, len(widths)) and not is_header:
            paragraph_properties += "<w:keepNext/>"
        mark = "" if _is_tall(row, widths, is_landscape=table.is_landscape) else "<w:cantSplit/>"
        mark += "<w:tblHeader/>" if is_header else ""
        if heights[number]:
            mark += f'<w:trHeight w:val="{heights[number]}" w:hRule="atLeast"/>'
        cells = _row_cells(row.cells, widths, merges, paragraph_properties)
        properties = f"<w:trPr>{mark}</w:trPr>" if mark else ""
        rows.append(f"<w:tr>{properties}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{_BORDERS}</w:tblBorders>' if table.has_lines else ''}"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _is_subheading(row: TableRow, columns: int) -> bool:
    """Return whether a row is a heading of the rows below it, which must not end a page.

    That is one cell across the table, perhaps after a number, or words ending in a colon with
    nothing beside them.
    """
    cells = [cell for cell in row.cells if cell is not None]
    if not cells or len(cells) < len(row.cells):
        return False
    is_across = len(cells) <= 2 and cells[-1].columns == columns - len(cells) + 1 > 1
    filled = [cell for cell in cells if cell.text]
    opens = len(filled) <= 2 and len(cells) > 2 and bool(filled) and filled[-1].text.endswith(":")
    return is_across or opens


def _is_tall(row: TableRow, widths: list[int], *, is_landscape: bool) -> bool:
    """Return whether a row is higher than a page; held together, it would leave a gap before it."""
    column = most_lines = 0
    limit = _PAGE_LINES[is_landscape]
    for cell in row.cells:
        span = cell.columns if cell is not None else 1
        if cell is not None and cell.rows == 1 and not is_turned(cell):
            room = max(sum(widths[column : column + span]) - _CELL_SLACK, 1)
            lines = cell.text.splitlines() or [""]
            # Hardly any cell holds so much that its letters have to be measured.
            if len(lines) + len(cell.text) * _WIDEST_TWIPS // room > limit:
                most_lines = max(
                    most_lines,
                    sum(1 + _line_twips(one, is_bold=has_bold(cell)) // room for one in lines),
                )
        column += span
    return most_lines > limit


@functools.lru_cache(maxsize=8192)
def _line_twips(text: str, *, is_bold: bool) -> int:
    """Return the width of a line in twips, cached: the same words stand in many tables."""
    return text_width(text, is_bold=is_bold) * _TEXT_TWIPS // 1000


def share_width(shares: tuple[float, ...], width: int) -> list[int]:
    """Return column widths in proportion to ``shares`` whose sum is exactly ``width``."""
    whole = sum(shares) or 1.0
    edges = [0]
    total = 0.0
    for share in shares:
        total += share
        edges.append(round(width * total / whole))
    return [right - left for left, right in itertools.pairwise(edges)]


def fit_widths(widths: list[int], minimum: list[int]) -> list[int]:
    """Return widths of the same sum, none below its minimum if the table has room for that.

    What a column lacks is taken from the others in proportion to what each can spare.
    """
    whole = sum(widths)
    if sum(minimum) >= whole:
        return share_width(tuple(float(one) for one in minimum), whole)
    wanted = [max(pair) for pair in zip(widths, minimum, strict=True)]
    spare = [one - least for one, least in zip(wanted, minimum, strict=True)]
    excess = sum(wanted) - whole
    if not excess:
        return wanted
    shares = [one - excess * free / sum(spare) for one, free in zip(wanted, spare, strict=True)]
    return share_width(tuple(shares), whole)


def minimum_widths(table: Table, typeset: Callable[[str], str]) -> list[int]:
    """Return for each column the width of its longest unbreakable piece of text, in twips."""
    minimum = [_CELL_SLACK] * len(table.widths)
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            if cell is not None and cell.columns == 1 and column < len(minimum):
                is_bold = has_bold(cell) or number < table.header_rows
                known = minimum[column] - _CELL_SLACK
                if is_turned(cell):
                    width = turned_size(cell, is_bold=is_bold)[0]
                    minimum[column] = max(known, width) + _CELL_SLACK
                # Typesetting adds no letters: what is short as a whole has no long piece.
                elif len(cell.text) * _WIDEST_TWIPS > known:
                    known = max(known, _longest_piece_width(typeset(cell.text), is_bold=is_bold))
                    minimum[column] = known + _CELL_SLACK
            column += cell.columns if cell is not None else 1
    return minimum


@functools.lru_cache(maxsize=4096)
def _longest_piece_width(text: str, *, is_bold: bool) -> int:
    """Return the width of the longest piece that must stand on one line, in twips.

    Cached, since plans of one school repeat the same cells.
    """
    known = 0
    for word in text.replace("\n", " ").replace("\t", " ").split(" "):
        # Hardly any word is longer than those before it.
        for piece in _HYPHENS.split(word) if len(word) * _WIDEST_TWIPS > known else ():
            if len(piece) * _WIDEST_TWIPS > known:
                known = max(known, _line_twips(piece, is_bold=is_bold))
    return known


def _refuse_illegal(table: Table) -> None:
    if ILLEGAL.search("".join([c.text for row in table.rows for c in row.cells if c])) is None:
        return
    problems = [
        Problem(
            "missing-glyph",
            cell.where,
            f"в ячейке стоит невидимый управляющий знак U+{ord(found[0]):04X}; "
            "наберите текст ячейки заново",
        )
        for row in table.rows
        for cell in row.cells
        if cell is not None and (found := ILLEGAL.search(cell.text))
    ]
    raise RegisterError(problems)


def _row_cells(
    cells: tuple[TableCell | None, ...],
    widths: list[int],
    merges: dict[int, tuple[TableCell, int]],
    paragraph_properties: str,
) -> str:
    """Return the cells of a row; ``merges`` keeps by column the merged cell above, rows left."""
    made = []
    column = 0
    index = 0
    while index < len(cells) and column < len(widths):
        cell = cells[index]
        if cell is None:
            above, left = merges.get(column, (None, 0))
            span = above.columns if above is not None and left > 0 else 1
            if above is not None and left > 0:
                merges[column] = (above, left - 1)
            made.append(
                _cell_xml(None, sum(widths[column : column + span]), span, paragraph_properties)
            )
            index += span
        else:
            span = cell.columns
            if cell.rows > 1:
                merges[column] = (cell, cell.rows - 1)
            made.append(
                _cell_xml(cell, sum(widths[column : column + span]), span, paragraph_properties)
            )
            index += 1
        column += span
    return "".join(made)


def _cell_xml(cell: TableCell | None, width: int, span: int, paragraph_properties: str) -> str:
    """Return a cell; ``None`` continues the merged cell above."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if cell is None:
        properties += "<w:vMerge/>"
    elif cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    properties += direction_xml(cell)
    paragraphs = cell_paragraphs(cell, paragraph_properties, width)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
