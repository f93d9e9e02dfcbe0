"""A package in which some parts say something else, and every other byte stays as it was.

Packing anew would change how parts are compressed, in which order they lie, what programs have
noted beside them; ``zipfile`` cannot put a part in place of another. So the format is read here.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docgen.registers.cells_read import DamagedBookError

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LISTED: Final = struct.Struct("<4s6H3L5H2L")
_CLOSING: Final = struct.Struct("<4s4H2LH")
_CLOSING_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_LOCAL_SIGN, _LISTED_SIGN, _CLOSING_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_CLOSING_64_SIGN, _LOCATOR_64_SIGN = b"PK\x06\x06", b"PK\x06\x07"
_STORED, _DEFLATED = 0, 8
_UTF8: Final = 0x0800
_SIZES_OF_ITS_OWN: Final = 0x0001
"""The mark of the extra field that has sizes beyond 4 GB."""
_FULL: Final = 0xFFFFFFFF
_FULL_SHORT: Final = 0xFFFF
_VERSION: Final = 20
_EPOCH: Final = (0, 0x0021)
"""The time and day of parts that docgen makes: none may depend on the clock."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part in the directory of a package; ``fields`` are as ``_LISTED`` reads them."""

    fields: tuple[int, ...]
    raw_name: bytes
    extra: bytes
    comment: bytes
    offset: int

    @property
    def name(self) -> str:
        flags = self.fields[3]
        return self.raw_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")

    def listed(self, offset: int) -> bytes:
        """Return the entry of the directory with another place of the part."""
        fields, extra = list(self.fields), self.extra
        if fields[16] == _FULL:
            extra = _with_offset(extra, fields, offset)
        else:
            fields[16] = offset
        head = _LISTED.pack(_LISTED_SIGN, *fields[1:10], *_lengths(self, extra), *fields[13:17])
        return head + self.raw_name + extra + self.comment


