"""Bookmarks and named destinations of a PDF, with the line of text that each is on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.pages.objects_read import PlainFile, open_plain
from docgen.pages.syntax import Ref, Value, plain_name, to_number, to_text
from docgen.pages.viewer import Bookmark, nested

_LENGTH_DIGITS: Final = 2
_UTF8_TAIL_BYTE: Final = "25[89AB][0-9A-F]"
_ESCAPED_IN_NAMES: Final = re.compile(
    rf"(?:25[CD][0-9A-F]{_UTF8_TAIL_BYTE}|25E[0-9A-F](?:{_UTF8_TAIL_BYTE}){{2}})+|5F"
)
"""Characters in UTF-8, byte by byte, or a low line; ``25F2`` is a part of ``sign_2_2``."""
_UNSAFE_IN_NAMES: Final = re.compile(rb"[^!-~]|[#()<>\[\]{}/%]")
_MOST_LEVELS: Final = 15
# Where text is shown: at the beginning of a line of the stream, and read without going back.
_SHOWN_AT: Final = re.compile(
    rb"(?m:^)(?:(?:-?[\d.]++ ){4})?(-?\d++\.?\d*+) (-?\d++\.?\d*+) T[dm] /F\d++ (\d++\.?\d*+) Tf"
)
_SAME_PLACE_PT: Final = 1.0
# How far letters rise above the baseline, in font sizes: Liberation 0.89, PT Serif 1.04.
_LEAST_ASCENT, _ASCENT, _MOST_ASCENT = 0.6, 0.9, 1.3


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on a page: points from its lower left corner.

    ``y`` is the top of the line of text where the spot is, ``line`` the baseline of that text, None
    where there is no text.
    """

    page: int
    x: float
    y: float
    line: float | None = None


def named_places(source: Path | bytes) -> dict[str, Place]:
    """Return the named destinations by name: bookmarks of Writer, as LibreOffice exports them.

    LibreOffice writes ``_`` of a bookmark's name as ``5F`` and a byte of a Cyrillic letter as
    ``25D0``. Both are turned back, so a name that holds such digits itself comes out wrong.

    Raises:
        BrokenPdfError: when the PDF cannot be read.
    """
    file = open_plain(source)
    return by_plain_name(on_lines(file, places_in(file)))


def by_plain_name(places: Mapping[bytes, Place]) -> dict[str, Place]:
    """Return the places by the names that their bookmarks have in Writer."""
    return {
        _ESCAPED_IN_NAMES.sub(_unescape, plain_name(name)): place for name, place in places.items()
    }


def _unescape(escaped: re.Match[str]) -> str:
    """Return the characters behind LibreOffice's hexadecimal digits; ``25`` is a percent sign."""
    if escaped[0] == "5F":
        return "_"
    digits = "".join(escaped[0][start + 2 : start + 4] for start in range(0, len(escaped[0]), 4))
    return bytes.fromhex(digits).decode(errors="replace")


def places_in(file: PlainFile) -> dict[bytes, Place]:
    """Return the named destinations by their names as spelled in the file, sorted."""
    index = _page_index_by_number(file)
    found = {}
    for name, target in sorted(_targets(file), key=lambda pair: pair[0]):
        spot = _destination(file, target)
        page = _page_of(spot, index)
        if page is not None:
            found[name] = Place(page + 1, *_left_and_top(spot))
    return found


def _page_index_by_number(file: PlainFile) -> dict[int, int]:
    return {page.number: index for index, page in enumerate(file.pages)}


def _targets(file: PlainFile) -> Iterator[tuple[bytes, Value]]:
    """Yield names and destinations, from both tables in which a PDF may keep them."""
    catalog = file.catalog
    yield from file.fields(catalog.get(b"/Dests")).items()
    for name, target in _leaves(file, file.fields(catalog.get(b"/Names")).get(b"/Dests"), 0):
        yield _to_name(name), target


def _leaves(file: PlainFile, node: Value | None, depth: int) -> Iterator[tuple[Value, Value]]:
    fields = file.fields(node)
    pairs = file.items(fields.get(b"/Names"))
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    for kid in file.items(fields.get(b"/Kids")) if depth < _MOST_LEVELS else ():
        yield from _leaves(file, kid, depth + 1)


