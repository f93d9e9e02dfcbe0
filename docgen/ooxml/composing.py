"""Many documents of one package in one, section by section, for one conversion.

A document is laid out the same in any company: the batch begins with a page that prints every
letter in every face, so that LibreOffice numbers the glyphs of its fonts before the first document,
and each document is a run of sections of its own, between others, whichever place it has.
"""

from __future__ import annotations

import copy
import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.errors import DocgenError
from docgen.ooxml.archive import read_parts, to_entry, to_zip
from docgen.ooxml.elements import (
    BODY,
    NAMESPACES,
    ROW,
    SECTION,
    SPACE,
    Element,
    P,
    T,
    broken,
    child,
    find,
    make,
    name,
    parse,
    serialise,
)
from docgen.ooxml.faces import Face, held_faces
from docgen.ooxml.house import used_fonts
from docgen.ooxml.package import APP

_CYRILLIC: Final = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS: Final = "-0123456789!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}~«»„“”‘’–—…№§°×±•·\u2011"
REPERTOIRE: Final = f"{_CYRILLIC}{_SIGNS}"
"""What a composed document may print besides Latin letters, which it prints too if need be.

It is under 255 signs, so that a face is one font in the PDF. Cyrillic stands before Latin: where a
font draws А and A with one glyph, the first letter is what a reader finds; so with dashes.
"""

_LIGATURES: Final = ("fi", "fl", "ff", "ffi", "ffl")
_BLANKS: Final = frozenset(" \u00a0\t\n")
_LATIN_SIGNS: Final = frozenset(_LATIN)
_ALLOWED: Final = frozenset(REPERTOIRE) | _LATIN_SIGNS | _BLANKS
_DOCUMENT: Final = "word/document.xml"
_FONTS: Final = name("w:rFonts")
_STYLES: Final = "word/styles.xml"
_START: Final = name("w:bookmarkStart")
_END: Final = name("w:bookmarkEnd")
_OWN_PARTS: Final = frozenset({_DOCUMENT, "docProps/core.xml"})
_CHARACTERS_A_PAGE: Final = 2000
_ROWS_A_PAGE: Final = 30

_REFERENCES: Final = ("w:headerReference", "w:footerReference")
_BEFORE_NUMBERS: Final = (*_REFERENCES, "w:type", "w:pgSz", "w:pgMar")
_STRANGE: Final = etree.XPath(
    "boolean(//w:numPr | //w:drawing | //w:pict | //w:object | //w:altChunk | //w:hyperlink"
    " | //w:footnoteReference | //w:endnoteReference | //w:commentReference | //w:sym | //w:sdt"
    " | //w:framePr | //w:ins | //w:del | //w:txbxContent | //w:mirrorMargins"
    " | //w:evenAndOddHeaders | //w:sectPr/w:type[@w:val!='nextPage']"
    " | //w:fldSimple[substring-before(concat(normalize-space(@w:instr), ' '), ' ')!='PAGE']"
    " | //w:instrText[substring-before(concat(normalize-space(), ' '), ' ')!='PAGE']"
    " | //@r:*[not(parent::w:headerReference or parent::w:footerReference)])",
    namespaces=NAMESPACES,
)
"""What reaches beyond its own sections, or is counted through the whole file."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What decides with which documents one may be composed: those of the same ``key``.

    ``pages`` is a guess from the length of the text.
    """

    key: str
    pages: int


