"""The paragraphs and tables of a signed paper are read with their styles, merged cells unfolded."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml import OxmlElement

from docgen.errors import Location
from docgen.ooxml.signed_blocks import signed_blocks

WHERE = Location("архив/бумага.docx")


def test_a_paragraph_comes_with_the_name_of_its_style_and_a_table_with_its_rows() -> None:
    document = Document()
    document.add_paragraph("О наставничестве", style="Heading 1")
    table = document.add_table(rows=3, cols=3)
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for place, text in enumerate(("№", "Наставник", "Наставляемый")):
        table.rows[0].cells[place].text = text
    table.cell(1, 1).merge(table.cell(2, 1)).text = "Петрова А.С."
    table.cell(1, 2).text = "Кузнецов Д.О.,"
    table.cell(1, 2).add_paragraph("учитель")
    table.cell(2, 2).text = "Черных И.И."
    written = io.BytesIO()
    document.save(written)

    heading, found = signed_blocks(written.getvalue(), WHERE)

    assert (heading.style, heading.text) == ("heading 1", "О наставничестве")
    assert found.table is not None
    assert found.table.header_rows == 1
    rows = [tuple(cell.text for cell in row.cells if cell) for row in found.table.rows]
    assert rows[1:] == [
        ("", "Петрова А.С.", "Кузнецов Д.О.,\nучитель"),
        ("", "Петрова А.С.", "Черных И.И."),
    ]
    assert sum(found.table.widths) == 1
