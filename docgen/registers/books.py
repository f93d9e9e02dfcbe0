"""Opening workbooks: any other file, or one that would exhaust memory, is refused with a reason."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH

from docgen import files
from docgen.errors import Location, Problem, UsageError, warning
from docgen.registers.book_limits import (
    LIMIT_COLUMNS,
    LIMIT_FILE_BYTES,
    LIMIT_FILLED_CELLS,
    LIMIT_ROWS,
    spaced,
)
from docgen.registers.book_package import BROKEN
from docgen.registers.cells_read import (
    Bounds,
    Cell,
    NotAWorkbookError,
    SheetCells,
    TooLargeError,
)
from docgen.registers.xlsx_reader import read_workbook

OTHER_FORMATS = (
    *(".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".fods", ".ots", ".csv", ".tsv"),
    *(".numbers", ".et"),
)
"""Formats of tables that are not read."""
_MOST_FAR = 10
COPIES = "копии"
"""The folder beside workbooks in which copies of them lie; it is no workspace."""


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """An open workbook; ``shown`` is its path as people know it, ``sheets`` are by title.

    ``unread`` are the titles of sheets that could not be read, which is reported; ``others`` says
    in Russian what a sheet is that is no table. ``parts`` are the parts of sheets by title, and
    ``epoch`` is the day from which days are counted.
    """

    name: str
    shown: str
    sheets: Mapping[str, SheetCells]
    unread: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    epoch: dt.datetime = WINDOWS_EPOCH

    @property
    def filled(self) -> int:
        """How many filled cells it has."""
        return sum(len(row) for sheet in self.sheets.values() for row in sheet.cells.values())


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """The workbooks of a folder, and the problems of opening them."""

    folder: Path
    shown: str
    books: tuple[Book, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The filled cells of a sheet by row and column (from 1), its merges and hidden rows.

    Of the hidden rows a filter hides the ``filtered_rows``, a person the others.
    ``covered`` has the bounds of the merge that a cell lies in, by row and column of the cell.
    """

    where: Location
    sheet: SheetCells
    cells: Mapping[int, Mapping[int, Cell]]
    covered: Mapping[tuple[int, int], Bounds]
    hidden_rows: frozenset[int]
    filtered_rows: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the filled cell at a place, or ``None``; only the first of a merge is filled."""
        return self.cells.get(row, {}).get(column)

    def spot(self, row: int, column: int) -> Location:
        """Return the location of a cell."""
        where = self.where
        return Location(where.file, where.sheet, f"{get_column_letter(column)}{row}")


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off while cells are read: it would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_books(folder: Path, *, shown: str) -> Books:
    """Open every workbook of a workspace once.

    ``shown`` is the folder as people know it, e.g. ``registers/school``. A file that is no
    workbook becomes a problem, not an exception.

    Raises:
        UsageError: when there is no such folder, or no workbook in it.
    """
    books: list[Book] = []
    problems: list[Problem] = []
    filled = 0
    with without_garbage_collection():
        for path in find_books(folder, shown=shown):
            name = unicodedata.normalize("NFC", path.name)
            book = open_book(path, shown=f"{shown}/{name}", problems=problems)
            if book is None:
                continue
            filled += book.filled
            if filled > LIMIT_FILLED_CELLS:
                message = (
                    f"в книгах папки вместе больше {spaced(LIMIT_FILLED_CELLS)} заполненных ячеек; "
                    "уберите из неё книги, которые не реестры"
                )
                problems.append(Problem("too-large", Location(file=book.shown), message))
                break
            books.append(book)
    return Books(folder, shown, tuple(books), tuple(problems))


def find_books(folder: Path, *, shown: str) -> list[Path]:
    """Return the workbooks of a workspace without opening them.

    Raises:
        UsageError: when there is no such folder, or no workbook in it.
    """
    if not folder.is_dir():
        message = f"нет папки «{shown}»; проверьте имя рабочей папки"
        raise UsageError([Problem("usage", Location(file=shown), message)])
    if is_folder_of_copies(folder):
        message = f"в папке «{COPIES}» лежат прежние книги; назовите рабочую папку над ней"
        raise UsageError([Problem("usage", Location(file=shown), message)])
    paths = workbook_paths(folder)
    if not paths:
        raise UsageError([Problem("usage", Location(file=shown), _no_workbook(folder, shown))])
    return paths


def is_folder_of_copies(folder: Path) -> bool:
    """Return whether a folder is the one in which copies of workbooks are kept."""
    return unicodedata.normalize("NFC", folder.resolve().name) == COPIES


def workbook_paths(folder: Path) -> list[Path]:
    """Return the workbooks of a folder, without lock and hidden files."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() == ".xlsx"
        and not path.name.startswith(("~$", "."))
        and path.is_file()
    )


def _no_workbook(folder: Path, shown: str) -> str:
    """Return the sentence for a folder without workbooks."""
    others = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in OTHER_FORMATS)
    if others:
        return (
            f"в папке «{shown}» нет ни одной книги .xlsx, но есть «{others[0]}»; "
            "откройте его и сохраните как «Книга Excel (.xlsx)»"
        )
    return (
        f"в папке «{shown}» нет реестров: ни одной книги .xlsx; "
        "укажите папку с реестрами или создайте её командой docgen init"
    )


