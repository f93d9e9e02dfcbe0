"""Many documents: shared out to processes, suspects parted from the rest, every PDF opened."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import tempfile
import threading
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from docgen.errors import Location, Problem
from docgen.files import atomic_write, unique_names
from docgen.pages import BrokenPdfError, normalise
from docgen.pdf.office import Bench, Limits, Office, Task

BATCH_SIZE = 100
"""soffice silently drops arguments beyond about 254 (seen on 7.4); far fewer is safe."""

_TWO_JOBS_FROM = 20
_HOPELESS = 3
_CONTENT_TYPES = "[Content_Types].xml"


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C while threads start: a thread that is half started is never ended.

    Raises:
        KeyboardInterrupt: afterwards, when somebody interrupted meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: held.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            raise KeyboardInterrupt


class Converter(Protocol):
    """Whatever turns documents into PDFs."""

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, Path | Problem]:
        """Return for each source its PDF below ``out``, or why there is none."""
        ...


Taking = Callable[[Task, Path], None]
"""Leaves what LibreOffice made of a task at its target, or raises OSError or BrokenPdfError."""


def take_whole(task: Task, pdf: Path) -> None:
    """Leave the PDF as it is, normalised.

    Raises:
        BrokenPdfError: when it cannot be read.
    """
    atomic_write(task.target, normalise(pdf, task.title).data)


def make_tasks(sources: Sequence[Path], out: Path, titles: Mapping[Path, str]) -> list[Task]:
    """Return a task for each source; targets are named after sources, numbered if alike."""
    sources = list(dict.fromkeys(sources))
    names = unique_names([source.stem for source in sources], ".pdf")
    return [
        Task(f"{number:06}", source, out / f"{name}.pdf", titles.get(source, ""))
        for number, (source, name) in enumerate(zip(sources, names, strict=True), start=1)
    ]


def say_nothing(_done: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class BatchConverter:
    """LibreOffice in batches, each with a private profile, several processes if wanted.

    ``jobs`` processes work at a time; None means two for more than 20 documents on a machine with
    two cores. ``progress`` is called from any thread with how many more documents are finished.
    """

    office: Office
    timeout_s_per_file: float = 60.0
    startup_s: float = 30.0
    batch_size: int = BATCH_SIZE
    jobs: int | None = None
    progress: Callable[[int], None] = say_nothing

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, Path | Problem]:
        """Return for each source its PDF below ``out``, or why there is none.

        A PDF is named after its source, numbered when two sources share a name, and carries the
        title given for the source. Equal sources make equal bytes, whatever the batch, the
        machine's clock or locale.

        Raises:
            UsageError: when ``out`` cannot be written.
        """
        return self.work(make_tasks(sources, out, titles or {}))

    def work(self, tasks: Sequence[Task], take: Taking = take_whole) -> dict[Path, Path | Problem]:
        """Return for each task's source its target once ``take`` has left it, or why it is not.

        Raises:
            UsageError: when a target cannot be written.
        """
        results: dict[Path, Path | Problem] = {}
        fit = []
        for task in tasks:
            if _is_docx(task.source):
                fit.append(task)
            else:
                why = "это не документ Word (.docx) или он испорчен"
                results[task.source] = _failure(task.source, why)
                self.progress(1)
        results |= self._convert_all(fit, take)
        return {task.source: results[task.source] for task in tasks}

    def _convert_all(self, tasks: Sequence[Task], take: Taking) -> dict[Path, Path | Problem]:
        """Deal the documents out to processes and gather what they make."""
        if not tasks:
            return {}
        jobs = self.jobs_for(len(tasks))
        share = math.ceil(len(tasks) / jobs)
        stop = threading.Event()
        results: dict[Path, Path | Problem] = {}
        shares = [tasks[start : start + share] for start in range(0, len(tasks), share)]
        pool = ThreadPoolExecutor(jobs, thread_name_prefix="soffice")
        try:
            with uninterrupted():
                futures = [pool.submit(self._convert_share, some, take, stop) for some in shares]
            for future in futures:
                results |= future.result()
        finally:
            # An interrupt in this thread must end the processes of the others.
            stop.set()
            pool.shutdown()
        return results

    def jobs_for(self, count: int) -> int:
        """Return how many processes are to convert so many documents."""
        if self.jobs:
            return self.jobs
        return min(2, os.cpu_count() or 1) if count > _TWO_JOBS_FROM else 1

    def _convert_share(
        self, tasks: Sequence[Task], take: Taking, stop: threading.Event
    ) -> dict[Path, Path | Problem]:
        """Convert one process's share in a private folder that goes away in the end."""
        limits = Limits(self.startup_s, self.timeout_s_per_file)
        with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
            bench = Bench(self.office, Path(folder), limits, stop)
            bench.lay(tasks)
            share = _Share(bench, take, self.progress)
            for start in range(0, len(tasks), self.batch_size):
                share.batches.append(tasks[start : start + self.batch_size])
            return share.finish()


