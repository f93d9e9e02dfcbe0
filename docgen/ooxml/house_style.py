"""The house style: what ``стиль.docx`` gives to every document."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.ooxml.word_xml import (
    VALUE,
    WORD,
    Element,
    broken,
    child,
    drop_sessions,
    find,
    make,
    name,
    parse,
    remove,
    serialise,
)
from docgen.ooxml.zip_parts import read_parts

_PART_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_FIXED: Final = {
    "styles": ("word/styles.xml", _PART_TYPE.format("styles")),
    "settings": ("word/settings.xml", _PART_TYPE.format("settings")),
    "fontTable": ("word/fontTable.xml", _PART_TYPE.format("fontTable")),
    "numbering": ("word/numbering.xml", _PART_TYPE.format("numbering")),
    "theme": (
        "word/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
}
_FORGOTTEN: Final = (
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
_EMBEDDED: Final = (
    "w:embedRegular",
    "w:embedBold",
    "w:embedItalic",
    "w:embedBoldItalic",
)
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
    """A part that goes into the package, with what the package says of it."""

    name: str
    content_type: str
    relation_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer: its role (header, footer), pages (default, first, even), and text."""

    role: str
    pages: str
    relation: str
    part: StylePart


@dataclass(frozen=True, slots=True)
class StyleName:
    """A style as its package knows it; ``family`` is paragraph, character, table or numbering."""

    id: str
    name: str
    family: str
    is_default: bool


def styles_in(root: Element) -> list[StyleName]:
    """Return the styles of a styles part."""
    found = []
    for element in find(root, "w:style"):
        title = child(element, "w:name")
        found.append(
            StyleName(
                element.get(name("w:styleId"), ""),
                "" if title is None else title.get(VALUE, ""),
                element.get(name("w:type"), "paragraph"),
                element.get(name("w:default"), "") in {"1", "true", "on"},
            )
        )
    return found


class HouseStyle:
    """An opened ``стиль.docx``; parts are read once and never changed.

    Raises:
        TemplateError: when the file is no .docx or has no styles.
    """

    def __init__(self, docx: Path | bytes) -> None:
        parts = read_parts(docx)
        if "word/styles.xml" not in parts:
            raise broken("в стиль.docx нет стилей; возьмите исходный файл и меняйте его в Word")
        self.parts = _fixed_parts(parts)
        self.styles = tuple(styles_in(parse(parts["word/styles.xml"])))
        body = child(parse(parts["word/document.xml"]), "w:body")
        section = None if body is None else child(body, "w:sectPr")
        self._section = make("w:sectPr") if section is None else section
        self._page = _numbers(self._section, "w:pgSz", _DEFAULT_PAGE)
        self._margins = _numbers(self._section, "w:pgMar", _DEFAULT_MARGINS)
        self.has_title_page = child(self._section, "w:titlePg") is not None
        self._running = _running_parts(parts, self._section)

    def style_id(self, title: str, family: str = "paragraph") -> str | None:
        """Return the id of a style by its name, or nothing; Word ignores case in its own names."""
        for one in self.styles:
            if one.family == family and one.name.casefold() == title.casefold():
                return one.id
        return None

    def page(self, *, is_landscape: bool) -> dict[str, int]:
        """Return width and height of the sheet in twips."""
        short, long = sorted((self._page["w"], self._page["h"]))
        return {"w": long, "h": short} if is_landscape else {"w": short, "h": long}

    def margins(self, *, is_landscape: bool) -> dict[str, int]:
        """Return margins in twips.

        A landscape sheet is filed by its top, so the binding margin turns with the sheet.
        """
        upright = self._margins
        if not is_landscape:
            return dict(upright)
        return {
            **upright,
            "top": upright["left"],
            "right": upright["top"],
            "bottom": upright["right"],
            "left": upright["bottom"],
        }

    def text_width(self, *, is_landscape: bool) -> int:
        """Return the width between the margins in twips."""
        margins = self.margins(is_landscape=is_landscape)
        page = self.page(is_landscape=is_landscape)
        return page["w"] - margins["left"] - margins["right"] - margins["gutter"]

    def running(self, note: str) -> tuple[Running, ...]:
        """Return headers and footers; ``note`` is printed on every page, also the first."""
        if not note:
            return self._running
        headers = {one.pages: one for one in self._running if one.role == "header"}
        wanted = ["default", *(["first"] if self.has_title_page else [])]
        wanted += [pages for pages in headers if pages not in wanted]
        noted = [_with_note(pages, headers.get(pages), note) for pages in wanted]
        return (*noted, *(one for one in self._running if one.role == "footer"))

    def section(
        self, old: Element, running: tuple[Running, ...], *, is_landscape: bool, is_first: bool
    ) -> Element:
        """Return the section properties for a section of a document.

        Args:
            old: The template's own properties: its kind of break and its columns are kept.
            running: The headers and footers of the document.
            is_landscape: Whether the sheet lies.
            is_first: Pages are numbered from the first section on, and only there is a title page.
        """
        new = make("w:sectPr")
        for one in running:
            reference = make(f"w:{one.role}Reference", type=one.pages)
            reference.set(name("r:id"), one.relation)
            new.append(reference)
        kind = child(old, "w:type")
        if kind is not None:
            new.append(copy.copy(kind))
        orientation = {"orient": "landscape"} if is_landscape else {}
        new.append(make("w:pgSz", **self.page(is_landscape=is_landscape), **orientation))
        new.append(make("w:pgMar", **self.margins(is_landscape=is_landscape)))
        if is_first:
            new.append(make("w:pgNumType", start=1))
        columns = child(old, "w:cols")
        if columns is not None and columns.get(name("w:num"), "1") != "1":
            new.append(copy.copy(columns))
        if is_first and self.has_title_page:
            new.append(make("w:titlePg"))
        return new


