"""Which PDFs carry an electronic signature, inside or in a file beside them."""

from __future__ import annotations

import contextlib
import mmap
from pathlib import Path

SIGNATURE_SUFFIXES = (".sig", ".sgn", ".p7s")
STAMPED = " (с отметкой об ЭП)"
"""How the name of a copy ends that shows the signatures of a file and bears none."""
_SIGNATURE_MARK = b"/ByteRange"


def is_signed_pdf(path: Path) -> bool:
    """Return whether a PDF carries a signature, or one lies beside it."""
    if not path.is_file():
        return False
    beside = (path.with_name(path.name + suffix) for suffix in SIGNATURE_SUFFIXES)
    instead = (path.with_suffix(suffix) for suffix in SIGNATURE_SUFFIXES)
    if any(one.exists() for one in (*beside, *instead)):
        return True
    if not path.stat().st_size:
        return False
    with (
        path.open("rb") as stream,
        contextlib.closing(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)) as data,
    ):
        return data.find(_SIGNATURE_MARK) >= 0


def signed_pdfs(output: Path) -> list[Path]:
    """Return the PDFs below a folder that are signed, inside or by a file beside them."""
    return [
        path
        for path in sorted(output.rglob("*.pdf"))
        if is_signed_pdf(path)
        and not any(part.startswith(".") for part in path.relative_to(output).parts)
    ]


def has_signatures(output: Path) -> bool:
    """Return whether something below a folder is signed electronically."""
    return bool(signed_pdfs(output))
