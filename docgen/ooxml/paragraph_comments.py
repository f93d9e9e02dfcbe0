"""Comments of Word put at paragraphs of a .docx; all else of the package stays as it was."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.files import SEALED_PART
from docgen.ooxml.docx_package import core_properties
from docgen.ooxml.part_references import relation_kind
from docgen.ooxml.word_xml import (
    ILLEGAL,
    RELATION,
    WORD,
    Element,
    P,
    R,
    make_element,
    make_text,
    paragraph_text,
    parse,
    remove,
    serialise,
    template_error,
    xml_name,
)
from docgen.ooxml.zip_parts import (
    CONTENT_TYPES,
    DOCUMENT_PART,
    check_trees,
    read_parts,
    relations_of,
    to_entry,
    to_zip,
)

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_COMMENTS_PART: Final = "word/comments.xml"
_OWN_COMMENTS_PART: Final = "word/docgen_comments.xml"
"""Where comments go when something that is not listed lies at their usual place."""
_COMMENTS_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
)
_CORE_RELATION: Final = f"{_PACKAGE}/relationships/metadata/core-properties"
_CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_TOP_RELATIONS_PART: Final = "_rels/.rels"
_START: Final = xml_name("w:commentRangeStart")
_ID: Final = xml_name("w:id")
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class WordComment:
    """What is said at a paragraph (from 1; 0 for the first), each line a paragraph of its own.

    ``tag`` is a text that the paragraph holds, if known: paragraphs may have been counted without
    those of shapes, which docgen does not print.
    """

    paragraph: int
    text: str
    tag: str = ""


def with_comments(docx: Path | bytes, comments: Sequence[WordComment], author: str) -> bytes:
    """Return the .docx with comments added; those that it has stay.

    It gets core properties, if it lacks them.

    Raises:
        TemplateError: when it is no .docx, or has no paragraph.
    """
    parts = read_parts(docx)
    check_trees(parts)
    root = parse(parts[DOCUMENT_PART])
    paragraphs = list(root.iter(P))
    if not paragraphs:
        raise template_error("в документе нет ни одного абзаца; сохраните его в Word заново")
    name = _comments_part(parts)
    listing = parse(parts[name])
    first = 1 + max((_number_of(one) for one in listing), default=-1)
    for number, comment in enumerate(comments, start=first):
        listing.append(_element(number, comment, author))
        _anchor(_place_of(comment, paragraphs), number)
    parts[DOCUMENT_PART] = serialise(root)
    parts[name] = serialise(listing)
    _have_core_properties(parts)
    return to_zip(to_entry(one, data) for one, data in parts.items())


def _place_of(comment: WordComment, paragraphs: Sequence[Element]) -> Element:
    """Return the paragraph of a comment; of one in a shape that in which the shape stands."""
    start = min(max(comment.paragraph, 1), len(paragraphs)) - 1
    place = paragraphs[start]
    tag = _BLANKS.sub("", comment.tag)
    if tag and any(next(one.iterancestors(P), None) is not None for one in paragraphs):
        later = (one for one in paragraphs[start:] if tag in _BLANKS.sub("", paragraph_text(one)))
        place = next(later, place)
    return [place, *place.iterancestors(P)][-1]


def _number_of(comment: Element) -> int:
    text = comment.get(_ID, "")
    return int(text) if text.isdecimal() else 0


def _element(number: int, comment: WordComment, author: str) -> Element:
    element = make_element("w:comment", id=number, author=author, initials=author[:1])
    for line in ILLEGAL.sub("", comment.text).split("\n"):
        paragraph = etree.SubElement(element, P)
        etree.SubElement(paragraph, R).append(make_text(line))
    return element


def _anchor(paragraph: Element, number: int) -> None:
    """Let a comment cover a whole paragraph, below those that begin there already."""
    ahead = {xml_name("w:pPr"), _START}
    spot = next((n for n, one in enumerate(paragraph) if one.tag not in ahead), len(paragraph))
    paragraph.insert(spot, make_element("w:commentRangeStart", id=number))
    paragraph.append(make_element("w:commentRangeEnd", id=number))
    run = etree.SubElement(paragraph, R)
    run.append(make_element("w:commentReference", id=number))


# --- the package -----------------------------------------------------------------------------


def _comments_part(parts: dict[str, bytes]) -> str:
    """Return the name of the part with comments, which is made if there is none."""
    for relation in relations_of(parts, DOCUMENT_PART).values():
        if relation_kind(relation) == "comments" and relation.target in parts:
            return relation.target
    name = _OWN_COMMENTS_PART if _COMMENTS_PART in parts else _COMMENTS_PART
    parts[name] = serialise(etree.Element(xml_name("w:comments"), nsmap={"w": WORD}))
    _relate(parts, DOCUMENT_PART, f"{RELATION}/comments", posixpath.basename(name))
    _declare(parts, name, _COMMENTS_TYPE)
    return name


def _have_core_properties(parts: dict[str, bytes]) -> None:
    """Give the package core properties at their usual place, for the seal of a copy."""
    known = [
        relation.target
        for relation in relations_of(parts, "").values()
        if relation.relation_type == _CORE_RELATION
    ]
    if known == [SEALED_PART] and SEALED_PART in parts:
        return
    if known:
        listing = parse(parts[_TOP_RELATIONS_PART])
        for one in list(listing):
            if one.get("Type") == _CORE_RELATION:
                remove(one)
        parts[_TOP_RELATIONS_PART] = serialise(listing)
    for name in {*known, SEALED_PART} & parts.keys():
        del parts[name]
        _forget(parts, name)
    parts[SEALED_PART] = core_properties("")
    _relate(parts, "", _CORE_RELATION, SEALED_PART)
    _declare(parts, SEALED_PART, _CORE_TYPE)


def _relate(parts: dict[str, bytes], source: str, relation_type: str, target: str) -> None:
    folder, base = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    space = f"{_PACKAGE}/relationships"
    listing = parse(parts.get(name, f'<Relationships xmlns="{space}"/>'))
    ids = {one.get("Id") for one in listing}
    number = next(one for one in range(1, len(ids) + 2) if f"docgen{one}" not in ids)
    relation = etree.SubElement(listing, f"{{{space}}}Relationship")
    for key, value in (("Id", f"docgen{number}"), ("Type", relation_type), ("Target", target)):
        relation.set(key, value)
    parts[name] = serialise(listing)


def _declare(parts: dict[str, bytes], name: str, content_type: str) -> None:
    types = parse(parts[CONTENT_TYPES])
    element = etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override")
    element.set("PartName", f"/{name}")
    element.set("ContentType", content_type)
    parts[CONTENT_TYPES] = serialise(types)


def _forget(parts: dict[str, bytes], name: str) -> None:
    types = parse(parts[CONTENT_TYPES])
    for one in list(types):
        if one.get("PartName", "").lstrip("/") == name:
            remove(one)
    parts[CONTENT_TYPES] = serialise(types)
