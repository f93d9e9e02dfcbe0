"""Glyphs inside a PDF's fonts are held to those of the installed font, outline by outline."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from docgen.pages.syntax import BrokenPdfError
from docgen.pages.true_type import read_true_type
from docgen.proof.file_proof import file_difference
from tests.support.printing import converted
from tests.support.small_docx import write_docx

TEXT = "Ёлка, йод и Ъ: № 1264-р, «Артём Щукин» ½ ё"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("paper")
    docx = write_docx(folder / "paper.docx", TEXT)
    (made,) = converted([docx], folder / "pdf", jobs=1).values()
    assert isinstance(made, Path)
    return docx, made.read_bytes()


def with_program(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return a PDF whose first font is another file; its codes mean what they meant."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font, *_) = pdf.pages[0].Resources.Font.values()
        program = font.FontDescriptor.FontFile2
        program.write(change(program.read_bytes()))
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def with_font(data: bytes, change: Callable[[TTFont], None]) -> bytes:
    """Return a PDF whose first font was changed inside."""

    def changed(program: bytes) -> bytes:
        inner, stream = TTFont(io.BytesIO(program)), io.BytesIO()
        change(inner)
        inner.save(stream)
        return stream.getvalue()

    return with_program(data, changed)


def exchange(font: TTFont) -> None:
    glyphs = list(font["cmap"].tables[0].cmap.values())
    painting = [name for name in glyphs if font["glyf"][name].numberOfContours]
    first, second = painting[3], painting[5]
    shapes = font["glyf"].glyphs
    shapes[first], shapes[second] = shapes[second], shapes[first]


def erase(font: TTFont) -> None:
    glyphs = list(font["cmap"].tables[0].cmap.values())
    painting = [name for name in glyphs if font["glyf"][name].numberOfContours]
    font["glyf"].glyphs[painting[4]] = Glyph()


def keep(font: TTFont) -> None:
    font["head"].modified = 0


@pytest.mark.office
@pytest.mark.parametrize(("change", "is_right"), [(keep, True), (exchange, False), (erase, False)])
def test_a_letter_looks_as_in_its_font(
    paper: tuple[Path, bytes], change: Callable[[TTFont], None], is_right: bool
) -> None:
    docx, data = paper
    found = file_difference(docx, with_font(data, change))
    assert (found is None) == is_right
    assert found is None or (found.page == 1 and found.letter)


def in_form(data: bytes) -> bytes:
    """Return a PDF whose first page draws all that it drew as a form with its own fonts."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.contents_coalesce()
        form = pdf.make_stream(page.Contents.read_bytes())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Resources = page.MediaBox, page.Resources
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=form))
        page.Contents = pdf.make_stream(b"/X1 Do")
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@pytest.mark.office
def test_letters_of_a_form_look_as_in_their_font(paper: tuple[Path, bytes]) -> None:
    docx, data = paper
    assert file_difference(docx, in_form(data)) is None
    found = file_difference(docx, in_form(with_font(data, exchange)))
    assert found is not None
    assert found.letter


def without_codes(program: bytes) -> bytes:
    return program.replace(b"cmap", b"CMAP", 1)


@pytest.mark.office
@pytest.mark.parametrize("change", [without_codes, lambda _: b"no font"])
def test_a_pdf_with_a_broken_font_proves_nothing(
    paper: tuple[Path, bytes], change: Callable[[bytes], bytes]
) -> None:
    docx, data = paper
    with pytest.raises(BrokenPdfError):
        file_difference(docx, with_program(data, change))


@pytest.mark.parametrize("data", [b"", b"OTTO\0\1", b"\0\1\0\0\0\1" + bytes(40)])
def test_a_font_of_another_sort_is_not_read(data: bytes) -> None:
    with pytest.raises(BrokenPdfError):
        read_true_type(data)
