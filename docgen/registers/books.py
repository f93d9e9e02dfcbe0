"""Opening workbooks: any other file, or one that would exhaust memory, is refused with a reason."""

from __future__ import annotations

import contextlib
import gc
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl.utils import get_column_letter

from docgen import files
from docgen.errors import Location, Problem, UsageError, warning
from docgen.registers.cells_read import Bounds, Cell, NotAWorkbookError, SheetCells
from docgen.registers.xlsx_reader import read_workbook

LIMIT_ROWS = 200_000
LIMIT_COLUMNS = 200
LIMIT_CELLS = 2_000_000
LIMIT_UNPACKED_BYTES = 128 << 20
LIMIT_FILE_BYTES = 64 << 20

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*<(?:!--|!doctype\s+html|html|head|body|meta|table)", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SAVE = "откройте его в Excel и сохраните как «Книга Excel (.xlsx)»"
_OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers")
# What openpyxl raises for a broken package: it has no error class for that.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """An open workbook; ``shown`` is its path as people know it, ``sheets`` are by title."""

    name: str
    shown: str
    sheets: Mapping[str, SheetCells]


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

    ``covered`` has the bounds of the merge that a cell lies in, by row and column of the cell.
    """

    where: Location
    sheet: SheetCells
    cells: Mapping[int, Mapping[int, Cell]]
    covered: Mapping[tuple[int, int], Bounds]
    hidden_rows: frozenset[int]

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
    with without_garbage_collection():
        for path in find_books(folder, shown=shown):
            name = unicodedata.normalize("NFC", path.name)
            book = open_book(path, shown=f"{shown}/{name}", problems=problems)
            if book is not None:
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
    paths = workbook_paths(folder)
    if not paths:
        raise UsageError([Problem("usage", Location(file=shown), _no_workbook(folder, shown))])
    return paths


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
    others = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in _OTHER_FORMATS)
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
        data = _read_limited(path)
        _inspect(data)
        sheets = read_workbook(data, _refuse_sheet)
    except NotAWorkbookError as error:
        problems.append(Problem("not-a-workbook", where, str(error)))
    except OSError as error:
        message = f"файл не читается: {files.reading_reason(error)}"
        problems.append(Problem("not-a-workbook", where, message))
    except _BROKEN as error:
        message = (
            f"книга повреждена и не читается ({type(error).__name__}); "
            "откройте её в Excel и сохраните заново как «Книга Excel (.xlsx)»"
        )
        problems.append(Problem("not-a-workbook", where, message))
    else:
        name = unicodedata.normalize("NFC", path.name)
        return Book(name, shown, {sheet.title: sheet for sheet in sheets})
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
        raise _refusal("файл больше 64 МБ; уберите из него рисунки и лишние листы")
    return path.read_bytes()


def _refusal(message: str) -> NotAWorkbookError:
    return NotAWorkbookError(message)


def _inspect(data: bytes) -> None:
    """Refuse bytes that are no workbook, or that would unpack to too much."""
    if not data.startswith(b"PK"):
        raise _refusal(_what_it_is(data))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        names = package.namelist()
    except zipfile.BadZipFile as error:
        message = "файл обрезан или повреждён (недокачан?); скопируйте его заново"
        raise _refusal(message) from error
    if not any(name.lower() == "xl/workbook.xml" for name in names):
        raise _refusal(_what_package(names))
    if sum(item.file_size for item in package.infolist()) > LIMIT_UNPACKED_BYTES:
        raise _refusal("внутри файла слишком много данных (больше 128 МБ); он не похож на реестр")
    for name in names:
        # Sheets are large: they are looked at when they are read.
        if name.lower().endswith((".xml", ".rels", ".vml")) and not _SHEET_PART.fullmatch(name):
            _refuse_doctype(package.read(name))


def _what_it_is(data: bytes) -> str:
    """Return in Russian what bytes that are no .xlsx seem to be, and what to do."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        return "файл пуст; возьмите его копию или создайте книгу заново"
    if data.startswith(_OLE_MAGIC):
        return _what_ole(data)
    if _HTML.match(body[:4096]):
        return f"это веб-страница (выгрузка HTML) под именем .xlsx; {_SAVE}"
    if body.lstrip().startswith(b"<?xml"):
        return f"это таблица XML под именем .xlsx; {_SAVE}"
    what = "не книга Excel" if b"\x00" in data[:4096] else "обычный текст (CSV?) под именем .xlsx"
    return f"это {what}; {_SAVE}"