def is_lying(section: Element) -> bool:
    """Return whether a section's sheet lies."""
    size = child(section, "w:pgSz")
    if size is None:
        return False
    width, height = (float(size.get(name(f"w:{side}"), "0")) for side in "wh")
    return size.get(name("w:orient")) == "landscape" or width > height


def _numbers(section: Element, path: str, default: dict[str, int]) -> dict[str, int]:
    element = child(section, path)
    if element is None:
        return dict(default)
    return {
        key: round(float(element.get(name(f"w:{key}"), str(number))))
        for key, number in default.items()
    }


def _fixed_parts(parts: dict[str, bytes]) -> tuple[StylePart, ...]:
    """Return styles, settings, fonts, numbering and theme, cleaned of traces of editing."""
    made = []
    relations = relations_of(parts, "word/document.xml")
    by_type = {kind.rsplit("/", 1)[-1]: target for kind, target, _ in relations.values()}
    for key, (part_name, content_type) in _FIXED.items():
        source = by_type.get(key, part_name)
        if source not in parts:
            continue
        root = parse(parts[source])
        _forget(root)
        if key == "settings":
            _speak_russian(root)
        made.append(StylePart(part_name, content_type, _RELATION_TYPE.format(key), serialise(root)))
    return tuple(made)


def _forget(root: Element) -> None:
    """Remove editing sessions, links to other files and embedded fonts."""
    for path in _FORGOTTEN:
        for element in find(root, path):
            remove(element)
    for element in list(root.iter(name("w:rsid"), *map(name, _EMBEDDED))):
        remove(element)
    for element in root.iter():
        drop_sessions(element)


def _speak_russian(settings: Element) -> None:
    for element in find(settings, "w:themeFontLang"):
        element.set(VALUE, "ru-RU")


def relations_of(parts: dict[str, bytes], source: str) -> dict[str, tuple[str, str, bool]]:
    """Return a part's relations: by id the type, the target (a part name or an address), outside.

    Targets inside the package are written as part names, e.g. ``word/styles.xml``.
    """
    folder, base = posixpath.split(source)
    listing = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if listing is None:
        return {}
    relations = {}
    for element in parse(listing):
        target = element.get("Target", "")
        is_outside = element.get("TargetMode", "") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        relations[element.get("Id", "")] = (element.get("Type", ""), target, is_outside)
    return relations


