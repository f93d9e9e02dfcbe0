"""What a .docx paints: its paragraphs and tables in reading order, its sections with their margins.

Documents made by docgen have neither notes nor text boxes; templates with any are refused before. A
person may put some into a finished document: its words are then counted, not followed.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from docgen.ooxml.word_xml import (
    CELL,
    ROW,
    SECTION,
    TABLE,
    VALUE,
    Element,
    P,
    find_all,
    find_first,
    parse,
    switch_of,
    template_error,
    xml_name,
)
from docgen.ooxml.zip_parts import DOCUMENT_PART, STYLES_PART, Relation, relations_of
from docgen.proof.paper_styles import PaperStyles, read_styles
from docgen.proof.paragraph_words import paragraph_look, words_of

_SETTINGS: Final = "word/settings.xml"
_RELATION_ID: Final = xml_name("r:id")
_TYPE: Final = xml_name("w:type")
_WRAPPERS: Final = frozenset(map(xml_name, ("w:sdt", "w:sdtContent", "w:hyperlink", "w:ins")))
"""Elements that add nothing to what they hold; others that hold no text are skipped."""


_OUT_OF_ORDER: Final = re.compile(
    rb"<(?:w:(?:footnote|endnote|comment)Reference|w:txbxContent|w:object|w:pict|w:altChunk|w:ins"
    rb"|w:del|w:moveFrom|w:moveTo|w:sym|m:oMath|mc:AlternateContent)\b"
)
_TINY_TYPE: Final = re.compile('<w:sz w:val="[1-5]"')
_PARAGRAPH_MARK: Final = re.compile("<w:rPr>(?:(?!</w:rPr>).)*</w:rPr></w:pPr>", re.DOTALL)


@functools.lru_cache(maxsize=8192)
def has_tiny_type(xml: str) -> bool:
    """Whether a part asks for type below three points where something is painted."""
    if _TINY_TYPE.search(xml) is None:
        return False
    # The mark of a paragraph paints nothing.
    return _TINY_TYPE.search(_PARAGRAPH_MARK.sub("", xml)) is not None


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell of a row: its paragraphs and tables, and whether it goes on from the row above.

    ``spans_down`` is whether it goes on in the next row; ``column`` is its first column.
    """

    items: tuple[FlowItem, ...]
    column: int
    goes_on: bool
    spans_down: bool


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row of cells; ``is_heading`` is whether it is repeated on each page."""

    cells: tuple[CellWords, ...]
    is_heading: bool


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table by rows; the first ``headings`` of them are painted again on each page."""

    rows: tuple[RowWords, ...]
    headings: int


FlowItem: TypeAlias = "str | TableWords"
"""What follows each other on pages: the words of a paragraph, or a table."""


@dataclass(frozen=True, slots=True)
class MarginWords:
    """Headers or footers of a section, by kind: ``default``, ``first``, ``even``."""

    by_kind: Mapping[str, tuple[FlowItem, ...]]

    def on(self, *, is_first: bool, is_even: bool) -> tuple[FlowItem, ...]:
        """Return what stands on a page of the section."""
        kind = "first" if is_first else "even" if is_even else "default"
        return self.by_kind.get(kind, ())


_NO_MARGIN: Final = MarginWords({})


