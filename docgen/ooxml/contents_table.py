"""Contents: the headings or captions of a filled document as the lines of Word's field TOC."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.field_codes import FieldCode
from docgen.ooxml.fields import (
    ANCHOR,
    BOOKMARK_ID,
    BOOKMARK_NAME,
    BOOKMARK_START,
    Field,
    code_run,
    field_char,
    paragraph_above,
)
from docgen.ooxml.house_style import HouseStyle
from docgen.ooxml.page_references import NOT_COUNTED
from docgen.ooxml.style_sheets import StyleSheet, style_id_of
from docgen.ooxml.word_xml import (
    SECTION,
    VALUE,
    Element,
    P,
    find_first,
    make_element,
    make_text,
    paragraph_text,
    parse,
    remove,
    whole_number,
    xml_name,
)
from docgen.ooxml.zip_parts import STYLES_PART

PAGE_SIGN: Final = "\ue001"
"""Stands for the page of a reference while others are worked out; private use."""

_LEVELS: Final = range(1, 10)
_RANGE: Final = re.compile(r"\s*(\d)\s*-\s*(\d)\s*")
_HEADING: Final = re.compile(r"(?:heading|заголовок) (\d)", re.IGNORECASE)
_BOOKMARK: Final = "_Toc"
_FIRST_NUMBER: Final = 900000001
_INDENT: Final = 284
"""Twips: how far each level stands further in."""


@dataclass(frozen=True, slots=True)
class _StyleLevels:
    """The levels that styles give to their paragraphs, by the ids of the styles."""

    outline: Mapping[str, int]
    heading: Mapping[str, int]
    names: Mapping[str, str]


class ContentsMaker:
    """Makes the contents of one body.

    ``captions`` are the paragraphs that count something, such as tables, by what they count.
    """

    def __init__(
        self, root: Element, house: HouseStyle, captions: Mapping[str, Sequence[Element]]
    ) -> None:
        self._root = root
        self._house = house
        self._captions = captions
        self._levels = _read_levels(house.part(STYLES_PART))
        self._last_id = max(
            [whole_number(one.get(BOOKMARK_ID)) for one in root.iter(BOOKMARK_START)], default=0
        )
        self._names = {one.get(BOOKMARK_NAME, "") for one in root.iter(BOOKMARK_START)}

    def fill(self, one: Field, code: FieldCode) -> str:
        """Write the lines of contents in the place of their field; return why there are none."""
        first = paragraph_above(one.place)
        if first is None:
            return ""
        lines = [
            (level, " ".join(paragraph_text(paragraph).split()), paragraph)
            for level, paragraph in self._lines(code)
            if paragraph is not first
        ]
        if not lines:
            return (
                "поле TOC не находит ни одного заголовка; задайте абзацам уровень («Абзац» → "
                r"«Уровень»; в коде поля нужен ключ \u) или назовите стиль ключом \t"
            )
        if any(PAGE_SIGN in text for _, text, _ in lines):
            return "в заголовке стоит номер страницы (PAGEREF), а он ещё не известен; уберите его"
        width = self._text_width(first)
        made = [self._line(level, text, paragraph, code, width) for level, text, paragraph in lines]
        begin = [field_char("begin"), code_run(one.instruction), field_char("separate")]
        made[0][1:1] = begin
        made[-1].append(field_char("end"))
        for line in made:
            first.addprevious(line)
        self._leave(first, one)
        return ""

    @staticmethod
    def _leave(first: Element, one: Field) -> None:
        """Remove the paragraph of the field, or the field alone if a page break is there too."""
        for run in one.runs():
            remove(run)
        if not any(child.tag == xml_name("w:r") for child in first) and (
            next(first.iter(SECTION), None) is None
        ):
            remove(first)

    def _lines(self, code: FieldCode) -> Iterator[tuple[int, Element]]:
        """Yield the paragraphs that contents list, with their levels."""
        counted = [name.casefold() for name in code.texts_of("c")]
        if counted:
            yield from ((1, one) for name in counted for one in self._captions.get(name, ()))
            return
        own = _named_levels(code)
        ranges = [_levels_in(text) for text in code.texts_of("o")]
        wanted = ranges[-1] if ranges else _LEVELS
        has_headings = bool(ranges) or not (own or code.has("u"))
        for paragraph in self._root.iter(P):
            if not paragraph_text(paragraph).strip():
                continue
            level = self._level_of(
                paragraph, own, is_outline=code.has("u"), is_heading=has_headings
            )
            if level and (level in wanted or self._name(paragraph) in own):
                yield level, paragraph

    def _name(self, paragraph: Element) -> str:
        return self._levels.names.get(_style_of(paragraph), "").casefold()

    def _level_of(
        self, paragraph: Element, own: Mapping[str, int], *, is_outline: bool, is_heading: bool
    ) -> int:
        style = _style_of(paragraph)
        name = self._name(paragraph)
        if name in own:
            return own[name]
        if is_heading and style in self._levels.heading:
            return self._levels.heading[style]
        if not is_outline:
            return 0
        direct = find_first(paragraph, "w:pPr/w:outlineLvl")
        if direct is not None:
            return _outline_level(direct)
        return self._levels.outline.get(style, 0)

    def _line(
        self, level: int, text: str, heading: Element, code: FieldCode, width: int
    ) -> Element:
        """Return a line of contents: the words of a heading, and its page at the right."""
        line = make_element("w:p")
        line.append(self._properties(level, width))
        name = self._bookmark(heading)
        runs = [_text(text)]
        if not code.has("n"):
            tab = make_element("w:r")
            tab.append(make_element("w:tab"))
            runs += [
                tab,
                field_char("begin"),
                code_run(rf"PAGEREF {name} \h"),
                field_char("separate"),
                _text(NOT_COUNTED),
                field_char("end"),
            ]
        if code.has("h"):
            link = make_element("w:hyperlink", history=1)
            link.set(ANCHOR, name)
            link.extend(runs)
            runs = [link]
        line.extend(runs)
        return line

    def _properties(self, level: int, width: int) -> Element:
        properties = make_element("w:pPr")
        style = self._house.style_id(f"toc {level}")
        if style is not None:
            properties.append(make_element("w:pStyle", val=style))
        tabs = make_element("w:tabs")
        tabs.append(make_element("w:tab", val="right", leader="dot", pos=width))
        properties.append(tabs)
        if style is None:
            left = _INDENT * (level - 1)
            properties.append(make_element("w:ind", left=left, firstLine=0))
            properties.append(make_element("w:jc", val="left"))
        return properties

    def _bookmark(self, heading: Element) -> str:
        """Return the name of a bookmark at the heading, set if there is none."""
        for one in heading.iter(BOOKMARK_START):
            if one.get(BOOKMARK_NAME, "").startswith(_BOOKMARK):
                return one.get(BOOKMARK_NAME, "")
        name = next(
            candidate
            for number in range(_FIRST_NUMBER, _FIRST_NUMBER + len(self._names) + 1)
            if (candidate := f"{_BOOKMARK}{number}") not in self._names
        )
        self._names.add(name)
        self._last_id += 1
        start = make_element("w:bookmarkStart", id=self._last_id, name=name)
        place = 1 if len(heading) and heading[0].tag == xml_name("w:pPr") else 0
        heading.insert(place, start)
        heading.append(make_element("w:bookmarkEnd", id=self._last_id))
        return name

    def _text_width(self, first: Element) -> int:
        """Return the width of the text around a paragraph in twips."""
        passed = False
        for element in self._root.iter(P, SECTION):
            passed = passed or element is first
            if passed and element.tag == SECTION:
                size, margins = find_first(element, "w:pgSz"), find_first(element, "w:pgMar")
                if size is not None and margins is not None:
                    sides = ("left", "right", "gutter")
                    taken = sum(whole_number(margins.get(xml_name(f"w:{one}"))) for one in sides)
                    return whole_number(size.get(xml_name("w:w"))) - taken
        return self._house.text_width(is_landscape=False)


def _text(text: str) -> Element:
    run = make_element("w:r")
    run.append(make_text(text))
    return run


def _style_of(paragraph: Element) -> str:
    style = find_first(paragraph, "w:pPr/w:pStyle")
    return "" if style is None else style.get(VALUE, "")


def _outline_level(element: Element) -> int:
    """Return a level from 1; 0 for the text, which Word counts as the tenth."""
    level = whole_number(element.get(VALUE, "9")) + 1
    return level if level in _LEVELS else 0


def _levels_in(text: str) -> range:
    found = _RANGE.fullmatch(text)
    return range(int(found[1]), int(found[2]) + 1) if found else _LEVELS


def _named_levels(code: FieldCode) -> dict[str, int]:
    r"""Return the levels of the styles that ``\t`` names: «Раздел;1;Глава;2»."""
    found: dict[str, int] = {}
    for text in code.texts_of("t"):
        words = [word.strip() for word in re.split("[;,]", text)]
        for name, level in zip(words[::2], words[1::2], strict=False):
            if level.isdigit():
                found[name.casefold()] = int(level)
    return found


@functools.lru_cache(maxsize=4)
def _read_levels(styles: bytes) -> _StyleLevels:
    outline: dict[str, int] = {}
    heading: dict[str, int] = {}
    names: dict[str, str] = {}
    sheet = StyleSheet(parse(styles))
    own: dict[str, int] = {}
    for key, style in sheet.elements.items():
        title, level = find_first(style, "w:name"), find_first(style, "w:pPr/w:outlineLvl")
        names[key] = "" if title is None else title.get(VALUE, "")
        found = _HEADING.fullmatch(names[key])
        if found:
            heading[key] = int(found[1])
        if level is not None:
            own[key] = _outline_level(level)
        elif found:
            own[key] = heading[key]
    for key in names:
        ancestry = map(style_id_of, sheet.ancestry(key))
        outline[key] = next((own[one] for one in ancestry if one in own), 0)
    return _StyleLevels(outline, heading, names)