def open_book(path: Path, *, shown: str, problems: list[Problem]) -> Book | None:
    """Open one workbook, or add to ``problems`` why it cannot be opened."""
    where = Location(file=shown)
    problems += lock_warnings(path, shown=shown)
    try:
        contents = read_workbook(_read_limited(path))
    except NotAWorkbookError as error:
        problems.append(Problem(error.code, where, str(error)))
    except OSError as error:
        message = f"файл не читается: {files.reading_reason(error)}; проверьте, открывается ли он"
        problems.append(Problem("not-a-workbook", where, message))
    except MemoryError:
        message = "на чтение книги не хватило памяти; закройте лишние программы и повторите"
        problems.append(Problem("too-large", where, message))
    except BROKEN:
        message = (
            "книга повреждена и не читается; "
            "откройте её в Excel и сохраните заново как «Книга Excel (.xlsx)»"
        )
        problems.append(Problem("not-a-workbook", where, message))
    else:
        name = unicodedata.normalize("NFC", path.name)
        problems += [
            replace(one, where=replace(one.where, file=shown)) for one in contents.problems
        ]
        sheets = {sheet.title: sheet for sheet in contents.sheets}
        return Book(
            name,
            shown,
            sheets,
            tuple(contents.unread),
            contents.others,
            contents.parts,
            contents.epoch,
        )
    return None


def lock_warnings(path: Path, *, shown: str) -> list[Problem]:
    """Return a warning when Excel or LibreOffice seems to have the workbook open."""
    lock = files.office_lock_of(path)
    if lock is None:
        return []
    message = f"книга, похоже, открыта (рядом лежит «{lock.name}»): возможно, не сохранено"
    return [warning("office-lock", Location(file=shown), message)]


def _read_limited(path: Path) -> bytes:
    """Return the bytes of a file; refuse one that is too large for a register."""
    if path.stat().st_size > LIMIT_FILE_BYTES:
        raise TooLargeError(
            f"файл больше {LIMIT_FILE_BYTES >> 20} МБ; уберите из него рисунки и лишние листы"
        )
    return path.read_bytes()


def grid_of(book: Book, title: str, problems: list[Problem]) -> Grid:
    """Return the cells of a sheet; one far away from any table becomes a problem instead."""
    sheet = book.sheets[title]
    where = Location(file=book.shown, sheet=title)
    cells: dict[int, Mapping[int, Cell]] = {}
    far: list[Cell] = []
    for row, filled in sheet.cells.items():
        near = filled
        if row > LIMIT_ROWS or max(filled) > LIMIT_COLUMNS:
            near = {} if row > LIMIT_ROWS else _near(filled)
            far += [cell for c, cell in filled.items() if c not in near]
        if near:
            cells[row] = near
    problems += _far_out(where, far)
    problems += _unseen_warning(where, sheet)
    hidden = frozenset(sheet.hidden_rows)
    return Grid(where, sheet, cells, _covered(sheet), hidden, _filtered(sheet))


def _filtered(sheet: SheetCells) -> frozenset[int]:
    """Return the rows that a filter hides: those below the headings of its range."""
    return frozenset(
        row
        for row in sheet.hidden_rows
        if any(top < row <= bottom for _, top, _, bottom in sheet.filters)
    )


def _near(filled: Mapping[int, Cell]) -> dict[int, Cell]:
    return {column: cell for column, cell in filled.items() if column <= LIMIT_COLUMNS}


def _far_out(where: Location, cells: Sequence[Cell]) -> Iterator[Problem]:
    """Yield a problem for each of the first cells far away; the last says how many more."""
    more = len(cells) - _MOST_FAR
    for number, cell in enumerate(cells[:_MOST_FAR], 1):
        others = f" (и ещё в {more} ячейках)" if number == _MOST_FAR and more > 0 else ""
        message = f"значение стоит далеко за таблицей, вероятно, случайно{others}; удалите его"
        yield Problem("not-a-workbook", replace(where, cell=cell.coordinate), message)


def _unseen_warning(where: Location, sheet: SheetCells) -> Iterator[Problem]:
    """Yield a warning about values that lie below merged cells: Excel does not show them."""
    if not sheet.unseen:
        return
    places = [f"{get_column_letter(column)}{row}" for row, column in sheet.unseen]
    others = f" и ещё в {len(places) - 1}" if len(places) > 1 else ""
    message = (
        f"под объединёнными ячейками скрыто значение ячейки {places[0]}{others}: его не видно, и "
        "оно не читается; если оно нужно, разъедините ячейки, если нет, удалите его"
    )
    yield warning("not-printed", replace(where, cell=places[0]), message)


def _covered(sheet: SheetCells) -> dict[tuple[int, int], Bounds]:
    """Return the bounds of the merge by each cell in it, its first cell included."""
    covered = {}
    for bounds in sheet.merges:
        left, top, right, bottom = bounds
        for row in range(top, bottom + 1):
            for column in range(left, min(right, LIMIT_COLUMNS) + 1):
                covered[row, column] = bounds
    return covered
