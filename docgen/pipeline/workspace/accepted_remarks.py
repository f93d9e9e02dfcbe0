"""Remarks that people have accepted on the sheet of remarks, and how one is known again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from docgen.errors import Problem, Rank, Severity
from docgen.model import Record, Schema, TableRow, Workspace, sameness
from docgen.model.columns import ACCEPTED, REMARKS
from docgen.registers import RemarkKey, accepted_key, is_accepted

_FOUND: Final = re.compile(r"«[^»]*»|\d[\d.]*")
"""What a sentence quotes of the registers: it may depend on other cells than its own."""
_FINGERPRINT_LETTERS: Final = 16
_ROW_JOINT: Final = " – "
_NAMELESS: Final = "строка "
_WORDS: Final = re.compile(r"[^\W\d_]{3}")
_MOST_LETTERS: Final = 60
_UNHEARD: Final = (
    "; бумаг это не держит, но принятое здесь не действует: исправьте или уберите эту книгу, новую "
    "запишет docgen check --note"
)

_Cell: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a cell is for a person: its row, its column, what it says."""

    row: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class RemarkPlaces:
    """The cells of a workspace by file, sheet and address."""

    cells: Mapping[_Cell, _Place] = field(default_factory=dict)

    def key(self, problem: Problem) -> RemarkKey:
        """Return what a remark is known by, wherever its row stands by now."""
        where = problem.where
        place = self.cells.get((where.file, where.sheet, where.cell))
        if place is None:
            paragraph = f"абзац {where.paragraph}" if where.paragraph else ""
            place = _Place(where.cell or paragraph or where.key, "", "")
        said = "\0".join((place.value, *_FOUND.findall(problem.message)))
        fingerprint = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        return RemarkKey(
            problem.code,
            where.sheet or where.file,
            place.row,
            place.column,
            fingerprint[:_FINGERPRINT_LETTERS],
        )


@dataclass(frozen=True, slots=True)
class AcceptedRemarks:
    """The remarks of a workspace that a person has accepted."""

    places: RemarkPlaces
    keys: frozenset[RemarkKey]

    def covers(self, problem: Problem) -> bool:
        """Return whether nobody wants to hear of a problem again until its value changes."""
        return is_acceptable(problem) and self.places.key(problem) in self.keys


def is_acceptable(problem: Problem) -> bool:
    """Return whether a person may accept a problem: errors nobody can, nor what runs by law."""
    return problem.rank > Rank.LASTS


def accepted_remarks(workspace: Workspace, shown: Callable[[str], str]) -> AcceptedRemarks | None:
    """Return what a person has accepted in a workspace, None when that is nothing."""
    keys = frozenset(_accepted_keys(workspace))
    return AcceptedRemarks(remark_places(workspace, shown), keys) if keys else None


def _accepted_keys(workspace: Workspace) -> Iterator[RemarkKey]:
    for row in workspace.records.get(REMARKS, ()):
        cells = {name: str(value) for name, value in row.values.items() if value is not None}
        if is_accepted(cells.get(ACCEPTED, "")):
            yield accepted_key(cells)


def is_book_of_remarks(file: str, schemas: Mapping[str, Schema]) -> bool:
    """Return whether a file is the book of remarks, which no paper needs."""
    remarks = schemas.get(REMARKS)
    return remarks is not None and sameness(Path(file).name) == sameness(remarks.workbook)


def without_force(problems: Iterable[Problem], schemas: Mapping[str, Schema]) -> list[Problem]:
    """Return problems, those of the book of remarks as warnings: it must not stop any paper."""
    return [
        replace(one, severity=Severity.WARNING, message=f"{one.message}{_UNHEARD}")
        if one.is_error and is_book_of_remarks(one.where.file, schemas)
        else one
        for one in problems
    ]


def remark_places(workspace: Workspace, shown: Callable[[str], str]) -> RemarkPlaces:
    """Return the cells of a workspace as remarks name them."""
    cells: dict[_Cell, _Place] = {}
    for name, rows in workspace.records.items():
        headers = {one.name: one.header for one in workspace.schemas[name].columns}
        for row in rows:
            for column, where in row.cells.items():
                cells[shown(where.file), where.sheet, where.cell] = _Place(
                    _row_name(row, workspace),
                    headers.get(column, column),
                    repr(row.values.get(column)),
                )
    for table in workspace.tables.values():
        heads = [row.cells for row in table.rows[: table.header_rows]][:1]
        for line in table.rows:
            name = _line_name(line)
            for at, cell in enumerate(line.cells):
                if cell is not None:
                    head = heads[0][at] if heads and at < len(heads[0]) else None
                    cells[shown(cell.where.file), cell.where.sheet, cell.where.cell] = _Place(
                        name, _short(head.text) if head is not None else "", cell.text
                    )
    return RemarkPlaces(cells)


def _row_name(row: Record, workspace: Workspace) -> str:
    """Return what a row is known by when others are put before it: its key, else its paper."""
    order = workspace.order_of(row) if row.identity.startswith(_NAMELESS) else None
    return (order or row).identity.replace(" | ", _ROW_JOINT)


def _line_name(line: TableRow) -> str:
    """Return the first words of a line: its number changes when others are put before it."""
    texts = (cell.text for cell in line.cells if cell is not None)
    return _short(next((text for text in texts if _WORDS.search(text)), ""))


def _short(text: str) -> str:
    return " ".join(text.split())[:_MOST_LETTERS]
