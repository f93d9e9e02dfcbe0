"""A template opened for compiling: its cleaned body, whose tags can be read and replaced."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.errors import Location
from docgen.ooxml.docx_package import Picture
from docgen.ooxml.hazards import Finding, find_forbidden
from docgen.ooxml.house_style import HouseStyle, StyleName, StylePart, styles_in
from docgen.ooxml.part_references import find_odd_references, relation_kind
from docgen.ooxml.property_order import mend_properties
from docgen.ooxml.symbol_fonts import settle_signs
from docgen.ooxml.template_fields import (
    MergeTags,
    header_field_faults,
    no_merge_tags,
    open_fields,
)
from docgen.ooxml.template_links import settle_links
from docgen.ooxml.word_residue import remove_residue
from docgen.ooxml.word_xml import (
    BREAK,
    CELL,
    NAMESPACES,
    RELATION,
    ROW,
    SECTION,
    SPACE,
    TABLE,
    VALUE,
    Element,
    P,
    R,
    T,
    find_first,
    parse,
    remove,
    template_error,
    text_pieces,
    to_xml,
    xml_name,
)
from docgen.ooxml.zip_parts import (
    CONTENT_TYPES,
    DOCUMENT_PART,
    STYLES_PART,
    Relation,
    check_trees,
    read_parts,
    relations_of,
)
from docgen.suggestions import NEAREST_OF_ALL, suggestion_sentence

_STYLE_FAMILIES: Final = {"w:pStyle": "paragraph", "w:rStyle": "character", "w:tblStyle": "table"}
_INCLUDE: Final = "include"
_CONTENTS_STYLE: Final = re.compile(r"toc (?:heading|\d)", re.IGNORECASE)
"""Styles of old contents; their lines are made anew, and only their title is printed."""
_HEADER_LABELS: Final = {"header": "верхний колонтитул", "footer": "нижний колонтитул"}


@dataclass(frozen=True, slots=True)
class TemplateParagraph:
    """A paragraph of a template, numbered from 1 in reading order.

    ``container``, ``cell``, ``row`` and ``table`` are numbers of what the paragraph stands in,
    equal for paragraphs of the same one, 0 where there is none. ``beside_text`` names in Russian
    what the paragraph holds besides text, such as a picture.
    """

    number: int
    text: str
    container: int
    cell: int
    row: int
    table: int
    beside_text: str


class TemplateBody:
    """The body, a header or a footer of a template; ``replace`` and ``drop`` change it.

    The paragraphs ``leftovers`` count as they do in Word, but nothing of them is printed.
    """

    def __init__(self, root: Element, leftovers: Iterable[Element] = ()) -> None:
        self._root = root
        self._leftovers = tuple(leftovers)
        self._elements = list(root.iter(P))
        numbers: dict[Element, int] = {}
        self.paragraphs = tuple(
            self._describe(number, element, numbers)
            for number, element in enumerate(self._elements, start=1)
        )

    @staticmethod
    def _describe(number: int, element: Element, numbers: dict[Element, int]) -> TemplateParagraph:
        def number_of(ancestor: Element | None) -> int:
            return 0 if ancestor is None else numbers.setdefault(ancestor, len(numbers) + 1)

        def above(tag: str) -> Element | None:
            return next(element.iterancestors(tag), None)

        return TemplateParagraph(
            number,
            "".join(text for _, text in text_pieces(element)),
            number_of(element.getparent()),
            number_of(above(CELL)),
            number_of(above(ROW)),
            number_of(above(TABLE)),
            _beside_text(element),
        )

    def replace(self, number: int, spans: list[tuple[int, int, str]]) -> None:
        """Replace spans (start, end, new text) of a paragraph's text; they do not overlap.

        The new text takes the formatting of the character at ``start``.
        """
        pieces = text_pieces(self._elements[number - 1])
        places = []
        offset = 0
        for element, text in pieces:
            places.append((offset, offset + len(text), element))
            offset += len(text)
        for start, end, text in sorted(spans, reverse=True):
            self._replace_span(places, start, end, text)

    @staticmethod
    def _replace_span(
        places: list[tuple[int, int, Element]], start: int, end: int, text: str
    ) -> None:
        for begins, ends, element in places:
            if ends <= start or begins >= end or element.getparent() is None:
                continue
            if element.tag != T:
                remove(element)
                continue
            old = element.text or ""
            head = old[: max(0, start - begins)]
            tail = old[max(0, min(len(old), end - begins)) :]
            element.text = head + (text if begins <= start else "") + tail

    def drop(self, number: int) -> None:
        """Remove a paragraph, or only its text when it is the last one of a table cell."""
        element = self._elements[number - 1]
        parent = element.getparent()
        if parent is not None and parent.tag == CELL and len(parent.findall(P)) == 1:
            for run in list(element.iter(R)):
                remove(run)
            return
        remove(element)

    def xml(self) -> str:
        """Return the part as XML, every text with its spaces preserved.

        Paragraphs that are only numbered, never printed, are gone.
        """
        for element in self._leftovers:
            remove(element)
        for element in self._root.iter(T):
            element.set(SPACE, "preserve")
        return to_xml(self._root)


def _beside_text(paragraph: Element) -> str:
    """Return what a paragraph holds besides text, in Russian, or nothing."""
    if next(paragraph.iter(xml_name("w:drawing")), None) is not None:
        return "картинка"
    if next(paragraph.iter(SECTION), None) is not None:
        return "разрыв раздела"
    if any(one.get(xml_name("w:type")) for one in paragraph.iter(BREAK)):
        return "разрыв страницы"
    return ""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """An opened template.

    ``own_headers`` are its headers and footers by Russian label, which are checked, never printed;
    ``content_types`` those of the pictures by file suffix; ``findings`` are its faults,
    ``merge_fields`` its merge fields with the tags that took their places.
    """

    body: TemplateBody
    own_headers: tuple[tuple[str, TemplateBody], ...]
    pictures: tuple[Picture, ...]
    content_types: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    merge_fields: tuple[tuple[str, str], ...] = ()


def open_template(
    docx: Path | bytes,
    house: HouseStyle,
    *,
    is_block: bool,
    where: Location = Location(),  # noqa: B008 - it is frozen
    merge_tags: MergeTags = no_merge_tags,
) -> TemplateSource:
    """Return a template with styles translated to the house style's and Word's residue removed.

    Args:
        docx: The file, or its bytes.
        house: Gives the ids of styles by their names.
        is_block: Whether it is a block: the ids of its pictures and links must differ from those of
            any template, and its last section counts for nothing.
        where: The file and its part, for what is found wrong with fields of documents.
        merge_tags: Gives the tags that take the place of merge fields.

    Raises:
        TemplateError: when the file is no .docx at all.
    """
    parts = read_parts(docx)
    check_trees(parts)
    root = parse(parts[DOCUMENT_PART])
    findings = [*find_forbidden(parts, root), *_unknown_signs(root)]
    has_blocks = any(_INCLUDE in (one.text or "") for one in root.iter(T))
    fields = open_fields(root, where, merge_tags, is_alone=not (is_block or has_blocks))
    findings += fields.findings
    relations = relations_of(parts, DOCUMENT_PART)
    remove_residue(root, fields.led_to)
    mend_properties(root)
    findings += _translate_styles(root, parts, house)
    root = _with_usual_prefixes(root)
    findings += find_odd_references(root, parts, relations)
    findings += settle_links(root, relations)
    pictures = _take_pictures_and_links(root, parts, relations, is_block=is_block)
    if is_block:
        _remove_last_section(root)
    return TemplateSource(
        TemplateBody(root, fields.leftovers),
        tuple(_own_headers(parts, relations)),
        pictures,
        _content_types_by_suffix(parts) if pictures else (),
        tuple(findings),
        tuple(fields.merged.items()),
    )


def open_header_footer(part: StylePart) -> tuple[TemplateBody, tuple[str, ...]]:
    """Return a header or footer of the house style, opened for compiling, and its faults."""
    root = parse(part.data)
    faults = tuple(dict.fromkeys(header_field_faults(root)))
    settle_signs(root)
    remove_residue(root)
    return TemplateBody(root), faults


def _unknown_signs(root: Element) -> list[Finding]:
    """Put signs of Unicode in the places of Word's codes; return those that have none."""
    numbers = {element: number for number, element in enumerate(root.iter(P), start=1)}
    faults = settle_signs(root)
    return [
        Finding(numbers.get(next(element.iterancestors(P), root)), message, "")
        for element, message in faults
    ]


