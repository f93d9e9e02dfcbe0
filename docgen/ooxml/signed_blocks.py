"""The paragraphs and tables of a signed .docx, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.errors import Location
from docgen.model import Table, TableCell, TableRow
from docgen.model.signed_papers import SignedBlock
from docgen.ooxml.word_xml import (
    BODY,
    ROW,
    TABLE,
    VALUE,
    Element,
    P,
    find_all,
    find_first,
    paragraph_text,
    parse,
    switch_of,
    whole_number,
    xml_name,
)
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts

_STYLES: Final = "word/styles.xml"
_WIDTH: Final = xml_name("w:w")
_PROPERTIES: Final = "w:pPr/w:pStyle"
_NUMBER: Final = "Номер в таблице"
"""The style whose words stand in the middle of a cell."""


def signed_blocks(docx: bytes, where: Location) -> tuple[SignedBlock, ...]:
    """Return what the body of a signed paper says, in its order; ``where`` is its file."""
    parts = read_parts(docx)
    names = _style_names(parse(parts[_STYLES])) if _STYLES in parts else {}
    body = next(parse(parts[DOCUMENT_PART]).iter(BODY))
    return tuple(_blocks(body, names, where))


def _style_names(root: Element) -> dict[str, str]:
    found = {}
    for style in find_all(root, "w:style"):
        name = find_first(style, "w:name")
        if name is not None:
            found[style.get(xml_name("w:styleId"), "")] = name.get(VALUE, "")
    return found


def _blocks(body: Element, names: Mapping[str, str], where: Location) -> Iterator[SignedBlock]:
    for element in body:
        if element.tag == P:
            yield SignedBlock(_style_of(element, names), paragraph_text(element))
        elif element.tag == TABLE:
            first = next(element.iter(P), None)
            style = "" if first is None else _style_of(first, names)
            yield SignedBlock(style, table=_table(element, where, names))
        elif element.tag == xml_name("w:sdt"):
            for content in find_all(element, "w:sdtContent"):
                yield from _blocks(content, names, where)


def _style_of(paragraph: Element, names: Mapping[str, str]) -> str:
    found = find_first(paragraph, _PROPERTIES)
    style_id = "" if found is None else found.get(VALUE, "")
    return names.get(style_id, style_id)


def _table(element: Element, where: Location, names: Mapping[str, str]) -> Table:
    """Return a table whose merged cells stand in each row that they cover."""
    grid = [whole_number(one.get(_WIDTH)) for one in find_all(element, "w:tblGrid/w:gridCol")]
    rows: list[TableRow] = []
    header_rows = 0
    above: dict[int, TableCell] = {}
    for number, row in enumerate(element.iter(ROW), start=1):
        cells = tuple(_cells(row, where, above, names))
        is_header = switch_of(row, "w:trPr/w:tblHeader") is True
        header_rows += is_header and header_rows == number - 1
        rows.append(TableRow(number, cells))
    columns = max((sum(one.columns for one in row.cells if one) for row in rows), default=1)
    shares = grid if len(grid) == columns and any(grid) else [1 for _ in range(columns)]
    widths = tuple(one / sum(shares) for one in shares)
    kept = (shares is grid,) * len(widths)
    return Table("", where, widths, header_rows, tuple(rows), set_widths=kept)


def _cells(
    row: Element, where: Location, above: dict[int, TableCell], names: Mapping[str, str]
) -> Iterator[TableCell]:
    """Yield the cells of a row; ``above`` are by column those that rows below may go on with."""
    column = 0
    for element in find_all(row, "w:tc"):
        span = find_first(element, "w:tcPr/w:gridSpan")
        columns = max(1, whole_number(None if span is None else span.get(VALUE)))
        merge = find_first(element, "w:tcPr/w:vMerge")
        text = "\n".join(paragraph_text(one) for one in element.iter(P)).strip()
        first = next(element.iter(P), None)
        is_middle = first is not None and _style_of(first, names) == _NUMBER
        cell = TableCell(text, where, columns, align="center" if is_middle else "")
        if merge is not None and merge.get(VALUE, "continue") != "restart":
            cell = above.get(column, cell)
        above[column] = cell
        yield cell
        column += columns
