"""The nouns that stages pass to each other: frozen values that touch neither disk nor clock."""

from __future__ import annotations

from docgen.model.choices import (
    Audience,
    ColumnKind,
    DocumentPer,
    Family,
    PacketPer,
    Purpose,
)
from docgen.model.deliverables import (
    BlankRow,
    MadeDocument,
    MadePacket,
    MarkedSigner,
    PlannedDocument,
    PlannedPacket,
    PlannedSigner,
    ReadCell,
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
from docgen.model.states import OrderState
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
    "Audience",
    "BlankRow",
    "Column",
    "ColumnKind",
    "DocumentPer",
    "Family",
    "Kind",
    "MadeDocument",
    "MadePacket",
    "MarkedSigner",
    "OrderState",
    "Override",
    "PacketKind",
    "PacketPer",
    "PersonName",
    "Phrase",
    "PlannedDocument",
    "PlannedPacket",
    "PlannedSigner",
    "Purpose",
    "RawCell",
    "RawRow",
    "RawSheet",
    "RawValue",
    "ReadCell",
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
