"""The inside of a .docx: parts, paragraphs, styles, bookmarks, a reproducible zip.

The only home of lxml and Pillow; what other modules get are texts, bytes and plain values.
"""

from __future__ import annotations

from docgen.ooxml.archive import Entry, read_parts
from docgen.ooxml.composing import Kin, compose, first_letters, kin_of, letters_of
from docgen.ooxml.elements import ILLEGAL, Made, escaped, markup
from docgen.ooxml.finish import finish_body
from docgen.ooxml.finishing import Body, Finisher, printed_by
from docgen.ooxml.forbidden import Finding
from docgen.ooxml.galleys import (
    MARK_SIZE,
    Contexts,
    Galley,
    Wording,
    contexts_of,
    galley_of,
    words_of,
)
from docgen.ooxml.house import HouseStyle, Running, styles_of, used_fonts
from docgen.ooxml.members import Member, Shape, read_member
from docgen.ooxml.package import Shell, make_shell
from docgen.ooxml.pictures import without_transparency
from docgen.ooxml.placing import inner_prefix, start_mark
from docgen.ooxml.reading import Structure, body_text_of, bookmarks_of, structure_of, text_of
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
    "MARK_SIZE",
    "Body",
    "Contexts",
    "Entry",
    "Finding",
    "Finisher",
    "Galley",
    "HouseStyle",
    "Kin",
    "Made",
    "Member",
    "Running",
    "Shape",
    "Shell",
    "Structure",
    "TemplateBody",
    "TemplateParagraph",
    "TemplateSource",
    "Wording",
    "body_text_of",
    "bookmarks_of",
    "compose",
    "contexts_of",
    "escaped",
    "finish_body",
    "first_letters",
    "galley_of",
    "inner_prefix",
    "kin_of",
    "letters_of",
    "make_shell",
    "markup",
    "open_running",
    "open_template",
    "printed_by",
    "read_member",
    "read_parts",
    "start_mark",
    "structure_of",
    "styles_of",
    "table_xml",
    "text_of",
    "to_twips",
    "used_fonts",
    "without_transparency",
    "words_of",
]
