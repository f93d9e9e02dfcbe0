"""The files of one archived paper, held to its record."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.archive.archive_folders import DOCX, PDF, entries, is_evidence
from docgen.archive.paper_record import KeptFile, PaperRecord
from docgen.archive.second_copies import SecondCopies
from docgen.files import read_regular

_ALWAYS_HASHED: Final = frozenset({DOCX, PDF})


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file of a paper that is gone or not as it was frozen.

    ``found`` is what lies in its place, if anything; ``copy`` the second copy, None when that is
    gone too.
    """

    name: str
    found: Path | None
    copy: Path | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is inside: a cloud has not brought the file down, or a copy broke off."""
        return self.found is not None and self.found.is_file() and not self.found.stat().st_size


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """A paper of the archive with the files that say what was frozen.

    ``sources`` maps the names of the record to files that are proven: the paper's own or second
    copies. ``faults`` are files to put back; ``uncopied`` lack a second copy. A paper that
    ``is_outdated`` is as it was before its last event: docgen was stopped between the two.
    ``beside`` are scans and signatures that somebody has put there and no record knows.
    """

    record: PaperRecord
    folder: Path
    sources: Mapping[str, Path]
    faults: tuple[FileFault, ...] = ()
    uncopied: tuple[str, ...] = ()
    is_record_changed: bool = False
    is_outdated: bool = False
    is_known: bool = True
    beside: tuple[Path, ...] = ()

    @property
    def lost(self) -> tuple[FileFault, ...]:
        """The files that cannot be put back."""
        return tuple(one for one in self.faults if one.copy is None)


def read_paper(
    record: PaperRecord,
    folder: Path,
    copies: SecondCopies,
    names: Mapping[str, Path] | None = None,
    *,
    is_thorough: bool = False,
) -> ArchivedPaper:
    """Return a paper with those of its files, or of their second copies, that are as frozen.

    ``names`` is what lies in its folder, when that is known already. Its .docx and PDF are hashed;
    scans and signatures are known by their sizes, unless the reading ``is_thorough``.
    """
    if names is None:
        names = entries(folder)
    sources: dict[str, Path] = {}
    faults: list[FileFault] = []
    uncopied: list[str] = []
    for name, kept in record.files.items():
        path = names.get(name)
        is_hashed = is_thorough or name in _ALWAYS_HASHED
        if path is not None and _is_as_kept(path, kept, is_hashed=is_hashed):
            sources[name] = path
            if not copies.has(kept.sha256, kept.size):
                uncopied.append(name)
            continue
        is_whole = copies.read(kept.sha256) is not None
        copy = copies.path(kept.sha256) if is_whole else None
        faults.append(FileFault(name, path, copy))
        if copy is not None:
            sources[name] = copy
    beside = tuple(
        path
        for name, path in names.items()
        if name not in record.files and is_evidence(path) and not _is_copy(path, record)
    )
    return ArchivedPaper(record, folder, sources, tuple(faults), tuple(uncopied), beside=beside)


def _is_copy(path: Path, record: PaperRecord) -> bool:
    """Return whether a file is a copy of one that was frozen, as programs of clouds leave them."""
    return any(_is_as_kept(path, kept, is_hashed=True) for kept in record.files.values())


def _is_as_kept(path: Path, kept: KeptFile, *, is_hashed: bool) -> bool:
    try:
        if is_hashed:
            data = read_regular(path, size=kept.size)
            return hashlib.sha256(data).hexdigest() == kept.sha256
        found = path.stat()
        return found.st_size == kept.size and stat.S_ISREG(found.st_mode)
    except OSError:
        return False
