"""A document as a member of a batch: whether it may be composed, and with which others.

Documents of a kind share their package and most of their paragraphs: both are read once, and what
is known of them is kept. The rest is done on the XML of the body as text, as docgen stores it.
"""

from __future__ import annotations

import hashlib
import re
import sys
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from docgen.batches.first_blank import Face
from docgen.batches.member_papers import FRAME, member_paper
from docgen.batches.package_frames import PackageFrame, read_package
from docgen.batches.paragraph_facts import PackageStyles, ParagraphFacts, read_facts
from docgen.batches.placement import (
    OPEN_SIGNS,
    SIZE_AND_HEADERS,
    SIZE_AND_MARGINS,
    fill_place,
    has_like_sections,
    open_bookmarks,
    reduced_section,
    with_own_page_numbers,
    with_section_end,
    with_start_mark,
    without_headers,
)
from docgen.batches.repertoires import LATIN_SIGNS, SignLook, other_signs
from docgen.errors import StageError
from docgen.ooxml.word_xml import split_paragraphs
from docgen.ooxml.zip_parts import ZipEntry
from docgen.proof.paper_proof import Paper

_BODY: Final = "<w:body>"
_CLOSING: Final = re.compile(
    r"(<w:sectPr(?:\s[^>]*)?(?:/>|>.*?</w:sectPr>))</w:body></w:document>", re.DOTALL
)
_TABLE: Final = "<w:tbl>"
_SIGNS_PER_PAGE: Final = 2000
_REPEATED, _ROW_END = "<w:tblHeader", "</w:tr>"
_CELLS_PER_PAGE: Final = 40
"""A page holds twice as many cells, but takes LibreOffice four times as long as a page of text."""


