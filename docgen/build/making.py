"""Documents on disk: written when they changed, converted when they must, never over a person's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen import pages
from docgen.build import frozen
from docgen.build.rendering import Rendered
from docgen.errors import Location, Problem, warning
from docgen.files import atomic_write, digest, safe_name, unique_names
from docgen.ledger import Entry, Ledger, Stamp, is_pending, is_untouched, stamp_output
from docgen.model import MadeDocument, PlannedDocument, Signer
from docgen.pdf import Converter

DOCUMENTS, PDFS = "documents", "pdf"
_SIGNATURE_MARKS = (b"/ByteRange", b"/Type/Sig", b"/Type /Sig")


@dataclass(slots=True)
class Job:
    """One document on its way: where it goes, what is there already, what is to be done."""

    plan: PlannedDocument
    docx: str
    pdf: str
    rendered: Rendered | None = None
    is_edited: bool = False
    is_signed: bool = False
    is_converted: bool = False
    frozen: frozen.Frozen | None = None
    source_sha256: str = ""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Room:
    """An output folder with its ledger, and how documents become PDFs."""

    output: Path
    workspace: Path
    ledger: Ledger
    converter: Converter | None
    tools: str
    redo: frozenset[str] = frozenset()


def name_jobs(plans: Sequence[PlannedDocument]) -> list[Job]:
    """Return a job for each planned document, with file names safe and unique."""
    names = unique_names(
        ["/".join(safe_name(part) for part in plan.output.split("/")) for plan in plans]
    )
    return [
        Job(plan, f"{DOCUMENTS}/{name}.docx", f"{PDFS}/{name}.pdf")
        for plan, name in zip(plans, names, strict=True)
    ]


def is_signed_pdf(path: Path) -> bool:
    """Return whether a PDF carries a signature, or one lies beside it."""
    if not path.is_file():
        return False
    beside = any(path.with_name(path.name + suffix).exists() for suffix in (".sig", ".sgn", ".p7s"))
    return beside or _SIGNATURE_MARKS[0] in path.read_bytes()


def write_docx(job: Job, room: Room) -> None:
    """Leave the document's .docx, unless a person edited or signed what is there."""
    path = room.output / job.docx
    job.is_signed = is_signed_pdf(room.output / job.pdf)
    if job.frozen is not None:
        _copy_frozen(job, room)
        return
    if job.rendered is None:
        return
    known = room.ledger.outputs.get(job.docx)
    is_ours = job.docx not in room.ledger.edited and is_untouched(path, known)
    is_ours = is_ours or is_pending(room.ledger, job.docx, path)
    if path.is_file() and not is_ours and job.docx not in room.redo:
        job.is_edited = not frozen.same_bytes(path, job.rendered.docx)
    if job.is_edited or job.is_signed:
        if job.is_edited:
            job.problems.append(_edited(path, job))
        job.source_sha256 = digest(path)
        return
    if not frozen.same_bytes(path, job.rendered.docx):
        atomic_write(path, job.rendered.docx)
    job.source_sha256 = digest(path)


def _edited(path: Path, job: Job) -> Problem:
    return warning(
        "edited-output",
        Location(file=str(path)),
        f"«{job.plan.title}» исправлен вручную и оставлен как есть; чтобы собрать заново, "
        f"запустите docgen build --redo «{path.name}»",
    )


def _copy_frozen(job: Job, room: Room) -> None:
    if job.frozen is None:
        return
    for source, name in ((job.frozen.docx, job.docx), (job.frozen.pdf, job.pdf)):
        target = room.output / name
        if not (target.is_file() and target.read_bytes() == source.read_bytes()):
            atomic_write(target, source.read_bytes())
    job.is_converted = True
    job.source_sha256 = digest(room.output / job.docx)


