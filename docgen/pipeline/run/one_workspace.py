"""One build of one workspace, from ready records to files, in the order of the pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen import plan as planning
from docgen.files import restrict_to_owner
from docgen.model import Purpose
from docgen.pdf import Office, Press, recipe
from docgen.pipeline.output import document_files, paper_archive
from docgen.pipeline.output import ledger as ledgers
from docgen.pipeline.output.archive_changes import differences
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.side_files import Beside, carry_over
from docgen.pipeline.products import locked_copies, originals, personnel
from docgen.pipeline.products.packet_files import make_sets
from docgen.pipeline.run.finish import leave
from docgen.pipeline.run.state import Result, Run
from docgen.pipeline.workspace.prepare import Prepared
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.wish import Wish, make_plan, without_absent

CHUNK = 100
"""How many documents are rendered and written before the ledger notes them."""
_FIRST_CHUNK = 12
"""The first few go sooner, so that LibreOffice has work, and twice as many each time."""
_MOMENT_S = 0.5


def make_run(
    prepared: Prepared,
    output: Path,
    stage: Path,
    wish: Wish,
    press: tuple[Press, Office] | None,
    progress: Progress,
) -> Run:
    """Return a build that has not begun; ``stage`` is a folder for files that are not finished."""
    office = press[1] if press else None
    room = document_files.Room(
        output,
        prepared.folders.workspace,
        ledgers.read_ledger(output),
        press[0] if press else None,
        recipe(office.version if office else "", prepared.families),
        stage,
        frozenset(_relative(path, output) for path in wish.redo),
    )
    return Run(prepared, room, wish, office, progress)


def begin(run: Run) -> None:
    """Render and write every document that is not up to date, and hand it to LibreOffice.

    Raises:
        UsageError: when the output or ``архив/`` cannot be written, or the archive is damaged.
    """
    run.plan = make_plan(run.prepared, run.wish)
    run.result.left_out += run.plan.left_out
    run.result.problems += run.plan.problems
    run.jobs = document_files.name_jobs(run.plan.documents)
    if any(job.plan.is_private for job in run.jobs):
        # Before the first paper lies there: no moment in which anybody else can look.
        restrict_to_owner(run.room.output)
    signed = _signed_papers(run)
    wanted = run.wanted
    if any(
        job.plan.key not in signed and paper_archive.is_frozen_state(job.plan) for job in wanted
    ):
        paper_archive.archive_folder(run.room.workspace)
    _adopt(run.room)
    run.room.ledger.is_complete = False
    run.progress.expect(run.prepared.name, len(wanted))
    first, size = 0, min(_FIRST_CHUNK, CHUNK)
    while first < len(wanted):
        _make_chunk(wanted[first : first + size], first, run, signed)
        document_files.collect(wanted[:first], run.room)
        first, size = first + size, min(2 * size, CHUNK)


def _make_chunk(
    jobs: Sequence[document_files.DocumentJob],
    first: int,
    run: Run,
    signed: dict[str, paper_archive.Frozen],
) -> None:
    """Render and write some documents, having noted first what is about to be written."""
    room = run.room
    for job in jobs:
        _render_job(job, run, signed)
    for job in jobs:
        if job.rendered is not None:
            room.ledger.pending[job.docx] = hashlib.sha256(job.rendered.docx).hexdigest()
    ledgers.write_ledger(room.output, room.ledger)
    for job in jobs:
        document_files.write_docx(job, room)
    document_files.place_drafts(jobs, room)
    for number, job in enumerate(jobs, start=first):
        if document_files.needs_pdf(job, room):
            document_files.send(job, number, room)
        else:
            run.progress.finish(run.prepared.name)


def is_printed(run: Run) -> bool:
    """Return whether nothing of this build is with LibreOffice any more."""
    return all(job.printing is None or job.printing.done() for job in run.jobs)


def complete(run: Run, retire: Callable[[], None]) -> Result:
    """Wait for the PDFs, make the sets, leave manifest and ledger; return what became of it all.

    ``retire`` is called once LibreOffice has nothing more to do for it.

    Raises:
        UsageError: when something cannot be written.
    """
    while waiting := {job.printing for job in run.jobs if job.printing is not None}:
        wait(waiting, timeout=_MOMENT_S)
        document_files.collect(run.jobs, run.room)
    for job in run.jobs:
        _finish(job, run)
    _make_sets(run)
    before = read_manifest(run.room.output)["documents"]
    _make_originals(run, before)
    _make_personnel(run, before)
    _make_copies(run)
    retire()
    leave(run)
    return run.result


def _signed_papers(run: Run) -> dict[str, paper_archive.Frozen]:
    """Return the archived paper of each planned one; tell of those that registers lost."""
    archive = paper_archive.read_archive(run.room.workspace)
    if run.is_whole and run.prepared.workspace is not None:
        run.result.problems += paper_archive.astray(
            run.plan.documents, archive, run.prepared.workspace
        )
    return paper_archive.claimed(run.plan.documents, archive)


def _relative(path: Path, output: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(output.resolve()):
        return resolved.relative_to(output.resolve()).as_posix()
    return path.as_posix()


def _render_job(
    job: document_files.DocumentJob, run: Run, signed: dict[str, paper_archive.Frozen]
) -> None:
    """Render a document; a signed one only to see whether registers still say the same."""
    document_files.place_frozen(job, signed)
    outcome = render(job.plan, run.prepared)
    if job.frozen is not None:
        if isinstance(outcome, Rendered) and run.prepared.workspace is not None:
            run.result.problems += differences(
                job.frozen, outcome.reads, job.plan.kind, run.prepared.workspace
            )
    elif isinstance(outcome, Rendered):
        document_files.take_rendered(job, outcome, run.room)
    else:
        run.result.problems += outcome
        run.result.left_out += 1


def _adopt(room: document_files.Room) -> None:
    """Count what a killed build has written as docgen's own before its notes are replaced."""
    for name in room.ledger.pending:
        path = room.output / name
        if ledgers.is_pending(room.ledger, name, path):
            room.ledger.outputs[name] = ledgers.stamp_output(path)
            room.ledger.edited -= {name}
    room.ledger.pending.become({})


