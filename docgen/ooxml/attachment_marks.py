"""Marks in a rendered body that stand for pictures and addresses, until both are known.

What a tag prints is text; so a picture is printed as a mark, and the address of a link, whose tags
need the variables of their place, as a text at the beginning of the link. Marks are private-use
signs, which no document has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docgen.model import PictureFile
from docgen.ooxml.docx_package import LINK_STYLE, Picture
from docgen.ooxml.inline_pictures import TWIPS_IN_A_MM, drawing_xml, picture_part
from docgen.ooxml.web_links import is_unfilled, link_to, live_address
from docgen.ooxml.word_xml import (
    CELL,
    NAMESPACES,
    RELATION,
    Element,
    P,
    T,
    find_all,
    find_first,
    make_text,
    parse,
    remove,
    to_xml,
    unwrap,
    whole_number,
    xml_name,
)

_PICTURE_OPEN, _PICTURE_CLOSE = "\ue010", "\ue011"
_LINK_OPEN, _LINK_PLACE, _LINK_CLOSE = "\ue012", "\ue013", "\ue014"
_PICTURE: Final = re.compile(f"({_PICTURE_OPEN}[^{_PICTURE_CLOSE}]*{_PICTURE_CLOSE})")
_LINK: Final = re.compile(f"{_LINK_OPEN}(\\d+){_LINK_PLACE}(.*){_LINK_CLOSE}", re.DOTALL)
_LINK_TEXT: Final = re.compile(f"{_LINK_OPEN}.*?{_LINK_CLOSE}", re.DOTALL)
_CELL_SLACK: Final = 230
"""The margins of a cell of Word, in twips."""


@dataclass(frozen=True, slots=True)
class SettledBody:
    """A body without marks, what it needs, and its faults: paragraph of the template, sentence."""

    xml: str
    attached: tuple[Picture, ...]
    faults: tuple[tuple[int, str], ...]


def picture_mark(picture: PictureFile) -> str:
    """Return the text that stands for a picture of a certain size."""
    size = f"{picture.width_mm}x{picture.height_mm}"
    return f"{_PICTURE_OPEN}{picture.digest}:{size}{_PICTURE_CLOSE}"


def address_mark(paragraph: int, address: str) -> str:
    """Return the text that holds the address of a link in a paragraph of the template."""
    return f"{_LINK_OPEN}{paragraph}{_LINK_PLACE}{address}{_LINK_CLOSE}"


def without_addresses(text: str) -> str:
    """Return a template's text with line feeds in place of addresses, so that places stay."""
    return _LINK_TEXT.sub(lambda found: "\n" * len(found[0]), text) if _LINK_OPEN in text else text


def has_marks(xml: str) -> bool:
    """Whether a rendered body has marks to be settled."""
    return _PICTURE_OPEN in xml or _LINK_OPEN in xml


def settle_marks(xml: str, pictures: Mapping[str, PictureFile], *, widest_mm: float) -> SettledBody:
    """Return a rendered body with pictures and links in place of their marks.

    Args:
        xml: The body.
        pictures: By their marks.
        widest_mm: The width of the text.
    """
    root = parse(xml)
    attached: dict[str, Picture] = {}
    faults: list[tuple[int, str]] = []
    for element in list(root.iter(T)):
        text = element.text or ""
        if _LINK_OPEN in text:
            _settle_link(element, text, attached, faults)
        elif _PICTURE_OPEN in text:
            _settle_pictures(element, text, pictures, attached, widest_mm)
    return SettledBody(to_xml(root), tuple(attached.values()), tuple(faults))


def _settle_link(
    element: Element, text: str, attached: dict[str, Picture], faults: list[tuple[int, str]]
) -> None:
    """Give a link its address; one without an address yet becomes plain words."""
    found = _LINK.search(text)
    link = next(element.iterancestors(xml_name("w:hyperlink")), None)
    run = element.getparent()
    if found is None or link is None or run is None:
        return
    remove(run)
    typed = found[2]
    address = live_address(typed)
    if address is not None:
        part = link_to(address)
        attached[part.relation] = part
        link.set(f"{{{RELATION}}}id", part.relation)
        return
    _unlink(link)
    if not is_unfilled(typed):
        shown = typed.strip()[:80]
        message = (
            f"ссылка ведёт на «{shown}»: это не адрес сайта и не почта; поправьте значение в "
            "реестре или адрес ссылки"
        )
        faults.append((int(found[1]), message))


def _unlink(link: Element) -> None:
    for style in find_all(link, f".//w:rStyle[@w:val='{LINK_STYLE}']"):
        remove(style)
    unwrap(link)


def _settle_pictures(
    element: Element,
    text: str,
    pictures: Mapping[str, PictureFile],
    attached: dict[str, Picture],
    widest_mm: float,
) -> None:
    """Put the pictures of a text between its words, in the same run."""
    run = element.getparent()
    if run is None:
        return
    new: list[Element] = []
    for piece in _PICTURE.split(text):
        picture = pictures.get(piece)
        if picture is not None:
            part = picture_part(picture)
            attached[part.relation] = part
            new.append(_drawing(picture, min(widest_mm, _cell_width(run))))
        elif piece:
            new.append(make_text(piece))
    place = run.index(element)
    remove(element)
    run[place:place] = new
    _give_room(run)


def _drawing(picture: PictureFile, widest_mm: float) -> Element:
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    (drawing,) = parse(f"<w:r {spaces}>{drawing_xml(picture, widest_mm)}</w:r>")
    return drawing


def _cell_width(run: Element) -> float:
    """Return the room in the table cell of a run in mm, without end outside tables."""
    cell = next(run.iterancestors(CELL), None)
    width = find_first(cell, "w:tcPr/w:tcW") if cell is not None else None
    if width is None or width.get(xml_name("w:type")) != "dxa":
        return float("inf")
    twips = whole_number(width.get(xml_name("w:w")))
    return max(twips - _CELL_SLACK, 1) / TWIPS_IN_A_MM if twips else float("inf")


def _give_room(run: Element) -> None:
    """Let the line of a picture be as high as it is: an exact height would cut it off."""
    paragraph = next(run.iterancestors(P), None)
    spacing = find_first(paragraph, "w:pPr/w:spacing") if paragraph is not None else None
    if spacing is not None and spacing.get(xml_name("w:lineRule")) == "exact":
        spacing.set(xml_name("w:lineRule"), "atLeast")
