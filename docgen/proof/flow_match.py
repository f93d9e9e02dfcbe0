"""How the blocks painted on a page are held to paragraphs and tables, which may go on after it.

Paragraphs begin in their order, and one is whole before the next begins. The cells of a row are
painted one after another on each page that the row reaches, after the headings of its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from docgen.errors import SignalError
from docgen.proof.paper_words import CellWords, FlowItem, RowWords, TableWords, words_in
from docgen.proof.paragraph_words import PageFacts, is_done, taken

_MOST_STEPS: Final = 200_000


class TangledError(SignalError):
    """Blocks can be read in too many ways to try them all."""


class FlowPlace(NamedTuple):
    """How far a flow has been painted: items before ``item`` whole, and what of that one.

    ``signs`` are those painted of a paragraph, ``table`` is the place in a table.
    """

    item: int = 0
    signs: int = 0
    table: TablePlace | None = None


class CarriedFlow(NamedTuple):
    """The flow of a merged cell that goes on below, and how far it has been painted."""

    column: int
    items: tuple[FlowItem, ...]
    place: FlowPlace


class TablePlace(NamedTuple):
    """How far a table has been painted: rows before ``row`` whole, and what of its cells.

    ``cells`` is empty where the row has not begun.
    """

    row: int = 0
    cells: tuple[FlowPlace, ...] = ()
    carried: tuple[CarriedFlow, ...] = ()


START: Final = FlowPlace()
_FlowEnd: TypeAlias = "tuple[int, FlowPlace]"
_TableEnd: TypeAlias = "tuple[int, TablePlace | None]"
_RowEnd: TypeAlias = "tuple[int, tuple[FlowPlace, ...], tuple[CarriedFlow, ...]]"


def is_whole(items: Sequence[FlowItem], place: FlowPlace) -> bool:
    """Whether a flow has been painted to its end."""
    return place.item >= len(items)


@dataclass(slots=True)
class StepCount:
    """How many steps the reading of a document has taken; filled step by step."""

    steps: int = 0

    def take(self) -> None:
        """Count a step.

        Raises:
            TangledError: when there have been too many.
        """
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TangledError("too many ways to read the pages")


@dataclass(slots=True)
class PageReader:
    """Reads the blocks of one page; filled with how far it has got.

    ``texts`` are the blocks, ``rises`` tells of each whether it stands above the one before it, as
    it may only where another cell begins. ``farthest`` is the number of blocks that were understood
    at best, and ``expected`` what should have come there.
    """

    texts: Sequence[str]
    rises: Sequence[bool]
    facts: PageFacts
    count: StepCount = field(default_factory=StepCount)
    farthest: int = -1
    expected: str = ""

    def flow(
        self, items: Sequence[FlowItem], place: FlowPlace, at: int, *, in_cell: bool = False
    ) -> Iterator[_FlowEnd]:
        """Yield where a flow that begins with the block ``at`` may end on this page.

        Raises:
            TangledError: when there are too many ways.
        """
        ends: list[_FlowEnd] = [(at, place)]
        while place.item < len(items):
            self.count.take()
            item = items[place.item]
            if not isinstance(item, str):
                yield from self._after_table(items, item, place, at, in_cell=in_cell)
                break
            if is_done(item, place.signs):
                place = FlowPlace(place.item + 1)
                ends[-1] = (at, place)
                continue
            if at >= len(self.texts) or (in_cell and len(ends) > 1 and self.rises[at]):
                break
            end = taken(item, place.signs, self.texts[at], self.facts)
            if end is None:
                self.note(at, item[place.signs :])
                break
            at += 1
            place = place._replace(signs=end)
            ends.append((at, place))
        yield from reversed(ends)

    def note(self, at: int, expected: str) -> None:
        """Note that another text should come than the block ``at``."""
        if at > self.farthest:
            self.farthest, self.expected = at, expected

    def _after_table(
        self,
        items: Sequence[FlowItem],
        table: TableWords,
        place: FlowPlace,
        at: int,
        *,
        in_cell: bool,
    ) -> Iterator[_FlowEnd]:
        for end, table_place in self._table(table, place.table, at):
            if table_place is None:
                yield from self.flow(items, FlowPlace(place.item + 1), end, in_cell=in_cell)
            else:
                yield end, FlowPlace(place.item, 0, table_place)

    def _table(self, table: TableWords, place: TablePlace | None, at: int) -> Iterator[_TableEnd]:
        if place is None:
            yield from self._rows(table, TablePlace(), at)
            return
        if place.row >= table.headings:
            for end in self._headings(table, at):
                yield from self._rows_below_carried(table, place, end)
        yield from self._rows_below_carried(table, place, at)

    def page_starts(self, items: Sequence[FlowItem], place: FlowPlace, at: int) -> Iterator[int]:
        """Yield where a flow may go on that begins with the block ``at`` of a new page.

        Of a table whose words are whole, empty rows or a picture may have been left: then its
        headings stand above them once more.
        """
        last = items[place.item - 1] if place.item else ""
        if isinstance(last, TableWords) and not place.signs and place.table is None:
            yield from self._headings(last, at)
        yield at

    def _headings(self, table: TableWords, at: int) -> Iterator[int]:
        """Yield where the repeated headings of a table end."""
        headings = TableWords(table.rows[: table.headings], 0)
        for end, rest in self._rows(headings, TablePlace(), at) if table.headings else ():
            if rest is None and end > at:
                yield end

    def _rows_below_carried(
        self, table: TableWords, place: TablePlace, at: int
    ) -> Iterator[_TableEnd]:
        """Yield where rows may end on a page that begins with the rest of merged cells, or not."""
        if place.carried and not place.cells:
            for end, carried in self._carried(place.carried, at):
                if end > at:
                    yield from self._rows(table, place._replace(carried=carried), end)
        yield from self._rows(table, place, at)

    def _carried(
        self, carried: tuple[CarriedFlow, ...], at: int
    ) -> Iterator[tuple[int, tuple[CarriedFlow, ...]]]:
        """Yield where the flows of merged cells may end that are painted before the next row."""
        if not carried:
            yield at, ()
            return
        first, *rest = carried
        for end, inner in self.flow(first.items, first.place, at, in_cell=True):
            for last, others in self._carried(tuple(rest), end):
                yield last, (first._replace(place=inner), *others)

    def _rows(self, table: TableWords, place: TablePlace, at: int) -> Iterator[_TableEnd]:
        while place.row < len(table.rows) and not place.carried and not place.cells:
            if any(words_in(cell.items) for cell in table.rows[place.row].cells):
                break
            place = TablePlace(place.row + 1)
        if place.row == len(table.rows):
            if all(is_whole(one.items, one.place) for one in place.carried):
                yield at, None
            return
        row = table.rows[place.row]
        for end, cells, carried in self._cells(row, place, at, ()):
            if _is_row_whole(row, cells, place):
                yield from self._rows(table, TablePlace(place.row + 1, (), carried), end)
            else:
                yield end, TablePlace(place.row, cells, place.carried)
        if not place.cells:
            yield at, place

    def _cells(
        self, row: RowWords, place: TablePlace, at: int, done: tuple[FlowPlace, ...]
    ) -> Iterator[_RowEnd]:
        self.count.take()
        if len(done) == len(row.cells):
            yield at, done, tuple(_carried_below(row, done, place))
            return
        cell = row.cells[len(done)]
        items, start = _flow_of(cell, len(done), place)
        for end, inner in self.flow(items, start, at, in_cell=True):
            yield from self._cells(row, place, end, (*done, inner))


def _flow_of(
    cell: CellWords, number: int, place: TablePlace
) -> tuple[tuple[FlowItem, ...], FlowPlace]:
    """Return what a cell paints, and how far it has been painted."""
    above = next((one for one in place.carried if one.column == cell.column), None)
    if cell.goes_on and above is not None:
        return above.items, place.cells[number] if place.cells else above.place
    return cell.items, place.cells[number] if place.cells else START


def _is_row_whole(row: RowWords, done: Sequence[FlowPlace], place: TablePlace) -> bool:
    return all(
        cell.spans_down or is_whole(_flow_of(cell, number, place)[0], done[number])
        for number, cell in enumerate(row.cells)
    )


def _carried_below(
    row: RowWords, done: Sequence[FlowPlace], place: TablePlace
) -> Iterator[CarriedFlow]:
    """Yield the flows of merged cells that go on in the next row, as far as they are painted."""
    for number, cell in enumerate(row.cells):
        if cell.spans_down:
            yield CarriedFlow(cell.column, _flow_of(cell, number, place)[0], done[number])
