"""The faces of signs that the face of a text cannot draw, and the runs in which such signs stand.

LibreOffice takes a missing sign from whatever font the machine has, Word from another one. So each
sign stands in a run of its own that names its face, whose stand-in on Windows is in the font table.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lxml import etree

from docgen.ooxml.font_names import SIGN_FACES, SignFace, font_names, theme_fonts
from docgen.ooxml.house_style import HeaderFooter, HouseStyle
from docgen.ooxml.style_sheets import StyleSheet
from docgen.ooxml.word_xml import (
    VALUE,
    Element,
    P,
    R,
    T,
    find_first,
    make_element,
    make_text,
    parse,
    serialise,
    xml_name,
)
from docgen.ooxml.zip_parts import STYLES_PART, ZipEntry, to_entry

FaceChooser: TypeAlias = Callable[[str, str], "Sequence[tuple[int, int, str]]"]
"""Returns for a text and its font where signs begin and end that need another font, and which."""

FONT_TABLE: Final = "word/fontTable.xml"
_RUN: Final = xml_name("w:rPr")
_FONTS: Final = xml_name("w:rFonts")
_SLOTS: Final = ("ascii", "hAnsi", "cs", "eastAsia")
_NAMED: Final = re.compile(r'<w:rFonts [^>]*w:(?:ascii|hAnsi)="([^"]*)"')
_BEFORE_ITALIC: Final = tuple(xml_name(f"w:{one}") for one in ("rStyle", "rFonts", "b", "bCs"))
_ITALIC: Final = ("w:i", "w:iCs")


def no_sign_faces(_text: str, _family: str) -> Sequence[tuple[int, int, str]]:
    """Return nothing: every sign is drawn by the face of its text."""
    return ()


class SignRuns:
    """Sets signs beyond the face of their text in runs of their own.

    Args:
        house: Its styles say which face a text has.
        choose: Knows which face draws a sign.
    """

    def __init__(self, house: HouseStyle, choose: FaceChooser) -> None:
        self._choose = choose
        self._theme = theme_fonts({one.name: one.data for one in house.parts})
        styles = parse(house.part(STYLES_PART))
        self._sheet = StyleSheet(styles)
        self._plain = self._named_by(find_first(styles, "w:docDefaults/w:rPrDefault")) or ""
        self._of_style = functools.lru_cache(maxsize=256)(self._find_style_family)
        own = (self._of_style(identity) for identity in ("", *self._sheet.elements))
        self._families = tuple(dict.fromkeys(own))

    def are_in(self, text: str, xml: str) -> bool:
        """Whether a text has signs beyond its face; ``xml`` is that of its paragraph."""
        named = _NAMED.findall(xml) if "<w:rFonts" in xml else ()
        return any(self._choose(text, family) for family in (*self._families, *named))

    def set_in(self, root: Element) -> bool:
        """Split the runs of all paragraphs where a sign needs another face; return if there are."""
        is_split = False
        for paragraph in root.iter(P):
            text = "".join([one.text or "" for one in paragraph.iter(T)])
            if text and self.are_in(text, etree.tostring(paragraph, encoding="unicode")):
                for run in list(paragraph.iter(R)):
                    is_split |= self._split(run, self._family_of(paragraph, run))
        return is_split

    def _split(self, run: Element, family: str) -> bool:
        texts = [(one, self._choose(one.text or "", family)) for one in run.findall(T)]
        spans = {element: found for element, found in texts if found}
        if not spans:
            return False
        runs = [_like(run)]
        for inner in list(run):
            if inner.tag == _RUN:
                continue
            if inner not in spans:
                runs[-1].append(inner)
                continue
            for text, face in _pieces(inner.text or "", spans[inner]):
                piece = make_text(text)
                if face:
                    runs += [_like(run, face), _like(run)]
                    runs[-2].append(piece)
                else:
                    runs[-1].append(piece)
        _replace(run, [one for one in runs if any(inner.tag != _RUN for inner in one)])
        return True

    def _family_of(self, paragraph: Element, run: Element) -> str:
        named = self._named_by(run)
        if named:
            return named
        style = find_first(run, "w:rPr/w:rStyle")
        of_run = None if style is None else self._named_in_style(style.get(VALUE, ""))
        if of_run:
            return of_run
        style = find_first(paragraph, "w:pPr/w:pStyle")
        return self._of_style("" if style is None else style.get(VALUE, ""))

    def _find_style_family(self, identity: str) -> str:
        return self._named_in_style(identity or self._sheet.default_id) or self._plain

    def _named_in_style(self, identity: str) -> str | None:
        """Return the font that a style or one that it is based on names, or nothing."""
        names = map(self._named_by, self._sheet.ancestry(identity))
        return next(filter(None, names), None)

    def _named_by(self, owner: Element | None) -> str | None:
        fonts = None if owner is None else find_first(owner, "w:rPr/w:rFonts")
        names = set() if fonts is None else font_names(fonts, self._theme) - {""}
        return min(names, default=None)


def _pieces(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text with their sign faces, none for what stays as it is."""
    done = 0
    for start, end, face in spans:
        if done < start:
            yield text[done:start], ""
        yield text[start:end], face
        done = end
    if done < len(text):
        yield text[done:], ""


