"""Which paragraphs are movable: laid out alike wherever they stand, so that lines may be exchanged.

A paragraph is movable if all of its markup is known to be painted as plain text, line by line.
"""

from __future__ import annotations

from typing import Final

from docgen.ooxml.word_xml import BREAK, Element, P, R, find_all, find_first, xml_name

_PLAIN: Final = frozenset(
    xml_name(f"w:{tag}")
    for tag in (
        *("document", "body", "p", "pPr", "pStyle", "keepNext", "keepLines", "widowControl"),
        *("pageBreakBefore", "suppressLineNumbers", "suppressAutoHyphens", "tabs", "tab"),
        *("spacing", "ind", "jc"),
        *("contextualSpacing", "textAlignment", "adjustRightInd", "snapToGrid", "outlineLvl"),
        *("autoSpaceDE", "autoSpaceDN", "r", "rPr", "rStyle", "rFonts", "b", "bCs", "i", "iCs"),
        *("caps", "color", "kern", "sz", "szCs", "lang", "noProof", "t", "br", "proofErr"),
        *("bookmarkStart", "bookmarkEnd"),
    )
)
_WITHOUT_EFFECT: Final = frozenset(
    xml_name(f"w:{tag}") for tag in ("b", "bCs", "i", "iCs", "lang", "noProof", "color")
)
_START, _END, _IDENTITY = (xml_name(tag) for tag in ("w:bookmarkStart", "w:bookmarkEnd", "w:id"))


def is_movable(root: Element) -> bool:
    """Whether a body is one paragraph of plain text, with whole bookmarks or none."""
    paragraphs = list(root.iter(P))
    if len(paragraphs) != 1 or any(one.tag not in _PLAIN for one in root.iter()):
        return False
    if any(one.attrib for one in root.iter(BREAK)):
        return False
    starts, ends = ([one.get(_IDENTITY) for one in root.iter(tag)] for tag in (_START, _END))
    return sorted(map(str, starts)) == sorted(map(str, ends))


def has_even_lines(root: Element) -> bool:
    """Whether all lines are of one height: runs differ in nothing but bold, italic and colour."""
    return len({_height_rules(run) for run in root.iter(R)}) <= 1


def _height_rules(run: Element) -> tuple[object, ...]:
    """Return the properties of a run that may make its lines higher."""
    properties = find_first(run, "w:rPr")
    if properties is None:
        return ()
    rules = [one for one in find_all(properties, "*") if one.tag not in _WITHOUT_EFFECT]
    return tuple(sorted((str(one.tag), tuple(sorted(map(str, one.items())))) for one in rules))
