"""What stands in a cell of an appendix table: runs with their looks, links, pictures, turned text.

A turned cell needs as much height as its words are long and as much width as it has lines.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from docgen.model import TableCell, TableRow, TextLook, TextRun
from docgen.ooxml.cell_lines import CELL_SLACK, LINE, PLAIN_SIZE
from docgen.ooxml.docx_package import LINK_STYLE, Picture
from docgen.ooxml.inline_pictures import TWIPS_IN_A_MM, drawing_xml, picture_part
from docgen.ooxml.letter_widths import text_width
from docgen.ooxml.web_links import link_to, live_address
from docgen.ooxml.word_xml import escaped

_ALIGNMENTS: Final = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_DIRECTIONS: Final = {"up": "btLr", "down": "tbRl"}
_SHIFTS: Final = {"super": "superscript", "sub": "subscript"}
_LINK_LOOK: Final = f'<w:rStyle w:val="{LINK_STYLE}"/>'
_LINE_TWIPS: Final = round(LINE * PLAIN_SIZE)
_TURNED_SLACK: Final = 170
"""What of a turned cell's height its words cannot use, and a little for safety."""
_LONGEST_TURNED: Final = 3400
"""Six centimetres: words beyond that go on in the next line."""


def has_bold(cell: TableCell) -> bool:
    """Whether some of a cell's words are bold, and so wider than others."""
    return cell.is_bold or any(run.look.is_bold for run in cell.runs)


def has_italic(cell: TableCell) -> bool:
    """Whether some of a cell's words are slanted."""
    return cell.is_italic or any(run.look.is_italic for run in cell.runs)


def is_turned(cell: TableCell | None) -> bool:
    """Whether the words of a cell run upwards or downwards."""
    return cell is not None and bool(cell.turned and cell.text)


def turned_size(cell: TableCell, *, is_bold: bool) -> tuple[int, int]:
    """Return how wide and how high a turned cell has to be for its words, in twips."""
    lines, height = _turned_lines(cell.text, is_bold=is_bold or has_bold(cell))
    return lines * _LINE_TWIPS, height


@functools.lru_cache(maxsize=512)
def _turned_lines(text: str, *, is_bold: bool) -> tuple[int, int]:
    """Return the number of lines of a turned text and the height that the longest one takes."""

    def twips(words: str) -> int:
        return text_width(words, is_bold=is_bold) * PLAIN_SIZE // 1000

    paragraphs = text.splitlines() or [""]
    longest_word = max((twips(word) for one in paragraphs for word in one.split()), default=0)
    longest = max(twips(one) for one in paragraphs)
    height = max(min(longest, _LONGEST_TURNED), longest_word)
    lines = sum(_lines_of(one.split(), height, twips) for one in paragraphs)
    return lines, height + _TURNED_SLACK


def _lines_of(words: Sequence[str], room: int, twips: Callable[[str], int]) -> int:
    """Return how many lines words take."""
    lines, line = 1, ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and twips(longer) > room:
            lines, line = lines + 1, word
        else:
            line = longer
    return lines


def row_heights(rows: Iterable[TableRow], header_rows: int) -> list[int]:
    """Return the least height of each row in twips, 0 for those without turned cells."""
    listed = list(rows)
    heights = [0] * len(listed)
    for number, row in enumerate(listed):
        for cell in row.cells:
            if cell is not None and is_turned(cell):
                needed = turned_size(cell, is_bold=number < header_rows)[1]
                # A merged cell has the rows that it spans for its words.
                for one in range(number, min(number + cell.rows, len(listed))):
                    heights[one] = max(heights[one], -(-needed // cell.rows))
    return heights


def direction_xml(cell: TableCell | None) -> str:
    """Return the properties of a cell whose words are turned, or nothing."""
    if cell is None or not is_turned(cell):
        return ""
    return f'<w:textDirection w:val="{_DIRECTIONS[cell.turned]}"/><w:vAlign w:val="center"/>'


def attached_to(rows: Iterable[TableRow]) -> tuple[Picture, ...]:
    """Return what a document needs for the pictures and links of a table."""
    found: dict[str, Picture] = {}
    for row in rows:
        for cell in row.cells:
            if cell is not None and (cell.pictures or cell.link):
                parts = [picture_part(one) for one in cell.pictures]
                address = live_address(cell.link)
                parts += [link_to(address)] if address else []
                found |= {one.relation: one for one in parts}
    return tuple(found.values())


def cell_paragraphs(
    cell: TableCell | None, paragraph_properties: str, width: int, size: str = ""
) -> str:
    """Return one paragraph for each line, so that lists inside a cell keep their lines.

    Pictures follow, none wider than the cell.

    Args:
        cell: The cell; ``None`` goes on with the one above.
        paragraph_properties: The properties of its paragraphs.
        width: Its width in twips.
        size: The properties that set a type size other than the style's.
    """
    if cell is not None and cell.align in _ALIGNMENTS:
        paragraph_properties += f'<w:jc w:val="{_ALIGNMENTS[cell.align]}"/>'
    if size:
        paragraph_properties += f"<w:rPr>{size}</w:rPr>"
    opening = f"<w:p><w:pPr>{paragraph_properties}</w:pPr>"
    if cell is None:
        return f"{opening}</w:p>"
    lines = [*_lines(cell, size)]
    room = max(width - CELL_SLACK, 1) / TWIPS_IN_A_MM
    pictures = [f"<w:r>{drawing_xml(one, room)}</w:r>" for one in cell.pictures]
    if pictures and not cell.text:
        lines = []
    return "".join([f"{opening}{line}</w:p>" for line in (*lines, *pictures)])


def _lines(cell: TableCell, size: str) -> Iterator[str]:
    """Yield the runs of each line of a cell."""
    look = TextLook(cell.is_bold, cell.is_italic)
    if not cell.runs and not cell.link:
        yield from [_run_xml(text, look, size) for text in _split(cell.text)]
        return
    line: list[str] = []
    address = live_address(cell.link) if cell.link else None
    for run in cell.runs or (TextRun(cell.text, look),):
        first, *others = _split(run.text)
        line.append(_run_xml(first, run.look, size, is_link=bool(address)))
        for text in others:
            yield _linked("".join(line), address)
            line = [_run_xml(text, run.look, size, is_link=bool(address))]
    yield _linked("".join(line), address)


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _run_xml(text: str, look: TextLook, size: str, *, is_link: bool = False) -> str:
    if not text:
        return ""
    properties = (
        f"{_LINK_LOOK if is_link else ''}{'<w:b/>' if look.is_bold else ''}"
        f"{'<w:i/>' if look.is_italic else ''}{'<w:strike/>' if look.is_struck else ''}{size}"
    )
    if look.underline:
        properties += f'<w:u w:val="{look.underline}"/>'
    if look.shift:
        properties += f'<w:vertAlign w:val="{_SHIFTS[look.shift]}"/>'
    whole = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{whole}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _linked(runs: str, address: str | None) -> str:
    if not runs or address is None:
        return runs
    return f'<w:hyperlink r:id="{link_to(address).relation}">{runs}</w:hyperlink>'
