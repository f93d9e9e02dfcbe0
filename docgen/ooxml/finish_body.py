"""From rendered XML to the part as it is stored: spaces, line breaks, sections, tidy tables."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Final

from lxml import etree

from docgen.ooxml.house_style import HouseStyle, Running, is_lying
from docgen.ooxml.word_xml import (
    BODY,
    BREAK,
    SECTION,
    SPACE,
    TAB,
    TABLE,
    Element,
    P,
    R,
    T,
    broken,
    make,
    name,
    parse,
    remove,
    search,
    serialise,
)

_STRAY: Final = search(
    "//text()[normalize-space() and not(parent::w:t or parent::w:instrText or ancestor::wp:inline)]"
)
_OPEN_CELLS: Final = search("//w:tc[not(*[last()][self::w:p])]")
_EMPTY_TABLES: Final = search("//w:tbl[not(w:tr)]")
_EMPTY_ROWS: Final = search("//w:tr[not(w:tc)]")
_EMPTY_RUNS: Final = search("//w:r[not(*[not(self::w:rPr) and not(self::w:t[not(text())])])]")


CONTENT: Final = (R, SECTION, name("w:fldSimple"), name("w:bookmarkStart"))


def finish_body(
    xml: str,
    house: HouseStyle,
    running: tuple[Running, ...],
    typeset: Callable[[str], str],
    *,
    is_landscape: bool,
) -> tuple[bytes, str]:
    """Return the stored part and its text (paragraphs parted by line feeds, before typesetting).

    Raises:
        TemplateError: when the tags of the template left broken XML or words outside paragraphs.
    """
    root = parse(xml)
    _refuse_stray_text(root)
    text = "\n".join(finish_text(root, typeset))
    finish_layout(root, house, running, is_landscape=is_landscape)
    return serialise(root), text


def finish_layout(
    root: Element, house: HouseStyle, running: tuple[Running, ...], *, is_landscape: bool
) -> None:
    """Mend tables, number bookmarks and lay the house's sheet, whatever the paragraphs say."""
    _mend_tables(root)
    _mend_bookmarks(root)
    _lay_sections(root, house, running, is_landscape=is_landscape)


def finish_running(xml: str, typeset: Callable[[str], str]) -> bytes:
    """Return a header or footer as stored."""
    root = parse(xml)
    _refuse_stray_text(root)
    finish_text(root, typeset)
    return serialise(root)


def has_stray_text(root: Element) -> bool:
    """Whether words stand outside of paragraphs, where Word would drop them."""
    return bool(_STRAY(root))


def _refuse_stray_text(root: Element) -> None:
    stray = _STRAY(root)
    if isinstance(stray, list) and stray:
        raise broken(
            f"текст «{str(stray[0]).strip()[:60]}» оказался вне абзаца и пропал бы: "
            "{{p …}} и {{r …}} принимают только готовую разметку"
        )


def finish_text(root: Element, typeset: Callable[[str], str]) -> list[str]:
    """Typeset every paragraph; return the texts of those that hold any, as they were before."""
    texts = []
    for paragraph in root.iter(P):
        elements = list(paragraph.iter(T))
        if elements:
            texts.append(_finish_paragraph(elements, typeset))
    for run in _elements(_EMPTY_RUNS(root)):
        remove(run)
    return texts


def _finish_paragraph(elements: list[Element], typeset: Callable[[str], str]) -> str:
    """Typeset a paragraph over its runs, so that «№» and a bold number still hold together."""
    whole = "".join([element.text or "" for element in elements])
    made = typeset(whole)
    if len(made) == len(whole):
        start = 0
        for element in elements:
            end = start + len(element.text or "")
            element.text = made[start:end]
            start = end
    else:
        for element in elements:
            element.text = typeset(element.text or "")
    for element in elements:
        text = element.text or ""
        if "\n" in text or "\t" in text:
            _split_lines(element, text)
    return whole


