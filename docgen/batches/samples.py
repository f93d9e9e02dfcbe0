"""Samples: documents that lay out each distinct paragraph of a shape once, in its own column.

How a paragraph breaks its lines depends on the section, the row and the cell where it stands, which
a sample keeps, and not on what is above or below. So one sample does for all documents that hold
the paragraph. Printers did the same: they set type in long strips and made pages of it afterwards.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from xml.sax.saxutils import unescape

from docgen.batches.members import Member, Shape
from docgen.ooxml.word_xml import TEXT

MARK_SIZE: Final = 1
"""Points: the size of the numbers between which groups stand; no document prints so small."""
_TALLEST: Final = 240_000
"""Twips, four metres: no group is so high; from five on a PDF counts in other units."""
_MOST_LINES, _MOST_PARAGRAPHS = 500, 300
"""Long groups cost a quarter less than those of 40 paragraphs (seen on 7.4)."""
_TWIPS_PER_SIGN: Final = 200
_TEXT_WIDTH, _UNKNOWN_WIDTH = 9000, 500
"""Twips: how wide text outside tables is taken to be, and a cell without a width."""
_SHEET: Final = re.compile(r"<w:pgSz\b[^>]*>")
_WIDTH: Final = re.compile(r'\bw:w="(\d+)"')
_STRUCTURE: Final = re.compile(r"<(/?)w:(tbl|tr|tc)(?=[\s>])[^>]*>")
_HEIGHT_RULES: Final = re.compile(r"<w:(?:tblHeader|trHeight|cantSplit)\b[^>]*/>")
_PAGE_RULES: Final = re.compile(r"<w:(?:keepNext|keepLines|pageBreakBefore)\b[^>]*/>")
_PROPERTIES_OF_ROW: Final = "<w:trPr>"
_CELL_WIDTH: Final = re.compile(r'<w:tcW\b[^>]*\bw:w="(\d+)"')
_PRINTS_MORE: Final = ("<w:tab/>", "<w:br w:", "<w:fldSimple", "<w:instrText")
_OFF_GRID: Final = ("<w:gridBefore", "<w:gridAfter", "<w:textDirection")
"""Rows whose columns are not certain; lines of a turned cell are as long as its row is high."""
_BOOKMARK: Final = "<w:bookmarkStart"
_BOOKMARK_NAME: Final = re.compile(r'(<w:bookmarkStart\b[^>]* w:name=")')
_EMPTY: Final = "<w:p/>"
_SECTION: Final = "<w:sectPr"


@dataclass(frozen=True, slots=True)
class RowContext:
    """A row of a table by what it and its cells begin with; ``section`` counts from 0."""

    section: int
    opening: str
    beginning: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphContext:
    """Where paragraphs break their lines alike: the text of a section, or a cell of equal rows."""

    section: int
    row: RowContext | None = None
    column: int = 0


ParagraphKey: TypeAlias = "tuple[int, str]"
"""A distinct paragraph: the number of its context in the shape, and its XML."""


@dataclass(frozen=True, slots=True)
class ShapeContexts:
    """The contexts of a shape by their numbers, and the number for each of its paragraphs."""

    contexts: tuple[ParagraphContext, ...]
    of_paragraphs: tuple[int, ...]

    def paragraphs(self, member: Member) -> list[ParagraphKey]:
        """Return the paragraphs of a document of the shape, in their order."""
        return list(zip(self.of_paragraphs, member.parts[1::2], strict=True))


def contexts_of(shape: Shape) -> ShapeContexts | None:
    """Return the context of each paragraph of a shape; None when that is not certain.

    It is not when tables stand in tables, when the columns of a row depend on other rows, when the
    words of a cell are turned, or when a bookmark between paragraphs has its place by what the next
    one says.
    """
    if any(sign in one for one in shape.between for sign in (*_OFF_GRID, _BOOKMARK)):
        return None
    by_paragraph = _contexts_by_paragraph(shape)
    if by_paragraph is None:
        return None
    numbers: dict[ParagraphContext, int] = {}
    of_paragraphs = tuple([numbers.setdefault(one, len(numbers)) for one in by_paragraph])
    return ShapeContexts(tuple(numbers), of_paragraphs)


def text_of_paragraph(xml: str) -> str:
    """Return what a paragraph says, given its XML as docgen stores it."""
    return unescape("".join(TEXT.findall(xml)))


def _contexts_by_paragraph(shape: Shape) -> list[ParagraphContext] | None:
    *between, _closing = shape.between
    found: list[ParagraphContext] = []
    rows: list[tuple[int, str, str, list[str]]] = []
    section, opening, cell_of = 0, "", list[tuple[int, int] | None]()
    depth = 0
    for index, piece in enumerate(between):
        tokens = list(_STRUCTURE.finditer(piece))
        for number, token in enumerate(tokens):
            after = tokens[number + 1].start() if number + 1 < len(tokens) else len(piece)
            markup = piece[token.start() : after]
            match token[1], token[2]:
                case "", "tbl":
                    depth += 1
                    opening = markup
                case "", "tr":
                    rows.append((section, opening, markup, []))
                case "", "tc":
                    rows[-1][3].append(markup)
                case "/", "tbl":
                    depth -= 1
                case _:
                    pass
            if depth > 1:
                return None
        cell_of.append((len(rows) - 1, len(rows[-1][3]) - 1) if depth else None)
        found.append(ParagraphContext(section))
        section += _SECTION in shape.forms[index]
    made = [RowContext(one, two, three, tuple(four)) for one, two, three, four in rows]
    return [
        plain if cell is None else ParagraphContext(plain.section, made[cell[0]], cell[1])
        for plain, cell in zip(found, cell_of, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A document of distinct paragraphs, in groups between marks that print a number.

    ``groups`` are the paragraphs between the marks with each number.
    """

    member: Member
    groups: Mapping[int, Sequence[ParagraphKey]]


