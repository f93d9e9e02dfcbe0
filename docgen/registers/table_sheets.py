"""Reading sheets that documents print as tables: merges, widths, bold, lists in cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter

from docgen.errors import Location, Problem, command, warning
from docgen.model import Table, TableCell, TableRow, sameness
from docgen.registers.book_limits import LIMIT_COLUMNS, LIMIT_TABLE_CELLS, spaced
from docgen.registers.books import Book, Books, Grid, grid_of, without_garbage_collection
from docgen.registers.cell_looks import runs_of
from docgen.registers.cells import cell_problem, format_warning, is_filled, raw_cell
from docgen.registers.cells_read import Cell, TooLargeError
from docgen.registers.hidden_rows import hidden_warning
from docgen.registers.shown_text import text_of
from docgen.registers.table_looks import NO_LOOKS, TableLooks, picture_spots, read_looks
from docgen.suggestions import FAIRLY_NEAR, suggestion

UNPRINTED_HEADER = "Выполнено"
"""The column in which people tick off what is done; documents do not show it."""

NO_SAMPLES: Mapping[str, Table] = {}
_LONGEST_GAP = 20
_MOST_HEADER_ROWS = 6
_DEFAULT_WIDTH = 8.43
_OWN_WIDTHS = 120.0
"""What the widths of a sheet that docgen drew add up to, see ``book_writer``."""
_ROUNDED = 0.08
"""By how much a program may change a width when it saves the workbook: half a pixel."""
_ALIKE = 1.02
_NUMBER_HEADERS = ("№", "n", "номер")
_ALIGNMENTS = {
    "left": "left",
    "center": "center",
    "centerContinuous": "center",
    "right": "right",
    "justify": "justify",
    "distributed": "justify",
}


@dataclass(frozen=True, slots=True)
class _Area:
    """The sheet rows and columns that are printed, in order."""

    grid: Grid
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    numbers: frozenset[int] = frozenset()
    looks: TableLooks = NO_LOOKS


def read_tables(
    books: Books, names: Mapping[str, Location], samples: Mapping[str, Table] = NO_SAMPLES
) -> tuple[dict[str, Table], list[Problem]]:
    """Return the named sheets of a workspace as tables, and all their problems.

    ``names`` has the place that names each sheet: there its absence is reported. The ``samples``
    are the tables that docgen can add, their headings alone, by folded title.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    sheets = _sheets(books)
    with without_garbage_collection():
        for name, named_at in names.items():
            found = sheets.get(sameness(name))
            if found is None:
                problems += _missing(books, name, named_at, samples)
                continue
            grid = grid_of(*found, problems)
            try:
                table = _table(name, grid, problems)
            except TooLargeError as error:
                problems.append(Problem(error.code, grid.where, str(error)))
                continue
            if table is None:
                message = f"лист «{found[1]}» пуст; внесите в него таблицу приложения"
                problems.append(Problem("missing-sheet", grid.where, message))
                continue
            tables[name] = table
            sample = samples.get(sameness(name))
            if sample is not None and _texts(table) == _texts(sample):
                message = "под шапкой таблицы нет ни одной строки, приложение выйдет пустым"
                problems.append(warning("missing-sheet", grid.where, f"{message}; впишите их"))
    return tables, problems


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells if cell is not None] for row in table.rows]


def _sheets(books: Books) -> dict[str, tuple[Book, str]]:
    """Return sheets by title without case and blanks; of two with one title the first."""
    sheets: dict[str, tuple[Book, str]] = {}
    for book in books.books:
        for title in book.sheets:
            sheets.setdefault(sameness(title), (book, title))
    return sheets


