"""The nouns that stages pass to each other: frozen values, no behaviour that touches the world."""

from __future__ import annotations

from docgen.model.deliverables import (
    BlankRow,
    Expected,
    MadeDocument,
    MadePacket,
    PlannedDocument,
    PlannedPacket,
    PlannedSigner,
    Read,
    Signer,
    Variable,
)
from docgen.model.entries import (
    Column,
    Kind,
    PacketKind,
    Schema,
    SignatureRule,
)
from docgen.model.record import (
    Override,
    PersonName,
    Phrase,
    Record,
    Reference,
    Value,
    Workspace,
    sameness,
)
from docgen.model.workbooks import (
    RawCell,
    RawRow,
    RawSheet,
    RawValue,
    Table,
    TableCell,
    TableRow,
)

__all__ = [
    "BlankRow",
    "Column",
    "Expected",
    "Kind",
    "MadeDocument",
    "MadePacket",
    "Override",
    "PacketKind",
    "PersonName",
    "Phrase",
    "PlannedDocument",
    "PlannedPacket",
    "PlannedSigner",
    "RawCell",
    "RawRow",
    "RawSheet",
    "RawValue",
    "Read",
    "Record",
    "Reference",
    "Schema",
    "SignatureRule",
    "Signer",
    "Table",
    "TableCell",
    "TableRow",
    "Value",
    "Variable",
    "Workspace",
    "sameness",
]
