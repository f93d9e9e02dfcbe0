"""The archive as it lies on the disk: which papers are whole, what can be put back, what is lost.

Reading changes nothing and waits for nobody. What is found to be mended stands in ``repairs``; a
build carries them out, see ``repairs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.archive.archive_folders import (
    JOURNAL,
    RECORD,
    archive_folder,
    entries,
    folder_name,
    paper_folders,
)
from docgen.archive.canonical_json import UnreadableJsonError, parse, read_json
from docgen.archive.journal import LEAVES, Event, EventKind, Journal, read_journal
from docgen.archive.legacy_records import LegacyPaper, is_legacy, read_legacy
from docgen.archive.paper_files import ArchivedPaper, read_paper
from docgen.archive.paper_record import (
    BadRecordError,
    NewerRecordError,
    PaperRecord,
    record_of,
)
from docgen.archive.second_copies import SecondCopies


@dataclass(frozen=True, slots=True)
class LostPaper:
    """A paper that the journal names and that cannot be put together again.

    ``folder`` holds a record that is not what the journal says; None when there is none at all.
    """

    id: str
    day: str
    folder: Path | None = None
    record: PaperRecord | None = None


@dataclass(frozen=True, slots=True)
class ExtraFolder:
    """A folder that is no paper of this archive.

    ``twin`` is the paper that it is a copy of; ``is_equal`` when it is a true one. ``leave`` is the
    event by which the paper has left the archive.
    """

    folder: Path
    record: PaperRecord | None = None
    twin: ArchivedPaper | None = None
    is_equal: bool = False
    leave: EventKind | None = None


@dataclass(frozen=True, slots=True)
class NewerPaper:
    """A paper that a later docgen has written: only its id and its key are understood, if those."""

    place: Path
    id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """All that is known of ``архив/`` of a workspace."""

    path: Path
    journal: Journal = field(default_factory=Journal)
    papers: tuple[ArchivedPaper, ...] = ()
    lost: tuple[LostPaper, ...] = ()
    legacy: tuple[LegacyPaper, ...] = ()
    extra: tuple[ExtraFolder, ...] = ()
    unreadable: tuple[Path, ...] = ()
    newer: tuple[NewerPaper, ...] = ()
    unfinished: tuple[Path, ...] = ()

    @property
    def copies(self) -> SecondCopies:
        """The second copies."""
        return SecondCopies(self.path)

    @property
    def is_journal_lost(self) -> bool:
        """Whether there are papers but no journal of them."""
        return bool(self.papers) and not self.journal.events

    @property
    def takes_legacy(self) -> bool:
        """Whether papers that an earlier docgen archived may still be taken in."""
        return not any(not event.paper for event in self.journal.events.values())


@dataclass(frozen=True, slots=True)
class _Found:
    """A folder with a record that can be read."""

    folder: Path
    names: Mapping[str, Path]
    record: PaperRecord


def read_archive(workspace: Path, *, is_thorough: bool = False) -> Archive:
    """Return what lies in a workspace's archive.

    Papers are hashed; scans and files of signature are known by their sizes, unless the reading
    ``is_thorough``.
    """
    archive = archive_folder(workspace)
    if not archive.is_dir():
        return Archive(archive)
    copies = SecondCopies(archive)
    journal = read_journal(archive, copies)
    reader = _ArchiveReader(archive, copies, journal, is_thorough=is_thorough)
    reader.read_folders()
    reader.match_papers()
    reader.match_rest()
    if journal.is_newer and not reader.newer:
        reader.newer.append(NewerPaper(archive / JOURNAL))
    return Archive(
        archive,
        journal,
        tuple(reader.papers),
        tuple(reader.lost),
        tuple(reader.legacy),
        tuple(reader.extra),
        tuple(reader.unreadable),
        tuple(reader.newer),
        tuple(path for name, path in entries(archive).items() if _is_unfinished(name)),
    )


def _is_unfinished(name: str) -> bool:
    return name.startswith(".") and name.endswith(".new")


@dataclass(slots=True)
class _ArchiveReader:
    """Filled while the folders of an archive are read and held to its journal."""

    archive: Path
    copies: SecondCopies
    journal: Journal
    is_thorough: bool
    found: dict[str, list[_Found]] = field(default_factory=dict)
    papers: list[ArchivedPaper] = field(default_factory=list)
    lost: list[LostPaper] = field(default_factory=list)
    legacy: list[LegacyPaper] = field(default_factory=list)
    extra: list[ExtraFolder] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)
    newer: list[NewerPaper] = field(default_factory=list)

    def read_folders(self) -> None:
        """Read the record of each folder."""
        for folder in paper_folders(self.archive):
            names = entries(folder)
            if RECORD not in names:
                continue
            try:
                kept = read_json(names[RECORD])
                if is_legacy(kept):
                    self._read_legacy(kept, folder, names)
                    continue
                record = record_of(kept)
            except NewerRecordError:
                self._note_newer(kept, folder)
            except (OSError, UnreadableJsonError, BadRecordError):
                self.unreadable.append(folder)
            else:
                self.found.setdefault(record.id, []).append(_Found(folder, names, record))

    def _read_legacy(
        self, kept: Mapping[str, Any], folder: Path, names: Mapping[str, Path]
    ) -> None:
        paper = read_legacy(kept, folder, names)
        is_taken = any(one.paper == paper.record.id for one in self.journal.events.values())
        self.legacy.append(replace(paper, is_taken=is_taken))

    def _note_newer(self, kept: Mapping[str, Any], place: Path) -> None:
        self.newer.append(NewerPaper(place, str(kept.get("id", "")), str(kept.get("key", ""))))

    def match_papers(self) -> None:
        """Find each paper that the journal knows, among the folders or the second copies."""
        for paper, events in self.journal.standing().items():
            candidates = self.found.pop(paper, [])
            standing = [one for one in events if one.what not in LEAVES]
            if not standing:
                leave = EventKind(events[-1].what)
                self.extra += (
                    ExtraFolder(one.folder, one.record, leave=leave) for one in candidates
                )
                continue
            self._match(paper, standing, candidates)

    def _match(self, paper: str, events: Sequence[Event], candidates: list[_Found]) -> None:
        for event in reversed(events):
            same = [one for one in candidates if one.record.hash == event.record]
            if same:
                best = same[0] if len(same) == 1 else min(same, key=self._likeness)
                self._take(best, [one for one in candidates if one is not best])
                return
        unnoted = [one for one in candidates if self._has_lost_event(one.record)]
        if unnoted:
            best = min(unnoted, key=self._likeness)
            self._take(best, [one for one in candidates if one is not best], is_known=False)
            return
        for event in reversed(events):
            record = self._copied_record(event.record)
            if record is not None and record.id == paper:
                self._rebuild(record, candidates)
                return
        if any(one.id == paper for one in self.newer):
            return
        place = candidates[0] if candidates else None
        self.lost.append(
            LostPaper(
                paper,
                events[-1].day,
                place.folder if place else None,
                place.record if place else None,
            )
        )

    def _has_lost_event(self, record: PaperRecord) -> bool:
        """Whether docgen wrote a record of which no event is left.

        Its second copy tells: what somebody else has put there has none.
        """
        if record.removed or any(
            event.record == record.hash for event in self.journal.events.values()
        ):
            return False
        return self.copies.read(record.hash) is not None

    def _take(self, best: _Found, others: Sequence[_Found], *, is_known: bool = True) -> None:
        paper = replace(self._paper(best), is_known=is_known)
        self.papers.append(paper)
        for one in others:
            is_equal = one.record.hash == best.record.hash and not self._count_faults(one)
            self.extra.append(ExtraFolder(one.folder, one.record, paper, is_equal))

    def _rebuild(self, record: PaperRecord, candidates: Sequence[_Found]) -> None:
        """Put a paper together from the second copies and what a folder still has."""
        place = candidates[0].folder if candidates else self._folder_of(record)
        earlier = {one.record for one in self.journal.events.values() if one.paper == record.id}
        is_outdated = bool(candidates) and candidates[0].record.hash in earlier
        paper = read_paper(record, place, self.copies, is_thorough=self.is_thorough)
        self.papers.append(replace(paper, is_record_changed=True, is_outdated=is_outdated))
        self.unreadable = [one for one in self.unreadable if one != place]
        self.extra += (ExtraFolder(one.folder, one.record) for one in candidates[1:])

    def _paper(self, one: _Found) -> ArchivedPaper:
        return read_paper(
            one.record, one.folder, self.copies, one.names, is_thorough=self.is_thorough
        )

    def _likeness(self, one: _Found) -> tuple[int, str]:
        return self._count_faults(one), str(one.folder)

    def _count_faults(self, one: _Found) -> int:
        return len(self._paper(one).faults)

    def _folder_of(self, record: PaperRecord) -> Path:
        """Return the folder of a paper whose record is gone: the one that holds its files."""
        own = self.archive / folder_name(record.key, record.id)
        return next((one for one in self.unreadable if one == own), own)

    def match_rest(self) -> None:
        """Judge the folders that the journal does not know."""
        is_journal_lost = not self.journal.events
        for found in self.found.values():
            first = next((one for one in found if self._has_lost_event(one.record)), found[0])
            if is_journal_lost or self._has_lost_event(first.record):
                self._take(first, [one for one in found if one is not first], is_known=False)
            else:
                self.extra += (ExtraFolder(one.folder, one.record) for one in found)

    def _copied_record(self, name: str) -> PaperRecord | None:
        data = self.copies.read(name)
        if data is None:
            return None
        try:
            kept = parse(data)
            return record_of(kept)
        except NewerRecordError:
            self._note_newer(kept, self.copies.path(name))
            return None
        except (UnreadableJsonError, BadRecordError):
            return None


def faulty(papers: Sequence[ArchivedPaper]) -> Iterator[ArchivedPaper]:
    """Yield the papers of which something is to be put back."""
    return (one for one in papers if one.faults or one.uncopied or one.is_record_changed)
