"""Copies of workbooks for looking: cells with remarks coloured and commented, remarks listed first.

A person's book is never saved by openpyxl, which drops what it does not know; a copy may lack that.
"""

from __future__ import annotations

import copy
import io
import math
import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.proxy import StyleProxy
from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import Problem, SignalError
from docgen.registers.book_package import BROKEN
from docgen.registers.book_writer import WRAPPED, enlarge_comments, put_text, to_bytes

AUTHOR: Final = "docgen"
LIST_SHEET: Final = "Замечания"

_FILLS: Final = {
    True: PatternFill("solid", fgColor="FFC7CE"),
    False: PatternFill("solid", fgColor="FFEB9C"),
}
"""Soft red for errors, soft yellow for warnings."""
_BLACK: Final = Color(rgb="FF000000")
"""White words of a dark heading would be lost on a soft colour."""
_BLUE: Final = Color(rgb="FF0563C1")
_HEADERS: Final = {"Что с ним": 18, "Лист": 24, "Ячейка": 14, "Замечание": 92, "Код": 20}
_HEADER_ROW: Final = 3
_FILLED: Final = 0.95
"""How much of a column's width the letters of a line may count: Cyrillic ones are wide."""
_LINE_HEIGHT, _HIGHEST_ROW = 15.5, 409
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::.*)?")
_ROWS, _COLUMNS = 1_048_576, 16_384
"""How large a sheet of Excel is."""
_WHOLE_SHEET: Final = "весь лист"
_LINE: Final = "—" * 12
_LONGEST_COMMENT: Final = 30_000


class UnmarkableBookError(SignalError):
    """A book of which no copy can be made; the message says why, in Russian."""


def marked_book(book: bytes, problems: Sequence[Problem], shown: str) -> bytes:
    """Return a copy of a workbook that shows its problems; ``shown`` is its path as people know it.

    Raises:
        UnmarkableBookError: when openpyxl cannot read or write it.
    """
    ordered = sorted(problems, key=lambda one: one.rank)
    with warnings.catch_warnings():
        # What openpyxl drops of a copy is no news for a clerk.
        warnings.simplefilter("ignore")
        try:
            workbook = load_workbook(io.BytesIO(book), rich_text=True)
        except (*BROKEN, MemoryError) as error:
            raise UnmarkableBookError(_unreadable(error)) from error
        spots = _mark(workbook, ordered)
        enlarge_comments(workbook)
        _list(workbook, ordered, spots, shown)
        try:
            return to_bytes(workbook)
        except (*BROKEN, MemoryError) as error:
            raise UnmarkableBookError(_unreadable(error)) from error


def _unreadable(error: BaseException) -> str:
    return f"книга устроена необычно ({type(error).__name__}); сохраните её в Excel заново"


# --- cells -----------------------------------------------------------------------------------


def _mark(workbook: Workbook, problems: Sequence[Problem]) -> dict[Problem, Cell]:
    """Colour and comment the cells of problems; return where the list leads for each."""
    sheets = {_folded(sheet.title): sheet for sheet in workbook.worksheets}
    spots: dict[Problem, Cell] = {}
    by_cell: defaultdict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        sheet = sheets.get(_folded(problem.where.sheet))
        if sheet is None:
            continue
        # The list must be able to lead there.
        sheet.sheet_state = "visible"
        cell = _cell_of(sheet, problem.where.cell)
        spots[problem] = cell or _cell_at(sheet, 1, 1)
        if cell is not None:
            by_cell[sheet.title, cell.coordinate].append(problem)
    for (title, _), found in by_cell.items():
        cell = spots[found[0]]
        _show(workbook[title], cell)
        cell.fill = _FILLS[found[0].is_error]
        cell.font = _restyled(cell.font, color=_BLACK)
        cell.comment = _comment(cell.comment, found)
    return spots


def _restyled(font: StyleProxy, **changes: object) -> Font:
    """Return a typeface with some changes, otherwise as it is."""
    fresh = cast("Font", copy.copy(font))
    for key, value in changes.items():
        setattr(fresh, key, value)
    return fresh


