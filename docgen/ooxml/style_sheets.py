"""The styles of a .docx by their ids, each with those that it is based on."""

from __future__ import annotations

from typing import Final

from docgen.ooxml.word_xml import ON, VALUE, Element, find_all, find_first, xml_name

_ID: Final = xml_name("w:styleId")
_TYPE: Final = xml_name("w:type")
_DEFAULT: Final = xml_name("w:default")


def style_id_of(style: Element) -> str:
    """Return the id of a style."""
    return style.get(_ID, "")


class StyleSheet:
    """The styles of a part ``styles.xml``; a style may lack, and may be based on itself.

    ``default_id`` is the style of paragraphs that name none, empty where there is none.
    """

    def __init__(self, root: Element) -> None:
        self.elements = {
            style_id: one for one in find_all(root, "w:style") if (style_id := style_id_of(one))
        }
        self.default_id = next(
            (
                style_id
                for style_id, one in self.elements.items()
                if one.get(_DEFAULT, "") in ON and one.get(_TYPE, "paragraph") == "paragraph"
            ),
            "",
        )

    def ancestry(self, style_id: str) -> list[Element]:
        """Return a style and those that it is based on, itself first; none where it lacks."""
        found: dict[str, Element] = {}
        while style_id in self.elements and style_id not in found:
            found[style_id] = self.elements[style_id]
            basis = find_first(found[style_id], "w:basedOn")
            style_id = "" if basis is None else basis.get(VALUE, "")
        return list(found.values())
