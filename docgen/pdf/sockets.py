"""The sockets that LibreOffice leaves in the folder for temporary files of the whole machine.

A second process finds the first by a socket that is named after the profile. LibreOffice puts it
into ``/tmp`` whatever it is told (seen on 7.4 and in its sources), and leaves it when it is killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FOLDERS: Final = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - where LibreOffice puts them
LIST: Final = "sockets"
"""The file in the folder of a LibreOffice that names its sockets, one a line."""


def sockets_of(profile: Path) -> Iterator[Path]:
    """Yield where the socket of a profile would lie."""
    url = profile.as_uri().encode("utf-16-le")
    digest = hashlib.md5(url, usedforsecurity=False).digest()
    # LibreOffice writes each byte without a leading nought.
    name = "".join(f"{byte:x}" for byte in digest)
    for folder in _FOLDERS:
        yield folder / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}"


def list_sockets(folder: Path, profile: Path) -> None:
    """Write their names into a folder, for whoever cleans it up when docgen is killed."""
    names = "".join(f"{one}\n" for one in sockets_of(profile))
    (folder / LIST).write_text(names, encoding="utf-8")


def remove_sockets(profile: Path) -> None:
    """Remove what a killed LibreOffice has left."""
    for one in sockets_of(profile):
        with contextlib.suppress(OSError):
            if one.is_socket():
                one.unlink()
