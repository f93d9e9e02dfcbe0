"""What a run of a program takes: wall clock, processor, the peaks of its memory.

Peaks are read from ``VmHWM`` of every process below the one started, which the kernel keeps, so
that a look a few times a second misses nothing but what a process adds just before it ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

INTERVAL_S = 0.2
OFFICE = "soffice"
ORPHANS_S = 30
_SET_CHILD_SUBREAPER = 36  # of linux/prctl.h


class RunError(Exception):
    """A program that is timed failed; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took; memory is the peak of one process, not of all together."""

    wall_s: float
    cpu_s: float
    program_mb: float
    office_mb: float
    output: str


@dataclass(slots=True)
class _Peaks:
    """Accumulates names and peaks in kilobytes by process."""

    names: dict[int, str] = field(default_factory=dict)
    kilobytes: dict[int, int] = field(default_factory=dict)

    def look(self, root: int) -> None:
        """Note every process below the root, and the root."""
        for pid in _family(root):
            with contextlib.suppress(OSError, ValueError, IndexError):
                lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
                status = dict(line.split(":", 1) for line in lines)
                self.names[pid] = status["Name"].strip()
                peak = int(status.get("VmHWM", "0 kB").split()[0])
                self.kilobytes[pid] = max(peak, self.kilobytes.get(pid, 0))

    def highest_mb(self, *, is_office: bool) -> float:
        """Return the peak of the largest process, of LibreOffice or of all others."""
        peaks = [
            peak
            for pid, peak in self.kilobytes.items()
            if self.names[pid].startswith(OFFICE) is is_office
        ]
        return max(peaks, default=0) / 1024


def run(command: Sequence[str], *, timeout_s: float, env: Mapping[str, str] | None = None) -> Usage:
    """Run a command to its end, and to the end of all that it started.

    Raises:
        RunError: when it fails or takes too long; what it started is ended.
    """
    peaks = _Peaks()
    others = set(_children(os.getpid()))
    with (
        # docgen may end before its LibreOffice, which is in another session: its work counts.
        _adopted_orphans(),
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, env=env, start_new_session=True
        )
        done = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peaks, done), daemon=True)
        watch.start()
        is_late = threading.Event()
        alarm = threading.Timer(timeout_s, _stop, args=(process.pid, is_late))
        alarm.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            _stop(process.pid, is_late)
            raise
        finally:
            wall_s = time.perf_counter() - started
            alarm.cancel()
            done.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu_s = _cpu_s(used) + _orphans_cpu_s(others)
        output, complaint = (_read(stream) for stream in (stdout, stderr))
    if process.returncode:
        reason = "out of time" if is_late.is_set() else _last_line(complaint or output)
        raise RunError(f"exit {process.returncode}: {reason}")
    return Usage(
        wall_s,
        cpu_s,
        peaks.highest_mb(is_office=False),
        peaks.highest_mb(is_office=True),
        output,
    )


def _read(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "nothing said")


def _cpu_s(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def _adopted_orphans() -> Iterator[None]:
    """Make what loses its parent below this process a child of it, so that it can be waited for.

    Not for longer: who goes on in this process waits for nobody, and the dead would pile up.
    """
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _orphans_cpu_s(others: Set[int]) -> float:
    """Return what adopted processes have worked, once all have ended; late ones are killed."""
    cpu_s = 0.0
    deadline = time.monotonic() + ORPHANS_S
    while orphans := set(_children(os.getpid())) - others:
        for pid in orphans:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            cpu_s += _cpu_s(os.wait4(pid, os.WNOHANG)[2])
        time.sleep(0.005)
    return cpu_s


def _watch(root: int, peaks: _Peaks, done: threading.Event) -> None:
    while not done.wait(INTERVAL_S):
        peaks.look(root)


def _family(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield root
    for child in _children(root):
        yield from _family(child)


def _children(parent: int) -> Iterator[int]:
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            yield from map(int, children.read_text("ascii").split())


def _stop(root: int, is_late: threading.Event) -> None:
    """Ask a process to end, then end it and whatever it started."""
    is_late.set()
    family = list(_family(root))
    with contextlib.suppress(ProcessLookupError):
        os.kill(root, signal.SIGTERM)
    time.sleep(5)
    for pid in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
