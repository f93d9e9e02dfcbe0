"""Which columns and derived values of each register Python reads, and what type each one holds.

Views resolve attributes while they run: to mypy a ``RecordView`` or ``CardView`` has every
attribute, of type ``Any``, because both define ``__getattr__``. So one of them is accepted wherever
a function asks for a protocol of this module, without a cast, and from there on every attribute is
checked. Logic takes its rows and cards as protocols, never as ``RecordView`` or ``CardView``; a
column read for the first time is added here. ``tests/wording/test_protocols.py`` holds each
attribute and its type to ``registers/schema/`` and to the functions that derive values.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias, cast

from docgen.model import Record, Schema, Value
from docgen.model.columns import ACTS, BODIES, CHILDREN, ORDERS, ORGANISATION, SETTINGS, STAFF
from docgen.wording.record_views import RecordView, Scope
from docgen.wording.value_views import DateView, Declinable, MissingView, NameView, PhraseView

Empty: TypeAlias = Literal[""]
"""What an empty cell holds, unless its column is a reference, a list or filled in by hand."""

OptionalPhrase: TypeAlias = PhraseView | Empty
OptionalDate: TypeAlias = DateView | Empty
OptionalNumber: TypeAlias = int | Empty
Flag: TypeAlias = bool | Empty
RowOrPhrase: TypeAlias = RecordView | PhraseView
"""A reference to several registers that may also be words which no register holds."""


class RowView(Protocol):
    """What the view of every row offers, whichever its register."""

    @property
    def record(self) -> Record:
        """The row itself."""
        ...

    @property
    def scope(self) -> Scope:
        """What the document being worded may see."""
        ...

    @property
    def schema(self) -> Schema:
        """The schema of the row's register."""
        ...

    def value(self, name: str) -> Value:
        """Return a column's plain value and note that it was read."""
        ...

    def in_case(self, case: str) -> Declinable:
        """Return the row's name in a case."""
        ...


class ActView(RowView, Protocol):
    """A row of «Акты»."""

    вид: PhraseView
    кто: OptionalPhrase
    дата: OptionalDate
    номер: str
    кто2: OptionalPhrase
    дата2: OptionalDate
    номер2: str
    название: str
    кратко: Declinable
    текстом: Declinable
    орган_протокола: OptionalPhrase


class PersonView(RowView, Protocol):
    """A row of «Сотрудники» or of «Дети и родители»."""

    фио: NameView
    должность: OptionalPhrase
    с_должностью: Declinable


class WorkerView(PersonView, Protocol):
    """A row of «Сотрудники»."""

    организация: RowOrPhrase | MissingView


class ChildView(PersonView, Protocol):
    """A row of «Дети и родители»."""

    класс: str


class BodyView(RowView, Protocol):
    """A row of «Организации»."""

    краткое: PhraseView
    полное: OptionalPhrase
    руководитель: WorkerView | MissingView
    текстом: PhraseView
    название: PhraseView


class OrderView(RowView, Protocol):
    """A row of «Приказы» and the rows of other sheets that belong to it."""

    вид: PhraseView
    номер: str
    дата: OptionalDate
    заголовок: str
    слово: str
    основание: list[RowOrPhrase]
    контроль: RowOrPhrase | str | MissingView
    вступает_в_силу: OptionalDate
    преамбула: list[PreambleView]
    пункты: list[PointView]
    приложения: list[AppendixView]
    тексты: list[AppendixTextView]
    грифы: list[ApprovalView]
    издатель: PhraseView
    от_даты: str
    грифы_приказа: list[list[str]]
    заседания: list[MeetingView]
    орган_протокола: OptionalPhrase


class MeetingView(RowView, Protocol):
    """A row of «Заседания органов»."""

    орган: PhraseView
    присутствовали: list[RowOrPhrase | str]
    сколько: OptionalNumber
    членов: OptionalNumber
    кворум: OptionalNumber


class MemberView(RowView, Protocol):
    """A row of «Составы органов»."""

    орган: PhraseView
    сотрудник: WorkerView


class PreambleView(RowView, Protocol):
    """A row of «Преамбула»."""

    оборот: str
    акт: list[RecordView]
    текст: str
    падеж: str


