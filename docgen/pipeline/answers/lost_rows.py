"""Orders that the archive knows and the book has lost, and how they are written back into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen import catalogue
from docgen.archive import read_archive
from docgen.errors import Location, Problem, UsageError
from docgen.model import Kind, Schema, sameness
from docgen.model.columns import ABOUT, DATE, HEADING, NUMBER, ORDERS, STATE
from docgen.model.states import FROZEN, UNSIGNED
from docgen.pipeline.output.archive_states import orders_book
from docgen.pipeline.output.archive_view import archive_lock
from docgen.pipeline.output.document_archive import ArchivedDocument, documents_of
from docgen.pipeline.output.kept_values import shown_value
from docgen.pipeline.output.known_sheets import column_key
from docgen.pipeline.output.ledger import read_known_sheets
from docgen.pipeline.output.places import Site
from docgen.pipeline.workspace.folders import Folders
from docgen.registers import OwnCell, OwnRows, read_own_rows
from docgen.russian import parse_date

_WITHOUT_TEXT: Final = "без текста"
_REMEDY: Final = "без него строки не узнать; верните его и повторите"
_STATED: Final = (NUMBER, DATE, STATE)
"""The cells that an order's own row may lack: its number, its date, that it is signed."""

Shown = str | dt.date


@dataclass(frozen=True, slots=True)
class LostRows:
    """What is to be written into the book of orders, and what people have to decide.

    ``rows`` and ``cells`` say each row and each cell in words, ``kept`` what is left as it is.
    """

    workspace: Path
    own: OwnRows | None = None
    rows: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    written: tuple[OwnCell, ...] = ()


@dataclass(slots=True)
class _Search:
    """Accumulates what the book lacks, order by order."""

    own: OwnRows
    schema: Schema
    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    written: list[OwnCell] = field(default_factory=list)

    def place(self, row: int, name: str) -> str:
        """Return where a cell is, e.g. ``B7 «Номер»``."""
        cell = self.own.sheet.grid.spot(row, self.own.columns[name]).cell
        return f"{cell} «{self.schema.column(name).header}»"

    def put(self, cell: OwnCell, words: str) -> None:
        """Take a cell of an order's row, or say why it is left as it is."""
        why = self.own.sheet.refusal(cell)
        if why:
            self.kept.append(f"{words}: {why}")
        else:
            self.cells.append(words)
            self.written.append(cell)


def find_lost_rows(site: Site) -> LostRows:
    """Return what the book of a workspace's orders has lost of what is signed and archived.

    Raises:
        UsageError: when there is no such book, it is open, it cannot be read, or it has lost a
            column.
        RegisterError: when the descriptions of registers cannot be read.
    """
    folders = Folders(site.root.resolve(), site.folder.resolve())
    orders = _archived_orders(folders)
    if not orders:
        return LostRows(folders.workspace)
    schema = catalogue.read_schemas(folders.schemas)[ORDERS]
    path = orders_book(folders.workspace, schema)
    if path is None:
        message = f"нет книги «{schema.workbook}»; верните её из копии и повторите"
        raise UsageError([Problem("usage", Location(file=str(folders.workspace)), message)])
    own = read_own_rows(path, schema, schema.key, _REMEDY)
    _refuse_lost_columns(own, schema, read_known_sheets(site.output))
    search = _Search(own, schema)
    for name, values in orders.items():
        row = _row_of(own, schema, name, values)
        if row is not None:
            _look_at_row(search, row, name, values)
        elif not _is_number_taken(search, name, values):
            _add_row(search, name, values)
    return LostRows(
        folders.workspace,
        own,
        tuple(search.rows),
        tuple(search.cells),
        tuple(search.kept),
        tuple(search.written),
    )


def _refuse_lost_columns(own: OwnRows, schema: Schema, known: Mapping[str, str]) -> None:
    """Refuse to write rows without columns that held values at the last build.

    Raises:
        UsageError: with the headers that are gone.
    """
    lost = [
        header
        for column in schema.columns
        if column.name not in own.columns
        and (header := known.get(column_key(schema.name, column.name)))
    ]
    if lost:
        names = ", ".join(f"«{header}»" for header in lost)
        message = (
            f"на листе больше нет заполненного при прошлой сборке: {names}; верните заголовок и "
            "повторите"
        )
        raise UsageError([Problem("usage", own.sheet.grid.where, message)])


def write_back(lost: LostRows) -> None:
    """Write into the book what it has lost; a copy of it is kept first.

    Raises:
        UsageError: when the book is open, was saved since it was read, or cannot be written.
    """
    if lost.own is not None and lost.written:
        with archive_lock(lost.workspace):
            lost.own.write(lost.written)


# --- what the archive knows ------------------------------------------------------------------


def _archived_orders(folders: Folders) -> dict[str, dict[str, Shown]]:
    """Return the values of each signed order by column, in the order of their days."""
    papers: dict[str, list[ArchivedDocument]] = {}
    for one in documents_of(read_archive(folders.workspace)).values():
        if one.order and one.paper.record.state in FROZEN:
            papers.setdefault(one.order, []).append(one)
    if not papers:
        return {}
    kinds = catalogue.read_kinds(folders.kinds)
    orders = {name: _values(name, found, kinds) for name, found in papers.items()}
    return dict(sorted(orders.items(), key=lambda one: (str(one[1].get(DATE, "")), one[0])))


