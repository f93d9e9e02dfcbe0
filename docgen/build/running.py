"""One build of one workspace, from ready records to files, in the order of the pipeline."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen import ledger as ledgers
from docgen import plan as planning
from docgen.build import frozen, making
from docgen.build.changes import differences
from docgen.build.manifest import MANIFEST, read_manifest, write_manifest
from docgen.build.rendering import Rendered, render
from docgen.build.sets import EDITED, FOLDER, make_packets, put_packets
from docgen.build.workspaces import Prepared
from docgen.catalogue import suggestion
from docgen.errors import Location, Problem, UsageError
from docgen.fonts import fonts_fingerprint
from docgen.model import MadeDocument, MadePacket, PlannedDocument, PlannedPacket
from docgen.pdf import WAY, Converter, Office

Progress = Callable[[str, int], None]
"""Called with what is being done and how many documents of it are to come."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for: a school year, one kind, blank forms of one kind, dropped edits.

    ``day`` is the day on which terms are checked; documents never see it.
    """

    year: str = ""
    only: str = ""
    blank: str = ""
    redo: tuple[Path, ...] = ()
    day: dt.date | None = None

    def wants(self, document: PlannedDocument) -> bool:
        """Return whether this run makes the document."""
        if self.blank:
            return document.is_blank_form and document.kind.name == self.blank
        return not self.only or document.kind.name == self.only

    @property
    def is_partial(self) -> bool:
        """Whether the run leaves other documents of its school year alone."""
        return bool(self.only or self.blank)

    @property
    def is_selective(self) -> bool:
        """Whether papers that this run does not plan may still be wanted."""
        return bool(self.only or self.blank or self.year)


@dataclass(slots=True)
class Result:
    """What a build of one workspace left behind.

    ``broken_sets`` counts what went wrong with sets alone;
    ``silent_warnings`` counts what an earlier run said and one with nothing to do does not repeat.
    """

    made: int = 0
    kept: int = 0
    left_out: int = 0
    packets: int = 0
    broken_sets: int = 0
    is_up_to_date: bool = False
    silent_warnings: int = 0
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
    packets: list[MadePacket] = field(default_factory=list)
    packet_files: dict[str, set[str]] = field(default_factory=dict)

    @property
    def wanted(self) -> list[making.Job]:
        """The documents that this run is asked for."""
        return [job for job in self.jobs if self.wish.wants(job.plan)]

    @property
    def is_whole(self) -> bool:
        """Whether everything planned was made, so that what is not planned is no longer wanted."""
        return not self.wish.is_selective and not self.result.left_out


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
    """Make every document and set that is not up to date; return what became of them.

    Raises:
        UsageError: when the output or ``архив/`` cannot be written, or the archive is damaged.
    """
    run.plan = make_plan(run.prepared, run.wish)
    run.result.left_out += run.plan.left_out
    run.result.problems += run.plan.problems
    run.jobs = making.name_jobs(run.plan.documents)
    signed = _signed_papers(run)
    run.progress("документы", len(run.jobs))
    for job in run.jobs:
        _render_job(job, run, signed)
    if any(job.frozen is None and frozen.is_frozen_state(job.plan) for job in run.wanted):
        frozen.archive_folder(run.room.workspace)
    _write_all(run)
    to_convert = [job for job in run.wanted if making.needs_pdf(job, run.room)]
    run.progress("PDF", len(to_convert))
    making.convert(to_convert, run.room)
    for job in run.jobs:
        _finish(job, run)
    _make_sets(run)
    _leave(run)
    return run.result


def _signed_papers(run: Run) -> dict[str, frozen.Frozen]:
    """Return the archived paper of each planned one; tell of those that registers lost."""
    archive = frozen.read_archive(run.room.workspace)
    if run.is_whole and run.prepared.workspace is not None:
        run.result.problems += frozen.astray(run.plan.documents, archive, run.prepared.workspace)
    return frozen.claimed(run.plan.documents, archive)


def tools_key(prepared: Prepared, office: Office | None) -> str:
    """Return a hash of what turns a .docx into a PDF: LibreOffice, the fonts, the way."""
    version = office.version if office else ""
    fonts = fonts_fingerprint(prepared.families)
    return hashlib.sha256(f"{version}|{fonts}|{WAY}".encode()).hexdigest()[:24]


def _relative(path: Path, output: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(output.resolve()):
        return resolved.relative_to(output.resolve()).as_posix()
    return path.as_posix()


def make_plan(prepared: Prepared, wish: Wish) -> planning.Plan:
    """Return what the registers ask for.

    Raises:
        UsageError: when a kind is wished for that is not there.
    """
    if prepared.workspace is None:
        return planning.Plan()
    kinds = prepared.kinds
    for name in filter(None, (wish.only, wish.blank)):
        if name not in kinds:
            message = f"нет вида документа «{name}»{suggestion(name, kinds)}"
            raise UsageError([Problem("usage", Location(), message)])
    return planning.plan_documents(prepared.workspace, kinds, year=wish.year, blank=wish.blank)


def _render_job(job: making.Job, run: Run, signed: dict[str, frozen.Frozen]) -> None:
    """Render a document; a signed one only to see whether registers still say the same."""
    if not run.wish.wants(job.plan):
        return
    job.frozen = signed.get(job.plan.key)
    outcome = render(job.plan, run.prepared)
    if job.frozen is not None:
        job.docx = f"{making.DOCUMENTS}/{job.frozen.output}.docx"
        job.pdf = f"{making.PDFS}/{job.frozen.output}.pdf"
        if isinstance(outcome, Rendered) and run.prepared.workspace is not None:
            run.result.problems += differences(
                job.frozen, outcome.reads, job.plan.kind, run.prepared.workspace
            )
    elif isinstance(outcome, Rendered):
        job.rendered = outcome
    else:
        run.result.problems += outcome
        run.result.left_out += 1


def _write_all(run: Run) -> None:
    """Write the .docx files, having noted first what is about to be written."""
    room, ledger = run.room, run.room.ledger
    _adopt(room)
    ledger.is_complete = False
    ledger.pending = {
        job.docx: hashlib.sha256(job.rendered.docx).hexdigest() for job in run.jobs if job.rendered
    }
    ledgers.write_ledger(room.output, ledger)
    for job in run.wanted:
        making.write_docx(job, room)


def _adopt(room: making.Room) -> None:
    """Count what a killed build has written as docgen's own before its notes are replaced."""
    for name in room.ledger.pending:
        path = room.output / name
        if ledgers.is_pending(room.ledger, name, path):
            room.ledger.outputs[name] = ledgers.stamp_output(path)
            room.ledger.edited -= {name}


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
    making.freeze(job, room)
    run.made.append(making.to_made(job, room, has_pdf=pdf_is_there))
    result.made += job.is_written
    result.kept += not job.is_written


