"""What a finished .docx says: its paragraphs and the names of its bookmarks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from docgen.ooxml.word_xml import Element, P, paragraph_text, parse, xml_name
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts

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
    r"""Return every paragraph of headers, body, footnotes and footers, in this order.

    Paragraphs of tables are among them, empty ones too; tabs come as ``\t``, line breaks as ``\n``.
    """
    return [paragraph_text(one) for root in _text_roots(docx) for one in root.iter(P)]


def body_text_of(docx: Path | bytes) -> list[str]:
    """Return every paragraph of the body, see ``text_of``."""
    return [paragraph_text(one) for one in parse(read_parts(docx)[DOCUMENT_PART]).iter(P)]


def bookmarks_of(docx: Path | bytes) -> tuple[str, ...]:
    """Return the names of the body's bookmarks in reading order."""
    root = parse(read_parts(docx)[DOCUMENT_PART])
    return tuple(one.get(xml_name("w:name"), "") for one in root.iter(xml_name("w:bookmarkStart")))
