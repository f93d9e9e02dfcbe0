"""The numbered objects of a PDF, sliced out of its bytes and parsed only when asked for.

Only files with a single table of objects are read directly, as LibreOffice and docgen write them;
qpdf rewrites any other file in that form first.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pikepdf

from docgen.errors import SignalError
from docgen.pages.syntax import BrokenPdfError, LockedPdfError, Ref, Value, parse

_TAIL_BYTES: Final = 2048
_ENTRY_BYTES: Final = 20
_START: Final = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\s+0 (\d{1,9})\s*?\r?\n")
_TABLE_ENTRY: Final = re.compile(rb"(\d{10}) 00000 n[ \r][\r\n]|\d{10} \d{5} f[ \r][\r\n]")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,10})(\s+\d+\s+R)?")
_STREAM: Final = re.compile(rb"stream\r?\n")
_UNKNOWN_IN_TRAILERS: Final = (b"/Prev", b"/XRefStm", b"/Encrypt")
_INHERITED: Final[tuple[bytes, ...]] = (b"/Resources", b"/MediaBox", b"/CropBox", b"/Rotate")
_MOST_LEVELS: Final = 64
_LONGEST_NUMBER: Final = 10


class _UnusualFileError(SignalError):
    """The file does not have a single table of objects; qpdf must rewrite it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the number of its object, its fields with the inherited ones."""

    number: int
    fields: Mapping[bytes, Value]


@dataclass(slots=True)
class PlainFile:
    """The objects of a PDF by their numbers, each as ``(start, end)`` in its bytes.

    ``frame`` has the numbers of the objects that hold the file together: catalog, pages and their
    tree. Filled while the file is opened, then only read.
    """

    data: bytes
    places: Mapping[int, tuple[int, int]]
    trailer: Mapping[bytes, Value]
    frame: set[int] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)

    def raw(self, number: int) -> tuple[bytes, bytes | None]:
        """Return an object as spelled in the file, and the data of a stream or None.

        The dictionary of a stream has its length as a number; a missing object is ``null``.
        """
        start, end = self.places.get(number, (0, 0))
        body = self.data[start:end].strip()
        if not start:
            return b"null", None
        if not body.endswith(b"endobj"):
            raise BrokenPdfError(f"object {number} has no end")
        body = body[:-6].rstrip()
        return self._split_stream(body) if body.endswith(b"endstream") else (body, None)

    def slices(self, places: Iterable[tuple[int, tuple[int, int]]]) -> bytes:
        """Return the bytes at some places, one after another."""
        return b"".join([self.data[start:end] for _, (start, end) in places])

    def _split_stream(self, body: bytes) -> tuple[bytes, bytes | None]:
        for found in _STREAM.finditer(body):
            head = body[: found.start()].rstrip()
            if not _is_whole(head):
                continue
            length = _LENGTH.search(head)
            if length is None:
                raise BrokenPdfError("a stream without a length")
            size = self._stream_length(int(length[1])) if length[2] else int(length[1])
            data = body[found.end() : found.end() + size]
            if body[found.end() + size :].strip() != b"endstream":
                raise BrokenPdfError("a stream of another length")
            number = b"/Length %d" % size
            return head[: length.start()] + number + head[length.end() :], data
        return body, None

    def _stream_length(self, number: int) -> int:
        digits = self.raw(number)[0]
        if not digits.isdigit() or len(digits) > _LONGEST_NUMBER:
            raise BrokenPdfError("a stream without a length")
        return int(digits)

    def get(self, value: Value | None) -> Value:
        """Return a value with references followed; ``null`` for None."""
        for _ in range(_MOST_LEVELS):
            if not isinstance(value, Ref):
                return b"null" if value is None else value
            value = parse(self.raw(value)[0])
        raise BrokenPdfError("a ring of references")

    def fields(self, value: Value | None) -> dict[bytes, Value]:
        """Return a dictionary, an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, dict) else {}

    def items(self, value: Value | None) -> list[Value]:
        """Return an array, an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, list) else []

    def content(self, number: int) -> bytes:
        """Return the unpacked data of a stream.

        Raises:
            BrokenPdfError: when it is no stream, or is packed in a way LibreOffice does not use.
        """
        head, data = self.raw(number)
        fields = parse(head)
        if data is None or not isinstance(fields, dict):
            raise BrokenPdfError(f"object {number} is no stream")
        packing = fields.get(b"/Filter")
        if packing is None:
            return data
        if packing not in (b"/FlateDecode", [b"/FlateDecode"]) or b"/DecodeParms" in fields:
            raise BrokenPdfError("a stream in an unknown packing")
        try:
            return zlib.decompress(data)
        except zlib.error as error:
            raise BrokenPdfError("a stream that cannot be unpacked") from error

    def contents(self, page: Page) -> list[int]:
        """Return the numbers of the streams that draw a page."""
        contents = page.fields.get(b"/Contents")
        streams = [contents] if self._is_stream(contents) else self.items(contents)
        return [one for one in streams if isinstance(one, Ref)]

    def drawing(self, page: Page) -> bytes:
        """Return what draws a page, unpacked.

        Raises:
            BrokenPdfError: when it cannot be unpacked.
        """
        return b"\n".join([self.content(number) for number in self.contents(page)])

    def _is_stream(self, value: Value | None) -> bool:
        return isinstance(value, Ref) and isinstance(self.get(value), dict)

    @property
    def catalog(self) -> dict[bytes, Value]:
        """The object from which all others are reached."""
        return self.fields(self.trailer.get(b"/Root"))

    @property
    def information(self) -> dict[bytes, Value]:
        """The information dictionary: title, producer."""
        return self.fields(self.trailer.get(b"/Info"))


def _is_whole(head: bytes) -> bool:
    """Whether a dictionary ends before the word ``stream``, which may also stand in a string."""
    if b"(" not in head:
        return head.endswith(b">>")
    try:
        return isinstance(parse(head), dict)
    except BrokenPdfError:
        return False


def open_plain(source: Path | bytes) -> PlainFile:
    """Return a PDF with its pages, at least one.

    Raises:
        LockedPdfError: when it opens with a password only.
        BrokenPdfError: when it is no PDF or has no pages.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        file = _sliced(data)
    except (_UnusualFileError, BrokenPdfError):
        file = None
    if file is None:
        try:
            file = _sliced(rewrite_plain(data))
        except _UnusualFileError as error:
            raise BrokenPdfError("unreadable PDF") from error
    if not file.pages:
        raise BrokenPdfError("PDF without pages")
    return file


