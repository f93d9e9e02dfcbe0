"""Differences from the signed version are shown word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from docgen.pages import text_of
from tests.support.printing import converted
from tests.support.shipped import changed, one_of
from tests.support.signers import signed
from tests.support.small_pdfs import write_small_pdf
from tests.support.small_root import make_root, make_school, put, run


def docx(path: Path, *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_words_that_differ_are_told_with_their_paragraph(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = docx(tmp_path / "а.docx", "Приказ", "", "Назначить на срок до 28 мая", "Лишнее", "Всё")
    after = docx(tmp_path / "б.docx", "Приказ", "Назначить на срок до 31 мая", "Всё", "И ещё")
    assert run("diff", before, after) == 6
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == [f"было: {before}", f"стало: {after}"]
    assert printed[2:] == [
        "  абзац 2, после «на срок до»: было «28», стало «31»",
        "  абзац 2, после «до 28 мая»: убрано «Лишнее»",
        "  абзац 4: добавлено «И ещё»",
    ]
    assert run("diff", before, before) == 0
    assert "отличий в тексте нет" in capsys.readouterr().out


def test_pages_are_named_for_pdfs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = write_small_pdf(tmp_path / "a.pdf", ["one two", "three four"])
    after = write_small_pdf(tmp_path / "b.pdf", ["one two", "three five"])
    assert run("diff", before, after) == 6
    assert "страница 2, после «three»: было «four», стало «five»" in capsys.readouterr().out


def test_what_cannot_be_compared_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = write_small_pdf(tmp_path / "a.pdf", ["one"])
    word = docx(tmp_path / "a.docx", "one")
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"x")
    for first, second in ((pdf, broken), (broken, word)):
        assert run("diff", first, second) == 2
        assert "не открывается" in capsys.readouterr().err
    assert run("diff", pdf) == 2
    assert "назовите два файла" in capsys.readouterr().err


def test_a_signed_paper_is_compared_with_the_archive_and_with_registers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    assert run("build", school, "--no-pdf") == 0
    output = root / "output" / school.name
    paper = next(output.rglob("Приказ*147*.docx"))
    capsys.readouterr()
    assert run("diff", paper) == 2
    assert "подписанной версии нет" in capsys.readouterr().err
    put(school, "Приказы", "G2", "подписан")
    assert run("build", school, "--no-pdf") == 0
    capsys.readouterr()
    assert run("diff", paper) == 0
    put(school, "Приказы", "E2", "О введении наставничества")
    assert run("diff", paper) == 6
    printed = capsys.readouterr().out
    assert "стало: то, что реестры дают сейчас" in printed
    assert "было «внедрении», стало «введении»" in printed


@pytest.mark.office
def test_a_word_file_is_compared_with_a_pdf_and_with_a_signed_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_root(tmp_path)
    school = make_school(root)
    assert run("build", school, "--fields") == 0
    output = root / "output" / school.name
    for paper in sorted((output / "documents").rglob("*.docx")):
        pdf = output / "pdf" / paper.relative_to(output / "documents").with_suffix(".pdf")
        assert run("diff", paper, pdf) == 0
        assert run("diff", pdf, paper) == 0
    (paper,) = output.rglob("Приказ*147*.docx")
    (original,) = (output / "электронные подлинники").rglob("Приказ*147*.pdf")
    original.write_bytes(signed(original.read_bytes(), "руководитель", "Иванова Мария Петровна"))
    assert run("diff", paper) == 0
    put(school, "Приказы", "E2", "О введении наставничества")
    assert run("build", school) == 0
    capsys.readouterr()
    assert run("diff", paper) == 6
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"было: {original}"
    assert printed[2:] == ["  абзац 4, после «№ 147-од О»: было «внедрении», стало «введении»"]


@pytest.mark.office
def test_pages_that_repeat_a_heading_are_not_taken_for_another_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, order = one_of("приказ_о_парах"), tmp_path / "пары.docx"
    order.write_bytes(table[1].docx)
    pdf = converted([order], tmp_path)[order]
    assert isinstance(pdf, Path)
    assert len(text_of(pdf)) == 3
    assert run("diff", order, pdf) == 0
    longer = tmp_path / "длиннее.docx"
    xml = "word/document.xml"
    longer.write_bytes(changed(table[1].docx, xml, lambda text: text.replace("Черных", "Белых", 1)))
    capsys.readouterr()
    assert run("diff", longer, pdf) == 6
    (line,) = capsys.readouterr().out.splitlines()[2:]
    assert line.startswith("  страница 1, после «")
    assert line.endswith("»: было «Белых», стало «Черных»")
