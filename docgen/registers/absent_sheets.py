"""What is said of a register that papers need and whose sheet, or whole book, is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from docgen.errors import Location, Problem, command
from docgen.model import Schema, sameness
from docgen.registers.books import OTHER_FORMATS, Book, Books
from docgen.registers.unread_sheets import GUIDE_SHEET, LISTS_SHEET
from docgen.suggestions import FAIRLY_NEAR, NEAREST_OF_ALL, suggestion


def title_in(titles: Iterable[str], title: str) -> str | None:
    """Return the title that is ``title`` but for case and blanks."""
    wanted = sameness(title)
    return next((name for name in titles if sameness(name) == wanted), None)


def absent_sheets(
    books: Books, schemas: Mapping[str, Schema], renamed: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of required registers that are not there, one a book that is not.

    Those that are ``renamed`` stand under another title, and are told there.
    """
    lacking: dict[str, list[Schema]] = {}
    for schema in schemas.values():
        if schema.is_optional or schema.name in renamed:
            continue
        book = next((b for b in books.books if sameness(b.name) == sameness(schema.workbook)), None)
        if book is None:
            lacking.setdefault(schema.workbook, []).append(schema)
        elif title_in((*book.sheets, *book.unread, *book.others), schema.sheet) is None:
            yield _missing_sheet(book, schema, schemas)
    for workbook, absent in lacking.items():
        yield from _missing_book(books, workbook, absent, schemas)


def _missing_sheet(book: Book, schema: Schema, schemas: Mapping[str, Schema]) -> Problem:
    """Return the problem of a missing sheet, with the title that may have been meant."""
    known = {sameness(one.sheet) for one in schemas.values()} | {sameness(GUIDE_SHEET)}
    titles = [
        title
        for title in book.sheets
        if sameness(title) not in known and not title.startswith(LISTS_SHEET)
    ]
    hint = suggestion(schema.sheet, titles, fold=sameness, likeness=FAIRLY_NEAR)
    adding = command("add", schema.sheet, PurePosixPath(book.shown).parent.as_posix())
    message = f"в книге нет листа «{schema.sheet}»{hint or f'; добавьте его: {adding}'}"
    return Problem("missing-sheet", Location(file=book.shown), message)


def _missing_book(
    books: Books, workbook: str, absent: Sequence[Schema], schemas: Mapping[str, Schema]
) -> Iterator[Problem]:
    """Yield the problem of a missing workbook, with the file that may have been meant."""
    where = Location(file=f"{books.shown}/{workbook}")
    if any(problem.where.file == where.file and problem.is_error for problem in books.problems):
        return
    known = {sameness(one.workbook) for one in schemas.values()}
    others = [one.name for one in books.books if sameness(one.name) not in known]
    hint = _saved_otherwise(books, workbook) or suggestion(
        workbook, others, fold=sameness, likeness=NEAREST_OF_ALL
    )
    named = ", ".join(f"«{one.sheet}»" for one in absent)
    sheets = f"листом {named}" if len(absent) == 1 else f"листами {named}"
    yield Problem("missing-sheet", where, f"нет книги «{workbook}» с {sheets}{hint}")


def _saved_otherwise(books: Books, workbook: str) -> str:
    """Return how to save the book that lies there in another format, if one does."""
    name = sameness(Path(workbook).stem)
    for path in sorted(books.folder.iterdir()):
        if path.suffix.lower() in OTHER_FORMATS and sameness(path.stem) == name:
            return f"; рядом лежит «{path.name}»: откройте его и сохраните как «{workbook}»"
    return ""
