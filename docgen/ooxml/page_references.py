"""The numbers of pages that a .docx prints for places of its own: in contents and references.

Only who lays out the pages knows them, and neither Word nor LibreOffice works all of them out when
it opens a file. So a document is laid out, the pages of its bookmarks are read from the PDF and put
into the .docx, and it is laid out again, until they agree.

A letter says besides on how many sheets its enclosure is. That is text, since no field of Word
counts it: a bookmark ``sheets_1`` around a line to write on, which gives way to the number of pages
from the bookmark ``enclosure_1`` on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.ooxml.fields import BOOKMARK_NAME, BOOKMARK_START, fields_in
from docgen.ooxml.word_xml import Element, R, T, parse, serialise
from docgen.ooxml.zip_parts import DOCUMENT_PART, read_parts, to_entry, to_zip

NOT_COUNTED: Final = "0"
"""Stands for a page that is not known yet: digits, so that it is laid out like one."""

SHEETS: Final = "sheets_"
"""Begins the name of a bookmark around a number of sheets; what follows is the enclosure's."""

ENCLOSURE: Final = "enclosure_"
"""Begins the name of the bookmark where an enclosure begins; the next one ends it, or the paper."""

_SIGNS: Final = (b"PAGEREF", b'w:name="sheets_')


def has_page_references(document: bytes) -> bool:
    """Return whether a finished body prints pages of its own places, or how many they are."""
    return any(sign in document for sign in _SIGNS)


def page_references(docx: bytes) -> dict[str, str]:
    """Return the pages that a document prints, by the names of their bookmarks.

    A number of sheets stands under the name of its own bookmark.
    """
    document = read_parts(docx)[DOCUMENT_PART]
    if not has_page_references(document):
        return {}
    return {name: element.text or "" for name, element in _shown_pages(parse(document))}


def with_pages(docx: bytes, pages: Mapping[str, str]) -> bytes:
    """Return a document of docgen's with other page numbers; bookmarks not named keep theirs.

    With the numbers that it has the bytes are the same.
    """
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT_PART])
    for name, element in _shown_pages(root):
        element.text = pages.get(name, element.text)
    parts[DOCUMENT_PART] = serialise(root)
    return to_zip([to_entry(part, data) for part, data in parts.items()])


def _shown_pages(root: Element) -> Iterator[tuple[str, Element]]:
    for one in fields_in(root):
        code = one.code
        if code.name != "PAGEREF" or not one.is_whole:
            continue
        for run in one.result_runs():
            for element in run.iter(T):
                yield code.argument, element
    for start in root.iter(BOOKMARK_START):
        name, around = start.get(BOOKMARK_NAME, ""), start.getnext()
        if name.startswith(SHEETS) and around is not None and around.tag == R:
            yield from ((name, element) for element in around.iter(T))
