"""A document as a member of a composed one: read once, ready to stand among others.

Papers of a kind share their package and most of their paragraphs: both are read once, and what is
known of them is kept. The rest is done on the text of the part, which is as docgen stores it.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.batches.first_blank import Face
from docgen.batches.paragraph_facts import Looks, Told, is_strange, told_by
from docgen.batches.placement import (
    BARE,
    LEADING,
    OPEN_SIGNS,
    begun,
    ended,
    is_even,
    leading_section,
    marked,
    to_placed,
    with_open_bookmarks,
    without_headers,
)
from docgen.errors import StageError
from docgen.ooxml.docx_package import APP, CORE
from docgen.ooxml.house_style import fonts_in, theme_fonts
from docgen.ooxml.word_xml import T, parse, split_paragraphs
from docgen.ooxml.zip_parts import ZipEntry, check_size, read_parts, to_entry

_CYRILLIC: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS: Final = "-0123456789!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}~«»„“”‘’–—…№§°×±•·\u2011"
REPERTOIRE: Final = f"{_CYRILLIC}{_SIGNS}"
"""What a composed document may print besides Latin letters, which it prints too if need be.

It is under 255 signs, so that a face is one font in the PDF. Cyrillic stands before Latin: where a
font draws А and A with one glyph, the first letter is what a reader finds; so with dashes.
"""

DOCUMENT: Final = "word/document.xml"
_BLANKS: Final = frozenset(" \u00a0\t\n")
_LATIN_SIGNS: Final = frozenset(LATIN)
_ALLOWED: Final = frozenset(REPERTOIRE) | _LATIN_SIGNS | _BLANKS
_STYLES: Final = "word/styles.xml"
_OWN_PARTS: Final = frozenset({DOCUMENT, CORE})
_BODY: Final = "<w:body>"
_CLOSING: Final = re.compile(
    r"(<w:sectPr(?:\s[^>]*)?(?:/>|>.*?</w:sectPr>))</w:body></w:document>", re.DOTALL
)
_CHARACTERS_A_PAGE: Final = 2000
_REPEATED, _ROW_END = "<w:tblHeader", "</w:tr>"
_CELLS_A_PAGE: Final = 40
"""A page holds twice as many, and takes LibreOffice four times as long as a page of text."""
_MOST_FRAMES: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What documents of one package share: the parts but for the text, and what they tell."""

    entries: tuple[ZipEntry, ...]
    told: str
    signs: frozenset[str]
    fonts: frozenset[str]
    looks: Looks


@dataclass(frozen=True, slots=True, eq=False)
class Lead:
    """What the first page of a composed document takes from its first member."""

    head: str
    sheet: str
    has_latin: bool
    families: tuple[str, ...]
    held: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What documents share that differ in the words of loose paragraphs alone.

    ``between`` is what stands between paragraphs, ``forms`` are the paragraphs: loose ones without
    their words, the others as they are.
    """

    key: str
    between: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A document that may be composed with those of the same ``key``.

    ``pages`` is a guess from the length of ``text``, which has no headers. ``parts`` are what
    stands between paragraphs and the paragraphs, by turns, without the ``closing`` section;
    ``entries`` are what all of the key share. ``looks`` tell of each paragraph whether it is loose
    and whether its lines are of one height whatever they say.
    """

    key: str
    pages: int
    text: str
    parts: tuple[str, ...]
    closing: str
    first_break: int | None
    is_one_sheet: bool
    lead: Lead
    entries: tuple[ZipEntry, ...]
    shape: Shape
    looks: tuple[tuple[bool, bool], ...]

    @property
    def letters(self) -> Counter[str]:
        """Return how often each letter stands in the text, small ones for capitals."""
        folded = self.text.casefold()
        letters = _letters_in(frozenset(self.text))
        return Counter({letter: folded.count(letter) for letter in letters})

    def placed(self, number: int, marks: int) -> tuple[bytes, int]:
        """Return the body for its place, and how many bookmarks it has.

        The place is its number, and how many bookmarks stand before it.
        """
        body, own = _body(self)
        return to_placed(body.encode(), number, marks), own


