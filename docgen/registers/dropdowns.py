"""Dropdowns of new workbooks: fixed choices, and rows of other sheets such as people and orders.

Lists of rows follow the headers of their sheet: whoever pastes a list with a column more, or in
another order, is offered the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model import Column, ColumnKind, Schema
from docgen.model.columns import BEGINS, BORN, MENTEE, MENTOR, PAIRS, PERSONNEL_NUMBER
from docgen.registers.column_headers import NAME_PARTS
from docgen.registers.unread_sheets import LISTS_SHEET

ROWS_FOR_ENTRY = 300
"""How many rows of a new sheet have formats: a year of a big school."""
ROWS_WITH_LISTS = 5000
"""In how many rows of a new sheet cells offer their dropdowns."""

_INLINE_LIMIT = 250
_FIRST = 2
_LISTED = 500
"""How many rows of a sheet are listed with the marks of namesakes; of others the bare names."""
_PAIRED = 2000
"""How many pairs are listed by their short names; those of one name are told apart in the first."""
_JOINED = 1000
"""How many rows of several sheets are listed as one."""
_LAST = _FIRST + _LISTED - 1
_LOWEST = 9999
_RIGHTMOST = "AZ"
_TOTALS = ("Итого", "Всего", "Вакан")
_CLOSED = frozenset({ColumnKind.CHOICE, ColumnKind.GENDER, ColumnKind.FLAG})
_FIXED_CHOICES = {ColumnKind.GENDER: ("м", "ж"), ColumnKind.FLAG: ("да", "нет")}


@dataclass(frozen=True, slots=True)
class _RowList:
    """The list of the rows of a register: its column on the hidden sheet, the cell of its count.

    ``raw`` is the range of the names on the register's own sheet, for lists of any length;
    ``row`` is a formula of the name there in the row of a number that is put in it.
    """

    column: str
    count: str
    raw: str = ""
    row: str = ""

    @property
    def source(self) -> str:
        """The range that a dropdown draws from."""
        listed = f"OFFSET({self.column}${_FIRST},0,0,MAX(1,{self.count}),1)"
        return f"IF({self.count}>{_LISTED},{self.raw},{listed})" if self.raw else listed


class Dropdowns:
    """The dropdown lists of one workbook, each written once on a hidden sheet called ``lists``."""

    def __init__(
        self,
        workbook: Workbook,
        schemas: Mapping[str, Schema],
        lists: str = LISTS_SHEET,
        sources: Mapping[tuple[str, ...], str] | None = None,
    ) -> None:
        """Begin; ``sources`` are lists of rows that are there, by the registers they offer."""
        self._workbook = workbook
        self._schemas = schemas
        self._lists = lists
        self._sources = sources or {}
        self._choices: dict[tuple[str, ...], str] = {}
        self._rows: dict[tuple[str, ...], _RowList] = {}
        self._columns = 0

    def add(self, sheet: Worksheet, column: Column, cells: str) -> None:
        """Offer the column's values in ``cells`` (a range such as ``C2:C301``)."""
        source = self.source(column)
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

    def source(self, column: Column) -> str | None:
        """Return the source of the values of a dropdown, or ``None`` for a column without one."""
        choices = column.choices or _FIXED_CHOICES.get(column.kind, ())
        if column.kind == ColumnKind.REFERENCE:
            targets = [self._schemas[name] for name in column.to if name in self._schemas]
            here = [target for target in targets if target.sheet in self._workbook.sheetnames]
            known = self._sources.get(tuple(target.name for target in here))
            return known or (self._row_list(here).source if here else None)
        return self._choice_source(choices) if choices else None

    def _choice_source(self, choices: tuple[str, ...]) -> str:
        """Return the choices as a literal, or the range that lists them when they are too long."""
        inline = ",".join(choices)
        if len(inline) <= _INLINE_LIMIT and not any(set(',"') & set(text) for text in choices):
            return f'"{inline}"'
        if choices not in self._choices:
            letter = self._write("значения", choices)
            last = _FIRST + len(choices) - 1
            self._choices[choices] = f"{self._lists}!${letter}${_FIRST}:${letter}${last}"
        return self._choices[choices]

    def _row_list(self, targets: Sequence[Schema]) -> _RowList:
        """Return the list of the rows of one register or of several."""
        key = tuple(target.name for target in targets)
        if key not in self._rows:
            if len(targets) == 1:
                self._rows[key] = self._register_list(targets[0])
            else:
                parts = [self._row_list([target]) for target in targets]
                self._rows[key] = self._joined_list(targets, parts)
        return self._rows[key]

    def _register_list(self, target: Schema) -> _RowList:
        """Write the list of a register's rows, and beside it where its columns are."""
        # The list comes first: it is what a person who looks at the hidden sheet wants to see.
        found, names = get_column_letter(self._columns + 2), get_column_letter(self._columns + 3)
        places = _Places(target, f"{self._lists}!${found}$")
        if target.name == PAIRS:
            return self._pair_list(target, places, names)
        bare = [places.name(row) for row in _listed_rows()]
        shown = [_shown(names, row, places) for row in _listed_rows()] if places.marks else bare
        letter = self._write(target.sheet, shown)
        self._write(f"{target.sheet}: столбцы", places.formulas())
        if places.marks:
            self._write(f"{target.sheet}: имена", bare)
        key = places.cell(_key_of(target))
        raw = f"OFFSET('{target.sheet}'!$A$1,1,{key}-1,{places.count},1)"
        row = f"INDEX('{target.sheet}'!$A$1:${_RIGHTMOST}${_LOWEST},1+{{}},{key})"
        return _RowList(f"{self._lists}!${letter}", places.count, raw, row)

    def _pair_list(self, target: Schema, places: _Places, names: str) -> _RowList:
        """Write the list of the short names of pairs, «Шапиро – Белых»; ``names`` is a letter."""
        bare = [_pair_name(row, places) for row in range(_FIRST, _FIRST + _PAIRED)]
        shown = [_shown_pair(names, row, places) for row in _listed_rows()]
        letter = self._write(target.sheet, shown)
        self._write(f"{target.sheet}: столбцы", places.formulas())
        self._write(f"{target.sheet}: имена", bare)
        first = f"{self._lists}!${names}${_FIRST}"
        raw = f"OFFSET({first},0,0,MIN({_PAIRED},{places.count}),1)"
        row = f"INDEX({first}:${names}${_FIRST + _PAIRED - 1},{{}})"
        return _RowList(f"{self._lists}!${letter}", places.count, raw, row)

    def _joined_list(self, targets: Sequence[Schema], parts: Sequence[_RowList]) -> _RowList:
        """Write the rows of several registers as one list."""
        count = get_column_letter(self._columns + 2)
        letter = self._write(
            " + ".join(target.sheet for target in targets), list(_joined_formulas(parts))
        )
        whole = "+".join(one.count for one in parts)
        self._write("сколько", [f"=MIN({whole},{_JOINED})"])
        return _RowList(f"{self._lists}!${letter}", f"{self._lists}!${count}${_FIRST}")

    def _write(self, title: str, texts: Sequence[str]) -> str:
        """Write one list as a column of the hidden sheet; return the column's letter."""
        if self._lists not in self._workbook.sheetnames:
            hidden = self._workbook.create_sheet(self._lists)
            hidden.sheet_state = "hidden"
        sheet: Worksheet = self._workbook[self._lists]
        self._columns += 1
        sheet.cell(1, self._columns, title)
        for row, text in enumerate(texts, start=_FIRST):
            sheet.cell(row, self._columns, text)
        return get_column_letter(self._columns)


