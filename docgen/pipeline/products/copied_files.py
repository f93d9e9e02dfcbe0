"""What of each document goes into copies: a scan, a signed file, a page of the archive, a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen import pages
from docgen.archive import PDF, SCAN
from docgen.errors import Location, PacketError, Problem, warning
from docgen.model import Family, MadeDocument, PlannedDocument, PlannedPacket, Purpose
from docgen.model.columns import NUMBER
from docgen.model.states import FROZEN
from docgen.packet import CopiedFile, CopySource, PacketRequest
from docgen.pipeline.output.document_archive import COVERS, ArchivedDocument
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.store import OutputStore, Verdict
from docgen.pipeline.products.originals import original_name
from docgen.pipeline.workspace.scan_cells import scan_place

_NAMED = 5
_DRAFT = CopiedFile(CopySource.DRAFT)


@dataclass(frozen=True, slots=True)
class CopiedFiles:
    """What stands in copies for each document, by its key.

    ``covered`` are documents that the scan of their order shows already: they are not repeated. One
    of ``private`` shows personal data, its own or those of an appendix in the scan.
    """

    by_key: Mapping[str, CopiedFile] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    planned: Mapping[str, PlannedDocument] = field(default_factory=dict)

    def without_covered(self, one: PlannedPacket) -> PlannedPacket:
        """Return a packet; copies without what is in the scans of their orders."""
        if one.kind.purpose != Purpose.COPIES:
            return one
        return replace(one, documents=tuple(k for k in one.documents if k not in self.covered))

    def pages_in(self, one: PlannedPacket, known: Mapping[str, int]) -> Mapping[str, int]:
        """Return the pages that documents have in a packet, by their keys."""
        if one.kind.purpose != Purpose.COPIES:
            return known
        own = ((key, self.of(key).pages) for key in one.documents)
        return {**known, **{key: count for key, count in own if count is not None}}

    def of(self, key: str) -> CopiedFile:
        """Return what stands for a document; what nobody knows to be signed is a draft."""
        return self.by_key.get(key, _DRAFT)

    def copied(self, document: MadeDocument) -> MadeDocument:
        """Return a document with the file and the pages that stand for it."""
        found = self.of(document.key)
        count = document.pages if found.pages is None else found.pages
        is_private = document.is_private or document.key in self.private
        pdf = found.pdf or document.pdf
        return replace(document, pdf=pdf, pages=count, is_private=is_private)


def copied_files(
    jobs: Iterable[DocumentJob],
    archived: Mapping[str, ArchivedDocument],
    store: OutputStore,
) -> CopiedFiles:
    """Return what of these documents goes into copies, by the order of sources.

    The scan of a signed order shows all its papers; else the file that was signed electronically;
    else the page of the archive. Nothing else repeats what was signed.
    """
    jobs = [job for job in jobs if not job.planned.is_blank_form]
    kept = {**archived, **{job.key: job.archived for job in jobs if job.archived is not None}}
    scanned = dict(_scanned_orders(jobs, kept))
    found: dict[str, CopiedFile] = {}
    covered: set[str] = set()
    for job in jobs:
        order = _order_of(job.planned)
        if order in scanned:
            if scanned[order] == job.key:
                found[job.key] = _scan(kept[job.key])
            else:
                covered.add(job.key)
        else:
            found[job.key] = _copied_file(job, kept.get(job.key), store)
    secret = {_order_of(job.planned) for job in jobs if job.planned.is_private}
    private = frozenset(key for order, key in scanned.items() if order in secret)
    planned = {job.key: job.planned for job in jobs}
    return CopiedFiles(found, frozenset(covered), private, planned)


def _order_of(planned: PlannedDocument) -> str:
    return planned.order.identity if planned.order is not None else ""


def _scanned_orders(
    jobs: Sequence[DocumentJob], kept: Mapping[str, ArchivedDocument]
) -> Iterator[tuple[str, str]]:
    """Yield the signed orders of which there is a scan, with the key of the paper that has it."""
    for job in jobs:
        paper = kept.get(job.key)
        has_scan = paper is not None and paper.scan is not None
        if has_scan and _order_of(job.planned) and job.planned.state in FROZEN:
            yield _order_of(job.planned), job.key


def _scan(paper: ArchivedDocument) -> CopiedFile:
    name = PDF if COVERS in paper.paper.record.made else SCAN
    record = paper.paper.record.files[name]
    return CopiedFile(CopySource.SCAN, str(paper.scan), record.pages, record.sha256)


def _copied_file(
    job: DocumentJob, paper: ArchivedDocument | None, store: OutputStore
) -> CopiedFile:
    planned = job.planned
    if planned.kind.family == Family.SHEET:
        return CopiedFile(CopySource.IN_FILE, pages=0)
    if planned.order is not None and planned.state not in FROZEN:
        return _DRAFT
    for name in (job.pdf, original_name(job)):
        if store.verdict(name) is Verdict.SIGNED:
            return _signed_file(name, store)
    if paper is None or paper.pdf is None:
        return _DRAFT
    record = paper.paper.record.files[PDF]
    if store.sha256(job.pdf) == record.sha256:
        return CopiedFile(CopySource.ARCHIVED)
    # A person has changed what lies among the PDFs; that was not signed.
    return CopiedFile(CopySource.ARCHIVED, str(paper.pdf), record.pages, record.sha256)


def _signed_file(name: str, store: OutputStore) -> CopiedFile:
    try:
        count = pages.page_count(store.path(name))
    except pages.BrokenPdfError:
        # Reported where it is read as a document.
        count = 0
    return CopiedFile(CopySource.SIGNED_FILE, name, count or None)


def without_scan(requests: Iterable[PacketRequest], copies: CopiedFiles) -> list[Problem]:
    """Return one warning for all signed orders of which copies repeat pages of the archive."""
    keys = {
        document.key: None
        for request in requests
        for document, source in zip(request.documents, request.sources, strict=True)
        if source is CopySource.ARCHIVED
    }
    orders = {
        order.identity: order
        for key in keys
        if key in copies.planned and (order := copies.planned[key].order) is not None
    }
    if not orders:
        return []
    names = [
        f"№ {number}" if (number := order.values.get(NUMBER)) else f"«{name}»"
        for name, order in orders.items()
    ]
    more = f" и ещё {len(names) - _NAMED}" if len(names) > _NAMED else ""
    message = (
        f"у подписанных приказов нет скана: {', '.join(names[:_NAMED])}{more}; в копии идёт лист "
        "из архива. Есть скан – впишите его в столбец «Скан»"
    )
    return [warning("no-scan", scan_place(next(iter(orders.values()))), message)]


def as_sheets(request: PacketRequest, next_path: Callable[[], Path]) -> PacketRequest:
    """Return copies whose scans have become sheets of A4, written to paths that are asked for.

    Raises:
        PacketError: when a scan cannot be read any more.
    """
    documents = list(request.documents)
    for index, source in enumerate(request.sources):
        if source is not CopySource.SCAN:
            continue
        one, target = documents[index], next_path()
        try:
            count = pages.write_as_sheets(Path(request.copied[index].pdf), target)
        except (pages.BrokenPdfError, OSError) as error:
            message = (
                f"комплект «{request.title}»: скан документа «{one.title}» не открывается; "
                "отсканируйте его заново"
            )
            where = Location(file=request.kind.source)
            raise PacketError([Problem("packet-broken", where, message)]) from error
        documents[index] = replace(one, pdf=str(target), pages=count)
    return replace(request, documents=tuple(documents))
