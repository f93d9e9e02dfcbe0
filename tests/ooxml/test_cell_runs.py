"""What stands in a cell of an appendix table: looks, links, pictures, turned words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from docgen.errors import Location
from docgen.model import TableCell, TableRow, TextLook, TextRun
from docgen.ooxml import read_picture
from docgen.ooxml.cell_runs import (
    attached_to,
    cell_paragraphs,
    direction_xml,
    row_heights,
    turned_size,
)
from tests.support.pictures import picture

RUN = re.compile(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t [^>]*>([^<]*)</w:t></w:r>")


def cell(text: str, **looks: Any) -> TableCell:
    return TableCell(text, Location(), **looks)


def run(text: str, **look: Any) -> TextRun:
    return TextRun(text, TextLook(**look))


def runs_in(xml: str) -> list[tuple[str, str]]:
    """Return the looks and the text of each run."""
    return [
        (" ".join(re.findall(r"<w:([^/]*)/>", looks)), text) for looks, text in RUN.findall(xml)
    ]


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ({}, ""),
        ({"is_bold": True}, "b"),
        ({"is_italic": True, "is_struck": True}, "i strike"),
        ({"underline": "single"}, 'u w:val="single"'),
        ({"underline": "double", "is_bold": True}, 'b u w:val="double"'),
        ({"shift": "super"}, 'vertAlign w:val="superscript"'),
        ({"shift": "sub", "underline": "single"}, 'u w:val="single" vertAlign w:val="subscript"'),
    ],
)
def test_looks_stand_in_the_order_of_the_schema(look: dict[str, Any], shown: str) -> None:
    made = cell("слово", runs=(run("слово", **look),))
    assert runs_in(cell_paragraphs(made, "", 2000)) == [(shown, "слово")]


def test_a_line_end_inside_a_piece_begins_a_paragraph_of_the_same_look() -> None:
    made = cell(
        "а\nб\nв г", runs=(run("а\nб", is_struck=True), run("\nв "), run("г", shift="super"))
    )
    paragraphs = cell_paragraphs(made, "<w:jc/>", 2000).split("</w:p>")[:-1]
    assert [runs_in(one) for one in paragraphs] == [
        [("strike", "а")],
        [("strike", "б")],
        [("", "в "), ('vertAlign w:val="superscript"', "г")],
    ]
    assert all("<w:jc/>" in one for one in paragraphs)


def test_signs_of_xml_in_pieces_are_text() -> None:
    xml = cell_paragraphs(cell("a<b>&", runs=(run("a<b>&", is_struck=True),)), "", 2000)
    assert "a&lt;b&gt;&amp;" in xml


def test_a_link_holds_the_words_and_is_attached() -> None:
    made = cell("сайт\nшколы", link="https://a.ru")
    xml = cell_paragraphs(made, "", 2000)
    (part,) = attached_to([TableRow(1, (made, None))])
    assert (part.target, part.is_outside) == ("https://a.ru", True)
    assert xml.count(f'<w:hyperlink r:id="{part.relation}">') == 2


def test_a_link_to_a_file_is_words_alone() -> None:
    made = cell("план", link="file:///c:/план.xlsx")
    assert "hyperlink" not in cell_paragraphs(made, "", 2000)
    assert attached_to([TableRow(1, (made,))]) == ()


def test_a_picture_is_no_wider_than_its_cell() -> None:
    one = read_picture(picture((600, 300)), "а.png")
    made = cell("", pictures=(one, one))
    xml = cell_paragraphs(made, "", 124 + 1440)
    assert xml.count("<w:p>") == 2
    assert re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', xml) == [("914400", "457200")] * 2
    assert len(attached_to([TableRow(1, (made,))])) == 1


@pytest.mark.parametrize(("turned", "shown"), [("up", "btLr"), ("down", "tbRl"), ("", "")])
def test_a_turned_cell_says_which_way(turned: str, shown: str) -> None:
    assert re.findall(
        r'textDirection w:val="(\w+)"', direction_xml(cell("слово", turned=turned))
    ) == ([shown] if shown else [])


def test_an_empty_cell_is_not_turned() -> None:
    assert direction_xml(cell("", turned="up")) == direction_xml(None) == ""


def test_a_turned_cell_is_as_high_as_its_words_and_as_wide_as_its_lines() -> None:
    short = turned_size(cell("Срок", turned="up"), is_bold=True)
    two = turned_size(cell("Срок\nСрок", turned="up"), is_bold=True)
    long = turned_size(
        cell("Ответственный за исполнение мероприятия по плану", turned="up"), is_bold=True
    )
    assert (two[0], two[1]) == (2 * short[0], short[1])
    assert short[1] < long[1] < 4000
    assert long[0] > short[0]


def test_a_turned_cell_over_two_rows_shares_its_height() -> None:
    both = cell("Ответственный", turned="up", rows=2)
    alone = cell("Ответственный", turned="up")
    whole = row_heights([TableRow(1, (alone,))], 0)
    halves = row_heights([TableRow(1, (both,)), TableRow(2, (None,))], 0)
    assert sum(halves) >= whole[0] > halves[0] == halves[1] > 0
    assert row_heights([TableRow(1, (cell("слово"),))], 1) == [0]
