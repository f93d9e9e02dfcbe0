"""The fonts of a PDF are those of the style and travel with it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from docgen.errors import Problem
from docgen.files import file_digest
from docgen.fonts import typeface_names
from docgen.pages import BrokenPdfError, typefaces_of
from docgen.pages.typefaces import Typeface
from docgen.pipeline import verify_output
from tests.support.small_pdfs import small_pdf

SERIF = ["LiberationSerif", "LiberationSerif-Bold"]


def with_font(name: str, *, is_embedded: bool) -> bytes:
    """Return a page whose only font is called so."""
    with pikepdf.open(io.BytesIO(small_pdf(["Приказ"]))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                item.BaseFont = pikepdf.Name(f"/ABCDEF+{name}")
                file = pdf.make_stream(b"font")
                descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor)
                if is_embedded:
                    descriptor.FontFile2 = file
                item.FontDescriptor = pdf.make_indirect(descriptor)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def leave(output: Path, pdf: bytes, *, fonts: list[str], is_frozen: bool = False) -> Path:
    """Leave a paper with its manifest as a build would."""
    docx, path = output / "documents/Приказ.docx", output / "pdf/Приказ.pdf"
    for file, data in ((docx, b"docx"), (path, pdf)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    paper = {
        "docx": "documents/Приказ.docx",
        "pdf": "pdf/Приказ.pdf",
        "pages": 1,
        "frozen": is_frozen,
        "sha256": {"docx": file_digest(docx), "pdf": file_digest(path)},
    }
    manifest = {"versions": {"fonts": fonts}, "documents": [paper], "packets": []}
    (output / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return path


def of_fonts(output: Path) -> list[Problem]:
    """Return what is wrong with fonts; that the made-up .docx is none is another matter."""
    return [one for one in verify_output(output) if "шрифт" in one.message]


def test_a_font_is_named_without_the_mark_of_its_subset() -> None:
    pdf = with_font("LiberationSerif-Bold", is_embedded=True)
    assert typefaces_of(pdf) == [Typeface("LiberationSerif-Bold", is_embedded=True)]


def test_what_is_no_pdf_has_no_fonts() -> None:
    with pytest.raises(BrokenPdfError):
        typefaces_of(b"nothing")


def test_fonts_of_the_style_are_as_they_should_be(tmp_path: Path) -> None:
    leave(tmp_path, with_font("LiberationSerif", is_embedded=True), fonts=SERIF)
    assert of_fonts(tmp_path) == []


def test_another_font_is_told_with_its_file(tmp_path: Path) -> None:
    path = leave(tmp_path, with_font("DejaVuSans", is_embedded=True), fonts=SERIF)
    (problem,) = of_fonts(tmp_path)
    assert problem.code == "verify-failed"
    assert problem.where.file == str(path)
    assert "шрифт «DejaVuSans» не из файла стиля (там LiberationSerif," in problem.message


def test_a_font_that_stays_at_home_is_told(tmp_path: Path) -> None:
    leave(tmp_path, with_font("LiberationSerif", is_embedded=False), fonts=SERIF)
    (problem,) = of_fonts(tmp_path)
    assert "шрифт «LiberationSerif» не вложен в PDF" in problem.message


def test_a_signed_paper_keeps_the_fonts_of_its_time(tmp_path: Path) -> None:
    leave(tmp_path, with_font("TimesNewRomanPSMT", is_embedded=True), fonts=SERIF, is_frozen=True)
    assert of_fonts(tmp_path) == []


def test_a_manifest_of_an_older_docgen_allows_any_font(tmp_path: Path) -> None:
    leave(tmp_path, with_font("DejaVuSans", is_embedded=True), fonts=[])
    assert of_fonts(tmp_path) == []


def test_a_family_is_known_by_the_names_of_what_prints_it() -> None:
    assert typeface_names(["Times New Roman"]) == [
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-BoldItalic",
        "LiberationSerif-Italic",
    ]
    assert typeface_names(["Нет такого"]) == []
