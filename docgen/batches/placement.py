"""A document's text made ready to stand at any place of a composed one.

What its place decides, the ids of bookmarks and their names, is left open by signs of private use.
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
    broken,
    child,
    find,
    make,
    parse,
    to_text,
)

_BEFORE_NUMBERS: Final = (*REFERENCES, "w:type", "w:pgSz", "w:pgMar")
BARE: Final = ("w:pgSz", "w:pgMar")
LEADING: Final = (*REFERENCES, *BARE, "w:titlePg")
_SECTION: Final = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)", re.DOTALL)
_COUNTED: Final = re.compile(r"<w:(?:pgNumType|type)\b[^>]*/>")
_REFERENCE: Final = re.compile(r"<w:(?:header|footer)Reference\b[^>]*/>")
_BOOKMARK: Final = re.compile(r"<w:bookmark(Start|End)\b[^>]*>")
_ID: Final = re.compile(r'(?<= w:id=")[^"]*')
_NAME: Final = ' w:name="'
_IDENTITY: Final = "\ue000{}\ue001"
_PREFIX: Final = "\ue002"
_START: Final = "\ue003"
OPEN_SIGNS: Final = "\ue000\ue001\ue002\ue003"
_IDENTITIES: Final = re.compile(_IDENTITY.format(r"(\d+)").encode())


def start_mark(number: int) -> str:
    """Return the bookmark at which a document begins."""
    return f"b{number}s"


def inner_prefix(number: int) -> str:
    """Return what stands before the names of a document's own bookmarks."""
    return f"b{number}i"


def to_placed(body: bytes, number: int, marks: int) -> bytes:
    """Return a body for its place: its number, and how many bookmarks stand before it."""
    named = body.replace(_PREFIX.encode(), inner_prefix(number).encode())
    started = named.replace(_START.encode(), start_mark(number).encode())
    return _IDENTITIES.sub(lambda found: b"%d" % (marks + int(found[1])), started)


def with_open_bookmarks(parts: list[str]) -> int:
    """Leave open the ids and names of bookmarks in the pieces of a body; return how many.

    The bookmark that marks the document's start is among them, and the last.
    """
    numbers = itertools.count()
    known: dict[str, int] = {}

    def opened(found: re.Match[str]) -> str:
        tag = found[0]
        told = _ID.search(tag)
        old = told[0] if told else ""
        if found[1] == "Start":
            known[old] = next(numbers)
            tag = tag.replace(_NAME, _NAME + _PREFIX)
        return _ID.sub(_IDENTITY.format(known[old]), tag) if old in known else tag

    for place, part in enumerate(parts):
        if "<w:bookmark" in part:
            parts[place] = _BOOKMARK.sub(opened, part)
    return next(numbers) + 1


def _changed(head: str, xml: str, change: Callable[[Element], None]) -> str:
    """Return a piece of a body after a change of what it stands in."""
    root = parse(f"{head}{xml}{TAIL}")
    change(root[0])
    made = to_text(root)
    if not made.startswith(head):
        raise broken("разметка начинается не так, как её пишет docgen")
    return made[len(head) : -len(TAIL)]


@functools.lru_cache(maxsize=512)
def marked(head: str, paragraph: str, identity: int) -> str:
    """Return a paragraph that begins with the bookmark of the document's start."""

    def mark(body: Element) -> None:
        (first,) = body
        place = 1 if child(first, "w:pPr") is not None else 0
        number = _IDENTITY.format(identity)
        first[place:place] = [
            make("w:bookmarkStart", id=number, name=_START),
            make("w:bookmarkEnd", id=number),
        ]

    return _changed(head, paragraph, mark)


@functools.lru_cache(maxsize=512)
def begun(head: str, xml: str) -> str:
    """Return the first section so that the document begins on a page of its own with number 1."""

    def begin(body: Element) -> None:
        first = next(body.iter(SECTION))
        for kind in find(first, "w:type"):
            first.remove(kind)
        if child(first, "w:pgNumType") is None:
            known = [first.index(one) for tag in _BEFORE_NUMBERS for one in find(first, tag)]
            first.insert(max(known, default=-1) + 1, make("w:pgNumType", start=1))

    return _changed(head, xml, begin)


@functools.lru_cache(maxsize=512)
def ended(head: str, paragraph: str, section: str) -> str:
    """Return the last paragraph with the properties of the last section in it."""

    def end(body: Element) -> None:
        last, properties_of_section = body
        properties = child(last, "w:pPr")
        if properties is None:
            properties = make("w:pPr")
            last.insert(0, properties)
        properties.append(properties_of_section)

    return _changed(head, f"{paragraph}{section}", end)


@functools.lru_cache(maxsize=64)
def leading_section(head: str, section: str, kept: tuple[str, ...]) -> str:
    """Return a section on the same sheet with what is ``kept`` of the section."""

    def strip(body: Element) -> None:
        leading = make("w:sectPr")
        for one in kept:
            leading.extend(find(body[0], one))
        body[:] = [leading]

    return _changed(head, section, strip)


def is_even(body: str) -> bool:
    """Whether all sections of a body are of one sheet, so that they may take headers over.

    A lying sheet does not take over the header of an upright one unchanged (seen on 7.4).
    """
    return len({_COUNTED.sub("", section) for section in _SECTION.findall(body)}) == 1


def without_headers(body: str) -> str:
    """Return a body whose sections take their headers over: each of its own costs LibreOffice."""
    return _REFERENCE.sub("", body)
