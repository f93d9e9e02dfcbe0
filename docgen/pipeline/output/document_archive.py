"""The archive of signed documents in ``архив/`` of a workspace: kept, never made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import Location, Problem, UsageError, warning
from docgen.files import atomic_write, ensure_writable, file_mode, restrict_to_owner, safe_name
from docgen.model import MarkedSigner, PlannedDocument, Workspace
from docgen.model.columns import DATE, NUMBER, ORDERS, STATE
from docgen.model.states import FROZEN, VOID
from docgen.pipeline.workspace.render import Rendered

ARCHIVE = "архив"
RECORD = "запись.json"
_MARK_LETTERS = 8


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """An archived document: its files, the values it was made from, who signed it.

    ``reads`` maps the key of a cell to its place and its value; ``pdf`` is missing while the
    paper was only ever made without LibreOffice.
    """

    key: str
    kind: str
    title: str
    output: str
    docx: Path
    pdf: Path | None
    reads: Mapping[str, tuple[str, str]]
    signers: tuple[MarkedSigner, ...]


def has_signed_order(planned: PlannedDocument) -> bool:
    """Return whether the document's order is signed, so that the document must not change."""
    return planned.state in FROZEN and not planned.is_blank_form


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


def archive_warnings(
    planned_documents: Sequence[PlannedDocument],
    archive: Mapping[str, ArchivedDocument],
    workspace: Workspace,
) -> list[Problem]:
    """Return a warning for each archived document whose row is gone or order lost its state."""
    own = archived_by_key(planned_documents, archive)
    found = [
        _unsigned(planned, own[planned.key]) for planned in planned_documents if planned.key in own
    ]
    known = {archived.key for archived in own.values()}
    void = {
        f"|{order.identity}"
        for order in workspace.records.get(ORDERS, ())
        if order.values.get(STATE) in VOID
    }
    gone = [
        warning(
            "frozen-differs",
            Location(file=str(archived.docx)),
            f"«{archived.title}» подписан и лежит в архиве, а его строки в реестре больше нет; "
            "верните её: строки не удаляют, краткое имя подписанного приказа не меняют",
        )
        for archived in archive.values()
        if archived.key not in known and not any(mark in archived.key for mark in void)
    ]
    return [problem for problem in found if problem is not None] + gone


def _unsigned(planned: PlannedDocument, archived: ArchivedDocument) -> Problem | None:
    if has_signed_order(planned) or planned.order is None:
        return None
    return warning(
        "frozen-differs",
        planned.order.cells.get(STATE, planned.order.where),
        f"состояние «{planned.state}», а «{archived.title}» уже подписан и остаётся прежним; "
        "верните состояние «подписан» или, если подписи не было, уберите из папки "
        f"«{ARCHIVE}» папку «{archived.docx.parent.name}»",
    )


def read_archive(workspace: Path) -> dict[str, ArchivedDocument]:
    """Return the archived documents of a workspace by key.

    Raises:
        UsageError: ``output-unwritable`` when a record cannot be read or a file of it is gone.
    """
    found: dict[str, ArchivedDocument] = {}
    problems: list[Problem] = []
    for record in sorted((workspace / ARCHIVE).glob(f"*/{RECORD}")):
        try:
            archived = _read(record)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            message = "запись архива не читается; верните её из резервной копии"
            problems.append(Problem("output-unwritable", Location(file=str(record)), message))
            continue
        found[archived.key] = archived
        problems += [
            Problem(
                "output-unwritable",
                Location(file=str(path)),
                f"в архиве нет файла подписанного документа «{archived.title}»; верните его из "
                "резервной копии",
            )
            for path in (archived.docx, archived.pdf)
            if path is not None and not path.is_file()
        ]
    if problems:
        raise UsageError(problems)
    return found


def _read(record: Path) -> ArchivedDocument:
    kept: dict[str, Any] = json.loads(record.read_text("utf-8"))
    return ArchivedDocument(
        key=kept["key"],
        kind=kept["kind"],
        title=kept["title"],
        output=kept["output"],
        docx=record.parent / kept["docx"],
        pdf=record.parent / kept["pdf"] if kept["pdf"] else None,
        reads={key: (place, value) for key, (place, value) in kept["reads"].items()},
        signers=tuple(MarkedSigner(*one) for one in kept["signers"]),
    )


def archive_document(
    rendered: Rendered, files: tuple[Path, Path | None], workspace: Path, output: str
) -> ArchivedDocument:
    """Archive a signed document: its .docx, its PDF if there is one, the values it was made from.

    ``output`` is its path below ``documents/`` without suffix.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    planned = rendered.plan
    name = safe_name(planned.title, ".docx").removesuffix(".docx")
    docx, pdf = files
    kept = {
        "key": planned.key,
        "kind": planned.kind.name,
        "title": planned.title,
        "output": output,
        "docx": f"{name}.docx",
        "pdf": f"{name}.pdf" if pdf else "",
        "reads": {key: (str(read.where), read.value) for key, read in rendered.reads.items()},
        "signers": rendered.signers,
    }
    folder = archive_folder(workspace) / _folder_name(planned.key)
    mode = file_mode(is_private=planned.is_private)
    atomic_write(folder / f"{name}.docx", docx.read_bytes(), mode=mode)
    if pdf:
        atomic_write(folder / f"{name}.pdf", pdf.read_bytes(), mode=mode)
    _write(folder / RECORD, kept)
    return _read(folder / RECORD)


def add_pdf(archived: ArchivedDocument, pdf: Path) -> ArchivedDocument:
    """Add the PDF to a document that was archived without one."""
    record = archived.docx.with_name(RECORD)
    target = archived.docx.with_suffix(".pdf")
    atomic_write(target, pdf.read_bytes(), mode=archived.docx.stat().st_mode & 0o777)
    kept = json.loads(record.read_text("utf-8"))
    _write(record, kept | {"pdf": target.name})
    return _read(record)


def restrict_archived(archived: ArchivedDocument) -> None:
    """Restrict an archived document with personal data, and its folder, to their owner."""
    for path in (archived.docx.parent, archived.docx, archived.pdf):
        if path is not None:
            restrict_to_owner(path)


def archive_folder(workspace: Path) -> Path:
    """Return the archive's folder, made if need be and proven writable.

    Raises:
        UsageError: ``output-unwritable``.
    """
    return ensure_writable(workspace / ARCHIVE)


def _folder_name(key: str) -> str:
    """Return a folder name that no two documents share: «31/2» and «31-2» look alike on a disk."""
    mark = hashlib.sha256(key.encode()).hexdigest()[:_MARK_LETTERS]
    return safe_name(key.replace("|", " "), f" {mark}")


def _write(record: Path, kept: Mapping[str, object]) -> None:
    # The record comes last: a paper counts as kept only when its files are whole.
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    atomic_write(record, text.encode("utf-8"), mode=0o600)
