"""Fingerprints of what each page of a PDF draws, read through qpdf to prove docgen's writing."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import pikepdf

from docgen.pages.objects_write import FIRST_FREE
from docgen.pages.page_writer import AFTER_STAMPED, BEFORE_STAMPED, STAMP_NAME
from docgen.pages.syntax import BrokenPdfError

_STAMP: Final = STAMP_NAME.decode()
_MOST_LEVELS: Final = 40
_TABLE: Final = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TAIL, _ENTRY, _MOST_BEGINNINGS = 64, 20, 64
_Digests: TypeAlias = "dict[tuple[int, int], bytes]"
_known_fonts: Final[dict[bytes, _Digests]] = {}


@dataclass(frozen=True, slots=True)
class PagePrint:
    """A fingerprint of what a page draws, of all that it draws with, and its box in points.

    A margin stamp on top, as ``join_into`` draws it, is left out.
    """

    drawing: bytes
    box: tuple[float, ...]


def page_prints(source: Path | bytes, fonts: tuple[int, int] | None = None) -> list[PagePrint]:
    """Return the fingerprints of all pages.

    Papers cut from one batch begin with the same fonts. With ``fonts``, the offset where these end
    and the first object number after theirs, they are read once for all files that have the same
    bytes at the same places.

    Raises:
        BrokenPdfError: when the PDF cannot be read or has no pages.
    """
    beginning = _beginning(source, *fonts) if fonts and isinstance(source, bytes) else b""
    try:
        with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
            reader = _ObjectDigester(dict(_known_fonts.get(beginning, {})))
            prints = [reader.page(page) for page in pdf.pages]
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
    if not prints:
        raise BrokenPdfError("PDF without pages")
    if fonts and beginning and beginning not in _known_fonts:
        if len(_known_fonts) >= _MOST_BEGINNINGS:
            _known_fonts.clear()
        numbers = range(FIRST_FREE, fonts[1])
        _known_fonts[beginning] = {
            place: digest for place, digest in reader.known.items() if place[0] in numbers
        }
    return prints


def _beginning(data: bytes, end: int, free: int) -> bytes:
    """Return a digest of a file up to an offset and of the table entries for what is there."""
    table = _TABLE.search(data, max(0, len(data) - _TAIL))
    if table is None:
        return b""
    entries = data.find(b"\n", int(table[1]) + len(b"xref\n")) + 1
    sums = hashlib.sha256(data[:end])
    sums.update(data[entries + FIRST_FREE * _ENTRY : entries + free * _ENTRY])
    return sums.digest()


@dataclass(slots=True)
class _ObjectDigester:
    """Digests objects of one file; fills ``known`` with those that have been read."""

    known: dict[tuple[int, int], bytes] = field(default_factory=dict)
    under_way: list[tuple[int, int]] = field(default_factory=list)

    def page(self, page: pikepdf.Page) -> PagePrint:
        """Return the fingerprint of a page."""
        resources = page.resources
        streams = list(_streams(page.obj.get("/Contents")))
        is_stamped = _is_stamped(streams, resources)
        sums = hashlib.sha256()
        for one in streams[1:-1] if is_stamped else streams:
            sums.update(self.digest_of(one))
        for kind in sorted(resources.keys()):
            names = resources[kind]
            if not isinstance(names, pikepdf.Dictionary):
                sums.update(kind.encode() + self.digest_of(names))
                continue
            for name in sorted(names.keys()):
                if not (is_stamped and name == _STAMP):
                    sums.update(f"{kind} {name}".encode() + self.digest_of(names[name]))
        turn = float(page.obj.get("/Rotate", 0))
        return PagePrint(sums.digest(), (*map(float, page.mediabox), turn))

    def digest_of(self, item: Any, depth: int = 0) -> bytes:
        """Return a digest of an object with everything that it refers to."""
        if depth > _MOST_LEVELS:
            raise BrokenPdfError("objects too deep in each other")
        place = getattr(item, "objgen", (0, 0))
        if place == (0, 0):
            return self._compute(item, depth)
        if place in self.under_way:
            # LibreOffice's forms refer to their page's resources, which hold these forms.
            return b"ring %d" % self.under_way.index(place)
        if place not in self.known:
            self.under_way.append(place)
            self.known[place] = self._compute(item, depth)
            self.under_way.pop()
        return self.known[place]

    def _compute(self, item: Any, depth: int) -> bytes:
        sums = hashlib.sha256()
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            for key in sorted(item.keys()):
                if key != "/Length":
                    sums.update(key.encode() + self.digest_of(item[key], depth + 1))
            if isinstance(item, pikepdf.Stream):
                sums.update(item.read_raw_bytes())
        elif isinstance(item, pikepdf.Array):
            # An array without references is its spelling.
            spelling = item.unparse()
            sums.update(spelling)
            if b" R" in spelling:
                sums = hashlib.sha256(b"".join(self.digest_of(one, depth + 1) for one in item))
        else:
            sums.update(repr(item).encode())
        return sums.digest()


def _streams(contents: Any) -> Iterator[Any]:
    if isinstance(contents, pikepdf.Array):
        yield from contents
    elif contents is not None:
        yield contents


def _is_stamped(streams: list[Any], resources: Any) -> bool:
    """Whether the contents of a page stand between those that draw a margin stamp."""
    return (
        len(streams) > 1
        and _STAMP in resources.get("/XObject", {})
        and streams[0].read_bytes() == BEFORE_STAMPED
        and streams[-1].read_bytes() == AFTER_STAMPED
    )
