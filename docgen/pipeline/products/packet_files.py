"""Sets of a workspace: their service pages rendered from templates, the files written whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen import packet
from docgen.errors import PacketError, Problem, StageError
from docgen.files import file_digest, file_mode, put_in_place, safe_name, unique_names
from docgen.model import MadeDocument, MadePacket, PlannedPacket, Purpose, Workspace
from docgen.model.columns import DATE, DUPLEX, ORDERS, ORGANISATION, SETTINGS
from docgen.pages import outline_of, page_count
from docgen.pipeline.output import document_files
from docgen.pipeline.output.ledger import FileStamp, write_ledger
from docgen.pipeline.output.privacy import CONTROL_SUFFIX
from docgen.pipeline.output.signed_files import is_signed_pdf
from docgen.pipeline.products import packet_keys
from docgen.pipeline.products.service_pages import ServiceRoom
from docgen.pipeline.workspace.prepare import Prepared
from docgen.wording import Scope

FOLDER = "packets"


@dataclass(slots=True)
class Sets:
    """What became of the sets: their files, those of them that a person changed, what is wrong."""

    packets: list[MadePacket] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def make_sets(
    planned: Sequence[PlannedPacket],
    documents: Sequence[MadeDocument],
    prepared: Prepared,
    room: document_files.Room,
) -> Sets:
    """Leave the sets in the output; those made of the same things as before stay as they are."""
    sets = Sets()
    workspace, service = prepared.workspace, service_room(prepared, room)
    if workspace is None or service is None:
        return sets
    keys, wanted, made = packet_keys.Keys(room, service.drafts), [], {}
    requests = to_requests(planned, documents, workspace)
    for request in requests:
        known = keys.unchanged(request, files_of(request))
        if known is None:
            wanted.append(request)
        else:
            made[request.name] = known
            sets.files |= set(files_of(request))
    try:
        settled = packet.settle(wanted, room.output, service)
    except StageError as error:
        sets.problems += error.problems
        settled = []
    for one in settled:
        request = one.layout.request
        try:
            made[request.name] = _put(one, room, sets)
        except PacketError as error:
            sets.problems += error.problems
            continue
        room.ledger.packets[request.name] = keys.key_of(request)
    sets.packets = [
        replace(made[one.name], purpose=one.kind.purpose) for one in requests if one.name in made
    ]
    return sets


def service_room(prepared: Prepared, room: document_files.Room) -> ServiceRoom | None:
    """Return what makes service pages; without LibreOffice they are Word files only."""
    workspace, library = prepared.workspace, prepared.library
    if workspace is None or library is None:
        return None
    convert = room.press.convert if room.press is not None else None
    return ServiceRoom(library, prepared.stamps or library, _scope(workspace), convert, room.stage)


def to_requests(
    planned: Sequence[PlannedPacket], documents: Sequence[MadeDocument], workspace: Workspace
) -> list[packet.PacketRequest]:
    """Return what is to be assembled, a set of too many pages as several volumes."""
    by_key = {document.key: document for document in documents}
    pages = {key: document.pages for key, document in by_key.items()}
    volumes = in_volumes(planned, pages, workspace)
    return [
        packet.PacketRequest(
            kind=one.kind,
            name=name,
            title=one.title + volume_mark(one.volume).replace("том ", "том\u00a0"),
            documents=tuple(by_key[key] for key in one.documents),
            cover_lines=_cover_lines(workspace),
            copies=one.copies,
            signer=one.signer,
            recipients=one.recipients,
        )
        for one, name in zip(volumes, file_names(volumes), strict=True)
    ]


def in_volumes(
    planned: Sequence[PlannedPacket], pages: Mapping[str, int], workspace: Workspace
) -> list[PlannedPacket]:
    """Return the sets, those of too many pages as volumes; ``pages`` are by documents' keys."""
    is_duplex = is_printed_on_both_sides(workspace)
    volumes: list[PlannedPacket] = []
    for whole in planned:
        kind = whole.kind
        one = whole if kind.sides else replace(whole, kind=replace(kind, is_duplex=is_duplex))
        runs = packet.volumes_of(one.kind, [pages.get(key, 1) for key in one.documents])
        if len(runs) == 1:
            volumes.append(one)
            continue
        for number, run in enumerate(runs, start=1):
            keys = one.documents[run.start : run.stop]
            volumes.append(replace(one, documents=keys, volume=number))
    return volumes


