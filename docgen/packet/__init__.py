"""Assemble PDFs into packets: originals to sign, copies with an опись, bare print runs.

Page and sheet numbers that a packet prints are computed before anything is drawn, and read back
from the finished file before it counts.
"""

from __future__ import annotations

from docgen.packet.assembly import (
    AssembledPacket,
    ServiceRenderer,
    SettledPacket,
    assemble,
    settle_layouts,
)
from docgen.packet.layout import (
    CONTENTS_TITLE,
    guess_lengths,
    has_check_sheet,
    lay_out,
    service_pages,
    volumes_of,
)
from docgen.packet.nouns import (
    CheckRow,
    CheckSheet,
    ClosingSheet,
    ContentsPages,
    ContentsRow,
    ControlRow,
    ControlSheet,
    CopiedFile,
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

__all__ = [
    "CONTENTS_TITLE",
    "AssembledPacket",
    "CheckRow",
    "CheckSheet",
    "ClosingSheet",
    "ContentsPages",
    "ContentsRow",
    "ControlRow",
    "ControlSheet",
    "CopiedFile",
    "CopySource",
    "CoverPages",
    "Layout",
    "MarginStamp",
    "PacketPiece",
    "PacketRequest",
    "Role",
    "ServiceLengths",
    "ServicePages",
    "ServiceRenderer",
    "SettledPacket",
    "StampPages",
    "assemble",
    "guess_lengths",
    "has_check_sheet",
    "lay_out",
    "service_pages",
    "settle_layouts",
    "volumes_of",
]
