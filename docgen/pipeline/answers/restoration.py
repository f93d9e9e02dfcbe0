"""Signed papers put back into the archive: from second copies, and from what the output holds."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.archive import DOCX, PDF, Archive, ArchiveWriter, EventKind, read_archive
from docgen.errors import Problem, UsageError
from docgen.model import PlannedDocument
from docgen.pipeline.output.archive_view import (
    ArchiveView,
    archive_lock,
    look_and_mend,
    look_at,
    unarchived_problems,
)
from docgen.pipeline.output.built_documents import proven_document, was_built
from docgen.pipeline.output.document_archive import archived_by_key, has_signed_order
from docgen.pipeline.output.frozen_documents import archive_documents
from docgen.pipeline.output.known_sheets import losses_of, prepare_whole
from docgen.pipeline.output.ledger import read_ledger
from docgen.pipeline.output.places import DOCUMENTS, PDFS, Site
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.readiness import Blocked
from docgen.pipeline.workspace.wish import Wish, make_plan


@dataclass(frozen=True, slots=True)
class Restored:
    """How many papers are in the archive now, how many came from the output; what is to be said."""

    whole: int
    taken: int
    problems: list[Problem]

    @property
    def lacks(self) -> bool:
        """Whether something signed is still missing."""
        return any(one.is_error for one in self.problems)


def restore(site: Site, day: dt.date) -> Restored:
    """Put back what can be: from second copies, and from the output what hashes prove.

    Raises:
        UsageError: when ``архив/`` cannot be written, or the registers cannot be read.
    """
    workspace = site.folder.resolve()
    shown = Folders(site.root.resolve(), workspace).shown
    view = look_and_mend(workspace, shown, day)
    said = [one for one in view.problems if not one.is_error]
    taken = 0
    if not view.is_newer and (taken := _copy_from_output(view.archive, site.output, workspace)):
        view = look_and_mend(workspace, shown, day)
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        raise UsageError([one for one in ready.problems if one.is_error])
    said += losses_of(ready)
    planned = [one for one in make_plan(ready, Wish()).documents if has_signed_order(one)]
    store = OutputStore(site.output, read_ledger(site.output))
    found = [
        proven
        for one in _absent(planned, view)
        if (proven := proven_document(one, store)) is not None
    ]
    if found and not view.is_newer:
        with archive_lock(workspace):
            archive = read_archive(workspace)
            archive_documents(found, ArchiveWriter(archive, day), EventKind.TAKEN_IN)
        taken += len(found)
    view = look_at(workspace, shown)
    absent = [one for one in _absent(planned, view) if not was_built(one, store)]
    said += [*view.problems, *unarchived_problems(absent, store)]
    return Restored(len(view.documents), taken, list(dict.fromkeys(said)))


def _absent(planned: Sequence[PlannedDocument], view: ArchiveView) -> Iterator[PlannedDocument]:
    """Yield signed documents of which the archive knows nothing."""
    known = archived_by_key(planned, view.documents).keys() | view.lost
    return (one for one in planned if one.key not in known)


def _copy_from_output(archive: Archive, output: Path, workspace: Path) -> int:
    """Copy files that are lost to the archive from the output, if they are what was frozen.

    Returns of how many papers something was copied.
    """
    count = 0
    for paper in archive.papers:
        places = {
            DOCX: output / DOCUMENTS / f"{paper.record.output}.docx",
            PDF: output / PDFS / f"{paper.record.output}.pdf",
        }
        held = [
            data
            for one in paper.lost
            if one.name in places
            and (data := _held(places[one.name], paper.record.files[one.name].sha256)) is not None
        ]
        if held:
            with archive_lock(workspace):
                for data in held:
                    archive.copies.write(data)
            count += 1
    return count


def _held(path: Path, sha256: str) -> bytes | None:
    """Return what lies at a path if its hash is that, else None."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None