def _split_lines(element: Element, text: str) -> None:
    """Turn line feeds and tabs of a value into Word's own elements."""
    run = element.getparent()
    if run is None:
        return
    place = run.index(element)
    remove(element)
    new: list[Element] = []
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            new.append(etree.Element(BREAK))
        for piece_number, piece in enumerate(line.split("\t")):
            if piece_number:
                new.append(etree.Element(TAB))
            if piece:
                inner = etree.Element(T)
                inner.set(SPACE, "preserve")
                inner.text = piece
                new.append(inner)
    run[place:place] = new


def _elements(found: object) -> list[Element]:
    """Return the elements among an XPath's results."""
    if not isinstance(found, list):
        return []
    return [one for one in found if isinstance(one, Element)]


def _mend_tables(root: Element) -> None:
    """Give Word what it insists on: no empty rows or tables, a paragraph that ends each cell."""
    for row in _elements(_EMPTY_ROWS(root)):
        remove(row)
    for table in _elements(_EMPTY_TABLES(root)):
        remove(table)
    for cell in _elements(_OPEN_CELLS(root)):
        cell.append(etree.Element(P))
    body = root.find(BODY)
    if body is None or len(body) == 0:
        return
    _drop_trailing(body)
    for block in list(body):
        following = block.getnext()
        if block.tag == TABLE and (following is None or following.tag in {SECTION, TABLE}):
            block.addnext(_mini_paragraph())


def _drop_trailing(body: Element) -> None:
    """Remove empty paragraphs at the very end, which could open a page of their own."""
    for block in reversed(list(body)):
        if block.tag == SECTION:
            continue
        if block.tag != P or len(body) <= 1 or any(True for _ in block.iter(*CONTENT)):
            return
        body.remove(block)


def _mend_bookmarks(root: Element) -> None:
    """Number bookmarks anew: a loop copies their ids and names, and both must be unique."""
    starts = list(root.iter(name("w:bookmarkStart")))
    if not starts:
        return
    names: dict[str, int] = {}
    open_ids: dict[str, str] = {}
    number = 0
    for element in list(root.iter(name("w:bookmarkStart"), name("w:bookmarkEnd"))):
        old = element.get(name("w:id"), "")
        if element.tag == name("w:bookmarkStart"):
            number += 1
            open_ids[old] = str(number)
            title = element.get(name("w:name"), "")
            names[title] = names.get(title, 0) + 1
            if names[title] > 1:
                element.set(name("w:name"), f"{title}_{names[title]}")
            element.set(name("w:id"), str(number))
        elif old in open_ids:
            element.set(name("w:id"), open_ids.pop(old))
        else:
            remove(element)


def _lay_sections(
    root: Element, house: HouseStyle, running: tuple[Running, ...], *, is_landscape: bool
) -> None:
    """Put the house's sheet under every section; a template keeps only which way it lies."""
    body = root.find(BODY)
    if body is None:
        raise broken("в документе нет текста; сохраните шаблон в Word заново")
    if body.find(SECTION) is None:
        body.append(etree.Element(SECTION))
    for number, old in enumerate(list(root.iter(SECTION))):
        new = house.section(
            old,
            running,
            is_landscape=is_landscape or is_lying(old),
            is_first=number == 0,
        )
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, copy.copy(new))


def _mini_paragraph() -> Element:
    """Return a paragraph without height, for places where Word insists on one after a table.

    A table may end exactly at the foot of a page, and any height would open a blank one.
    LibreOffice takes an exact height of nothing at its word; Word lays out no hidden mark.
    """
    paragraph = make("w:p")
    properties = make("w:pPr")
    properties.append(make("w:spacing", before=0, after=0, line=0, lineRule="exact"))
    face = make("w:rPr")
    face.append(make("w:vanish"))
    face.append(make("w:sz", val=2))
    properties.append(copy.copy(face))
    paragraph.append(properties)
    return paragraph
