"""The package of a finished .docx: its fixed parts, title, relations and content types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.house_style import HeaderFooter, HouseStyle
from docgen.ooxml.word_xml import WordMarkup, escaped
from docgen.ooxml.zip_parts import (
    CONTENT_TYPES,
    DOCUMENT_PART,
    STYLES_PART,
    ZipEntry,
    to_entry,
    to_zip,
)

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/{}"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"

_TOP_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE.format("relationships")}">'
    f'<Relationship Id="rId1" Type="{_OFFICE.format("officeDocument")}"'
    ' Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE.format("relationships/metadata/core-properties")}"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE.format("extended-properties")}"'
    ' Target="docProps/app.xml"/></Relationships>'
)
APP_PROPERTIES: Final = (
    f"{_HEAD}<Properties"
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
"""The extended properties as no other program writes them.

A document that has exactly these was saved by nobody since docgen made it.
"""

_CORE: Final = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE.format("metadata/core-properties")}"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:language>ru-RU</dc:language></cp:coreProperties>"
)

CORE_PART: Final = "docProps/core.xml"
"""The part that holds the title."""


LINK_STYLE: Final = "Hyperlink"
"""The id of the style of links, which looks like the text around it.

LibreOffice 7.4 makes a link live in a PDF only if its words have a character style.
"""
_RELATIONS_PART: Final = "word/_rels/document.xml.rels"
_UNKNOWN: Final = "application/octet-stream"
_IMAGE_TYPES: Final = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
}


def core_properties(title: str) -> bytes:
    """Return the core properties, which hold the document's title and language."""
    return _CORE.format(title=escaped(title)).encode()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or hyperlink of a template or of a single document, under the id ``relation``.

    ``target`` is the part's name below ``word/``, or an address when the target is outside; only
    then ``data`` is empty.
    """

    relation: str
    relation_type: str
    target: str
    is_outside: bool
    data: bytes


class AttachedMarkup(WordMarkup):
    """Markup with the pictures and links that it refers to, in ``attached``."""

    def __new__(cls, xml: str, attached: tuple[Picture, ...]) -> AttachedMarkup:
        """Return the markup with what it needs."""
        made = super().__new__(cls, xml)
        made.attached = attached
        return made

    attached: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class SharedParts:
    """The parts that every document of one template shares, compressed once for all of them.

    ``relations`` are id, type, target and whether it is outside; ``defaults`` the content types of
    suffixes, ``overrides`` those of parts. ``styles`` is the part that holds the styles.
    """

    entries: tuple[ZipEntry, ...]
    relations: tuple[tuple[str, str, str, bool], ...]
    defaults: tuple[tuple[str, str], ...]
    overrides: tuple[tuple[str, str], ...]
    styles: bytes

    def parts_with(self, attached: Sequence[Picture]) -> dict[str, ZipEntry]:
        """Return the parts of a document that has pictures and links of its own, by their names."""
        if not attached:
            return {}
        embedded = [one for one in attached if not one.is_outside]
        parts = {f"word/{one.target}": one.data for one in embedded}
        known = dict(self.defaults)
        suffixes = sorted({one.target.rpartition(".")[2].lower() for one in embedded} - set(known))
        defaults = [*self.defaults, *((one, _IMAGE_TYPES.get(one, _UNKNOWN)) for one in suffixes)]
        own = [(one.relation, one.relation_type, one.target, one.is_outside) for one in attached]
        parts[_RELATIONS_PART] = _relations([*self.relations, *own]).encode()
        parts[CONTENT_TYPES] = _content_types(defaults, list(self.overrides)).encode()
        if len(embedded) < len(attached):
            parts[STYLES_PART] = _with_link_style(self.styles)
        return {name: to_entry(name, data) for name, data in parts.items()}

    def to_docx(self, document: bytes, title: str, own_parts: Mapping[str, ZipEntry]) -> bytes:
        """Return the .docx of one document.

        Args:
            document: The body, ``word/document.xml``.
            title: The title property.
            own_parts: Parts of this document alone by name, in place of shared ones: headers and
                footers, what ``parts_with`` returns.
        """
        return to_zip(
            [
                *(entry for entry in self.entries if entry.name not in own_parts),
                *own_parts.values(),
                to_entry(DOCUMENT_PART, document),
                to_entry(CORE_PART, core_properties(title)),
            ]
        )


def make_shared_parts(
    house: HouseStyle,
    headers_footers: tuple[HeaderFooter, ...],
    pictures: tuple[Picture, ...],
    content_types: tuple[tuple[str, str], ...],
) -> SharedParts:
    """Return what every document of one template shares.

    Args:
        house: Gives styles, settings, fonts, numbering and theme.
        headers_footers: The headers and footers of the pages.
        pictures: The template's pictures and hyperlinks.
        content_types: Content types by file suffix, of which those of the pictures are taken.
    """
    fixed = [*house.parts, *(one.part for one in headers_footers)]
    styles = house.part(STYLES_PART)
    data = {one.name: one.data for one in fixed}
    if any(one.is_outside for one in pictures):
        data[STYLES_PART] = _with_link_style(styles)
    entries = [to_entry(name, part) for name, part in data.items()]
    embedded = [one for one in pictures if not one.is_outside]
    entries += [to_entry(f"word/{one.target}", one.data) for one in embedded]
    relations = [
        (f"fixed{number}", part.relation_type, part.name.removeprefix("word/"), False)
        for number, part in enumerate(house.parts, start=1)
    ]
    relations += [
        (one.relation, one.part.relation_type, one.part.name.removeprefix("word/"), False)
        for one in headers_footers
    ]
    relations += [(one.relation, one.relation_type, one.target, one.is_outside) for one in pictures]
    overrides = [(part.name, part.content_type) for part in fixed]
    suffixes = {one.target.rpartition(".")[2].lower() for one in embedded}
    defaults = [one for one in content_types if one[0] in suffixes]
    texts = {
        CONTENT_TYPES: _content_types(defaults, overrides),
        "_rels/.rels": _TOP_RELATIONS,
        "docProps/app.xml": APP_PROPERTIES,
        _RELATIONS_PART: _relations(relations),
    }
    entries += [to_entry(part_name, text.encode()) for part_name, text in texts.items()]
    return SharedParts(tuple(entries), tuple(relations), tuple(defaults), tuple(overrides), styles)


def _with_link_style(styles: bytes) -> bytes:
    """Return the styles with that of links, unless the house style has one."""
    if f'w:styleId="{LINK_STYLE}"'.encode() in styles:
        return styles
    style = (
        f'<w:style w:type="character" w:styleId="{LINK_STYLE}">'
        f'<w:name w:val="{LINK_STYLE}"/></w:style></w:styles>'
    )
    return styles.replace(b"</w:styles>", style.encode())


def _relations(relations: list[tuple[str, str, str, bool]]) -> str:
    lines = [
        f'<Relationship Id="{escaped(identity)}" Type="{escaped(kind)}"'
        f' Target="{_attribute(target)}"' + (' TargetMode="External"/>' if is_outside else "/>")
        for identity, kind, target, is_outside in relations
    ]
    space = _PACKAGE.format("relationships")
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")


def _content_types(defaults: list[tuple[str, str]], overrides: list[tuple[str, str]]) -> str:
    base = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        *(one for one in defaults if one[0] not in {"rels", "xml"}),
    ]
    own = [
        (DOCUMENT_PART, _WORD_TYPE.format("document.main")),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        (
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
        *overrides,
    ]
    lines = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in base]
    lines += [f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in own]
    space = _PACKAGE.format("content-types")
    return f'{_HEAD}<Types xmlns="{space}">{"".join(lines)}</Types>'