def _missing(
    books: Books, name: str, named_at: Location, samples: Mapping[str, Table]
) -> list[Problem]:
    """Return the problem of a sheet that no workbook has; one that is not readable is reported."""
    if any(sameness(title) == sameness(name) for book in books.books for title in book.unread):
        return []
    for book in books.books:
        for title, what in book.others.items():
            if sameness(title) == sameness(name):
                message = f"на листе «{title}» не таблица, а {what}; перенесите таблицу на лист"
                return [Problem("missing-sheet", named_at, message)]
    titles = [title for book in books.books for title in book.sheets]
    parts = [part.strip() for part in name.split(",")]
    if {sameness(part) for part in parts} <= {sameness(title) for title in titles}:
        hint = f"; несколько листов разделяйте точкой с запятой: «{'; '.join(parts)}»"
        return [Problem("missing-sheet", named_at, f"нет листа «{name}» с таблицей{hint}")]
    hint = suggestion(name, titles, fold=sameness, likeness=FAIRLY_NEAR)
    adding = f": {command('add', name, books.shown)}" if sameness(name) in samples else ""
    remedy = f"{hint}; исправьте название" if hint else f"; добавьте такой лист{adding}"
    message = f"нет листа «{name}» с таблицей{remedy}"
    return [Problem("missing-sheet", named_at, message)]


def _table(name: str, grid: Grid, problems: list[Problem]) -> Table | None:
    """Return the printed part of a sheet, or ``None`` when the sheet is empty."""
    area = _area(grid, problems)
    if area is None:
        return None
    header_rows = _header_rows(area)
    area = _Area(grid, area.rows, _printed_columns(area, header_rows), _numbers(area, header_rows))
    if not area.columns:
        return None
    area = replace(area, looks=read_looks(grid, area.rows, area.columns, problems))
    if _is_column_numbers(area, header_rows):
        header_rows += 1
    widths = _widths(area)
    return Table(
        name=name,
        where=grid.where,
        widths=tuple(width / sum(widths) for width in widths),
        header_rows=header_rows,
        rows=tuple(_row(area, row, problems) for row in area.rows),
        is_landscape=grid.sheet.is_landscape,
        set_widths=_set_widths(area, widths),
        moving=tuple(_moving(area)),
    )


def _moving(area: _Area) -> Iterator[Location]:
    """Yield the printed cells whose value changes by itself."""
    rows, columns = frozenset(area.rows), frozenset(area.columns)
    for row, column in sorted(area.grid.sheet.moving):
        if row in rows and column in columns:
            yield area.grid.spot(row, column)


# --- what is printed -------------------------------------------------------------------------


def _area(grid: Grid, problems: list[Problem]) -> _Area | None:
    """Return the visible rows and columns between the first and the last text."""
    filled = {
        row: [c for c in sorted(cells) if is_filled(grid, row, c)]
        for row, cells in grid.cells.items()
    }
    filled = {row: columns for row, columns in filled.items() if columns}
    _add_pictures(filled, grid)
    hidden_rows = sorted(filled.keys() & grid.hidden_rows)
    problems += hidden_warning(grid, hidden_rows)
    shown = sorted(filled.keys() - grid.hidden_rows)
    if not shown:
        return None
    hidden_columns = _hidden_columns(grid)
    used = sorted({column for row in shown for column in filled[row]})
    problems += _columns_warning(grid, [c for c in used if c in hidden_columns])
    first, last = used[0], max(used[-1], _last_heading_column(grid, shown[0], used[-1]))
    columns = tuple(c for c in range(first, last + 1) if c not in hidden_columns)
    rows = tuple(_with_gaps(shown, grid.hidden_rows))
    if len(rows) * len(columns) > LIMIT_TABLE_CELLS:
        raise TooLargeError(
            f"таблица в {spaced(len(rows))} строк и {len(columns)} столбцов слишком велика для "
            "приложения; оставьте на листе то, что печатается"
        )
    return _Area(grid, rows, columns)


def _add_pictures(filled: dict[int, list[int]], grid: Grid) -> None:
    """Count cells below the first row that hold a picture alone as filled."""
    if filled:
        first, last = min(filled), max(max(columns) for columns in filled.values())
        for row, column in picture_spots(grid):
            if row > first and column <= last and column not in filled.get(row, []):
                filled[row] = sorted([*filled.get(row, []), column])


def _with_gaps(shown: Sequence[int], hidden: Iterable[int]) -> list[int]:
    """Return the rows and the empty ones between them, except in gaps of over 20 rows."""
    rows = [shown[0]]
    skipped = frozenset(hidden)
    for row in shown[1:]:
        if row - rows[-1] <= _LONGEST_GAP:
            rows += [r for r in range(rows[-1] + 1, row) if r not in skipped]
        rows.append(row)
    return rows


