"""Every .docx opens in Word as it was meant: valid, its fields whole, its references leading."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from docgen.packet import (
    CheckRow,
    CheckSheet,
    ClosingSheet,
    ContentsPages,
    ControlRow,
    ControlSheet,
    CopySource,
    CoverPages,
    MarginStamp,
    ServicePages,
    StampPages,
)
from docgen.packet.nouns import ContentsRow
from docgen.pipeline.products.service_pages import ServiceDrafts
from docgen.wording import Scope
from tests.support.full_example import write_full_example
from tests.support.shipped import ROOT, WORKSPACES, changed, prepared, rendered
from tests.support.small_root import run as run_command
from tests.support.word_fields import bookmark, field, heading, library_of, paragraph, run, simple
from tests.support.word_validity import faults_of

TEMPLATES = sorted((ROOT / "templates_docx").rglob("*.docx"))


@pytest.mark.parametrize("name", WORKSPACES)
def test_every_document_of_a_workspace_is_valid(name: str) -> None:
    faults = {key: faults_of(one.docx) for key, one in rendered(name).items()}
    assert {key: found for key, found in faults.items() if found} == {}


SERVICE: tuple[ServicePages, ...] = (
    CoverPages("К", "Копии", ("Школа № 1", "2026/2027"), 3, 9),
    ContentsPages("К", "Копии", (ContentsRow(1, "Приказ", 3, 4, 3, 4, 2),), 2, 3, 5),
    ContentsPages("К", "Копии", (ContentsRow(1, "Лист ознакомления", 0, 0, 0, 0, 0),), 0, 3, 3),
    ClosingSheet("К", "Копии", 5),
    ClosingSheet("К", "Копии", 5, has_drafts=True),
    CheckSheet(
        "К",
        "Копии",
        tuple(CheckRow(number, "Приказ", one, 3, 4) for number, one in enumerate(CopySource, 1)),
        4,
    ),
    ControlSheet(
        "К",
        "На подпись",
        (ControlRow(1, "Приказ", "директор", "Иванова М.П.", 1, 2, 3, 2, 100.0),),
        1,
        2,
        2,
        (("Петрова А.С.", 1),),
    ),
    StampPages(
        "К",
        (
            MarginStamp(1, 1, 2, 595, 842, is_certified=True),
            MarginStamp(2, 2, 2, 842, 595),
            MarginStamp(2, 2, 2, 842, 595, is_certified=True, says_signed=True, says_where=True),
            MarginStamp(2, 2, 2, 595, 842, is_certified=True, says_signed=True),
            MarginStamp(2, 2, 2, 595, 842, is_draft=True),
            MarginStamp(3, 3, 2, 595, 842, is_empty=True),
        ),
    ),
)


@pytest.mark.parametrize("name", ["school", "belgorod"])
def test_every_service_page_is_valid(name: str) -> None:
    ready = prepared(name)
    scope = Scope(ready.workspace, dt.date(2026, 9, 1), frozenset())
    drafts = ServiceDrafts(ready.library, ready.stamps, scope)
    pages = drafts.render(SERVICE)
    assert len(pages) == 9
    assert [faults_of(one) for one in pages] == [[]] * 9


def test_every_document_of_a_new_workspace_is_valid(tmp_path: Path) -> None:
    school = tmp_path / "школа"
    out = tmp_path / "out"
    write_full_example(school)
    assert run_command("build", school, "--no-pdf", "--out", out) == 0
    made = sorted(out.rglob("*.docx"))
    assert made
    assert {one.name: faults_of(one.read_bytes()) for one in made} == {one.name: [] for one in made}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_shipped_template_is_valid(path: Path) -> None:
    assert faults_of(path.read_bytes()) == []


BODY = (
    paragraph(run("см. "), field(r"REF _Ref1 \h"), run(" и "), field(r"REF _Ref2 \* Upper")),
    paragraph(run("{%p for имя in имена %}")),
    paragraph(bookmark("_Ref3", run("{{ имя }}", "<w:b/>")), run(" – "), field("REF _Ref3")),
    paragraph(bookmark("Метка", run("строка"))),
    paragraph(run("{%p endfor %}")),
    heading("Раздел"),
    paragraph(bookmark("_Ref1", run("пункт")), bookmark("_Ref2", run("слово"))),
    paragraph(run("Таблица "), field(r"SEQ Таблица \* ARABIC"), run(" из "), field(" PAGE ")),
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
)


def test_a_filled_template_of_many_fields_is_valid(tmp_path: Path) -> None:
    library = library_of(tmp_path, *BODY)
    assert [str(one) for one in library.check()] == []
    for names in ([], ["а"], ["а", "б", "в"]):
        docx = library.render("проба", {"имена": names}, title="Проба").docx
        assert faults_of(docx) == []


def _cell(text: str, properties: str = "") -> str:
    inner = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{inner}{paragraph(run(text))}</w:tc>"


DISORDER = (
    paragraph(run("а"), properties='<w:jc w:val="left"/><w:keepNext/><w:spacing w:after="0"/>'),
    paragraph(run("б", "<w:i/><w:b/><w:b/><w:rFonts w:ascii='Arial'/>")),
    "<w:tbl><w:tr>"
    + _cell("{% colspan 2 %}широкая", '<w:vAlign w:val="top"/><w:tcW w:w="9" w:type="dxa"/>')
    + "</w:tr><w:tr>"
    + _cell("{% cellbg 'FFFFFF' %}цвет", '<w:tcW w:w="9" w:type="dxa"/><w:vAlign w:val="top"/>')
    + "</w:tr><w:tr>"
    + paragraph(run("{%tr for имя in имена %}")).join(("<w:tc>", "</w:tc>"))
    + "</w:tr><w:tr>"
    + _cell("{% vm %}одна", '<w:tcW w:w="9" w:type="dxa"/><w:vAlign w:val="top"/>')
    + "</w:tr><w:tr>"
    + paragraph(run("{%tr endfor %}")).join(("<w:tc>", "</w:tc>"))
    + "</w:tr></w:tbl>",
)


def test_what_other_programs_wrote_in_disorder_is_put_into_order(tmp_path: Path) -> None:
    library = library_of(tmp_path, *DISORDER)
    assert [str(one) for one in library.check()] == []
    docx = library.render("проба", {"имена": ["а", "б"]}, title="Проба").docx
    assert faults_of((tmp_path / "проба.docx").read_bytes()) != []
    assert faults_of(docx) == []


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r"<w:pStyle [^>]*/>", '<w:jc w:val="left"/><w:keepNext/>', "not expected"),
        (r"<w:pgSz ", "<w:size ", "not expected"),
        ("</w:body>", '<w:p><w:bookmarkStart w:id="1" w:name="a"/></w:p></w:body>', "not closed"),
        (
            "<w:sectPr>",
            f"{paragraph(simple('REF x'))}<w:sectPr>",
            "leads to «x»",
        ),
        (
            "<w:sectPr>",
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:sectPr>',
            "not closed",
        ),
        ("<w:sectPr>", '<w:p><w:hyperlink w:anchor="x"/></w:p><w:sectPr>', "link to «x»"),
        ("<w:sectPr>", '<w:p><w:hyperlink r:id="x"/></w:p><w:sectPr>', "relation x"),
        ("<w:sectPr>", '<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr></w:p><w:sectPr>', "style X"),
        ("<w:sectPr>", "<w:p><w:r><w:t>☐ да</w:t></w:r></w:p><w:sectPr>", "without a font"),
    ],
)
def test_what_word_would_repair_is_found(pattern: str, replacement: str, fault: str) -> None:
    document = next(iter(rendered("school").values())).docx
    assert faults_of(document) == []

    def spoil(xml: str) -> str:
        return re.sub(pattern, replacement, xml, count=1)

    found = faults_of(changed(document, "word/document.xml", spoil))
    assert any(fault in one for one in found), found
