"""Papers for electronic personnel files: each a PDF/A-1a of its own, with tags, converted alone.

The personnel system that sends a paper wants one such file for each, and adds its XML and the
signatures itself. What is signed, or made of a paper that is, is never written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any

from docgen.errors import Location, Problem, warning
from docgen.files import file_digest, file_mode, put_in_place
from docgen.model import MadeDocument, OrderState
from docgen.pdf import Press, Result
from docgen.pipeline.output import document_files
from docgen.pipeline.output.ledger import stamp_output, write_ledger
from docgen.pipeline.output.places import PERSONNEL
from docgen.pipeline.output.side_files import Beside, name_beside
from docgen.pipeline.output.signed_files import is_signed_pdf

FOLDER = PERSONNEL

_AT_A_TIME = 50
"""How many are made before the ledger notes them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """A paper with the place of its file, what that is made of, what the manifest tells of it."""

    job: document_files.DocumentJob
    made: MadeDocument
    name: str
    source: str
    told_sha256: str


def name_of(job: document_files.DocumentJob) -> str:
    """Return where the file of a paper lies in the output."""
    return name_beside(FOLDER, job)


def put_personnel(
    jobs: Sequence[document_files.DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: document_files.Room,
) -> Beside:
    """Leave the files of these papers; drafts and blank forms have none.

    ``before`` are the papers of the manifest that an earlier build left.
    """
    found = Beside()
    papers = _papers(jobs, made, before, room)
    due = [paper for paper in papers if not _is_left(paper, found, room)]
    if room.press is not None:
        press = room.press.for_tagged()
        for first in range(0, len(due), _AT_A_TIME):
            _make(due[first : first + _AT_A_TIME], press, found, room)
    return found


def keep_settled(
    jobs: Sequence[document_files.DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: document_files.Room,
) -> Beside:
    """Return the files that a build leaves unasked: those signed, or of signed papers."""
    found = Beside()
    for paper in _papers(jobs, made, before, room):
        is_history = paper.job.frozen is not None and _is_good(paper, room)
        if is_history or is_signed_pdf(room.output / paper.name):
            _is_left(paper, found, room)
    return found


def _papers(
    jobs: Sequence[document_files.DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    room: document_files.Room,
) -> list[_Paper]:
    """Return the papers that have a file of theirs."""
    by_key = {one.key: one for one in made}
    known = {one["key"]: one.get("personnel") or {} for one in before}
    papers = []
    for job in jobs:
        one, name = by_key.get(job.plan.key), name_of(job)
        if one is None or job.plan.state == OrderState.DRAFT or job.plan.is_blank_form:
            continue
        told = known.get(one.key, {})
        sha256 = told["sha256"] if told.get("pdf") == name else ""
        papers.append(_Paper(job, one, name, _source_of(job, one, room), sha256))
    return papers


def _source_of(
    job: document_files.DocumentJob, made: MadeDocument, room: document_files.Room
) -> str:
    """Return what a file is made of: the .docx, and a hash of all else that decides its bytes."""
    rest = hashlib.sha256(f"{made.title}|{room.tools}".encode()).hexdigest()
    return f"{job.source_sha256} {rest}"


def _is_of_same_docx(paper: _Paper, room: document_files.Room) -> bool:
    """Whether a file was made of the paper as it is now, be it by other tools."""
    before = room.ledger.derived.get(paper.name, "").split()
    return bool(before) and before[0] == paper.job.source_sha256


def _is_good(paper: _Paper, room: document_files.Room) -> bool:
    """Whether a file is what would be made again, or of a signed paper, which never is."""
    if not document_files.is_ours(paper.name, room):
        return False
    if paper.job.frozen is not None:
        return _is_of_same_docx(paper, room)
    return room.ledger.derived.get(paper.name) == paper.source


def _is_left(paper: _Paper, found: Beside, room: document_files.Room) -> bool:
    """Return whether the file stays as it is; note why one stays that is not what it should be."""
    path, name = room.output / paper.name, paper.name
    stamp = room.ledger.outputs.get(name)
    if is_signed_pdf(path):
        if not _is_of_same_docx(paper, room):
            found.problems.append(_signed(paper, room))
        sha256 = paper.told_sha256 or file_digest(path)
    elif stamp is not None and document_files.is_edited(name, room):
        found.edited.add(name)
        sha256 = paper.told_sha256 or stamp.sha256
    elif stamp is not None and _is_good(paper, room):
        sha256 = stamp.sha256
    else:
        return False
    found.files.add(name)
    found.made[paper.made.key] = (name, sha256)
    return True


def _make(papers: Sequence[_Paper], press: Press, found: Beside, room: document_files.Room) -> None:
    """Have files made and put them in place; what is about to be written is noted first."""
    sent = {paper: _sent(paper, number, press, room) for number, paper in enumerate(papers)}
    press.flush()
    wait(sent.values())
    ready = {}
    for paper, future in sent.items():
        outcome = future.result()
        if isinstance(outcome, Problem):
            found.problems.append(_failed(paper, room))
        else:
            ready[paper] = (outcome.path, file_digest(outcome.path))
    ledger = room.ledger
    for paper, (_, sha256) in ready.items():
        ledger.pending[paper.name] = sha256
    write_ledger(room.output, ledger)
    for paper, (draft, sha256) in ready.items():
        path = room.output / paper.name
        put_in_place(draft, path, mode=file_mode(is_private=paper.made.is_private))
        ledger.outputs[paper.name] = stamp_output(path)
        ledger.derived[paper.name] = paper.source
        found.files.add(paper.name)
        found.made[paper.made.key] = (paper.name, sha256)
    write_ledger(room.output, ledger)


def _sent(paper: _Paper, number: int, press: Press, room: document_files.Room) -> Future[Result]:
    target = room.stage / f"tagged-{number:06}.pdf"
    return press.submit(room.output / paper.made.docx, target, paper.made.title)


def _failed(paper: _Paper, room: document_files.Room) -> Problem:
    # Its usual PDF is there, so the document is whole.
    return Problem(
        "conversion-failed",
        Location(file=str(room.output / paper.made.docx)),
        "обычный PDF есть, а PDF/A-1a для кадровой системы LibreOffice не сделал; скорее всего, в "
        "документе полупрозрачный рисунок, заливка или буквы, каких в PDF/A-1 не бывает: уберите в "
        "шаблоне прозрачность и повторите сборку",
    )


def _signed(paper: _Paper, room: document_files.Room) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(room.output / paper.name)),
        f"«{paper.made.title}» для кадровой системы подписан электронной подписью и остаётся "
        "прежним, а реестры или шаблон теперь дают другой файл; если он верен, оформите изменение "
        "новым документом или уберите подписанный файл и подпишите заново",
    )
