"""An appendix table of the registers as the XML of a Word table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

from docgen.errors import Problem, RegisterError
from docgen.model import Table, TableCell, TableRow
from docgen.ooxml.cell_lines import PLAIN_SIZE, pieces
from docgen.ooxml.cell_runs import cell_paragraphs, direction_xml, row_heights
from docgen.ooxml.column_widths import SMALLEST_SIZE, column_widths, demand_of, type_size
from docgen.ooxml.inline_pictures import TWIPS_IN_A_MM
from docgen.ooxml.word_xml import ILLEGAL, escaped

_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES
)
_CELL_MARGINS: Final = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'


@dataclass(frozen=True, slots=True)
class _Look:
    """How the paragraphs of a row look: their properties, and those of their runs."""

    paragraph: str
    run: str


def table_xml(
    table: Table,
    *,
    width: int,
    header_style: str,
    text_style: str,
    typeset: Callable[[str], str] = str,
    size: int = PLAIN_SIZE,
) -> str:
    """Return ``<w:tbl>`` over the full width.

    Its rows are kept whole and its headings repeated; where that takes too much of a page, see
    ``table_rows``. Columns that are crowded by their words get smaller type.

    Args:
        table: The rows and the cells that they merge.
        width: The width of the text in twips (1/1440 inch), see ``HouseStyle.text_width``.
        header_style: The id of the paragraph style of heading rows.
        text_style: The id of the paragraph style of all other rows.
        typeset: Puts non-breaking spaces into a cell's text, as in the finished document.
        size: The type size of ``text_style`` in twips.

    Raises:
        RegisterError: ``missing-glyph`` when cells hold characters that XML cannot, ``wide-table``
            when words would have to be broken.
    """
    _refuse_illegal(table)
    chosen = type_size(table, width, typeset, size)
    if chosen is None:
        _refuse_wide(table, width, typeset)
    widths = column_widths(table, width, typeset, chosen)
    half_points = chosen // 10
    run = "" if chosen == size else f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
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
        mark = "<w:cantSplit/><w:tblHeader/>" if is_header else "<w:cantSplit/>"
        if heights[number]:
            mark += f'<w:trHeight w:val="{heights[number]}" w:hRule="atLeast"/>'
        cells = _row_cells(row.cells, widths, merges, _Look(paragraph_properties, run))
        rows.append(f"<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>")
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


def _refuse_wide(table: Table, width: int, typeset: Callable[[str], str]) -> NoReturn:
    columns = len(table.widths)
    longest = sorted(
        {
            piece
            for row in table.rows
            for cell in row.cells
            if cell is not None
            for piece in pieces(typeset(cell.text))
        },
        key=lambda piece: (-len(piece), piece),
    )
    shown = ", ".join(f"«{one.strip('.,;:')[:40]}»" for one in longest[:3])
    need = sum(demand_of(table, typeset, SMALLEST_SIZE).words) / TWIPS_IN_A_MM
    raise RegisterError(
        [
            Problem(
                "wide-table",
                table.where,
                f"таблица не помещается на лист по ширине, даже лёжа и мелким шрифтом: столбцов "
                f"{columns}, их самым длинным словам нужно {need:.0f} мм, а на листе "
                f"{width / TWIPS_IN_A_MM:.0f} мм; разделите её на две таблицы, уберите лишние "
                f"столбцы, поверните заголовки или сократите слова ({shown})",
            )
        ]
    )


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
    look: _Look,
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
            made.append(_cell_xml(None, sum(widths[column : column + span]), span, look))
            index += span
        else:
            span = cell.columns
            if cell.rows > 1:
                merges[column] = (cell, cell.rows - 1)
            made.append(_cell_xml(cell, sum(widths[column : column + span]), span, look))
            index += 1
        column += span
    return "".join(made)


def _cell_xml(cell: TableCell | None, width: int, span: int, look: _Look) -> str:
    """Return a cell; ``None`` continues the merged cell above."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if cell is None:
        properties += "<w:vMerge/>"
    elif cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    properties += direction_xml(cell)
    paragraphs = cell_paragraphs(cell, look.paragraph, width, look.run)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
