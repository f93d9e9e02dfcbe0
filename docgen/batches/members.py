"""A document as a member of a batch: whether it may be composed, and with which others.

Documents of a kind share their package and most of their paragraphs: both are read once, and what
is known of them is kept. The rest is done on the XML of the body as text, as docgen stores it.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from docgen.batches.first_blank import Face
from docgen.batches.paragraph_facts import (
    TAIL,
    PackageStyles,
    ParagraphFacts,
    is_strange,
    read_facts,
)
from docgen.batches.placement import (
    OPEN_SIGNS,
    SECTION_PROPERTIES,
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
from docgen.ooxml.docx_package import APP_PROPERTIES, CORE_PART
from docgen.ooxml.font_names import fonts_in, theme_fonts
from docgen.ooxml.word_xml import T, parse, split_paragraphs
from docgen.ooxml.zip_parts import ZipEntry, check_size, read_parts, to_entry
from docgen.proof.paper_proof import Paper
from docgen.proof.paper_stretches import flow_of
from docgen.proof.paper_words import PaperWords, SectionWords, has_tiny_type, read_paper

DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_OWN_PARTS: Final = frozenset({DOCUMENT, CORE_PART})
_BODY: Final = "<w:body>"
_CLOSING: Final = re.compile(
    r"(<w:sectPr(?:\s[^>]*)?(?:/>|>.*?</w:sectPr>))</w:body></w:document>", re.DOTALL
)
_TABLE: Final = "<w:tbl>"
_SIGNS_PER_PAGE: Final = 2000
_REPEATED, _ROW_END = "<w:tblHeader", "</w:tr>"
_FRAME: Final = "<w:framePr"
_MERGED: Final = "<w:vMerge"
_CELLS_PER_PAGE: Final = 40
"""A page holds twice as many cells, but takes LibreOffice four times as long as a page of text."""
_MOST_PACKAGES: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class PackageFrame:
    """What documents of one package share: all parts but for the text and the title.

    ``digests`` are hashes of these parts, ``signs`` what their headers and footers print,
    ``fonts`` the font families that they name, ``parts`` the parts themselves.
    """

    entries: tuple[ZipEntry, ...]
    digests: str
    signs: frozenset[str]
    fonts: frozenset[str]
    styles: PackageStyles
    parts: Mapping[str, bytes]


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
        frame, xml = _read_package(docx if isinstance(docx, bytes) else docx.read_bytes())
        return None if frame is None else _make_member(frame, xml)
    except (StageError, OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


_packages: Final[dict[bytes, tuple[PackageFrame | None]]] = {}


def _read_package(data: bytes) -> tuple[PackageFrame | None, str]:
    """Return what a package shares with others, known or read now, and the XML of its text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive)
        xml = archive.read(DOCUMENT).decode()
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*[info.header_offset for info in infos[1:]], archive.start_dir]
    raw = b"".join(
        [
            data[info.header_offset : end]
            for info, end in zip(infos, ends, strict=True)
            if info.filename not in _OWN_PARTS
        ]
    )
    known = _packages.get(raw)
    if known is None:
        known = (_make_frame(read_parts(data)),)
        if len(_packages) >= _MOST_PACKAGES:
            _packages.clear()
        _packages[raw] = known
    return known[0], xml


def _make_frame(parts: dict[str, bytes]) -> PackageFrame | None:
    if parts.get("docProps/app.xml") != APP_PROPERTIES.encode() or _STYLES not in parts:
        return None
    shared = {one: parts[one] for one in sorted(parts) if one not in _OWN_PARTS}
    roots = [parse(part) for one, part in shared.items() if one.startswith("word/")]
    if any(map(is_strange, roots)):
        return None
    return PackageFrame(
        tuple(to_entry(one, part) for one, part in shared.items()),
        "\n".join(f"{one} {hashlib.sha256(part).hexdigest()}" for one, part in shared.items()),
        frozenset(sign for root in roots for one in root.iter(T) for sign in one.text or ""),
        frozenset(fonts_in(shared)),
        PackageStyles(shared[_STYLES], theme_fonts(shared)),
        shared,
    )


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
        paper=_paper(frame, body, paragraphs),
    )


def _paper(
    frame: PackageFrame,
    body: tuple[str, tuple[str, ...], str],
    paragraphs: Sequence[ParagraphFacts],
) -> Paper:
    """Return what a document should paint, its tables unread as long as nobody asks for them.

    ``body`` is what the part begins with, its stretches by turns, and the closing section.
    """
    head, parts, closing = body
    ends = [index for index, one in enumerate(paragraphs, start=1) if one.sections]
    sections = [SECTION_PROPERTIES.findall(parts[2 * end - 1])[-1] for end in ends]
    bounds = [*pairwise([0, *ends, len(paragraphs)])]
    words = [one.words for one in paragraphs]
    outline = _outline(frame, head, (*sections, closing))
    is_tiny = has_tiny_type(frame.parts[_STYLES].decode()) or any(map(has_tiny_type, parts))
    return Paper(
        outline,
        tuple(["".join(words[start:end]) for start, end in bounds]),
        functools.partial(_put_together, outline, bounds, parts, words, is_tiny=is_tiny),
        is_tiny,
    )


def _put_together(
    outline: Sequence[SectionWords],
    bounds: Sequence[tuple[int, int]],
    parts: Sequence[str],
    words: Sequence[str],
    *,
    is_tiny: bool,
) -> PaperWords:
    """Return all that a document paints, given the bounds of its sections by paragraphs."""
    is_framed = [_FRAME in one for one in parts[1::2]]
    body = ["" if framed else one for one, framed in zip(words, is_framed, strict=True)]
    sections = [
        replace(
            section,
            items=flow_of(parts[2 * start : 2 * end : 2], body[start:end]),
            framed=tuple(
                [words[index] for index in range(start, end) if is_framed[index] and words[index]]
            ),
        )
        for section, (start, end) in zip(outline, bounds, strict=True)
    ]
    is_out_of_order = any(is_framed) or any(_MERGED in one for one in parts[::2])
    return PaperWords(tuple(sections), is_out_of_order, is_tiny)


@functools.lru_cache(maxsize=64)
def _outline(frame: PackageFrame, head: str, sections: tuple[str, ...]) -> tuple[SectionWords, ...]:
    """Return the sections of a document without what they hold."""
    *inner, last = sections
    paragraphs = "".join([f"<w:p><w:pPr>{one}</w:pPr></w:p>" for one in inner])
    document = f"{head}{paragraphs}{last}{TAIL}".encode()
    return read_paper({**frame.parts, DOCUMENT: document}).sections


def _shape(
    key: str,
    between: Sequence[str],
    xml: Sequence[str],
    paragraphs: Sequence[ParagraphFacts],
    closing: str,
) -> Shape:
    if any(_FRAME in one for one in xml):
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
