"""Open workbooks: tell what is no workbook, refuse what would hang, keep a sparse grid of cells."""

from __future__ import annotations

import contextlib
import gc
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.errors import Location, Problem, UsageError, warning

LIMIT_ROWS = 200_000
LIMIT_COLUMNS = 200
LIMIT_CELLS = 2_000_000
LIMIT_UNPACKED_BYTES = 128 << 20
LIMIT_FILE_BYTES = 64 << 20
LIMIT_RANGE_CELLS = 400_000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*<(?:!--|!doctype\s+html|html|head|body|meta|table)", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_RANGE = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SAVE = "откройте его в Excel и сохраните как «Книга Excel (.xlsx)»"
_OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers")
# What openpyxl lets through of a broken package: it has no error class of its own.
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
    """An open workbook; ``shown`` is its path as people know it.

    ``uncalculated`` holds sheet and coordinate of the formulas that have no stored result.
    """

    name: str
    shown: str
    workbook: Workbook
    uncalculated: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """The workbooks of a folder, and what was wrong with opening them."""

    folder: Path
    shown: str
    books: tuple[Book, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The filled cells of a sheet by row and column (from 1), its merges and hidden rows.

    ``covered`` tells for a cell below a merge the bounds of that merge (left, top, right, bottom).
    """

    where: Location
    sheet: Worksheet
    cells: Mapping[int, Mapping[int, Cell]]
    covered: Mapping[tuple[int, int], tuple[int, int, int, int]]
    hidden_rows: frozenset[int]
    uncalculated: frozenset[str]

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the filled cell there, if any; cells below a merge are empty."""
        return self.cells.get(row, {}).get(column)

    def spot(self, row: int, column: int) -> Location:
        """Return the place of a cell."""
        return Location(
            file=self.where.file,
            sheet=self.where.sheet,
            cell=f"{get_column_letter(column)}{row}",
        )


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Read without looking for garbage: all is kept, and looking takes a third of the time."""
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
    with without_collection():
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
        has_formulas = _inspect(data)
        values = _load(data, data_only=True)
        uncalculated = _uncalculated(values, data) if has_formulas else frozenset()
    except _NotAWorkbookError as error:
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
        return Book(name, shown, values, uncalculated)
    return None


def lock_warnings(path: Path, *, shown: str) -> list[Problem]:
    """Return a warning when Excel or LibreOffice seems to have the workbook open."""
    lock = files.office_lock_of(path)
    if lock is None:
        return []
    message = f"книга, похоже, открыта (рядом лежит «{lock.name}»): возможно, не сохранено"
    return [warning("office-lock", Location(file=shown), message)]


def _read_limited(path: Path) -> bytes:
    """Return the bytes of a file of a size that a register can have."""
    if path.stat().st_size > LIMIT_FILE_BYTES:
        raise _refusal("файл больше 64 МБ; уберите из него рисунки и лишние листы")
    return path.read_bytes()


class _NotAWorkbookError(Exception):
    """The bytes are no workbook that can be read; the text is for people."""


def _refusal(message: str) -> _NotAWorkbookError:
    return _NotAWorkbookError(message)


def _inspect(data: bytes) -> bool:
    """Refuse what is no workbook or would hang; return whether there are formulas."""
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
    has_formulas = False
    for name in names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            part = package.read(name)
            _refuse_doctype(part)
            if _SHEET_PART.fullmatch(name):
                _refuse_huge(part)
                has_formulas = has_formulas or _FORMULA.search(part) is not None
    return has_formulas


def _what_it_is(data: bytes) -> str:
    """Return what bytes that are no .xlsx seem to be, and what to do."""
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
    """Return which of the two that share a signature it is: an old book or a locked one."""
    # Names of streams in an OLE directory are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "книга защищена паролем; снимите пароль (Файл — Сведения — Защита книги)"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return f"это старая книга Excel (.xls), а не .xlsx; {_SAVE}"
    return f"это старая книга .xls или книга под паролем, а не .xlsx; снимите пароль, {_SAVE}"


def _what_package(names: list[str]) -> str:
    """Return what a zip without a workbook seems to be."""
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


def _refuse_huge(part: bytes) -> None:
    """Refuse a sheet that openpyxl would unfold over all memory."""
    if part.count(b"<row") > LIMIT_ROWS or part.count(b"<c ") > LIMIT_CELLS:
        raise _refusal(
            "на листе больше 200 000 строк или 2 000 000 ячеек; удалите пустые строки под таблицей"
        )
    for found in _RANGE.findall(part):
        left, top, right, bottom = _bounds(found.decode("ascii"))
        if (right - left + 1) * (bottom - top + 1) > LIMIT_RANGE_CELLS:
            raise _refusal(
                f"объединены ячейки {found.decode('ascii')} — почти весь лист; разъедините их"
            )


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of a range of cells."""
    left, top, right, bottom = range_boundaries(reference)
    return left or 1, top or 1, right or 1, bottom or 1


def _load(data: bytes, *, data_only: bool) -> Workbook:
    """Return the workbook in the mode that keeps merges, formats and hidden rows."""
    with warnings.catch_warnings():
        # openpyxl warns of extensions and styles that it drops; nothing here reads them.
        warnings.simplefilter("ignore")
        return load_workbook(
            io.BytesIO(data), data_only=data_only, keep_links=False, rich_text=True
        )


def _uncalculated(values: Workbook, data: bytes) -> frozenset[tuple[str, str]]:
    """Return the formulas without a stored result.

    A stored empty text is a result; openpyxl tells it by the type «str» that it leaves in place.
    """
    formulas = _load(data, data_only=False)
    missing = set()
    for sheet in formulas.worksheets:
        if sheet.title not in values.sheetnames:
            continue
        stored = {(c.row, c.column): c for c in filled_cells(values[sheet.title])}
        for cell in filled_cells(sheet):
            result = stored.get((cell.row, cell.column))
            if cell.data_type == "f" and (
                result is None or (result.value is None and result.data_type != "str")
            ):
                missing.add((sheet.title, cell.coordinate))
    return frozenset(missing)


def filled_cells(sheet: Worksheet) -> Iterator[Cell]:
    """Return the cells that the file holds, in order of rows."""
    # The public iterators make every empty cell up to the last one, which may be XFD1048576.
    held = sheet._cells  # noqa: SLF001
    for spot in sorted(held):
        cell = held[spot]
        if isinstance(cell, Cell):
            yield cell


def grid_of(book: Book, title: str, problems: list[Problem]) -> Grid:
    """Return the sheet's cells; a cell far out of any table becomes a problem and is left out."""
    sheet = book.workbook[title]
    where = Location(file=book.shown, sheet=title)
    uncalculated = frozenset(spot for name, spot in book.uncalculated if name == title)
    cells: dict[int, dict[int, Cell]] = {}
    for cell in filled_cells(sheet):
        if cell.value is None and cell.coordinate not in uncalculated:
            continue
        if cell.row > LIMIT_ROWS or cell.column > LIMIT_COLUMNS:
            spot = Location(file=book.shown, sheet=title, cell=cell.coordinate)
            message = "значение стоит далеко за таблицей, вероятно, случайно; удалите его"
            problems.append(Problem("not-a-workbook", spot, message))
            continue
        cells.setdefault(cell.row, {})[cell.column] = cell
    return Grid(where, sheet, cells, _covered(sheet), _hidden_rows(sheet), uncalculated)


def _covered(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """Return the bounds of the merge over each covered cell, its first cell included."""
    covered = {}
    for merged in sheet.merged_cells.ranges:
        bounds = (merged.min_col, merged.min_row, merged.max_col, merged.max_row)
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, min(merged.max_col, LIMIT_COLUMNS) + 1):
                covered[row, column] = bounds
    return covered


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    """Return the rows that a person does not see: hidden, filtered away, or of no height."""
    return frozenset(
        number
        for number, dimension in sheet.row_dimensions.items()
        if dimension.hidden or dimension.height == 0
    )
