"""Documents on disk: written when they changed, converted when they must, never over a person's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import pages
from docgen.errors import Location, Problem, warning
from docgen.files import (
    atomic_write,
    file_digest,
    file_mode,
    move_drafts,
    safe_name,
    set_rights,
    unique_names,
    write_draft,
)
from docgen.model import Expected, MadeDocument, PlannedDocument, Read, Signer
from docgen.pdf import Press, PrintedPdf, Result
from docgen.pipeline.output import paper_archive
from docgen.pipeline.output.ledger import (
    FileStamp,
    Ledger,
    LedgerEntry,
    is_pending,
    is_untouched,
    pack,
    stamp_output,
    write_ledger,
)
from docgen.pipeline.output.places import BESIDE
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.workspace.render import Rendered
from docgen.pipeline.workspace.signature_places import placed

DOCUMENTS, PDFS = "documents", "pdf"


@dataclass(slots=True)
class DocumentJob:
    """One document on its way: where it goes, what is there already, what is to be done.

    ``rendered`` is let go of once the .docx is written, unless the paper is to be archived;
    ``signers`` and ``reads``, packed for the ledger, stay. ``edited`` names the files of it that a
    person has changed. ``printing`` is the PDF under way, ``printed`` what is known of it.
    """

    plan: PlannedDocument
    docx: str
    pdf: str
    rendered: Rendered | None = None
    draft: bytes = b""
    frozen: paper_archive.Frozen | None = None
    signers: tuple[Expected, ...] = ()
    reads: bytes = b""
    is_rendered: bool = False
    is_signed: bool = False
    is_written: bool = False
    edited: set[str] = field(default_factory=set)
    source_sha256: str = ""
    printing: Future[Result] | None = None
    printed: PrintedPdf | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Room:
    """An output folder with its ledger, and how documents become PDFs.

    PDFs are left in ``stage`` first, a folder that goes away in the end. ``redo`` names the
    outputs whose edits are to be dropped. ``prints`` are of the PDFs that this run has made.
    """

    output: Path
    workspace: Path
    ledger: Ledger
    press: Press | None
    tools: str
    stage: Path
    redo: frozenset[str] = frozenset()
    prints: dict[str, Sequence[pages.PagePrint]] = field(default_factory=dict)


def name_jobs(plans: Sequence[PlannedDocument]) -> list[DocumentJob]:
    """Return a job for each planned document, with file names safe and unique."""
    names = unique_names(
        ["/".join(safe_name(part) for part in plan.output.split("/")) for plan in plans], ".docx"
    )
    return [
        DocumentJob(plan, f"{DOCUMENTS}/{name}.docx", f"{PDFS}/{name}.pdf")
        for plan, name in zip(plans, names, strict=True)
    ]


def place_frozen(job: DocumentJob, signed: Mapping[str, paper_archive.Frozen]) -> None:
    """Let a job whose paper is archived have the archived paper and its file names."""
    job.frozen = signed.get(job.plan.key)
    if job.frozen is not None:
        job.docx = f"{DOCUMENTS}/{job.frozen.output}.docx"
        job.pdf = f"{PDFS}/{job.frozen.output}.pdf"


def is_edited(name: str, room: Room) -> bool:
    """Return whether a person has changed an output since docgen left it."""
    ledger, path = room.ledger, room.output / name
    if not path.is_file() or name in room.redo:
        return False
    is_ours = name not in ledger.edited and is_untouched(path, ledger.outputs.get(name))
    return not is_ours and not is_pending(ledger, name, path)


def is_ours(name: str, room: Room) -> bool:
    """Return whether an output is as docgen left it, and nobody asks for another."""
    if name in room.ledger.edited or name in room.redo:
        return False
    return is_untouched(room.output / name, room.ledger.outputs.get(name))


# --- .docx -----------------------------------------------------------------------------------


def take_rendered(job: DocumentJob, rendered: Rendered, room: Room) -> None:
    """Keep of a rendered document what later stages need."""
    job.rendered = rendered
    job.is_rendered = True
    job.signers = rendered.signers
    job.reads = pack(room.ledger.hashed(rendered.reads))


def write_docx(job: DocumentJob, room: Room) -> None:
    """Leave the document's .docx, unless a person edited or signed what is there."""
    path = room.output / job.docx
    job.is_signed = is_signed_pdf(room.output / job.pdf)
    if job.frozen is not None:
        _copy_frozen(job.frozen, job, room)
        job.source_sha256 = file_digest(path)
    elif job.rendered is not None:
        job.source_sha256 = _write_rendered(job.rendered.docx, path, job, room)
        if not paper_archive.is_frozen_state(job.plan):
            job.rendered = None


