"""Turn a rendered body into the part that is stored: typeset, tables mended, sections laid out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from lxml import etree

from docgen.ooxml.cell_rooms import CellRoom, cell_rooms_of, widths_around
from docgen.ooxml.house_style import HeaderFooter, HouseStyle, is_landscape_section
from docgen.ooxml.property_order import mend_cells
from docgen.ooxml.style_types import TypeLook, types_of
from docgen.ooxml.table_grids import close_gaps
from docgen.ooxml.table_rows import free_heights, loosen_rows, read_rows
from docgen.ooxml.word_xml import (
    BODY,
    BREAK,
    SECTION,
    TAB,
    TABLE,
    Element,
    P,
    R,
    T,
    compile_xpath,
    find_first,
    make_element,
    make_text,
    paragraph_text,
    parse,
    remove,
    serialise,
    template_error,
    to_xml,
    xml_name,
)
from docgen.russian import surplus_stops

_OF_BRANCH: Final = re.compile(r"(?<=\d)_[a-z]$")
"""What tells apart the bookmarks of branches: in one template no two may have one name."""
_STRAY: Final = compile_xpath(
    "//text()[normalize-space() and not(parent::w:t or parent::w:instrText or ancestor::wp:inline)]"
)
_OPEN_CELLS: Final = compile_xpath("//w:tc[not(*[last()][self::w:p])]")
_EMPTY_TABLES: Final = compile_xpath("//w:tbl[not(w:tr)]")
_EMPTY_ROWS: Final = compile_xpath("//w:tr[not(w:tc)]")
_EMPTY_RUNS: Final = compile_xpath(
    "//w:r[not(*[not(self::w:rPr) and not(self::w:t[not(text())])])]"
)

CONTENT_TAGS: Final = (R, SECTION, xml_name("w:fldSimple"), xml_name("w:bookmarkStart"))
"""A paragraph with any of these is not empty."""

FRAME_PATH: Final = "w:pPr/w:framePr"


@dataclass(frozen=True, slots=True)
class _PrintedParagraph:
    """A paragraph as printed, of which the height of its row can be told."""

    printed: str
    look: TypeLook


def finish_body(
    xml: str,
    house: HouseStyle,
    headers_footers: tuple[HeaderFooter, ...],
    typeset: Callable[[str], str],
    *,
    is_landscape: bool,
) -> tuple[bytes, str]:
    """Return the stored part and its text.

    Args:
        xml: The rendered body.
        house: Gives page size and margins.
        headers_footers: What the sections refer to.
        typeset: Puts non-breaking signs into a paragraph's text.
        is_landscape: Whether every section is laid on its side.

    Returns:
        The part, and the text before typesetting: paragraphs joined by line feeds.

    Raises:
        TemplateError: when the tags of the template left broken XML or words outside paragraphs.
    """
    root = parse(xml)
    _refuse_stray_text(root)
    find_room = cell_rooms_of(house).room
    rooms = [
        find_room(width, to_xml(paragraph)) if width else None
        for paragraph, width in zip(root.iter(P), widths_around(root), strict=True)
    ]
    text = "\n".join(typeset_paragraphs(root, typeset, rooms))
    paragraphs = [
        _PrintedParagraph(paragraph_text(one), types_of(house).of_paragraph(one))
        for one in root.iter(P)
    ]
    width, height = text_area(root, house, is_landscape=is_landscape)
    loosen_rows(root, read_rows(root, width).tall(paragraphs, height))
    finish_structure(root, house, headers_footers, is_landscape=is_landscape)
    return serialise(root), text


def text_area(root: Element, house: HouseStyle, *, is_landscape: bool) -> tuple[int, int]:
    """Return width and height of a page's text in twips; the least of all pages of a document."""
    lies = is_landscape or any(is_landscape_section(one) for one in root.iter(SECTION))
    return (
        house.text_width(is_landscape=is_landscape),
        house.text_height(is_landscape=lies),
    )


