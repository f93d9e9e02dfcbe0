"""Whether a workspace can start: ready with all that documents are made of, or blocked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from docgen.documents import TemplateLibrary
from docgen.errors import Location, Problem, Severity
from docgen.model import Kind, PacketKind, RawSheet, Schema, Workspace
from docgen.pipeline.workspace.accepted_remarks import AcceptedRemarks
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.hidden_reads import HiddenReads
from docgen.pipeline.workspace.printed_orders import PrintedOrders
from docgen.pipeline.workspace.unread_points import UnreadPoints
from docgen.problem_codes import ExitCode
from docgen.records.row_names import RowNames

MOST_ALIKE: Final = 100
"""How many problems of one code a sheet may have before the others are only counted."""

_Sort: TypeAlias = tuple[str, str, str, Severity]


@dataclass(slots=True)
class ProblemLog:
    """Accumulates the problems of a workspace, their files as a person knows them, each once.

    Of a sheet's problems of one code the first hundred are kept, and one more that counts the
    others; it has their code and severity, so exit codes are as if all were there. What somebody
    has accepted stands in ``accepted`` alone.
    """

    folders: Folders
    problems: list[Problem] = field(default_factory=list)
    accepted: list[Problem] = field(default_factory=list)
    remarks: AcceptedRemarks | None = None
    rows: RowNames | None = None
    _known: set[Problem] = field(default_factory=set)
    _counts: Counter[_Sort] = field(default_factory=Counter)
    _closings: dict[_Sort, int] = field(default_factory=dict)

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep the problems that are not known yet."""
        for problem in problems:
            file = problem.where.file
            shown = self.folders.shown(file) if file else file
            placed = self._named(replace(problem, where=replace(problem.where, file=shown)))
            if placed in self._known:
                continue
            self._known.add(placed)
            if self.remarks is not None and self.remarks.covers(placed):
                self.accepted.append(placed)
            else:
                self._keep(placed)

    def name_rows(self, workspace: Workspace) -> None:
        """Say of problems which paper, pair or person they are about, known ones and later ones."""
        self.rows = RowNames(workspace)
        self.problems[:] = map(self._named, self.problems)

    def _named(self, problem: Problem) -> Problem:
        if self.rows is None or not problem.where.sheet or problem.subject:
            return problem
        return replace(problem, subject=self.rows.name(problem))

    def accept(self, remarks: AcceptedRemarks | None) -> None:
        """Set apart what a person has accepted, of what was reported and of what will be."""
        self.remarks = remarks
        if remarks is None:
            return
        self.accepted += self.forget(remarks.covers)

    def forget(self, is_vain: Callable[[Problem], bool]) -> list[Problem]:
        """Drop what nobody needs to hear, and return it; it is not reported again."""
        closings = {sort: self.problems[at] for sort, at in self._closings.items()}
        covered = [one for one in self.problems if is_vain(one)]
        self.problems[:] = [one for one in self.problems if one not in covered]
        self._closings = {
            sort: self.problems.index(one) for sort, one in closings.items() if one not in covered
        }
        return covered

    def _keep(self, problem: Problem) -> None:
        where = problem.where
        sort = (where.file, where.sheet, problem.code, problem.severity)
        self._counts[sort] += 1
        more = self._counts[sort] - MOST_ALIKE
        if not where.sheet or more <= 0:
            self.problems.append(problem)
            return
        message = f"и ещё {more} таких же замечаний на этом листе; исправьте названные и повторите"
        place = Location(where.file, where.sheet)
        closing = replace(problem, where=place, message=message, stands_for=more, subject="")
        if sort in self._closings:
            self.problems[self._closings[sort]] = closing
        else:
            self._closings[sort] = len(self.problems)
            self.problems.append(closing)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A workspace that cannot start: why, and the exit code that its commands return."""

    name: str
    problems: list[Problem]
    exit_code: ExitCode


@dataclass(frozen=True, slots=True)
class Ready:
    """A workspace read and checked, from which documents can be made.

    ``stamps`` renders the marks on copies, whose pages have margins of their own; ``families`` are
    the fonts of the house style. Problems that stop single documents only are in ``log``.
    ``sheets`` are the workspace's own sheets by register; ``hidden`` learns of the hidden rows that
    documents read, ``points`` of those that none prints, ``orders`` of what unsigned orders say.
    """

    folders: Folders
    schemas: Mapping[str, Schema]
    kinds: Mapping[str, Kind]
    packets: Mapping[str, PacketKind]
    workspace: Workspace
    library: TemplateLibrary
    stamps: TemplateLibrary
    families: tuple[str, ...]
    log: ProblemLog
    sheets: Mapping[str, RawSheet] = field(default_factory=dict)
    hidden: HiddenReads = field(default_factory=HiddenReads)
    points: UnreadPoints = field(default_factory=UnreadPoints)
    orders: PrintedOrders = field(default_factory=PrintedOrders)

    @property
    def name(self) -> str:
        """The name of the workspace's folder."""
        return self.folders.workspace.name

    @property
    def problems(self) -> list[Problem]:
        """Everything reported so far."""
        return self.log.problems

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep the problems that are not known yet."""
        self.log.report(problems)


@dataclass(frozen=True, slots=True)
class Templates:
    """The kinds that a workspace can make, without its registers; no library if none opens."""

    folders: Folders
    kinds: Mapping[str, Kind]
    library: TemplateLibrary | None
    families: tuple[str, ...]
    problems: list[Problem]