def _running_parts(parts: dict[str, bytes], section: Element) -> tuple[Running, ...]:
    """Return headers and footers of the section, numbered in its own order."""
    relations = relations_of(parts, "word/document.xml")
    made = []
    for role in ("header", "footer"):
        for element in find(section, f"w:{role}Reference"):
            target = relations.get(element.get(name("r:id"), ""), ("", "", False))[1]
            if target not in parts:
                continue
            if relations_of(parts, target):
                raise broken("в колонтитуле стиль.docx стоит картинка или ссылка; уберите её")
            root = parse(parts[target])
            _forget(root)
            pages = element.get(name("w:type"), "default")
            made.append(_running(role, pages, serialise(root)))
    return tuple(made)


def _running(role: str, pages: str, data: bytes) -> Running:
    part = StylePart(
        f"word/{role}-{pages}.xml", _PART_TYPE.format(role), _RELATION_TYPE.format(role), data
    )
    return Running(role, pages, f"{role}-{pages}", part)


def _with_note(pages: str, header: Running | None, note: str) -> Running:
    """Return a header that begins with the note; other lines stay as they are."""
    root = make("w:hdr") if header is None else parse(header.part.data)
    paragraph = make("w:p")
    properties = make("w:pPr")
    first = child(root, "w:p/w:pPr/w:pStyle")
    if first is not None:
        properties.append(copy.copy(first))
    properties.append(make("w:jc", val="right"))
    run = make("w:r")
    face = make("w:rPr")
    face.append(make("w:b"))
    text = make("w:t")
    text.text = note
    run.extend([face, text])
    paragraph.extend([properties, run])
    root.insert(0, paragraph)
    _drop_empty(root)
    return _running("header", pages, serialise(root))


def _drop_empty(header: Element) -> None:
    """Remove a lone empty paragraph after the note, which would only push the text down."""
    last = header[-1]
    has_content = any(True for _ in last.iter(name("w:r"), name("w:fldSimple")))
    if len(header) > 1 and last.tag == name("w:p") and not has_content:
        header.remove(last)


def used_fonts(docx: Path | bytes) -> tuple[str, ...]:
    """Return the fonts that styles and text name, sorted; theme fonts by their own names."""
    return tuple(sorted(fonts_in(read_parts(docx)) - {""}))


def fonts_in(parts: Mapping[str, bytes]) -> set[str]:
    """Return the fonts that parts name, theme fonts by their own names."""
    theme = theme_fonts(parts)
    fonts: set[str] = set()
    for part_name, data in parts.items():
        if not part_name.startswith("word/") or not part_name.endswith(".xml"):
            continue
        if part_name == "word/fontTable.xml" or "/theme/" in part_name:
            continue
        for element in parse(data).iter(f"{{{WORD}}}rFonts"):
            fonts |= font_names(element, theme)
    return fonts


def font_names(element: Element, theme: Mapping[str, str]) -> set[str]:
    """Return the fonts that ``w:rFonts`` prints with."""
    fonts = set()
    for key in ("ascii", "hAnsi"):
        of_theme = element.get(name(f"w:{key}Theme"), "")
        fonts.add(theme.get(of_theme, "") if of_theme else element.get(name(f"w:{key}"), ""))
    return fonts


def theme_fonts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return theme font names by the words that rFonts uses for them."""
    data = parts.get("word/theme/theme1.xml")
    if data is None:
        return {}
    root = parse(data)
    fonts: dict[str, str] = {}
    for kind in ("major", "minor"):
        latin = child(root, f".//a:{kind}Font/a:latin")
        face = "" if latin is None else latin.get("typeface", "")
        fonts |= {f"{kind}Ascii": face, f"{kind}HAnsi": face}
    return fonts