def _to_name(value: Value) -> bytes:
    plain = to_text(value).encode()
    return b"/" + _UNSAFE_IN_NAMES.sub(lambda sign: b"#%02X" % sign[0][0], plain)


def _destination(file: PlainFile, target: Value | None) -> list[Value]:
    """Return page, kind of view and coordinates of a destination; empty when outside the file."""
    found = file.get(target)
    if isinstance(found, dict):
        found = file.get(found.get(b"/D"))
    return found if isinstance(found, list) else []


def _page_of(spot: list[Value], index: Mapping[int, int]) -> int | None:
    return index.get(int(spot[0])) if spot and isinstance(spot[0], Ref) else None


def _left_and_top(spot: list[Value]) -> tuple[float, float]:
    """Return left and top of a destination, 0 for what it leaves open."""
    way, *numbers = spot[1:] or [b""]
    values = [round(to_number(one), _LENGTH_DIGITS) for one in numbers]
    left, top = {b"/XYZ": (0, 1), b"/FitR": (0, 3), b"/FitH": (1, 0), b"/FitV": (0, 1)}.get(
        way if isinstance(way, bytes) else b"", (len(values), len(values))
    )
    return _number_at(values, left), _number_at(values, top)


def _number_at(values: list[float], place: int) -> float:
    return values[place] if place < len(values) else 0.0


def on_lines(file: PlainFile, places: Mapping[bytes, Place]) -> dict[bytes, Place]:
    """Return the places with the baselines of the text that they are on.

    LibreOffice's export has only the top of a line, which is above the baseline by the ascent.
    """
    by_page: defaultdict[int, dict[bytes, Place]] = defaultdict(dict)
    for name, place in places.items():
        by_page[place.page][name] = place
    found: dict[bytes, Place] = {}
    for number, own in by_page.items():
        page = file.pages[number - 1]
        data = b"\n".join([file.content(stream) for stream in file.contents(page)])
        found |= on_lines_of(data, own)
    return {name: found[name] for name in places}


def on_lines_of(data: bytes, places: Mapping[bytes, Place]) -> dict[bytes, Place]:
    """Return the places on a page drawn by ``data`` with the baselines of the text they are on."""
    shown = [tuple(map(float, one)) for one in _SHOWN_AT.findall(data)]
    return {name: replace(place, line=_baseline(place, shown)) for name, place in places.items()}


def _baseline(place: Place, shown: Sequence[tuple[float, ...]]) -> float | None:
    """Return the baseline of the text whose top is nearest, preferring text that begins there."""
    fitting = [
        (abs(x - place.x) > _SAME_PLACE_PT, abs(place.y - y - _ASCENT * size), y)
        for x, y, size in shown
        if _LEAST_ASCENT * size < place.y - y < _MOST_ASCENT * size
    ]
    return round(min(fitting)[2], _LENGTH_DIGITS) if fitting else None


# --- bookmarks -------------------------------------------------------------------------------


def bookmarks_in(file: PlainFile) -> list[Bookmark]:
    """Return the outline with its nesting; bookmarks that point nowhere are left out."""
    root = file.fields(file.catalog.get(b"/Outlines"))
    if not root:
        return []
    named = dict(_targets(file))
    index = _page_index_by_number(file)

    def lines(first: Value | None, depth: int) -> Iterator[tuple[int, str, int | None]]:
        while isinstance(first, Ref) and first not in seen and depth < _MOST_LEVELS:
            seen.add(first)
            fields = file.fields(first)
            page = _page_of(_bookmark_destination(file, fields, named), index)
            yield (
                depth,
                to_text(file.get(fields.get(b"/Title"))),
                None if page is None else page + 1,
            )
            yield from lines(fields.get(b"/First"), depth + 1)
            first = fields.get(b"/Next")

    seen: set[int] = set()
    return nested(lines(root.get(b"/First"), 0))


def _bookmark_destination(
    file: PlainFile, fields: Mapping[bytes, Value], named: Mapping[bytes, Value]
) -> list[Value]:
    """Return the destination of a bookmark: its own, its action's, or a named one."""
    target = fields.get(b"/Dest")
    if target is None:
        target = file.fields(fields.get(b"/A")).get(b"/D")
    found = file.get(target)
    if isinstance(found, bytes):
        return _destination(file, named.get(found if found[:1] == b"/" else _to_name(found)))
    return _destination(file, found)
