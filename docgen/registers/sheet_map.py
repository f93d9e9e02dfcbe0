"""Where rows, cells and ranges of a sheet stand in the bytes of its part."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from docgen.registers.cells_read import Bounds, DamagedBookError, bounds_of
from docgen.registers.sheet_xml import is_true, row_number

MAIN_NAMESPACES: Final = (SHEET_MAIN_NS, "http://purl.oclc.org/ooxml/spreadsheetml/main")
"""Of Excel's usual books and of strict ones."""
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SPREAD: Final = ("array", "dataTable")
_PIECE: Final = 1 << 16
_TAG: Final = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_LOST: Final = "лист повреждён; верните его из копии книги"


@dataclass(frozen=True, slots=True)
class Span:
    """An element in the bytes of a part: where its first tag begins and ends, and it ends itself.

    ``name`` is as it is written, with its prefix; ``attributes`` have the names of the file.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    inside: int
    closing: int
    end: int

    @property
    def is_closed(self) -> bool:
        """Whether it is one tag that closes itself."""
        return self.inside == self.end

    @property
    def prefix(self) -> str:
        """The prefix of its namespace with a colon, or nothing."""
        head, colon, _ = self.name.rpartition(":")
        return head + colon


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell with its column; ``kept`` are its children besides the value."""

    span: Span
    column: int
    has_formula: bool
    kept: tuple[Span, ...]

    @property
    def style(self) -> str:
        """The number of its style."""
        return self.span.attributes.get("s", "0")


@dataclass(slots=True)
class RowSpan:
    """A row with its number; its cells by column are filled while the part is parsed."""

    number: int
    cells: dict[int, CellSpan] = field(default_factory=dict)
    span: Span | None = None


@dataclass(slots=True)
class SheetMap:
    """A sheet in the bytes of its part, filled while it is parsed.

    ``merges`` are of ranges; ``spreads`` are where formulas spill their results. Of ``data``,
    ``dimension`` and ``filter`` there is one at most; ``tables`` are ids of relations; ``columns``
    have first, last and the style of runs of columns.
    """

    rows: dict[int, RowSpan] = field(default_factory=dict)
    merges: list[Bounds] = field(default_factory=list)
    spreads: list[Bounds] = field(default_factory=list)
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    data: Span | None = None
    dimension: Span | None = None
    filter: Span | None = None
    is_protected: bool = False


