"""Workbooks damaged at random, from a seed: in bytes, in parts, in the structure of their XML.

What a cell says is left alone, as are attributes: another value is an edit, and nobody can tell.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable
from typing import Final

from tests.support.book_surgery import CONTENTS, RELATIONS, STRINGS, STYLES, TYPES, packed, parts_of

Mutation = Callable[[bytes, random.Random], bytes]

_GARBAGE: Final = b"\x00\xff\x1fgarbage<>&\xd0"
_ELEMENT: Final = re.compile(rb"<(/?)([A-Za-z]\w*)")
_KINDS: Final = ("worksheet", "chartsheet", "styles", "sharedStrings", "theme")


# --- bytes -----------------------------------------------------------------------------------


def _flip(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _lose(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 400) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randrange(1, 400)) + data[at:]


def _blank(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512))
    return data[:at] + bytes(size) + data[at + size :]


# --- parts -----------------------------------------------------------------------------------


def _parts(change: Callable[[dict[str, bytes], str, random.Random], object]) -> Mutation:
    """Return a mutation of the parts of a package, given one of their names."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        parts = parts_of(data)
        change(parts, chance.choice(sorted(parts)), chance)
        return packed(parts)

    return mutate


def _drop(parts: dict[str, bytes], name: str, _: random.Random) -> None:
    del parts[name]


def _empty(parts: dict[str, bytes], name: str, _: random.Random) -> None:
    parts[name] = b""