def kin_of(docx: Path | bytes) -> Kin | None:
    """Return with which documents this one may be composed; None when it must stay alone.

    The answer depends on the document alone. Alone stay documents that another program wrote, that
    print signs outside the repertoire, or that hold pictures, lists, notes, links or fields but
    the page number.
    """
    try:
        parts = read_parts(docx)
        if parts.get("docProps/app.xml") != APP.encode() or _STYLES not in parts:
            return None
        roots = _roots_of(parts)
    except DocgenError:
        return None
    root = roots[_DOCUMENT]
    printed = _printed(roots.values())
    if any(map(_STRANGE, roots.values())) or not printed <= _ALLOWED:
        return None
    sections = [_references(section) for section in root.iter(SECTION)]
    body = root.find(BODY)
    if body is None or len(set(sections)) != 1 or not _ends_well(body):
        return None
    told = [f"{one} {hashlib.sha256(parts[one]).hexdigest()}" for one in sorted(parts)]
    shared = [line for line in told if line.split(" ")[0] not in _OWN_PARTS]
    has_latin = not printed.isdisjoint(_LATIN_SIGNS)
    first_page = [*_own_fonts(root), str(has_latin), str(held_faces(root, parts[_STYLES]))]
    key = "\n".join([*shared, *sections[0], *first_page])
    return Kin(hashlib.sha256(key.encode()).hexdigest(), _guess_pages(root))