def _like(run: Element, family: str = "") -> Element:
    """Return an empty run with the properties of another, in a sign face if one is given."""
    made = etree.Element(R)
    old = run.find(_RUN)
    if old is None and not family:
        return made
    properties = make_element("w:rPr") if old is None else copy.copy(old)
    made.append(properties)
    if family:
        for fonts in properties.findall(_FONTS):
            properties.remove(fonts)
        place = 1 if len(properties) and properties[0].tag == xml_name("w:rStyle") else 0
        properties.insert(place, make_element("w:rFonts", **dict.fromkeys(_SLOTS, family)))
        if any(one.family == family and one.is_upright for one in SIGN_FACES):
            _set_upright(properties)
    return made


def _set_upright(properties: Element) -> None:
    for tag in _ITALIC:
        for old in properties.findall(xml_name(tag)):
            properties.remove(old)
    place = sum(one.tag in _BEFORE_ITALIC for one in properties)
    properties[place:place] = [make_element(tag, val=0) for tag in _ITALIC]


def _replace(run: Element, runs: Iterable[Element]) -> None:
    parent = run.getparent()
    if parent is not None:
        place = parent.index(run)
        parent[place : place + 1] = list(runs)


def sign_font_parts(
    house: HouseStyle, document: bytes, headers_footers: Iterable[HeaderFooter]
) -> Mapping[str, ZipEntry]:
    """Return the font table of a document by its name if it uses sign faces, else nothing.

    Word looks there for what stands in for a font that it does not have.
    """
    bodies = (document, *(one.part.data for one in headers_footers))
    faces = tuple(
        one
        for one in SIGN_FACES
        if any(f'w:eastAsia="{one.family}"'.encode() in body for body in bodies)
    )
    table = house.part(FONT_TABLE)
    return {FONT_TABLE: _with_sign_faces(table, faces)} if faces and table else {}


@functools.lru_cache(maxsize=16)
def _with_sign_faces(font_table: bytes, faces: tuple[SignFace, ...]) -> ZipEntry:
    root = parse(font_table)
    known = {one.get(xml_name("w:name")) for one in root}
    for face in faces:
        if face.family in known:
            continue
        font = make_element("w:font", name=face.family)
        font.append(make_element("w:altName", val=face.stand_in))
        font.append(make_element("w:charset", val="CC"))
        font.append(make_element("w:family", val=face.look))
        font.append(make_element("w:pitch", val="variable"))
        root.append(font)
    return to_entry(FONT_TABLE, serialise(root))
