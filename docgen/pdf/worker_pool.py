"""Where calls run in worker processes: they compose and cut while this process reads and renders.

Python runs one thread at a time, so one process cannot do both at once.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import IO, Final

from docgen.pdf.calls import Call, CallOutcome
from docgen.pdf.executors import ThreadExecutor, uninterrupted
from docgen.pdf.office import Office
from docgen.pdf.pulse import SILENCE_S
from docgen.pdf.server import STARTUP_S, StoppedError
from docgen.pdf.worker_process import PROGRAM, WorkerSetup, receive, send
from docgen.sources import import_folder

_OFFICES_PER_WORKER: Final = 4
"""One process of Python keeps pace with this many LibreOffices."""
_END_S: Final = 10.0


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker process and the calls that it has not answered yet; both change all the time."""

    process: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    waiting: dict[int, tuple[Call, Future[CallOutcome]]] = field(default_factory=dict)
    is_lost: bool = False


class WorkersExecutor:
    """Runs calls in worker processes that share ``jobs`` LibreOffices.

    A worker that dies is not replaced: its calls are run in this process.
    """

    def __init__(
        self,
        office: Office,
        jobs: int,
        *,
        startup_s: float = STARTUP_S,
        silence_s: float = SILENCE_S,
    ) -> None:
        self.width = jobs
        self._setup = WorkerSetup(office, jobs, startup_s, silence_s)
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        self._is_closed = False
        self._local: ThreadExecutor | None = None
        self._workers: list[_Worker] = []
        self._threads: list[threading.Thread] = []

    @property
    def processes(self) -> list[int]:
        """Return the process ids of the workers."""
        return [worker.process.pid for worker in self._workers]

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call in the worker that has the fewest calls waiting."""
        done: Future[CallOutcome] = Future()
        done.set_running_or_notify_cancel()
        self.warm_up()
        with self._lock:
            self._assign(call, done)
        return done

    def warm_up(self) -> None:
        """Start the workers, which start their LibreOffices."""
        with uninterrupted(), self._lock:
            if self._workers or self._is_closed:
                return
            count = -(-self.width // _OFFICES_PER_WORKER)
            for number in range(count):
                share = self.width // count + (number < self.width % count)
                self._start(replace(self._setup, jobs=share))

    def retire(self) -> None:
        """Let the workers end while this process still has something to do."""
        with self._lock:
            self._is_closed = True
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.requests.close()

    def close(self) -> None:
        """End the workers and what they started."""
        self.retire()
        local = self._local
        for worker in self._workers:
            try:
                worker.process.wait(_END_S)
            except subprocess.TimeoutExpired:
                # What it started is killed by the shell that watches over its folder.
                worker.process.kill()
                worker.process.wait()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.answers.close()
        if local is not None:
            local.close()

    # --- workers -----------------------------------------------------------------------------

    def _start(self, setup: WorkerSetup) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:
            raise StoppedError
        worker = _Worker(process, process.stdin, process.stdout)
        self._workers.append(worker)
        try:
            send(worker.requests, setup)
        except OSError:
            worker.is_lost = True
        thread = threading.Thread(target=self._listen, args=(worker,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _assign(self, call: Call, done: Future[CallOutcome]) -> None:
        """Send a call to a worker, or run it in this process when there is none."""
        if self._is_closed:
            done.set_exception(StoppedError())
            return
        there = [worker for worker in self._workers if not worker.is_lost]
        if not there:
            self._run_locally(call, done)
            return
        worker = min(there, key=lambda one: len(one.waiting))
        number = next(self._numbers)
        worker.waiting[number] = call, done
        try:
            send(worker.requests, (number, call))
        except OSError:
            # Its thread notices too and assigns what it has not answered.
            worker.is_lost = True

    def _listen(self, worker: _Worker) -> None:
        """Pass on what a worker answers; when it is gone, assign what it has not answered."""
        with contextlib.suppress(OSError, EOFError):
            while (answer := receive(worker.answers)) is not None:
                number, outcome, error = answer
                # Without the lock: who holds it may be waiting for the worker to take a call, and
                # the worker for this answer to be taken.
                _, done = worker.waiting.pop(number)
                if outcome is not None:
                    done.set_result(outcome)
                else:
                    done.set_exception(error or StoppedError())
        with self._lock:
            worker.is_lost = True
            left = list(worker.waiting.values())
            worker.waiting.clear()
            for call, done in left:
                self._assign(call, done)

    def _run_locally(self, call: Call, done: Future[CallOutcome]) -> None:
        if self._local is None:
            setup = self._setup
            self._local = ThreadExecutor(
                setup.office, setup.jobs, startup_s=setup.startup_s, silence_s=setup.silence_s
            )

        def pass_on(made: Future[CallOutcome]) -> None:
            error = StoppedError() if made.cancelled() else made.exception()
            if error is not None:
                done.set_exception(error)
            else:
                done.set_result(made.result())

        self._local.submit(call).add_done_callback(pass_on)


def _environment() -> dict[str, str]:
    """Return the environment of a worker: the same docgen and the same scratch folder."""
    paths: Sequence[str] = [str(import_folder()), *filter(None, [os.environ.get("PYTHONPATH")])]
    scratch = tempfile.gettempdir()
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": scratch}
