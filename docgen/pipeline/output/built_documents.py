"""What earlier builds have left of documents that are signed now: that is what is archived."""

from __future__ import annotations

from docgen.archive import DOCX, PDF, HandedOutSheet
from docgen.files import file_digest
from docgen.model import MadeDocument, PlannedDocument
from docgen.model.states import FROZEN, OrderState
from docgen.pipeline.output.archive_changes import hashed_value, is_same_value, values_built
from docgen.pipeline.output.document_archive import has_signed_order
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.frozen_documents import FrozenDocument
from docgen.pipeline.output.ledger import LedgerEntry
from docgen.pipeline.output.places import DOCUMENTS
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.workspace.render import Rendered


def was_built(planned: PlannedDocument, store: OutputStore) -> bool:
    """Return whether an earlier build has left the document as it was to be signed, no draft."""
    entry = store.ledger.documents.get(planned.key)
    return entry is not None and entry.state == OrderState.TO_SIGN and store.is_there(entry.docx)


def built_document(
    planned: PlannedDocument, rendered: Rendered, store: OutputStore
) -> FrozenDocument | None:
    """Return a signed document as the last build of it has left it, and a person has printed it.

    None when nothing of it is there.
    """
    entry = store.ledger.documents.get(planned.key)
    if entry is None or not was_built(planned, store):
        return None
    has_pdf = _has_built_pdf(entry, store)
    return FrozenDocument(
        planned,
        store.path(entry.docx),
        store.path(entry.pdf) if has_pdf else None,
        entry.pages if has_pdf else 0,
        entry.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx"),
        values_built(entry, rendered.reads, store.ledger),
        rendered.signers,
        tuple(store.ledger.changed(entry, rendered.reads)),
    )


def _has_built_pdf(entry: LedgerEntry, store: OutputStore) -> bool:
    """Whether the PDF that an earlier build has left was made of the .docx beside it."""
    if not store.is_there(entry.pdf):
        return False
    return store.is_changed(entry.pdf) or entry.source_sha256 == entry.docx_sha256


def handed_out_document(
    planned: PlannedDocument, rendered: Rendered, sheet: HandedOutSheet
) -> FrozenDocument:
    """Return a signed document as it was handed out."""
    record = sheet.record
    now = {key: read.value for key, read in rendered.reads.items()}
    moved = [
        place or key
        for key, (place, value) in record.reads.items()
        if not is_same_value(value, now.get(key, ""))
    ]
    reads = {
        key: (place, now[key] if key in now and is_same_value(value, now[key]) else value)
        for key, (place, value) in record.reads.items()
    }
    return FrozenDocument(
        planned,
        sheet.sources[DOCX],
        sheet.sources.get(PDF),
        record.files[PDF].pages if PDF in record.files else 0,
        record.output,
        reads,
        rendered.signers,
        tuple(dict.fromkeys(moved)),
    )


def proven_document(planned: PlannedDocument, store: OutputStore) -> FrozenDocument | None:
    """Return a signed document as the output holds it, if its ledger proves every byte."""
    entry = store.ledger.documents.get(planned.key)
    if entry is None or entry.state not in FROZEN or not store.is_there(entry.docx):
        return None
    names = [name for name in (entry.docx, entry.pdf) if store.is_there(name)]
    stamps = [store.ledger.outputs.get(name) for name in names]
    if not all(
        stamp is not None and stamp.sha256 == file_digest(store.path(name))
        for name, stamp in zip(names, stamps, strict=True)
    ):
        return None
    seen = entry.seen().items()
    return FrozenDocument(
        planned,
        store.path(entry.docx),
        store.path(entry.pdf) if entry.pdf in names else None,
        entry.pages,
        entry.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx"),
        {key: (one.place, hashed_value(one.hash, store.ledger)) for key, one in seen},
        (),
    )


def to_archive(job: DocumentJob, made: MadeDocument, store: OutputStore) -> FrozenDocument | None:
    """Return a signed document that was made as the registers stand now, None if it was not."""
    if job.rendered is None or not has_signed_order(job.planned):
        return None
    reads = job.rendered.reads
    return FrozenDocument(
        job.planned,
        store.path(job.docx),
        store.path(job.pdf) if made.pdf is not None else None,
        made.pages,
        job.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx"),
        {key: (str(read.where), read.value) for key, read in reads.items()},
        job.signers,
    )
