"""Page and sheet of every piece of a packet, and what its service pages print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from docgen.model import Family, MadeDocument, PacketKind, Purpose, Signer
from docgen.packet.nouns import (
    CheckRow,
    CheckSheet,
    ClosingSheet,
    ContentsPages,
    ContentsRow,
    ControlRow,
    ControlSheet,
    CopySource,
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

    Cover, опись and closing sheet count as pages and sheets and are numbered like the others, so
    that the numbers printed, the page numbers a PDF reader shows and the number on the closing
    sheet are the same. What is in the file alone has no piece.
    """
    planned: list[tuple[Role, str, int, MadeDocument | None, CopySource | None]] = [
        (Role.COVER, request.title, lengths.cover, None, None),
        (Role.CONTENTS, CONTENTS_TITLE, lengths.contents, None, None),
        *(
            (Role.DOCUMENT, one.title, one.pages, one, source)
            for one, source in zip(request.documents, request.sources, strict=True)
            if source is not CopySource.IN_FILE
        ),
        (Role.CLOSING, request.title, lengths.closing, None, None),
    ]
    sides = 2 if request.kind.is_duplex else 1
    pieces: list[PacketPiece] = []
    page = 1
    for role, title, pages, document, source in planned:
        if not pages:
            continue
        blanks = (1 - page) % sides
        page += blanks
        sheet, sheets = (page - 1) // sides + 1, -(-pages // sides)
        own = (document, source)
        pieces.append(PacketPiece(role, title, page, pages, sheet, sheets, blanks, *own))
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
        count = len(layout.documents)
        pages.append(CoverPages(name, title, request.cover_lines, count, layout.sheets))
    if layout.lengths.contents:
        pages.append(_contents_pages(layout))
    if layout.lengths.closing:
        has_drafts = CopySource.DRAFT in request.sources
        pages.append(ClosingSheet(name, title, layout.sheets, has_drafts))
    if kind.has_stamp:
        stamps = tuple(_margin_stamps(layout, sizes))
        starts = range(0, len(stamps), STAMPS_AT_A_TIME)
        pages += [StampPages(name, stamps[start : start + STAMPS_AT_A_TIME]) for start in starts]
    if kind.purpose == Purpose.ORIGINALS:
        pages.append(_control_sheet(layout))
    elif has_check_sheet(request):
        pages.append(_check_sheet(layout))
    return tuple(pages)


def has_check_sheet(request: PacketRequest) -> bool:
    """Return whether copies have a sheet beside them by which they are checked."""
    return request.kind.has_certification and bool(request.copied)


def _contents_pages(layout: Layout) -> ContentsPages:
    """Return the опись of a packet."""
    rows = tuple(_contents_row(*line) for line in _numbered_lines(layout))
    document_sheets = sum(row.sheets for row in rows)
    return ContentsPages(
        packet=layout.request.name,
        title=layout.request.title,
        rows=rows,
        document_sheets=document_sheets,
        service_sheets=layout.sheets - document_sheets,
        sheets=layout.sheets,
    )


def _numbered_lines(
    layout: Layout,
) -> Iterator[tuple[int, MadeDocument, PacketPiece | None, CopySource | None]]:
    """Yield number, document, piece and source of all documents; no piece of those in the file."""
    request, pieces = layout.request, iter(layout.documents)
    lines = zip(request.documents, request.sources, strict=True)
    for number, (document, source) in enumerate(lines, start=1):
        is_listed_only = source is CopySource.IN_FILE or not document.pages
        yield number, document, None if is_listed_only else next(pieces, None), source


def _contents_row(
    number: int, document: MadeDocument, piece: PacketPiece | None, _: CopySource | None
) -> ContentsRow:
    if piece is None:
        return ContentsRow(number, document.title, 0, 0, 0, 0, 0)
    return ContentsRow(
        number=number,
        title=piece.title,
        page=piece.page,
        last_page=piece.last_page,
        sheet=piece.sheet,
        last_sheet=piece.last_sheet,
        sheets=piece.sheets,
    )


def _check_sheet(layout: Layout) -> CheckSheet:
    """Return the sheet by which copies are checked: a row for every document."""
    rows = [
        CheckRow(
            number,
            document.title,
            source,
            piece.sheet if piece else 0,
            piece.last_sheet if piece else 0,
        )
        for number, document, piece, source in _numbered_lines(layout)
        if source is not None
    ]
    return CheckSheet(layout.request.name, layout.request.title, tuple(rows), layout.sheets)


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
    kind, source = layout.request.kind, piece.source
    # A sheet is numbered on its front; certified copies bear «Верно» once, where a document ends.
    is_last = page == piece.last_page and piece.role is Role.DOCUMENT
    is_true = source is None or source.is_certified
    is_certified = is_last and kind.has_certification and is_true
    is_back = layout.is_duplex and page % 2 == 0
    is_empty = is_blank or (is_back and not is_certified)
    return MarginStamp(
        page=page,
        sheet=layout.sheet_of(page),
        sheets=layout.sheets,
        width=size[0],
        height=size[1],
        is_certified=is_certified,
        is_empty=is_empty,
        is_draft=source is CopySource.DRAFT,
        says_signed=is_certified and source is CopySource.ARCHIVED,
        says_where=is_certified and kind.says_where,
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
    """Return who signs a later sheet that continues this one, or the lines in an order.

    They are told by role, name and number.

    Somebody who was away is listed on both sheets and signs the later one. Sheets of one order lie
    in one folder.
    """
    own = piece.document
    if own is None or own.family not in {Family.SHEET, Family.ORDER}:
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
