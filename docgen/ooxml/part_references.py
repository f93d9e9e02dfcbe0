"""Which element of a template may refer to which part: pictures inside the file, links to the web.

Everything else that refers to a part is refused: an attribute that Word hardly knows may make it or
LibreOffice fetch a file from the computer or the network of whoever opens the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.ooxml.hazards import Finding
from docgen.ooxml.picture_reader import picture_fault
from docgen.ooxml.word_xml import RELATION, Element, P, xml_name
from docgen.ooxml.zip_parts import Relation

_EMBED: Final = f"{{{RELATION}}}embed"
_ID: Final = f"{{{RELATION}}}id"
_IMAGE, _HYPERLINK = "image", "hyperlink"
_ALLOWED: Final = {
    (xml_name("a:blip"), _EMBED): _IMAGE,
    (xml_name("w:hyperlink"), _ID): _HYPERLINK,
    (xml_name("a:hlinkClick"), _ID): _HYPERLINK,
    (xml_name("a:hlinkHover"), _ID): _HYPERLINK,
    (xml_name("w:headerReference"), _ID): "header",
    (xml_name("w:footerReference"), _ID): "footer",
}
_PICTURE_BEGINNINGS: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
)
"""How PNG, JPEG, GIF, BMP, TIFF and WMF files begin."""
_EMF: Final = slice(40, 44), b" EMF"


def find_odd_references(
    root: Element, parts: Mapping[str, bytes], relations: Mapping[str, Relation]
) -> Iterator[Finding]:
    """Yield what refers to a part that it has no business with, at its paragraph."""
    numbers = {element: number for number, element in enumerate(root.iter(P), start=1)}
    for element in root.iter():
        for key, value in element.attrib.items():
            if not str(key).startswith(f"{{{RELATION}}}") or not value:
                continue
            wanted = _ALLOWED.get((str(element.tag), str(key)))
            message = _fault(wanted, relations.get(str(value)), parts)
            if message:
                above = next(element.iterancestors(P), None)
                yield Finding(None if above is None else numbers.get(above), message, "")


def relation_kind(relation: Relation) -> str:
    """Return the kind of a relation, e.g. ``image``; strict files spell the rest otherwise."""
    return relation.relation_type.rpartition("/")[2]


def _fault(wanted: str | None, relation: Relation | None, parts: Mapping[str, bytes]) -> str:
    if relation is None:
        # A link without an address leads to a bookmark, a picture nowhere.
        return _LOST_PICTURE if wanted == _IMAGE else ""
    kind = relation_kind(relation)
    if wanted is None or kind != wanted:
        return (
            f"часть документа ссылается на «{relation.target[:80]}» не так, как это делает Word; "
            "удалите её и вставьте картинку или ссылку заново"
        )
    if kind != _IMAGE:
        return ""
    data = b"" if relation.is_outside else parts.get(relation.target, b"")
    if not data:
        return _LOST_PICTURE
    place, mark = _EMF
    if not data.startswith(_PICTURE_BEGINNINGS) and data[place] != mark:
        return "картинка в виде, который печатается не везде; сохраните её как PNG или JPEG"
    return picture_fault(data)


_LOST_PICTURE: Final = "картинки шаблона нет внутри файла; вставьте её заново"
