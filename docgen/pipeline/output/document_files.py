"""Documents on their way to the disk: written when they changed, converted when they must be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Final

from docgen import pages
from docgen.errors import Location, Problem, warning
from docgen.files import file_digest, safe_name, unique_names
from docgen.model import MadeDocument, MarkedSigner, PlannedDocument, ReadCell, Signer
from docgen.model.retention import retention_of
from docgen.ooxml import package_hazard
from docgen.pdf import FinishedPdf, PdfResult, Press
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.closed_years import ClosedYears
from docgen.pipeline.output.counted_pages import with_known_pages, with_right_pages
from docgen.pipeline.output.edited_files import (
    edited_problem,
    hazard_problem,
    moved_since,
    put_back_problem,
)
from docgen.pipeline.output.ledger import LedgerEntry, is_untouched, pack
from docgen.pipeline.output.places import DOCUMENTS, PDFS
from docgen.pipeline.output.plain_forms import plain_form
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.output.store import Bench, FileDraft, OutputStore, Verdict, unreadable_problem
from docgen.pipeline.workspace.render import Rendered
from docgen.pipeline.workspace.signature_places import place_signers

_NO_YEARS: Final = ClosedYears()


@dataclass(slots=True)
class DocumentJob:
    """One document on its way: where it goes, what is there already, what is to be done.

    Filled while the document is rendered, written and converted. ``rendered`` is dropped once the
    .docx is written, unless the document is to be archived; ``signers`` and ``reads``, packed for
    the ledger, stay. ``edited`` names its files that a person has changed. ``printing`` is the PDF
    under way, ``printed`` what is known of the finished one. A document that
    ``has_page_references`` has been laid out ``layouts`` times; ``has_letterhead`` is as rendered.
    """

    planned: PlannedDocument
    docx: str
    pdf: str
    rendered: Rendered | None = None
    archived: document_archive.ArchivedDocument | None = None
    signers: tuple[MarkedSigner, ...] = ()
    reads: bytes = b""
    is_rendered: bool = False
    is_signed: bool = False
    is_written: bool = False
    has_page_references: bool = False
    has_letterhead: bool = False
    layouts: int = 0
    edited: set[str] = field(default_factory=set)
    source_sha256: str = ""
    printing: Future[PdfResult] | None = None
    printed: FinishedPdf | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_scan(self) -> bool:
        """Whether a scan or a signed PDF without .docx stands for the document."""
        return self.archived is not None and self.archived.docx is None

    @property
    def key(self) -> str:
        """The key of the document, which outlives rebuilds."""
        return self.planned.key


def name_jobs(
    planned: Sequence[PlannedDocument], closed: ClosedYears = _NO_YEARS
) -> list[DocumentJob]:
    """Return a job for each planned document, with file names safe and unique.

    A name that a closed year holds gets the year of the document.
    """
    names = unique_names([_output_of(one, closed) for one in planned], ".docx")
    return [
        DocumentJob(one, f"{DOCUMENTS}/{name}.docx", f"{PDFS}/{name}.pdf")
        for one, name in zip(planned, names, strict=True)
    ]


def _output_of(planned: PlannedDocument, closed: ClosedYears) -> str:
    name = "/".join(safe_name(part) for part in planned.output.split("/"))
    free = closed.free_name(f"{DOCUMENTS}/{name}", ".docx", planned.year)
    return free.removeprefix(f"{DOCUMENTS}/")


def take_archived(
    job: DocumentJob, archived: Mapping[str, document_archive.ArchivedDocument]
) -> None:
    """Give a job its archived document, if there is one, with its file names."""
    job.archived = archived.get(job.key)
    if job.archived is not None:
        job.docx = f"{DOCUMENTS}/{job.archived.output}.docx"
        job.pdf = f"{PDFS}/{job.archived.output}.pdf"


# --- .docx -----------------------------------------------------------------------------------


def take_rendered(job: DocumentJob, rendered: Rendered, store: OutputStore) -> None:
    """Take from a rendered document what later stages need."""
    job.rendered = rendered
    job.is_rendered = True
    job.has_page_references = rendered.has_page_references
    job.has_letterhead = rendered.has_letterhead
    job.signers = rendered.signers
    job.reads = pack(store.ledger.hashed(rendered.reads))


def write_docx(jobs: Iterable[DocumentJob], bench: Bench) -> None:
    """Write the .docx files that have changed, except over what a person edited or signed.

    Raises:
        UsageError: when the disk refuses.
    """
    bench.leave([draft for job in jobs for draft in _drafts_of(job, bench)])


def _drafts_of(job: DocumentJob, bench: Bench) -> Iterator[FileDraft]:
    """Yield the files to write for a document: its .docx, or copies from the archive."""
    job.is_signed = is_signed_pdf(bench.path(job.pdf))
    if job.archived is not None:
        yield from _archived_drafts(job, job.archived, bench)
    elif job.rendered is not None:
        data = job.rendered.docx
        if job.has_page_references:
            data = with_known_pages(data, bench.path(job.docx))
        if (draft := _rendered_draft(job, data, bench)) is not None:
            yield draft
        if not document_archive.has_signed_order(job.planned):
            job.rendered = None


def _rendered_draft(job: DocumentJob, data: bytes, bench: Bench) -> FileDraft | None:
    """Return the draft of a .docx if it may be written; set the hash of the PDF's source."""
    path = bench.path(job.docx)
    is_there = path.is_file()
    if is_there and path.read_bytes() == data:
        job.source_sha256 = hashlib.sha256(data).hexdigest()
        return None
    if is_there and (job.is_signed or bench.verdict(job.docx) is Verdict.SIGNED):
        job.problems.append(_signed_problem(job, bench))
        job.source_sha256 = file_digest(path)
        return None
    if not bench.may_overwrite(job.docx):
        _keep_edited(job.docx, job, bench, moved_since(job.key, job.rendered, bench))
        job.source_sha256 = file_digest(path)
        return None
    draft = bench.draft(job.docx, data, is_private=job.planned.is_private)
    job.source_sha256 = draft.sha256
    job.is_written = True
    return draft


