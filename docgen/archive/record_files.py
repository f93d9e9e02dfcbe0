"""The records of an archive read alone, without looking at the papers that they describe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.archive.archive_folders import RECORD, archive_folder, entries, paper_folders
from docgen.archive.canonical_json import UnreadableJsonError, read_json
from docgen.archive.paper_record import BadRecordError, NewerRecordError, PaperRecord, record_of


def read_records(workspace: Path, without: tuple[str, ...] = ()) -> Iterator[PaperRecord]:
    """Yield the records of a workspace's archive that can be read, but of papers taken out.

    Folders of papers are called after their kinds: those that begin as one of ``without`` are
    passed over, which spares thousands of consents. A build tells what cannot be read.
    """
    for folder in paper_folders(archive_folder(workspace)):
        names = {} if folder.name.startswith(without) else entries(folder)
        if RECORD not in names:
            continue
        try:
            record = record_of(read_json(names[RECORD]))
        except (OSError, UnreadableJsonError, BadRecordError, NewerRecordError):
            continue
        if not record.removed:
            yield record
