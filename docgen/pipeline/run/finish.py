"""The end of a build: stale files are removed, manifest and ledger written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docgen.errors import Location, Problem, warning
from docgen.fonts import typeface_names
from docgen.model.states import FROZEN
from docgen.pipeline.output import document_archive
from docgen.pipeline.output.archive_view import unknown_heads
from docgen.pipeline.output.document_files import to_entry
from docgen.pipeline.output.ledger import FileStamp, stamp_output
from docgen.pipeline.output.manifest import MANIFEST, read_manifest, write_manifest
from docgen.pipeline.output.places import DOCUMENTS, PDFS
from docgen.pipeline.output.privacy import privacy_entry, restrict_output
from docgen.pipeline.output.store import Bench, Verdict
from docgen.pipeline.products import letterhead_sheets, originals, personnel
from docgen.pipeline.products.packet_files import FOLDER
from docgen.pipeline.run.state import Run
from docgen.pipeline.workspace.printed_faces import SIGN_FAMILIES

_SIDE_FOLDERS = (originals.FOLDER, personnel.FOLDER, letterhead_sheets.FOLDER)


def finish_output(run: Run) -> None:
    """Remove what is no longer planned; write the manifest and the ledger.

    Raises:
        UsageError: when the disk refuses.
    """
    bench, ledger, output = run.bench, run.bench.ledger, run.bench.folder
    written = {name for name in _files_of(run) if bench.is_there(name)}
    closed = set(run.closed.files())
    known = set(ledger.outputs) | {name for job in run.jobs for name in (job.docx, job.pdf)}
    others = {name for name in known - written - {MANIFEST} if bench.is_there(name)}
    others |= {name for name in closed - written if bench.is_there(name)}
    stale = (
        others - closed
        if run.is_whole
        else others & {originals.original_name(job) for job in run.wanted}
    )
    held = _only_copies(run)
    run.result.problems += remove_stale(bench, sorted(stale - _without_office(run) - held))
    others = {name for name in others if bench.is_there(name)}
    kept = _kept_entries(run)
    versions: dict[str, str | list[str]] = {
        "libreoffice": run.office_version,
        "tools": bench.tools,
        "fonts": typeface_names((*run.ready.families, *SIGN_FAMILIES)),
    }
    if run.heads:
        versions["archive"] = list(run.heads)
    stamps = {name: bench.stamp(name) for name in sorted(written)}
    hashes = {name: stamp.sha256 for name, stamp in stamps.items()}
    write_manifest(output, run.made, run.packets, versions, kept, hashes)
    _close(run, kept)
    stamps[MANIFEST] = stamp_output(output / MANIFEST)
    _remember(run, stamps, others & set(ledger.outputs))


def _close(run: Run, kept: dict[str, list[dict[str, Any]]]) -> None:
    """Restrict documents with personal data to their owner, those of earlier builds too."""
    entries = {
        "documents": [*map(privacy_entry, run.made), *kept["documents"]],
        "packets": [*map(privacy_entry, run.packets), *kept["packets"]],
    }
    restrict_output(run.bench.folder, entries)
    for job in run.wanted:
        if job.archived is not None and job.planned.is_private:
            document_archive.restrict_archived(job.archived)


def _files_of(run: Run) -> set[str]:
    """Return the files that this run has made or found up to date."""
    names = set(run.side_files)
    made = {one.key for one in run.made}
    for job in run.wanted:
        if job.key in made:
            names |= {job.docx, job.pdf} if run.has_pdf else {job.docx}
    return names


def _without_office(run: Run) -> set[str]:
    """Return the PDFs and packets that a run without LibreOffice cannot judge and leaves alone."""
    if run.has_pdf:
        return set()
    pdfs = {job.pdf for job in run.jobs}
    folders = tuple(f"{name}/" for name in (FOLDER, *_SIDE_FOLDERS))
    return pdfs | {name for name in run.bench.ledger.outputs if name.startswith(folders)}


def _only_copies(run: Run) -> set[str]:
    """Return the files of signed papers that the archive lacks, while it lacks what it once had.

    Whatever a plan asks for now, they may be all that is left of what was signed.
    """
    view, ledger = run.archive, run.bench.ledger
    if not (view.lost or view.archive.lost or unknown_heads(view, ledger.heads)):
        return set()
    return {
        name
        for key, entry in ledger.documents.items()
        if entry.state in FROZEN and key not in view.documents
        for name in (entry.docx, entry.pdf)
    }


def _kept_entries(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return the manifest entries of documents and packets that a partial run did not plan."""
    if not run.wish.is_selective:
        return _closed_entries(run)
    planned = {job.key for job in run.jobs} | {one.key for one in run.made}
    named = {one.name for one in run.packets}
    output = run.bench.folder
    before = read_manifest(output)
    return {
        "documents": [
            one
            for one in before["documents"]
            if one["key"] not in planned and (output / one["docx"]).is_file()
        ],
        "packets": [
            one
            for one in before["packets"]
            if one["name"] not in named and (output / one["pdf"]).is_file()
        ],
    }


def _closed_entries(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return the manifest entries of what closed years have left and nobody has removed."""
    bench, made = run.bench, {one.pdf for one in run.packets}
    return {
        "documents": [
            dict(one)
            for one in run.closed.documents
            if all(bench.is_there(name) for name in (one["docx"], one["pdf"]) if name)
        ],
        "packets": [
            dict(one)
            for one in run.closed.packets
            if one["pdf"] not in made and bench.is_there(one["pdf"])
        ],
    }


def _remember(run: Run, written: dict[str, FileStamp], others: set[str]) -> None:
    """Update the ledger with what this run did; other entries stay."""
    bench, ledger = run.bench, run.bench.ledger
    made = {one.key: one for one in run.made}
    fresh = {
        job.key: to_entry(job, bench, has_pdf=made[job.key].pdf is not None, made=made[job.key])
        for job in run.wanted
        if job.key in made
    }
    there = {key: one for key, one in ledger.documents.items() if one.docx in others or key in made}
    ledger.documents.become(there | fresh)
    edited = {name for job in run.jobs for name in job.edited} | run.edited_files
    ledger.edited = frozenset((ledger.edited & others) | edited)
    ledger.outputs.become({name: ledger.outputs[name] for name in others} | written)
    packets = {name.removeprefix(f"{FOLDER}/").removesuffix(".pdf") for name in ledger.outputs}
    ledger.packets.become({name: key for name, key in ledger.packets.items() if name in packets})
    ledger.derived.become(
        {name: key for name, key in ledger.derived.items() if name in ledger.outputs}
    )
    ledger.pending.become({})
    # An archive that is older than the output stays so until a person has accepted it.
    ledger.heads = tuple(sorted({*run.heads, *unknown_heads(run.archive, ledger.heads)}))


def remove_stale(bench: Bench, names: Iterable[str]) -> list[Problem]:
    """Remove outputs that no plan asks for any more; what a person changed or signed stays."""
    problems = []
    for name in names:
        match bench.verdict(name):
            case Verdict.ABSENT:
                pass
            case Verdict.OURS:
                bench.path(name).unlink()
                _drop_empty(bench.path(name).parent, bench.folder)
            case _:
                problems.append(_left_problem(bench.path(name)))
    return problems


def _drop_empty(folder: Path, output: Path) -> None:
    kept = (output, output / DOCUMENTS, output / PDFS)
    while folder not in kept and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _left_problem(path: Path) -> Problem:
    return warning(
        "edited-output",
        Location(file=str(path)),
        "этого документа больше нет в реестре, но файл изменён вручную или подписан и оставлен; "
        "если он не нужен, удалите его сами",
    )
