"""A worker: a process that composes, converts, cuts and leaves papers for the one that started it.

It is told what to do, and tells what came of it, in pickles through its pipes. It ends when nobody
is at the other end any more.
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
from docgen.pdf.executors import LocalExecutor
from docgen.pdf.office import Office

PROGRAM: Final = "from docgen.pdf.worker_process import main; main()"
_LENGTH: Final = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Hire:
    """The first thing that a worker is told: its LibreOffice, and how many at a time."""

    office: Office
    jobs: int
    startup_s: float


def send(stream: IO[bytes], message: object) -> None:
    """Write a message.

    Raises:
        OSError: when nobody reads any more.
    """
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next message, None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - our own process


def work(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Run calls as they come, until there is nobody who sends any."""
    hire = receive(orders)
    if not isinstance(hire, Hire):
        return
    executor = LocalExecutor(hire.office, hire.jobs, startup_s=hire.startup_s, leaves=True)
    lock = threading.Lock()

    def answer(number: int, done: Future[CallOutcome]) -> None:
        error = None if done.cancelled() else done.exception()
        outcome = None if done.cancelled() or error else done.result()
        try:
            with lock:
                send(answers, (number, outcome, error))
        except OSError:
            # Whoever asked is gone; the end of ``orders`` tells, too.
            return

    try:
        executor.warm_up()
        while (message := receive(orders)) is not None:
            number, call = message
            if isinstance(call, Call):
                executor.submit(call).add_done_callback(functools.partial(answer, number))
    finally:
        executor.close()


def main() -> None:
    """Work for whoever is at the other end of the standard pipes."""
    work(sys.stdin.buffer, sys.stdout.buffer)
