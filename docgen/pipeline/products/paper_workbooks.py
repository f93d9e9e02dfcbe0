"""Papers whose tables others calculate with: an .xlsx beside the paper, made of its own words.

Whoever gets a bank or a form of numbers puts it together with others'. The workbook is made of the
finished .docx, so it says what the paper says, and no more. Drafts and blank forms have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docgen.model import MadeDocument
from docgen.model.states import DRAFTS
from docgen.ooxml.paper_tables import PaperTable, paper_tables
from docgen.pipeline.output.document_files import DocumentJob
from docgen.pipeline.output.places import DOCUMENTS, TABLES
from docgen.pipeline.output.side_files import SideFiles
from docgen.pipeline.output.store import Bench, FileDraft, Verdict
from docgen.registers.paper_books import BookTable, paper_book
from docgen.sources import sources_hash

_DECIDING: Final = ("ooxml/paper_tables.py", "registers/paper_books.py", "registers/book_writer.py")
"""The code that decides what stands in such a workbook."""


def workbook_name(job: DocumentJob) -> str:
    """Return where the workbook of a document lies in the output."""
    return f"{TABLES}/{job.docx.removeprefix(f'{DOCUMENTS}/').removesuffix('.docx')}.xlsx"


def make_paper_workbooks(
    jobs: Sequence[DocumentJob], made: Sequence[MadeDocument], bench: Bench
) -> SideFiles:
    """Leave the workbooks of the documents that have one, but not over what a person has changed.

    Raises:
        UsageError: when the disk refuses.
    """
    found, documents = SideFiles(), {one.key: one for one in made}
    drafts: dict[str, FileDraft] = {}
    sources: dict[str, str] = {}
    for job in jobs:
        document = documents.get(job.key)
        if document is None or document.docx is None or not _has_workbook(job):
            continue
        name = workbook_name(job)
        source = f"{job.source_sha256} {document.title} {sources_hash(*_DECIDING)}"
        if not _stays(name, source, found, bench):
            tables = [_as_sheet(one) for one in paper_tables(bench.path(job.docx))]
            if not tables:
                continue
            data = paper_book(document.title, tables)
            drafts[name] = bench.draft(name, data, is_private=document.is_private)
            sources[name] = source
        found.files.add(name)
        found.by_key[job.key] = (name, drafts[name].sha256 if name in drafts else "")
    bench.leave([*drafts.values()])
    for name, source in sources.items():
        bench.ledger.derived[name] = source
    found.by_key = {key: (name, bench.sha256(name)) for key, (name, _) in found.by_key.items()}
    return found


def _has_workbook(job: DocumentJob) -> bool:
    planned = job.planned
    return planned.kind.has_workbook and not planned.is_blank_form and planned.state not in DRAFTS


def _stays(name: str, source: str, found: SideFiles, bench: Bench) -> bool:
    """Return whether a workbook stays as it lies: it is up to date, or a person has changed it."""
    if bench.verdict(name) not in {Verdict.ABSENT, Verdict.OURS}:
        found.edited.add(name)
        return True
    return bench.is_unchanged(name) and bench.ledger.derived.get(name) == source


def _as_sheet(table: PaperTable) -> BookTable:
    rows = tuple(
        tuple((None if cell.is_below else cell.text, cell.columns) for cell in row)
        for row in table.rows
    )
    return BookTable(table.above, rows, table.headings, table.widths)
