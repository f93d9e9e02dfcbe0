"""What the styles of a .docx say of its texts that changes what is painted of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import (
    VALUE,
    Element,
    find_all,
    find_first,
    parse,
    switch_of,
    xml_name,
)

LEADERS: Final[Mapping[str, str]] = {
    "dot": ".",
    "hyphen": "-",
    "underscore": "_",
    "heavy": "_",
    "middleDot": "·",
}
"""The signs that fill the room of a tab, by the names of leaders (ISO/IEC 29500-1, 17.18.72)."""


@dataclass(frozen=True, slots=True)
class PaintLook:
    """Whether a text is painted in capitals and whether it is hidden, None where nothing says so.

    ``leaders`` are the signs that may fill its tabs, ``is_numbered`` whether a number precedes it,
    ``is_framed`` whether it stands in a frame.
    """

    capitals: bool | None = None
    hidden: bool | None = None
    leaders: str = ""
    is_numbered: bool = False
    is_framed: bool = False

    def over(self, below: PaintLook) -> PaintLook:
        """Return this look where it says something, else the one below."""
        return PaintLook(
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            self.leaders + below.leaders,
            self.is_numbered or below.is_numbered,
            self.is_framed or below.is_framed,
        )


PLAIN: Final = PaintLook()


@dataclass(frozen=True, slots=True)
class PaperStyles:
    """The looks of styles by their ids; ``paragraph`` is that of paragraphs without a style.

    They ``are_plain`` where none of them changes what is painted.
    """

    looks: Mapping[str, PaintLook]
    paragraph: PaintLook
    are_plain: bool


@functools.lru_cache(maxsize=32)
def read_styles(part: bytes) -> PaperStyles:
    """Return the looks of all styles of a part ``styles.xml``, empty for no part.

    Raises:
        TemplateError: when the part is no XML.
    """
    if not part:
        return PaperStyles({}, PLAIN, are_plain=True)
    root = parse(part)
    sheet = StyleSheet(root)
    looks = {style_id: _whole_look(sheet.ancestry(style_id)) for style_id in sheet.elements}
    basis = PLAIN
    for defaults in find_all(root, "w:docDefaults/*/*"):
        basis = look_of(defaults).over(basis)
    basis = looks.get(sheet.default_id, PLAIN).over(basis)
    are_plain = basis == PLAIN and all(one == PLAIN for one in looks.values())
    return PaperStyles(looks, basis, are_plain=are_plain)


def _whole_look(ancestry: Sequence[Element]) -> PaintLook:
    """Return the look of a style, given with those that it is based on, itself first."""
    look = PLAIN
    for one in reversed(ancestry):
        for path in ("w:pPr", "w:rPr"):
            properties = find_first(one, path)
            if properties is not None:
                look = look_of(properties).over(look)
    return look


def look_of(properties: Element) -> PaintLook:
    """Return what the properties of a run or a paragraph say themselves."""
    both = switch_of(properties, "w:caps"), switch_of(properties, "w:smallCaps")
    capitals = [one for one in both if one is not None]
    tabs = find_all(properties, "w:tabs/w:tab")
    leaders = "".join(LEADERS.get(one.get(xml_name("w:leader"), ""), "") for one in tabs)
    number = find_first(properties, "w:numPr/w:numId")
    is_numbered = number is not None and number.get(VALUE, "0") != "0"
    return PaintLook(
        any(capitals) if capitals else None,
        switch_of(properties, "w:vanish"),
        leaders,
        is_numbered,
        find_first(properties, "w:framePr") is not None,
    )
