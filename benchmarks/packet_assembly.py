"""How long it takes to put finished papers together into one set, and to prove it.

``python -m benchmarks.sets OUTPUT`` repeats the papers of a built workspace up to 1,000 pages.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from benchmarks.reference import read_documents
from docgen.model import Family, MadeDocument, PacketKind, PacketPer, Purpose
from docgen.packet import PacketRequest, ServicePages, assemble, settle

PAGES = 1000
ROUNDS = 3


def time_assembly(output: Path, pages: int = PAGES) -> tuple[int, int, float]:
    """Return papers and pages of a set, and the seconds to assemble and prove it."""
    with tempfile.TemporaryDirectory(prefix="bench-sets-") as name:
        folder = Path(name)
        papers = _papers(output, folder, pages)
        kind = PacketKind("печать", "Печать", "", Purpose.PRINT, PacketPer.YEAR, (Family.ORDER,))
        start = time.perf_counter()
        (settled,) = settle([PacketRequest(kind, "set", "Печать", papers)], folder, _no_pages)
        made = assemble(settled, folder, folder)
        return len(papers), made.pages, time.perf_counter() - start


def _papers(output: Path, folder: Path, pages: int) -> tuple[MadeDocument, ...]:
    """Copy papers in turn, each a file of its own, until there are enough pages."""
    found: list[MadeDocument] = []
    documents = cycle(one for one in read_documents(output) if one["pdf"])
    while sum(one.pages for one in found) < pages:
        model = next(documents)
        name = f"{len(found):06}"
        shutil.copy(output / model["pdf"], folder / f"{name}.pdf")
        found.append(
            MadeDocument(
                key=name,
                kind=model["kind"],
                family=Family.ORDER,
                title=f"{model['title']} {name}",
                docx=f"{name}.docx",
                pdf=f"{name}.pdf",
                pages=model["pages"],
            )
        )
    return tuple(found)


def _no_pages(wanted: Sequence[ServicePages]) -> list[bytes]:
    if wanted:
        raise ValueError(wanted)
    return []


def main(arguments: Sequence[str]) -> int:
    """Print the best of a few rounds."""
    (output,) = map(Path, arguments)
    rounds = [time_assembly(output) for _ in range(ROUNDS)]
    papers, pages, seconds = min(rounds, key=lambda one: one[2])
    sys.stdout.write(f"{pages} pages of {papers} papers: {seconds:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
