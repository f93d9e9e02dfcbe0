"""Rows and cards as templates see them: columns are attributes, references lead to other rows.

A view notes every cell that it reads, so that a document knows from what it was made; it refuses
personal columns that the kind does not name and rows that did not pass the checks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from markupsafe import Markup, escape

from docgen.errors import Location, Problem, StageError, TemplateError
from docgen.model import (
    Column,
    ColumnKind,
    PersonName,
    Phrase,
    PictureFile,
    ReadCell,
    Record,
    Reference,
    Schema,
    Value,
    Workspace,
)
from docgen.model.columns import (
    DATE_FORM,
    PLACE_AGREEMENT,
    SETTINGS,
    SPACED_INITIALS,
    TEXT_DATE_FORM,
)
from docgen.wording.lookups import Fact, WorkspaceLookup, lookup_of
from docgen.wording.money_views import MoneyView
from docgen.wording.spelling import Speller
from docgen.wording.value_views import (
    BlankView,
    DateView,
    Declinable,
    MissingView,
    NameView,
    PhraseView,
    PictureView,
    WordingError,
)

Derived: TypeAlias = "Callable[[RecordView], object]"
"""Computes a value that templates read like a column; see ``derived_value``."""

DerivedT = TypeVar("DerivedT", bound=Derived)

ViewValue: TypeAlias = (
    "str | int | MoneyView | DateView | NameView | PhraseView | PictureView | RecordView"
    " | BlankView | MissingView | list[ViewValue]"
)
"""What an attribute of a view holds when it is a column."""


class BrokenRecordError(StageError):
    """A document needs a row that did not pass the checks, whose problems are already reported."""


@dataclass(slots=True)
class Scope:
    """What one document may see: a workspace on a day. Accumulates the cells and forms it uses.

    ``personal`` names the personal columns that its kind may read (``register.column``);
    ``noted`` maps the key of each cell read to its place and value; ``top_margin_mm`` is that of
    the style, for what is measured from the edge of the sheet. ``is_on_letterhead``: the sheet has
    a printed head, whose room is left free; ``has_letterhead`` is set where one is asked for.
    ``numbering`` and ``number_marks`` are what the kind says of the numbers of its text.
    ``printed_acts`` are those that the template itself names, by their identity.
    """

    workspace: Workspace
    day: dt.date
    personal: frozenset[str] = frozenset()
    noted: dict[str, tuple[Location, object]] = field(default_factory=dict)
    top_margin_mm: int = 20
    is_on_letterhead: bool = False
    has_letterhead: bool = False
    numbering: str = ""
    number_marks: Mapping[str, str] = field(default_factory=dict)
    printed_acts: dict[str, Record] = field(default_factory=dict)
    speller: Speller = field(init=False)
    lookup: WorkspaceLookup = field(init=False)

    def __post_init__(self) -> None:
        """Take the typed forms and the indexes of the workspace."""
        self.speller = Speller(self.workspace.overrides, self._agreement_of_places)
        self.lookup = lookup_of(self.workspace)

    @property
    def reads(self) -> dict[str, ReadCell]:
        """The cells read so far; built on demand, since those of titles are never asked for."""
        return {key: ReadCell(where, repr(value)) for key, (where, value) in self.noted.items()}

    def _agreement_of_places(self) -> str:
        return str(self.card(SETTINGS).fact(PLACE_AGREEMENT))

    def note(self, key: str, where: Location, value: object) -> None:
        """Note that a cell was read; ``key`` names it wherever its row may move."""
        self.noted[key] = (where, value)

    def note_rows(self, key: str, rows: Iterable[Record]) -> None:
        """Note which rows a list held."""
        self.note(f"{key}#", Location(), [row.identity for row in rows])

    def card(self, name: str) -> CardView:
        """Return a card (организация, настройки) with the facts of the document's day."""
        return CardView(self.workspace.schemas[name], self)

    def view(self, record: Record) -> RecordView:
        """Return a record as templates see it."""
        return RecordView(record, self)

    def follow(self, reference: Reference) -> RecordView:
        """Return the referenced row that holds on the document's day."""
        return self.view(self.workspace.version(reference, self.day))

    def children(self, record: Record, reverse: str) -> list[RecordView]:
        """Return the rows that refer to a record, in the order of their sheet.

        Raises:
            BrokenRecordError: when the list may lack a row whose reference is broken.
        """
        if (record.register, reverse) in self.workspace.tainted:
            raise BrokenRecordError([])
        rows = self.workspace.children.get((record.register, record.identity, reverse), ())
        self.note_rows(f"{record.register}/{record.identity}/{reverse}", rows)
        return [self.view(row) for row in rows]

    def wrap(self, value: Value, column: Column, where: Location) -> ViewValue:
        """Return a value as templates see it."""
        if type(value) is str:
            return value
        match value:
            case None:
                return self._empty(column, where)
            case PersonName():
                return self.name(value, where)
            case Phrase(text=text):
                return PhraseView(text, self.speller, where)
            case Reference():
                return self.follow(value)
            case tuple():
                return [self.wrap(item, column, where) for item in value]
            case dt.date() | Decimal() | PictureFile():
                return self._fact(value)
        return value

    def _fact(self, value: dt.date | Decimal | PictureFile) -> ViewValue:
        """Return a day, a sum or a picture as it prints."""
        if isinstance(value, dt.date):
            return self.date(value)
        return MoneyView(value) if isinstance(value, Decimal) else PictureView(value)

    def date(self, day: dt.date) -> DateView:
        """Return a day in the forms that the settings give for marks and for running text."""
        return DateView(day, self.date_form(DATE_FORM), self.date_form(TEXT_DATE_FORM))

    def date_form(self, setting: str) -> str:
        """Return the form of dates that a setting gives, else the form of dates in marks."""
        card = self.card(SETTINGS)
        return str(card.fact(setting) or card.fact(DATE_FORM))

    def name(self, value: PersonName, where: Location) -> NameView:
        """Return a person's name, its initials spaced as the settings say."""
        is_spaced = self.card(SETTINGS).fact(SPACED_INITIALS) is True
        return NameView(value, where, self.speller, has_spaced_initials=is_spaced)

    def _empty(self, column: Column, where: Location) -> ViewValue:
        if column.is_by_hand:
            return BlankView(column.caption, column.line)
        if column.is_listed:
            return []
        return MissingView(column, where) if column.kind == ColumnKind.REFERENCE else ""


