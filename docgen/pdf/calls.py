"""One call of LibreOffice as a value: what goes in, and the outcome of each task.

A call needs no paths and no locks, so it can be sent to another process or machine; equal calls
make equal bytes wherever they run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.batches.cache import LayoutCache
from docgen.batches.cut import DifferentPagesError, ForeignGlyphsError
from docgen.batches.members import Member
from docgen.batches.rounds import BatchJob, Rounds
from docgen.ooxml.pictures import without_transparency
from docgen.pages.page_writer import WrittenPdf, normalise
from docgen.pages.pdfa_1a import normalise_tagged
from docgen.pages.syntax import BrokenPdfError
from docgen.pdf.flavours import Flavour
from docgen.pdf.pdf_files import WriteOutcome, write_pdf
from docgen.proof.file_proof import file_difference
from docgen.proof.paper_proof import PageDifference

_BASE_S = 20.0
_PER_PAGE_S = 0.25
_POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class ConversionTask:
    """One document as .docx, converted alone, or several members that are composed.

    ``titles`` are of the documents in their order; ``pages`` is a guess for all of them. Who makes
    them on this machine may write them to the ``targets``. If they ``may_share_lines``, members of
    one shape may be made from each other's lines.
    """

    content: bytes | tuple[Member, ...]
    titles: tuple[str, ...]
    pages: int
    targets: tuple[Path, ...] = ()
    may_share_lines: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """Tasks for one call of LibreOffice; ``patience`` multiplies the time that it may take.

    If it ``wants_fresh_office``, LibreOffice is started anew for it.
    """

    tasks: tuple[ConversionTask, ...]
    patience: float = 1.0
    flavour: Flavour = Flavour.PLAIN
    wants_fresh_office: bool = False

    @property
    def timeout_s(self) -> float:
        """Return after how many seconds LibreOffice counts as hanging: many times what it takes."""
        return self.patience * (_BASE_S + _PER_PAGE_S * sum(task.pages for task in self.tasks))


Convert = Callable[[Sequence[bytes], Call], tuple[list[bytes | None], bool]]
"""Runs LibreOffice on .docx files, as their call asks for.

Returns the PDF of each, None where there is none, and whether LibreOffice ended in time.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a task failed.

    ``foreign`` are the members, from 0, that print signs which the first page of the batch lacks;
    ``different`` those whose pages do not paint their words, with the first difference.
    """

    foreign: tuple[int, ...] = ()
    different: Mapping[int, PageDifference] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a call made: for each task the PDFs of its documents, or a fault.

    PDFs are bytes, or have been written to the disk already. ``has_ended`` is False when
    LibreOffice hung and had to be killed.
    """

    made: tuple[tuple[WrittenPdf, ...] | tuple[WriteOutcome, ...] | Fault, ...]
    has_ended: bool

    def write_targets(self, call: Call) -> CallOutcome:
        """Write the PDFs of the call to its targets; return the outcome with these files."""
        made = [
            one
            if isinstance(one, Fault)
            else tuple(
                write_pdf(pdf, target, call.flavour) if isinstance(pdf, WrittenPdf) else pdf
                for pdf, target in zip(one, task.targets, strict=True)
            )
            for one, task in zip(self.made, call.tasks, strict=True)
        ]
        return CallOutcome(tuple(made), self.has_ended)


@dataclass(slots=True)
class _RunningTask:
    """A task under way; filled from round to round.

    ``wanted`` are the files to be converted next, ``made`` is what came of the task.
    """

    rounds: Rounds
    wanted: list[bytes] = field(default_factory=list)
    made: tuple[WrittenPdf, ...] | Fault | None = None

    def advance(self, pdfs: list[bytes | None] | None) -> None:
        """Go on with the PDFs of the wanted files, None at first; failures become faults."""
        self.wanted = []
        try:
            self.wanted = next(self.rounds) if pdfs is None else self.rounds.send(pdfs)
        except StopIteration as end:
            self.made = Fault() if end.value is None else tuple(end.value)
        except ForeignGlyphsError as error:
            self.made = Fault(error.numbers)
        except DifferentPagesError as error:
            self.made = Fault(different=error.found)
        except BrokenPdfError:
            self.made = Fault()


def run_call(call: Call, convert: Convert, cache: LayoutCache) -> CallOutcome:
    """Compose, convert and cut; nothing is raised for a document that fails.

    ``cache`` is what earlier calls leave for later ones; bytes do not depend on it.
    """
    tasks = [_RunningTask(_rounds(task, call.flavour, cache)) for task in call.tasks]
    try:
        return _run_tasks(tasks, call, convert)
    finally:
        # Whoever waits for a reference that one of them has reserved must not wait for ever.
        for one in tasks:
            one.rounds.close()


def _run_tasks(tasks: Sequence[_RunningTask], call: Call, convert: Convert) -> CallOutcome:
    for one in tasks:
        one.advance(None)
    have_ended = True
    while waiting := [one for one in tasks if one.made is None]:
        documents = [document for one in waiting for document in one.wanted]
        pdfs: list[bytes | None] = []
        if documents:
            pdfs, has_ended = convert(documents, call)
            have_ended = have_ended and has_ended
        else:
            time.sleep(_POLL_S)
        answers = iter(pdfs)
        for one in waiting:
            one.advance([next(answers) for _ in one.wanted])
    return CallOutcome(tuple([one.made or Fault() for one in tasks]), have_ended)


def _rounds(task: ConversionTask, flavour: Flavour, cache: LayoutCache) -> Rounds:
    """Return the rounds in which the documents of a task become PDFs."""
    if isinstance(task.content, bytes):
        return _convert_alone(task.content, task.titles[0], flavour)
    shared = cache if task.may_share_lines and flavour is Flavour.PLAIN else None
    return BatchJob(task.content, task.titles, shared).rounds()


def _convert_alone(document: bytes, title: str, flavour: Flavour) -> Rounds:
    is_tagged = flavour is Flavour.TAGGED
    (pdf,) = yield [without_transparency(document) if is_tagged else document]
    if pdf is None:
        return None
    made = normalise_tagged(pdf, title) if is_tagged else normalise(pdf, title)
    # Held to what was written, as it will be read.
    found = file_difference(document, made.data)
    if found is not None:
        raise DifferentPagesError({0: found})
    return [made]
