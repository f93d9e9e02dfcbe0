"""Table of real papers for both pages of reliability: their slips, what is said, false alarms.

``.venv/bin/python -m tests.support.paper_table`` counts and writes it anew, and
``tests/papers/test_real_papers.py`` holds it.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.support.real_papers import Count, RealPaper, count_of

ROOT: Final = Path(__file__).resolve().parent.parent.parent
NAMES: Final = (
    "kindergarten_model",
    "kindergarten_curator",
    "acts_of_school",
    "house_of_arts",
    "project_group",
    "village_school",
    "ministry",
    "four_marks",
    "roadmap",
    "college",
    "district_office",
    "pairs_of_school",
)
BEGIN: Final = "<!-- papers: begin -->"
END: Final = "<!-- papers: end -->"
PAGES: Final = (
    (
        ROOT / "docs" / "reliability.md",
        "| paper | cells | slips | said | printed right anyway | missed | false, as found "
        "| false, clean |",
        "together",
    ),
    (
        ROOT / "docs" / "надёжность.md",
        "| бумага | ячеек | описок | сказано | напечатано верно и так | пропущено "
        "| ложных в найденной | ложных в чистой |",
        "вместе",
    ),
)


def paper_named(name: str) -> RealPaper:
    """Return the paper of a module of ``tests/papers``."""
    paper = importlib.import_module(f"tests.papers.{name}").PAPER
    if not isinstance(paper, RealPaper):
        raise TypeError(name)
    return paper


def figures_of(count: Count) -> tuple[int, ...]:
    """Return the figures of a row of the table."""
    return (
        count.cells,
        count.slips,
        count.said,
        count.mended,
        len(count.missed),
        len(count.false_found),
        len(count.false_clean),
    )


def to_lines(kinds: Sequence[str], counts: Iterable[Count], head: str, total: str) -> Iterator[str]:
    """Yield the lines of the table in Markdown."""
    rows = [figures_of(one) for one in counts]
    sums = tuple(map(sum, zip(*rows, strict=True)))
    yield head
    yield "|---" + "|--:" * len(sums) + "|"
    for kind, row in zip((*kinds, total), (*rows, sums), strict=True):
        yield f"| {kind} | " + " | ".join(map(str, row)) + " |"


def tables_of(counts: Sequence[Count]) -> Iterator[tuple[Path, str]]:
    """Yield each page with the table that it should have."""
    papers = [paper_named(name) for name in NAMES]
    for language, (page, head, total) in enumerate(PAGES):
        kinds = [paper.kind[language] for paper in papers]
        yield page, "\n".join(to_lines(kinds, counts, head, total))


def main() -> None:
    """Count all papers, print what a check should still learn, write both tables."""
    counts = []
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            counts.append(count_of(paper_named(name), Path(folder)))
        for words in ("missed", "false_found", "false_clean"):
            for each in getattr(counts[-1], words):
                sys.stdout.write(f"{name}, {words}: {each}\n")
    for page, table in tables_of(counts):
        before, _, rest = page.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", "utf-8")
        sys.stdout.write(f"{table}\n")


if __name__ == "__main__":
    main()
