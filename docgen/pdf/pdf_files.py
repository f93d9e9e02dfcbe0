"""A finished PDF as a file, with what is known of it; the process that made it may write it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from docgen.errors import UsageError
from docgen.files import write_draft
from docgen.pages.bookmarks import Place
from docgen.pages.page_prints import PagePrint, page_prints
from docgen.pages.page_writer import WrittenPdf
from docgen.pages.syntax import BrokenPdfError
from docgen.pdf.flavours import Flavour


@dataclass(frozen=True, slots=True)
class FinishedPdf:
    """A PDF that was written to ``path``, with what was seen when it was made.

    ``prints`` are fingerprints of what its pages draw, as qpdf reads it back: packets are proved
    with them.
    """

    path: Path
    pages: int
    places: Mapping[str, Place]
    prints: Sequence[PagePrint] = ()
    sha256: str = ""


WriteOutcome: TypeAlias = "FinishedPdf | UsageError | None"
"""A PDF on the disk, or why the disk refuses it; None when the PDF cannot be read."""


def write_pdf(made: WrittenPdf, target: Path, flavour: Flavour) -> WriteOutcome:
    """Read a PDF back and write it to ``target``.

    A folder that is gone belonged to a run that has ended: it is not made again.
    """
    try:
        # Packets are proved with them, and no tagged document is part of one.
        prints = page_prints(made.data, made.fonts) if flavour is Flavour.PLAIN else ()
        write_draft(target, made.data)
    except UsageError as error:
        return error
    except BrokenPdfError:
        return None
    sha256 = hashlib.sha256(made.data).hexdigest()
    return FinishedPdf(target, made.pages, made.places, prints, sha256)
