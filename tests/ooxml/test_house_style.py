"""The house style: page, margins, styles."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.shared import Mm

from docgen import ooxml
from docgen.errors import TemplateError
from docgen.ooxml.zip_parts import read_parts
from tests.support.small_docx import styles_of, with_part, write_style


def test_the_house_style_knows_sheet_margins_and_styles(tmp_path: Path) -> None:
    house = ooxml.HouseStyle(write_style(tmp_path / "с.docx", margins=(30, 15, 20, 20)))
    assert house.text_width(is_landscape=False) == pytest.approx(Mm(165).twips, abs=3)
    assert house.text_width(is_landscape=True) == pytest.approx(Mm(257).twips, abs=3)
    assert house.style_id("текст приказа") == house.style_id("Текст приказа")
    assert house.style_id("Нет такого") is None


def test_styles_are_told_by_their_names_in_word(tmp_path: Path) -> None:
    styles = styles_of(write_style(tmp_path / "с.docx").read_bytes())
    assert {"Текст приказа", "Заголовок таблицы", "Normal"} <= set(styles)


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("word/header1.xml", b"<a/>"),
        ("word/_rels/document.xml.rels", b"<Relationships/>"),
        ("word/document.xml", b"<a/>"),
        ("word/styles.xml", b"<a/>"),
    ],
)
def test_a_style_that_has_lost_what_every_paper_takes_is_refused(
    tmp_path: Path, part: str, data: bytes
) -> None:
    path = write_style(tmp_path / "с.docx", header="страница")
    assert part in read_parts(path)
    with pytest.raises(TemplateError, match="возьмите исходный файл"):
        ooxml.HouseStyle(with_part(path, part, data))
