"""Signed documents in a build: what stands for them, and how they come into the archive.

Nothing that says «подписан» is made from today's registers, but by an explicit act: what was
printed, handed out or built is what was signed, and that is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from docgen.archive import (
    ARCHIVE,
    ArchiveWriter,
    EventKind,
    read_heads,
)
from docgen.archive.word_differences import word_difference
from docgen.errors import Problem, warning
from docgen.model import MadeDocument
from docgen.model.columns import STATE
from docgen.pipeline.output.archive_states import (
    is_book_older,
    order_command,
    order_words,
    set_aside,
    state_warnings,
    text_of_signed,
)
from docgen.pipeline.output.archive_view import archive_lock, current_archive, missing_heads
from docgen.pipeline.output.built_documents import (
    built_document,
    handed_out_document,
    to_archive,
)
from docgen.pipeline.output.document_archive import (
    ArchivedDocument,
    amending_orders,
    archived_by_key,
    has_signed_order,
    is_behind,
)
from docgen.pipeline.output.document_files import DocumentJob, take_archived
from docgen.pipeline.output.found_scans import found_scans
from docgen.pipeline.output.frozen_documents import (
    FrozenDocument,
    add_pdf,
    answer,
    archive_documents,
    follow_state,
    note_state,
)
from docgen.pipeline.output.held_sheets import sheet_problem
from docgen.pipeline.run.order_scans import take_scans
from docgen.pipeline.run.state import Run
from docgen.pipeline.workspace.render import Rendered
from docgen.pipeline.workspace.scan_cells import scan_paths
from docgen.pipeline.workspace.wish import computers_day
from docgen.plan import read_signed_sheets

_SHOWN: Final = 3


def archived_documents(run: Run) -> dict[str, ArchivedDocument]:
    """Return the archived documents by key; report where the registers speak of them otherwise.

    A consent whose «Подписано» was cleared is taken out of the archive: it is made anew.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    documents = run.archive.documents
    run.result.problems += run.archive.problems
    named = set(scan_paths(run.ready.workspace))
    run.result.problems += found_scans(run.archive, named, run.ready.folders.shown)
    workspace = run.ready.folders.workspace
    place = run.ready.folders.shown(workspace / ARCHIVE)
    run.result.problems += missing_heads(run.archive, run.bench.ledger.heads, place)
    run.sheets = read_signed_sheets(run.plan.documents, run.ready.workspace, run.wish.today)
    run.result.problems += run.sheets.problems
    if run.is_whole:
        found = state_warnings(run.plan.documents, documents, run.ready.workspace)
        run.is_book_older = is_book_older(found)
        run.ready.log.forget(text_of_signed(run.plan.documents, documents, run.ready.workspace))
        run.result.problems += found
    run.amending = amending_orders(run.ready.workspace)
    own = archived_by_key(run.plan.documents, documents)
    cleared = [own[key] for key in run.sheets.cleared if key in own and not own[key].order]
    if cleared and not run.archive.is_newer:
        with archive_lock(workspace):
            papers = [one.paper for one in cleared]
            writer = ArchiveWriter(current_archive(workspace, run.archive.archive), computers_day())
            writer.remove(papers, "«Подписано» снято", EventKind.UNSIGNED)
    return {key: one for key, one in own.items() if one not in cleared}


# --- before anything is written --------------------------------------------------------------


def may_be_made(job: DocumentJob, run: Run) -> bool:
    """Return whether a document that is not archived is made as the registers stand now."""
    if run.wish.takes_current(job.planned):
        return True
    return not has_signed_order(job.planned) and job.key not in run.sheets.days


