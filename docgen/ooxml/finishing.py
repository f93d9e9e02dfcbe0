"""Finishing many documents of one house: what they share is finished once.

Two papers of a kind differ in a few paragraphs. A rendered body is taken apart into paragraphs and
what holds them, each of which is finished once and kept; what comes out is what ``finish_body``
makes of the whole, and whatever cannot be taken apart is left to it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.errors import DocgenError
from docgen.ooxml.archive import Entry, to_entry
from docgen.ooxml.elements import (
    NAMESPACES,
    P,
    broken,
    name,
    paragraph_text,
    parse,
    serialise,
    to_text,
)
from docgen.ooxml.finish import (
    CONTENT,
    finish_body,
    finish_layout,
    finish_running,
    finish_text,
    has_stray_text,
)
from docgen.ooxml.house import HouseStyle, Running

PARAGRAPH: Final = re.compile(r"(<w:p(?:\s[^>]*)?/>|<w:p(?:\s[^>]*)?(?<!/)>.*?</w:p>)", re.DOTALL)
_COUNTED: Final = ("<w:sectPr", "<w:bookmark")
"""What is laid or numbered through the whole document."""

_MOST_PIECES: Final = 4096
_PLACE: Final = re.compile(r'<w:p w:rsidR="(\d+)"(?:/>|><w:r><w:tab/></w:r></w:p>)')
_FILLED: Final = '<w:p w:rsidR="{}"><w:r><w:tab/></w:r></w:p>'
_EMPTY: Final = '<w:p w:rsidR="{}"/>'
"""Paragraphs stand in the layout as numbers; which of them are empty decides on the last page."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A finished paragraph; ``text`` is what was typed, before typesetting, if it has any."""

    xml: str
    text: str | None
    printed: str
    is_filled: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """What stands between the paragraphs, and which paragraphs are left, in order."""

    between: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A finished body: the part, its texts before typesetting, and its texts as printed."""

    document: bytes
    texts: tuple[str, ...]
    printed: tuple[str, ...]


class Finisher:
    """Finishes bodies, headers and footers under one house style.

    Args:
        house: The house style.
        typeset: Puts non-breaking spaces into a finished text without changing its length.
    """

    def __init__(self, house: HouseStyle, typeset: Callable[[str], str]) -> None:
        self._house = house
        self._typeset = typeset
        self._head, self._tail = _frame()
        self._piece = functools.lru_cache(maxsize=_MOST_PIECES)(self._finish_piece)
        self._layout = functools.lru_cache(maxsize=256)(self._finish_layout)
        self.running = functools.lru_cache(maxsize=256)(self._finish_running)

    def finish(self, xml: str, running: tuple[Running, ...], *, is_landscape: bool) -> Body:
        """Return the stored part of a rendered body with its texts.

        Raises:
            TemplateError: when the tags of the template left broken XML or stray words.
        """
        try:
            return self._assembled(xml, running, is_landscape=is_landscape)
        except DocgenError:
            # Seen as a whole it may be right after all; if not, the fault is told of the whole.
            document, text = finish_body(
                xml, self._house, running, self._typeset, is_landscape=is_landscape
            )
        printed = tuple(paragraph_text(one) for one in parse(document).iter(P))
        return Body(document, (text,), printed)

    def _assembled(self, xml: str, running: tuple[Running, ...], *, is_landscape: bool) -> Body:
        if not xml.startswith(self._head) or not xml.endswith(self._tail):
            raise broken("")
        parts = PARAGRAPH.split(xml)
        pieces = [self._piece(one) for one in parts[1::2]]
        parts[1::2] = [
            xml if one.is_counted else (_FILLED if one.is_filled else _EMPTY).format(number)
            for number, (xml, one) in enumerate(zip(parts[1::2], pieces, strict=True))
        ]
        layout = self._layout("".join(parts), running, is_landscape=is_landscape)
        whole = [""] * (2 * len(layout.numbers) + 1)
        whole[::2] = layout.between
        whole[1::2] = [pieces[number].xml for number in layout.numbers]
        return Body(
            "".join(whole).encode(),
            tuple([one.text for one in pieces if one.text is not None]),
            tuple([one.printed for one in pieces]),
        )

    def _finish_piece(self, xml: str) -> _Piece:
        root = parse(f"{self._head}{xml}{self._tail}")
        if len(root) != 1 or len(root[0]) != 1 or has_stray_text(root):
            raise broken("")
        (paragraph,) = root[0]
        texts = finish_text(root, self._typeset)
        inner = to_text(root)[len(self._head) : -len(self._tail)]
        return _Piece(
            inner,
            "\n".join(texts) if texts else None,
            "".join(paragraph_text(one) for one in root.iter(P)),
            any(True for _ in paragraph.iter(*CONTENT)),
            any(one in inner for one in _COUNTED),
        )

    def _finish_layout(
        self, xml: str, running: tuple[Running, ...], *, is_landscape: bool
    ) -> _Layout:
        root = parse(xml)
        if has_stray_text(root):
            raise broken("")
        finish_text(root, self._typeset)
        finish_layout(root, self._house, running, is_landscape=is_landscape)
        found = _PLACE.split(serialise(root).decode())
        return _Layout(tuple(found[::2]), tuple(map(int, found[1::2])))

    def _finish_running(self, part_name: str, xml: str) -> tuple[Entry, str]:
        """Return a filled header or footer ready to be stored, and what it prints."""
        data = finish_running(xml, self._typeset)
        return to_entry(part_name, data), printed_by(data)


def printed_by(part: bytes) -> str:
    """Return what a stored part prints, paragraph after paragraph."""
    return "".join(paragraph_text(one) for one in parse(part).iter(P))


def _frame() -> tuple[str, str]:
    """Return what every rendered body begins and ends with."""
    root = etree.Element(name("w:document"), nsmap=NAMESPACES)
    body = etree.SubElement(root, name("w:body"))
    etree.SubElement(body, P)
    head, tail = to_text(root).split("<w:p/>")
    return head, tail
