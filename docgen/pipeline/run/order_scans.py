"""Scans of signed orders on their way into the archive, where they are evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen import pages
from docgen.archive import SCAN, ArchiveWriter
from docgen.model import Family, sameness
from docgen.pipeline.output.archive_view import archive_lock, current_archive
from docgen.pipeline.output.document_archive import (
    COVERS,
    SCANNED_AS,
    ArchivedDocument,
    has_signed_order,
)
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.frozen_documents import ScanFile, add_scan, drop_scan
from docgen.pipeline.run.state import Run
from docgen.pipeline.run.unchanged_inputs import scan_stamps
from docgen.pipeline.workspace.scan_cells import ScanCell, scan_cells
from docgen.pipeline.workspace.wish import computers_day


def take_scans(jobs: Sequence[DocumentJob], run: Run) -> None:
    """Take in the scans that cells name and the archive does not hold yet.

    A scan that was taken in stays when its file is gone or its cell is emptied, so that an older
    copy of the book takes nothing away; «нет» in the cell lets it go.

    Raises:
        UsageError: when ``архив/`` cannot be written, or somebody else writes into it.
    """
    due = list(_due(jobs, run))
    if not due:
        return
    workspace = run.ready.folders.workspace
    with archive_lock(workspace):
        writer = ArchiveWriter(current_archive(workspace, run.archive.archive), computers_day())
        for job, archived, scan in due:
            job.archived = (
                drop_scan(archived, writer)
                if scan is None
                # It shows appendices and who has signed the sheet of acquaintance.
                else add_scan(archived, scan, writer, is_private=True)
            )


def _due(
    jobs: Sequence[DocumentJob], run: Run
) -> Iterator[tuple[DocumentJob, ArchivedDocument, ScanFile | None]]:
    """Yield the papers that get a scan, or lose one, with the scan."""
    by_order = _signed_by_order(jobs)
    for cell in scan_cells(run.ready.workspace):
        job = _paper_of(by_order.get(sameness(cell.order.identity), ()))
        if job is None or job.archived is None or COVERS in job.archived.paper.record.made:
            continue
        if cell.is_denied:
            if SCAN in job.archived.paper.record.files:
                yield job, job.archived, None
        elif (scan := _new_scan(cell, job.archived, run)) is not None:
            yield job, job.archived, scan


def _signed_by_order(jobs: Sequence[DocumentJob]) -> dict[str, list[DocumentJob]]:
    found: dict[str, list[DocumentJob]] = {}
    for job in jobs:
        order = job.planned.order
        if job.archived is not None and order is not None and has_signed_order(job.planned):
            found.setdefault(sameness(order.identity), []).append(job)
    return found


def _paper_of(own: Sequence[DocumentJob]) -> DocumentJob | None:
    """Return that of an order's papers to which its scan belongs: itself, else the first."""
    orders = [job for job in own if job.planned.kind.family == Family.ORDER]
    return next(iter([*orders, *own]), None)


def _new_scan(cell: ScanCell, archived: ArchivedDocument, run: Run) -> ScanFile | None:
    """Return the scan that a cell names; None where the archive has it or it cannot be read."""
    path, record = cell.path, archived.paper.record
    if path is None:
        return None
    name = path.relative_to(run.ready.folders.workspace.resolve()).as_posix()
    kept = record.files.get(SCAN)
    if kept is not None and record.made.get(SCANNED_AS) == name and _is_as_before(path, run):
        return None
    try:
        data, count = path.read_bytes(), pages.scanned_pages(path)
    except (OSError, pages.BrokenPdfError):
        # Its cell has been said to be wrong already.
        return None
    if kept is not None and hashlib.sha256(data).hexdigest() == kept.sha256:
        return None
    return ScanFile(name, data, count)


def _is_as_before(path: Path, run: Run) -> bool:
    """Whether a scan is as the last build saw it, by its size and time."""
    known, now = run.bench.ledger.inputs, scan_stamps([path], run.ready.folders)
    return all(known.get(name) == stamp for name, stamp in now.items())