def _make_sets(run: Run) -> None:
    """Make the sets whose documents have their PDFs."""
    room, workspace = run.room, run.prepared.workspace
    if room.converter is None or workspace is None:
        return
    ready = {one.key for one in run.made if one.pdf}
    planned = planning.plan_packets(run.plan.documents, run.prepared.packets, workspace)
    complete = [one for item in planned if (one := without_absent(item, ready)).documents]
    run.progress("комплекты", len(complete))
    made, problems = make_packets(complete, run.made, run.prepared, room.output, room.converter)
    run.packets, run.packet_files, kept = put_packets(made, room)
    run.result.problems += [*problems, *kept]
    run.result.broken_sets += sum(problem.is_error for problem in problems)
    run.result.packets = len(run.packets)


def without_absent(planned: PlannedPacket, ready: set[str]) -> PlannedPacket:
    """Return the set without documents that were left out; a set per order needs them all."""
    there = tuple(key for key in planned.documents if key in ready)
    if planned.kind.per == "order" and len(there) < len(planned.documents):
        there = ()
    return replace(planned, documents=there)


def _leave(run: Run) -> None:
    """Remove what is no longer planned; write the manifest and the ledger."""
    room, ledger, output = run.room, run.room.ledger, run.room.output
    before = read_manifest(output)
    written = {name for name in _files_of(run) if (output / name).is_file()}
    known = set(ledger.outputs) | {name for job in run.jobs for name in (job.docx, job.pdf)}
    others = {name for name in known - written - {MANIFEST} if (output / name).is_file()}
    if run.is_whole:
        stale = sorted(others - _without_office(run))
        run.result.problems += making.remove_stale(room, stale)
        others = {name for name in others if (output / name).is_file()}
    kept = _kept_entries(run, before)
    versions = {"libreoffice": run.office.version if run.office else "", "tools": room.tools}
    write_manifest(output, run.made, run.packets, versions, kept)
    _remember(run, written, others & set(ledger.outputs))


def _files_of(run: Run) -> set[str]:
    """Return the files that this run has made or found to be as they should."""
    names = {name for files in run.packet_files.values() for name in files}
    made = {one.key for one in run.made}
    for job in run.wanted:
        if job.plan.key in made:
            names |= {job.docx, job.pdf} if run.room.converter else {job.docx}
    return names


def _without_office(run: Run) -> set[str]:
    """Return the PDFs and sets that a run without LibreOffice cannot judge, so leaves alone."""
    if run.room.converter is not None:
        return set()
    pdfs = {job.pdf for job in run.jobs}
    return pdfs | {name for name in run.room.ledger.outputs if name.startswith(f"{FOLDER}/")}


def _kept_entries(
    run: Run, before: dict[str, list[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """Return what a partial run leaves in the manifest: papers and sets that it did not plan."""
    if not run.wish.is_selective:
        return {"documents": [], "packets": []}
    planned = {job.plan.key for job in run.jobs} | {one.key for one in run.made}
    named = {one.name for one in run.packets}
    output = run.room.output
    return {
        "documents": [
            one
            for one in before["documents"]
            if one["key"] not in planned and (output / one["docx"]).is_file()
        ],
        "packets": [
            one
            for one in before["packets"]
            if one["name"] not in named and (output / one["pdf"]).is_file()
        ],
    }


def _remember(run: Run, written: set[str], others: set[str]) -> None:
    """Put into the ledger what this run did; of everything else it keeps what it knew."""
    room, ledger, output = run.room, run.room.ledger, run.room.output
    made = {one.key: one for one in run.made}
    fresh = {
        job.plan.key: making.to_entry(job, room, has_pdf=made[job.plan.key].pdf is not None)
        for job in run.wanted
        if job.plan.key in made
    }
    there = {key: one for key, one in ledger.documents.items() if one.docx in others or key in made}
    ledger.documents = there | fresh
    edited = {name for job in run.jobs for name in job.edited} | run.packet_files.get(EDITED, set())
    ledger.edited = frozenset((ledger.edited & others) | edited)
    stamps = {name: ledger.outputs[name] for name in others}
    for name in sorted({*written, MANIFEST}):
        stamps[name] = ledgers.stamp_output(output / name)
    ledger.outputs = stamps
    ledger.pending = {}
