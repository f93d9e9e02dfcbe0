"""How documents become PDFs: bundled into calls, sent to an executor, tried again after trouble.

What comes of a document depends on the document, never on its company: what cannot be composed or
cut is converted alone. One on which LibreOffice hangs or crashes is found by splitting its bundle
again and again, set aside with a problem, and the rest is finished.
"""

from __future__ import annotations

import math
import threading
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Self

from docgen.batches.rounds import LEAST_DOCUMENTS
from docgen.errors import Problem, UsageError
from docgen.files import unique_names, unwritable_error
from docgen.pages.page_writer import WrittenPdf
from docgen.pdf.breakdown import Breakdown
from docgen.pdf.bundles import (
    Bundle,
    PdfResult,
    QueuedDocument,
    bundle_documents,
    layout_cost_of,
    split_off,
)
from docgen.pdf.calls import Call, CallOutcome, Fault
from docgen.pdf.company import Company
from docgen.pdf.executors import CallExecutor
from docgen.pdf.flavours import Flavour
from docgen.pdf.pdf_files import FinishedPdf, WriteOutcome, write_pdf
from docgen.pdf.pulse import SilentOfficeError
from docgen.pdf.refusals import differing_pages, failure
from docgen.pdf.retries import once_more, reason_of, retries_of
from docgen.pdf.server import StoppedError
from docgen.proof.paper_proof import PageDifference

PAGES_PER_CALL = 150
"""Layout time grows faster than the document beyond 500 pages with tables (seen on 7.4)."""
_FIRST_CALLS_SMALLER_BY = 6
"""The first calls are this many times smaller, so that every process has work soon."""
FILES_PER_CALL = 40
"""soffice silently drops arguments beyond about 254 (seen on 7.4); far fewer is safe."""

_LEAST_PAGES = 20
"""A second LibreOffice takes as long to start as these to lay out."""
_CONTENT_TYPES = "[Content_Types].xml"


ReportProgress = Callable[[int, int], None]
"""Called from any thread with how many more documents are finished, and their pages."""


def report_nothing(_documents: int, _pages: int) -> None:
    """Report no progress."""