class PointView(RowView, Protocol):
    """A row of «Пункты»."""

    номер: str
    кому: list[RowOrPhrase]
    в_скобках: list[RowOrPhrase | str]
    текст: str
    лицо: list[RowOrPhrase]
    акт: list[RecordView]
    срок: DateView | str
    приложение: list[str]
    ссылка: str
    ответственный: list[RowOrPhrase]


class AppendixView(RowView, Protocol):
    """A row of «Приложения»."""

    приказ: OrderView
    номер: str
    вид: PhraseView
    заголовок: str
    отметка: str
    к_приложению: str
    номер_с_знаком: str
    упоминание: str
    обозначение: str
    грифы: list[list[str]]


class PaperView(RowView, Protocol):
    """A row of «Бумаги»."""

    тексты: list[AppendixTextView]


class AppendixTextView(RowView, Protocol):
    """A row of «Тексты приложений»."""

    приложение: str
    где: str
    как: str
    текст: str


class ApprovalView(RowView, Protocol):
    """A row of «Грифы»."""

    место: str
    подписывает: RowOrPhrase | MissingView
    приложение: str
    слово: str
    кто: RowOrPhrase | MissingView
    чем: RowOrPhrase | str | MissingView
    дата: OptionalDate
    номер: str


class FactsView(Protocol):
    """What the view of every card offers, whichever its register."""

    def fact(self, name: str) -> Value:
        """Return a fact's plain value on the document's day."""
        ...

    def rows(self, name: str) -> tuple[Record, ...]:
        """Return the rows that hold a fact, over all time."""
        ...


class OrganisationView(FactsView, Protocol):
    """The card «Организация»."""

    полное: OptionalPhrase
    краткое: OptionalPhrase
    в_отметках: OptionalPhrase
    бланк: list[str]
    должность_руководителя: OptionalPhrase
    должность_исполняющего: str
    кадровик: WorkerView | MissingView
    куратор: WorkerView | MissingView
    учредитель: BodyView | MissingView


class SettingsView(FactsView, Protocol):
    """The card «Настройки»."""

    перед_датой: str
    вид_разрядкой: Flag
    распорядительное_слово: str
    место_слова: str
    заголовок_вид: list[str]
    ё_в_грифах: Flag
    инициалы_с_пробелом: Flag
    фамилия_прописными: Flag
    между_актами: str
    дата_и_номер: str
    номер_приложения: str
    знак_года: str
    бланк: str
    отступ_бланка: OptionalNumber
    заверяет_копии: WorkerView | MissingView


def organisation_of(scope: Scope) -> OrganisationView:
    """Return the card of the organisation with the facts of the document's day."""
    return scope.card(ORGANISATION)


def settings_of(scope: Scope) -> SettingsView:
    """Return the card of the settings with the facts of the document's day."""
    return scope.card(SETTINGS)


def to_worker(item: object) -> WorkerView | None:
    """Return the item when it is a row of «Сотрудники», else nothing."""
    if isinstance(item, RecordView) and item.record.register == STAFF:
        return item
    return None


def to_person(item: object) -> PersonView | None:
    """Return the item when it is a row of «Сотрудники» or «Дети и родители», else nothing."""
    if isinstance(item, RecordView) and item.record.register in {STAFF, CHILDREN}:
        return item
    return None


def to_body(item: object) -> BodyView | None:
    """Return the item when it is a row of «Организации», else nothing."""
    if isinstance(item, RecordView) and item.record.register == BODIES:
        return item
    return None


def to_order(item: object) -> OrderView | None:
    """Return the item when it is a row of «Приказы», else nothing."""
    if isinstance(item, RecordView) and item.record.register == ORDERS:
        return item
    return None


def to_act(item: object) -> ActView | None:
    """Return the item when it is a row of «Акты», else nothing."""
    if isinstance(item, RecordView) and item.record.register == ACTS:
        return item
    return None


def to_point(row: RowView) -> PointView:
    """Return a row whose text may hold markers as if it were a point.

    Only «Пункты» has every column that a marker may ask for; who reads one from a row of another
    sheet looks first whether it is there.
    """
    return cast("PointView", row)
