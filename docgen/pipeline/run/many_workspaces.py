"""Many workspaces in one run: one LibreOffice pool for all, a few workspaces under way at a time.

While LibreOffice lays out the papers of one school, those of the next are read and rendered; papers
of one kind from several schools share a batch. Finished work is dropped, so memory stays flat.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen import files, registers
from docgen.errors import Problem, Severity, StageError
from docgen.files import (
    LEFTOVER_PREFIX,
    LEFTOVER_SUFFIX,
    compose_names,
    ensure_writable,
    folder_lock,
    remove_abandoned_folders,
    tidied,
)
from docgen.pdf import (
    Office,
    Press,
    ReportProgress,
    find_office,
    join_cluster,
    office_program,
    office_stamp,
    open_press,
    refuse_open_ways,
)
from docgen.pipeline.output.archive_view import look_and_mend
from docgen.pipeline.output.known_sheets import filled_sheets, without_losses
from docgen.pipeline.output.ledger import (
    FileStamp,
    read_ledger,
)
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.products.locked_copies import SAID_ONCE
from docgen.pipeline.run.one_workspace import begin, complete, is_printed, make_run
from docgen.pipeline.run.state import Result, Run
from docgen.pipeline.run.unchanged_inputs import (
    archive_stamps,
    files_named_in,
    is_done,
    named_stamps,
    nothing_to_do,
    stamps_of,
)
from docgen.pipeline.workspace.cloud_folders import cloud_warnings
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.reminders import reminders
from docgen.pipeline.workspace.wish import Wish, computers_day
from docgen.problem_codes import ExitCode

UNDER_WAY = 3
"""How many workspaces wait for their PDFs at a time: enough that LibreOffice never does."""

_SAID_ONCE: Final = SAID_ONCE | {
    *("lost-sheet", "office-unknown"),
    *("archive-healed", "archive-joined", "foreign-cloud", "no-scan"),
}
"""Codes of what is not said again where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """The outcome of one workspace; ``result`` is absent when it could not start."""

    site: Site
    result: Result | None
    checked: Findings


@dataclass(frozen=True, slots=True)
class LayoutWorkers:
    """Who lays pages out: ``jobs`` processes here, or a cluster and the folder shared with it."""

    jobs: int | None = None
    cluster: str = ""
    share: Path | None = None

    def open(self, office: Office, progress: ReportProgress) -> Press:
        """Return a press that these workers serve.

        Raises:
            UsageError: when the cluster cannot be used.
        """
        if self.cluster:
            return join_cluster(self.cluster, self.share, progress)
        return open_press(office, self.jobs, progress=progress)


HERE = LayoutWorkers()


@dataclass(slots=True)
class _SharedRun:
    """What the workspaces of one run share: LibreOffice, filled in once it is needed."""

    wish: Wish
    workers: LayoutWorkers
    has_pdf: bool
    progress: Progress
    stack: contextlib.ExitStack
    press: Press | None = None
    office: Future[Office] | None = None
    stamp: str = ""
    is_last_site: bool = False

    def __post_init__(self) -> None:
        self.stamp = office_stamp() if self.has_pdf else ""

    def open(self) -> None:
        """Start LibreOffice, so that it comes up while registers are read.

        Raises:
            ConversionError: ``libreoffice-missing``.
        """
        if self.has_pdf and self.press is None:
            office = Office(office_program())
            asking = self.stack.enter_context(ThreadPoolExecutor(1))
            self.office = asking.submit(find_office)

            def report(documents: int, pages: int) -> None:
                self.progress.finish(documents=documents, pages=pages)

            self.press = self.stack.enter_context(self.workers.open(office, report))
            self.press.warm_up()

    def at_work(self) -> tuple[Press, Office] | None:
        """Return the opened press with the LibreOffice behind it; None in a build without PDFs.

        Raises:
            ConversionError: ``libreoffice-missing`` when it does not start.
        """
        if self.press is None or self.office is None:
            return None
        office = self.office.result()
        self.press.company.version = office.version
        return self.press, office

    def retire(self, *, is_last: bool) -> None:
        """Let LibreOffice end if nobody needs it any more."""
        if is_last and self.is_last_site and self.press is not None:
            self.press.retire()

    def halt(self, _: object, error: BaseException | None, __: object) -> None:
        """Stop LibreOffice before its output folders are removed, if the run was broken off."""
        if error is not None and not isinstance(error, StageError) and self.press is not None:
            self.press.close()


