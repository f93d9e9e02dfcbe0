"""The build of one workspace, from ready records to files, in the order of the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from docgen import plan as planning
from docgen.archive import read_handed_out
from docgen.files import restrict_to_owner
from docgen.model import MadeDocument, Purpose
from docgen.pdf import Office, Press, recipe
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_view import unarchived_problems
from docgen.pipeline.output.closed_years import closed_years
from docgen.pipeline.output.counted_pages import uncounted_pages
from docgen.pipeline.output.document_files import (
    DocumentJob,
    collect,
    name_jobs,
    needs_pdf,
    send,
    take_archived,
    take_rendered,
    to_made,
    write_docx,
)
from docgen.pipeline.output.edited_files import edited_problem
from docgen.pipeline.output.held_sheets import moved_problems, outdated_problems
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.manifest import listed_hashes, read_manifest
from docgen.pipeline.output.side_files import SideFiles, carry_over
from docgen.pipeline.output.store import Bench
from docgen.pipeline.products import locked_copies, originals, personnel
from docgen.pipeline.products.copied_files import copied_files
from docgen.pipeline.products.letterhead_sheets import (
    LetterheadSheets,
    known_letterheads,
    make_letterhead_sheets,
)
from docgen.pipeline.products.packet_files import PacketContext, make_packets
from docgen.pipeline.products.paper_workbooks import make_paper_workbooks
from docgen.pipeline.run.finish import finish_output
from docgen.pipeline.run.signed_documents import (
    archive_signed,
    archived_documents,
    freeze,
    may_be_made,
    note_answers,
)
from docgen.pipeline.run.state import Result, Run
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.template_acts import act_warnings
from docgen.pipeline.workspace.wish import Wish, count_other_years, make_plan, without_absent
from docgen.wording import year_in_settings

CHUNK: Final = 100
"""How many documents are rendered and written before the ledger notes them."""
_FIRST_CHUNK: Final = 12
"""The first few go sooner, so that LibreOffice has work, and twice as many each time."""
_MOMENT_S: Final = 0.5

_Archived = Mapping[str, document_archive.ArchivedDocument]


def make_run(
    ready: Ready,
    output: Path,
    stage: Path,
    wish: Wish,
    press: tuple[Press, Office] | None,
    progress: Progress,
) -> Run:
    """Return a build that has not started; ``stage`` is a folder for unfinished files."""
    version = press[1].version if press else ""
    ledger = read_ledger(output)
    bench = Bench(
        output,
        ledger,
        recipe(version, ready.families),
        frozenset(_relative(path, output) for path in wish.redo),
        not ledger.outputs,
        {} if ledger.outputs else listed_hashes(output),
        stage=stage,
    )
    return Run(ready, bench, wish, press[0] if press else None, version, progress)


def begin(run: Run) -> None:
    """Render and write every document that is not up to date, and hand it to LibreOffice.

    Raises:
        UsageError: when the output or ``архив/`` cannot be written.
    """
    run.plan = make_plan(run.ready, run.wish)
    run.plan.documents = document_archive.without_covered(run.plan.documents, run.archive.documents)
    run.result.left_out += run.plan.left_out
    run.result.problems += run.plan.problems
    planned = frozenset(one.key for one in run.plan.documents)
    run.closed = closed_years(run.bench, year_in_settings(run.ready.workspace), planned)
    known = {*run.archive.documents, *(str(one["key"]) for one in run.closed.documents)}
    run.result.other_years += count_other_years(run.plan, run.wish, known)
    run.jobs = name_jobs(run.plan.documents, run.closed)
    if any(job.planned.is_private for job in run.jobs):
        # Before the first document lies there: no moment in which anybody else can look.
        restrict_to_owner(run.bench.folder)
    run.handed_out = read_handed_out(run.ready.folders.workspace)
    archived = archived_documents(run)
    wanted = run.wanted
    run.bench.adopt_pending()
    run.bench.ledger.is_complete = False
    run.progress.expect(run.ready.name, len(wanted))
    first, size = 0, min(_FIRST_CHUNK, CHUNK)
    while first < len(wanted):
        _make_chunk(wanted[first : first + size], run, archived)
        collect(wanted[:first], run.bench, run.press)
        first, size = first + size, min(2 * size, CHUNK)
    run.result.problems += unarchived_problems(run.unarchived, run.bench)


def _make_chunk(jobs: Sequence[DocumentJob], run: Run, archived: _Archived) -> None:
    """Render and write some documents, and hand them to LibreOffice."""
    signed = []
    for job in jobs:
        outcome = _render_job(job, run, archived)
        if outcome is not None:
            signed.append((job, outcome))
    rendered = {job.key: one for job, one in signed}
    for job in freeze(signed, run):
        take_rendered(job, rendered[job.key], run.bench)
    write_docx(jobs, run.bench)
    for job in jobs:
        if run.press is not None and needs_pdf(job, run.bench):
            send(job, run.bench, run.press)
        else:
            if run.press is None and job.has_page_references:
                job.problems.append(uncounted_pages(run.bench.path(job.docx)))
            run.progress.finish(run.ready.name)


def is_printed(run: Run) -> bool:
    """Return whether LibreOffice has finished all documents of this build."""
    return all(job.printing is None or job.printing.done() for job in run.jobs)


def complete(run: Run, retire: Callable[[], None]) -> Result:
    """Wait for the PDFs, make packets and side files, write manifest and ledger; return the result.

    ``retire`` is called once LibreOffice has nothing more to do for it.

    Raises:
        UsageError: when something cannot be written.
    """
    while waiting := {job.printing for job in run.jobs if job.printing is not None}:
        wait(waiting, timeout=_MOMENT_S)
        collect(run.jobs, run.bench, run.press)
    for job in run.jobs:
        _count_in(job, run)
    archive_signed(run)
    before = read_manifest(run.bench.folder)["documents"]
    letterheads = _make_letterheads(run, before)
    if run.press is not None:
        _make_packets(run, run.press, letterheads)
    run.made = [replace(one, letterhead=letterheads.by_key.get(one.key)) for one in run.made]
    _make_workbooks(run, before)
    _make_originals(run, before)
    _make_personnel(run, before)
    _make_copies(run)
    retire()
    finish_output(run)
    return run.result


def _relative(path: Path, output: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(output.resolve()):
        return resolved.relative_to(output.resolve()).as_posix()
    return path.as_posix()


def _render_job(job: DocumentJob, run: Run, archived: _Archived) -> Rendered | None:
    """Render a document; return it if it is signed and is to be archived as it was printed.

    An archived one is rendered only to compare it with the registers.
    """
    take_archived(job, archived)
    outcome = render(job.planned, run.ready)
    if not isinstance(outcome, Rendered):
        if job.archived is None:
            run.result.problems += outcome
            run.result.left_out += 1
        return None
    if job.archived is not None:
        note_answers(job, outcome, run)
        if not (run.is_book_older and job.planned.order is not None):
            run.result.problems += moved_problems(
                job.planned, job.archived, outcome, run.ready.workspace
            )
    elif job.key in run.archive.lost:
        # What is wrong with it has been said, and nothing stands for what was signed.
        run.result.left_out += 1
    elif may_be_made(job, run):
        run.result.problems += outdated_problems(
            job.planned, run.handed_out.get(job.key, ()), outcome
        )
        run.result.problems += act_warnings(job.planned, outcome, run.acts)
        take_rendered(job, outcome, run.bench)
    else:
        return outcome
    return None


def _count_in(job: DocumentJob, run: Run) -> None:
    """Add a document to the result; archive it if its order is signed."""
    if not run.wish.wants(job.planned):
        _keep_unasked(job, run)
        return
    if job.is_rendered or job.archived is not None:
        if (made := _made(job, run)) is None:
            run.result.left_out += 1
        else:
            run.made.append(made)
            run.result.made += job.is_written
            run.result.kept += not job.is_written
    run.result.problems += job.problems


def _keep_unasked(job: DocumentJob, run: Run) -> None:
    """Keep a document in the manifest that the run is not asked for."""
    bench = run.bench
    if job.key in bench.ledger.documents and bench.is_there(job.docx):
        has_pdf = run.has_pdf and bench.is_there(job.pdf)
        run.made.append(to_made(job, bench, has_pdf=has_pdf))
    run.result.problems += job.problems


def _made(job: DocumentJob, run: Run) -> MadeDocument | None:
    """Return the document that was made, None if it is left out."""
    bench = run.bench
    has_pdf = run.has_pdf and bench.is_there(job.pdf)
    is_lost = run.has_pdf and not has_pdf
    if is_lost or any(problem.is_error for problem in job.problems):
        return None
    made = to_made(job, bench, has_pdf=has_pdf)
    if any(problem.is_error for problem in job.problems):
        return None
    return replace(made, is_frozen=job.archived is not None, title=_title_of(job))


def _title_of(job: DocumentJob) -> str:
    return job.archived.title if job.archived else job.planned.title


def _make_letterheads(run: Run, before: Sequence[Mapping[str, Any]]) -> LetterheadSheets:
    """Make the sheets for paper with a printed head, or keep those that are there."""
    found = LetterheadSheets()
    if run.press is not None:
        found = make_letterhead_sheets(run.wanted, run.made, run.ready, run.bench, run.press)
    carry_over("letterhead", run.unasked, before, found, run.bench)
    _take_in(found, run)
    return found


def _make_packets(run: Run, press: Press, letterheads: LetterheadSheets) -> None:
    """Make the packets whose documents have their PDFs."""
    ready = {one.key for one in run.made if one.pdf}
    planned = planning.plan_packets(
        run.plan.documents, run.ready.packets, run.ready.workspace, run.wish.today
    )
    complete = [one for item in planned if (one := without_absent(item, ready)).documents]
    run.progress.say(run.ready.name, f"комплекты: {len(complete)}")
    archived = document_archive.archived_by_key(run.plan.documents, run.archive.documents)
    copies = copied_files(run.jobs, archived, run.bench)
    made = {one.key: one for one in run.made}
    unasked = known_letterheads(
        [j for j in run.unasked if j.key in letterheads.by_key], made, run.bench
    )
    context = PacketContext(run.closed, copies, {**unasked, **letterheads.documents})
    found = make_packets(complete, run.made, run.ready, run.bench, press, context)
    run.packets += found.packets
    _take_in(found, run)
    run.result.broken_packets += sum(problem.is_error for problem in found.problems)
    run.result.packets = len(run.packets)


def _make_workbooks(run: Run, before: Sequence[Mapping[str, Any]]) -> None:
    """Make the workbooks of papers that others calculate with; LibreOffice has no part in it."""
    found = make_paper_workbooks(run.wanted, run.made, run.bench)
    unasked = [job for job in run.jobs if not run.wish.wants(job.planned)]
    carry_over("workbook", unasked, before, found, run.bench)
    run.made = [replace(one, workbook=found.by_key.get(one.key)) for one in run.made]
    _take_in(found, run)


def _make_originals(run: Run, before: Sequence[Mapping[str, Any]]) -> None:
    """Make the files to sign electronically, or keep of them what is signed."""
    wanted = run.wanted if run.has_pdf else []
    make = originals.make_originals if run.wish.has_fields else originals.keep_signed
    found = make(wanted, run.made, before, run.bench)
    carry_over("original", run.unasked, before, found, run.bench)
    run.made = [replace(one, original=found.by_key.get(one.key)) for one in run.made]
    _take_in(found, run)


def _make_personnel(run: Run, before: Sequence[Mapping[str, Any]]) -> None:
    """Make the files for personnel systems, or keep those that must not change."""
    if run.wish.has_personnel and run.press is not None:
        run.progress.say(run.ready.name, "PDF/A-1a для кадровой системы")
        found = personnel.make_personnel_files(run.wanted, run.made, before, run.bench, run.press)
        run.result.personnel = len(found.by_key)
    else:
        found = personnel.keep_settled(run.wanted, run.made, before, run.bench)
    carry_over("personnel", run.unasked, before, found, run.bench)
    run.made = [replace(one, personnel=found.by_key.get(one.key)) for one in run.made]
    _take_in(found, run)


def _make_copies(run: Run) -> None:
    """Make copies with a password if there is one; remove those that are out of date."""
    wish, found = run.wish, locked_copies.LockedCopies()
    pdfs = [one.pdf for one in run.made if one.pdf]
    if wish.password and wish.only:
        asked = {job.pdf for job in run.wanted if not job.planned.is_blank_form}
        sources = [name for name in pdfs if name in asked]
        found = locked_copies.make_copies(sources, wish.password, run.bench)
    elif wish.password:
        packets = [one.pdf for one in run.packets if one.purpose != Purpose.PRINT]
        found = locked_copies.make_copies(packets, wish.password, run.bench)
    if wish.password and not found.files and not found.problems:
        found.problems.append(locked_copies.nothing_to_copy(run.bench.folder))
    is_known = run.is_whole and run.has_pdf
    wanted = frozenset([*pdfs, *(one.pdf for one in run.packets)])
    locked_copies.keep_current(found, wanted if is_known else None, run.bench)
    run.made = [replace(one, encrypted=found.by_key.get(one.pdf or "")) for one in run.made]
    run.packets = [replace(one, encrypted=found.by_key.get(one.pdf)) for one in run.packets]
    run.result.copies = found.count
    _take_in(found, run)


def _take_in(found: SideFiles, run: Run) -> None:
    run.take_in(found)
    run.result.problems += [edited_problem(name, run.bench) for name in sorted(found.edited)]