def _listed_rows() -> Iterable[int]:
    return range(_FIRST, _LAST + 1)


def _key_of(target: Schema) -> str:
    """Return the column whose values other sheets refer to."""
    return target.key[0] if target.key else target.columns[0].name


class _Places:
    """Where the columns of a register are, by formulas that look for their headers.

    The first formula counts the rows down to the last name; ``prefix`` leads to their cells.
    """

    def __init__(self, target: Schema, prefix: str) -> None:
        self._target = target
        self._prefix = prefix
        key = target.column(_key_of(target))
        self._is_name = key.kind == ColumnKind.NAME
        self.marks = [
            name for name in (PERSONNEL_NUMBER, BORN) if self._is_name and self._has(name)
        ]
        self._wanted = {key.name: (key.header, *key.synonyms)}
        for name in [*self.marks, *((MENTEE, BEGINS) if target.name == PAIRS else ())]:
            column = target.column(name)
            self._wanted[name] = (column.header, *column.synonyms)
        if self._is_name:
            self._wanted |= {part: (part,) for part in NAME_PARTS}

    def _has(self, name: str) -> bool:
        return any(column.name == name for column in self._target.columns)

    @property
    def count(self) -> str:
        """The cell of the count."""
        return f"{self._prefix}{_FIRST}"

    def cell(self, name: str) -> str:
        """Return the cell that has the number of a column, 0 without one."""
        return f"{self._prefix}{_FIRST + 1 + [*self._wanted].index(name)}"

    def value(self, name: str, row: int) -> str:
        """Return what stands in a column; the column must be there."""
        sheet = self._target.sheet
        return f"INDEX('{sheet}'!$A$1:${_RIGHTMOST}${_LOWEST},{row},{self.cell(name)})"

    def name(self, row: int) -> str:
        """Return the formula of the name in a row; a number or a total is none."""
        key = _key_of(self._target)
        own = self.value(key, row)
        is_name = f"ISTEXT({own})"
        if self._is_name:
            totals = ",".join(f'LEFT({own},{len(word)})="{word}"' for word in _TOTALS)
            is_name = f"IF({is_name},NOT(OR({totals})),FALSE)"
        return f'=IF({self.cell(key)}=0,{self._joined(row)},IF({is_name},{own},""))'

    def _joined(self, row: int) -> str:
        """Return the formula of a name that stands in three cells."""
        if not self._is_name:
            return '""'
        parts = [
            f'IF({self.cell(part)}=0,"",IF(ISTEXT({self.value(part, row)}),'
            f'{self.value(part, row)},""))'
            for part in NAME_PARTS
        ]
        joined = '&" "&'.join(parts)
        return f"TRIM({joined})"

    def formulas(self) -> list[str]:
        """Return the formulas of the cells: the count, then the number of each column."""
        sheet = self._target.sheet
        first = self.cell(_key_of(self._target))
        if self._is_name:
            first = f"IF({first}=0,{self.cell(NAME_PARTS[0])},{first})"
        names = f"INDEX('{sheet}'!$A$1:${_RIGHTMOST}${_LOWEST},0,MAX(1,{first}))"
        rows = f"ROW('{sheet}'!$A$1:$A${_LOWEST})"
        count = f"=IF({first}=0,0,MAX(0,SUMPRODUCT(MAX(ISTEXT({names})*{rows}))-1))"
        return [count, *(_place_of(headers, sheet) for headers in self._wanted.values())]


