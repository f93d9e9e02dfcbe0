"""What a page paints, block by block in the order of painting, as far as a reader can see it.

LibreOffice draws most pages with a few forms of commands; these are read at once, and any other
page by ``page_commands``, which follows every command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from docgen.pages.font_alphabets import FontAlphabet
from docgen.pages.objects_read import Page, PlainFile
from docgen.pages.page_commands import (
    PaintedBlock,
    media_box,
    painted_by_commands,
)
from docgen.pages.plane import Box

_N: Final = rb"-?[\d.]+ "
_SPAN: Final = rb"/Span<</ActualText<[0-9A-F]+>>>\nBDC\n"
_PLACED: Final = rb"(?:%s){2}(?:Td |Tm\n)/F\d+ [\d.]+ Tf(?:<[0-9A-F]+>Tj|\[[<>0-9A-F.-]+\]TJ)\n"
_ITEM: Final = rb"(?:1 0 0 1 )?" + _PLACED % _N
_TEXT: Final = rb"q (?:0 ){3}rg\nBT\n(?:(?:%s)?%s(?:EMC\n)?)+ET\nQ\n" % (_SPAN, _ITEM)
_LINE: Final = (
    rb"(?:q )?(?:%(n)s){3}(?:rg|RG)\n|(?:q )?[\d.]+ w(?: \d J \d j)?\n|Q ?\n?"
    rb"|(?:%(n)s%(n)s[ml]\s)+(?:h )?S\n"
) % {b"n": _N}
_WHOLE: Final = re.compile(
    rb"[\d.]+ w\nq (%(n)s%(n)s%(n)s%(n)s)re\nW\* n\n(?:%(text)s|%(line)s)*+\s*"
    % {b"n": _N, b"text": _TEXT, b"line": _LINE}
)
_ITEMS: Final = re.compile(
    rb"(BT\n)?(?:%s)?(?:1 0 0 1 )?(-?[\d.]+) (-?[\d.]+) (?:Td |Tm\n)/(F\d+) ([\d.]+) Tf([^\n]*)\n"
    % _SPAN
)
_LARGEST_PT: Final = 1e6
_SLACK_PT: Final = 1.0
_HEIGHT_OF_LETTERS: Final = 0.4


def painted_blocks(
    file: PlainFile, page: Page, alphabets: Mapping[bytes, FontAlphabet], data: bytes | None = None
) -> list[PaintedBlock]:
    """Return the blocks that a page paints visibly, without blank ones.

    Text is not seen that is outside the page or a clip, drawn in no or the background's colour, or
    painted over.

    Args:
        file: The PDF.
        page: One of its pages.
        alphabets: Those of the page's fonts.
        data: What draws the page, where it has been unpacked already.

    Raises:
        BrokenPdfError: when the commands cannot be followed.
    """
    if data is None:
        data = file.drawing(page)
    box = media_box(file, page)
    found = _WHOLE.fullmatch(data)
    if found is None or not _clips_nothing(found[1], box):
        return painted_by_commands(file, page, alphabets, data)
    return [one for one in _read(data, alphabets) if _is_on_page(one, box)]


def _read(data: bytes, alphabets: Mapping[bytes, FontAlphabet]) -> Iterator[PaintedBlock]:
    """Yield the blocks of a page in LibreOffice's plain forms."""
    texts: list[str] = []
    left = height = last_x = type_size = 0.0
    alphabet, line, smallest = None, b"", _LARGEST_PT
    for start, at_x, at_y, font, size, shown in _ITEMS.findall(data):
        y = float(at_y)
        if (start or y != height) and alphabet is not None:
            right = last_x + alphabet.shown_width(line) * type_size / 1000
            yield PaintedBlock("".join(texts), left, height, right, smallest)
            texts, smallest = [], _LARGEST_PT
        last_x = float(at_x)
        if not texts:
            left, height = last_x, y
        type_size, alphabet, line = float(size), alphabets[b"/" + font], shown
        smallest = min(smallest, type_size)
        texts.append(alphabet.shown_text(shown))
    if alphabet is not None:
        right = last_x + alphabet.shown_width(line) * type_size / 1000
        yield PaintedBlock("".join(texts), left, height, right, smallest)


def _is_on_page(block: PaintedBlock, box: Box) -> bool:
    """Whether a block says something, and no part of it is off the page."""
    left, bottom, right, top = box
    return (
        bool(block.text)
        and left <= block.x
        and block.right <= right + _SLACK_PT
        and bottom <= block.y
        and block.y + _HEIGHT_OF_LETTERS * block.size <= top
    )


def _clips_nothing(clip: bytes, box: Box) -> bool:
    """Whether a rectangle (corner, width, height) is as large as the page."""
    x, y, width, height = map(float, clip.split())
    left, bottom, right, top = box
    corners = (x - left, y - bottom, right - x - width, top - y - height)
    return all(gap <= _SLACK_PT for gap in corners)
