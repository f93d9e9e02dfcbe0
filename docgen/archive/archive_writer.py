"""What is written into the archive: second copies first, then the event, then the paper's folder.

A kill at any moment leaves a state that ``repairs`` ends: an event whose folder is not in its place
yet, or a folder without an event, which never counted.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.archive.archive_contents import Archive
from docgen.archive.archive_folders import DECISIONS, RECORD, REMOVED, UNFINISHED, folder_name
from docgen.archive.canonical_json import canonical, content_hash
from docgen.archive.journal import FORGONE, Event, EventKind, Journal, write_event
from docgen.archive.newer_archives import newer_problem
from docgen.archive.paper_files import ArchivedPaper
from docgen.archive.paper_record import PaperRecord
from docgen.archive.second_copies import SecondCopies
from docgen.errors import UsageError
from docgen.files import PRIVATE_FILE, atomic_write, set_rights, unwritable_error

_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper on its way into the archive: its record and the bytes of its files."""

    record: PaperRecord
    contents: Mapping[str, bytes]
    what: EventKind = EventKind.SIGNED
    mode: int = PRIVATE_FILE


class ArchiveWriter:
    """Writes into one archive; its journal grows with every event.

    Raises:
        UsageError: ``archive-newer`` when a later docgen has written into the archive.
    """

    def __init__(self, archive: Archive, day: dt.date) -> None:
        """Begin after the last event of an archive as it was read."""
        if archive.newer:
            raise UsageError([newer_problem(archive, archive.path.name)])
        self.path: Path = archive.path
        self.copies: SecondCopies = archive.copies
        self._events = dict(archive.journal.events)
        self._heads = archive.journal.heads
        self._number = archive.journal.next_number()
        self._takes_legacy = archive.takes_legacy
        self._day = day.isoformat()

    @property
    def journal(self) -> Journal:
        """The journal with the events that were written since."""
        return Journal(dict(self._events))

    def put(self, papers: Sequence[NewPaper], *, is_legacy: bool = False) -> list[ArchivedPaper]:
        """Put papers into the archive; the disk is flushed for all of them together.

        What is not ``is_legacy`` ends the time in which papers of an earlier docgen are taken in.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        if not papers:
            return []
        if not is_legacy:
            self.close_legacy()
        drafts = {one.record.id: self._draft(one) for one in papers}
        _flush()
        for one in papers:
            self.note(one.what, one.record.id, one.record.hash)
        return [
            self._settle(drafts[one.record.id], one.record, list(one.contents)) for one in papers
        ]

    def _draft(self, paper: NewPaper) -> Path:
        """Write the second copies of a paper, and its folder under an unfinished name."""
        folder = self.path / f".{paper.record.id}{UNFINISHED}"
        record = canonical(paper.record.to_json())
        for data in (*paper.contents.values(), record):
            self.copies.write(data, is_flushed=False)
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name, data in paper.contents.items():
                (folder / name).write_bytes(data)
                set_rights(folder / name, paper.mode)
            (folder / RECORD).write_bytes(record)
            set_rights(folder / RECORD, PRIVATE_FILE)
            if paper.mode == PRIVATE_FILE:
                set_rights(folder, _PRIVATE_FOLDER)
        except OSError as error:
            raise unwritable_error(folder, error) from error
        return folder

    def _settle(self, draft: Path, record: PaperRecord, names: Iterable[str]) -> ArchivedPaper:
        folder = self.settle(draft, record)
        return ArchivedPaper(record, folder, {name: folder / name for name in names})

    def folder_of(self, record: PaperRecord) -> Path:
        """Return where the folder of a paper lies."""
        return self.path / folder_name(record.key, record.id)

    def settle(self, draft: Path, record: PaperRecord) -> Path:
        """Give the folder of a paper its name; return where it lies.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        folder = self.folder_of(record)
        try:
            if folder.exists():
                # Its paper is not in the archive any more, or it would have this record.
                shutil.rmtree(folder)
            draft.rename(folder)
        except OSError as error:
            raise unwritable_error(folder, error) from error
        return folder

    def renew(
        self,
        paper: ArchivedPaper,
        record: PaperRecord,
        what: EventKind,
        added: Mapping[str, bytes] | None = None,
        mode: int = PRIVATE_FILE,
    ) -> ArchivedPaper:
        """Give a paper a newer record, and files that come to it; return it as it is then.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        added = added or {}
        data = canonical(record.to_json())
        for one in (*added.values(), data):
            self.copies.write(one)
        self.note(what, record.id, record.hash)
        for name, content in added.items():
            atomic_write(paper.folder / name, content, mode=mode)
        atomic_write(paper.folder / RECORD, data, mode=PRIVATE_FILE)
        sources = {**paper.sources, **{name: paper.folder / name for name in added}}
        return replace(paper, record=record, sources={name: sources[name] for name in record.files})

    def remove(self, papers: Sequence[ArchivedPaper], reason: str, what: EventKind) -> None:
        """Take papers out of the archive: to ``снято/``, with the reason in their records.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        why = {"what": str(what), "day": self._day, "reason": reason}
        for paper in papers:
            record = replace(paper.record, removed=why)
            data = canonical(record.to_json())
            self.copies.write(data)
            self.note(what, record.id, record.hash)
            atomic_write(paper.folder / RECORD, data, mode=PRIVATE_FILE)
            self.move_to_removed(paper.folder)

    def move_to_removed(self, folder: Path) -> None:
        """Move a folder to ``снято/``, under a name that is free there.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        place = self.path / REMOVED
        target = place / folder.name
        number = 1
        while target.exists():
            number += 1
            target = place / f"{folder.name} ({number})"
        try:
            place.mkdir(parents=True, exist_ok=True)
            set_rights(place, _PRIVATE_FOLDER)
            folder.rename(target)
        except OSError as error:
            raise unwritable_error(folder, error) from error

    def write_off(self, paper: str) -> None:
        """Note that a paper is gone of which nothing is left but its events.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        self.note(EventKind.REMOVED, paper, self._removal(paper, "", ""))

    def _removal(self, paper: str, kind: str, reason: str) -> str:
        why = {"what": str(EventKind.REMOVED), "day": self._day, "reason": reason}
        return PaperRecord(paper, "", kind, "", "", "", "", "-", {}, (), {}, {}, why).hash

    def destroy(self, papers: Sequence[ArchivedPaper], act: str) -> None:
        """Remove papers and their second copies for good; the events stay.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        for paper in papers:
            record = paper.record
            self.note(EventKind.REMOVED, record.id, self._removal(record.id, record.kind, act))
            try:
                for kept in paper.record.files.values():
                    self.copies.path(kept.sha256).unlink(missing_ok=True)
                for event in self._events.values():
                    if event.paper == paper.record.id:
                        self.copies.path(event.record).unlink(missing_ok=True)
                shutil.rmtree(paper.folder)
            except OSError as error:
                raise unwritable_error(paper.folder, error) from error

    def decide(self, what: EventKind, reason: str, forgone: Iterable[str] = ()) -> None:
        """Keep a decision about the archive as a whole, with its reason.

        ``forgone`` are the hashes of events that are gone for good.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        decision: dict[str, Any] = {
            "day": self._day,
            "what": str(what),
            "reason": reason,
            FORGONE: sorted(forgone),
        }
        data = canonical(decision)
        self.copies.write(data)
        event = self.note(what, "", content_hash(decision))
        place = self.path / DECISIONS / f"{event.n:06}.json"
        atomic_write(place, data, mode=PRIVATE_FILE)

    def close_legacy(self) -> None:
        """Note that what an earlier docgen archived has been taken in: nothing more of it counts.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        if self._takes_legacy:
            self._takes_legacy = False
            self.decide(EventKind.TAKEN_IN, "")

    def note(self, what: EventKind, paper: str, record: str) -> Event:
        """Write an event that follows all heads.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        event = Event(self._number, self._day, str(what), paper, record, self._heads)
        write_event(self.path, event, self.copies)
        self._events[event.hash] = event
        self._heads = (event.hash,)
        self._number += 1
        return event


def _flush() -> None:
    # One flush of the disk for all: flushing each file takes longer than making it.
    os.sync()