def _place_of(headers: Iterable[str], sheet: str) -> str:
    """Return the formula of the number of the column that has one of these headers."""
    formula = "0"
    for header in reversed([*headers]):
        text = header.replace('"', '""')
        formula = f"IFERROR(MATCH(\"{text}\",'{sheet}'!$A$1:${_RIGHTMOST}$1,0),{formula})"
    return f"={formula}"


def _shown(names: str, row: int, places: _Places) -> str:
    """Return the formula that shows how other sheets refer to a row of a register.

    A namesake shows its табельный № or birth date in brackets.
    """
    name = f"${names}{row}"
    mark = '""'
    if BORN in places.marks:
        day = places.value(BORN, row)
        is_there = f"IF({places.cell(BORN)}=0,FALSE,ISNUMBER({day}))"
        mark = f'IF({is_there}," ("&{_day_words(day)}&")","")'
    if PERSONNEL_NUMBER in places.marks:
        number = places.value(PERSONNEL_NUMBER, row)
        is_there = f"IF({places.cell(PERSONNEL_NUMBER)}=0,FALSE,LEN({number})>0)"
        mark = f'IF({is_there}," (таб. "&{number}&")",{mark})'
    twins = f"COUNTIF(${names}${_FIRST}:${names}${_LAST},{name})>1"
    return f'=IF({name}="","",{name}&IF({twins},{mark},""))'


def _day_words(day: str) -> str:
    # TEXT would want «ДД.ММ.ГГГГ» in a Russian Excel and «dd.mm.yyyy» elsewhere.
    return f'TEXT(DAY({day}),"00")&"."&TEXT(MONTH({day}),"00")&"."&YEAR({day})'


def _pair_name(row: int, places: _Places) -> str:
    """Return the formula of the short name of the pair in a row, nothing until both are there."""
    people = [places.value(role, row) for role in (MENTOR, MENTEE)]
    surnames = [f'LEFT(TRIM({one}),FIND(" ",TRIM({one})&" ")-1)' for one in people]
    lacks = f"{places.cell(MENTOR)}*{places.cell(MENTEE)}=0"
    both = "*".join(f"ISTEXT({one})" for one in people)
    joined = '&" – "&'.join(surnames)
    return f'=IF({lacks},"",IF({both},{joined},""))'


def _shown_pair(names: str, row: int, places: _Places) -> str:
    """Return the formula that shows a pair: pairs of one name have their first day in brackets."""
    name, day = f"${names}{row}", places.value(BEGINS, row)
    is_there = f"IF({places.cell(BEGINS)}=0,FALSE,ISNUMBER({day}))"
    mark = f'IF({is_there}," ("&{_day_words(day)}&")","")'
    twins = f"COUNTIF(${names}${_FIRST}:${names}${_LAST},{name})>1"
    return f'=IF({name}="","",{name}&IF({twins},{mark},""))'


def _joined_formulas(parts: Sequence[_RowList]) -> Iterable[str]:
    """Yield the formulas that join several lists into one."""
    for index in range(1, _JOINED + 1):
        formula = '""'
        for position in range(len(parts) - 1, -1, -1):
            one, before = parts[position], [part.count for part in parts[:position]]
            letter = one.column.rpartition("$")[2]
            spots = f"{one.column}${_FIRST}:${letter}${_LAST}"
            place = "-".join([str(index), *before])
            until = "+".join([*before, one.count])
            shown = f"INDEX({spots},{place})"
            if index > _LISTED:
                shown = f'IF({place}>{_LISTED},{one.row.format(place)}&"",{shown})'
            formula = f"IF({index}<={until},{shown},{formula})"
        yield f"={formula}"
