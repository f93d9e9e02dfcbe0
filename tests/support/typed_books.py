"""A school's book as a person changes it: cells by the headers of their columns, files beside."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import Problem
from docgen.problem_codes import CODES
from tests.support.book_surgery import changed, parts_of
from tests.support.builders import Cell, shipped_schemas
from tests.support.small_root import BOOK

_CELL: Final = re.compile(r"([A-Z]+)(\d+)")
_NO_RESULT: Final = re.compile(r"</f><v\s*/>|</f><v></v>")
_TODAY: Final = "46266"
"""The result that a program keeps of a formula: 1 September 2026."""


class TypedBook:
    """The book of a workspace that is being changed; ``save`` ends it."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.book = load_workbook(workspace / BOOK)
        self._has_formulas = False
        self._headers = {
            one.sheet: [column.header for column in one.columns]
            for one in shipped_schemas().values()
            if not one.is_card
        }

    def __getitem__(self, sheet: str) -> Worksheet:
        return self.book[sheet]

    def cell(self, sheet: str, header: str, row: int) -> Any:
        """Return a cell by the header of its column; on a card by the words of its row."""
        headers = [one.value for one in self.book[sheet][1]]
        return self.book[sheet].cell(row, headers.index(header) + 1)

    def put(self, sheet: str, header: str, row: int, value: Cell) -> None:
        """Type a value into a cell."""
        self.cell(sheet, header, row).value = value
        self._has_formulas |= isinstance(value, str) and value.startswith("=")

    def fact(self, sheet: str, fact: str) -> int:
        """Return the row of a fact of a card."""
        labels = [row[0] for row in self.book[sheet].iter_rows(values_only=True)]
        return labels.index(fact) + 1

    def rename(self, sheet: str, title: str) -> None:
        """Give a sheet another title."""
        self.book[sheet].title = title

    def drop(self, sheet: str) -> None:
        """Delete a sheet."""
        self.book.remove(self.book[sheet])

    def retitle(self, sheet: str, header: str, other: str | None) -> None:
        """Give a column another header, or delete it."""
        cell = self.cell(sheet, header, 1)
        if other is None:
            self.book[sheet].delete_cols(cell.column)
        else:
            cell.value = other

    def add(self, sheet: str, **cells: Cell) -> int:
        """Add a row below the last one; return its number. Blanks of headers are underscores."""
        row = self.book[sheet].max_row + 1
        for header, value in cells.items():
            self.put(sheet, header.replace("_", " "), row, value)
        return row

    def remark(self, problem: Problem) -> str:
        """Return a problem as severity, code, place: «ошибка bad-period Пары: По 4».

        Columns of registers are called by their headers in the first row.
        """
        where = problem.where
        place = " ".join(filter(None, (where.sheet or Path(where.file).name, where.cell)))
        match = _CELL.fullmatch(where.cell)
        if where.sheet in self._headers and match and int(match[2]) > 1:
            column = column_index_from_string(match[1]) - 1
            place = f"{where.sheet}: {self._header(where.sheet, column)} {match[2]}"
        return f"{_severity(problem)} {problem.code} {place}"

    def _header(self, sheet: str, column: int) -> object:
        if sheet in self.book.sheetnames:
            return self.book[sheet].cell(1, column + 1).value
        return self._headers[sheet][column]

    def save(self) -> None:
        """Save the book; formulas keep a result as Excel writes it."""
        path = self.workspace / BOOK
        self.book.save(path)
        if self._has_formulas:
            data = path.read_bytes()
            for name in parts_of(data):
                if name.startswith("xl/worksheets/"):
                    data = changed(data, name, _with_results)
            path.write_bytes(data)


def _severity(problem: Problem) -> str:
    if problem.is_error:
        return "ошибка"
    return "напоминание" if CODES[problem.code].is_reminder else "предупреждение"


def _with_results(part: bytes) -> bytes:
    return _NO_RESULT.sub(f"</f><v>{_TODAY}</v>", part.decode()).encode()


def set_age(path: Path, other: Path, seconds: int) -> None:
    """Have a file saved that many seconds after another one."""
    moment = other.stat().st_mtime + seconds
    os.utime(path, (moment, moment))