def _own_headers(
    parts: dict[str, bytes], relations: Mapping[str, Relation]
) -> list[tuple[str, TemplateBody]]:
    """Return the template's own headers and footers by their Russian labels."""
    by_type = sorted(relations.values(), key=lambda one: (one.relation_type, one.target))
    return [
        (label, TemplateBody(parse(parts[one.target])))
        for one in by_type
        if (label := _HEADER_LABELS.get(posixpath.basename(one.relation_type)))
        and one.target in parts
    ]


def _translate_styles(root: Element, parts: dict[str, bytes], house: HouseStyle) -> list[Finding]:
    """Replace style ids by those of the house style; return the styles that it does not have.

    Styles are matched by name, since each copy of Word gives them other ids.
    """
    own: dict[str, StyleName] = {}
    if STYLES_PART in parts:
        own = {one.id: one for one in styles_in(parse(parts[STYLES_PART]))}
    unknown: dict[tuple[str, str], list[int]] = {}
    numbers = {element: number for number, element in enumerate(root.iter(P), start=1)}
    for path, family in _STYLE_FAMILIES.items():
        for element in list(root.iter(xml_name(path))):
            style = own.get(element.get(VALUE, ""))
            target = None if style is None else house.style_id(style.name, family)
            if target is not None:
                element.set(VALUE, target)
                continue
            is_known = style is None or style.is_default or _CONTENTS_STYLE.fullmatch(style.name)
            if style is not None and not is_known and family != "character":
                paragraph = next(element.iterancestors(P), None)
                place = 0 if paragraph is None else numbers[paragraph]
                unknown.setdefault((style.name, family), []).append(place)
            remove(element)
    return [
        _unknown_style(title, family, places, house) for (title, family), places in unknown.items()
    ]


