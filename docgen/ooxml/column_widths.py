"""Widths of a table's columns: as the person set them, else so that the table is short.

A column is never narrower than its longest word, if the page has room for that. What is left goes
where it saves most lines: first as if texts were poured into the columns (the height is then a
convex function of the widths), then line by line, moving room between two columns as long as that
makes the table shorter. Widths are multiples of a step, so that tables of one plan with other names
or numbers mostly get the same and can be laid out as one.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from docgen.model import Table, TableCell
from docgen.ooxml.cell_lines import CELL_SLACK, PLAIN_SIZE, CellText, Face, measured
from docgen.ooxml.cell_runs import has_bold, has_italic, is_turned, turned_size
from docgen.ooxml.inline_pictures import TWIPS_IN_A_MM

_STEPS: Final = 120
_FILL_IN: Final = 1701
"""The most that a column to be filled in by hand keeps of its width on the sheet: 3 cm."""
_LEAST_BLOCK: Final = 567
"""What a picture or turned words need at the least: 1 cm."""
_LARGEST_PIECE: Final = 3
"""An address of more than such a part of the width is broken, rather than to crowd out the rest."""
_CROWDED: Final = 0.85
"""Where words alone take more of the width, columns have no room to give, and the type is smaller:
ГОСТ Р 7.0.97 allows that in tables."""
_SMALLER: Final = (220, 200)
SMALLEST_SIZE: Final = min(_SMALLER)
"""The smallest type size of a table in twips: 10 points."""
_SHARPNESS: Final = 4
_ROUNDS: Final = 12
_MOVES: Final = 40


_CellKey: TypeAlias = tuple[str, int, int, bool, bool, int]
"""What of a cell decides widths: text, columns, rows, bold, italic, width of turned words or of a
picture."""
_Key: TypeAlias = tuple[tuple[_CellKey | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """The least room that columns need, in twips: no word is broken, and no piece that holds."""

    words: tuple[int, ...]
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell with a text: its first row and column, how many it spans."""

    row: int
    column: int
    rows: int
    columns: int
    text: CellText


def column_widths(
    table: Table, width: int, typeset: Callable[[str], str], size: int = PLAIN_SIZE
) -> list[int]:
    """Return the widths of a table's columns in twips, whose sum is exactly ``width``.

    Args:
        table: The table.
        width: The width of the text on its page.
        typeset: Puts non-breaking spaces into a cell's text, as in the finished document.
        size: The type size in twips.
    """
    return list(
        _widths(
            _key_of(table, typeset), table.header_rows, table.widths, table.set_widths, width, size
        )
    )


def demand_of(table: Table, typeset: Callable[[str], str], size: int = PLAIN_SIZE) -> Demand:
    """Return the least room that the columns of a table need."""
    return _demand(_spots(_key_of(table, typeset), size), len(table.widths))


def type_size(
    table: Table, width: int, typeset: Callable[[str], str], size: int = PLAIN_SIZE
) -> int | None:
    """Return the type size in twips, not above ``size``, with which a page so wide has room.

    Where it has none without words being broken, nothing.
    """
    edges = len(table.widths) * CELL_SLACK
    letters = sum(demand_of(table, typeset, size).words) - edges
    # Widths that a person set are not made to save lines.
    bar = 1.0 if all(table.set_widths or (False,)) else _CROWDED
    if edges + letters <= bar * width:
        return size
    for smaller in _SMALLER:
        if smaller < size and edges + letters * smaller / size + len(table.widths) <= width:
            return smaller
    return size if edges + letters <= width else None


def share_width(shares: Sequence[float], width: int) -> list[int]:
    """Return column widths in proportion to ``shares`` whose sum is exactly ``width``."""
    whole = sum(shares) or 1.0
    edges = [0]
    total = 0.0
    for share in shares:
        total += share
        edges.append(round(width * total / whole))
    return [right - left for left, right in itertools.pairwise(edges)]


def fit_widths(widths: list[int], minimum: Sequence[int]) -> list[int]:
    """Return widths of the same sum, none below its minimum if the table has room for that.

    What a column lacks is taken from the others in proportion to what each can spare.
    """
    whole = sum(widths)
    if sum(minimum) >= whole:
        return share_width(minimum, whole)
    wanted = [max(pair) for pair in zip(widths, minimum, strict=True)]
    spare = [one - least for one, least in zip(wanted, minimum, strict=True)]
    excess = sum(wanted) - whole
    if not excess:
        return wanted
    shares = [one - excess * free / sum(spare) for one, free in zip(wanted, spare, strict=True)]
    return share_width(shares, whole)


def _key_of(table: Table, typeset: Callable[[str], str]) -> _Key:
    """Return what of a table decides its widths, without the places of its cells."""
    return tuple(
        [
            tuple([_cell_key(cell, number < table.header_rows, typeset) for cell in row.cells])
            for number, row in enumerate(table.rows)
        ]
    )