def _archived_drafts(
    job: DocumentJob, archived: document_archive.ArchivedDocument, bench: Bench
) -> Iterator[FileDraft]:
    """Yield copies of archived files, but not over one that a person signed or edited."""
    for source, name in ((archived.docx, job.docx), (archived.pdf, job.pdf)):
        if source is None or (name == job.pdf and job.is_signed):
            continue
        data = source.read_bytes()
        if bench.is_there(name) and bench.path(name).read_bytes() == data:
            sha256 = hashlib.sha256(data).hexdigest()
        elif bench.verdict(name) is Verdict.SIGNED:
            _keep_edited(name, job, bench)
            sha256 = file_digest(bench.path(name))
        else:
            if not bench.may_overwrite(name):
                job.problems.append(put_back_problem(name, source, job.planned.title, bench))
            draft = bench.draft(name, data, is_private=job.planned.is_private)
            sha256 = draft.sha256
            job.is_written = True
            yield draft
        if name == job.docx or not job.source_sha256:
            job.source_sha256 = sha256


def _signed_problem(job: DocumentJob, store: OutputStore) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(store.path(job.docx))),
        f"PDF документа «{job.planned.title}» подписан электронной подписью и остаётся прежним, а "
        "реестры или шаблон теперь дают другой текст; если он верен, оформите изменение новым "
        "документом",
    )


def _keep_edited(
    name: str, job: DocumentJob, store: OutputStore, moved: Sequence[str] = ()
) -> None:
    job.edited.add(name)
    job.problems.append(edited_problem(name, store, moved))


# --- PDF -------------------------------------------------------------------------------------


def needs_pdf(job: DocumentJob, store: OutputStore) -> bool:
    """Return whether the document must go through LibreOffice; keep a PDF that was edited."""
    if job.is_signed or not job.source_sha256:
        return False
    if job.archived is not None and job.archived.pdf is not None:
        return False
    if job.archived is not None and (hazard := package_hazard(store.path(job.docx))):
        job.problems.append(hazard_problem(job.docx, hazard, store))
        return False
    if not store.is_there(job.pdf) or {job.docx, job.pdf} & store.redo:
        return True
    if store.is_changed(job.pdf):
        _keep_edited(job.pdf, job, store)
        return False
    stamp = store.ledger.outputs.get(job.pdf)
    entry = store.ledger.documents.get(job.key)
    if stamp is None or entry is None or entry.pdf != job.pdf:
        return True
    if not is_untouched(store.path(job.pdf), stamp):
        return True
    return entry.source_sha256 != job.source_sha256 or entry.tools != store.tools


def send(job: DocumentJob, bench: Bench, press: Press) -> None:
    """Hand a document to LibreOffice; ``collect`` takes its PDF in."""
    target = bench.stage_path(".pdf")
    job.printing = press.submit(plain_form(job.planned, job.docx, bench), target, job.planned.title)
    job.layouts += 1


def collect(jobs: Sequence[DocumentJob], bench: Bench, press: Press | None) -> None:
    """Put finished PDFs into their places, and into the ledger, so that a killed build goes on.

    A document whose pages are other than it says goes to the ``press`` again.

    Raises:
        UsageError: when the disk refuses.
    """
    finished = [pair for job in jobs if (pair := _finished(job, bench)) is not None]
    if press is not None:
        finished = [(job, made) for job, made in finished if _is_counted(job, made, bench, press)]
    if not finished:
        return
    bench.leave(
        [
            bench.draft_of(
                job.pdf, made.path, is_private=job.planned.is_private, sha256=made.sha256
            )
            for job, made in finished
        ]
    )
    for job, made in finished:
        if job.docx not in job.edited:
            bench.take_as_ours(job.docx, job.source_sha256)
        bench.ledger.documents[job.key] = to_entry(job, bench, has_pdf=True)
        bench.prints[job.pdf] = made.prints
        # Its numbers are known; the file is at its place.
        job.printed = replace(made, path=bench.path(job.pdf))
    bench.note()