class Press:
    """Takes documents one by one and writes their PDFs; use it in a ``with``.

    ``company`` decides which documents are converted as one, ``patience`` multiplies the time after
    which LibreOffice counts as hanging, ``progress`` is called for every document that is finished.
    """

    def __init__(
        self,
        executor: CallExecutor,
        company: Company,
        *,
        pages_per_call: int = PAGES_PER_CALL,
        patience: float = 1.0,
        progress: ReportProgress = report_nothing,
        flavour: Flavour = Flavour.PLAIN,
    ) -> None:
        self._flavour = flavour
        self._executor = executor
        self._patience = patience
        self._pages_per_call = pages_per_call
        self.company = company
        self.progress = progress
        # Re-entrant: a call that is done at once is settled by the thread that sent it.
        self._lock = threading.RLock()
        self._waiting: defaultdict[str, list[QueuedDocument]] = defaultdict(list)
        self._shape_counts: Counter[int] = Counter()
        self._calls_sent = 0
        self._breakdown = Breakdown(executor.width, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop whatever is still under way, LibreOffice with it."""
        self._executor.close()

    def retire(self) -> None:
        """Begin to shut down: no more documents will come."""
        self._executor.retire()

    def warm_up(self) -> None:
        """Start LibreOffice ahead of the first document."""
        self._executor.warm_up()

    def for_tagged(self) -> Press:
        """Return a press that makes PDF/A-1a with the same LibreOffices; it ends with this one."""
        alone = Company(is_wanted=False)
        tagged = Press(self._executor, alone, patience=self._patience, flavour=Flavour.TAGGED)
        tagged._breakdown.problem = self._breakdown.problem
        return tagged

    def submit(self, source: Path, target: Path, title: str) -> Future[PdfResult]:
        """Have a document converted; its PDF, equal for equal sources, is written to ``target``.

        The future holds the PDF or why there is none; it may wait for ``flush``. Nobody but the
        owner may read the PDF, until the caller gives it another mode.

        Raises:
            UsageError: when there can be no folder for ``target``.
        """
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable_error(target, error) from error
        document = self._breakdown.problem or self._read(source, target, title)
        if isinstance(document, Problem):
            done: Future[PdfResult] = Future()
            done.set_result(document)
            self.progress(1, 0)
            return done
        key = document.member.composition_key if document.member is not None else ""
        with self._lock:
            self._breakdown.pages += document.pages
            self._waiting[key].append(self._compared_with_earlier(document))
            share = self._pages_per_call
            if self._calls_sent < self._executor.width:
                share = max(share // _FIRST_CALLS_SMALLER_BY, 1)
            if layout_cost_of(self._waiting[key]) >= share:
                self._send(list(self._take_bundles(key, self._pages_per_call)))
        return document.future

    def flush(self) -> None:
        """Send the documents that wait to be bundled with others."""
        with self._lock:
            pages = sum(map(layout_cost_of, self._waiting.values()))
            # All processes should finish at the same time.
            share = math.ceil(pages / (2 * self._executor.width))
            share = min(max(share, _LEAST_PAGES), self._pages_per_call)
            bundles = [
                bundle for key in [*self._waiting] for bundle in self._take_bundles(key, share)
            ]
        call: list[Bundle] = []
        for bundle in bundles:
            pages = sum(one.layout_cost for one in call) + bundle.layout_cost
            if call and (pages > share or len(call) >= FILES_PER_CALL):
                self._send(call)
                call = []
            call.append(bundle)
        if call:
            self._send(call)

    def convert(
        self, sources: Sequence[Path], out: Path, *, titles: Mapping[Path, str] | None = None
    ) -> dict[Path, PdfResult]:
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
        """Return the document to queue, or a problem when it is no .docx.

        LibreOffice would open a web page named .docx, with its links.
        """
        try:
            data = source.read_bytes()
            if (member := self.company.member_of(data)) is not None:
                return QueuedDocument(source, data, target, title, member)
            with zipfile.ZipFile(BytesIO(data)) as package:
                if _CONTENT_TYPES in package.namelist():
                    return QueuedDocument(source, data, target, title, None)
        except (OSError, zipfile.BadZipFile):
            pass
        return failure(source, "это не документ Word (.docx) или он испорчен")

    def _compared_with_earlier(self, document: QueuedDocument) -> QueuedDocument:
        """Return a document, marked if enough of the same shape came before it."""
        if document.member is None or self._flavour is not Flavour.PLAIN:
            return document
        # A shape is as long as its document; that two have one hash does no harm.
        shape = hash(document.member.shape)
        self._shape_counts[shape] += 1
        return replace(document, is_like_others=self._shape_counts[shape] > LEAST_DOCUMENTS)

    # --- bundling ----------------------------------------------------------------------------

    def _take_bundles(self, key: str, share: int) -> Iterator[Bundle]:
        """Remove the waiting documents of a key and yield them in bundles of ``share`` pages.

        Documents without a key are yielded alone.
        """
        documents = self._waiting.pop(key, [])
        if not key:
            yield from (Bundle((document,), is_composed=False) for document in documents)
        elif documents:
            yield from bundle_documents(
                documents, min(max(share, _LEAST_PAGES), self._pages_per_call)
            )

    def _send(self, bundles: Sequence[Bundle]) -> None:
        if self._breakdown.problem is not None:
            for bundle in bundles:
                self._give_up(bundle, self._breakdown.problem)
            return
        if not bundles:
            return
        self._calls_sent += 1
        tasks = tuple(bundle.to_task() for bundle in bundles)
        wants_fresh_office = any(bundle.wants_fresh_office for bundle in bundles)
        call = Call(tasks, self._patience, self._flavour, wants_fresh_office)
        future = self._executor.submit(call)
        future.add_done_callback(lambda done: self._settle_or_fail(bundles, call.timeout_s, done))

    # --- settling ----------------------------------------------------------------------------

    def _settle_or_fail(
        self, bundles: Sequence[Bundle], timeout_s: float, done: Future[CallOutcome]
    ) -> None:
        """Settle a call; a future drops what its callbacks raise, and the build would wait."""
        try:
            self._settle(bundles, timeout_s, done)
        except Exception as error:  # noqa: BLE001 - the documents raise it where they are awaited
            for bundle in bundles:
                self._fail(bundle, error)

    def _settle(
        self, bundles: Sequence[Bundle], timeout_s: float, done: Future[CallOutcome]
    ) -> None:
        """Write what a call has made; send again, in parts, what it has not."""
        error = done.exception() if not done.cancelled() else StoppedError()
        if isinstance(error, SilentOfficeError):
            with self._lock:
                self._breakdown.count_silence()
            self._send(bundles)
            return
        if error is not None:
            for bundle in bundles:
                self._fail(bundle, error)
            return
        outcome = done.result()
        missing = self._settle_made(bundles, outcome)
        if missing:
            has_hung = not outcome.has_ended
            with self._lock:
                self._breakdown.count_failure(timeout_s if has_hung else 0.0)
            # The first that is missing is the suspect; the rest only came after it.
            self._retry(missing[0], has_hung=has_hung)
            self._send(missing[1:])

    def _settle_made(self, bundles: Sequence[Bundle], outcome: CallOutcome) -> list[Bundle]:
        """Write the PDFs that were made; return the bundles that failed and were not sent again."""
        missing: list[Bundle] = []
        for bundle, made in zip(bundles, outcome.made, strict=True):
            if not isinstance(made, Fault):
                self._write_pdfs(bundle, made)
            elif made.foreign:
                self._send(split_off(bundle, made.foreign))
            elif made.different:
                self._settle_different(bundle, made.different)
            else:
                missing.append(bundle)
        return missing

    def _settle_different(self, bundle: Bundle, different: Mapping[int, PageDifference]) -> None:
        """Have what has other words on its pages laid out alone, by a fresh LibreOffice, once."""
        with self._lock:
            self._breakdown.count_failure(0.0)
        if bundle.wants_fresh_office or bundle.spare is not None:
            (document,) = bundle.documents
            self._give_up(bundle, differing_pages(document.source, document.docx, different[0]))
        else:
            self._send(split_off(bundle, different, wants_fresh_office=True))

    def _write_pdfs(
        self, bundle: Bundle, made: Sequence[WrittenPdf] | Sequence[WriteOutcome]
    ) -> None:
        for document, one in zip(bundle.documents, made, strict=True):
            written = (
                write_pdf(one, document.target, self._flavour)
                if isinstance(one, WrittenPdf)
                else one
            )
            if isinstance(written, UsageError):
                document.future.set_exception(written)
            elif written is None:
                self._give_up(replace(bundle, documents=(document,)), "сделанный PDF не читается")
            elif bundle.is_stopgap:
                self._send([once_more(bundle, written)])
            else:
                self._finish(document, written)

    def _finish(self, document: QueuedDocument, made: FinishedPdf) -> None:
        with self._lock:
            self._breakdown.made += 1
        self.progress(1, made.pages)
        document.future.set_result(made)

    def _retry(self, bundle: Bundle, *, has_hung: bool) -> None:
        """Send a bundle again, whole or in parts, or give it up."""
        if retries := retries_of(bundle, has_hung=has_hung):
            self._send(retries)
        else:
            self._give_up(bundle, reason_of(has_hung=has_hung))

    def _give_up(self, bundle: Bundle, why: str | Problem) -> None:
        """Have the documents of a bundle fail, unless there is a PDF of an earlier try."""
        for document in bundle.documents:
            if bundle.spare is not None:
                self._finish(document, bundle.spare)
            elif isinstance(why, Problem):
                self._set_aside(document, why)
            else:
                self._set_aside(document, failure(document.source, why))

    def _set_aside(self, document: QueuedDocument, why: Problem) -> None:
        self.progress(1, 0)
        document.future.set_result(why)

    def _fail(self, bundle: Bundle, error: BaseException) -> None:
        for document in bundle.documents:
            if not document.future.done():
                document.future.set_exception(error)
