"""Who owns each file of an output folder, whether docgen may overwrite it, and how it does.

The central promise of docgen: never half a file, and never over a person's. What is about to be
written is noted in the ledger first, written beside, renamed, and stamped, so that a build
which is killed at any moment has left files that the next one knows as docgen's own.
"""

from __future__ import annotations

import enum
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem
from docgen.files import file_digest, file_mode, move_drafts, put_in_place, set_rights, write_draft
from docgen.pages import PagePrint, is_made_by_docgen
from docgen.pipeline.output.ledger import (
    FileStamp,
    Ledger,
    is_pending,
    is_untouched,
    stamp_output,
    write_ledger,
)
from docgen.pipeline.output.signed_files import is_signed_pdf

_FEW: Final = 4
"""Up to this number of files is flushed one by one; for more, one flush of the disk is faster."""


class Verdict(enum.Enum):
    """Whose a file of the output is, which decides whether docgen may write over it."""

    ABSENT = "nothing lies there"
    OURS = "docgen left it, or its edit is to be dropped (--redo)"
    EDITED = "a person has changed what docgen left"
    UNKNOWN = "the ledger does not know the file"
    SIGNED = "it carries an electronic signature, or one lies beside it"


@dataclass(frozen=True, slots=True)
class OutputStore:
    """An output folder as it is: it can be asked about, not written to.

    Files are called by their paths relative to ``folder``, with slashes. ``tools`` is the recipe
    by which PDFs are made now; ``redo`` names the files whose edits are to be dropped.

    If ``is_ledger_lost``, docgen knows its files by the hashes that the manifest has ``listed``,
    and its PDFs by the maker that they name.
    """

    folder: Path
    ledger: Ledger
    tools: str = ""
    redo: frozenset[str] = frozenset()
    is_ledger_lost: bool = False
    listed: Mapping[str, str] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """Return where a file lies."""
        return self.folder / name

    def is_there(self, name: str) -> bool:
        """Return whether a file lies there."""
        return self.path(name).is_file()

    def verdict(self, name: str) -> Verdict:
        """Return whose a file is."""
        if not self.is_there(name):
            return Verdict.ABSENT
        if is_signed_pdf(self.path(name)):
            return Verdict.SIGNED
        if not self.is_changed(name):
            return Verdict.OURS
        return Verdict.EDITED if name in self.ledger.outputs else Verdict.UNKNOWN

    def may_overwrite(self, name: str) -> bool:
        """Return whether docgen may write over what lies at a place: nothing, or its own file."""
        return self.verdict(name) in {Verdict.ABSENT, Verdict.OURS}

    def is_changed(self, name: str) -> bool:
        """Return whether a file differs from what docgen left; signatures do not matter."""
        path = self.path(name)
        if not path.is_file() or name in self.redo:
            return False
        is_as_left = is_untouched(
            path, self.ledger.outputs.get(name)
        ) or self._is_known_without_ledger(name)
        is_ours = name not in self.ledger.edited and is_as_left
        return not is_ours and not is_pending(self.ledger, name, path)

    def _is_known_without_ledger(self, name: str) -> bool:
        if not self.is_ledger_lost:
            return False
        path = self.path(name)
        if file_digest(path) == self.listed.get(name):
            return True
        # What another program saves names that program.
        return path.suffix == ".pdf" and is_made_by_docgen(path.read_bytes())

    def is_unchanged(self, name: str) -> bool:
        """Return whether a file is as docgen left it and may stay: nobody asks for another."""
        if name in self.ledger.edited or name in self.redo:
            return False
        return is_untouched(self.path(name), self.ledger.outputs.get(name))

    def stamp(self, name: str) -> FileStamp:
        """Return the stamp of a file; its hash is taken again only when size or time differ.

        Raises:
            FileNotFoundError: when there is no such file.
        """
        path, known = self.path(name), self.ledger.outputs.get(name)
        if known is not None and known.sha256:
            stat = path.stat()
            if (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns):
                return known
        return stamp_output(path)

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file, "" when there is none."""
        return self.stamp(name).sha256 if self.is_there(name) else ""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A finished file on its way into the output.

    ``name`` is where it goes, ``path`` where it lies until then (on the same disk); ``mode`` are
    the rights that it gets.
    """

    name: str
    path: Path
    sha256: str
    mode: int


@dataclass(frozen=True, slots=True)
class Bench(OutputStore):
    """An output folder at which a build works: the only one that may write to it.

    Drafts lie in ``stage``, a folder of the same disk that goes away with the build. ``prints``
    are what the pages of the PDFs draw that this run has made, by name.
    """

    stage: Path = field(kw_only=True)
    prints: dict[str, Sequence[PagePrint]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def stage_path(self, suffix: str) -> Path:
        """Return a path in the stage that nothing else has."""
        return self.stage / f"draft-{next(self._numbers):06}{suffix}"

    def draft(self, name: str, data: bytes, *, is_private: bool) -> FileDraft:
        """Write a file to the stage.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        mode = file_mode(is_private=is_private)
        path = write_draft(self.stage_path(Path(name).suffix), data, mode=mode)
        return FileDraft(name, path, hashlib.sha256(data).hexdigest(), mode)

    def draft_of(self, name: str, path: Path, *, is_private: bool, sha256: str = "") -> FileDraft:
        """Return a finished file of the stage as a draft; its hash is taken if it is not known."""
        mode = file_mode(is_private=is_private)
        return FileDraft(name, path, sha256 or file_digest(path), mode)

    def leave(self, drafts: Sequence[FileDraft]) -> None:
        """Put drafts into their places; only where ``may_overwrite`` has said yes.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        if not drafts:
            return
        for one in drafts:
            self.ledger.pending[one.name] = one.sha256
        self.note()
        if len(drafts) <= _FEW:
            for one in drafts:
                put_in_place(one.path, self.path(one.name), mode=one.mode)
        else:
            for one in drafts:
                set_rights(one.path, one.mode)
            move_drafts({one.path: self.path(one.name) for one in drafts})
        for one in drafts:
            self.ledger.outputs[one.name] = self._stamped(one.name, one.sha256)

    def take_as_ours(self, name: str, sha256: str) -> None:
        """Record a file as docgen's own: its bytes are those that docgen would leave."""
        self.ledger.outputs[name] = self._stamped(name, sha256)

    def adopt_pending(self) -> None:
        """Count what a killed build has written as docgen's own, before its notes go."""
        for name in self.ledger.pending:
            if is_pending(self.ledger, name, self.path(name)):
                self.ledger.outputs[name] = stamp_output(self.path(name))
                self.ledger.edited -= {name}
        self.ledger.pending.become({})

    def note(self) -> None:
        """Write what has changed in the ledger to the disk.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        write_ledger(self.folder, self.ledger)

    def _stamped(self, name: str, sha256: str) -> FileStamp:
        stat = self.path(name).stat()
        return FileStamp(stat.st_size, stat.st_mtime_ns, sha256)


def unreadable_problem(name: str, store: OutputStore) -> Problem:
    """Return the error that a PDF which a person has changed cannot be read."""
    return Problem(
        "edited-output",
        Location(file=str(store.path(name))),
        "PDF изменён после сборки и не открывается: он повреждён или закрыт паролем; верните его "
        f'или соберите заново: docgen build --redo "{name.rpartition("/")[2]}"',
    )
