"""Fill docx templates: the only home of docxtpl."""

from __future__ import annotations

from docgen.documents.library import Paper, TemplateLibrary

__all__ = ["Paper", "TemplateLibrary"]
