"""What a build would do with each planned document, and why."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen import plan as planning
from docgen.model import PlannedPacket
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_states import is_book_older, state_warnings, text_of_signed
from docgen.pipeline.output.archive_view import look_at, unarchived_problems
from docgen.pipeline.output.built_documents import was_built
from docgen.pipeline.output.closed_years import closed_years
from docgen.pipeline.output.counted_pages import with_known_pages
from docgen.pipeline.output.document_files import (
    DocumentJob,
    name_jobs,
    take_rendered,
)
from docgen.pipeline.output.held_sheets import moved_problems
from docgen.pipeline.output.known_sheets import without_losses
from docgen.pipeline.output.ledger import LedgerEntry, read_ledger
from docgen.pipeline.output.places import Findings, Site
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.products.copied_files import CopiedFiles, copied_files
from docgen.pipeline.products.packet_files import in_volumes, volume_mark
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.pipeline.workspace.render import Rendered, render
from docgen.pipeline.workspace.signature_register import consent_warnings
from docgen.pipeline.workspace.wish import (
    Wish,
    computers_day,
    count_other_years,
    make_plan,
    without_absent,
)
from docgen.problem_codes import ExitCode
from docgen.wording import year_in_settings


class State(enum.StrEnum):
    """What a build would do with a document, as ``plan --json`` spells it."""

    NEW = "new"
    STALE = "stale"
    UP_TO_DATE = "up to date"
    EDITED = "edited"
    FROZEN = "frozen"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A planned document, what a build would do with it, and the reasons in Russian.

    The job knows who signs and which cells were read; the rendered file itself is dropped.
    """

    job: DocumentJob
    state: State
    reasons: Sequence[str]

    @property
    def is_unarchived(self) -> bool:
        """Whether its order is signed, and nothing signed is there."""
        is_signed = document_archive.has_signed_order(self.job.planned)
        return is_signed and self.state is State.LEFT_OUT

    @property
    def title(self) -> str:
        """The title of the document as it is planned."""
        return self.job.planned.title

    def to_json(self) -> dict[str, Any]:
        """Return the state as ``plan --json`` shows it."""
        planned = self.job.planned
        return {
            "kind": planned.kind.name,
            "catalogue": list(planned.kind.catalogue),
            "key": planned.key,
            "title": planned.title,
            "output": self.job.docx,
            "state": str(self.state),
            "reasons": list(self.reasons),
        }


def plan_workspace(site: Site, wish: Wish) -> tuple[dict[str, Any], Findings]:
    """Return what a build would make, why, and the problems met on the way.

    Raises:
        UsageError: no such workspace, a kind that is not there.
    """
    ready = prepare(site.folder, site.root)
    store = OutputStore(site.output, read_ledger(site.output))
    if isinstance(ready, Ready):
        ready = without_losses(ready, store.ledger.sheets)
    if isinstance(ready, Blocked):
        nothing: dict[str, Any] = {"documents": [], "packets": [], "other_years": 0}
        return nothing, Findings(ready.name, ready.problems, ready.exit_code)
    plan = make_plan(ready, wish)
    ready.report(plan.problems)
    view = look_at(ready.folders.workspace, ready.folders.shown)
    ready.report(view.problems)
    plan.documents = document_archive.without_covered(plan.documents, view.documents)
    if not (wish.is_selective or plan.left_out):
        ready.log.forget(text_of_signed(plan.documents, view.documents, ready.workspace))
        ready.report(state_warnings(plan.documents, view.documents, ready.workspace))
    archived = document_archive.archived_by_key(plan.documents, view.documents)
    planned = frozenset(one.key for one in plan.documents)
    closed = closed_years(store, year_in_settings(ready.workspace), planned)
    jobs = [job for job in name_jobs(plan.documents, closed) if wish.wants(job.planned)]
    is_older = is_book_older(ready.problems)
    states = [state_of(job, ready, store, archived, is_older=is_older) for job in jobs]
    absent = [one.job.planned for one in states if one.is_unarchived]
    ready.report(unarchived_problems([one for one in absent if one.key not in view.lost], store))
    copies = copied_files(jobs, archived, store)
    packets = planned_packets(ready, plan, states, store, copies)
    ready.report(consent_warnings(ready, plan, wish.today))
    known = {*view.documents, *(str(one["key"]) for one in closed.documents)}
    others = count_other_years(plan, wish, known)
    return {**_to_json(states, packets), "other_years": others}, Findings(
        ready.name, ready.problems, ExitCode.DONE
    )


