"""The inside of a .docx: its package, XML, house style, tables, finished bodies and texts.

The only home of lxml and Pillow; what other packages get are texts, bytes and plain values.
"""

from __future__ import annotations

from docgen.ooxml.attachment_marks import (
    has_marks,
    picture_mark,
    settle_marks,
    without_addresses,
)
from docgen.ooxml.docx_package import AttachedMarkup, Picture, SharedParts, make_shared_parts
from docgen.ooxml.docx_text import body_text_of, bookmarks_of, package_words
from docgen.ooxml.fillable_forms import with_controls, without_controls
from docgen.ooxml.finisher import Finisher, part_text
from docgen.ooxml.font_names import SIGN_FACES, used_fonts
from docgen.ooxml.hazards import package_hazard
from docgen.ooxml.house_style import HeaderFooter, HouseStyle
from docgen.ooxml.house_tables import is_too_wide, table_markup
from docgen.ooxml.inline_pictures import TWIPS_IN_A_MM
from docgen.ooxml.page_references import (
    ENCLOSURE,
    NOT_COUNTED,
    SHEETS,
    has_page_references,
    page_references,
    with_pages,
)
from docgen.ooxml.paragraph_comments import WordComment, with_comments
from docgen.ooxml.picture_reader import UnusablePictureError, read_picture
from docgen.ooxml.sign_faces import FaceChooser, no_sign_faces, sign_font_parts
from docgen.ooxml.symbol_fonts import SYMBOL_FONTS, sign_of
from docgen.ooxml.template_fields import no_merge_tags
from docgen.ooxml.template_source import (
    TemplateBody,
    TemplateParagraph,
    TemplateSource,
    open_header_footer,
    open_template,
)
from docgen.ooxml.word_tables import table_xml
from docgen.ooxml.word_xml import ILLEGAL, WordMarkup
from docgen.ooxml.zip_parts import ZipEntry

__all__ = [
    "ENCLOSURE",
    "ILLEGAL",
    "NOT_COUNTED",
    "SHEETS",
    "SIGN_FACES",
    "SYMBOL_FONTS",
    "TWIPS_IN_A_MM",
    "AttachedMarkup",
    "FaceChooser",
    "Finisher",
    "HeaderFooter",
    "HouseStyle",
    "Picture",
    "SharedParts",
    "TemplateBody",
    "TemplateParagraph",
    "TemplateSource",
    "UnusablePictureError",
    "WordComment",
    "WordMarkup",
    "ZipEntry",
    "body_text_of",
    "bookmarks_of",
    "has_marks",
    "has_page_references",
    "is_too_wide",
    "make_shared_parts",
    "no_merge_tags",
    "no_sign_faces",
    "open_header_footer",
    "open_template",
    "package_hazard",
    "package_words",
    "page_references",
    "part_text",
    "picture_mark",
    "read_picture",
    "settle_marks",
    "sign_font_parts",
    "sign_of",
    "table_markup",
    "table_xml",
    "used_fonts",
    "with_comments",
    "with_controls",
    "with_pages",
    "without_addresses",
    "without_controls",
]
