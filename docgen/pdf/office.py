"""LibreOffice as an installed program: where it is, which version, what environment it sees."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import ConversionError, Location, Problem
from docgen.files import working_folder
from docgen.pdf.process_groups import ends_within, kill_group

VERSION_S = 30.0
"""How long LibreOffice may take to name its version."""
# LibreOffice allocates and frees millions of small pieces of memory: keeping more of them at hand
# costs 10 MB and saves a tenth of its time (seen on 7.4). Another malloc than glibc's ignores it.
_ALLOCATION = "glibc.malloc.tcache_count=60000:glibc.malloc.tcache_max=4096"
_LAUNCHER = "oosplash"
_PROGRAMS = ("soffice", "libreoffice")

_INSTALL = (
    "установите его командой «sudo apt-get install libreoffice-writer-nogui fonts-liberation» "
    "или соберите без PDF: «docgen build --no-pdf»"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice; ``version`` as it names itself, e.g. ``LibreOffice 7.4.7.2``.

    It can be started without its version being known.
    """

    path: Path
    version: str = ""

    @property
    def messenger(self) -> Path:
        """Return the program that hands files to a LibreOffice that is running.

        The launcher that the ``soffice`` script ends in does it for a fifth of the script's time.
        """
        launcher = self.path.resolve().with_name(_LAUNCHER)
        return launcher if os.access(launcher, os.X_OK) else self.path


def office_program() -> Path:
    """Return the LibreOffice on PATH without starting it.

    Raises:
        ConversionError: ``libreoffice-missing`` when there is none.
    """
    found = _on_path()
    if found is None:
        raise _missing("LibreOffice не найден")
    return found


def find_office(version_s: float = VERSION_S) -> Office:
    """Return the LibreOffice on PATH, which has ``version_s`` seconds to name its version.

    Raises:
        ConversionError: ``libreoffice-missing`` when there is none or it does not start,
            ``conversion-failed`` when it does not answer.
    """
    found = office_program()
    with working_folder() as home:
        said, code = _asked_for_version(found, home, version_s)
    version = " ".join(said.decode(errors="replace").split()[:3])
    if code or not version:
        raise _missing(f"LibreOffice («{found}») не называет свою версию")
    # The third word is a hash of the sources, or on Debian a build number: neither is a version.
    return Office(found, " ".join(version.split()[:2]))


def _asked_for_version(program: Path, home: Path, version_s: float) -> tuple[bytes, int]:
    """Return what LibreOffice says of its version, and its exit code.

    What it says goes to a file: of a pipe that a child of its own holds open nobody sees the end.
    """
    answer = home / "version"
    try:
        with answer.open("wb") as stream:
            process = subprocess.Popen(
                [program, "--version"],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.DEVNULL,
                env=environment(home),
                start_new_session=True,
            )
            has_ended = ends_within(process, version_s)
            kill_group(process)
    except OSError as error:
        raise _missing(f"LibreOffice («{program}») не запускается") from error
    if not has_ended:
        message = (
            f"LibreOffice («{program}») не отвечает: за {version_s:g} с не назвал свою версию; "
            "проверьте, открывается ли LibreOffice Writer, или соберите без PDF: "
            "«docgen build --no-pdf»"
        )
        raise ConversionError([Problem("conversion-failed", Location(), message)])
    return answer.read_bytes(), process.returncode


def _on_path() -> Path | None:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return None if found is None else Path(found)


def office_stamp() -> str:
    """Return a text that changes when LibreOffice is replaced, found without starting it."""
    found = _on_path()
    if found is None:
        return ""
    program = found.resolve()
    stat = program.stat()
    return f"{program.name} {stat.st_size} {stat.st_mtime_ns}"


def _missing(what: str) -> ConversionError:
    """Return the error that says how to get LibreOffice."""
    return ConversionError([Problem("libreoffice-missing", Location(), f"{what}; {_INSTALL}")])


def environment(home: Path) -> dict[str, str]:
    """Return the only variables that LibreOffice sees: no locale, no clock, no personal home.

    Fonts in a person's home must be found nevertheless, as ``fc-match`` finds them.
    """
    data_home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    fontconfig = {name: os.environ[name] for name in os.environ if name.startswith("FONTCONFIG_")}
    return {
        **fontconfig,
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
        "GLIBC_TUNABLES": _ALLOCATION,
    }
