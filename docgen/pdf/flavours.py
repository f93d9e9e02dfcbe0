"""Which export LibreOffice is asked for: pages to be cut and joined, or a tagged PDF/A-1a."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from typing import Any, Final


class Flavour(enum.Enum):
    """PLAIN pages are made PDF/A-2b by docgen; a TAGGED document is PDF/A-1a already.

    Tags tie the pages of a file together, so a tagged document can be neither cut nor joined.
    """

    PLAIN = "2b"
    TAGGED = "1a"

    @property
    def filter(self) -> str:
        """Return the export filter with its options, as ``--convert-to`` takes it."""
        return f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS[self])}"


def _yes_or_no(**options: bool) -> dict[str, Any]:
    return {
        name: {"type": "boolean", "value": str(value).lower()} for name, value in options.items()
    }


_PDFA_1: Final = 1
_OPTIONS: Final[Mapping[Flavour, Mapping[str, Any]]] = {
    Flavour.PLAIN: _yes_or_no(
        ExportBookmarksToPDFDestination=True,
        ExportNotes=False,
        ExportFormFields=False,
        UseTaggedPDF=False,
    ),
    Flavour.TAGGED: {
        "SelectPdfVersion": {"type": "long", "value": str(_PDFA_1)},
        **_yes_or_no(ExportNotes=False, ExportFormFields=False, UseTaggedPDF=True),
    },
}
