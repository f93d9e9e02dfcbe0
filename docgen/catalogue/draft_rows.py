"""How a new template speaks of a row: the tag of each column, who signs, what tells rows apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.model import Column, ColumnKind, Schema
from docgen.model.columns import (
    BEGINS,
    CHILDREN,
    ENDS,
    FIXED,
    FORMER_SURNAME,
    FORMER_UNTIL,
    NAME,
    ORDERS,
    OWN_FORMS,
    PARTICIPANT,
    PERSONNEL_NUMBER,
    POST,
    ROLE,
    STAFF,
)

_PEOPLE: Final = (STAFF, CHILDREN)
_SERVICE: Final = (FIXED, FORMER_SURNAME, FORMER_UNTIL, OWN_FORMS, PERSONNEL_NUMBER)
"""Columns that tell docgen how to write other cells; no paper prints them."""
_IN_A_TABLE: Final = 5
_LINE: Final = "________________________"

_NARROWEST: Final = 15.0
_USUAL: Final = 20.0
_WIDTHS: Final = {
    ColumnKind.DATE: _NARROWEST,
    ColumnKind.INTEGER: 10.0,
    ColumnKind.NAME: 24.0,
    ColumnKind.PHRASE: 24.0,
    ColumnKind.REFERENCE: 24.0,
}
_A_LETTER: Final = 1.95
"""Of the bold type of headings, in per cent of the width of a page's text."""


@dataclass(frozen=True, slots=True)
class DraftSigner:
    """Who signs a new paper: the role in the entry, its label, the path, the tag of the name."""

    role: str
    label: str
    who: str
    name: str


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column of a new list: heading, tag, width in parts of all widths."""

    header: str
    tag: str
    width: float


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of a register as the tags of a template name it.

    With ``is_blank`` the paper is printed empty, too: lines of columns that may be empty stay then.
    """

    schema: Schema
    is_blank: bool = False

    @property
    def row(self) -> str:
        """The variable of a row."""
        return self.schema.one

    def printed(self) -> list[Column]:
        """Return the columns that a paper may print, personal ones apart."""
        return [one for one in self.schema.columns if not _is_service(one) and not one.is_personal]

    def in_table(self) -> list[DraftColumn]:
        """Return the few columns that a list of rows begins with, in the order of the sheet."""
        period = self.period() or ()
        known = [one for one in self.printed() if one not in period and not one.is_by_hand]
        first = [one for one in known if one.is_required or one.name in self.schema.key]
        room = _IN_A_TABLE - bool(period)
        chosen = [*first, *(one for one in known if one not in first)][:room]
        columns = [
            DraftColumn(_bare(one.header), self._cell_tag(one), _weight(one))
            for one in known
            if one in chosen
        ]
        if period:
            begins, ends = (self.tag(one) for one in period)
            columns.append(DraftColumn("Срок", f"с {begins}\nпо {ends}", _USUAL))
        return columns

    def _cell_tag(self, column: Column) -> str:
        """Return what prints the column in a cell, where there is no room for posts."""
        if _is_person(column):
            return f"{{{{ {self.row}.{column.name}.{NAME} }}}}"
        return self.tag(column)

    def tag(self, column: Column) -> str:
        """Return what prints the column in a line or a cell: a tag, or a few."""
        path = f"{self.row}.{column.name}"
        if column.kind == ColumnKind.FLAG:
            return f"{{{{ {path}|флажок }}}}"
        if _is_person(column):
            return person_tag(path)
        if _leads_to(column, (ORDERS,)):
            order = f"{{{{ {path}.вид }}}} {{{{ {path}.от_даты }}}}"
            empty = f"{{% else %}}{_LINE}{{% endif %}}"
            return f"{{% if {path} %}}{order}{empty}" if self.is_blank else order
        shown = f"{{{{ {path}|перечень }}}}" if column.is_listed else f"{{{{ {path} }}}}"
        if self.is_blank and not column.caption:
            # The header stands before the line: no caption need repeat it.
            return f"{{% if {path} %}}{shown}{{% else %}}{_LINE}{{% endif %}}"
        return shown

    def condition(self, column: Column) -> str:
        """Return when the line of a column is printed; "" for always."""
        if column.is_required or column.is_by_hand:
            return ""
        path = f"{self.row}.{column.name}"
        return f"{path} or not {self.row}.{self._always_filled()}" if self.is_blank else path

    def _always_filled(self) -> str:
        """Return the column that is empty on blank forms alone."""
        known = [one for one in self.schema.columns if one.is_required]
        return next((one.name for one in known), self.schema.columns[0].name)

    def period(self) -> tuple[Column, Column] | None:
        """Return the two columns of a term that every row has."""
        by_name = {one.name: one for one in self.schema.columns}
        begins, ends = by_name.get(BEGINS), by_name.get(ENDS)
        if begins is None or ends is None or not (begins.is_required and ends.is_required):
            return None
        return begins, ends

    def own_name(self) -> str:
        """Return the tags that tell this row from others, for titles and file names."""
        named = [one for one in self.schema.columns if one.name in self.schema.key]
        named = [one for one in named if one.kind != ColumnKind.DATE]
        named = named or [one for one in self.schema.columns if one.is_required][:2]
        return " – ".join(self._short(one) for one in named)

    def _short(self, column: Column) -> str:
        path = f"{self.row}.{column.name}"
        if _is_person(column):
            return f"{{{{ {path}.{NAME}|инициалы }}}}"
        if column.kind == ColumnKind.NAME:
            return f"{{{{ {path}|инициалы }}}}"
        return f"{{{{ {path}|перечень }}}}" if column.is_listed else f"{{{{ {path} }}}}"

    def filled(self, text: str) -> str:
        """Return words of a title that a blank form leaves out."""
        if not self.is_blank:
            return text
        return f"{{% if {self.row}.{self._always_filled()} %}}{text}{{% endif %}}"

    def signers(self) -> list[DraftSigner]:
        """Return the people whom the row itself names; nobody where the head signs."""
        people = [one for one in self.schema.columns if one.is_required and _is_person(one)]
        if people:
            return [self._signer(one, f".{NAME}") for one in people]
        if self.schema.name not in _PEOPLE:
            return []
        others = [one for one in self.printed() if one.kind == ColumnKind.NAME and one.name != NAME]
        if others:
            return [self._signer(one, "") for one in others]
        return [DraftSigner(self.row, self.row.capitalize(), self.row, f"{self.row}.{NAME}")]

    def _signer(self, column: Column, name: str) -> DraftSigner:
        header = _bare(column.header)
        path = f"{self.row}.{column.name}"
        return DraftSigner(header.lower(), header, path, f"{path}{name}")


