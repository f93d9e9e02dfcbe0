"""Which faces of a document print a non-breaking space before a plain one.

LibreOffice knows a glyph by the first sign that it printed with it. Both spaces share one, so where
the non-breaking one comes first, every plain one is marked, and words after it are placed anew,
rounded to a tenth of a point. So a document must meet the same of the two first, alone or composed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import VALUE, Element, P, R, T, find_first, parse, switch_of

Face: TypeAlias = tuple[bool, bool]
"""Whether a face is bold, and whether it is italic."""

_UPRIGHT: Final[Face] = (False, False)


def text_faces(root: Element, styles: bytes) -> tuple[Face | None, ...]:
    """Return the face of each text, None for one outside a run; ``styles`` is the styles part."""
    by_style = _faces_by_style(styles)
    found: dict[Element, Face] = {}
    for paragraph in root.iter(P):
        own: Face | None = None
        for run in paragraph.iter(R):
            if own is None:
                own = by_style.get(_value_of(paragraph, "w:pPr/w:pStyle"), _UPRIGHT)
            face = _changed(by_style.get(_value_of(run, "w:rPr/w:rStyle", "-"), own), run)
            found.update(dict.fromkeys(run.iter(T), face))
    return tuple([found.get(text) for text in root.iter(T)])


def first_blanks(
    faces: Sequence[Face | None], texts: Sequence[str]
) -> tuple[tuple[Face, str], ...]:
    """Return which space each face prints first in the texts, plain or non-breaking.

    Font families are not told apart.
    """
    first: dict[Face, str] = {}
    for face, text in zip(faces, texts, strict=True):
        if face is not None and face not in first:
            plain, nonbreaking = text.find(" "), text.find("\u00a0")
            if plain >= 0 or nonbreaking >= 0:
                first[face] = " " if nonbreaking < 0 or 0 <= plain < nonbreaking else "\u00a0"
    return tuple(first.items())


def _value_of(element: Element, path: str, absent: str = "") -> str:
    found = find_first(element, path)
    return absent if found is None else found.get(VALUE, absent)


def _changed(face: Face, owner: Element) -> Face:
    """Return a face as changed by the properties of a run or style."""
    bold, italic = switch_of(owner, "w:rPr/w:b"), switch_of(owner, "w:rPr/w:i")
    return face[0] if bold is None else bold, face[1] if italic is None else italic


@functools.lru_cache(maxsize=8)
def _faces_by_style(styles: bytes) -> Mapping[str, Face]:
    """Return the face of each style by its id; under no id, that of plain paragraphs."""
    sheet = StyleSheet(parse(styles))
    faces = {
        style_id: functools.reduce(_changed, reversed(sheet.ancestry(style_id)), _UPRIGHT)
        for style_id in sheet.elements
    }
    return {**faces, "": faces.get(sheet.default_id, _UPRIGHT)}
