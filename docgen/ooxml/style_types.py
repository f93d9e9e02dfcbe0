"""How large the type of each paragraph style is, and how high its lines: to estimate heights."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from docgen.ooxml.cell_lines import LINE, Face
from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import (
    VALUE,
    Element,
    find_all,
    find_first,
    parse,
    whole_number,
    xml_name,
)
from docgen.ooxml.zip_parts import STYLES_PART

_WORDS_SIZE: Final = 200
"""The size of which Word's own default is, in twips, where a file says nothing."""
_EMU_IN_A_TWIP: Final = 635
_AUTO_LINE: Final = 240


@dataclass(frozen=True, slots=True)
class TypeLook:
    """The type size in twips, the height of a line, and the space around a paragraph.

    ``line`` is a share of the single height, or with ``is_fixed`` a height in twips.
    """

    size: int = _WORDS_SIZE
    line: float = 1.0
    is_fixed: bool = False
    space: int = 0
    indent: int = 0

    @property
    def face(self) -> Face:
        """The widest face of so large a type: a paragraph may be bold in parts."""
        return Face(is_bold=True, size=self.size)

    @property
    def line_height(self) -> float:
        """The height of a line in twips."""
        return self.line if self.is_fixed else self.line * self.size * LINE


class StyleTypes:
    """The looks of paragraph styles by their ids, each with what it inherits."""

    def __init__(self, styles: Element) -> None:
        self._found: dict[str, TypeLook] = {}
        self._sheet = StyleSheet(styles)
        self._defaults = TypeLook()
        for path in ("w:docDefaults/w:rPrDefault", "w:docDefaults/w:pPrDefault"):
            element = find_first(styles, path)
            if element is not None:
                self._defaults = changed_look(self._defaults, element)

    def look(self, style_id: str = "") -> TypeLook:
        """Return the look of a style; without one, of ordinary paragraphs."""
        wanted = style_id if style_id in self._sheet.elements else self._sheet.default_id
        if wanted not in self._found:
            ancestry = reversed(self._sheet.ancestry(wanted))
            self._found[wanted] = functools.reduce(changed_look, ancestry, self._defaults)
        return self._found[wanted]

    def of_paragraph(self, paragraph: Element) -> TypeLook:
        """Return the look of a paragraph: its style's, its own, the largest of its runs."""
        style = find_first(paragraph, "w:pPr/w:pStyle")
        look = changed_look(self.look("" if style is None else style.get(VALUE, "")), paragraph)
        sizes = [_twips(one) for one in find_all(paragraph, "w:r/w:rPr/w:sz")]
        runs = find_all(paragraph, "w:r")
        drawn = [whole_number(one.get("cy", "0")) for one in paragraph.iter(xml_name("wp:extent"))]
        if drawn:
            look = replace(look, space=look.space + sum(drawn) // _EMU_IN_A_TWIP)
        if sizes and (max(sizes) > look.size or len(sizes) == len(runs)):
            return replace(look, size=max(sizes))
        return look


@functools.lru_cache(maxsize=8)
def types_of(house: HouseStyle) -> StyleTypes:
    """Return the looks of a house style's paragraphs; many documents ask for them."""
    return StyleTypes(parse(house.part(STYLES_PART)))


def changed_look(look: TypeLook, element: Element) -> TypeLook:
    """Return a look changed by the properties of a style, of defaults or of a paragraph."""
    size = find_first(element, "w:rPr/w:sz")
    if size is not None:
        look = replace(look, size=_twips(size))
    spacing = find_first(element, "w:pPr/w:spacing")
    if spacing is not None:
        look = _spaced(look, {str(key): str(value) for key, value in spacing.attrib.items()})
    indent = find_first(element, "w:pPr/w:ind")
    if indent is not None:
        sides = [indent.get(xml_name(f"w:{side}"), "0") for side in ("left", "right")]
        look = replace(look, indent=sum(max(whole_number(one), 0) for one in sides))
    return look


def _spaced(look: TypeLook, attributes: Mapping[str, str]) -> TypeLook:
    edges = [attributes.get(xml_name(f"w:{side}")) for side in ("before", "after")]
    if any(one is not None for one in edges):
        look = replace(look, space=sum(whole_number(one) for one in edges))
    line = attributes.get(xml_name("w:line"))
    if line is None:
        return look
    if attributes.get(xml_name("w:lineRule"), "auto") == "auto":
        return replace(look, line=max(whole_number(line) / _AUTO_LINE, 0.1), is_fixed=False)
    return replace(look, line=float(max(whole_number(line), 1)), is_fixed=True)


def _twips(size: Element) -> int:
    """Return a type size, stored in half points, in twips."""
    return whole_number(size.get(VALUE, "0")) * 10 or _WORDS_SIZE
