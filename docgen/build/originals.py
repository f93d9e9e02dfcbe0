"""Electronic originals: papers of their own with empty fields of signature, one for each signer.

They lie apart from the PDFs to print. Once signed they are never written again; what was signed is
the beginning of the file, so it can still be told from what the registers say now.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docgen.build import frozen, making
from docgen.build.manifest import revisions_of
from docgen.build.rendering import DRAFT
from docgen.build.sealed import is_signed_pdf
from docgen.errors import Location, Problem, warning
from docgen.files import atomic_write, file_mode
from docgen.ledger import is_untouched, write_ledger
from docgen.model import MadeDocument, Original, Signer
from docgen.pages import Field, add_fields, free_boxes, text_of

FOLDER = "электронные подлинники"


@dataclass(slots=True)
class Originals:
    """What a build left: originals by the keys of their papers, their files, what went wrong."""

    made: dict[str, Original] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def name_of(job: making.Job) -> str:
    """Return where a paper's original lies in the output."""
    return f"{FOLDER}/{job.pdf.removeprefix(f'{making.PDFS}/')}"


def put_originals(
    jobs: Sequence[making.Job],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: making.Room,
) -> Originals:
    """Write the originals of papers that are to be signed; drafts and blank forms have none.

    ``before`` are the papers of the manifest that an earlier build left.
    """
    found, papers = Originals(), {one.key: one for one in made}
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
    jobs: Sequence[making.Job],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: making.Room,
) -> Originals:
    """Return the originals that are signed: a build without fields leaves them and no others."""
    found, papers = Originals(), {one.key: one for one in made}
    known = {one["key"]: one for one in before}
    for job in jobs:
        _keep(job, papers.get(job.plan.key), known.get(job.plan.key, {}), found, room)
    return found


def _keep(
    job: making.Job,
    paper: MadeDocument | None,
    before: Mapping[str, Any],
    found: Originals,
    room: making.Room,
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
    now = _hash_of(job, room)
    is_same = is_known and told.get("paper") == now
    if paper is not None and paper.pdf and not is_same:
        is_same = text_of(path) == text_of(room.output / paper.pdf)
        if not is_same:
            found.problems.append(_signed(job, room))
    found.files.add(name)
    found.made[job.plan.key] = Original(
        name, sha256, now if is_same else told.get("paper") or sha256
    )


def _hash_of(job: making.Job, room: making.Room) -> str:
    """Return the hash of the PDF that an original is made of."""
    return making.stamp_of(job.pdf, room).sha256 if (room.output / job.pdf).is_file() else ""


def leave_as_they_are(
    jobs: Sequence[making.Job],
    before: Sequence[Mapping[str, Any]],
    found: Originals,
    room: making.Room,
) -> None:
    """Note the originals of papers that a run was not asked for, signed or not."""
    names = {job.plan.key: name_of(job) for job in jobs}
    for one in before:
        told = one.get("original") or {"pdf": ""}
        if told["pdf"] == names.get(one["key"]) and (room.output / told["pdf"]).is_file():
            found.made[one["key"]] = Original(told["pdf"], told["sha256"], told.get("paper", ""))
            found.files.add(told["pdf"])


def with_originals(made: Sequence[MadeDocument], found: Originals) -> list[MadeDocument]:
    """Return the papers with their originals."""
    return [replace(one, original=found.made.get(one.key)) for one in made]


def _is_wanted(job: making.Job, paper: MadeDocument) -> bool:
    plan = job.plan
    is_open = plan.state != DRAFT and not frozen.is_frozen_state(plan) and job.frozen is None
    return bool(paper.signatures) and is_open and not plan.is_blank_form


def _placeless(job: making.Job, signer: Signer) -> Problem:
    return warning(
        "no-signature-place",
        Location(file=str(job.plan.kind.template)),
        f"нет электронного подлинника «{job.plan.title}»: в шаблоне не отмечено, где подписывает "
        f"«{signer.role}»; поставьте в Word закладку sign_1 (второму подписывающему sign_2)",
    )


def _put(
    job: making.Job,
    paper: MadeDocument,
    before: Mapping[str, Any],
    found: Originals,
    room: making.Room,
) -> None:
    name = name_of(job)
    path, ledger = room.output / name, room.ledger
    if is_signed_pdf(path):
        _keep(job, paper, before, found, room)
        return
    told, now = before.get("original") or {}, _hash_of(job, room)
    found.files.add(name)
    is_known = told.get("pdf") == name and told.get("paper") == now
    if is_known and is_untouched(path, ledger.outputs.get(name)):
        found.made[paper.key] = Original(name, told["sha256"], now)
        return
    data = add_fields(room.output / job.pdf, fields_of(paper, room))
    sha256 = hashlib.sha256(data).hexdigest()
    found.made[paper.key] = Original(name, sha256, now)
    if path.is_file() and name in ledger.outputs and making.is_edited(name, room):
        found.edited.add(name)
    elif not frozen.same_bytes(path, data):
        ledger.pending[name] = sha256
        write_ledger(room.output, ledger)
        atomic_write(path, data, mode=file_mode(is_private=paper.is_private))


def fields_of(paper: MadeDocument, room: making.Room) -> list[Field]:
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


def _signed(job: making.Job, room: making.Room) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(room.output / name_of(job))),
        f"«{job.plan.title}» подписан электронной подписью и остаётся прежним, а реестры или "
        "шаблон теперь дают другой текст; если он верен, оформите изменение новым документом или "
        "уберите подписанный файл и подпишите заново",
    )
