"""Keys of packets, by which a packet made of the same things as before is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docgen import packet
from docgen.model import MadePacket
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.store import OutputStore
from docgen.sources import sources_hash

_DECIDING: Final = (
    "packet",
    "pages",
    "pipeline/products/service_pages.py",
    "pipeline/products/packet_files.py",
)
"""The code that puts packets together."""
_ROWS = 2
"""How many rows of a service page show whether its template has changed."""


@dataclass(slots=True)
class PacketKeys:
    """The keys of packets; ``render`` makes service pages as Word files.

    A key is a hash of all that decides a packet: its entry, its words, its documents with their
    PDFs, its service pages as their templates and the facts of the house make them, and the code.
    Accumulates keys, and the hashes of PDFs that it has asked for: each is taken once.
    """

    store: OutputStore
    render: Callable[[Sequence[packet.ServicePages]], Sequence[bytes]]
    hashes: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        packets = read_manifest(self.store.folder)["packets"]
        self.known = {one["pdf"]: one for one in packets}

    def unchanged(self, request: packet.PacketRequest, files: Sequence[str]) -> MadePacket | None:
        """Return the packet that lies there if it is the one asked for; ``files`` has it first."""
        store, entry = self.store, self.known.get(files[0])
        if entry is None or not all(store.is_unchanged(name) for name in files):
            return None
        if store.ledger.packets.get(request.name) != self.key_of(request):
            return None
        if entry["sha256"] != store.ledger.outputs[files[0]].sha256:
            return None
        contents = tuple((one["title"], one["page"]) for one in entry["contents"])
        is_private = any(one.is_private for one in request.documents)
        pages, sheets = entry["pages"], entry["sheets"]
        return MadePacket(request.name, files[0], pages, sheets, contents, is_private)

    def key_of(self, request: packet.PacketRequest) -> str:
        """Return the key of a packet whose documents have their PDFs."""
        if request.name not in self.keys:
            self.keys[request.name] = self._make_key(request)
        return self.keys[request.name]

    def _make_key(self, request: packet.PacketRequest) -> str:
        documents = [(one, self._hash(one.pdf or "")) for one in request.documents]
        sums = hashlib.sha256(repr((replace(request, documents=()), documents)).encode())
        sums.update(f"{self.store.tools} {sources_hash(*_DECIDING)}".encode())
        lengths = packet.guess_lengths(request.kind, len(request.documents))
        pages = packet.service_pages(packet.lay_out(request, lengths))
        for draft in self.render(_samples(pages)):
            sums.update(hashlib.sha256(draft).digest())
        return sums.hexdigest()

    def _hash(self, name: str) -> str:
        if name not in self.hashes:
            self.hashes[name] = self.store.sha256(name)
        return self.hashes[name]


def _samples(pages: Sequence[packet.ServicePages]) -> list[packet.ServicePages]:
    """Return service pages cut to a few rows; the words of the others are in the key anyway."""
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
