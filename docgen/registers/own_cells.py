"""Cells of people's workbooks that docgen writes: empty ones and its own, and nothing else changes.

A program that reads a workbook and saves it loses what it does not know: lists that lie on other
sheets, comments, pictures. So the bytes of the sheet's part are changed where the cells stand;
every other part, cell, style and range stays, but for the styles when a day needs one more.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.xml.constants import ARC_STYLE

from docgen.errors import Problem, UsageError
from docgen.model import sameness
from docgen.registers.book_copies import replace_book
from docgen.registers.book_package import BROKEN
from docgen.registers.books import Book, Grid, grid_of
from docgen.registers.cells import raw_cell
from docgen.registers.cells_read import Bounds, Cell, DamagedBookError, NotAWorkbookError, bounds_of
from docgen.registers.date_styles import CellFormats
from docgen.registers.package_patch import patched_package
from docgen.registers.shared_books import is_typed, refuse_open, refuse_unreadable, unusable
from docgen.registers.sheet_map import (
    RowSpan,
    SheetMap,
    elements_of,
    from_utf8,
    map_sheet,
    to_utf8,
)
from docgen.registers.sheet_patch import (
    Edit,
    PlacedCell,
    Stored,
    applied,
    cell_edits,
    range_edit,
)
from docgen.registers.stale_formulas import Spots, unsettle
from docgen.registers.xlsx_reader import BookContents, read_workbook

_serial: Callable[[dt.date, dt.datetime], float] = to_excel
OwnValue: TypeAlias = str | int | float | dt.date
_MOST_SIGNS: Final = 32_767
_SIGNATURES: Final = "_xmlsignatures/"
_SHOWN_SIGNS: Final = 40


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell that docgen wants to write; an empty text empties it.

    It is written if it is empty, or still shows ``proposed``, which docgen had written before.
    """

    row: int
    column: int
    value: OwnValue
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of a person's workbook as it was read, in which docgen may write cells.

    The styles of its columns are filled in when they are first asked for.
    """

    path: Path
    grid: Grid
    _book: Book
    _data: bytes
    _part: str
    _map: SheetMap
    _sheet: bytes
    _encoding: str
    _formats: CellFormats
    _columns: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def last_row(self) -> int:
        """The last row in which anything stands."""
        return max(self.grid.cells, default=0)

    def refusal(self, cell: OwnCell) -> str:
        """Return why a cell is not to be written, nothing if it may be."""
        row, column = cell.row, cell.column
        known = self._map.rows.get(row, RowSpan(row)).cells.get(column)
        if known is not None and known.has_formula:
            return "в ячейке формула; впишите значение сами"
        for bounds in self._map.merges:
            if _is_within(row, column, bounds) and (column, row) != bounds[:2]:
                first = f"{get_column_letter(bounds[0])}{bounds[1]}"
                return f"ячейка объединена с {first}; разъедините их или впишите значение сами"
        if any(_is_within(row, column, bounds) for bounds in self._map.spreads):
            return "ячейку заполняет формула другой ячейки; впишите значение сами"
        now = raw_cell(self.grid, row, column).text
        if is_typed(now, cell.proposed):
            shown = now if len(now) <= _SHOWN_SIGNS else f"{now[:_SHOWN_SIGNS]}…"
            return f"в ячейке уже стоит «{shown}», вписано не программой; она осталась как есть"
        if self._map.is_protected and self._formats.is_locked(self._style_at(row, column)):
            return (
                "лист защищён от правки; снимите защиту (Рецензирование – Снять защиту листа) или "
                "впишите значение сами"
            )
        if isinstance(cell.value, str) and len(cell.value) > _MOST_SIGNS:
            return f"текст длиннее {_MOST_SIGNS} знаков, Excel такой не хранит; сократите его"
        return ""

    def write(self, cells: Sequence[OwnCell], *, first_row: int = 1) -> None:
        """Write cells, all or none; a copy of the workbook is kept in ``копии/`` first.

        Rows below the last filled one take the styles of the nearest row above, not above
        ``first_row``; tables and the filter that reached to the last row reach to the new ones.

        Raises:
            UsageError: when a cell is not to be written, an office program holds the file, somebody
                saved it since it was read, or the disk refuses.
        """
        refused = [
            Problem("usage", self.grid.spot(one.row, one.column), why)
            for one in cells
            if (why := self.refusal(one))
        ]
        if refused:
            raise UsageError(refused)
        if not cells:
            return
        try:
            new = patched_package(self._data, self._parts(cells, first_row))
            title = self.grid.where.sheet
            written = {title: {(one.row, one.column) for one in cells}}
            stale = unsettle(new, self._book.parts, written)
            new = patched_package(new, stale.parts)
            is_true = self._differs_only_in(read_workbook(new), cells, stale.spots)
        except (NotAWorkbookError, *BROKEN) as error:
            raise _unwritten(self.path) from error
        if not is_true:
            raise _unwritten(self.path)
        if new != self._data:
            replace_book(self.path, self._data, new)

    def _differs_only_in(
        self, contents: BookContents, cells: Sequence[OwnCell], stale: Spots
    ) -> bool:
        """Return whether the book reads as before but for cells written, and results taken out."""
        own = {(one.row, one.column) for one in cells}
        if any(one.is_error for one in contents.problems):
            return False
        sheets = {sheet.title: sheet for sheet in contents.sheets}
        if sheets.keys() != self._book.sheets.keys():
            return False
        title = self.grid.where.sheet
        for name, before in self._book.sheets.items():
            left_out = stale.get(name, set()) | (own if name == title else set())
            if _cells_but(before.cells, left_out) != _cells_but(sheets[name].cells, left_out):
                return False
        return all(
            (one.row in sheets[title].cells and one.column in sheets[title].cells[one.row])
            is (one.value != "")
            for one in cells
        )

    # --- parts -----------------------------------------------------------------------------------

    def _parts(self, cells: Sequence[OwnCell], first_row: int) -> Mapping[str, bytes]:
        """Return the parts that change, by name."""
        like = self._rows_to_take_after(cells, first_row)
        placed = [
            PlacedCell(one.row, one.column, *self._stored(one, like.get(one.row))) for one in cells
        ]
        edits = [*cell_edits(self._sheet, self._map, placed, like)]
        edits += self._dimension(placed)
        last = max(one.row for one in placed)
        changed: dict[str, bytes] = {}
        if last > self.last_row:
            edits += self._filter(placed, last)
            changed |= self._tables(placed, last)
        changed[self._part] = from_utf8(applied(self._sheet, edits), self._encoding)
        if self._formats.added:
            changed[ARC_STYLE] = self._formats.part()
        return changed

    def _rows_to_take_after(
        self, cells: Sequence[OwnCell], first_row: int
    ) -> Mapping[int, RowSpan]:
        """Return the row after which each new row takes; struck out ones pass nothing on."""
        donors = (
            row
            for row in range(self.last_row, max(first_row, 1) - 1, -1)
            if row in self.grid.cells and row in self._map.rows and not self._is_struck(row)
        )
        donor = next(donors, None)
        if donor is None:
            return {}
        new = {one.row for one in cells if one.row > self.last_row} - self._map.rows.keys()
        return dict.fromkeys(new, self._map.rows[donor])

    def _is_struck(self, row: int) -> bool:
        return any(
            cell.style.look.is_struck or cell.style.is_crossed
            for cell in self.grid.cells[row].values()
        )

    def _stored(self, cell: OwnCell, like: RowSpan | None) -> tuple[Stored, str]:
        """Return what is stored for a value, and the number of the style."""
        known = like.cells.get(cell.column) if like is not None else None
        style = known.style if known is not None else self._style_at(cell.row, cell.column)
        if isinstance(cell.value, dt.date):
            if not self._formats.formats:
                return f"{cell.value:%d.%m.%Y}", style
            column = self._styles_of_columns().get(cell.column, ())
            return int(_serial(cell.value, self._book.epoch)), self._formats.for_day(style, column)
        if isinstance(cell.value, str):
            return cell.value or None, style
        return cell.value, self._formats.for_number(style)

    def _styles_of_columns(self) -> Mapping[int, tuple[str, ...]]:
        """Return the styles that the cells of each column have, each style once."""
        if not self._columns:
            found: dict[int, dict[str, None]] = {}
            for row in self._map.rows.values():
                for column, known in row.cells.items():
                    found.setdefault(column, {})[known.style] = None
            self._columns.update({column: tuple(styles) for column, styles in found.items()})
        return self._columns

    def _style_at(self, row: int, column: int) -> str:
        """Return the style that a cell has, or takes of its row or column while it is not there."""
        known = self._map.rows.get(row)
        if known is not None and column in known.cells:
            return known.cells[column].style
        if known is not None and known.span is not None:
            attributes = known.span.attributes
            if attributes.get("customFormat", "0") not in {"0", "false"}:
                return attributes.get("s", "0")
        runs = (style for first, last, style in self._map.columns if first <= column <= last)
        return next(runs, "0")

    def _dimension(self, placed: Sequence[PlacedCell]) -> Iterator[Edit]:
        span = self._map.dimension
        if span is None or "ref" not in span.attributes:
            return
        left, top, right, bottom = bounds_of(span.attributes["ref"])
        filled = [one for one in placed if one.value is not None]
        columns, rows = [one.column for one in filled], [one.row for one in filled]
        bounds = min(left, *columns), min(top, *rows), max(right, *columns), max(bottom, *rows)
        yield from range_edit(self._sheet, span, bounds if filled else (left, top, right, bottom))

    def _filter(self, placed: Sequence[PlacedCell], last: int) -> Iterator[Edit]:
        span = self._map.filter
        if span is not None and "ref" in span.attributes:
            bounds = self._reaching(bounds_of(span.attributes["ref"]), placed, last)
            yield from range_edit(self._sheet, span, bounds)

    def _reaching(self, bounds: Bounds, placed: Sequence[PlacedCell], last: int) -> Bounds:
        """Return a range of rows, to the new last one if it reached to the last one before."""
        left, top, right, bottom = bounds
        is_beside = all(not left <= one.column <= right for one in placed)
        if is_beside or top > self.last_row or bottom < self.last_row:
            return bounds
        return left, top, right, max(bottom, last)

    def _tables(self, placed: Sequence[PlacedCell], last: int) -> dict[str, bytes]:
        """Return the parts of the tables that get longer.

        Raises:
            UsageError: when a row of totals closes one of them.
        """
        changed = {}
        with zipfile.ZipFile(io.BytesIO(self._data)) as package:
            for name in self._table_parts(package):
                data, encoding = to_utf8(package.read(name))
                spans = {path: span for path, span in elements_of(data) if len(path) <= 2}
                table = spans[("table",)]
                before = bounds_of(table.attributes["ref"])
                bounds = self._reaching(before, placed, last)
                if bounds == before:
                    continue
                if table.attributes.get("totalsRowCount", "0") != "0":
                    message = (
                        "под таблицей стоит строка итогов, ниже неё не дописать; уберите её "
                        "(Конструктор таблиц – Строка итогов) и повторите"
                    )
                    where = self.grid.spot(before[3], before[0])
                    raise UsageError([Problem("usage", where, message)])
                both = (table, spans.get(("table", "autoFilter")))
                edits = [edit for span in both for edit in range_edit(data, span, bounds)]
                changed[name] = from_utf8(applied(data, edits), encoding)
        return changed

    def _table_parts(self, package: zipfile.ZipFile) -> Iterator[str]:
        if not self._map.tables:
            return
        folder, name = posixpath.split(self._part)
        related, _ = to_utf8(package.read(f"{folder}/_rels/{name}.rels"))
        targets = {
            span.attributes.get("Id", ""): span.attributes.get("Target", "")
            for _, span in elements_of(related)
        }
        for one in self._map.tables:
            # An absolute target begins with a slash, and joining drops the folder.
            yield posixpath.normpath(posixpath.join(f"/{folder}", targets[one])).lstrip("/")


def open_own_sheet(path: Path, title: str) -> OwnSheet:
    """Return a sheet of a workbook, case and blanks of its title aside.

    Raises:
        UsageError: when an office program holds the file, it cannot be read, is signed, or has no
            such sheet.
    """
    refuse_open(path)
    book = refuse_unreadable(path)
    titles = [one for one in book.sheets if sameness(one) == sameness(title)]
    if not titles:
        raise unusable(path, f"в книге нет листа «{title}»; верните ему это имя и повторите")
    problems: list[Problem] = []
    grid = grid_of(book, titles[0], problems)
    if problems:
        raise UsageError(problems)
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if any(name.startswith(_SIGNATURES) for name in names):
                message = f"«{path.name}» подписана электронной подписью: запись сняла бы её"
                raise unusable(path, message)
            part = book.parts[titles[0]]
            sheet, encoding = to_utf8(package.read(part))
            styles = package.read(ARC_STYLE) if ARC_STYLE in names else b"<styleSheet/>"
        mapped, formats = map_sheet(sheet), CellFormats.of(styles)
    except DamagedBookError as error:
        raise UsageError([Problem(error.code, grid.where, str(error))]) from error
    except BROKEN as error:
        message = f"«{path.name}» не читается; верните её из копии или переименуйте и повторите"
        raise unusable(path, message) from error
    return OwnSheet(path, grid, book, data, part, mapped, sheet, encoding, formats)


def write_cells(path: Path, title: str, cells: Sequence[OwnCell]) -> None:
    """Write cells of a sheet of a workbook, all or none.

    Raises:
        UsageError: as ``open_own_sheet`` and ``OwnSheet.write``.
    """
    open_own_sheet(path, title).write(cells)


def _unwritten(path: Path) -> UsageError:
    message = (
        f"в «{path.name}» не вписать так, чтобы остальное осталось как было; откройте её в Excel, "
        "сохраните и повторите"
    )
    return unusable(path, message)


def _cells_but(
    cells: Mapping[int, Mapping[int, Cell]], left_out: Set[tuple[int, int]]
) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): cell
        for row, filled in cells.items()
        for column, cell in filled.items()
        if (row, column) not in left_out
    }


def _is_within(row: int, column: int, bounds: Bounds) -> bool:
    left, top, right, bottom = bounds
    return left <= column <= right and top <= row <= bottom
