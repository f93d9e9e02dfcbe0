"""One call of LibreOffice as a value: what goes in, what came of each load. It may run anywhere.

A call needs no paths and no locks, so it can be sent to another process or machine; equal calls
make equal bytes wherever they run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.batches.cache import LayoutCache
from docgen.batches.cut import StrangerError
from docgen.batches.members import Member
from docgen.batches.rounds import BatchJob, Rounds
from docgen.ooxml.pictures import without_transparency
from docgen.pages.page_writer import Cut, normalise
from docgen.pages.pdfa_1a import settle_tagged
from docgen.pages.syntax import BrokenPdfError
from docgen.pdf.flavours import Flavour
from docgen.pdf.pdf_files import Left, leave

_BASE_S = 20.0
_PER_PAGE_S = 0.25
_POLL_S = 0.01

Converting = Callable[[Sequence[bytes], float, Flavour], tuple[list[bytes | None], bool]]
"""Returns a PDF, or None, for each .docx, and whether LibreOffice ended within so many seconds."""


@dataclass(frozen=True, slots=True)
class Load:
    """One file for LibreOffice: a document alone as .docx, or several of one kin to be composed.

    ``titles`` are of the documents in their order; ``pages`` is a guess for all of them. Who makes
    them on this machine may leave them at the ``targets``. With ``may_stand`` members of one shape
    may be made up from each other's lines.
    """

    content: bytes | tuple[Member, ...]
    titles: tuple[str, ...]
    pages: int
    targets: tuple[Path, ...] = ()
    may_stand: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Loads for one call of LibreOffice; ``patience`` stretches the time that it may take."""

    loads: tuple[Load, ...]
    patience: float = 1.0
    flavour: Flavour = Flavour.PLAIN

    @property
    def timeout_s(self) -> float:
        """Return after how many seconds LibreOffice counts as hanging: many times what it takes."""
        return self.patience * (_BASE_S + _PER_PAGE_S * sum(load.pages for load in self.loads))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a load came to nothing.

    ``strangers`` are members, from 0, that print what the first page of the batch does not.
    """

    strangers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a call made: for each load the PDFs of its members, or a fault.

    They are bytes, or have been left on the disk already. ``has_ended`` is False when LibreOffice
    had to be ended.
    """

    made: tuple[tuple[Cut, ...] | tuple[Left, ...] | Fault, ...]
    has_ended: bool

    def left_by(self, call: Call) -> CallOutcome:
        """Leave the papers of the call on this machine's disk."""
        made = [
            one
            if isinstance(one, Fault)
            else tuple(
                leave(paper, target, call.flavour) if isinstance(paper, Cut) else paper
                for paper, target in zip(one, load.targets, strict=True)
            )
            for one, load in zip(self.made, call.loads, strict=True)
        ]
        return CallOutcome(tuple(made), self.has_ended)


@dataclass(slots=True)
class _UnderWay:
    """A load on its way: what it asked for last, what it is answered, what came of it."""

    rounds: Rounds
    wanted: list[bytes] = field(default_factory=list)
    made: tuple[Cut, ...] | Fault | None = None

    def go_on(self, answer: list[bytes | None] | None) -> None:
        """Answer with PDFs, with nothing at first; nothing is raised for what fails."""
        self.wanted = []
        try:
            self.wanted = next(self.rounds) if answer is None else self.rounds.send(answer)
        except StopIteration as end:
            self.made = Fault() if end.value is None else tuple(end.value)
        except StrangerError as error:
            self.made = Fault(error.numbers)
        except BrokenPdfError:
            self.made = Fault()


def perform(call: Call, convert: Converting, standing: LayoutCache) -> CallOutcome:
    """Compose, convert and cut; nothing is raised for a document that fails.

    ``standing`` is what earlier calls leave for later ones; bytes do not depend on it.
    """
    loads = [_UnderWay(_rounds(load, call.flavour, standing)) for load in call.loads]
    for one in loads:
        one.go_on(None)
    have_ended = True
    while waiting := [one for one in loads if one.made is None]:
        documents = [document for one in waiting for document in one.wanted]
        pdfs: list[bytes | None] = []
        if documents:
            pdfs, has_ended = convert(documents, call.timeout_s, call.flavour)
            have_ended = have_ended and has_ended
        else:
            time.sleep(_POLL_S)
        answers = iter(pdfs)
        for one in waiting:
            one.go_on([next(answers) for _ in one.wanted])
    return CallOutcome(tuple([one.made or Fault() for one in loads]), have_ended)


def _rounds(load: Load, flavour: Flavour, standing: LayoutCache) -> Rounds:
    """Return the rounds in which a load becomes papers."""
    if isinstance(load.content, bytes):
        return _alone(load.content, load.titles[0], flavour)
    known = standing if load.may_stand and flavour is Flavour.PLAIN else None
    return BatchJob(load.content, load.titles, known).rounds()


def _alone(document: bytes, title: str, flavour: Flavour) -> Rounds:
    is_tagged = flavour is Flavour.TAGGED
    (pdf,) = yield [without_transparency(document) if is_tagged else document]
    if pdf is None:
        return None
    return [settle_tagged(pdf, title) if is_tagged else normalise(pdf, title)]
