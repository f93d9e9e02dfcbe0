"""Bodies finished piece by piece are what they are when finished whole."""

from __future__ import annotations

import re

import pytest

from docgen import ooxml, russian
from docgen.errors import TemplateError
from docgen.ooxml.finish_body import finish_body
from docgen.ooxml.word_xml import NAMESPACES
from tests.support.small_docx import write_style

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in NAMESPACES.items())
LYING = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
MARK = '<w:p><w:bookmarkStart w:id="7" w:name="SIG"/><w:bookmarkEnd w:id="7"/></w:p>'


def line(text: str, look: str = "") -> str:
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(inner: str) -> str:
    return f"<w:tc>{inner}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{one}</w:tr>' for one in rows)}</w:tbl>"


BODIES = {
    "lines": line("от 1 сентября 2026 г. № 5 &amp; &lt;6&gt; &#34;да&#34;") + line("два\n\tтри"),
    "empty ends": f"{line('Раз')}<w:p/><w:p><w:pPr/></w:p><w:p><w:r/></w:p>",
    "empty runs": "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r></w:p>" + line("Раз"),
    "a closing table": line("Раз") + table(cell(line("а")) + cell("<w:p/>")),
    "tables side by side": table(cell(line("а"))) + table(cell(line("б"))) + line("Раз"),
    "empty rows and cells": table("", cell("")) + table("") + line("Раз"),
    "a lying section": line("Раз") + line("", f"<w:pPr>{LYING}</w:pPr>") + line("Два") + LYING,
    "bookmarks": MARK + line("Раз") + MARK + line("Два") + MARK,
    "a table in a table": table(cell(table(cell(line("а"))) + line("б"))) + line("Раз"),
    "paragraphs in a paragraph": f"<w:p><w:r><w:pict>{line('а')}</w:pict></w:r></w:p>{line('б')}",
    "two stops in two runs": "<w:p><w:r><w:t>до 2027 г.</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>",
    "a narrow cell": (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr>'
        f"{line('до 31 августа 2026 г.')}</w:tc></w:tr></w:tbl>"
    ),
    "a frame at the end": (
        f"{line('а')}<w:p><w:pPr><w:framePr/></w:pPr><w:r><w:t>б</w:t></w:r></w:p><w:p/>"
    ),
    "nothing": "",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> ooxml.HouseStyle:
    return ooxml.HouseStyle(write_style(tmp_path_factory.mktemp("house") / "стиль.docx"))


def in_document(body: str) -> str:
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("is_landscape", [False, True], ids=["standing", "lying"])
def test_pieces_come_to_the_whole(
    name: str, house: ooxml.HouseStyle, *, is_landscape: bool
) -> None:
    finisher = ooxml.Finisher(house, russian.typeset)
    headers_footers = house.headers_footers("")
    xml = in_document(BODIES[name])
    document, text = finish_body(
        xml, house, headers_footers, russian.typeset, is_landscape=is_landscape
    )
    made = ooxml.make_shared_parts(house, headers_footers, (), ()).to_docx(document, "Документ", {})
    for _ in range(2):
        body = finisher.finish(xml, headers_footers, is_landscape=is_landscape)
        assert body.document == document
        assert "\n".join(body.texts) == text
        assert "".join(body.printed) == "".join(ooxml.body_text_of(made))


@pytest.mark.parametrize("body", ["лишнее", f"{line('а')}лишнее", "<w:p>лишнее</w:p>", "<w:p>"])
def test_faults_are_told_of_the_whole(body: str, house: ooxml.HouseStyle) -> None:
    xml = in_document(body)
    with pytest.raises(TemplateError) as by_paragraphs:
        ooxml.Finisher(house, str).finish(xml, (), is_landscape=False)
    with pytest.raises(TemplateError) as whole:
        finish_body(xml, house, (), str, is_landscape=False)
    assert by_paragraphs.value.problems == whole.value.problems


def test_the_bookmark_of_another_branch_has_the_name_of_the_first(house: ooxml.HouseStyle) -> None:
    marks = "".join(
        f'<w:p><w:bookmarkStart w:id="{number}" w:name="{name}"/><w:r><w:t>____</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        for number, name in enumerate(("sign_2_b", "sign_2_b", "sign_4", "план_а"))
    )
    document, _ = finish_body(
        in_document(marks), house, house.headers_footers(""), russian.typeset, is_landscape=False
    )
    text = document.decode()
    names = re.findall(r'w:bookmarkStart[^>]*w:name="([^"]+)"', text)
    assert names == ["sign_2", "sign_2_2", "sign_4", "план_а"]
