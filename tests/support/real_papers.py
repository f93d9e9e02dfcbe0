"""Papers modelled on real ones, typed in as registers: as found, and with their slips mended.

A paper is typed once, clean; each of its slips tells which words stood there instead. So both
workbooks come of one text. Names, numbers and places are invented, the rest is as offices write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from openpyxl.utils import get_column_letter

from docgen.errors import Problem
from docgen.pipeline.answers.findings import check_workspace
from docgen.pipeline.output.places import Site
from tests.support.builders import shipped_schemas, write_book
from tests.support.small_root import BOOK, SHIPPED, made, run, text_of

Row = Mapping[str, Any]
Grid = list[list[Any]]

MENDED: Final = "mended"
"""Instead of a code: what docgen prints right by itself."""
MISSED: Final = ""
"""Instead of a code: what no check says."""


@dataclass(frozen=True, slots=True)
class RealSlip:
    """Words of a paper that are right, as they were found, and the code that says so.

    ``right`` stands in one cell of the book alone, or in ``cell``, as «Грифы E3». ``at`` is the
    place of what is said, where it is another; ``hint`` a word of the sentence, where one cell has
    several slips of a code.
    """

    right: str | dt.date
    found: str | dt.date
    code: str
    hint: str = ""
    cell: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class RealPaper:
    """A paper: what it is in English and Russian, its registers and tables, its slips.

    ``words`` are lines that its documents print, clean.
    """

    kind: tuple[str, str]
    card: Mapping[str, str | Sequence[str]]
    settings: Mapping[str, str]
    registers: Mapping[str, Sequence[Row]]
    tables: Mapping[str, Grid] = field(default_factory=dict)
    slips: Sequence[RealSlip] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What is said of a paper, as it was found and clean."""

    cells: int
    said: int
    mended: int
    missed: tuple[str, ...]
    false_found: tuple[str, ...]
    false_clean: tuple[str, ...]

    @property
    def slips(self) -> int:
        """How many slips the paper has."""
        return self.said + self.mended + len(self.missed)


def clean_sheets(paper: RealPaper) -> dict[str, Grid]:
    """Return the sheets of a paper whose slips are mended, headers first."""
    schemas = shipped_schemas()
    sheets: dict[str, Grid] = {}
    for name, facts in (("организация", paper.card), ("настройки", paper.settings)):
        titles = {column.name: column.header for column in schemas[name].columns}
        lines = [[titles[fact], one] for fact, value in facts.items() for one in _several(value)]
        sheets[schemas[name].sheet] = [["Что", "Значение"], *lines]
    for name, rows in paper.registers.items():
        columns = schemas[name].columns
        if unknown := {key for row in rows for key in row} - {one.name for one in columns}:
            raise KeyError(unknown)
        cells = [[row.get(column.name) for column in columns] for row in rows]
        sheets[schemas[name].sheet] = [[column.header for column in columns], *cells]
    return sheets | deepcopy(dict(paper.tables))


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def found_sheets(paper: RealPaper) -> tuple[dict[str, Grid], dict[RealSlip, str]]:
    """Return the sheets of a paper as it was found, and the place of each of its slips."""
    sheets = clean_sheets(paper)
    places = {}
    for slip in paper.slips:
        spots = [one for one in _cells(sheets) if _has(slip, *one)]
        if len(spots) != 1:
            raise ValueError(f"«{slip.right}» stands in {len(spots)} cells")
        place, cells, column = spots[0]
        if isinstance(slip.right, str):
            cells[column] = cells[column].replace(slip.right, slip.found)
        else:
            cells[column] = slip.found
        places[slip] = slip.at or place
    return sheets, places


def _cells(sheets: Mapping[str, Grid]) -> Iterator[tuple[str, list[Any], int]]:
    """Yield each cell of a book: its place, its row, its column in it."""
    for title, rows in sheets.items():
        for row, cells in enumerate(rows, 1):
            for column in range(len(cells)):
                yield f"{title} {get_column_letter(column + 1)}{row}", cells, column


def _has(slip: RealSlip, place: str, cells: Sequence[Any], column: int) -> bool:
    cell = cells[column]
    if slip.cell and slip.cell != place:
        return False
    return (
        slip.right in cell
        if isinstance(cell, str) and isinstance(slip.right, str)
        else (cell == slip.right)
    )


def count_of(paper: RealPaper, folder: Path) -> Count:
    """Return what is said of a paper, whose books are written below a folder."""
    clean = clean_sheets(paper)
    found, places = found_sheets(paper)
    rest = _said(found, folder / "найдено")
    said, missed = 0, []
    for slip, place in places.items():
        if slip.code == MENDED:
            continue
        heard = next((one for one in rest if _is_of(slip, place, one)), None)
        if heard is None:
            missed.append(str(slip.found))
        else:
            said += 1
            rest.remove(heard)
    mended = sum(slip.code == MENDED for slip in paper.slips)
    return Count(
        cells=sum(
            cell not in (None, "") for rows in clean.values() for row in rows[1:] for cell in row
        ),
        said=said,
        mended=mended,
        missed=tuple(missed),
        false_found=tuple(map(str, rest)),
        false_clean=tuple(map(str, _said(clean, folder / "чисто"))),
    )


def _said(sheets: Mapping[str, Grid], folder: Path) -> list[Problem]:
    write_book(folder / BOOK, sheets)
    return list(check_workspace(Site(folder, SHIPPED)).problems)


def _is_of(slip: RealSlip, place: str, one: Problem) -> bool:
    where = f"{one.where.sheet} {one.where.cell}"
    return one.code == slip.code and where == place and slip.hint in one.message


def texts_of(sheets: Mapping[str, Grid], folder: Path) -> str:
    """Return what the documents of a book say, every line-holding blank as a plain one."""
    write_book(folder / "бумаги" / BOOK, sheets)
    run("build", folder / "бумаги", "--no-pdf", "--root", SHIPPED, "--out", folder / "собрано")
    texts = map(text_of, made(folder / "собрано"))
    return "\n".join(texts).replace("\u00a0", " ").replace("\u2011", "-").replace("\t", " ")
