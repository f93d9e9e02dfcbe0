"""Copies of people's workbooks, kept before docgen writes into one, and how it is replaced."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from pathlib import Path
from typing import Final

from docgen import files
from docgen.registers.books import COPIES
from docgen.registers.shared_books import refuse_open, unusable

MOST_COPIES: Final = 30
_PATIENCE_S: Final = 30.0
_WRITABLE: Final = 0o222
_MOMENT: Final = r" \d{4}-\d\d-\d\d \d\d-\d\d-\d\d(?: \(\d+\))?\.xlsx"


def replace_book(path: Path, old: bytes, new: bytes) -> None:
    """Put a workbook in place of another, of which a copy is kept first.

    A kill at any moment leaves the one or the other. Rights stay as they were.

    Raises:
        UsageError: when an office program holds the file, somebody saved it meanwhile, or the disk
            refuses.
    """
    folder = path.parent / COPIES
    _refuse_changed(path, old)
    try:
        folder.mkdir(mode=files.PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise files.unwritable_error(folder, error) from error
    with files.folder_lock(folder, timeout_s=_PATIENCE_S, doing="пополняет"):
        files.remove_leftovers(folder)
        draft = folder / f"{files.LEFTOVER_PREFIX}{os.getpid()}{files.LEFTOVER_SUFFIX}"
        files.put_in_place(
            files.write_draft(draft, old), _free_name(folder, path), mode=files.PRIVATE_FILE
        )
        mode = path.stat().st_mode & 0o777
        files.write_draft(draft, new)
        try:
            _refuse_changed(path, old)
            # What a link leads to may lie on another disk.
            if path.is_symlink():
                files.atomic_write(path.resolve(), new, mode=mode)
            else:
                files.put_in_place(draft, path, mode=mode)
        finally:
            draft.unlink(missing_ok=True)
        _forget_oldest(folder, path)


def _refuse_changed(path: Path, old: bytes) -> None:
    refuse_open(path)
    if path.is_symlink():
        refuse_open(path.resolve())
    try:
        is_same = path.read_bytes() == old
    except OSError:
        is_same = False
    if is_same and not path.stat().st_mode & _WRITABLE:
        message = f"у «{path.name}» стоит «только для чтения»; снимите этот признак и повторите"
        raise unusable(path, message)
    if not is_same:
        message = f"«{path.name}» изменили, пока docgen её читал; повторите"
        raise unusable(path, message)


def _free_name(folder: Path, path: Path) -> Path:
    """Return the name of a new copy: the workbook's, with day and time."""
    moment = f"{dt.datetime.now().astimezone():%Y-%m-%d %H-%M-%S}"
    number = 1
    while True:
        again = f" ({number})" if number > 1 else ""
        name = f"{_stem(path)} {moment}{again}.xlsx"
        if not (folder / name).exists():
            return folder / name
        number += 1


def _stem(path: Path) -> str:
    return files.safe_name(path.stem)


def _forget_oldest(folder: Path, path: Path) -> None:
    """Remove the oldest copies of a workbook; files of other names are people's own."""
    is_own = re.compile(re.escape(_stem(path)) + _MOMENT).fullmatch
    found = ((unicodedata.normalize("NFC", one.stem), one) for one in folder.iterdir())
    copies = [one for stem, one in sorted(found) if is_own(f"{stem}{one.suffix}")]
    for one in copies[:-MOST_COPIES]:
        one.unlink(missing_ok=True)
