"""Sets of a workspace: their service pages rendered from templates, the files written whole."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen import packet
from docgen.build import making, reuse
from docgen.build.privacy import CONTROL_SUFFIX
from docgen.build.sealed import is_signed_pdf
from docgen.build.workspaces import SERVICE, STAMP, Prepared
from docgen.documents import TemplateLibrary
from docgen.errors import DocgenError, PacketError, Problem
from docgen.files import digest, file_mode, put_in_place, safe_name, unique_names
from docgen.ledger import Stamp, write_ledger
from docgen.model import MadeDocument, MadePacket, PlannedPacket, Workspace
from docgen.pages import PageSize, outline_of, page_count, pick
from docgen.pdf import Printed, Result
from docgen.wording import Scope, signatory_of

COVER, CONTENTS, CLOSING = "обложка", "опись", "заверительный_лист"
CONTROL = "контрольный_лист"
FOLDER = "packets"
_A_THIRD = 842 / 3


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service page on its way to LibreOffice: template, variables, orientation."""

    template: str
    variables: dict[str, Any]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class ServiceRoom:
    """Everything that service pages need: templates, house facts, a converter, a folder."""

    library: TemplateLibrary
    stamps: TemplateLibrary
    scope: Scope
    convert: Callable[[Sequence[Path], Path], dict[Path, Result]] | None
    stage: Path

    def __call__(self, wanted: Sequence[packet.ServicePages]) -> list[Path | bytes]:
        """Return one PDF for each service page, all made in one call of LibreOffice."""
        pages = [list(_pages_of(one)) for one in wanted]
        folder = Path(tempfile.mkdtemp(dir=self.stage))
        made = iter(self._convert([page for group in pages for page in group], folder))
        results: list[Path | bytes] = []
        for number, (one, group) in enumerate(zip(wanted, pages, strict=True)):
            pdfs = [next(made) for _ in group]
            if isinstance(one, packet.StampPages):
                stamps = folder / f"stamps-{number:06}.pdf"
                stamps.write_bytes(_interleaved(one, pdfs))
                results.append(stamps)
            else:
                results.append(pdfs[0])
        return results

    def _convert(self, pages: Sequence[ServicePage], folder: Path) -> list[Path]:
        if self.convert is None:
            raise TypeError("service pages without LibreOffice")
        house = self._house()
        sources = []
        for number, page in enumerate(pages):
            source = folder / f"{number:06}.docx"
            source.write_bytes(self._render(page, house))
            sources.append(source)
        results = self.convert(sources, folder)
        problems = [one for one in results.values() if isinstance(one, Problem)]
        if problems:
            raise PacketError(problems)
        return [one.path for source in sources if isinstance(one := results[source], Printed)]

    def _house(self) -> dict[str, Any]:
        return {
            "организация": self.scope.card("организация"),
            "настройки": self.scope.card("настройки"),
            "подписант": signatory_of(self.scope, None),
        }

    def _render(self, page: ServicePage, house: Mapping[str, Any]) -> bytes:
        is_stamp = page.template == STAMP
        library = self.stamps if is_stamp else self.library
        return library.render(
            f"{SERVICE}/{page.template}",
            {**house, **page.variables},
            title=str(page.variables["название"]),
            landscape=page.is_landscape,
            has_running=not is_stamp,
        )

    def drafts(self, wanted: Sequence[packet.ServicePages]) -> list[bytes]:
        """Return service pages as Word files, as they would go to LibreOffice."""
        house = self._house()
        return [self._render(page, house) for one in wanted for page in _pages_of(one)]


def _interleaved(wanted: packet.ServicePages, pdfs: Sequence[Path]) -> bytes:
    """Return the stamps' pages in their order from the upright and the lying file."""
    if not isinstance(wanted, packet.StampPages):
        raise TypeError(wanted)
    kinds = _orientations(wanted)
    counters = dict.fromkeys(kinds, 0)
    order: list[tuple[int, int] | PageSize] = []
    for stamp in wanted.stamps:
        if stamp.is_empty:
            order.append(PageSize(stamp.width, stamp.height))
            continue
        counters[stamp.is_landscape] += 1
        order.append((kinds.index(stamp.is_landscape), counters[stamp.is_landscape]))
    return pick(pdfs, order)


def _orientations(wanted: packet.StampPages) -> list[bool]:
    return sorted({stamp.is_landscape for stamp in wanted.stamps if not stamp.is_empty})


def _pages_of(wanted: packet.ServicePages) -> Iterable[ServicePage]:
    """Return what to render for a service page: one file, for stamps one per orientation."""
    match wanted:
        case packet.CoverPages():
            variables = {"строки": list(wanted.lines), "документов": wanted.documents}
            yield ServicePage(COVER, _titled(wanted, variables | {"листов": wanted.sheets}))
        case packet.ContentsPages():
            yield ServicePage(CONTENTS, _titled(wanted, _contents(wanted)))
        case packet.ClosingSheet():
            yield ServicePage(CLOSING, _titled(wanted, {"листов": wanted.sheets}))
        case packet.ControlSheet():
            yield ServicePage(CONTROL, _titled(wanted, _control(wanted)))
        case packet.StampPages():
            for is_landscape in _orientations(wanted):
                rows = [
                    _stamp(one)
                    for one in wanted.stamps
                    if one.is_landscape == is_landscape and not one.is_empty
                ]
                variables = {"штампы": rows, "название": wanted.packet}
                yield ServicePage(STAMP, variables, is_landscape)


