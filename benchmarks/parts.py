"""The parts of a run: their workloads, ways and rounds."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks import peers
from benchmarks.figures import Figures, Sample
from benchmarks.reference import (
    Expected,
    differences,
    docgen,
    read_documents,
    read_expected,
    write_templates,
)
from benchmarks.run_usage import RunError, Usage, run
from benchmarks.workloads import (
    PEOPLE_SHEET,
    Workspace,
    change_cell,
    write_consents,
    write_orders,
    write_school,
)

TIMEOUT_S = 1500
CONSENTS, ORDERS = 1000, 200
SCHOOLS, PAIRS, SCHOOL_ORDERS = 30, 20, 30
TENFOLD = 10
DAY = ("--date", "2026-09-01")


@dataclass(frozen=True, slots=True)
class Session:
    """What all parts share: figures, folder for files, rounds, scale of the workloads.

    Nothing below ``folder`` is removed while anything is timed: a disk that has just lost
    thousands of files makes new ones slowly (seen on ext4), and the next way would pay for it.
    """

    figures: Figures
    folder: Path
    rounds: int = 3
    scale: float = 1.0

    def new_folder(self) -> Path:
        """Return an empty folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def scaled(self, count: int, least: int) -> int:
        """Return a count by the scale of the run, never below the least that is worth timing."""
        return max(min(least, count), round(count * self.scale))


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer's way: how it converts, how many documents, with how many processes, how often."""

    name: str
    way: str
    documents: int
    processes: int = 1
    calls_of: int = 200
    rounds: int = 2


PEERS = (
    Peer("docxtpl + one soffice call per file", "calls", 10, calls_of=1, rounds=1),
    Peer("docxtpl + calls of 200 files", "calls", 200),
    Peer("docxtpl + calls of 200 files, two processes", "calls", 400, processes=2),
    Peer("docxtpl + unoserver", "unoserver", 200),
    Peer("docxtpl + unoserver, two servers", "unoserver", 400, processes=2),
    Peer("Carbone, two factories", "carbone", 400, processes=2),
)
DOCGEN_NAMES = {1: "docgen, one process", 2: "docgen, two processes"}

Timing = tuple[int, Callable[[int], None]]


def time_consents(session: Session) -> None:
    """Time consents of two pages, docgen and its peers."""
    _time_against_peers(session, "consents", write_consents, session.scaled(CONSENTS, 8))


def time_orders(session: Session) -> None:
    """Time orders with roadmaps, docgen and its peers."""
    _time_against_peers(session, "orders", write_orders, session.scaled(ORDERS, 4))


def time_district(session: Session) -> None:
    """Time a district built whole, then again with nothing and with one cell changed."""
    if _is_timed(session):
        return
    folder = session.new_folder()
    pairs, orders = session.scaled(PAIRS, 2), session.scaled(SCHOOL_ORDERS, 2)
    schools = [
        write_school(folder / f"school{number:02}", number, pairs, orders)
        for number in range(1, session.scaled(SCHOOLS, 2) + 1)
    ]
    whole = sum(school.documents for school in schools)
    out = folder / "out"
    _time_build(session, Sample("district", "everything", 0, whole, whole), schools, out)
    for number in range(session.rounds):
        again = Sample("district", "nothing changed", number, whole, whole)
        _time_build(session, again, schools, out)
        change_cell(schools[0].book, PEOPLE_SHEET, "Адрес", 3, f"город Новый, дом {number + 1}")
        changed = Sample("district", "one cell changed", number, whole, whole)
        _time_build(session, changed, schools, out)


def time_growth(session: Session) -> None:
    """Time ten times the documents, in one workspace and in ten workspaces of one build."""
    small = session.scaled(CONSENTS, 4)
    large = small * TENFOLD
    folder = session.new_folder()
    one = write_consents(folder / "one", small)
    all_in_one = write_consents(folder / "large", large)
    ten = [
        write_consents(folder / f"part{part}", small, first=part * small + 1)
        for part in range(TENFOLD)
    ]
    for name, workspaces in (
        (f"{small:,} in one workspace", [one]),
        (f"{large:,} in one workspace", [all_in_one]),
        (f"{large:,} in ten workspaces", ten),
    ):
        whole = sum(workspace.documents for workspace in workspaces)
        sample = Sample("growth", name, 0, whole, whole)
        _time_build(session, sample, workspaces, session.new_folder())


def _is_timed(session: Session) -> bool:
    """Return whether the district has all samples: its builds start from one another."""
    ways = [one for _, samples in session.figures.of("district") for one in samples]
    return sum(not one.note for one in ways) >= 1 + 2 * session.rounds


PARTS: Mapping[str, Callable[[Session], None]] = {
    "consents": time_consents,
    "orders": time_orders,
    "district": time_district,
    "growth": time_growth,
}


