"""Signs of Word's «Wingdings» and «Symbol» in cells, and the signs of Unicode that were meant.

A list that is pasted from Word brings its bullets as private codes of those fonts, and Excel keeps
them without the font. People also set a cell in «Wingdings» and type «ü» for a tick.
"""

from __future__ import annotations

from typing import Final

from openpyxl.cell.rich_text import CellRichText, TextBlock

from docgen.ooxml import SYMBOL_FONTS, sign_of

_SYMBOL, _WINGDINGS = "symbol", "wingdings"
_CODES: Final = {
    _SYMBOL: (0x2D, 0xA3, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9),
    _WINGDINGS: (
        *(0x20, 0x28, 0x2A, 0x46, 0x4A, 0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x75, 0x76, 0x77),
        *(0x9E, 0x9F, 0xA1, 0xA7, 0xA8, 0xD8, 0xDC, 0xDF, 0xE0, 0xE1, 0xE2, 0xE8, 0xF0),
        *(0xFB, 0xFC, 0xFD, 0xFE),
    ),
}
"""The codes that hardly anybody means in another font: bullets, ticks, boxes, arrows."""
MEANT: Final = {
    0xF000 + code: sign_of(font, code) or "" for font, codes in _CODES.items() for code in codes
}
"""The signs meant by private codes whose font is not known, as a table for ``str.translate``."""


def is_symbol_font(name: str | None) -> bool:
    """Whether a font draws signs in place of letters."""
    return (name or "").casefold() in SYMBOL_FONTS


def in_symbol_font(text: str, font: str) -> str:
    """Return what a text shows in a font that draws signs in place of letters.

    A sign that no other font has stays a private code, which is reported where it is printed.
    """
    return "".join(
        sign_of(font, ord(one)) or (chr(0xF000 + ord(one)) if "!" <= one <= "\xff" else one)
        for one in text
    )


def settle_runs(runs: CellRichText) -> CellRichText:
    """Put the meant signs into those runs of a cell that are set in a font of signs."""
    for run in runs:
        if isinstance(run, TextBlock) and is_symbol_font(run.font.rFont):
            run.text = in_symbol_font(str(run.text or ""), str(run.font.rFont))
    return runs