@dataclass(frozen=True, slots=True, eq=False)
class FirstPage:
    """What the first page of a composed document takes from its first member.

    ``head`` is what the part begins with, ``section`` the properties of a section with its page
    size. The faces ``nonbreaking_first`` print a non-breaking space before a plain one. The
    ``families`` print all letters and ``others``, the ``sign_faces`` signs alone.
    """

    head: str
    section: str
    has_latin: bool
    families: tuple[str, ...]
    nonbreaking_first: tuple[Face, ...]
    others: str = ""
    sign_faces: tuple[SignLook, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What documents share that differ only in the text of movable paragraphs.

    ``between`` is what stands between paragraphs, ``forms`` are the paragraphs: movable ones
    without their text, the others as they are.
    """

    composition_key: str
    between: tuple[str, ...]
    forms: tuple[str, ...]


Mobility: TypeAlias = "tuple[bool, bool]"
"""Whether a paragraph is movable, and whether its lines have one height with any text."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A document that may be composed with those of the same ``composition_key``.

    ``pages`` is a guess from the length of ``text``, which has no headers. ``parts`` are what
    stands between paragraphs and the paragraphs, by turns, without the ``closing`` section;
    ``first_break`` is the index of the first paragraph that ends a section. ``entries`` are the
    parts of the package that all with the key share, ``mobility`` is that of each paragraph,
    ``paper`` what it should paint. ``styles`` are those of the package.
    """

    composition_key: str
    pages: int
    text: str
    parts: tuple[str, ...]
    closing: str
    first_break: int | None
    has_like_sections: bool
    first_page: FirstPage
    entries: tuple[ZipEntry, ...]
    shape: Shape
    mobility: tuple[Mobility, ...]
    styles: PackageStyles
    paper: Paper

    @property
    def begins_with_table(self) -> bool:
        """Whether a table stands before its first paragraph."""
        return _TABLE in self.parts[0]

    def body_at(self, number: int, bookmarks_before: int) -> tuple[bytes, int]:
        """Return the inside of the body for a place, and how many bookmarks it has.

        The place is the document's number and how many bookmarks stand before it.
        """
        body, own = _open_body(self)
        return fill_place(body.encode(), number, bookmarks_before), own


def read_member(docx: Path | bytes) -> Member | None:
    """Read a document that may be composed with others; return None when it may not.

    The answer depends on the document alone. Not composed are documents that another program wrote,
    that print signs outside the repertoire, that allow widows, or that hold pictures, lists, notes,
    links or fields but the page number.
    """
    try:
        frame, xml = read_package(docx if isinstance(docx, bytes) else docx.read_bytes())
        return None if frame is None else _make_member(frame, xml)
    except (StageError, OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


def _make_member(frame: PackageFrame, xml: str) -> Member | None:
    """Return the member, None if its paragraphs forbid it; each is read once for all documents."""
    start = xml.index(_BODY) + len(_BODY)
    head = sys.intern(xml[xml.index("<w:document") : start])
    parts = split_paragraphs(xml[start:])
    closing = _CLOSING.fullmatch(parts[-1])
    # Bookmarks at the beginning of the last paragraph go astray once it ends a section (seen on
    # LibreOffice 7.4), so it has none, and it is not the one where the document begins.
    if len(parts) < 5 or closing is None or any(sign in xml for sign in OPEN_SIGNS):
        return None
    paragraphs = [read_facts(head, one, frame.styles) for one in parts[1::2]]
    between = "".join([*parts[:-1:2], closing[1]])
    facts = [*paragraphs, read_facts(head, between, frame.styles)]
    others = other_signs(frame.signs.union(*[one.signs for one in paragraphs]))
    if others is None or not (_can_end_section(paragraphs) and _can_be_composed(facts)):
        return None
    are_alike = has_like_sections(xml[start:])
    section = reduced_section(head, closing[1], SIZE_AND_HEADERS if are_alike else SIZE_AND_MARGINS)
    first_page = _first_page(head, section, frame, facts, others)
    if not {one.family for one in first_page.sign_faces}.isdisjoint(first_page.families):
        return None
    text = "".join([one.text for one in paragraphs])
    cells = between.count("<w:tc>")
    key = _composition_key(frame, first_page, facts, section if are_alike else "")
    body = (head, tuple(parts[:-1]), closing[1])
    return Member(
        composition_key=key,
        pages=1 + max(len(text) // _SIGNS_PER_PAGE, cells // _CELLS_PER_PAGE),
        text=text,
        parts=body[1],
        closing=body[2],
        first_break=next((index for index, one in enumerate(paragraphs) if one.sections), None),
        has_like_sections=are_alike,
        first_page=first_page,
        entries=frame.entries,
        shape=_shape(key, parts[:-1:2], parts[1::2], paragraphs, closing[1]),
        mobility=tuple([(bool(one.form), one.has_even_lines) for one in paragraphs]),
        styles=frame.styles,
        paper=member_paper(frame, body, paragraphs),
    )


def _shape(
    key: str,
    between: Sequence[str],
    xml: Sequence[str],
    paragraphs: Sequence[ParagraphFacts],
    closing: str,
) -> Shape:
    if any(FRAME in one for one in xml):
        # What a frame holds is painted after all else, in samples at the foot of another page.
        return Shape(key, (*between, closing), tuple(xml))
    forms = [facts.form or one for facts, one in zip(paragraphs, xml, strict=True)]
    if any(_REPEATED in one for one in between):
        # A row of headings is printed again on the next page, as it stands.
        is_repeated = False
        for index, one in enumerate(between):
            is_repeated = _REPEATED in one or (is_repeated and _ROW_END not in one)
            if is_repeated and index < len(forms):
                forms[index] = xml[index]
    return Shape(key, (*between, closing), tuple(forms))


def _can_end_section(paragraphs: Sequence[ParagraphFacts]) -> bool:
    """Whether the last paragraph can hold the properties of the last section."""
    first, last = paragraphs[0], paragraphs[-1]
    return not (first.sections or last.sections or last.has_bookmark)


def _can_be_composed(facts: Sequence[ParagraphFacts]) -> bool:
    """Whether nothing reaches beyond its own section, and all sections have the same headers."""
    sections = {section for one in facts for section in one.sections}
    return len(sections) == 1 and not any(one.is_strange for one in facts)


def _first_page(
    head: str, section: str, frame: PackageFrame, facts: Sequence[ParagraphFacts], others: str
) -> FirstPage:
    signs = frame.signs.union(*[one.signs for one in facts])
    families = frame.fonts.union(*[one.families for one in facts])
    first: dict[Face, str] = {}
    for one in facts:
        for face, blank in one.blanks:
            first.setdefault(face, blank)
    return FirstPage(
        head,
        section,
        not signs.isdisjoint(LATIN_SIGNS),
        tuple(sorted(families - {""})),
        tuple(sorted(face for face, blank in first.items() if blank != " ")),
        others,
        tuple(sorted(frozenset[SignLook]().union(*[one.sign_faces for one in facts]))),
    )


def _composition_key(
    frame: PackageFrame, first_page: FirstPage, facts: Sequence[ParagraphFacts], section: str
) -> str:
    """Return a hash of what must be equal in documents that are composed."""
    (sections,) = {two for one in facts for two in one.sections}
    fonts = sorted(frozenset[str]().union(*[one.fonts for one in facts]))
    others = [str(first_page.has_latin), str(first_page.nonbreaking_first), section]
    if first_page.others or first_page.sign_faces:
        others += [first_page.others, str(first_page.sign_faces)]
    lines = [frame.digests, first_page.head, *sections, *fonts, *others]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _open_body(member: Member) -> tuple[str, int]:
    """Return the inside of the body, its bookmarks left open, and how many of them there are."""
    head, section = member.first_page.head, member.closing
    parts = [*member.parts]
    bookmarks = open_bookmarks(parts)
    parts[1] = with_start_mark(head, parts[1], bookmarks - 1)
    if member.first_break is None:
        section = with_own_page_numbers(head, section)
    else:
        index = 2 * member.first_break + 1
        parts[index] = with_own_page_numbers(head, parts[index])
    parts[-1] = with_section_end(head, parts[-1], section)
    body = "".join(parts)
    return without_headers(body) if member.has_like_sections else body, bookmarks
