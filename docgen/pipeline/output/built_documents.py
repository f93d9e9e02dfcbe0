"""What earlier builds have left of documents that are signed now: that is what is archived."""

from __future__ import annotations

from docgen.files import file_digest
from docgen.model import MadeDocument, PlannedDocument
from docgen.model.states import FROZEN, OrderState
from docgen.pipeline.output.archive_changes import hashed_value, values_built
from docgen.pipeline.output.document_archive import FrozenDocument, has_signed_order
from docgen.pipeline.output.document_files import DOCUMENTS, DocumentJob
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.workspace.render import Rendered


def was_built(planned: PlannedDocument, store: OutputStore) -> bool:
    """Return whether an earlier build has left the document as it was to be signed, no draft."""
    entry = store.ledger.documents.get(planned.key)
    return entry is not None and entry.state == OrderState.TO_SIGN and store.is_there(entry.docx)


def take_built(job: DocumentJob, rendered: Rendered, store: OutputStore) -> list[str] | None:
    """Take for a signed document what the last build of it has left, and a person has printed.

    Returns the places of the cells that have changed since; None when nothing of it is there.
    """
    entry = store.ledger.documents.get(job.key)
    if entry is None or not was_built(job.planned, store):
        return None
    job.docx, job.pdf = entry.docx, entry.pdf
    job.is_built = job.is_rendered = True
    job.is_signed = is_signed_pdf(store.path(job.pdf))
    job.signers = rendered.signers
    job.reads = entry.reads
    job.values = values_built(entry, rendered.reads, store.ledger)
    job.source_sha256 = file_digest(store.path(job.docx))
    return store.ledger.changed(entry, rendered.reads)


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
    """Return a signed document that is to be archived; None when it is, or is not signed."""
    is_new = job.archived is None and (job.rendered is not None or job.is_built)
    if not is_new or not has_signed_order(job.planned):
        return None
    values = job.values
    if job.rendered is not None:
        reads = job.rendered.reads
        values = {key: (str(read.where), read.value) for key, read in reads.items()}
    return FrozenDocument(
        job.planned,
        store.path(job.docx),
        store.path(job.pdf) if made.pdf is not None else None,
        made.pages,
        job.docx.removeprefix(f"{DOCUMENTS}/").removesuffix(".docx"),
        values,
        job.signers,
    )
