"""Word templates checked, compiled and filled with variables; the only home of docxtpl."""

from __future__ import annotations

from docgen.documents.library import FilledDocument, TemplateLibrary
from docgen.documents.library_cache import shared_library

__all__ = ["FilledDocument", "TemplateLibrary", "shared_library"]
