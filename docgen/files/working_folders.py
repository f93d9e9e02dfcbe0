"""Private temporary folders for documents under way, and those that killed runs left."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "docgen-"
_LOCK_NAME = ".docgen.lock"
_LONG_S = 600.0


@contextlib.contextmanager
def working_folder() -> Iterator[Path]:
    """Make a temporary folder that only its owner can enter; remove it after the block.

    The lock in it shows that its run is alive: a killed run leaves the folder unlocked.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    # One thread may take the lock and another release it.
    lock = FileLock(folder / _LOCK_NAME, thread_local=False)
    try:
        with lock:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_abandoned_folders() -> list[Path]:
    """Return the working folders that killed runs of this person left on this machine."""
    return [
        folder
        for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))
        if _is_abandoned(folder)
    ]


def remove_abandoned_folders(older_than_s: float = _LONG_S) -> None:
    """Remove the working folders that killed runs left some time ago, as far as they let it.

    A run that is just starting may not hold its lock yet, so young folders are left alone.
    """
    now = time.time()
    for folder in find_abandoned_folders():
        with contextlib.suppress(OSError):
            if now - folder.stat().st_mtime >= older_than_s:
                shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    lock = folder / _LOCK_NAME
    try:
        is_ours = folder.is_dir() and not folder.is_symlink() and _is_own(folder)
        if not (is_ours and lock.is_file()):
            return False
        with FileLock(lock, timeout=0):
            return True
    except (OSError, Timeout):
        return False


def _is_own(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
