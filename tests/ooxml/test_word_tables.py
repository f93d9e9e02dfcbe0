"""Appendix tables as Word tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import ooxml
from docgen.errors import Location, RegisterError
from docgen.model import Table, TableCell, TableRow
from docgen.ooxml.column_widths import share_width
from docgen.ooxml.docx_text import text_of
from docgen.ooxml.zip_parts import read_parts
from tests.support.small_docx import (
    opened,
    structure_of,
    with_part,
    write_docx,
)

NOWHERE = Location()


def cell(text: str, **looks: Any) -> TableCell:
    return TableCell(text, Location(file="Книга.xlsx", sheet="План", cell="B2"), **looks)


def table(*rows: tuple[TableCell | None, ...], header_rows: int = 1, widths: int = 3) -> Table:
    made = tuple(TableRow(number, cells) for number, cells in enumerate(rows, start=1))
    return Table("План", NOWHERE, (1 / widths,) * widths, header_rows, made)


def in_document(folder: Path, made: Table, width: int = 9000) -> bytes:
    """Put a table into a document behind its paragraphs."""
    xml = ooxml.table_xml(made, width=width, header_style="Head", text_style="Text")
    docx = write_docx(folder / "т.docx", "до")
    parts = read_parts(docx)
    body = parts["word/document.xml"].replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)
    return with_part(docx, "word/document.xml", body).read_bytes()


def test_a_table_has_its_headings_repeated_and_rows_whole(tmp_path: Path) -> None:
    made = in_document(
        tmp_path,
        table(
            (cell("№"), cell("Мероприятие"), cell("Срок")), (cell("1"), cell("а & <б>"), cell(""))
        ),
    )
    (word_table,) = opened(made).tables
    head, row = word_table.rows
    assert "w:tblHeader" in head._tr.xml
    assert "w:tblHeader" not in row._tr.xml
    assert all("w:cantSplit" in one._tr.xml for one in (head, row))
    assert [one.text for one in row.cells] == ["1", "а & <б>", ""]
    assert structure_of(made).styles[1:] == ("Head",) * 3 + ("Text",) * 3


def test_lines_of_a_cell_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    made = in_document(tmp_path, table((cell("1. Один\n- два\r\n– три"),), widths=1))
    assert text_of(made)[-3:] == ["1. Один", "- два", "– три"]


def test_a_section_row_spans_the_table(tmp_path: Path) -> None:
    made = in_document(
        tmp_path,
        table((cell("а"), cell("б"), cell("в")), (cell("Раздел I", columns=3, is_bold=True),)),
    )
    (word_table,) = opened(made).tables
    assert len({id(one._tc) for one in word_table.rows[1].cells}) == 1
    assert word_table.rows[1].cells[0].paragraphs[0].runs[0].bold


def test_a_section_row_stays_with_the_row_below(tmp_path: Path) -> None:
    section = (cell("Раздел", columns=3),)
    row = (cell("1"), cell("2"), cell("3"))
    made = in_document(tmp_path, table(section, row, section, row, section, header_rows=0))
    (word_table,) = opened(made).tables
    kept = ["w:keepNext" in one._tr.xml for one in word_table.rows]
    assert kept == [False, False, True, False, False]


def test_cells_merged_downwards_and_sideways_keep_their_block(tmp_path: Path) -> None:
    made = in_document(
        tmp_path,
        table(
            (cell("блок", rows=2, columns=2), cell("в")),
            (None, None, cell("г")),
            (cell("д"), cell("е"), cell("ж")),
        ),
    )
    (word_table,) = opened(made).tables
    texts = [[one.text for one in row.cells] for row in word_table.rows]
    assert texts == [["блок", "блок", "в"], ["блок", "блок", "г"], ["д", "е", "ж"]]
    assert structure_of(made).tables == ((2, 2, 3),)


@pytest.mark.parametrize("side", ["left", "center", "right", "justify"])
def test_a_cell_keeps_its_alignment_and_slant(tmp_path: Path, side: str) -> None:
    made = in_document(tmp_path, table((cell("а", align=side, is_italic=True),), widths=1))
    paragraph = opened(made).tables[0].rows[0].cells[0].paragraphs[0]
    assert paragraph.alignment is not None
    assert paragraph.runs[0].italic


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=12).map(tuple),
    st.integers(1000, 16000),
)
def test_column_widths_fill_the_text_width_exactly(shares: tuple[float, ...], width: int) -> None:
    widths = share_width(shares, width)
    assert sum(widths) == width
    assert all(one >= 0 for one in widths)


def test_a_control_character_in_a_table_names_its_cell() -> None:
    with pytest.raises(RegisterError) as caught:
        ooxml.table_xml(table((cell("а\x0bб"),)), width=9000, header_style="", text_style="")
    (problem,) = caught.value.problems
    assert (problem.where.cell, "U+000B" in problem.message) == ("B2", True)
