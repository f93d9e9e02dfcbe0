"""The end of a build: what nobody asks for any more goes, manifest and ledger tell of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docgen.errors import Location, Problem, warning
from docgen.fonts import typeface_names
from docgen.pipeline.output import document_files, paper_archive
from docgen.pipeline.output import ledger as ledgers
from docgen.pipeline.output.manifest import MANIFEST, read_manifest, write_manifest
from docgen.pipeline.output.privacy import close_output, rights_of
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.products import originals, personnel
from docgen.pipeline.products.packet_files import FOLDER
from docgen.pipeline.run.state import Run


def leave(run: Run) -> None:
    """Remove what is no longer planned; write the manifest and the ledger."""
    room, ledger, output = run.room, run.room.ledger, run.room.output
    written = {name for name in _files_of(run) if (output / name).is_file()}
    known = set(ledger.outputs) | {name for job in run.jobs for name in (job.docx, job.pdf)}
    others = {name for name in known - written - {MANIFEST} if (output / name).is_file()}
    stale = others if run.is_whole else others & {originals.name_of(job) for job in run.wanted}
    run.result.problems += remove_stale(room, sorted(stale - _without_office(run)))
    others = {name for name in others if (output / name).is_file()}
    kept = _kept_entries(run)
    versions: dict[str, str | list[str]] = {
        "libreoffice": run.office.version if run.office else "",
        "tools": room.tools,
        "fonts": typeface_names(run.prepared.families),
    }
    stamps = {name: document_files.stamp_of(name, room) for name in sorted(written)}
    hashes = {name: stamp.sha256 for name, stamp in stamps.items()}
    write_manifest(output, run.made, run.packets, versions, kept, hashes)
    _close(run, kept)
    stamps[MANIFEST] = ledgers.stamp_output(output / MANIFEST)
    _remember(run, stamps, others & set(ledger.outputs))


def _close(run: Run, kept: dict[str, list[dict[str, Any]]]) -> None:
    """Take wider rights from papers with personal data, those of earlier builds too."""
    told = {
        "documents": [*map(rights_of, run.made), *kept["documents"]],
        "packets": [*map(rights_of, run.packets), *kept["packets"]],
    }
    close_output(run.room.output, told)
    for job in run.wanted:
        if job.frozen is not None and job.plan.is_private:
            paper_archive.close_archived(job.frozen)


def _files_of(run: Run) -> set[str]:
    """Return the files that this run has made or found to be as they should."""
    names = set(run.packet_files)
    made = {one.key for one in run.made}
    for job in run.wanted:
        if job.plan.key in made:
            names |= {job.docx, job.pdf} if run.room.press else {job.docx}
    return names


def _without_office(run: Run) -> set[str]:
    """Return the PDFs and sets that a run without LibreOffice cannot judge, so leaves alone."""
    if run.room.press is not None:
        return set()
    pdfs = {job.pdf for job in run.jobs}
    folders = tuple(f"{name}/" for name in (FOLDER, originals.FOLDER, personnel.FOLDER))
    return pdfs | {name for name in run.room.ledger.outputs if name.startswith(folders)}


def _kept_entries(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return what a partial run leaves in the manifest: papers and sets that it did not plan."""
    if not run.wish.is_selective:
        return {"documents": [], "packets": []}
    planned = {job.plan.key for job in run.jobs} | {one.key for one in run.made}
    named = {one.name for one in run.packets}
    output = run.room.output
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


def _remember(run: Run, written: dict[str, ledgers.FileStamp], others: set[str]) -> None:
    """Put into the ledger what this run did; of everything else it keeps what it knew."""
    room, ledger = run.room, run.room.ledger
    made = {one.key: one for one in run.made}
    fresh = {
        job.plan.key: document_files.to_entry(
            job, room, has_pdf=made[job.plan.key].pdf is not None, made=made[job.plan.key]
        )
        for job in run.wanted
        if job.plan.key in made
    }
    there = {key: one for key, one in ledger.documents.items() if one.docx in others or key in made}
    ledger.documents.become(there | fresh)
    edited = {name for job in run.jobs for name in job.edited} | run.edited_files
    ledger.edited = frozenset((ledger.edited & others) | edited)
    ledger.outputs.become({name: ledger.outputs[name] for name in others} | written)
    sets = {name.removeprefix(f"{FOLDER}/").removesuffix(".pdf") for name in ledger.outputs}
    ledger.packets.become({name: key for name, key in ledger.packets.items() if name in sets})
    ledger.derived.become(
        {name: key for name, key in ledger.derived.items() if name in ledger.outputs}
    )
    ledger.pending.become({})


def remove_stale(room: document_files.Room, names: Iterable[str]) -> list[Problem]:
    """Remove outputs that no plan asks for any more; what a person changed or signed stays."""
    problems = []
    for name in names:
        path = room.output / name
        if not path.is_file():
            continue
        if is_signed_pdf(path) or document_files.is_edited(name, room):
            problems.append(_left(path))
            continue
        path.unlink()
        _drop_empty(path.parent, room.output)
    return problems


def _drop_empty(folder: Path, output: Path) -> None:
    kept = (output, output / document_files.DOCUMENTS, output / document_files.PDFS)
    while folder not in kept and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _left(path: Path) -> Problem:
    return warning(
        "edited-output",
        Location(file=str(path)),
        "этого документа больше нет в реестре, но файл изменён вручную или подписан и оставлен; "
        "если он не нужен, удалите его сами",
    )
