"""Tables of registers in the house style: their markup, and whether they fit an upright page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from docgen.model import Table
from docgen.ooxml.cell_runs import attached_to
from docgen.ooxml.column_widths import type_size
from docgen.ooxml.docx_package import AttachedMarkup
from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.style_types import types_of
from docgen.ooxml.word_tables import table_xml

_HEADER_STYLE: Final = "Заголовок таблицы"
_TEXT_STYLE: Final = "Текст таблицы"


def table_markup(table: Table, house: HouseStyle, typeset: Callable[[str], str]) -> AttachedMarkup:
    """Return a table as wide as the text of its page, with what its cells need.

    Raises:
        RegisterError: ``missing-glyph`` or ``wide-table``, see ``table_xml``.
    """
    text_style = house.style_id(_TEXT_STYLE) or ""
    xml = table_xml(
        table,
        width=house.text_width(is_landscape=table.is_landscape),
        header_style=house.style_id(_HEADER_STYLE) or "",
        text_style=text_style,
        typeset=typeset,
        size=types_of(house).look(text_style).size,
    )
    return AttachedMarkup(xml, attached_to(table.rows))


def is_too_wide(table: Table, house: HouseStyle, typeset: Callable[[str], str]) -> bool:
    """Return whether an upright page is too narrow for the words of a table."""
    size = types_of(house).look(house.style_id(_TEXT_STYLE) or "").size
    return type_size(table, house.text_width(is_landscape=False), typeset, size) is None
