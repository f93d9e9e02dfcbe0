"""Sheets of registers added to a person's workbook; whatever else it holds stays as it was.

A program that reads a workbook and saves it loses what it does not know. So new sheets are drafted
in a book of their own, and its parts are put into the package of the person's book. Of that only
what lists its sheets changes, and its styles, which get more; dropdowns that offered less for want
of the new sheets draw from longer lists.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openpyxl.xml.constants import ARC_STYLE

from docgen.errors import Location, Problem, UsageError
from docgen.model import Column, Schema, Table, sameness
from docgen.registers.book_copies import replace_book
from docgen.registers.book_directory import (
    CONTENTS,
    RELATIONS,
    TYPES,
    NewPart,
    is_closed_to_sheets,
    listed_parts,
)
from docgen.registers.book_package import BROKEN
from docgen.registers.books import Book, grid_of
from docgen.registers.cells import raw_cell
from docgen.registers.cells_read import DamagedBookError, NotAWorkbookError
from docgen.registers.column_headers import header_of
from docgen.registers.dropdown_edits import (
    SheetDropdowns,
    longer_choices,
    longer_lists,
    row_sources,
)
from docgen.registers.merged_styles import StyleMerger, merge_styles
from docgen.registers.package_patch import patched_package
from docgen.registers.shared_books import refuse_open, refuse_unreadable, unusable
from docgen.registers.sheet_drafts import BookDraft, BookOutline, SheetDraft, draft_sheets
from docgen.registers.sheet_map import from_utf8, to_utf8
from docgen.registers.sheet_patch import applied
from docgen.registers.unread_sheets import LISTS_SHEET, sheet_in_place_of
from docgen.registers.xlsx_reader import BookContents, read_workbook

_SIGNATURES: Final = "_xmlsignatures/"
_STRICT: Final = b"purl.oclc.org/ooxml"


@dataclass(slots=True)
class _OpenBook:
    """A person's workbook as it was read; ``dropdowns`` are filled in as sheets are looked at."""

    path: Path
    book: Book
    data: bytes
    parts: Mapping[str, bytes]
    present: Mapping[str, str]
    places: dict[str, tuple[int, Mapping[str, int]]] = field(default_factory=dict)
    dropdowns: dict[str, SheetDropdowns] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)

    def look_at(self, name: str, schema: Schema) -> None:
        """Find the dropdowns of a sheet, and the columns to which they belong."""
        title = self.present[name]
        data, self.encodings[name] = to_utf8(self.parts[self.book.parts[title]])
        self.dropdowns[name] = SheetDropdowns.of(data)
        self.places[name] = header_of(grid_of(self.book, title, []), schema)

    def texts(self, cells: tuple[str, int, int, int] | None) -> tuple[str, ...]:
        """Return the texts of a range of one column."""
        if cells is None or cells[0] not in self.book.sheets:
            return ()
        grid = grid_of(self.book, cells[0], [])
        texts = (raw_cell(grid, row, cells[1]).text for row in range(cells[2], cells[3] + 1))
        return tuple(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What a workbook is to have: registers, tables, and values in the lists of its columns.

    ``values`` are by register and column.
    """

    registers: Sequence[str]
    tables: Sequence[Table]
    values: Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class AddedSheets:
    """The titles of sheets that were added; ``lists`` are columns that offer more values now.

    ``lists`` are pairs of the title of a sheet and the header of a column.
    """

    titles: tuple[str, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()


def add_sheets(path: Path, schemas: Mapping[str, Schema], request: SheetRequest) -> AddedSheets:
    """Add what a workbook lacks of a request.

    ``schemas`` are all registers of the workbook. A copy of it is kept in ``копии/`` first.

    Raises:
        UsageError: when an office program holds the file, it cannot be read, is signed, a person
            has closed it to new sheets, or the disk refuses; nothing is written then.
    """
    refuse_open(path)
    book = refuse_unreadable(path)
    titles = {sameness(one): one for one in (*book.sheets, *book.others)}
    present = {
        name: titles[sameness(one.sheet)]
        for name, one in schemas.items()
        if sameness(one.sheet) in titles
    }
    new = [name for name in request.registers if name not in present]
    tables = [one for one in request.tables if sameness(one.name) not in titles]
    lacking = SheetRequest(new, tables, request.values)
    _refuse_renamed(path, book, present, [schemas[name] for name in new])
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        _refuse_closed(path, parts)
        opened = _OpenBook(path, book, data, parts, present)
        draft, edited = _drafted(opened, schemas, lacking)
        if not draft.sheets and not edited:
            return AddedSheets()
        changed, added = _with_sheets(parts, draft)
        made = patched_package(data, {**edited, **changed}, added)
        is_true = _is_as_before(read_workbook(made), book, draft)
    except DamagedBookError as error:
        raise UsageError([Problem(error.code, Location(file=str(path)), str(error))]) from error
    except (NotAWorkbookError, *BROKEN) as error:
        raise _unwritten(path) from error
    if not is_true:
        raise _unwritten(path)
    replace_book(path, data, made)
    return AddedSheets(
        tuple(one.title for one in draft.sheets if not one.is_hidden),
        tuple(
            (present[name], schemas[name].column(column).header)
            for name, column in draft.sources
            if (name, column) in request.values
        ),
    )


def _refuse_renamed(
    path: Path, book: Book, present: Mapping[str, str], schemas: Sequence[Schema]
) -> None:
    """Refuse to add an empty sheet beside the same one under another title."""
    for schema in schemas:
        title = sheet_in_place_of(book, schema, present.values())
        if title is not None:
            message = (
                f"лист «{schema.sheet}» не добавлен: у листа «{title}» те же столбцы; если это он, "
                f"верните ему название «{schema.sheet}»; если другой, уберите его и повторите"
            )
            raise unusable(path, message)


def _refuse_closed(path: Path, parts: Mapping[str, bytes]) -> None:
    if any(name.startswith(_SIGNATURES) for name in parts):
        message = f"«{path.name}» подписана электронной подписью: запись сняла бы её"
        raise unusable(path, message)
    if not {CONTENTS, RELATIONS, TYPES, ARC_STYLE} <= parts.keys() or _STRICT in parts[CONTENTS]:
        raise _unwritten(path)
    if is_closed_to_sheets(parts[CONTENTS]):
        message = (
            f"«{path.name}» закрыта от новых листов; снимите защиту (Рецензирование – Защитить "
            "книгу) и повторите"
        )
        raise unusable(path, message)


def _drafted(
    opened: _OpenBook, schemas: Mapping[str, Schema], lacking: SheetRequest
) -> tuple[BookDraft, dict[str, bytes]]:
    """Return the new sheets, and the parts of those sheets whose dropdowns offer more by them."""
    changed: dict[tuple[str, str], Column] = {}
    sources: dict[tuple[str, ...], str] = {}
    for name in opened.present:
        schema = schemas[name]
        if schema.is_card or opened.present[name] not in opened.book.parts:
            continue
        opened.look_at(name, schema)
        places, shown = opened.places[name][1], opened.dropdowns[name]
        longer = longer_lists(schema, places, shown, lacking.registers)
        longer |= _longer_choices(opened, name, schema, lacking)
        changed |= {(name, column): one for column, one in longer.items()}
        sources |= row_sources(schema, places, shown, opened.present)
    title = _free_title(opened.book)
    outline = BookOutline(opened.present, lacking.registers, lacking.tables, title, sources)
    draft = draft_sheets(schemas, outline, changed)
    return draft, dict(_edited(opened, draft))


def _longer_choices(
    opened: _OpenBook, name: str, schema: Schema, lacking: SheetRequest
) -> dict[str, Column]:
    """Return the columns of a sheet whose lists of values are to get more."""
    found = {}
    for (register, column), values in lacking.values.items():
        at = opened.places[name][1].get(column) if register == name else None
        known = opened.dropdowns[name].at(at) if at is not None else None
        if known is None:
            continue
        offered = known.choices or opened.texts(known.cells)
        longer = longer_choices(schema.column(column), offered, values)
        if longer is not None:
            found[column] = longer
    return found


def _edited(opened: _OpenBook, draft: BookDraft) -> Iterator[tuple[str, bytes]]:
    for name in dict.fromkeys(name for name, _ in draft.sources):
        row, places = opened.places[name]
        own = {places[column]: one for (of, column), one in draft.sources.items() if of == name}
        shown = opened.dropdowns[name]
        data = applied(shown.data, shown.edits(own, row))
        yield opened.book.parts[opened.present[name]], from_utf8(data, opened.encodings[name])


def _is_as_before(contents: BookContents, book: Book, draft: BookDraft) -> bool:
    """Return whether a book reads as before but for the new sheets behind the others."""
    found = {sheet.title: sheet for sheet in contents.sheets}
    titles = [one.title for one in draft.sheets]
    return (
        not any(one.is_error for one in contents.problems)
        and [*found] == [*book.sheets, *titles]
        and contents.others == book.others
        and all(found[title].cells == sheet.cells for title, sheet in book.sheets.items())
        and all(found[one.title].cells for one in draft.sheets if not one.is_hidden)
    )


def _unwritten(path: Path) -> UsageError:
    message = (
        f"в «{path.name}» не добавить лист так, чтобы остальное осталось как было; откройте её в "
        "Excel, сохраните и повторите"
    )
    return unusable(path, message)


def _free_title(book: Book) -> str:
    """Return a title for one more hidden sheet of lists."""
    taken = {sameness(title) for title in (*book.sheets, *book.others, *book.unread)}
    number, title = 1, LISTS_SHEET
    while sameness(title) in taken:
        number += 1
        title = f"{LISTS_SHEET}_{number}"
    return title


def _with_sheets(
    parts: Mapping[str, bytes], draft: BookDraft
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the parts of a book that change by new sheets, and the parts that are new."""
    if not draft.sheets:
        return {}, {}
    styles = StyleMerger.of(parts[ARC_STYLE])
    numbers = merge_styles(
        styles, draft.styles, [number for one in draft.sheets for number in one.styles()]
    )
    taken = {name.lower() for name in parts}
    new: list[NewPart] = []
    added: dict[str, bytes] = {}
    for sheet in draft.sheets:
        one = _named(sheet, taken)
        new.append(one)
        added[one.name] = sheet.renumbered(numbers)
        if one.comments:
            added[one.relations] = one.related()
            added[one.comments], added[one.drawing] = sheet.comments, sheet.drawing
        taken |= {name.lower() for name in added}
    changed = listed_parts(parts[CONTENTS], parts[RELATIONS], parts[TYPES], new)
    if styles.added:
        changed[ARC_STYLE] = styles.part()
    return changed, added


def _named(sheet: SheetDraft, taken: set[str]) -> NewPart:
    """Return a new sheet with names of parts that no part has."""
    number = 1
    while f"xl/worksheets/docgen{number}.xml" in taken:
        number += 1
    has_comments = bool(sheet.comments)
    return NewPart(
        sheet.title,
        f"xl/worksheets/docgen{number}.xml",
        sheet.is_hidden,
        f"xl/comments/docgen{number}.xml" if has_comments else "",
        f"xl/drawings/docgen{number}.vml" if has_comments else "",
        sheet.names,
    )
