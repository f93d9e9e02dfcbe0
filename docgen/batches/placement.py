"""How the body of a document is changed so that it can stand at any place of a composed one.

The place decides the ids and names of bookmarks. They are left open: signs of private use stand in
their place until it is known.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from typing import Final

from docgen.batches.paragraph_facts import REFERENCES, TAIL
from docgen.ooxml.word_xml import (
    SECTION,
    Element,
    find_all,
    find_first,
    make_element,
    parse,
    template_error,
    to_xml,
)

_BEFORE_NUMBERS: Final = (*REFERENCES, "w:type", "w:pgSz", "w:pgMar")
SIZE_AND_MARGINS: Final = ("w:pgSz", "w:pgMar")
SIZE_AND_HEADERS: Final = (*REFERENCES, *SIZE_AND_MARGINS, "w:titlePg")
SECTION_PROPERTIES: Final = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_COUNTED: Final = re.compile(r"<w:(?:pgNumType|type)\b[^>]*/>")
_REFERENCE: Final = re.compile(r"<w:(?:header|footer)Reference\b[^>]*/>")
_BOOKMARK: Final = re.compile(r"<w:bookmark(Start|End)\b[^>]*>")
_ID: Final = re.compile(r'(?<= w:id=")[^"]*')
_NAME: Final = ' w:name="'
_OPEN_ID: Final = "\ue000{}\ue001"
_OPEN_PREFIX: Final = "\ue002"
_OPEN_START: Final = "\ue003"
OPEN_SIGNS: Final = "\ue000\ue001\ue002\ue003"
_OPEN_IDS: Final = re.compile(_OPEN_ID.format(r"(\d+)").encode())


def start_mark(number: int) -> str:
    """Return the name of the bookmark at which a document begins, by its number."""
    return f"b{number}s"


def inner_prefix(number: int) -> str:
    """Return what precedes the names of a document's own bookmarks, by its number."""
    return f"b{number}i"


def fill_place(body: bytes, number: int, bookmarks_before: int) -> bytes:
    """Return a body with ids and names of bookmarks filled in for its place.

    The place is the number of the document and how many bookmarks stand before it.
    """
    with_names = body.replace(_OPEN_PREFIX.encode(), inner_prefix(number).encode())
    with_start = with_names.replace(_OPEN_START.encode(), start_mark(number).encode())
    return _OPEN_IDS.sub(lambda found: b"%d" % (bookmarks_before + int(found[1])), with_start)


def open_bookmarks(parts: list[str]) -> int:
    """Leave open the ids and names of bookmarks in the parts of a body; return how many there are.

    The bookmark at which the document begins is counted, as the last; it is not there yet.
    """
    numbers = itertools.count()
    known: dict[str, int] = {}

    def open_one(found: re.Match[str]) -> str:
        tag = found[0]
        found_id = _ID.search(tag)
        old = found_id[0] if found_id else ""
        if found[1] == "Start":
            known[old] = next(numbers)
            tag = tag.replace(_NAME, _NAME + _OPEN_PREFIX)
        return _ID.sub(_OPEN_ID.format(known[old]), tag) if old in known else tag

    for place, part in enumerate(parts):
        if "<w:bookmark" in part:
            parts[place] = _BOOKMARK.sub(open_one, part)
    return next(numbers) + 1


def _changed(head: str, xml: str, change: Callable[[Element], None]) -> str:
    """Return a piece of a body after ``change`` was applied to a body that holds it alone."""
    root = parse(f"{head}{xml}{TAIL}")
    change(root[0])
    made = to_xml(root)
    if not made.startswith(head):
        raise template_error("разметка начинается не так, как её пишет docgen")
    return made[len(head) : -len(TAIL)]


@functools.lru_cache(maxsize=512)
def with_start_mark(head: str, paragraph: str, identity: int) -> str:
    """Return a paragraph that begins with the bookmark at which the document begins."""

    def mark(body: Element) -> None:
        (first,) = body
        place = 1 if find_first(first, "w:pPr") is not None else 0
        number = _OPEN_ID.format(identity)
        first[place:place] = [
            make_element("w:bookmarkStart", id=number, name=_OPEN_START),
            make_element("w:bookmarkEnd", id=number),
        ]

    return _changed(head, paragraph, mark)


@functools.lru_cache(maxsize=512)
def with_own_page_numbers(head: str, xml: str) -> str:
    """Return XML whose first section begins on a new page with the page number 1."""

    def begin(body: Element) -> None:
        first = next(body.iter(SECTION))
        for kind in find_all(first, "w:type"):
            first.remove(kind)
        if find_first(first, "w:pgNumType") is None:
            known = [first.index(one) for tag in _BEFORE_NUMBERS for one in find_all(first, tag)]
            first.insert(max(known, default=-1) + 1, make_element("w:pgNumType", start=1))

    return _changed(head, xml, begin)


@functools.lru_cache(maxsize=512)
def with_section_end(head: str, paragraph: str, section: str) -> str:
    """Return the last paragraph with the properties of the last section, which it then ends."""

    def end(body: Element) -> None:
        last, section_properties = body
        properties = find_first(last, "w:pPr")
        if properties is None:
            properties = make_element("w:pPr")
            last.insert(0, properties)
        properties.append(section_properties)

    return _changed(head, f"{paragraph}{section}", end)


@functools.lru_cache(maxsize=64)
def reduced_section(head: str, section: str, kept: tuple[str, ...]) -> str:
    """Return the properties of a section with the elements named in ``kept`` alone."""

    def strip(body: Element) -> None:
        reduced = make_element("w:sectPr")
        for one in kept:
            reduced.extend(find_all(body[0], one))
        body[:] = [reduced]

    return _changed(head, section, strip)


def has_like_sections(body: str) -> bool:
    """Whether all sections of a body have one page size, so that they may inherit headers.

    A landscape page does not inherit the header of a portrait one unchanged (seen on 7.4).
    """
    return len({_COUNTED.sub("", section) for section in SECTION_PROPERTIES.findall(body)}) == 1


def without_headers(body: str) -> str:
    """Return a body whose sections inherit their headers: own ones cost LibreOffice time."""
    return _REFERENCE.sub("", body)
