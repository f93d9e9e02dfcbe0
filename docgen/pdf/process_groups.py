"""Processes that are waited for, measured and killed with all that they have started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PROCESSES: Final = Path("/proc")
_DEATH_S: Final = 1.0
_POLL_S: Final = 0.02


def ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Return whether a process ends within the time; its end wakes the caller if possible."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.pidfd_open(process.pid)
        try:
            # ``select`` refuses handles beyond 1,023, which a busy worker may have.
            waiting = select.poll()
            waiting.register(handle, select.POLLIN)
            waiting.poll(seconds * 1000)
        finally:
            os.close(handle)
        return process.poll() is not None
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return True
    return False


def memory_of_session(session: int) -> int:
    """Return how many bytes the largest process of a session holds; 0 where that is not known."""
    return max((_memory_of(one) for one in _processes_of(session)), default=0)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started: soffice is a wrapper, soffice.bin does the work."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.wait():
        _wait_for_end(process.pid)


def _processes_of(session: int) -> Iterator[Path]:
    """Yield the entries in /proc of the living processes of a session."""
    for stat in _PROCESSES.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            # After the name in brackets: state, parent, group, session.
            state, _, _, owner = stat.read_text().rpartition(")")[2].split()[:4]
            if int(owner) == session and state != "Z":
                yield stat.parent


def _memory_of(entry: Path) -> int:
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _wait_for_end(group: int) -> None:
    """Wait for a killed group to be gone: a dying process still holds its folder.

    Where nobody reaps orphans they stay listed for good, as dead.
    """
    deadline = time.monotonic() + _DEATH_S
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            if _PROCESSES.is_dir() and not any(_processes_of(group)):
                return
            time.sleep(_POLL_S)
