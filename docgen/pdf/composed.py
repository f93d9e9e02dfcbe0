"""Documents of one kin converted as one and cut apart: a page costs what it takes to lay it out.

What cannot be composed, or does not come out as it should, is converted alone. Which of the two it
is depends on the document, never on its company, and so do the bytes of its PDF.
"""

from __future__ import annotations

import math
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.errors import Problem
from docgen.files import atomic_write
from docgen.ooxml import compose, inner_prefix, kin_of, letters_of, start_mark
from docgen.pages import Piece, StrangerError, cut
from docgen.pdf.batches import BatchConverter, make_tasks, say_nothing
from docgen.pdf.office import Task

WAY = "composed-3"
"""Names the way to a PDF; changed when the same .docx would come out as other bytes."""
PAGES_PER_BATCH = 300
"""Layout time grows faster than the document beyond 500 pages with tables (seen on 7.4)."""


@dataclass(frozen=True, slots=True)
class _Sheaf:
    """Documents to be composed, and how many pages they are thought to have."""

    tasks: tuple[Task, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class ComposingConverter:
    """Composes what can be composed; ``alone`` runs LibreOffice and converts the rest."""

    alone: BatchConverter
    pages_per_batch: int = PAGES_PER_BATCH

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, Path | Problem]:
        """Return for each source its PDF below ``out``, or why there is none.

        Names, titles and bytes are as from BatchConverter, but for a composed document's fonts,
        which hold the letters of every document.

        Raises:
            UsageError: when ``out`` cannot be written.
        """
        tasks = make_tasks(sources, out, titles or {})
        made = _composed(tasks, self)
        results = made | self.alone.work([task for task in tasks if task.source not in made])
        return {task.source: results[task.source] for task in tasks}


def _composed(tasks: Sequence[Task], converter: ComposingConverter) -> dict[Path, Path | Problem]:
    """Return the PDFs of the documents that could be composed."""
    sheaves = list(_bind(tasks, converter))
    made: dict[Path, Path | Problem] = {}
    while sheaves:
        with tempfile.TemporaryDirectory(prefix="docgen-") as name:
            press = _Press(Path(name), converter.alone)
            made |= press.convert(sheaves)
        sheaves = press.again
    return made


def _bind(tasks: Sequence[Task], converter: ComposingConverter) -> Iterator[_Sheaf]:
    """Yield the documents of each kin in sheaves of about equal length."""
    kin: defaultdict[str, list[tuple[Task, int]]] = defaultdict(list)
    for task in tasks:
        found = kin_of(task.source)
        if found is not None:
            kin[found.key].append((task, found.pages))
    jobs = converter.alone.jobs_for(sum(map(len, kin.values())))
    for members in kin.values():
        pages = sum(one for _, one in members)
        count = jobs * math.ceil(pages / (jobs * converter.pages_per_batch))
        yield from _parted(members, math.ceil(pages / count))


def _parted(members: Sequence[tuple[Task, int]], limit: int) -> Iterator[_Sheaf]:
    sheaf: list[Task] = []
    pages = 0
    for task, size in members:
        if sheaf and pages + size > limit:
            yield _Sheaf(tuple(sheaf), pages)
            sheaf, pages = [], 0
        sheaf.append(task)
        pages += size
    if sheaf:
        yield _Sheaf(tuple(sheaf), pages)


@dataclass(slots=True)
class _Press:
    """One round of sheaves; ``again`` is what the next round has to try in smaller ones."""

    folder: Path
    alone: BatchConverter
    sheaves: dict[Path, _Sheaf] = field(default_factory=dict)
    strangers: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    again: list[_Sheaf] = field(default_factory=list)

    def convert(self, sheaves: Sequence[_Sheaf]) -> dict[Path, Path | Problem]:
        """Return the PDFs of the documents whose sheaf came out."""
        documents = sum(len(sheaf.tasks) for sheaf in sheaves)
        tasks = [self._lay(number, sheaf) for number, sheaf in enumerate(sheaves, start=1)]
        jobs = self.alone.jobs_for(documents)
        silent = replace(self.alone, jobs=jobs, progress=say_nothing)
        made: dict[Path, Path | Problem] = {}
        for source, outcome in silent.work(tasks, self._take).items():
            sheaf = self.sheaves[source]
            if isinstance(outcome, Problem):
                self._scatter(sheaf)
            elif source in self.strangers:
                self._sift(sheaf, self.strangers[source])
            else:
                made |= {task.source: task.target for task in sheaf.tasks}
        return made

    def _lay(self, number: int, sheaf: _Sheaf) -> Task:
        """Write a sheaf as one document."""
        source = self.folder / f"{number:06}.docx"
        source.write_bytes(compose([task.source for task in sheaf.tasks]))
        self.sheaves[source] = sheaf
        return Task(f"{number:06}", source, source.with_suffix(".pdf"), "")

    def _take(self, task: Task, pdf: Path) -> None:
        """Cut a sheaf apart and leave each document at its place."""
        members = self.sheaves[task.source].tasks
        pieces = [
            Piece(start_mark(number), inner_prefix(number), one.title, letters_of(one.source))
            for number, one in enumerate(members)
        ]
        try:
            for one, made in zip(members, cut(pdf, pieces), strict=True):
                atomic_write(one.target, made.data)
        except StrangerError as error:
            self.strangers[task.source] = error.numbers
        else:
            self.alone.progress(len(members))

    def _scatter(self, sheaf: _Sheaf) -> None:
        """Have each document of a sheaf that failed composed by itself: one of them is to blame."""
        if len(sheaf.tasks) > 1:
            self.again += [_Sheaf((task,), 1) for task in sheaf.tasks]

    def _sift(self, sheaf: _Sheaf, strangers: Sequence[int]) -> None:
        """Leave out the documents that print what others do not."""
        rest = [task for number, task in enumerate(sheaf.tasks) if number not in strangers]
        if rest:
            self.again.append(_Sheaf(tuple(rest), sheaf.pages))
