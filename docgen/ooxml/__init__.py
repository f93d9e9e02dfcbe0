"""The inside of a .docx: parts, paragraphs, styles, bookmarks, a reproducible zip.

The only home of lxml and Pillow; what other modules get are texts, bytes and plain values.
"""

from __future__ import annotations

from docgen.ooxml.docx_package import Shell, make_shell
from docgen.ooxml.docx_text import body_text_of, bookmarks_of, text_of
from docgen.ooxml.finish_body import finish_body
from docgen.ooxml.finisher import Body, Finisher, printed_by
from docgen.ooxml.hazards import Finding
from docgen.ooxml.house_style import HouseStyle, Running, used_fonts
from docgen.ooxml.pictures import without_transparency
from docgen.ooxml.template_source import (
    TemplateBody,
    TemplateParagraph,
    TemplateSource,
    open_running,
    open_template,
)
from docgen.ooxml.word_tables import table_xml, to_twips
from docgen.ooxml.word_xml import ILLEGAL, Made, escaped, markup
from docgen.ooxml.zip_parts import ZipEntry, read_parts

__all__ = [
    "ILLEGAL",
    "Body",
    "Finding",
    "Finisher",
    "HouseStyle",
    "Made",
    "Running",
    "Shell",
    "TemplateBody",
    "TemplateParagraph",
    "TemplateSource",
    "ZipEntry",
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
