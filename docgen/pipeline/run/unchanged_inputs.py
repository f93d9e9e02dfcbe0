"""What a build has to do when nothing has changed since the last one: nothing, and to say so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen import registers
from docgen.archive import archive_folder
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
from docgen.pipeline.workspace.picture_cells import picture_paths
from docgen.pipeline.workspace.readiness import Ready
from docgen.pipeline.workspace.scan_cells import scan_paths
from docgen.pipeline.workspace.wish import Wish

_PICTURE: Final = "картинка "
_SCAN: Final = "скан "
"""What marks the names of pictures and of scans among the inputs of a ledger."""
_ABSENT: Final = FileStamp(-1, 0)


def archive_stamps(folders: Folders) -> dict[str, FileStamp]:
    """Return one stamp of all archived files: one added, removed or changed makes another.

    Ten thousand files are walked through in a moment; ten thousand rows of a ledger are not.
    """
    archive = archive_folder(folders.workspace)
    digest = hashlib.sha256()
    count = 0
    for name, stamp in _stamps_below(str(archive), ""):
        digest.update(f"{name}\0{stamp.size}\0{stamp.mtime_ns}\n".encode("utf-8", "surrogatepass"))
        count += 1
    if not count:
        return {}
    # An integer of SQLite has 63 bits.
    return {folders.shown(archive): FileStamp(count, int.from_bytes(digest.digest()[:7], "big"))}


def _stamps_below(folder: str, shown: str) -> Iterator[tuple[str, FileStamp]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError:
        return
    for one in entries:
        name = f"{shown}/{one.name}"
        if one.is_dir():
            yield from _stamps_below(one.path, name)
        elif one.is_file() and not is_lock(one.name):
            stat = one.stat()
            yield name, FileStamp(stat.st_size, stat.st_mtime_ns)


def files_named_in(ledger: Ledger, folders: Folders) -> dict[str, FileStamp]:
    """Return the stamps, as they are now, of pictures and scans that the last build has read."""
    found: dict[str, FileStamp] = {}
    for mark in (_PICTURE, _SCAN):
        names = (name for name in ledger.inputs if name.startswith(mark))
        found |= _marked_stamps((name.removeprefix(mark) for name in names), mark, folders)
    return found


def named_stamps(ready: Ready) -> dict[str, FileStamp]:
    """Return the stamps of pictures and scans that cells name."""
    workspace, folders = ready.workspace, ready.folders
    pictures = picture_paths(workspace.records, ready.schemas, folders.workspace)
    return _marked_stamps(pictures, _PICTURE, folders) | scan_stamps(scan_paths(workspace), folders)


def scan_stamps(paths: Iterable[Path], folders: Folders) -> dict[str, FileStamp]:
    """Return the stamps of scans; their names are relative to the workspace, marked as such."""
    return _marked_stamps(paths, _SCAN, folders)


def _marked_stamps(
    paths: Iterable[Path | str], mark: str, folders: Folders
) -> dict[str, FileStamp]:
    base = folders.workspace.resolve()
    files = {base / path for path in paths}
    names = {one: f"{mark}{one.relative_to(base).as_posix()}" for one in files}
    # One that is absent is noted too: its coming is a change.
    return dict.fromkeys(names.values(), _ABSENT) | take_stamps(sorted(files), names)


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
