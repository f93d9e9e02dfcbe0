"""Records as templates see them: attributes by column names, links followed on the paper's date.

A view notes every cell that it reads, so that a paper knows from what it was made; it refuses
personal columns that the kind does not name and rows that did not pass the checks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from docgen.errors import Location, Problem, StageError, TemplateError
from docgen.model import (
    Column,
    ColumnKind,
    PersonName,
    Phrase,
    Read,
    Record,
    Reference,
    Schema,
    Value,
    Workspace,
)
from docgen.model.columns import DATE_FORM, SETTINGS, SPACED_INITIALS, TEXT_DATE_FORM
from docgen.wording.lookups import Fact, Lookup, lookup_of
from docgen.wording.spelling import Speller
from docgen.wording.value_views import BlankView, DateView, MissingView, NameView, PhraseView

Derived = Callable[["RecordView"], object]


class BrokenRecordError(StageError):
    """A paper needs a row that did not pass the checks; its problems are already told."""


@dataclass(slots=True)
class Scope:
    """What one paper may see: a workspace on a day, and the cells it has read so far.

    ``personal`` names the personal columns that its kind may read (``register.column``);
    ``top_margin_mm`` is that of the style, for what is measured from the edge of the sheet.
    """

    workspace: Workspace
    day: dt.date
    personal: frozenset[str] = frozenset()
    noted: dict[str, tuple[Location, object]] = field(default_factory=dict)
    top_margin_mm: int = 20
    speller: Speller = field(init=False)
    lookup: Lookup = field(init=False)

    def __post_init__(self) -> None:
        """Spell by what the workspace says of forms."""
        self.speller = Speller(self.workspace.overrides)
        self.lookup = lookup_of(self.workspace)

    @property
    def reads(self) -> dict[str, Read]:
        """The cells read so far; made on asking, since a title's are never asked for."""
        return {key: Read(where, repr(value)) for key, (where, value) in self.noted.items()}

    def note(self, key: str, where: Location, value: object) -> None:
        """Remember that a cell was read; ``key`` outlives a move of its row."""
        self.noted[key] = (where, value)

    def note_rows(self, key: str, rows: Iterable[Record]) -> None:
        """Remember which rows a list held."""
        self.note(f"{key}#", Location(), [row.identity for row in rows])

    def card(self, name: str) -> CardView:
        """Return a card (организация, настройки) with the facts of the paper's day."""
        return CardView(self.workspace.schemas[name], self)

    def view(self, record: Record) -> RecordView:
        """Return a record as templates see it."""
        return RecordView(record, self)

    def follow(self, reference: Reference) -> RecordView:
        """Return the referenced row that holds on the paper's day."""
        return self.view(self.workspace.version(reference, self.day))

    def children(self, record: Record, reverse: str) -> list[RecordView]:
        """Return the rows that refer to a record, in the order of their sheet.

        Raises:
            BrokenRecordError: when a row of that list could not be linked.
        """
        if (record.register, reverse) in self.workspace.tainted:
            raise BrokenRecordError([])
        rows = self.workspace.children.get((record.register, record.identity, reverse), ())
        self.note_rows(f"{record.register}/{record.identity}/{reverse}", rows)
        return [self.view(row) for row in rows]

    def wrap(self, value: Value, column: Column, where: Location) -> Any:
        """Return a value as templates see it."""
        if type(value) is str:
            return value
        match value:
            case None:
                return self._nothing(column, where)
            case PersonName():
                return self._name(value, where)
            case Phrase(text=text):
                return PhraseView(text, self.speller, where)
            case Reference():
                return self.follow(value)
            case tuple():
                return [self.wrap(item, column, where) for item in value]
            case dt.date():
                return self.date(value)
        return value

    def date(self, day: dt.date) -> DateView:
        """Return a day in the house forms of marks and of running text."""
        return DateView(day, self.date_form(DATE_FORM), self.date_form(TEXT_DATE_FORM))

    def date_form(self, setting: str) -> str:
        """Return the house form of dates: of marks, of the letterhead or of the text."""
        card = self.card(SETTINGS)
        return str(card.fact(setting) or card.fact(DATE_FORM))

    def named(self, person: RecordView, column: str, name: PersonName | None) -> Any:
        """Return a person's name, however it came about, as templates see that column."""
        where = person.record.cells.get(column, person.record.where)
        return self.wrap(name, self.lookup.columns[person.record.register][column], where)

    def _name(self, value: PersonName, where: Location) -> NameView:
        spaced = self.card(SETTINGS).fact(SPACED_INITIALS) is True
        return NameView(value, where, self.speller, spaced=spaced)

    def _nothing(self, column: Column, where: Location) -> Any:
        if column.is_by_hand:
            return BlankView(column.caption, column.line)
        if column.is_listed:
            return []
        return MissingView(column, where) if column.kind == ColumnKind.REFERENCE else ""


