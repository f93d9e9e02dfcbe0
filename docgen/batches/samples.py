"""Galleys: wordings of paragraphs in long strips, each as wide as the column where it belongs.

Printers set text in strips and made pages of them afterwards. Here every wording is laid out once,
whatever the number of documents that hold it. How its lines come out depends on what is around it
in the same column, cell and section, which a galley keeps, and not on what is above or below.
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
"""Points: the size of the numbers that begin bunches, in which no document prints."""
_TALLEST: Final = 240_000
"""Twips, four metres: no bunch is so high; from five on a PDF counts in other units."""
_MOST_LINES, _MOST_WORDINGS = 500, 300
"""Long bunches are a fourth cheaper than those of 40 (seen on 7.4)."""
_TWIPS_A_SIGN: Final = 200
_SHEET: Final = re.compile(r"<w:pgSz\b[^>]*>")
_WIDTH: Final = re.compile(r'\bw:w="(\d+)"')
_STRUCTURE: Final = re.compile(r"<(/?)w:(tbl|tr|tc)(?=[\s>])[^>]*>")
_UPRIGHT_RULES: Final = re.compile(r"<w:(?:tblHeader|trHeight|cantSplit)\b[^>]*/>")
_PAGE_RULES: Final = re.compile(r"<w:(?:keepNext|keepLines|pageBreakBefore)\b[^>]*/>")
_PROPERTIES_OF_ROW: Final = "<w:trPr>"
_CELL_WIDTH: Final = re.compile(r'<w:tcW\b[^>]*\bw:w="(\d+)"')
_ODD: Final = ("<w:tab/>", "<w:br w:", "<w:fldSimple", "<w:instrText")
_NOT_OF_ONE_ROW: Final = ("<w:gridBefore", "<w:gridAfter")
_PLACE: Final = "<w:bookmarkStart"
_BOOKMARK_NAME: Final = re.compile(r'(<w:bookmarkStart\b[^>]* w:name=")')
_EMPTY: Final = "<w:p/>"
_SECTION: Final = "<w:sectPr"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by what its cells begin with; ``section`` counts from 0."""

    section: int
    opening: str
    beginning: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Where lines are laid out alike: the text of a section, or a cell of like rows."""

    section: int
    row: Row | None = None
    column: int = 0


Wording: TypeAlias = "tuple[int, str]"
"""A paragraph: the number of the context where it is laid out, and its XML."""


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts of a shape by their numbers, and the number for each of its paragraphs."""

    known: tuple[Context, ...]
    of_places: tuple[int, ...]

    def wordings(self, member: Member) -> list[Wording]:
        """Return the paragraphs of a document of the shape, in their order."""
        return list(zip(self.of_places, member.parts[1::2], strict=True))


def contexts_of(shape: Shape) -> Contexts | None:
    """Return where each paragraph of a shape is laid out; None when that is not known.

    It is not when tables stand in tables, when the columns of a row depend on other rows, when a
    bookmark between paragraphs has its place by what the next one says.
    """
    if any(sign in one for one in shape.between for sign in (*_NOT_OF_ONE_ROW, _PLACE)):
        return None
    by_place = _by_place(shape)
    if by_place is None:
        return None
    numbers: dict[Context, int] = {}
    of_places = tuple([numbers.setdefault(one, len(numbers)) for one in by_place])
    return Contexts(tuple(numbers), of_places)


def words_of(xml: str) -> str:
    """Return what a paragraph says, as docgen stores it."""
    return unescape("".join(TEXT.findall(xml)))


