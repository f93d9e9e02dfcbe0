"""Write the file of a packet and prove, by reading it back, that every page is in its place."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from docgen.errors import Location, PacketError, Problem
from docgen.model import MadeDocument
from docgen.packet.layout import (
    guess_lengths,
    lay_out,
    service_pages,
)
from docgen.packet.nouns import (
    CheckSheet,
    ClosingSheet,
    ContentsPages,
    ControlSheet,
    CopySource,
    CoverPages,
    Layout,
    PacketPiece,
    PacketRequest,
    Role,
    ServiceLengths,
    ServicePages,
    StampPages,
)
from docgen.pages import (
    Bookmark,
    BrokenPdfError,
    PagePrint,
    PdfPart,
    join_into,
    normalise,
    outline_of,
    page_count,
    page_prints,
    page_sizes,
)

_MOST_ROUNDS = 6
_NO_PRINTS: Mapping[str, Sequence[PagePrint]] = MappingProxyType({})


class ServiceRenderer(Protocol):
    """A function that turns service pages into PDFs."""

    def __call__(self, wanted: Sequence[ServicePages]) -> Sequence[Path | bytes]:
        """Return one PDF for each, in order; all of them fit one call of LibreOffice."""
        ...


@dataclass(frozen=True, slots=True)
class SettledPacket:
    """A packet whose service pages are rendered and as long as its layout says."""

    layout: Layout
    service: Mapping[ServicePages, Path | bytes]


@dataclass(frozen=True, slots=True)
class AssembledPacket:
    """A packet written and proved. ``control`` is its control sheet, another file."""

    name: str
    title: str
    pdf: Path
    pages: int
    sheets: int
    contents: tuple[tuple[str, int], ...]
    control: Path | None = None


# --- service pages ---------------------------------------------------------------------------


def settle_layouts(
    requests: Sequence[PacketRequest], root: Path, render: ServiceRenderer
) -> list[SettledPacket]:
    """Return the packets with their service pages rendered, all packets together.

    The length of an опись decides the page numbers that it prints, so what changed is rendered
    again until the lengths no longer change. PDFs of documents are relative to ``root``.

    Raises:
        PacketError: when a document has no readable PDF, or lengths change in every round.
    """
    _require_pdfs(requests, root)
    sizes = [_document_page_sizes(request, root) for request in requests]
    before = lengths = [guess_lengths(one.kind, len(one.documents)) for one in requests]
    rendered: dict[ServicePages, Path | bytes] = {}
    for _ in range(_MOST_ROUNDS):
        layouts = [lay_out(*pair) for pair in zip(requests, lengths, strict=True)]
        wanted = [service_pages(*pair) for pair in zip(layouts, sizes, strict=True)]
        new = [page for page in dict.fromkeys(itertools.chain(*wanted)) if page not in rendered]
        if new:
            rendered.update(zip(new, render(new), strict=True))
        found = [_service_lengths(pages, rendered) for pages in wanted]
        if found == lengths:
            return [
                SettledPacket(layout, {page: rendered[page] for page in pages})
                for layout, pages in zip(layouts, wanted, strict=True)
            ]
        before, lengths = lengths, found
    raise PacketError(
        _broken_packet(
            request, "длина описи не устанавливается; сделайте её строки ровнее в шаблоне"
        )
        for request, was, now in zip(requests, before, lengths, strict=True)
        if was != now
    )


def copied_documents(request: PacketRequest) -> Iterator[MadeDocument]:
    """Yield the documents that have pages in a packet: all but those in the file alone."""
    for document, source in zip(request.documents, request.sources, strict=True):
        if source is not CopySource.IN_FILE:
            yield document


def _require_pdfs(requests: Sequence[PacketRequest], root: Path) -> None:
    """Raise with every document that has no PDF."""
    problems = [
        _broken_packet(request, f"у документа «{document.title}» нет PDF; соберите его заново")
        for request in requests
        for document in copied_documents(request)
        if document.pdf is None or not (root / document.pdf).is_file()
    ]
    problems += [
        _broken_packet(request, "в комплекте нет ни одного документа")
        for request in requests
        if not any(copied_documents(request))
    ]
    if problems:
        raise PacketError(problems)


def _document_page_sizes(request: PacketRequest, root: Path) -> list[tuple[float, float]]:
    """Return the page sizes of the documents, empty where no stamps need them."""
    if not request.kind.has_stamp:
        return []
    sizes: list[tuple[float, float]] = []
    for document in copied_documents(request):
        try:
            own = page_sizes(_pdf_path(document.pdf, root))
        except BrokenPdfError as error:
            fault = f"PDF документа «{document.title}» не читается; соберите его заново"
            raise PacketError([_broken_packet(request, fault)]) from error
        sizes += [(round(size.width, 1), round(size.height, 1)) for size in own]
    return sizes


def _pdf_path(pdf: str | None, root: Path) -> Path:
    """Return where a document's PDF lies, which ``_require_pdfs`` has proved to exist."""
    return root / (pdf or "")


def _prints_of(
    piece: PacketPiece, root: Path, known: Mapping[str, Sequence[PagePrint]]
) -> Sequence[PagePrint]:
    pdf = piece.document.pdf if piece.document else None
    return known.get(pdf or "") or page_prints(_pdf_path(pdf, root))


def _pdf_of(piece: PacketPiece, root: Path) -> Path:
    """Return the PDF of a piece that is a document."""
    return _pdf_path(piece.document.pdf if piece.document else None, root)


