"""Which fonts a .docx names: in its styles, its theme and its text, and for signs alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.ooxml.symbol_fonts import SYMBOL_FONTS
from docgen.ooxml.word_xml import WORD, Element, find_first, parse, xml_name
from docgen.ooxml.zip_parts import read_parts


@dataclass(frozen=True, slots=True)
class SignFace:
    """A font for signs alone.

    ``stand_in`` is the font of Windows that has them too; ``is_upright`` means that it is never set
    in italics; ``look`` is its family as Word sorts fonts.
    """

    family: str
    stand_in: str
    look: str
    is_upright: bool = False


LETTERS: Final = SignFace("PT Serif", "Times New Roman", "roman")
"""Letters of the languages of Russia, ₽."""
SIGNS: Final = SignFace("DejaVu Sans", "Segoe UI Symbol", "swiss", is_upright=True)
"""Boxes, ticks, arrows, bullets; its italics are in a package of its own, so it has none here."""
SIGN_FACES: Final = (LETTERS, SIGNS)
"""In the order in which they are asked for a sign."""


def used_fonts(docx: Path | bytes) -> tuple[str, ...]:
    """Return the fonts that a document's styles and text name, sorted; see ``fonts_in``."""
    named = fonts_in(read_parts(docx))
    return tuple(sorted(one for one in named if one and one.casefold() not in SYMBOL_FONTS))


def fonts_in(parts: Mapping[str, bytes]) -> set[str]:
    """Return the fonts that parts name; a font of the theme by its real name."""
    theme = theme_fonts(parts)
    fonts: set[str] = set()
    for part_name, data in parts.items():
        if not part_name.startswith("word/") or not part_name.endswith(".xml"):
            continue
        if part_name == "word/fontTable.xml" or "/theme/" in part_name:
            continue
        for element in parse(data).iter(f"{{{WORD}}}rFonts"):
            fonts |= font_names(element, theme)
    return fonts


def font_names(element: Element, theme: Mapping[str, str]) -> set[str]:
    """Return the fonts that a ``w:rFonts`` names; ``theme`` is from ``theme_fonts``."""
    fonts = set()
    for key in ("ascii", "hAnsi"):
        of_theme = element.get(xml_name(f"w:{key}Theme"), "")
        fonts.add(theme.get(of_theme, "") if of_theme else element.get(xml_name(f"w:{key}"), ""))
    return fonts


def theme_fonts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the theme's fonts by the names that ``w:rFonts`` has for them, e.g. ``minorAscii``."""
    data = parts.get("word/theme/theme1.xml")
    if data is None:
        return {}
    root = parse(data)
    fonts: dict[str, str] = {}
    for kind in ("major", "minor"):
        latin = find_first(root, f".//a:{kind}Font/a:latin")
        face = "" if latin is None else latin.get("typeface", "")
        fonts |= {f"{kind}Ascii": face, f"{kind}HAnsi": face}
    return fonts
