"""A LibreOffice that does its work and then gives out something else: the proof is tried with it.

A lie is a mode, on one road or all, on documents with certain words or all, so many times or
always. Modes are the kinds of ``pdf_mutations`` and those of ``LIES``; ``honest`` tells none.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from docgen.pdf import find_office

LIES: Final = ("blank", "another", "stale", "truncated")
ROADS: Final = ("samples", "composed", "alone", "tagged")
ALWAYS: Final = -1

_PROGRAM: Final = """#!{python}
import sys
sys.path[:0] = {path!r}
from pathlib import Path
from tests.support.lying_program import serve
serve(Path({home!r}))
"""


@dataclass(frozen=True, slots=True)
class LyingOffice:
    """The folder of the program; what it pretends is changed without changing it."""

    home: Path
    store: Path
    office: Path
    version: str

    def pretend(
        self,
        mode: str = "honest",
        *,
        road: str = "",
        words: str = "",
        times: int = ALWAYS,
        calls: Sequence[int] = (),
    ) -> None:
        """Have it lie from now on; with the mode ``die`` it is killed in the calls given, from 1.

        Whatever it has answered so far is what it gives out as ``stale``, call by call.
        """
        lie = {
            "mode": mode,
            "road": road,
            "words": words,
            "times": times,
            "calls": [*calls],
            "store": str(self.store),
            "office": str(self.office),
            "version": self.version,
        }
        shutil.rmtree(self.home / "stale", ignore_errors=True)
        answers = self.home / "answers"
        if answers.exists():
            answers.rename(self.home / "stale")
        answers.mkdir()
        for name in ("calls", "lies", "last.pdf"):
            (self.home / name).unlink(missing_ok=True)
        (self.home / "lie.json").write_text(json.dumps(lie), "utf-8")

    @property
    def calls(self) -> int:
        """Return how many calls there were since it began to pretend."""
        count = self.home / "calls"
        return int(count.read_text()) if count.exists() else 0

    @property
    def lies(self) -> list[str]:
        """Return the roads on which it has lied since."""
        log = self.home / "lies"
        return [line.split()[-1] for line in log.read_text().splitlines()] if log.exists() else []


def lying_office(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> LyingOffice:
    """Put the program first on PATH, honest for now.

    Args:
        folder: Where the program and its notes lie.
        store: Where PDFs of LibreOffice are kept for other tests of a run.
        monkeypatch: Of the test.
    """
    real = find_office()
    home = folder / "liar"
    home.mkdir(parents=True)
    store.mkdir(exist_ok=True)
    program = home / "soffice"
    root = str(Path(__file__).parents[2])
    program.write_text(
        _PROGRAM.format(
            python=sys.executable,
            path=[root, *(entry for entry in sys.path if "site-packages" in entry)],
            home=str(home),
        )
    )
    program.chmod(0o755)
    liar = LyingOffice(home, store, real.path, real.version)
    liar.pretend()
    monkeypatch.setenv("PATH", f"{home}:/usr/bin:/bin")
    return liar
