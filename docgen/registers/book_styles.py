"""The styles of a workbook, each read once."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell as StyledCell
from openpyxl.styles.numbers import is_date_format, is_timedelta_format

from docgen.registers.cell_looks import ink_of, look_of_font, paper_of, turn_of
from docgen.registers.cells_read import CellStyle, DamagedBookError
from docgen.registers.number_formats import FAR_EASTERN_FORMATS
from docgen.registers.pasted_signs import is_symbol_font


class BookStyles:
    """The styles of a workbook by number, each read once."""

    def __init__(self, workbook: Workbook) -> None:
        self.epoch = workbook.epoch
        self._sheet = workbook.create_sheet("looks")
        # There is no public way to a style by its number.
        self._styles = vars(workbook)["_cell_styles"]
        workbook.remove(self._sheet)
        self.known: dict[str, CellStyle] = {}

    def of(self, number: str) -> CellStyle:
        """Return a style by its number in the file.

        Raises:
            DamagedBookError: when the book has no such style: days would be read as numbers.
        """
        known = self.known.get(number)
        if known is None:
            if not 0 <= int(number) < len(self._styles):
                raise DamagedBookError("в книге нет оформления этой ячейки (утеряны стили)")
            cell = StyledCell(self._sheet, 1, 1, style_array=self._styles[int(number)])
            stored = self._styles[int(number)].numFmtId
            shown = FAR_EASTERN_FORMATS.get(stored, cell.number_format)
            known = self.known[number] = CellStyle(
                number_format=shown,
                is_bold=bool(cell.font.b),
                is_italic=bool(cell.font.i),
                align=cell.alignment.horizontal or "",
                is_day=is_date_format(shown),
                is_span=is_timedelta_format(shown),
                look=look_of_font(cell.font),
                turned=turn_of(cell.alignment.textRotation),
                is_crossed=bool(cell.border.diagonalUp or cell.border.diagonalDown),
                ink=ink_of(cell.font),
                paper=paper_of(cell.fill),
                symbol_font=cell.font.name if is_symbol_font(cell.font.name) else "",
            )
        return known