def make_sample(
    model: Member, contexts: ShapeContexts, paragraphs: Iterable[ParagraphKey]
) -> Sample:
    """Return a document with all these paragraphs, which are of the shape of the model.

    Names of bookmarks carry the place of their paragraph, see ``paragraph_prefix``.
    """
    texts: defaultdict[int, list[ParagraphKey]] = defaultdict(list)
    rows: defaultdict[RowContext, defaultdict[int, list[ParagraphKey]]] = defaultdict(
        lambda: defaultdict(list)
    )
    breaks: dict[str, ParagraphKey] = {}
    for one in paragraphs:
        context = contexts.contexts[one[0]]
        if context.row is not None:
            rows[context.row][context.column].append(one)
        elif _SECTION in one[1]:
            breaks[one[1]] = one
        else:
            texts[context.section].append(one)
    writer = _SampleWriter(model.first_page.families[0])
    bodies: defaultdict[int, str] = defaultdict(str)
    for section, own in texts.items():
        bodies[section] += "".join(writer.text_groups(own))
    for row, columns in rows.items():
        bodies[row.section] += "".join(writer.tables(row, columns))
    parts = ["", _EMPTY]
    ends = [xml for xml in model.parts[1::2] if _SECTION in xml]
    for section, xml in enumerate(ends):
        mark = writer.begin_group([breaks[xml]]) if xml in breaks else _EMPTY
        parts += (bodies[section] + mark, _on_tall_sheet(writer.in_group(xml)))
    parts += (bodies[len(ends)], _EMPTY)
    made = replace(
        model,
        parts=tuple(parts),
        closing=_on_tall_sheet(model.closing),
        first_break=1 if ends else None,
        text="",
    )
    return Sample(made, writer.groups)


def paragraph_prefix(mark: int, index: int) -> str:
    """Return what precedes the names of bookmarks of a paragraph, after the piece's own prefix."""
    return f"w{mark}x{index}x"


