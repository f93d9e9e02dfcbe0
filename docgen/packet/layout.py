"""Page and sheet of every piece of a packet, and what its service pages print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from docgen.model import Family, MadeDocument, PacketKind, Purpose, Signer
from docgen.packet.nouns import (
    ClosingSheet,
    ContentsPages,
    ContentsRow,
    ControlRow,
    ControlSheet,
    CoverPages,
    Layout,
    MarginStamp,
    PacketPiece,
    PacketRequest,
    Role,
    ServiceLengths,
    ServicePages,
    StampPages,
)

CONTENTS_TITLE = "Опись"
STAMPS_AT_A_TIME = 200
"""Pages in one stamp document: beyond hundreds of sections LibreOffice slows down."""

_ROWS_ON_A_PAGE = 25
_A4_PT = (595.3, 841.9)
_NUMBERED_ROLES = frozenset({Role.CONTENTS, Role.DOCUMENT})


def guess_lengths(kind: PacketKind, rows: int) -> ServiceLengths:
    """Return the likely lengths of the service pages of a packet of ``rows`` documents."""
    return ServiceLengths(
        cover=int(kind.has_cover),
        contents=-(-rows // _ROWS_ON_A_PAGE) if kind.has_contents else 0,
        closing=int(kind.has_closing_sheet),
    )


def volumes_of(kind: PacketKind, pages: Sequence[int]) -> list[range]:
    """Return the documents of each volume of a packet, by their numbers from 0.

    A document is never split, so one that is longer than a volume fills a volume alone. ``pages``
    are the lengths of the documents; cover, опись and closing sheet count at their likely length.
    """
    sides = 2 if kind.is_duplex else 1
    volumes: list[range] = []
    first = filled = 0
    for number, count in enumerate(pages):
        own = -(-count // sides) * sides
        is_full = (
            filled + own + _likely_service_pages(kind, number + 1 - first, sides)
            > kind.volume_pages
        )
        if is_full and number > first and kind.volume_pages > 0:
            volumes.append(range(first, number))
            first, filled = number, 0
        filled += own
    return [*volumes, range(first, len(pages))]


def _likely_service_pages(kind: PacketKind, rows: int, sides: int) -> int:
    lengths = guess_lengths(kind, rows)
    before = (lengths.cover, lengths.contents)
    return sum(-(-pages // sides) * sides for pages in before) + lengths.closing


def lay_out(request: PacketRequest, lengths: ServiceLengths) -> Layout:
    """Return the packet with page and sheet of each piece: cover, опись, documents, closing sheet.

    Cover, опись and closing sheet count as pages and sheets, so that the numbers printed, the
    page numbers a PDF reader shows and the number on the closing sheet are the same.
    """
    planned: list[tuple[Role, str, int, MadeDocument | None]] = [
        (Role.COVER, request.title, lengths.cover, None),
        (Role.CONTENTS, CONTENTS_TITLE, lengths.contents, None),
        *((Role.DOCUMENT, one.title, one.pages, one) for one in request.documents),
        (Role.CLOSING, request.title, lengths.closing, None),
    ]
    sides = 2 if request.kind.is_duplex else 1
    pieces: list[PacketPiece] = []
    page = 1
    for role, title, pages, document in planned:
        if not pages:
            continue
        blanks = (1 - page) % sides
        page += blanks
        sheet, sheets = (page - 1) // sides + 1, -(-pages // sides)
        pieces.append(PacketPiece(role, title, page, pages, sheet, sheets, blanks, document))
        page += pages
    return Layout(
        request=request,
        lengths=lengths,
        pieces=tuple(pieces),
        pages=page - 1,
        sheets=-(-(page - 1) // sides),
        contents=_contents(request.kind, pieces),
    )


def _contents(kind: PacketKind, pieces: Sequence[PacketPiece]) -> tuple[tuple[str, int], ...]:
    """Return the bookmarks: опись and documents; a print run has none."""
    if kind.purpose == Purpose.PRINT:
        return ()
    marked = (Role.CONTENTS, Role.DOCUMENT)
    return tuple((piece.title, piece.page) for piece in pieces if piece.role in marked)


def service_pages(
    layout: Layout, sizes: Sequence[tuple[float, float]] = ()
) -> tuple[ServicePages, ...]:
    """Return everything that has to be rendered for a packet.

    ``sizes`` are width and height of the documents' pages, one after another; without them A4
    upright is assumed, as for the service pages.
    """
    kind, request = layout.request.kind, layout.request
    name, title = request.name, request.title
    pages: list[ServicePages] = []
    if layout.lengths.cover:
        count = len(request.documents)
        pages.append(CoverPages(name, title, request.cover_lines, count, layout.sheets))
    if layout.lengths.contents:
        pages.append(_contents_pages(layout))
    if layout.lengths.closing:
        pages.append(ClosingSheet(name, title, layout.sheets))
    if kind.has_stamp:
        stamps = tuple(_margin_stamps(layout, sizes))
        starts = range(0, len(stamps), STAMPS_AT_A_TIME)
        pages += [StampPages(name, stamps[start : start + STAMPS_AT_A_TIME]) for start in starts]
    if kind.purpose == Purpose.ORIGINALS:
        pages.append(_control_sheet(layout))
    return tuple(pages)


def _contents_pages(layout: Layout) -> ContentsPages:
    """Return the опись of a packet."""
    rows = tuple(
        ContentsRow(
            number=number,
            title=piece.title,
            page=piece.page,
            last_page=piece.last_page,
            sheet=piece.sheet,
            last_sheet=piece.last_sheet,
            sheets=piece.sheets,
        )
        for number, piece in enumerate(layout.documents, start=1)
    )
    document_sheets = sum(row.sheets for row in rows)
    return ContentsPages(
        packet=layout.request.name,
        title=layout.request.title,
        rows=rows,
        document_sheets=document_sheets,
        service_sheets=layout.sheets - document_sheets,
        sheets=layout.sheets,
    )


def _margin_stamps(layout: Layout, sizes: Sequence[tuple[float, float]]) -> list[MarginStamp]:
    """Return one stamp for every page of the packet, blank pages included."""
    document_sizes = iter(sizes)
    stamps: list[MarginStamp] = []
    for piece in layout.pieces:
        own = [_A4_PT] * piece.pages
        if piece.role is Role.DOCUMENT:
            own = [next(document_sizes, _A4_PT) for _ in own]
        blanks = [own[0]] * piece.blank_pages_before
        for page, size in enumerate(blanks + own, start=piece.page - len(blanks)):
            stamps.append(_margin_stamp(layout, piece, page, size))
    return stamps


def _margin_stamp(
    layout: Layout, piece: PacketPiece, page: int, size: tuple[float, float]
) -> MarginStamp:
    """Return the margin stamp of one page."""
    is_blank = page < piece.page
    # A sheet is numbered on its front; certified copies bear «Верно» once, where a document ends.
    is_last = page == piece.last_page and piece.role is Role.DOCUMENT
    is_certified = is_last and layout.request.kind.has_certification
    is_back = layout.is_duplex and page % 2 == 0
    is_empty = is_blank or piece.role not in _NUMBERED_ROLES or (is_back and not is_certified)
    return MarginStamp(
        page=page,
        sheet=layout.sheet_of(page),
        sheets=layout.sheets,
        width=size[0],
        height=size[1],
        is_certified=is_certified,
        is_empty=is_empty,
    )


def _control_sheet(layout: Layout) -> ControlSheet:
    """Return the control sheet: a row for every signature, one for a document without any."""
    request = layout.request
    return ControlSheet(
        packet=request.name,
        title=request.title,
        rows=tuple(
            row
            for number, piece in enumerate(layout.documents, start=1)
            for row in _control_rows(
                number, piece, request, _signers_of_later_sheets(piece, layout)
            )
        ),
        documents=len(request.documents),
        sheets=layout.sheets,
        copies=request.copies,
        recipients=request.recipients,
    )


def _distinct_name(one: Signer, every: Sequence[Signer]) -> str:
    """Return a signer's name, with the personnel number where a namesake signs as well."""
    has_namesake = any(each.name == one.name and each.number != one.number for each in every)
    return f"{one.name}, таб. {one.number}" if has_namesake and one.number else one.name


