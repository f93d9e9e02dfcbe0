"""The state and the result of the build of one workspace."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from docgen import plan as planning
from docgen.archive import HandedOutSheet
from docgen.errors import Problem
from docgen.model import MadeDocument, MadePacket, PlannedDocument, ReadCell
from docgen.pdf import Press
from docgen.pipeline.output.archive_view import ArchiveView
from docgen.pipeline.output.closed_years import ClosedYears
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.side_files import SideFiles
from docgen.pipeline.output.store import Bench
from docgen.pipeline.workspace.progress import Progress
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.template_acts import KnownActs
from docgen.pipeline.workspace.wish import Wish
from docgen.plan import SignedSheets


@dataclass(slots=True)
class Result:
    """What a build of one workspace left behind; filled while it runs.

    ``personnel`` counts the documents in PDF/A-1a, ``copies`` those made with a password;
    ``other_years`` counts documents of school years that were not asked for and lie nowhere;
    ``broken_packets`` counts what went wrong with packets alone; ``silent_warnings`` counts what
    an earlier run said and one with nothing to do does not repeat. ``archived`` counts the papers
    of an archive that came without its output: from another computer, or from a backup.
    """

    made: int = 0
    kept: int = 0
    left_out: int = 0
    other_years: int = 0
    packets: int = 0
    personnel: int = 0
    copies: int = 0
    broken_packets: int = 0
    is_up_to_date: bool = False
    silent_warnings: int = 0
    archived: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """One build of one workspace under way; filled stage by stage.

    ``press`` is absent in a build without PDFs; ``office_version`` is what LibreOffice calls
    itself. ``side_files`` are those beside documents, packets included; ``unarchived`` are
    documents of signed orders of which nothing signed is there. ``heads`` are those of the journal
    of the archive; ``closed`` is what years before that of the settings have left.
    ``acts`` are those out of force that were said.
    """

    ready: Ready
    bench: Bench
    wish: Wish
    press: Press | None
    office_version: str
    progress: Progress
    result: Result = field(default_factory=Result)
    plan: planning.Plan = field(default_factory=planning.Plan)
    jobs: list[DocumentJob] = field(default_factory=list)
    made: list[MadeDocument] = field(default_factory=list)
    packets: list[MadePacket] = field(default_factory=list)
    archive: ArchiveView = field(default_factory=ArchiveView)
    closed: ClosedYears = field(default_factory=ClosedYears)
    sheets: SignedSheets = field(default_factory=SignedSheets)
    handed_out: Mapping[str, tuple[HandedOutSheet, ...]] = field(default_factory=dict)
    amending: Mapping[str, Set[str]] = field(default_factory=dict)
    answers: dict[str, tuple[Mapping[str, ReadCell], frozenset[str]]] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    is_book_older: bool = False
    unarchived: list[PlannedDocument] = field(default_factory=list)
    side_files: set[str] = field(default_factory=set)
    edited_files: set[str] = field(default_factory=set)
    acts: KnownActs = field(default_factory=set)

    @property
    def has_pdf(self) -> bool:
        """Whether documents become PDFs."""
        return self.press is not None

    @property
    def wanted(self) -> list[DocumentJob]:
        """The documents that this run is asked for."""
        return [job for job in self.jobs if self.wish.wants(job.planned)]

    @property
    def unasked(self) -> list[DocumentJob]:
        """The documents whose side files this run does not touch."""
        if not self.has_pdf:
            return self.jobs
        return [job for job in self.jobs if not self.wish.wants(job.planned)]

    @property
    def is_whole(self) -> bool:
        """Whether everything planned was made, so that what is not planned is no longer wanted."""
        return not self.wish.is_selective and not self.result.left_out

    def take_in(self, found: SideFiles) -> None:
        """Add side files to the run, and their problems to the result."""
        self.side_files |= found.files
        self.edited_files |= found.edited
        self.result.problems += found.problems
