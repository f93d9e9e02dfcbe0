"""Copies of PDFs that open with a password only, for sending; written by qpdf."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pikepdf

from docgen.pages.pdfa import to_metadata
from docgen.pages.syntax import BrokenPdfError

_REVISION: Final = 6
"""AES-256 of ISO 32000-2; the revision before it lets passwords be tried much faster."""


def write_locked_copy(source: Path, target: Path, password: str) -> None:
    """Write a copy that opens with the password only; no two copies are the same bytes.

    It does not claim to be PDF/A: an archive must be able to open what it keeps.

    Raises:
        BrokenPdfError: when the source cannot be read.
    """
    try:
        with pikepdf.open(source) as document:
            title = str(document.docinfo.get("/Title", ""))
            kind = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
            document.Root.Metadata = document.make_stream(to_metadata(title), **kind)
            # Whoever has the password has all rights: readers do not keep to others anyway.
            secret = pikepdf.Encryption(user=password, owner=password, R=_REVISION)
            document.save(target, fix_metadata_version=False, encryption=secret)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError) as error:
        raise BrokenPdfError(f"unreadable PDF: {type(error).__name__}") from error
