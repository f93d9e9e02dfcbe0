"""Comments of Word at paragraphs: where they stand, and that the rest of the file stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.errors import TemplateError
from docgen.ooxml import WordComment, with_comments
from docgen.ooxml.zip_parts import CONTENT_TYPES, read_parts, to_entry, to_zip
from tests.support.small_docx import opened, with_part, write_docx
from tests.support.word_validity import faults_of

SHAPE = (
    "<w:r {}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    "<w:p><w:r><w:t>внутри</w:t></w:r></w:p><w:p/>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def places(docx: bytes) -> list[tuple[str, str]]:
    """Return the paragraph that each comment covers, and what it says."""
    document = opened(docx)
    texts = {one.comment_id: one.text for one in document.comments}
    found = []
    for start in document.element.body.iter(qn("w:commentRangeStart")):
        number = start.get(qn("w:id"))
        paragraph = start.getparent()
        ends = [
            one.get(qn("w:id"))
            for tag in ("w:commentRangeEnd", "w:commentReference")
            for one in paragraph.iter(qn(tag))
        ]
        assert ends.count(number) == 2
        text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        found.append((text, texts[int(number)]))
    return found


def new_faults(made: bytes, before: bytes) -> list[str]:
    """Return why Word would repair the copy and not what it was made of."""
    known = set(faults_of(before))
    return [fault for fault in faults_of(made) if fault not in known]


def add_table(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "слева"
    table.cell(0, 1).text = "справа"
    document.add_paragraph("после таблицы")


def test_a_comment_covers_its_paragraph_counted_as_docgen_counts(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый", "второй", prepare=add_table)
    before = path.read_bytes()
    made = with_comments(
        path,
        [
            WordComment(0, "о файле"),
            WordComment(2, "о втором"),
            WordComment(4, "о ячейке"),
            WordComment(5, "о последнем\nв две строки"),
        ],
        "docgen",
    )
    assert places(made) == [
        ("первый", "о файле"),
        ("второй", "о втором"),
        ("справа", "о ячейке"),
        ("после таблицы", "о последнем\nв две строки"),
    ]
    assert {(one.author, one.initials) for one in opened(made).comments} == {("docgen", "d")}
    assert new_faults(made, before) == []
    assert path.read_bytes() == before


def test_comments_of_a_person_stay_with_their_numbers(tmp_path: Path) -> None:
    def comment(document: Any) -> None:
        document.add_comment(document.paragraphs[1].runs, "от юриста", "Петрова", "П")

    path = write_docx(tmp_path / "а.docx", "первый", "второй", prepare=comment)
    made = with_comments(path, [WordComment(1, "от docgen"), WordComment(1, "ещё")], "docgen")
    assert [(one.author, one.text) for one in opened(made).comments] == [
        ("Петрова", "от юриста"),
        ("docgen", "от docgen"),
        ("docgen", "ещё"),
    ]
    assert sorted(text for _, text in places(made)) == ["ещё", "от docgen", "от юриста"]
    assert new_faults(made, path.read_bytes()) == []


def test_everything_but_the_comments_is_as_it_was(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый", prepare=add_table)
    before = read_parts(path)
    after = read_parts(with_comments(path, [WordComment(1, "сказано")], "docgen"))
    changed = {name for name in before if before[name] != after[name]}
    relations = "word/_rels/document.xml.rels"
    assert changed == {"word/document.xml", relations, CONTENT_TYPES}
    assert after.keys() - before.keys() == {"word/comments.xml"}


def test_a_package_gets_the_properties_that_it_lacks(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый")
    parts = read_parts(path)
    del parts["docProps/core.xml"]
    for name, mark in (("_rels/.rels", b"core.xml"), (CONTENT_TYPES, b"core.xml")):
        data = parts[name]
        begin = data.rindex(b"<", 0, data.index(mark))
        parts[name] = data[:begin] + data[data.index(b">", begin) + 1 :]
    bare = to_zip(to_entry(name, data) for name, data in parts.items())
    made = with_comments(bare, [WordComment(1, "сказано")], "docgen")
    assert "docProps/core.xml" in read_parts(made)
    assert new_faults(made, bare) == []


def test_a_paragraph_inside_of_a_shape_is_commented_where_the_shape_stands(tmp_path: Path) -> None:
    def draw(document: Any) -> None:
        document.paragraphs[0]._p.append(parse_xml(SHAPE.format(nsdecls("w"))))

    path = write_docx(tmp_path / "а.docx", "с надписью", "с {{ тегом }}", prepare=draw)
    made = with_comments(
        path, [WordComment(2, "о надписи"), WordComment(2, "о теге", "{{ тегом }}")], "docgen"
    )
    assert places(made) == [("с надписьювнутри", "о надписи"), ("с {{ тегом }}", "о теге")]


def test_a_number_beyond_the_last_paragraph_stands_at_the_last(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый", "второй")
    assert places(with_comments(path, [WordComment(9, "о чём-то")], "docgen")) == [
        ("второй", "о чём-то")
    ]


def test_signs_that_xml_does_not_hold_are_left_out(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый")
    made = with_comments(path, [WordComment(1, "стоит\x0b <знак> & \ud800")], "docgen")
    assert places(made) == [("первый", "стоит <знак> & ")]


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "а.docx").write_bytes(b"<html>")
    with pytest.raises(TemplateError, match="не документ"):
        with_comments(tmp_path / "а.docx", [WordComment(1, "сказано")], "docgen")


def test_a_document_without_paragraphs_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "а.docx", "первый")
    empty = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    with pytest.raises(TemplateError, match="ни одного абзаца"):
        with_comments(with_part(path, "word/document.xml", empty), [], "docgen")
