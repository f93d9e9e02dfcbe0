"""Blank forms can be filled in Word, and are printed as they were before."""

from __future__ import annotations

import functools

import pytest
from lxml import etree

from docgen.ooxml.docx_text import text_of
from docgen.ooxml.fillable_forms import with_controls, without_controls
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts
from tests.support.shipped import one_of
from tests.support.word_validity import faults_of

FORMS = (
    "запрос_наставляемого",
    "согласие_на_обработку_данных",
    "согласие_на_распространение",
    "отзыв_согласия",
)
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}


@functools.cache
def form(kind: str) -> bytes:
    return one_of(kind, blank=True)[1].docx


def document(docx: bytes) -> etree._Element:
    return etree.fromstring(read_parts(docx)[DOCUMENT_PART])


def found(docx: bytes, path: str) -> list[etree._Element]:
    return document(docx).findall(path, SPACES)


def words(docx: bytes) -> list[str]:
    return [line.strip() for line in text_of(docx)]


@pytest.mark.parametrize("kind", FORMS)
def test_each_box_is_a_check_box_that_is_not_ticked(kind: str) -> None:
    boxes = found(form(kind), ".//w14:checkbox")

    assert len(boxes) == "".join(text_of(form(kind))).count("☐")
    states = {one.get(f"{{{SPACES['w14']}}}val") for box in boxes for one in (box[0],)}
    assert states <= {"0"}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_valid_and_has_the_same_bytes_each_time(kind: str) -> None:
    plain = without_controls(form(kind))

    assert faults_of(form(kind)) == []
    assert with_controls(plain) == with_controls(plain)


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_laid_out_says_the_same_without_controls(kind: str) -> None:
    plain = without_controls(form(kind))

    assert words(plain) == words(form(kind))
    assert found(plain, ".//w:sdt") == []
    assert b"documentProtection" not in read_parts(plain)["word/settings.xml"]
    assert b"documentProtection" in read_parts(form(kind))["word/settings.xml"]


def test_days_and_places_of_signature_stay_for_the_pen() -> None:
    controls = found(form("отзыв_согласия"), ".//w:sdt")
    shown = ["".join(map(str, one.itertext())) for one in controls]

    assert not [one for one in shown if "«" in one or "20" in one]
    signed = [
        paragraph
        for paragraph in found(form("отзыв_согласия"), ".//w:p")
        if paragraph.findall("w:bookmarkStart", SPACES)
    ]
    assert signed
    assert not [one for one in signed if one.findall(".//w:sdt", SPACES)]


def test_empty_lines_and_cells_can_be_typed_into() -> None:
    lines = found(form("запрос_наставляемого"), ".//w:sdt/w:sdtPr/w:text")
    # The name, the post, one line and two lines for words of one's own.
    assert len(lines) == 5
    assert len(found(form("согласие_на_распространение"), ".//w:tc/w:p/w:sdt/w:sdtPr/w:text")) > 5


def test_typed_words_stand_on_a_line() -> None:
    properties = found(form("отзыв_согласия"), ".//w:sdtPr[w:text]")

    assert any(one.find("w:rPr/w:u", SPACES) is not None for one in properties)


def test_a_paper_without_boxes_and_lines_stays_as_it_is() -> None:
    order = one_of("приказ_о_кураторе")[1].docx

    assert with_controls(order) == order
