"""Which face prints a non-breaking space before a plain one.

LibreOffice knows a glyph by the first sign that it printed with it. Both spaces share one, so where
the non-breaking one comes first, every plain one is marked, and words after it are placed anew,
rounded to a tenth of a point: a document is to meet the same of the two first, alone or composed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from docgen.ooxml.word_xml import VALUE, Element, P, R, T, child, name, parse

Face: TypeAlias = tuple[bool, bool]
"""Whether a face is bold, and whether it is italic."""

_STYLE: Final = name("w:style")
_UPRIGHT: Final[Face] = (False, False)


def faces_of(root: Element, styles: bytes) -> tuple[Face | None, ...]:
    """Return in which face each text is printed; one outside a run in none."""
    looks = _looks_of(styles)
    found: dict[Element, Face] = {}
    for paragraph in root.iter(P):
        own: Face | None = None
        for run in paragraph.iter(R):
            if own is None:
                own = looks.get(_named(paragraph, "w:pPr/w:pStyle"), _UPRIGHT)
            face = _changed(looks.get(_named(run, "w:rPr/w:rStyle", "-"), own), run)
            found.update(dict.fromkeys(run.iter(T), face))
    return tuple([found.get(text) for text in root.iter(T)])


def first_blanks(
    faces: Sequence[Face | None], texts: Sequence[str]
) -> tuple[tuple[Face, str], ...]:
    """Return the first space of each face in the texts, plain or non-breaking; families alike."""
    first: dict[Face, str] = {}
    for face, text in zip(faces, texts, strict=True):
        if face is not None and face not in first:
            plain, held = text.find(" "), text.find("\u00a0")
            if plain >= 0 or held >= 0:
                first[face] = " " if held < 0 or 0 <= plain < held else "\u00a0"
    return tuple(first.items())


def _named(element: Element, path: str, absent: str = "") -> str:
    found = child(element, path)
    return absent if found is None else found.get(VALUE, absent)


def _changed(face: Face, owner: Element) -> Face:
    """Return the face after what the properties of a run or style say."""
    bold, italic = (
        before if told is None else told.get(VALUE, "1") not in {"0", "false", "off"}
        for before, told in zip(
            face, (child(owner, "w:rPr/w:b"), child(owner, "w:rPr/w:i")), strict=True
        )
    )
    return bold, italic


@functools.lru_cache(maxsize=8)
def _looks_of(styles: bytes) -> Mapping[str, Face]:
    """Return the face of each style by its id; without an id, that of plain paragraphs."""
    known = {one.get(name("w:styleId"), ""): one for one in parse(styles).iter(_STYLE)}
    looks = {identity: _look(identity, known) for identity in known}
    for identity, one in known.items():
        if one.get(name("w:type")) == "paragraph" and one.get(name("w:default")) in {"1", "true"}:
            looks[""] = looks[identity]
    return looks


def _look(identity: str, known: Mapping[str, Element]) -> Face:
    line: list[Element] = []
    while identity in known and known[identity] not in line:
        line.append(known[identity])
        identity = _named(known[identity], "w:basedOn")
    face = _UPRIGHT
    for one in reversed(line):
        face = _changed(face, one)
    return face
