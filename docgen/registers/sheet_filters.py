"""The filters of a sheet that are on: its own, those of its tables, an advanced one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from openpyxl.xml.constants import REL_NS

from docgen.registers.book_package import BookPackage
from docgen.registers.cells_read import Bounds, bounds_of
from docgen.registers.sheet_xml import PartParser, parse_part, tag

_CONDITIONS: Final = (
    *("filters", "customFilters", "dynamicFilter", "top10", "colorFilter", "iconFilter"),
)
"""What a column of a filter asks of its cells."""
_DATABASE: Final = "_FilterDatabase"
_RELATION: Final = f"{REL_NS}}}id"


class SheetFilters:
    """What a sheet says of filters, filled while its part, or that of a table, is parsed.

    A filter without conditions is only a row of arrows: rows hidden under it were hidden by hand.
    """

    def __init__(self) -> None:
        self.ranges: list[Bounds] = []
        self.tables: list[str] = []
        self.has_arrows = False
        self._range = ""
        self._is_in_views = False
        self.starts = {
            tag("customSheetViews"): self._start_views,
            tag("autoFilter"): self._start_filter,
            tag("tablePart"): self._start_table,
            **dict.fromkeys(map(tag, _CONDITIONS), self._start_condition),
        }

    def _start_views(self, _: dict[str, str]) -> None:
        # Filters of views that people keep by name; none of them is what the sheet shows now.
        self._is_in_views = True

    def _start_filter(self, attributes: dict[str, str]) -> None:
        if not self._is_in_views:
            self.has_arrows = True
            self._range = attributes.get("ref", "")

    def _start_condition(self, _: dict[str, str]) -> None:
        if self._range and not self._is_in_views:
            self.ranges.append(bounds_of(self._range))
            self._range = ""

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.tables.append(attributes.get(_RELATION, ""))


class _TablePart(PartParser):
    """Looks for the filter of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.filters = SheetFilters()
        self.starts = {**self.filters.starts}


def active_filters(
    found: SheetFilters,
    targets: Mapping[str, str],
    package: BookPackage,
    databases: Iterable[Bounds],
) -> Iterator[Bounds]:
    """Yield the ranges in which a filter of a sheet hides rows.

    ``databases`` are the ranges that the book notes of the sheet's filters: without arrows on the
    sheet they are of an advanced filter.
    """
    yield from found.ranges
    for table in found.tables:
        part = targets.get(table, "").lstrip("/")
        if part in package.namelist():
            parser = _TablePart()
            parse_part(package.pieces(part), parser)
            yield from parser.filters.ranges
    if not found.has_arrows:
        yield from databases


def filter_databases(names: Iterable[Any], titles: Sequence[str], title: str) -> list[Bounds]:
    """Return the ranges of filters that a book notes among its names for a sheet.

    Such a name belongs to a sheet by its number; some programs leave it to the whole book.
    """
    ranges = []
    for name in names:
        sheet, _, address = str(name.attr_text or "").rpartition("!")
        if not str(name.name).endswith(_DATABASE):
            continue
        number = name.localSheetId
        owner = titles[number] if number is not None and number < len(titles) else sheet.strip("'")
        if owner != title:
            continue
        # The range may be «#REF!»: its cells are gone.
        with contextlib.suppress(ValueError):
            ranges.append(bounds_of(address.replace("$", "")))
    return ranges
