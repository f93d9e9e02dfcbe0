"""Strict Open XML: the names of the other edition of the standard, turned into those of the usual.

Excel writes «Строгая книга Open XML (.xlsx)» so. The parts are the same; every namespace and every
kind of relation has another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_LONGEST_TAG: Final = 4 << 10
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_USUAL: Final = b"http://schemas.openxmlformats.org/"
_NAMES: Final = tuple(
    (_STRICT + strict, _USUAL + usual)
    for strict, usual in (
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"officeDocument/relationships/metadata/", b"package/2006/relationships/metadata/"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/", b"officeDocument/2006/"),
        (b"drawingml/spreadsheetDrawing", b"drawingml/2006/spreadsheetDrawing"),
        (b"drawingml/", b"drawingml/2006/"),
        (b"schemaLibrary/main", b"schemaLibrary/2006/main"),
    )
)


def with_usual_names(part: bytes) -> bytes:
    """Return a part of a package with the names of the usual edition."""
    if _STRICT in part:
        for strict, usual in _NAMES:
            part = part.replace(strict, usual)
    return part


def pieces_with_usual_names(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a part with the names of the usual edition, none of them cut in two."""
    kept = b""
    for piece in pieces:
        whole = kept + piece
        # A name stands inside a tag: what follows the last sign of a tag waits for the next piece.
        cut = whole.rfind(b"<", -_LONGEST_TAG)
        ready, kept = (whole[:cut], whole[cut:]) if cut >= 0 else (whole, b"")
        yield with_usual_names(ready)
    yield with_usual_names(kept)