def is_printed_on_both_sides(workspace: Workspace) -> bool:
    """Return whether the house prints on both sides of a sheet."""
    return _scope(workspace).card(SETTINGS).fact(DUPLEX) is True


def volume_mark(volume: int) -> str:
    """Return what is added to the name of a set that is one of several."""
    return f", том {volume}" if volume else ""


def file_names(planned: Sequence[PlannedPacket]) -> list[str]:
    """Return safe, unique names for the files of sets, without suffix."""
    names = [safe_name(one.name, volume_mark(one.volume)) for one in planned]
    return unique_names(names, f"{CONTROL_SUFFIX}.pdf")


def files_of(request: packet.PacketRequest) -> list[str]:
    """Return the files of a set, itself first."""
    own = [safe_name(request.kind.folder)] if request.kind.folder else []
    place = "/".join([FOLDER, *own, request.name])
    names = [f"{place}.pdf"]
    if request.kind.purpose == Purpose.ORIGINALS:
        names.append(f"{place}{CONTROL_SUFFIX}.pdf")
    return names


def _scope(workspace: Workspace) -> Scope:
    """Return what service pages see: the house on the day of its latest order."""
    days = [row.values.get(DATE) for row in workspace.records.get(ORDERS, ())]
    known = [day for day in days if isinstance(day, dt.date)]
    return Scope(workspace, max(known, default=dt.date.max))


def _cover_lines(workspace: Workspace) -> tuple[str, ...]:
    card = _scope(workspace).card(ORGANISATION)
    return tuple(str(line) for line in [card.полное or card.краткое] if str(line))


def _put(settled: packet.SettledPacket, room: document_files.Room, sets: Sets) -> MadePacket:
    """Assemble a set and put it in place, but never over one that a person signed or changed.

    Raises:
        PacketError: when it cannot be assembled.
    """
    one = packet.assemble(settled, room.output, room.stage, room.prints)
    made = [path for path in (one.pdf, one.control) if path is not None]
    names = files_of(settled.layout.request)
    files = dict(zip(names, made, strict=True))
    hashes = {name: file_digest(path) for name, path in files.items()}
    there = {name for name in files if _lies_there(name, hashes[name], room)}
    edited = {name for name in set(files) - there if _is_kept(name, room)}
    fresh = [name for name in files if name not in there | edited]
    # Noted first: a build that is killed half way has left its own files, not a person's.
    for name in fresh:
        room.ledger.pending[name] = hashes[name]
    if fresh:
        write_ledger(room.output, room.ledger)
    is_private = any(document.is_private for document in settled.layout.request.documents)
    for name in fresh:
        path = room.output / name
        put_in_place(files[name], path, mode=file_mode(is_private=is_private))
        stat = path.stat()
        room.ledger.outputs[name] = FileStamp(stat.st_size, stat.st_mtime_ns, hashes[name])
    sets.files |= set(files)
    sets.edited |= edited
    pdf = names[0]
    if pdf not in edited:
        return MadePacket(one.name, pdf, one.pages, one.sheets, one.contents, is_private)
    # A person's version is counted as it is.
    path = room.output / pdf
    contents = tuple(outline_of(path))
    return MadePacket(one.name, pdf, page_count(path), one.sheets, contents, is_private)


def _lies_there(name: str, sha256: str, room: document_files.Room) -> bool:
    path = room.output / name
    return path.is_file() and file_digest(path) == sha256


def _is_kept(name: str, room: document_files.Room) -> bool:
    """Whether what lies in the place of a set is a person's."""
    path = room.output / name
    if not path.is_file():
        return False
    is_known = name in room.ledger.outputs
    return is_signed_pdf(path) or (is_known and document_files.is_edited(name, room))
