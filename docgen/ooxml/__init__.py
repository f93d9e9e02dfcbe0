"""The inside of a .docx: parts, paragraphs, styles, bookmarks, a reproducible zip.

The only home of lxml and Pillow; what other modules get are texts, bytes and plain values.
"""

from __future__ import annotations

from docgen.ooxml.archive import Entry, read_parts
from docgen.ooxml.elements import ILLEGAL, Made, escaped, markup
from docgen.ooxml.finish import finish_body
from docgen.ooxml.finishing import Body, Finisher, printed_by
from docgen.ooxml.forbidden import Finding
from docgen.ooxml.house import HouseStyle, Running, used_fonts
from docgen.ooxml.package import Shell, make_shell
from docgen.ooxml.pictures import without_transparency
from docgen.ooxml.reading import body_text_of, bookmarks_of, text_of
from docgen.ooxml.source import (
    TemplateBody,
    TemplateParagraph,
    TemplateSource,
    open_running,
    open_template,
)
from docgen.ooxml.tables import table_xml, to_twips

__all__ = [
    "ILLEGAL",
    "Body",
    "Entry",
    "Finding",
    "Finisher",
    "HouseStyle",
    "Made",
    "Running",
    "Shell",
    "TemplateBody",
    "TemplateParagraph",
    "TemplateSource",
    "body_text_of",
    "bookmarks_of",
    "escaped",
    "finish_body",
    "make_shell",
    "markup",
    "open_running",
    "open_template",
    "printed_by",
    "read_parts",
    "table_xml",
    "text_of",
    "to_twips",
    "used_fonts",
    "without_transparency",
]
