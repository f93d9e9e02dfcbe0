"""When LibreOffice counts as broken for the rest of a run, and how that is said: once, in one line.

A document that fails is left out and the rest is finished. Where it is LibreOffice that fails, what
is left would fail too, one document after another, each after its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docgen.errors import Location, Problem

_MOST_FAILURES: Final = 25
_HANGING_S: Final = 180.0
_HANGING_PER_PAGE_S: Final = 2.0
_ADVICE: Final = (
    "проверьте, открывается ли LibreOffice Writer, закройте то, что занимает память, и повторите "
    "сборку; сделанные PDF остались на месте"
)


@dataclass(slots=True)
class Breakdown:
    """What has gone wrong in a run so far; it changes with every call.

    ``patience`` multiplies the times; of ``width`` calls that run at a time each may hang as long.
    ``problem`` is what is said of every document once LibreOffice counts as broken.
    """

    width: int = 1
    patience: float = 1.0
    made: int = 0
    failures: int = 0
    pages: float = 0.0
    hanging_s: float = 0.0
    problem: Problem | None = None

    @property
    def hanging_limit_s(self) -> float:
        """Return how long calls of this run may hang in all: it grows with the work."""
        return self.width * self.patience * (_HANGING_S + _HANGING_PER_PAGE_S * self.pages)

    def count_silence(self) -> None:
        """Count a LibreOffice that answers to nothing."""
        self._say("LibreOffice не отвечает")

    def count_failure(self, hanging_s: float) -> None:
        """Count a call that lacked a PDF, with how long it hung."""
        self.failures += 1
        self.hanging_s += hanging_s
        if hanging_s and self.hanging_s > self.hanging_limit_s:
            self._say("LibreOffice не отвечает: зависает снова и снова")
        elif not self.made and self.failures > _MOST_FAILURES:
            self._say("LibreOffice не сделал подряд ни одного PDF")

    def _say(self, what: str) -> None:
        if self.problem is None:
            message = f"PDF не сделаны: {what}; {_ADVICE}"
            self.problem = Problem("conversion-failed", Location(), message)
