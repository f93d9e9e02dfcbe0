"""Signed documents in a build: what stands for them, and how they come into the archive.

Nothing that says «подписан» is made from today's registers, but by an explicit act: what was built,
printed and signed is what is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen.archive import ARCHIVE, Archive, ArchiveWriter, read_archive, read_heads
from docgen.archive.word_differences import word_difference
from docgen.errors import Location, Problem, warning
from docgen.model import MadeDocument
from docgen.model.columns import STATE
from docgen.pipeline.output.archive_states import order_words, state_warnings
from docgen.pipeline.output.archive_view import archive_lock, missing_heads
from docgen.pipeline.output.built_documents import take_built, to_archive
from docgen.pipeline.output.document_archive import (
    ArchivedDocument,
    add_pdf,
    archive_documents,
    archived_by_key,
    follow_state,
    has_signed_order,
    is_behind,
)
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.run.state import Run
from docgen.pipeline.workspace.render import Rendered

_SHOWN: Final = 3


def archived_documents(run: Run) -> Mapping[str, ArchivedDocument]:
    """Return the archived documents by key; report where the registers speak of them otherwise."""
    documents = run.archive.documents
    run.result.problems += run.archive.problems
    workspace = run.ready.folders.workspace
    place = run.ready.folders.shown(workspace / ARCHIVE)
    run.result.problems += missing_heads(run.archive, run.bench.ledger.heads, place)
    if run.is_whole:
        run.result.problems += state_warnings(run.plan.documents, documents, run.ready.workspace)
    return archived_by_key(run.plan.documents, documents)


def may_be_made(job: DocumentJob, run: Run) -> bool:
    """Return whether a document that is not archived is made as the registers stand now."""
    return not has_signed_order(job.planned) or run.wish.takes_current(job.planned)


def take_signed(job: DocumentJob, rendered: Rendered, run: Run) -> None:
    """Take for a newly signed document what was built before; nothing is made in its stead."""
    moved = take_built(job, rendered, run.bench)
    if moved is None:
        run.unarchived.append(job.planned)
        run.result.left_out += 1
    elif moved:
        run.result.problems.append(_signed_earlier(job, rendered, moved, run))


def _signed_earlier(
    job: DocumentJob, rendered: Rendered, moved: Sequence[str], run: Run
) -> Problem:
    path = run.bench.path(job.docx)
    day = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    order = job.planned.order
    name = order.identity if order is not None else ""
    words = word_difference(path, rendered.docx)
    changed = "; ".join(moved[:_SHOWN])
    more = f" и ещё мест: {len(moved) - _SHOWN}" if len(moved) > _SHOWN else ""
    said = f": {words}" if words else ""
    called = order_words(order) if order is not None else f"«{job.planned.title}»"
    message = (
        f"«{job.planned.title}» (приказ {called}): подписан лист, собранный {day:%d.%m.%Y}, он и "
        f"положен в архив. С тех пор изменилось{said} ({changed}{more}). Если подписали новый "
        f"лист, скажите: docgen sign «{name}» --current"
    )
    where = order.cells.get(STATE, order.where) if order is not None else Location()
    return warning("signed-earlier", where, message)


def archive_signed(run: Run) -> None:
    """Archive what is newly signed, the PDFs of what had none, and states that have moved on.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    run.heads = run.archive.archive.journal.heads
    if run.archive.is_newer:
        return
    made = {one.key: one for one in run.made}
    jobs = [job for job in run.wanted if job.key in made]
    frozen = [one for job in jobs if (one := to_archive(job, made[job.key], run.bench))]
    behind = [job for job in jobs if _is_behind(job, made[job.key])]
    if frozen or behind:
        workspace = run.ready.folders.workspace
        with archive_lock(workspace):
            writer = ArchiveWriter(_current(workspace, run.archive.archive), run.wish.today)
            added = {one.key: one for one in archive_documents(frozen, writer)}
            for job in behind:
                _catch_up(job, made[job.key], run, writer)
        run.heads = writer.journal.heads
        for job in jobs:
            job.archived = added.get(job.key, job.archived)
        run.made = [replace(one, is_frozen=one.is_frozen or one.key in added) for one in run.made]
    for job in jobs:
        job.rendered = None


def _current(workspace: Path, seen: Archive) -> Archive:
    """Return the archive as it lies now that it is locked: another build may have written."""
    if read_heads(seen.path) == seen.journal.heads:
        return seen
    return read_archive(workspace)


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
