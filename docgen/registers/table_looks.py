"""What of the looks of a table sheet is printed in its cells, and what only a person can print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from openpyxl.utils import get_column_letter

from docgen.errors import Location, Problem, warning
from docgen.model import PictureFile
from docgen.ooxml import UnusablePictureError, read_picture
from docgen.ooxml.web_links import has_scheme
from docgen.registers.books import Grid
from docgen.registers.cell_looks import unseen_text
from docgen.registers.cells_read import SheetDrawing

Spot = tuple[int, int]
"""Row and column of a cell."""

_MOST_SAID: Final = 5
_QUOTED: Final = 60
_ADVICE: Final = {
    "надпись": "впишите её слова в ячейку",
    "диаграмма": "приложите её отдельным листом",
    "рукописный набросок": "уберите его или нарисуйте на бумаге",
}
_PICTURE: Final = "рисунок"
_DEFAULT_WIDTH: Final = 8.43
_MM_IN_A_POINT: Final = 25.4 / 96
_DIGIT_MM: Final = 7 * _MM_IN_A_POINT
_EDGES_MM: Final = 5 * _MM_IN_A_POINT
_TOO_WIDE: Final = 3


@dataclass(frozen=True, slots=True)
class TableLooks:
    """What cells of a sheet have beside their texts: pictures and addresses of links, by spot."""

    pictures: Mapping[Spot, tuple[PictureFile, ...]]
    links: Mapping[Spot, str]


NO_LOOKS: Final = TableLooks({}, {})


def picture_spots(grid: Grid) -> frozenset[Spot]:
    """Return the cells in which a picture stands that can be printed there."""
    return frozenset(_spot_of(grid, one) for one in grid.sheet.drawings if _is_in_cell(grid, one))


def read_looks(
    grid: Grid, rows: Sequence[int], columns: Sequence[int], problems: list[Problem]
) -> TableLooks:
    """Return the looks of the printed rows and columns; what is not printed is a problem each."""
    spots = frozenset((row, column) for row in rows for column in columns)
    pictures: defaultdict[Spot, tuple[PictureFile, ...]] = defaultdict(tuple)
    said: list[Problem] = []
    for drawing in grid.sheet.drawings:
        spot = _spot_of(grid, drawing)
        fault = _fault(grid, drawing, spot, spots)
        if not fault:
            try:
                pictures[spot] += (_picture(grid, drawing, spot),)
            except UnusablePictureError as error:
                fault = f"рисунок не печатается: {error}"
        if fault and spot[0] not in grid.hidden_rows:
            said.append(warning("not-printed", _place(grid, spot), fault))
    problems += _shortened(said)
    problems += _crossed(grid, spots)
    problems += _unseen(grid, spots)
    return TableLooks(dict(pictures), dict(_links(grid, spots)))


def _is_in_cell(grid: Grid, drawing: SheetDrawing) -> bool:
    """Whether a picture lies inside one cell, or inside one merged cell."""
    left, top, right, bottom = drawing.bounds
    cell = grid.covered.get((top, left), (left, top, left, top))
    if not drawing.picture or left <= 0 or right > cell[2] or bottom > cell[3]:
        return False
    # Some programs say where a picture begins and how wide it is, not where it ends. Columns are
    # made as wide as pictures need, but one that lies over many is not meant for the first of them.
    return drawing.width_mm <= _width_mm(grid, left, cell[2]) * _TOO_WIDE


def _width_mm(grid: Grid, first: int, last: int) -> float:
    """Return how wide columns are on the sheet; the widths count digits of seven points."""
    default = grid.sheet.default_width or _DEFAULT_WIDTH
    widths = dict.fromkeys(range(first, last + 1), default)
    for start, end, width, _, _ in grid.sheet.columns.values():
        for column in range(max(start, first), min(end, last) + 1):
            widths[column] = width or default
    return sum(one * _DIGIT_MM + _EDGES_MM for one in widths.values())


def _spot_of(grid: Grid, drawing: SheetDrawing) -> Spot:
    """Return the cell where a drawing begins, of a merged one its first."""
    left, top, _, _ = drawing.bounds
    left, top, _, _ = grid.covered.get((top, left), (left, top, left, top))
    return top, left


def _place(grid: Grid, spot: Spot) -> Location:
    return grid.spot(*spot) if spot[0] > 0 and spot[1] > 0 else grid.where


def _fault(grid: Grid, drawing: SheetDrawing, spot: Spot, spots: frozenset[Spot]) -> str:
    """Return why a drawing is not printed, and what to do, or nothing."""
    what = drawing.what
    if what != _PICTURE:
        words = f" «{drawing.text[:_QUOTED]}»" if drawing.text else ""
        advice = _ADVICE.get(what, "слова впишите в ячейку, остальное дорисуйте на бумаге")
        return f"{what}{words} поверх листа не печатается; {advice}"
    if not drawing.picture:
        return (
            "рисунок обрезан, повёрнут или взят из другого файла: он не печатается; вставьте в "
            "ячейку готовую картинку PNG или JPEG"
        )
    if not _is_in_cell(grid, drawing):
        return (
            "рисунок лежит на нескольких ячейках: он не печатается; уменьшите его или объедините "
            "ячейки, чтобы он стоял в одной"
        )
    if spot not in spots:
        return "рисунок стоит вне таблицы: он не печатается; перенесите его в ячейку таблицы"
    return ""


def _picture(grid: Grid, drawing: SheetDrawing, spot: Spot) -> PictureFile:
    picture = read_picture(drawing.picture, f"{grid.where.sheet}!{_name(spot)}")
    return replace(picture, width_mm=drawing.width_mm, height_mm=drawing.height_mm)


def _name(spot: Spot) -> str:
    return f"{get_column_letter(spot[1])}{spot[0]}"


def _shortened(said: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the first problems; the last of these says how many more there are."""
    yield from said[:_MOST_SAID]
    more = len(said) - _MOST_SAID
    if more > 0:
        yield warning(
            "not-printed",
            replace(said[0].where, cell=""),
            f"над листом лежит ещё {more} (рисунки, фигуры, надписи), они тоже не печатаются; "
            "перенесите нужное в ячейки",
        )


