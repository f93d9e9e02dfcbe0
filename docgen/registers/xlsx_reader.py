"""Reading the cells of an .xlsx three times as fast as openpyxl, with the same results.

openpyxl makes five objects for a cell and parses in Python, which is most of what reading costs.
Here expat calls one small function for each element; openpyxl still reads contents, styles, number
formats and texts with runs of their own, and a test holds the two together, cell by cell.

What cannot be read of a book is told sheet by sheet: the others are read all the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import posixpath
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.workbook.child import avoid_duplicate_name
from openpyxl.xml.constants import SHARED_STRINGS

from docgen.errors import Location, Problem, warning
from docgen.registers.book_package import BROKEN, BookPackage, open_package
from docgen.registers.book_styles import BookStyles
from docgen.registers.cells_read import Bounds, DamagedBookError, NotAWorkbookError, SheetCells
from docgen.registers.listed_sheets import ListedSheet, list_sheets
from docgen.registers.moving_formulas import mark_moving
from docgen.registers.sheet_drawings import read_drawings
from docgen.registers.sheet_filters import active_filters, filter_databases
from docgen.registers.sheet_parser import SheetParser
from docgen.registers.sheet_xml import SharedStringsParser, parse_part

_RETURN = "верните лист из копии или откройте книгу в Excel и сохраните её заново"
_MOST_NAMED = 5


@dataclass(slots=True)
class BookContents:
    """What was read of a workbook: filled sheet by sheet.

    ``unread`` are the titles of sheets that are listed and cannot be read, each with a problem;
    ``others`` says what sheets are that are no tables. Places of problems lack the file. ``parts``
    are the parts of sheets by title; ``epoch`` is the day from which days are counted.
    """

    sheets: list[SheetCells] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    others: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    epoch: dt.datetime = WINDOWS_EPOCH


def read_workbook(data: bytes) -> BookContents:
    """Return the worksheets of a workbook, with the stored results of formulas.

    Raises:
        NotAWorkbookError: when it is no workbook, or more than is read of one.
    """
    package = open_package(data)
    with warnings.catch_warnings(), package:
        # openpyxl warns of extensions and styles that it drops; nothing here reads them.
        warnings.simplefilter("ignore")
        return _BookReader(data, package).contents()


class _BookReader(ExcelReader):
    """openpyxl's reader of the package, except that docgen reads strings and sheets."""

    def __init__(self, data: bytes, package: BookPackage) -> None:
        super().__init__(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
        self.archive = self.guarded = package
        self.found = BookContents()

    def contents(self) -> BookContents:
        """Read manifest, list of sheets, strings, styles and sheets: all that docgen needs."""
        self.read_manifest()
        self.guarded.refuse_strict()
        self.read_workbook()
        types = {one.PartName.lstrip("/").lower(): one.ContentType for one in self._overrides()}
        relations = self._relations()
        listed = list_sheets(self.parser.sheets, relations, types, self.guarded)
        self.found.others = listed.others
        self.found.problems += listed.problems
        self.found.unread += [one.where.sheet for one in listed.problems if one.where.sheet]
        self.read_strings()
        self._read_styles()
        styles = BookStyles(self.wb)
        self.found.epoch = self.wb.epoch
        for sheet in listed.sheets:
            self._read_sheet(sheet, styles)
        names = {one.name or "": one.value or "" for one in self._names()}
        mark_moving(self.found.sheets, names)
        return self.found

    def _read_styles(self) -> None:
        """Read the styles; warn of what openpyxl would pass over or print."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            apply_stylesheet(self.archive, self.wb)
        names = ", ".join(f"«{name}»" for name in self.guarded.strange)
        if names or said.getvalue():
            self._warn(
                "",
                f"в оформлении книги есть неизвестное{f' ({names})' if names else ''}: дни могли "
                "прочитаться как числа; сверьте её с копией и сохраните заново в Excel",
            )

    def _overrides(self) -> Any:
        return self.package.Override

    def _relations(self) -> Any:
        return self.parser.rels

    def read_strings(self) -> None:
        """Read the shared strings, which a content type or a relation leads to."""
        named = [one.PartName[1:] for one in self._overrides() if one.ContentType == SHARED_STRINGS]
        related = [
            one.target for one in self._relations().values() if one.Type.endswith("/sharedStrings")
        ]
        self.strings = SharedStringsParser()
        for part in (*named, *related)[:1]:
            parse_part(self.guarded.pieces(part), self.strings)
        if self.strings.lost:
            self._warn(
                "",
                f"в книге не хватает текстов ячеек (утеряно {self.strings.lost}): слова могли "
                "сдвинуться; сверьте её с копией и сохраните заново в Excel",
            )

    def _read_sheet(self, listed: ListedSheet, styles: BookStyles) -> None:
        """Read one sheet, or say why it cannot be read."""
        title = avoid_duplicate_name([sheet.title for sheet in self.found.sheets], listed.title)
        parser = SheetParser(SheetCells(title, is_buried=listed.is_buried), self.strings, styles)
        try:
            parse_part(self.guarded.pieces(listed.part), parser)
            targets = functools.partial(_targets, self.guarded, listed.part)
            parser.finish(targets)
            if parser.sheet.hidden_rows:
                parser.sheet.filters += active_filters(
                    parser.filters, targets(), self.guarded, self._databases(listed.title)
                )
            if parser.drawing:
                parser.sheet.drawings = self._drawings(targets().get(parser.drawing, ""))
        except NotAWorkbookError as error:
            self._refuse(title, parser.where(), str(error), error.code)
        except BROKEN:
            message = f"лист повреждён и не читается; {_RETURN}"
            self._refuse(title, parser.where(), message, DamagedBookError.code)
        else:
            if title != listed.title:
                message = f"листов с названием «{listed.title}» в книге несколько; {_RETURN}"
                self._report(listed.title, "", message)
            self._report_odd(parser)
            self.found.sheets.append(parser.sheet)
            self.found.parts[title] = listed.part

    def _databases(self, title: str) -> list[Bounds]:
        """Return the ranges of filters that the book notes for a sheet."""
        titles = [one.name or "" for one in self.parser.sheets]
        return filter_databases(self._names(), titles, title)

    def _names(self) -> Any:
        parser: Any = self.parser
        return parser.defined_names.definedName

    def _drawings(self, part: str) -> Any:
        if part.lstrip("/") not in self.guarded.namelist():
            raise DamagedBookError(f"рисунки листа утеряны; {_RETURN}")
        return read_drawings(self.guarded, part)

    def _refuse(self, title: str, cell: str, message: str, code: str) -> None:
        self.found.unread.append(title)
        self.found.problems.append(Problem(code, Location(sheet=title, cell=cell), message))

    def _report(self, title: str, cell: str, message: str) -> None:
        where = Location(sheet=title, cell=cell)
        self.found.problems.append(Problem(DamagedBookError.code, where, message))

    def _warn(self, title: str, message: str) -> None:
        self.found.problems.append(warning("damaged-book", Location(sheet=title), message))

    def _report_odd(self, parser: SheetParser) -> None:
        """Report what a sheet has that no program writes: some of its cells may be lost."""
        title = parser.sheet.title
        if parser.strange:
            names = ", ".join(f"«{name}»" for name in parser.strange)
            message = (
                f"на листе есть неизвестные записи {names}, они не прочитаны; сверьте лист с "
                "копией и сохраните книгу заново в Excel"
            )
            self._warn(title, message)
        for cell in parser.twice[:_MOST_NAMED]:
            self._report(title, cell, f"ячейка записана в файле дважды; {_RETURN}")


def _targets(package: BookPackage, part: str) -> Mapping[str, str]:
    """Return the targets of the relations of a sheet, by id."""
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in package.namelist():
        return {}
    return {one.Id or "": one.Target or "" for one in get_dependents(package, path)}
