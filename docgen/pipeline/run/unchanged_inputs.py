"""What a build has to do when nothing has changed since the last one: nothing, and to say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen import registers
from docgen.archive import ARCHIVE
from docgen.errors import Problem
from docgen.files import is_lock
from docgen.pipeline.output.edited_files import edited_problem
from docgen.pipeline.output.ledger import (
    FileStamp,
    Ledger,
    outputs_are_whole,
    same_inputs,
    take_stamps,
)
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.places import Findings
from docgen.pipeline.output.privacy import restrict_output
from docgen.pipeline.output.store import OutputStore
from docgen.pipeline.run.state import Result
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.wish import Wish

_PICTURE: Final = "картинка "
"""What marks the names of pictures among the inputs of a ledger."""


def archive_stamps(folders: Folders) -> dict[str, FileStamp]:
    """Return the stamps of archived files: one added or removed makes the output stale."""
    archive = folders.workspace / ARCHIVE
    files = (path for path in archive.rglob("*") if path.is_file() and not is_lock(path))
    return stamps_of(sorted(files), folders)


def pictures_in(ledger: Ledger) -> list[str]:
    """Return the paths in the workspace of the pictures that the last build printed."""
    return [name.removeprefix(_PICTURE) for name in ledger.inputs if name.startswith(_PICTURE)]


def picture_stamps(paths: Iterable[Path | str], folders: Folders) -> dict[str, FileStamp]:
    """Return the stamps of pictures; their names are relative to the workspace, marked as such."""
    base = folders.workspace.resolve()
    files = {base / path for path in paths}
    return take_stamps(
        sorted(files), {one: f"{_PICTURE}{one.relative_to(base).as_posix()}" for one in files}
    )


def stamps_of(files: Sequence[Path], folders: Folders) -> dict[str, FileStamp]:
    """Return the stamps of files, called as a person knows them."""
    return take_stamps(files, {path: folders.shown(path) for path in files})


def is_done(
    inputs: dict[str, FileStamp],
    output: Path,
    options: str,
    wish: Wish,
    ledger: Ledger,
) -> bool:
    """Return whether nothing has changed since the last whole build."""
    is_redone = any(path.resolve().is_relative_to(output) for path in wish.redo)
    if wish.is_partial or is_redone or wish.password:
        return False
    return (
        ledger.is_complete
        and ledger.options == options
        and same_inputs(inputs, ledger.inputs)
        and outputs_are_whole(output, ledger)
    )


def nothing_to_do(
    folders: Folders, books: Sequence[Path], output: Path, ledger: Ledger
) -> tuple[Result, Findings]:
    """Return what an up-to-date workspace still has to report: open workbooks, edited outputs."""
    restrict_output(output, read_manifest(output))
    problems: list[Problem] = []
    for path in books:
        problems += registers.lock_warnings(path, shown=folders.shown(path))
    store = OutputStore(output, ledger)
    for name in sorted(ledger.edited):
        problem = edited_problem(name, store)
        where = replace(problem.where, file=folders.shown(problem.where.file))
        problems.append(replace(problem, where=where))
    result = Result(kept=len(ledger.documents), is_up_to_date=True)
    result.silent_warnings = max(0, ledger.warnings - len(ledger.edited))
    return result, Findings(folders.workspace.name, problems)
