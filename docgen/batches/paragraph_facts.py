"""What composing needs to know of each paragraph: fonts, signs, sections, whether it is movable."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import unescape

from docgen.batches.first_blank import Face, first_blanks, text_faces
from docgen.batches.movable import has_even_lines, is_movable
from docgen.batches.repertoires import SIGN_REPERTOIRES, SignLook
from docgen.batches.widows import allows_widows
from docgen.ooxml.font_names import font_names
from docgen.ooxml.word_xml import (
    EMPTY_TEXT,
    SECTION,
    TEXT,
    Element,
    P,
    T,
    compile_xpath,
    find_all,
    find_first,
    parse,
    xml_name,
)
from docgen.proof.paper_styles import read_styles
from docgen.proof.paragraph_words import has_plain_words, plain_words, words_of

TAIL: Final = "</w:body></w:document>"
_FONTS: Final = xml_name("w:rFonts")
_EAST_ASIAN: Final = xml_name("w:eastAsia")
"""Where docgen names a face of signs, which hardly anybody else does."""
_BOOKMARK_START: Final = xml_name("w:bookmarkStart")
_CHARACTER_BORDER: Final = b"<w:bdr"
"""A border around signs is painted apart from them, at the end of a page (seen on 7.4)."""
_SPELLED_OTHERWISE: Final = re.compile("&(?!amp;|lt;|gt;)")
_MOST_KEPT: Final = 1024
_TEXT_LEFT_OUT: Final = "\ue004"

REFERENCES: Final = ("w:headerReference", "w:footerReference")
is_strange: Final = compile_xpath(
    "boolean(//w:numPr | //w:drawing | //w:pict | //w:object | //w:altChunk | //w:hyperlink"
    " | //w:footnoteReference | //w:endnoteReference | //w:commentReference | //w:sym | //w:sdt"
    " | //w:framePr[not(@w:vAnchor='margin' and @w:yAlign='bottom' and @w:wrap='notBeside')]"
    " | //w:ins | //w:del | //w:txbxContent | //w:mirrorMargins"
    " | //w:evenAndOddHeaders | //w:sectPr/w:type[@w:val!='nextPage']"
    " | //w:fldSimple[substring-before(concat(normalize-space(@w:instr), ' '), ' ')!='PAGE']"
    " | //w:instrText[substring-before(concat(normalize-space(), ' '), ' ')!='PAGE']"
    " | //@r:*[not(parent::w:headerReference or parent::w:footerReference)])"
)
"""Whether a part holds something that reaches beyond its sections or is numbered file by file."""


@dataclass(frozen=True, slots=True, eq=False)
class PackageStyles:
    """The styles part and the theme fonts of a package: they decide how its paragraphs look."""

    part: bytes
    theme: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """What is known of a paragraph, or of the markup between paragraphs.

    ``fonts`` are all that it names itself, ``families`` those that print; ``blanks`` the first
    blank of each face; ``sections`` the headers and footers of each section. ``signs`` are those
    of its text but for what ``sign_faces`` print. ``words`` is what the
    text paints, as it is proven. ``form`` is the
    paragraph without its text, empty when it is not movable. It is ``is_strange`` when it must not
    be composed with others, and ``has_even_lines`` when all its lines are of one height.
    """

    text: str
    words: str
    signs: frozenset[str]
    fonts: frozenset[str]
    families: frozenset[str]
    sign_faces: frozenset[SignLook]
    blanks: tuple[tuple[Face, str], ...]
    sections: tuple[tuple[str, ...], ...]
    has_bookmark: bool
    is_strange: bool
    form: str
    has_even_lines: bool


@dataclass(frozen=True, slots=True)
class _MarkupFacts:
    """The facts that do not depend on the texts; ``faces`` are those of the texts, in order.

    ``sign_looks`` are theirs, too, None for a text in no face of signs; empty where there is none.
    """

    faces: tuple[Face | None, ...]
    sign_looks: tuple[SignLook | None, ...]
    fonts: frozenset[str]
    families: frozenset[str]
    sections: tuple[tuple[str, ...], ...]
    has_bookmark: bool
    is_strange: bool
    is_movable: bool
    has_even_lines: bool

    def with_texts(
        self, texts: Sequence[str], form: str = "", words: str | None = None
    ) -> ParagraphFacts:
        """Return all facts of markup that holds these texts; they paint ``words``, if given."""
        text = others = "".join(texts)
        sign_faces = self._sign_faces(texts) if self.sign_looks else frozenset[SignLook]()
        if sign_faces:
            looks = zip(self.sign_looks, texts, strict=True)
            others = "".join([one for look, one in looks if look not in sign_faces])
        return ParagraphFacts(
            text,
            plain_words(text) if words is None else words,
            frozenset(others),
            self.fonts,
            self.families - {one.family for one in sign_faces},
            sign_faces,
            first_blanks(self.faces, texts),
            self.sections,
            self.has_bookmark,
            self.is_strange,
            form if self.is_movable else "",
            self.has_even_lines,
        )

    def _sign_faces(self, texts: Sequence[str]) -> frozenset[SignLook]:
        """Return the faces of signs; a family that prints words, too, is as good as any other."""
        pairs = [
            (look, text)
            for look, text in zip(self.sign_looks, texts, strict=True)
            if look is not None and text
        ]
        with_words = {look.family for look, text in pairs if not look.prints(text)}
        return frozenset(look for look, _ in pairs if look.family not in with_words)


@functools.lru_cache(maxsize=_MOST_KEPT)
def read_facts(head: str, xml: str, styles: PackageStyles) -> ParagraphFacts:
    """Return the facts of a stretch of a body, given as XML.

    Args:
        head: What the part begins with, up to and with the start of the body.
        xml: A paragraph, or all that stands between paragraphs.
        styles: Those of the package.

    Raises:
        TemplateError: when the stretch is no XML by itself.
    """
    parts = TEXT.split(xml)
    looks = read_styles(styles.part)
    words = None
    if not (looks.are_plain and has_plain_words(xml)):
        words = "".join([words_of(one, looks) for one in _parsed(head, xml).iter(P)])
    if "\r" not in xml and not _SPELLED_OTHERWISE.search(xml):
        facts = _facts_of_markup(head, EMPTY_TEXT.join(parts[::2]), styles)
        texts = [unescape(one) for one in parts[1::2]]
        if len(facts.faces) == len(texts):
            return facts.with_texts(texts, _without_text(parts), words)
    # Texts are stored or spelled in another way than docgen's.
    root = _parsed(head, xml)
    texts = [one.text or "" for one in root.iter(T)]
    return _read_markup(root, styles).with_texts(texts, words=words)


def _without_text(parts: Sequence[str]) -> str:
    """Return XML without its texts, but for blank ones: such a text may make a line lower."""
    rest = iter(parts)
    kept = [next(rest, "")]
    for text, after in zip(rest, rest, strict=True):
        kept += (_TEXT_LEFT_OUT if text.strip() else text, after)
    return sys.intern("".join(kept))


@functools.lru_cache(maxsize=_MOST_KEPT)
def _facts_of_markup(head: str, xml: str, styles: PackageStyles) -> _MarkupFacts:
    return _read_markup(_parsed(head, xml), styles)


def _parsed(head: str, xml: str) -> Element:
    return parse(f"{head}{xml}{TAIL}")


def _read_markup(root: Element, styles: PackageStyles) -> _MarkupFacts:
    named = list(root.iter(_FONTS))
    faces = text_faces(root, styles.part)
    return _MarkupFacts(
        faces,
        _sign_looks(root, faces) if named else (),
        frozenset(str(font) for one in named for font in one.attrib.values()),
        frozenset(font for one in named for font in font_names(one, styles.theme)),
        tuple(_references(section) for section in root.iter(SECTION)),
        next(root.iter(_BOOKMARK_START), None) is not None,
        bool(is_strange(root)) or allows_widows(root, styles.part),
        is_movable(root) and _CHARACTER_BORDER not in styles.part,
        has_even_lines(root),
    )


def _sign_looks(root: Element, faces: Sequence[Face | None]) -> tuple[SignLook | None, ...]:
    looks: list[SignLook | None] = []
    for text, face in zip(root.iter(T), faces, strict=True):
        run = text.getparent()
        fonts = None if run is None else find_first(run, "w:rPr/w:rFonts")
        family = "" if fonts is None else fonts.get(_EAST_ASIAN, "")
        is_sign = face is not None and family in SIGN_REPERTOIRES
        looks.append(SignLook(family, *face) if is_sign and face is not None else None)
    return tuple(looks) if any(looks) else ()


def _references(section: Element) -> tuple[str, ...]:
    """Return the headers and footers of a section as strings that can be compared."""
    return tuple(
        f"{one} {element.get(xml_name('w:type'))} {element.get(xml_name('r:id'))}"
        for one in REFERENCES
        for element in find_all(section, one)
    )
