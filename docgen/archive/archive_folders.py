"""Where things lie in ``архив/`` of a workspace, and what they are called."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docgen.errors import SignalError
from docgen.files import safe_name

ARCHIVE: Final = "архив"
RECORD: Final = "запись.json"
DOCX, PDF = "бумага.docx", "бумага.pdf"
SCAN: Final = "скан.pdf"
"""What the scan of a signed order is called, whatever its file was called before."""
JOURNAL: Final = "журнал"
SECOND_COPIES: Final = ".хранилище"
REMOVED: Final = "снято"
DECISIONS: Final = "решения"
HANDED_OUT: Final = "выдано"
UNFINISHED: Final = ".new"
"""What the name of a folder ends with while its paper is being put into the archive."""
_NOT_PAPERS: Final = frozenset({JOURNAL, REMOVED, DECISIONS, HANDED_OUT, "номера"})
_OWN: Final = frozenset({RECORD, DOCX, PDF, SCAN}) | _NOT_PAPERS
"""Names that archivers and disks give back in capitals, and that are meant then too."""
OTHER_VERSION: Final = "(другая версия"
"""How the name of a file goes on that was set aside for the one that was frozen."""
_EVIDENCE: Final = frozenset(
    {".pdf", ".sig", ".sgn", ".p7s", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)
_NO_NAME: Final = frozenset('\\/:*?"<>|\0')
"""What no name of a file has, here or on Windows."""
_NAME_LIMIT: Final = 40
_MARK_LETTERS: Final = 6
_BETWEEN: Final = re.compile(r"[\s|]+")


class OutsidePathError(SignalError, ValueError):
    """A record names a file that is not in its own folder."""


def folder_name(key: str, paper: str) -> str:
    """Return a name of at most 40 signs for the folder of a paper.

    No two papers share one, since it ends with the beginning of the paper's id. Long paths are
    what flash drives and archivers of Windows lose first.
    """
    mark = f" {paper[:_MARK_LETTERS]}"
    words = _BETWEEN.sub(" ", key).strip()[: _NAME_LIMIT - len(mark)].strip(" .")
    return safe_name(words, mark)


def inner_name(name: object) -> str:
    """Return the name of a file that a record keeps beside itself.

    Raises:
        OutsidePathError: when the name leads anywhere else.
    """
    if not isinstance(name, str) or not name or name in {".", ".."}:
        raise OutsidePathError("no name")
    if not _NO_NAME.isdisjoint(name):
        raise OutsidePathError("a path")
    return nfc(name)


def output_name(name: object) -> str:
    """Return where a record's document goes below ``documents/``, without suffix.

    Raises:
        OutsidePathError: when it would go anywhere else.
    """
    if not isinstance(name, str) or not name:
        raise OutsidePathError("no name")
    for part in name.split("/"):
        inner_name(part)
    return nfc(name)


def is_evidence(path: Path) -> bool:
    """Return whether a file in a paper's folder shows a signature: a scan, or a file of it."""
    name = nfc(path.name)
    if name.startswith((".", "~$")) or OTHER_VERSION in name or name == PDF:
        return False
    return path.suffix.casefold() in _EVIDENCE


def nfc(name: str) -> str:
    """Return a name with its letters composed: macOS and some archivers take «й» apart."""
    return unicodedata.normalize("NFC", name)


def archive_folder(workspace: Path) -> Path:
    """Return where the archive of a workspace lies, also when its name came back in capitals."""
    return _own_place(workspace, ARCHIVE)


def journal_folder(archive: Path) -> Path:
    """Return where the journal of an archive lies, also when its name came back in capitals."""
    return _own_place(archive, JOURNAL)


def _own_place(folder: Path, name: str) -> Path:
    place = folder / name
    if place.exists():
        return place
    alike = [path for found, path in entries(folder).items() if found.casefold() == name]
    return alike[0] if len(alike) == 1 else place


def entries(folder: Path) -> dict[str, Path]:
    """Return what lies in a folder by composed names; nothing of a folder that is not there.

    A name that stands there composed is meant sooner than its twin with letters taken apart, and
    a name of the archive's own sooner than its twin in capitals.
    """
    try:
        # Names, not paths: these sort at once, and an archive has thousands.
        found = sorted(os.listdir(folder))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return {}
    named = {nfc(name): name for name in found}
    named |= {name: name for name in found if nfc(name) == name}
    for composed in [one for one in named if one not in _OWN and one.casefold() in _OWN]:
        named.setdefault(composed.casefold(), named.pop(composed))
    return {composed: folder / name for composed, name in named.items()}


def paper_folders(archive: Path) -> Iterator[Path]:
    """Yield the folders that may hold a paper, in the order of their names."""
    for name, path in entries(archive).items():
        if not name.startswith(".") and name not in _NOT_PAPERS and path.is_dir():
            yield path
