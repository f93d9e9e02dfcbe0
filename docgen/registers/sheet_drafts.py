"""New sheets drafted in a book of their own, for the book of a person that gets them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from openpyxl import Workbook

from docgen.model import Column, Schema, Table
from docgen.registers.book_writer import to_bytes, write_sheet, write_table
from docgen.registers.dropdowns import Dropdowns
from docgen.registers.merged_styles import StyleNumbers
from docgen.registers.sheet_map import Span, elements_of
from docgen.registers.sheet_patch import Edit, applied

_RELATED: Final = ("comments", "anysvml")
"""The relations of a sheet with comments, as openpyxl calls them."""
_RULE: Final = "dxfId"
_NUMBERED: Final = {"col": "style", "row": "s", "c": "s", "cfRule": _RULE}
"""Elements of a sheet that name a style by its number, and the attribute that does."""


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """A new sheet: its part, and the comments of its headers with the drawing that shows them.

    ``names`` are what the book says of it beside: its range of a filter, its rows on every page.
    """

    title: str
    part: bytes
    comments: bytes
    drawing: bytes
    is_hidden: bool
    names: tuple[str, ...]

    def styles(self) -> set[str]:
        """Return the numbers of the styles that its cells and columns have."""
        return {span.attributes[key] for span, key in _numbered(self.part) if key != _RULE}

    def renumbered(self, numbers: StyleNumbers) -> bytes:
        """Return its part with the numbers that its styles have in another book."""
        edits = []
        for span, key in _numbered(self.part):
            known = numbers.rules if key == _RULE else numbers.cells
            tag = self.part[span.start : span.inside]
            before = f' {key}="{span.attributes[key]}"'.encode()
            after = f' {key}="{known[span.attributes[key]]}"'.encode()
            edits.append(Edit(span.start, span.inside, tag.replace(before, after, 1)))
        return applied(self.part, edits)


@dataclass(frozen=True, slots=True)
class BookDraft:
    """New sheets with their styles; ``sources`` are the lists of columns that offer more by them.

    ``sources`` are by register and column.
    """

    sheets: tuple[SheetDraft, ...]
    styles: bytes
    sources: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class BookOutline:
    """What a book has and gets: titles of its registers, new registers, tables of appendices.

    ``present`` are titles by register. ``lists`` is the title of the hidden sheet on which new
    dropdowns keep their lists; ``sources`` are lists that the book has, by the registers whose
    rows they offer.
    """

    present: Mapping[str, str]
    wanted: Sequence[str]
    tables: Sequence[Table]
    lists: str
    sources: Mapping[tuple[str, ...], str]


def draft_sheets(
    schemas: Mapping[str, Schema], outline: BookOutline, changed: Mapping[tuple[str, str], Column]
) -> BookDraft:
    """Return new sheets for a book, and the lists of its ``changed`` columns as they are to be.

    The sheets have headers and no rows: what is an example in a new workspace would be false in a
    book at work.
    """
    present = outline.present
    workbook = Workbook()
    # Excel knows a book by the first of its sheets; here it only keeps the others from being it.
    workbook.worksheets[0].title = "-"
    known = {
        name: replace(schema, sheet=present.get(name, schema.sheet))
        for name, schema in schemas.items()
    }
    for title in present.values():
        workbook.create_sheet(title)
    new = {name: workbook.create_sheet(known[name].sheet) for name in outline.wanted}
    dropdowns = Dropdowns(workbook, known, outline.lists, outline.sources)
    for name, sheet in new.items():
        write_sheet(sheet, known[name], (), dropdowns, shows_examples=True)
    for table in outline.tables:
        write_table(workbook.create_sheet(table.name), table)
    sources = {
        place: source
        for place, column in changed.items()
        if (source := dropdowns.source(column)) is not None
    }
    tables = [table.name for table in outline.tables]
    titles = [*(sheet.title for sheet in new.values()), *tables, outline.lists]
    return _taken_apart(to_bytes(workbook), titles, sources)


def _taken_apart(
    data: bytes, titles: Sequence[str], sources: Mapping[tuple[str, str], str]
) -> BookDraft:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("xl/workbook.xml")
        positions: dict[str, tuple[int, bool]] = {}
        names: dict[str, list[str]] = {}
        for path, span in elements_of(book):
            match path:
                case ("workbook", "sheets", "sheet"):
                    is_hidden = span.attributes.get("state", "visible") != "visible"
                    positions[span.attributes["name"]] = (len(positions), is_hidden)
                case ("workbook", "definedNames", "definedName"):
                    text = book[span.start : span.end].decode()
                    names.setdefault(span.attributes.get("localSheetId", ""), []).append(text)
        sheets = tuple(
            _sheet(package, title, *positions[title], names)
            for title in titles
            if title in positions
        )
        return BookDraft(sheets, package.read("xl/styles.xml"), sources)


def _sheet(
    package: zipfile.ZipFile,
    title: str,
    position: int,
    is_hidden: bool,  # noqa: FBT001 - one of a pair that is passed on whole
    names: Mapping[str, Sequence[str]],
) -> SheetDraft:
    name = f"sheet{position + 1}.xml"
    related = f"xl/worksheets/_rels/{name}.rels"
    targets: dict[str, str] = {}
    if related in package.namelist():
        targets = {
            span.attributes["Id"]: span.attributes["Target"].lstrip("/")
            for path, span in elements_of(package.read(related))
            if len(path) == 2
        }
    comments, drawing = (package.read(targets[one]) if one in targets else b"" for one in _RELATED)
    return SheetDraft(
        title,
        package.read(f"xl/worksheets/{name}"),
        comments,
        drawing,
        is_hidden,
        tuple(names.get(str(position), ())),
    )


def _numbered(part: bytes) -> Iterator[tuple[Span, str]]:
    """Yield the elements of a sheet that name a style, each with the attribute that does."""
    for path, span in elements_of(part):
        key = _NUMBERED.get(path[-1])
        if key is not None and key in span.attributes:
            yield span, key