def _titled(wanted: Any, variables: dict[str, Any]) -> dict[str, Any]:
    return {"название": wanted.title, **variables}


def _contents(wanted: packet.ContentsPages) -> dict[str, Any]:
    rows = [
        {
            "номер": row.number,
            "название": row.title,
            "страница": row.page,
            "последняя_страница": row.last_page,
            "лист": row.sheet,
            "последний_лист": row.last_sheet,
            "листов": row.sheets,
        }
        for row in wanted.rows
    ]
    return {
        "документы": rows,
        "листов_документов": wanted.document_sheets,
        "листов_прочих": wanted.service_sheets,
        "листов": wanted.sheets,
    }


def _control(wanted: packet.ControlSheet) -> dict[str, Any]:
    rows = [
        {
            "номер": row.number,
            "название": row.title,
            "роль": row.role,
            "имя": row.name,
            "вместе": ", ".join(row.others),
            "страница": row.page,
            "место": _height_in_words(row.y),
            "страниц": row.pages,
            "страница_комплекта": row.set_page,
            "экземпляров": row.copies,
        }
        for row in wanted.rows
    ]
    return {
        "рассылка": [
            {"номер": number, "кому": name, "экземпляров": copies}
            for number, (name, copies) in enumerate(wanted.recipients, start=1)
        ],
        "копий": sum(copies for _, copies in wanted.recipients),
        "подписи": rows,
        "документов": wanted.documents,
        "листов": wanted.sheets,
        "экземпляров": wanted.copies,
    }


def _height_in_words(y: float | None) -> str:
    """Return where on its page a line is; what is signed is an upright A4."""
    return "" if y is None else ("низ", "середина", "верх")[min(int(y / _A_THIRD), 2)]


def _stamp(stamp: packet.Stamp) -> dict[str, Any]:
    return {
        "лист": stamp.sheet,
        "листов": stamp.sheets,
        "заверяется": stamp.is_certified,
        "лежит": stamp.is_landscape,
        "пустой": False,
    }


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
    room: making.Room,
) -> Sets:
    """Leave the sets in the output; those made of the same things as before stay as they are."""
    sets = Sets()
    workspace, service = prepared.workspace, service_room(prepared, room)
    if workspace is None or service is None:
        return sets
    keys, wanted, made = reuse.Keys(room, service.drafts), [], {}
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
    except DocgenError as error:
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


def service_room(prepared: Prepared, room: making.Room) -> ServiceRoom | None:
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
    return _scope(workspace).card("настройки").fact("двусторонняя") is True


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
    if request.kind.purpose == "originals":
        names.append(f"{place}{CONTROL_SUFFIX}.pdf")
    return names


def _scope(workspace: Workspace) -> Scope:
    """Return what service pages see: the house on the day of its latest order."""
    days = [row.values.get("дата") for row in workspace.records.get("приказы", ())]
    known = [day for day in days if isinstance(day, dt.date)]
    return Scope(workspace, max(known, default=dt.date.max))


def _cover_lines(workspace: Workspace) -> tuple[str, ...]:
    card = _scope(workspace).card("организация")
    return tuple(str(line) for line in [card.полное or card.краткое] if str(line))


def _put(settled: packet.SettledPacket, room: making.Room, sets: Sets) -> MadePacket:
    """Assemble a set and put it in place, but never over one that a person signed or changed.

    Raises:
        PacketError: when it cannot be assembled.
    """
    one = packet.assemble(settled, room.output, room.stage, room.prints)
    made = [path for path in (one.pdf, one.control) if path is not None]
    names = files_of(settled.layout.request)
    files = dict(zip(names, made, strict=True))
    hashes = {name: digest(path) for name, path in files.items()}
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
        room.ledger.outputs[name] = Stamp(stat.st_size, stat.st_mtime_ns, hashes[name])
    sets.files |= set(files)
    sets.edited |= edited
    pdf = names[0]
    if pdf not in edited:
        return MadePacket(one.name, pdf, one.pages, one.sheets, one.contents, is_private)
    # A person's version is counted as it is.
    path = room.output / pdf
    contents = tuple(outline_of(path))
    return MadePacket(one.name, pdf, page_count(path), one.sheets, contents, is_private)


def _lies_there(name: str, sha256: str, room: making.Room) -> bool:
    path = room.output / name
    return path.is_file() and digest(path) == sha256


def _is_kept(name: str, room: making.Room) -> bool:
    """Whether what lies in the place of a set is a person's."""
    path = room.output / name
    if not path.is_file():
        return False
    is_known = name in room.ledger.outputs
    return is_signed_pdf(path) or (is_known and making.is_edited(name, room))
