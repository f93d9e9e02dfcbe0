"""Formes: what is known of documents of one shape, kept for those that come later.

A forme is what printers lock their type into: lines that stand ready, pages that they make.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.batches.cut import Batch
from docgen.batches.members import Shape
from docgen.batches.references import ReferenceSheet
from docgen.batches.sample_lines import Lines
from docgen.batches.samples import Contexts, Wording, contexts_of

WORTH: Final = 0.6
"""The share of words that are new, or of papers laid out whole, above which nothing is gained."""
_ENOUGH: Final = 150
"""After so many papers it is known whether their lines break alike."""
_MOST_LINES, _MOST_SHEETS, _MOST_ALIKE, _MOST_SHAPES = 4000, 64, 8, 32
_MOST_LINES_IN_ALL: Final = 12_000

Known: TypeAlias = "tuple[Lines, int]"
"""Lines with the number of their look, or of their wording if nothing else may replace it."""
Key: TypeAlias = "tuple[int, ...]"
"""The looks of all paragraphs of a document, by their numbers."""


@dataclass(slots=True, eq=False)
class Forme:
    """What is known of a shape: lines by wordings, sheets by the looks of all their lines.

    ``papers`` were set, ``whole`` of them laid out whole; ``batch`` has the fonts of all. A look is
    ``claimed`` while a paper of it is being laid out: others wait for its sheet.
    """

    contexts: Contexts
    lines: dict[Wording, Known] = field(default_factory=dict)
    looks: dict[object, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    sheets: dict[Key, list[tuple[ReferenceSheet, list[Wording]]]] = field(default_factory=dict)
    batch: Batch | None = None
    papers: int = 0
    whole: int = 0
    is_hopeless: bool = False
    claimed: set[Key] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, wording: Wording, lines: Lines, look: tuple[bool, bool]) -> Known:
        """Keep the lines of a wording.

        Others of the same look may take its place if it is of a loose paragraph that paints nothing
        but its text, in lines of one height.
        """
        is_loose, has_one_look = look
        is_even = has_one_look or len(lines.lines) <= 1
        is_free = is_loose and is_even and lines.is_plain
        told: object = lines.look if is_free else wording
        known = lines, self.looks.setdefault(told, next(self.numbers))
        self.lines[wording] = known
        return known

    def fits(self, batch: Batch) -> bool:
        """Whether a batch has the fonts of those before, so that lines may change places."""
        if self.batch is None:
            self.batch = batch.bare()
        return self.batch.is_like(batch)

    def sheet_for(
        self, key: Key, wordings: Sequence[Wording]
    ) -> tuple[ReferenceSheet, set[int]] | None:
        """Return a sheet from which a paper can be made up, and which paragraphs change."""
        for sheet, own in self.sheets.get(key, ()):
            changed = {
                place
                for place, (old, new) in enumerate(zip(own, wordings, strict=True))
                if old != new
            }
            if not changed & sheet.fixed:
                return sheet, changed
        return None

    def claim(self, key: Key, wordings: Sequence[Wording]) -> bool:
        """Return whether a paper is to be laid out: there is no sheet for it, nor one to come."""
        with self.lock:
            if key in self.claimed or self.sheet_for(key, wordings) is not None:
                return False
            self.claimed.add(key)
            return True

    def keep(self, key: Key, sheet: ReferenceSheet, wordings: list[Wording]) -> None:
        """Keep a sheet, and the latest of the others."""
        if key not in self.sheets:
            # Another thread may do the same.
            for old in [*self.sheets][: 1 - _MOST_SHEETS]:
                self.sheets.pop(old, None)
        own = self.sheets.get(key, [])
        self.sheets[key] = [*own[1 - _MOST_ALIKE :], (sheet, wordings)]

    def count(self, papers: int, whole: int, used: Mapping[Wording, Known]) -> None:
        """Note what came of some papers; let go of lines that they did not need if need be."""
        self.papers += papers
        self.whole += whole
        if self.papers >= _ENOUGH and self.whole > WORTH * self.papers:
            self.is_hopeless = True
        if len(self.lines) > _MOST_LINES:
            self.lines = dict(used)


class LayoutCache:
    """The formes that are kept, the latest used; any number of threads may use them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._formes: dict[Shape, Forme | None] = {}

    def forme_of(self, shape: Shape) -> Forme | None:
        """Return what is known of a shape, or None when nothing can be."""
        with self._lock:
            forme = self._formes.pop(shape, None) or self._made(shape)
            self._formes[shape] = forme
            self._let_go()
            return None if forme is None or forme.is_hopeless else forme

    def _made(self, shape: Shape) -> Forme | None:
        contexts = contexts_of(shape)
        return None if contexts is None else Forme(contexts)

    def _let_go(self) -> None:
        """Drop the formes that nobody has used for long, so that memory stays flat."""
        weight = sum(len(one.lines) for one in self._formes.values() if one is not None)
        for shape in [*self._formes][:-1]:
            if weight <= _MOST_LINES_IN_ALL and len(self._formes) <= _MOST_SHAPES:
                return
            forme = self._formes.pop(shape)
            weight -= 0 if forme is None else len(forme.lines)
