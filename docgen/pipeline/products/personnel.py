"""Documents for electronic personnel files: each a tagged PDF/A-1a, converted alone.

The personnel system that sends a document wants one such file for each, and adds its XML and the
signatures itself. What is signed, or made of a document that is, is never written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, Final

from docgen.errors import Location, Problem, warning
from docgen.model import MadeDocument
from docgen.model.states import DRAFTS
from docgen.pdf import PdfResult, Press
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.places import PERSONNEL
from docgen.pipeline.output.side_files import SideFiles, side_name
from docgen.pipeline.output.store import Bench, OutputStore, Verdict

FOLDER = PERSONNEL

_AT_A_TIME: Final = 50
"""How many are made before they are put into their places."""


@dataclass(frozen=True, slots=True, eq=False)
class _PersonnelFile:
    """The file of one document.

    ``source`` says what it is made of; ``known_sha256`` is the hash that the manifest has of it.
    """

    job: DocumentJob
    document: MadeDocument
    name: str
    source: str
    known_sha256: str


def make_personnel_files(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    bench: Bench,
    press: Press,
) -> SideFiles:
    """Leave the files of these documents; drafts and blank forms have none.

    ``before`` are the documents of the manifest that an earlier build left.

    Raises:
        UsageError: when the disk refuses.
    """
    found = SideFiles()
    files = _files_of(jobs, made, before, bench)
    due = [file for file in files if not _stays(file, found, bench)]
    tagged = press.for_tagged()
    for first in range(0, len(due), _AT_A_TIME):
        _make(due[first : first + _AT_A_TIME], tagged, found, bench)
    return found


def keep_settled(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    store: OutputStore,
) -> SideFiles:
    """Return the files that a build leaves unasked: those signed, or of signed documents."""
    found = SideFiles()
    for file in _files_of(jobs, made, before, store):
        is_history = file.job.archived is not None and _is_good(file, store)
        if is_history or store.verdict(file.name) is Verdict.SIGNED:
            _stays(file, found, store)
    return found


def _files_of(
    jobs: Sequence[DocumentJob],
    made: Sequence[MadeDocument],
    before: Sequence[Mapping[str, Any]],
    store: OutputStore,
) -> list[_PersonnelFile]:
    """Return the files of the documents that have one."""
    by_key = {one.key: one for one in made}
    known = {one["key"]: one.get("personnel") or {} for one in before}
    files = []
    for job in jobs:
        document, name = by_key.get(job.key), side_name(FOLDER, job)
        if document is None or job.planned.state in DRAFTS or job.planned.is_blank_form:
            continue
        if document.docx is None:
            # A scan has no tags and cannot get any.
            continue
        entry = known.get(document.key, {})
        sha256 = entry["sha256"] if entry.get("pdf") == name else ""
        source = _source_of(job, document, store)
        files.append(_PersonnelFile(job, document, name, source, sha256))
    return files


def _source_of(job: DocumentJob, document: MadeDocument, store: OutputStore) -> str:
    """Return what a file is made of: the .docx, and a hash of all else that decides its bytes."""
    rest = hashlib.sha256(f"{document.title}|{store.tools}".encode()).hexdigest()
    return f"{job.source_sha256} {rest}"


def _is_of_same_docx(file: _PersonnelFile, store: OutputStore) -> bool:
    """Whether a file was made of the document as it is now, perhaps by other tools."""
    before = store.ledger.derived.get(file.name, "").split()
    return bool(before) and before[0] == file.job.source_sha256


def _is_good(file: _PersonnelFile, store: OutputStore) -> bool:
    """Return whether a file is up to date, or belongs to a signed document."""
    if not store.is_unchanged(file.name):
        return False
    if file.job.archived is not None:
        return _is_of_same_docx(file, store)
    return store.ledger.derived.get(file.name) == file.source


def _stays(file: _PersonnelFile, found: SideFiles, store: OutputStore) -> bool:
    """Return whether the file stays as it is; add a problem if it is not up to date."""
    name, verdict = file.name, store.verdict(file.name)
    stamp = store.ledger.outputs.get(name)
    if verdict is Verdict.SIGNED:
        if not _is_of_same_docx(file, store):
            found.problems.append(_signed_problem(file, store))
        sha256 = file.known_sha256 or store.sha256(name)
    elif verdict in {Verdict.EDITED, Verdict.UNKNOWN}:
        found.edited.add(name)
        sha256 = file.known_sha256 or store.sha256(name)
    elif stamp is not None and _is_good(file, store):
        sha256 = stamp.sha256
    else:
        return False
    found.files.add(name)
    found.by_key[file.document.key] = (name, sha256)
    return True


def _make(files: Sequence[_PersonnelFile], press: Press, found: SideFiles, bench: Bench) -> None:
    """Have files made and put them into their places."""
    sent = {file: _sent(file, press, bench) for file in files}
    press.flush()
    wait(sent.values())
    drafts = {}
    for file, future in sent.items():
        outcome = future.result()
        if isinstance(outcome, Problem):
            found.problems.append(_failed(file, bench) if outcome.where.file else outcome)
        else:
            is_private = file.document.is_private
            drafts[file] = bench.draft_of(file.name, outcome.path, is_private=is_private)
    bench.leave([*drafts.values()])
    for file, draft in drafts.items():
        bench.ledger.derived[file.name] = file.source
        found.files.add(file.name)
        found.by_key[file.document.key] = (file.name, draft.sha256)
    bench.note()


def _sent(file: _PersonnelFile, press: Press, bench: Bench) -> Future[PdfResult]:
    target = bench.stage_path(".pdf")
    return press.submit(bench.path(file.job.docx), target, file.document.title)


def _failed(file: _PersonnelFile, store: OutputStore) -> Problem:
    # Its usual PDF is there, so the document is whole.
    return Problem(
        "conversion-failed",
        Location(file=str(store.path(file.job.docx))),
        "обычный PDF есть, а PDF/A-1a для кадровой системы LibreOffice не сделал; скорее всего, в "
        "документе полупрозрачный рисунок, заливка или буквы, каких в PDF/A-1 не бывает: уберите в "
        "шаблоне прозрачность и повторите сборку",
    )


def _signed_problem(file: _PersonnelFile, store: OutputStore) -> Problem:
    return warning(
        "frozen-differs",
        Location(file=str(store.path(file.name))),
        f"«{file.document.title}» для кадровой системы подписан электронной подписью и остаётся "
        "прежним, а реестры или шаблон теперь дают другой файл; если он верен, оформите изменение "
        "новым документом или уберите подписанный файл и подпишите заново",
    )
