"""A sheet, filled while its part is parsed, within the limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string
from openpyxl.utils.units import DEFAULT_COLUMN_WIDTH
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

from docgen.registers.book_limits import (
    LIMIT_COLUMN_RUNS,
    LIMIT_CROSSED,
    LIMIT_FILLED_CELLS,
    LIMIT_LINKED_CELLS,
    LIMIT_LINKS,
    LIMIT_MERGED_CELLS,
    LIMIT_MERGES,
    LIMIT_ROWS,
    spaced,
)
from docgen.registers.book_styles import BookStyles
from docgen.registers.cells_read import (
    ERROR,
    TOO_LONG,
    UNCALCULATED,
    Cell,
    CellStyle,
    CellValue,
    DamagedBookError,
    SheetCells,
    TooLargeError,
    area_of,
    bounds_of,
)
from docgen.registers.moving_formulas import note_formula
from docgen.registers.pasted_signs import in_symbol_font
from docgen.registers.sheet_filters import SheetFilters
from docgen.registers.sheet_xml import (
    SHEET_ELEMENTS,
    PartParser,
    SharedStringsParser,
    is_true,
    local_name,
    row_number,
    tag,
)
from docgen.registers.stored_values import value_of

_MOST_STRANGE: Final = 5
_RETURN: Final = "верните лист из копии или откройте книгу в Excel и сохраните её заново"
_RELATION: Final = f"{REL_NS}}}id"


class SheetParser(PartParser):
    """A sheet, filled while its part is parsed."""

    def __init__(self, sheet: SheetCells, strings: SharedStringsParser, styles: BookStyles) -> None:
        super().__init__()
        self.sheet = sheet
        self._strings = strings.found
        self.has_long = strings.has_long
        self._styles, self._known_styles = styles, styles.known
        self._row = self._column = self._rows = 0
        self._cell: dict[str, str] = {}
        self._stored: str | None = None
        self._inline: str | CellRichText | None = None
        self._formula: dict[str, str] | None = None
        self._letters: dict[str, int] = {}
        self._links: list[dict[str, str]] = []
        self._merged = self._counted_tags = self.filled = 0
        self._is_root_read = self._is_in_data = False
        self._root = self.drawing = self.place = ""
        self.filters = SheetFilters()
        self.strange: dict[str, None] = {}
        self.twice: list[str] = []
        known = {
            tag("worksheet"): self._start_sheet,
            tag("sheetData"): self._start_data,
            tag("row"): self._start_row,
            tag("c"): self._start_cell,
            tag("f"): self._start_formula,
            tag("is"): self.start_string,
            tag("col"): self._start_column,
            tag("mergeCell"): self._start_merge,
            tag("hyperlink"): self._links.append,
            tag("sheetFormatPr"): self._start_format,
            tag("pageSetup"): self._start_page,
            tag("drawing"): self._start_drawing,
            **self.filters.starts,
        }
        self.starts = {**dict.fromkeys(SHEET_ELEMENTS), **known}
        self.ends = {
            tag("v"): self._end_value,
            tag("f"): self._end_formula,
            tag("is"): self._end_inline,
            tag("c"): self._end_cell,
            tag("sheetData"): self._end_data,
        }

    def count(self, piece: bytes, depth: int) -> None:
        """Count what the last piece of the sheet held.

        Raises:
            TooLargeError: when the sheet has more of something than is read.
        """
        super().count(piece, depth)
        sheet = self.sheet
        for found, most, what in (
            (self._rows, LIMIT_ROWS, "строк"),
            (len(self._links), LIMIT_LINKS, "ссылок"),
            (len(sheet.columns), LIMIT_COLUMN_RUNS, "описаний столбцов"),
            (len(sheet.crossed), LIMIT_CROSSED, "перечёркнутых ячеек"),
        ):
            if found > most:
                raise TooLargeError(
                    f"на листе больше {spaced(most)} {what}; удалите лишние за таблицей"
                )
        if self.tags - self._counted_tags > LIMIT_FILLED_CELLS:
            self._counted_tags = self.tags
            self._count_filled()

    def _count_filled(self) -> None:
        self.filled = sum(map(len, self.sheet.cells.values()))
        if self.filled > LIMIT_FILLED_CELLS:
            raise TooLargeError(
                f"на листе больше {spaced(LIMIT_FILLED_CELLS)} заполненных ячеек; оставьте на нём "
                "только реестр"
            )

    def where(self) -> str:
        """Return the cell or cells that are being read, if any."""
        return self.place or (self._cell.get("r", "") if self._is_in_data else "")

    # --- what does not belong there ----------------------------------------------------------

    def _start_sheet(self, _: dict[str, str]) -> None:
        self._is_root_read = True

    def _start_data(self, _: dict[str, str]) -> None:
        self._is_in_data = True

    def _end_data(self) -> None:
        self._is_in_data = False
        self._cell = {}

    def meet_stranger(self, name: str) -> None:
        """Note an element that no worksheet has: a row that is called otherwise would be lost."""
        if not self._is_root_read and not self._root:
            self._root = name
        is_own = name.startswith(SHEET_MAIN_NS)
        local = local_name(name)
        if self._is_in_data and (is_own or local in {"row", "c", "v", "is"}):
            raise DamagedBookError(
                f"среди строк стоит неизвестное «{local}»: часть ячеек потерялась бы; {_RETURN}"
            )
        if is_own and len(self.strange) < _MOST_STRANGE:
            self.strange[local] = None

    # --- rows and cells ----------------------------------------------------------------------

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        self._cell = {}
        self._row = row_number(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if len(attributes) > 1:
            self._note_height(attributes)

    def _note_height(self, attributes: Mapping[str, str]) -> None:
        """Record whether the row is hidden, filtered away or of no height."""
        height = attributes.get("ht")
        is_flat = height is not None and float(height) == 0
        if is_flat or is_true(attributes.get("hidden", "0")):
            self.sheet.hidden_rows.add(self._row)
        elif attributes.keys() - {"r", "spans"}:
            self.sheet.hidden_rows.discard(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._stored = self._inline = None
        self._formula = None

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._formula = attributes

    def _end_formula(self) -> None:
        note_formula(self.sheet, self._cell, self._formula or {}, "".join(self.letters))

    def _end_value(self) -> None:
        if self._stored is not None and self._is_in_data:
            self._refuse_value()
        self._stored = "".join(self.letters)

    def _end_inline(self) -> None:
        if self._inline is not None or self._cell.get("t") != "inlineStr":
            self._refuse_value()
        self._inline = self.string()

    def _refuse_value(self) -> NoReturn:
        raise DamagedBookError(f"у ячейки два значения или одно не на своём месте; {_RETURN}")

    def _end_cell(self) -> None:
        attributes = self._cell
        row, column = self._place(attributes.get("r"))
        number = attributes.get("s", "0")
        style = self._known_styles.get(number) or self._styles.of(number)
        data_type = attributes.get("t", "n")
        value: CellValue
        if data_type == "inlineStr" or not self._stored:
            value, data_type = self._unstored(data_type)
        else:
            value, data_type = self._value(self._stored, data_type, style)
        if style.symbol_font or style.is_crossed:
            value = self._as_styled((row, column), value, data_type, style)
        cells = self.sheet.cells.get(row)
        if cells is None:
            cells = self.sheet.cells[row] = {}
        elif column in cells:
            self.twice.append(cells[column].coordinate)
        if value is None and data_type != UNCALCULATED:
            cells.pop(column, None)
        else:
            # What ``Cell(…)`` does, without a call of Python's for each of very many cells.
            cells[column] = tuple.__new__(Cell, (row, column, value, data_type, style))

    def _unstored(self, data_type: str) -> tuple[CellValue, str]:
        """Return value and type of a cell that holds its text itself, or nothing."""
        if data_type == "inlineStr":
            if self._stored:
                self._refuse_value()
            return self._inline, "s"
        if self._formula is not None:
            # An empty text is a result as well; Excel stores it under this type.
            return None, data_type if data_type == "str" else UNCALCULATED
        if self._stored is None and self.letters and "".join(self.letters).strip():
            self._refuse_value()
        return None, data_type

    def _as_styled(
        self, spot: tuple[int, int], value: CellValue, data_type: str, style: CellStyle
    ) -> CellValue:
        """Return a value in a font of signs; note a cell that is crossed out."""
        if style.is_crossed:
            self.sheet.crossed.append(spot)
        if style.symbol_font and isinstance(value, str) and data_type == "s":
            return in_symbol_font(value, style.symbol_font)
        return value

    def _place(self, reference: str | None) -> tuple[int, int]:
        """Return row and column of a cell; without a reference it follows the previous one."""
        if reference is None:
            self._column += 1
            return self._row, self._column
        letters = reference.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = self._letters[letters] = column_index_from_string(letters)
        self._column = column
        return int(reference[len(letters) :]), column

    def _value(self, stored: str, data_type: str, style: CellStyle) -> tuple[CellValue, str]:
        """Return the value of a stored text, and the type that openpyxl gives it."""
        if data_type == "s":
            # A number below zero would count from the end.
            number = int(stored) if stored.isdecimal() else -1
            if not 0 <= number < len(self._strings):
                raise DamagedBookError(f"у ячейки нет её текста (утеряны тексты книги); {_RETURN}")
            return self._strings[number], data_type
        if data_type == "str":
            return self.within_limit(stored), "s"
        return value_of(stored, data_type, style, self._styles)

    # --- what is said of the sheet -----------------------------------------------------------

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = int(attributes["min"])
        width = float(attributes.get("width", DEFAULT_COLUMN_WIDTH))
        is_hidden = is_true(attributes.get("hidden", "0"))
        last = int(attributes.get("max", first))
        # Excel says "best fit" of a width that fits the texts and was never drawn by hand.
        is_set = is_true(attributes.get("customWidth", "0")) and not is_true(
            attributes.get("bestFit", "0")
        )
        self.sheet.columns[first] = (first, last, width or None, is_hidden, is_set)

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self.place = attributes["ref"]
        bounds = bounds_of(self.place)
        self._merged += area_of(bounds)
        if self._merged > LIMIT_MERGED_CELLS or len(self.sheet.merges) >= LIMIT_MERGES:
            raise TooLargeError(
                f"объединено слишком много ячеек (больше {spaced(LIMIT_MERGED_CELLS)} или "
                f"{spaced(LIMIT_MERGES)} раз); разъедините их"
            )
        self.sheet.merges.append(bounds)
        self.place = ""

    def _start_format(self, attributes: dict[str, str]) -> None:
        width = attributes.get("defaultColWidth")
        self.sheet.default_width = float(width) if width is not None else None

    def _start_page(self, attributes: dict[str, str]) -> None:
        self.sheet.is_landscape = attributes.get("orientation") == "landscape"

    def _start_drawing(self, attributes: dict[str, str]) -> None:
        self.drawing = attributes.get(_RELATION, "")

    def finish(self, targets: Callable[[], Mapping[str, str]]) -> None:
        """Empty the cells that merges cover; fill empty cells that have a link with its target.

        Raises:
            NotAWorkbookError: when the part is no sheet, or links lie on too many cells.
        """
        self._settle()
        cells = self.sheet.cells
        for left, top, right, bottom in self.sheet.merges:
            shown = cells.get(top, {}).get(left)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1) if row in cells else ():
                    if (row, column) != (top, left):
                        self._cover(row, column, cells[row].pop(column, None), shown)
        self._put_links(targets)
        self.sheet.cells = {row: cells[row] for row in sorted(cells) if cells[row]}
        for row, filled in self.sheet.cells.items():
            if list(filled) != sorted(filled):
                self.sheet.cells[row] = {column: filled[column] for column in sorted(filled)}

    def _cover(self, row: int, column: int, cell: Cell | None, shown: Cell | None) -> None:
        """Note a cell below a merge whose value nobody sees, unless the merge shows the same."""
        value = cell.value if cell is not None else None
        if value is not None and str(value).strip() and (shown is None or shown.value != value):
            self.sheet.unseen.append((row, column))

    def _settle(self) -> None:
        """Look at the sheet as a whole, once it is read."""
        self._count_filled()
        if not self._is_root_read:
            what = local_name(self._root) or "ничего"
            raise DamagedBookError(
                f"на месте листа лежит не таблица (внутри «{what}»); верните лист из копии книги "
                "или сохраните её заново как «Книга Excel (.xlsx)»"
            )
        if self.sheet.cells and min(self.sheet.cells) < 1:
            raise DamagedBookError("на листе есть строка с номером меньше 1; верните его из копии")
        if self.has_long:
            for filled in self.sheet.cells.values():
                for column, cell in filled.items():
                    if cell.value == TOO_LONG:
                        filled[column] = cell._replace(data_type=ERROR)

    def _put_links(self, targets: Callable[[], Mapping[str, str]]) -> None:
        linked = 0
        for link in self._links:
            self.place = link["ref"]
            linked += area_of(bounds_of(self.place))
            if linked > LIMIT_LINKED_CELLS:
                raise TooLargeError(
                    f"ссылки лежат больше чем на {spaced(LIMIT_LINKED_CELLS)} ячейках; удалите "
                    "ссылку и поставьте её на одну ячейку"
                )
        anchors = self._anchors() if self._links else {}
        for link in self._links:
            self.place = link["ref"]
            self._put_link(link, anchors, targets)
        self.place = ""

    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the first cell of the merge by each cell of it; of several merges the first."""
        return {
            (row, column): (top, left)
            for left, top, right, bottom in reversed(self.sheet.merges)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def _put_link(
        self,
        link: Mapping[str, str],
        anchors: Mapping[tuple[int, int], tuple[int, int]],
        targets: Callable[[], Mapping[str, str]],
    ) -> None:
        """Fill empty cells that have a link with its target, as openpyxl does."""
        left, top, right, bottom = bounds_of(link["ref"])
        relation = link.get(_RELATION)
        shown = link.get("location", "")
        if relation:
            shown = targets()[relation] or shown
            self.sheet.links.append(((left, top, right, bottom), shown))
        spots = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        for spot in spots if shown else ():
            row, column = anchors.get(spot, spot)
            if ":" in link["ref"] and (row, column) != spot:
                continue
            held = self.sheet.cells.setdefault(row, {}).get(column)
            if held is None or held.value is None:
                style = held.style if held is not None else self._styles.of("0")
                self.sheet.cells[row][column] = Cell(row, column, shown, "s", style)
