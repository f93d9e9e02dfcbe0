"""Documents and packets, as they are planned and as they were made."""

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
    """A row with nothing filled in: a blank form prints lines in place of its cells."""

    register: str


Variable: TypeAlias = (
    "Record | Reference | BlankRow | str | tuple[Record, ...] | tuple[Reference, ...]"
)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that a document was made from: its place and the ``repr`` of its value."""

    where: Location
    value: str


@dataclass(frozen=True, slots=True)
class PlannedSigner:
    """Somebody who is to sign a planned document, and in which role.

    ``person`` tells namesakes apart: register and identity, or the bare name of somebody who is
    in no register; it is empty when a line stands in place of a name. ``short`` is the name with
    initials, ``post`` the position of a head or a worker, ``number`` the personnel number, if any.
    ``agreed_role`` is the role in the gender of this person, if it differs. Who ``is_of_sheet``
    signs as on a sheet beside the order, see ``SignatureRule``.
    """

    role: str
    name: str
    person: str = ""
    short: str = ""
    post: str = ""
    number: str = ""
    agreed_role: str = ""
    is_of_sheet: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PlannedDocument:
    """A document to be made.

    ``variables`` are the records, or lists of records, that its template sees. ``key`` is stable
    over rebuilds; ``output`` is a path below ``documents/`` without suffix. ``order`` is the order
    to which it belongs, if any, and ``state`` the state of that order, else «на подписи».
    """

    kind: Kind
    key: str
    title: str
    output: str
    date: dt.date
    variables: Mapping[str, Variable]
    state: str
    order: Record | None = None
    tables: tuple[Table, ...] = ()
    is_blank_form: bool = False
    year: str = ""
    signers: tuple[PlannedSigner, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether it holds personal data; a blank form holds none yet."""
        return self.kind.is_private and not self.is_blank_form

    @property
    def is_fillable(self) -> bool:
        """Whether it is a blank form that can be filled in Word."""
        return self.kind.is_form and self.is_blank_form


@dataclass(frozen=True, slots=True)
class PlannedPacket:
    """A packet to be assembled: the keys of its documents, in order.

    ``signer`` is the name of the person whose signatures it collects, empty when it collects
    everybody's. ``volume`` is its number when it is one of several, else 0; ``recipients`` are
    the addressees with their numbers of copies.
    """

    kind: PacketKind
    name: str
    title: str
    documents: tuple[str, ...]
    copies: int = 1
    signer: str = ""
    volume: int = 0
    recipients: tuple[tuple[str, int], ...] = ()


class MarkedSigner(NamedTuple):
    """Somebody who has to sign a document, with the bookmark that marks the place.

    ``name`` is empty when it is unknown. ``mark`` is the bookmark, e.g. ``sign_2`` for the second
    of the kind's ``signs``, ``sign_0`` where lines of a sheet stand in an order; it is empty
    when it is unknown. ``number`` is the
    personnel number, if any.
    """

    role: str
    name: str
    mark: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One expected signature of a made document: who, and where on which page (from 1).

    ``x`` and ``y`` are where the line begins, in PDF units from the lower left corner; they are
    unknown when the template does not mark the place. ``number`` is the personnel number, if any.
    """

    role: str
    name: str
    page: int
    x: float | None = None
    y: float | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document with its files, as paths inside the output folder.

    ``original`` is the file with signature fields, and its SHA-256 before anybody signed;
    ``personnel`` is the PDF/A-1a, ``letterhead`` are the sheets for paper with a printed head and
    ``encrypted`` the copy with a password, ``workbook`` the .xlsx with its tables, each with its
    SHA-256. An ``is_private`` document holds personal data, an ``is_frozen`` one is signed and
    archived; ``retention`` is how long it is to be kept, in Russian; ``year`` its school year.
    """

    key: str
    kind: str
    family: Family
    title: str
    docx: str | None
    pdf: str | None
    pages: int
    catalogue: tuple[int, ...] = ()
    signatures: tuple[Signer, ...] = ()
    is_private: bool = False
    is_frozen: bool = False
    retention: str = ""
    year: str = ""
    original: tuple[str, str] | None = None
    personnel: tuple[str, str] | None = None
    letterhead: tuple[str, str] | None = None
    encrypted: tuple[str, str] | None = None
    workbook: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MadePacket:
    """A packet with its contents: the titles and pages (from 1) of its bookmarks.

    An ``is_private`` packet holds a private document; ``encrypted`` is its copy with a password,
    with the SHA-256 of that. ``foreign`` are the pages at which something else than the document's
    own PDF begins, with what it is: a scan or a signed file.
    """

    name: str
    pdf: str
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]
    is_private: bool = False
    purpose: Purpose | None = None
    year: str = ""
    encrypted: tuple[str, str] | None = None
    foreign: tuple[tuple[int, str], ...] = ()
