"""A cache of laid out lines and documents by shape, from which later documents are made."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.batches.cut import ConvertedBatch
from docgen.batches.members import Mobility, Shape
from docgen.batches.references import ReferenceDocument
from docgen.batches.sample_lines import ParagraphLines
from docgen.batches.samples import ParagraphKey, ShapeContexts, contexts_of

MOST_NEW_SHARE: Final = 0.6
"""The share of new text, or of documents laid out whole, above which nothing is gained."""
_ENOUGH_DOCUMENTS: Final = 150
"""After this many documents it is known whether they break their lines alike."""
_MOST_LINES, _MOST_PROFILES, _MOST_REFERENCES, _MOST_SHAPES = 4000, 64, 8, 32
"""Paragraphs of a shape, profiles of a shape, references of a profile, shapes that are kept."""
_MOST_LINES_IN_ALL: Final = 12_000

KnownLines: TypeAlias = "tuple[ParagraphLines, int]"
"""The lines of a paragraph with the number of their profile.

A paragraph that no other may replace has a number to itself.
"""
DocumentProfile: TypeAlias = "tuple[int, ...]"
"""The profile numbers of all paragraphs: documents with equal ones have lines at equal heights."""


@dataclass(slots=True, eq=False)
class ShapeLayouts:
    """The known lines and references of a shape; filled while its documents are converted.

    ``lines`` are those of each distinct paragraph, ``references`` the documents laid out whole,
    with their paragraphs, by their profile. Of all ``documents``, ``laid_out`` were laid out
    whole; ``batch`` has the fonts of all of them. A profile is ``reserved`` while a document of it
    is being laid out: others wait for that reference. ``uses`` counts what is made from references.
    One that ``is_refuted`` has made a document that did not say what it should.
    """

    contexts: ShapeContexts
    lines: dict[ParagraphKey, KnownLines] = field(default_factory=dict)
    profile_numbers: dict[object, int] = field(default_factory=dict)
    next_numbers: Iterator[int] = field(default_factory=itertools.count)
    references: dict[DocumentProfile, list[tuple[ReferenceDocument, list[ParagraphKey]]]] = field(
        default_factory=dict
    )
    batch: ConvertedBatch | None = None
    documents: int = 0
    laid_out: int = 0
    is_given_up: bool = False
    is_refuted: bool = False
    reserved: set[DocumentProfile] = field(default_factory=set)
    uses: Iterator[int] = field(default_factory=itertools.count)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add_lines(
        self, paragraph: ParagraphKey, lines: ParagraphLines, mobility: Mobility
    ) -> KnownLines:
        """Keep the lines of a paragraph and return them with the number of their profile.

        Others of the same profile may take its place if it is movable and paints nothing but its
        text, in lines of one height.
        """
        is_movable, has_even_lines = mobility
        is_even = has_even_lines or len(lines.lines) <= 1
        is_replaceable = is_movable and is_even and lines.is_plain
        profile: object = lines.profile if is_replaceable else paragraph
        known = lines, self.profile_numbers.setdefault(profile, next(self.next_numbers))
        self.lines[paragraph] = known
        return known

    def has_fonts_of(self, batch: ConvertedBatch) -> bool:
        """Whether a batch has the fonts of those before, so that lines may be exchanged."""
        if self.batch is None:
            self.batch = batch.without_pages()
        return self.batch.has_same_fonts(batch)

    def find_reference(
        self, profile: DocumentProfile, paragraphs: Sequence[ParagraphKey]
    ) -> tuple[ReferenceDocument, set[int]] | None:
        """Return a reference to make a document from, and the indexes of paragraphs to change."""
        for reference, known in self.references.get(profile, ()):
            changed = {
                index
                for index, (old, new) in enumerate(zip(known, paragraphs, strict=True))
                if old != new
            }
            if not changed & reference.fixed:
                return reference, changed
        return None

    def reserve(self, profile: DocumentProfile, paragraphs: Sequence[ParagraphKey]) -> bool:
        """Reserve the layout of a profile; return False if a reference is there or under way."""
        with self.lock:
            if profile in self.reserved or self.find_reference(profile, paragraphs) is not None:
                return False
            self.reserved.add(profile)
            return True

    def add_reference(
        self,
        profile: DocumentProfile,
        reference: ReferenceDocument,
        paragraphs: list[ParagraphKey],
    ) -> None:
        """Keep a reference, and drop the oldest if there are too many."""
        if profile not in self.references:
            # Another thread may do the same.
            for old in [*self.references][: 1 - _MOST_PROFILES]:
                self.references.pop(old, None)
        known = self.references.get(profile, [])
        self.references[profile] = [
            *known[1 - _MOST_REFERENCES :],
            (reference, paragraphs),
        ]

    def refute(self) -> None:
        """Give the shape up: a document made from a reference did not say what it should."""
        self.is_given_up = self.is_refuted = True

    def record(
        self, documents: int, laid_out: int, used: Mapping[ParagraphKey, KnownLines]
    ) -> None:
        """Count finished documents; drop lines that they did not use when there are too many."""
        self.documents += documents
        self.laid_out += laid_out
        if self.documents >= _ENOUGH_DOCUMENTS and self.laid_out > MOST_NEW_SHARE * self.documents:
            self.is_given_up = True
        if len(self.lines) > _MOST_LINES:
            self.lines = dict(used)


class LayoutCache:
    """The layouts of the shapes used last; any number of threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._layouts: dict[Shape, ShapeLayouts | None] = {}

    def layouts_of(self, shape: Shape) -> ShapeLayouts | None:
        """Return what is known of a shape; None when its documents must be laid out whole."""
        with self._lock:
            layouts = self._layouts.pop(shape, None) or self._make_layouts(shape)
            self._layouts[shape] = layouts
            self._drop_oldest()
            return None if layouts is None or layouts.is_given_up else layouts

    def _make_layouts(self, shape: Shape) -> ShapeLayouts | None:
        contexts = contexts_of(shape)
        return None if contexts is None else ShapeLayouts(contexts)

    def _drop_oldest(self) -> None:
        """Drop the shapes that were used longest ago, so that memory stays flat."""
        count = sum(len(one.lines) for one in self._layouts.values() if one is not None)
        for shape in [*self._layouts][:-1]:
            if count <= _MOST_LINES_IN_ALL and len(self._layouts) <= _MOST_SHAPES:
                return
            layouts = self._layouts.pop(shape)
            count -= 0 if layouts is None else len(layouts.lines)
