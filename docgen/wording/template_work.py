"""How much work templates may make: steps, signs, time; counted while one template runs.

What is counted is work and room, so that one template gets one answer on every machine; time is the
last resort, and it is the processor's, so that a computer that sleeps refuses nothing.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Generator, Iterable, Iterator
from contextvars import ContextVar
from typing import Final

from docgen.errors import SignalError

LIMIT_STEPS: Final = 1_000_000
"""Turns of loops, filters and calls of one document; a school's longest order takes some 20,000."""
LIMIT_TEXT: Final = 2_000_000
"""Signs of one value that a tag makes; Excel's longest cell has 32,767."""
LIMIT_ALL_TEXTS: Final = 20_000_000
"""Signs of all values that the tags of one document make."""
LIMIT_OUTPUT: Final = 40_000_000
"""Signs of a document with its markup: some 4,000 pages."""
LIMIT_SECONDS: Final = 10.0
"""Time of the processor for one document, which takes two thousandths of a second as a rule."""
LIMIT_WORDED: Final = 100_000
"""Signs that are declined, wrapped or counted word by word at once."""
LIMIT_BITS: Final = 4096
"""Bits of a whole number: 1,233 digits."""
LIMIT_WIDTH: Final = 10_000
"""How wide a filter or a format may make a text."""
LIMIT_DIGITS: Final = 1000
"""Signs of a text that becomes a number."""
LIMIT_LINE: Final = 4000
"""Signs of one tag, and of a line of an entry such as a title."""
LIMIT_NESTED_TAGS: Final = 15
LIMIT_DEPTH: Final = 50
"""How deep the expression of one tag goes."""
LIMIT_TAGS: Final = 5000
"""Tags of one part of a template; the longest that is shipped has some hundred."""
LIMIT_BRANCHES: Final = 200
"""Branches of one condition."""

ITEM_SIGNS: Final = 8
"""What an item of a list counts for beside its text: it takes as much room as some letters."""
COUNTED_SINGLY: Final = 1000
"""Longer lists are counted item by item, so that the clock is looked at meanwhile."""
_CLOCK_EVERY: Final = 128
_PIECES: Final = 256


def spaced(number: int) -> str:
    """Return a number with its thousands parted."""
    return f"{number:_}".replace("_", "\u00a0")


class WorkError(SignalError, ValueError):
    """A template asks for more work than any paper needs; the message is a Russian sentence."""


class OvertimeError(WorkError):
    """A template ran too long: it is not run again."""


class Work:
    """The work that a template has made so far; it counts steps, signs and time."""

    __slots__ = ("_next_look", "_signs", "_started", "_steps")

    def __init__(self) -> None:
        self._steps = 0
        self._signs = 0
        self._started = 0.0
        self._next_look = _CLOCK_EVERY

    def step(self, count: int = 1) -> None:
        """Count turns of a loop, or calls.

        Raises:
            WorkError: when there were too many, or they took too long.
        """
        self._steps += count
        if self._steps >= self._next_look:
            self._look()

    def _look(self) -> None:
        """Compare with the limits; what is cheap in each step would cost much in all of them."""
        self._next_look = self._steps + _CLOCK_EVERY
        if self._steps > LIMIT_STEPS:
            raise WorkError(
                f"циклы и фильтры сделали больше {spaced(LIMIT_STEPS)} шагов на один документ; "
                "проверьте, что перебирает {% for %}"
            )
        self.look_at_clock()

    def look_at_clock(self) -> None:
        """Compare the time that was taken with the limit.

        Raises:
            WorkError: when it is over.
        """
        now = time.thread_time()
        if not self._started:
            self._started = now
        elif now - self._started > LIMIT_SECONDS:
            raise OvertimeError(
                f"документ собирается дольше {LIMIT_SECONDS:.0f} секунд; упростите тег: он "
                "перебирает или сравнивает слишком много"
            )

    def make(self, signs: int) -> None:
        """Count the signs of a value that was made.

        Raises:
            WorkError: when it is too long, or all together are.
        """
        check_text(signs)
        self._signs += signs
        if self._signs > LIMIT_ALL_TEXTS:
            raise WorkError(
                f"теги одного документа сделали больше {spaced(LIMIT_ALL_TEXTS)} знаков; "
                "уберите повторы"
            )

    def counted(self, items: Iterable[object]) -> Iterator[object]:
        """Yield the items, each counted as a step."""
        for item in items:
            self.step()
            yield item

    def joined(self, pieces: Generator[str, None, None]) -> str:
        """Return the text of a template that runs.

        Raises:
            WorkError: at the tag where it became too long.
        """
        made: list[str] = []
        total = 0
        while some := list(itertools.islice(pieces, _PIECES)):
            made += some
            total += sum(map(len, some))
            self.step()
            if total > LIMIT_OUTPUT:
                # Raised where the template stands, so that the traceback has its tag.
                pieces.throw(WorkError(_TOO_LONG))
        return "".join(made)


_TOO_LONG: Final = (
    f"документ вышел длиннее {spaced(LIMIT_OUTPUT)} знаков; проверьте, что перебирает {{% for %}}"
)


def check_text(signs: int) -> None:
    """Refuse a value before it is made.

    Raises:
        WorkError: when it would have too many signs.
    """
    if signs > LIMIT_TEXT:
        raise WorkError(
            f"тег делает значение в {spaced(signs)} знаков, а можно не больше "
            f"{spaced(LIMIT_TEXT)}; уменьшите число или список"
        )


_work: ContextVar[Work | None] = ContextVar("work", default=None)


def present_work() -> Work:
    """Return the work of the template that runs; a fresh one while it is only compiled."""
    return _work.get() or Work()


def run(pieces: Generator[str, None, None]) -> str:
    """Return the text of a template that is about to run; what it makes is counted.

    Raises:
        WorkError: when it makes too much.
    """
    work = Work()
    token = _work.set(work)
    try:
        return work.joined(pieces)
    finally:
        _work.reset(token)
