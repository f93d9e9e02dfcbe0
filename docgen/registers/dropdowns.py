"""Dropdowns of new workbooks: fixed choices, and rows of other sheets such as people and orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import Column, ColumnKind, Schema
from docgen.model.columns import BORN, PERSONNEL_NUMBER

LISTS_SHEET = "Списки"
ROWS_FOR_ENTRY = 300
"""How many rows of a new sheet have formats and dropdowns: a year of a big school."""

_INLINE_LIMIT = 250
_FIRST = 2
_LAST = _FIRST + ROWS_FOR_ENTRY - 1
_CLOSED = frozenset({ColumnKind.CHOICE, ColumnKind.GENDER, ColumnKind.FLAG})
_FIXED_CHOICES = {ColumnKind.GENDER: ("м", "ж"), ColumnKind.FLAG: ("да", "нет")}


class Dropdowns:
    """The dropdown lists of one workbook, each written once on a hidden sheet."""

    def __init__(self, workbook: Workbook, schemas: Mapping[str, Schema]) -> None:
        self._workbook = workbook
        self._schemas = schemas
        self._sources: dict[tuple[str, ...], str] = {}

    def add(self, sheet: Worksheet, column: Column, cells: str) -> None:
        """Offer the column's values in ``cells`` (a range such as ``C2:C301``)."""
        source = self._source(column)
        if source is None:
            return
        is_strict = column.kind in _CLOSED and not column.is_open
        validation = DataValidation(
            type="list",
            formula1=source,
            allow_blank=True,
            showErrorMessage=is_strict and not column.is_listed,
            errorTitle="Нет в списке",
            error="Выберите значение из списка.",
        )
        validation.add(cells)
        sheet.add_data_validation(validation)

    def _source(self, column: Column) -> str | None:
        """Return the source of the values of a dropdown, or ``None`` for a column without one."""
        choices = column.choices or _FIXED_CHOICES.get(column.kind, ())
        if column.kind == ColumnKind.REFERENCE:
            targets = [self._schemas[name] for name in column.to if name in self._schemas]
            here = [target for target in targets if target.sheet in self._workbook.sheetnames]
            return self._register_source(here) if here else None
        return self._choice_source(choices) if choices else None

    def _choice_source(self, choices: tuple[str, ...]) -> str:
        """Return the choices as a literal, or the range that lists them when they are too long."""
        inline = ",".join(choices)
        if len(inline) <= _INLINE_LIMIT and not any(set(',"') & set(text) for text in choices):
            return f'"{inline}"'
        if choices not in self._sources:
            letter = self._write_list("значения", choices)
            last = _FIRST + len(choices) - 1
            self._sources[choices] = f"{LISTS_SHEET}!${letter}${_FIRST}:${letter}${last}"
        return self._sources[choices]

    def _register_source(self, targets: Sequence[Schema]) -> str:
        """Return the range that lists the rows of one register or of several."""
        key = ("→", *(target.name for target in targets))
        if key not in self._sources:
            if len(targets) == 1:
                letter = self._write_list(targets[0].sheet, _row_formulas(targets[0]))
            else:
                parts = [(self._register_source([target]), _count_of(target)) for target in targets]
                title = " + ".join(target.sheet for target in targets)
                letter = self._write_list(title, _joined_formulas(parts))
            spots = f"${letter}${_FIRST}:${letter}${_LAST}"
            count = f'MAX(1,COUNTIF({LISTS_SHEET}!{spots},"?*"))'
            self._sources[key] = f"OFFSET({LISTS_SHEET}!${letter}${_FIRST},0,0,{count},1)"
        return self._sources[key]

    def _write_list(self, title: str, texts: Sequence[str]) -> str:
        """Write one list as a column of the hidden sheet; return the column's letter."""
        if LISTS_SHEET not in self._workbook.sheetnames:
            hidden = self._workbook.create_sheet(LISTS_SHEET)
            hidden.sheet_state = "hidden"
        sheet: Worksheet = self._workbook[LISTS_SHEET]
        column = sheet.max_column + 1 if sheet["A1"].value else 1
        sheet.cell(1, column, title)
        for row, text in enumerate(texts, start=_FIRST):
            sheet.cell(row, column, text)
        return get_column_letter(column)


def _key_letter(target: Schema) -> str:
    """Return the letter of the column whose values other sheets refer to."""
    key = target.key[0] if target.key else target.columns[0].name
    return _letter(target, key) or "A"


def _letter(target: Schema, name: str) -> str | None:
    """Return the letter of a column in a new sheet, or ``None`` without such a column."""
    for number, column in enumerate(target.columns, start=1):
        if column.name == name:
            return get_column_letter(number)
    return None


def _range_of(target: Schema, letter: str) -> str:
    return f"'{target.sheet}'!${letter}${_FIRST}:${letter}${_LAST}"


def _count_of(target: Schema) -> str:
    return f"COUNTA({_range_of(target, _key_letter(target))})"


def _row_formulas(target: Schema) -> list[str]:
    """Return a formula for each row of a register that shows how other sheets refer to the row.

    A namesake shows its табельный № or birth date in brackets.
    """
    key = _key_letter(target)
    marks = _mark_formulas(target)
    formulas = []
    for row in range(_FIRST, _LAST + 1):
        name = f"'{target.sheet}'!{key}{row}"
        shown = name
        if marks:
            twins = f"COUNTIF({_range_of(target, key)},{name})>1"
            shown = f'{name}&IF({twins},{marks.replace("ROW()", str(row))},"")'
        formulas.append(f'=IF({name}="","",{shown})')
    return formulas


def _mark_formulas(target: Schema) -> str:
    """Return the formula of the mark that tells namesakes apart; ``ROW()`` stands for the row."""
    if not any(column.kind == ColumnKind.NAME for column in target.columns):
        return ""
    number, born = _letter(target, PERSONNEL_NUMBER), _letter(target, BORN)
    mark = '""'
    if born:
        day = f"'{target.sheet}'!{born}ROW()"
        # TEXT would want «ДД.ММ.ГГГГ» in a Russian Excel and «dd.mm.yyyy» elsewhere.
        shown = f'TEXT(DAY({day}),"00")&"."&TEXT(MONTH({day}),"00")&"."&YEAR({day})'
        mark = f'IF({day}="","", " ("&{shown}&")")'
    if number:
        cell = f"'{target.sheet}'!{number}ROW()"
        mark = f'IF({cell}="",{mark}," (таб. "&{cell}&")")'
    return mark


def _joined_formulas(parts: Sequence[tuple[str, str]]) -> list[str]:
    """Return the formulas that join several lists into one, given their sources and counts."""
    formulas = []
    for index in range(1, ROWS_FOR_ENTRY + 1):
        formula, before = '""', [count for _, count in parts]
        for position in range(len(parts) - 1, -1, -1):
            skipped = "-".join([str(index), *before[:position]])
            until = "+".join(before[: position + 1])
            formula = f"IF({index}<={until},INDEX({parts[position][0]},{skipped}),{formula})"
        formulas.append(f"={formula}")
    return formulas
