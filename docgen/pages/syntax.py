"""PDF's spelling of values: parse, write, renumber references without parsing.

A dictionary is a dict by names with their slash, an array a list, a reference a ``Ref``; any other
value stays bytes as spelled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from docgen.errors import SignalError


class BrokenPdfError(SignalError):
    """The bytes are no PDF with at least one page; the message is for logs."""


class LockedPdfError(BrokenPdfError):
    """The PDF opens with a password only."""


class Ref(int):
    """A reference: the number of the object."""

    __slots__ = ()


Value: TypeAlias = "bytes | Ref | list[Value] | dict[bytes, Value]"

# Possessive, so that a bracket that is never closed costs no more than one that is.
_STRING: Final = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
_SPACES: Final = rb"[\x00\t\n\f\r ]"
_REFERENCE: Final = rb"\d{1,9}" + _SPACES + rb"+\d{1,9}" + _SPACES + rb"+R(?![A-Za-z])"
_NUMBER: Final = re.compile(rb"(\d+)" + _SPACES)
_TOKEN: Final = re.compile(
    rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*|" + _REFERENCE + rb"|[^\x00\t\n\f\r ()<>\[\]{}/%]+"
    rb"|<<|>>|\[|\]|<[0-9A-Fa-f\s]*>|" + _STRING + rb"|%[^\r\n]*|[^\x00\t\n\f\r ]",
    re.DOTALL,
)
_STRING_OR_REFERENCE: Final = re.compile(
    _STRING + rb"|%[^\r\n]*|(?<![\w.#-])(?=(\d+))" + _REFERENCE,
    re.DOTALL,
)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED_IN_NAME: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_MEANINGS: Final[Mapping[bytes, bytes]] = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_UTF16: Final = b"\xfe\xff"
_UTF8: Final = b"\xef\xbb\xbf"
_SAFE_IN_STRINGS: Final = frozenset(map(chr, range(32, 127))) - frozenset("()\\")


# --- reading ---------------------------------------------------------------------------------


def parse(raw: bytes) -> Value:
    """Return the first value that is spelled.

    Raises:
        BrokenPdfError: when no value is complete.
    """
    tokens = (token for token in _TOKEN.findall(raw) if token[:1] != b"%")
    try:
        return _value(next(tokens), tokens)
    except (StopIteration, RecursionError) as error:
        raise BrokenPdfError("a value without an end") from error


def _value(token: bytes, tokens: Iterator[bytes]) -> Value:
    if token == b"<<":
        return _dictionary(tokens)
    if token == b"[":
        items: list[Value] = []
        for one in tokens:
            if one == b"]":
                return items
            items.append(_value(one, tokens))
        raise BrokenPdfError("an array without an end")
    if token in {b">>", b"]", b"(", b")", b"<", b">", b"{", b"}"}:
        raise BrokenPdfError("a bracket out of place")
    if token[-1:] == b"R" and (found := _NUMBER.match(token)):
        return Ref(found[1])
    return token


def _dictionary(tokens: Iterator[bytes]) -> dict[bytes, Value]:
    fields: dict[bytes, Value] = {}
    for key in tokens:
        if key == b">>":
            return fields
        if key[:1] != b"/":
            raise BrokenPdfError("a dictionary with a key that is no name")
        fields[key] = _value(next(tokens), tokens)
    raise BrokenPdfError("a dictionary without an end")


def renumbered(raw: bytes, number: Callable[[int], bytes]) -> bytes:
    """Return a spelling with every reference replaced by ``number`` of it; strings stay."""

    def spell(found: re.Match[bytes]) -> bytes:
        return number(int(found[1])) if found[1] else found[0]

    return _STRING_OR_REFERENCE.sub(spell, raw)


def to_number(value: Value | None) -> float:
    """Return a value as a number, 0 when it is none."""
    try:
        return float(value) if isinstance(value, bytes) else 0.0
    except ValueError:
        return 0.0


def to_text(value: Value | None) -> str:
    """Return a string as text, empty when the value is no string."""
    if not isinstance(value, bytes) or value[:1] not in {b"(", b"<"}:
        return ""
    data = bytes_of(value)
    if data.startswith(_UTF16):
        return data[2:].decode("utf-16-be", errors="replace")
    if data.startswith(_UTF8):
        return data[3:].decode(errors="replace")
    return data.decode("latin-1")


def bytes_of(string: bytes) -> bytes:
    """Return the bytes that a string spells, in brackets or in hexadecimal digits."""
    if string.startswith(b"<"):
        digits = b"".join(string[1:-1].split()).decode()
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPED.sub(_unescape, string[1:-1])


def _unescape(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF]) if sign[0] < ord("8") else sign
    return _MEANINGS.get(sign, sign)


def plain_name(name: bytes) -> str:
    """Return a name without its slash and escapes."""
    data = _ESCAPED_IN_NAME.sub(lambda found: bytes.fromhex(found[1].decode()), name[1:])
    return data.decode(errors="replace")


# --- writing ---------------------------------------------------------------------------------


def write(value: Value, number: Callable[[int], bytes]) -> bytes:
    """Return the spelling of a value, references as ``number`` spells them."""
    if isinstance(value, Ref):
        return number(value)
    if isinstance(value, list):
        return b"[%s]" % b" ".join([write(one, number) for one in value])
    if isinstance(value, dict):
        return dictionary({key: write(one, number) for key, one in value.items()})
    return value


def dictionary(fields: Mapping[bytes, bytes]) -> bytes:
    """Return the spelling of a dictionary from spelled values."""
    return b"<<%s>>" % b" ".join([b"%s %s" % field for field in fields.items()])


def reference(number: int) -> bytes:
    """Return the spelling of a reference to an object."""
    return b"%d 0 R" % number


def references(numbers: Sequence[int]) -> bytes:
    """Return the spelling of an array of references."""
    return b"[%s]" % b" ".join(map(reference, numbers))


def string(text: str) -> bytes:
    """Return the spelling of a text as a string."""
    if _SAFE_IN_STRINGS.issuperset(text):
        return b"(%s)" % text.encode()
    return b"<%s>" % (_UTF16 + text.encode("utf-16-be", errors="replace")).hex().upper().encode()
