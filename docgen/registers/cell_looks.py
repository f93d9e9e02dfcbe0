"""How cells look where it has a meaning: struck out, raised, underlined, turned, unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX, Color

from docgen.model import TextLook, TextRun
from docgen.registers.cells_read import Cell
from docgen.registers.shown_text import clean, text_of

_DOUBLE: Final = ("double", "doubleAccounting")
_SHIFTS: Final = {"superscript": "super", "subscript": "sub"}
_SIGNS: Final = {"super": {"1": "¹", "2": "²", "3": "³"}}
"""Raised letters that are signs of their own in every font of papers; others are in few."""
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME: Final = {0: _WHITE, 1: _BLACK}
"""The colours of a theme that hardly any book changes: paper and ink."""
_HIDES_WORDS: Final = re.compile(r"[^;]*;[^;]*;[^;]*;\s*")
"""A number format whose fourth part, that of words, is empty: Excel shows none of them."""
_MARKS: Final = "".join(map(chr, range(0x0300, 0x0370)))
"""Accents and the like that make one sign with the letter before them."""
_STACKED: Final = 255
_STEEP: Final = 45
_RIGHT_ANGLE: Final = 90
_NO_FILL: Final = (None, "none")


def look_of_font(font: Any) -> TextLook:
    """Return the look that a font gives."""
    underline = str(font.u or "")
    if underline:
        underline = "double" if underline in _DOUBLE else "single"
    return TextLook(
        is_bold=bool(font.b),
        is_italic=bool(font.i),
        underline=underline if underline != "none" else "",
        shift=_SHIFTS.get(str(font.vertAlign or ""), ""),
        is_struck=bool(font.strike),
    )


def turn_of(rotation: int | None) -> str:
    """Return how a cell is turned, given Excel's number for it.

    A slanted text lies or stands on paper, whichever is nearer; letters that stand one above the
    other are turned up as a whole.
    """
    if not rotation:
        return ""
    if rotation == _STACKED:
        return "up"
    if rotation <= _RIGHT_ANGLE:
        return "up" if rotation >= _STEEP else ""
    return "down" if rotation - _RIGHT_ANGLE >= _STEEP else ""


def ink_of(font: Any) -> str:
    """Return the colour of letters, or nothing when it is not certain."""
    return _rgb(font.color)


def paper_of(fill: Any) -> str:
    """Return the colour behind letters, or nothing when it is not certain."""
    if fill.fill_type in _NO_FILL:
        return _WHITE
    return _rgb(fill.fgColor) if fill.fill_type == "solid" else ""


def _rgb(colour: Color | None) -> str:
    """Return a colour as six digits, or nothing when only the book's theme knows it."""
    if colour is None or colour.tint:
        return ""
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "theme":
        return _THEME.get(colour.theme, "")
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return str(COLOR_INDEX[colour.indexed])[-6:].upper()
    return ""


def runs_of(cell: Cell, text: str) -> tuple[TextRun, ...]:
    """Return the pieces of a cell that look different; none where bold and italic say all.

    ``text`` is what the cell prints; the pieces make up the same.
    """
    look = cell.style.look
    value = cell.value
    if not isinstance(value, CellRichText):
        is_plain = look == TextLook(look.is_bold, look.is_italic)
        return () if is_plain or not text else (TextRun(text, look),)
    pieces = _cleaned(_pieces(value, look))
    before, whole, after = text.partition("".join([piece for piece, _ in pieces]))
    if pieces and not whole:
        # The number format shows other words.
        pieces = [(text, look)]
        before = ""
    # Words of the number format look like the cell.
    runs = _joined(one for one in ((before, look), *pieces, (after, look)) if one[0])
    looks = {run.look for run in runs if run.text.strip()}
    if len(looks) == 1 and looks <= {TextLook(b, i) for b in (False, True) for i in (False, True)}:
        return ()
    return tuple(runs)


def _pieces(value: CellRichText, look: TextLook) -> Iterator[tuple[str, TextLook]]:
    """Yield the texts of a rich string; one without a font has the look of its cell."""
    for run in value:
        if isinstance(run, TextBlock):
            yield str(run.text or ""), look_of_font(run.font)
        else:
            yield str(run), look


def _cleaned(pieces: Iterable[tuple[str, TextLook]]) -> list[tuple[str, TextLook]]:
    """Return the texts cleaned as one text would be: blanks go at its two ends alone.

    Marks that stand above a letter look like it.
    """
    found: list[tuple[str, TextLook]] = []
    for text, look in pieces:
        own = text.lstrip(_MARKS) if found else text
        if len(own) < len(text):
            before, above = found[-1]
            found[-1] = (before + text[: len(text) - len(own)], above)
        if own:
            found.append((own, look))
    found = [(_inner_clean(text), look) for text, look in found]
    while found and not found[0][0].strip():
        found.pop(0)
    while found and not found[-1][0].strip():
        found.pop()
    if found:
        found[0] = (found[0][0].lstrip(), found[0][1])
        found[-1] = (found[-1][0].rstrip(), found[-1][1])
    return found


def _inner_clean(text: str) -> str:
    # What stands around a text keeps the blanks at its ends from being cleaned away.
    return clean(f"|{text}|")[1:-1]


def _joined(pieces: Iterable[tuple[str, TextLook]]) -> list[TextRun]:
    return [
        TextRun("".join([text for text, _ in group]), look)
        for look, group in groupby(pieces, key=itemgetter(1))
    ]


def text_with_signs(cell: Cell) -> tuple[str, str]:
    """Return the text of a cell of a register, and what of its raised letters has no sign.

    Words of a register go through templates, which have one look for all of them: «м» with a
    raised 2 becomes «м²».
    """
    if not isinstance(cell.value, CellRichText):
        return text_of(cell), ""
    made, left = [], []
    for text, look in _cleaned(_pieces(cell.value, cell.style.look)):
        signs = _SIGNS.get(look.shift, {})
        kept = [sign for sign in text if look.shift and sign not in signs and sign.strip()]
        left += [text.strip()] if kept else []
        made.append(text if kept else "".join([signs.get(sign, sign) for sign in text]))
    return unicodedata.normalize("NFC", "".join(made)), ", ".join(left)


def struck_text(cell: Cell) -> str:
    """Return the words of a cell that are struck out."""
    if isinstance(cell.value, CellRichText):
        pieces = _pieces(cell.value, cell.style.look)
        return " ".join([text.strip() for text, look in pieces if look.is_struck and text.strip()])
    return text_of(cell) if cell.style.look.is_struck else ""


def unseen_text(cell: Cell) -> str:
    """Return the words of a cell that nobody sees on the sheet, though they are printed."""
    style = cell.style
    if _HIDES_WORDS.fullmatch(style.number_format):
        return text_of(cell) if isinstance(cell.value, str | CellRichText) else ""
    if not style.paper:
        return ""
    if not isinstance(cell.value, CellRichText):
        return text_of(cell) if style.ink == style.paper else ""
    inks = [
        (str(run.text or ""), ink_of(run.font))
        if isinstance(run, TextBlock)
        else (str(run), style.ink)
        for run in cell.value
    ]
    return " ".join([text.strip() for text, ink in inks if ink == style.paper and text.strip()])
