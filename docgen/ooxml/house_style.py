"""The house style, ``стиль.docx``: page size, page margins, headers, footers, paragraph styles.

To change a page margin, a font or the page number in the header, change
``templates_docx/стиль.docx`` in Word; ``стиль_школа.docx`` is the one of workspaces whose «Профиль
оформления» is «школа». No template sets them: ``finish_body`` gives every section of a document
these page settings.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.ooxml.font_names import SIGNS
from docgen.ooxml.property_order import mend_properties
from docgen.ooxml.symbol_fonts import settle_bullets, settle_signs
from docgen.ooxml.word_xml import (
    ON,
    VALUE,
    Element,
    find_all,
    find_first,
    make_element,
    parse,
    remove,
    remove_revision_ids,
    serialise,
    template_error,
    whole_number,
    xml_name,
)
from docgen.ooxml.zip_parts import DOCUMENT_PART, STYLES_PART, check_trees, read_parts, relations_of

_PART_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_STYLE_PARTS: Final = {
    "styles": (STYLES_PART, _PART_TYPE.format("styles")),
    "settings": ("word/settings.xml", _PART_TYPE.format("settings")),
    "fontTable": ("word/fontTable.xml", _PART_TYPE.format("fontTable")),
    "numbering": ("word/numbering.xml", _PART_TYPE.format("numbering")),
    "theme": (
        "word/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
}
_DROPPED_SETTINGS: Final = (
    "w:rsids",
    "w:attachedTemplate",
    "w:docVars",
    "w:mailMerge",
    "w:autoHyphenation",
    "w:documentProtection",
    "w:writeProtection",
    "w:trackRevisions",
    "w:updateFields",
    "w:proofState",
)
_EMBEDDED_FONTS: Final = (
    "w:embedRegular",
    "w:embedBold",
    "w:embedItalic",
    "w:embedBoldItalic",
)
_MEASURE: Final = re.compile(r"-?\d{1,6}(?:\.\d*)?")
_ROOTS: Final = {"header": "w:hdr", "footer": "w:ftr"}
_DEFAULT_PAGE: Final = {"w": 11906, "h": 16838}
_DEFAULT_MARGINS: Final = {
    "top": 1134,
    "right": 567,
    "bottom": 1134,
    "left": 1701,
    "header": 567,
    "footer": 567,
    "gutter": 0,
}


@dataclass(frozen=True, slots=True)
class StylePart:
    """A part of the package with its content type and its relation to the document."""

    name: str
    content_type: str
    relation_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class HeaderFooter:
    """A header or footer of the house style.

    ``role`` is header or footer; ``pages`` are those that print it: default, first or even;
    ``relation`` is the id by which sections refer to ``part``.
    """

    role: str
    pages: str
    relation: str
    part: StylePart


@dataclass(frozen=True, slots=True)
class StyleName:
    """A style of Word; ``family`` is paragraph, character, table or numbering."""

    id: str
    name: str
    family: str
    is_default: bool


def styles_in(root: Element) -> list[StyleName]:
    """Return the styles of a ``word/styles.xml``."""
    found = []
    for element in find_all(root, "w:style"):
        title = find_first(element, "w:name")
        found.append(
            StyleName(
                element.get(xml_name("w:styleId"), ""),
                "" if title is None else title.get(VALUE, ""),
                element.get(xml_name("w:type"), "paragraph"),
                element.get(xml_name("w:default"), "") in ON,
            )
        )
    return found


class HouseStyle:
    """The page, margins, headers, footers and styles of ``стиль.docx``; read once, never changed.

    ``parts`` are styles, settings, fonts, numbering and theme, as every document stores them.

    Raises:
        TemplateError: when the file is no .docx or has no styles.
    """

    def __init__(self, docx: Path | bytes) -> None:
        parts = read_parts(docx)
        check_trees(parts)
        if STYLES_PART not in parts:
            raise template_error(
                "в стиль.docx нет стилей; возьмите исходный файл и меняйте его в Word"
            )
        self.parts = _read_style_parts(parts)
        self.styles = tuple(styles_in(_root_of(parts[STYLES_PART], "w:styles", "стили")))
        document = _root_of(parts[DOCUMENT_PART], "w:document", "страница с её полями")
        section = find_first(document, "w:body/w:sectPr")
        self._section = make_element("w:sectPr") if section is None else section
        self._page_size = _read_twips(self._section, "w:pgSz", _DEFAULT_PAGE)
        self._margins = _read_twips(self._section, "w:pgMar", _DEFAULT_MARGINS)
        self.has_title_page = find_first(self._section, "w:titlePg") is not None
        self._headers_footers = _read_headers_footers(parts, self._section)

    def part(self, name: str) -> bytes:
        """Return a part of the package, empty where there is none."""
        return next((one.data for one in self.parts if one.name == name), b"")

    def style_id(self, title: str, family: str = "paragraph") -> str | None:
        """Return the id of a style by the name that Word shows, ignoring case, or nothing."""
        for one in self.styles:
            if one.family == family and one.name.casefold() == title.casefold():
                return one.id
        return None

    def page_size(self, *, is_landscape: bool) -> dict[str, int]:
        """Return width ``w`` and height ``h`` of the page in twips (1/1440 inch)."""
        short, long = sorted((self._page_size["w"], self._page_size["h"]))
        return {"w": long, "h": short} if is_landscape else {"w": short, "h": long}

    def margins(self, *, is_landscape: bool) -> dict[str, int]:
        """Return the page margins in twips: top, right, bottom, left, header, footer, gutter.

        A landscape page is filed by its top, so the binding margin turns with the page.
        """
        portrait = self._margins
        if not is_landscape:
            return dict(portrait)
        return {
            **portrait,
            "top": portrait["left"],
            "right": portrait["top"],
            "bottom": portrait["right"],
            "left": portrait["bottom"],
        }

    def text_width(self, *, is_landscape: bool) -> int:
        """Return the width between the margins in twips."""
        margins = self.margins(is_landscape=is_landscape)
        page_width = self.page_size(is_landscape=is_landscape)["w"]
        return page_width - margins["left"] - margins["right"] - margins["gutter"]

    def text_height(self, *, is_landscape: bool) -> int:
        """Return the height between the margins in twips."""
        margins = self.margins(is_landscape=is_landscape)
        page_height = self.page_size(is_landscape=is_landscape)["h"]
        return page_height - abs(margins["top"]) - abs(margins["bottom"])

    def headers_footers(self, note: str) -> tuple[HeaderFooter, ...]:
        """Return headers and footers; a ``note`` is printed in the header of every page."""
        if not note:
            return self._headers_footers
        headers = {one.pages: one for one in self._headers_footers if one.role == "header"}
        wanted = ["default", *(["first"] if self.has_title_page else [])]
        wanted += [pages for pages in headers if pages not in wanted]
        with_note = [_with_note(pages, headers.get(pages), note) for pages in wanted]
        return (*with_note, *(one for one in self._headers_footers if one.role == "footer"))

    def section(
        self,
        old: Element,
        headers_footers: tuple[HeaderFooter, ...],
        *,
        is_landscape: bool,
        is_first: bool,
    ) -> Element:
        """Return the section properties for a section of a document.

        Args:
            old: The template's own properties: its kind of break and its columns are kept.
            headers_footers: The headers and footers of the document.
            is_landscape: Whether the page is turned on its side.
            is_first: Whether pages are numbered from here on, and a title page may come first.
        """
        new = make_element("w:sectPr")
        for one in headers_footers:
            reference = make_element(f"w:{one.role}Reference", type=one.pages)
            reference.set(xml_name("r:id"), one.relation)
            new.append(reference)
        kind = find_first(old, "w:type")
        if kind is not None:
            new.append(copy.copy(kind))
        orientation = {"orient": "landscape"} if is_landscape else {}
        new.append(
            make_element("w:pgSz", **self.page_size(is_landscape=is_landscape), **orientation)
        )
        new.append(make_element("w:pgMar", **self.margins(is_landscape=is_landscape)))
        if is_first:
            new.append(make_element("w:pgNumType", start=1))
        columns = find_first(old, "w:cols")
        if columns is not None and columns.get(xml_name("w:num"), "1") != "1":
            new.append(copy.copy(columns))
        if is_first and self.has_title_page:
            new.append(make_element("w:titlePg"))
        return new


def is_landscape_section(section: Element) -> bool:
    """Return whether a section's page is turned on its side."""
    size = find_first(section, "w:pgSz")
    if size is None:
        return False
    width, height = (whole_number(size.get(xml_name(f"w:{side}"))) for side in "wh")
    return size.get(xml_name("w:orient")) == "landscape" or width > height


