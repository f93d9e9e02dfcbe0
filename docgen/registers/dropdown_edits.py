"""Dropdowns on the sheets of a person's book: which lists they draw from, and others put there."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import column_index_from_string, get_column_letter

from docgen.model import Column, ColumnKind, Schema, sameness
from docgen.registers.cells_read import bounds_of
from docgen.registers.dropdowns import ROWS_WITH_LISTS
from docgen.registers.merged_styles import longer_list
from docgen.registers.sheet_map import Span, bare_name, elements_of
from docgen.registers.sheet_patch import Edit
from docgen.registers.unread_sheets import LISTS_SHEET

_RANGE: Final = re.compile(
    r"(?P<sheet>'?[\w ]+'?)!\$(?P<column>[A-Z]+)\$(?P<first>\d+):\$(?P=column)\$(?P<last>\d+)"
)


@dataclass(frozen=True, slots=True)
class ListDropdown:
    """The formula of a dropdown, where it stands in the part, and the cells that offer it."""

    formula: str
    span: Span
    ranges: tuple[str, ...]

    def offers_at(self, column: int) -> bool:
        """Return whether cells of a column have it."""
        bounds = map(bounds_of, self.ranges)
        return any(left <= column <= right for left, _, right, _ in bounds)

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that it offers, if they are typed into it."""
        text = self.formula
        is_typed = len(text) > 1 and text[0] == text[-1] == '"'
        return tuple(one.strip() for one in text[1:-1].split(",")) if is_typed else ()

    @property
    def cells(self) -> tuple[str, int, int, int] | None:
        """The range from which it takes its values: sheet, column, first and last row."""
        found = _RANGE.fullmatch(self.formula)
        if found is None:
            return None
        column = column_index_from_string(found["column"])
        return found["sheet"].strip("'"), column, int(found["first"]), int(found["last"])

    @property
    def is_of_rows(self) -> bool:
        """Whether it is docgen's and offers rows of other sheets, however many they become."""
        return LISTS_SHEET in self.formula and "OFFSET(" in self.formula.upper()


@dataclass(slots=True)
class SheetDropdowns:
    """The dropdowns of a sheet, filled while its part is parsed, Excel's of either kind.

    ``whole`` is the list of the usual ones.
    """

    data: bytes
    found: list[ListDropdown] = field(default_factory=list)
    whole: Span | None = None
    _formula: Span | None = None
    _ranges: str = ""
    _count: int = 0

    @classmethod
    def of(cls, data: bytes) -> SheetDropdowns:
        """Return the dropdowns of the part of a sheet, which is in UTF-8."""
        made = cls(data)
        for path, span in elements_of(data):
            made._take(path, span)
        return made

    def _take(self, path: tuple[str, ...], span: Span) -> None:
        names = [bare_name(name) for name in path]
        match names:
            case ["worksheet", "dataValidations"]:
                self.whole = span
            case ["worksheet", *_, "dataValidation", "formula1"] if self._formula is None:
                self._formula = span
            case ["worksheet", *_, "dataValidation", "formula1", "f"]:
                self._formula = span
            case ["worksheet", *_, "dataValidation", "sqref"]:
                self._ranges = self._text(span)
            case ["worksheet", *_, "dataValidation"]:
                self._keep(span)
                self._count += len(names) == 3

    def _keep(self, span: Span) -> None:
        ranges = span.attributes.get("sqref", self._ranges).split()
        if self._formula is not None and span.attributes.get("type") == "list":
            text = self._text(self._formula)
            self.found.append(ListDropdown(text, self._formula, tuple(ranges)))
        self._formula, self._ranges = None, ""

    def _text(self, span: Span) -> str:
        return html.unescape(self.data[span.inside : span.closing].decode()).strip()

    def at(self, column: int) -> ListDropdown | None:
        """Return the dropdown that cells of a column have."""
        return next((one for one in self.found if one.offers_at(column)), None)

    def edits(self, sources: Mapping[int, str], header_row: int) -> Iterator[Edit]:
        """Yield the edits that give columns other lists; one without a dropdown gets one."""
        new: list[bytes] = []
        done: set[int] = set()
        for column, source in sources.items():
            known = self.at(column)
            formula = escape(source).encode()
            if known is None:
                new.append(self._new(column, formula, header_row))
            elif known.span.start not in done:
                done.add(known.span.start)
                yield Edit(known.span.inside, known.span.closing, formula)
        if new and self.whole is not None:
            yield from longer_list(self.data, self.whole, b"".join(new), self._count + len(new))

    def _new(self, column: int, formula: bytes, header_row: int) -> bytes:
        prefix = self.whole.prefix if self.whole is not None else ""
        letter = get_column_letter(column)
        cells = f"{letter}{header_row + 1}:{letter}{header_row + ROWS_WITH_LISTS}"
        return (
            f'<{prefix}dataValidation type="list" allowBlank="1" sqref="{cells}">'
            f"<{prefix}formula1>".encode()
            + formula
            + f"</{prefix}formula1></{prefix}dataValidation>".encode()
        )


def longer_lists(
    schema: Schema, places: Mapping[str, int], shown: SheetDropdowns, new: Collection[str]
) -> dict[str, Column]:
    """Return the columns whose dropdowns are to offer rows of ``new`` registers too.

    A list that a person has put there in place of docgen's stays.
    """
    found = {}
    for name, at in places.items():
        column, known = schema.column(name), shown.at(at)
        is_own = known.is_of_rows if known is not None else shown.whole is not None
        is_of_rows = column.kind is ColumnKind.REFERENCE and bool(set(column.to) & set(new))
        if is_own and is_of_rows:
            found[name] = column
    return found


def longer_choices(column: Column, offered: Sequence[str], values: Sequence[str]) -> Column | None:
    """Return a column that offers ``values`` after what its dropdown does, or nothing if it does.

    What a person has taken out of a list or put into it is left so.
    """
    known = {sameness(one) for one in offered}
    missing = [one for one in values if sameness(one) not in known]
    return replace(column, choices=(*offered, *missing)) if offered and missing else None


def row_sources(
    schema: Schema, places: Mapping[str, int], shown: SheetDropdowns, present: Collection[str]
) -> dict[tuple[str, ...], str]:
    """Return the lists of rows that a sheet's dropdowns draw from, by the registers offered."""
    found: dict[tuple[str, ...], str] = {}
    for name, at in places.items():
        column, known = schema.column(name), shown.at(at)
        offered = tuple(one for one in column.to if one in present)
        if column.kind is ColumnKind.REFERENCE and known is not None and known.is_of_rows:
            found.setdefault(offered, known.formula)
    return found
