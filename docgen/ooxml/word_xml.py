"""The XML of a .docx: its names, safe parsing, texts and serialising, through lxml."""

from __future__ import annotations

import re
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from lxml import etree
from lxml.etree import _Element

from docgen.errors import Location, Problem, TemplateError

Element: TypeAlias = _Element

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES: Final = {
    "w": WORD,
    "r": RELATION,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
"""The only namespaces that a rendered document keeps; Word's later extensions are dropped."""

ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold; U+000B and U+000C come from cells pasted out of Word."""


def xml_name(tag: str) -> str:
    """Return lxml's spelling of a prefixed name, e.g. of ``w:p``."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


P: Final = xml_name("w:p")
R: Final = xml_name("w:r")
T: Final = xml_name("w:t")
TAB: Final = xml_name("w:tab")
BREAK: Final = xml_name("w:br")
ROW: Final = xml_name("w:tr")
CELL: Final = xml_name("w:tc")
TABLE: Final = xml_name("w:tbl")
BODY: Final = xml_name("w:body")
SECTION: Final = xml_name("w:sectPr")
VALUE: Final = xml_name("w:val")
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
ON: Final = frozenset({"1", "true", "on"})
OFF: Final = frozenset({"0", "false", "off"})
"""How Word spells that a property is switched on or off; without a value it is on."""

TEXT_TAG: Final = '<w:t xml:space="preserve">'
TEXT: Final = re.compile(f"{TEXT_TAG}([^<]*)</w:t>")
"""A text element as docgen stores it."""
EMPTY_TEXT: Final = f"{TEXT_TAG}</w:t>"
_PARAGRAPH: Final = "<w:p"
_PARAGRAPH_END: Final = "</w:p>"
_AFTER_NAME: Final = frozenset(" >/\t\r\n")


def compile_xpath(path: str) -> etree.XPath:
    """Return a compiled XPath whose prefixes are those of ``NAMESPACES``."""
    return etree.XPath(path, namespaces=NAMESPACES)


def template_error(message: str) -> TemplateError:
    """Return an error of one problem without a place, which the caller adds."""
    return TemplateError([Problem("bad-template", Location(), message)])


def parse(data: bytes | str) -> Element:
    """Return the root of a part.

    Raises:
        TemplateError: when it is no XML, or declares entities (which could read files).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    raw = data.encode() if isinstance(data, str) else data
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error.msg).lower():
            message = "элементы внутри .docx вложены слишком глубоко; так файлы Word не делают"
            raise template_error(message) from error
        line = f" (строка {error.lineno})" if error.lineno else ""
        raise template_error(
            f"внутри .docx повреждённая разметка{line}; откройте файл в Word и сохраните заново"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise template_error(
            "внутри .docx объявлены сущности XML (DOCTYPE); так файлы Word не делают"
        )
    return root


def split_paragraphs(xml: str) -> list[str]:
    """Return the XML between paragraphs and the paragraphs alternately, with XML first and last.

    A paragraph inside another is not recognised: docgen composes and finishes such bodies as a
    whole.
    """
    parts: list[str] = []
    done, start = 0, xml.find(_PARAGRAPH)
    while start >= 0:
        if xml[start + 4 : start + 5] not in _AFTER_NAME:
            start = xml.find(_PARAGRAPH, start + 4)
            continue
        end = xml.find(">", start)
        if end < 0:
            break
        if xml[end - 1] != "/":
            last = xml.find(_PARAGRAPH_END, end)
            if last < 0:
                # Never closed: what follows may still hold one.
                start = xml.find(_PARAGRAPH, start + 4)
                continue
            end = last + len(_PARAGRAPH_END) - 1
        end += 1
        parts += (xml[done:start], xml[start:end])
        done, start = end, xml.find(_PARAGRAPH, end)
    return [*parts, xml[done:]]


def serialise(root: Element) -> bytes:
    """Return a part as stored in the package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def to_xml(root: Element) -> str:
    """Return an element as XML text without a declaration."""
    return etree.tostring(root, encoding="unicode")


def find_all(root: Element, path: str) -> list[Element]:
    """Return all elements of an ElementPath with the prefixes of ``NAMESPACES``."""
    return root.findall(path, NAMESPACES)


def find_first(root: Element, path: str) -> Element | None:
    """Return the first element of an ElementPath, or nothing."""
    return root.find(path, NAMESPACES)


def switch_of(root: Element, path: str) -> bool | None:
    """Return whether the property at an ElementPath is on, such as ``w:b``; None without one."""
    found = find_first(root, path)
    return None if found is None else found.get(VALUE, "1") not in OFF


def whole_number(text: str | None) -> int:
    """Return a measure rounded, 0 where there is no number."""
    try:
        return round(float(text or 0))
    except (ValueError, OverflowError):
        return 0


def make_text(text: str) -> Element:
    """Return a ``w:t`` that keeps all blanks of its text."""
    element = make_element("w:t")
    element.text = text
    element.set(SPACE, "preserve")
    return element


def make_element(tag: str, **attributes: str | int) -> Element:
    """Return a new element; attributes belong to the ``w`` namespace."""
    element = etree.Element(xml_name(tag), nsmap={"w": WORD})
    for key, value in attributes.items():
        element.set(xml_name(f"w:{key}"), str(value))
    return element


def remove(element: Element) -> None:
    """Remove an element from its tree together with its content."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Replace an element by its children."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for offset, inner in enumerate(list(element)):
        parent.insert(place + offset, inner)
    parent.remove(element)


def paragraph_text(paragraph: Element) -> str:
    r"""Return the text of a paragraph: tabs as ``\t``, line breaks as ``\n``."""
    return "".join(text for _, text in text_pieces(paragraph))


_SIGNS: Final = {
    TAB: "\t",
    BREAK: "\n",
    xml_name("w:cr"): "\n",
    xml_name("w:noBreakHyphen"): "\u2011",
    xml_name("w:softHyphen"): "\u00ad",
}


def text_pieces(paragraph: Element) -> list[tuple[Element, str]]:
    """Return the elements that print text, each with its text, in reading order."""
    pieces = []
    for element in paragraph.iter(T, *_SIGNS):
        parent = element.getparent()
        if element.tag == T:
            pieces.append((element, element.text or ""))
        elif parent is not None and parent.tag == R and element.get(xml_name("w:type")) is None:
            pieces.append((element, _SIGNS[str(element.tag)]))
    return pieces


class WordMarkup(str):
    """WordprocessingML that ``{{p …}}`` or ``{{r …}}`` inserts unescaped.

    Only for XML that docgen made, never for words that somebody typed.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return the XML itself, which keeps Jinja from escaping it."""
        return str(self)


def escaped(text: str) -> str:
    """Return text with ``&``, ``<`` and ``>`` escaped for XML."""
    return escape(text) if "&" in text or "<" in text or ">" in text else text


def remove_revision_ids(element: Element) -> None:
    """Remove the ids of editing sessions (``rsid…``), which Word draws at random."""
    for key in list(element.attrib):
        if str(key).rpartition("}")[2].startswith("rsid"):
            del element.attrib[key]
