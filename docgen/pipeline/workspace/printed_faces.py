"""Which fonts print the documents of a workspace: those of its house style, and those of signs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docgen import ooxml
from docgen.errors import Location, Problem
from docgen.fonts import find_font, undrawn_spans

SIGN_FAMILIES: Final = tuple(one.family for one in ooxml.SIGN_FACES)
"""The fonts of signs that the face of a text cannot draw."""
_PACKAGES: Final = "fonts-liberation, fonts-paratype, fonts-dejavu-core"


def choose_face(text: str, family: str) -> tuple[tuple[int, int, str], ...]:
    """Return where signs of a text begin and end that another font draws, and which."""
    return undrawn_spans(text, family, SIGN_FAMILIES)


def font_problems(families: Iterable[str], style: str) -> list[Problem]:
    """Return a problem for each font of a house style that nothing stands in for."""
    return [
        Problem(
            "font-missing",
            Location(file=style),
            f"шрифт «{family}» не установлен и заменить его нечем; установите его (пакеты "
            f"{_PACKAGES}) или смените шрифт в стилях",
        )
        for family in families
        if find_font(family) is None
    ]


def glyph_message(symbol: str, families: Iterable[str]) -> str:
    """Return why a sign cannot be printed, and what to do."""
    absent = [one for one in SIGN_FAMILIES if find_font(one) is None]
    known = "», «".join([*families, *(one for one in SIGN_FAMILIES if one not in absent)])
    shown = f"знака «{symbol}» (U+{ord(symbol):04X})" if symbol.isprintable() else ""
    # A private code looks like an empty box, or like nothing at all, wherever it is shown.
    name = shown or f"знака с кодом U+{ord(symbol):04X}"
    lacking = f" или установите «{'», «'.join(absent)}» (пакеты {_PACKAGES})" if absent else ""
    return (
        f"{name} нет в шрифтах «{known}», на бумаге останется пустое место; замените его{lacking}"
    )
