"""A .pdf put together object by object, under numbers that its maker chooses."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from docgen.pages.reading import BrokenPdfError

CATALOG, INFORMATION, PAGES, FIRST_FREE = 1, 2, 3, 4


@dataclass(slots=True)
class Copier:
    """Writes objects of one file into another, under numbers from ``free`` on."""

    free: int
    numbers: dict[int, int] = field(default_factory=dict)
    waiting: list[IndirectObject] = field(default_factory=list)

    def take(self) -> int:
        """Return a number that nothing has."""
        self.free += 1
        return self.free - 1

    def encode(self, value: PdfObject) -> bytes:
        """Return an object as it is written, its references renumbered."""
        if isinstance(value, IndirectObject):
            if value.idnum not in self.numbers:
                self.numbers[value.idnum] = self.take()
                self.waiting.append(value)
            return b"%d 0 R" % self.numbers[value.idnum]
        if isinstance(value, ArrayObject):
            return b"[%s]" % b" ".join([self.encode(one) for one in value])
        if isinstance(value, DictionaryObject) and not isinstance(value, StreamObject):
            return dictionary({key: self.encode(value.raw_get(key)) for key in value})
        return _written(value)

    def drain(self) -> dict[int, bytes]:
        """Return what was referred to, and what that refers to, by its new numbers."""
        bodies = {}
        while self.waiting:
            reference = self.waiting.pop()
            found = reference.get_object()
            if found is None:
                raise BrokenPdfError("reference to nothing")
            bodies[self.numbers[reference.idnum]] = self.encode(found)
        return bodies


def _written(value: PdfObject) -> bytes:
    stream = io.BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


def dictionary(fields: Mapping[str, bytes]) -> bytes:
    """Return a dictionary of values that are written already."""
    return b"<<%s>>" % b" ".join([b"%s %s" % (key.encode(), it) for key, it in fields.items()])


def string(text: str) -> bytes:
    """Return a text as PDF spells it."""
    return _written(TextStringObject(text))


def to_file(bodies: Mapping[int, bytes]) -> bytes:
    """Return the file; numbers that nothing has are listed as free."""
    pieces = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    offset = len(pieces[0])
    size = max(bodies) + 1
    lines = [b"0000000000 65535 f \n"] * size
    for number in sorted(bodies):
        body = b"%d 0 obj\n%s\nendobj\n" % (number, bodies[number])
        lines[number] = b"%010d 00000 n \n" % offset
        pieces.append(body)
        offset += len(body)
    trailer = dictionary(
        {
            "/Size": b"%d" % size,
            "/Root": b"%d 0 R" % CATALOG,
            "/Info": b"%d 0 R" % INFORMATION,
        }
    )
    table = b"xref\n0 %d\n%s" % (size, b"".join(lines))
    return b"".join([*pieces, table, b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, offset)])