def _write_rendered(data: bytes, path: Path, job: DocumentJob, room: Room) -> str:
    """Leave the document if it may be left; return the hash of what lies there then."""
    is_there = path.is_file()
    if is_there and path.read_bytes() != data:
        if job.is_signed:
            job.problems.append(_signed(path, job.plan.title))
            return file_digest(path)
        if is_edited(job.docx, room):
            _keep_edited(job.docx, job, room)
            return file_digest(path)
        is_there = False
    if not is_there:
        job.draft = data
    return hashlib.sha256(data).hexdigest()


def place_drafts(jobs: Iterable[DocumentJob], room: Room) -> None:
    """Put the .docx files that have been rendered into their places."""
    drafts = {}
    for number, job in enumerate(jobs):
        if job.draft:
            mode = file_mode(is_private=job.plan.is_private)
            draft = write_draft(room.stage / f"{number:06}.docx", job.draft, mode=mode)
            drafts[draft] = room.output / job.docx
            job.draft = b""
            job.is_written = True
    move_drafts(drafts)


def _write(path: Path, data: bytes, job: DocumentJob) -> None:
    atomic_write(path, data, mode=file_mode(is_private=job.plan.is_private))
    job.is_written = True


def _signed(path: Path, title: str) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(path)),
        f"PDF документа «{title}» подписан электронной подписью и остаётся прежним, а реестры или "
        "шаблон теперь дают другой текст; если он верен, оформите изменение новым документом",
    )


def _keep_edited(name: str, job: DocumentJob, room: Room) -> None:
    job.edited.add(name)
    job.problems.append(edited_problem(room.output / name))


def edited_problem(path: Path) -> Problem:
    """Return the warning that a person's version of an output is kept."""
    # What lies beside papers has their names, so it is called with its folder.
    starts = (number for number, part in enumerate(path.parts) if part in BESIDE)
    inside = path.parts[next(starts, -1) :]
    command = " ".join(["docgen build", *filter(None, [BESIDE.get(inside[0])])])
    message = (
        f"файл исправлен вручную и оставлен как есть; чтобы собрать его заново, запустите: "
        f'{command} --redo "{"/".join(inside)}"'
    )
    return warning("edited-output", Location(file=str(path)), message)


def _copy_frozen(paper: paper_archive.Frozen, job: DocumentJob, room: Room) -> None:
    """Leave copies of the archived files, unless a person signed or edited the copy."""
    for source, name in ((paper.docx, job.docx), (paper.pdf, job.pdf)):
        if source is None or (name == job.pdf and job.is_signed):
            continue
        target, data = room.output / name, source.read_bytes()
        if target.is_file() and target.read_bytes() == data:
            continue
        if is_edited(name, room) and name in room.ledger.outputs:
            _keep_edited(name, job, room)
        else:
            _write(target, data, job)


# --- PDF -------------------------------------------------------------------------------------


def needs_pdf(job: DocumentJob, room: Room) -> bool:
    """Return whether the document must go through LibreOffice; keep a PDF that was edited."""
    if room.press is None or job.is_signed or not job.source_sha256:
        return False
    path = room.output / job.pdf
    if job.frozen is not None and job.frozen.pdf is not None:
        return False
    if not path.is_file() or {job.docx, job.pdf} & room.redo:
        return True
    stamp = room.ledger.outputs.get(job.pdf)
    if stamp is not None and is_edited(job.pdf, room):
        _keep_edited(job.pdf, job, room)
        return False
    entry = room.ledger.documents.get(job.plan.key)
    if stamp is None or entry is None or entry.pdf != job.pdf or not is_untouched(path, stamp):
        return True
    return entry.source_sha256 != job.source_sha256 or entry.tools != room.tools


def send(job: DocumentJob, number: int, room: Room) -> None:
    """Hand a document to LibreOffice; ``collect`` takes its PDF in."""
    if room.press is not None:
        target = room.stage / f"{number:06}.pdf"
        job.printing = room.press.submit(room.output / job.docx, target, job.plan.title)


def collect(jobs: Iterable[DocumentJob], room: Room) -> None:
    """Put finished PDFs into their places, and into the ledger, so that a killed build goes on.

    What is about to be written is noted first: a build that is killed half way has left its own
    files, not a person's.
    """
    taken = [pair for job in jobs if (pair := _taken(job, room)) is not None]
    made = {job.pdf: (job, printed) for job, printed in taken}
    if not made:
        return
    ledger = room.ledger
    hashes = {name: printed.sha256 for name, (_, printed) in made.items()}
    for name, sha256 in hashes.items():
        ledger.pending[name] = sha256
    write_ledger(room.output, ledger)
    move_drafts({printed.path: room.output / name for name, (_, printed) in made.items()})
    for name, (job, printed) in made.items():
        ledger.outputs[name] = _stamp(room.output / name, hashes[name])
        ledger.outputs[job.docx] = _stamp(room.output / job.docx, job.source_sha256)
        ledger.documents[job.plan.key] = to_entry(job, room, has_pdf=True)
        # Its numbers are known; the file is at its place.
        room.prints[name] = printed.prints
        job.printed = replace(printed, path=room.output / name)
    write_ledger(room.output, ledger)


