"""The parts of a signed order: its head, its preamble, its points, what it rests on, who signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.model import Table
from docgen.model.signed_papers import SignedBlock

_LETTERHEAD: Final = "Бланк"
_DATED: Final = "Дата и номер"
_PLACES: Final = ("Место", "Место слева")
_HEADING: Final = "Заголовок приказа"
_POINTS: Final = ("Пункт приказа", "Текст после таблицы")
_GROUND: Final = "Основание"
_SIGNATURE: Final = "Подпись приказа"
WORD_STYLE: Final = "Распорядительное слово"
_NUMBER: Final = re.compile(r"\s*(?:(\d+(?:\.\d+)*)[.)]?|([а-я])\))\s")


@dataclass(slots=True)
class SignedPoint:
    """A point with its own paragraphs and tables, and the points below it; filled while read."""

    number: str
    level: int
    blocks: list[SignedBlock] = field(default_factory=list)
    below: list[SignedPoint] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """The first words, as a remark quotes them."""
        return " ".join(self.blocks[0].text.split())[:60]


@dataclass(slots=True)
class SignedOrder:
    """A signed order by its parts; filled while its paragraphs are read.

    ``dated`` are the lines with date, number and place, each by the pieces between tabs.
    ``opening`` is the preamble with the operative word.
    """

    letterhead: list[str] = field(default_factory=list)
    dated: list[list[str]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    opening: list[SignedBlock] = field(default_factory=list)
    points: list[SignedPoint] = field(default_factory=list)
    ground: list[str] = field(default_factory=list)
    position: list[str] = field(default_factory=list)
    signatory: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it has all that a signed order has, so that its parts are what they seem."""
        return bool(self.heading and self.opening and self.points and self.position)


def parts_of(blocks: Sequence[SignedBlock]) -> SignedOrder:
    """Return the parts of a signed order; what follows its signature is none of it."""
    order = SignedOrder()
    head = _read_head(order, blocks)
    levels: list[SignedPoint] = []
    for block in blocks[head:]:
        if block.table is not None and block.style == _SIGNATURE:
            _read_signature(order, block.table)
            break
        if block.table is None and not block.text.strip():
            continue
        if block.style == _GROUND:
            order.ground.append(block.text)
        elif not levels and not _is_point(block):
            order.opening.append(block)
        else:
            _read_point(order, block, levels)
    return order


def _read_head(order: SignedOrder, blocks: Sequence[SignedBlock]) -> int:
    """Read the head; return the place of the first block behind it."""
    for place, block in enumerate(blocks):
        text = block.text.strip()
        if block.style.startswith(_HEADING):
            order.heading.append(text)
        elif order.heading:
            return place
        elif block.style == _LETTERHEAD and text:
            order.letterhead.append(text)
        elif block.style == _DATED and text:
            order.dated.append([one.strip() for one in text.split("\t") if one.strip()])
        elif block.style in _PLACES and text:
            order.places.append(text)
    return len(blocks)


def _is_point(block: SignedBlock) -> bool:
    return block.table is None and (
        block.style.startswith(_POINTS) or _NUMBER.match(block.text) is not None
    )


def _read_point(order: SignedOrder, block: SignedBlock, levels: list[SignedPoint]) -> None:
    """Read a point, or what goes on with the one before; ``levels`` are those still open."""
    number = _NUMBER.match(block.text) if block.table is None else None
    if levels and number is None:
        levels[-1].blocks.append(block)
        return
    numeral = (number[1] or f"{number[2]})") if number else ""
    level = numeral.count(".") + 1 if number is None or number[1] else _lettered_level(levels)
    while levels and levels[-1].level >= level:
        levels.pop()
    point = SignedPoint(numeral, level, [block])
    (levels[-1].below if levels else order.points).append(point)
    levels.append(point)


def _lettered_level(levels: Sequence[SignedPoint]) -> int:
    """Return the level of «а)»: below the numbered point before it."""
    numbered = [one.level for one in levels if not one.number.endswith(")")]
    return (numbered[-1] if numbered else 0) + 1


def _read_signature(order: SignedOrder, table: Table) -> None:
    first = [one for one in table.rows[0].cells if one is not None]
    order.position = [one for one in first[0].text.split("\n") if one.strip()]
    order.signatory = first[-1].text.strip() if len(first) > 1 else ""


def all_points(points: Iterable[SignedPoint]) -> Iterator[SignedPoint]:
    """Yield points with all that stand below them, in their order."""
    for point in points:
        yield point
        yield from all_points(point.below)
