"""Tables that have lost columns to conditions share their width among those that are left."""

from __future__ import annotations

from docgen.ooxml.table_grids import close_gaps
from docgen.ooxml.word_xml import WORD, Element, find_all, parse, xml_name


def table_of(grid: tuple[int, ...], *rows: tuple[int, ...]) -> Element:
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in grid)
    made = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{one}" w:type="pct"/></w:tcPr><w:p/></w:tc>' for one in row
        )
        + "</w:tr>"
        for row in rows
    )
    return parse(
        f'<w:body xmlns:w="{WORD}"><w:tbl><w:tblGrid>{columns}</w:tblGrid>{made}</w:tbl></w:body>'
    )


def widths(root: Element, path: str) -> list[int]:
    return [int(one.get(xml_name("w:w"), "0")) for one in find_all(root, path)]


def test_the_columns_that_are_left_take_the_whole_width() -> None:
    body = table_of((1000, 3000, 2000), (500, 1000), (500, 1000))
    close_gaps(body)

    assert widths(body, ".//w:gridCol") == [2000, 4000]
    assert widths(body, ".//w:tcW") == [1667, 3333, 1667, 3333]


def test_a_table_with_all_its_columns_stays() -> None:
    body = table_of((1000, 3000), (1250, 3750))
    close_gaps(body)

    assert widths(body, ".//w:gridCol") == [1000, 3000]
    assert widths(body, ".//w:tcW") == [1250, 3750]


def test_a_table_whose_rows_differ_stays() -> None:
    body = table_of((1000, 3000, 2000), (500, 1000), (500,))
    close_gaps(body)

    assert widths(body, ".//w:gridCol") == [1000, 3000, 2000]