@dataclass(frozen=True, slots=True)
class _StartedBuild:
    """A build that waits for its PDFs, with the locks that it holds."""

    site: Site
    run: Run
    stack: contextlib.ExitStack
    inputs: dict[str, FileStamp]
    options: str
    folders: Folders


def build_workspaces(
    sites: Sequence[Site],
    wish: Wish,
    *,
    workers: LayoutWorkers = HERE,
    has_pdf: bool = True,
    progress: Progress,
) -> Generator[BuildOutcome, None, None]:
    """Make every document of the workspaces that is not up to date, and their packets, in order.

    What stops one workspace (no such folder, an output that cannot be written, another build at
    work, LibreOffice missing) is in its outcome; the others are tried.

    Raises:
        UsageError: when papers would travel openly to the cluster.
    """
    if workers.cluster:
        refuse_open_ways(workers.cluster, workers.share)
    remove_abandoned_folders()
    with contextlib.ExitStack() as stack:
        shared = _SharedRun(wish, workers, has_pdf, progress, stack)
        waiting: deque[_StartedBuild] = deque()
        # Locks go before LibreOffice, whichever way the run ends.
        stack.callback(_release_locks, waiting)
        for site in sites:
            started = _begin(site, shared)
            if isinstance(started, _StartedBuild):
                waiting.append(started)
            else:
                # Outcomes come in order: those before it are finished first.
                yield from _end_all(waiting, shared)
                yield started
            while waiting and (len(waiting) >= UNDER_WAY or is_printed(waiting[0].run)):
                yield _end(waiting, shared)
        shared.is_last_site = True
        yield from _end_all(waiting, shared)


def _release_locks(waiting: deque[_StartedBuild]) -> None:
    for one in waiting:
        one.stack.close()


def _end_all(waiting: deque[_StartedBuild], shared: _SharedRun) -> Iterator[BuildOutcome]:
    while waiting:
        yield _end(waiting, shared)


def _begin(site: Site, shared: _SharedRun) -> _StartedBuild | BuildOutcome:
    """Start the build of a workspace; return its outcome if it needs no waiting."""
    with contextlib.ExitStack() as stack:
        try:
            started = _try_to_begin(site, shared, stack)
        except (StageError, OSError, RuntimeError) as error:
            return _stopped(site, error)
        if isinstance(started, _StartedBuild):
            return replace(started, stack=stack.pop_all())
        return started


def _stopped(site: Site, error: Exception) -> BuildOutcome:
    """Return the outcome of a workspace that cannot go on; what is no fault of it is raised."""
    found = error if isinstance(error, StageError) else files.disk_error(error, site.output)
    if found is None:
        raise error
    return BuildOutcome(site, None, Findings(site.name, list(found.problems), found.exit_code))