def freeze(pairs: Sequence[tuple[DocumentJob, Rendered]], run: Run) -> list[DocumentJob]:
    """Archive newly signed documents as they were handed out or built; nothing is made instead.

    Returns the jobs of consents of which nothing is there, so that they are made.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    frozen: list[tuple[DocumentJob, Rendered, FrozenDocument]] = []
    rest: list[DocumentJob] = []
    for job, rendered in pairs:
        found = _frozen(job, rendered, run)
        if found is not None:
            frozen.append((job, rendered, found))
        elif has_signed_order(job.planned):
            run.unarchived.append(job.planned)
            run.result.left_out += 1
        else:
            rest.append(job)
    if not frozen or run.archive.is_newer:
        return rest
    workspace = run.ready.folders.workspace
    with archive_lock(workspace):
        writer = ArchiveWriter(current_archive(workspace, run.archive.archive), computers_day())
        archived = archive_documents([one for *_, one in frozen], writer)
        run.archive.documents.update({one.key: one for one in archived})
    for (job, rendered, one), kept in zip(frozen, archived, strict=True):
        take_archived(job, {job.key: kept})
        if one.moved:
            run.result.problems.append(_signed_earlier(job, rendered, one))
    return rest


def _frozen(job: DocumentJob, rendered: Rendered, run: Run) -> FrozenDocument | None:
    day = run.sheets.days.get(job.key)
    sheets = [one for one in run.handed_out.get(job.key, ()) if day is None or one.day <= day]
    if sheets:
        return handed_out_document(job.planned, rendered, sheets[-1])
    return built_document(job.planned, rendered, run.bench)


def _signed_earlier(job: DocumentJob, rendered: Rendered, frozen: FrozenDocument) -> Problem:
    words = word_difference(frozen.docx, rendered.docx)
    said = f": {words}" if words else ""
    changed = "; ".join(frozen.moved[:_SHOWN])
    hidden = len(frozen.moved) - _SHOWN
    more = f" и ещё мест: {hidden}" if hidden > 0 else ""
    order = job.planned.order
    if order is None:
        return sheet_problem(job.planned, rendered, words or "")
    day = dt.datetime.fromtimestamp(frozen.docx.stat().st_mtime).astimezone()
    message = (
        f"«{job.planned.title}» (приказ {order_words(order)}): подписан лист, собранный "
        f"{day:%d.%m.%Y}, он и положен в архив. С тех пор изменилось{said} ({changed}{more}). Если "
        f"подписали новый лист, скажите: {order_command('sign', order)} --current"
    )
    return warning("signed-earlier", order.cells.get(STATE, order.where), message)


def note_answers(job: DocumentJob, rendered: Rendered, run: Run) -> None:
    """Note which later signed orders answer what has changed since a document was archived."""
    kept = job.archived
    if kept is not None:
        new = run.amending.get(kept.order, frozenset()) - kept.answered_by
        if new:
            run.answers[job.key] = rendered.reads, frozenset(new)


# --- after everything is made ----------------------------------------------------------------


def archive_signed(run: Run) -> None:
    """Archive what was signed as registers stand now, late PDFs, states that have moved on.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    workspace = run.ready.folders.workspace
    run.heads = run.archive.archive.journal.heads
    if run.archive.is_newer:
        return
    made = {one.key: one for one in run.made}
    jobs = [job for job in run.wanted if job.key in made]
    frozen = [one for job in jobs if (one := to_archive(job, made[job.key], run.bench))]
    behind = [job for job in jobs if _is_behind(job, made[job.key])]
    _note_set_aside(run)
    if frozen or behind or run.answers:
        with archive_lock(workspace):
            writer = ArchiveWriter(current_archive(workspace, run.archive.archive), computers_day())
            added = {one.key: one for one in archive_documents(frozen, writer)}
            for job in behind:
                _catch_up(job, made[job.key], run, writer)
            for job in jobs:
                if job.archived is not None and job.key in run.answers:
                    job.archived = answer(job.archived, *run.answers[job.key], writer)
        for job in jobs:
            job.archived = added.get(job.key, job.archived)
        run.made = [replace(one, is_frozen=one.is_frozen or one.key in added) for one in run.made]
    take_scans(jobs, run)
    run.heads = read_heads(run.archive.archive.path)
    for job in jobs:
        job.rendered = None


def _note_set_aside(run: Run) -> None:
    """Note in the archive which of its orders have been annulled since, or signed elsewhere."""
    documents, workspace = run.archive.documents, run.ready.folders.workspace
    aside = list(set_aside(documents, run.ready.workspace)) if run.is_whole else []
    if aside:
        with archive_lock(workspace):
            writer = ArchiveWriter(current_archive(workspace, run.archive.archive), computers_day())
            documents.update({one.key: note_state(one, state, writer) for one, state in aside})


def _is_behind(job: DocumentJob, made: MadeDocument) -> bool:
    if job.archived is None:
        return False
    lacks_pdf = job.archived.pdf is None and made.pdf is not None
    return lacks_pdf or is_behind(job.archived, job.planned)


def _catch_up(job: DocumentJob, made: MadeDocument, run: Run, writer: ArchiveWriter) -> None:
    if job.archived is not None and job.archived.pdf is None and made.pdf is not None:
        pdf = run.bench.path(job.pdf)
        is_private = job.planned.is_private
        job.archived = add_pdf(job.archived, pdf, made.pages, writer, is_private=is_private)
    if job.archived is not None and is_behind(job.archived, job.planned):
        job.archived = follow_state(job.archived, job.planned, writer)