class _SampleWriter:
    """Writes groups of paragraphs between numbered marks; ``groups`` fills meanwhile."""

    def __init__(self, family: str) -> None:
        fonts = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/>'
        size = f'<w:sz w:val="{2 * MARK_SIZE}"/>'
        self._look = f'<w:rPr>{fonts}<w:b w:val="0"/><w:i w:val="0"/>{size}</w:rPr>'
        self.groups: dict[int, Sequence[ParagraphKey]] = {}

    def text_groups(self, paragraphs: Sequence[ParagraphKey]) -> Iterator[str]:
        """Yield groups of paragraphs outside tables, each on a separate page."""
        for group in _split_into_groups(paragraphs, _TEXT_WIDTH):
            yield self._group(group, begins_page=True)

    def tables(
        self, row: RowContext, columns: Mapping[int, Sequence[ParagraphKey]]
    ) -> Iterator[str]:
        """Yield tables of one row with a group in each cell."""
        widths = [_CELL_WIDTH.search(cell) for cell in row.cells]
        groups = {
            column: list(
                _split_into_groups(
                    own, int(width[1]) if (width := widths[column]) else _UNKNOWN_WIDTH
                )
            )
            for column, own in columns.items()
        }
        beginning = _HEIGHT_RULES.sub("", row.beginning)
        whole = f"{_PROPERTIES_OF_ROW}<w:cantSplit/>"
        if _PROPERTIES_OF_ROW in beginning:
            beginning = beginning.replace(_PROPERTIES_OF_ROW, whole)
        else:
            beginning += f"{whole}</w:trPr>"
        for number in range(max(map(len, groups.values()))):
            cells = []
            for column, cell in enumerate(row.cells):
                own = groups.get(column, [])
                inside = self._group(own[number]) if number < len(own) else ""
                cells.append(f"{cell}{inside or _EMPTY}</w:tc>")
            yield f"{row.opening}{beginning}{''.join(cells)}</w:tr></w:tbl>{_EMPTY}"

    def _group(self, group: Sequence[ParagraphKey], *, begins_page: bool = False) -> str:
        """Return a group between its two marks."""
        mark = self.begin_group(group, begins_page=begins_page)
        inside = "".join([self.in_group(xml, index) for index, (_, xml) in enumerate(group)])
        return mark + inside + self._mark()

    def begin_group(self, group: Sequence[ParagraphKey], *, begins_page: bool = False) -> str:
        """Return the mark at which a group begins, and take the group down under its number."""
        self.groups[len(self.groups) + 1] = group
        return self._mark(begins_page=begins_page)

    def _mark(self, *, begins_page: bool = False) -> str:
        """Return a tiny line with the number of the latest group."""
        page = "<w:pageBreakBefore/>" if begins_page else ""
        rules = (
            f'{page}<w:spacing w:before="0" w:after="0"/>'
            '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>'
        )
        return (
            f"<w:p><w:pPr>{rules}{self._look}</w:pPr><w:r>{self._look}"
            f'<w:t xml:space="preserve">{len(self.groups)}</w:t></w:r></w:p>'
        )

    def in_group(self, xml: str, index: int = 0) -> str:
        """Return a paragraph of the latest group: bookmarks renamed, rules about pages left out."""
        if "<w:bookmark" in xml:
            prefix = paragraph_prefix(len(self.groups), index)
            xml = _BOOKMARK_NAME.sub(rf"\g<1>{prefix}", xml)
        return _PAGE_RULES.sub("", xml)


def _split_into_groups(
    paragraphs: Iterable[ParagraphKey], width: int
) -> Iterator[Sequence[ParagraphKey]]:
    """Yield groups that are low enough for a page; what has to be alone, in one by itself.

    ``width`` is that of the column, in twips.
    """
    group: list[ParagraphKey] = []
    lines = 0
    for one in paragraphs:
        if _must_be_alone(one[1]):
            yield [one]
            continue
        # An upper bound of its text: tags count too, but with two thirds of it.
        own = 2 + len(one[1]) * _TWIPS_PER_SIGN // (3 * max(width, 1))
        if group and (lines + own > _MOST_LINES or len(group) >= _MOST_PARAGRAPHS):
            yield group
            group, lines = [], 0
        group.append(one)
        lines += own
    if group:
        yield group


def _must_be_alone(xml: str) -> bool:
    """Whether a paragraph may print other signs than it says, begin with blanks, end a page."""
    return any(sign in xml for sign in _PRINTS_MORE) or text_of_paragraph(xml)[:1].isspace()


def _on_tall_sheet(xml: str) -> str:
    """Return sections on pages as wide as before and very tall."""

    def tall(found: re.Match[str]) -> str:
        width = _WIDTH.search(found[0])
        return f'<w:pgSz w:w="{width[1]}" w:h="{_TALLEST}"/>' if width else found[0]

    return _SHEET.sub(tall, xml)
