"""Page numbers of contents and references: those of the PDF, in the .docx as in the PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen import ooxml, pages
from docgen.errors import Problem
from docgen.ooxml import page_references, with_pages
from docgen.pages import Place
from docgen.pipeline.output.counted_pages import (
    uncounted_pages,
    with_known_pages,
    with_right_pages,
)
from tests.support.builders import write_text
from tests.support.small_root import files_below, made, make_root, make_school, run
from tests.support.word_fields import (
    bookmark,
    closed,
    field,
    heading,
    library_of,
    opened,
    page_break,
    paragraph,
    text_lines,
    write_template,
)
from tests.support.word_fields import run as words
from tests.support.word_validity import faults_of

CONTENTS = paragraph(opened(r' TOC \o "1-3" \h \z \u '), words("Старое\t77"), closed())
BODY = (
    CONTENTS,
    paragraph(words("см. стр. "), field(r" PAGEREF _Ref1 \h ", "99")),
    page_break(),
    heading("Раздел первый"),
    text_lines(60),
    heading("Раздел второй"),
    paragraph(bookmark("_Ref1", words("сюда"))),
)
KIND = """\
title = "Проба"
register = "пары"
per = "register"
output = "Пробы/Проба"
family = "paper"
"""


SHEETS = (
    paragraph(words("Приложение: на "), bookmark("sheets_1", words("___")), words(" л.")),
    page_break(),
    paragraph(bookmark("enclosure_1", ""), words("Приложение")),
)


def document(folder: Path) -> bytes:
    return library_of(folder, *BODY).render("проба", {}, title="Проба").docx


def test_pages_are_unknown_until_the_document_is_laid_out(tmp_path: Path) -> None:
    filled = library_of(tmp_path, *BODY).render("проба", {}, title="Проба")
    assert filled.has_page_references
    assert set(page_references(filled.docx).values()) == {"0"}


def test_other_numbers_change_nothing_else(tmp_path: Path) -> None:
    docx = document(tmp_path)
    assert with_pages(docx, page_references(docx)) == docx
    counted = with_pages(docx, {"_Ref1": "12"})
    assert page_references(counted)["_Ref1"] == "12"
    assert with_pages(counted, {"_Ref1": "0"}) == docx


def test_the_numbers_that_lie_there_are_the_first_guess(tmp_path: Path) -> None:
    docx = document(tmp_path)
    lying = tmp_path / "лежит.docx"
    assert with_known_pages(docx, lying) == docx
    lying.write_bytes(with_pages(docx, dict.fromkeys(page_references(docx), "4")))
    assert with_known_pages(docx, lying) == lying.read_bytes()
    lying.write_bytes(b"no document")
    assert with_known_pages(docx, lying) == docx


def test_numbers_that_never_agree_and_lost_places_are_problems(tmp_path: Path) -> None:
    docx = document(tmp_path)
    places = {name: Place(2, 0, 0) for name in page_references(docx)}
    first = with_right_pages(docx, places, 1, tmp_path)
    assert isinstance(first, bytes)
    assert set(page_references(first).values()) == {"2"}
    assert with_right_pages(first, places, 4, tmp_path) == first
    moving = with_right_pages(docx, places, 4, tmp_path)
    assert isinstance(moving, Problem)
    assert "не сходятся" in moving.message
    lost = with_right_pages(docx, {}, 1, tmp_path)
    assert isinstance(lost, Problem)
    assert "не найдена закладка" in lost.message


@pytest.mark.parametrize(
    ("places", "pages", "sheets"),
    [
        ({"enclosure_1": Place(2, 0, 0)}, 2, "1"),
        ({"enclosure_1": Place(2, 0, 0)}, 4, "3"),
        ({"enclosure_1": Place(2, 0, 0), "enclosure_2": Place(4, 0, 0)}, 9, "2"),
    ],
)
def test_an_enclosure_has_as_many_sheets_as_pages(
    tmp_path: Path, places: dict[str, Place], pages: int, sheets: str
) -> None:
    docx = library_of(tmp_path, *SHEETS).render("проба", {}, title="Проба").docx

    counted = with_right_pages(docx, places, 1, tmp_path, pages=pages)

    assert isinstance(counted, bytes)
    assert page_references(counted) == {"sheets_1": sheets}
    assert with_right_pages(counted, places, 4, tmp_path, pages=pages) == counted


def test_sheets_that_nobody_has_counted_are_a_line_to_write_on(tmp_path: Path) -> None:
    filled = library_of(tmp_path, *SHEETS).render("проба", {}, title="Проба")
    path = tmp_path / "письмо.docx"
    path.write_bytes(filled.docx)

    assert filled.has_page_references
    assert page_references(filled.docx) == {"sheets_1": "___"}
    assert "вместо числа листов приложения стоит черта" in uncounted_pages(path).message
    assert faults_of(filled.docx) == []


def test_an_enclosure_without_its_bookmark_is_a_problem(tmp_path: Path) -> None:
    docx = library_of(tmp_path, *SHEETS).render("проба", {}, title="Проба").docx

    lost = with_right_pages(docx, {}, 1, tmp_path, pages=2)

    assert isinstance(lost, Problem)
    assert "enclosure_1" in lost.message


@pytest.mark.office
def test_contents_and_references_have_the_pages_of_the_pdf(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    write_template(root / "templates_docx" / "проба.docx", *BODY)
    write_text(root / "templates_docx" / "проба.toml", KIND)
    out = tmp_path / "out"
    command = ["build", school, "--root", root, "--out", out, "--only", "проба", "--jobs", "1"]
    assert run(*command, "--no-pdf") == 0
    assert "--no-pdf" in capsys.readouterr().err
    assert run(*command) == 0
    (docx,) = made(out)
    (pdf,) = made(out / school.name / "pdf", ".pdf")
    texts = pages.text_of(pdf)
    assert [number for number, text in enumerate(texts, 1) if "Раздел второй" in text] == [1, 3]
    assert ooxml.body_text_of(docx)[:3] == [
        "Раздел первый\t2",
        "Раздел второй\t3",
        "см. стр. 3",
    ]
    assert "стр. 3" in texts[0]
    assert texts[0].count("2") == texts[0].count("3") - 1 == 1
    before = files_below(out)
    capsys.readouterr()
    assert run("plan", school, "--root", root, "--out", out, "--json") == 0
    planned = json.loads(capsys.readouterr().out)["documents"]
    assert [one["state"] for one in planned if one["kind"] == "проба"] == ["up to date"]
    assert run(*command) == 0
    after = files_below(out)
    assert {name for name in after if before.get(name) != after[name]} <= {
        f"{school.name}/ledger.sqlite"
    }


@pytest.mark.office
def test_a_letter_says_on_how_many_sheets_its_enclosure_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    write_template(root / "templates_docx" / "проба.docx", *SHEETS, text_lines(60))
    write_text(root / "templates_docx" / "проба.toml", KIND)
    out = tmp_path / "out"
    command = ["build", school, "--root", root, "--out", out, "--only", "проба", "--jobs", "1"]

    assert run(*command, "--no-pdf") == 0
    assert "вместо числа листов приложения стоит черта" in capsys.readouterr().err
    assert run(*command) == 0

    (docx,) = made(out)
    (pdf,) = made(out / school.name / "pdf", ".pdf")
    texts = pages.text_of(pdf)
    assert len(texts) == 3
    assert "на 2 л." in texts[0]
    assert ooxml.body_text_of(docx)[0] == "Приложение: на 2 л."


def test_a_document_without_pdf_is_valid_but_for_its_pages(tmp_path: Path) -> None:
    docx = document(tmp_path)
    assert faults_of(docx, may_be_uncounted=True) == []
    assert "shows no page" in faults_of(docx)[0]
    assert faults_of(with_pages(docx, dict.fromkeys(page_references(docx), "2"))) == []
