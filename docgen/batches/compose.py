"""Many documents of one package in one, section by section, for one conversion.

A document is laid out the same in any company: the batch begins with a page that prints every
letter in every face, so that LibreOffice numbers the glyphs of its fonts before the first document,
and each document is a run of sections of its own, between others, whichever place it has.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.batches.first_blank import Face
from docgen.batches.members import DOCUMENT, LATIN, REPERTOIRE, Lead, Member, read_member
from docgen.batches.paragraph_facts import TAIL
from docgen.ooxml.docx_package import CORE, core_properties
from docgen.ooxml.word_xml import SPACE, Element, broken, make, parse, to_text
from docgen.ooxml.zip_parts import to_entry, to_zip

_LIGATURES: Final = ("fi", "fl", "ff", "ffi", "ffl")
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def compose(documents: Sequence[Path | bytes | Member]) -> bytes:
    """Return documents of one kin as one, after a page with the repertoire, before an empty one.

    Raises:
        TemplateError: when a document has to stay alone.
    """
    members = [one if isinstance(one, Member) else _required(one) for one in documents]
    lead = members[0].lead
    bodies = []
    marks = 0
    for number, member in enumerate(members):
        body, own = member.placed(number, marks)
        bodies.append(body)
        marks += own
    opening = f"{_DECLARATION}{lead.head}{_first_page(lead)}"
    closing = f"<w:p/>{lead.sheet}{TAIL}"
    document = b"".join([opening.encode(), *bodies, closing.encode()])
    # LibreOffice reads it once, and then it is thrown away.
    entries = [to_entry(DOCUMENT, document, level=1), to_entry(CORE, core_properties(""))]
    return to_zip([*members[0].entries, *entries])


def _required(docx: Path | bytes) -> Member:
    member = read_member(docx)
    if member is None:
        raise broken("документ не складывается с другими")
    return member


def first_letters(lead: Lead) -> str:
    """Return what the first page of a composed document prints in every face."""
    return " ".join([REPERTOIRE, *([LATIN, *_LIGATURES] if lead.has_latin else [])])


def _first_page(lead: Lead) -> str:
    """Return a section that prints the repertoire in every face, on the sheet of the first."""
    root = parse(f"{lead.head}{lead.sheet}{TAIL}")
    (body,) = root
    (sheet,) = body
    letters = first_letters(lead)
    body[:] = [*_samples(letters, lead.families, lead.held), _section_end(sheet)]
    return to_text(root)[len(lead.head) : -len(TAIL)]


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