def finish_structure(
    root: Element,
    house: HouseStyle,
    headers_footers: tuple[HeaderFooter, ...],
    *,
    is_landscape: bool,
) -> None:
    """Mend tables, number bookmarks and pictures, give every section the house style's page."""
    close_gaps(root)
    free_heights(root)
    _mend_tables(root)
    _mend_bookmarks(root)
    for number, picture in enumerate(root.iter(xml_name("wp:docPr")), start=1):
        # A loop copies them, and Word calls a document damaged that has a number twice.
        picture.set("id", str(number))
    _apply_house_sections(root, house, headers_footers, is_landscape=is_landscape)


def finish_header_footer(xml: str, typeset: Callable[[str], str]) -> bytes:
    """Return the stored part of a rendered header or footer."""
    root = parse(xml)
    _refuse_stray_text(root)
    typeset_paragraphs(root, typeset)
    return serialise(root)


def has_stray_text(root: Element) -> bool:
    """Return whether words stand outside of paragraphs, where Word would drop them."""
    return bool(_STRAY(root))


def _refuse_stray_text(root: Element) -> None:
    stray = _STRAY(root)
    if isinstance(stray, list) and stray:
        raise template_error(
            f"текст «{str(stray[0]).strip()[:60]}» оказался вне абзаца и пропал бы: "
            "{{p …}} и {{r …}} принимают только готовую разметку"
        )


def typeset_paragraphs(
    root: Element,
    typeset: Callable[[str], str],
    rooms: Iterable[CellRoom | None] = repeat(None),
) -> list[str]:
    """Typeset every paragraph in place; return the texts as they were before.

    Args:
        root: The part.
        typeset: Puts non-breaking signs into a paragraph's text.
        rooms: For each paragraph the room that its cell leaves to it, None outside of tables.
    """
    texts = []
    for paragraph, room in zip(root.iter(P), rooms, strict=False):
        elements = list(paragraph.iter(T))
        if elements:
            texts.append(_typeset_paragraph(elements, typeset, room))
    for run in _elements(_EMPTY_RUNS(root)):
        remove(run)
    return texts


def _typeset_paragraph(
    elements: list[Element], typeset: Callable[[str], str], room: CellRoom | None
) -> str:
    """Typeset a paragraph over all its runs, so that «№» and a bold number hold together.

    Returns:
        The paragraph's text as it was.
    """
    texts = [element.text or "" for element in elements]
    whole = "".join(texts)
    texts = without_surplus_stops(texts)
    printed = "".join(texts)
    held = typeset_in(printed, typeset, room)
    if len(held) == len(printed):
        start = 0
        for element, text in zip(elements, texts, strict=True):
            end = start + len(text)
            element.text = held[start:end]
            start = end
    else:
        for element, text in zip(elements, texts, strict=True):
            element.text = typeset(text)
    for element in elements:
        text = element.text or ""
        if "\n" in text or "\t" in text:
            _split_lines(element, text)
    return whole


def typeset_in(text: str, typeset: Callable[[str], str], room: CellRoom | None) -> str:
    """Return a text typeset, its pieces parted where the cell is too narrow for them."""
    held = typeset(text)
    return held if room is None or len(held) != len(text) else room.fit(text, held)


def without_surplus_stops(texts: Sequence[str]) -> list[str]:
    """Return the texts of a paragraph's runs with one stop where a value and its template had two.

    The texts keep their number.
    """
    kept = list(texts)
    places = surplus_stops("".join(kept))
    for place in reversed(places):
        start = 0
        for index, text in enumerate(kept):
            if place < start + len(text):
                kept[index] = text[: place - start] + text[place - start + 1 :]
                break
            start += len(text)
    return kept


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
                new.append(make_text(piece))
    run[place:place] = new


def _elements(found: object) -> list[Element]:
    """Return the elements among an XPath's results."""
    if not isinstance(found, list):
        return []
    return [one for one in found if isinstance(one, Element)]


