"""Which rows an error leaves out: those that it names, and those that print the sheet it is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from docgen.errors import Location, Problem
from docgen.model import Record, sheet_names
from docgen.model.columns import SHEET


def broken_by(
    faults: Iterable[Problem], linked: Mapping[str, tuple[Record, ...]]
) -> dict[str, tuple[Record, ...]] | None:
    """Return the records, those named by an error marked as broken; None without errors.

    An error leaves something out: of two orders with one number the second is not made.
    """
    errors = [fault for fault in faults if fault.is_error]
    if not errors:
        return None
    places = {fault.where for fault in errors}
    sheets = {fault.where.sheet for fault in errors}
    return {
        name: tuple(
            replace(row, is_broken=True) if _is_named(row, places, sheets) else row for row in rows
        )
        for name, rows in linked.items()
    }


def _is_named(row: Record, places: Set[Location], sheets: Set[str]) -> bool:
    """Whether an error is in a row, or in the table that the row prints."""
    if places & {row.where, *row.cells.values()}:
        return True
    named = str(row.values.get(SHEET) or "")
    return bool(sheets & {named, *sheet_names(named)})
