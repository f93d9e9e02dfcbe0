"""Run a program and tell what it took: wall clock, processor, the peaks of its memory.

Peaks are read from ``VmHWM`` of every process below the one started, which the kernel keeps, so
that looking a few times a second misses nothing but what a process adds just before it ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL_S = 0.2
OFFICE = "soffice"


class RunError(Exception):
    """A program that is timed failed: what it said last."""


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
    """Peaks in kilobytes by process; names tell LibreOffice from the rest."""

    names: dict[int, str] = field(default_factory=dict)
    kilobytes: dict[int, int] = field(default_factory=dict)

    def look(self, root: int) -> None:
        """Note every process below the root, and the root."""
        for pid in _family(root):
            with contextlib.suppress(OSError, ValueError, IndexError):
                status = Path(f"/proc/{pid}/status").read_text("utf-8")
                told = dict(line.split(":", 1) for line in status.splitlines())
                self.names[pid] = told["Name"].strip()
                peak = int(told.get("VmHWM", "0 kB").split()[0])
                self.kilobytes[pid] = max(peak, self.kilobytes.get(pid, 0))

    def highest_mb(self, *, is_office: bool) -> float:
        """Return the peak of the largest process of this sort."""
        found = [
            peak
            for pid, peak in self.kilobytes.items()
            if self.names[pid].startswith(OFFICE) is is_office
        ]
        return max(found, default=0) / 1024


def run(command: Sequence[str], *, timeout_s: float, env: Mapping[str, str] | None = None) -> Usage:
    """Run a command to its end.

    Raises:
        RunError: when it fails or takes too long; what it started is ended.
    """
    peaks = _Peaks()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=said, stderr=complained, env=env, start_new_session=True
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
        said.seek(0)
        complained.seek(0)
        output, complaint = (
            stream.read().decode("utf-8", "replace") for stream in (said, complained)
        )
    if process.returncode:
        reason = "out of time" if is_late.is_set() else _last_line(complaint or output)
        raise RunError(f"exit {process.returncode}: {reason}")
    return Usage(
        wall_s,
        used.ru_utime + used.ru_stime,
        peaks.highest_mb(is_office=False),
        peaks.highest_mb(is_office=True),
        output,
    )


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "nothing said")


def _watch(root: int, peaks: _Peaks, done: threading.Event) -> None:
    while not done.wait(INTERVAL_S):
        peaks.look(root)


def _family(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield root
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text("ascii").split():
                yield from _family(int(child))


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
