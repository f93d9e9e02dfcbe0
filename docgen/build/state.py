"""What a build is asked for, what it is in the middle of, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from docgen import plan as planning
from docgen.build import making
from docgen.build.progress import Progress
from docgen.build.workspaces import Prepared
from docgen.errors import Problem
from docgen.model import MadeDocument, MadePacket, PlannedDocument
from docgen.pdf import Office


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for: a school year, one kind, blank forms of one kind, dropped edits.

    ``day`` is the day on which terms are checked; documents never see it. ``has_fields`` is
    whether papers get electronic originals, ``has_personnel`` whether each gets a PDF/A-1a.
    ``password`` locks copies for e-mail; without one none are made.
    """

    year: str = ""
    only: str = ""
    blank: str = ""
    redo: tuple[Path, ...] = ()
    day: dt.date | None = None
    has_fields: bool = False
    has_personnel: bool = False
    password: str = field(default="", repr=False)

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
    room: making.Room
    wish: Wish
    office: Office | None
    progress: Progress
    result: Result = field(default_factory=Result)
    plan: planning.Plan = field(default_factory=planning.Plan)
    jobs: list[making.Job] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    packets: list[MadePacket] = field(default_factory=list)
    packet_files: set[str] = field(default_factory=set)
    edited_files: set[str] = field(default_factory=set)

    @property
    def wanted(self) -> list[making.Job]:
        """The documents that this run is asked for."""
        return [job for job in self.jobs if self.wish.wants(job.plan)]

    @property
    def unasked(self) -> list[making.Job]:
        """The documents whose files beside them this run leaves alone."""
        if self.room.press is None:
            return self.jobs
        return [job for job in self.jobs if not self.wish.wants(job.plan)]

    @property
    def is_whole(self) -> bool:
        """Whether everything planned was made, so that what is not planned is no longer wanted."""
        return not self.wish.is_selective and not self.result.left_out
