"""What Word leaves in a template beside its text (proofing marks, wrappers), and its removal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from lxml import etree

from docgen.ooxml.word_xml import (
    NAMESPACES,
    Element,
    P,
    R,
    T,
    find_first,
    remove,
    remove_revision_ids,
    unwrap,
    xml_name,
)

_RESIDUE: Final = (
    "w:proofErr",
    "w:lastRenderedPageBreak",
    "w:permStart",
    "w:permEnd",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:lang",
    "w:noProof",
    "w:sdtPr",
    "w:sdtEndPr",
    "w:smartTagPr",
    "w:customXmlPr",
    "w:printerSettings",
)
_LED_TO: Final = ("_Ref", "_Toc")
"""Begin the hidden bookmarks to which a field of another template may lead."""
_WRAPPERS: Final = ("w:sdt", "w:sdtContent", "w:smartTag", "w:customXml")
_KNOWN_NAMESPACES: Final = {*NAMESPACES.values(), "http://www.w3.org/XML/1998/namespace", None}


def remove_residue(root: Element, led_to: Collection[str] = ()) -> None:
    """Remove revision ids, proofing marks, wrappers and extensions; join the runs they split.

    Hidden bookmarks go too, but for those ``led_to``.
    """
    for element in list(root.iter(*map(xml_name, _RESIDUE))):
        remove(element)
    for element in list(root.iter(*map(xml_name, _WRAPPERS))):
        unwrap(element)
    for element in list(root.iter(xml_name("w:bookmarkStart"))):
        name = element.get(xml_name("w:name"), "")
        if name.startswith("_") and not name.startswith(_LED_TO) and name not in led_to:
            _remove_bookmark(root, element)
    _remove_extensions(root)
    for element in root.iter(T):
        element.text = (element.text or "").replace("\r", "").replace("\n", " ")
    for paragraph in root.iter(P):
        _join_runs(paragraph)


def _remove_extensions(root: Element) -> None:
    """Remove elements and attributes of namespaces that only later versions of Word know."""
    for element in list(root.iter()):
        if etree.QName(element).namespace not in _KNOWN_NAMESPACES:
            remove(element)
            continue
        remove_revision_ids(element)
        for key in list(element.attrib):
            if etree.QName(str(key)).namespace not in _KNOWN_NAMESPACES:
                del element.attrib[key]


def _remove_bookmark(root: Element, start: Element) -> None:
    number = start.get(xml_name("w:id"))
    for end in list(root.iter(xml_name("w:bookmarkEnd"))):
        if end.get(xml_name("w:id")) == number:
            remove(end)
    remove(start)


def _join_runs(paragraph: Element) -> None:
    """Join neighbouring runs of the same formatting, so that a sentence is one text again."""
    last: Element | None = None
    for run in list(paragraph.iter(R)):
        properties = find_first(run, "w:rPr")
        if properties is not None and len(properties) == 0:
            run.remove(properties)
        if last is not None and last.getnext() is run and _formatting(last) == _formatting(run):
            for inner in list(run):
                if inner.tag != xml_name("w:rPr"):
                    last.append(inner)
            remove(run)
        else:
            last = run
    for run in paragraph.iter(R):
        _join_texts(run)


def _formatting(run: Element) -> bytes:
    properties = find_first(run, "w:rPr")
    return b"" if properties is None else etree.tostring(properties, with_tail=False)


def _join_texts(run: Element) -> None:
    last: Element | None = None
    for element in list(run):
        if element.tag == T and last is not None:
            last.text = (last.text or "") + (element.text or "")
            run.remove(element)
        else:
            last = element if element.tag == T else None
