"""What .toml entries describe: registers, document kinds and kinds of packets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docgen.errors import SignalError
from docgen.model.choices import (
    Audience,
    ChildrensPapers,
    ColumnKind,
    DocumentPer,
    Family,
    PacketPer,
    Purpose,
)


class MissingColumnError(SignalError, KeyError):
    """A register was asked for a column that it does not have."""


ALWAYS: Final = "always"
MOSTLY: Final = "mostly"
"""When the absence of a column is told: always, or where a sheet has most of the others."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register (or, in a card, one of its facts).

    ``reverse`` names the list under which a referenced record sees the rows that refer to it.
    ``line`` is the length in characters of the line printed when a by-hand cell is empty.
    ``is_listed`` cells hold several values parted by ``;`` or line breaks; ``is_free`` references
    may be a nominative phrase that no register holds. A sheet without a column that is
    ``expected`` is told: always, or mostly (if it has most others). ``width_mm`` and ``height_mm``
    are the size in which its pictures print, 0 for what follows.
    """

    name: str
    header: str
    kind: ColumnKind = ColumnKind.TEXT
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
    expected: str = ""
    default: str = ""
    comment: str = ""
    example: str = ""
    width: int = 18
    width_mm: int = 0
    height_mm: int = 0


@dataclass(frozen=True, slots=True)
class Schema:
    """A register: one sheet of one workbook.

    ``one`` and ``many`` are the names of a row and of all rows in templates. A card
    (``is_card``) holds one fact a row; its ``columns`` are the facts. ``key`` names the columns
    that tell rows apart, ``apart`` those that do so where they are filled; ``begins`` and ``ends``
    the columns of the period in which a row holds.
    ``is_shared`` rows are read from the workbook in the schema folder too; a row of the workspace
    stands for those that have the same in the columns of ``replaces``, else of ``key``.
    ``example_rows``
    (column name -> text) and ``example_tables`` (sheet -> rows of an appendix table) fill a new
    workspace; ``position`` orders its sheets. An ``is_kept`` sheet is made and renewed by docgen.
    An ``is_initial`` sheet is in a new workspace from the first day, others are added when needed.
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
    is_initial: bool = False
    replaces: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    about: str = ""
    position: int = 50
    example_rows: tuple[Mapping[str, str], ...] = ()
    example_tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            MissingColumnError: when the register has none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise MissingColumnError(name)


@dataclass(frozen=True, slots=True)
class SignatureRule:
    """Who signs a document: the role in Russian, and ``who`` leads to the signer.

    ``who`` is a path of template variables such as ``пара.наставник``. Those of one that
    ``is_of_sheet`` sign in an order what they would sign on a sheet beside it: that they know it,
    also once it is signed.
    """

    role: str
    who: str
    is_of_sheet: bool = False


