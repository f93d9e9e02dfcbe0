"""Where a press works: with LibreOffice on this machine, or on the machines of a cluster."""

from __future__ import annotations

import os
from pathlib import Path

from docgen.pdf.cluster import ClusterExecutor
from docgen.pdf.company import Company
from docgen.pdf.executors import CallExecutor, SerialExecutor
from docgen.pdf.office import Office
from docgen.pdf.press import PAGES_PER_CALL, Press, ReportProgress, report_nothing
from docgen.pdf.pulse import SILENCE_S
from docgen.pdf.server import STARTUP_S
from docgen.pdf.worker_pool import WorkersExecutor


def open_press(  # noqa: PLR0913 - all that a press can be asked for
    office: Office,
    jobs: int | None = None,
    *,
    startup_s: float = STARTUP_S,
    silence_s: float = SILENCE_S,
    pages_per_call: int = PAGES_PER_CALL,
    composes: bool = True,
    patience: float = 1.0,
    progress: ReportProgress = report_nothing,
) -> Press:
    """Return a press on this machine with ``jobs`` LibreOffices, by default one for each core.

    With more than one, worker processes compose and cut for them while this process goes on.

    Args:
        office: The LibreOffice to run.
        jobs: How many of it run at a time.
        startup_s: How long one may take to start.
        silence_s: How long one may be busy without a PDF before it has shown that it works.
        pages_per_call: How many pages one call converts at most, by a guess.
        composes: Whether documents are converted as one where the office is known to hold.
        patience: Multiplies the time after which LibreOffice counts as hanging.
        progress: Called for every document that is finished.
    """
    jobs = jobs or os.cpu_count() or 1
    executor: CallExecutor = (
        SerialExecutor(office, startup_s=startup_s, silence_s=silence_s * patience)
        if jobs == 1
        else WorkersExecutor(office, jobs, startup_s=startup_s, silence_s=silence_s * patience)
    )
    return Press(
        executor,
        Company(office.version, is_wanted=composes),
        pages_per_call=pages_per_call,
        patience=patience,
        progress=progress,
    )


def join_cluster(
    address: str, share: Path | None = None, progress: ReportProgress = report_nothing
) -> Press:
    """Return a press whose calls run on a dask.distributed cluster.

    Raises:
        UsageError: when it cannot be reached, is not safe, or would make other bytes.
    """
    executor = ClusterExecutor(address, share=share)
    return Press(executor, Company(executor.office_version), progress=progress)
