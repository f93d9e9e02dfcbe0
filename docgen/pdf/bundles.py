"""Documents that wait for their PDFs, and how they are bundled into tasks for LibreOffice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from docgen.batches.members import Member
from docgen.errors import Problem
from docgen.pdf.calls import ConversionTask
from docgen.pdf.pdf_files import FinishedPdf

_COST_AMONG_LIKE = 1 / 2
"""The share of a document that LibreOffice still lays out when others of its shape came before."""

PdfResult: TypeAlias = "FinishedPdf | Problem"
"""The PDF of a document, or why there is none."""


@dataclass(frozen=True, slots=True)
class QueuedDocument:
    """A document on its way: its .docx, where its PDF goes, the future that will hold it.

    ``member`` is the document as one to be composed, None if it must be converted alone. One that
    ``is_like_others`` has the shape of documents before it and is mostly made from their lines.
    """

    source: Path
    docx: bytes
    target: Path
    title: str
    member: Member | None
    future: Future[PdfResult] = field(default_factory=Future)
    is_like_others: bool = False

    @property
    def pages(self) -> int:
        """Return an estimate of its number of pages."""
        return self.member.pages if self.member is not None else 1

    @property
    def layout_cost(self) -> float:
        """Return its layout cost, in pages."""
        return self.pages * (_COST_AMONG_LIKE if self.is_like_others else 1)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Documents that make one task; ``crashes`` counts how often LibreOffice died on it.

    After a fault they are no longer allowed to share lines: each is laid out, so that the faulty
    one is found. One that is converted alone as a ``is_stopgap``, since LibreOffice died on it,
    hung, or painted other words, comes out in other bytes; it is composed once more, its PDF being
    the ``spare``. Where pages differed from their document, a fresh LibreOffice lays it out.
    """

    documents: tuple[QueuedDocument, ...]
    is_composed: bool
    crashes: int = 0
    may_share_lines: bool = True
    is_stopgap: bool = False
    spare: FinishedPdf | None = None
    wants_fresh_office: bool = False

    @property
    def pages(self) -> int:
        """Return an estimate of its documents' number of pages."""
        return sum(document.pages for document in self.documents)

    @property
    def layout_cost(self) -> float:
        """Return its layout cost, in pages."""
        return layout_cost_of(self.documents)

    def to_task(self) -> ConversionTask:
        """Return the task for LibreOffice."""
        titles = tuple(document.title for document in self.documents)
        targets = tuple(document.target for document in self.documents)
        if not self.is_composed:
            return ConversionTask(self.documents[0].docx, titles, self.pages, targets)
        members = tuple(one.member for one in self.documents if one.member is not None)
        return ConversionTask(members, titles, self.pages, targets, self.may_share_lines)


def layout_cost_of(documents: Sequence[QueuedDocument]) -> float:
    """Return the layout cost of documents, in pages."""
    return sum(document.layout_cost for document in documents)


def bundle_documents(documents: Sequence[QueuedDocument], limit: int) -> Iterator[Bundle]:
    """Yield bundles whose layout cost is at most ``limit`` pages, or that hold one document."""
    waiting: list[QueuedDocument] = []
    cost = 0.0
    for document in documents:
        if waiting and cost + document.layout_cost > limit:
            yield Bundle(tuple(waiting), is_composed=True)
            waiting, cost = [], 0.0
        waiting.append(document)
        cost += document.layout_cost
    yield Bundle(tuple(waiting), is_composed=True)


def split_off(
    bundle: Bundle, numbers: Collection[int], *, wants_fresh_office: bool = False
) -> list[Bundle]:
    """Return the documents with these numbers, from 0, each alone; the rest is composed again."""
    rest = tuple(one for number, one in enumerate(bundle.documents) if number not in numbers)
    alone = [
        Bundle(
            (one,),
            is_composed=False,
            # What prints foreign signs is never composed; other words may come of a hiccup.
            is_stopgap=wants_fresh_office and bundle.is_composed,
            wants_fresh_office=wants_fresh_office,
        )
        for number, one in enumerate(bundle.documents)
        if number in numbers
    ]
    return ([Bundle(rest, is_composed=True)] if rest else []) + alone