def _what_ole(data: bytes) -> str:
    """Return in Russian whether an OLE file is an old workbook or one with a password."""
    # Names of streams in an OLE directory are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "книга защищена паролем; снимите пароль (Файл — Сведения — Защита книги)"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return f"это старая книга Excel (.xls), а не .xlsx; {_SAVE}"
    return f"это старая книга .xls или книга под паролем, а не .xlsx; снимите пароль, {_SAVE}"


def _what_package(names: list[str]) -> str:
    """Return in Russian what a zip without a workbook seems to be."""
    if any(name.startswith("word/") for name in names):
        return "это документ Word под именем .xlsx, а не книга; положите сюда книгу Excel"
    if "mimetype" in names:
        return "это таблица OpenDocument (.ods); сохраните её в LibreOffice как .xlsx"
    if any(name.lower() == "xl/workbook.bin" for name in names):
        return "это двоичная книга (.xlsb); сохраните её в Excel как «Книга Excel (.xlsx)»"
    return "это архив, а не книга Excel; распакуйте его и положите сюда саму книгу"


def _refuse_doctype(part: bytes) -> None:
    """Refuse a part with a DOCTYPE: no office program writes one, entity bombs need it."""
    head = part if part[:2] not in (b"\xff\xfe", b"\xfe\xff") else part.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _refusal("внутри файла есть описание DOCTYPE: так книги не пишут, файл подозрителен")


def _refuse_sheet(part: bytes) -> None:
    """Refuse a sheet that has a DOCTYPE or too many rows or cells."""
    _refuse_doctype(part)
    if part.count(b"<row") > LIMIT_ROWS or part.count(b"<c ") > LIMIT_CELLS:
        raise _refusal(
            "на листе больше 200 000 строк или 2 000 000 ячеек; удалите пустые строки под таблицей"
        )


def grid_of(book: Book, title: str, problems: list[Problem]) -> Grid:
    """Return the cells of a sheet; one far away from any table becomes a problem instead."""
    sheet = book.sheets[title]
    where = Location(file=book.shown, sheet=title)
    cells: dict[int, Mapping[int, Cell]] = {}
    for row, filled in sheet.cells.items():
        near = filled
        if row > LIMIT_ROWS or max(filled) > LIMIT_COLUMNS:
            near = {} if row > LIMIT_ROWS else _near(filled)
            problems += [_far_out(where, cell) for c, cell in filled.items() if c not in near]
        if near:
            cells[row] = near
    return Grid(where, sheet, cells, _covered(sheet), frozenset(sheet.hidden_rows))


def _near(filled: Mapping[int, Cell]) -> dict[int, Cell]:
    return {column: cell for column, cell in filled.items() if column <= LIMIT_COLUMNS}


def _far_out(where: Location, cell: Cell) -> Problem:
    spot = replace(where, cell=cell.coordinate)
    message = "значение стоит далеко за таблицей, вероятно, случайно; удалите его"
    return Problem("not-a-workbook", spot, message)


def _covered(sheet: SheetCells) -> dict[tuple[int, int], Bounds]:
    """Return the bounds of the merge by each cell in it, its first cell included."""
    covered = {}
    for bounds in sheet.merges:
        left, top, right, bottom = bounds
        for row in range(top, bottom + 1):
            for column in range(left, min(right, LIMIT_COLUMNS) + 1):
                covered[row, column] = bounds
    return covered