def read_member(docx: Path | bytes) -> Member | None:
    """Return a document as one to be composed; None when it must stay alone.

    The answer depends on the document alone. Alone stay documents that another program wrote, that
    print signs outside the repertoire, that allow widows, or that hold pictures, lists, notes,
    links or fields but the page number.
    """
    try:
        frame, xml = _opened(docx if isinstance(docx, bytes) else docx.read_bytes())
        return None if frame is None else _member(frame, xml)
    except (StageError, OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


_frames: Final[dict[bytes, Frame | None]] = {}


def _opened(data: bytes) -> tuple[Frame | None, str]:
    """Return what a package shares with others, read anew only if it is not known, and its text."""
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
    if raw not in _frames:
        if len(_frames) >= _MOST_FRAMES:
            _frames.clear()
        _frames[raw] = _read_frame(read_parts(data))
    return _frames[raw], xml


def _read_frame(parts: dict[str, bytes]) -> Frame | None:
    if parts.get("docProps/app.xml") != APP.encode() or _STYLES not in parts:
        return None
    shared = {one: parts[one] for one in sorted(parts) if one not in _OWN_PARTS}
    roots = [parse(part) for one, part in shared.items() if one.startswith("word/")]
    if any(map(is_strange, roots)):
        return None
    return Frame(
        tuple(to_entry(one, part) for one, part in shared.items()),
        "\n".join(f"{one} {hashlib.sha256(part).hexdigest()}" for one, part in shared.items()),
        frozenset(sign for root in roots for one in root.iter(T) for sign in one.text or ""),
        frozenset(fonts_in(shared)),
        Looks(shared[_STYLES], theme_fonts(shared)),
    )


def _member(frame: Frame, xml: str) -> Member | None:
    """Return the member if its paragraphs let it; each is looked at once for all documents."""
    start = xml.index(_BODY) + len(_BODY)
    head = sys.intern(xml[xml.index("<w:document") : start])
    parts = split_paragraphs(xml[start:])
    closing = _CLOSING.fullmatch(parts[-1])
    # Bookmarks at the beginning of the last paragraph go astray once it ends a section (seen on
    # LibreOffice 7.4), so it has none, and it is not the one where the document begins.
    if len(parts) < 5 or closing is None or any(sign in xml for sign in OPEN_SIGNS):
        return None
    paragraphs = [told_by(head, one, frame.looks) for one in parts[1::2]]
    between = "".join([*parts[:-1:2], closing[1]])
    told = [*paragraphs, told_by(head, between, frame.looks)]
    signs = frozenset[str]().union(*[one.signs for one in paragraphs])
    if not (_ends_well(paragraphs) and _is_plain(told) and signs | frame.signs <= _ALLOWED):
        return None
    is_one_sheet = is_even(xml[start:])
    sheet = leading_section(head, closing[1], LEADING if is_one_sheet else BARE)
    lead = _lead(head, sheet, frame, told)
    text = "".join([one.text for one in paragraphs])
    cells = between.count("<w:tc>")
    key = _key(frame, lead, told, sheet if is_one_sheet else "")
    return Member(
        key=key,
        pages=1 + max(len(text) // _CHARACTERS_A_PAGE, cells // _CELLS_A_PAGE),
        text=text,
        parts=tuple(parts[:-1]),
        closing=closing[1],
        first_break=next((place for place, one in enumerate(paragraphs) if one.sections), None),
        is_one_sheet=is_one_sheet,
        lead=lead,
        entries=frame.entries,
        shape=_shape(key, parts[:-1:2], parts[1::2], paragraphs, closing[1]),
        looks=tuple([(bool(one.form), one.has_one_look) for one in paragraphs]),
    )


def _shape(
    key: str,
    between: Sequence[str],
    xml: Sequence[str],
    paragraphs: Sequence[Told],
    closing: str,
) -> Shape:
    forms = [told.form or one for told, one in zip(paragraphs, xml, strict=True)]
    if any(_REPEATED in one for one in between):
        # A row of headings is printed again on the next page, as it stands.
        is_repeated = False
        for place, one in enumerate(between):
            is_repeated = _REPEATED in one or (is_repeated and _ROW_END not in one)
            if is_repeated and place < len(forms):
                forms[place] = xml[place]
    return Shape(key, (*between, closing), tuple(forms))


def _ends_well(paragraphs: Sequence[Told]) -> bool:
    """Whether the last paragraph can hold the properties of the last section."""
    first, last = paragraphs[0], paragraphs[-1]
    return not (first.sections or last.sections or last.has_place)


def _is_plain(told: Sequence[Told]) -> bool:
    """Whether nothing reaches beyond its own section, and all sections have the same headers."""
    sections = {section for one in told for section in one.sections}
    return len(sections) == 1 and not any(one.is_strange for one in told)


def _lead(head: str, sheet: str, frame: Frame, told: Sequence[Told]) -> Lead:
    signs = frame.signs.union(*[one.signs for one in told])
    families = frame.fonts.union(*[one.families for one in told])
    first: dict[Face, str] = {}
    for one in told:
        for face, blank in one.blanks:
            first.setdefault(face, blank)
    return Lead(
        head,
        sheet,
        not signs.isdisjoint(_LATIN_SIGNS),
        tuple(sorted(families - {""})),
        tuple(sorted(face for face, blank in first.items() if blank != " ")),
    )


def _key(frame: Frame, lead: Lead, told: Sequence[Told], sheet: str) -> str:
    """Return what decides with which documents one may be composed."""
    (sections,) = {two for one in told for two in one.sections}
    fonts = sorted(frozenset[str]().union(*[one.fonts for one in told]))
    looks = [str(lead.has_latin), str(lead.held), sheet]
    lines = [frame.told, lead.head, *sections, *fonts, *looks]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@functools.lru_cache(maxsize=256)
def _letters_in(signs: frozenset[str]) -> frozenset[str]:
    return frozenset(one for sign in signs for one in sign.casefold() if one.isalpha())


def _body(member: Member) -> tuple[str, int]:
    """Return the inside of the body for any place, and how many bookmarks it has."""
    head, section = member.lead.head, member.closing
    parts = [*member.parts]
    marks = with_open_bookmarks(parts)
    parts[1] = marked(head, parts[1], marks - 1)
    if member.first_break is None:
        section = begun(head, section)
    else:
        place = 2 * member.first_break + 1
        parts[place] = begun(head, parts[place])
    parts[-1] = ended(head, parts[-1], section)
    body = "".join(parts)
    return without_headers(body) if member.is_one_sheet else body, marks
