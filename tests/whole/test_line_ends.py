"""No line of a paper ends where words belong together, and none begins with a dash."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from docgen import ooxml, pages
from docgen.ooxml.finish_body import finish_body
from docgen.russian import typeset
from tests.support.printing import converted
from tests.support.shipped import ROOT

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in ooxml.word_xml.NAMESPACES.items())
SAID = (
    "от 29 декабря 2012 г. № 273-ФЗ; приказ № 147-од; распоряжение № 1264-р; письмо № Р-145;"
    " протокол № З-12; 10 % оклада; 31 августа 2026 г.; I полугодие; II квартал; 10 «А» класса;"
    " 5-й класс; статьёй 351.8; статьи 48; ст. 351.8; п. 3; пункт 2; часть 4; кв. 7; д. 5;"
    " ул. Мира; г. Грозный; 5 000 рублей; 2026/2027 учебный год; Т.П. Шапиро; Шапиро Т.П.;"
    " и т. д.; и др.; §§ 1, 2; пунктами 1, 2; 8 (4722) 32-42-15; 3 рабочих дней;"
    " педагог – педагог; да — нет"
)
PHRASES = [f"{phrase}," for phrase in SAID.split("; ")]
WORDS = ["утвердить", "порядок", "наставничества", "и", "возложить", "на", "него", "контроль"]
NARROWEST, WIDEST = 3200, 9000
PARAGRAPHS = 250


def paragraph_of(draw: random.Random) -> tuple[str, int]:
    """Return a text of phrases between other words, and how far it keeps from the right."""
    pieces = [draw.choice(PHRASES if draw.random() < 0.6 else WORDS) for _ in range(14)]
    return " ".join(pieces), 9638 - draw.randint(NARROWEST, WIDEST)


def in_paragraphs(texts: list[tuple[str, int]]) -> str:
    return "".join(
        f'<w:p><w:pPr><w:ind w:right="{right}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for (text, right), side in zip(texts, ["both", "left"] * len(texts), strict=False)
    )


def pieces_of(text: str) -> list[str]:
    """Return what must stand on one line, as it is printed."""
    held = [one for one in typeset(text).split(" ") if "\u00a0" in one or "\u2011" in one]
    return [plain(one) for one in held]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2011", "-")


@pytest.mark.office
def test_lines_of_every_width_part_nothing_that_belongs_together(tmp_path: Path) -> None:
    draw = random.Random(273)
    texts = [paragraph_of(draw) for _ in range(PARAGRAPHS)]
    house = ooxml.HouseStyle(ROOT / "templates_docx" / "стиль.docx")
    xml = f"<w:document {SPACES}><w:body>{in_paragraphs(texts)}</w:body></w:document>"
    body, _ = finish_body(xml, house, (), typeset, is_landscape=False)
    paper = tmp_path / "строки.docx"
    paper.write_bytes(ooxml.make_shared_parts(house, (), (), ()).to_docx(body, "Строки", {}))
    made = converted([paper], tmp_path / "pdf")[paper]
    assert isinstance(made, Path)

    lines = [plain(one).strip() for page in pages.text_of(made) for one in page.splitlines()]
    lines = [re.sub(" +", " ", one) for one in lines if one]
    assert len(lines) > 4 * PARAGRAPHS
    assert [one for one in lines if one[0] in "–—-"] == []
    wanted = Counter(piece for text, _ in texts for piece in pieces_of(text))
    assert len(wanted) > len(PHRASES) - 3
    printed = "\n".join(lines)
    assert [one for one in wanted if printed.count(one) < wanted[one]] == []
    assert "\u2011" not in "".join(pages.text_of(made))
