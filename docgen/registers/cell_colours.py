"""Colours of new workbooks that show plain errors in Excel itself, while a row is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import ColumnKind, Schema
from docgen.model.columns import BEGINS, ENDS, MENTEE, MENTOR, PAIRS

_FILL: Final = PatternFill("solid", bgColor="F8CBAD")
_EARLIEST, _LATEST = "DATE(1930,1,1)", "DATE(2100,12,31)"


def colour_errors(sheet: Worksheet, schema: Schema, last_row: int) -> None:
    """Colour cells that docgen would refuse: required ones left empty, days that cannot be right.

    Rules are written for the second row; Excel moves them down to ``last_row``.
    """
    for name, formula in _rules(schema):
        letter = _letter(schema, name)
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=_FILL), formula=[formula])
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last_row}", rule)


def _rules(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the column and the formula of each rule."""
    row = f"$A2:${get_column_letter(len(schema.columns))}2"
    for column in schema.columns:
        cell = f"{_letter(schema, column.name)}2"
        if column.is_required:
            yield column.name, f'AND(COUNTA({row})>0,TRIM({cell})="")'
        if column.kind is ColumnKind.DATE:
            yield column.name, f"AND(ISNUMBER({cell}),OR({cell}<{_EARLIEST},{cell}>{_LATEST}))"
    begins, ends = schema.begins or BEGINS, schema.ends or ENDS
    if {begins, ends} <= {column.name for column in schema.columns}:
        first, last = (f"${_letter(schema, one)}2" for one in (begins, ends))
        yield ends, f"AND(ISNUMBER({first}),ISNUMBER({last}),{last}<{first})"
    if schema.name == PAIRS:
        mentor, mentee = (f"${_letter(schema, one)}2" for one in (MENTOR, MENTEE))
        yield MENTEE, f'AND({mentor}<>"",{mentor}={mentee})'


def _letter(schema: Schema, name: str) -> str:
    names = [column.name for column in schema.columns]
    return get_column_letter(names.index(name) + 1)
