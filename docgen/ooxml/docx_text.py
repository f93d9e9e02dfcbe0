"""What a finished .docx says: its paragraphs and the names of its bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docgen.ooxml.word_xml import Element, P, paragraph_text, parse, xml_name
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts

_TEXT_PART: Final = re.compile(r"word/(header|document|footnotes|footer)[^/]*\.xml")
_VALUE: Final = re.compile(r'="([^"<>]*)"')
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
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


def package_words(docx: Path | bytes) -> Iterator[str]:
    """Yield all words that a package holds: paragraphs, properties, names, what nobody sees."""
    yield from text_of(docx)
    for data in read_parts(docx).values():
        text = data.decode("utf-8", "ignore")
        yield from (one for one in _VALUE.findall(text) if _CYRILLIC.search(one))
    for part_name, data in read_parts(docx).items():
        if part_name.endswith((".xml", ".rels")) and not _TEXT_PART.fullmatch(part_name):
            yield " ".join(map(str, parse(data).itertext()))


def bookmarks_of(docx: Path | bytes) -> tuple[str, ...]:
    """Return the names of the body's bookmarks in reading order."""
    root = parse(read_parts(docx)[DOCUMENT_PART])
    return tuple(one.get(xml_name("w:name"), "") for one in root.iter(xml_name("w:bookmarkStart")))