@dataclass(slots=True)
class _Share:
    """The batches that one process works off, and what has become of their documents."""

    bench: Bench
    take: Taking
    progress: Callable[[int], None]
    batches: deque[Sequence[Task]] = field(default_factory=deque)
    results: dict[Path, Path | Problem] = field(default_factory=dict)
    made: int = 0
    crashes: dict[str, int] = field(default_factory=dict)

    def finish(self) -> dict[Path, Path | Problem]:
        """Run LibreOffice until every document is made or set aside."""
        is_clean = False
        while self.batches:
            batch = self.batches.popleft()
            if self._is_hopeless():
                for task in batch:
                    self._set_aside(task, "LibreOffice не сделал подряд ни одного PDF")
                continue
            if not is_clean:
                self.bench.clear_profile()
            has_ended = self.bench.run(batch)
            missing = [task for task in batch if not self._is_taken(task)]
            is_clean = has_ended and not missing
            self._plan_again(batch, missing, has_hung=not has_ended)
        return self.results

    def _is_hopeless(self) -> bool:
        """Whether it is LibreOffice that is broken, not this or that document."""
        return not self.made and len(self.results) >= _HOPELESS

    def _is_taken(self, task: Task) -> bool:
        """Have the PDF checked and left at its place; return whether there is one."""
        try:
            self.take(task, self.bench.output(task))
        except (OSError, BrokenPdfError):
            return False
        self.results[task.source] = task.target
        self.made += 1
        self.progress(1)
        return True

    def _plan_again(
        self, batch: Sequence[Task], missing: Sequence[Task], *, has_hung: bool
    ) -> None:
        """Part the suspect, the first without a PDF, from those that only came after it."""
        if not missing:
            return
        if len(batch) > 1:
            rest = missing[1:]
            middle = len(rest) // 2 if len(missing) == len(batch) else 0
            again = [missing[:1], rest[:middle], rest[middle:]]
            self.batches.extendleft(reversed([some for some in again if some]))
            return
        suspect = missing[0]
        self.crashes[suspect.name] = self.crashes.get(suspect.name, 0) + 1
        if has_hung:
            self._set_aside(suspect, f"LibreOffice завис дольше {self.bench.limits.per_file_s:g} с")
        elif self.crashes[suspect.name] > 1:
            self._set_aside(suspect, "LibreOffice дважды не оставил PDF, который можно открыть")
        else:
            # Somebody else may have killed the first one: memory ran out, the system stopped.
            self.batches.appendleft(missing)

    def _set_aside(self, task: Task, why: str) -> None:
        """Go on without a document."""
        self.results[task.source] = _failure(task.source, why)
        self.progress(1)


def _failure(source: Path, why: str) -> Problem:
    """Return the problem of a document without a PDF."""
    message = (
        f"нет PDF для «{source.name}»: {why}; откройте документ в Word или Writer, проверьте, "
        "что он цел, и повторите сборку"
    )
    return Problem("conversion-failed", Location(file=str(source)), message)


def _is_docx(source: Path) -> bool:
    """Whether a file is a package: LibreOffice opens a web page named .docx, with its links."""
    try:
        with zipfile.ZipFile(source) as package:
            return _CONTENT_TYPES in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
