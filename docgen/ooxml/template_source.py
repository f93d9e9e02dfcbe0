"""A template opened for compiling: a clean body whose paragraphs can be read and rewritten."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.ooxml.docx_package import Picture
from docgen.ooxml.hazards import Finding, find_forbidden
from docgen.ooxml.house_style import HouseStyle, StyleName, StylePart, relations_of, styles_in
from docgen.ooxml.word_residue import clean
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
    broken,
    child,
    name,
    parse,
    remove,
    text_pieces,
    to_text,
)
from docgen.ooxml.zip_parts import CONTENT_TYPES, read_parts
from docgen.suggestions import NEAREST_OF_ALL, suggestion_sentence

_STYLED: Final = {"w:pStyle": "paragraph", "w:rStyle": "character", "w:tblStyle": "table"}


@dataclass(frozen=True, slots=True)
class TemplateParagraph:
    """A paragraph of a template by its number from 1 in reading order.

    ``container``, ``cell``, ``row`` and ``table`` are equal for paragraphs that stand in the same
    one, and 0 where there is none. ``beside_text`` names in Russian what stands there besides
    text, such as a picture.
    """

    number: int
    text: str
    container: int
    cell: int
    row: int
    table: int
    beside_text: str


class TemplateBody:
    """The body, a header or a footer of a template; ``replace`` and ``drop`` rewrite it."""

    def __init__(self, root: Element) -> None:
        self._root = root
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
        """Put new text into a paragraph; spans (start, end, text) do not overlap.

        The new text takes the look of the character at ``start``.
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
        """Remove a paragraph, but keep the one that its cell cannot do without."""
        element = self._elements[number - 1]
        parent = element.getparent()
        if parent is not None and parent.tag == CELL and len(parent.findall(P)) == 1:
            for run in list(element.iter(R)):
                remove(run)
            return
        remove(element)

    def xml(self) -> str:
        """Return the whole part, every text with its spaces preserved."""
        for element in self._root.iter(T):
            element.set(SPACE, "preserve")
        return to_text(self._root)


def _beside_text(paragraph: Element) -> str:
    """Return what a paragraph holds besides text, in Russian, or nothing."""
    if next(paragraph.iter(name("w:drawing")), None) is not None:
        return "картинка"
    if next(paragraph.iter(SECTION), None) is not None:
        return "разрыв раздела"
    if any(one.get(name("w:type")) for one in paragraph.iter(BREAK)):
        return "разрыв страницы"
    return ""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """An opened template: what to compile, what goes along, what is wrong with it."""

    body: TemplateBody
    running: tuple[tuple[str, TemplateBody], ...]
    pictures: tuple[Picture, ...]
    content_types: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def open_template(docx: Path | bytes, house: HouseStyle, *, is_block: bool) -> TemplateSource:
    """Return a template with its styles, names and leftovers brought to the house's.

    Raises:
        TemplateError: when the file is no .docx at all.
    """
    parts = read_parts(docx)
    root = parse(parts["word/document.xml"])
    findings = find_forbidden(parts, root)
    relations = relations_of(parts, "word/document.xml")
    clean(root)
    findings += _adopt_styles(root, parts, house)
    root = _rebuilt(root)
    pictures = _take_relations(root, parts, relations)
    if is_block:
        if pictures:
            findings.append(
                Finding(None, "в блоке стоит картинка или ссылка; блоки держат только текст", "")
            )
        _drop_last_section(root)
    return TemplateSource(
        TemplateBody(root),
        tuple(_running_bodies(parts, relations)),
        pictures,
        _defaults(parts) if pictures else (),
        tuple(findings),
    )


def open_running(part: StylePart) -> TemplateBody:
    """Return a header or footer of the house style for compiling."""
    root = parse(part.data)
    clean(root)
    return TemplateBody(root)


