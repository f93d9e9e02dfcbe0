"""The progress of a build: documents, pages, time left; updated from any thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_FIRST_GUESS_FROM = 20


@dataclass(slots=True)
class Progress:
    """Counts what is expected and what is finished; ``listener`` is called after each change.

    ``now_s`` is a clock that never goes back, in seconds.
    """

    listener: Callable[[Progress], None] | None = None
    now_s: Callable[[], float] = time.monotonic
    text: str = ""
    expected: int = 0
    finished: int = 0
    pages: int = 0
    started_s: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, workspace: str, what: str) -> None:
        """Set the text of what is being done now."""
        self._change(f"{workspace}: {what}")

    def expect(self, workspace: str, documents: int) -> None:
        """Add documents to be made or checked to the expected number."""
        self._change(f"{workspace}: документы", expected=documents)

    def finish(self, workspace: str = "", documents: int = 1, pages: int = 0) -> None:
        """Add finished documents and their pages."""
        self._change(
            f"{workspace}: документы" if workspace else "", finished=documents, pages=pages
        )

    @property
    def left_s(self) -> float | None:
        """Return the seconds left at the pace so far; None while few documents are done."""
        if self.started_s is None or self.finished < _FIRST_GUESS_FROM:
            return None
        passed = self.now_s() - self.started_s
        return passed / self.finished * max(self.expected - self.finished, 0)

    def _change(self, text: str, expected: int = 0, finished: int = 0, pages: int = 0) -> None:
        with self._lock:
            self.text = text or self.text
            self.expected += expected
            self.finished += finished
            self.pages += pages
            if self.started_s is None and expected:
                self.started_s = self.now_s()
        if self.listener is not None:
            self.listener(self)
