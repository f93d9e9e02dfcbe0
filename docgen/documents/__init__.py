"""Fill docx templates: the only home of docxtpl."""

from __future__ import annotations

from docgen.documents.library import Paper, TemplateLibrary
from docgen.documents.library_cache import shared_library

__all__ = ["Paper", "TemplateLibrary", "shared_library"]