def _crossed(grid: Grid, spots: frozenset[Spot]) -> list[Problem]:
    crossed = [spot for spot in grid.sheet.crossed if spot in spots]
    if not crossed:
        return []
    message = (
        f"ячейки перечёркнуты из угла в угол: {_listed(crossed)}; черта не печатается, "
        "впишите в них прочерк или слова"
    )
    return [warning("not-printed", grid.spot(*crossed[0]), message)]


def _unseen(grid: Grid, spots: frozenset[Spot]) -> list[Problem]:
    found = [
        (spot, words)
        for spot in sorted(spots)
        if (cell := grid.cell(*spot)) is not None and (words := unseen_text(cell))
    ]
    if not found:
        return []
    spot, words = found[0]
    others = f" (и в {_listed([one for one, _ in found[1:]])})" if len(found) > 1 else ""
    message = (
        f"слов «{words[:_QUOTED]}»{others} на листе не видно (цвет фона или формат «;;;»), а на "
        "бумаге они будут; удалите их или покажите"
    )
    return [warning("not-printed", grid.spot(*spot), message)]


def _listed(spots: Iterable[Spot]) -> str:
    names = [_name(spot) for spot in spots]
    more = len(names) - _MOST_SAID
    return ", ".join(names[:_MOST_SAID]) + (f" и ещё {more}" if more > 0 else "")


def _links(grid: Grid, spots: frozenset[Spot]) -> Iterator[tuple[Spot, str]]:
    """Yield the addresses of cells; files and places in books are no addresses on paper."""
    for (left, top, right, bottom), target in grid.sheet.links:
        if not has_scheme(target):
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) in spots:
                    yield (row, column), target