@dataclass(frozen=True, slots=True)
class KindCheck:
    """What must not be of a document's rows: a remark where the condition ``when`` holds.

    ``when`` is an expression over template variables, ``says`` the remark with tags, ``at`` the
    path to the cell where it stands, such as ``пара.соглашение_дата``. With ``rows``, a list of
    rows, each is asked under the name of its register's row. What ``is_error`` is not made.
    """

    when: str
    says: str
    at: str
    rows: str = ""
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A paper that stands before those of a kind, and which days must not cross.

    ``paper`` is a kind, a register, or words for what is not made here. Its day stands at the path
    ``of`` (``пара.соглашение_дата``); without one it is the date of the first order of that kind,
    or the day on which the papers of that kind about the same pair were signed. The kind's own day
    stands at ``day``; without one it is the date of the order, else the day of signature. With
    ``rows``, a list of rows, each is asked under the name of its register's row; a condition
    ``when`` limits what is told. The absence of a paper that ``is_needed`` is told. The kind's own
    paper comes ``within`` so many working days after that one, and not later than the day at
    ``last``. An order that ``is_signed_first`` is signed before anybody signs the kind's paper.
    ``why`` is the reason in Russian.
    """

    paper: str
    why: str
    rows: str = ""
    when: str = ""
    of: str = ""
    day: str = ""
    within: int = 0
    last: str = ""
    is_needed: bool = False
    is_signed_first: bool = False


@dataclass(frozen=True, slots=True)
class OrderSubject:
    """What the kinds of orders about one thing («О чём») tell of its orders.

    One that ``closes_year`` looks back; ``pair_forms`` are the forms of the pairs that it prints.
    ``leaves`` is the state in which the orders are left that it changes or ends; one that is
    ``numbered`` prints its pairs in a table of numbered rows: its own, or one that is continued.
    """

    closes_year: bool = False
    pair_forms: tuple[str, ...] = ()
    leaves: str = ""
    numbered: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A document kind: a template and what it is made for.

    ``each`` names the reference columns of a row for whose people a document is made, ``only``
    limits them, and ``each_where`` limits such a column to rows that have the values wanted.
    ``cross`` names a register for each of whose rows the document is made once more.
    ``where``, ``cross_where`` and ``uses`` (by register) map columns to the values wanted; of the
    lists of rows in ``needs`` a row must have some. ``sheets`` are registers that it cannot be
    made whole without, besides those that its other keys name; ``beside`` are sheets that it may
    want (registers, tables of examples). ``change_documents`` names by column the document that a
    change needs once the order is signed.
    ``retention`` is how long the document is to be kept, ``ground`` what it rests on, ``when`` the
    moment at which it is made, ``signers`` who signs it, all in Russian. ``day`` names the column
    that dates the document, if it is not dated as its order; one that ``closes_year`` looks back on
    the school year that ends. One that ``joins_groups``
    is made once for a mentor and all alike rows of a group. ``numbering`` says where the numbers
    of a text begin anew, ``number_marks`` by «Как» how they look. Papers
    of one that ``is_apart`` go into no common set of copies; nothing waits for one that
    ``is_voluntary``. Of one that ``is_only_blank`` there are blank forms alone; those of
    one that ``is_form`` can be filled in Word. An extract ``cites`` what the kind named there
    cites.
    ``uses_by`` names by register the column in which rows of ``uses`` name their
    order, where it is not «Закреплена приказом».
    ``with_rows`` are registers of which one must have rows, ``where_settings`` what the settings
    must say, for any document of the kind to be made; ``checks`` are remarks about its rows,
    ``after`` the papers that stand before it.
    ``order_column`` names the column of a row that names the order of its paper, where it is not
    «Закреплена приказом»; ``acquaints`` are more people of an order's pairs, by paths of columns;
    ``leaves`` and ``numbered`` are those of ``OrderSubject``. Of an order that
    ``waits_for_consents`` the settings say what becomes of pairs without them. Of one that
    ``has_workbook`` the tables come as .xlsx, too. One that ``quotes`` prints a part of the signed
    order of its row: what names a person, or what may stand on a site.
    """

    name: str
    title: str
    template: Path
    source: str
    register: str
    output: str
    family: Family = Family.PAPER
    per: DocumentPer = DocumentPer.ROW
    group_by: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: tuple[str, ...] = ()
    each_where: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    only: Audience | None = None
    is_distinct: bool = False
    cross: str = ""
    cross_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uses: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    signs: tuple[SignatureRule, ...] = ()
    personal: tuple[str, ...] = ()
    catalogue: tuple[int, ...] = ()
    has_blank_form: bool = False
    sort: int = 50
    change_documents: Mapping[str, str] = field(default_factory=dict)
    retention: str = ""
    ground: str = ""
    when: str = ""
    signers: str = ""
    is_confidential: bool = False
    day: str = ""
    closes_year: bool = False
    joins_groups: bool = False
    numbering: str = ""
    number_marks: Mapping[str, str] = field(default_factory=dict)
    has_title_page: bool = False
    is_apart: bool = False
    is_voluntary: bool = False
    cites: str = ""
    is_only_blank: bool = False
    is_form: bool = False
    uses_by: Mapping[str, str] = field(default_factory=dict)
    with_rows: tuple[str, ...] = ()
    where_settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[KindCheck, ...] = ()
    after: tuple[EarlierPaper, ...] = ()
    order_column: str = ""
    acquaints: tuple[str, ...] = ()
    leaves: str = ""
    numbered: str = ""
    waits_for_consents: bool = False
    has_workbook: bool = False
    quotes: str = ""

    @property
    def spoken(self) -> str:
        """Its name as a person types it: «приказ о внедрении»."""
        return self.name.replace("_", " ")

    @property
    def is_private(self) -> bool:
        """Whether its documents hold personal data that only their maker should be able to read."""
        return self.family == Family.CONSENT or bool(self.personal) or self.is_confidential


@dataclass(frozen=True, slots=True)
class PacketKind:
    """A kind of packet: which families of documents it holds, what for, and how it is printed.

    ``sides`` is one or both, or empty for what the workspace's settings say; in an ``is_duplex``
    packet each document begins on a fresh sheet. ``least`` is how many documents a signer must
    have to get a packet; ``folder`` is the folder of these packets, if they have one. A packet of
    more than ``volume_pages`` comes in volumes; 0 keeps it in one. With ``says_where`` copies say
    where the original is kept, for another body. ``children`` says what becomes of papers about
    children's pairs: with the others, left out, or alone. It holds the ``kinds`` named alone, if
    any are; ``where_settings`` are what the settings must say for it to be made.
    """

    name: str
    title: str
    source: str
    purpose: Purpose
    per: PacketPer
    families: tuple[Family, ...]
    has_cover: bool = False
    has_contents: bool = False
    has_stamp: bool = False
    has_certification: bool = False
    has_closing_sheet: bool = False
    sides: str = ""
    is_duplex: bool = False
    least: int = 1
    folder: str = ""
    volume_pages: int = 2000
    says_where: bool = False
    children: ChildrensPapers = ChildrensPapers.WITH
    kinds: tuple[str, ...] = ()
    where_settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