def patched_package(
    data: bytes, parts: Mapping[str, bytes], new: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a package with the contents of some of its parts replaced, by their names.

    The ``new`` parts, of names that no part has, are put behind the others.

    Raises:
        DamagedBookError: when it is no package in which a part can be put in place of another.
    """
    try:
        return _patched(data, dict(parts), new or {})
    except (struct.error, IndexError) as error:
        raise _damaged() from error


def _patched(data: bytes, parts: dict[str, bytes], new: Mapping[str, bytes]) -> bytes:
    end = data.rfind(_CLOSING_SIGN)
    if end < 0:
        raise _damaged()
    entries, start = _directory(data, end)
    by_place = sorted(entries, key=lambda one: one.offset)
    ends = [*(one.offset for one in by_place[1:]), start]
    body: list[bytes] = [data[: by_place[0].offset if by_place else start]]
    length = len(body[0])
    listed: dict[int, bytes] = {}
    for entry, until in zip(by_place, ends, strict=True):
        content = parts.pop(entry.name, None)
        if content is None:
            piece, renewed = data[entry.offset : until], entry
        else:
            piece, renewed = _renewed(data, entry, content)
        listed[id(entry)] = renewed.listed(length)
        body.append(piece)
        length += len(piece)
    if parts or {one.name for one in entries} & new.keys():
        raise _damaged()
    directory = [listed[id(one)] for one in entries]
    for name, content in new.items():
        piece, entry = _made(name, content)
        directory.append(entry.listed(length))
        body.append(piece)
        length += len(piece)
    whole = b"".join(directory)
    return b"".join([*body, whole, *_closing(data, end, len(whole), length, more=len(new))])


def _directory(data: bytes, end: int) -> tuple[list[_Entry], int]:
    """Return the entries of a package in their order, and where its directory begins."""
    count, size, start = _CLOSING.unpack_from(data, end)[4:7]
    large = _closing_64(data, end)
    if large is not None:
        count, size, start = large[7:10]
    place = start
    entries = []
    for _ in range(count):
        fields = _LISTED.unpack_from(data, place)
        name_at = place + _LISTED.size
        extra_at = name_at + fields[10]
        comment_at = extra_at + fields[11]
        place = comment_at + fields[12]
        extra = data[extra_at:comment_at]
        offset = _large_offset(extra, fields) if fields[16] == _FULL else fields[16]
        entry = _Entry(fields, data[name_at:extra_at], extra, data[comment_at:place], offset)
        if fields[0] != _LISTED_SIGN or data[offset : offset + 4] != _LOCAL_SIGN:
            raise _damaged()
        entries.append(entry)
    if place != start + size or len({one.offset for one in entries}) < len(entries):
        raise _damaged()
    return entries, start


def _closing_64(data: bytes, end: int) -> tuple[int, ...] | None:
    at = end - _LOCATOR_64.size
    if at < 0 or data[at : at + 4] != _LOCATOR_64_SIGN:
        return None
    place = _LOCATOR_64.unpack_from(data, at)[2]
    if data[place : place + 4] != _CLOSING_64_SIGN:
        raise _damaged()
    return (*_CLOSING_64.unpack_from(data, place), place)


def _closing(data: bytes, end: int, size: int, start: int, *, more: int) -> Iterator[bytes]:
    """Yield what ends a package, its comment included, for a directory of another place."""
    large = _closing_64(data, end)
    closing = list(_CLOSING.unpack_from(data, end))
    if large is not None:
        place, locator = large[10], end - _LOCATOR_64.size
        counts = (count + more for count in large[6:8])
        yield _CLOSING_64.pack(*large[:6], *counts, size, start)
        yield data[place + _CLOSING_64.size : locator]
        fields = _LOCATOR_64.unpack_from(data, locator)
        yield _LOCATOR_64.pack(*fields[:2], start + size, fields[3])
    for number in (3, 4):
        if closing[number] != _FULL_SHORT:
            closing[number] += more
    if closing[5] != _FULL:
        closing[5] = size
    if closing[6] != _FULL:
        closing[6] = start
    yield _CLOSING.pack(*closing) + data[end + _CLOSING.size :]


def _made(name: str, content: bytes) -> tuple[bytes, _Entry]:
    """Return a new part as it lies in a package, and its entry."""
    raw_name = name.encode()
    packed = _deflated(content)
    flags = 0 if raw_name.isascii() else _UTF8
    fields = (_VERSION, flags, _DEFLATED, *_EPOCH, zlib.crc32(content), len(packed), len(content))
    head = _LOCAL.pack(_LOCAL_SIGN, *fields, len(raw_name), 0)
    listed = (0, _VERSION, *fields, len(raw_name), 0, 0, 0, 0, 0, 0)
    return head + raw_name + packed, _Entry(listed, raw_name, b"", b"", 0)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _renewed(data: bytes, entry: _Entry, content: bytes) -> tuple[bytes, _Entry]:
    """Return a part with other contents as it lies in a package, and its entry."""
    fields = list(entry.fields)
    packed = content
    if fields[4] != _STORED:
        packed = _deflated(content)
        fields[4] = _DEFLATED
    # Sizes stand before the part and not behind it; nothing is said of how well it is packed.
    fields[3] &= _UTF8
    fields[2] = max(_VERSION, fields[2])
    fields[7:10] = zlib.crc32(content), len(packed), len(content)
    local = _LOCAL.unpack_from(data, entry.offset)
    name_at = entry.offset + _LOCAL.size
    raw_name = data[name_at : name_at + local[9]]
    extra_at = name_at + local[9]
    extra = _without_sizes(data[extra_at : extra_at + local[10]])
    head = _LOCAL.pack(_LOCAL_SIGN, *fields[2:10], len(raw_name), len(extra))
    if fields[16] == _FULL:
        fields[16] = 0
    listed = _Entry(
        tuple(fields), entry.raw_name, _without_sizes(entry.extra), entry.comment, entry.offset
    )
    return head + raw_name + extra + packed, listed


def _lengths(entry: _Entry, extra: bytes) -> tuple[int, int, int]:
    return len(entry.raw_name), len(extra), len(entry.comment)


def _fields_of(extra: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield mark, place and size of each extra field."""
    place = 0
    while place + 4 <= len(extra):
        mark, size = struct.unpack_from("<2H", extra, place)
        yield mark, place + 4, size
        place += 4 + size


def _without_sizes(extra: bytes) -> bytes:
    for mark, place, size in _fields_of(extra):
        if mark == _SIZES_OF_ITS_OWN:
            return extra[: place - 4] + extra[place + size :]
    return extra


def _offset_at(extra: bytes, fields: list[int] | tuple[int, ...]) -> int:
    """Return where in the extra fields the place of a part stands."""
    for mark, place, _ in _fields_of(extra):
        if mark == _SIZES_OF_ITS_OWN:
            # Only what is full in the entry stands here, in this order: size, packed size, place.
            return place + 8 * sum(fields[number] == _FULL for number in (9, 8))
    raise _damaged()


def _large_offset(extra: bytes, fields: tuple[int, ...]) -> int:
    (offset,) = struct.unpack_from("<Q", extra, _offset_at(extra, fields))
    return int(offset)


def _with_offset(extra: bytes, fields: list[int], offset: int) -> bytes:
    place = _offset_at(extra, fields)
    return extra[:place] + struct.pack("<Q", offset) + extra[place + 8 :]


def _damaged() -> DamagedBookError:
    return DamagedBookError(
        "книга упакована так, что вписать в неё нельзя; откройте её в Excel, сохраните и повторите"
    )
