"""The one place where LibreOffice gets documents; a resident process keeps calls short.

A first process opens an empty text and stays. A second one with the same profile hands its files
over through LibreOffice's own pipe and ends when they are done: about 0.1 s in place of 1 s, with
no other program in between. Where the first does not start, each call starts a process.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import logging
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.errors import SignalError
from docgen.pdf.calls import Call
from docgen.pdf.flavours import Flavour
from docgen.pdf.office import Office, environment
from docgen.pdf.process_groups import ends_within, kill_group, memory_of_session
from docgen.pdf.pulse import PROBES, Pulse, SilentOfficeError, probe_document
from docgen.pdf.sockets import list_sockets, remove_sockets

CALLS_A_LIFE = 40
"""LibreOffice grows by some 0.2 MB a document (seen on 7.4), so it is renewed now and then."""
STARTUP_S = 30.0
MEMORY_LIMIT = 700 * 1024 * 1024

_LOG = logging.getLogger(__name__)
_POLL_S = 0.02
_STARTS = 3
_FINISHED_S = 3.0
"""How long LibreOffice may still take to end when all its PDFs are there."""
_END_OF_PDF = b"%%EOF"
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
    take, ``stop`` calls everything off, ``pulse`` tells whether it still answers.
    """

    office: Office
    folder: Path
    stop: threading.Event
    startup_s: float = STARTUP_S
    pulse: Pulse = field(default_factory=Pulse)
    resident: subprocess.Popen[bytes] | None = None
    can_stay: bool = True
    calls: int = 0
    is_clean: bool = field(default=False)

    def convert(self, documents: Sequence[bytes], call: Call) -> tuple[list[bytes | None], bool]:
        """Return a PDF for each .docx, None where there is none, and whether LibreOffice ended.

        One that did not end within the time of the call has been killed with all that it started.

        Raises:
            StoppedError: when ``stop`` is set.
            SilentOfficeError: when LibreOffice answers to nothing at all.
        """
        if call.wants_fresh_office:
            self.close()
        made, has_ended = self._convert(documents, call.timeout_s, call.flavour)
        if not has_ended:
            try:
                self._probe()
            except SilentOfficeError:
                # The next call is refused; what this one has made is good.
                if not any(made):
                    raise
        return made, has_ended

    def _probe(self) -> None:
        """Try LibreOffice, which hung, with the least document: was it the document's fault?

        Raises:
            SilentOfficeError: when it does not answer.
        """
        for _ in range(PROBES):
            if self._convert([probe_document()], self.pulse.probe_s, Flavour.PLAIN)[1]:
                return
        self.pulse.lose()

    def _convert(
        self, documents: Sequence[bytes], timeout_s: float, flavour: Flavour
    ) -> tuple[list[bytes | None], bool]:
        self.pulse.check()
        with self._spending():
            self._ensure_running()
        for number, document in enumerate(documents):
            self._output(number).unlink(missing_ok=True)
            self._input(number).write_bytes(document)
        self.calls += 1
        with self._spending():
            has_ended = self._call(len(documents), timeout_s, flavour)
        made = [self._read_output(number) for number in range(len(documents))]
        self.is_clean = self.is_clean and has_ended and None not in made
        if not self.is_clean or self.calls >= CALLS_A_LIFE or self._memory() > MEMORY_LIMIT:
            self.close()
        if any(made):
            self.pulse.hear()
        if not has_ended:
            self.pulse.miss()
        return made, has_ended

    @contextlib.contextmanager
    def _spending(self) -> Iterator[None]:
        """Count how long LibreOffice is busy."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.pulse.spend(time.monotonic() - began)

    def warm_up(self) -> None:
        """Start LibreOffice ahead of the first call."""
        with contextlib.suppress(StoppedError, SilentOfficeError), self._spending():
            self._ensure_running()

    def close(self) -> None:
        """End LibreOffice; the next call starts it again."""
        if self.resident is not None:
            kill_group(self.resident)
            remove_sockets(self._profile)
        self.resident = None
        self.is_clean = False
        self.calls = 0

    @property
    def _profile(self) -> Path:
        return self.folder / "profile"

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
        list_sockets(self.folder, self._profile)
        user = self._profile / "user"
        user.mkdir(mode=0o700)
        shipped = importlib.resources.files("docgen") / "data" / _PROFILE
        (user / _PROFILE).write_bytes(shipped.read_bytes())

    def _start_resident(self) -> None:
        """Start the resident process; without it every call starts a process."""
        deadline = time.monotonic() + self.pulse.limited(self.startup_s)
        for _ in range(_STARTS):
            if self._is_resident_up(deadline):
                return
            self.close()
            self._clear_profile()
            if time.monotonic() > deadline:
                break
        _LOG.warning("soffice does not stay; every call starts it again")
        self.can_stay = False

    def _is_resident_up(self, deadline: float) -> bool:
        """Start the resident process; return whether it is up, that is, has its text open.

        It is open when it is locked: files that come earlier would be converted, but after
        them LibreOffice would end, having nothing open (seen on 7.4).
        """
        text = self.folder / "home" / _OPEN_TEXT
        text.write_bytes(b"")
        lock = text.with_name(f".~lock.{_OPEN_TEXT}#")
        lock.unlink(missing_ok=True)
        self.resident = self._start([str(text)], self.office.path)
        while not lock.exists():
            if self.resident.poll() is not None or time.monotonic() > deadline:
                return False
            self._wait_for_stop(_POLL_S)
        return True

    def _wait_for_stop(self, seconds: float) -> None:
        """Wait a moment, unless everything is called off.

        Raises:
            StoppedError: when it is.
            SilentOfficeError: when another LibreOffice has shown that none answers.
        """
        if self.stop.wait(seconds):
            self.close()
            raise StoppedError
        if self.pulse.lost.is_set():
            self.close()
            self.pulse.check()

    def _call(self, count: int, timeout_s: float, flavour: Flavour) -> bool:
        """Convert the first ``count`` inputs; return whether LibreOffice was done in time.

        One that has written all PDFs and does not end is done, but not to be used again.
        """
        arguments = [
            *("--convert-to", flavour.filter),
            *("--outdir", str(self.folder / "out")),
            *(str(self._input(number)) for number in range(count)),
        ]
        allowed = timeout_s + (0 if self.can_stay else self.startup_s)
        deadline = time.monotonic() + self.pulse.limited(allowed)
        program = self.office.messenger if self.resident is not None else self.office.path
        look_s = time.monotonic() + _FINISHED_S
        self.is_clean = True
        with self._killed_afterwards(self._start(arguments, program)) as process:
            while not ends_within(process, _POLL_S):
                self._wait_for_stop(0)
                if time.monotonic() > deadline:
                    _LOG.warning("soffice hung on %d files", count)
                    self.close()
                    return False
                if time.monotonic() > look_s:
                    look_s = time.monotonic() + _FINISHED_S
                    if self._all_written(count):
                        _LOG.warning("soffice made %d files and did not end", count)
                        self.close()
                        return True
        return True

    def _all_written(self, count: int) -> bool:
        """Whether all PDFs have lain there, whole, for a while."""
        latest = time.time() - _FINISHED_S
        with contextlib.suppress(OSError):
            return all(
                output.stat().st_mtime < latest and _END_OF_PDF in output.read_bytes()[-64:]
                for output in map(self._output, range(count))
            )
        return False

    @contextlib.contextmanager
    def _killed_afterwards(
        self, process: subprocess.Popen[bytes]
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Kill what is left of a process at the end of the ``with``."""
        try:
            yield process
        finally:
            kill_group(process)
            if self.resident is None:
                remove_sockets(self._profile)

    def _start(self, arguments: Sequence[str], program: Path) -> subprocess.Popen[bytes]:
        """Start a program in a new session, so that it can be killed with all it started."""
        command = [
            str(program),
            f"-env:UserInstallation={self._profile.as_uri()}",
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
        return memory_of_session(self.resident.pid)
