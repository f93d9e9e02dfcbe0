"""The nouns of packets: the request, the layout, what service pages print."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from docgen.model import MadeDocument, PacketKind


class Role(enum.Enum):
    """What a piece of a packet is."""

    COVER = "cover"
    CONTENTS = "contents"
    DOCUMENT = "document"
    CLOSING = "closing"


class CopySource(enum.StrEnum):
    """What of a document goes into copies, in the words of the sheet by which they are checked."""

    SCAN = "скан подписанного"
    SIGNED_FILE = "файл с электронной подписью"
    ARCHIVED = "лист из архива, подлинник подписан"
    DRAFT = "не подписан, проект"
    IN_FILE = "в деле"

    @property
    def is_certified(self) -> bool:
        """Whether it repeats what was signed, so that «Верно» may be written on it."""
        return self in {CopySource.SCAN, CopySource.SIGNED_FILE, CopySource.ARCHIVED}


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """The file that stands for a document in copies, where it is not the document's own PDF.

    ``pdf`` is empty, ``pages`` None where it is; ``sha256`` is that of a file outside the output.
    What lies in the file of the house alone has no pages.
    """

    source: CopySource
    pdf: str = ""
    pages: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PacketRequest:
    """A packet to be assembled. ``cover_lines`` stand under the title of the cover.

    ``recipients`` are names with the number of copies each gets. With a ``signer`` the control
    sheet lists this person's signatures only. In copies ``copied`` says for each of the documents
    what stands for it; those that are in the file alone are listed and have no pages.
    """

    kind: PacketKind
    name: str
    title: str
    documents: tuple[MadeDocument, ...]
    cover_lines: tuple[str, ...] = ()
    copies: int = 1
    signer: str = ""
    recipients: tuple[tuple[str, int], ...] = ()
    copied: tuple[CopiedFile, ...] = ()

    @property
    def sources(self) -> tuple[CopySource | None, ...]:
        """What stands for each document; None in packets that are no copies."""
        return tuple(one.source for one in self.copied) or (None,) * len(self.documents)


@dataclass(frozen=True, slots=True)
class ServiceLengths:
    """The lengths of a packet's service pages in pages; 0 for those it does not have."""

    cover: int = 0
    contents: int = 0
    closing: int = 0


@dataclass(frozen=True, slots=True)
class PacketPiece:
    """A part of a packet. ``page`` and ``sheet`` are its first ones in the packet, from 1."""

    role: Role
    title: str
    page: int
    pages: int
    sheet: int
    sheets: int
    blank_pages_before: int = 0
    document: MadeDocument | None = None
    source: CopySource | None = None

    @property
    def last_page(self) -> int:
        """The page in the packet on which the piece ends."""
        return self.page + self.pages - 1

    @property
    def last_sheet(self) -> int:
        """The sheet in the packet on which the piece ends."""
        return self.sheet + self.sheets - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A packet with page and sheet of every piece.

    ``contents`` are the top-level bookmarks: title and page; a print run has none.
    """

    request: PacketRequest
    lengths: ServiceLengths
    pieces: tuple[PacketPiece, ...]
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]

    @property
    def is_duplex(self) -> bool:
        """Whether the packet is printed on both sides: only then does a new sheet need blanks."""
        return self.request.kind.is_duplex

    @property
    def documents(self) -> tuple[PacketPiece, ...]:
        """The pieces that are documents."""
        return tuple(piece for piece in self.pieces if piece.role is Role.DOCUMENT)

    def sheet_of(self, page: int) -> int:
        """Return the sheet on which a page is printed."""
        return (page + 1) // 2 if self.is_duplex else page


# --- what service pages print ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoverPages:
    """The cover of a packet; ``packet`` is its name."""

    packet: str
    title: str
    lines: tuple[str, ...]
    documents: int
    sheets: int


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the опись; pages and sheets are those of the packet, 0 for what is in the file."""

    number: int
    title: str
    page: int
    last_page: int
    sheet: int
    last_sheet: int
    sheets: int


@dataclass(frozen=True, slots=True)
class ContentsPages:
    """The опись. Sheets of documents, of service pages, and of all: the first two add up."""

    packet: str
    title: str
    rows: tuple[ContentsRow, ...]
    document_sheets: int
    service_sheets: int
    sheets: int


@dataclass(frozen=True, slots=True)
class ClosingSheet:
    """«Прошито, пронумеровано и скреплено печатью»: all sheets, this one included.

    With ``has_drafts`` it certifies nothing yet: the number is written by hand once copies of what
    was signed lie in the place of what was not.
    """

    packet: str
    title: str
    sheets: int
    has_drafts: bool = False


@dataclass(frozen=True, slots=True)
class MarginStamp:
    """The mark in the margin of one page: «Лист ``sheet`` из ``sheets``»; points for sizes.

    ``is_empty``: the page bears none (a back, a blank page), but the stamp document still needs an
    empty page for it. ``is_certified``: a place for «Верно» (the last page of a document), with
    the words that the original is signed where ``says_signed``, and where it is kept where
    ``says_where``. ``is_draft``: «ПРОЕКТ».
    """

    page: int
    sheet: int
    sheets: int
    width: float
    height: float
    is_certified: bool = False
    is_empty: bool = False
    is_draft: bool = False
    says_signed: bool = False
    says_where: bool = False

    @property
    def is_landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class StampPages:
    """Margin stamps to render: one page each, of the stamped page's size."""

    packet: str
    stamps: tuple[MarginStamp, ...]


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A signature to obtain; ``role`` and ``name`` are empty for a document that nobody signs.

    ``page`` counts in the document, ``packet_page`` in the packet; ``y`` is the height of the line
    on the page in points, None when unknown. ``others`` sign the same sheet of paper, which must
    not be printed twice.
    """

    number: int
    title: str
    role: str
    name: str
    page: int
    pages: int
    packet_page: int
    copies: int
    y: float | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """Who signs what and where in a packet of originals; a file beside it, never a part of it."""

    packet: str
    title: str
    rows: tuple[ControlRow, ...]
    documents: int
    sheets: int
    copies: int
    recipients: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A line of the sheet by which copies are checked; the sheets are 0 for what is in the file."""

    number: int
    title: str
    source: CopySource
    sheet: int
    last_sheet: int


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """What copies were made of, to be compared with originals before anybody signs «Верно».

    A file beside the packet, never a part of it.
    """

    packet: str
    title: str
    rows: tuple[CheckRow, ...]
    sheets: int


ServicePages = CoverPages | ContentsPages | ClosingSheet | StampPages | ControlSheet | CheckSheet