def _time_against_peers(
    session: Session, sort: str, write: Callable[[Path, int], Workspace], count: int
) -> None:
    """Time all ways in turns, round after round, so that a busy moment favours none."""
    folder = session.new_folder()
    workspace = write(folder / sort, count)
    templates = write_templates(sort, folder, folder / "templates")
    expected = read_expected(sort, folder)
    contest = _Contest(session, sort, workspace, templates, expected)
    timings = [*contest.docgen(), *contest.peers()]
    for number in range(session.rounds):
        for rounds, time_once in timings:
            if number < rounds:
                time_once(number)


@dataclass(frozen=True, slots=True)
class _Contest:
    """Ways that make the same documents of the same workbook."""

    session: Session
    sort: str
    workspace: Workspace
    templates: Path
    expected: Mapping[str, Expected]

    def docgen(self) -> Iterator[Timing]:
        """Yield the rounds and the timing of each of docgen's ways."""
        for jobs, name in DOCGEN_NAMES.items():
            yield self.session.rounds, partial(self._time_docgen, jobs, name)

    def peers(self) -> Iterator[Timing]:
        """Yield the rounds and the timing of each peer's way."""
        for peer in PEERS:
            rounds = min(peer.rounds, self.session.rounds)
            yield rounds, partial(self._time_peer, peer)

    def _time_docgen(self, jobs: int, name: str, number: int) -> None:
        whole = self.workspace.documents
        sample = Sample(self.sort, name, number, whole, whole)
        out = self.session.new_folder()
        _time_build(self.session, sample, [self.workspace], out, jobs=jobs)

    def _time_peer(self, peer: Peer, number: int) -> None:
        whole = self.workspace.documents
        documents = min(self.session.scaled(peer.documents, 4), whole)
        sample = Sample(self.sort, peer.name, number, documents, whole)
        reason = peers.reason_to_skip(peer.way)
        if reason:
            self.session.figures.add(replace(sample, note=f"skipped: {reason}"))
            return
        out = self.session.new_folder()
        command = [sys.executable, "-m", "benchmarks.peers", self.sort, peer.way]
        command += [str(self.workspace.book), str(self.templates), str(out)]
        command += [str(documents), str(peer.processes), str(peer.calls_of)]
        used = _time(self.session, sample, command)
        if used is None:
            return
        made = [path.stem for path in (out / "pdf").glob("*.pdf")]
        found = differences(out, self.expected, made)
        if len(made) != documents or found:
            problem = "; ".join(found) or f"{len(made)} PDFs of {documents}"
            raise RunError(f"{peer.name}: not what docgen makes: {problem}")
        clock = json.loads(used.output)
        used = replace(used, wall_s=used.wall_s - clock["servers_s"])
        _keep(self.session, sample, used, used.wall_s - clock["work_s"])


def _time_build(
    session: Session,
    sample: Sample,
    workspaces: Sequence[Workspace],
    out: Path,
    *,
    jobs: int = 2,
) -> None:
    """Time a build of workspaces, and keep the sample if it made all documents.

    Raises:
        RunError: when documents are missing.
    """
    folders = [str(workspace.folder) for workspace in workspaces]
    command = docgen("build", *folders, "--out", str(out), "--jobs", str(jobs), *DAY)
    used = _time(session, sample, command)
    if used is None:
        return
    made = sum(len(read_documents(out / Path(folder).name)) for folder in folders)
    if made != sample.whole:
        raise RunError(f"{sample.part}: docgen made {made} of {sample.whole} documents")
    _keep(session, sample, used, 0.0)


def _time(session: Session, sample: Sample, command: Sequence[str]) -> Usage | None:
    """Return what a run took; None when it failed, with a note, or has been timed before."""
    # A build of the district leaves what the next one starts from, so none is passed over.
    if sample.part != "district" and session.figures.has(sample):
        return None
    try:
        return run(command, timeout_s=TIMEOUT_S)
    except RunError as error:
        session.figures.add(replace(sample, note=f"failed: {error}"))
        sys.stderr.write(f"{sample.part}: {sample.way}: failed: {error}\n")
        return None


def _keep(session: Session, sample: Sample, used: Usage, start_s: float) -> None:
    kept = replace(
        sample,
        wall_s=used.wall_s,
        start_s=start_s,
        cpu_s=used.cpu_s,
        program_mb=used.program_mb,
        office_mb=used.office_mb,
    )
    session.figures.add(kept)
    sys.stderr.write(
        f"{kept.part}: {kept.way}, round {kept.round + 1}: {kept.documents} documents, "
        f"{kept.wall_s:.1f} s, {kept.each_ms:.1f} ms each\n"
    )
