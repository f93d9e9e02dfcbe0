"""What ``docgen verify`` proves of pages: PDFs say what documents say, packets repeat them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen import pages
from docgen.errors import Location, Problem
from docgen.pages.page_prints import PagePrint
from docgen.pdf.refusals import what_differs
from docgen.proof.file_proof import file_difference

SCAN = "scan"
"""What the manifest calls the scan of an order in the contents of a packet."""


def words_problem(docx: Path, pdf: Path) -> Problem | None:
    """Return that a PDF does not paint the words of its document, or cannot be held to them.

    One that does not open at all is somebody else's to report.
    """
    try:
        found = file_difference(docx, pdf)
        if found is None:
            return None
        message = f"PDF говорит не то, что документ: {what_differs(docx.read_bytes(), found)}"
    except (pages.BrokenPdfError, OSError):
        if not _opens(pdf):
            return None
        message = "PDF открывается, но сверить его с документом не удалось"
    remedy = f'соберите заново: docgen build --redo "{docx.stem}"'
    return Problem("verify-failed", Location(file=str(pdf)), f"{message}; {remedy}")


def _opens(pdf: Path) -> bool:
    try:
        return pages.page_count(pdf) > 0
    except (pages.BrokenPdfError, OSError):
        return False


@dataclass(slots=True)
class PacketPages:
    """The pages of documents, to which packets are held; filled as they are asked for.

    ``documents`` are those of a manifest.
    """

    output: Path
    documents: Sequence[Mapping[str, Any]]
    by_title: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, list[PagePrint]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the PDFs of each title."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in self.documents:
            sides = ("original", "letterhead")
            pdfs = [one["pdf"], *((one.get(side) or {}).get("pdf") for side in sides)]
            found[one.get("title", "")] += filter(None, pdfs)
        self.by_title = dict(found)

    def problems(self, packet: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield the documents of a packet whose pages are not those of their PDFs."""
        path = self.output / packet["pdf"]
        try:
            there = pages.page_prints(path)
            for entry in packet["contents"]:
                if entry.get("source") == SCAN:
                    # It lies in the archive, which need not be at hand; the hash holds its pages.
                    continue
                originals = self.by_title.get(entry["title"], ())
                prints = [self._prints_of(pdf) for pdf in originals]
                start = entry["page"] - 1
                if prints and all(there[start : start + len(own)] != own for own in prints):
                    message = (
                        f"со страницы {entry['page']} стоит не «{entry['title']}»: страницы "
                        "отличаются от документа; соберите заново: docgen build --redo "
                    )
                    where = Location(file=str(path))
                    yield Problem("verify-failed", where, f'{message}"{path.stem}"')
        except (pages.BrokenPdfError, OSError):
            yield from self._unproven(packet)

    def _unproven(self, packet: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield that a packet cannot be held to its documents.

        That a file does not open has been said already.
        """
        titles = [entry["title"] for entry in packet["contents"]]
        names = [packet["pdf"], *(pdf for one in titles for pdf in self.by_title.get(one, ()))]
        if all(_opens(self.output / name) for name in names):
            path = self.output / packet["pdf"]
            message = (
                "пакет открывается, но сверить его страницы с документами не удалось; соберите "
                f'заново: docgen build --redo "{path.stem}"'
            )
            yield Problem("verify-failed", Location(file=str(path)), message)

    def _prints_of(self, pdf: str) -> list[PagePrint]:
        if pdf not in self.known:
            self.known[pdf] = pages.page_prints(self.output / pdf)
        return self.known[pdf]