def _roots_of(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """Return the text, headers and footers, styles and settings of a package."""
    return {one: parse(data) for one, data in parts.items() if one.startswith("word/")}


def _printed(roots: Iterable[Element]) -> set[str]:
    """Return the signs that parts of a document print."""
    return {sign for root in roots for element in root.iter(T) for sign in element.text or ""}


def letters_of(docx: Path | bytes) -> Counter[str]:
    """Return how often each letter stands in the text without headers, small ones for capitals.

    Raises:
        TemplateError: when the document cannot be read.
    """
    root = parse(read_parts(docx)[_DOCUMENT])
    text = "".join([element.text or "" for element in root.iter(T)]).casefold()
    return Counter({sign: count for sign, count in Counter(text).items() if sign.isalpha()})


def _references(section: Element) -> tuple[str, ...]:
    """Return which headers and footers a section has, to be compared."""
    return tuple(
        f"{one} {element.get(name('w:type'))} {element.get(name('r:id'))}"
        for one in _REFERENCES
        for element in find(section, one)
    )


def _ends_well(body: Element) -> bool:
    """Whether the last paragraph can hold the properties of the last section.

    Bookmarks at the beginning of such a paragraph go astray (seen on LibreOffice 7.4), so it has
    none, and it is not the one where the document begins.
    """
    blocks = list(body)
    if len(blocks) < 2 or blocks[-1].tag != SECTION or blocks[-2].tag != P:
        return False
    first = next(body.iter(P))
    is_end = any(child(one, "w:pPr/w:sectPr") is not None for one in (first, blocks[-2]))
    return (
        not is_end and first is not blocks[-2] and child(blocks[-2], ".//w:bookmarkStart") is None
    )


def _guess_pages(root: Element) -> int:
    characters = sum(len(element.text or "") for element in root.iter(T))
    rows = sum(1 for _ in root.iter(ROW))
    return 1 + max(characters // _CHARACTERS_A_PAGE, rows // _ROWS_A_PAGE)


def _own_fonts(root: Element) -> list[str]:
    """Return the fonts that the text names itself, beside those of its styles."""
    return sorted({str(font) for one in root.iter(_FONTS) for font in one.attrib.values()})


def start_mark(number: int) -> str:
    """Return the bookmark at which a document begins."""
    return f"b{number}s"


def inner_prefix(number: int) -> str:
    """Return what stands before the names of a document's own bookmarks."""
    return f"b{number}i"


def compose(documents: Sequence[Path | bytes]) -> bytes:
    """Return documents of one kin as one, after a page with the repertoire, before an empty one.

    Raises:
        TemplateError: when a document cannot be read.
    """
    parts = read_parts(documents[0])
    root = parse(parts[_DOCUMENT])
    body = _body_of(root)
    sheet = _plain_section(body)
    roots = _roots_of(parts)
    has_latin = not _printed(roots.values()).isdisjoint(_LATIN_SIGNS)
    letters = " ".join([REPERTOIRE, *([_LATIN, *_LIGATURES] if has_latin else [])])
    samples = _samples(letters, used_fonts(documents[0]), held_faces(root, parts[_STYLES]))
    body[:] = [*samples, _section_end(sheet)]
    marks = 0
    for number, document in enumerate(documents):
        inner = _body_of(parse(read_parts(document)[_DOCUMENT]))
        marks = _number_bookmarks(inner, number, marks)
        _open(inner)
        _close(inner)
        body.extend(list(inner))
    body.extend([make("w:p"), copy.copy(sheet)])
    entries = [to_entry(one, data) for one, data in parts.items() if one != _DOCUMENT]
    return to_zip([*entries, to_entry(_DOCUMENT, serialise(root))])


def _body_of(root: Element) -> Element:
    body = root.find(BODY)
    if body is None or not len(body):
        raise broken("в документе нет текста")
    return body


def _plain_section(body: Element) -> Element:
    """Return a section on the same sheet as a document's last, without headers."""
    section = make("w:sectPr")
    for one in ("w:pgSz", "w:pgMar"):
        section.extend([copy.copy(found) for found in find(body[-1], one)])
    return section


def _section_end(section: Element) -> Element:
    """Return an empty paragraph that ends a section."""
    paragraph, properties = make("w:p"), make("w:pPr")
    properties.append(copy.copy(section))
    paragraph.append(properties)
    return paragraph


def _samples(letters: str, families: Sequence[str], held: Sequence[Face]) -> Iterator[Element]:
    """Yield a paragraph for each face; those that are ``held`` print a held blank first."""
    for family, bold, italic in itertools.product(families, (False, True), (False, True)):
        paragraph, run, face, text = make("w:p"), make("w:r"), make("w:rPr"), make("w:t")
        face.append(make("w:rFonts", ascii=family, hAnsi=family, cs=family))
        face.append(make("w:b", val=int(bold)))
        face.append(make("w:i", val=int(italic)))
        face.append(make("w:sz", val=12))
        text.set(SPACE, "preserve")
        first, last = "\u00a0 " if (bold, italic) in held else " \u00a0"
        text.text = f"{first}{letters}{last}"
        run.extend([face, text])
        paragraph.append(run)
        yield paragraph


def _number_bookmarks(body: Element, number: int, count: int) -> int:
    """Make a document's bookmarks, and the one that marks its start, unique in the batch."""
    ids: dict[str, str] = {}
    for element in body.iter(_START, _END):
        old = element.get(name("w:id"), "")
        if element.tag == _START:
            ids[old] = str(count)
            count += 1
            title = element.get(name("w:name"), "")
            element.set(name("w:name"), inner_prefix(number) + title)
        element.set(name("w:id"), ids.get(old, old))
    _mark(next(body.iter(P)), start_mark(number), count)
    return count + 1


def _mark(paragraph: Element, title: str, identity: int) -> None:
    """Put a bookmark at the beginning of a paragraph."""
    place = 1 if child(paragraph, "w:pPr") is not None else 0
    marks = [make("w:bookmarkStart", id=identity, name=title), make("w:bookmarkEnd", id=identity)]
    paragraph[place:place] = marks


def _open(body: Element) -> None:
    """Let a document begin on a page of its own with the number 1."""
    first = next(body.iter(SECTION))
    for kind in find(first, "w:type"):
        first.remove(kind)
    if child(first, "w:pgNumType") is None:
        known = [first.index(one) for tag in _BEFORE_NUMBERS for one in find(first, tag)]
        first.insert(max(known, default=-1) + 1, make("w:pgNumType", start=1))


def _close(body: Element) -> None:
    """Move the properties of the last section into the last paragraph."""
    section, last = body[-1], body[-2]
    properties = child(last, "w:pPr")
    if properties is None:
        properties = make("w:pPr")
        last.insert(0, properties)
    properties.append(section)
