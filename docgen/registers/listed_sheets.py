"""The sheets that a workbook lists, held against the parts that are in its package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from docgen.errors import Location, Problem, warning
from docgen.registers.book_limits import LIMIT_SHEETS
from docgen.registers.book_package import BROKEN, BookPackage
from docgen.registers.cells_read import DamagedBookError, NotAWorkbookError, TooLargeError
from docgen.registers.sheet_xml import PartParser, local_name, parse_part

_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TABLE: Final = "worksheet"
_OTHER_KINDS: Final = {
    "chartsheet": "диаграмма",
    "dialogsheet": "окно старого Excel",
    "xlMacrosheet": "лист макросов",
    "xlIntlMacrosheet": "лист макросов",
}
_NEEDED: Final = {"sharedStrings": "текстами ячеек", "styles": "оформлением"}
_RETURN: Final = "верните лист из копии книги или уберите его из книги в Excel"


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet whose part is there: its title, the part, whether Excel never offers to show it."""

    title: str
    part: str
    is_buried: bool


@dataclass(frozen=True, slots=True)
class SheetList:
    """The sheets of a book that can be read; ``others`` says in Russian what else sheets are.

    ``problems`` are of those that are listed and cannot be read, their files left open.
    """

    sheets: tuple[ListedSheet, ...]
    others: Mapping[str, str]
    problems: tuple[Problem, ...]


def list_sheets(
    listed: Any, relations: Mapping[str, Any], types: Mapping[str, str], package: BookPackage
) -> SheetList:
    """Return the sheets of a book as openpyxl lists them, with their relations.

    ``types`` are the content types of parts, by their names in small letters.

    Raises:
        NotAWorkbookError: when there are too many sheets, or texts or styles of cells are lost.
    """
    if len(listed) > LIMIT_SHEETS:
        raise TooLargeError(f"в книге больше {LIMIT_SHEETS} листов; разделите её на несколько")
    parts = {name.lower(): name for name in package.namelist()}
    _refuse_lost(relations, parts)
    sheets: list[ListedSheet] = []
    others: dict[str, str] = {}
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for named in listed:
        title = named.name or ""
        relation = relations.get(named.id) if named.id else None
        part = str(relation.target if relation is not None else "").lower()
        kind = str(relation.Type if relation is not None else "").rpartition("/")[2]
        fault = _fault(part, kind, types.get(part, ""), parts, owners)
        owners.setdefault(part, title)
        if fault:
            problems.append(Problem("damaged-book", Location(sheet=title), fault))
        elif kind in _OTHER_KINDS:
            others[title] = _OTHER_KINDS[kind]
        else:
            sheets.append(ListedSheet(title, parts[part], named.state == "veryHidden"))
    problems += _orphans(parts, owners, types, package)
    return SheetList(tuple(sheets), others, tuple(problems))


def _refuse_lost(relations: Mapping[str, Any], parts: Mapping[str, str]) -> None:
    for relation in relations.values():
        what = _NEEDED.get(str(relation.Type).rpartition("/")[2])
        if what and str(relation.target).lower() not in parts:
            raise DamagedBookError(
                f"в файле нет части «{relation.target}» с {what}; верните книгу из копии"
            )


def _fault(
    part: str, kind: str, content: str, parts: Mapping[str, str], owners: Mapping[str, str]
) -> str:
    """Return what is wrong with the part of a sheet, and what to do; nothing if it is right."""
    if not part:
        return f"лист есть в списке листов книги, а связь с его содержимым утеряна; {_RETURN}"
    if part not in parts:
        return f"лист есть в списке листов книги, а его содержимое из файла пропало; {_RETURN}"
    if part in owners:
        return f"у листа то же содержимое, что у листа «{owners[part]}», своё утеряно; {_RETURN}"
    if kind != _TABLE and kind not in _OTHER_KINDS:
        return f"на месте листа лежит другая часть книги («{part}»); {_RETURN}"
    # Macro sheets have types of their own, which nobody needs to tell apart here.
    is_odd = content and (content.endswith(f".{_TABLE}+xml") != (kind == _TABLE))
    return (
        f"содержимое листа записано в книге как другое («{content}»); {_RETURN}" if is_odd else ""
    )


def _orphans(
    parts: Mapping[str, str],
    owners: Mapping[str, str],
    types: Mapping[str, str],
    package: BookPackage,
) -> Iterator[Problem]:
    """Yield a warning for each part of a sheet that no sheet of the book leads to."""
    for part, name in parts.items():
        is_sheet = _SHEET_PART.fullmatch(part) or types.get(part, "").endswith(f".{_TABLE}+xml")
        if is_sheet and part not in owners and _has_cells(package, name):
            yield warning(
                "damaged-book",
                Location(),
                f"в файле лежит содержимое листа («{name}»), которого нет в списке листов книги: "
                "оно не прочитано; если лист пропал, верните его из копии книги",
            )


class _AnyCell(PartParser):
    """Looks for a filled cell."""

    def __init__(self) -> None:
        super().__init__()
        self.is_found = False

    def meet_stranger(self, name: str) -> None:
        """Look whether an element is of a filled cell."""
        self.is_found = self.is_found or local_name(name) in {"v", "is"}


def _has_cells(package: BookPackage, name: str) -> bool:
    parser = _AnyCell()
    try:
        parse_part(package.pieces(name), parser)
    except (NotAWorkbookError, *BROKEN):
        # Whatever it is, nobody can read it; if it had a cell, that is said all the same.
        return parser.is_found
    return parser.is_found