class TextMixin:
    """Printing a whole record prints its name; escaping follows."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Return the text for an autoescaping template."""
        return escape(str(self))


class CardView(TextMixin):
    """A card's facts on the paper's day."""

    __slots__ = ("_schema", "_scope")

    def __init__(self, schema: Schema, scope: Scope) -> None:
        """Show this card."""
        self._schema = schema
        self._scope = scope

    def fact(self, name: str) -> Value:
        """Return a fact's plain value on the day (a tuple when it is listed), else its default."""
        scope = self._scope
        key = (self._schema.name, name, scope.day)
        found = scope.lookup.facts.get(key)
        if found is None:
            found = scope.lookup.facts[key] = self._found(name)
        scope.noted.update(found.cells)
        return found.value

    def _found(self, name: str) -> Fact:
        column = self._schema.column(name)
        rows = self._rows_of_day(name)
        cells = {}
        for number, row in enumerate(rows):
            if row.is_broken:
                raise BrokenRecordError([])
            key = f"{self._schema.name}/{name}" + (f"/{number}" if column.is_listed else "")
            cells[key] = (row.cells[name], row.values[name])
        if column.is_listed:
            listed: list[Value] = []
            for row in rows:
                value = row.values[name]
                listed += value if isinstance(value, tuple) else [value]
            return Fact(tuple(listed), cells)
        return Fact(rows[-1].values[name] if rows else (column.default or None), cells)

    def rows(self, name: str) -> tuple[Record, ...]:
        """Return the rows that tell a fact, over all time; broken ones too, without a value."""
        return self._scope.lookup.card_rows.get((self._schema.name, name), ())

    def _rows_of_day(self, name: str) -> list[Record]:
        return [row for row in self.rows(name) if row.holds_on(self._scope.day)]

    def _where_to_write(self, name: str) -> Location:
        """Return the cell of a fact that holds on other days or is empty, else the sheet."""
        records = self._scope.workspace.records.get(self._schema.name, ())
        cells = [row.cells[name] for row in records if name in row.cells]
        files = [row.where.file for row in records]
        return cells[-1] if cells else Location(file="".join(files[:1]), sheet=self._schema.sheet)

    def __getattr__(self, name: str) -> Any:
        """Return a fact as templates see it."""
        if name.startswith("_"):
            raise AttributeError(name)
        column = self._scope.lookup.columns[self._schema.name].get(name)
        if column is None:
            raise AttributeError(name)
        value = self.fact(name)
        rows = self._rows_of_day(name)
        where = rows[-1].cells[name] if rows else self._where_to_write(name)
        if value == () or value is None:
            nothing = self._scope.wrap(None, column, where)
            is_missing = isinstance(nothing, MissingView)
            return MissingView(column, where, self._scope.day) if is_missing else nothing
        if isinstance(value, str) and column.kind == ColumnKind.PHRASE:
            value = Phrase(value)
        return self._scope.wrap(value, column, where)

    def __dir__(self) -> list[str]:
        """Return the facts, for suggestions in messages."""
        return [column.name for column in self._schema.columns]


