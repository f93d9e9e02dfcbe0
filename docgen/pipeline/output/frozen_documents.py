"""Documents on their way into the archive, and what its records learn later."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import __version__
from docgen.archive import (
    DOCX,
    PDF,
    SCAN,
    ArchiveWriter,
    EventKind,
    KeptFile,
    NewPaper,
    PaperRecord,
    new_id,
)
from docgen.files import file_mode, unwritable_error
from docgen.model import MarkedSigner, PlannedDocument, ReadCell, Record
from docgen.model.columns import DATE, NUMBER
from docgen.pipeline.output.document_archive import (
    ANSWERED_BY,
    COVERS,
    ORDER_KEY,
    SCANNED_AS,
    ArchivedDocument,
    document_of,
)


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A scan on its way into the archive; ``name`` is where it lies in the workspace."""

    name: str
    data: bytes
    pages: int


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
    return [document_of(paper) for paper in writer.put([_new_paper(one, what) for one in frozen])]


def _new_paper(frozen: FrozenDocument, what: EventKind) -> NewPaper:
    planned = frozen.planned
    contents = {DOCX: frozen.docx.read_bytes()}
    if frozen.pdf is not None:
        contents[PDF] = frozen.pdf.read_bytes()
    record = replace(
        _record_of(planned, contents, frozen.pages),
        output=frozen.output,
        reads=dict(frozen.reads),
        signers=tuple(frozen.signers),
    )
    return NewPaper(record, contents, what, file_mode(is_private=planned.is_private))


def scan_paper(planned: PlannedDocument, data: bytes, pages: int) -> NewPaper:
    """Return a scan or a signed PDF that stands for an order with all its appendices."""
    contents = {PDF: data}
    record = _record_of(planned, contents, pages)
    record = replace(record, made={**record.made, COVERS: "order"})
    mode = file_mode(is_private=planned.is_private)
    return NewPaper(record, contents, EventKind.SCAN, mode)


def _record_of(planned: PlannedDocument, contents: Mapping[str, bytes], pages: int) -> PaperRecord:
    """Return a new record of a planned document; ``pages`` are of its PDF."""
    number, date = _number_and_date(planned.order)
    return PaperRecord(
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
        files={name: _kept(data, pages if name == PDF else 0) for name, data in contents.items()},
        made={"docgen": __version__, **_order_of(planned)},
    )


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
    return document_of(
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
    return document_of(
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
    document = document_of(writer.renew(archived.paper, renewed, EventKind.SCAN))
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
    return document_of(writer.renew(archived.paper, renewed, EventKind.STATE))


def note_state(archived: ArchivedDocument, state: str, writer: ArchiveWriter) -> ArchivedDocument:
    """Note the state of an order of which no paper is made any more.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    renewed = replace(archived.paper.record, state=state)
    return document_of(writer.renew(archived.paper, renewed, EventKind.STATE))


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
    return document_of(writer.renew(archived.paper, renewed, EventKind.STATE))
