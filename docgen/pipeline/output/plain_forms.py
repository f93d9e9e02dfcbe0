"""Forms to fill in Word as LibreOffice gets them: without controls, whose lines it lengthens."""

from __future__ import annotations

from pathlib import Path

from docgen.errors import TemplateError
from docgen.model import PlannedDocument
from docgen.ooxml import without_controls
from docgen.pipeline.output.store import Bench


def plain_form(planned: PlannedDocument, docx: str, bench: Bench) -> Path:
    """Return the file to lay out for a document: its own, or that of a form as it is printed."""
    path = bench.path(docx)
    if not planned.is_fillable:
        return path
    try:
        plain = without_controls(path.read_bytes())
    except TemplateError:
        # A person has left something else there; who lays it out says what is wrong with it.
        return path
    return bench.draft(docx, plain, is_private=planned.is_private).path