class RecordView(TextMixin):
    """A row of a register: its columns, the rows that refer to it, what is derived from both."""

    __slots__ = ("_record", "_scope")
    derived: dict[str, dict[str, Derived]] = {}  # noqa: RUF012 - filled once at import by the modules of this package

    def __init__(self, record: Record, scope: Scope) -> None:
        """Show this record."""
        self._record = record
        self._scope = scope

    @property
    def record(self) -> Record:
        """The record itself, for derived values."""
        return self._record

    @property
    def scope(self) -> Scope:
        """The paper's scope, for derived values."""
        return self._scope

    @property
    def schema(self) -> Schema:
        """The register's schema."""
        return self._scope.workspace.schemas[self._record.register]

    def value(self, name: str) -> Value:
        """Return a column's plain value and note that it was read.

        Raises:
            BrokenRecordError: when the row did not pass the checks.
            TemplateError: ``personal-column`` when the kind may not read it.
        """
        record = self._record
        if record.is_broken:
            raise BrokenRecordError([])
        column = self._scope.lookup.columns[record.register][name]
        if column.is_personal and f"{record.register}.{name}" not in self._scope.personal:
            raise TemplateError([_personal_problem(f"{record.register}.{name}", column)])
        value = record.values.get(name)
        where = record.cells.get(name) or record.where
        self._scope.noted[f"{record.register}/{record.identity}/{name}"] = (where, value)
        return value

    def __getattr__(self, name: str) -> Any:
        """Return a column, a list of referring rows or a derived value."""
        if name.startswith("_"):
            raise AttributeError(name)
        record, lookup = self._record, self._scope.lookup
        derived = self.derived.get(record.register, {})
        if name in derived:
            return derived[name](self)
        column = lookup.columns[record.register].get(name)
        if column is not None:
            where = record.cells.get(name) or record.where
            return self._scope.wrap(self.value(name), column, where)
        if name in lookup.reverses[record.register]:
            return self._scope.children(record, name)
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Return what templates may ask of the row, for suggestions in messages."""
        return _names_of(self.schema, self._scope)

    def __str__(self) -> str:
        """Return the record's own name: its first key column."""
        names = self.derived.get(self._record.register, {})
        if "текстом" in names:
            return str(names["текстом"](self))
        return str(getattr(self, self.schema.key[0])) if self.schema.key else self._record.identity

    def in_case(self, case: str) -> Any:
        """Return the record's name in a case.

        Raises:
            ValueError: when the record has no name that declines.
        """
        names = self.derived.get(self._record.register, {})
        if "текстом" not in names:
            raise ValueError("запись целиком не склоняется; назовите её столбец")
        text: Any = names["текстом"](self)
        return text.in_case(case)

    def __eq__(self, other: object) -> bool:
        """Two views are equal when they show one row."""
        return isinstance(other, RecordView) and other.record is self._record

    def __hash__(self) -> int:
        """Hash by the row shown."""
        return id(self._record)


class BlankRecordView(TextMixin):
    """A row nobody has filled in: every column prints a line to write on."""

    __slots__ = ("_schema", "_scope")

    def __init__(self, schema: Schema, scope: Scope) -> None:
        """Show an empty row of this register."""
        self._schema = schema
        self._scope = scope

    def __getattr__(self, name: str) -> Any:
        """Return a line to write on, an empty row or an empty list."""
        if name.startswith("_"):
            raise AttributeError(name)
        for column in self._schema.columns:
            if column.name == name:
                if column.kind == ColumnKind.REFERENCE and column.to and not column.is_listed:
                    return BlankRecordView(self._scope.workspace.schemas[column.to[0]], self._scope)
                return BlankView(column.caption or column.header.lower(), max(column.line, 24))
        if name in RecordView.derived.get(self._schema.name, {}):
            return BlankView("")
        if name in self._scope.lookup.reverses[self._schema.name]:
            return []
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Return what templates may ask of the row, for suggestions in messages."""
        return _names_of(self._schema, self._scope)

    def __bool__(self) -> bool:
        """Nothing is there yet."""
        return False

    def __iter__(self) -> Iterator[object]:
        """An empty row has no parts."""
        return iter(())

    def __str__(self) -> str:
        """Return a line to write on."""
        return str(BlankView(self._schema.sheet.lower()))

    def in_case(self, case: str) -> BlankRecordView:
        """Return the same empty row."""
        del case
        return self


def derived_value(register: str, name: str) -> Callable[[Derived], Derived]:
    """Register a function as the derived value ``name`` of a register's rows."""

    def keep(function: Derived) -> Derived:
        RecordView.derived.setdefault(register, {})[name] = function
        return function

    return keep


def _names_of(schema: Schema, scope: Scope) -> list[str]:
    columns = {column.name for column in schema.columns}
    derived = RecordView.derived.get(schema.name, {})
    return sorted({*columns, *derived, *scope.lookup.reverses[schema.name]})


def _personal_problem(full_name: str, column: Column) -> Problem:
    return Problem(
        "personal-column",
        Location(key="personal"),
        f"шаблон читает личные данные «{column.header}», а его описание их не называет; "
        f'добавьте в описание personal = ["{full_name}"] или уберите их из шаблона',
    )