def _last_heading_column(grid: Grid, row: int, last: int) -> int:
    """Return the last column under the merges of the first row; it may have no other text."""
    rights = [grid.covered[row, c][2] for c in grid.cells[row] if (row, c) in grid.covered]
    near = [right for right in rights if right - last <= _MOST_HEADER_ROWS]
    return max([last, *near])


def _dimensions(grid: Grid) -> dict[int, tuple[float | None, bool, bool]]:
    """Return by column its width, whether it is hidden, whether its width was set by hand."""
    found: dict[int, tuple[float | None, bool, bool]] = {}
    for first, last, width, is_hidden, is_set in grid.sheet.columns.values():
        for column in range(max(first, 1), min(last, LIMIT_COLUMNS) + 1):
            found[column] = (width, is_hidden, is_set)
    return found


def _hidden_columns(grid: Grid) -> frozenset[int]:
    return frozenset(c for c, (_, is_hidden, _) in _dimensions(grid).items() if is_hidden)


def _columns_warning(grid: Grid, columns: Sequence[int]) -> list[Problem]:
    """Return one warning about hidden columns with text, or no warning without them."""
    if not columns:
        return []
    letters = ", ".join(get_column_letter(column) for column in columns)
    message = f"скрытые столбцы не печатаются: {letters}; если они нужны, покажите их"
    return [warning("hidden-rows", grid.where, message)]


def _widths(area: _Area) -> list[float]:
    """Return the widths of the columns as the sheet has them."""
    dimensions = _dimensions(area.grid)
    default = area.grid.sheet.default_width or _DEFAULT_WIDTH
    return [dimensions.get(column, (None, False, False))[0] or default for column in area.columns]


def _set_widths(area: _Area, widths: Sequence[float]) -> tuple[bool, ...]:
    """Return of which columns a person set the width.

    Columns that are all equally wide were left as they came or pasted, and those of a sheet that
    docgen drew and nobody touched are docgen's.
    """
    dimensions = _dimensions(area.grid)
    is_set = tuple(dimensions.get(c, (None, False, False))[2] for c in area.columns)
    drawn = [width or 0.0 for width, _, is_by_hand in dimensions.values() if is_by_hand]
    is_own = abs(sum(drawn) - _OWN_WIDTHS) < _ROUNDED * len(drawn) and any(
        not width.is_integer() for width in drawn
    )
    if is_own or max(widths) < min(widths) * _ALIKE:
        return (False,) * len(is_set)
    return is_set


# --- headings --------------------------------------------------------------------------------


def _header_rows(area: _Area) -> int:
    """Return how many of the first rows are headings, without the row of column numbers.

    A heading reaches down as far as its merges, and over a storey that only divides the merged
    headings above it; a first row merged over the whole width is a title over the headings.
    """
    count = 1
    index = 0
    while index < count < min(len(area.rows), _MOST_HEADER_ROWS):
        row = area.rows[index]
        bottom = max((_bounds(area, row, c)[3] for c in area.columns), default=row)
        count = max(count, sum(r <= bottom for r in area.rows[:_MOST_HEADER_ROWS]))
        if index + 1 == count and (_is_title(area, row) or _divides(area, index)):
            count += 1
        index += 1
    return count


def _bounds(area: _Area, row: int, column: int) -> tuple[int, int, int, int]:
    """Return the bounds of the merge at a row and column, else those of the cell."""
    return area.grid.covered.get((row, column), (column, row, column, row))


def _is_title(area: _Area, row: int) -> bool:
    """Whether one merged cell spans all printed columns of a row."""
    left, _, right, _ = _bounds(area, row, area.columns[0])
    return len(area.columns) > 1 and left <= area.columns[0] and right >= area.columns[-1]


def _divides(area: _Area, index: int) -> bool:
    """Whether all texts of the next row are under headings that span several columns."""
    if index + 1 >= len(area.rows):
        return False
    row, below = area.rows[index], area.rows[index + 1]
    texts = [c for c in area.columns if raw_cell(area.grid, below, c).text]
    merged = [c for c in texts if _bounds(area, row, c)[2] > _bounds(area, row, c)[0]]
    return bool(texts) and texts == merged and len(texts) < len(area.columns)


