"""The archive of signed papers in a workspace: kept as evidence, mended without asking.

What was frozen lies in the paper's folder and, under the hash of its bytes, a second time. A
journal of events by ids and hashes says which record of each paper stands. Nothing here knows of
registers, plans or outputs.
"""

from __future__ import annotations

from docgen.archive.archive_acceptance import accept
from docgen.archive.archive_contents import Archive, LostPaper, read_archive
from docgen.archive.archive_findings import archive_findings
from docgen.archive.archive_folders import (
    ARCHIVE,
    DOCX,
    PDF,
    RECORD,
    SCAN,
    archive_folder,
    is_evidence,
)
from docgen.archive.archive_repairs import needs_repair, put_aside, repair
from docgen.archive.archive_writer import ArchiveWriter, NewPaper
from docgen.archive.issued_sheets import HandedOutSheet, hand_out, read_handed_out
from docgen.archive.journal import EventKind, read_heads
from docgen.archive.newer_archives import newer_problem
from docgen.archive.paper_files import ArchivedPaper
from docgen.archive.paper_record import KeptFile, PaperRecord, new_id
from docgen.archive.record_files import read_records

__all__ = [
    "ARCHIVE",
    "DOCX",
    "PDF",
    "RECORD",
    "SCAN",
    "Archive",
    "ArchiveWriter",
    "ArchivedPaper",
    "EventKind",
    "HandedOutSheet",
    "KeptFile",
    "LostPaper",
    "NewPaper",
    "PaperRecord",
    "accept",
    "archive_findings",
    "archive_folder",
    "hand_out",
    "is_evidence",
    "needs_repair",
    "new_id",
    "newer_problem",
    "put_aside",
    "read_archive",
    "read_handed_out",
    "read_heads",
    "read_records",
    "repair",
]
