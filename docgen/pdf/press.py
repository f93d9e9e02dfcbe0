"""Documents to PDFs: bound into calls by kin, run by an executor, suspects parted from the rest.

What comes of a document depends on the document, never on its company: what cannot be composed or
cut is converted alone. One on which LibreOffice hangs or crashes is found by parting its load
again and again, set aside with a problem, and the rest is finished.
"""

from __future__ import annotations

import math
import os
import threading
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Protocol, Self

from docgen.batches.members import read_member
from docgen.batches.rounds import LEAST_PAPERS
from docgen.errors import Location, Problem, UsageError
from docgen.files import unique_names, unwritable_error
from docgen.pages.page_writer import Cut
from docgen.pdf.bundles import Bundle, QueuedDocument, Result, bound, effort_of, sifted
from docgen.pdf.calls import Call, CallOutcome, Fault
from docgen.pdf.cluster import ClusterExecutor
from docgen.pdf.executors import CallExecutor, SerialExecutor
from docgen.pdf.flavours import Flavour
from docgen.pdf.office import Office
from docgen.pdf.pdf_files import Left, leave
from docgen.pdf.server import StoppedError
from docgen.pdf.worker_pool import WorkersExecutor

PAGES_PER_CALL = 150
"""Layout time grows faster than the document beyond 500 pages with tables (seen on 7.4)."""
_FIRST_SHARE = 6
"""The first calls are smaller by so much, so that every process has work soon."""
FILES_PER_CALL = 40
"""soffice silently drops arguments beyond about 254 (seen on 7.4); far fewer is safe."""

_LEAST_PAGES = 20
"""A second LibreOffice takes as long to start as these to lay out."""
_PARTS = 8
_TRIES_TOGETHER = 2
_TRIES_ALONE = 5
"""Somebody may kill LibreOffice again and again: memory runs out, a machine is overloaded."""
_HOPELESS = 25
_CONTENT_TYPES = "[Content_Types].xml"


class Converter(Protocol):
    """Whatever turns documents into PDFs."""

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, Result]:
        """Return for each source its PDF below ``out``, or why there is none."""
        ...


Told = Callable[[int, int], None]
"""Called from any thread with how many more documents are finished, and their pages."""


def say_nothing(_documents: int, _pages: int) -> None:
    """Report no progress."""


