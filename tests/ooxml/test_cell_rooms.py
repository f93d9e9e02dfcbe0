"""In a narrow cell words that belong together part where they would, never inside a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import ooxml
from docgen.ooxml.cell_rooms import CellRoom, cell_rooms_of, widths_around
from docgen.ooxml.letter_widths import text_width
from docgen.ooxml.word_xml import parse
from docgen.russian import typeset
from tests.support.shipped import ROOT

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in ooxml.word_xml.NAMESPACES.items())


@pytest.mark.parametrize(
    ("text", "words", "printed"),
    [
        ("31 августа 2026 г.", "31 августа 2026 г.", "31~августа~2026~г."),
        ("31 августа 2026 г.", "31 августа", "31~августа 2026~г."),
        ("31 августа 2026 г.", "августа", "31 августа 2026~г."),
        ("педагог – педагог", "педагог –", "педагог~– педагог"),
        ("педагог – педагог", "педагог", "педагог – педагог"),
        ("3 рабочих дней", "3 рабочих", "3~рабочих дней"),
        ("Константинопольский К.К.", "Константинопольский", "Константинопольский К.К."),
        ("приказ № 147-од", "№ 147-од", "приказ №~147‑од"),
        ("приказ № 147-од", "147-", "приказ № 147-од"),
        ("до 31\u00a0мая", "31", "до 31~мая"),
    ],
)
def test_a_piece_wider_than_its_cell_parts_where_both_parts_are_short(
    text: str, words: str, printed: str
) -> None:
    room = CellRoom(text_width(words), is_bold=False)
    assert room.fit(text, typeset(text)) == printed.replace("~", "\u00a0")


UNTYPED = 'w:w="2000"'
WORDS = [
    "31",
    "августа",
    "2026",
    "г.",
    "–",
    "№",
    "147-од",
    "Т.П.",
    "Шапиро",
    "3",
    "рабочих",
    "дней",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.integers(1, 9000))
def test_what_is_fitted_says_the_same_and_holds_where_there_is_room(text: str, width: int) -> None:
    room = CellRoom(width, is_bold=True)
    held = typeset(text)
    fitted = room.fit(text, held)
    assert all(one in pair for one, *pair in zip(fitted, text, held, strict=True))
    for piece in fitted.split(" "):
        assert text_width(piece, is_bold=True) <= width or piece in text
    assert room.fit(text, held) == held or text_width(max(held.split(" "), key=len)) > width // 2


def test_rooms_are_read_from_cells_and_styles() -> None:
    def cell(width: str) -> str:
        return f"<w:tc><w:tcPr><w:tcW {width}/></w:tcPr><w:p/></w:tc>"

    margins = '<w:tblCellMar><w:left w:w="57"/><w:right w:w="57"/></w:tblCellMar>'
    cells = cell('w:w="2000" w:type="dxa"') + cell('w:w="50" w:type="pct"')
    row = f"<w:tbl><w:tblPr>{margins}</w:tblPr><w:tr>{cells}</w:tr></w:tbl>"
    plain = f"<w:tbl><w:tblPr/><w:tr>{cell(UNTYPED)}</w:tr></w:tbl>"
    root = parse(f"<w:document {SPACES}><w:body><w:p/>{row}{plain}</w:body></w:document>")
    assert widths_around(root) == [0, 1876, 0, 1774]

    house = ooxml.HouseStyle(ROOT / "templates_docx" / "стиль.docx")
    room = cell_rooms_of(house).room
    table_text = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
    assert room(2400, table_text) == CellRoom(10000, is_bold=False)
    assert room(2800, "<w:p/>") == CellRoom(10000, is_bold=False)
    assert room(2400, '<w:p><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:p>').is_bold