PARTICIPANT_SIGNER: Final = DraftSigner(
    f"{{{{ {ROLE} or '{PARTICIPANT}' }}}}",
    f"{{% if {ROLE} %}}{{{{ {ROLE}|с_заглавной }}}}{{% else %}}Подпись{{% endif %}}",
    PARTICIPANT,
    f"{PARTICIPANT}.{NAME}",
)
"""Who signs a paper that is made for each person of a row."""


def person_tag(path: str) -> str:
    """Return the name and the post of a person, whichever of them is there."""
    name, post = f"{path}.{NAME}", f"{path}.{POST}"
    return f"{{{{ {name} }}}}{{% if {name} and {post} %}}, {{{{ {post} }}}}{{% endif %}}"


def _is_person(column: Column) -> bool:
    return _leads_to(column, _PEOPLE)


def _leads_to(column: Column, registers: Sequence[str]) -> bool:
    """Return whether the column names one row of these registers, never words."""
    is_one = column.kind == ColumnKind.REFERENCE and not column.is_listed and not column.is_free
    return is_one and bool(column.to) and set(column.to) <= set(registers)


def _bare(header: str) -> str:
    """Return a header without what stands in brackets."""
    return header.partition("(")[0].strip() or header


def _weight(column: Column) -> float:
    """Return how wide a column should be, in per cent of five: no word of its header breaks."""
    longest = max((len(word) for word in _bare(column.header).split()), default=1)
    return max(_WIDTHS.get(column.kind, _USUAL), longest * _A_LETTER)


def people_columns(schema: Schema) -> list[str]:
    """Return the columns for whose people ``each`` may make a paper."""
    return [one.name for one in schema.columns if _is_person(one)]


def personal_columns(schema: Schema) -> list[Column]:
    """Return the columns that a kind reads only if its entry names them."""
    return [one for one in schema.columns if one.is_personal]


def _is_service(column: Column) -> bool:
    return column.kind == ColumnKind.GENDER or column.name in _SERVICE


def column_named(typed: str, columns: Sequence[Column]) -> Column | None:
    """Return the column that a person calls by its name, header or synonym."""
    wanted = typed.strip().casefold()
    for column in columns:
        names = (column.name, column.header, *column.synonyms)
        if wanted in (one.casefold() for one in names):
            return column
    return None


def register_named(typed: str, schemas: Mapping[str, Schema]) -> Schema | None:
    """Return the register that a person calls by its name, its sheet or one of its rows."""
    wanted = typed.strip().casefold()
    for schema in schemas.values():
        if wanted in (one.casefold() for one in _names(schema)):
            return schema
    return None


def _names(schema: Schema) -> Iterator[str]:
    yield from (schema.name, schema.sheet, schema.one, schema.many)
