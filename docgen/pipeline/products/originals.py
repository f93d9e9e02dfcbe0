"""Electronic originals: papers of their own with empty fields of signature, one for each signer.

They lie apart from the PDFs to print. Once signed they are never written again; what was signed is
the beginning of the file, so it can still be told from what the registers say now.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.errors import Location, Problem, warning
from docgen.files import atomic_write, file_mode
from docgen.model import MadeDocument, OrderState, Signer
from docgen.pages import Field, add_fields, free_boxes, text_of
from docgen.pipeline.output import document_files, paper_archive
from docgen.pipeline.output.ledger import write_ledger
from docgen.pipeline.output.manifest import revisions_of
from docgen.pipeline.output.places import ORIGINALS
from docgen.pipeline.output.side_files import Beside, name_beside
from docgen.pipeline.output.signed_files import is_signed_pdf

FOLDER = ORIGINALS


def name_of(job: document_files.DocumentJob) -> str:
    """Return where a paper's original lies in the output."""
    return name_beside(FOLDER, job)


def put_originals(
    jobs: Sequence[document_files.DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: document_files.Room,
) -> Beside:
    """Write the originals of papers that are to be signed; drafts and blank forms have none.

    ``before`` are the papers of the manifest that an earlier build left.
    """
    found, papers = Beside(), {one.key: one for one in made}
    known = {one["key"]: one for one in before}
    for job in jobs:
        paper = papers.get(job.plan.key)
        if paper is None or paper.pdf is None or not _is_wanted(job, paper):
            _keep(job, paper, known.get(job.plan.key, {}), found, room)
            continue
        lacking = [one for one in paper.signatures if one.x is None]
        if lacking:
            found.problems.append(_placeless(job, lacking[0]))
            continue
        _put(job, paper, known.get(paper.key, {}), found, room)
    return found


def keep_signed(
    jobs: Sequence[document_files.DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: document_files.Room,
) -> Beside:
    """Return the originals that are signed: a build without fields leaves them and no others."""
    found, papers = Beside(), {one.key: one for one in made}
    known = {one["key"]: one for one in before}
    for job in jobs:
        _keep(job, papers.get(job.plan.key), known.get(job.plan.key, {}), found, room)
    return found


def _keep(
    job: document_files.DocumentJob,
    paper: MadeDocument | None,
    before: Mapping[str, Any],
    found: Beside,
    room: document_files.Room,
) -> None:
    """Keep an original if it is signed; tell where the paper says something else by now.

    What was signed is the beginning of the file, also when a lost manifest does not tell its hash.
    """
    name, told = name_of(job), before.get("original") or {}
    path = room.output / name
    if not is_signed_pdf(path):
        return
    is_known = told.get("pdf") == name
    sha256 = told["sha256"] if is_known else revisions_of(path.read_bytes())[0]
    now, derived = _hash_of(job, room), room.ledger.derived
    if paper is not None and paper.pdf and derived.get(name) != now:
        if text_of(path) == text_of(room.output / paper.pdf):
            derived[name] = now
        else:
            derived.setdefault(name, sha256)
            found.problems.append(_signed(job, room))
    found.files.add(name)
    found.made[job.plan.key] = (name, sha256)


def _hash_of(job: document_files.DocumentJob, room: document_files.Room) -> str:
    """Return the hash of the PDF that an original is made of."""
    return (
        document_files.stamp_of(job.pdf, room).sha256 if (room.output / job.pdf).is_file() else ""
    )


def _is_wanted(job: document_files.DocumentJob, paper: MadeDocument) -> bool:
    plan = job.plan
    is_draft = plan.state == OrderState.DRAFT
    is_open = not is_draft and not paper_archive.is_frozen_state(plan) and job.frozen is None
    return bool(paper.signatures) and is_open and not plan.is_blank_form


def _placeless(job: document_files.DocumentJob, signer: Signer) -> Problem:
    return warning(
        "no-signature-place",
        Location(file=str(job.plan.kind.template)),
        f"нет электронного подлинника «{job.plan.title}»: в шаблоне не отмечено, где подписывает "
        f"«{signer.role}»; поставьте в Word закладку sign_1 (второму подписывающему sign_2)",
    )


def _put(
    job: document_files.DocumentJob,
    paper: MadeDocument,
    before: Mapping[str, Any],
    found: Beside,
    room: document_files.Room,
) -> None:
    name = name_of(job)
    path, ledger = room.output / name, room.ledger
    if is_signed_pdf(path):
        _keep(job, paper, before, found, room)
        return
    told, now = before.get("original") or {}, _hash_of(job, room)
    found.files.add(name)
    is_known = told.get("pdf") == name and ledger.derived.get(name) == now
    if is_known and document_files.is_ours(name, room):
        found.made[paper.key] = (name, told["sha256"])
        return
    data = add_fields(room.output / job.pdf, fields_of(paper, room))
    sha256 = hashlib.sha256(data).hexdigest()
    found.made[paper.key] = (name, sha256)
    ledger.derived[name] = now
    if path.is_file() and name in ledger.outputs and document_files.is_edited(name, room):
        found.edited.add(name)
    elif not paper_archive.same_bytes(path, data):
        ledger.pending[name] = sha256
        write_ledger(room.output, ledger)
        atomic_write(path, data, mode=file_mode(is_private=paper.is_private))


def fields_of(paper: MadeDocument, room: document_files.Room) -> list[Field]:
    """Return a field for each signer, named by the role, numbered where a role comes again."""
    places = [(one.page, one.x or 0.0, one.y or 0.0) for one in paper.signatures]
    boxes = free_boxes(room.output / str(paper.pdf), places)
    names = _names([one.role for one in paper.signatures])
    return [
        Field(name, f"{one.role}: {one.name}" if one.name else one.role, one.page, box)
        for name, one, box in zip(names, paper.signatures, boxes, strict=True)
    ]


def _names(roles: Sequence[str]) -> Iterator[str]:
    """Yield a name for each role; a dot would part a name of PDF into levels."""
    counts: Counter[str] = Counter()
    for role in roles:
        plain = role.replace(".", "").strip() or "подпись"
        counts[plain] += 1
        yield plain if counts[plain] == 1 else f"{plain} {counts[plain]}"


def _signed(job: document_files.DocumentJob, room: document_files.Room) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(room.output / name_of(job))),
        f"«{job.plan.title}» подписан электронной подписью и остаётся прежним, а реестры или "
        "шаблон теперь дают другой текст; если он верен, оформите изменение новым документом или "
        "уберите подписанный файл и подпишите заново",
    )