def _values(
    name: str, papers: Sequence[ArchivedDocument], kinds: Mapping[str, Kind]
) -> dict[str, Shown]:
    """Return what the cells of an order's row said when it was signed."""
    start = f"{ORDERS}/{name}/"
    values: dict[str, Shown] = {}
    for paper in papers:
        for key, (_, kept) in paper.reads.items():
            column = key.removeprefix(start)
            if column != key and "/" not in column and (shown := shown_value(kept)) is not None:
                values[column] = shown
    values |= {ABOUT: about} if (about := _about(papers, kinds)) else {}
    for paper in sorted(papers, key=lambda one: (-len(one.key), one.key)):
        record = paper.paper.record
        values[STATE] = record.state
        values |= {NUMBER: record.number} if record.number else {}
        values |= {DATE: dt.date.fromisoformat(record.date)} if record.date else {}
    return values


def _about(papers: Sequence[ArchivedDocument], kinds: Mapping[str, Kind]) -> str:
    """Return which ready form an order has: the kind of its paper waits for it."""
    for paper in papers:
        kind = kinds.get(paper.kind)
        if kind is not None and kind.register == ORDERS and kind.where.get(ABOUT):
            return kind.where[ABOUT][0]
    is_known = all(paper.kind in kinds for paper in papers)
    return _WITHOUT_TEXT if is_known else ""


# --- what the book says ----------------------------------------------------------------------


def _row_of(own: OwnRows, schema: Schema, name: str, values: Mapping[str, Shown]) -> int | None:
    """Return the row of an order: of its short name, else of its number and date."""
    key = schema.key[0]
    for row, texts in own.rows.items():
        if sameness(texts[key]) == sameness(name):
            return row
    for row in own.rows:
        if all(name in values and _says(own, row, name, values[name]) for name in (NUMBER, DATE)):
            return row
    return None


def _says(own: OwnRows, row: int, name: str, value: Shown) -> bool:
    text = own.rows[row].get(name, "")
    if isinstance(value, dt.date):
        return parse_date(text) == value or own.day(row, name) == value
    return bool(text) and sameness(text) == sameness(value)


def _is_number_taken(search: _Search, name: str, values: Mapping[str, Shown]) -> bool:
    """Return whether another order of the book has the number and the year of a lost one."""
    number, day = values.get(NUMBER), values.get(DATE)
    key = search.schema.key[0]
    for row, texts in search.own.rows.items():
        if number is None or not _says(search.own, row, NUMBER, number):
            continue
        other = parse_date(texts.get(DATE, "")) or search.own.day(row, DATE)
        if isinstance(day, dt.date) and other is not None and other.year == day.year:
            search.kept.append(
                f"{_called(name, values)}: его номер в книге у другого приказа, «{texts[key]}» "
                f"({search.place(row, NUMBER)}); исправьте номер и повторите"
            )
            return True
    return False


def _look_at_row(search: _Search, row: int, name: str, values: Mapping[str, Shown]) -> None:
    """Look for cells of an order's own row that are empty, or as they were before it was signed."""
    own = search.own
    for column in _STATED:
        if column not in own.columns or column not in values:
            continue
        value, now = values[column], own.rows[row][column]
        is_earlier = column == STATE and now in UNSIGNED
        if _says(own, row, column, value) or (column == STATE and now in FROZEN):
            continue
        words = f"{_called(name, values)}, {search.place(row, column)}: «{_text(value)}»"
        if now and not is_earlier:
            day = own.day(row, column)
            typed = _text(day) if day is not None else now
            search.kept.append(
                f"{_called(name, values)}, {search.place(row, column)}: в книге «{typed}», "
                f"подписан с «{_text(value)}»; сверьте с бумагой"
            )
            continue
        before = f" вместо «{now}»" if now else ""
        search.put(OwnCell(row, own.columns[column], value, now), f"{words}{before}")


def _add_row(search: _Search, name: str, values: Mapping[str, Shown]) -> None:
    own = search.own
    row = own.sheet.last_row + len(search.rows) + 1
    cells = [
        OwnCell(row, own.columns[column], value)
        for column, value in {**values, search.schema.key[0]: name}.items()
        if column in own.columns
    ]
    refused = next(filter(None, map(own.sheet.refusal, cells)), "")
    heading = values.get(HEADING, "")
    words = f"{_called(name, values)}{f': {heading}' if heading else ''} ({values[STATE]})"
    if refused:
        search.kept.append(f"{words}: {refused}")
        return
    search.rows.append(words)
    search.written += cells


def _called(name: str, values: Mapping[str, Shown]) -> str:
    number, day = values.get(NUMBER), values.get(DATE)
    said = f"№ {number} " if number else ""
    said += f"от {_text(day)} " if day else ""
    return f"{said}«{name}»"


def _text(value: Shown) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value
