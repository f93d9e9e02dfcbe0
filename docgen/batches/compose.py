"""How many documents are composed into one .docx, section by section, for one conversion.

A document is laid out the same in any company: the batch begins with a page that prints every
letter in every face, so that LibreOffice numbers the glyphs of its fonts before the first document,
and each document consists of its own sections, wherever it stands.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.batches.first_blank import Face
from docgen.batches.members import FirstPage, Member, read_member
from docgen.batches.paragraph_facts import TAIL
from docgen.batches.repertoires import LATIN, LIGATURES, REPERTOIRE, SIGN_REPERTOIRES, SignLook
from docgen.ooxml.docx_package import CORE_PART, core_properties
from docgen.ooxml.word_xml import (
    Element,
    make_element,
    make_text,
    parse,
    template_error,
    to_xml,
)
from docgen.ooxml.zip_parts import DOCUMENT_PART, to_entry, to_zip

_FEWEST_GUESSED: Final = 80
_FEWEST_ON_PAGE: Final = 18
_GRID: Final = '<w:tblW w:w="9" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>'
_EMPTY_TABLE: Final = f"<w:tbl><w:tblPr>{_GRID}<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"
_BALLAST: Final = (
    f'<w:tbl><w:tblPr>{_GRID}<w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
    "<w:tc>{}</w:tc></w:tr></w:tbl>"
)
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def compose(documents: Sequence[Path | bytes | Member]) -> bytes:
    """Return one .docx of documents of one composition key.

    A page with the repertoire comes before them, an empty one after them.

    Raises:
        TemplateError: when a document cannot be composed with others.
    """
    members = [one if isinstance(one, Member) else _read_required(one) for one in documents]
    first_page = members[0].first_page
    bodies = []
    bookmarks = 0
    for number, member in enumerate(members):
        body, own = member.body_at(number, bookmarks)
        bodies.append(body)
        bookmarks += own
    opening = f"{_DECLARATION}{first_page.head}{_first_section(first_page, _ballast(bodies))}"
    closing = f"<w:p/>{first_page.section}{TAIL}"
    document = b"".join([opening.encode(), *bodies, closing.encode()])
    # Hardly compressed: LibreOffice reads it once, and then it is thrown away.
    entries = [to_entry(DOCUMENT_PART, document, level=1), to_entry(CORE_PART, core_properties(""))]
    return to_zip([*members[0].entries, *entries])


def _read_required(docx: Path | bytes) -> Member:
    member = read_member(docx)
    if member is None:
        raise template_error("документ не складывается с другими")
    return member


def first_letters(first_page: FirstPage) -> str:
    """Return what the first page of a composed document prints: what every face, then signs.

    A line for each repertoire: that of the families, then those of the faces of signs.
    """
    families = dict.fromkeys(one.family for one in first_page.sign_faces)
    return "\n".join([_letters(first_page), *(SIGN_REPERTOIRES[one] for one in families)])


def _letters(first_page: FirstPage) -> str:
    latin = [LATIN, *LIGATURES] if first_page.has_latin else []
    return " ".join([REPERTOIRE, *latin, *([first_page.others] if first_page.others else [])])


def _ballast(bodies: Sequence[bytes]) -> str:
    """Return tables without height that keep LibreOffice from guessing where pages end.

    From a hundred paragraphs on it begins a page after about twenty, and what then moves back to
    the page before no longer keeps with its next: «Ответственный – …» was left alone. Each table
    takes twenty-five from its guess of how many paragraphs there are.
    """
    counts = [_count(body, "p") for body in bodies]
    guess = sum(counts) - 25 * sum(_count(body, "tbl") for body in bodies)
    on_page = _FEWEST_ON_PAGE + max(guess, 0) // 1000 * 3
    if sum(counts) < _FEWEST_GUESSED or max(counts) < on_page:
        return ""
    return _BALLAST.format(_EMPTY_TABLE * (sum(counts) // 15 + 2))


def _count(body: bytes, tag: str) -> int:
    return sum(body.count(f"<w:{tag}{end}".encode()) for end in ("/", " ", ">"))


def _first_section(first_page: FirstPage, ballast: str) -> str:
    """Return a section with the repertoire in every face, on pages like the first member's."""
    root = parse(f"{first_page.head}{first_page.section}{TAIL}")
    (body,) = root
    (properties,) = body
    letters = _letters(first_page)
    body[:] = [
        *_letters_in_faces(letters, first_page.families, first_page.nonbreaking_first),
        *map(_signs_in_face, first_page.sign_faces),
        _section_end(properties),
    ]
    section = to_xml(root)[len(first_page.head) : -len(TAIL)]
    end = section.rindex("<w:p>")
    return f"{section[:end]}{ballast}{section[end:]}"


def _section_end(section: Element) -> Element:
    """Return an empty paragraph that ends a section."""
    paragraph, properties = make_element("w:p"), make_element("w:pPr")
    properties.append(copy.copy(section))
    paragraph.append(properties)
    return paragraph


def _letters_in_faces(
    letters: str, families: Sequence[str], nonbreaking_first: Sequence[Face]
) -> Iterator[Element]:
    """Yield a paragraph for each face; a non-breaking space precedes the plain one where asked."""
    for family, bold, italic in itertools.product(families, (False, True), (False, True)):
        first, last = "\u00a0 " if (bold, italic) in nonbreaking_first else " \u00a0"
        fonts = make_element("w:rFonts", ascii=family, hAnsi=family, cs=family)
        # A blank that ends a line is not printed by 25.2, so a known sign follows it.
        yield _paragraph(fonts, (bold, italic), f"{first}{letters}{last}{letters[0]}")


def _signs_in_face(look: SignLook) -> Element:
    """Return a paragraph with the signs of a face, and the blank that underlines are made of."""
    names = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), look.family)
    face = (look.is_bold, look.is_italic)
    return _paragraph(make_element("w:rFonts", **names), face, f" {SIGN_REPERTOIRES[look.family]}")


def _paragraph(fonts: Element, look: Face, words: str) -> Element:
    paragraph, run = make_element("w:p"), make_element("w:r")
    face = make_element("w:rPr")
    face.append(fonts)
    face.append(make_element("w:b", val=int(look[0])))
    face.append(make_element("w:i", val=int(look[1])))
    face.append(make_element("w:sz", val=12))
    run.extend([face, make_text(words)])
    paragraph.append(run)
    return paragraph
