"""Fill docx templates: the only home of docxtpl."""

from __future__ import annotations

from docgen.documents.library import TemplateLibrary

__all__ = ["TemplateLibrary"]
