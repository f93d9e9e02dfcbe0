"""Which fonts a .docx names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen import ooxml
from tests.support.small_docx import write_docx


def test_fonts_of_text_styles_and_theme_are_found(tmp_path: Path) -> None:
    def prepare(document: Any) -> None:
        document.paragraphs[0].runs[0].font.name = "PT Serif"

    docx = write_docx(tmp_path / "а.docx", "а", prepare=prepare)
    assert {"PT Serif", "Cambria"} <= set(ooxml.used_fonts(docx))