def _taken(job: DocumentJob, room: Room) -> tuple[DocumentJob, PrintedPdf] | None:
    """Return a document whose PDF is there at last; keep why one is not."""
    if job.printing is None or not job.printing.done():
        return None
    outcome = job.printing.result()
    job.printing = None
    if isinstance(outcome, Problem):
        where = Location(file=str(room.output / job.docx))
        job.problems.append(Problem(outcome.code, where, outcome.message))
        return None
    job.is_written = True
    set_rights(outcome.path, file_mode(is_private=job.plan.is_private))
    return job, outcome


def _stamp(path: Path, sha256: str) -> FileStamp:
    stat = path.stat()
    return FileStamp(stat.st_size, stat.st_mtime_ns, sha256)


def stamp_of(name: str, room: Room) -> FileStamp:
    """Return the stamp of an output; its hash is taken again only when size or time differ."""
    path, known = room.output / name, room.ledger.outputs.get(name)
    if known is not None and known.sha256:
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns):
            return known
    return stamp_output(path)


# --- what is kept ----------------------------------------------------------------------------


def freeze(job: DocumentJob, room: Room) -> None:
    """Keep a signed paper's files in the archive, once; its PDF as soon as there is one."""
    pdf = room.output / job.pdf
    has_pdf = room.press is not None and pdf.is_file()
    if job.frozen is not None:
        if has_pdf and job.frozen.pdf is None:
            job.frozen = paper_archive.add_pdf(job.frozen, pdf)
    elif job.rendered is not None and paper_archive.is_frozen_state(job.plan):
        output = job.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx")
        files = (room.output / job.docx, pdf if has_pdf else None)
        job.frozen = paper_archive.archive(job.rendered, files, room.workspace, output)


def to_made(job: DocumentJob, room: Room, *, has_pdf: bool) -> MadeDocument:
    """Return the document as the manifest and the sets know it."""
    kind = job.plan.kind
    count, signatures = _signatures(job, room, has_pdf=has_pdf)
    return MadeDocument(
        key=job.plan.key,
        kind=kind.name,
        family=kind.family,
        title=job.frozen.title if job.frozen else job.plan.title,
        docx=job.docx,
        pdf=job.pdf if has_pdf else None,
        pages=count,
        catalogue=kind.catalogue,
        signatures=signatures,
        is_private=job.plan.is_private,
        is_frozen=job.frozen is not None,
        retention=kind.retention,
    )


def _signatures(job: DocumentJob, room: Room, *, has_pdf: bool) -> tuple[int, tuple[Signer, ...]]:
    """Return how many pages the PDF has and where it is signed; known numbers are not read anew."""
    signers = job.frozen.signers if job.frozen else job.signers
    entry = room.ledger.documents.get(job.plan.key)
    if not has_pdf:
        return 0, placed(signers, {}, list)
    if _is_known(entry, job, room) and entry is not None and len(signers) == len(entry.signatures):
        known = zip(signers, entry.signatures, strict=True)
        return entry.pages, tuple(
            Signer(one.role, one.name, *at[1:], number=one.number) for one, at in known
        )
    path = room.output / job.pdf
    seen = job.printed
    count, places = (
        (seen.pages, seen.places)
        if seen is not None
        else (pages.page_count(path), pages.named_places(path) if signers else {})
    )
    return count, placed(signers, places, lambda: pages.text_of(path))


def _is_known(entry: LedgerEntry | None, job: DocumentJob, room: Room) -> bool:
    """Whether the ledger tells of this very PDF how it looks inside."""
    if entry is None or not entry.pages or entry.pdf != job.pdf or job.printed is not None:
        return False
    return is_untouched(room.output / job.pdf, room.ledger.outputs.get(job.pdf))


def to_entry(
    job: DocumentJob, room: Room, *, has_pdf: bool, made: MadeDocument | None = None
) -> LedgerEntry:
    """Return what the ledger keeps of the document."""
    reads = job.reads
    if not job.is_rendered and job.frozen is not None:
        kept = job.frozen.reads
        told = {key: Read(Location(file=place), value) for key, (place, value) in kept.items()}
        reads = pack(room.ledger.hashed(told))
    before = room.ledger.documents.get(job.plan.key)
    # Without LibreOffice the PDF is what an earlier build made it from, not what is there now.
    source = job.source_sha256 if has_pdf or before is None else before.source_sha256
    signatures = made.signatures if made is not None and has_pdf else ()
    return LedgerEntry(
        docx=job.docx,
        pdf=job.pdf,
        docx_sha256=job.source_sha256,
        source_sha256=source,
        template=job.plan.kind.name,
        tools=room.tools if has_pdf or before is None else before.tools,
        reads=reads,
        state=job.plan.state,
        pages=made.pages if made is not None else 0,
        signatures=tuple((one.role, one.page, one.x, one.y) for one in signatures),
    )
