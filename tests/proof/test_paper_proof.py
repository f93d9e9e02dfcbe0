"""Pages held to their documents: what passes, what is refused, and with which page and words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docgen.ooxml.word_xml import WORD
from docgen.pages.page_commands import PaintedBlock
from docgen.pdf.refusals import what_differs
from docgen.proof.paper_proof import PageDifference, PageFault, difference, paper_of
from docgen.proof.paper_words import read_paper

MARGIN = '<w:sectPr xmlns:r="{0}"><w:headerReference w:type="default" r:id="h"/>{1}</w:sectPr>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAGE_FIELD = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'


def said(text: str, look: str = "") -> str:
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(*texts: str, merge: str = "") -> str:
    properties = f"<w:tcPr>{merge}</w:tcPr>" if merge else ""
    return f"<w:tc>{properties}{''.join(said(text) for text in texts) or '<w:p/>'}</w:tc>"


def row(*cells: str, heading: bool = False) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if heading else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def checked(
    body: str, *pages: str, header: str = "", title: bool = False, styles: str = ""
) -> PageDifference | None:
    """Hold pages, the blocks of each apart by bars, to a body."""
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}'.encode(),
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'.encode(),
    }
    section = ""
    if header:
        section = MARGIN.format(RELATIONS, "<w:titlePg/>" if title else "")
        parts["word/header1.xml"] = f'<w:hdr xmlns:w="{WORD}">{header}</w:hdr>'.encode()
        parts["word/_rels/document.xml.rels"] = (
            b'<Relationships><Relationship Id="h" Target="header1.xml"/></Relationships>'
        )
    parts["word/document.xml"] += f"{section}</w:body></w:document>".encode()
    return difference(paper_of(read_paper(parts)), [blocks(page.split("|")) for page in pages])


def blocks(texts: Sequence[str]) -> list[PaintedBlock]:
    """Return blocks one below the other."""
    painted = [text.strip().replace(" ", "") for text in texts]
    return [
        PaintedBlock(text, 50.0, 800.0 - 20 * number, 50.0 + 5 * len(text), 14.0)
        for number, text in enumerate(painted)
        if text
    ]


SPLIT = table(
    row(cell("Срок"), cell("Дело"), heading=True),
    row(cell("май", "и июнь"), cell("первое", "второе", "третье")),
    row(cell("август"), cell("конец")),
)
MERGED = table(
    row(cell("Год", "и ещё год", merge=BEGINS), cell("раз")),
    row(cell(merge=GOES_ON), cell("два")),
    row(cell("итог"), cell("три")),
)
BLANK = table(
    row(cell("№"), cell("Подпись"), heading=True),
    row(cell("1"), cell()),
    *[row(cell(), cell())] * 9,
)
"""Rows to be filled in by hand, which may reach over several pages."""
NESTED = table(row(cell("до") + f"<w:tc>{table(row(cell('а'), cell('б')))}{said('после')}</w:tc>"))


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (said("Назначить наставника"), ["Назначить | наставника"]),
        (said("Раз") + said("Два"), ["Раз", "Два"]),
        (said("длинный абзац"), ["длинный", "абзац"]),
        (
            SPLIT,
            [
                "Срок | Дело | май | первое",
                "Срок | Дело | и июнь | второе | третье | август | конец",
            ],
        ),
        (SPLIT, ["Срок|Дело|май|и июнь|первое", "Срок|Дело|второе|третье|август|конец"]),
        (SPLIT, ["Срок|Дело|май|и июнь|первое|второе|третье", "август|конец"]),
        (MERGED, ["Год | и ещё год | раз | два | итог | три"]),
        (MERGED, ["Год | раз", "и ещё год | два | итог | три"]),
        (BLANK, ["№ | Подпись | 1"]),
        (BLANK, ["№ | Подпись | 1", "№ | Подпись", "№ | Подпись"]),
        (BLANK + said("Директор"), ["№ | Подпись | 1", "№ | Подпись | Директор"]),
        (BLANK + BLANK, ["№ | Подпись | 1", "№|Подпись|№|Подпись|1", "№|Подпись"]),
        (NESTED, ["до | а | б | после"]),
        (NESTED, ["до | а", "б | после"]),
        (said("«№\u00a0273\u2011ФЗ»"), ["«№ 273-ФЗ»"]),
        (said("пере\u00adнос"), ["перенос"]),
        (said("пере\u00adнос"), ["пере-|нос"]),
        (said("и\u0306"), ["й"]),
        ("<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r></w:p>", ["1-2"]),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>приказ</w:t></w:r></w:p>", ["ПРИКАЗ"]),
        (
            "<w:p><w:r><w:t>видно</w:t></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>нет</w:t></w:r></w:p>",
            ["видно"],
        ),
        (
            '<w:p><w:pPr><w:tabs><w:tab w:leader="underscore"/></w:tabs></w:pPr>'
            "<w:r><w:t>Дата</w:t><w:tab/><w:t>Подпись</w:t></w:r></w:p>",
            ["Дата | _____ | Подпись"],
        ),
        ("", [""]),
        (said("конец"), ["конец", ""]),
    ],
)
def test_pages_that_say_the_document_pass(body: str, pages: Sequence[str]) -> None:
    assert checked(body, *pages) is None


@pytest.mark.parametrize(
    ("body", "pages", "page", "missing", "painted"),
    [
        (
            said("Назначить Иванова"),
            ["Назначить Петрова"],
            1,
            "НазначитьИванова",
            "НазначитьПетрова",
        ),
        (said("Назначить") + said("Иванова"), ["Назначить | Иваново"], 1, "Иванова", "Иваново"),
        (said("Раз") + said("Два"), ["Два | Раз"], 1, "Раз", "Два"),
        (said("Раз") + said("Два"), ["Раз"], 1, "Два", ""),
        (said("Раз"), ["Раз | Раз"], 1, "", "Раз"),
        (said("Раз"), ["", "Раз", "Раз"], 3, "", "Раз"),
        (SPLIT, ["Срок|Дело|май|и июнь|первое|второе", "Срок|Дело|август|конец"], 2, "", ""),
        (MERGED, ["Год | раз | два | итог | три"], 1, "", ""),
        (BLANK, ["№ | Подпись | 1", "№ | Подпись | №"], 2, "", "№"),
        (BLANK, ["№ | Подпись | 1", "№"], 2, "", "№"),
        (BLANK + said("Директор"), ["№|Подпись|1|Директор", "№|Подпись"], 2, "", "№"),
        (said("Приказ"), ["приказ"], 1, "Приказ", "приказ"),
    ],
)
def test_pages_that_say_something_else_are_refused_with_their_place(
    body: str, pages: Sequence[str], page: int, missing: str, painted: str
) -> None:
    found = checked(body, *pages)
    assert found is not None
    assert found.page == page
    assert found.missing.startswith(missing)
    assert found.painted.startswith(painted)


def test_page_numbers_stand_where_the_section_puts_them() -> None:
    body = said("Раз") + said("Два")
    assert checked(body, "1 | Раз", "2 | Два", header=PAGE_FIELD) is None
    assert checked(body, "Раз", "2 | Два", header=PAGE_FIELD, title=True) is None
    assert checked(body, "1 | Раз", "3 | Два", header=PAGE_FIELD) is not None
    assert checked(body, "Раз", "Два", header=PAGE_FIELD) is not None
    assert checked(body, "1 | Раз", "2 | Два", header=PAGE_FIELD, title=True) is not None


@pytest.mark.parametrize("pages", [("I", "II"), ("i", "ii"), ("A", "B"), ("a", "b")])
def test_page_numbers_may_be_written_in_other_figures(pages: tuple[str, str]) -> None:
    body = said("Раз") + said("Два")
    first, second = pages
    assert checked(body, f"{first} | Раз", f"{second} | Два", header=PAGE_FIELD) is None
    assert checked(body, f"{first} | Раз", f"{first} | Два", header=PAGE_FIELD) is not None


def test_capitals_of_a_style_are_those_of_its_basis() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = said("приказ", '<w:pPr><w:pStyle w:val="b"/></w:pPr>')
    assert checked(body, "ПРИКАЗ", styles=styles) is None
    assert checked(body, "приказ", styles=styles) is not None


def at(text: str, x: float, y: float, size: float = 14.0) -> PaintedBlock:
    return PaintedBlock(text, x, y, x + 7 * len(text), size)


@pytest.mark.parametrize(
    ("painted", "fault"),
    [
        ([at("Раз", 50, 700), at("Два", 50, 680)], None),
        ([at("Раз", 50, 700), at("Два", 50, 697)], PageFault.RUN_TOGETHER),
        ([at("Раз", 50, 700), at("Два", 50, 750)], PageFault.MISPLACED),
        ([at("Раз", 50, 700), at("Два", 150, 750)], None),
        ([at("Раз", 50, 700), at("Два", 50, 680, 2.0)], PageFault.TINY),
    ],
)
def test_lines_stand_where_they_can_be_read(
    painted: Sequence[PaintedBlock], fault: PageFault | None
) -> None:
    parts = {
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body>{said("Раз")}{said("Два")}</w:body></w:document>'
        ).encode()
    }
    found = difference(paper_of(read_paper(parts)), [painted])
    assert (None if found is None else found.fault) == fault
    assert found is None or str(found.page) in what_differs(b"", found)


def test_what_a_person_put_into_a_finished_document_is_counted_not_followed() -> None:
    body = said("Раз") + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' + said("Два")
    assert checked(body, "Два | 1 | Раз | 1 сноска") is None
    found = checked(body, "Два")
    assert found is not None
    assert set(found.missing) == set("Раз")
