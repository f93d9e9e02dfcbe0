"""Sets that need no assembling: made of the same things as the last time, and not touched since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docgen import packet
from docgen.model import MadePacket
from docgen.pipeline.output import document_files
from docgen.pipeline.output.manifest import read_manifest
from docgen.sources import sources_hash

_DECIDING: Final = (
    "packet",
    "pages",
    "pipeline/products/service_pages.py",
    "pipeline/products/packet_files.py",
)
"""The code that puts sets together."""
_ROWS = 2
"""How many rows of a service page show whether its template has changed."""


@dataclass(slots=True)
class Keys:
    """Tells what sets are made of; ``drafts`` renders service pages as Word files.

    A key is a hash of all that decides a set: its entry, its words, its papers with their PDFs,
    its service pages as their templates and the facts of the house make them, and the code.
    """

    room: document_files.Room
    drafts: Callable[[Sequence[packet.ServicePages]], Sequence[bytes]]
    hashes: dict[str, str] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        told = read_manifest(self.room.output)["packets"]
        self.known = {one["pdf"]: one for one in told}

    def unchanged(self, request: packet.PacketRequest, files: Sequence[str]) -> MadePacket | None:
        """Return the set that lies there if it is the one asked for; ``files`` has it first."""
        room, ledger, entry = self.room, self.room.ledger, self.known.get(files[0])
        if entry is None or not all(document_files.is_ours(name, room) for name in files):
            return None
        if ledger.packets.get(request.name) != self.key_of(request):
            return None
        if entry["sha256"] != ledger.outputs[files[0]].sha256:
            return None
        contents = tuple((one["title"], one["page"]) for one in entry["contents"])
        is_private = any(paper.is_private for paper in request.documents)
        pages, sheets = entry["pages"], entry["sheets"]
        return MadePacket(request.name, files[0], pages, sheets, contents, is_private)

    def key_of(self, request: packet.PacketRequest) -> str:
        """Return the key of a set whose papers have their PDFs."""
        papers = [(paper, self._hash(paper.pdf or "")) for paper in request.documents]
        sums = hashlib.sha256(repr((replace(request, documents=()), papers)).encode())
        sums.update(f"{self.room.tools} {sources_hash(*_DECIDING)}".encode())
        lengths = packet.guess_lengths(request.kind, len(request.documents))
        pages = packet.service_pages(packet.lay_out(request, lengths))
        for draft in self.drafts(_samples(pages)):
            sums.update(hashlib.sha256(draft).digest())
        return sums.hexdigest()

    def _hash(self, name: str) -> str:
        if name not in self.hashes:
            path = self.room.output / name
            self.hashes[name] = (
                document_files.stamp_of(name, self.room).sha256 if path.is_file() else ""
            )
        return self.hashes[name]


def _samples(pages: Sequence[packet.ServicePages]) -> list[packet.ServicePages]:
    """Return service pages with few rows: the others differ in words that the key holds anyway."""
    samples: list[packet.ServicePages] = []
    stamps: dict[tuple[bool, bool], packet.MarginStamp] = {}
    name = ""
    for page in pages:
        match page:
            case packet.StampPages():
                name = page.packet
                for one in page.stamps:
                    if not one.is_empty:
                        stamps.setdefault((one.is_certified, one.is_landscape), one)
            case packet.ContentsPages():
                samples.append(replace(page, rows=page.rows[:_ROWS]))
            case packet.ControlSheet():
                samples.append(replace(page, rows=page.rows[:_ROWS]))
            case _:
                samples.append(page)
    if stamps:
        samples.append(packet.StampPages(name, tuple(stamps.values())))
    return samples
