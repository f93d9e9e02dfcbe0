"""Fonts are found as LibreOffice will find them, and letters that none can draw are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.fonts import find_font, fonts_fingerprint, missing_glyphs, undrawn_spans


def test_liberation_serif_is_good_for_times_new_roman() -> None:
    font = find_font("Times New Roman")
    assert font
    assert font.family in {"Times New Roman", "Liberation Serif", "Tinos"}
    assert font.is_substitute == (font.family != "Times New Roman")
    assert font.file.is_file()


def test_a_font_is_no_substitute_of_itself_however_it_is_spelt() -> None:
    font = find_font("liberation serif")
    assert font
    assert not font.is_substitute


def test_bold_and_italic_are_files_of_their_own() -> None:
    faces = {
        find_font("Liberation Serif", bold=bold, italic=italic)
        for bold in (False, True)
        for italic in (False, True)
    }
    assert len({face.file for face in faces if face}) == 4


@pytest.mark.parametrize("family", ["Нет такого шрифта", "No:such,font-family", ""])
def test_any_other_stand_in_counts_as_missing(family: str) -> None:
    assert find_font(family) is None


def test_without_fontconfig_no_font_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    find_font.cache_clear()
    assert find_font("Liberation Serif") is None
    find_font.cache_clear()


def test_letters_without_a_glyph_are_named_once_and_in_order() -> None:
    text = "Приказ № 31 «О парах» — 漢\u00a0字\u200d漢\n\ufe0fё"
    assert missing_glyphs(text, ["Times New Roman"]) == ["漢", "字"]


def test_a_letter_is_drawn_when_any_of_the_families_has_it() -> None:
    assert missing_glyphs("\u2713", ["Liberation Serif"]) == ["\u2713"]
    if find_font("DejaVu Sans"):
        assert missing_glyphs("\u2713", ["Liberation Serif", "DejaVu Sans"]) == []


def test_a_family_that_is_not_installed_draws_nothing() -> None:
    assert missing_glyphs("аб", ["Нет такого шрифта"]) == ["а", "б"]


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x44F)))
def test_whatever_is_missing_stands_in_the_text(text: str) -> None:
    missing = missing_glyphs(text, ["Liberation Serif"])
    assert set(missing) <= set(text)
    assert len(missing) == len(set(missing))


def test_the_fingerprint_depends_on_the_fonts_and_not_on_their_order() -> None:
    both = fonts_fingerprint(["Liberation Serif", "Liberation Sans"])
    assert both == fonts_fingerprint(["Liberation Sans", "Liberation Serif"])
    assert both != fonts_fingerprint(["Liberation Serif", "Нет такого шрифта"])


FACES = ("PT Serif", "DejaVu Sans")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Приказ № 5, ½ и → ≤ ²", ()),
        ("Отступ\tи\nстрока\u00a0и\u00adперенос", ()),
        ("☐ да ☑☒", ((0, 1, "DejaVu Sans"), (5, 7, "DejaVu Sans"))),
        ("500 ₽", ((4, 5, "PT Serif"),)),
        ("замо\u0301к", ((3, 5, "PT Serif"),)),
        ("✓\ufe0f", ((0, 2, "DejaVu Sans"),)),
        ("漢 \U0001f600 \U0001f44d \uf0b7 \u0627", ()),
    ],
)
def test_signs_beyond_a_face_get_the_first_one_that_draws_them(
    text: str, spans: tuple[tuple[int, int, str], ...]
) -> None:
    # Newer releases of Liberation Serif draw letters of more languages themselves.
    drawn = {one for one in text if not missing_glyphs([one], ["Times New Roman"])}
    wanted = tuple(one for one in spans if not drawn.issuperset(text[one[0] : one[1]]))
    assert undrawn_spans(text, "Times New Roman", FACES) == wanted


def test_a_family_that_draws_a_sign_or_is_not_installed_keeps_its_text() -> None:
    assert undrawn_spans("☐ да", "DejaVu Sans", FACES) == ()
    assert undrawn_spans("☐ да", "Нет такого шрифта", FACES) == ()


def test_faces_of_signs_draw_neither_emoji_nor_writing_from_right_to_left() -> None:
    text = "☐ ₽ ә \U0001f600 \u0627 漢 \uf0b7"
    missing = missing_glyphs([text], ["Times New Roman"], FACES)
    assert missing == ["\U0001f600", "\u0627", "漢", "\uf0b7"]
    assert missing_glyphs([text], ["Times New Roman"])[:1] == ["☐"]