def _cell_key(
    cell: TableCell | None,
    is_heading: bool,  # noqa: FBT001 - a trait of the row
    typeset: Callable[[str], str],
) -> _CellKey | None:
    if cell is None:
        return None
    text = typeset(cell.text) if cell.text else ""
    if not (cell.runs or cell.turned or cell.pictures):
        is_bold = is_heading or cell.is_bold
        return (text, cell.columns, cell.rows, is_bold, cell.is_italic, 0)
    is_bold = is_heading or has_bold(cell)
    block = max((round(one.size_mm[0] * TWIPS_IN_A_MM) for one in cell.pictures), default=0)
    if is_turned(cell):
        block = max(block, turned_size(cell, is_bold=is_bold)[0])
        text = ""
    return (text, cell.columns, cell.rows, is_bold, has_italic(cell), block)


@functools.lru_cache(maxsize=256)
def _widths(
    key: _Key,
    header_rows: int,
    shares: tuple[float, ...],
    set_widths: tuple[bool, ...],
    width: int,
    size: int,
) -> tuple[int, ...]:
    """Return the widths; cached, since many orders of a district carry the same plan."""
    spots = _spots(key, size)
    demand = _demand(spots, len(shares))
    drawn = share_width(shares, width)
    least = _least(demand, width)
    for column in sorted(_blank_columns(spots, len(shares), len(key), header_rows)):
        extra = min(drawn[column], _FILL_IN) - least[column]
        if 0 < extra <= width - sum(least):
            least[column] += extra
    is_set = set_widths or (False,) * len(shares)
    free = [column for column, one in enumerate(is_set) if not one]
    if sum(least) >= width or not free:
        return tuple(fit_widths(drawn, least))
    # What set columns take is theirs, but not so much that the others' words were broken.
    kept = fit_widths(
        [one if is_set[c] else 0 for c, one in enumerate(drawn)] + [sum(drawn[c] for c in free)],
        [least[c] if is_set[c] else 0 for c in range(len(drawn))] + [sum(least[c] for c in free)],
    )
    room = kept.pop()
    for column, one in zip(free, _shortest(spots, free, least, room, len(key)), strict=True):
        kept[column] = one
    return tuple(kept)


@functools.lru_cache(maxsize=64)
def _spots(key: _Key, size: int) -> tuple[_Spot, ...]:
    """Return the cells that hold something, each with its place in the grid."""
    spots = []
    for row, cells in enumerate(key):
        column = 0
        for cell in cells:
            if cell is None:
                column += 1
                continue
            words, columns, rows, is_bold, is_italic, block = cell
            if words or block:
                text = measured(words, Face(is_bold, is_italic, size))
                if block:
                    least = text.least if words else min(block, _LEAST_BLOCK)
                    text = replace(text, longest=max(text.longest, block), least=least)
                spots.append(_Spot(row, column, rows, columns, text))
            column += columns
    return tuple(spots)


