"""Books beside those that are read: copies, and registers that lie in another file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, warning
from docgen.model import Schema, sameness
from docgen.registers.book_package import BROKEN, open_package
from docgen.registers.books import OTHER_FORMATS, Book, Books
from docgen.registers.cells_read import NotAWorkbookError
from docgen.registers.sheet_xml import PartParser, parse_part, tag

_CONTENTS: Final = "xl/workbook.xml"
_OPENED: Final = (".xlsm", ".xltx", ".xltm")
_FEWEST_SHEETS: Final = 2
"""Registers in a book by which it is known as a copy, whatever its name is."""
_MOMENT_S: Final = 2
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class _Beside:
    """A file beside the books that are read: which registers it seems to hold, and of which book.

    ``is_named_alike``: its name says that it is a copy of that book; nobody looks into a file that
    ``is_known_by_name_alone``.
    """

    path: Path
    shown: str
    registers: tuple[Schema, ...]
    is_named_alike: bool
    is_known_by_name_alone: bool = False

    @property
    def read_instead(self) -> str:
        """The name of the book that is read in its place."""
        return self.registers[0].workbook


def without_copies(books: Books, schemas: Mapping[str, Schema]) -> tuple[Books, list[Problem]]:
    """Return the books without copies of those that are read, and what to say of these.

    A book of tables alone is no copy, wherever it lies.
    """
    beside = [*_copied_books(books, schemas), *_other_files(books, schemas)]
    problems = [problem for one in beside for problem in _problems(one, books)]
    copies = {
        one.path.name
        for one in beside
        if _book_named(books, one.read_instead) is not None
        and (one.is_named_alike or len(one.registers) >= _FEWEST_SHEETS)
    }
    names = {sameness(one.workbook) for one in schemas.values()}
    kept = [book for book in books.books if book.name not in copies]
    # Of two sheets with one title that of the books of registers is read.
    kept.sort(key=lambda book: sameness(book.name) not in names)
    return replace(books, books=tuple(kept)), problems


def _copied_books(books: Books, schemas: Mapping[str, Schema]) -> Iterator[_Beside]:
    names = {sameness(one.workbook) for one in schemas.values()}
    for book in books.books:
        if sameness(book.name) not in names:
            path = books.folder / book.name
            yield from _beside(path, book.shown, [*book.sheets, *book.unread], schemas)


def _other_files(books: Books, schemas: Mapping[str, Schema]) -> Iterator[_Beside]:
    """Yield the files of other formats that bear the name of a book or of a register."""
    for path in sorted(books.folder.iterdir()):
        if path.suffix.lower() not in OTHER_FORMATS or path.name.startswith(("~$", ".")):
            continue
        titles = _titles_in(path) if path.suffix.lower() in _OPENED else []
        yield from _beside(path, f"{books.shown}/{path.name}", titles or [path.stem], schemas)


def _beside(
    path: Path, shown: str, titles: Sequence[str], schemas: Mapping[str, Schema]
) -> Iterator[_Beside]:
    """Yield a file if it holds registers of a book that is read, or its name says so."""
    known = {sameness(title) for title in titles}
    by_book: dict[str, list[Schema]] = {}
    for schema in schemas.values():
        by_book.setdefault(schema.workbook, []).append(schema)
    for workbook, own in by_book.items():
        held = tuple(one for one in own if sameness(one.sheet) in known)
        is_alike = _is_named_after(path.stem, Path(workbook).stem)
        if held:
            yield _Beside(path, shown, held, is_alike)
            return
        if is_alike and path.suffix.lower() in OTHER_FORMATS:
            yield _Beside(path, shown, tuple(own), is_alike, is_known_by_name_alone=True)
            return


def _is_named_after(stem: str, book: str) -> bool:
    """Whether a name is that of a book with something around it: «Книга (2)», «Копия Книга»."""
    typed, name = sameness(stem), sameness(book)
    return typed.startswith(name) or (typed.endswith(name) and "коп" in typed)


class _SheetTitles(PartParser):
    """The titles of the sheets of a book, filled while its contents are parsed."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.starts = {tag("sheet"): lambda of: self.titles.append(of.get("name", ""))}


def _titles_in(path: Path) -> list[str]:
    """Return the titles of the sheets of a book in a related format; none if it cannot be read."""
    found = _SheetTitles()
    try:
        with open_package(path.read_bytes()) as package:
            parse_part(package.pieces(_CONTENTS), found)
    except (NotAWorkbookError, *BROKEN):
        return []
    return found.titles


def _problems(beside: _Beside, books: Books) -> Iterator[Problem]:
    """Yield what to say of a file that is not read."""
    where, name = Location(file=beside.shown), beside.path.name
    read = _book_named(books, beside.read_instead)
    if read is None:
        return
    lone = [one for one in beside.registers if not _has(read, one)]
    if lone and not beside.is_known_by_name_alone:
        message = (
            f"файл не читается, а {_sheets(lone)} есть только в нём; перенесите в книгу "
            f"«{read.name}»"
        )
        yield warning("unread-book", where, message)
    elif _is_newer(beside.path, books.folder / read.name):
        message = (
            f"файл новее, чем «{read.name}», а {_sheets(beside.registers)} читается из неё; если "
            f"правили «{name}», сохраните эти правки в «{read.name}», если нет — уберите файл"
        )
        yield warning("unread-book", where, message)
    else:
        message = (
            f"файл не читается: {_sheets(beside.registers)} читается из «{read.name}»; если он не "
            "нужен, уберите его из папки"
        )
        yield warning("copy-beside", where, message)


def _sheets(registers: Sequence[Schema]) -> str:
    """Return the sheets of some registers as the subject of a sentence."""
    titles = [f"«{one.sheet}»" for one in registers]
    if len(titles) == 1:
        return f"лист {titles[0]}"
    return "всё" if len(titles) > _MOST_NAMED else f"то, что на листах {', '.join(titles)},"


def _book_named(books: Books, name: str) -> Book | None:
    return next((one for one in books.books if sameness(one.name) == sameness(name)), None)


def _has(book: Book, schema: Schema) -> bool:
    return any(sameness(title) == sameness(schema.sheet) for title in (*book.sheets, *book.unread))


def _is_newer(path: Path, read: Path) -> bool:
    """Whether a file was saved after another one, by more than a moment."""
    try:
        return path.stat().st_mtime > read.stat().st_mtime + _MOMENT_S
    except OSError:
        return False
