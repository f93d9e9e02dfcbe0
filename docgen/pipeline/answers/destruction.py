"""Which archived papers may be destroyed: those whose term of keeping is over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docgen.archive import ArchiveWriter, read_archive
from docgen.errors import UsageError
from docgen.model import Workspace
from docgen.model.columns import DOCUMENT_KEY, ORDERS, SIGNATURES, VALID_UNTIL, WITHDRAWN
from docgen.model.retention import retention_of
from docgen.pipeline.output.archive_view import archive_lock
from docgen.pipeline.output.document_archive import ArchivedDocument, documents_of
from docgen.pipeline.output.known_sheets import prepare_whole, refuse_lost
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.readiness import Blocked

_YEARS: Final = re.compile(r"(\d+)\s*(?:год|лет)")
_WITH_ORDER: Final = "вместе с приказом"
_AFTER_END: Final = ("отзыв", "окончани")


@dataclass(frozen=True, slots=True)
class DuePaper:
    """A paper whose term is over: its id, title, the day from which the term ran, the term."""

    id: str
    title: str
    date: str
    retention: str


def term_ends(retention: str, begins: dt.date) -> dt.date | None:
    """Return the first day on which a paper may be destroyed, None if it is kept for ever.

    A term runs from 1 January of the year after the one in which the paper was closed (Основные
    правила работы архивов, приказ Росархива № 77 от 31.07.2023).
    """
    found = _YEARS.search(retention)
    return dt.date(begins.year + 1 + int(found[1]), 1, 1) if found is not None else None


def due_papers(site: Site, day: dt.date) -> list[DuePaper]:
    """Return the archived papers of a workspace whose term is over on the day.

    Raises:
        UsageError: when the registers cannot be read, or that of signatures is gone.
    """
    ready = prepare_whole(site.folder, site.root, site.output)
    if isinstance(ready, Blocked):
        raise UsageError([one for one in ready.problems if one.is_error])
    # Terms of consents run from days that stand there.
    refuse_lost(ready, SIGNATURES, site.output)
    documents = documents_of(read_archive(ready.folders.workspace)).values()
    orders = {one.identity: one for one in ready.workspace.records.get(ORDERS, ())}
    terms = {
        one.key: retention_of(ready.kinds[one.kind], orders.get(one.order))
        for one in documents
        if one.kind in ready.kinds
    }
    by_order = {
        one.order: terms[one.key]
        for one in documents
        if terms.get(one.key, _WITH_ORDER) != _WITH_ORDER and one.order
    }
    due = []
    for one in documents:
        retention = terms.get(one.key, "")
        if retention == _WITH_ORDER:
            retention = by_order.get(one.order, "")
        begins = _begins(one, retention, ready.workspace)
        ends = term_ends(retention, begins) if begins is not None else None
        if ends is not None and begins is not None and ends <= day:
            shown = f"{begins:%d.%m.%Y}"
            due.append(DuePaper(one.paper.record.id, one.title, shown, retention))
    return due


def _begins(one: ArchivedDocument, retention: str, workspace: Workspace) -> dt.date | None:
    """Return the day in whose year a paper was closed, None if it is still in force."""
    if not any(word in retention for word in _AFTER_END):
        text = one.paper.record.date
        return dt.date.fromisoformat(text) if text else None
    rows = [
        row
        for row in workspace.records.get(SIGNATURES, ())
        if row.values.get(DOCUMENT_KEY) == one.key
    ]
    days = [
        value
        for row in rows
        for name in (WITHDRAWN, VALID_UNTIL)
        if isinstance(value := row.values.get(name), dt.date)
    ]
    return max(days, default=None)


def destroy(site: Site, due: Sequence[DuePaper], act: str, day: dt.date) -> None:
    """Destroy papers by an act; their events stay.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    workspace = site.folder.resolve()
    ids = {one.id for one in due}
    with archive_lock(workspace):
        archive = read_archive(workspace)
        papers = [paper for paper in archive.papers if paper.record.id in ids]
        ArchiveWriter(archive, day).destroy(papers, act)