def _to_json(
    states: Sequence[DocumentState], packets: Sequence[PlannedPacket]
) -> dict[str, list[dict[str, Any]]]:
    titles = {one.job.key: one.title for one in states}
    return {
        "documents": [one.to_json() for one in states],
        "packets": [
            {
                "name": one.name + volume_mark(one.volume),
                "contents": [titles[key] for key in one.documents],
            }
            for one in packets
        ],
    }


def planned_packets(
    ready: Ready,
    plan: planning.Plan,
    states: Sequence[DocumentState],
    store: OutputStore,
    copies: CopiedFiles,
) -> list[PlannedPacket]:
    """Return the packets of what is not left out.

    They are in volumes as far as the pages of their documents are known by now.
    """
    there = {one.job.key for one in states if one.state is not State.LEFT_OUT}
    planned = planning.plan_packets(plan.documents, ready.packets, ready.workspace, computers_day())
    whole = [one for item in planned if (one := without_absent(item, there)).documents]
    pages = {key: entry.pages for key, entry in store.ledger.documents.items() if entry.pages}
    return in_volumes(whole, pages, ready.workspace, copies)


def state_of(
    job: DocumentJob,
    ready: Ready,
    store: OutputStore,
    archived: Mapping[str, document_archive.ArchivedDocument],
    *,
    is_older: bool = False,
) -> DocumentState:
    """Return what a build would do with a document; what is wrong with it is reported.

    Where the book ``is_older`` than the archive, cells that differ from a paper are not told.
    """
    outcome = render(job.planned, ready)
    if not isinstance(outcome, Rendered):
        ready.report(outcome)
        reasons = [str(problem) for problem in outcome] or ["строка реестра с ошибкой"]
        return DocumentState(job, State.LEFT_OUT, reasons)
    kept = archived.get(job.key)
    if kept is not None:
        differing = moved_problems(job.planned, kept, outcome, ready.workspace)
        if not (is_older and job.planned.order is not None):
            ready.report(differing)
        state = State.FROZEN, [problem.message for problem in differing]
    elif document_archive.has_signed_order(job.planned):
        state = _state_of_signed(job, store)
    else:
        state = _state_of_open(job, outcome, store)
        take_rendered(job, outcome, store)
        job.rendered = None
    return DocumentState(job, *state)


def _state_of_signed(job: DocumentJob, store: OutputStore) -> tuple[State, list[str]]:
    """Return the state of a document that is signed and not archived yet."""
    if was_built(job.planned, store):
        return State.FROZEN, ["подписан; в архив ляжет лист, собранный раньше"]
    return State.LEFT_OUT, ["отмечен подписанным, а подписанного листа нет"]


def _state_of_open(
    job: DocumentJob, rendered: Rendered, store: OutputStore
) -> tuple[State, list[str]]:
    """Return the state of a document that is not archived, with the reasons."""
    entry = store.ledger.documents.get(job.key)
    if entry is None or not store.is_there(job.docx):
        return State.NEW, ["ещё не собран"]
    if is_signed_pdf(store.path(job.pdf)):
        return State.FROZEN, ["PDF подписан электронной подписью"]
    if store.is_changed(job.docx) or store.is_changed(job.pdf):
        return State.EDITED, ["исправлен вручную и остаётся как есть"]
    reasons = _reasons_to_make(entry, job, rendered, store)
    return (State.STALE, reasons) if reasons else (State.UP_TO_DATE, [])


def _reasons_to_make(
    entry: LedgerEntry, job: DocumentJob, rendered: Rendered, store: OutputStore
) -> list[str]:
    """Return why a made document would be made again; nothing when it would not."""
    path, docx = store.path(job.docx), rendered.docx
    if path.read_bytes() == (
        with_known_pages(docx, path) if rendered.has_page_references else docx
    ):
        return []
    changed = [f"изменилось: {place}" for place in store.ledger.changed(entry, rendered.reads)]
    return changed or ["изменился шаблон, стиль или сама программа"]
