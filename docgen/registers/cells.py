"""Cells as values: stored value, shown text, place; problems of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.cell.rich_text import CellRichText

from docgen.errors import Location, Problem, warning
from docgen.model import RawCell
from docgen.registers.book_limits import LIMIT_SIGNS, spaced
from docgen.registers.books import Grid
from docgen.registers.cell_looks import struck_text, text_with_signs
from docgen.registers.cells_read import (
    BEYOND_CALENDAR,
    ERROR,
    MISWRITTEN,
    TOO_LONG,
    UNCALCULATED,
    Cell,
)
from docgen.registers.shown_text import has_unseen_inside, is_understood, text_of, value_of

_MOST_NAMED, _MOST_QUOTED, _MOST_REMEMBERED = 5, 60, 50
_ODD = (ERROR, UNCALCULATED)
_USUAL_FORMATS = ("General", "@")


def raw_cell(
    grid: Grid,
    row: int,
    column: int,
    problems: list[Problem] | None = None,
    *,
    point: str = ",",
) -> RawCell:
    """Return a cell; an Excel error or a formula without result is a problem.

    ``point`` is the decimal point of numbers, see ``text_of``.
    """
    where = grid.spot(row, column)
    cell = grid.cell(row, column)
    if cell is None:
        return RawCell(None, "", where)
    problem = cell_problem(cell, where)
    if problem is None:
        is_moving = (row, column) in grid.sheet.moving
        if isinstance(cell.value, str):
            text = text_of(cell)
            return RawCell(text or None, text, where, is_moving=is_moving)
        if isinstance(cell.value, CellRichText):
            text = text_with_signs(cell)[0]
            return RawCell(text or None, text, where, is_moving=is_moving)
        if problems is not None:
            problems += format_warning(cell, where)
        return RawCell(value_of(cell), text_of(cell, point=point), where, is_moving=is_moving)
    # Without a list the caller only asks whether the row is empty, which it is not.
    if problems is None:
        return RawCell(None, str(cell.value or "="), where)
    # A cell merged over rows is read for each of them; others are not searched for it.
    if problem not in problems[-_MOST_REMEMBERED:]:
        problems.append(problem)
    return RawCell(None, "", where, is_unreadable=True)


def is_filled(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell shows anything, an Excel error included."""
    cell = grid.cell(row, column)
    if cell is None:
        return False
    if isinstance(cell.value, str) and cell.value[:1].isalnum():
        # Never cleaned away; most cells begin so.
        return True
    return cell.data_type in _ODD or bool(text_of(cell))


def cell_problem(cell: Cell, where: Location) -> Problem | None:
    """Return the problem of a cell without a value: a formula without result, an Excel error."""
    if cell.data_type == UNCALCULATED:
        message = (
            "формула не посчитана, её значения в файле нет; "
            "откройте и сохраните книгу в Excel или впишите значение"
        )
        return Problem("uncalculated", where, message)
    if cell.data_type == ERROR and cell.value == TOO_LONG:
        message = (
            f"в ячейке больше {spaced(LIMIT_SIGNS)} знаков или шрифт в ней меняется тысячи раз; "
            "разделите текст или снимите с него оформление"
        )
        return Problem("too-large", where, message)
    if cell.data_type == ERROR and cell.value == BEYOND_CALENDAR:
        message = (
            "дата или время меньше нуля или позже 9999 года, Excel показывает вместо них «####»; "
            "исправьте формулу или впишите значение"
        )
        return Problem("cell-error", where, message)
    if cell.data_type == ERROR and cell.value == MISWRITTEN:
        message = (
            "значение записано в файле книги с ошибкой: это не число, не дата и не текст; "
            "впишите его заново"
        )
        return Problem("cell-error", where, message)
    if cell.data_type == ERROR:
        message = f"в ячейке ошибка Excel «{cell.value}»; исправьте формулу или впишите значение"
        return Problem("cell-error", where, message)
    return None


def format_warning(cell: Cell, where: Location) -> list[Problem]:
    """Return the warning about a cell whose format does not say how its number is shown, if so."""
    if cell.style.number_format in _USUAL_FORMATS or is_understood(cell):
        return []
    message = (
        f"формат ячейки «{cell.style.number_format}» Excel не знает, прочитано «{text_of(cell)}»; "
        "выберите другой формат или впишите значение словами"
    )
    return [warning("unknown-format", where, message)]


def looks_warnings(grid: Grid, spots: Iterable[tuple[int, int]]) -> list[Problem]:
    """Return what the looks of a register's cells say that documents will not show.

    A clerk strikes out what holds no more, and raises a letter that has no sign of its own.
    """
    struck: list[tuple[Location, str]] = []
    raised: list[tuple[Location, str]] = []
    unseen: list[tuple[Location, str]] = []
    for spot in spots:
        cell = grid.cell(*spot)
        if cell is not None and isinstance(cell.value, str) and has_unseen_inside(cell.value):
            unseen.append((grid.spot(*spot), text_of(cell)))
        if cell is None or not (isinstance(cell.value, CellRichText) or cell.style.look.is_struck):
            continue
        if words := struck_text(cell):
            struck.append((grid.spot(*spot), words))
        if words := text_with_signs(cell)[1]:
            raised.append((grid.spot(*spot), words))
    return [
        *_look_warning(
            struck,
            "слова «{}»{} зачёркнуты, а в документы попадут; если они больше не верны, удалите их "
            "или закройте строку датой «по»",
        ),
        *_look_warning(
            raised,
            "«{}»{} стоит над строкой или под ней, а напечатается в строке; наберите знак, который "
            "так и пишется, например ²",
        ),
        *_look_warning(
            unseen,
            "внутри слов «{}»{} стоят невидимые знаки, как бывает с сайтов; они не печатаются и "
            "не сравниваются: проверьте, не слились ли слова, и наберите это место заново",
        ),
    ]


def _look_warning(found: Sequence[tuple[Location, str]], message: str) -> list[Problem]:
    """Return one warning at the first of several cells, which names the others."""
    if not found:
        return []
    (where, words), *rest = found
    names = [one.cell for one, _ in rest]
    more = f" и ещё {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    others = f" (и в {', '.join(names[:_MOST_NAMED])}{more})" if names else ""
    return [warning("not-printed", where, message.format(words[:_MOST_QUOTED], others))]
