"""Documents on disk: written when they changed, converted when they must, never over a person's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen import pages
from docgen.build import frozen
from docgen.build.rendering import Rendered
from docgen.build.signing import placed
from docgen.errors import Location, Problem, warning
from docgen.files import atomic_write, digest, safe_name, unique_names
from docgen.ledger import Entry, Ledger, is_pending, is_untouched, write_ledger
from docgen.model import MadeDocument, PlannedDocument, Read
from docgen.pdf import Converter

DOCUMENTS, PDFS = "documents", "pdf"
_SIGNATURE_MARK = b"/ByteRange"
_SIGNATURE_SUFFIXES = (".sig", ".sgn", ".p7s")


@dataclass(slots=True)
class Job:
    """One document on its way: where it goes, what is there already, what is to be done.

    ``edited`` names the files of it that a person has changed.
    """

    plan: PlannedDocument
    docx: str
    pdf: str
    rendered: Rendered | None = None
    frozen: frozen.Frozen | None = None
    is_signed: bool = False
    is_written: bool = False
    edited: set[str] = field(default_factory=set)
    source_sha256: str = ""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Room:
    """An output folder with its ledger, and how documents become PDFs.

    ``redo`` names the outputs whose edits are to be dropped.
    """

    output: Path
    workspace: Path
    ledger: Ledger
    converter: Converter | None
    tools: str
    redo: frozenset[str] = frozenset()


def name_jobs(plans: Sequence[PlannedDocument]) -> list[Job]:
    """Return a job for each planned document, with file names safe and unique."""
    names = unique_names(
        ["/".join(safe_name(part) for part in plan.output.split("/")) for plan in plans], ".docx"
    )
    return [
        Job(plan, f"{DOCUMENTS}/{name}.docx", f"{PDFS}/{name}.pdf")
        for plan, name in zip(plans, names, strict=True)
    ]


def is_signed_pdf(path: Path) -> bool:
    """Return whether a PDF carries a signature, or one lies beside it."""
    if not path.is_file():
        return False
    beside = any(path.with_name(path.name + suffix).exists() for suffix in _SIGNATURE_SUFFIXES)
    return beside or _SIGNATURE_MARK in path.read_bytes()


def is_edited(name: str, room: Room) -> bool:
    """Return whether a person has changed an output since docgen left it."""
    ledger, path = room.ledger, room.output / name
    if not path.is_file() or name in room.redo:
        return False
    is_ours = name not in ledger.edited and is_untouched(path, ledger.outputs.get(name))
    return not is_ours and not is_pending(ledger, name, path)


# --- .docx -----------------------------------------------------------------------------------


def write_docx(job: Job, room: Room) -> None:
    """Leave the document's .docx, unless a person edited or signed what is there."""
    path = room.output / job.docx
    job.is_signed = is_signed_pdf(room.output / job.pdf)
    if job.frozen is not None:
        _copy_frozen(job.frozen, job, room)
    elif job.rendered is None:
        return
    elif not path.is_file():
        _write(path, job.rendered.docx, job)
    elif path.read_bytes() != job.rendered.docx:
        if job.is_signed:
            job.problems.append(_signed(path, job.plan.title))
        elif is_edited(job.docx, room):
            _keep_edited(job.docx, job, room)
        else:
            _write(path, job.rendered.docx, job)
    job.source_sha256 = digest(path)


def _write(path: Path, data: bytes, job: Job) -> None:
    atomic_write(path, data)
    job.is_written = True


def _signed(path: Path, title: str) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(path)),
        f"PDF документа «{title}» подписан электронной подписью и остаётся прежним, а реестры или "
        "шаблон теперь дают другой текст; если он верен, оформите изменение новым документом",
    )


def _keep_edited(name: str, job: Job, room: Room) -> None:
    job.edited.add(name)
    job.problems.append(edited_problem(room.output / name))


def edited_problem(path: Path) -> Problem:
    """Return the warning that a person's version of an output is kept."""
    message = (
        f"файл исправлен вручную и оставлен как есть; чтобы собрать его заново, запустите: "
        f'docgen build --redo "{path.name}"'
    )
    return warning("edited-output", Location(file=str(path)), message)


def _copy_frozen(paper: frozen.Frozen, job: Job, room: Room) -> None:
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


def needs_pdf(job: Job, room: Room) -> bool:
    """Return whether the document must go through LibreOffice; keep a PDF that was edited."""
    if room.converter is None or job.is_signed or not job.source_sha256:
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


