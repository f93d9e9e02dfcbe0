"""Sets of a workspace: their service pages rendered from templates, the files written whole."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen import packet
from docgen.build import frozen, making
from docgen.build.privacy import CONTROL_SUFFIX
from docgen.build.workspaces import SERVICE, STAMP, Prepared
from docgen.documents import TemplateLibrary
from docgen.errors import DocgenError, PacketError, Problem
from docgen.files import atomic_write, file_mode, safe_name, unique_names, working_folder
from docgen.ledger import write_ledger
from docgen.model import MadeDocument, MadePacket, PlannedPacket, Workspace
from docgen.pages import PageSize, outline_of, page_count, pick
from docgen.pdf import Converter, Printed, Result
from docgen.wording import Scope, signatory_of

COVER, CONTENTS, CLOSING = "обложка", "опись", "заверительный_лист"
CONTROL = "контрольный_лист"
FOLDER = "packets"


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service page on its way to LibreOffice: template, variables, orientation."""

    template: str
    variables: dict[str, Any]
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class ServiceRoom:
    """Everything that service pages need: templates, house facts, a converter."""

    library: TemplateLibrary
    stamps: TemplateLibrary
    scope: Scope
    convert: Callable[[Sequence[Path], Path], dict[Path, Result]]

    def __call__(self, wanted: Sequence[packet.ServicePages]) -> list[Path | bytes]:
        """Return one PDF for each service page, all made in one call of LibreOffice."""
        pages = [list(_pages_of(one)) for one in wanted]
        flat = [page for group in pages for page in group]
        made = iter(self._convert(flat))
        results: list[Path | bytes] = []
        for one, group in zip(wanted, pages, strict=True):
            pdfs = [next(made) for _ in group]
            is_stamp = isinstance(one, packet.StampPages)
            results.append(_interleaved(one, pdfs) if is_stamp else pdfs[0])
        return results

    def _convert(self, pages: Sequence[ServicePage]) -> list[bytes]:
        house = {
            "организация": self.scope.card("организация"),
            "настройки": self.scope.card("настройки"),
            "подписант": signatory_of(self.scope, None),
        }
        with working_folder() as folder:
            sources = []
            for number, page in enumerate(pages):
                is_stamp = page.template == STAMP
                library = self.stamps if is_stamp else self.library
                docx = library.render(
                    f"{SERVICE}/{page.template}",
                    house | page.variables,
                    title=str(page.variables["название"]),
                    landscape=page.is_landscape,
                    has_running=not is_stamp,
                )
                source = folder / f"{number:06}.docx"
                source.write_bytes(docx)
                sources.append(source)
            results = self.convert(sources, folder)
            problems = [one for one in results.values() if isinstance(one, Problem)]
            if problems:
                raise PacketError(problems)
            return [
                one.path.read_bytes()
                for source in sources
                if isinstance(one := results[source], Printed)
            ]


def _interleaved(wanted: packet.ServicePages, pdfs: Sequence[bytes]) -> bytes:
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
            "страница": row.page,
            "страниц": row.pages,
            "страница_комплекта": row.set_page,
            "экземпляров": row.copies,
        }
        for row in wanted.rows
    ]
    return {
        "подписи": rows,
        "документов": wanted.documents,
        "листов": wanted.sheets,
        "экземпляров": wanted.copies,
    }


def _stamp(stamp: packet.Stamp) -> dict[str, Any]:
    return {
        "лист": stamp.sheet,
        "листов": stamp.sheets,
        "заверяется": stamp.is_certified,
        "лежит": stamp.is_landscape,
        "пустой": False,
    }


def settle_packets(
    planned: Sequence[PlannedPacket],
    documents: Sequence[MadeDocument],
    prepared: Prepared,
    output: Path,
    converter: Converter,
) -> tuple[list[packet.SettledPacket], list[Problem]]:
    """Return the sets with their service pages, and what stands in the way of it."""
    workspace, library = prepared.workspace, prepared.library
    if workspace is None or library is None or not planned:
        return [], []
    by_key = {document.key: document for document in documents}
    names = unique_names([safe_name(one.name) for one in planned], f"{CONTROL_SUFFIX}.pdf")
    is_fresh = _scope(workspace).card("настройки").fact("чистый_лист") is True
    requests = [
        packet.PacketRequest(
            kind=replace(
                one.kind, starts_on_fresh_sheet=is_fresh or one.kind.starts_on_fresh_sheet
            ),
            name=name,
            title=one.title,
            documents=tuple(by_key[key] for key in one.documents),
            cover_lines=_cover_lines(workspace),
            copies=one.copies,
        )
        for one, name in zip(planned, names, strict=True)
    ]
    room = ServiceRoom(library, prepared.stamps or library, _scope(workspace), converter.convert)
    try:
        settled = packet.settle(requests, output, room)
    except DocgenError as error:
        return [], list(error.problems)
    return settled, []


def _scope(workspace: Workspace) -> Scope:
    """Return what service pages see: the house on the day of its latest order."""
    days = [row.values.get("дата") for row in workspace.records.get("приказы", ())]
    known = [day for day in days if isinstance(day, dt.date)]
    return Scope(workspace, max(known, default=dt.date.max))


def _cover_lines(workspace: Workspace) -> tuple[str, ...]:
    card = _scope(workspace).card("организация")
    return tuple(str(line) for line in [card.полное or card.краткое] if str(line))


def put_packet(
    settled: packet.SettledPacket, room: making.Room
) -> tuple[MadePacket, set[str], set[str]]:
    """Assemble a set and write it, but never over one that a person signed or changed.

    Returns the set, its files, and those of them that a person changed.

    Raises:
        PacketError: when it cannot be assembled.
    """
    one = packet.assemble(settled, room.output)
    files = {f"{FOLDER}/{one.name}.pdf": one.pdf}
    if one.control is not None:
        files[f"{FOLDER}/{one.name}{CONTROL_SUFFIX}.pdf"] = one.control
    edited = {name for name, data in files.items() if _is_kept(name, data, room)}
    fresh = {
        name: data
        for name, data in files.items()
        if name not in edited and not frozen.same_bytes(room.output / name, data)
    }
    for name, data in fresh.items():
        room.ledger.pending[name] = hashlib.sha256(data).hexdigest()
    if fresh:
        write_ledger(room.output, room.ledger)
    is_private = any(document.is_private for document in settled.layout.request.documents)
    for name, data in fresh.items():
        atomic_write(room.output / name, data, mode=file_mode(is_private=is_private))
    return _told(one, room, is_private=is_private), set(files), edited


def _is_kept(name: str, data: bytes, room: making.Room) -> bool:
    path = room.output / name
    if not path.is_file() or frozen.same_bytes(path, data):
        return False
    is_known = name in room.ledger.outputs
    return making.is_signed_pdf(path) or (is_known and making.is_edited(name, room))


def _told(one: packet.AssembledPacket, room: making.Room, *, is_private: bool) -> MadePacket:
    """Return a set as the manifest tells it; a person's version is counted as it is."""
    pdf = f"{FOLDER}/{one.name}.pdf"
    path = room.output / pdf
    if frozen.same_bytes(path, one.pdf):
        return MadePacket(one.name, pdf, one.pages, one.sheets, one.contents, is_private)
    contents = tuple(outline_of(path))
    return MadePacket(one.name, pdf, page_count(path), one.sheets, contents, is_private)
