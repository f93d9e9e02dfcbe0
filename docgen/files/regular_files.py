"""Reading of regular files in one step: a pipe, a folder or a huge file is refused at once."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from docgen.errors import SignalError

# Windows knows no pipes that wait; others do not tell bytes from text.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(SignalError, OSError):
    """What bears the name is no regular file, or has another size than it may have."""


def read_regular(path: Path, *, size: int | None = None, most_bytes: int | None = None) -> bytes:
    """Return the bytes of a regular file; one of another ``size`` is not read.

    Raises:
        NotRegularError: when it is none, has another size, or more than ``most_bytes``.
        OSError: when it cannot be read.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotRegularError("no file")
        is_other = size is not None and found.st_size != size
        if is_other or (most_bytes is not None and found.st_size > most_bytes):
            raise NotRegularError("another size")
        parts = []
        while part := os.read(descriptor, found.st_size + 1):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)
