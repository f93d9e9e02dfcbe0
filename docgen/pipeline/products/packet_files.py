"""The packets of a workspace: service pages rendered from templates, files written whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen import packet
from docgen.errors import PacketError, StageError
from docgen.files import safe_name, unique_names
from docgen.model import MadeDocument, MadePacket, PlannedPacket, Purpose, Workspace
from docgen.model.columns import DATE, DUPLEX, ORDERS, SETTINGS
from docgen.pages import BrokenPdfError, outline_of, page_count
from docgen.pdf import Press
from docgen.pipeline.output.closed_years import ClosedYears
from docgen.pipeline.output.privacy import CONTROL_SUFFIX
from docgen.pipeline.output.side_files import SideFiles
from docgen.pipeline.output.store import Bench, unreadable_problem
from docgen.pipeline.output.verified_pages import SCAN
from docgen.pipeline.products.copied_files import CopiedFiles, as_sheets, without_scan
from docgen.pipeline.products.packet_keys import PacketKeys
from docgen.pipeline.products.service_pages import ServiceDrafts, ServicePrinter
from docgen.pipeline.workspace.readiness import Ready
from docgen.wording import Scope, organisation_of

FOLDER = "packets"


SIGNED = "signed"
"""What the manifest calls a file that was signed electronically in the contents of a packet."""


@dataclass(frozen=True, slots=True)
class PacketContext:
    """What packets have to know beside their documents: closed years, what copies are of.

    ``letterheads`` are the papers as they are on sheets with a printed head, by their keys.
    """

    closed: ClosedYears = field(default_factory=ClosedYears)
    copies: CopiedFiles = field(default_factory=CopiedFiles)
    letterheads: Mapping[str, MadeDocument] = field(default_factory=dict)


@dataclass(slots=True)
class PacketFiles(SideFiles):
    """Accumulates packets with their files; no document has one of its own here."""

    packets: list[MadePacket] = field(default_factory=list)


def make_packets(
    planned: Sequence[PlannedPacket],
    documents: Sequence[MadeDocument],
    ready: Ready,
    bench: Bench,
    press: Press,
    context: PacketContext,
) -> PacketFiles:
    """Leave the packets in the output; those made of the same things as before stay.

    Raises:
        UsageError: when the disk refuses.
    """
    found = PacketFiles()
    drafts = service_drafts(ready)
    keys = PacketKeys(bench, drafts.render)
    wanted: list[packet.PacketRequest] = []
    made: dict[str, MadePacket] = {}
    requests = to_requests(planned, documents, ready.workspace, context)
    found.problems += without_scan(requests, context.copies)
    by_name = {one.name: one for one in requests}
    for request in requests:
        known = keys.unchanged(request, files_of(request))
        if known is None:
            _want(request, wanted, bench, found)
        else:
            made[request.name] = known
            found.files |= set(files_of(request))
    try:
        printer = ServicePrinter(drafts, press.convert, bench.stage)
        settled = packet.settle_layouts(wanted, bench.folder, printer)
    except StageError as error:
        found.problems += error.problems
        settled = []
    for one in settled:
        request = one.layout.request
        try:
            made[request.name] = _assemble(one, bench, found)
        except PacketError as error:
            found.problems += error.problems
            continue
        bench.ledger.packets[request.name] = keys.key_of(by_name[request.name])
    found.packets = [
        replace(made[one.name], purpose=one.kind.purpose, year=_year_of(one.documents))
        for one in requests
        if one.name in made
    ]
    return found


def _want(
    request: packet.PacketRequest,
    wanted: list[packet.PacketRequest],
    bench: Bench,
    found: PacketFiles,
) -> None:
    """Add a packet to those that are to be assembled, its scans as sheets of A4."""
    try:
        wanted.append(as_sheets(request, lambda: bench.stage_path(".pdf")))
    except PacketError as error:
        found.problems += error.problems


def _year_of(documents: Iterable[MadeDocument]) -> str:
    return max((one.year for one in documents), default="")


def service_drafts(ready: Ready) -> ServiceDrafts:
    """Return what renders the service pages of a workspace."""
    return ServiceDrafts(ready.library, ready.stamps, _scope(ready.workspace))


def to_requests(
    planned: Sequence[PlannedPacket],
    documents: Sequence[MadeDocument],
    workspace: Workspace,
    context: PacketContext,
) -> list[packet.PacketRequest]:
    """Return what is to be assembled, a packet of too many pages as several volumes.

    A packet whose name a closed year holds gets the year of its documents.
    """
    by_key = {document.key: document for document in documents}
    pages = {key: document.pages for key, document in by_key.items()}
    volumes = in_volumes(planned, pages, workspace, context.copies)
    requests = [
        _to_request(one, name, by_key, workspace, context)
        for one, name in zip(volumes, file_names(volumes), strict=True)
    ]
    return [_renamed(one, context.closed) for one in requests]


def _to_request(
    one: PlannedPacket,
    name: str,
    by_key: Mapping[str, MadeDocument],
    workspace: Workspace,
    context: PacketContext,
) -> packet.PacketRequest:
    copies, is_copies = context.copies, one.kind.purpose == Purpose.COPIES
    documents = [by_key[key] for key in one.documents]
    for_printer = [context.letterheads.get(each.key, each) for each in documents]
    return packet.PacketRequest(
        kind=one.kind,
        name=name,
        title=one.title + volume_mark(one.volume).replace("том ", "том\u00a0"),
        documents=tuple(map(copies.copied, documents) if is_copies else for_printer),
        cover_lines=_cover_lines(workspace),
        copies=one.copies,
        signer=one.signer,
        recipients=one.recipients,
        copied=tuple(map(copies.of, one.documents)) if is_copies else (),
    )


def _renamed(request: packet.PacketRequest, closed: ClosedYears) -> packet.PacketRequest:
    place = files_of(request)[0].removesuffix(".pdf")
    free = closed.free_name(place, ".pdf", _year_of(request.documents))
    return replace(request, name=f"{request.name}{free.removeprefix(place)}")


def in_volumes(
    planned: Sequence[PlannedPacket],
    pages: Mapping[str, int],
    workspace: Workspace,
    copies: CopiedFiles,
) -> list[PlannedPacket]:
    """Return the packets, those of too many pages as volumes; ``pages`` are by documents' keys.

    Copies of which nothing but a line of the опись would be left are not among them.
    """
    is_duplex = is_printed_on_both_sides(workspace)
    volumes: list[PlannedPacket] = []
    for whole in map(copies.without_covered, planned):
        kind = whole.kind
        own = copies.pages_in(whole, pages)
        if not any(own.get(key, 1) for key in whole.documents):
            continue
        one = whole if kind.sides else replace(whole, kind=replace(kind, is_duplex=is_duplex))
        runs = packet.volumes_of(one.kind, [own.get(key, 1) for key in one.documents])
        if len(runs) == 1:
            volumes.append(one)
            continue
        for number, run in enumerate(runs, start=1):
            keys = one.documents[run.start : run.stop]
            volumes.append(replace(one, documents=keys, volume=number))
    return volumes


def is_printed_on_both_sides(workspace: Workspace) -> bool:
    """Return whether the organisation prints on both sides of a sheet."""
    return _scope(workspace).card(SETTINGS).fact(DUPLEX) is True


def volume_mark(volume: int) -> str:
    """Return what is added to the name of a packet that is one of several."""
    return f", том {volume}" if volume else ""


def file_names(planned: Sequence[PlannedPacket]) -> list[str]:
    """Return safe, unique names for the files of packets, without suffix."""
    names = [safe_name(one.name, volume_mark(one.volume)) for one in planned]
    return unique_names(names, f"{CONTROL_SUFFIX}.pdf")


def files_of(request: packet.PacketRequest) -> list[str]:
    """Return the files of a packet, itself first."""
    own = [safe_name(request.kind.folder)] if request.kind.folder else []
    place = "/".join([FOLDER, *own, request.name])
    names = [f"{place}.pdf"]
    if request.kind.purpose == Purpose.ORIGINALS or packet.has_check_sheet(request):
        names.append(f"{place}{CONTROL_SUFFIX}.pdf")
    return names


def _scope(workspace: Workspace) -> Scope:
    """Return what service pages see: the organisation on the day of its latest order."""
    days = [row.values.get(DATE) for row in workspace.records.get(ORDERS, ())]
    known = [day for day in days if isinstance(day, dt.date)]
    return Scope(workspace, max(known, default=dt.date.max))


def _cover_lines(workspace: Workspace) -> tuple[str, ...]:
    card = organisation_of(_scope(workspace))
    return tuple(str(line) for line in [card.полное or card.краткое] if str(line))


def _assemble(settled: packet.SettledPacket, bench: Bench, found: PacketFiles) -> MadePacket:
    """Assemble a packet and leave it, but never over one that a person signed or changed.

    Raises:
        PacketError: when it cannot be assembled.
        UsageError: when the disk refuses.
    """
    one = packet.assemble(settled, bench.folder, bench.stage, bench.prints)
    made = [path for path in (one.pdf, one.control) if path is not None]
    names = files_of(settled.layout.request)
    is_private = any(document.is_private for document in settled.layout.request.documents)
    drafts = [
        bench.draft_of(name, path, is_private=is_private)
        for name, path in zip(names, made, strict=True)
    ]
    changed = [draft for draft in drafts if bench.sha256(draft.name) != draft.sha256]
    kept = {draft.name for draft in changed if not bench.may_overwrite(draft.name)}
    bench.leave([draft for draft in changed if draft.name not in kept])
    found.files |= set(names)
    found.edited |= kept
    pdf = names[0]
    if pdf not in kept:
        foreign = tuple(_foreign(settled.layout))
        contents = one.contents
        return MadePacket(
            one.name, pdf, one.pages, one.sheets, contents, is_private, foreign=foreign
        )
    # A person's version is counted as it is.
    path = bench.path(pdf)
    try:
        contents, pages = tuple(outline_of(path)), page_count(path)
    except BrokenPdfError as error:
        raise PacketError([unreadable_problem(pdf, bench)]) from error
    return MadePacket(one.name, pdf, pages, one.sheets, contents, is_private)


def _foreign(layout: packet.Layout) -> Iterator[tuple[int, str]]:
    """Yield the pages at which a scan or a signed file begins, as the manifest calls it."""
    for piece in layout.documents:
        if piece.source is packet.CopySource.SCAN:
            yield piece.page, SCAN
        elif piece.source is packet.CopySource.SIGNED_FILE:
            yield piece.page, SIGNED