def _service_lengths(
    pages: Sequence[ServicePages], rendered: Mapping[ServicePages, Path | bytes]
) -> ServiceLengths:
    """Return the lengths of the rendered service pages."""
    counts = {type(page): 0 for page in pages}
    for page in pages:
        if not isinstance(page, StampPages | ControlSheet | CheckSheet):
            counts[type(page)] = page_count(rendered[page])
    return ServiceLengths(
        cover=counts.get(CoverPages, 0),
        contents=counts.get(ContentsPages, 0),
        closing=counts.get(ClosingSheet, 0),
    )


# --- the file --------------------------------------------------------------------------------


def assemble(
    settled: SettledPacket,
    root: Path,
    stage: Path,
    known: Mapping[str, Sequence[PagePrint]] = _NO_PRINTS,
) -> AssembledPacket:
    """Write the packet to the folder ``stage`` and prove it by reading it back.

    Its documents are read one after another, and no more than one is in memory. ``known`` has the
    fingerprints of pages by paths of PDFs; those of other documents are read.

    Raises:
        PacketError: ``packet-broken`` with everything that is not where the packet says.
    """
    layout = settled.layout
    request = layout.request
    try:
        prints = [_prints_of(piece, root, known) for piece in layout.documents]
        # Before anything is joined: a document of another length would shift bookmarks.
        _raise_if_any(request, _count_faults(layout, prints))
        pdf = stage / "packet.pdf"
        _write_packet(settled, root, pdf)
        _raise_if_any(request, _packet_faults(pdf, layout, prints))
        control = _write_control_sheet(settled, stage / "control.pdf")
    except BrokenPdfError as error:
        raise PacketError(
            [_broken_packet(request, "один из PDF не читается; соберите заново")]
        ) from error
    return AssembledPacket(
        name=request.name,
        title=request.title,
        pdf=pdf,
        pages=layout.pages,
        sheets=layout.sheets,
        contents=layout.contents,
        control=control,
    )


def _raise_if_any(request: PacketRequest, faults: Iterable[str]) -> None:
    """Raise with all faults, if there are any."""
    problems = [_broken_packet(request, fault) for fault in faults]
    if problems:
        raise PacketError(problems)


def _write_packet(settled: SettledPacket, root: Path, target: Path) -> None:
    """Write the packet: its pieces joined and stamped."""
    layout = settled.layout
    service = _service_by_role(settled)
    parts = [
        PdfPart(
            service[piece.role] if piece.role in service else _pdf_of(piece, root),
            piece.blank_pages_before,
        )
        for piece in layout.pieces
    ]
    stamps = [made for page, made in settled.service.items() if isinstance(page, StampPages)]
    with target.open("wb") as stream:
        join_into(
            stream,
            parts,
            title=layout.request.title,
            bookmarks=[Bookmark(title, page) for title, page in layout.contents],
            is_duplex=layout.is_duplex,
            copies=layout.request.copies,
            stamps=stamps,
        )


def _service_by_role(settled: SettledPacket) -> dict[Role, Path | bytes]:
    """Return the rendered service pages that are pieces of the packet."""
    roles = {CoverPages: Role.COVER, ContentsPages: Role.CONTENTS, ClosingSheet: Role.CLOSING}
    return {
        roles[type(page)]: made for page, made in settled.service.items() if type(page) in roles
    }


def _write_control_sheet(settled: SettledPacket, target: Path) -> Path | None:
    """Write the control sheet, if the packet has one."""
    for page, made in settled.service.items():
        if isinstance(page, ControlSheet | CheckSheet):
            target.write_bytes(normalise(made, f"Контрольный лист. {page.title}").data)
            return target
    return None


# --- the proof -------------------------------------------------------------------------------


def _count_faults(layout: Layout, prints: Sequence[Sequence[PagePrint]]) -> Iterator[str]:
    """Yield the documents whose number of pages is not the one in the layout."""
    for piece, own in zip(layout.documents, prints, strict=True):
        if len(own) != piece.pages:
            yield (
                f"в «{piece.title}» страниц {len(own)}, а по описи {piece.pages}; соберите заново"
            )


def _packet_faults(
    pdf: Path, layout: Layout, prints: Sequence[Sequence[PagePrint]]
) -> Iterator[str]:
    """Yield what is not where the packet says, as qpdf and pdfium read its file back."""
    there = page_prints(pdf)
    if len(there) != layout.pages:
        yield f"в файле {len(there)} страниц вместо {layout.pages}"
        return
    if tuple(outline_of(pdf)) != layout.contents:
        yield "закладки не совпадают с описью"
    for piece, own in zip(layout.documents, prints, strict=True):
        yield from _document_faults(piece, own, there[piece.page - 1 : piece.last_page])


def _document_faults(
    piece: PacketPiece, own: Sequence[PagePrint], there: Sequence[PagePrint]
) -> Iterator[str]:
    """Yield how the pages of a document in the packet differ from its own PDF."""
    if there[0].drawing != own[0].drawing:
        yield f"на странице {piece.page} не начинается «{piece.title}»"
    for page, (mine, placed) in enumerate(zip(own, there, strict=True), start=1):
        if page > 1 and placed.drawing != mine.drawing:
            yield f"на странице {piece.page + page - 1} не страница {page} «{piece.title}»"
    if any(mine.box != placed.box for mine, placed in zip(own, there, strict=True)):
        yield f"страницы «{piece.title}» в комплекте другого формата"


def _broken_packet(request: PacketRequest, fault: str) -> Problem:
    """Return the problem of a packet that cannot be used."""
    where = Location(file=request.kind.source)
    return Problem("packet-broken", where, f"комплект «{request.title}»: {fault}")
