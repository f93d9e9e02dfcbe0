"""What the bookmarks of a body say: the words between their two ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.ooxml.fields import (
    BOOKMARK_END,
    BOOKMARK_ID,
    BOOKMARK_NAME,
    BOOKMARK_START,
    paragraph_above,
)
from docgen.ooxml.word_xml import BREAK, TAB, Element, R, T


@dataclass(slots=True)
class MarkedText:
    """A bookmark with the text inside of it by paragraphs; filled while the body is read."""

    start: Element
    texts: dict[Element, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of its first paragraph with any."""
        return next((one for one in self.texts.values() if one.strip()), "")

    @property
    def is_long(self) -> bool:
        """Whether it holds text of several paragraphs."""
        return sum(bool(one.strip()) for one in self.texts.values()) > 1


def read_bookmarks(root: Element) -> dict[str, MarkedText]:
    """Return the bookmarks by name with the texts inside of them."""
    found: dict[str, MarkedText] = {}
    opened: dict[str, MarkedText] = {}
    for element, text in _pieces(root):
        if element.tag == BOOKMARK_START:
            name = element.get(BOOKMARK_NAME, "")
            found[name] = opened[element.get(BOOKMARK_ID, "")] = MarkedText(element)
        elif element.tag == BOOKMARK_END:
            opened.pop(element.get(BOOKMARK_ID, ""), None)
        elif opened and (paragraph := paragraph_above(element)) is not None:
            for one in opened.values():
                one.texts[paragraph] = one.texts.get(paragraph, "") + text
    return found


def _pieces(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter(T, TAB, BREAK, BOOKMARK_START, BOOKMARK_END):
        parent = element.getparent()
        if element.tag == T:
            yield element, element.text or ""
        elif element.tag in {BOOKMARK_START, BOOKMARK_END}:
            yield element, ""
        elif parent is not None and parent.tag == R:
            yield element, "\t" if element.tag == TAB else "\n"