def _finished(job: DocumentJob, store: OutputStore) -> tuple[DocumentJob, FinishedPdf] | None:
    """Return a job with its PDF once LibreOffice has made it; record a failure as a problem."""
    if job.printing is None or not job.printing.done():
        return None
    outcome = job.printing.result()
    job.printing = None
    if isinstance(outcome, Problem):
        # What is said of LibreOffice itself has no place, and is said once.
        where = Location(file=str(store.path(job.docx))) if outcome.where.file else Location()
        job.problems.append(Problem(outcome.code, where, outcome.message))
        return None
    job.is_written = True
    return job, outcome


def _is_counted(job: DocumentJob, made: FinishedPdf, bench: Bench, press: Press) -> bool:
    """Whether a document says on which pages its own places are; if not, correct and lay it out."""
    if not job.has_page_references or job.archived is not None or job.docx in job.edited:
        return True
    data = bench.path(job.docx).read_bytes()
    path = bench.path(job.docx)
    right = with_right_pages(data, made.places, job.layouts, path, pages=made.pages)
    if isinstance(right, Problem):
        job.problems.append(right)
        return False
    if right == data:
        return True
    draft = bench.draft(job.docx, right, is_private=job.planned.is_private)
    job.source_sha256 = draft.sha256
    bench.leave([draft])
    send(job, bench, press)
    press.flush()
    return False


# --- what is kept ----------------------------------------------------------------------------


def to_made(job: DocumentJob, store: OutputStore, *, has_pdf: bool) -> MadeDocument:
    """Return the document as manifest and packets need it.

    One whose PDF a person has changed so that it cannot be read has none, and a problem of its job
    says so.
    """
    kind = job.planned.kind
    try:
        count, signatures = _signatures(job, store, has_pdf=has_pdf)
    except pages.BrokenPdfError:
        job.problems.append(unreadable_problem(job.pdf, store))
        has_pdf = False
        count, signatures = _signatures(job, store, has_pdf=has_pdf)
    return MadeDocument(
        key=job.key,
        kind=kind.name,
        family=kind.family,
        title=job.archived.title if job.archived else job.planned.title,
        docx=None if job.is_scan else job.docx,
        pdf=job.pdf if has_pdf else None,
        pages=count,
        catalogue=kind.catalogue,
        signatures=signatures,
        is_private=job.planned.is_private,
        is_frozen=job.archived is not None,
        retention=retention_of(kind, job.planned.order),
        year=job.planned.year,
    )


def _signatures(
    job: DocumentJob, store: OutputStore, *, has_pdf: bool
) -> tuple[int, tuple[Signer, ...]]:
    """Return the PDF's number of pages and places of signature, from the ledger if it has them."""
    signers = job.archived.signers if job.archived else job.signers
    entry = store.ledger.documents.get(job.key)
    if not has_pdf:
        return 0, place_signers(signers, {}, list)
    is_known = entry is not None and _is_known(entry, job, store)
    if entry is not None and is_known and len(signers) == len(entry.signatures):
        known = zip(signers, entry.signatures, strict=True)
        return entry.pages, tuple(
            Signer(one.role, one.name, *at[1:], number=one.number) for one, at in known
        )
    path = store.path(job.pdf)
    seen = job.printed
    count, places = (
        (seen.pages, seen.places)
        if seen is not None
        else (pages.page_count(path), pages.named_places(path) if signers else {})
    )
    return count, place_signers(signers, places, lambda: pages.text_of(path))


def _is_known(entry: LedgerEntry, job: DocumentJob, store: OutputStore) -> bool:
    """Whether the ledger describes the inside of this very PDF."""
    if not entry.pages or entry.pdf != job.pdf or job.printed is not None:
        return False
    return is_untouched(store.path(job.pdf), store.ledger.outputs.get(job.pdf))


def to_entry(
    job: DocumentJob, store: OutputStore, *, has_pdf: bool, made: MadeDocument | None = None
) -> LedgerEntry:
    """Return what the ledger keeps of the document."""
    reads = job.reads
    if not job.is_rendered and job.archived is not None:
        kept = job.archived.reads
        values = {
            key: ReadCell(Location(file=place), value) for key, (place, value) in kept.items()
        }
        reads = pack(store.ledger.hashed(values))
    before = store.ledger.documents.get(job.key)
    if job.docx in job.edited and job.archived is None and before is not None:
        # A person's version is of the registers as they were when docgen made it.
        reads = before.reads
    # Without LibreOffice the PDF is what an earlier build made it from, not what is there now.
    source = job.source_sha256 if has_pdf or before is None else before.source_sha256
    signatures = made.signatures if made is not None and has_pdf else ()
    return LedgerEntry(
        docx=job.docx,
        pdf=job.pdf,
        docx_sha256=job.source_sha256,
        source_sha256=source,
        template=job.planned.kind.name,
        tools=store.tools if has_pdf or before is None else before.tools,
        reads=reads,
        state=job.planned.state,
        pages=made.pages if made is not None else 0,
        signatures=tuple((one.role, one.page, one.x, one.y) for one in signatures),
    )
