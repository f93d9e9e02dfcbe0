"""How long it takes to join finished documents into a packet, and to prove it.

``python -m benchmarks.packet_assembly OUTPUT`` repeats the documents of a built workspace up to
1,000 pages.
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
from docgen.packet import PacketRequest, ServicePages, assemble, settle_layouts

PAGES = 1000
ROUNDS = 3


def time_assembly(output: Path, pages: int = PAGES) -> tuple[int, int, float]:
    """Return the documents and pages of a packet, and the seconds to assemble and prove it."""
    with tempfile.TemporaryDirectory(prefix="bench-packets-") as name:
        folder = Path(name)
        documents = _copy_documents(output, folder, pages)
        kind = PacketKind("печать", "Печать", "", Purpose.PRINT, PacketPer.YEAR, (Family.ORDER,))
        start = time.perf_counter()
        (settled,) = settle_layouts(
            [PacketRequest(kind, "packet", "Печать", documents)], folder, _no_pages
        )
        made = assemble(settled, folder, folder)
        return len(documents), made.pages, time.perf_counter() - start


def _copy_documents(output: Path, folder: Path, pages: int) -> tuple[MadeDocument, ...]:
    """Copy documents in turn, each into another file, until there are enough pages."""
    copies: list[MadeDocument] = []
    documents = cycle(one for one in read_documents(output) if one["pdf"])
    while sum(one.pages for one in copies) < pages:
        model = next(documents)
        name = f"{len(copies):06}"
        shutil.copy(output / model["pdf"], folder / f"{name}.pdf")
        copies.append(
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
    return tuple(copies)


def _no_pages(wanted: Sequence[ServicePages]) -> list[bytes]:
    if wanted:
        raise ValueError(wanted)
    return []


def main(arguments: Sequence[str]) -> int:
    """Print the figures of the fastest round."""
    (output,) = map(Path, arguments)
    rounds = [time_assembly(output) for _ in range(ROUNDS)]
    documents, pages, seconds = min(rounds, key=lambda one: one[2])
    sys.stdout.write(f"{pages} pages of {documents} documents: {seconds:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
