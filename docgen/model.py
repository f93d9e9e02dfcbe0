"""The nouns that stages pass to each other: frozen values, no behaviour that touches the world."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from docgen.errors import Location

RawValue: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | None


_LOOKS = str.maketrans(
    {"ё": "е", "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " "}
)
_QUOTES = str.maketrans(dict.fromkeys("«»„“”‟\"'’‘", None))


def sameness(text: str) -> str:
    """Return what two spellings of one name share: case, ё, dashes, quotes and blanks folded."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKS).translate(_QUOTES)
    return " ".join(folded.split())


# --- what a workbook holds -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as read: its stored value and its text as a person sees it.

    ``text`` has number formats applied (leading zeros kept) and no edge blanks; inner ones, NBSP
    too, are as typed. A cell that ``is_unreadable`` (an Excel error, a formula without a result)
    is empty here and its problem already told.
    """

    value: RawValue
    text: str
    where: Location
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a register by column names; a sheet's absent optional columns are absent here."""

    number: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The rows of one register; ``where`` names file and sheet."""

    schema: str
    where: Location
    rows: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of an appendix table; ``columns`` and ``rows`` tell what it spans."""

    text: str
    where: Location
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    is_italic: bool = False
    align: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of an appendix table; cells hidden under a vertical merge are ``None``.

    ``cells`` has one entry per grid column that starts a cell; a cell covered from above is
    ``None`` once for each column that it covers.
    """

    number: int
    cells: tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet laid out as the table that a paper prints.

    ``widths`` are shares of the text width (their sum is 1); the first ``header_rows`` rows repeat
    on every page (headings and the row of column numbers). A list of people often ``has_lines``
    no more than headings.
    """

    name: str
    where: Location
    widths: tuple[float, ...]
    header_rows: int
    rows: tuple[TableRow, ...]
    is_landscape: bool = False
    has_lines: bool = True


# --- what .toml entries say ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register (or, in a card, one of its facts).

    ``kind_of`` is one of text, phrase, date, deadline, integer, money, name, gender, choice,
    reference, file, flag. ``reverse`` names the list under which a referenced record sees the rows
    that refer to it. ``line`` is the length in characters of the line printed when a by-hand cell
    is empty. ``is_listed`` cells hold several values parted by ``;`` or line breaks; ``is_free``
    references may be a nominative phrase that no register holds.
    """

    name: str
    header: str
    kind_of: str = "text"
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    is_by_hand: bool = False
    line: int = 30
    caption: str = ""
    to: tuple[str, ...] = ()
    reverse: str = ""
    choices: tuple[str, ...] = ()
    is_open: bool = False
    is_listed: bool = False
    is_free: bool = False
    is_personal: bool = False
    default: str = ""
    comment: str = ""
    example: str = ""
    width: int = 18


@dataclass(frozen=True, slots=True)
class Schema:
    """A register: one sheet of one workbook.

    ``one`` and ``many`` are the names of a row and of all rows in templates. A card
    (``is_card``) holds one fact a row; its ``columns`` are the facts. ``key`` names the columns
    that tell rows apart; ``begins`` and ``ends`` the columns of the period in which a row holds.
    ``is_shared`` rows are read from the schema folder's own workbook too. ``example_rows`` (column
    name -> text) and ``example_tables`` (sheet -> rows of an appendix table) fill a new workspace;
    ``position`` orders its sheets. An ``is_kept`` sheet is docgen's own to make and renew.
    """

    name: str
    workbook: str
    sheet: str
    one: str
    many: str
    columns: tuple[Column, ...]
    source: str
    is_card: bool = False
    is_optional: bool = False
    is_shared: bool = False
    is_kept: bool = False
    key: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    about: str = ""
    position: int = 50
    example_rows: tuple[Mapping[str, str], ...] = ()
    example_tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            KeyError: when the register has none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a document: ``role`` in Russian, ``who`` the template variable of the signer."""

    role: str
    who: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A document kind: a template and what it is made for.

    ``family`` is one of order, appendix, sheet, consent, blank-form, paper; ``per`` one of row,
    group, register. ``each`` names reference columns of a row whose people get a document of their
    own; ``cross`` a register with one more document for each of its rows. ``where`` and
    ``cross_where`` map columns to the values wanted; ``only`` is adults, minors, workers, pupils of
    18 and more, or nothing.
    """

    name: str
    title: str
    template: Path
    source: str
    register: str
    output: str
    family: str = "paper"
    per: str = "row"
    group_by: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: tuple[str, ...] = ()
    only: str = ""
    is_distinct: bool = False
    cross: str = ""
    cross_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    signs: tuple[Signature, ...] = ()
    personal: tuple[str, ...] = ()
    catalogue: tuple[int, ...] = ()
    has_blank_form: bool = False
    sort: int = 50
    change_papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PacketKind:
    """A kind of set. ``purpose`` is originals, copies or print; ``per`` order, kind or year."""

    name: str
    title: str
    source: str
    purpose: str
    per: str
    families: tuple[str, ...]
    has_cover: bool = False
    has_contents: bool = False
    has_stamp: bool = False
    has_certification: bool = False
    has_closing_sheet: bool = False
    starts_on_fresh_sheet: bool = False


# --- records ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that decline: a position, a body, a group; nominative as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name by parts, nominative as typed; ``gender`` is «м», «ж» or empty when unknown.

    ``forms`` are the forms typed for this person, by case: a lone word is the surname.
    """

    text: str
    surname: str
    first: str = ""
    patronymic: str = ""
    gender: str = ""
    is_fixed: bool = False
    forms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a person, a body, an act, an order …: register and identity, no period."""

    register: str
    identity: str
    text: str


Value: TypeAlias = (
    "str | int | Decimal | dt.date | Phrase | PersonName | Reference | tuple[Value, ...] | None"
)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A checked row. ``identity`` is shared by the rows of one person or body over time."""

    register: str
    identity: str
    values: Mapping[str, Value]
    cells: Mapping[str, Location]
    where: Location
    begins: dt.date | None = None
    ends: dt.date | None = None
    is_broken: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the row's period (inclusive, open where empty) covers the day."""
        return (self.begins or dt.date.min) <= day <= (self.ends or dt.date.max)


