"""The second copies of all that the archive keeps, by the hashes of what they say."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.archive.archive_folders import SECOND_COPIES
from docgen.files import (
    LEFTOVER_PREFIX,
    LEFTOVER_SUFFIX,
    PRIVATE_FILE,
    atomic_write,
    read_regular,
    unwritable_error,
    write_draft,
)

_NAME: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SecondCopies:
    """The folder ``архив/.хранилище``: a file for each hash."""

    archive: Path

    def path(self, sha256: str) -> Path:
        """Return where the copy of a file with this SHA-256 lies."""
        return self.archive / SECOND_COPIES / sha256

    def read(self, sha256: str) -> bytes | None:
        """Return the copy, None when there is none or it is not what its name says."""
        try:
            data = read_regular(self.path(sha256))
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def has(self, sha256: str, size: int) -> bool:
        """Return whether a copy of that size lies there; it is proven when it is needed."""
        try:
            # A string, not a path: there are thousands, each asked for.
            return os.stat(f"{self.archive}/{SECOND_COPIES}/{sha256}").st_size == size  # noqa: PTH116
        except OSError:
            return False

    def small_names(self, most_bytes: int) -> list[str]:
        """Return the names of the copies of at most so many bytes, sorted."""
        try:
            with os.scandir(self.archive / SECOND_COPIES) as found:
                return sorted(
                    one.name
                    for one in found
                    if _NAME.fullmatch(one.name) and one.stat().st_size <= most_bytes
                )
        except OSError:
            return []

    def write(self, data: bytes, *, is_flushed: bool = True) -> str:
        """Keep a copy of a file; return its SHA-256.

        One that is not ``is_flushed`` is safe only once the disk has been flushed.

        Raises:
            UsageError: ``output-unwritable`` when the disk refuses.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if self.read(sha256) is not None:
            return sha256
        if is_flushed:
            atomic_write(path, data, mode=PRIVATE_FILE)
            return sha256
        draft = path.with_name(f"{LEFTOVER_PREFIX}{os.getpid()}-{sha256[:16]}{LEFTOVER_SUFFIX}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_draft(draft, data, mode=PRIVATE_FILE).replace(path)
        except OSError as error:
            raise unwritable_error(path, error) from error
        return sha256