def _spoil(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    parts[name] = _GARBAGE * chance.randrange(1, 99)


def _shorten(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    parts[name] = parts[name][: chance.randrange(len(parts[name]))]


def _rename(parts: dict[str, bytes], name: str, _: random.Random) -> None:
    parts[f"{name}.bak"] = parts.pop(name)


def _replace(parts: dict[str, bytes], name: str, chance: random.Random) -> None:
    """Put a part of another kind into the place of one."""
    folder = name.rpartition("/")[0]
    others = [one for one in sorted(parts) if one.rpartition("/")[0] != folder]
    parts[name] = parts[chance.choice(others)]


def _double(data: bytes, chance: random.Random) -> bytes:
    parts = [*parts_of(data).items()]
    name, content = chance.choice(parts)
    with warnings.catch_warnings(action="ignore"):
        return packed([*parts, (name, content[: len(content) // 2])])


def _mistype(parts: dict[str, bytes], _: str, chance: random.Random) -> None:
    """Give a part another content type."""
    types = re.findall(rb'ContentType="([^"]+)"', parts[TYPES])
    old, new = chance.sample(sorted(set(types)), 2)
    parts[TYPES] = parts[TYPES].replace(old, new, 1)


def _misrelate(parts: dict[str, bytes], _: str, chance: random.Random) -> None:
    """Change an id, a kind or a target among the relations of the book."""
    kinds = [f'/{kind}"'.encode() for kind in _KINDS]
    old, new = chance.choice(
        [
            (b'Id="rId2"', b'Id="rId77"'),
            (b"sheet2.xml", b"sheet22.xml"),
            (b"sheet2.xml", b"sheet1.xml"),
            (b"sheet1.xml", b"../theme/theme1.xml"),
            (b"<Relationship ", b"<Relation "),
            (chance.choice(kinds), chance.choice(kinds)),
        ]
    )
    parts[RELATIONS] = parts[RELATIONS].replace(old, new, 1)


def _unlist(parts: dict[str, bytes], _: str, chance: random.Random) -> None:
    """Take a sheet off the list of the book, or give it another relation."""
    rows = re.findall(rb"<sheet [^>]*/>", parts[CONTENTS])
    old = chance.choice(rows)
    new = chance.choice((b"", old.replace(b"r:id", b"r:ida"), rows[0].replace(b"sheetId", b"sId")))
    parts[CONTENTS] = parts[CONTENTS].replace(old, new, 1)


# --- the structure of XML --------------------------------------------------------------------


def _xml(change: Callable[[bytes, random.Random], bytes], *, of_styles: bool = True) -> Mutation:
    """Return a mutation of one of the parts that hold what is read."""

    def mutate(data: bytes, chance: random.Random) -> bytes:
        parts = parts_of(data)
        names = [name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")]
        names += [STRINGS, CONTENTS, RELATIONS] + ([STYLES] if of_styles else [])
        name = chance.choice([one for one in names if one in parts])
        parts[name] = change(parts[name], chance)
        return packed(parts)

    return mutate


def _call_otherwise(part: bytes, chance: random.Random) -> bytes:
    """Rename an element wherever it stands."""
    name = chance.choice(sorted({match[1] for match in _ELEMENT.findall(part)}))
    return re.sub(rb"(</?)" + name + rb"(?=[\s/>])", rb"\1" + name + b"Odd", part)


def _call_one_otherwise(part: bytes, chance: random.Random) -> bytes:
    """Rename one empty element, or one start of an element, which is no XML any more."""
    match = chance.choice([*re.finditer(rb"<[A-Za-z]\w*", part)])
    return part[: match.end()] + b"Odd" + part[match.end() :]


def _unclose(part: bytes, chance: random.Random) -> bytes:
    ends = [*re.finditer(rb"</\w+>", part)]
    if not ends:
        return part[:-1]
    match = chance.choice(ends)
    return part[: match.start()] + part[match.end() :]


def _prefix(part: bytes, _: random.Random) -> bytes:
    if b"<x:" in part or b" r:" in part or not re.match(rb"<\w+ xmlns=", part):
        return part
    return re.sub(rb"(</?)(?=[A-Za-z])", rb"\1x:", part).replace(b"xmlns=", b"xmlns:x=", 1)


def _encode(part: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(("utf-16", "utf-8-sig", "ascii"))
    text = re.sub(r"^<\?xml[^>]*\?>", "", part.decode())
    head = "" if encoding == "utf-8-sig" else f'<?xml version="1.0" encoding="{encoding}"?>'
    return (head + text).encode(encoding, "xmlcharrefreplace")


def _put_doctype(part: bytes, _: random.Random) -> bytes:
    return b'<!DOCTYPE a [<!ENTITY b "c">]>' + re.sub(rb"^<\?xml[^>]*\?>", b"", part)


def _put_stranger(part: bytes, chance: random.Random) -> bytes:
    match = chance.choice([*re.finditer(rb"/?>", part)])
    stranger = chance.choice((b"<!-- a -->", b"<?a b?>", b'<a xmlns="urn:a">1</a>'))
    # Between two tags, never inside a text.
    return part[: match.end()] + stranger + part[match.end() :] if match[0] == b"/>" else part


def _shuffle(part: bytes, chance: random.Random) -> bytes:
    rows = re.findall(rb"<row .*?</row>", part, re.DOTALL)
    if not rows:
        return part
    start, end = part.index(rows[0]), part.rindex(b"</row>") + len(b"</row>")
    return part[:start] + b"".join(chance.sample(rows, len(rows))) + part[end:]


def _repeat(part: bytes, chance: random.Random) -> bytes:
    cells = re.findall(rb"<c [^>]*>.*?</c>", part, re.DOTALL)
    if not cells:
        return part
    cell = chance.choice(cells)
    return part.replace(cell, cell + cell, 1)


def _mispoint(part: bytes, chance: random.Random) -> bytes:
    """Let a cell point to a text or a style that is not there."""
    old, new = chance.choice(
        [
            (rb't="s"><v>\d+', b't="s"><v>99999'),
            (rb't="s"><v>\d+', b't="s"><v>-1'),
            (rb's="\d+"', b's="9999"'),
            (rb's="\d+"', b's="-1"'),
            (rb'r="[A-Z]+\d+"', b'r="!!"'),
        ]
    )
    return re.sub(old, new, part, count=1)


def _deepen(part: bytes, _: random.Random) -> bytes:
    return part.replace(b">", b">" + b"<a>" * 5000 + b"</a>" * 5000, 1)


MUTATIONS: Final[dict[str, Mutation]] = {
    "flip": _flip,
    "cut": _cut,
    "lose": _lose,
    "insert": _insert,
    "blank": _blank,
    "drop a part": _parts(_drop),
    "empty a part": _parts(_empty),
    "spoil a part": _parts(_spoil),
    "shorten a part": _parts(_shorten),
    "rename a part": _parts(_rename),
    "replace a part": _parts(_replace),
    "double a part": _double,
    "mistype a part": _parts(_mistype),
    "misrelate a sheet": _parts(_misrelate),
    "unlist a sheet": _parts(_unlist),
    "call elements otherwise": _xml(_call_otherwise),
    "call one element otherwise": _xml(_call_one_otherwise),
    "leave an element open": _xml(_unclose),
    "put prefixes": _xml(_prefix),
    "encode otherwise": _xml(_encode),
    "put a doctype": _xml(_put_doctype),
    "put strangers": _xml(_put_stranger),
    "shuffle rows": _xml(_shuffle),
    "repeat a cell": _xml(_repeat),
    "point to nothing": _xml(_mispoint, of_styles=False),
    "nest deeply": _xml(_deepen),
}


def mutated(data: bytes, seed: int) -> tuple[str, bytes]:
    """Return what was done to a workbook, and what came out."""
    names = [*MUTATIONS]
    name = names[seed % len(names)]
    return name, MUTATIONS[name](data, random.Random(seed))