def _mend_tables(root: Element) -> None:
    """Remove empty rows and tables, and end each cell with a paragraph, as Word requires."""
    mend_cells(root)
    for row in _elements(_EMPTY_ROWS(root)):
        remove(row)
    for table in _elements(_EMPTY_TABLES(root)):
        remove(table)
    for cell in _elements(_OPEN_CELLS(root)):
        cell.append(etree.Element(P))
    body = root.find(BODY)
    if body is None or len(body) == 0:
        return
    _remove_trailing_paragraphs(body)
    for block in list(body):
        following = block.getnext()
        after = SECTION if following is None else following.tag
        if block.tag == TABLE and after in {SECTION, TABLE}:
            block.addnext(_zero_height_paragraph())
        elif after == SECTION and find_first(block, FRAME_PATH) is not None:
            # A frame belongs to the paragraph after it, and is hidden with one that is.
            block.addnext(_zero_height_paragraph(is_hidden=False))


def _remove_trailing_paragraphs(body: Element) -> None:
    """Remove empty paragraphs at the very end, which could open another page.

    Frames stand elsewhere on the page, so what is before them is the end, too.
    """
    for block in reversed(list(body)):
        if block.tag == SECTION or find_first(block, FRAME_PATH) is not None:
            continue
        if block.tag != P or len(body) <= 1 or any(True for _ in block.iter(*CONTENT_TAGS)):
            return
        body.remove(block)


def _mend_bookmarks(root: Element) -> None:
    """Number bookmarks anew: a loop copies their ids and names, and both must be unique.

    Of two branches of a template only one is printed, so «sign_2_b» of the other is «sign_2» here.
    """
    starts = list(root.iter(xml_name("w:bookmarkStart")))
    if not starts:
        return
    names: dict[str, int] = {}
    open_ids: dict[str, str] = {}
    number = 0
    for element in list(root.iter(xml_name("w:bookmarkStart"), xml_name("w:bookmarkEnd"))):
        old = element.get(xml_name("w:id"), "")
        if element.tag == xml_name("w:bookmarkStart"):
            number += 1
            open_ids[old] = str(number)
            title = _OF_BRANCH.sub("", element.get(xml_name("w:name"), ""))
            element.set(xml_name("w:name"), title)
            names[title] = names.get(title, 0) + 1
            if names[title] > 1:
                element.set(xml_name("w:name"), f"{title}_{names[title]}")
            element.set(xml_name("w:id"), str(number))
        elif old in open_ids:
            element.set(xml_name("w:id"), open_ids.pop(old))
        else:
            remove(element)


def _apply_house_sections(
    root: Element,
    house: HouseStyle,
    headers_footers: tuple[HeaderFooter, ...],
    *,
    is_landscape: bool,
) -> None:
    """Replace every section by the house style's; only a landscape page stays landscape."""
    body = root.find(BODY)
    if body is None:
        raise template_error("в документе нет текста; сохраните шаблон в Word заново")
    if body.find(SECTION) is None:
        body.append(etree.Element(SECTION))
    for number, old in enumerate(list(root.iter(SECTION))):
        new = house.section(
            old,
            headers_footers,
            is_landscape=is_landscape or is_landscape_section(old),
            is_first=number == 0,
        )
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, copy.copy(new))


def _zero_height_paragraph(*, is_hidden: bool = True) -> Element:
    """Return a paragraph without height, for places where Word insists on one after a table.

    A table may end exactly at the foot of a page, and any height would open a blank one.
    LibreOffice takes an exact height of nothing at its word; Word lays out no hidden mark.
    """
    paragraph = make_element("w:p")
    properties = make_element("w:pPr")
    properties.append(make_element("w:spacing", before=0, after=0, line=0, lineRule="exact"))
    face = make_element("w:rPr")
    if is_hidden:
        face.append(make_element("w:vanish"))
    face.append(make_element("w:sz", val=2))
    properties.append(copy.copy(face))
    paragraph.append(properties)
    return paragraph
