"""What a paragraph of a .docx paints, sign by sign, and how a painted text is held to it.

What is known only on the page, such as its number, stands as a sign of private use in the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from docgen.ooxml.roman_numbers import roman_number
from docgen.ooxml.word_xml import (
    TAB,
    VALUE,
    Element,
    P,
    R,
    T,
    find_first,
    xml_name,
)
from docgen.pages.font_alphabets import comparable
from docgen.proof.paper_styles import LEADERS, PaintLook, PaperStyles, look_of

PAGE: Final = "\ue010"
"""The number of the page."""
PAGES: Final = "\ue011"
"""How many pages there are."""
LEADER: Final = "\ue012"
"""Signs that fill a tab, perhaps none."""
SOFT_HYPHEN: Final = "\ue013"
"""A hyphen where a line ends, else nothing."""
DIGITS: Final = "\ue014"
"""A number that is computed, in digits."""
LIST_NUMBER: Final = "\ue015"
"""The number or sign that a list puts before the paragraph."""
_PLACEHOLDERS: Final = re.compile(f"[{PAGE}-{LIST_NUMBER}]")
_BY_FIELD: Final = {
    "PAGE": PAGE,
    "NUMPAGES": PAGES,
    "PAGEREF": DIGITS,
    "SECTIONPAGES": DIGITS,
    "SECTION": DIGITS,
}
_FIELD, _FIELD_KIND = xml_name("w:fldChar"), xml_name("w:fldCharType")
_SIMPLE, _INSTRUCTION = xml_name("w:fldSimple"), xml_name("w:instr")
_INSTRUCTION_TEXT: Final = xml_name("w:instrText")
_HYPHEN, _SOFT = xml_name("w:noBreakHyphen"), xml_name("w:softHyphen")
_POSITION_TAB: Final = xml_name("w:ptab")
_LIST_NUMBERS: Final = re.compile(r"(?:[0-9]+|[A-Za-zА-Яа-яё]{1,6})(?:[.)][0-9]*)*|[^\w\s]")
_ANY_DIGITS: Final = re.compile("[0-9]+|[ivxlcdmIVXLCDM]+")
_LETTERS: Final = 26
_SIMPLE_MARKUP: Final = re.compile(
    "<w:(?:ptab|caps|smallCaps|vanish|fldChar|fldSimple|noBreakHyphen|softHyphen|numPr)"
    "|w:leader=|\u00ad"
)


def has_plain_words(xml: str) -> bool:
    """Whether the words of a paragraph, given as XML, are the texts in it, one after another."""
    return _SIMPLE_MARKUP.search(xml) is None


class PageFacts(NamedTuple):
    """What placeholders stand for on a page: its number and how many pages there are."""

    number: int
    pages: int


@functools.lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Return a text of a paragraph as it is painted."""
    whole = text if text.isascii() else unicodedata.normalize("NFC", text)
    return comparable(whole)


def paragraph_look(paragraph: Element, styles: PaperStyles) -> PaintLook:
    """Return the look of a paragraph's texts, where their runs say nothing else."""
    look = styles.paragraph
    properties = find_first(paragraph, "w:pPr")
    if properties is not None:
        style = find_first(properties, "w:pStyle")
        if style is not None:
            look = styles.looks.get(style.get(VALUE, ""), look).over(look)
        look = look_of(properties).over(look)
    return look


def words_of(paragraph: Element, styles: PaperStyles) -> str:
    """Return what a paragraph paints, with placeholders for what its page decides."""
    look = paragraph_look(paragraph, styles)
    reader = _ParagraphReader(styles, look)
    reader.read(paragraph)
    words = "".join(reader.words)
    return f"{LIST_NUMBER}{words}" if look.is_numbered and words else words


@dataclass(slots=True)
class _Field:
    """A field under way, filled run by run: its instruction, whether its result has begun."""

    instruction: str = ""
    is_result: bool = False
    placeholder: str = ""


