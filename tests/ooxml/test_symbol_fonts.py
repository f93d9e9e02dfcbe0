"""Codes of Word's fonts of signs become the signs that were meant, wherever Word keeps them."""

from __future__ import annotations

import pytest

from docgen import ooxml
from docgen.ooxml.symbol_fonts import SYMBOL_FONTS, settle_bullets, settle_signs, sign_of
from docgen.ooxml.word_xml import NAMESPACES, Element, P, find_first, paragraph_text, parse, to_xml

SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in NAMESPACES.items())
MEANT = [
    *[("Wingdings", code, sign) for code, sign in ((0xFE, "☑"), (0xFD, "☒"), (0xFC, "✓"))],
    *[("Wingdings", code, sign) for code, sign in ((0xFB, "✗"), (0xA8, "☐"), (0x6F, "☐"))],
    *[("Wingdings", code, sign) for code, sign in ((0xD8, "➢"), (0xA7, "▪"), (0x76, "❖"))],
    *[("Wingdings", code, sign) for code, sign in ((0x6E, "■"), (0x6C, "●"), (0x71, "❑"))],
    *[("Wingdings", code, sign) for code, sign in ((0x9F, "•"), (0xAB, "★"), (0xE0, "→"))],
    *[("Wingdings", code, sign) for code, sign in ((0x28, "☎"), (0x2A, "✉"), (0x46, "☞"))],
    *[("Symbol", code, sign) for code, sign in ((0xB7, "•"), (0x2D, "−"), (0xA3, "≤"))],
    *[("Symbol", code, sign) for code, sign in ((0xB3, "≥"), (0xAE, "→"), (0xB0, "°"))],
    *[("Symbol", code, sign) for code, sign in ((0x61, "α"), (0x57, "Ω"), (0xE5, "∑"))],
    *[("Wingdings 2", code, sign) for code, sign in ((0x52, "☑"), (0xA3, "☐"), (0x50, "✓"))],
    ("Wingdings 3", 0x7D, "▶"),
    ("Webdings", 0x61, "✔"),
]


def body(inside: str) -> Element:
    return parse(f"<w:body {SPACES}><w:p>{inside}</w:p></w:body>")


def run(inside: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="eastAsia"/></w:rPr>'
    return f"<w:r>{fonts if font else ''}{inside}</w:r>"


def text_of(root: Element) -> str:
    return "".join(paragraph_text(one) for one in root.iter(P))


@pytest.mark.parametrize(("font", "code", "sign"), MEANT)
def test_a_code_is_the_sign_that_its_font_draws(font: str, code: int, sign: str) -> None:
    assert sign_of(font, code) == sign_of(font.upper(), 0xF000 + code) == sign
    root = body(run(f'<w:sym w:font="{font}" w:char="F0{code:02X}"/>') + run("<w:t> да</w:t>"))
    assert settle_signs(root) == []
    assert text_of(root) == f"{sign} да"
    root = body(run(f"<w:t>{chr(0xF000 + code)}</w:t>", font))
    assert settle_signs(root) == []
    assert text_of(root) == sign
    assert "rFonts" not in to_xml(root)


def test_a_sign_in_a_font_of_letters_is_what_unicode_says() -> None:
    root = body(run('<w:sym w:font="Segoe UI Symbol" w:char="2610"/>', "MS Gothic"))
    assert settle_signs(root) == []
    assert text_of(root) == "☐"
    assert "rFonts" not in to_xml(root)


def test_tags_in_a_font_of_signs_stay_tags() -> None:
    root = body(run("<w:t>{{ пара.срок }}</w:t>", "Wingdings"))
    assert settle_signs(root) == []
    assert text_of(root) == "{{ пара.срок }}"


def test_other_fonts_stay() -> None:
    root = body(run("<w:t>ü</w:t>", "Calibri"))
    assert settle_signs(root) == []
    assert text_of(root) == "ü"
    assert "Calibri" in to_xml(root)


@pytest.mark.parametrize(
    "inside",
    [
        run('<w:sym w:font="Wingdings" w:char="F0FF"/>'),
        run('<w:sym w:font="Своё" w:char="F041"/>'),
        run('<w:sym w:font="Wingdings" w:char="ё"/>'),
        run("<w:t>\uf0ff</w:t>", "Wingdings"),
    ],
)
def test_a_code_that_no_other_font_draws_is_a_fault(inside: str) -> None:
    ((_, message),) = settle_signs(body(inside))
    assert "не печатается" in message
    assert "«Вставка», «Символ»" in message


def test_bullets_of_lists_are_signs_of_a_face_that_draws_them() -> None:
    level = '<w:lvl><w:lvlText w:val="{}"/><w:rPr><w:rFonts w:ascii="{}"/></w:rPr></w:lvl>'
    levels = [("\uf0b7", "Symbol"), ("\uf0fc", "Wingdings"), ("%1.", "Calibri")]
    inside = "".join(level.format(*one) for one in levels)
    root = parse(f"<w:numbering {SPACES}>{inside}</w:numbering>")
    settle_bullets(root, "DejaVu Sans")
    found = [to_xml(one) for one in root]
    assert ["•" in found[0], "✓" in found[1], "%1." in found[2]] == [True] * 3
    assert [one.count("DejaVu Sans") for one in found] == [4, 4, 0]
    assert find_first(root[2], "w:rPr/w:rFonts") is not None


def test_no_font_has_a_private_code_for_a_sign() -> None:
    signs = "".join(sign for table in SYMBOL_FONTS.values() for sign in table.values())
    assert not [one for one in signs if "\ue000" <= one <= "\uf8ff"]
    assert ooxml.sign_of("Wingdings", 0xE123) is None
