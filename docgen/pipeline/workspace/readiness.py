"""Whether a workspace can start: ready with all that documents are made of, or blocked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from docgen.documents import TemplateLibrary
from docgen.errors import ExitCode, Problem
from docgen.model import Kind, PacketKind, Schema, Workspace
from docgen.pipeline.workspace.folders import Folders


@dataclass(frozen=True, slots=True)
class ProblemLog:
    """Accumulates the problems of a workspace, their files as a person knows them, each once."""

    folders: Folders
    problems: list[Problem] = field(default_factory=list)

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep the problems that are not known yet."""
        for problem in problems:
            file = problem.where.file
            shown = self.folders.shown(file) if file else file
            placed = replace(problem, where=replace(problem.where, file=shown))
            if placed not in self.problems:
                self.problems.append(placed)


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