def _demand(spots: Sequence[_Spot], columns: int) -> Demand:
    words = [CELL_SLACK] * columns
    pieces = [CELL_SLACK] * columns
    wide = []
    for spot in spots:
        if spot.columns > 1:
            wide.append(spot)
        elif spot.column < columns:
            words[spot.column] = max(words[spot.column], spot.text.least + CELL_SLACK)
            pieces[spot.column] = max(pieces[spot.column], spot.text.longest + CELL_SLACK)
    for spot in wide:
        across = range(spot.column, min(spot.column + spot.columns, columns))
        for known, needed in ((words, spot.text.least), (pieces, spot.text.longest)):
            lacking = needed + CELL_SLACK - sum(known[c] for c in across)
            if lacking > 0:
                for column in across:
                    known[column] += -(-lacking // len(across))
    return Demand(tuple(words), tuple(pieces))


def _least(demand: Demand, width: int) -> list[int]:
    """Return the least width of each column: whole pieces where there is room, else whole words."""
    least = list(demand.words)
    room = width - sum(least)
    step = max(width // _STEPS, 1)
    by_cost = sorted(
        (piece - word, column)
        for column, (word, piece) in enumerate(zip(demand.words, demand.pieces, strict=True))
        if word < piece <= width // _LARGEST_PIECE
    )
    for cost, column in by_cost:
        if cost <= room // 2:
            least[column] += cost
            room -= cost
    stepped = [-(-one // step) * step for one in least]
    return stepped if sum(stepped) <= width else least


def _blank_columns(spots: Sequence[_Spot], columns: int, rows: int, header_rows: int) -> set[int]:
    """Return the columns that have headings only: people fill them in by hand."""
    if rows <= header_rows:
        return set()
    filled: set[int] = set()
    for spot in spots:
        if spot.row >= header_rows and spot.columns == 1:
            filled.add(spot.column)
    return set(range(columns)) - filled


# --- the shortest table ----------------------------------------------------------------------


def _shortest(
    spots: Sequence[_Spot], free: list[int], least: list[int], room: int, rows: int
) -> list[int]:
    """Return the widths of the free columns, of the given sum, with which the table is short."""
    minimum = [least[column] for column in free]
    if len(free) < 2 or room <= sum(minimum):
        return fit_widths(share_width([max(one, 1) for one in minimum], room), minimum)
    index = {column: number for number, column in enumerate(free)}
    areas: dict[int, list[tuple[int, float]]] = defaultdict(list)
    cells: list[list[tuple[int, CellText, int]]] = [[] for _ in free]
    for spot in spots:
        across = [index[c] for c in range(spot.column, spot.column + spot.columns) if c in index]
        for row in range(spot.row, min(spot.row + spot.rows, rows)):
            for column in across:
                share = spot.columns * spot.rows
                areas[row].append((column, max(spot.text.area / share, 1.0)))
                if spot.columns == 1:
                    cells[column].append((row, spot.text, spot.rows))
    poured = _poured(list(areas.values()), minimum, room)
    return _polished(_Lines(cells, rows), poured, minimum, max(room // _STEPS, 1))


def _poured(areas: list[list[tuple[int, float]]], minimum: list[int], room: int) -> list[float]:
    """Return the widths at which texts that flow like water stand lowest.

    A row is as high as its fullest cell, here as the norm of all of them, so that the height has
    a slope everywhere; where no column would gain by what another loses, it is lowest.
    """
    width = [float(one) for one in fit_widths(share_width([1.0] * len(minimum), room), minimum)]
    for _ in range(_ROUNDS):
        gain = [0.0] * len(minimum)
        for row in areas:
            powers = [(column, (area / width[column]) ** _SHARPNESS) for column, area in row]
            norm = sum(power for _, power in powers) ** (1 / _SHARPNESS - 1)
            for column, power in powers:
                gain[column] += norm * power
        # At the optimum gain is in proportion to width; half of the way there keeps it steady.
        wanted = [(one * gained) ** 0.5 for one, gained in zip(width, gain, strict=True)]
        width = _filled(wanted, minimum, room)
    return width


def _filled(wanted: list[float], minimum: list[int], room: int) -> list[float]:
    """Return widths in proportion to ``wanted``, none below its minimum, with the sum ``room``."""
    fixed: set[int] = set()
    while True:
        rest = room - sum(minimum[column] for column in fixed)
        whole = sum(one for column, one in enumerate(wanted) if column not in fixed) or 1.0
        width = [
            float(minimum[column]) if column in fixed else one * rest / whole
            for column, one in enumerate(wanted)
        ]
        short = {c for c, one in enumerate(width) if one < minimum[c] and c not in fixed}
        if not short:
            return width
        fixed |= short


class _Lines:
    """How many lines the rows of a table take, each column's counted once for each width."""

    def __init__(self, cells: list[list[tuple[int, CellText, int]]], rows: int) -> None:
        self._cells = cells
        self._rows = rows
        self._known: dict[tuple[int, int], list[int]] = {}

    def height(self, widths: Sequence[int]) -> int:
        """Return the lines of the whole table."""
        columns = itertools.starmap(self._column, enumerate(widths))
        return sum(map(max, zip(*columns, strict=True)))

    def _column(self, column: int, width: int) -> list[int]:
        """Return the lines that a column needs of each row."""
        if (column, width) not in self._known:
            lines = [0] * self._rows
            for row, text, share in self._cells[column]:
                lines[row] = max(lines[row], -(-text.lines(width - CELL_SLACK) // share))
            self._known[column, width] = lines
        return self._known[column, width]


def _polished(lines: _Lines, poured: list[float], minimum: list[int], step: int) -> list[int]:
    """Return the widths after moving room, a step at a time, wherever that saves lines."""
    widths = _stepped(poured, minimum, step)
    height = lines.height(widths)
    for moved in (4 * step, step):
        for _ in range(_MOVES):
            tried = [(lines.height(one), one) for one in _neighbours(widths, minimum, moved)]
            best = min(tried, default=(height, widths))
            if best[0] >= height:
                break
            height, widths = best
    return widths


def _stepped(poured: list[float], minimum: list[int], step: int) -> list[int]:
    """Return widths in multiples of the step but for one, of the same sum, none too narrow."""
    room = round(sum(poured))
    widths = [one * step for one in share_width(poured, room // step)]
    widths[widths.index(max(widths))] += room - sum(widths)
    for column, least in enumerate(minimum):
        while widths[column] < least:
            giver = max(range(len(widths)), key=lambda one: widths[one] - minimum[one])
            moved = min(least - widths[column], widths[giver] - minimum[giver])
            widths[giver] -= moved
            widths[column] += moved
    return widths


def _neighbours(widths: list[int], minimum: list[int], moved: int) -> Iterator[list[int]]:
    """Yield the widths after each move of room from one column to another."""
    for giver, taker in itertools.permutations(range(len(widths)), 2):
        if widths[giver] - moved >= minimum[giver]:
            tried = list(widths)
            tried[giver] -= moved
            tried[taker] += moved
            yield tried
