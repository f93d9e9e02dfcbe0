"""What a build mends in the archive without asking: nothing is lost by it, and nothing decided."""

from __future__ import annotations

import shutil
from pathlib import Path

from docgen.archive.archive_contents import Archive, faulty
from docgen.archive.archive_folders import OTHER_VERSION, RECORD
from docgen.archive.archive_writer import ArchiveWriter, NewPaper
from docgen.archive.canonical_json import canonical
from docgen.archive.journal import EventKind, event_path
from docgen.archive.legacy_records import LegacyPaper
from docgen.archive.paper_files import ArchivedPaper
from docgen.files import PRIVATE_FILE, atomic_write, unwritable_error


def needs_repair(archive: Archive) -> bool:
    """Return whether there is anything to put back, to copy, to end or to take in."""
    return bool(
        archive.unfinished
        or archive.journal.restored
        or len(archive.journal.heads) > 1
        or any(faulty(archive.papers))
        or any(not paper.is_known for paper in archive.papers)
        or any(extra.leave is not None for extra in archive.extra)
        or (archive.takes_legacy and any(not one.lost for one in archive.legacy))
        or any(one.is_taken for one in archive.legacy)
    )


def repair(archive: Archive, writer: ArchiveWriter) -> None:
    """Put back what has a second copy, copy what has none, end what a kill has interrupted.

    What lies in the place of a file that is put back stays beside it.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    _end_unfinished(archive, writer)
    for name in archive.journal.restored:
        event = archive.journal.events[name]
        atomic_write(event_path(archive.path, event), canonical(event.to_json()), mode=PRIVATE_FILE)
    for paper in faulty(archive.papers):
        _put_back(paper, writer)
    for paper in archive.papers:
        if not paper.is_known and not paper.lost:
            writer.note(EventKind.TAKEN_IN, paper.record.id, paper.record.hash)
            writer.copies.write(canonical(paper.record.to_json()))
    if len(archive.journal.heads) > 1:
        writer.decide(EventKind.STATE, "")
    if archive.legacy and (archive.takes_legacy or any(one.is_taken for one in archive.legacy)):
        _take_in(archive.legacy, writer, is_open=archive.takes_legacy)


def _end_unfinished(archive: Archive, writer: ArchiveWriter) -> None:
    """Finish the folders whose event stands, drop the others; move away what has left."""
    missing = {
        paper.record.id: paper
        for paper in archive.papers
        if paper.is_record_changed and not paper.folder.exists()
    }
    for path in archive.unfinished:
        paper = missing.get(path.name.removeprefix(".").partition(".")[0])
        if paper is not None and _is_whole(path, paper):
            writer.settle(path, paper.record)
        else:
            shutil.rmtree(path, ignore_errors=True)
    for extra in archive.extra:
        if extra.leave is EventKind.REMOVED:
            shutil.rmtree(extra.folder, ignore_errors=True)
        elif extra.leave is not None:
            writer.move_to_removed(extra.folder)


def _is_whole(folder: Path, paper: ArchivedPaper) -> bool:
    names = {path.name for path in folder.iterdir()}
    return names == {RECORD, *paper.record.files}


def _put_back(paper: ArchivedPaper, writer: ArchiveWriter) -> None:
    for name in paper.uncopied:
        writer.copies.write(paper.sources[name].read_bytes())
    for fault in paper.faults:
        if fault.copy is None:
            continue
        if fault.found is not None and fault.found.exists() and not fault.is_empty:
            put_aside(fault.found)
        atomic_write(paper.folder / fault.name, fault.copy.read_bytes(), mode=PRIVATE_FILE)
    record = paper.folder / RECORD
    data = canonical(paper.record.to_json())
    if not record.is_file() or paper.is_record_changed:
        atomic_write(record, data, mode=PRIVATE_FILE)
    writer.copies.write(data)


def put_aside(path: Path) -> Path:
    """Give a file another name beside its place, so that nothing of it is lost; return the name.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    number = 1
    while True:
        mark = ")" if number == 1 else f" {number})"
        target = path.with_name(f"{path.stem} {OTHER_VERSION}{mark}{path.suffix}")
        if not target.exists():
            break
        number += 1
    try:
        path.rename(target)
    except OSError as error:
        raise unwritable_error(path, error) from error
    return target


def _take_in(legacy: tuple[LegacyPaper, ...], writer: ArchiveWriter, *, is_open: bool) -> None:
    """Take in what an earlier docgen archived; its folders go once their papers are whole."""
    whole = [one for one in legacy if not one.lost and (one.is_taken or is_open)]
    papers = writer.put([new_paper_of(one) for one in whole if not one.is_taken], is_legacy=True)
    folders = {paper.record.id: paper.folder for paper in papers}
    for one in whole:
        _clear(one, folders.get(one.record.id, writer.folder_of(one.record)))
    if is_open and len(whole) == len(legacy):
        writer.close_legacy()


def new_paper_of(one: LegacyPaper) -> NewPaper:
    """Return a paper of an earlier docgen on its way into the archive."""
    contents = {name: path.read_bytes() for name, path in one.sources.items()}
    mode = min(path.stat().st_mode & 0o777 for path in one.sources.values())
    return NewPaper(one.record, contents, EventKind.TAKEN_IN, mode)


def _clear(one: LegacyPaper, folder: Path) -> None:
    """Remove the folder of a paper that was taken in; what a person put there moves along."""
    own = {*one.sources.values(), one.folder / RECORD}
    try:
        for path in list(one.folder.iterdir()):
            target = folder / path.name
            if path in own or path.name == RECORD:
                path.unlink()
            elif not target.exists():
                path.rename(target)
        one.folder.rmdir()
    except OSError as error:
        raise unwritable_error(one.folder, error) from error
