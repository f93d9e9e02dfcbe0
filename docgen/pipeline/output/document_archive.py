"""Planned documents and the archived papers that stand for them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.archive import (
    DOCX,
    PDF,
    SCAN,
    Archive,
    ArchivedPaper,
)
from docgen.files import restrict_to_owner
from docgen.model import (
    MarkedSigner,
    PlannedDocument,
    Reference,
    Workspace,
)
from docgen.model.columns import AMENDED, DATE, NUMBER, ORDERS, STATE
from docgen.model.states import ELSEWHERE, FROZEN

ORDER_KEY: Final = "order"
"""Under which name ``made`` of a record keeps the short name of the paper's order."""
ANSWERED_BY: Final = "answered by"
"""Under which name ``made`` of a record lists the orders that have answered its changes."""
COVERS: Final = "covers"
"""Under which name ``made`` of a record says that a scan stands for a whole order."""
SCANNED_AS: Final = "scan"
"""Under which name ``made`` of a record keeps what the file of its scan was called."""


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """An archived document: its files, the values it was made from, who signed it.

    ``reads`` maps the key of a cell to its place and its value; ``pdf`` is missing while the
    paper was only ever made without LibreOffice, ``docx`` where a scan stands for it.
    """

    key: str
    kind: str
    title: str
    output: str
    docx: Path | None
    pdf: Path | None
    reads: Mapping[str, tuple[str, str]]
    signers: tuple[MarkedSigner, ...]
    paper: ArchivedPaper

    @property
    def answered_by(self) -> frozenset[str]:
        """The short names of the orders that have answered what has changed since."""
        return frozenset(filter(None, self.paper.record.made.get(ANSWERED_BY, "").split("\n")))

    @property
    def scan(self) -> Path | None:
        """The scan of its whole order, if one was taken in."""
        if COVERS in self.paper.record.made:
            return self.pdf
        return self.paper.sources.get(SCAN)

    @property
    def order(self) -> str:
        """The short name of its order; papers that an earlier docgen archived show it in a cell."""
        made = self.paper.record.made
        if ORDER_KEY in made:
            return made[ORDER_KEY]
        start = f"{ORDERS}/"
        found = (key.split("/")[1] for key in self.reads if key.startswith(start))
        return next(found, "")


def has_signed_order(planned: PlannedDocument) -> bool:
    """Return whether the document's order is signed, so that the document must not change."""
    return planned.state in FROZEN and not planned.is_blank_form


def documents_of(archive: Archive) -> dict[str, ArchivedDocument]:
    """Return the documents of an archive by key, those of an earlier docgen too.

    Papers of which something is lost are not among them; see ``lost_keys``.
    """
    papers = [paper for paper in archive.papers if not paper.lost]
    if archive.takes_legacy:
        papers += [
            ArchivedPaper(one.record, one.folder, one.sources)
            for one in archive.legacy
            if not (one.lost or one.is_taken)
        ]
    return {one.key: one for one in map(document_of, papers)}


def lost_keys(archive: Archive) -> frozenset[str]:
    """Return the keys of documents whose papers are lost, so that nothing may stand for them."""
    papers = [paper.record.key for paper in archive.papers if paper.lost]
    changed = [one.record.key for one in archive.lost if one.record is not None]
    legacy = [one.record.key for one in archive.legacy if one.lost and archive.takes_legacy]
    newer = [one.key for one in archive.newer]
    return frozenset([*papers, *changed, *legacy, *newer])


def document_of(paper: ArchivedPaper) -> ArchivedDocument:
    """Return the document that an archived paper is."""
    record = paper.record
    return ArchivedDocument(
        key=record.key,
        kind=record.kind,
        title=record.title,
        output=record.output,
        docx=paper.sources.get(DOCX),
        pdf=paper.sources.get(PDF),
        reads=record.reads,
        signers=record.signers,
        paper=paper,
    )


def archived_by_key(
    planned_documents: Sequence[PlannedDocument], archive: Mapping[str, ArchivedDocument]
) -> dict[str, ArchivedDocument]:
    """Return the archived documents of planned ones, by the planned document's key.

    A paper once signed stays, whatever state its order is put in later. One whose order got
    another short name is known by its kind, its title, and the number and date of the order.
    """
    own = {
        planned.key: archive[planned.key]
        for planned in planned_documents
        if planned.key in archive and not planned.is_blank_form
    }
    free = [archived for key, archived in archive.items() if key not in own]
    for planned in planned_documents:
        if planned.key in own or not has_signed_order(planned):
            continue
        alike = [archived for archived in free if _is_the_same(archived, planned)]
        if len(alike) == 1:
            own[planned.key] = alike[0]
            free.remove(alike[0])
    return own


def _is_the_same(archived: ArchivedDocument, planned: PlannedDocument) -> bool:
    names = archived.kind, archived.title
    if planned.order is None or names != (planned.kind.name, planned.title):
        return False
    read = {
        (key.rpartition("/")[2], value)
        for key, (_, value) in archived.reads.items()
        if key.startswith(f"{ORDERS}/")
    }
    values = planned.order.values
    return all((name, repr(values.get(name))) in read for name in (NUMBER, DATE))


def without_covered(
    planned: Sequence[PlannedDocument], archive: Mapping[str, ArchivedDocument]
) -> list[PlannedDocument]:
    """Return the documents without those that a scan of their whole order covers."""
    covered = {one.order for one in archive.values() if COVERS in one.paper.record.made}
    if not covered:
        return list(planned)
    return [
        one
        for one in planned
        if one.key in archive or one.order is None or one.order.identity not in covered
    ]


@functools.lru_cache(maxsize=1)
def amending_orders(workspace: Workspace) -> Mapping[str, Set[str]]:
    """Return for each order the signed ones that name it in «Изменяет / отменяет»."""
    found: dict[str, set[str]] = {}
    for order in workspace.records.get(ORDERS, ()):
        value = order.values.get(AMENDED)
        if order.values.get(STATE) in FROZEN | ELSEWHERE:
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Reference):
                    found.setdefault(one.identity, set()).add(order.identity)
    return found


def is_behind(archived: ArchivedDocument, planned: PlannedDocument) -> bool:
    """Return whether the record does not know the state that its signed order has come to."""
    return has_signed_order(planned) and archived.paper.record.state != planned.state


def restrict_archived(archived: ArchivedDocument) -> None:
    """Restrict an archived document with personal data, and its folder, to their owner."""
    folder = archived.paper.folder
    for path in (folder, *(folder / name for name in archived.paper.record.files)):
        restrict_to_owner(path)
