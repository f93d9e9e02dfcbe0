"""Files held to each other: a PDF that cannot be read proves nothing, and is never passed."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from docgen.pages.syntax import BrokenPdfError
from docgen.proof.file_proof import file_difference
from tests.support.painted_pdfs import painted_docx
from tests.support.small_docx import write_docx


def with_meanings(data: bytes, table: bytes) -> bytes:
    """Return a PDF whose font says something else of its codes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].Resources.Font.F1.ToUnicode.write(table)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def test_a_font_that_spells_no_letters_proves_nothing(tmp_path: Path) -> None:
    docx = write_docx(tmp_path / "paper.docx", "Назначить наставника")
    data = painted_docx(docx.read_bytes())
    assert file_difference(docx, data) is None
    with pytest.raises(BrokenPdfError):
        file_difference(docx, with_meanings(data, b"beginbfchar <0001> <041> endbfchar"))


def test_a_document_that_cannot_be_read_proves_nothing(tmp_path: Path) -> None:
    docx = write_docx(tmp_path / "paper.docx", "Назначить наставника")
    data = painted_docx(docx.read_bytes())
    with pytest.raises(BrokenPdfError):
        file_difference(docx.read_bytes()[:200], data)
