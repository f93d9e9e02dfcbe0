"""Tables of registers in the house style: their markup, and whether they fit an upright page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from docgen.model import PictureFile, Table
from docgen.ooxml.cell_lines import CELL_SLACK, LINE, PLAIN_SIZE, Face, measured
from docgen.ooxml.cell_runs import attached_to, is_turned, row_heights
from docgen.ooxml.column_widths import column_widths, type_size
from docgen.ooxml.docx_package import AttachedMarkup
from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.style_types import types_of
from docgen.ooxml.table_rows import SHARE_OF_PAGE
from docgen.ooxml.word_tables import table_xml

_HEADER_STYLE: Final = "Заголовок таблицы"
_TEXT_STYLE: Final = "Текст таблицы"
_MM_IN_A_TWIP: Final = 25.4 / 1440
_EDGES: Final = 20
_BESIDE_PICTURE: Final = 340
"""What a line that holds a picture needs beside it: room below its letters, borders, 3 mm."""


def table_markup(table: Table, house: HouseStyle, typeset: Callable[[str], str]) -> AttachedMarkup:
    """Return a table as wide as the text of its page, with what its cells need.

    Raises:
        RegisterError: ``missing-glyph`` or ``wide-table``, see ``table_xml``.
    """
    text_style = house.style_id(_TEXT_STYLE) or ""
    width = house.text_width(is_landscape=table.is_landscape)
    if any(cell.pictures for row in table.rows for cell in row.cells if cell is not None):
        height = house.text_height(is_landscape=table.is_landscape)
        table = _with_low_pictures(table, width, height, typeset)
    xml = table_xml(
        table,
        width=width,
        header_style=house.style_id(_HEADER_STYLE) or "",
        text_style=text_style,
        typeset=typeset,
        size=types_of(house).look(text_style).size,
    )
    return AttachedMarkup(xml, attached_to(table.rows))


def _with_low_pictures(
    table: Table, width: int, height: int, typeset: Callable[[str], str]
) -> Table:
    """Return a table whose pictures are not higher than what its headings leave of a page.

    What is left of a higher one would be cut off.
    """
    headings = _headings_height(table, column_widths(table, width, typeset))
    if headings > height * SHARE_OF_PAGE:
        # Such headings stand on the first page alone.
        headings = 0
    most = (height - headings - _BESIDE_PICTURE) * _MM_IN_A_TWIP
    rows = []
    for number, row in enumerate(table.rows):
        cells = [
            cell
            if cell is None or number < table.header_rows
            else replace(cell, pictures=tuple(_lowered(one, most) for one in cell.pictures))
            for cell in row.cells
        ]
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))


def _headings_height(table: Table, widths: Sequence[int]) -> float:
    """Return about how high the headings of a table are in twips, rather too high."""
    heights = list(map(float, row_heights(table.rows, table.header_rows)[: table.header_rows]))
    for number, row in enumerate(table.rows[: table.header_rows]):
        column = 0
        for cell in row.cells:
            if cell is None:
                column += 1
                continue
            room = max(sum(widths[column : column + cell.columns]) - CELL_SLACK, 1)
            lines = 0 if is_turned(cell) else measured(cell.text, Face(is_bold=True)).lines(room)
            drawn = sum(one.size_mm[1] for one in cell.pictures) / _MM_IN_A_TWIP
            own = lines * PLAIN_SIZE * LINE + drawn + _EDGES
            last = min(number + cell.rows, table.header_rows) - 1
            above = sum(heights[number:last])
            heights[last] = max(heights[last], own - above)
            column += cell.columns
    return sum(heights)


def _lowered(picture: PictureFile, most_mm: float) -> PictureFile:
    width, height = picture.size_mm
    if height <= most_mm:
        return picture
    return replace(picture, width_mm=width * most_mm / height, height_mm=most_mm)


def is_too_wide(table: Table, house: HouseStyle, typeset: Callable[[str], str]) -> bool:
    """Return whether an upright page is too narrow for the words of a table."""
    size = types_of(house).look(house.style_id(_TEXT_STYLE) or "").size
    return type_size(table, house.text_width(is_landscape=False), typeset, size) is None
