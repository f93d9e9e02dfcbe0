"""What a finished .docx says: its text, bookmarks and shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.ooxml.archive import read_parts
from docgen.ooxml.elements import (
    CELL,
    ROW,
    SECTION,
    TABLE,
    Element,
    P,
    find,
    name,
    paragraph_text,
    parse,
)
from docgen.ooxml.house import is_lying

_TEXT_PART: Final = re.compile(r"word/(header|document|footnotes|footer)[^/]*\.xml")
_ORDER: Final = ("header", "document", "footnotes", "footer")


def _text_roots(docx: Path | bytes) -> list[Element]:
    """Return the roots of parts that print text: headers, body, footnotes, footers."""
    found = [
        (_ORDER.index(match[1]), part_name, data)
        for part_name, data in read_parts(docx).items()
        if (match := _TEXT_PART.fullmatch(part_name))
    ]
    return [parse(data) for _, _, data in sorted(found)]


def text_of(docx: Path | bytes) -> list[str]:
    r"""Return every paragraph, those in tables too: headers, body, footnotes, footers.

    Tabs come as ``\t`` and line breaks as ``\n``; empty paragraphs are kept.
    """
    return [paragraph_text(one) for root in _text_roots(docx) for one in root.iter(P)]


def body_text_of(docx: Path | bytes) -> list[str]:
    """Return the paragraphs of the body only."""
    return [paragraph_text(one) for one in parse(read_parts(docx)["word/document.xml"]).iter(P)]


def bookmarks_of(docx: Path | bytes) -> tuple[str, ...]:
    """Return the names of bookmarks in reading order."""
    root = parse(read_parts(docx)["word/document.xml"])
    return tuple(one.get(name("w:name"), "") for one in root.iter(name("w:bookmarkStart")))


@dataclass(frozen=True, slots=True)
class Structure:
    """The shape of a body: tables as rows of cell counts, sections as portrait or landscape."""

    paragraphs: int
    tables: tuple[tuple[int, ...], ...]
    is_landscape: tuple[bool, ...]
    styles: tuple[str, ...]


def structure_of(docx: Path | bytes) -> Structure:
    """Return the shape of a body; ``styles`` are the ids of its paragraphs in order."""
    root = parse(read_parts(docx)["word/document.xml"])
    paragraphs = list(root.iter(P))
    looks = [find(one, "w:pPr/w:pStyle") for one in paragraphs]
    return Structure(
        len(paragraphs),
        tuple(
            tuple(sum(1 for _ in row.iterchildren(CELL)) for row in table.iterchildren(ROW))
            for table in root.iter(TABLE)
        ),
        tuple(is_lying(one) for one in root.iter(SECTION)),
        tuple(look[0].get(name("w:val"), "") if look else "" for look in looks),
    )