def _read_twips(section: Element, path: str, default: dict[str, int]) -> dict[str, int]:
    element = find_first(section, path)
    if element is None:
        return dict(default)
    found = {key: element.get(xml_name(f"w:{key}"), "") for key in default}
    return {
        key: whole_number(found[key]) if _MEASURE.fullmatch(found[key]) else number
        for key, number in default.items()
    }


def _read_style_parts(parts: dict[str, bytes]) -> tuple[StylePart, ...]:
    """Return styles, settings, fonts, numbering and theme without traces of editing."""
    found = []
    relations = relations_of(parts, DOCUMENT_PART)
    by_type = {one.relation_type.rsplit("/", 1)[-1]: one.target for one in relations.values()}
    for key, (part_name, content_type) in _STYLE_PARTS.items():
        source = by_type.get(key, part_name)
        if source not in parts:
            continue
        root = parse(parts[source])
        _remove_editing_traces(root)
        if key == "settings":
            _set_theme_language(root)
        if key == "numbering":
            settle_bullets(root, SIGNS.family)
        relation_type = _RELATION_TYPE.format(key)
        found.append(StylePart(part_name, content_type, relation_type, serialise(root)))
    return tuple(found)


def _remove_editing_traces(root: Element) -> None:
    """Remove editing sessions, protection, links to other files and embedded fonts.

    What other programs have written in another order than the standard's is put into order.
    """
    for path in _DROPPED_SETTINGS:
        for element in find_all(root, path):
            remove(element)
    for element in list(root.iter(xml_name("w:rsid"), *map(xml_name, _EMBEDDED_FONTS))):
        remove(element)
    for element in root.iter():
        remove_revision_ids(element)
    mend_properties(root)


