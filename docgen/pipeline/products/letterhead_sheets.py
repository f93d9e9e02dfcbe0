"""Sheets for paper with a printed head: orders laid out without theirs, for the printer alone.

What is kept, copied or signed electronically is the whole order; only whoever prints it onto such
paper needs the pages on which the head has left its room free.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace

from docgen import pages
from docgen.errors import Location, Problem
from docgen.model import MadeDocument
from docgen.pdf import FinishedPdf, PdfResult, Press
from docgen.pipeline.output.counted_pages import with_right_pages
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.places import LETTERHEADS
from docgen.pipeline.output.side_files import SideFiles, side_name
from docgen.pipeline.output.store import Bench, OutputStore, Verdict
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.signature_places import place_signers

FOLDER = LETTERHEADS


@dataclass(slots=True)
class LetterheadSheets(SideFiles):
    """Accumulates the sheets; ``documents`` are the papers as they are on them, by their keys."""

    documents: dict[str, MadeDocument] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    """The sheets of one order on their way: its .docx without the head, laid out ``layouts`` times.

    Filled while LibreOffice works.
    """

    job: DocumentJob
    name: str
    data: bytes
    source: str
    layouts: int = 0
    printing: Future[PdfResult] | None = None
    printed: FinishedPdf | None = None


def make_letterhead_sheets(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    ready: Ready,
    bench: Bench,
    press: Press,
) -> LetterheadSheets:
    """Leave the sheets of orders that are printed onto paper with a head; the others have none.

    Those of a signed order stay as they were when it was printed. What a person has changed has
    none: it is printed as it lies.

    Raises:
        UsageError: when the disk refuses.
    """
    found, documents = LetterheadSheets(), {one.key: one for one in made if one.pdf}
    due: list[_Sheet] = []
    for job in jobs:
        if job.key not in documents:
            continue
        sheet = _sheet(job, ready, bench)
        if sheet is not None and not _stays(sheet, found, bench):
            due.append(sheet)
        elif sheet is None and _is_history(job, bench):
            found.files.add(side_name(FOLDER, job))
    _print(due, found, bench, press)
    for job in jobs:
        name = side_name(FOLDER, job)
        if name in found.files and bench.is_there(name):
            found.by_key[job.key] = (name, bench.sha256(name))
            found.documents[job.key] = on_letterhead(documents[job.key], job, bench)
    return found


def _sheet(job: DocumentJob, ready: Ready, store: OutputStore) -> _Sheet | None:
    """Return an order as it is on such paper; None where it has no such sheets of its own."""
    if job.archived is not None or not job.has_letterhead or job.edited or job.is_signed:
        return None
    outcome = render(job.planned, ready, is_on_letterhead=True)
    if not isinstance(outcome, Rendered):
        return None
    words = f"{hashlib.sha256(outcome.docx).hexdigest()} {job.planned.title} {store.tools}"
    source = hashlib.sha256(words.encode()).hexdigest()
    return _Sheet(job, side_name(FOLDER, job), outcome.docx, source)


def _is_history(job: DocumentJob, store: OutputStore) -> bool:
    """Whether sheets lie there that were printed before their order was signed."""
    return job.archived is not None and store.is_there(side_name(FOLDER, job))


def _stays(sheet: _Sheet, found: LetterheadSheets, store: OutputStore) -> bool:
    name = sheet.name
    if store.verdict(name) not in {Verdict.ABSENT, Verdict.OURS}:
        found.edited.add(name)
    elif not (store.is_unchanged(name) and store.ledger.derived.get(name) == sheet.source):
        return False
    found.files.add(name)
    return True


def _print(due: Sequence[_Sheet], found: LetterheadSheets, bench: Bench, press: Press) -> None:
    waiting = list(due)
    while waiting:
        for sheet in waiting:
            _send(sheet, bench, press)
        press.flush()
        wait([sheet.printing for sheet in waiting if sheet.printing is not None])
        waiting = [sheet for sheet in waiting if not _is_settled(sheet, found, bench)]
    finished = [(sheet, sheet.printed) for sheet in due if sheet.printed is not None]
    bench.leave(
        [
            bench.draft_of(
                sheet.name,
                printed.path,
                is_private=sheet.job.planned.is_private,
                sha256=printed.sha256,
            )
            for sheet, printed in finished
        ]
    )
    for sheet, _ in finished:
        bench.ledger.derived[sheet.name] = sheet.source
        found.files.add(sheet.name)
    if finished:
        bench.note()


def _send(sheet: _Sheet, bench: Bench, press: Press) -> None:
    source = bench.stage_path(".docx")
    source.write_bytes(sheet.data)
    sheet.printing = press.submit(source, bench.stage_path(".pdf"), sheet.job.planned.title)
    sheet.layouts += 1


def _is_settled(sheet: _Sheet, found: LetterheadSheets, bench: Bench) -> bool:
    """Take in what LibreOffice has made; False when its pages are other than it says itself."""
    outcome = sheet.printing.result() if sheet.printing is not None else None
    where = Location(file=str(bench.path(sheet.job.docx)))
    if isinstance(outcome, Problem):
        place = where if outcome.where.file else Location()
        found.problems.append(Problem(outcome.code, place, outcome.message))
        return True
    if outcome is None:
        return True
    if sheet.job.has_page_references:
        path = bench.path(sheet.name)
        right = with_right_pages(
            sheet.data, outcome.places, sheet.layouts, path, pages=outcome.pages
        )
        if isinstance(right, Problem):
            found.problems.append(right)
            return True
        if right != sheet.data:
            sheet.data = right
            return False
    sheet.printed = outcome
    return True


def on_letterhead(document: MadeDocument, job: DocumentJob, store: OutputStore) -> MadeDocument:
    """Return a document as it is on paper with a printed head: other pages and places to sign."""
    name = side_name(FOLDER, job)
    path = store.path(name)
    signers = job.archived.signers if job.archived else job.signers
    try:
        count = pages.page_count(path)
        places = pages.named_places(path) if signers else {}
        signatures = place_signers(signers, places, lambda: pages.text_of(path))
    except pages.BrokenPdfError:
        # A person has changed it so that nothing reads it; the order itself is whole.
        return document
    return replace(document, pdf=name, pages=count, signatures=signatures)


def known_letterheads(
    jobs: Sequence[DocumentJob], made: Mapping[str, MadeDocument], store: OutputStore
) -> dict[str, MadeDocument]:
    """Return the documents of which sheets for such paper lie in an output, by their keys."""
    return {
        job.key: on_letterhead(made[job.key], job, store)
        for job in jobs
        if job.key in made and store.is_there(side_name(FOLDER, job))
    }
