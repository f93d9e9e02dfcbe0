"""Rows of tables that are kept whole, split or repeat, as LibreOffice can print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.model import Table
from docgen.ooxml import HouseStyle
from docgen.ooxml.finish_body import finish_body
from docgen.ooxml.finisher import Finisher, _document_frame
from docgen.ooxml.word_tables import table_xml
from docgen.ooxml.word_xml import find_all, parse
from docgen.proof.file_proof import file_difference
from tests.support.builders import table
from tests.support.shipped import ROOT
from tests.support.table_shapes import lost_words, printed_tables, table_shapes, words_of

HEIGHT = 52
"""How many lines of table text an upright page holds."""


@pytest.fixture(scope="module")
def house() -> HouseStyle:
    return HouseStyle(ROOT / "templates_docx" / "стиль.docx")


def lines(count: int, word: str = "строка") -> str:
    return "\n".join(f"{word} {number}" for number in range(1, count + 1))


def in_body(content: str) -> str:
    head, tail = _document_frame()
    return f"{head}{content}<w:sectPr/>{tail}"


def marks(xml: str, house: HouseStyle, *, is_landscape: bool = False) -> list[str]:
    """Return for each row whether it is kept (к) and repeated (п), by both ways of finishing."""
    whole, _ = finish_body(xml, house, (), str, is_landscape=is_landscape)
    by_paragraphs = Finisher(house, str).finish(xml, (), is_landscape=is_landscape).document
    found = [
        [
            ("к" if find_all(row, "w:trPr/w:cantSplit") else "")
            + ("п" if find_all(row, "w:trPr/w:tblHeader") else "")
            for row in find_all(parse(document), ".//w:tr")
        ]
        for document in (whole, by_paragraphs)
    ]
    assert found[0] == found[1]
    return found[0]


def marks_of(made: Table, house: HouseStyle, *, is_landscape: bool = False) -> list[str]:
    xml = table_xml(
        made,
        width=house.text_width(is_landscape=is_landscape),
        header_style="TableHeading",
        text_style="TableText",
    )
    return marks(in_body(xml), house, is_landscape=is_landscape)


@pytest.mark.parametrize(
    ("count", "is_landscape", "is_kept"),
    [
        (HEIGHT // 3 - 1, False, True),
        (HEIGHT // 3 + 2, False, False),
        (60, False, False),
        (9, True, True),
        (13, True, False),
    ],
)
def test_a_row_higher_than_a_third_of_its_page_may_split(
    house: HouseStyle, count: int, *, is_landscape: bool, is_kept: bool
) -> None:
    made = table(("№", "Дело"), ("1", lines(count)), ("2", "сбор"))
    row = "к" if is_kept else ""
    assert marks_of(made, house, is_landscape=is_landscape) == ["кп", row, "к"]


def test_running_words_are_measured_as_lines_are_broken(house: HouseStyle) -> None:
    made = table(("№", "Дело"), ("1", "сопровождение наставников " * 90), ("2", "слова " * 90))
    assert marks_of(made, house) == ["кп", "", "к"]


@pytest.mark.parametrize(("count", "heading"), [(5, "кп"), (16, "кп"), (19, ""), (60, "")])
def test_a_heading_higher_than_a_third_of_its_page_is_not_repeated(
    house: HouseStyle, count: int, heading: str
) -> None:
    assert marks_of(table(("№", lines(count)), ("1", "сбор")), house) == [heading, "к"]


def test_rows_of_a_heading_count_together(house: HouseStyle) -> None:
    rows = (("№", lines(9)), ("", lines(9)), ("1", "сбор"))
    assert marks_of(table(*rows, header_rows=2), house) == ["", "", "к"]


def row_xml(
    text: str, *, before: str = "", width: int = 4000, marks: str = "<w:cantSplit/>"
) -> str:
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{before}{paragraphs}</w:tc>'
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cell}</w:tr>"


def own_table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def test_rows_of_a_templates_own_table_split_when_their_values_are_long(house: HouseStyle) -> None:
    heading = row_xml("Дело", marks="<w:cantSplit/><w:tblHeader/>")
    made = own_table(heading, row_xml(lines(5)), row_xml(lines(30)), row_xml("слово " * 200))
    assert marks(in_body(made), house) == ["кп", "к", "", ""]


def test_a_table_inside_a_cell_makes_its_row_high(house: HouseStyle) -> None:
    inner = own_table(*[row_xml(lines(4), marks="") for _ in range(6)])
    made = own_table(row_xml("после", before=inner), row_xml("сбор"))
    assert marks(in_body(made), house) == [*[""] * 7, "к"]


def test_what_a_merged_cell_has_too_much_is_the_height_of_its_last_row(house: HouseStyle) -> None:
    def cells(merge: str, text: str, beside: str) -> str:
        left = (
            f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{merge}</w:tcPr>'
            + "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in text.split("\n"))
            + "</w:tc>"
        )
        right = f"<w:tc><w:p><w:r><w:t>{beside}</w:t></w:r></w:p></w:tc>"
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{left}{right}</w:tr>"

    made = own_table(
        cells('<w:vMerge w:val="restart"/>', lines(40), "а"),
        cells("<w:vMerge/>", "", "б"),
        cells("", "в", "г"),
    )
    assert marks(in_body(made), house) == ["к", "", "к"]


@pytest.mark.parametrize(("rows", "floats"), [(2, True), (20, False)])
def test_a_table_beside_the_text_stands_in_it_when_it_is_high(
    house: HouseStyle, rows: int, *, floats: bool
) -> None:
    place = '<w:tblpPr w:vertAnchor="text" w:tblpY="100"/>'
    made = own_table(*[row_xml(lines(2), marks="") for _ in range(rows)])
    xml = in_body(made.replace("<w:tblPr/>", f"<w:tblPr>{place}</w:tblPr>"))
    whole, _ = finish_body(xml, house, (), str, is_landscape=False)
    by_paragraphs = Finisher(house, str).finish(xml, (), is_landscape=False).document
    assert whole == by_paragraphs
    assert (b"tblpPr" in whole) == floats


def test_a_row_of_an_exact_height_grows_with_its_text(house: HouseStyle) -> None:
    exact = '<w:trHeight w:val="300" w:hRule="exact"/>'
    made = own_table(row_xml(lines(3), marks=exact), row_xml("сбор", marks=""))
    document, _ = finish_body(in_body(made), house, (), str, is_landscape=False)
    assert b'hRule="exact"' not in document
    assert b'hRule="atLeast"' in document


@pytest.mark.office
def test_no_word_of_three_hundred_tables_is_lost(tmp_path: Path) -> None:
    tables = table_shapes(300)
    papers = printed_tables(tables, tmp_path)
    assert lost_words(words_of(tables), [pdf for _, pdf in papers]) == []
    assert [found for docx, pdf in papers if (found := file_difference(docx, pdf))] == []
