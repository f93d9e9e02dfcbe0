"""Where calls run: in threads here, each with a LibreOffice of its own while it converts."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from docgen.batches.cache import LayoutCache
from docgen.files import working_folder
from docgen.pdf.calls import Call, CallOutcome, perform
from docgen.pdf.flavours import Flavour
from docgen.pdf.office import Office
from docgen.pdf.server import Server, StoppedError

_WATCH = """read _
for entry in /proc/[0-9]*; do
    pid=${entry#/proc/}
    if [ "$pid" != $$ ] && grep -qaF "$0" "$entry/cmdline" 2>/dev/null; then
        kill -KILL "$pid" 2>/dev/null
    fi
done
rm -rf "$0"
"""
"""Waits for a pipe to end that docgen holds; then ends what works in a folder, and removes it."""


def watch_over(folder: Path) -> subprocess.Popen[bytes] | None:
    """Start a shell that outlives docgen by a moment: who is killed cannot tidy up.

    LibreOffice lives in sessions of its own and would stay for good, its folder holds papers.
    """
    try:
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCH, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
            start_new_session=True,
        )
    except OSError:
        return None


def end_watch(watch: subprocess.Popen[bytes] | None) -> None:
    """Send the shell away, its work being done by docgen itself."""
    if watch is not None:
        watch.kill()
        watch.communicate()


_WARMED = 2
"""How many processes start ahead of the first document; a start takes 0.2 s (seen on 7.4)."""


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


class CallExecutor(Protocol):
    """Whatever runs calls; ``width`` is how many at a time are worth sending."""

    @property
    def width(self) -> int:
        """Return how many calls run at a time."""
        ...

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call some time."""
        ...

    def warm_up(self) -> None:
        """Get ready while there is nothing to do yet."""
        ...

    def retire(self) -> None:
        """Begin to end what runs: no more calls will come."""
        ...

    def close(self) -> None:
        """Stop everything; nothing is left running."""
        ...


class SerialExecutor:
    """One LibreOffice and nothing beside it: a call runs at once, in the thread that sends it.

    For a machine with one core, or whose other cores are wanted for other work.
    """

    width = 1

    def __init__(self, office: Office, *, startup_s: float = 30.0) -> None:
        self._held = contextlib.ExitStack()
        folder = self._held.enter_context(working_folder())
        self._watch = watch_over(folder)
        self._server = Server(office, folder / "0", threading.Event(), startup_s)
        self._standing = LayoutCache()

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call."""
        done: Future[CallOutcome] = Future()
        done.set_running_or_notify_cancel()
        done.set_result(perform(call, self._server.convert, self._standing))
        return done

    def warm_up(self) -> None:
        """Start LibreOffice."""
        self._server.warm_up()

    def retire(self) -> None:
        """Do nothing: there is one thing at a time."""

    def close(self) -> None:
        """End LibreOffice, remove its folder."""
        self._server.close()
        self._held.close()
        end_watch(self._watch)


class LocalExecutor:
    """Threads that compose, convert and cut; ``jobs`` of them convert at a time.

    There is one thread more than LibreOffices, so that one cuts while the others convert. When it
    ``leaves`` papers, it writes them to their targets.
    """

    def __init__(
        self, office: Office, jobs: int, *, startup_s: float = 30.0, leaves: bool = False
    ) -> None:
        self._leaves = leaves
        self._stop = threading.Event()
        self._held = contextlib.ExitStack()
        self._folder = self._held.enter_context(working_folder())
        self._watch = watch_over(self._folder)
        self._servers = [
            Server(office, self._folder / f"{number}", self._stop, startup_s)
            for number in range(jobs)
        ]
        # Last come, first served: a LibreOffice that runs is taken before one that does not.
        self._idle: queue.LifoQueue[Server] = queue.LifoQueue()
        for server in reversed(self._servers):
            self._idle.put(server)
        self._threads = ThreadPoolExecutor(jobs + 1, thread_name_prefix="soffice")
        self._standing = LayoutCache()
        self.width = jobs

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call as soon as a thread is free."""
        with uninterrupted():
            return self._threads.submit(self._perform, call)

    def warm_up(self) -> None:
        """Start LibreOffice while registers are still being read and a core has nothing to do."""
        with uninterrupted():
            for _ in range(min(self.width, _WARMED)):
                self._threads.submit(self._warm_one)

    def retire(self) -> None:
        """Do nothing: processes end when they are closed."""

    def close(self) -> None:
        """End threads and processes, remove their folder."""
        self._stop.set()
        try:
            self._threads.shutdown(cancel_futures=True)
        finally:
            for server in self._servers:
                server.close()
            self._held.close()
            end_watch(self._watch)

    def _perform(self, call: Call) -> CallOutcome:
        outcome = perform(call, self._convert, self._standing)
        return outcome.left_by(call) if self._leaves else outcome

    def _convert(
        self, documents: Sequence[bytes], timeout_s: float, flavour: Flavour
    ) -> tuple[list[bytes | None], bool]:
        with self._server() as server:
            return server.convert(documents, timeout_s, flavour)

    def _warm_one(self) -> None:
        with self._server() as server:
            server.warm_up()

    @contextlib.contextmanager
    def _server(self) -> Iterator[Server]:
        server = self._idle.get()
        try:
            if self._stop.is_set():
                raise StoppedError
            yield server
        finally:
            self._idle.put(server)