def _signers_of_later_sheets(piece: PacketPiece, layout: Layout) -> set[tuple[str, str, str]]:
    """Return who signs a later sheet that continues this one: role, name, number.

    Somebody who was away is listed on both sheets and signs the later one. Sheets of one order lie
    in one folder.
    """
    own = piece.document
    if own is None or own.family != Family.SHEET:
        return set()
    later = [one.document for one in layout.documents if one.page > piece.page]
    return {
        (each.role, each.name, each.number)
        for one in later
        if one is not None and one.family == Family.SHEET
        if _folder_of(one) == _folder_of(own)
        for each in one.signatures
    }


def _folder_of(document: MadeDocument) -> str:
    """Return the folder of a document's files below the folders of .docx and of PDFs."""
    return str(PurePosixPath(*PurePosixPath(document.docx or document.pdf or "").parts[1:-1]))


def _control_rows(
    number: int, piece: PacketPiece, request: PacketRequest, elsewhere: set[tuple[str, str, str]]
) -> Iterator[ControlRow]:
    """Yield the control rows of one document; in a person's packet other signers are named too."""
    every = piece.document.signatures if piece.document else ()
    here = [one for one in every if (one.role, one.name, one.number) not in elsewhere]
    own = [each for each in here if request.signer in ("", each.name)]
    for each in own or [Signer("", "", 1)]:
        yield ControlRow(
            number=number,
            title=piece.title,
            role=each.role,
            name=_distinct_name(each, every),
            page=each.page,
            pages=piece.pages,
            packet_page=piece.page + each.page - 1,
            copies=request.copies,
            y=each.y,
            others=tuple(one.name for one in every if own and one.name and one.name != each.name)
            if request.signer
            else (),
        )
