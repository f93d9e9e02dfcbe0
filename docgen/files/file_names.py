"""Which names every file system takes, and how names are kept apart."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

NAME_LIMIT = 180
"""The most bytes of UTF-8 in one file name: LibreOffice and Windows add marks of their own."""

_NAMELESS = "без имени"
_DASHED = str.maketrans(dict.fromkeys("/\\|:", "-"))
_DROPPED = str.maketrans(dict.fromkeys('<>"?*'))
_FORMAT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$", re.IGNORECASE)
_DIGEST_LETTERS = 6


def safe_name(text: str, suffix: str = "") -> str:
    """Return ``text`` as one file name, e.g. ``Приказ № 31/2`` as ``Приказ № 31-2``.

    The result is NFC, without signs that Windows forbids, control, bidi and other invisible
    characters, reserved names, edge dots, blanks and hyphens; with ``suffix`` it has at most
    ``NAME_LIMIT`` bytes. A name that had to be cut ends in letters of its file_digest, so that long
    names that differ stay apart.
    """
    text = unicodedata.normalize("NFC", text).translate(_DASHED).translate(_DROPPED)
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _FORMAT_CATEGORIES)
    name = _trim(unicodedata.normalize("NFC", " ".join(visible.split()))) or _NAMELESS
    stem, dot, rest = name.partition(".")
    if _RESERVED.match(stem.rstrip()):
        name = f"{stem.rstrip()}_{dot}{rest}"
    return _cut(name, NAME_LIMIT - len(suffix.encode())) + suffix


def _trim(name: str) -> str:
    """Drop what must not stand at either end of a name."""
    return name.lstrip(" .-~$").rstrip(" .")


def _cut(name: str, limit: int) -> str:
    """Return ``name`` in at most ``limit`` bytes, a digest in place of what was cut."""
    encoded = name.encode()
    if len(encoded) <= limit:
        return name
    mark = f"~{hashlib.sha256(encoded).hexdigest()[:_DIGEST_LETTERS]}"
    return _trim(encoded[: limit - len(mark)].decode(errors="ignore")) + mark


def unique_names(names: Iterable[str], suffix: str = "") -> list[str]:
    """Return the names in order, numbering those that repeat an earlier one: ``Приказ (2)``.

    Case does not tell names apart. Names have no suffix yet and come out without it; ``suffix``
    only counts for the length. A name may be a path with ``/``: then its last part is numbered.
    """
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        folder, slash, last = name.rpartition("/")
        candidate, number = name, 1
        while candidate.casefold() in taken:
            number += 1
            mark = f" ({number})"
            room = NAME_LIMIT - len(mark.encode()) - len(suffix.encode())
            candidate = f"{folder}{slash}{_cut(last, room)}{mark}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result


def compose_names(folder: Path) -> None:
    """Rename what lies below a folder with its letters taken apart, as macOS and archivers do it.

    What cannot be renamed, or has a twin of the right name, stays.
    """
    for place, folders, files in os.walk(folder, topdown=False):
        for name in (*folders, *files):
            composed = unicodedata.normalize("NFC", name)
            target = Path(place, composed)
            if composed != name and not target.exists():
                with contextlib.suppress(OSError):
                    Path(place, name).rename(target)