class Press:
    """Takes documents one by one and leaves their PDFs; use it in a ``with``.

    ``composes`` is whether documents of one kin are converted as one, ``patience`` stretches the
    time after which LibreOffice counts as hanging, ``progress`` is told of every document that is
    finished.
    """

    def __init__(
        self,
        executor: CallExecutor,
        *,
        pages_per_call: int = PAGES_PER_CALL,
        composes: bool = True,
        patience: float = 1.0,
        progress: Told = say_nothing,
        flavour: Flavour = Flavour.PLAIN,
    ) -> None:
        self._flavour = flavour
        self._executor = executor
        self._patience = patience
        self._pages_per_call = pages_per_call
        self._composes = composes
        self.progress = progress
        # Re-entrant: a call that is done at once is settled in the thread that sent it.
        self._lock = threading.RLock()
        self._kin: defaultdict[str, list[QueuedDocument]] = defaultdict(list)
        self._shapes: Counter[int] = Counter()
        self._calls = self._made = 0
        self._fruitless = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop what is still under way."""
        self._executor.close()

    def retire(self) -> None:
        """Begin to end: no more documents will come."""
        self._executor.retire()

    def warm_up(self) -> None:
        """Start LibreOffice ahead of the first document."""
        self._executor.warm_up()

    def for_tagged(self) -> Press:
        """Return a press at the same LibreOffices that leaves PDF/A-1a, every document alone.

        It tells of no progress, and is not to be closed: it ends with this one.
        """
        return Press(
            self._executor, composes=False, patience=self._patience, flavour=Flavour.TAGGED
        )

    def submit(self, source: Path, target: Path, title: str) -> Future[Result]:
        """Have a document converted; its PDF, equal for equal sources, is left at ``target``.

        The future holds the PDF or why there is none; it may wait for ``flush``. Nobody else may
        read the PDF until its taker says so.

        Raises:
            UsageError: when there can be no folder for ``target``.
        """
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable_error(target, error) from error
        paper = self._read(source, target, title)
        if isinstance(paper, Problem):
            done: Future[Result] = Future()
            done.set_result(paper)
            self.progress(1, 0)
            return done
        key = paper.member.key if paper.member is not None else ""
        with self._lock:
            self._kin[key].append(self._seen(paper))
            share = self._pages_per_call
            if self._calls < self._executor.width:
                share = max(share // _FIRST_SHARE, 1)
            if effort_of(self._kin[key]) >= share:
                self._send(list(self._bundles(key, self._pages_per_call)))
        return paper.future

    def flush(self) -> None:
        """Send what waits for company."""
        with self._lock:
            pages = sum(map(effort_of, self._kin.values()))
            # All processes are to end together.
            share = math.ceil(pages / (2 * self._executor.width))
            share = min(max(share, _LEAST_PAGES), self._pages_per_call)
            bundles = [bundle for key in [*self._kin] for bundle in self._bundles(key, share)]
        call: list[Bundle] = []
        for bundle in bundles:
            pages = sum(one.effort for one in call) + bundle.effort
            if call and (pages > share or len(call) >= FILES_PER_CALL):
                self._send(call)
                call = []
            call.append(bundle)
        if call:
            self._send(call)

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, Result]:
        """Return for each source its PDF below ``out``, or why there is none.

        A PDF is named after its source, numbered when two sources share a name, and carries the
        title given for the source.

        Raises:
            UsageError: when ``out`` cannot be written.
        """
        sources = list(dict.fromkeys(sources))
        names = unique_names([source.stem for source in sources], ".pdf")
        futures = {
            source: self.submit(source, out / f"{name}.pdf", (titles or {}).get(source, ""))
            for source, name in zip(sources, names, strict=True)
        }
        self.flush()
        wait(futures.values())
        return {source: future.result() for source, future in futures.items()}

    def _read(self, source: Path, target: Path, title: str) -> QueuedDocument | Problem:
        """Return the document; LibreOffice would open a web page named .docx, with its links."""
        try:
            data = source.read_bytes()
            if self._composes and (member := read_member(data)) is not None:
                return QueuedDocument(source, data, target, title, member)
            with zipfile.ZipFile(BytesIO(data)) as package:
                if _CONTENT_TYPES in package.namelist():
                    return QueuedDocument(source, data, target, title, None)
        except (OSError, zipfile.BadZipFile):
            pass
        return _failure(source, "это не документ Word (.docx) или он испорчен")

    def _seen(self, paper: QueuedDocument) -> QueuedDocument:
        """Return a paper with what is known from those before it."""
        if paper.member is None or self._flavour is not Flavour.PLAIN:
            return paper
        # A shape is as long as its document; that two have one hash does no harm.
        shape = hash(paper.member.shape)
        self._shapes[shape] += 1
        return replace(paper, is_like_others=self._shapes[shape] > LEAST_PAPERS)

    # --- binding -----------------------------------------------------------------------------

    def _bundles(self, key: str, share: int) -> Iterator[Bundle]:
        """Take the waiting papers of one kin off, bound in so many pages; of no kin, alone."""
        papers = self._kin.pop(key, [])
        if not key:
            yield from (Bundle((paper,), is_composed=False) for paper in papers)
        elif papers:
            yield from bound(papers, min(max(share, _LEAST_PAGES), self._pages_per_call))

    def _send(self, bundles: Sequence[Bundle]) -> None:
        if not bundles:
            return
        self._calls += 1
        loads = tuple(bundle.to_load() for bundle in bundles)
        call = Call(loads, self._patience, self._flavour)
        future = self._executor.submit(call)
        future.add_done_callback(lambda done: self._settle(bundles, done))

    # --- settling ----------------------------------------------------------------------------

    def _settle(self, bundles: Sequence[Bundle], done: Future[CallOutcome]) -> None:
        """Leave what a call has made; send again, in parts, what it has not."""
        error = done.exception() if not done.cancelled() else StoppedError()
        if error is not None:
            for bundle in bundles:
                self._fail(bundle, error)
            return
        outcome = done.result()
        lacking = self._left_lacking(bundles, outcome)
        if lacking and self._is_hopeless():
            for bundle in lacking:
                self._give_up(bundle, "LibreOffice не сделал подряд ни одного PDF")
        elif lacking:
            # The first that is not there is the suspect; the rest only came after it.
            self._retry(lacking[0], has_hung=not outcome.has_ended)
            self._send(lacking[1:])

    def _left_lacking(self, bundles: Sequence[Bundle], outcome: CallOutcome) -> list[Bundle]:
        """Leave what was made; return what was not, but for what only has to be sifted."""
        lacking: list[Bundle] = []
        for bundle, made in zip(bundles, outcome.made, strict=True):
            if not isinstance(made, Fault):
                self._leave(bundle, made)
            elif made.strangers:
                self._send(sifted(bundle, made.strangers))
            else:
                lacking.append(bundle)
        return lacking

    def _leave(self, bundle: Bundle, made: Sequence[Cut] | Sequence[Left]) -> None:
        for paper, one in zip(bundle.papers, made, strict=True):
            left = leave(one, paper.target, self._flavour) if isinstance(one, Cut) else one
            if isinstance(left, UsageError):
                paper.future.set_exception(left)
            elif left is None:
                self._give_up(replace(bundle, papers=(paper,)), "сделанный PDF не читается")
            else:
                with self._lock:
                    self._made += 1
                self.progress(1, left.pages)
                paper.future.set_result(left)

    def _retry(self, bundle: Bundle, *, has_hung: bool) -> None:
        """Try a load again: as it is after a death, in parts, at last alone."""
        crashes = bundle.crashes + (not has_hung)
        if not has_hung and crashes < (_TRIES_TOGETHER if bundle.is_composed else _TRIES_ALONE):
            self._send([replace(bundle, crashes=crashes, may_stand=False)])
        elif len(bundle.papers) > 1:
            limit = math.ceil(len(bundle.papers) / _PARTS)
            parts = [
                bundle.papers[start : start + limit]
                for start in range(0, len(bundle.papers), limit)
            ]
            self._send(
                [
                    Bundle(part, is_composed=True, crashes=bundle.crashes, may_stand=False)
                    for part in parts
                ]
            )
        elif bundle.is_composed:
            self._send([Bundle(bundle.papers, is_composed=False)])
        elif has_hung:
            self._give_up(bundle, "LibreOffice завис на этом документе")
        else:
            self._give_up(bundle, "LibreOffice снова и снова не оставляет PDF, который открылся бы")

    def _is_hopeless(self) -> bool:
        """Whether it is LibreOffice that is broken, not this or that document."""
        with self._lock:
            self._fruitless += 1
            return not self._made and self._fruitless > _HOPELESS

    def _give_up(self, bundle: Bundle, why: str) -> None:
        for paper in bundle.papers:
            self.progress(1, 0)
            paper.future.set_result(_failure(paper.source, why))

    def _fail(self, bundle: Bundle, error: BaseException) -> None:
        for paper in bundle.papers:
            if not paper.future.done():
                paper.future.set_exception(error)


def open_press(  # noqa: PLR0913 - a press is asked for in one call
    office: Office,
    jobs: int | None = None,
    *,
    startup_s: float = 30.0,
    pages_per_call: int = PAGES_PER_CALL,
    composes: bool = True,
    patience: float = 1.0,
    progress: Told = say_nothing,
) -> Press:
    """Return a press on this machine for ``jobs`` things at a time, one a core if not told.

    One thing at a time is done here; else as many LibreOffices serve, and processes of Python that
    compose and cut for them while this one goes on.

    ``composes`` is whether documents of one kin are converted as one; ``patience`` stretches the
    time after which LibreOffice counts as hanging.
    """
    jobs = jobs or os.cpu_count() or 1
    executor: CallExecutor = (
        SerialExecutor(office, startup_s=startup_s)
        if jobs == 1
        else WorkersExecutor(office, jobs, startup_s=startup_s)
    )
    return Press(
        executor,
        pages_per_call=pages_per_call,
        composes=composes,
        patience=patience,
        progress=progress,
    )


def join_cluster(address: str, share: Path | None = None, progress: Told = say_nothing) -> Press:
    """Return a press whose calls run on a dask.distributed cluster.

    Raises:
        UsageError: when it cannot be reached, is not safe, or would make other bytes.
    """
    return Press(ClusterExecutor(address, share=share), progress=progress)


def _failure(source: Path, why: str) -> Problem:
    """Return the problem of a document without a PDF."""
    message = (
        f"нет PDF для «{source.name}»: {why}; откройте документ в Word или Writer, проверьте, "
        "что он цел, и повторите сборку"
    )
    return Problem("conversion-failed", Location(file=str(source)), message)