class TextMixin:
    """Escapes what ``str`` returns, so that a whole row or card can be printed in a template."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """Return the text for an autoescaping template."""
        return escape(str(self))


class CardView(TextMixin):
    """A card: the facts of the document's day."""

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
            found = scope.lookup.facts[key] = self._fact_of_day(name)
        scope.noted.update(found.cells)
        return found.value

    def _fact_of_day(self, name: str) -> Fact:
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
        """Return the rows that hold a fact, over all time; broken ones too, without a value."""
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
            # Jinja takes it for an undefined name, and the message names what there is.
            raise AttributeError(name)
        value = self.fact(name)
        rows = self._rows_of_day(name)
        where = rows[-1].cells[name] if rows else self._where_to_write(name)
        if value == () or value is None:
            empty = self._scope.wrap(None, column, where)
            is_missing = isinstance(empty, MissingView)
            return MissingView(column, where, self._scope.day) if is_missing else empty
        if isinstance(value, str) and column.kind == ColumnKind.PHRASE:
            value = Phrase(value)
        return self._scope.wrap(value, column, where)

    def __dir__(self) -> list[str]:
        """Return the facts, for suggestions in messages."""
        return [column.name for column in self._schema.columns]


class RecordView(TextMixin):
    """A row of a register: its columns, the lists of rows that refer to it, its derived values."""

    __slots__ = ("_record", "_scope")
    derived: dict[str, dict[str, Derived]] = {}  # noqa: RUF012 - filled once at import by the modules of this package

    def __init__(self, record: Record, scope: Scope) -> None:
        """Show this record."""
        self._record = record
        self._scope = scope

    @property
    def record(self) -> Record:
        """The row itself, for derived values."""
        return self._record

    @property
    def scope(self) -> Scope:
        """The document's scope, for derived values."""
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
        # Jinja takes it for an undefined name, and the message names what there is.
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        """Return the names that templates may ask for, for suggestions in messages."""
        return names_offered(self.schema, self._scope)

    def __str__(self) -> str:
        """Return the row's own name: its derived «текстом», else its first key column."""
        names = self.derived.get(self._record.register, {})
        if "текстом" in names:
            return str(names["текстом"](self))
        return str(getattr(self, self.schema.key[0])) if self.schema.key else self._record.identity

    def in_case(self, case: str) -> Declinable:
        """Return the row's name in a case.

        Raises:
            WordingError: when the row has no name that declines.
        """
        names = self.derived.get(self._record.register, {})
        name = names["текстом"](self) if "текстом" in names else None
        if not isinstance(name, Declinable):
            raise WordingError("запись целиком не склоняется; назовите её столбец")
        return name.in_case(case)

    def __eq__(self, other: object) -> bool:
        """Return whether the other is a view of the same row."""
        return isinstance(other, RecordView) and other.record is self._record

    def __hash__(self) -> int:
        """Hash by the row."""
        return id(self._record)


def derived_value(register: str, name: str) -> Callable[[DerivedT], DerivedT]:
    """Make a function the derived value ``name`` of a register's rows.

    The function may take the row as the protocol of its register, see ``protocols``.
    """

    def add(function: DerivedT) -> DerivedT:
        RecordView.derived.setdefault(register, {})[name] = function
        return function

    return add


def names_offered(schema: Schema, scope: Scope) -> list[str]:
    """Return what templates may ask of a register's rows, for suggestions in messages."""
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
