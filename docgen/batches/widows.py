"""Which paragraphs may leave a single line on a page: their documents are converted alone.

Where widows are allowed, LibreOffice 7.4 breaks the pages of a document by what stands before it in
the same file: of equal documents of three pages every second one came out otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from docgen.ooxml.word_xml import VALUE, Element, P, find_all, find_first, parse, xml_name

_RULE: Final = "w:pPr/w:widowControl"
_OFF: Final = frozenset({"0", "false", "off"})


def allows_widows(root: Element, styles: bytes) -> bool:
    """Whether a paragraph, by itself or by its style, may leave a single line on a page."""
    by_style = _allowed_by(styles)
    return any(_is_allowed(paragraph, by_style) for paragraph in root.iter(P))


def _is_allowed(paragraph: Element, by_style: Mapping[str, bool]) -> bool:
    own = _own_rule(paragraph, _RULE)
    style = find_first(paragraph, "w:pPr/w:pStyle")
    named = "" if style is None else style.get(VALUE, "")
    return by_style.get(named, by_style[""]) if own is None else own


def _own_rule(element: Element, path: str) -> bool | None:
    """Return whether an element's rule allows widows; None where it has no such rule."""
    rule = find_first(element, path)
    return None if rule is None else rule.get(VALUE, "1") in _OFF


@functools.lru_cache(maxsize=8)
def _allowed_by(styles: bytes) -> Mapping[str, bool]:
    """Return whether each style allows widows, by its id; under no id, that of plain paragraphs."""
    root = parse(styles)
    known = {one.get(xml_name("w:styleId"), ""): one for one in find_all(root, "w:style")}
    default = bool(_own_rule(root, f"w:docDefaults/w:pPrDefault/{_RULE}"))
    allowed = {"": default}
    for identity, one in known.items():
        allowed[identity] = _inherited_rule(identity, known, default=default)
        is_default = one.get(xml_name("w:default")) in {"1", "true"}
        if is_default and one.get(xml_name("w:type")) == "paragraph":
            allowed[""] = allowed[identity]
    return allowed


def _inherited_rule(identity: str, known: Mapping[str, Element], *, default: bool) -> bool:
    """Return the rule of a style, or of the nearest one that it is based on and that has one."""
    seen: set[str] = set()
    while identity in known and identity not in seen:
        seen.add(identity)
        own = _own_rule(known[identity], _RULE)
        if own is not None:
            return own
        base = find_first(known[identity], "w:basedOn")
        identity = "" if base is None else base.get(VALUE, "")
    return default