def _try_to_begin(
    site: Site, shared: _SharedRun, stack: contextlib.ExitStack
) -> _StartedBuild | BuildOutcome:
    folders = Folders(site.root.resolve(), site.folder.resolve())
    books = registers.find_books(folders.workspace, shown=folders.shown(folders.workspace))
    output = ensure_writable(site.output).resolve()
    stack.enter_context(folder_lock(output))
    stack.enter_context(tidied(output))
    archive = look_and_mend(folders.workspace, folders.shown, computers_day())
    wish = shared.wish
    beside = f"{wish.has_fields}|{wish.has_personnel}"
    options = f"{wish.year}|{shared.has_pdf}|{beside}|{shared.stamp}"
    inputs = stamps_of(folders.inputs(), folders)
    ledger = read_ledger(output)
    now = inputs | archive_stamps(folders) | files_named_in(ledger, folders)
    if not archive.problems and is_done(now, output, options, shared.wish, ledger):
        return BuildOutcome(site, *nothing_to_do(folders, books, output, ledger))
    compose_names(output)
    shared.open()
    ready = prepare(site.folder, site.root)
    if isinstance(ready, Ready):
        ready = without_losses(ready, ledger.sheets)
    if isinstance(ready, Ready):
        ready = _settle_fonts(ready, has_pdf=shared.has_pdf)
    if isinstance(ready, Blocked):
        return BuildOutcome(site, None, Findings(ready.name, ready.problems, ready.exit_code))
    inputs |= named_stamps(ready)
    stage = stack.enter_context(
        tempfile.TemporaryDirectory(
            prefix=LEFTOVER_PREFIX,
            suffix=LEFTOVER_SUFFIX,
            dir=output,
            ignore_cleanup_errors=True,
        )
    )
    stack.push(shared.halt)
    run = make_run(ready, output, Path(stage), shared.wish, shared.at_work(), shared.progress)
    run.archive = archive
    run.result.archived = 0 if ledger.outputs else len(archive.documents)
    begin(run)
    return _StartedBuild(site, run, stack, inputs, options, folders)


def _end(waiting: deque[_StartedBuild], shared: _SharedRun) -> BuildOutcome:
    """Finish the build that was started first."""
    started = waiting[0]
    run = started.run
    ready = run.ready
    with started.stack:
        try:
            if shared.press is not None and not is_printed(run):
                shared.press.flush()
            result = complete(run, lambda: shared.retire(is_last=len(waiting) == 1))
        except (StageError, OSError, RuntimeError) as error:
            return _stopped(started.site, error)
        finally:
            waiting.popleft()
        ready.report(result.problems)
        if shared.press is not None:
            ready.report(shared.press.company.remarks())
        ready.report(reminders(ready, run.plan, shared.wish, is_book_older=run.is_book_older))
        _report_cloud(run)
        checked = Findings(ready.name, ready.problems, _code_of(result, ready.problems))
        ledger = run.bench.ledger
        ledger.inputs.become(started.inputs | archive_stamps(started.folders))
        ledger.options = started.options
        if not shared.wish.is_partial:
            ledger.sheets.become(filled_sheets(ready))
        ledger.warnings = sum(
            not problem.is_error and problem.code not in _SAID_ONCE for problem in ready.problems
        )
        ledger.is_complete = checked.exit_code is ExitCode.DONE and not shared.wish.is_partial
        run.bench.note()
    return BuildOutcome(started.site, result, checked)


def _report_cloud(run: Run) -> None:
    """Say once of a workspace that it lies in a cloud abroad."""
    folder, ledger = run.ready.folders.workspace, run.bench.ledger
    found = cloud_warnings(folder, run.ready.folders.shown(folder))
    codes = {one.code for one in found}
    if codes - ledger.said:
        run.ready.report(found)
    ledger.said |= codes


def _code_of(result: Result, problems: Sequence[Problem]) -> ExitCode:
    """Return the exit code of a build: a document left out outweighs a broken packet."""
    codes = [problem.code for problem in problems if problem.is_error]
    if not codes and not result.left_out:
        return ExitCode.DONE
    if (
        set(codes)
        and set(codes) <= {"conversion-failed", "pdf-differs"}
        and not result.made + result.kept
    ):
        return ExitCode.CONVERSION
    is_packet_only = len(codes) == result.broken_packets and not result.left_out
    return ExitCode.PACKET if is_packet_only else ExitCode.PARTIAL


def _settle_fonts(ready: Ready, *, has_pdf: bool) -> Ready | Blocked:
    """Block a workspace whose fonts are missing; in a build without PDFs only warn."""
    absent = [one for one in ready.problems if one.code == "font-missing"]
    if absent and has_pdf:
        return Blocked(ready.name, ready.problems, ExitCode.TEMPLATES)
    for problem in absent:
        place = ready.problems.index(problem)
        ready.problems[place] = replace(problem, severity=Severity.WARNING)
    return ready