@dataclass(frozen=True, slots=True)
class SectionWords:
    """A section: what its body holds, what stands in frames, its headers and footers.

    ``starts_at`` is the number of its first page, None where pages are counted on.
    """

    items: tuple[FlowItem, ...]
    headers: MarginWords = _NO_MARGIN
    footers: MarginWords = _NO_MARGIN
    has_first_page: bool = False
    has_even_pages: bool = False
    starts_at: int | None = None
    framed: tuple[FlowItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperWords:
    """All that a document paints, section by section.

    ``is_painted_out_of_order`` is whether something stands above what is painted before it: in a
    frame, or beside a cell that goes on in the row below. ``has_tiny_type`` is whether some type
    cannot be read. If it is not ``in_known_order``, it holds what is painted at places of its own.
    """

    sections: tuple[SectionWords, ...]
    is_painted_out_of_order: bool = False
    has_tiny_type: bool = False
    in_known_order: bool = True


def read_paper(parts: Mapping[str, bytes]) -> PaperWords:
    """Return what a .docx paints, given its parts.

    Raises:
        TemplateError: when a part is missing or no XML.
    """
    if DOCUMENT_PART not in parts:
        raise template_error("в .docx нет текста")
    return _PaperReader(parts, read_styles(parts.get(STYLES_PART, b""))).read()


@dataclass(slots=True)
class _PaperReader:
    """Reads one package; filled with what its document refers to."""

    parts: Mapping[str, bytes]
    styles: PaperStyles
    relations: dict[str, Relation] = field(default_factory=dict)

    def read(self) -> PaperWords:
        """Return what all sections paint."""
        self.relations = relations_of(self.parts, DOCUMENT_PART)
        body = find_first(parse(self.parts[DOCUMENT_PART]), "w:body")
        sections: list[SectionWords] = []
        items: list[FlowItem] = []
        framed: list[FlowItem] = []
        before: SectionWords | None = None
        for element in _flattened(body if body is not None else ()):
            if element.tag == SECTION:
                before = self._section(element, tuple(items), tuple(framed), before)
                sections.append(before)
                items, framed = [], []
                continue
            is_framed = element.tag == P and paragraph_look(element, self.styles).is_framed
            (framed if is_framed else items).extend(self._item(element))
            ending = find_first(element, "w:pPr/w:sectPr") if element.tag == P else None
            if ending is not None:
                before = self._section(ending, tuple(items), tuple(framed), before)
                sections.append(before)
                items, framed = [], []
        if items or framed or not sections:
            sections.append(SectionWords(tuple(items), framed=tuple(framed)))
        return PaperWords(
            tuple(sections),
            b"<w:vMerge" in self.parts[DOCUMENT_PART] or any(one.framed for one in sections),
            any(
                has_tiny_type(self.parts.get(name, b"").decode())
                for name in (DOCUMENT_PART, STYLES_PART)
            ),
            _OUT_OF_ORDER.search(self.parts[DOCUMENT_PART]) is None,
        )

    def _item(self, element: Element) -> Iterator[FlowItem]:
        if element.tag == P:
            words = words_of(element, self.styles)
            if words:
                yield words
        elif element.tag == TABLE:
            yield self._table(element)

    def _items(self, parent: Element) -> tuple[FlowItem, ...]:
        return tuple(item for element in _flattened(parent) for item in self._item(element))

    def _table(self, table: Element) -> TableWords:
        rows = [one for one in _flattened(table) if one.tag == ROW]
        return make_table(
            [(list(self._cells(row)), bool(switch_of(row, "w:trPr/w:tblHeader"))) for row in rows]
        )

    def _cells(self, row: Element) -> Iterator[CellWords]:
        column = 0
        before = find_first(row, "w:trPr/w:gridBefore")
        if before is not None:
            column = int(before.get(VALUE, "0"))
        for cell in _flattened(row):
            if cell.tag != CELL:
                continue
            merge = find_first(cell, "w:tcPr/w:vMerge")
            goes_on = merge is not None and merge.get(VALUE, "continue") == "continue"
            yield CellWords(self._items(cell), column, goes_on, spans_down=False)
            span = find_first(cell, "w:tcPr/w:gridSpan")
            column += int(span.get(VALUE, "1")) if span is not None else 1

    def _section(
        self,
        properties: Element,
        items: tuple[FlowItem, ...],
        framed: tuple[FlowItem, ...],
        before: SectionWords | None,
    ) -> SectionWords:
        numbers = find_first(properties, "w:pgNumType")
        start = None if numbers is None else numbers.get(xml_name("w:start"))
        return SectionWords(
            items,
            self._margin(properties, "w:headerReference", before.headers if before else None),
            self._margin(properties, "w:footerReference", before.footers if before else None),
            bool(switch_of(properties, "w:titlePg")),
            self._has_even_pages(),
            int(start) if start is not None and start.isdecimal() else None,
            framed,
        )

    def _margin(self, properties: Element, name: str, before: MarginWords | None) -> MarginWords:
        """Return the headers or footers of a section; what it has none of is as before."""
        by_kind = dict(before.by_kind) if before is not None else {}
        for reference in find_all(properties, name):
            relation = self.relations.get(reference.get(_RELATION_ID, ""))
            part = b"" if relation is None else self.parts.get(relation.target, b"")
            items = self._items(parse(part)) if part else ()
            by_kind[reference.get(_TYPE, "default")] = items
        return MarginWords(by_kind)

    def _has_even_pages(self) -> bool:
        settings = self.parts.get(_SETTINGS, b"")
        if b"evenAndOddHeaders" not in settings:
            return False
        return bool(switch_of(parse(settings), "w:evenAndOddHeaders"))


def make_table(rows: Sequence[tuple[Sequence[CellWords], bool]]) -> TableWords:
    """Return a table of rows, each its cells and whether it is a heading.

    Which cells go on in the row below is seen from that row.
    """
    going_on = [
        {cell.column for cell in cells if cell.goes_on} for cells, _ in [*rows[1:], ([], 0)]
    ]
    made = [
        RowWords(
            tuple(
                [replace(cell, spans_down=True) if cell.column in below else cell for cell in cells]
            ),
            is_heading,
        )
        for (cells, is_heading), below in zip(rows, going_on, strict=True)
    ]
    headings = list(itertools.takewhile(lambda row: row.is_heading, made))
    return TableWords(tuple(made), len(headings))


def _flattened(parent: Element | Sequence[Element]) -> Iterator[Element]:
    """Yield the elements of a parent, those inside wrappers in place of these."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _flattened(element)
        else:
            yield element


def words_in(items: Sequence[FlowItem]) -> str:
    """Return all words of a flow in reading order."""
    found = []
    for item in items:
        if isinstance(item, str):
            found.append(item)
        else:
            found += [words_in(cell.items) for row in item.rows for cell in row.cells]
    return "".join(found)
