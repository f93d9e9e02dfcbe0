"""Temporary files that a run leaves in an output folder: their names and their removal."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

LEFTOVER_PREFIX, LEFTOVER_SUFFIX = ".docgen-", ".tmp"
"""What the names of temporary files and folders begin and end with."""


def find_leftovers(folder: Path) -> list[Path]:
    """Return the temporary files and folders below ``folder``, of killed or running builds."""
    return sorted(
        Path(place, name)
        for place, folders, files in os.walk(folder)
        for name in (*folders, *files)
        if name.startswith(LEFTOVER_PREFIX) and name.endswith(LEFTOVER_SUFFIX)
    )


def remove_leftovers(folder: Path) -> int:
    """Remove the temporary files and folders below ``folder``; return how many there were.

    Call it under ``folder_lock``: a living run's temporary files look the same.
    """
    leftovers = find_leftovers(folder)
    for leftover in leftovers:
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
    return len(leftovers)


@contextlib.contextmanager
def tidied(*folders: Path) -> Iterator[None]:
    """Remove leftovers below ``folders`` before the block, and after it if it fails.

    Call it under ``folder_lock``, as ``remove_leftovers``.
    """
    for folder in folders:
        remove_leftovers(folder)
    try:
        yield
    except BaseException:
        for folder in folders:
            remove_leftovers(folder)
        raise
