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
from docgen.model.columns import (
    ACTING_HEAD,
    BEGINS,
    DATE,
    ENDS,
    MENTEE,
    MENTOR,
    NUMBER,
    ORDERS,
    PAIR_FORM,
    PAIRS,
    STATE,
)
from docgen.model.states import OrderState

_FILL: Final = PatternFill("solid", bgColor="F8CBAD")
_LATEST: Final = "DATE(2100,12,31)"
_EARLIEST: Final = {PAIRS: "DATE(2000,1,1)", ORDERS: "DATE(2000,1,1)"}
"""The first day that papers may bear; people are older, and acts."""
_LONGEST_TEXT: Final = 250
"""Excel refuses a formula with a longer text in it."""
_OF_PEOPLE: Final = "DATE(1930,1,1)"


def colour_errors(sheet: Worksheet, schema: Schema, last_row: int) -> None:
    """Colour cells that docgen would refuse: required ones left empty, days that cannot be right.

    Rules are written for the second row; Excel moves them down to ``last_row``.
    """
    for name, formula in _rules(schema):
        letter = _letter(schema, name)
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=_FILL), formula=[formula])
        sheet.conditional_formatting.add(f"{letter}2:{letter}{last_row}", rule)


def colour_card_errors(sheet: Worksheet, schema: Schema, last_row: int) -> None:
    """Colour the days of a card's facts: a missing first day of an acting head, ends too early.

    Facts are known by their labels: whoever changes one adds a row below.
    """
    if not (schema.begins and schema.ends):
        return
    formulas = [("D", "AND(ISNUMBER($C2),ISNUMBER($D2),$D2<$C2)")]
    for column in schema.columns:
        if column.name == ACTING_HEAD:
            is_unsaid = f'AND(TRIM($A2)="{column.header}",TRIM($B2)<>"",TRIM($C2)="")'
            formulas.append(("C", is_unsaid))
        if column.is_required:
            formulas.append(("B", f'AND(TRIM($A2)="{column.header}",TRIM($B2)="")'))
    for letter, formula in formulas:
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
            earliest = _EARLIEST.get(schema.name, _OF_PEOPLE)
            yield column.name, f"AND(ISNUMBER({cell}),OR({cell}<{earliest},{cell}>{_LATEST}))"
    begins, ends = schema.begins or BEGINS, schema.ends or ENDS
    if {begins, ends} <= {column.name for column in schema.columns}:
        first, last = (f"${_letter(schema, one)}2" for one in (begins, ends))
        yield ends, f"AND(ISNUMBER({first}),ISNUMBER({last}),{last}<{first})"
    if schema.name == PAIRS:
        mentor, mentee = (f"${_letter(schema, one)}2" for one in (MENTOR, MENTEE))
        yield MENTEE, f'AND({mentor}<>"",{mentor}={mentee})'
        yield from _unknown_form(schema)
    if schema.name == ORDERS:
        state = f"${_letter(schema, STATE)}2"
        for name in (NUMBER, DATE):
            yield (
                name,
                f'AND(TRIM({state})="{OrderState.SIGNED}",TRIM({_letter(schema, name)}2)="")',
            )


def _unknown_form(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the rule of a form of pairs that there is none of, whatever dash it has."""
    cell = f"{_letter(schema, PAIR_FORM)}2"
    typed = cell
    for sign, usual in {" ": "", "–": "-", "—": "-", "ё": "е"}.items():
        typed = f'SUBSTITUTE({typed},"{sign}","{usual}")'
    forms = [form.replace(" ", "") for form in schema.column(PAIR_FORM).choices]
    known = "|".join(forms).replace("–", "-").replace("ё", "е")
    if known and len(known) < _LONGEST_TEXT:
        formula = f'AND(TRIM({cell})<>"",ISERROR(SEARCH("|"&{typed}&"|","|{known}|")))'
        yield PAIR_FORM, formula


def _letter(schema: Schema, name: str) -> str:
    names = [column.name for column in schema.columns]
    return get_column_letter(names.index(name) + 1)
