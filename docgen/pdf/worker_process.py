"""The program of a worker process: it composes, converts, cuts and writes PDFs for its parent.

Requests come and answers go as pickles through its pipes. It ends when the other end is closed.
"""

from __future__ import annotations

import functools
import pickle
import struct
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import IO, Any, Final

from docgen.pdf.calls import Call, CallOutcome
from docgen.pdf.executors import ThreadExecutor
from docgen.pdf.office import Office

PROGRAM: Final = "from docgen.pdf.worker_process import main; main()"
_LENGTH: Final = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """The first message to a worker: its LibreOffice, and how many of it run at a time."""

    office: Office
    jobs: int
    startup_s: float
    silence_s: float


def send(stream: IO[bytes], message: object) -> None:
    """Write a message to a pipe.

    Raises:
        OSError: when the other end is closed.
    """
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next message of a pipe, None when it has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - our own process


def serve_calls(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Run calls as they come, until the requests end."""
    setup = receive(requests)
    if not isinstance(setup, WorkerSetup):
        return
    executor = ThreadExecutor(
        setup.office,
        setup.jobs,
        startup_s=setup.startup_s,
        silence_s=setup.silence_s,
        writes_targets=True,
    )
    lock = threading.Lock()

    def answer(number: int, done: Future[CallOutcome]) -> None:
        error = None if done.cancelled() else done.exception()
        outcome = None if done.cancelled() or error else done.result()
        try:
            with lock:
                send(answers, (number, outcome, error))
        except OSError:
            # The process that asked is gone, so ``requests`` will end too.
            return

    try:
        executor.warm_up()
        while (message := receive(requests)) is not None:
            number, call = message
            if isinstance(call, Call):
                executor.submit(call).add_done_callback(functools.partial(answer, number))
    finally:
        executor.close()


def main() -> None:
    """Serve the process at the other end of the standard pipes."""
    serve_calls(sys.stdin.buffer, sys.stdout.buffer)
