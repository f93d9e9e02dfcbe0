"""The part of a sheet with some cells written into it, every other byte as it was."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from docgen.registers.cells_read import Bounds, bounds_of
from docgen.registers.sheet_map import CellSpan, RowSpan, SheetMap, Span

Stored: TypeAlias = str | int | float | None
"""What is stored in a cell: a text, a number (a day is one), or nothing."""

_VALUE_OF_TAG: Final = re.compile(
    rb"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""",
)
_STYLE_OF_TAG: Final = re.compile(rb"""\ss\s*=\s*(?:"[^"]*"|'[^']*')""")
_SPANS_OF_TAG: Final = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_REF_OF_TAG: Final = re.compile(rb"""(\sref\s*=\s*)(?:"[^"]*"|'[^']*')""")
_ESCAPED_BY_EXCEL: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INHERITED: Final = ("s", "customFormat")
_EXCELS_LINE_ENDS: Final = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A value on its way into a cell, and the number of the cell's style; empty for none."""

    row: int
    column: int
    value: Stored
    style: str = ""

    @property
    def reference(self) -> str:
        """Return e.g. ``B7``."""
        return f"{get_column_letter(self.column)}{self.row}"


class Edit(NamedTuple):
    """Bytes of a part that give way to others."""

    start: int
    end: int
    text: bytes


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a part with its edits, which do not overlap; what is put in at one place keeps order.

    An insertion comes before what is replaced from the same place on.
    """
    pieces: list[bytes] = []
    place = 0
    for start, end, text in sorted(edits, key=lambda one: one[:2]):
        pieces += [data[place:start], text]
        place = end
    return b"".join([*pieces, data[place:]])


def cell_edits(
    data: bytes, sheet: SheetMap, cells: Sequence[PlacedCell], like: Mapping[int, RowSpan]
) -> Iterator[Edit]:
    """Yield the edits that write cells into a sheet; ``like`` are rows that new ones take after."""
    by_row: dict[int, list[PlacedCell]] = {}
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        by_row.setdefault(cell.row, []).append(cell)
    new: dict[int, bytes] = {}
    for number, placed in by_row.items():
        row = sheet.rows.get(number)
        if row is not None and row.span is not None:
            yield from _row_edits(data, row, row.span, placed)
        else:
            new[number] = _new_row(number, placed, like.get(number), sheet)
    yield from _insertions(data, sheet, new)


def range_edit(data: bytes, span: Span | None, bounds: Bounds) -> Iterator[Edit]:
    """Yield the edit that gives a range another extent, in the tag of its element."""
    if span is None or "ref" not in span.attributes or bounds_of(span.attributes["ref"]) == bounds:
        return
    left, top, right, bottom = bounds
    reference = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
    tag = data[span.start : span.inside]
    renewed = _REF_OF_TAG.sub(rb'\g<1>"' + reference.encode() + b'"', tag, count=1)
    yield Edit(span.start, span.inside, renewed)


def _insertions(data: bytes, sheet: SheetMap, new: Mapping[int, bytes]) -> Iterator[Edit]:
    """Yield the edits that put new rows where they belong."""
    body = sheet.data
    if body is None or not new:
        return
    if body.is_closed:
        yield Edit(body.start, body.end, _opened(data, body, b"".join(new.values())))
        return
    known = sorted(sheet.rows)
    for number, text in new.items():
        before = bisect.bisect(known, number)
        span = sheet.rows[known[before - 1]].span if before else None
        at = span.end if span is not None else body.inside
        yield Edit(at, at, text)


def _row_edits(
    data: bytes, row: RowSpan, span: Span, placed: Sequence[PlacedCell]
) -> Iterator[Edit]:
    inserted: list[tuple[int, bytes]] = []
    for cell in placed:
        known = row.cells.get(cell.column)
        if known is not None:
            yield Edit(known.span.start, known.span.end, _renewed_cell(data, known, cell))
        elif cell.value is not None:
            before = [one for column, one in row.cells.items() if column < cell.column]
            at = max((one.span.end for one in before), default=span.inside)
            inserted.append((at, _new_cell(cell, span.prefix)))
    if inserted and span.is_closed:
        text = b"".join(one for _, one in inserted)
        yield Edit(span.start, span.end, _without_spans(_opened(data, span, text)))
        return
    if inserted and "spans" in span.attributes:
        # Only a hint for who reads: without it a row is as wide as its cells.
        tag = data[span.start : span.inside]
        yield Edit(span.start, span.inside, _without_spans(tag))
    for at, text in inserted:
        yield Edit(at, at, text)


def _without_spans(text: bytes) -> bytes:
    return _SPANS_OF_TAG.sub(b"", text, count=1)


def _opened(data: bytes, span: Span, inner: bytes) -> bytes:
    """Return an element that was one tag as two, with something between them."""
    tag = data[span.start : span.end].removesuffix(b"/>").rstrip()
    return tag + b">" + inner + f"</{span.name}>".encode()


def _renewed_cell(data: bytes, known: CellSpan, cell: PlacedCell) -> bytes:
    """Return a cell that is there with another value; what else it has stays."""
    span = known.span
    tag = data[span.start : span.inside].removesuffix(b"/>" if span.is_closed else b">").rstrip()
    tag = _VALUE_OF_TAG.sub(b"", tag)
    if cell.style and cell.style != known.style:
        tag = _STYLE_OF_TAG.sub(b"", tag) + f' s="{cell.style}"'.encode()
    kind, value = _content(cell.value, span.prefix)
    kept = b"".join(data[one.start : one.end] for one in known.kept)
    if not value and not kept:
        return tag + b"/>"
    return tag + kind + b">" + value + kept + f"</{span.name}>".encode()


def _new_cell(cell: PlacedCell, prefix: str) -> bytes:
    kind, value = _content(cell.value, prefix)
    style = f' s="{cell.style}"' if cell.style and cell.style != "0" else ""
    tag = f'<{prefix}c r="{cell.reference}"{style}'.encode()
    return tag + kind + (b">" + value + f"</{prefix}c>".encode() if value else b"/>")


def _new_row(
    number: int, placed: Sequence[PlacedCell], like: RowSpan | None, sheet: SheetMap
) -> bytes:
    """Return a row below the others, its cells styled as those of the row that it takes after."""
    prefix = sheet.data.prefix if sheet.data is not None else ""
    cells = {cell.column: cell for cell in placed}
    inherited = ""
    if like is not None and like.span is not None:
        for column, known in like.cells.items():
            cells.setdefault(column, PlacedCell(number, column, None, known.style))
        attributes = like.span.attributes
        inherited = "".join(
            f' {key}="{attributes[key]}"' for key in _INHERITED if key in attributes
        )
    inner = b"".join(_new_cell(cells[column], prefix) for column in sorted(cells))
    return f'<{prefix}row r="{number}"{inherited}>'.encode() + inner + f"</{prefix}row>".encode()


def _content(value: Stored, prefix: str) -> tuple[bytes, bytes]:
    """Return the attribute of a cell that says what it holds, and what it holds.

    Texts stand in the cell itself: every program reads them there, and the texts that all sheets
    share need no change.
    """
    if value is None:
        return b"", b""
    if isinstance(value, str):
        text = _EXCELS_LINE_ENDS.sub("\n", _FORBIDDEN.sub("", value))
        # Excel reads «_x0041_» as a letter; this is how it writes the sign itself.
        text = escape(_ESCAPED_BY_EXCEL.sub("_x005F_", text))
        inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        return b' t="inlineStr"', inner.encode()
    return b"", f"<{prefix}v>{value!r}</{prefix}v>".encode()