def convert(jobs: Sequence[Job], room: Room) -> None:
    """Make the PDFs of these documents; what fails keeps its problem."""
    if not jobs or room.converter is None:
        return
    with tempfile.TemporaryDirectory(prefix=".docgen-", suffix=".tmp", dir=room.output) as name:
        folder = Path(name)
        staged: dict[Path, Job] = {}
        for number, job in enumerate(jobs):
            source = folder / f"{number:06}.docx"
            shutil.copyfile(room.output / job.docx, source)
            staged[source] = job
        titles = {source: job.plan.title for source, job in staged.items()}
        results = room.converter.convert(list(staged), folder, titles=titles)
        made = {}
        for source, job in staged.items():
            outcome = results[source]
            if isinstance(outcome, Problem):
                where = Location(file=str(room.output / job.docx))
                job.problems.append(Problem(outcome.code, where, outcome.message))
            else:
                made[job.pdf] = outcome
                job.is_written = True
        put_in_place(made, room)


def put_in_place(made: dict[str, Path], room: Room) -> None:
    """Move finished files to their names, having noted first what is about to be written.

    A build that is killed half way has left its own files, not a person's.
    """
    room.ledger.pending |= {name: digest(path) for name, path in made.items()}
    write_ledger(room.output, room.ledger)
    for name, path in made.items():
        target = room.output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


# --- what is kept ----------------------------------------------------------------------------


def freeze(job: Job, room: Room) -> None:
    """Keep a signed paper's files in the archive, once; its PDF as soon as there is one."""
    pdf = room.output / job.pdf
    has_pdf = room.converter is not None and pdf.is_file()
    if job.frozen is not None:
        if has_pdf and job.frozen.pdf is None:
            job.frozen = frozen.add_pdf(job.frozen, pdf)
    elif job.rendered is not None and frozen.is_frozen_state(job.plan):
        output = job.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx")
        files = (room.output / job.docx, pdf if has_pdf else None)
        job.frozen = frozen.archive(job.rendered, files, room.workspace, output)


def to_made(job: Job, room: Room, *, has_pdf: bool) -> MadeDocument:
    """Return the document as the manifest and the sets know it."""
    texts = pages.text_of(room.output / job.pdf) if has_pdf else []
    signers = job.frozen.signers if job.frozen else (job.rendered.signers if job.rendered else ())
    kind = job.plan.kind
    return MadeDocument(
        key=job.plan.key,
        kind=kind.name,
        family=kind.family,
        title=job.frozen.title if job.frozen else job.plan.title,
        docx=job.docx,
        pdf=job.pdf if has_pdf else None,
        pages=len(texts),
        catalogue=kind.catalogue,
        signatures=placed(signers, texts),
    )


def to_entry(job: Job, room: Room, *, has_pdf: bool) -> Entry:
    """Return what the ledger keeps of the document."""
    if job.rendered is not None:
        reads = room.ledger.hashed(job.rendered.reads)
    else:
        kept = job.frozen.reads if job.frozen else {}
        told = {key: Read(Location(file=place), value) for key, (place, value) in kept.items()}
        reads = room.ledger.hashed(told)
    before = room.ledger.documents.get(job.plan.key)
    # Without LibreOffice the PDF is what an earlier build made it from, not what is there now.
    source = job.source_sha256 if has_pdf or before is None else before.source_sha256
    return Entry(
        docx=job.docx,
        pdf=job.pdf,
        docx_sha256=digest(room.output / job.docx),
        source_sha256=source,
        template=job.plan.kind.name,
        tools=room.tools if has_pdf or before is None else before.tools,
        reads=reads,
        state=job.plan.state,
    )


def remove_stale(room: Room, names: Iterable[str]) -> list[Problem]:
    """Remove outputs that no plan asks for any more; what a person changed or signed stays."""
    problems = []
    for name in names:
        path = room.output / name
        if not path.is_file():
            continue
        if is_signed_pdf(path) or is_edited(name, room):
            problems.append(_left(path))
            continue
        path.unlink()
        _drop_empty(path.parent, room.output)
    return problems


def _drop_empty(folder: Path, output: Path) -> None:
    while folder not in (output, output / DOCUMENTS, output / PDFS) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _left(path: Path) -> Problem:
    return warning(
        "edited-output",
        Location(file=str(path)),
        "этого документа больше нет в реестре, но файл изменён вручную или подписан и оставлен; "
        "если он не нужен, удалите его сами",
    )
