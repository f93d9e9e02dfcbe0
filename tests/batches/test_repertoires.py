"""What the first page of a composed document prints is drawn by the faces that print it."""

from __future__ import annotations

import pytest

from docgen.batches.repertoires import REPERTOIRE, SIGN_REPERTOIRES, SignLook, other_signs
from docgen.fonts import missing_glyphs


@pytest.mark.parametrize("family", SIGN_REPERTOIRES)
def test_a_face_of_signs_draws_its_whole_repertoire(family: str) -> None:
    signs = SIGN_REPERTOIRES[family]
    assert len(signs) == len(set(signs)) < 250
    assert missing_glyphs([signs], [family]) == []


def test_a_face_of_signs_prints_its_own_signs_alone() -> None:
    look = SignLook("DejaVu Sans", is_bold=True, is_italic=False)
    assert look.prints("☐☑")
    assert not look.prints("☐ да")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (REPERTOIRE, ""),
        ("Приказ № 5\tVI\n", ""),
        ("≥ ½ α ≥", "½α≥"),
        ("за\u0301мок", None),
        ("слева \u05d0", None),
        ("\uf0b7", None),
        ("".join(map(chr, range(0x3B1, 0x3DF))), None),
    ],
)
def test_signs_beyond_the_repertoire_are_printed_with_it_or_go_alone(
    text: str, others: str | None
) -> None:
    assert other_signs(text) == others
