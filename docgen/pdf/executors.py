"""Where calls run in this process: one after another, or in threads with a LibreOffice each."""

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
from docgen.pdf.calls import Call, CallOutcome, run_call
from docgen.pdf.office import Office
from docgen.pdf.pulse import SILENCE_S, Pulse, SilentOfficeError
from docgen.pdf.server import STARTUP_S, OfficeServer, StoppedError

_WATCH = """read _
for pass in 1 2 3 4 5 6 7 8 9; do
    found=
    for entry in /proc/[0-9]*; do
        pid=${entry#/proc/}
        if [ "$pid" != $$ ] && grep -qaF "$0" "$entry/cmdline" 2>/dev/null; then
            kill -KILL "$pid" 2>/dev/null && found=yes
        fi
    done
    [ "$found" ] || break
    sleep 0.2
done
for list in "$0/sockets" "$0"/*/sockets; do
    [ -f "$list" ] && while read -r socket; do rm -f "$socket"; done < "$list"
done
rm -rf "$0"
"""
"""Waits until docgen's end of a pipe is closed; then kills what runs in a folder and removes it,
with the sockets that are listed there (``docgen.pdf.sockets``). What was being started meanwhile is
found in the next pass."""


def watch_over(folder: Path) -> subprocess.Popen[bytes] | None:
    """Start a shell that cleans up a folder if docgen is killed, which cannot do so itself.

    LibreOffice runs in sessions of its own and would stay for good; its folder holds documents.
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
    """End the shell: docgen has cleaned up itself."""
    if watch is not None:
        watch.kill()
        watch.communicate()


_STARTED_AHEAD = 2
"""How many processes start ahead of the first document; a start takes 0.2 s (seen on 7.4)."""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C while threads start: a thread that is half started would never end.

    Raises:
        KeyboardInterrupt: afterwards, when somebody interrupted meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals: list[int] = []
    handlers = {
        number: signal.signal(number, lambda number, _frame: signals.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if signals:
            raise KeyboardInterrupt


class CallExecutor(Protocol):
    """What runs calls; ``width`` is how many at a time are worth sending."""

    @property
    def width(self) -> int:
        """Return how many calls run at a time."""
        ...

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Take a call; its future holds the outcome once it has run."""
        ...

    def warm_up(self) -> None:
        """Get ready while there is nothing to do yet."""
        ...

    def retire(self) -> None:
        """Begin to shut down: no more calls will come."""
        ...

    def close(self) -> None:
        """Stop everything, so that nothing is left running."""
        ...


class SerialExecutor:
    """One LibreOffice and no threads: a call runs at once, in the thread that sends it.

    For a machine with one core, or whose other cores are wanted for other work.
    """

    width = 1

    def __init__(
        self, office: Office, *, startup_s: float = STARTUP_S, silence_s: float = SILENCE_S
    ) -> None:
        self._resources = contextlib.ExitStack()
        folder = self._resources.enter_context(working_folder())
        self._watch = watch_over(folder)
        self._server = OfficeServer(
            office, folder / "0", threading.Event(), startup_s, Pulse(silence_s)
        )
        self._cache = LayoutCache()

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call now."""
        done: Future[CallOutcome] = Future()
        done.set_running_or_notify_cancel()
        try:
            done.set_result(run_call(call, self._server.convert, self._cache))
        except SilentOfficeError as error:
            done.set_exception(error)
        return done

    def warm_up(self) -> None:
        """Start LibreOffice."""
        self._server.warm_up()

    def retire(self) -> None:
        """Do nothing: no call is running."""

    def close(self) -> None:
        """End LibreOffice, remove its folder."""
        self._server.close()
        self._resources.close()
        end_watch(self._watch)


class ThreadExecutor:
    """Threads that compose, convert and cut; ``jobs`` of them convert at a time.

    There is one thread more than LibreOffices, so that one cuts while the others convert. If it
    ``writes_targets``, finished PDFs are written to the targets of their tasks.
    """

    def __init__(
        self,
        office: Office,
        jobs: int,
        *,
        startup_s: float = STARTUP_S,
        silence_s: float = SILENCE_S,
        writes_targets: bool = False,
    ) -> None:
        self._writes_targets = writes_targets
        self._stop = threading.Event()
        self._resources = contextlib.ExitStack()
        self._folder = self._resources.enter_context(working_folder())
        self._watch = watch_over(self._folder)
        lost = threading.Event()
        self._servers = [
            OfficeServer(
                office, self._folder / f"{number}", self._stop, startup_s, Pulse(silence_s, lost)
            )
            for number in range(jobs)
        ]
        # Last in, first out: a LibreOffice that runs is taken before one that does not.
        self._idle_servers: queue.LifoQueue[OfficeServer] = queue.LifoQueue()
        for server in reversed(self._servers):
            self._idle_servers.put(server)
        self._threads = ThreadPoolExecutor(jobs + 1, thread_name_prefix="soffice")
        self._cache = LayoutCache()
        self.width = jobs

    def submit(self, call: Call) -> Future[CallOutcome]:
        """Run a call as soon as a thread is free."""
        with uninterrupted():
            return self._threads.submit(self._run, call)

    def warm_up(self) -> None:
        """Start LibreOffice while registers are still being read and a core has nothing to do."""
        with uninterrupted():
            for _ in range(min(self.width, _STARTED_AHEAD)):
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
            self._resources.close()
            end_watch(self._watch)

    def _run(self, call: Call) -> CallOutcome:
        outcome = run_call(call, self._convert, self._cache)
        return outcome.write_targets(call) if self._writes_targets else outcome

    def _convert(self, documents: Sequence[bytes], call: Call) -> tuple[list[bytes | None], bool]:
        with self._idle_server() as server:
            return server.convert(documents, call)

    def _warm_one(self) -> None:
        with self._idle_server() as server:
            server.warm_up()

    @contextlib.contextmanager
    def _idle_server(self) -> Iterator[OfficeServer]:
        server = self._idle_servers.get()
        try:
            if self._stop.is_set():
                raise StoppedError
            yield server
        finally:
            self._idle_servers.put(server)
