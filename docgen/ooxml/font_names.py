"""Which fonts a .docx names: in its styles, its theme and its text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.ooxml.word_xml import WORD, Element, find_first, parse, xml_name
from docgen.ooxml.zip_parts import read_parts


def used_fonts(docx: Path | bytes) -> tuple[str, ...]:
    """Return the fonts that a document's styles and text name, sorted; see ``fonts_in``."""
    return tuple(sorted(fonts_in(read_parts(docx)) - {""}))


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
