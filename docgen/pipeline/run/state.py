"""What a build is asked for, what it is in the middle of, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen import plan as planning
from docgen.errors import Problem
from docgen.model import MadeDocument, MadePacket
from docgen.pdf import Office
from docgen.pipeline.output import document_files
from docgen.pipeline.workspace.prepare import Prepared
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.wish import Wish


@dataclass(slots=True)
class Result:
    """What a build of one workspace left behind.

    ``personnel`` counts the papers in PDF/A-1a, ``copies`` those made with a password;
    ``broken_sets`` counts what went wrong with sets alone;
    ``silent_warnings`` counts what an earlier run said and one with nothing to do does not repeat.
    """

    made: int = 0
    kept: int = 0
    left_out: int = 0
    packets: int = 0
    personnel: int = 0
    copies: int = 0
    broken_sets: int = 0
    is_up_to_date: bool = False
    silent_warnings: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One build of one workspace under way."""

    prepared: Prepared
    room: document_files.Room
    wish: Wish
    office: Office | None
    progress: Progress
    result: Result = field(default_factory=Result)
    plan: planning.Plan = field(default_factory=planning.Plan)
    jobs: list[document_files.DocumentJob] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    packets: list[MadePacket] = field(default_factory=list)
    packet_files: set[str] = field(default_factory=set)
    edited_files: set[str] = field(default_factory=set)

    @property
    def wanted(self) -> list[document_files.DocumentJob]:
        """The documents that this run is asked for."""
        return [job for job in self.jobs if self.wish.wants(job.plan)]

    @property
    def unasked(self) -> list[document_files.DocumentJob]:
        """The documents whose files beside them this run leaves alone."""
        if self.room.press is None:
            return self.jobs
        return [job for job in self.jobs if not self.wish.wants(job.plan)]

    @property
    def is_whole(self) -> bool:
        """Whether everything planned was made, so that what is not planned is no longer wanted."""
        return not self.wish.is_selective and not self.result.left_out
