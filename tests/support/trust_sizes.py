"""How much is tried: a sample in `make test`, more in `make trust`, most with FULL=1."""

from __future__ import annotations

import enum
import os
from collections.abc import Sequence
from typing import Final, TypeVar


class Level(enum.IntEnum):
    """How long the tests of trust may take."""

    SAMPLE = 0
    TRUST = 1
    FULL = 2


LEVEL: Final = (
    Level.FULL
    if os.environ.get("FULL")
    else Level.TRUST
    if os.environ.get("TRUST")
    else Level.SAMPLE
)

_Item = TypeVar("_Item")


def size(sample: int, trust: int, full: int | None = None) -> int:
    """Return how often something is tried."""
    return (sample, trust, full or trust)[LEVEL]


def some_of(items: Sequence[_Item], part: int) -> list[_Item]:
    """Return one of so many items in a sample, evenly taken; all of them otherwise."""
    return list(items[::part]) if LEVEL is Level.SAMPLE else list(items)
