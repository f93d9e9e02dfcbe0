"""A new workspace with examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from docgen import registers
from docgen.catalogue import (
    extend_choices,
    guide_lines,
    read_kinds,
    read_schemas,
    summaries_of,
)
from docgen.model import Kind, Schema, sameness
from docgen.model.kind_sheets import needed_registers
from docgen.pipeline.workspace.folders import Folders
from docgen.pipeline.workspace.terms import FAR
from docgen.russian import school_year


def make_example(folder: Path, root: Path, today: dt.date) -> list[Path]:
    """Write the workbooks of a new workspace with examples; return their paths.

    They have the sheets of the first day; ``docgen add`` adds the others. In summer the examples
    play in the coming school year, as soon as its first order is not far ahead.

    Raises:
        UsageError: when a workbook is already there, or the folder cannot be written.
    """
    folders = Folders(root.resolve(), folder.resolve())
    kinds = read_kinds(folders.kinds)
    schemas = extend_choices(read_schemas(folders.schemas), kinds)
    first = {name: one for name, one in schemas.items() if one.is_initial and not one.is_kept}
    later = [one for name, one in schemas.items() if name not in first]
    shown = {name: _with_whole_examples(one, kinds, schemas) for name, one in first.items()}
    guide = registers.BookGuide(later, guide_lines(summaries_of(kinds, schemas)))
    return registers.write_example(folder, shown, year=school_year(today + FAR), guide=guide)


def _with_whole_examples(
    schema: Schema, kinds: Mapping[str, Kind], schemas: Mapping[str, Schema]
) -> Schema:
    """Return a register with those examples alone that need no sheet which is not there yet."""
    rows = [
        row
        for row in schema.example_rows
        if all(
            schemas[name].is_initial
            for kind in kinds.values()
            if kind.register == schema.name and _is_made_for(kind, row)
            for name in needed_registers(kind, schemas)
        )
    ]
    return replace(schema, example_rows=tuple(rows))


def _is_made_for(kind: Kind, row: Mapping[str, str]) -> bool:
    """Return whether a kind is made for a row, as far as plain values tell; a blank is for none."""
    return not kind.is_only_blank and all(
        sameness(row.get(column, "")) in map(sameness, wanted)
        or ("*" in wanted and bool(row.get(column)))
        for column, wanted in kind.where.items()
    )
