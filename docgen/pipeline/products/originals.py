"""Electronic originals: a file for each document to be signed, with an empty field per signer.

They lie apart from the PDFs to print. Once signed they are never written again; what was signed is
the beginning of the file, so it can still be compared with what the registers say now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from docgen.errors import Location, Problem, warning
from docgen.model import MadeDocument, Signer
from docgen.model.states import DRAFTS
from docgen.pages import BrokenPdfError, SignatureField, add_signature_fields, free_boxes, text_of
from docgen.pipeline.output.document_archive import has_signed_order
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.manifest import revisions_of
from docgen.pipeline.output.places import ORIGINALS
from docgen.pipeline.output.side_files import SideFiles, side_name
from docgen.pipeline.output.store import Bench, FileDraft, OutputStore, Verdict
from docgen.sources import sources_hash

FOLDER = ORIGINALS

_DECIDING: Final = ("pages", "pipeline/products/originals.py")
"""The code that decides which fields an original has, and where."""
_AT_A_TIME: Final = 50
"""How many are made before they are put into their places."""


def original_name(job: DocumentJob) -> str:
    """Return where a document's original lies in the output."""
    return side_name(FOLDER, job)


def make_originals(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    bench: Bench,
) -> SideFiles:
    """Leave the originals of documents that are to be signed; drafts and blank forms have none.

    ``before`` are the documents of the manifest that an earlier build left.

    Raises:
        UsageError: when the disk refuses.
    """
    found, documents = SideFiles(), {one.key: one for one in made}
    known = {one["key"]: one for one in before}
    drafts: list[FileDraft] = []
    for job in jobs:
        document, entry = documents.get(job.key), known.get(job.key, {})
        if document is None or document.pdf is None or not _is_wanted(job, document):
            _keep_if_signed(job, document, entry, found, bench)
            continue
        unmarked = [one for one in document.signatures if one.x is None]
        if unmarked:
            found.problems.append(_no_place(job, unmarked[0]))
        elif (draft := _original(job, document, entry, found, bench)) is not None:
            drafts.append(draft)
        if len(drafts) >= _AT_A_TIME:
            bench.leave(drafts)
            drafts = []
    bench.leave(drafts)
    return found


def keep_signed(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    bench: Bench,
) -> SideFiles:
    """Return the signed originals, the only ones that a build without fields keeps."""
    found, documents = SideFiles(), {one.key: one for one in made}
    known = {one["key"]: one for one in before}
    for job in jobs:
        _keep_if_signed(job, documents.get(job.key), known.get(job.key, {}), found, bench)
    return found


def _keep_if_signed(
    job: DocumentJob,
    document: MadeDocument | None,
    before: Mapping[str, Any],
    found: SideFiles,
    bench: Bench,
) -> None:
    """Keep an original if it is signed; warn where the document says something else by now.

    What was signed is the beginning of the file, also when a lost manifest does not have its hash.
    """
    name, entry = original_name(job), before.get("original") or {}
    path = bench.path(name)
    if bench.verdict(name) is not Verdict.SIGNED:
        return
    is_known = entry.get("pdf") == name
    sha256 = entry["sha256"] if is_known else revisions_of(path.read_bytes())[0]
    now, derived = _source_of(job, bench), bench.ledger.derived
    if document is not None and document.pdf and _pdf_of(derived.get(name, "")) != _pdf_of(now):
        if (is_same := _says_the_same(path, bench.path(document.pdf))) is None:
            found.problems.append(_unreadable_problem(job, path))
        elif is_same:
            derived[name] = now
        else:
            derived.setdefault(name, sha256)
            found.problems.append(_signed_problem(job, bench))
    found.files.add(name)
    found.by_key[job.key] = (name, sha256)


def _source_of(job: DocumentJob, store: OutputStore) -> str:
    """Return what an original is made of: its PDF, and a hash of the code that adds fields."""
    return f"{store.sha256(job.pdf)} {sources_hash(*_DECIDING)}"


def _pdf_of(source: str) -> str:
    return source.partition(" ")[0]


def _says_the_same(original: Path, pdf: Path) -> bool | None:
    """Return whether a signed original says what the document says; None if it cannot be read."""
    try:
        return text_of(original) == text_of(pdf)
    except BrokenPdfError:
        return None


def _unreadable_problem(job: DocumentJob, path: Path) -> Problem:
    return warning(
        "verify-failed",
        Location(file=str(path)),
        f"«{job.planned.title}» подписан электронной подписью, но файл не открывается: он "
        "повреждён; верните его из копии или уберите и подпишите документ заново",
    )


def _is_wanted(job: DocumentJob, document: MadeDocument) -> bool:
    planned = job.planned
    is_open = planned.state not in DRAFTS and not has_signed_order(planned) and job.archived is None
    return bool(document.signatures) and is_open and not planned.is_blank_form


def _no_place(job: DocumentJob, signer: Signer) -> Problem:
    return warning(
        "no-signature-place",
        Location(file=str(job.planned.kind.template)),
        f"нет электронного подлинника «{job.planned.title}»: в шаблоне не отмечено, где "
        f"подписывает «{signer.role}»; поставьте в Word закладку sign_1 (второму подписывающему "
        "sign_2)",
    )


def _original(
    job: DocumentJob,
    document: MadeDocument,
    before: Mapping[str, Any],
    found: SideFiles,
    bench: Bench,
) -> FileDraft | None:
    """Return the draft of an original; None where the one that lies there stays."""
    name = original_name(job)
    verdict = bench.verdict(name)
    if verdict is Verdict.SIGNED:
        _keep_if_signed(job, document, before, found, bench)
        return None
    entry, now = before.get("original") or {}, _source_of(job, bench)
    found.files.add(name)
    is_known = entry.get("pdf") == name and bench.ledger.derived.get(name) == now
    if is_known and bench.is_unchanged(name):
        found.by_key[document.key] = (name, entry["sha256"])
        return None
    data = add_signature_fields(bench.path(job.pdf), fields_of(document, bench))
    draft = bench.draft(name, data, is_private=document.is_private)
    found.by_key[document.key] = (name, draft.sha256)
    bench.ledger.derived[name] = now
    if verdict in {Verdict.EDITED, Verdict.UNKNOWN}:
        found.edited.add(name)
        return None
    return None if bench.sha256(name) == draft.sha256 else draft


def fields_of(document: MadeDocument, store: OutputStore) -> list[SignatureField]:
    """Return a field for each signer, named by the role, numbered where a role comes again."""
    places = [(one.page, one.x or 0.0, one.y or 0.0) for one in document.signatures]
    boxes = free_boxes(store.path(str(document.pdf)), places)
    names = _field_names([one.role for one in document.signatures])
    return [
        SignatureField(name, f"{one.role}: {one.name}" if one.name else one.role, one.page, box)
        for name, one, box in zip(names, document.signatures, boxes, strict=True)
    ]


def _field_names(roles: Sequence[str]) -> Iterator[str]:
    """Yield a name for each role; a dot would split a name of PDF into levels."""
    counts: Counter[str] = Counter()
    for role in roles:
        plain = role.replace(".", "").strip() or "подпись"
        counts[plain] += 1
        yield plain if counts[plain] == 1 else f"{plain} {counts[plain]}"


def _signed_problem(job: DocumentJob, store: OutputStore) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(store.path(original_name(job)))),
        f"«{job.planned.title}» подписан электронной подписью и остаётся прежним, а реестры или "
        "шаблон теперь дают другой текст; если он верен, оформите изменение новым документом или "
        "уберите подписанный файл и подпишите заново",
    )