def _finish(job: document_files.DocumentJob, run: Run) -> None:
    """Count a document in, put a signed one into the archive."""
    room, result = run.room, run.result
    result.problems += job.problems
    pdf_is_there = room.press is not None and (room.output / job.pdf).is_file()
    if not run.wish.wants(job.plan):
        if job.plan.key in room.ledger.documents and (room.output / job.docx).is_file():
            run.made.append(document_files.to_made(job, room, has_pdf=pdf_is_there))
        return
    if not job.is_rendered and job.frozen is None:
        return
    is_lost = room.press is not None and not pdf_is_there
    if is_lost or any(problem.is_error for problem in job.problems):
        result.left_out += 1
        return
    document_files.freeze(job, room)
    run.made.append(document_files.to_made(job, room, has_pdf=pdf_is_there))
    result.made += job.is_written
    result.kept += not job.is_written


def _make_sets(run: Run) -> None:
    """Make the sets whose documents have their PDFs."""
    room, workspace = run.room, run.prepared.workspace
    if room.press is None or workspace is None:
        return
    ready = {one.key for one in run.made if one.pdf}
    planned = planning.plan_packets(run.plan.documents, run.prepared.packets, workspace)
    complete = [one for item in planned if (one := without_absent(item, ready)).documents]
    run.progress.say(run.prepared.name, f"комплекты: {len(complete)}")
    sets = make_sets(complete, run.made, run.prepared, room)
    run.packets += sets.packets
    run.packet_files |= sets.files
    run.edited_files |= sets.edited
    run.result.problems += sets.problems
    run.result.problems += [
        document_files.edited_problem(room.output / name) for name in sorted(run.edited_files)
    ]
    run.result.broken_sets += sum(problem.is_error for problem in sets.problems)
    run.result.packets = len(run.packets)


def _make_originals(run: Run, before: Sequence[Mapping[str, Any]]) -> None:
    """Make the files to sign electronically, or keep of them what is signed."""
    room = run.room
    wanted = run.wanted if room.press is not None else []
    put = originals.put_originals if run.wish.has_fields else originals.keep_signed
    found = put(wanted, run.made, before, room)
    carry_over("original", run.unasked, before, found, room)
    run.made = [replace(one, original=found.made.get(one.key)) for one in run.made]
    _take_in(found, run)


def _make_personnel(run: Run, before: Sequence[Mapping[str, Any]]) -> None:
    """Make the papers for electronic personnel files, or keep of them what is settled."""
    room = run.room
    if run.wish.has_personnel and room.press is not None:
        run.progress.say(run.prepared.name, "PDF/A-1a для кадровой системы")
        found = personnel.put_personnel(run.wanted, run.made, before, room)
        run.result.personnel = len(found.made)
    else:
        found = personnel.keep_settled(run.wanted, run.made, before, room)
    carry_over("personnel", run.unasked, before, found, room)
    run.made = [replace(one, personnel=found.made.get(one.key)) for one in run.made]
    _take_in(found, run)


def _make_copies(run: Run) -> None:
    """Make copies with a password if there is one; remove those that are out of date."""
    wish, found = run.wish, locked_copies.Copies()
    papers = [one.pdf for one in run.made if one.pdf]
    if wish.password and wish.only:
        asked = {job.pdf for job in run.wanted if not job.plan.is_blank_form}
        found = locked_copies.put_copies(
            [name for name in papers if name in asked], wish.password, run.room
        )
    elif wish.password:
        sets = [one.pdf for one in run.packets if one.purpose != Purpose.PRINT]
        found = locked_copies.put_copies(sets, wish.password, run.room)
    if wish.password and not found.files and not found.problems:
        found.problems.append(locked_copies.nothing_to_copy(run.room.output))
    is_known = run.is_whole and run.room.press is not None
    wanted = frozenset([*papers, *(one.pdf for one in run.packets)])
    locked_copies.keep_current(found, wanted if is_known else None, run.room)
    run.made = [replace(one, encrypted=found.made.get(one.pdf or "")) for one in run.made]
    run.packets = [replace(one, encrypted=found.made.get(one.pdf)) for one in run.packets]
    run.result.copies = found.count
    _take_in(found, run)


def _take_in(found: Beside, run: Run) -> None:
    run.packet_files |= found.files
    run.edited_files |= found.edited
    run.result.problems += found.problems
    run.result.problems += [
        document_files.edited_problem(run.room.output / name) for name in sorted(found.edited)
    ]
