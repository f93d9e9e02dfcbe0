"""What ``docgen printed`` keeps of the sheets that go to people for signature."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from docgen import __version__, registers
from docgen.archive import (
    DOCX,
    PDF,
    KeptFile,
    NewPaper,
    PaperRecord,
    hand_out,
    new_id,
    newer_problem,
    read_archive,
)
from docgen.errors import Problem, UsageError, warning
from docgen.model.columns import SIGNATURES
from docgen.model.states import OrderState
from docgen.pipeline.output.archive_changes import hashed_value
from docgen.pipeline.output.archive_view import archive_lock
from docgen.pipeline.output.known_sheets import losses_of, prepare_whole
from docgen.pipeline.output.ledger import Ledger, LedgerEntry, read_ledger
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.places import DOCUMENTS, Site
from docgen.pipeline.workspace.readiness import Blocked
from docgen.pipeline.workspace.signature_register import register_path


def hand_out_sheets(site: Site, day: dt.date) -> tuple[int, list[Problem]]:
    """Keep every built sheet that is to be signed, and fill «Выдано» where it is empty.

    Returns how many sheets differ from those handed out before, and what could not be written.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    ledger = read_ledger(site.output)
    documents = read_manifest(site.output)["documents"]
    waiting = [
        (one, entry)
        for one in documents
        if one["signatures"] and not one["frozen"]
        if (entry := ledger.documents.get(one["key"])) is not None
        if entry.state == OrderState.TO_SIGN
    ]
    papers = [paper for one, entry in waiting if (paper := _paper(one, entry, ledger, site))]
    if not papers:
        return 0, []
    workspace = site.folder.resolve()
    with archive_lock(workspace):
        archive = read_archive(workspace)
        if archive.newer:
            return 0, [newer_problem(archive, site.name)]
        count = hand_out(workspace, papers, day)
    return count, _note_issued(site, [paper.record.key for paper in papers], day)


def _paper(
    one: Mapping[str, Any], entry: LedgerEntry, ledger: Ledger, site: Site
) -> NewPaper | None:
    names = {DOCX: one["docx"], PDF: one["pdf"]}
    try:
        contents = {to: (site.output / name).read_bytes() for to, name in names.items() if name}
    except OSError:
        # What is missing is told by a build; what nobody can print is not handed out.
        return None
    record = PaperRecord(
        id=new_id(),
        key=one["key"],
        kind=one["kind"],
        title=one["title"],
        number="",
        date="",
        state=entry.state,
        output=entry.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx"),
        reads={
            key: (seen.place, hashed_value(seen.hash, ledger)) for key, seen in entry.seen().items()
        },
        signers=(),
        files={
            to: KeptFile(
                hashlib.sha256(data).hexdigest(), len(data), one["pages"] if to == PDF else 0
            )
            for to, data in contents.items()
        },
        made={"docgen": __version__},
    )
    return NewPaper(record, contents)


def _note_issued(site: Site, keys: Sequence[str], day: dt.date) -> list[Problem]:
    """Fill «Выдано» of the sheets; a book that is open waits for the next time."""
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        return [one for one in ready.problems if one.code == "lost-column"]
    schema = ready.schemas.get(SIGNATURES)
    path = register_path(ready, schema) if schema else None
    if path is None or schema is None:
        return losses_of(ready)
    try:
        registers.note_issued(path, schema, keys, day)
    except UsageError as error:
        return [warning(one.code, one.where, one.message) for one in error.problems]
    return losses_of(ready)
