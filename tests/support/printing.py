"""Documents converted in one call, for tests that only want the PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.errors import Problem
from docgen.pdf import FinishedPdf, find_office, open_press
from docgen.pdf.press import PAGES_PER_CALL, ReportProgress, report_nothing


def converted(
    sources: Sequence[Path],
    out: Path,
    *,
    jobs: int | None = None,
    titles: Mapping[Path, str] | None = None,
    composes: bool = False,
    pages_per_call: int = PAGES_PER_CALL,
    patience: float = 1.0,
    startup_s: float = 30.0,
    progress: ReportProgress = report_nothing,
) -> dict[Path, Path | Problem]:
    """Return the PDF of each document, or its problem; every file alone by default."""
    with open_press(
        find_office(),
        jobs,
        startup_s=startup_s,
        pages_per_call=pages_per_call,
        composes=composes,
        patience=patience,
        progress=progress,
    ) as press:
        made = press.convert(sources, out, titles=titles)
    return {
        source: one.path if isinstance(one, FinishedPdf) else one for source, one in made.items()
    }