def _running_bodies(
    parts: dict[str, bytes], relations: dict[str, tuple[str, str, bool]]
) -> list[tuple[str, TemplateBody]]:
    """Return the template's own headers and footers, which are checked but never printed."""
    named = {
        posixpath.basename(kind): label
        for kind, label in (("header", "верхний колонтитул"), ("footer", "нижний колонтитул"))
    }
    return [
        (named[posixpath.basename(kind)], TemplateBody(parse(parts[target])))
        for kind, target, _ in sorted(relations.values())
        if posixpath.basename(kind) in named and target in parts
    ]


def _adopt_styles(root: Element, parts: dict[str, bytes], house: HouseStyle) -> list[Finding]:
    """Translate style ids by the styles' names, since every Word numbers them in its own way."""
    own: dict[str, StyleName] = {}
    if "word/styles.xml" in parts:
        own = {one.id: one for one in styles_in(parse(parts["word/styles.xml"]))}
    unknown: dict[tuple[str, str], list[int]] = {}
    numbers = {element: number for number, element in enumerate(root.iter(P), start=1)}
    for path, family in _STYLED.items():
        for element in list(root.iter(name(path))):
            style = own.get(element.get(VALUE, ""))
            target = None if style is None else house.style_id(style.name, family)
            if target is not None:
                element.set(VALUE, target)
                continue
            if style is not None and not style.is_default and family != "character":
                paragraph = next(element.iterancestors(P), None)
                place = 0 if paragraph is None else numbers[paragraph]
                unknown.setdefault((style.name, family), []).append(place)
            remove(element)
    return [
        _unknown_style(title, family, places, house) for (title, family), places in unknown.items()
    ]


def _unknown_style(title: str, family: str, places: list[int], house: HouseStyle) -> Finding:
    """Return one finding for a style, at its first paragraph."""
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


def _rebuilt(root: Element) -> Element:
    """Return the document under a root with the usual prefixes only, so that parts can be mixed."""
    body = child(root, "w:body")
    if body is None:
        raise broken("в документе нет текста; сохраните шаблон в Word заново")
    fresh = etree.Element(name("w:document"), nsmap=NAMESPACES)
    fresh.append(body)
    etree.cleanup_namespaces(fresh, keep_ns_prefixes=list(NAMESPACES))
    return fresh


def _drop_last_section(root: Element) -> None:
    for element in root.findall("w:body/w:sectPr", NAMESPACES):
        remove(element)


def _take_relations(
    root: Element, parts: dict[str, bytes], relations: dict[str, tuple[str, str, bool]]
) -> tuple[Picture, ...]:
    """Return pictures and hyperlinks in reading order, under ids of our own."""
    taken: dict[str, Picture] = {}
    for element in list(root.iter()):
        for key in list(element.attrib):
            if not str(key).startswith(f"{{{RELATION}}}"):
                continue
            old = str(element.attrib[key])
            if element.tag.endswith("Reference") or old not in relations:
                del element.attrib[key]
                continue
            if old not in taken:
                taken[old] = _picture(f"own{len(taken) + 1}", relations[old], parts)
            element.set(key, taken[old].relation)
    for path in ("w:headerReference", "w:footerReference"):
        for element in list(root.iter(name(path))):
            remove(element)
    return tuple(taken.values())


def _picture(relation: str, described: tuple[str, str, bool], parts: dict[str, bytes]) -> Picture:
    kind, target, is_outside = described
    data = b"" if is_outside else parts.get(target, b"")
    suffix = posixpath.splitext(target)[1]
    new = target if is_outside else f"media/{relation}{suffix}"
    return Picture(relation, kind, new, is_outside, data)


def _defaults(parts: dict[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return the content types of file suffixes, e.g. ``("png", "image/png")``."""
    root = parse(parts[CONTENT_TYPES])
    return tuple(
        sorted(
            (element.get("Extension", "").lower(), element.get("ContentType", ""))
            for element in root
            if element.tag.endswith("}Default")
        )
    )
