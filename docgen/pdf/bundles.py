"""Papers under way, and how they are bound into loads of LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from docgen.batches.members import Member
from docgen.errors import Problem
from docgen.pdf.calls import Load
from docgen.pdf.pdf_files import PrintedPdf

_SHARE_OF_ITS_OWN = 1 / 2
"""How much of a paper has not been laid out for another of its shape, more or less."""

Result: TypeAlias = "PrintedPdf | Problem"


@dataclass(frozen=True, slots=True)
class QueuedDocument:
    """A document under way: as .docx, where its PDF goes, who waits for it.

    ``member`` is what can be composed of it, if anything. One that ``is_like_others``, of the same
    shape, will mostly be made up from their lines.
    """

    source: Path
    docx: bytes
    target: Path
    title: str
    member: Member | None
    future: Future[Result] = field(default_factory=Future)
    is_like_others: bool = False

    @property
    def pages(self) -> int:
        """Return a guess how many pages it has."""
        return self.member.pages if self.member is not None else 1

    @property
    def effort(self) -> float:
        """Return as how many pages LibreOffice will feel it."""
        return self.pages * (_SHARE_OF_ITS_OWN if self.is_like_others else 1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers that make one load; ``crashes`` counts how often LibreOffice died on it.

    After a fault they ``may_stand`` no more: each is laid out, so that the guilty one is found.
    """

    papers: tuple[QueuedDocument, ...]
    is_composed: bool
    crashes: int = 0
    may_stand: bool = True

    @property
    def pages(self) -> int:
        """Return a guess how many pages it has."""
        return sum(paper.pages for paper in self.papers)

    @property
    def effort(self) -> float:
        """Return as how many pages LibreOffice will feel it."""
        return effort_of(self.papers)

    def to_load(self) -> Load:
        """Return it as LibreOffice gets it."""
        titles = tuple(paper.title for paper in self.papers)
        targets = tuple(paper.target for paper in self.papers)
        if not self.is_composed:
            return Load(self.papers[0].docx, titles, self.pages, targets)
        members = tuple(paper.member for paper in self.papers if paper.member is not None)
        return Load(members, titles, self.pages, targets, self.may_stand)


def effort_of(papers: Sequence[QueuedDocument]) -> float:
    """Return as how many pages LibreOffice will feel some papers."""
    return sum(paper.effort for paper in papers)


def bound(papers: Sequence[QueuedDocument], limit: int) -> Iterator[Bundle]:
    """Yield the papers in bundles of at most so many pages, by effort, or of one paper."""
    held: list[QueuedDocument] = []
    effort = 0.0
    for paper in papers:
        if held and effort + paper.effort > limit:
            yield Bundle(tuple(held), is_composed=True)
            held, effort = [], 0.0
        held.append(paper)
        effort += paper.effort
    yield Bundle(tuple(held), is_composed=True)


def sifted(bundle: Bundle, strangers: Sequence[int]) -> list[Bundle]:
    """Return the strangers alone, the rest composed again."""
    rest = tuple(one for number, one in enumerate(bundle.papers) if number not in strangers)
    alone = [Bundle((bundle.papers[number],), is_composed=False) for number in strangers]
    return ([Bundle(rest, is_composed=True)] if rest else []) + alone
