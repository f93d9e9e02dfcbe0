"""What is planned and what is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from docgen.errors import Location
from docgen.model.choices import Family, Purpose
from docgen.model.entries import Kind, PacketKind
from docgen.model.record import Record, Reference
from docgen.model.workbooks import Table


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


@dataclass(frozen=True, slots=True)
class PlannedSigner:
    """Who is to sign a paper, and as what; ``said`` is the role as it agrees with this person.

    ``person`` tells namesakes apart: register and identity, or the bare name of somebody who has
    no row of their own; it is empty when a line stands in place of a name. ``short`` is the name
    with initials, ``post`` the position in which a head signs or a worker is known, ``number``
    the personnel number if there is one.
    """

    role: str
    name: str
    person: str = ""
    short: str = ""
    post: str = ""
    number: str = ""
    said: str = ""


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
    signers: tuple[PlannedSigner, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether it holds personal data; a blank form holds nobody's yet."""
        return self.kind.is_private and not self.is_blank_form


@dataclass(frozen=True, slots=True)
class PlannedPacket:
    """A set to be assembled: documents by their keys in the order of the set.

    ``signer`` is the name of the person whose signatures it collects; empty for everybody's.
    ``volume`` is its number when it is one of several, else 0; ``recipients`` say who gets how
    many copies.
    """

    kind: PacketKind
    name: str
    title: str
    documents: tuple[str, ...]
    copies: int = 1
    signer: str = ""
    volume: int = 0
    recipients: tuple[tuple[str, int], ...] = ()


class Expected(NamedTuple):
    """Somebody who has to sign a paper; ``name`` may be unknown.

    ``mark`` names the bookmarks where it is done: ``sign_2`` for the second of the kind's
    ``signs``; empty when it was not told. ``number`` is the personnel number, if there is one.
    """

    role: str
    name: str
    mark: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One expected signature of a made document: page from 1, and where the line begins.

    The point is in PDF units from the lower left corner; unknown when the template does not tell.
    ``number`` is the personnel number, if there is one.
    """

    role: str
    name: str
    page: int
    x: float | None = None
    y: float | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document with its files inside the output folder (paths relative to it).

    ``original`` is the file with fields of signature, and its SHA-256 before anybody signed;
    ``personnel`` is the PDF/A-1a, ``encrypted`` the copy with a password, told in the same way.
    ``is_private`` papers hold personal data, ``is_frozen`` ones are signed and archived;
    ``retention`` is how long the paper is to be kept.
    """

    key: str
    kind: str
    family: Family
    title: str
    docx: str
    pdf: str | None
    pages: int
    catalogue: tuple[int, ...] = ()
    signatures: tuple[Signer, ...] = ()
    is_private: bool = False
    is_frozen: bool = False
    retention: str = ""
    original: tuple[str, str] | None = None
    personnel: tuple[str, str] | None = None
    encrypted: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MadePacket:
    """A set with its contents: pairs of title and page (from 1), as its bookmarks say.

    ``is_private`` is a set that holds a private document; ``encrypted`` is its copy with a
    password, and the SHA-256 of that.
    """

    name: str
    pdf: str
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]
    is_private: bool = False
    purpose: Purpose | None = None
    encrypted: tuple[str, str] | None = None