def _set_theme_language(settings: Element) -> None:
    for element in find_all(settings, "w:themeFontLang"):
        element.set(VALUE, "ru-RU")


def _root_of(data: bytes, name: str, what: str) -> Element:
    """Return the root of a part of the style, which every document takes over.

    Raises:
        TemplateError: when another part lies in its place.
    """
    root = parse(data)
    if root.tag != xml_name(name):
        raise template_error(
            f"из стиль.docx пропало нужное всем документам ({what}); возьмите исходный файл и "
            "меняйте его в Word"
        )
    return root


def _read_headers_footers(parts: dict[str, bytes], section: Element) -> tuple[HeaderFooter, ...]:
    """Return the headers and footers that a section refers to, headers first."""
    relations = relations_of(parts, DOCUMENT_PART)
    found = []
    for role in ("header", "footer"):
        for element in find_all(section, f"w:{role}Reference"):
            relation = relations.get(element.get(xml_name("r:id"), ""))
            target = "" if relation is None else relation.target
            root = _root_of(
                parts.get(target, b"<none/>"),
                _ROOTS[role],
                "колонтитул, номера страниц пропали бы",
            )
            if relations_of(parts, target):
                raise template_error(
                    "в колонтитуле стиль.docx стоит картинка или ссылка; уберите её"
                )
            _remove_editing_traces(root)
            settle_signs(root)
            pages = element.get(xml_name("w:type"), "default")
            found.append(_header_or_footer(role, pages, serialise(root)))
    return tuple(found)


def _header_or_footer(role: str, pages: str, data: bytes) -> HeaderFooter:
    part = StylePart(
        f"word/{role}-{pages}.xml", _PART_TYPE.format(role), _RELATION_TYPE.format(role), data
    )
    return HeaderFooter(role, pages, f"{role}-{pages}", part)


def _with_note(pages: str, header: HeaderFooter | None, note: str) -> HeaderFooter:
    """Return a header with the note as its first line, on the right and bold."""
    root = make_element("w:hdr") if header is None else parse(header.part.data)
    paragraph = make_element("w:p")
    properties = make_element("w:pPr")
    first_style = find_first(root, "w:p/w:pPr/w:pStyle")
    if first_style is not None:
        properties.append(copy.copy(first_style))
    properties.append(make_element("w:jc", val="right"))
    run = make_element("w:r")
    run_properties = make_element("w:rPr")
    run_properties.append(make_element("w:b"))
    text = make_element("w:t")
    text.text = note
    run.extend([run_properties, text])
    paragraph.extend([properties, run])
    root.insert(0, paragraph)
    _remove_empty_last_paragraph(root)
    return _header_or_footer("header", pages, serialise(root))


def _remove_empty_last_paragraph(header: Element) -> None:
    """Remove an empty last paragraph after the note, which would only push the text down."""
    last = header[-1]
    has_content = any(True for _ in last.iter(xml_name("w:r"), xml_name("w:fldSimple")))
    if len(header) > 1 and last.tag == xml_name("w:p") and not has_content:
        header.remove(last)
