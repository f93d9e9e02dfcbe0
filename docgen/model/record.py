"""Checked rows of registers, their values, and the workspace that holds them."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from docgen.errors import Location, SignalError
from docgen.model.columns import ORDER, ORDERS, SHEET
from docgen.model.entries import OrderSubject, Schema
from docgen.model.picture_file import PictureFile
from docgen.model.signed_papers import SignedBlock
from docgen.model.workbooks import Table, sheet_names

_LOOKS = str.maketrans(
    {"ё": "е", "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " "}
)
_QUOTES = str.maketrans(dict.fromkeys("«»„“”‟\"'’‘", None))


def sameness(text: str) -> str:
    """Return what spellings of one name share: case, ё, dashes, quotes and blanks are folded."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKS).translate(_QUOTES)
    return " ".join(folded.split())


class MissingRecordError(SignalError, KeyError):
    """A reference points to an identity that no row has."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that decline: a position, a body, a group; nominative as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name by parts, nominative as typed; ``gender`` is «м», «ж» or empty when unknown.

    ``is_fixed`` surnames do not decline. ``forms`` are the forms typed for this person, by case:
    a lone word is the surname.
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
    """A pointer to a person, a body, an act or an order over time; ``text`` is as typed."""

    register: str
    identity: str
    text: str


Value: TypeAlias = (
    "str | int | Decimal | dt.date | Phrase | PersonName | Reference | PictureFile"
    " | tuple[Value, ...] | None"
)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A checked row. ``identity`` is shared by the rows of one person or body over time.

    ``moving`` are the columns whose day is a formula that changes by itself.
    """

    register: str
    identity: str
    values: Mapping[str, Value]
    cells: Mapping[str, Location]
    where: Location
    begins: dt.date | None = None
    ends: dt.date | None = None
    is_broken: bool = False
    moving: frozenset[str] = frozenset()

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the row's period (inclusive, open where empty) covers the day."""
        return (self.begins or dt.date.min) <= day <= (self.ends or dt.date.max)


@dataclass(frozen=True, slots=True)
class Override:
    """Forms that a person typed for a nominative text, by case; they win over computed ones."""

    text: str
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """Everything that a folder of registers says, checked and linked.

    ``by_identity`` maps (register, identity) to the rows of one person or body over time,
    ``children`` maps (register, identity, reverse name) to the rows that refer to it. ``tainted``
    holds (register, reverse name) of lists that may lack a row because its reference is broken.
    ``overrides`` are kept by ``text|gender``; the gender is empty where it does not matter.
    ``subjects`` are what orders may be about, by the folded value of «О чём». ``absent`` are the
    registers that have no sheet. ``withheld`` are the pairs that wait for consents, each with the
    order that would print it: they stand in ``all_pairs`` alone, from which consents are made.
    ``drafts`` are the short names of orders that are printed as drafts meanwhile.
    ``signed`` is what signed orders say, by their identity, those of which a paper prints a
    part.
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
    subjects: Mapping[str, OrderSubject] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    withheld: tuple[tuple[Record, Record], ...] = ()
    all_pairs: tuple[Record, ...] = ()
    drafts: frozenset[str] = frozenset()
    signed: Mapping[str, tuple[SignedBlock, ...]] = field(default_factory=dict)

    def order_of(self, record: Record) -> Record | None:
        """Return the order that a row is or belongs to, if it belongs to one."""
        if record.register == ORDERS:
            return record
        reference = record.values.get(ORDER)
        if not isinstance(reference, Reference) or reference.register != ORDERS:
            return None
        return self.by_identity[reference.register, reference.identity][0]

    def sheets_of(self, appendix: Record) -> tuple[str, ...]:
        """Return the sheets that an appendix names, as typed; a title may hold «;» itself."""
        text = str(appendix.values.get(SHEET) or "")
        return (text,) if text in self.tables else sheet_names(text)

    def tables_of(self, appendix: Record) -> tuple[Table, ...]:
        """Return the tables of the sheets that an appendix names, in its order."""
        return tuple(self.tables[one] for one in self.sheets_of(appendix) if one in self.tables)

    def version(self, reference: Reference, day: dt.date) -> Record:
        """Return the row of the referenced identity that holds on the day, else the nearest one.

        Raises:
            MissingRecordError: when no row has that identity.
        """
        try:
            rows = self.by_identity[reference.register, reference.identity]
        except KeyError as error:
            raise MissingRecordError(f"{reference.register}/{reference.identity}") from error
        holding = [row for row in rows if row.holds_on(day)]
        if holding:
            return holding[-1]
        ended = [row for row in rows if (row.ends or dt.date.max) < day]
        if ended:
            return max(ended, key=lambda row: row.ends or dt.date.max)
        return min(rows, key=lambda row: row.begins or dt.date.min)