def _folded(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()


def _cell_of(sheet: Worksheet, name: str) -> Cell | None:
    """Return the cell that a place names, the first of a merge for one inside of it."""
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    column, row = column_index_from_string(found[1]), int(found[2])
    return _cell_at(sheet, row, column) if row <= _ROWS and column <= _COLUMNS else None


def _cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    spot = sheet.cell(row, column)
    if isinstance(spot, MergedCell):
        merge = next(one for one in sheet.merged_cells.ranges if spot.coordinate in one)
        spot = sheet.cell(merge.min_row, merge.min_col)
    return cast("Cell", spot)


def _show(sheet: Worksheet, cell: Cell) -> None:
    """Unhide the row and the column of a cell."""
    sheet.row_dimensions[cell.row].hidden = False
    for dimension in sheet.column_dimensions.values():
        # One entry may stand for several columns.
        if (dimension.min or 0) <= cell.column <= (dimension.max or 0):
            dimension.hidden = False


# --- comments --------------------------------------------------------------------------------


def _comment(own: Comment | None, problems: Sequence[Problem]) -> Comment:
    """Return a comment with what is said of a cell; what a person wrote stands above a line."""
    said = "\n\n".join(f"{_capital(one.severity.words)}: {_clean(one.message)}" for one in problems)
    text = said if own is None else f"{own.text}\n{_LINE}\n{said}"
    if len(text) > _LONGEST_COMMENT:
        text = f"{text[:_LONGEST_COMMENT]}…"
    return Comment(text, AUTHOR if own is None else own.author)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clean(text: str) -> str:
    """Return a sentence without signs that a workbook cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text)).encode("utf-8", "replace").decode()


# --- the list --------------------------------------------------------------------------------


def _list(
    workbook: Workbook, problems: Sequence[Problem], spots: Mapping[Problem, Cell], shown: str
) -> None:
    """Put a sheet in front that lists the problems, each with a link to its cell."""
    titles = {_folded(title) for title in workbook.sheetnames}
    sheet: Worksheet = workbook.create_sheet(next(_free_titles(titles)), 0)
    for one in workbook.worksheets:
        # Sheets that stay selected together would be typed in together.
        one.sheet_view.tabSelected = one is sheet
    workbook.active = 0
    for view in workbook.views:
        view.firstSheet = 0
    for number, width in enumerate(_HEADERS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    put_text(sheet, 1, 1, _clean(f"Это копия с пометками: исправляйте в самой книге {shown}"))
    sheet["A1"].font = _restyled(sheet["A1"].font, bold=True, size=12)
    errors = sum(one.stands_for for one in problems if one.is_error)
    others = sum(one.stands_for for one in problems) - errors
    counts = f"Мешают печатать: {errors}; посмотреть: {others}."
    put_text(sheet, 2, 1, f"{counts} Щёлкните по ячейке в списке — откроется её место в копии.")
    for number, header in enumerate(_HEADERS, start=1):
        cell = put_text(sheet, _HEADER_ROW, number, header)
        cell.font = _restyled(cell.font, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E2F3")
    for row, problem in enumerate(problems, start=_HEADER_ROW + 1):
        _list_one(sheet, row, problem, spots.get(problem))
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:E{_HEADER_ROW + len(problems)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _list_one(sheet: Worksheet, row: int, problem: Problem, spot: Cell | None) -> None:
    where = problem.where
    place = where.cell or (_WHOLE_SHEET if where.sheet else "")
    texts = [problem.severity.words, where.sheet, place, problem.sentence, problem.code]
    lines = 1
    for number, (text, width) in enumerate(zip(texts, _HEADERS.values(), strict=True), start=1):
        put_text(sheet, row, number, _clean(text)).alignment = WRAPPED
        room = width * _FILLED
        lines = max(lines, sum(math.ceil(len(line) / room) for line in text.split("\n")))
    # Not every program makes rows as high as their words when it opens a book.
    sheet.row_dimensions[row].height = min(lines * _LINE_HEIGHT, _HIGHEST_ROW)
    sheet.cell(row, 1).fill = _FILLS[problem.is_error]
    if spot is not None:
        link = sheet.cell(row, 3)
        target = f"{quote_sheetname(spot.parent.title)}!{spot.coordinate}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
        link.font = _restyled(link.font, color=_BLUE, underline="single")
        link.alignment = Alignment(vertical="top", wrap_text=True)


def _free_titles(taken: set[str]) -> Iterator[str]:
    """Yield titles for the list that no sheet of the book has."""
    number = 1
    while True:
        title = LIST_SHEET if number == 1 else f"{LIST_SHEET} ({number})"
        if _folded(title) not in taken:
            yield title
        number += 1
