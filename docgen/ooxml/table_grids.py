"""Tables whose columns stand under a condition: the columns that are left take the whole width."""

from __future__ import annotations

from docgen.ooxml.word_xml import (
    CELL,
    ROW,
    TABLE,
    VALUE,
    Element,
    find_all,
    find_first,
    remove,
    whole_number,
    xml_name,
)

_WIDTH = xml_name("w:w")
_FULL = 5000
"""The width of a table in fiftieths of a per cent, as Word counts them."""


def close_gaps(root: Element) -> None:
    """Give the grid of tables that have lost columns to conditions the columns that are there.

    Word goes by the widths of cells; LibreOffice would make all columns alike.
    """
    for table in root.iter(TABLE):
        columns = find_all(table, "w:tblGrid/w:gridCol")
        rows = [find_all(row, "w:tc") for row in table.iterchildren(ROW)]
        counts = {sum(map(_span, row)) for row in rows}
        first = next((row for row in rows if all(_span(cell) == 1 for cell in row)), None)
        if first is None or len(counts) != 1 or len(first) >= len(columns):
            continue
        shares = [_share(cell) for cell in first]
        if all(shares):
            _lay(table, columns, shares)


def _lay(table: Element, columns: list[Element], shares: list[int]) -> None:
    """Spread the shares of the columns that are left over the width of all."""
    whole = sum(whole_number(one.get(_WIDTH)) for one in columns)
    for one in columns[len(shares) :]:
        remove(one)
    for column, share in zip(columns, shares, strict=False):
        column.set(_WIDTH, str(round(whole * share / sum(shares))))
    for row in table.iterchildren(ROW):
        start = 0
        for cell in row.iterchildren(CELL):
            held = sum(shares[start : start + _span(cell)])
            start += _span(cell)
            if (width := find_first(cell, "w:tcPr/w:tcW")) is not None:
                width.set(xml_name("w:type"), "pct")
                width.set(_WIDTH, str(round(_FULL * held / sum(shares))))


def _span(cell: Element) -> int:
    span = find_first(cell, "w:tcPr/w:gridSpan")
    return whole_number(span.get(VALUE)) if span is not None else 1


def _share(cell: Element) -> int:
    width = find_first(cell, "w:tcPr/w:tcW")
    return whole_number(width.get(_WIDTH)) if width is not None else 0
