"""Planned documents and the archived papers that stand for them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen import __version__
from docgen.archive import (
    DOCX,
    PDF,
    SCAN,
    Archive,
    ArchivedPaper,
    ArchiveWriter,
    EventKind,
    KeptFile,
    NewPaper,
    PaperRecord,
    new_id,
)
from docgen.files import file_mode, restrict_to_owner, unwritable_error
from docgen.model import (
    MarkedSigner,
    PlannedDocument,
    ReadCell,
    Record,
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
class ScanFile:
    """A scan on its way into the archive; ``name`` is where it lies in the workspace."""

    name: str
    data: bytes
    pages: int


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
    return {one.key: one for one in map(_document, papers)}


def lost_keys(archive: Archive) -> frozenset[str]:
    """Return the keys of documents whose papers are lost, so that nothing may stand for them."""
    papers = [paper.record.key for paper in archive.papers if paper.lost]
    changed = [one.record.key for one in archive.lost if one.record is not None]
    legacy = [one.record.key for one in archive.legacy if one.lost and archive.takes_legacy]
    return frozenset([*papers, *changed, *legacy])


def _document(paper: ArchivedPaper) -> ArchivedDocument:
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


# --- putting in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrozenDocument:
    """A document that is to be archived: where its files lie, what it was made from.

    ``output`` is its path below ``documents/`` without suffix; ``moved`` are the places of cells
    that have changed since it was made.
    """

    planned: PlannedDocument
    docx: Path
    pdf: Path | None
    pages: int
    output: str
    reads: Mapping[str, tuple[str, str]]
    signers: Sequence[MarkedSigner]
    moved: tuple[str, ...] = ()


def archive_documents(
    frozen: Iterable[FrozenDocument],
    writer: ArchiveWriter,
    what: EventKind = EventKind.SIGNED,
) -> list[ArchivedDocument]:
    """Put documents into the archive: their bytes as they lie there.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    return [_document(paper) for paper in writer.put([_new_paper(one, what) for one in frozen])]


def _new_paper(frozen: FrozenDocument, what: EventKind) -> NewPaper:
    planned = frozen.planned
    contents = {DOCX: frozen.docx.read_bytes()}
    if frozen.pdf is not None:
        contents[PDF] = frozen.pdf.read_bytes()
    number, date = _number_and_date(planned.order)
    record = PaperRecord(
        id=new_id(),
        key=planned.key,
        kind=planned.kind.name,
        title=planned.title,
        number=number,
        date=date,
        state=planned.state,
        output=frozen.output,
        reads=dict(frozen.reads),
        signers=tuple(frozen.signers),
        files={
            name: _kept(data, frozen.pages if name == PDF else 0) for name, data in contents.items()
        },
        made={"docgen": __version__, **_order_of(planned)},
    )
    return NewPaper(record, contents, what, file_mode(is_private=planned.is_private))


def scan_paper(planned: PlannedDocument, data: bytes, pages: int) -> NewPaper:
    """Return a scan or a signed PDF that stands for an order with all its appendices."""
    number, date = _number_and_date(planned.order)
    record = PaperRecord(
        id=new_id(),
        key=planned.key,
        kind=planned.kind.name,
        title=planned.title,
        number=number,
        date=date,
        state=planned.state,
        output=planned.output,
        reads={},
        signers=(),
        files={PDF: _kept(data, pages)},
        made={"docgen": __version__, COVERS: "order", **_order_of(planned)},
    )
    mode = file_mode(is_private=planned.is_private)
    return NewPaper(record, {PDF: data}, EventKind.SCAN, mode)


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


def _order_of(planned: PlannedDocument) -> dict[str, str]:
    return {ORDER_KEY: planned.order.identity if planned.order is not None else ""}


def _number_and_date(order: Record | None) -> tuple[str, str]:
    if order is None:
        return "", ""
    number, date = order.values.get(NUMBER), order.values.get(DATE)
    day = date.isoformat() if isinstance(date, dt.date) else ""
    return str(number) if number is not None else "", day


def _kept(data: bytes, pages: int = 0) -> KeptFile:
    return KeptFile(hashlib.sha256(data).hexdigest(), len(data), pages)


def add_pdf(
    archived: ArchivedDocument, pdf: Path, pages: int, writer: ArchiveWriter, *, is_private: bool
) -> ArchivedDocument:
    """Add the PDF to a document that was archived without one.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    data = pdf.read_bytes()
    record = archived.paper.record
    files = {**record.files, PDF: _kept(data, pages)}
    mode = file_mode(is_private=is_private)
    renewed = replace(record, files=files)
    return _document(
        writer.renew(archived.paper, renewed, EventKind.SIGNED, {PDF: data}, mode=mode)
    )


def add_scan(
    archived: ArchivedDocument, scan: ScanFile, writer: ArchiveWriter, *, is_private: bool
) -> ArchivedDocument:
    """Take the scan of a signed order in, in place of one that was taken in before.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    record = archived.paper.record
    files = {**record.files, SCAN: _kept(scan.data, scan.pages)}
    renewed = replace(record, files=files, made={**record.made, SCANNED_AS: scan.name})
    mode = file_mode(is_private=is_private)
    return _document(
        writer.renew(archived.paper, renewed, EventKind.SCAN, {SCAN: scan.data}, mode=mode)
    )


def drop_scan(archived: ArchivedDocument, writer: ArchiveWriter) -> ArchivedDocument:
    """Let go of a scan that was named by mistake; its second copy stays.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    record = archived.paper.record
    files = {name: one for name, one in record.files.items() if name != SCAN}
    made = {name: value for name, value in record.made.items() if name != SCANNED_AS}
    renewed = replace(record, files=files, made=made)
    document = _document(writer.renew(archived.paper, renewed, EventKind.SCAN))
    try:
        (archived.paper.folder / SCAN).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable_error(archived.paper.folder / SCAN, error) from error
    return document


def follow_state(
    archived: ArchivedDocument, planned: PlannedDocument, writer: ArchiveWriter
) -> ArchivedDocument:
    """Note the state that a signed order has come to, and what an earlier docgen did not keep.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    record = archived.paper.record
    number, date = _number_and_date(planned.order)
    renewed = replace(
        record,
        state=planned.state,
        number=record.number or number,
        date=record.date or date,
        made={**_order_of(planned), **record.made},
    )
    return _document(writer.renew(archived.paper, renewed, EventKind.STATE))


def answer(
    archived: ArchivedDocument,
    reads: Mapping[str, ReadCell],
    orders: Iterable[str],
    writer: ArchiveWriter,
) -> ArchivedDocument:
    """Note that later orders have answered what registers say otherwise than a paper now.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    record = archived.paper.record
    answered = {
        key: read.value
        for key, read in reads.items()
        if key not in record.reads or record.reads[key][1] != read.value
    }
    made = {**record.made, ANSWERED_BY: "\n".join(sorted({*archived.answered_by, *orders}))}
    renewed = replace(record, answered={**record.answered, **answered}, made=made)
    return _document(writer.renew(archived.paper, renewed, EventKind.STATE))


def amending_orders(workspace: Workspace) -> dict[str, set[str]]:
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
