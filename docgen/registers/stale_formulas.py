"""Results of formulas that a written cell makes stale: they are taken out, and Excel is told.

Whoever reads a result without counting it, as docgen does, would print what was true before. A
cell without a result is told as such, and Excel, LibreOffice, Р7 and МойОфис count it on opening.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from openpyxl.xml.constants import ARC_WORKBOOK

from docgen.registers.cells_read import Formula
from docgen.registers.moving_formulas import following, spot_of, written_out
from docgen.registers.sheet_map import Span, elements_of, from_utf8, to_utf8
from docgen.registers.sheet_patch import Edit, applied

Spots: TypeAlias = Mapping[str, set[tuple[int, int]]]
"""Rows and columns of cells by the title of their sheet."""

_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TYPE: Final = re.compile(rb"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")
_SET: Final = "fullCalcOnLoad"
_BEFORE: Final = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)
"""What comes before the settings of counting in a workbook."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """The parts of a book that change, by name, and the cells that lose their results."""

    parts: Mapping[str, bytes]
    spots: Spots


def unsettle(data: bytes, parts: Mapping[str, str], written: Spots) -> Unsettled:
    """Return a book's parts without the results of the formulas that follow ``written`` cells.

    ``parts`` are the parts of its sheets by title. A book of which no formula follows them stays.
    """
    sheets: dict[str, tuple[bytes, str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for title, part in parts.items():
            content, encoding = to_utf8(package.read(part))
            if _FORMULA.search(content):
                sheets[title] = content, encoding
        if not sheets:
            return Unsettled({}, {})
        names = (one for one in package.namelist() if one.lower() == ARC_WORKBOOK)
        name = next(names, ARC_WORKBOOK)
        book, book_encoding = to_utf8(package.read(name))
    found = {title: _Formulas(content) for title, (content, _) in sheets.items()}
    texts = {title: dict(written_out(one.formulas)) for title, one in found.items()}
    top = [(path, span) for path, span in elements_of(book) if len(path) <= 3]
    stale = following(texts, written, dict(_names(book, top)))
    changed: dict[str, bytes] = {}
    spots: dict[str, set[tuple[int, int]]] = {}
    for title, places in stale.items():
        edits = [*found[title].without_results(places)]
        if edits:
            content, encoding = sheets[title]
            changed[parts[title]] = from_utf8(applied(content, edits), encoding)
            spots[title] = places
    if changed and (
        edits := [*_to_count(book, {path[-1]: span for path, span in top if len(path) == 2})]
    ):
        changed[name] = from_utf8(applied(book, edits), book_encoding)
    return Unsettled(changed, spots)


class _Formulas:
    """The formulas of a sheet with their results, as they lie in its part."""

    def __init__(self, content: bytes) -> None:
        self.formulas: dict[str, Formula] = {}
        self._content = content
        self._results: dict[tuple[int, int], Span] = {}
        self._cells: dict[tuple[int, int], Span] = {}
        result: Span | None = None
        formula: Span | None = None
        for path, span in elements_of(content):
            if path[-2:] == ("c", "v"):
                result = span
            elif path[-2:] == ("c", "f"):
                formula = span
            elif path[-1] == "c":
                if formula is not None:
                    self._note(span, formula, result)
                result = formula = None

    def _note(self, cell: Span, formula: Span, result: Span | None) -> None:
        place = cell.attributes.get("r", "")
        text = html.unescape(self._content[formula.inside : formula.closing].decode("utf-8"))
        self.formulas[place] = Formula(
            "" if formula.is_closed else text, formula.attributes.get("si", "")
        )
        if result is not None:
            self._results[spot_of(place)] = result
            self._cells[spot_of(place)] = cell

    def without_results(self, places: set[tuple[int, int]]) -> Iterator[Edit]:
        """Yield the edits that take out the results in some cells, and what type they were of."""
        for spot in sorted(places & self._results.keys()):
            cell, result = self._cells[spot], self._results[spot]
            tag = self._content[cell.start : cell.inside]
            yield Edit(cell.start, cell.inside, _TYPE.sub(b"", tag))
            yield Edit(result.start, result.end, b"")


def _names(book: bytes, top: list[tuple[tuple[str, ...], Span]]) -> Iterator[tuple[str, str]]:
    for path, span in top:
        if path[1:] == ("definedNames", "definedName"):
            text = html.unescape(book[span.inside : span.closing].decode("utf-8"))
            yield span.attributes.get("name", ""), text


def _to_count(book: bytes, spans: Mapping[str, Span]) -> Iterator[Edit]:
    """Yield the edit that has every program count the formulas when it opens the book."""
    settings = spans.get("calcPr")
    if settings is None:
        last = max((spans[name].end for name in _BEFORE if name in spans), default=0)
        if last:
            prefix = spans["sheets"].prefix if "sheets" in spans else ""
            yield Edit(last, last, f'<{prefix}calcPr {_SET}="1"/>'.encode())
        return
    if settings.attributes.get(_SET, "0") in {"1", "true"}:
        return
    tag = book[settings.start : settings.inside]
    given = re.compile(rf"""\s{_SET}\s*=\s*(?:"[^"]*"|'[^']*')""".encode())
    name = f"<{settings.name}".encode()
    fresh = given.sub(b"", tag).replace(name, name + f' {_SET}="1"'.encode(), 1)
    yield Edit(settings.start, settings.inside, fresh)
