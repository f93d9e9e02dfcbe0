"""Word templates checked, compiled and filled with variables; the only home of docxtpl."""

from __future__ import annotations

from docgen.documents.filled_document import FilledDocument
from docgen.documents.library import TemplateLibrary
from docgen.documents.library_cache import shared_library
from docgen.documents.marked_templates import marked_template
from docgen.documents.merge_names import MergeTags, merge_names_of

__all__ = [
    "FilledDocument",
    "MergeTags",
    "TemplateLibrary",
    "marked_template",
    "merge_names_of",
    "shared_library",
]
