"""The one place where LibreOffice gets documents; a resident process keeps calls short.

A first process opens an empty text and stays. A second one with the same profile hands its files
over through LibreOffice's own pipe and ends when they are done: about 0.1 s in place of 1 s, with
no other program in between. Where the first does not start, each call starts a process.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import logging
import os
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.errors import SignalError
from docgen.pdf.flavours import Flavour
from docgen.pdf.office import Office, environment

CALLS_A_LIFE = 40
"""LibreOffice grows by some 0.2 MB a document (seen on 7.4), so it is renewed now and then."""
MEMORY_LIMIT = 700 * 1024 * 1024

_LOG = logging.getLogger(__name__)
_POLL_S = 0.02
_STARTS = 3
_PROCESSES = Path("/proc")
_DEATH_S = 1.0
_PROFILE = "registrymodifications.xcu"
_OPEN_TEXT = "keep.txt"


class StoppedError(SignalError):
    """The run was called off; nothing more is converted."""


@dataclass(slots=True)
class OfficeServer:
    """A LibreOffice with a private profile in a private folder; one call at a time.

    Its state changes with every call: ``resident`` is the process that stays between calls, if any,
    ``can_stay`` whether that is still tried; ``calls`` counts since its start, ``is_clean`` is
    False before the first call and after one that failed. ``startup_s`` is how long a start may
    take, ``stop`` calls everything off.
    """

    office: Office
    folder: Path
    stop: threading.Event
    startup_s: float = 30.0
    resident: subprocess.Popen[bytes] | None = None
    can_stay: bool = True
    calls: int = 0
    is_clean: bool = field(default=False)

    def convert(
        self, documents: Sequence[bytes], timeout_s: float, flavour: Flavour = Flavour.PLAIN
    ) -> tuple[list[bytes | None], bool]:
        """Return a PDF for each .docx, None where there is none, and whether the call ended.

        A call that did not end within ``timeout_s`` has been killed with all that it started.

        Raises:
            StoppedError: when ``stop`` is set.
        """
        self._ensure_running()
        for number, document in enumerate(documents):
            self._output(number).unlink(missing_ok=True)
            self._input(number).write_bytes(document)
        self.calls += 1
        has_ended = self._call(len(documents), timeout_s, flavour)
        made = [self._read_output(number) for number in range(len(documents))]
        self.is_clean = has_ended and None not in made
        if not self.is_clean or self.calls >= CALLS_A_LIFE or self._memory() > MEMORY_LIMIT:
            self.close()
        return made, has_ended

    def warm_up(self) -> None:
        """Start LibreOffice ahead of the first call."""
        with contextlib.suppress(StoppedError):
            self._ensure_running()

    def close(self) -> None:
        """End LibreOffice; the next call starts it again."""
        if self.resident is not None:
            _kill_group(self.resident)
        self.resident = None
        self.is_clean = False
        self.calls = 0

    def _input(self, number: int) -> Path:
        return self.folder / "in" / f"{number:06}.docx"

    def _output(self, number: int) -> Path:
        return self.folder / "out" / f"{number:06}.pdf"

    def _read_output(self, number: int) -> bytes | None:
        try:
            return self._output(number).read_bytes() or None
        except OSError:
            return None

    # --- processes ---------------------------------------------------------------------------

    def _ensure_running(self) -> None:
        """Clear the profile after trouble, and start LibreOffice if it is not running."""
        if self.resident is not None and self.resident.poll() is None:
            return
        if self.resident is not None or not self.is_clean:
            self.close()
            self._clear_profile()
        if self.can_stay:
            self._start_resident()

    def _clear_profile(self) -> None:
        """Start over with the shipped profile: no network, no macros, no links."""
        for name in ("in", "out", "home", "profile"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir(mode=0o700, parents=True)
        user = self.folder / "profile" / "user"
        user.mkdir(mode=0o700)
        shipped = importlib.resources.files("docgen") / "data" / _PROFILE
        (user / _PROFILE).write_bytes(shipped.read_bytes())

    def _start_resident(self) -> None:
        """Start the resident process; without it every call starts a process."""
        for _ in range(_STARTS):
            if self._is_resident_up():
                return
            self.close()
            self._clear_profile()
        _LOG.warning("soffice does not stay; every call starts it again")
        self.can_stay = False

    def _is_resident_up(self) -> bool:
        """Start the resident process; return whether it is up, that is, has its text open.

        It is open when it is locked: files that come earlier would be converted, but after
        them LibreOffice would end, having nothing open (seen on 7.4).
        """
        text = self.folder / "home" / _OPEN_TEXT
        text.write_bytes(b"")
        lock = text.with_name(f".~lock.{_OPEN_TEXT}#")
        lock.unlink(missing_ok=True)
        self.resident = self._start([str(text)], self.office.path)
        deadline = time.monotonic() + self.startup_s
        while not lock.exists():
            if self.stop.wait(_POLL_S):
                self.close()
                raise StoppedError
            if self.resident.poll() is not None or time.monotonic() > deadline:
                return False
        return True

    def _call(self, count: int, timeout_s: float, flavour: Flavour) -> bool:
        """Convert the first ``count`` inputs; return whether LibreOffice was done in time."""
        arguments = [
            *("--convert-to", flavour.filter),
            *("--outdir", str(self.folder / "out")),
            *(str(self._input(number)) for number in range(count)),
        ]
        deadline = time.monotonic() + timeout_s + (0 if self.can_stay else self.startup_s)
        program = self.office.messenger if self.resident is not None else self.office.path
        with self._killed_afterwards(self._start(arguments, program)) as process:
            while True:
                if _ends_within(process, _POLL_S):
                    return True
                if self.stop.is_set():
                    self.close()
                    raise StoppedError
                if time.monotonic() > deadline:
                    _LOG.warning("soffice hung on %d files", count)
                    self.close()
                    return False

    @contextlib.contextmanager
    def _killed_afterwards(
        self, process: subprocess.Popen[bytes]
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Kill what is left of a process at the end of the ``with``."""
        try:
            yield process
        finally:
            _kill_group(process)

    def _start(self, arguments: Sequence[str], program: Path) -> subprocess.Popen[bytes]:
        """Start a program in a new session, so that it can be killed with all it started."""
        command = [
            str(program),
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nodefault", "--nologo"),
            *arguments,
        ]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(self.folder / "home"),
            start_new_session=True,
        )

    def _memory(self) -> int:
        """Return how many bytes the resident process holds; 0 where that is not known."""
        if self.resident is None:
            return 0
        return max((_memory_of(one) for one in _processes_of(self.resident.pid)), default=0)


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
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


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started: soffice is a wrapper, soffice.bin does the work."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.wait():
        _wait_for_end(process.pid)


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
