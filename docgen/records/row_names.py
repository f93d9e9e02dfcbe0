"""By what a person knows the row in which something is wrong: its paper, pair or person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final, TypeAlias

from docgen.errors import Problem
from docgen.model import ColumnKind, PersonName, Record, Reference, Workspace, sameness, sheet_names
from docgen.model.columns import (
    APPENDICES,
    DOCUMENT,
    MENTEE,
    MENTOR,
    PAIRS,
    SHEET,
    SIGNATURES,
)
from docgen.records.check_pairs import pair_name
from docgen.records.order_days import paper_name
from docgen.wording import text_of

_ROW: Final = re.compile(r"[A-Z]{1,3}(\d+)")
_SHORTEST_SIGN: Final = 4
"""Letters of a surname that is looked for without its ending: sentences decline people."""

_Rows: TypeAlias = dict[tuple[str, str], dict[int, Record]]


@dataclass(slots=True)
class RowNames:
    """The rows of a workspace by their cells.

    Filled when the first problem of a workspace is named: most have none.
    """

    workspace: Workspace
    _rows: _Rows = field(default_factory=dict)
    _tables: dict[tuple[str, str], list[Record]] = field(default_factory=dict)

    def name(self, problem: Problem) -> str:
        """Return the paper, pair or person that a problem is about; "" when it names it itself."""
        if not self._rows:
            self._read()
        where = problem.where
        key = (PurePath(where.file).name, where.sheet)
        if key in self._tables:
            orders = self._tables[key]
            return _of_order(orders[0], problem.message) if len(orders) == 1 else ""
        row = _ROW.fullmatch(where.cell)
        record = self._rows.get(key, {}).get(int(row[1])) if row else None
        return self._of_row(record, problem.message) if record is not None else ""

    def _of_row(self, record: Record, message: str) -> str:
        schema = self.workspace.schemas[record.register]
        if record.register == PAIRS:
            return _of_pair(record, message)
        order = self.workspace.order_of(record)
        if order is not None:
            return _of_order(order, message)
        if record.register == SIGNATURES:
            return _unless_said(text_of(record.values.get(DOCUMENT)), message)
        if schema.is_card or not schema.key:
            return ""
        name = record.values.get(schema.key[0])
        if not isinstance(name, PersonName):
            is_person = schema.column(schema.key[0]).kind == ColumnKind.NAME
            return "" if is_person else _unless_said(text_of(name), message)
        return "" if _stem(name.surname) in message else name.text

    def _read(self) -> None:
        for rows in self.workspace.records.values():
            for record in rows:
                row = _ROW.fullmatch(record.where.cell)
                if row:
                    key = (PurePath(record.where.file).name, record.where.sheet)
                    self._rows.setdefault(key, {})[int(row[1])] = record
        for record in self.workspace.records.get(APPENDICES, ()):
            order = self.workspace.order_of(record)
            for title in sheet_names(str(record.values.get(SHEET) or "")) if order else ():
                # A table that cannot be read is a sheet of the same book, mostly.
                table = self.workspace.tables.get(title)
                where = table.where if table else replace(record.where, sheet=title)
                orders = self._tables.setdefault((PurePath(where.file).name, where.sheet), [])
                if order is not None and order not in orders:
                    orders.append(order)


def _of_order(order: Record, message: str) -> str:
    if not order.identity or f"«{order.identity.casefold()}»" in message.casefold():
        return ""
    return paper_name(order)


def _of_pair(pair: Record, message: str) -> str:
    name = pair_name(pair)
    people = name.removeprefix("пара ").split(" – ")
    if len(people) == 2:
        return "" if all(_stem(one) in message for one in people) else name
    for role in (MENTOR, MENTEE):
        one = pair.values.get(role)
        if isinstance(one, Reference):
            return f"пара, где {role} – {one.text}"
    return ""


def _unless_said(text: str, message: str) -> str:
    return "" if not text or sameness(text) in sameness(message) else f"«{text}»"


def _stem(surname: str) -> str:
    return surname[:-2] if len(surname) > _SHORTEST_SIGN else surname