def _unknown_style(title: str, family: str, places: list[int], house: HouseStyle) -> Finding:
    """Return the fault of an unknown style, at the first of its paragraphs."""
    known = [one.name for one in house.styles if one.family == family]
    longer = sorted(one for one in known if one.casefold().startswith(title.casefold()))
    hint = suggestion_sentence(title, known) or suggestion_sentence(
        title, longer[:1], likeness=NEAREST_OF_ALL
    )
    others = f" (так оформлено мест: {len(places)})" if len(places) > 1 else ""
    return Finding(
        places[0] or None,
        f"стиля «{title}» нет в файле стиля{others}; выберите в Word тот, что там есть.{hint}",
        "",
    )


def _with_usual_prefixes(root: Element) -> Element:
    """Return the document under a root that declares ``NAMESPACES`` only, as blocks do."""
    body = find_first(root, "w:body")
    if body is None:
        raise template_error("в документе нет текста; сохраните шаблон в Word заново")
    fresh = etree.Element(xml_name("w:document"), nsmap=NAMESPACES)
    fresh.append(body)
    etree.cleanup_namespaces(fresh, keep_ns_prefixes=list(NAMESPACES))
    return fresh


def _remove_last_section(root: Element) -> None:
    for element in root.findall("w:body/w:sectPr", NAMESPACES):
        remove(element)


def _take_pictures_and_links(
    root: Element, parts: dict[str, bytes], relations: Mapping[str, Relation], *, is_block: bool
) -> tuple[Picture, ...]:
    """Return pictures and hyperlinks in reading order, numbered anew: ``own1``, ``own2``.

    Those of blocks are named by what they are, since a template may include several.
    """
    taken: dict[str, Picture] = {}
    for path in ("w:headerReference", "w:footerReference"):
        for element in list(root.iter(xml_name(path))):
            remove(element)
    attributes = [
        (element, str(key))
        for element in root.iter()
        for key in element.attrib
        if str(key).startswith(f"{{{RELATION}}}")
    ]
    for element, key in attributes:
        old = str(element.attrib[key])
        if old not in relations:
            del element.attrib[key]
            continue
        if old not in taken:
            mark = _digest(relations[old], parts) if is_block else str(len(taken) + 1)
            new_id = f"{'block' if is_block else 'own'}{mark}"
            taken[old] = _picture(new_id, relations[old], parts)
        element.set(key, taken[old].relation)
    return tuple(taken.values())


def _digest(old: Relation, parts: dict[str, bytes]) -> str:
    content = old.target.encode() if old.is_outside else parts.get(old.target, b"")
    return hashlib.sha256(old.relation_type.encode() + content).hexdigest()[:24]


def _picture(new_id: str, old: Relation, parts: dict[str, bytes]) -> Picture:
    relation_type = f"{RELATION}/{relation_kind(old)}"
    if old.is_outside:
        return Picture(new_id, relation_type, old.target, is_outside=True, data=b"")
    suffix = posixpath.splitext(old.target)[1]
    data = parts.get(old.target, b"")
    return Picture(new_id, relation_type, f"media/{new_id}{suffix}", is_outside=False, data=data)


def _content_types_by_suffix(parts: dict[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return the content types of file suffixes, e.g. ``("png", "image/png")``."""
    root = parse(parts[CONTENT_TYPES])
    return tuple(
        sorted(
            (element.get("Extension", "").lower(), element.get("ContentType", ""))
            for element in root
            if element.tag.endswith("}Default")
        )
    )
