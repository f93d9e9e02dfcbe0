"""One build of one workspace, from ready records to files, in the order of the pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import ledger as ledgers
from docgen import plan as planning
from docgen.build import frozen, making
from docgen.build.manifest import MANIFEST, write_manifest
from docgen.build.rendering import Rendered, render
from docgen.build.sets import FOLDER, make_packets
from docgen.build.workspaces import Prepared
from docgen.errors import Problem
from docgen.files import safe_name, unique_names
from docgen.fonts import fonts_fingerprint
from docgen.model import MadeDocument, MadePacket, PlannedDocument, PlannedPacket
from docgen.pdf import Converter, Office

Progress = Callable[[str, int], None]
"""Called with what is being done and how many documents of it are to come."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for: a school year, one kind, blank forms of one kind, dropped edits."""

    year: str = ""
    only: str = ""
    blank: str = ""
    redo: tuple[Path, ...] = ()

    def wants(self, document: PlannedDocument) -> bool:
        """Return whether this run makes the document."""
        if self.blank:
            return document.is_blank_form and document.kind.name == self.blank
        return not self.only or document.kind.name == self.only

    @property
    def is_partial(self) -> bool:
        """Whether the run leaves other documents alone."""
        return bool(self.only or self.blank)


@dataclass(slots=True)
class Result:
    """What a build of one workspace left behind."""

    made: int = 0
    kept: int = 0
    left_out: int = 0
    packets: int = 0
    is_up_to_date: bool = False
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One build of one workspace under way."""

    prepared: Prepared
    room: making.Room
    wish: Wish
    office: Office | None
    progress: Progress
    result: Result = field(default_factory=Result)
    plan: planning.Plan = field(default_factory=planning.Plan)
    jobs: list[making.Job] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    packets: list[tuple[MadePacket, Path | None]] = field(default_factory=list)


def make_run(
    prepared: Prepared,
    output: Path,
    wish: Wish,
    converter: Converter | None,
    office: Office | None,
    progress: Progress,
) -> Run:
    """Return a build that has not begun."""
    room = making.Room(
        output,
        prepared.folders.workspace,
        ledgers.read_ledger(output),
        converter,
        tools_key(prepared, office),
        frozenset(_relative(path, output) for path in wish.redo),
    )
    return Run(prepared, room, wish, office, progress)


def run_all(run: Run) -> Result:
    """Make every document and set that is not up to date; return what became of them."""
    run.plan = make_plan(run.prepared, run.wish)
    run.result.left_out += run.plan.left_out
    run.result.problems += run.plan.problems
    run.jobs = making.name_jobs(run.plan.documents)
    archive = frozen.read_archive(run.room.workspace)
    frozen.check_whole(archive)
    run.progress("документы", len(run.jobs))
    for job in run.jobs:
        _render_job(job, run, archive)
    _write_all(run)
    wanted = [
        job for job in run.jobs if run.wish.wants(job.plan) and making.needs_pdf(job, run.room)
    ]
    run.progress("PDF", len(wanted))
    making.convert(wanted, run.room)
    for job in run.jobs:
        _finish(job, run)
    _make_sets(run)
    _leave(run)
    return run.result


def tools_key(prepared: Prepared, office: Office | None) -> str:
    """Return a hash of what turns a .docx into a PDF: LibreOffice and the fonts."""
    version = office.version if office else ""
    fonts = fonts_fingerprint(prepared.families)
    return hashlib.sha256(f"{version}|{fonts}".encode()).hexdigest()[:24]


def _relative(path: Path, output: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(output.resolve()):
        return resolved.relative_to(output.resolve()).as_posix()
    return path.as_posix()


def make_plan(prepared: Prepared, wish: Wish) -> planning.Plan:
    """Return what the registers ask for."""
    if prepared.workspace is None:
        return planning.Plan()
    return planning.plan_documents(
        prepared.workspace, prepared.kinds, year=wish.year, blank=wish.blank
    )


def _render_job(job: making.Job, run: Run, archive: dict[str, frozen.Frozen]) -> None:
    """Render a document; a signed one only to see whether registers still say the same."""
    if not run.wish.wants(job.plan):
        return
    job.frozen = archive.get(job.plan.key) if frozen.is_frozen_state(job.plan) else None
    outcome = render(job.plan, run.prepared)
    if job.frozen is not None:
        job.docx = f"{making.DOCUMENTS}/{job.frozen.output}.docx"
        job.pdf = f"{making.PDFS}/{job.frozen.output}.pdf"
        if isinstance(outcome, Rendered) and run.prepared.workspace is not None:
            run.result.problems += frozen.differences(
                job.frozen, outcome.reads, job.plan.kind, run.prepared.workspace
            )
    elif isinstance(outcome, Rendered):
        job.rendered = outcome
    else:
        run.result.problems += outcome
        run.result.left_out += 1


def _write_all(run: Run) -> None:
    """Write the .docx files, having noted first what is about to be written."""
    ledger = run.room.ledger
    ledger.is_complete = False
    ledger.pending = {
        job.docx: hashlib.sha256(job.rendered.docx).hexdigest() for job in run.jobs if job.rendered
    }
    ledgers.write_ledger(run.room.output, ledger)
    for job in run.jobs:
        if run.wish.wants(job.plan):
            making.write_docx(job, run.room)


def _finish(job: making.Job, run: Run) -> None:
    """Count a document in, put a signed one into the archive."""
    room, result = run.room, run.result
    result.problems += job.problems
    pdf_is_there = room.converter is not None and (room.output / job.pdf).is_file()
    if not run.wish.wants(job.plan):
        if job.plan.key in room.ledger.documents and (room.output / job.docx).is_file():
            run.made.append(making.to_made(job, room, has_pdf=pdf_is_there))
        return
    if job.rendered is None and job.frozen is None:
        return
    is_lost = room.converter is not None and not pdf_is_there
    if is_lost or any(problem.is_error for problem in job.problems):
        result.left_out += 1
        return
    if pdf_is_there:
        making.freeze(job, room)
    run.made.append(making.to_made(job, room, has_pdf=pdf_is_there))
    result.made += job.is_converted
    result.kept += not job.is_converted


def _make_sets(run: Run) -> None:
    """Make the sets whose documents have their PDFs."""
    if run.room.converter is None or run.prepared.workspace is None:
        return
    ready = {one.key for one in run.made if one.pdf}
    planned = planning.plan_packets(
        run.plan.documents, run.prepared.packets, run.prepared.workspace
    )
    complete = [one for item in planned if (one := _without_absent(item, ready)).documents]
    run.progress("комплекты", len(complete))
    names = unique_names([safe_name(one.name) for one in complete])
    run.packets, problems = make_packets(
        complete, run.made, names, run.prepared, run.room.output, run.room.converter
    )
    run.result.problems += problems
    run.result.packets = len(run.packets)


def _without_absent(planned: PlannedPacket, ready: set[str]) -> PlannedPacket:
    """Return the set without documents that were left out; a set per order needs them all."""
    there = tuple(key for key in planned.documents if key in ready)
    if planned.kind.per == "order" and len(there) < len(planned.documents):
        there = ()
    return replace(planned, documents=there)


def _leave(run: Run) -> None:
    """Remove what is no longer planned; write the manifest and the ledger."""
    room, ledger, output = run.room, run.room.ledger, run.room.output
    names = [name for one in run.made for name in (one.docx, one.pdf) if name]
    names += [one.pdf for one, _ in run.packets]
    names += [f"{FOLDER}/{control.name}" for _, control in run.packets if control]
    if not run.wish.is_partial:
        run.result.problems += making.remove_stale(ledger, names, output)
    versions = {"libreoffice": run.office.version if run.office else "", "tools": room.tools}
    write_manifest(output, run.made, [one for one, _ in run.packets], versions)
    keys = {one.key for one in run.made}
    fresh = {
        job.plan.key: making.to_entry(job, room)
        for job in run.jobs
        if job.plan.key in keys and run.wish.wants(job.plan)
    }
    ledger.documents = {key: one for key, one in ledger.documents.items() if key in keys} | fresh
    ledger.edited = frozenset(job.docx for job in run.jobs if job.is_edited)
    ledger.outputs = making.stamp_all([*names, MANIFEST], output)
    ledger.pending = {}
