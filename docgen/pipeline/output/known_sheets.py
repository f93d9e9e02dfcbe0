"""Which sheets the last whole build read, and which of them the registers have lost since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.errors import Location, Problem, warning
from docgen.pipeline.workspace.readiness import Ready


def filled_sheets(ready: Ready) -> dict[str, str]:
    """Return the titles of the workspace's own sheets that have rows, by register.

    That an empty sheet goes is nothing to speak of.
    """
    records = ready.workspace.records
    return {
        name: sheet.where.sheet
        for name, sheet in ready.sheets.items()
        if any(record.where.file == sheet.where.file for record in records.get(name, ()))
    }


def lost_sheet_warnings(ready: Ready, known: Mapping[str, str]) -> Iterator[Problem]:
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
            "lost-sheet",
            Location(file=ready.folders.shown(path)),
            f"{gone} не убрали нарочно, верните из копии или верните прежнее название",
        )