@dataclass(slots=True)
class _ParagraphReader:
    """Collects the words of one paragraph; filled while its runs are read."""

    styles: PaperStyles
    look: PaintLook
    words: list[str] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    def read(self, parent: Element) -> None:
        """Read what stands in an element, runs inside of links and wrappers too."""
        for element in parent:
            if element.tag == R:
                self._read_run(element)
            elif element.tag == _SIMPLE:
                placeholder = _placeholder_of(element.get(_INSTRUCTION, ""))
                if placeholder:
                    self.words.append(placeholder)
                else:
                    self.read(element)
            elif element.tag != P:
                self.read(element)

    def _read_run(self, run: Element) -> None:
        look = self.look
        properties = find_first(run, "w:rPr")
        if properties is not None:
            style = find_first(properties, "w:rStyle")
            if style is not None:
                look = self.styles.looks.get(style.get(VALUE, ""), look).over(look)
            look = look_of(properties).over(look)
        for element in run:
            if element.tag == _FIELD:
                self._turn_field(element.get(_FIELD_KIND, ""))
            elif element.tag == _INSTRUCTION_TEXT and self.fields:
                self.fields[-1].instruction += element.text or ""
            elif not look.hidden and not self._is_in_code():
                self.words.extend(_painted(element, look))

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].is_result = True
            self._put_placeholder(self.fields[-1])
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if not ended.is_result:
                self._put_placeholder(ended)

    def _put_placeholder(self, one: _Field) -> None:
        one.placeholder = _placeholder_of(one.instruction)
        is_inner = any(not outer.is_result or outer.placeholder for outer in self.fields[:-1])
        if one.placeholder and not is_inner:
            self.words.append(one.placeholder)

    def _is_in_code(self) -> bool:
        return any(not one.is_result or one.placeholder for one in self.fields)


def _placeholder_of(instruction: str) -> str:
    name = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
    return _BY_FIELD.get(name, "")


def _painted(element: Element, look: PaintLook) -> Iterator[str]:
    """Yield what an element of a run paints."""
    if element.tag == T:
        for number, part in enumerate((element.text or "").split("\u00ad")):
            if number:
                yield SOFT_HYPHEN
            words = plain_words(part)
            yield words.upper() if look.capitals else words
    elif element.tag == _HYPHEN:
        yield "-"
    elif element.tag == _SOFT:
        yield SOFT_HYPHEN
    elif element.tag == _POSITION_TAB or (element.tag == TAB and look.leaders):
        yield LEADER


def taken(expected: str, start: int, painted: str, page: PageFacts) -> int | None:
    """Return where in the expected text a painted one ends that begins at ``start``.

    None when it is another text.
    """
    if expected.startswith(painted, start):
        return start + len(painted)
    if _PLACEHOLDERS.search(expected, start) is None:
        return None
    return _taken_with_placeholders(expected, start, painted, page)


def _taken_with_placeholders(
    expected: str, start: int, painted: str, page: PageFacts
) -> int | None:
    if not painted:
        return start
    found = _PLACEHOLDERS.search(expected, start)
    end = found.start() if found else len(expected)
    literal = expected[start:end]
    if len(painted) <= len(literal):
        return start + len(painted) if literal.startswith(painted) else None
    if found is None or not painted.startswith(literal):
        return None
    rest = painted[len(literal) :]
    for length in _lengths(expected[end], rest, page):
        taken_to = _taken_with_placeholders(expected, end + 1, rest[length:], page)
        if taken_to is not None:
            return taken_to
    return None


def _lengths(sign: str, painted: str, page: PageFacts) -> Iterator[int]:
    """Yield how many painted signs may stand for an expected one, the likeliest first."""
    if sign == PAGE:
        for form in _forms_of(page.number):
            yield from _length_of(form, painted)
    elif sign == PAGES:
        yield from _length_of(str(page.pages), painted)
    elif sign == LEADER:
        count = len(painted) - len(painted.lstrip("".join(set(LEADERS.values()))))
        yield from range(count, -1, -1)
    elif sign == SOFT_HYPHEN:
        yield from ((1, 0) if painted.startswith("-") else (0,))
    elif sign in (DIGITS, LIST_NUMBER):
        found = (_ANY_DIGITS if sign == DIGITS else _LIST_NUMBERS).match(painted)
        yield from range(found.end(), 0, -1) if found else ()


@functools.lru_cache(maxsize=1024)
def _forms_of(number: int) -> tuple[str, ...]:
    """Return how a field or a section may write the number of a page."""
    if number < 1:
        return (str(number),)
    roman = roman_number(number)
    letters = chr(ord("A") + (number - 1) % _LETTERS) * (1 + (number - 1) // _LETTERS)
    return str(number), roman, roman.lower(), letters, letters.lower()


def _length_of(text: str, painted: str) -> Iterator[int]:
    if painted.startswith(text):
        yield len(text)


def has_placeholders(text: str) -> bool:
    """Whether some of a text is known only on its page."""
    return not text.isascii() and _PLACEHOLDERS.search(text) is not None


def without_placeholders(text: str) -> str:
    """Return a text without what is known only on its page."""
    return _PLACEHOLDERS.sub("", text)


def is_done(expected: str, start: int) -> bool:
    """Whether nothing is left of a text that has to be painted."""
    rest = expected[start:]
    return not rest.strip(f"{LEADER}{SOFT_HYPHEN}")
