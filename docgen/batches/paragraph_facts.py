"""What the paragraphs of a finished document tell those who compose it with others."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import unescape

from docgen.batches.first_blank import Face, faces_of, first_blanks
from docgen.batches.movable import is_loose, is_of_one_look
from docgen.batches.widows import allows_widows
from docgen.ooxml.house_style import font_names
from docgen.ooxml.word_xml import (
    EMPTY_TEXT,
    SECTION,
    TEXT,
    Element,
    T,
    find,
    name,
    parse,
    search,
)

TAIL: Final = "</w:body></w:document>"
_FONTS: Final = name("w:rFonts")
_PLACE: Final = name("w:bookmarkStart")
_FRAMED: Final = b"<w:bdr"
"""Frames around signs are painted apart from these, at the end of a page (seen on 7.4)."""
_SPELLED_OTHERWISE: Final = re.compile("&(?!amp;|lt;|gt;)")
_MOST_PIECES: Final = 1024
_WORDS: Final = "\ue004"

REFERENCES: Final = ("w:headerReference", "w:footerReference")
is_strange: Final = search(
    "boolean(//w:numPr | //w:drawing | //w:pict | //w:object | //w:altChunk | //w:hyperlink"
    " | //w:footnoteReference | //w:endnoteReference | //w:commentReference | //w:sym | //w:sdt"
    " | //w:framePr | //w:ins | //w:del | //w:txbxContent | //w:mirrorMargins"
    " | //w:evenAndOddHeaders | //w:sectPr/w:type[@w:val!='nextPage']"
    " | //w:fldSimple[substring-before(concat(normalize-space(@w:instr), ' '), ' ')!='PAGE']"
    " | //w:instrText[substring-before(concat(normalize-space(), ' '), ' ')!='PAGE']"
    " | //@r:*[not(parent::w:headerReference or parent::w:footerReference)])"
)
"""Whether a part holds what reaches beyond its own sections, or is counted through the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """The styles and theme fonts of a package, by which its paragraphs look."""

    styles: bytes
    theme: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece of a body tells.

    ``fonts`` are all that it names itself, ``families`` those that print; ``blanks`` the first
    blank of each face; ``sections`` the headers and footers of each section. ``form`` is the piece
    without its words, empty when it is to be taken as it is; ``has_one_look`` when all its words
    are of one size and fount, be they bold or not.
    """

    text: str
    signs: frozenset[str]
    fonts: frozenset[str]
    families: frozenset[str]
    blanks: tuple[tuple[Face, str], ...]
    sections: tuple[tuple[str, ...], ...]
    has_place: bool
    is_strange: bool
    form: str
    has_one_look: bool


@dataclass(frozen=True, slots=True)
class _PieceForm:
    """What a piece of a body tells whatever its texts say: ``faces`` are of these."""

    faces: tuple[Face | None, ...]
    fonts: frozenset[str]
    families: frozenset[str]
    sections: tuple[tuple[str, ...], ...]
    has_place: bool
    is_strange: bool
    is_loose: bool
    has_one_look: bool

    def filled(self, texts: Sequence[str], form: str = "") -> Told:
        text = "".join(texts)
        return Told(
            text,
            frozenset(text),
            self.fonts,
            self.families,
            first_blanks(self.faces, texts),
            self.sections,
            self.has_place,
            self.is_strange,
            form if self.is_loose else "",
            self.has_one_look,
        )


@functools.lru_cache(maxsize=_MOST_PIECES)
def told_by(head: str, xml: str, looks: Looks) -> Told:
    """Return what stands in a piece of a body; ``head`` is what the part begins with.

    Raises:
        TemplateError: when the piece is no XML by itself.
    """
    parts = TEXT.split(xml)
    if "\r" not in xml and not _SPELLED_OTHERWISE.search(xml):
        form = _form_of(head, EMPTY_TEXT.join(parts[::2]), looks)
        texts = [unescape(one) for one in parts[1::2]]
        if len(form.faces) == len(texts):
            return form.filled(texts, _without_words(parts))
    # Other texts than docgen stores, or spelled otherwise than it does.
    root = _parsed(head, xml)
    return _read_form(root, looks).filled([one.text or "" for one in root.iter(T)])


def _without_words(parts: Sequence[str]) -> str:
    """Return a piece without its words; texts of blanks stay: one may make a line lower."""
    words = iter(parts)
    told = [next(words, "")]
    for text, after in zip(words, words, strict=True):
        told += (_WORDS if text.strip() else text, after)
    return sys.intern("".join(told))


@functools.lru_cache(maxsize=_MOST_PIECES)
def _form_of(head: str, xml: str, looks: Looks) -> _PieceForm:
    return _read_form(_parsed(head, xml), looks)


def _parsed(head: str, xml: str) -> Element:
    return parse(f"{head}{xml}{TAIL}")


def _read_form(root: Element, looks: Looks) -> _PieceForm:
    named = list(root.iter(_FONTS))
    return _PieceForm(
        faces_of(root, looks.styles),
        frozenset(str(font) for one in named for font in one.attrib.values()),
        frozenset(font for one in named for font in font_names(one, looks.theme)),
        tuple(_references(section) for section in root.iter(SECTION)),
        next(root.iter(_PLACE), None) is not None,
        bool(is_strange(root)) or allows_widows(root, looks.styles),
        is_loose(root) and _FRAMED not in looks.styles,
        is_of_one_look(root),
    )


def _references(section: Element) -> tuple[str, ...]:
    """Return which headers and footers a section has, to be compared."""
    return tuple(
        f"{one} {element.get(name('w:type'))} {element.get(name('r:id'))}"
        for one in REFERENCES
        for element in find(section, one)
    )
