"""Marks of pictures and addresses become pictures and links, in the run where they stand."""

from __future__ import annotations

import re

import pytest

from docgen.ooxml import read_picture
from docgen.ooxml.attachment_marks import (
    address_mark,
    has_marks,
    picture_mark,
    settle_marks,
    without_addresses,
)
from docgen.ooxml.word_xml import NAMESPACES
from tests.support.pictures import picture

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in NAMESPACES.items())
ONE = read_picture(picture(), "а.png")
MARK = picture_mark(ONE)


def body(inside: str) -> str:
    return f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"


def paragraph(text: str, look: str = "") -> str:
    return f"<w:p>{look}<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t><w:tab/></w:r></w:p>"


def linked(address: str) -> str:
    text = f"<w:r><w:t>{address_mark(7, address)}</w:t></w:r><w:r><w:t>сайт</w:t></w:r>"
    return body(f"<w:p><w:hyperlink>{text}</w:hyperlink></w:p>")


def test_a_picture_stands_between_the_words_of_its_run() -> None:
    made = settle_marks(body(paragraph(f"до {MARK}{MARK} после")), {MARK: ONE}, widest_mm=165)
    order = re.findall(r"<w:(t|drawing|tab)[ />]", made.xml)
    assert order == ["t", "drawing", "drawing", "t", "tab"]
    assert [one.data for one in made.attached] == [picture()]
    assert not has_marks(made.xml)


def test_a_mark_that_somebody_typed_is_left_as_it_is() -> None:
    typed = MARK.replace("a", "b").replace("0", "1")
    made = settle_marks(body(paragraph(f"{typed} и {MARK}")), {MARK: ONE}, widest_mm=165)
    assert typed in made.xml
    assert made.xml.count("<w:drawing>") == 1


def test_a_picture_is_no_wider_than_the_text_or_its_cell() -> None:
    width = '<w:tc><w:tcPr><w:tcW w:w="797" w:type="dxa"/></w:tcPr>'
    table = f"<w:tbl><w:tr>{width}{paragraph(MARK)}</w:tc></w:tr></w:tbl>"
    made = settle_marks(body(paragraph(MARK) + table), {MARK: ONE}, widest_mm=12)
    assert re.findall(r'extent cx="(\d+)"', made.xml) == ["432000", "360045"]


def test_a_line_of_exact_height_makes_room() -> None:
    look = '<w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr>'
    made = settle_marks(body(paragraph(MARK, look)), {MARK: ONE}, widest_mm=165)
    assert 'w:lineRule="atLeast"' in made.xml


def test_an_address_becomes_the_target_of_its_link() -> None:
    made = settle_marks(linked("mailto:a@b.ru"), {}, widest_mm=165)
    (part,) = made.attached
    assert part.target == "mailto:a@b.ru"
    assert f'<w:hyperlink r:id="{part.relation}"><w:r><w:t>сайт' in made.xml


@pytest.mark.parametrize("address", ["", "mailto:", "https://", "mailto:______ (почта)"])
def test_a_link_without_an_address_is_words(address: str) -> None:
    made = settle_marks(linked(address), {}, widest_mm=165)
    assert "hyperlink" not in made.xml
    assert ">сайт<" in made.xml
    assert not made.attached + made.faults


def test_a_wrong_address_is_a_fault_at_the_paragraph_of_the_template() -> None:
    made = settle_marks(linked("javascript:alert(1)"), {}, widest_mm=165)
    ((number, message),) = made.faults
    assert number == 7
    assert "javascript:alert(1)" in message


def test_addresses_are_no_words_of_the_template() -> None:
    mark = address_mark(1, "http://{{ а }}")
    assert without_addresses(f"до{mark}после") == f"до{chr(10) * len(mark)}после"
