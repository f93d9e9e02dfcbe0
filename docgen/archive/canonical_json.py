"""JSON whose hash goes over what it says, not over how an editor has saved it."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path
from typing import Any, Final

from docgen.errors import SignalError
from docgen.files import NotRegularError, read_regular

LIMIT_BYTES: Final = 32_000_000
"""An order of a thousand pairs reads some 3 MB of cells."""
_UTF_16: tuple[bytes, ...] = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnreadableJsonError(SignalError, ValueError):
    """Bytes that are no JSON object."""


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableJsonError("a key stands twice")
    return found


# Made once: an archive is thousands of small files.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(object_pairs_hook=_without_twins)


def canonical(value: object) -> bytes:
    """Return a value as UTF-8 with sorted keys and no blanks: equal values give equal bytes."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def content_hash(value: object) -> str:
    """Return the SHA-256 of what a value says, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parse(data: bytes) -> dict[str, Any]:
    """Return the object that bytes spell; a mark of byte order and line ends do not matter.

    Windows Notepad saves UTF-8 with a mark, and «Юникод» as UTF-16.

    Raises:
        UnreadableJsonError: when they spell none, or one key twice.
    """
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        value = _DECODER.decode(data.decode(encoding, "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise UnreadableJsonError(type(error).__name__) from error
    if not isinstance(value, dict):
        raise UnreadableJsonError(type(value).__name__)
    return value


def read_json(path: Path) -> dict[str, Any]:
    """Return the object that a file spells; no record or event is as large as ``LIMIT_BYTES``.

    Raises:
        OSError: when it cannot be read.
        UnreadableJsonError: when it spells none, or is too large to be a record.
    """
    try:
        return parse(read_regular(path, most_bytes=LIMIT_BYTES))
    except NotRegularError as error:
        raise UnreadableJsonError(str(error)) from error
