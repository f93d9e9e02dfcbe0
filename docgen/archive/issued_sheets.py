"""Sheets handed out for signature: what each said on that day, whatever registers say later.

``архив/выдано`` holds a record for each time that a changed sheet was handed out; its files lie
among the second copies, by their hashes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.archive.archive_folders import HANDED_OUT, archive_folder, entries
from docgen.archive.archive_writer import NewPaper
from docgen.archive.canonical_json import UnreadableJsonError, canonical, read_json
from docgen.archive.paper_record import BadRecordError, PaperRecord, record_of
from docgen.archive.second_copies import SecondCopies
from docgen.files import PRIVATE_FILE, atomic_write

_DAY: Final = "handed out"


@dataclass(frozen=True, slots=True)
class HandedOutSheet:
    """A sheet as it was handed out on a day; ``sources`` are its files by their names."""

    record: PaperRecord
    day: dt.date
    sources: Mapping[str, Path]


def read_handed_out(workspace: Path) -> dict[str, tuple[HandedOutSheet, ...]]:
    """Return the sheets that were handed out, by the keys of documents, the latest last.

    One of which a file is gone or changed is left out.
    """
    archive = archive_folder(workspace)
    copies = SecondCopies(archive)
    found: dict[str, list[HandedOutSheet]] = {}
    for path in entries(archive / HANDED_OUT).values():
        sheet = _read(path, copies) if path.suffix == ".json" else None
        if sheet is not None:
            found.setdefault(sheet.record.key, []).append(sheet)
    return {key: tuple(sorted(sheets, key=_order)) for key, sheets in found.items()}


def _order(sheet: HandedOutSheet) -> tuple[dt.date, str]:
    return sheet.day, sheet.record.made.get("number", "")


def _read(path: Path, copies: SecondCopies) -> HandedOutSheet | None:
    try:
        record = record_of(read_json(path))
        day = dt.date.fromisoformat(record.made[_DAY])
    except (OSError, UnreadableJsonError, BadRecordError, KeyError, ValueError):
        return None
    if any(copies.read(one.sha256) is None for one in record.files.values()):
        return None
    sources = {name: copies.path(one.sha256) for name, one in record.files.items()}
    return HandedOutSheet(record, day, sources)


def hand_out(workspace: Path, papers: Sequence[NewPaper], day: dt.date) -> int:
    """Keep sheets as they are handed out; return how many differ from those handed out before.

    Raises:
        UsageError: ``output-unwritable`` when the disk refuses.
    """
    archive = archive_folder(workspace)
    copies = SecondCopies(archive)
    before = read_handed_out(workspace)
    count = 0
    for paper in papers:
        known = before.get(paper.record.key, ())
        if known and dict(known[-1].record.files) == dict(paper.record.files):
            continue
        for data in paper.contents.values():
            copies.write(data)
        made = {**paper.record.made, _DAY: day.isoformat(), "number": f"{len(known) + 1:04}"}
        data = canonical(replace(paper.record, made=made).to_json())
        atomic_write(archive / HANDED_OUT / f"{paper.record.id}.json", data, mode=PRIVATE_FILE)
        count += 1
    return count
