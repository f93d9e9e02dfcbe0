"""Which sheets and columns the last whole build read, and which the registers have lost since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from docgen.errors import Location, Problem, UsageError, warning
from docgen.model import RawSheet, Schema
from docgen.pipeline.output.ledger import read_known_sheets
from docgen.pipeline.workspace.prepare import prepare
from docgen.pipeline.workspace.readiness import Blocked, Ready
from docgen.problem_codes import ExitCode
from docgen.registers import near_header_hint, nearest_header

_LOST_SHEET: Final = "lost-sheet"
_COLUMN: Final = "/"
"""Stands between the register and the column in what is kept of a filled column."""


def prepare_whole(folder: Path, root: Path, output: Path) -> Ready | Blocked:
    """Return a workspace made ready, and held to what the last build into ``output`` read.

    Raises:
        UsageError: no such workspace.
    """
    ready = prepare(folder, root)
    return without_losses(ready, read_known_sheets(output)) if isinstance(ready, Ready) else ready


def losses_of(ready: Ready) -> list[Problem]:
    """Return what was told of sheets that are gone: commands that tell nothing else tell this."""
    return [one for one in ready.problems if one.code == _LOST_SHEET]


def refuse_lost(ready: Ready, register: str, output: Path) -> None:
    """Refuse to go on without a register that had rows at the last build.

    Raises:
        UsageError: when it is in no book now.
    """
    title = read_known_sheets(output).get(register)
    if title is not None and register not in ready.sheets:
        message = (
            f"лист «{title}» пропал, при прошлой сборке он был, и без него не решить; верните его "
            "из копии и повторите"
        )
        where = Location(file=ready.folders.shown(ready.folders.workspace))
        raise UsageError([Problem("usage", where, message)])


def column_key(register: str, column: str) -> str:
    """Return by what a filled column is kept."""
    return f"{register}{_COLUMN}{column}"


def filled_sheets(ready: Ready) -> dict[str, str]:
    """Return the titles of the workspace's own sheets that have rows, by register.

    Beside them stand the headers of their filled columns, by register and column. That an empty
    sheet or column goes is nothing to speak of.
    """
    records = ready.workspace.records
    known = {
        name: sheet.where.sheet
        for name, sheet in ready.sheets.items()
        if any(record.where.file == sheet.where.file for record in records.get(name, ()))
    }
    for name in list(known):
        headers = ready.sheets[name].headers
        known |= {column_key(name, one): headers[one] for one in _filled(ready.sheets[name])}
    return known


def _filled(sheet: RawSheet) -> Iterator[str]:
    """Yield the columns of a sheet that hold values."""
    for name in sheet.headers:
        cells = (row.cells.get(name) for row in sheet.rows)
        if any(one and one.text and one.where.file == sheet.where.file for one in cells):
            yield name


def without_losses(ready: Ready, known: Mapping[str, str]) -> Ready | Blocked:
    """Return the workspace, blocked where a column is gone that held values at the last build.

    Its papers would be made without these words. A register that is gone is told.
    """
    ready.report(_lost_sheets(ready, known))
    lost = list(_lost_columns(ready, known))
    ready.report(lost)
    if not lost:
        return ready
    others = [one for one in ready.problems if not any(_is_said_by(one, said) for said in lost)]
    return Blocked(ready.name, others, ExitCode.REGISTERS)


def _is_said_by(problem: Problem, lost: Problem) -> bool:
    """Whether a warning speaks of a column that an error calls lost: of one thing once."""
    where, place = problem.where, lost.where
    if problem.code == "unknown-column":
        return (where.sheet, where.cell) == (place.sheet, place.cell)
    if problem.code != "absent-column" or where.sheet != place.sheet:
        return False
    column = problem.message.partition("«")[2].partition("»")[0]
    return f"столбца «{column}»" in lost.message


def _lost_sheets(ready: Ready, known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each sheet that had rows at the last build and is in no book now.

    A register that documents cannot do without is an error long before; this is of the others.
    """
    for name, title in known.items():
        schema = ready.schemas.get(name)
        if schema is None or name in ready.sheets:
            continue
        path = ready.folders.workspace / schema.workbook
        gone = (
            f"в книге больше нет листа «{title}», при прошлой сборке он был; если его"
            if path.is_file()
            else f"нет книги с листом «{title}», при прошлой сборке она была; если её"
        )
        yield warning(
            _LOST_SHEET,
            Location(file=ready.folders.shown(path)),
            f"{gone} не убрали нарочно, верните из копии или верните прежнее название",
        )


def _lost_columns(ready: Ready, known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield an error for each column that held values at the last build and is gone now."""
    for key, header in known.items():
        register, is_column, name = key.partition(_COLUMN)
        schema, sheet = ready.schemas.get(register), ready.sheets.get(register)
        if not is_column or schema is None or sheet is None or schema.is_card:
            continue
        if name not in sheet.headers and any(one.name == name for one in schema.columns):
            yield _lost_column(header, name, schema, sheet)


def _lost_column(header: str, name: str, schema: Schema, sheet: RawSheet) -> Problem:
    """Return the error of one lost column, with the header that it may have now."""
    near = nearest_header(schema.column(name), {text: text for text in sheet.unknown})
    where = sheet.unknown[near] if near is not None else sheet.where
    hint = f"; {near_header_hint(near, schema.column(name))}" if near is not None else ""
    message = (
        f"столбца «{header}» больше нет, а при прошлой сборке он был заполнен: из бумаг пропали бы "
        f"его слова{hint}; верните заголовок (столбец не нужен — оставьте заголовок над пустыми "
        "ячейками)"
    )
    return Problem("lost-column", where, message)
