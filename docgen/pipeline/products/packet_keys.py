"""Keys of packets, by which a packet made of the same things as before is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from docgen import packet
from docgen.model import MadePacket
from docgen.packet import CopiedFile, CopySource
from docgen.pipeline.output.manifest import read_manifest
from docgen.pipeline.output.store import OutputStore
from docgen.sources import sources_hash

_DECIDING: Final = (
    "packet",
    "pages",
    "pipeline/products/service_pages.py",
    "pipeline/products/packet_files.py",
    "pipeline/products/copied_files.py",
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
        foreign = tuple(
            (one["page"], one["source"]) for one in entry["contents"] if "source" in one
        )
        return MadePacket(
            request.name,
            files[0],
            entry["pages"],
            entry["sheets"],
            contents,
            is_private=any(one.is_private for one in request.documents),
            foreign=foreign,
        )

    def key_of(self, request: packet.PacketRequest) -> str:
        """Return the key of a packet whose documents have their PDFs."""
        if request.name not in self.keys:
            self.keys[request.name] = self._make_key(request)
        return self.keys[request.name]

    def _make_key(self, request: packet.PacketRequest) -> str:
        nothing = CopiedFile(CopySource.DRAFT)
        copied = request.copied or (nothing,) * len(request.documents)
        documents = [
            # Where a file outside the output lies does not matter, only what it is.
            (replace(one, pdf=""), other.sha256)
            if other.sha256
            else (one, self._hash(one.pdf or "") if one.pages else "")
            for one, other in zip(request.documents, copied, strict=True)
        ]
        sources = tuple(replace(one, pdf="") for one in request.copied)
        words = replace(request, documents=(), copied=sources)
        sums = hashlib.sha256(repr((words, documents)).encode())
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
    stamps: dict[tuple[bool, ...], packet.MarginStamp] = {}
    name = ""
    for page in pages:
        match page:
            case packet.StampPages():
                name = page.packet
                for one in page.stamps:
                    if not one.is_empty:
                        looks = (one.is_certified, one.is_draft, one.says_signed)
                        stamps.setdefault((*looks, one.is_landscape), one)
            case _:
                samples.append(_cut(page))
    if stamps:
        samples.append(packet.StampPages(name, tuple(stamps.values())))
    return samples


def _cut(page: packet.ServicePages) -> packet.ServicePages:
    match page:
        case packet.ContentsPages():
            return replace(page, rows=page.rows[:_ROWS])
        case packet.ControlSheet():
            return replace(page, rows=page.rows[:_ROWS])
        case packet.CheckSheet():
            return replace(page, rows=page.rows[:_ROWS])
        case _:
            return page
