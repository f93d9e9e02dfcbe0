"""Links of a template: where they may lead, and those whose address holds a tag.

Word keeps the address apart from the text, with the brackets of a tag spelled %7B%7B. A tag there
is moved into the text, so that it is read, checked and filled like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from docgen.ooxml.attachment_marks import address_mark
from docgen.ooxml.docx_package import LINK_STYLE
from docgen.ooxml.hazards import Finding
from docgen.ooxml.web_links import has_scheme, live_address
from docgen.ooxml.word_xml import (
    RELATION,
    Element,
    P,
    R,
    find_first,
    make_element,
    make_text,
    xml_name,
)
from docgen.ooxml.zip_parts import Relation

_ID: Final = f"{{{RELATION}}}id"
_LINK: Final = xml_name("w:hyperlink")
_LINKS: Final = (_LINK, xml_name("a:hlinkClick"), xml_name("a:hlinkHover"))
_OPEN, _CLOSE, _PERCENT = r"(?:%7B|\{)", r"(?:%7D|\})", "(?:%25|%)"
_TAG: Final = re.compile(
    f"{_OPEN}{_OPEN}.*?{_CLOSE}{_CLOSE}|{_OPEN}{_PERCENT}.*?{_PERCENT}{_CLOSE}",
    re.IGNORECASE | re.DOTALL,
)


def settle_links(root: Element, relations: Mapping[str, Relation]) -> list[Finding]:
    """Move addresses with tags into the text; return the links that lead elsewhere than to the web.

    A link without an address leads to a bookmark and stays.
    """
    numbers = {element: number for number, element in enumerate(root.iter(P), start=1)}
    findings = []
    for element in list(root.iter(*_LINKS)):
        relation = relations.get(element.get(_ID, ""))
        if relation is None:
            continue
        paragraph = next((numbers[one] for one in element.iterancestors(P)), None)
        _set_style(element)
        message = _settle(element, relation, paragraph or 0)
        if message:
            findings.append(Finding(paragraph, message, ""))
    return findings


def _set_style(link: Element) -> None:
    """Give the words of a link the style that makes it live; what a person set stays."""
    for run in link.iter(R):
        properties = find_first(run, "w:rPr")
        if properties is None:
            properties = make_element("w:rPr")
            run.insert(0, properties)
        if find_first(properties, "w:rStyle") is None:
            properties.insert(0, make_element("w:rStyle", val=LINK_STYLE))


def _settle(element: Element, relation: Relation, paragraph: int) -> str:
    """Settle one link; return what is wrong with it, or nothing."""
    target = relation.target
    if not _TAG.search(target):
        if relation.is_outside and has_scheme(target) and live_address(target) is not None:
            return ""
        return (
            f"ссылка ведёт на «{target[:80]}»; в бумагах бывают ссылки только на сайты (http, "
            "https) и почту (mailto): исправьте адрес или уберите ссылку"
        )
    if element.tag != _LINK:
        return "у картинки ссылка с тегом; поставьте ссылку на слова или уберите тег из адреса"
    del element.attrib[_ID]
    run = make_element("w:r")
    address = _TAG.sub(lambda found: unquote(found[0]), target)
    run.append(make_text(address_mark(paragraph, address)))
    element.insert(0, run)
    return ""