def needs_pdf(job: Job, room: Room) -> bool:
    """Return whether the document must go through LibreOffice."""
    if job.frozen is not None or job.is_signed or room.converter is None:
        return False
    if not job.source_sha256:
        return False
    entry = room.ledger.documents.get(job.plan.key)
    path = room.output / job.pdf
    if job.docx in room.redo or entry is None or entry.pdf != job.pdf or not path.is_file():
        return True
    return entry.source_sha256 != job.source_sha256 or entry.tools != room.tools


def convert(jobs: Sequence[Job], room: Room) -> None:
    """Make the PDFs of these documents; what fails keeps its problem."""
    if not jobs or room.converter is None:
        return
    with tempfile.TemporaryDirectory(prefix=".docgen-", dir=room.output) as name:
        folder = Path(name)
        staged: dict[Path, Job] = {}
        for number, job in enumerate(jobs):
            source = folder / f"{number:06}.docx"
            shutil.copyfile(room.output / job.docx, source)
            staged[source] = job
        titles = {source: job.plan.title for source, job in staged.items()}
        results = room.converter.convert(list(staged), folder, titles=titles)
        for source, job in staged.items():
            _take(results[source], job, room)


def _take(result: Path | Problem, job: Job, room: Room) -> None:
    if isinstance(result, Problem):
        where = Location(file=str(room.output / job.docx))
        job.problems.append(Problem(result.code, where, result.message))
        return
    target = room.output / job.pdf
    target.parent.mkdir(parents=True, exist_ok=True)
    result.replace(target)
    job.is_converted = True


def freeze(job: Job, room: Room) -> None:
    """Keep a signed paper's files in the archive, once."""
    if job.frozen is not None or job.rendered is None or not frozen.is_frozen_state(job.plan):
        return
    docx, pdf = room.output / job.docx, room.output / job.pdf
    if docx.is_file() and pdf.is_file():
        output = job.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx")
        job.frozen = frozen.archive(
            job.rendered, docx.read_bytes(), pdf.read_bytes(), room.workspace, output
        )


def to_made(job: Job, room: Room, *, has_pdf: bool) -> MadeDocument:
    """Return the document as the manifest and the sets know it."""
    count = pages.page_count(room.output / job.pdf) if has_pdf else 0
    signers = job.frozen.signers if job.frozen else (job.rendered.signers if job.rendered else ())
    kind = job.plan.kind
    return MadeDocument(
        key=job.plan.key,
        kind=kind.name,
        family=kind.family,
        title=job.plan.title,
        docx=job.docx,
        pdf=job.pdf if has_pdf else None,
        pages=count,
        catalogue=kind.catalogue,
        signatures=tuple(Signer(role, name, max(count, 1)) for role, name in signers),
    )


def to_entry(job: Job, room: Room) -> Entry:
    """Return what the ledger keeps of the document."""
    reads = room.ledger.hashed(job.rendered.reads) if job.rendered else {}
    return Entry(
        docx=job.docx,
        pdf=job.pdf,
        docx_sha256=digest(room.output / job.docx),
        source_sha256=job.source_sha256,
        template=job.plan.kind.name,
        tools=room.tools,
        reads=reads,
        state=job.plan.state,
    )


def remove_stale(ledger: Ledger, kept: Iterable[str], output: Path) -> list[Problem]:
    """Remove outputs that no plan asks for any more; what a person changed or signed stays."""
    problems = []
    wanted = set(kept)
    for name, stamp in ledger.outputs.items():
        path = output / name
        if name in wanted or not path.is_file():
            continue
        if is_signed_pdf(path) or name in ledger.edited or not is_untouched(path, stamp):
            problems.append(_left(path))
            continue
        path.unlink()
    return problems


def _left(path: Path) -> Problem:
    return warning(
        "edited-output",
        Location(file=str(path)),
        "этого документа больше нет в реестре, но файл изменён вручную или подписан и оставлен",
    )


def stamp_all(names: Iterable[str], output: Path) -> dict[str, Stamp]:
    """Return size, time and hash of finished outputs by their names."""
    return {name: stamp_output(output / name) for name in names if (output / name).is_file()}


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, of how many."""
