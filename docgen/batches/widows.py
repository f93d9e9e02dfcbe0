"""Which paragraphs may leave a single line on a page.

Where widows are allowed, LibreOffice 7.4 parts the pages of a document by what stands before it in
the same file: of equal documents of three pages every second one came out otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from docgen.ooxml.word_xml import VALUE, Element, P, child, find, name, parse

_RULE: Final = "w:pPr/w:widowControl"
_OFF: Final = frozenset({"0", "false", "off"})


def allows_widows(root: Element, styles: bytes) -> bool:
    """Whether a paragraph, by itself or by its style, may leave a single line on a page."""
    by_style = _allowed_by(styles)
    return any(_is_allowed(paragraph, by_style) for paragraph in root.iter(P))


def _is_allowed(paragraph: Element, by_style: Mapping[str, bool]) -> bool:
    own = _told(paragraph, _RULE)
    style = child(paragraph, "w:pPr/w:pStyle")
    named = "" if style is None else style.get(VALUE, "")
    return by_style.get(named, by_style[""]) if own is None else own


def _told(element: Element, path: str) -> bool | None:
    """Return whether widows are allowed, None where nothing is said of them."""
    rule = child(element, path)
    return None if rule is None else rule.get(VALUE, "1") in _OFF


@functools.lru_cache(maxsize=8)
def _allowed_by(styles: bytes) -> Mapping[str, bool]:
    """Return what each style says by its id; without an id, that of plain paragraphs."""
    root = parse(styles)
    known = {one.get(name("w:styleId"), ""): one for one in find(root, "w:style")}
    usual = bool(_told(root, f"w:docDefaults/w:pPrDefault/{_RULE}"))
    allowed = {"": usual}
    for identity, one in known.items():
        allowed[identity] = _by_line(identity, known, usual=usual)
        if one.get(name("w:type")) == "paragraph" and one.get(name("w:default")) in {"1", "true"}:
            allowed[""] = allowed[identity]
    return allowed


def _by_line(identity: str, known: Mapping[str, Element], *, usual: bool) -> bool:
    """Return what a style or the nearest one that it is based on says."""
    seen: set[str] = set()
    while identity in known and identity not in seen:
        seen.add(identity)
        own = _told(known[identity], _RULE)
        if own is not None:
            return own
        base = child(known[identity], "w:basedOn")
        identity = "" if base is None else base.get(VALUE, "")
    return usual