def _heading(area: _Area, column: int, header_rows: int) -> str:
    """Return the lowest heading of a column."""
    for row in reversed(area.rows[:header_rows]):
        left, top, _, _ = _bounds(area, row, column)
        text = raw_cell(area.grid, top, left).text
        if text:
            return sameness(text)
    return ""


def _printed_columns(area: _Area, header_rows: int) -> tuple[int, ...]:
    """Return the columns without the one in which people tick off what is done."""
    ticked = sameness(UNPRINTED_HEADER)
    return tuple(c for c in area.columns if _heading(area, c, header_rows) != ticked)


def _numbers(area: _Area, header_rows: int) -> frozenset[int]:
    """Return the columns of row numbers: «1.1» there is no fraction and keeps its point."""
    return frozenset(
        c for c in area.columns if _heading(area, c, header_rows).startswith(_NUMBER_HEADERS)
    )


def _is_column_numbers(area: _Area, header_rows: int) -> bool:
    """Whether the row after the headings counts the columns (1, 2, 3 and so on)."""
    if header_rows >= len(area.rows) or len(area.columns) < 2:
        return False
    row = area.rows[header_rows]
    texts = [raw_cell(area.grid, row, column).text for column in area.columns]
    return texts == [str(number) for number in range(1, len(texts) + 1)]


# --- cells -----------------------------------------------------------------------------------


def _row(area: _Area, row: int, problems: list[Problem]) -> TableRow:
    """Return one printed row; a cell that a merge covers from above is ``None``."""
    cells: list[TableCell | None] = []
    covered = area.grid.covered
    for column in area.columns:
        if not covered or (row, column) not in covered:
            cells.append(_cell(area, (row, column), (1, 1), problems))
            continue
        left, top, right, bottom = _bounds(area, row, column)
        first_row = area.rows[bisect_left(area.rows, top)]
        first_column = next(c for c in area.columns if c >= left)
        if row != first_row:
            cells.append(None)
        elif column == first_column:
            columns = sum(left <= c <= right for c in area.columns)
            rows = bisect_right(area.rows, bottom) - bisect_left(area.rows, top)
            cells.append(_cell(area, (top, left), (columns, rows), problems))
    return TableRow(row, tuple(cells))


def _cell(
    area: _Area, spot: tuple[int, int], span: tuple[int, int], problems: list[Problem]
) -> TableCell:
    """Return a cell as printed; ``spot`` is row and column, ``span`` columns and rows."""
    where = area.grid.spot(*spot)
    cell = area.grid.cell(*spot)
    looks = area.looks
    pictures = looks.pictures.get(spot, ())
    if cell is None:
        return TableCell("", where, *span, pictures=pictures)
    problem = cell_problem(cell, where)
    if problem is not None:
        problems.append(problem)
        return TableCell("", where, *span)
    style = cell.style
    align = _ALIGNMENTS.get(style.align, "")
    problems += format_warning(cell, where)
    text = text_of(cell, point="." if spot[1] in area.numbers else ",")
    if isinstance(cell.value, str):
        is_bold, is_italic = style.is_bold, style.is_italic
    else:
        is_bold, is_italic = _is_all(cell, "b", style.is_bold), _is_all(cell, "i", style.is_italic)
    made = TableCell(text, where, *span, is_bold, is_italic, align)
    runs, link = runs_of(cell, text), looks.links.get(spot, "")
    if runs or style.turned or link or pictures:
        return replace(made, runs=runs, turned=style.turned, link=link, pictures=pictures)
    return made


def _is_all(cell: Cell, trait: str, whole: bool) -> bool:  # noqa: FBT001 - the style's own trait
    """Whether the whole text is bold (``b``) or italic (``i``), run by run."""
    if not isinstance(cell.value, CellRichText):
        return whole
    runs = [run for run in cell.value if str(run).strip()]
    return bool(runs) and all(
        bool(getattr(run.font, trait)) if isinstance(run, TextBlock) else whole for run in runs
    )
