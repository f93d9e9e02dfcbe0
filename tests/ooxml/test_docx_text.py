"""What a .docx says is read back."""

from __future__ import annotations

from pathlib import Path

from docgen.ooxml.docx_text import text_of
from tests.support.small_docx import write_docx, write_style


def test_text_is_read_from_headers_tables_and_body(tmp_path: Path) -> None:
    style = write_style(tmp_path / "с.docx", header="Шапка")
    assert text_of(style)[0] == "Шапка"
    docx = write_docx(tmp_path / "а.docx", "один\tдва", "", "три")
    assert text_of(docx) == text_of(docx.read_bytes()) == ["один\tдва", "", "три"]
