"""Whether blocks of text can be read where they stand: none over another, lines downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.pages.page_commands import PaintedBlock
from docgen.proof.paper_styles import LEADERS

_ONE_LINE: Final = 0.45
"""Base lines nearer to each other than this share of the type size run into each other."""
_LEAST_OVERLAP_PT: Final = 3.0
_RAISED: Final = 0.75
"""A block this share of the type size above the one before it is no superscript any more."""
_SMALLEST_PT: Final = 3.0
"""Smaller type cannot be read."""
_LEADERS: Final = "".join(LEADERS.values())


def run_together(blocks: Sequence[PaintedBlock]) -> bool:
    """Whether a block is painted over another; signs that fill a tab may reach into the next.

    Turned ones are not looked at.
    """
    by_height = sorted([one for one in blocks if not one.is_turned], key=lambda one: one.y)
    for number, block in enumerate(by_height):
        for other in by_height[number + 1 :]:
            if other.y - block.y > _ONE_LINE * min(block.size, other.size):
                break
            overlap = min(block.right, other.right) - max(block.x, other.x)
            if overlap > _LEAST_OVERLAP_PT and not (_is_leader(block) or _is_leader(other)):
                return True
    return False


def _is_leader(block: PaintedBlock) -> bool:
    return not block.text.strip(_LEADERS)


def go_back_up(blocks: Sequence[PaintedBlock]) -> bool:
    """Whether a block stands above the one painted before it, and not to the right of it.

    To the right of it the next cell of a row begins, or the next column.
    """
    return any(_rises(before, block) and block.x <= before.x for before, block in pairwise(blocks))


def rises_of(blocks: Sequence[PaintedBlock]) -> list[bool]:
    """Return for each block whether it stands above the one painted before it."""
    return [False, *(_rises(before, block) for before, block in pairwise(blocks))]


def _rises(before: PaintedBlock, block: PaintedBlock) -> bool:
    is_turned = before.is_turned or block.is_turned
    return block.y > before.y + _RAISED * before.size and not is_turned


def are_tiny(blocks: Sequence[PaintedBlock]) -> bool:
    """Whether a block is set in type too small to read."""
    return any(block.size < _SMALLEST_PT for block in blocks)
