"""A PDF as LibreOffice paints it, opened for changes that keep its way of writing.

What is changed is spelled as LibreOffice spells it: a reader that refuses a changed page refuses
what the page says, not how it is written.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Final

import pikepdf

_NUMBER: Final = rb"-?[\d.]+"
_STRETCH: Final = re.compile(rb"q (?:%s ){3}rg\nBT\n.*?ET\nQ\n" % _NUMBER, re.DOTALL)
_PIECE: Final = re.compile(
    rb"(?:(?P<x>%(n)s) (?P<y>%(n)s) Td |(?:%(n)s ){4}(?P<x2>%(n)s) (?P<y2>%(n)s) Tm\n)"
    rb"/(?P<font>F\d+) (?P<size>[\d.]+) Tf(?P<shown>[^\n]*)\n" % {b"n": _NUMBER}
)
_SHOWN: Final = re.compile(rb"\[[^]]*\]TJ|<[0-9A-F]+>Tj")
_HEX: Final = re.compile(rb"<([0-9A-F]+)>")
_MEANING: Final = re.compile(rb"<([0-9A-F]+)> <((?:[0-9A-F]{4})+)>")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one font at one place: its codes, what they mean, where both are spelled."""

    x: float
    y: float
    x_span: tuple[int, int]
    y_span: tuple[int, int]
    size: float
    size_span: tuple[int, int]
    shown: bytes
    shown_span: tuple[int, int]
    codes: tuple[bytes, ...]
    letters: str
    width: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of text in a content stream, at most a line; ``start`` and ``end`` are its place."""

    start: int
    end: int
    raw: bytes
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return what it says, a sign for each code."""
        return "".join(piece.letters for piece in self.pieces)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height of what it paints, a little larger."""
        first = self.pieces[0]
        left = min(piece.x for piece in self.pieces)
        right = max(piece.x + piece.width for piece in self.pieces)
        return left - 1, first.y - 0.4 * first.size, right - left + 2, 1.5 * first.size


@dataclass(frozen=True, slots=True)
class _Font:
    meanings: dict[bytes, str]
    widths: dict[bytes, float]
    digits: int


class Paper:
    """An opened PDF whose pages are read and written as bytes; ``save`` returns it as a PDF.

    Pages before ``first`` are no paper's: a batch begins with one that is cut away.
    """

    def __init__(self, data: bytes, first: int = 0) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.first = first

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return len(self.pdf.pages)

    @property
    def numbers(self) -> range:
        """Return the pages that may be changed, from 0."""
        return range(self.first, self.pages)

    def content(self, page: int) -> bytes:
        """Return what paints a page, from 0."""
        self.pdf.pages[page].contents_coalesce()
        return bytes(self.pdf.pages[page].Contents.read_bytes())

    def paint(self, page: int, content: bytes) -> None:
        """Have a page painted by other bytes."""
        self.pdf.pages[page].Contents = self.pdf.make_stream(content)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page."""
        left, bottom, right, top = map(float, self.pdf.pages[page].mediabox)
        return right - left, top - bottom

    def stretches(self, page: int) -> list[Stretch]:
        """Return the stretches of text on a page that show a letter or a digit."""
        content, fonts = self.content(page), self._fonts(page)
        found = []
        for block in _STRETCH.finditer(content):
            pieces = tuple(
                _piece(one, fonts[one["font"]])
                for one in _PIECE.finditer(block[0])
                if one["font"] in fonts and _SHOWN.search(one["shown"])
            )
            if any(sign.isalnum() for piece in pieces for sign in piece.letters):
                found.append(Stretch(*block.span(), block[0], pieces))
        return found

    def replace(self, page: int, stretch: Stretch, other: bytes) -> None:
        """Have other bytes painted in the place of a stretch."""
        content = self.content(page)
        self.paint(page, content[: stretch.start] + other + content[stretch.end :])

    def save(self) -> bytes:
        """Return the PDF; equal changes give equal bytes."""
        stream = io.BytesIO()
        self.pdf.save(stream, deterministic_id=True)
        return stream.getvalue()

    def _fonts(self, page: int) -> dict[bytes, _Font]:
        found = {}
        for name, font in self.pdf.pages[page].resources.get("/Font", {}).items():
            table = font.get("/ToUnicode")
            if table is None:
                continue
            meanings = {
                code.upper(): bytes.fromhex(letter.decode()).decode("utf-16-be")
                for code, letter in _MEANING.findall(table.read_bytes())
            }
            digits = 4 if font.get("/Subtype") == "/Type0" else 2
            first = int(font.get("/FirstChar", 0))
            widths = {
                b"%02X" % (first + place): float(width)
                for place, width in enumerate(font.get("/Widths", []))
            }
            found[name[1:].encode()] = _Font(meanings, widths, digits)
        return found


def _piece(found: re.Match[bytes], font: _Font) -> Piece:
    x, y = ("x", "y") if found["x"] is not None else ("x2", "y2")
    digits = b"".join(_HEX.findall(found["shown"]))
    codes = tuple(
        digits[place : place + font.digits] for place in range(0, len(digits), font.digits)
    )
    size = float(found["size"])
    return Piece(
        x=float(found[x]),
        y=float(found[y]),
        x_span=found.span(x),
        y_span=found.span(y),
        size=size,
        size_span=found.span("size"),
        shown=found["shown"],
        shown_span=found.span("shown"),
        codes=codes,
        letters="".join(font.meanings.get(code, "\0")[:1] for code in codes),
        width=sum(font.widths.get(code, 500.0) for code in codes) * size / 1000,
    )


# --- spelling --------------------------------------------------------------------------------


def respelled(piece: Piece, codes: list[bytes]) -> bytes:
    """Return the operator that shows other codes; where their number is equal, spaced alike."""
    if len(codes) != len(piece.codes):
        return _SHOWN.sub(b"<%s>Tj" % b"".join(codes), piece.shown, count=1)
    left = iter(b"".join(codes).decode())
    return _HEX.sub(
        lambda found: b"<%s>" % "".join(next(left) for _ in found[1]).encode(), piece.shown
    )


def with_codes(stretch: Stretch, number: int, codes: list[bytes]) -> bytes:
    """Return a stretch whose piece of that number shows other codes."""
    piece = stretch.pieces[number]
    if not codes:
        # LibreOffice never shows nothing: the piece is left out with its place.
        start = min(piece.x_span[0], piece.y_span[0])
        if len(stretch.pieces) == 1:
            return b""
        return stretch.raw[:start] + stretch.raw[piece.shown_span[1] + 1 :]
    start, end = piece.shown_span
    return stretch.raw[:start] + respelled(piece, codes) + stretch.raw[end:]


def moved(stretch: Stretch, dx: float, dy: float) -> bytes:
    """Return a stretch painted elsewhere."""
    edits = [
        edit
        for piece in stretch.pieces
        for edit in ((piece.x_span, piece.x + dx), (piece.y_span, piece.y + dy))
    ]
    return _with_numbers(stretch.raw, edits)


def resized(stretch: Stretch, size: float) -> bytes:
    """Return a stretch painted in another size."""
    return _with_numbers(stretch.raw, [(piece.size_span, size) for piece in stretch.pieces])


def _with_numbers(raw: bytes, edits: list[tuple[tuple[int, int], float]]) -> bytes:
    for (start, end), number in sorted(edits, reverse=True):
        raw = raw[:start] + f"{number:.3f}".rstrip("0").rstrip(".").encode() + raw[end:]
    return raw