def rewrite_plain(data: bytes) -> bytes:
    """Return any PDF rewritten with a single table of objects, its streams unchanged.

    Raises:
        LockedPdfError: when it opens with a password only.
        BrokenPdfError: when qpdf cannot read it.
    """
    stream = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(
                stream,
                encryption=False,
                fix_metadata_version=False,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except pikepdf.PasswordError as error:
        raise LockedPdfError("PDF with a password") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
    return stream.getvalue()


def _sliced(data: bytes) -> PlainFile:
    """Return the objects that the table of a PDF lists, and its pages."""
    tail = _START.search(data, max(0, len(data) - _TAIL_BYTES))
    table = _TABLE.match(data, int(tail[1])) if tail else None
    if tail is None or table is None or not data.startswith(b"%PDF-"):
        raise _UnusualFileError
    end = table.end() + int(table[1]) * _ENTRY_BYTES
    entries = _TABLE_ENTRY.findall(data, table.end(), end)
    rest = data[end : tail.start()].lstrip()
    if len(entries) != int(table[1]) or not rest.startswith(b"trailer"):
        raise _UnusualFileError
    trailer = parse(rest[len(b"trailer") :])
    if not isinstance(trailer, dict) or any(key in trailer for key in _UNKNOWN_IN_TRAILERS):
        raise _UnusualFileError
    file = PlainFile(data, dict(_places(data, entries, table.start())), trailer)
    root = trailer.get(b"/Root")
    if isinstance(root, Ref):
        file.frame.add(root)
    file.pages += _pages(file, file.catalog.get(b"/Pages"), {}, 0)
    return file


def _places(data: bytes, entries: list[bytes], table: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the place of each object, from after its number to before the next object."""
    starts = sorted((int(entry), number) for number, entry in enumerate(entries) if entry)
    ends = [*(start for start, _ in starts[1:]), table]
    for (start, number), end in zip(starts, ends, strict=True):
        mark = b"%d 0 obj" % number
        if not data.startswith(mark, start) or end <= start:
            raise _UnusualFileError
        yield number, (start + len(mark), end)


def _pages(
    file: PlainFile, node: Value | None, inherited: Mapping[bytes, Value], depth: int
) -> Iterator[Page]:
    """Yield the pages under a node of their tree."""
    fields = file.fields(node)
    if depth > _MOST_LEVELS or not isinstance(node, Ref) or node in file.frame:
        raise BrokenPdfError("no tree of pages")
    file.frame.add(node)
    whole = {**inherited, **fields}
    if b"/Kids" not in fields:
        yield Page(int(node), whole)
        return
    passed_on = {key: whole[key] for key in _INHERITED if key in whole}
    for kid in file.items(fields[b"/Kids"]):
        yield from _pages(file, kid, passed_on, depth + 1)
