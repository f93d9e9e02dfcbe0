"""Templates as they are opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import ooxml
from docgen.errors import TemplateError
from tests.support.small_docx import with_part, write_docx, write_style


def test_a_document_without_a_body_is_refused(tmp_path: Path) -> None:
    house = ooxml.HouseStyle(write_style(tmp_path / "с.docx"))
    docx = with_part(write_docx(tmp_path / "а.docx"), "word/document.xml", b"<a/>")
    with pytest.raises(TemplateError, match="нет текста"):
        ooxml.open_template(docx, house, is_block=False)
