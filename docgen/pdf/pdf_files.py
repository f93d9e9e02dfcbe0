"""Finished papers left as files, with what is known of them; whoever made them may do it."""

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
from docgen.pages.page_writer import Cut
from docgen.pages.syntax import BrokenPdfError
from docgen.pdf.flavours import Flavour


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A PDF that has been left at ``path``, with what was seen when it was made.

    ``prints`` tell what its pages draw, as qpdf reads it back: by them sets are proved.
    """

    path: Path
    pages: int
    places: Mapping[str, Place]
    prints: Sequence[PagePrint] = ()
    sha256: str = ""


Left: TypeAlias = "PrintedPdf | UsageError | None"
"""A paper on the disk, or why the disk refuses it; None when it does not read."""


def leave(made: Cut, target: Path, flavour: Flavour) -> Left:
    """Read a paper back and leave it at ``target``.

    A folder that is gone was that of a run that has ended: it is not made anew.
    """
    try:
        # By them sets are proved, of which tagged papers are never part.
        prints = page_prints(made.data, made.fonts) if flavour is Flavour.PLAIN else ()
        write_draft(target, made.data)
    except UsageError as error:
        return error
    except BrokenPdfError:
        return None
    sha256 = hashlib.sha256(made.data).hexdigest()
    return PrintedPdf(target, made.pages, made.places, prints, sha256)
