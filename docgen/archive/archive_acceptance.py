"""What a person decides about an archive: take it as it is, and write off what is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.archive.archive_contents import Archive
from docgen.archive.archive_repairs import new_paper_of
from docgen.archive.archive_writer import ArchiveWriter
from docgen.archive.canonical_json import canonical
from docgen.archive.journal import EventKind
from docgen.archive.paper_files import ArchivedPaper, read_paper
from docgen.archive.paper_record import PaperRecord


@dataclass(slots=True)
class AcceptedPapers:
    """How many papers were taken in and written off; filled while an archive is accepted.

    ``refused`` says of papers that were not taken in, in Russian, why not: their files are not
    those of their records, or they lie in the archive already.
    """

    taken: int = 0
    written_off: int = 0
    refused: list[str] = field(default_factory=list)


def accept(
    archive: Archive, writer: ArchiveWriter, reason: str, heads: Iterable[str] = ()
) -> AcceptedPapers:
    """Take in the papers that lie in an archive without an event; write off those that are lost.

    ``heads`` are those of the journal as the last build knew it.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    done = AcceptedPapers()
    known = {paper.record.key for paper in archive.papers}
    _take_found(archive, writer, known, done)
    _take_legacy(archive, writer, known, done)
    gone = [paper for paper in archive.papers if paper.lost]
    writer.remove(gone, reason, EventKind.REMOVED)
    unknown = [lost for lost in archive.lost if lost.record is None]
    for lost in unknown:
        writer.write_off(lost.id)
    done.written_off = len(gone) + len(unknown)
    gone_for_good = {*archive.journal.missing, *set(heads).difference(archive.journal.events)}
    writer.decide(EventKind.STATE, reason, gone_for_good)
    return done


def _take_found(
    archive: Archive, writer: ArchiveWriter, known: set[str], done: AcceptedPapers
) -> None:
    """Take in folders that no event speaks of, or speaks of otherwise."""
    places = [
        (one.record, one.folder) for one in archive.extra if one.twin is None and one.leave is None
    ]
    places += [(one.record, one.folder) for one in archive.lost if one.folder is not None]
    for record, folder in places:
        if record is None or folder is None:
            continue
        paper = read_paper(record, folder, archive.copies, is_thorough=True)
        if paper.faults or record.key in known:
            done.refused.append(_refusal(record, known))
            continue
        _take_in(paper, writer)
        known.add(record.key)
        done.taken += 1


def _refusal(record: PaperRecord, known: set[str]) -> str:
    if record.key in known:
        return f"бумага «{record.title}» уже есть в архиве; эту её папку уберите"
    return f"бумага «{record.title}» не принята: файлы в её папке не те, что в её записи"


def _take_in(paper: ArchivedPaper, writer: ArchiveWriter) -> None:
    for source in paper.sources.values():
        writer.copies.write(source.read_bytes())
    writer.copies.write(canonical(paper.record.to_json()))
    writer.note(EventKind.TAKEN_IN, paper.record.id, paper.record.hash)


def _take_legacy(
    archive: Archive, writer: ArchiveWriter, known: set[str], done: AcceptedPapers
) -> None:
    for one in archive.legacy:
        if one.is_taken:
            continue
        if one.lost or one.record.key in known:
            done.refused.append(_refusal(one.record, known))
            continue
        writer.put([new_paper_of(one)])
        known.add(one.record.key)
        done.taken += 1
