"""Papers under way, and how they are bound into loads of LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from docgen.errors import Problem
from docgen.ooxml import Member
from docgen.pages import PagePrint, Place
from docgen.pdf.calls import Load


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF that has been left at ``path``, with what was seen when it was made.

    ``prints`` tell what its pages draw, as qpdf reads it back: by them sets are proved.
    """

    path: Path
    pages: int
    places: Mapping[str, Place]
    prints: Sequence[PagePrint] = ()


Result: TypeAlias = "Printed | Problem"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document under way: as .docx, where its PDF goes, who waits for it.

    ``member`` is what can be composed of it, if anything.
    """

    source: Path
    docx: bytes
    target: Path
    title: str
    member: Member | None
    future: Future[Result] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers that make one load; ``crashes`` counts how often LibreOffice died on it.

    After a fault they ``may_stand`` no more: each is laid out, so that the guilty one is found.
    """

    papers: tuple[Paper, ...]
    is_composed: bool
    crashes: int = 0
    may_stand: bool = True

    @property
    def pages(self) -> int:
        """Return a guess how many pages it has."""
        return pages_of(self.papers)

    def to_load(self) -> Load:
        """Return it as LibreOffice gets it."""
        titles = tuple(paper.title for paper in self.papers)
        if not self.is_composed:
            return Load(self.papers[0].docx, titles, self.pages)
        members = tuple(paper.member for paper in self.papers if paper.member is not None)
        return Load(members, titles, self.pages, self.may_stand)


def pages_of(papers: Sequence[Paper]) -> int:
    """Return a guess how many pages papers have."""
    return sum(paper.member.pages if paper.member is not None else 1 for paper in papers)


def bound(papers: Sequence[Paper], limit: int) -> Iterator[Bundle]:
    """Yield the papers in bundles of at most so many pages, or of one paper."""
    held: list[Paper] = []
    pages = 0
    for paper in papers:
        size = pages_of([paper])
        if held and pages + size > limit:
            yield Bundle(tuple(held), is_composed=True)
            held, pages = [], 0
        held.append(paper)
        pages += size
    yield Bundle(tuple(held), is_composed=True)


def sifted(bundle: Bundle, strangers: Sequence[int]) -> list[Bundle]:
    """Return the strangers alone, the rest composed again."""
    rest = tuple(one for number, one in enumerate(bundle.papers) if number not in strangers)
    alone = [Bundle((bundle.papers[number],), is_composed=False) for number in strangers]
    return ([Bundle(rest, is_composed=True)] if rest else []) + alone