@dataclass(frozen=True, slots=True)
class Override:
    """Forms typed for a nominative text, by case; they always win.

    A workspace keeps them by ``text|gender``, the gender being empty where it does not matter.
    """

    text: str
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """Everything that a folder of registers says, checked and linked.

    ``by_identity`` maps (register, identity) to the rows of one person or body over time,
    ``children`` (register, identity, reverse name) to the rows that refer to it. ``tainted``
    holds (register, reverse name) of lists that may lack a row because its reference is broken.
    """

    name: str
    folder: Path
    schemas: Mapping[str, Schema]
    records: Mapping[str, tuple[Record, ...]]
    tables: Mapping[str, Table]
    by_identity: Mapping[tuple[str, str], tuple[Record, ...]] = field(default_factory=dict)
    children: Mapping[tuple[str, str, str], tuple[Record, ...]] = field(default_factory=dict)
    tainted: frozenset[tuple[str, str]] = frozenset()
    overrides: Mapping[str, Override] = field(default_factory=dict)

    def version(self, reference: Reference, day: dt.date) -> Record:
        """Return the row of the referenced identity that holds on the day, else the nearest one.

        Raises:
            KeyError: when no row has that identity.
        """
        rows = self.by_identity[reference.register, reference.identity]
        holding = [row for row in rows if row.holds_on(day)]
        if holding:
            return holding[-1]
        ended = [row for row in rows if (row.ends or dt.date.max) < day]
        if ended:
            return max(ended, key=lambda row: row.ends or dt.date.max)
        return min(rows, key=lambda row: row.begins or dt.date.min)


# --- what is planned and made ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A row nobody has filled in: a blank form prints lines in place of its cells."""

    register: str


Variable: TypeAlias = (
    "Record | Reference | BlankRow | str | tuple[Record, ...] | tuple[Reference, ...]"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A cell that a paper has read: where it lies and what it said."""

    where: Location
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class PlannedDocument:
    """A document to be made. ``variables`` are records or lists of records for the template.

    ``key`` is stable over rebuilds; ``output`` a path without suffix below ``documents/``;
    ``order`` the order it belongs to, if any; ``state`` that order's state or «на подписи».
    """

    kind: Kind
    key: str
    title: str
    output: str
    date: dt.date
    variables: Mapping[str, Variable]
    state: str
    order: Record | None = None
    table: Table | None = None
    is_blank_form: bool = False
    year: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPacket:
    """A set to be assembled: documents by their keys in the order of the set."""

    kind: PacketKind
    name: str
    title: str
    documents: tuple[str, ...]
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """One expected signature of a made document; page from 1, the point in PDF units or unknown."""

    role: str
    name: str
    page: int
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document with its files inside the output folder (paths relative to it)."""

    key: str
    kind: str
    family: str
    title: str
    docx: str
    pdf: str | None
    pages: int
    catalogue: tuple[int, ...] = ()
    signatures: tuple[Signer, ...] = ()
    is_landscape_pages: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class MadePacket:
    """A set with its contents: pairs of title and page (from 1), as its bookmarks say."""

    name: str
    pdf: str
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]
