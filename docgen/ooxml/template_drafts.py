"""A template drawn for a person to go on with in Word: lines and tables on the house style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from docgen.ooxml.docx_package import CORE_PART, core_properties
from docgen.ooxml.house_style import styles_in
from docgen.ooxml.word_xml import (
    BODY,
    SECTION,
    Element,
    make_element,
    make_text,
    parse,
    serialise,
)
from docgen.ooxml.zip_parts import (
    DOCUMENT_PART,
    STYLES_PART,
    check_trees,
    read_parts,
    to_entry,
    to_zip,
)

_TEXT_WIDTH: Final = 9638
"""Of the text of an upright A4 page with the margins of the house style, in twips."""
_SIGNED_ROW: Final = 737
"""The least height of a row with a place of signature: 13 mm, in twips."""
_FIFTIETHS: Final = 50
"""Word gives the width of a cell in fiftieths of a per cent."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A paragraph: the name of its style and its text, tags included.

    Tabs and line ends stand in the text. ``bookmark`` marks its beginning, as a place of signature;
    ``gap`` is the room above it, in points.
    """

    text: str
    style: str = ""
    bookmark: str = ""
    keeps_next: bool = False
    is_ragged: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table as wide as the text: a line in each cell, ``shares`` are the widths in per cent.

    A row of fewer cells is filled up with empty ones. With ``has_heading`` its first row is
    repeated on each page.
    """

    rows: tuple[tuple[DraftLine, ...], ...]
    shares: tuple[int, ...]
    has_lines: bool = True
    has_heading: bool = False


DraftItem: TypeAlias = DraftLine | DraftTable


def draw_template(house: bytes, title: str, items: Sequence[DraftItem]) -> bytes:
    """Return a .docx with the styles, margins and page numbers of a house style and these items.

    Raises:
        TemplateError: when the house style is no .docx.
    """
    parts = read_parts(house)
    check_trees(parts)
    styles = {one.name: one.id for one in styles_in(parse(parts[STYLES_PART]))}
    root = parse(parts[DOCUMENT_PART])
    body = next(root.iter(BODY))
    for element in list(body):
        if element.tag != SECTION:
            body.remove(element)
    marks = _Marks()
    drawn = [_drawn(item, styles, marks) for item in items]
    if items and isinstance(items[-1], DraftTable):
        # A table must not be the last thing of a body.
        drawn.append(make_element("w:p"))
    for place, element in enumerate(drawn):
        body.insert(place, element)
    parts[DOCUMENT_PART] = serialise(root)
    parts[CORE_PART] = core_properties(title)
    return to_zip(to_entry(name, data) for name, data in parts.items())


class _Marks:
    """Numbers the bookmarks of a document."""

    def __init__(self) -> None:
        self._count = 0

    def pair(self, name: str) -> tuple[Element, Element]:
        """Return both ends of a new bookmark."""
        self._count += 1
        begin = make_element("w:bookmarkStart", id=self._count, name=name)
        return begin, make_element("w:bookmarkEnd", id=self._count)


def _drawn(item: DraftItem, styles: Mapping[str, str], marks: _Marks) -> Element:
    if isinstance(item, DraftLine):
        return _paragraph(item, styles, marks)
    return _table(item, styles, marks)


def _paragraph(line: DraftLine, styles: Mapping[str, str], marks: _Marks) -> Element:
    paragraph = make_element("w:p")
    properties = make_element("w:pPr")
    if line.style in styles:
        properties.append(make_element("w:pStyle", val=styles[line.style]))
    if line.keeps_next:
        properties.append(make_element("w:keepNext"))
    if line.gap:
        properties.append(make_element("w:spacing", before=line.gap * 20))
    if line.is_ragged:
        properties.append(make_element("w:jc", val="left"))
    if len(properties):
        paragraph.append(properties)
    if line.bookmark:
        paragraph.extend(marks.pair(line.bookmark))
    if line.text:
        run = make_element("w:r")
        run.extend(_pieces(line.text))
        paragraph.append(run)
    return paragraph


def _pieces(text: str) -> Iterable[Element]:
    """Yield the elements of a run: texts, tabs and line ends."""
    for number, one in enumerate(text.split("\n")):
        if number:
            yield make_element("w:br")
        for place, piece in enumerate(one.split("\t")):
            if place:
                yield make_element("w:tab")
            if piece:
                yield make_text(piece)


def _table(table: DraftTable, styles: Mapping[str, str], marks: _Marks) -> Element:
    element = make_element("w:tbl")
    element.append(_table_properties(has_lines=table.has_lines))
    grid = make_element("w:tblGrid")
    grid.extend(make_element("w:gridCol", w=_TEXT_WIDTH * one // 100) for one in table.shares)
    element.append(grid)
    for number, cells in enumerate(table.rows):
        row = make_element("w:tr")
        properties = make_element("w:trPr")
        properties.append(make_element("w:cantSplit"))
        if any(one.bookmark for one in cells):
            properties.append(make_element("w:trHeight", val=_SIGNED_ROW, hRule="atLeast"))
        if table.has_heading and not number:
            properties.append(make_element("w:tblHeader"))
        row.append(properties)
        for place, share in enumerate(table.shares):
            line = cells[place] if place < len(cells) else DraftLine("")
            row.append(_cell(line, share, styles, marks, is_low=not table.has_lines))
        element.append(row)
    return element


def _table_properties(*, has_lines: bool) -> Element:
    properties = make_element("w:tblPr")
    properties.append(make_element("w:tblW", w=100 * _FIFTIETHS, type="pct"))
    properties.append(make_element("w:tblInd", w=0, type="dxa"))
    if has_lines:
        borders = make_element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(make_element(f"w:{side}", val="single", sz=4, space=0, color="auto"))
        properties.append(borders)
    properties.append(make_element("w:tblLayout", type="fixed"))
    margins = make_element("w:tblCellMar")
    margins.extend(make_element(f"w:{side}", w=85, type="dxa") for side in ("left", "right"))
    properties.append(margins)
    return properties


def _cell(
    line: DraftLine, share: int, styles: Mapping[str, str], marks: _Marks, *, is_low: bool
) -> Element:
    cell = make_element("w:tc")
    properties = make_element("w:tcPr")
    properties.append(make_element("w:tcW", w=share * _FIFTIETHS, type="pct"))
    if is_low:
        properties.append(make_element("w:vAlign", val="bottom"))
    cell.append(properties)
    cell.append(_paragraph(line, styles, marks))
    return cell