def _by_place(shape: Shape) -> list[Context] | None:
    *between, _closing = shape.between
    found: list[Context] = []
    rows: list[tuple[int, str, str, list[str]]] = []
    section, opening, cell_of = 0, "", list[tuple[int, int] | None]()
    depth = 0
    for place, piece in enumerate(between):
        tokens = list(_STRUCTURE.finditer(piece))
        for number, token in enumerate(tokens):
            after = tokens[number + 1].start() if number + 1 < len(tokens) else len(piece)
            told = piece[token.start() : after]
            match token[1], token[2]:
                case "", "tbl":
                    depth += 1
                    opening = told
                case "", "tr":
                    rows.append((section, opening, told, []))
                case "", "tc":
                    rows[-1][3].append(told)
                case "/", "tbl":
                    depth -= 1
                case _:
                    pass
            if depth > 1:
                return None
        cell_of.append((len(rows) - 1, len(rows[-1][3]) - 1) if depth else None)
        found.append(Context(section))
        section += _SECTION in shape.forms[place]
    made = [Row(one, two, three, tuple(four)) for one, two, three, four in rows]
    return [
        plain if cell is None else Context(plain.section, made[cell[0]], cell[1])
        for plain, cell in zip(found, cell_of, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Galley:
    """A document of wordings to be composed, and which wordings follow each number in it."""

    member: Member
    bunches: Mapping[int, Sequence[Wording]]


def galley_of(member: Member, contexts: Contexts, wordings: Iterable[Wording]) -> Galley:
    """Return a document with all these wordings, in bunches between tiny lines with a number.

    Names of bookmarks carry the number of their wording, see ``wording_prefix``.
    """
    strips: defaultdict[int, list[Wording]] = defaultdict(list)
    rows: defaultdict[Row, defaultdict[int, list[Wording]]] = defaultdict(lambda: defaultdict(list))
    breaks: dict[str, Wording] = {}
    for one in wordings:
        context = contexts.known[one[0]]
        if context.row is not None:
            rows[context.row][context.column].append(one)
        elif _SECTION in one[1]:
            breaks[one[1]] = one
        else:
            strips[context.section].append(one)
    setter = _Setter(member.lead.families[0])
    bodies: defaultdict[int, str] = defaultdict(str)
    for section, own in strips.items():
        bodies[section] += "".join(setter.strips(own))
    for row, columns in rows.items():
        bodies[row.section] += "".join(setter.tables(row, columns))
    parts = ["", _EMPTY]
    ends = [xml for xml in member.parts[1::2] if _SECTION in xml]
    for section, xml in enumerate(ends):
        mark = setter.begun([breaks[xml]]) if xml in breaks else _EMPTY
        parts += (bodies[section] + mark, _on_tall_sheet(setter.numbered(xml)))
    parts += (bodies[len(ends)], _EMPTY)
    made = replace(
        member,
        parts=tuple(parts),
        closing=_on_tall_sheet(member.closing),
        first_break=1 if ends else None,
        text="",
    )
    return Galley(made, setter.bunches)


def wording_prefix(bunch: int, place: int) -> str:
    """Return what stands before the names of bookmarks of a wording, after those of the piece."""
    return f"w{bunch}x{place}x"


class _Setter:
    """Sets wordings in bunches and numbers these."""

    def __init__(self, family: str) -> None:
        fonts = f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/>'
        size = f'<w:sz w:val="{2 * MARK_SIZE}"/>'
        self._look = f'<w:rPr>{fonts}<w:b w:val="0"/><w:i w:val="0"/>{size}</w:rPr>'
        self.bunches: dict[int, Sequence[Wording]] = {}

    def strips(self, wordings: Sequence[Wording]) -> Iterator[str]:
        """Yield bunches of paragraphs, each on a page of its own."""
        for bunch in _bunched(wordings, 9000):
            yield self._set(bunch, begins_page=True)

    def tables(self, row: Row, columns: Mapping[int, Sequence[Wording]]) -> Iterator[str]:
        """Yield tables of one row with a bunch in each cell."""
        widths = [_CELL_WIDTH.search(cell) for cell in row.cells]
        bunches = {
            column: list(_bunched(own, int(width[1]) if (width := widths[column]) else 500))
            for column, own in columns.items()
        }
        beginning = _UPRIGHT_RULES.sub("", row.beginning)
        whole = f"{_PROPERTIES_OF_ROW}<w:cantSplit/>"
        if _PROPERTIES_OF_ROW in beginning:
            beginning = beginning.replace(_PROPERTIES_OF_ROW, whole)
        else:
            beginning += f"{whole}</w:trPr>"
        for number in range(max(map(len, bunches.values()))):
            cells = []
            for column, cell in enumerate(row.cells):
                own = bunches.get(column, [])
                held = self._set(own[number]) if number < len(own) else ""
                cells.append(f"{cell}{held or _EMPTY}</w:tc>")
            yield f"{row.opening}{beginning}{''.join(cells)}</w:tr></w:tbl>{_EMPTY}"

    def _set(self, bunch: Sequence[Wording], *, begins_page: bool = False) -> str:
        """Return a bunch between its marks."""
        mark = self.begun(bunch, begins_page=begins_page)
        held = "".join([self.numbered(xml, place) for place, (_, xml) in enumerate(bunch)])
        return mark + held + self._mark()

    def begun(self, bunch: Sequence[Wording], *, begins_page: bool = False) -> str:
        """Return the mark at which a bunch begins."""
        self.bunches[len(self.bunches) + 1] = bunch
        return self._mark(begins_page=begins_page)

    def _mark(self, *, begins_page: bool = False) -> str:
        """Return the tiny line with the number of the latest bunch."""
        page = "<w:pageBreakBefore/>" if begins_page else ""
        rules = (
            f'{page}<w:spacing w:before="0" w:after="0"/>'
            '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>'
        )
        return (
            f"<w:p><w:pPr>{rules}{self._look}</w:pPr><w:r>{self._look}"
            f'<w:t xml:space="preserve">{len(self.bunches)}</w:t></w:r></w:p>'
        )

    def numbered(self, xml: str, place: int = 0) -> str:
        """Return a paragraph with the names of its bookmarks its own, and no say about pages."""
        if "<w:bookmark" in xml:
            prefix = wording_prefix(len(self.bunches), place)
            xml = _BOOKMARK_NAME.sub(rf"\g<1>{prefix}", xml)
        return _PAGE_RULES.sub("", xml)


def _bunched(wordings: Iterable[Wording], width: int) -> Iterator[Sequence[Wording]]:
    """Yield wordings in bunches that are low enough for a page; odd ones each by itself."""
    held: list[Wording] = []
    lines = 0
    for one in wordings:
        if _is_odd(one[1]):
            yield [one]
            continue
        # An upper bound of its text: tags count too, but with two thirds of it.
        own = 2 + len(one[1]) * _TWIPS_A_SIGN // (3 * max(width, 1))
        if held and (lines + own > _MOST_LINES or len(held) >= _MOST_WORDINGS):
            yield held
            held, lines = [], 0
        held.append(one)
        lines += own
    if held:
        yield held


def _is_odd(xml: str) -> bool:
    """Whether a paragraph may print other signs than it says, begin with blanks, end a page."""
    return any(sign in xml for sign in _ODD) or words_of(xml)[:1].isspace()


def _on_tall_sheet(xml: str) -> str:
    """Return sections on sheets as wide as before and very tall."""

    def tall(found: re.Match[str]) -> str:
        width = _WIDTH.search(found[0])
        return f'<w:pgSz w:w="{width[1]}" w:h="{_TALLEST}"/>' if width else found[0]

    return _SHEET.sub(tall, xml)
