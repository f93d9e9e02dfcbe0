"""LibreOffice as a program: where it is, what it sees, how long it may take, how it is ended."""

from __future__ import annotations

import contextlib
import importlib.resources
import json
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import ConversionError, Location, Problem

_LOG = logging.getLogger(__name__)

_POLL_S = 0.05
_DEATH_S = 1.0
_VERSION_TIMEOUT_S = 30.0
_PROGRAMS = ("soffice", "libreoffice")
_PROFILE = "registrymodifications.xcu"

_FILTER_OPTIONS: Mapping[str, bool] = {
    "ExportBookmarksToPDFDestination": True,
    "ExportNotes": False,
    "ExportFormFields": False,
    "UseTaggedPDF": False,
}

_INSTALL = (
    "установите его командой «sudo apt-get install libreoffice-writer-nogui fonts-liberation» "
    "или соберите без PDF: «docgen build --no-pdf»"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice; ``version`` as it names itself, e.g. ``LibreOffice 7.4.7.2``."""

    path: Path
    version: str


def find_office() -> Office:
    """Return the LibreOffice on PATH.

    Raises:
        ConversionError: ``libreoffice-missing`` when there is none or it does not start.
    """
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        raise _missing("LibreOffice не найден")
    with tempfile.TemporaryDirectory(prefix="docgen-") as home:
        try:
            run = subprocess.run(
                [found, "--version"],
                capture_output=True,
                check=False,
                timeout=_VERSION_TIMEOUT_S,
                env=_environment(Path(home)),
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _missing(f"LibreOffice («{found}») не запускается") from error
    version = " ".join(run.stdout.decode(errors="replace").split()[:3])
    if run.returncode or not version:
        raise _missing(f"LibreOffice («{found}») не называет свою версию")
    # The third word is a hash of the sources, or on Debian a build number: neither is a version.
    return Office(Path(found), " ".join(version.split()[:2]))


def office_stamp() -> str:
    """Return a mark that changes when LibreOffice is replaced, without starting it."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        return ""
    program = Path(found).resolve()
    stat = program.stat()
    return f"{program.name} {stat.st_size} {stat.st_mtime_ns}"


def _missing(what: str) -> ConversionError:
    """Return the error that says how to get LibreOffice."""
    return ConversionError([Problem("libreoffice-missing", Location(), f"{what}; {_INSTALL}")])


def _environment(home: Path) -> dict[str, str]:
    """Return the only variables that LibreOffice sees: no locale, no clock, no home of a person.

    Fonts that a person installed for himself must be found as ``fc-match`` finds them.
    """
    data_home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    kept = {name: os.environ[name] for name in os.environ if name.startswith("FONTCONFIG_")}
    return {
        **kept,
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_DATA_HOME": data_home,
        "XDG_CACHE_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "SAL_USE_VCLPLUGIN": "svp",
    }


# --- one run of LibreOffice ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """A document under the neutral name that LibreOffice sees: no name of it is ever too long."""

    name: str
    source: Path
    target: Path
    title: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long LibreOffice may take to start, and without finishing a document, in seconds."""

    startup_s: float
    per_file_s: float


class StoppedError(Exception):
    """The run was called off."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A private folder with inputs, outputs and a profile that one process uses at a time."""

    office: Office
    folder: Path
    limits: Limits
    stop: threading.Event

    def lay(self, tasks: Sequence[Task]) -> None:
        """Copy the documents in."""
        for folder in ("in", "out", "home"):
            (self.folder / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for task in tasks:
            shutil.copyfile(task.source, self._input(task))

    def clear_profile(self) -> None:
        """Start over with the shipped profile: no network, no macros, no links."""
        profile = self.folder / "profile"
        shutil.rmtree(profile, ignore_errors=True)
        (profile / "user").mkdir(mode=0o700, parents=True)
        shipped = importlib.resources.files("docgen") / "data" / _PROFILE
        (profile / "user" / _PROFILE).write_bytes(shipped.read_bytes())

    def run(self, tasks: Sequence[Task]) -> bool:
        """Convert the documents; return whether LibreOffice ended by itself, not by the clock."""
        for task in tasks:
            self.output(task).unlink(missing_ok=True)
        with (
            (self.folder / "log").open("wb") as log,
            self._process(tasks, log.fileno()) as process,
        ):
            return self._watch(process, tasks)

    def output(self, task: Task) -> Path:
        """Return where LibreOffice is to leave the PDF."""
        return self.folder / "out" / f"{task.name}.pdf"

    def _input(self, task: Task) -> Path:
        return self.folder / "in" / f"{task.name}.docx"

    @contextlib.contextmanager
    def _process(self, tasks: Sequence[Task], log: int) -> Iterator[subprocess.Popen[bytes]]:
        """Start LibreOffice in a session of its own and leave nothing of it behind."""
        options = {
            name: {"type": "boolean", "value": str(value).lower()}
            for name, value in _FILTER_OPTIONS.items()
        }
        command = [
            str(self.office.path),
            f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}"),
            *("--outdir", str(self.folder / "out")),
            *(str(self._input(task)) for task in tasks),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(self.folder / "home"),
            start_new_session=True,
        )
        try:
            yield process
        finally:
            # soffice is a wrapper; killing it alone leaves soffice.bin at work.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            if process.wait():
                _wait_for_end(process.pid)

    def _watch(self, process: subprocess.Popen[bytes], tasks: Sequence[Task]) -> bool:
        """Wait while documents come out one after another; return False when they stop coming."""
        done = 0
        deadline = time.monotonic() + self.limits.startup_s + self.limits.per_file_s
        while process.poll() is None:
            if self.stop.wait(_POLL_S):
                raise StoppedError
            seen = sum(self.output(task).exists() for task in tasks)
            if seen > done:
                done = seen
                deadline = time.monotonic() + self.limits.per_file_s
            if time.monotonic() > deadline:
                _LOG.warning("soffice hung after %d of %d files", done, len(tasks))
                return False
        return True


def _wait_for_end(group: int) -> None:
    """Wait for a killed group to be gone: a dying process still holds its folder.

    Where nobody reaps orphans they stay listed for good, so the wait is short.
    """
    deadline = time.monotonic() + _DEATH_S
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(_POLL_S)