def to_utf8(data: bytes) -> tuple[bytes, str]:
    """Return a part of XML in UTF-8, and the encoding to which ``from_utf8`` takes it back.

    Raises:
        DamagedBookError: when it cannot be taken there and back without a change.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = data.decode(encoding)
        found = text.encode("utf-8")
        is_same = from_utf8(found, encoding) == data
    except (LookupError, ValueError) as error:
        raise _unknown() from error
    if not is_same:
        raise _unknown()
    return found, encoding


def from_utf8(data: bytes, encoding: str) -> bytes:
    """Return a part in its own encoding; letters that it lacks are written by their numbers."""
    if encoding.lower() == "utf-8":
        return data
    return data.decode("utf-8").encode(encoding, "xmlcharrefreplace")


def _unknown() -> DamagedBookError:
    return DamagedBookError(
        "лист записан в непривычной кодировке; откройте книгу в Excel, сохраните и повторите"
    )


def elements_of(data: bytes) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Yield the elements of a part in UTF-8 as they end, each with the path of names above it.

    Names of paths are without prefixes, those of foreign namespaces in braces.
    """
    found: list[tuple[tuple[str, ...], Span]] = []
    path: list[str] = []
    starts: list[tuple[str, Mapping[str, str], int]] = []
    reader = expat.ParserCreate("utf-8", "}")
    reader.namespace_prefixes = True
    reader.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(_local(name))
        spelled = {_spelled(key): value for key, value in attributes.items()}
        starts.append((_spelled(name), spelled, reader.CurrentByteIndex))

    def end(_: str) -> None:
        name, attributes, begun = starts.pop()
        at = reader.CurrentByteIndex
        inside = _tag_end(data, begun)
        is_closed = data[inside - 2 : inside] == b"/>"
        until = inside if is_closed else data.index(b">", at) + 1
        found.append((tuple(path), Span(name, attributes, begun, inside, at, until)))
        path.pop()

    reader.StartElementHandler, reader.EndElementHandler = start, end
    try:
        for place in range(0, len(data), _PIECE):
            reader.Parse(data[place : place + _PIECE], False)  # noqa: FBT003 - expat's signature
            yield from found
            found.clear()
        reader.Parse(b"", True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise DamagedBookError(_LOST) from error
    yield from found


def _tag_end(data: bytes, start: int) -> int:
    found = _TAG.match(data, start)
    if found is None:
        raise DamagedBookError(_LOST)
    return found.end()


def _local(name: str) -> str:
    """Return the name of an element; one of a foreign namespace keeps it."""
    parts = name.split("}")
    return parts[1] if len(parts) > 1 and parts[0] in MAIN_NAMESPACES else f"{{{name}"


def bare_name(name: str) -> str:
    """Return a name of a path without the namespace that it may have in braces."""
    parts = name.removeprefix("{").split("}")
    return parts[1] if len(parts) > 1 else parts[0]


def _spelled(name: str) -> str:
    """Return a name as it is written in the file."""
    parts = name.split("}")
    if len(parts) == 3:
        return f"{parts[2]}:{parts[1]}"
    return parts[-1]


def map_sheet(data: bytes) -> SheetMap:
    """Return where everything stands in the part of a sheet, which is in UTF-8.

    Raises:
        DamagedBookError: when it is no sheet.
    """
    reader = _MapReader()
    for path, span in elements_of(data):
        reader.take(path, span)
    if reader.map.data is None:
        raise DamagedBookError("на листе нет строк; верните его из копии книги")
    return reader.map


class _MapReader:
    """Makes the map of a sheet of elements as they end: cells before their row."""

    def __init__(self) -> None:
        self.map = SheetMap()
        self._row = 0
        self._cells: list[CellSpan] = []
        self._kept: list[Span] = []
        self._has_formula = False
        self._column = 0

    def take(self, path: tuple[str, ...], span: Span) -> None:
        """Take an element whose end was reached."""
        match path:
            case ("worksheet", "sheetData", "row", "c", inner):
                self._take_inner(inner, span)
            case ("worksheet", "sheetData", "row", "c"):
                self._take_cell(span)
            case ("worksheet", "sheetData", "row"):
                self._take_row(span)
            case ("worksheet", "sheetData"):
                self.map.data = span
            case ("worksheet", "mergeCells", "mergeCell"):
                self.map.merges.append(bounds_of(span.attributes["ref"]))
            case ("worksheet", "tableParts", "tablePart"):
                self.map.tables += [
                    value for key, value in span.attributes.items() if key.endswith(":id")
                ]
            case ("worksheet", _) | ("worksheet", "cols", "col"):
                self._take_other(path[-1], span)

    def _take_inner(self, name: str, span: Span) -> None:
        if name == "f":
            self._has_formula = True
            if span.attributes.get("t") in _SPREAD and "ref" in span.attributes:
                self.map.spreads.append(bounds_of(span.attributes["ref"]))
        elif name not in {"v", "is"}:
            self._kept.append(span)

    def _take_cell(self, span: Span) -> None:
        letters = span.attributes.get("r", "").rstrip("0123456789")
        self._column = column_index_from_string(letters) if letters else self._column + 1
        self._cells.append(CellSpan(span, self._column, self._has_formula, tuple(self._kept)))
        self._has_formula, self._kept = False, []

    def _take_row(self, span: Span) -> None:
        given = span.attributes.get("r")
        self._row = row_number(given) if given is not None else self._row + 1
        row = RowSpan(self._row, {one.column: one for one in self._cells}, span)
        if len(row.cells) < len(self._cells) or self._row in self.map.rows:
            raise DamagedBookError(
                f"строка {self._row} записана в файле дважды; верните лист из копии книги"
            )
        self.map.rows[self._row] = row
        self._cells, self._column = [], 0

    def _take_other(self, name: str, span: Span) -> None:
        attributes = span.attributes
        if name == "dimension":
            self.map.dimension = span
        elif name == "autoFilter":
            self.map.filter = span
        elif name == "sheetProtection":
            self.map.is_protected = is_true(attributes.get("sheet", "0"))
        elif name == "col" and "style" in attributes:
            first, last = int(attributes["min"]), int(attributes["max"])
            self.map.columns.append((first, last, attributes["style"]))
