"""Which paragraphs may leave a single line on a page: their documents are converted alone.

Where widows are allowed, LibreOffice 7.4 breaks the pages of a document by what stands before it in
the same file: of equal documents of three pages every second one came out otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import VALUE, Element, P, find_first, parse, switch_of

_RULE: Final = "w:pPr/w:widowControl"


def allows_widows(root: Element, styles: bytes) -> bool:
    """Whether a paragraph, by itself or by its style, may leave a single line on a page."""
    by_style = _controlled_by(styles)
    return not all(_is_controlled(paragraph, by_style) for paragraph in root.iter(P))


def _is_controlled(paragraph: Element, by_style: Mapping[str, bool]) -> bool:
    own = switch_of(paragraph, _RULE)
    style = find_first(paragraph, "w:pPr/w:pStyle")
    named = "" if style is None else style.get(VALUE, "")
    return by_style.get(named, by_style[""]) if own is None else own


@functools.lru_cache(maxsize=8)
def _controlled_by(styles: bytes) -> Mapping[str, bool]:
    """Return whether each style refuses widows, by its id; under no id, that of plain paragraphs.

    The rule of a style is its own, else that of the nearest one that it is based on and that has
    one.
    """
    root = parse(styles)
    sheet = StyleSheet(root)
    default = switch_of(root, f"w:docDefaults/w:pPrDefault/{_RULE}") is not False
    found = {}
    for style_id in sheet.elements:
        rules = (switch_of(one, _RULE) for one in sheet.ancestry(style_id))
        found[style_id] = next((one for one in rules if one is not None), default)
    return {**found, "": found.get(sheet.default_id, default)}
