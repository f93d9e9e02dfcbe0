"""The tables of a finished .docx that have headings: what people send on as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.ooxml.word_xml import (
    BODY,
    CELL,
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

_CONTINUES: Final = "continue"


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell with the number of ``columns`` that it spans; ``is_below``: it goes on from above."""

    text: str
    columns: int = 1
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as printed: the words above it, its rows, of which the first are headings.

    ``widths`` are those of its columns in twips.
    """

    above: str
    rows: tuple[tuple[PaperCell, ...], ...]
    headings: int
    widths: tuple[int, ...]


def paper_tables(docx: Path | bytes) -> list[PaperTable]:
    """Return the tables of a document whose first rows repeat as headings, in reading order."""
    root = parse(read_parts(docx)[DOCUMENT_PART])
    found, above = [], ""
    for element in root.iter(BODY):
        for one in element.iterchildren(P, TABLE):
            if one.tag == P:
                above = " ".join(paragraph_text(one).split()) or above
            elif headings := _headings(one):
                found.append(_table(one, above, headings))
    return found


def _headings(table: Element) -> int:
    count = 0
    for row in table.iterchildren(ROW):
        if not switch_of(row, "w:trPr/w:tblHeader"):
            break
        count += 1
    return count


def _table(table: Element, above: str, headings: int) -> PaperTable:
    rows = tuple(tuple(map(_cell, row.iterchildren(CELL))) for row in table.iterchildren(ROW))
    widths = [
        whole_number(one.get(xml_name("w:w"))) for one in find_all(table, "w:tblGrid/w:gridCol")
    ]
    return PaperTable(above, rows, headings, tuple(widths))


def _cell(cell: Element) -> PaperCell:
    span, merge = find_first(cell, "w:tcPr/w:gridSpan"), find_first(cell, "w:tcPr/w:vMerge")
    lines = [paragraph_text(one) for one in cell.iter(P)]
    return PaperCell(
        "\n".join(lines).strip(),
        whole_number(span.get(VALUE)) if span is not None else 1,
        merge is not None and merge.get(VALUE, _CONTINUES) == _CONTINUES,
    )
